//! Definitions in every form, and what only looks like one.

use proptest::prelude::*;

use super::*;
use zhengming_text::document::{BlockBuilder, BlockKind};
use zhengming_text::span::Span;

/// A document of one block a line; `# ` makes a heading, `| ` cells on one line.
fn document(text: &str) -> Document {
    let mut document = Document::new("t", "text", text.to_owned());
    let mut at = 0;
    for line in text.split('\n') {
        let kind = match line.chars().next() {
            Some('#') => BlockKind::Heading(2),
            Some('|') => BlockKind::TableCell,
            _ if line.starts_with('注') => BlockKind::Note,
            _ => BlockKind::Paragraph,
        };
        let skip = if matches!(kind, BlockKind::Heading(_) | BlockKind::TableCell) { 2 } else { 0 };
        let mut from = at + skip.min(line.len());
        for cell in text[from..at + line.len()].split('|') {
            let mut block = BlockBuilder::new(kind);
            block.verbatim(text, Span::new(from, from + cell.len()));
            if let Some(block) = block.finish() {
                document.push(block);
            }
            from += cell.len() + 1;
        }
        at += line.len() + 1;
    }
    document
}

fn read(text: &str) -> Vec<(String, String, Pattern)> {
    let document = document(text);
    let found = definitions(&document);
    found.iter().map(|one| (one.text.clone(), one.body_text(&document), one.pattern)).collect()
}

#[test]
fn every_pattern_gives_its_term_and_body() {
    for (text, term, body, pattern) in [
        (
            "本办法所称政务数据，是指政府部门收集的数据。它很多。",
            "政务数据",
            "政府部门收集的数据。",
            Pattern::SoCalled,
        ),
        ("数据归集是指汇聚数据的活动。", "数据归集", "汇聚数据的活动。", Pattern::Is),
        ("1.数据产权，是指权利人的权利。", "数据产权", "权利人的权利。", Pattern::Is),
        ("第三条 （一）电子签名，是指数据电文中的数据；", "电子签名", "数据电文中的数据；", Pattern::Is),
        (
            "“四横”是指：基础设施、数据资源；“四纵”是指：政策制度、标准。",
            "四横",
            "基础设施、数据资源",
            Pattern::Is,
        ),
        (
            "本办法所称集成应用，指针对领域的应用综合体。",
            "集成应用",
            "针对领域的应用综合体。",
            Pattern::SoCalled,
        ),
        ("本文件中的术语“一表通”是指统一填报的应用。", "一表通", "统一填报的应用。", Pattern::Is),
        ("名词“一表通”，即统一填报的应用。", "一表通", "统一填报的应用。", Pattern::Namely),
        ("概念验证是指验证成果可行的活动。", "概念验证", "验证成果可行的活动。", Pattern::Is),
        ("教育“一张图”是指汇聚资源的应用。", "教育“一张图”", "汇聚资源的应用。", Pattern::Is),
        ("政务云指统一提供计算的平台。", "政务云", "统一提供计算的平台。", Pattern::Means),
        ("政务云，即提供计算的平台。", "政务云", "提供计算的平台。", Pattern::Namely),
        ("构建“1+5”架构，即1个平台和5个系统。", "1+5", "1个平台和5个系统。", Pattern::Namely),
        (
            "注3：视联网是互联网的更高级形态，是实时网络。",
            "视联网",
            "互联网的更高级形态，是实时网络。",
            Pattern::Note,
        ),
        ("两单两图是清单和图谱的简称。", "两单两图", "清单和图谱", Pattern::ShortFor),
        (
            "提升“三多三全”：一是多元主体；二是多源数据。",
            "三多三全",
            "一是多元主体；二是多源数据。",
            Pattern::Slogan,
        ),
        (
            "形成甲清单、乙清单、丙清单等“N 张清单”为标志的成果。",
            "N张清单",
            "形成甲清单、乙清单、丙清单等“N 张清单”为标志的成果",
            Pattern::Slogan,
        ),
        ("国家平台（以下简称一体化在线平台）", "一体化在线平台", "一体化在线平台", Pattern::ShortForm),
        ("提供者（以下统称“服务提供者”）", "服务提供者", "“服务提供者”", Pattern::ShortForm),
        ("城市信息模型（CIM）", "CIM", "城市信息模型", Pattern::Gloss),
        ("一体化在线政务服务平台（“浙里办”）", "浙里办", "一体化在线政务服务平台", Pattern::Gloss),
        (
            "# （二）定义内涵\n数字化改革是围绕建设的过程。",
            "数字化改革",
            "围绕建设的过程。",
            Pattern::Heading,
        ),
    ] {
        let found = read(text);
        assert!(!found.is_empty(), "{text}: nothing found");
        assert_eq!((found[0].0.as_str(), found[0].1.as_str(), found[0].2), (term, body, pattern), "{text}");
    }
}

#[test]
fn look_alikes_define_nothing() {
    for text in [
        "完善指标体系，编制指南。",
        "数字政府建设是数字化改革的必然要求。",
        "公共数据包括政务数据和公共服务数据。",
        "平台（包括移动端）建设",
        "指出问题，指导工作，指定单位，指派人员。",
        "所指的内容如下。",
        "国务院关于印发（试行）的通知",
        "立即整改，随即上报，符合条件即可办理。",
        "中国（浙江）自由贸易试验区",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn terms_clauses_are_read_entry_by_entry() {
    let text = "# 3 术语和定义\n下列术语和定义适用于本文件。\n# 3. 1\n# 数据产品data product\n对数据加工形成的产品。\n\
                注：产品很多。\n# 3.2 数据供方 data supplier\n提供数据的组织。\n# 4 原则\n4.1 公开透明";
    let found = read(text);
    let expected = [("数据产品", "对数据加工形成的产品。"), ("数据供方", "提供数据的组织。")];
    let terms: Vec<_> = found.iter().map(|(term, body, _)| (term.as_str(), body.as_str())).collect();
    assert_eq!(terms, expected);
    let glued = "X界定的以及下列术语和定义适用于本标准。3.1 机关事务 保障运行的管理。3.2 集成应用 针对领域的应用综合体。来源：甲,3.1";
    let found = read(glued);
    assert_eq!((found[0].0.as_str(), found[1].1.as_str()), ("机关事务", "针对领域的应用综合体。"));
}

#[test]
fn tables_with_a_column_of_definitions_are_read() {
    let found = read(
        "| 序号|名词名称|定义|解释单位\n| 1|“总对总”服务|按照需要统一的办理模式。|省厅\n| 2|城市大脑|以数据为基础的系统。|省局",
    );
    assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("“总对总”服务", "按照需要统一的办理模式。"));
    assert_eq!(found[1].0, "城市大脑");
}

#[test]
fn a_place_with_nothing_but_white_space_defines_nothing() {
    for text in
        ["# 3 术语和定义\n3.1 \u{3000}", "# 3 术语和定义\n3.1 \u{3000}\n\u{3000}", "平台（以下简称 ）"]
    {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn a_definition_goes_on_after_a_page_break() {
    let found = read("注：政务云指运用云计算\n2、技术的平台。其他。");
    assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("政务云", "运用云计算技术的平台。"));
}

#[test]
fn a_title_declared_short_is_the_term() {
    let found = read("印发《浙江省建设方案（2021-2025年）》（以下简称《方案》）。");
    assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("《浙江省建设方案（2021-2025年）》", "《方案》"));
}

#[test]
fn the_time_grows_with_the_text_and_not_faster() {
    for part in ["指", "数据是指", "“一", "（以下简称", "注：", "即，", "简称", "（A"] {
        definitions(&document(&part.repeat(200_000 / part.len())));
    }
}

#[test]
fn a_quotation_that_opens_after_the_last_one_closed_names_nothing() {
    assert_eq!(read("建设“1+5+2”平台（“即一个平台"), []);
}

proptest! {
    /// Marks that open and never close, cues in the midst of others: what is found is text, or nothing is.
    #[test]
    fn marks_in_any_order_are_survived(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "“", "”", "（", "）", "《", "》", "即", "，", "。", "：", "是指", "指", "所称", "简称", "的简称", "以下简称",
                "注", "一是", "1+5", "平台", "数据归集", "A", "\n", "　",
            ]),
            0..16,
        ),
    ) {
        let text = pieces.concat();
        let document = document(&text);
        for one in definitions(&document) {
            prop_assert!(document.block(one.block).text().get(one.term.range()).is_some());
            let is_text = |&(block, range): &(usize, TextRange)| {
                document.block(block).text().get(range.range()).is_some()
            };
            prop_assert!(one.body.iter().all(is_text));
        }
    }
}
