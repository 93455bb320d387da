//! How lines become paragraphs.

use zhengming_text::document::{BlockKind, Document};

use crate::properties::{blocks, texts};
use crate::{Format, read_str};

fn read(text: &str) -> Document {
    read_str("a.txt", text.to_owned(), Format::PlainText)
}

fn plain(text: &str) -> Vec<String> {
    texts(text, Format::PlainText)
}

/// Lines as a typesetter breaks them, so that there is a margin.
const WRAPPED: &str = "\
本文件规定了公共数据安全事件应急管理的职责权限、事件分类、数据分级、预警预测与报告、应
急处置、应急演练等内容，适用于泰州市内数据安全事件应急处置工作，文件中所指的事件仅限于
数据安全事件，包括数据泄露、数据删除、数据窃取、数据滥用等，网络、系统和应用等安全事件
的处置遵照应急响应流程与预案执行，应急预案中的编制目的、编制依据、适用范围、工作原则等
要素可以简写或者省略，其他内容由有关部门根据职责分工另行规定并且报上一级主管部门备案审
查。
";

fn wrapped(text: &str) -> Vec<String> {
    let mut found = plain(&format!("{WRAPPED}{text}"));
    found.remove(0);
    found
}

#[test]
fn a_wrapped_sentence_is_one_slice() {
    let document = read("各部门的业务\n协作事项应当逐项明确牵头单位。");
    assert_eq!(document.blocks().len(), 1);
    assert_eq!(document.block(0).text(), "各部门的业务\n协作事项应当逐项明确牵头单位。");
    assert!(document.block(0).is_slice());
}

#[test]
fn a_paragraph_ends_with_its_punctuation() {
    assert_eq!(plain("甲应当及时。\n乙应当及时"), ["甲应当及时。", "乙应当及时"]);
    assert_eq!(plain("他说“应当\n”及时"), ["他说“应当\n”及时"]);
}

#[test]
fn a_structural_marker_begins_a_paragraph() {
    for next in [
        "3.1.2 数据",
        "（一）数据",
        "第二条 数据",
        "注：数据",
        "——数据",
        "a) 数据",
        "[来源：数据]",
        "　　数据",
    ] {
        let found = plain(&format!("各部门的业务\n{next}"));
        assert_eq!(found, ["各部门的业务", next.trim_start()], "{next}");
    }
}

#[test]
fn a_short_line_ends_its_paragraph_where_there_is_a_margin() {
    assert_eq!(wrapped("国家互联网信息办公室\n公安部\n"), ["国家互联网信息办公室", "公安部"]);
}

#[test]
fn terms_stand_between_their_number_and_their_definition() {
    let text = "3.1\n数据供方 data supplier\n供方 supplier\n数据交易中出售数据的组织。\n3.2\n数据仓\n各类数据资源的集合。\n";
    assert_eq!(
        blocks(text, Format::PlainText),
        [
            (BlockKind::Heading(3), "3.1".to_owned()),
            (BlockKind::Heading(3), "数据供方 data supplier".to_owned()),
            (BlockKind::Heading(3), "供方 supplier".to_owned()),
            (BlockKind::Paragraph, "数据交易中出售数据的组织。".to_owned()),
            (BlockKind::Heading(3), "3.2".to_owned()),
            (BlockKind::Heading(3), "数据仓".to_owned()),
            (BlockKind::Paragraph, "各类数据资源的集合。".to_owned()),
        ]
    );
}

#[test]
fn page_furniture_is_passed_over_in_the_middle_of_a_sentence() {
    let text = format!(
        "{WRAPPED}4.2 村社应用场景应优先在已有系统上扩展，不应重复采集已经掌握的各类数据。村社应用场景之间\n\n2\n\nDB3312/T 026—2023\n\n应实现业务协同。\n"
    );
    let document = read(&text);
    let block = document.block(1);
    assert!(block.text().ends_with("村社应用场景之间\n应实现业务协同。"), "{}", block.text());
    assert!(!block.is_slice());
    assert_eq!(document.notes().len(), 1);
    assert!(document.notes()[0].message.en.contains("2 lines"));
}

#[test]
fn double_spaced_text_is_joined_over_blank_lines() {
    let text = WRAPPED.replace('\n', "\n\n")
        + "3.1\n\n数据仓\n\n各类数据资源的集合。\n\n3.2\n\n平台\n\n一种计算机软件系统。\n";
    let found = plain(&text);
    assert_eq!(found.len(), 7);
    assert_eq!(found[0].lines().filter(|line| !line.is_empty()).count(), 6);
}

#[test]
fn blank_lines_separate_otherwise() {
    assert_eq!(plain("数据归集\n\n数据共享"), ["数据归集", "数据共享"]);
}

#[test]
fn titles_and_headings_have_levels() {
    let text = "　　　　　　　　云溪市数据局文件\n\n　　　　　　云溪市数据局关于开展应用系统\n　　　　　　　集约整合工作的通知\n\n各有关单位：\n　　一、总体要求\n　　坚持集约。\n　　（一）关停一批\n　　按期关停。\n第一章　总则\n1 范围\n本文件适用于甲。\n附录A（资料性）示例\n";
    let headings: Vec<_> = blocks(text, Format::PlainText)
        .into_iter()
        .filter_map(|(kind, text)| match kind {
            BlockKind::Heading(level) => Some((level, text.split_whitespace().collect::<String>())),
            _ => None,
        })
        .collect();
    let expected = [
        (1, "云溪市数据局文件"),
        (1, "云溪市数据局关于开展应用系统集约整合工作的通知"),
        (2, "一、总体要求"),
        (3, "（一）关停一批"),
        (2, "第一章总则"),
        (2, "1范围"),
        (2, "附录A（资料性）示例"),
    ];
    assert_eq!(headings, expected.map(|(level, text)| (level, text.to_owned())));
    assert_eq!(
        read(text).metadata().title.as_deref(),
        Some("云溪市数据局关于开展应用系统集约整合工作的通知")
    );
}

#[test]
fn cells_stand_between_tabs() {
    let text = "序号\t名词\t定义\n1\t平台\t<p>软件&amp;系统。</p> <p>（注：略）</p>\n\t\t续文\t省局\n";
    let found = blocks(text, Format::PlainText);
    assert!(found.iter().all(|(kind, _)| *kind == BlockKind::TableCell));
    let found: Vec<_> = found.into_iter().map(|(_, text)| text).collect();
    assert_eq!(found, ["序号", "名词", "定义", "1", "平台", "软件&系统。", "（注：略）", "续文", "省局"]);
}

#[test]
fn lines_with_tags_are_read_as_html() {
    assert_eq!(
        plain("甲。\n<p>数据<b>高铁</b></p>\n乙 < 丙，丁 > 戊。"),
        ["甲。", "数据高铁", "乙 < 丙，丁 > 戊。"]
    );
}

#[test]
fn comments_and_code_are_no_prose() {
    let document =
        read("<!-- zhengming-disable -->\n用`数据高铁`表示<!-- 甲 -->，\n下同。\n```\n数据仓\n```\n");
    assert_eq!(document.blocks().len(), 1);
    assert_eq!(document.block(0).text(), "用\u{fffc}表示，\n下同。");
    let found: Vec<_> = document.annotations().iter().map(|it| it.text.as_str()).collect();
    assert_eq!(found, ["zhengming-disable", "甲"]);
}

#[test]
fn line_ends_of_every_system_are_line_ends() {
    for end in ["\n", "\r\n", "\r"] {
        let text = format!("数据{end}归集。{end}{end}第二条 略");
        assert_eq!(plain(&text), [format!("数据{end}归集。"), "第二条 略".to_owned()]);
    }
}
