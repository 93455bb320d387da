//! What summaries hold.

use super::*;
use crate::facts::Facts;
use crate::knowledge::{Background, Knowledge};
use zhengming_terms::termbase::TermBase;
use zhengming_text::document::{BlockBuilder, BlockKind, Document};
use zhengming_text::message::Text;
use zhengming_text::place::Place;
use zhengming_text::point::Point;
use zhengming_text::span::Span;

/// A document with one paragraph for each line.
fn document(text: &str) -> Document {
    let mut document = Document::new("a.md", "markdown", text.to_owned());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let mut block = BlockBuilder::new(BlockKind::Paragraph);
        block.verbatim(text, Span::new(at, at + line.trim_end().len()));
        if let Some(block) = block.finish() {
            document.push(block);
        }
        at += line.len();
    }
    document
}

fn summary(text: &str) -> Summary {
    let knowledge = Knowledge::new(TermBase::new(Vec::new()).unwrap().into(), Background::default());
    let document = document(text);
    let facts = Facts::read(&document, &knowledge);
    Summary::read(&facts, None)
}

#[test]
fn sites_have_line_column_and_the_words_around() {
    let summary = summary("第一段。\n𠮷😀建设城市信息模型（CIM）平台。\n");
    let site = &summary.acronyms[0].site;
    assert_eq!((site.start.line, site.start.column, site.start.utf16), (2, 12, 14));
    assert_eq!((site.end.column, site.end.char), (15, 19));
    assert_eq!((site.before.as_str(), site.text.as_str()), ("𠮷😀建设城市信息模型（", "CIM"));
    assert_eq!(site.after, "）平台。");
}

#[test]
fn expansions_lose_the_words_before_them() {
    for (text, acronym, expansion, exact) in [
        ("推进城市信息模型（CIM）平台", "CIM", "城市信息模型", false),
        ("“建筑信息模型”（BIM）", "BIM", "建筑信息模型", true),
        ("地理信息系统（Geographic Information System，GIS）", "GIS", "地理信息系统", true),
        ("IoT（物联网技术）", "IoT", "物联网技术", true),
    ] {
        let found = summary(text).acronyms;
        let found: Vec<_> =
            found.iter().map(|one| (one.acronym.as_str(), one.expansion.as_str(), one.exact)).collect();
        assert_eq!(found, [(acronym, expansion, exact)], "{text}");
    }
    // The mark that opens is looked for as far back as an expansion is long.
    let far = format!("“建筑{}信息模型”（BIM）", "，".repeat(10_000));
    assert_eq!(summary(&far).acronyms, []);
    let long = format!("“{}”（BIM）", "型".repeat(16));
    assert_eq!(summary(&long).acronyms[0].expansion.chars().count(), 16);
    assert_eq!(summary("按照标准（GB/T 1）、企业（A）和单位（见ABC条）").acronyms, []);
}

#[test]
fn frameworks_have_shape_and_head() {
    let found =
        summary("构建“四横四纵”体系架构，完善“1+5＋n”工作体系，对标“1612”体系。“2025”年，第“315”号。")
            .frameworks;
    let found: Vec<_> = found.iter().map(|one| (one.text.as_str(), one.shape, one.head.as_str())).collect();
    assert_eq!(
        found,
        [
            ("四横四纵", Shape::Grid, "体系架构"),
            ("1+5+N", Shape::Sum, "工作体系"),
            ("1612", Shape::Code, "体系"),
        ]
    );
}

#[test]
fn uses_of_a_term_do_not_count_its_definition() {
    let summary = summary(
        "数据驿站是指基层数据服务网点，数据驿站由街道管理。\n建设数据驿站。\n本办法所称数据专区，是指公共数据开发利用区域。\n",
    );
    let uses: Vec<_> =
        summary.definitions.iter().map(|one| (one.term.as_str(), one.uses, one.scoped)).collect();
    assert_eq!(uses, [("数据驿站", 1, false), ("数据专区", 0, true)]);
}

#[test]
fn a_scope_may_be_announced_above() {
    let summary = summary("本条例下列用语的含义：\n（一）数据专区，是指公共数据开发利用区域。\n");
    assert!(summary.definitions.iter().all(|one| one.scoped), "{:#?}", summary.definitions);
}

#[test]
fn a_stand_in_has_every_place_where_it_was() {
    let text = "😀😀😀第一段，\u{e9}é。\r\n\r\n𠮷😀建设城市信息模型（CIM）和“建筑信息模型”（BIM）平台。\n\n\n构建“四横四纵”体系架构。本办法所称数据专区，\n是指公共数据开发利用区域。\n";
    let summary = summary(text);
    let sites: Vec<&Site> = summary
        .acronyms
        .iter()
        .map(|one| &one.site)
        .chain(summary.frameworks.iter().map(|one| &one.site))
        .chain(summary.definitions.iter().map(|one| &one.site))
        .collect();
    assert!(sites.len() >= 3);
    let document = stand_in("a.md", sites.iter().copied());
    for site in sites {
        for point in [site.start, site.end] {
            let position = document.lines().position(document.source(), point.byte);
            assert_eq!(
                (position.line, position.column, position.utf16),
                (point.line, point.column, point.utf16)
            );
            assert_eq!(document.source()[..point.byte].chars().count(), point.char);
        }
        assert_eq!(&document.source()[site.span().range()], site.text);
    }
}

#[test]
fn a_stand_in_tells_the_place_in_a_document_without_lines() {
    let point = |byte, line| Point { byte, char: byte, line, column: 1, utf16: 1 };
    let site = |line: usize, words: &str| Site {
        start: point(10 * line, line),
        end: Point { byte: 10 * line + 2, char: 10 * line + 2, line, column: 3, utf16: 3 },
        text: "ab".to_owned(),
        place: Some(Place { words: Text::new(words, words), ..Place::default() }),
        ..Site::default()
    };
    let (first, second) = (site(1, "第1段"), site(4, "第4段"));
    let document = stand_in("a.docx", [&second, &first]);
    let told: Vec<_> =
        document.blocks().map(|block| (block.text(), block.place().unwrap().words.zh.as_str())).collect();
    assert_eq!(told, [("ab", "第1段"), ("ab", "第4段")]);
}

#[test]
fn a_stand_in_of_nonsense_is_no_reason_to_panic() {
    let point = |numbers: [usize; 5]| Point::from(numbers);
    for (start, end) in [
        ([0, 0, 0, 0, 0], [9, 3, 1, 1, 1]),
        ([9, 3, 2, 7, 1], [4, 2, 1, 1, 1]),
        ([3, 9, 9, 9, 99], [4, 2, 9, 1, 1]),
        ([usize::MAX, 1, 1, 1, 1], [usize::MAX, 1, 1, 1, 1]),
        ([5, 1, usize::MAX, 1, 1], [6, 1, usize::MAX, 1, 1]),
    ] {
        let site = Site { start: point(start), end: point(end), text: "甲".to_owned(), ..Site::default() };
        stand_in("a.md", [&site, &site]);
        let placed = Site { place: Some(Place::default()), ..site.clone() };
        stand_in("a.docx", [&placed, &site, &placed]);
    }
}
