//! How Markdown becomes blocks.

use crate::properties::{blocks, texts};
use crate::{Format, read_str};
use zhengming_text::document::{BlockKind, Document};
use zhengming_text::span::TextRange;

fn read(text: &str) -> Document {
    read_str("a.md", text.to_owned(), Format::Markdown)
}

#[test]
fn a_paragraph_of_several_lines_is_one_slice() {
    let document = read("各部门的业务\n协作事项应当逐项明确\n牵头单位。\n");
    assert!(document.block(0).is_slice());
    assert_eq!(document.block(0).text(), "各部门的业务\n协作事项应当逐项明确\n牵头单位。");
}

#[test]
fn every_kind_of_block_is_read() {
    let text = "# 标题\n\n正文[^1]\n\n- 甲\n  续\n- 乙\n  1. 丙\n\n> 引文\n> 续\n\n| 名词 | 定义 |\n|-|-|\n| 丁 | 戊 |\n\n[^1]: 注文\n\n![图片说明](a.png)\n\n```\ncode\n```\n";
    assert_eq!(
        blocks(text, Format::Markdown),
        [
            (BlockKind::Heading(1), "标题".to_owned()),
            (BlockKind::Paragraph, "正文".to_owned()),
            (BlockKind::ListItem, "甲\n续".to_owned()),
            (BlockKind::ListItem, "乙".to_owned()),
            (BlockKind::ListItem, "丙".to_owned()),
            (BlockKind::Paragraph, "引文\n续".to_owned()),
            (BlockKind::TableCell, "名词".to_owned()),
            (BlockKind::TableCell, "定义".to_owned()),
            (BlockKind::TableCell, "丁".to_owned()),
            (BlockKind::TableCell, "戊".to_owned()),
            (BlockKind::Note, "注文".to_owned()),
            (BlockKind::Caption, "图片说明".to_owned()),
        ]
    );
    assert!(read(text).block(5).quoted());
}

#[test]
fn markup_inside_a_sentence_is_transparent() {
    let text = "数据**高**~~铁~~[链接](https://a.cn)*乙*，3~5年10~15年，<https://b.cn>";
    assert_eq!(texts(text, Format::Markdown), ["数据高链接乙，3~5年10~15年，https://b.cn"]);
}

#[test]
fn asterisks_that_mark_nothing_are_no_text() {
    assert_eq!(
        texts("（二）**强化培训。**全年不少于**“6期”**培训", Format::Markdown),
        ["（二）强化培训。全年不少于“6期”培训"]
    );
}

#[test]
fn escapes_and_entities_lead_back_to_their_source() {
    let document = read("甲\\*乙&amp;丙&#x4e01;");
    let block = document.block(0);
    assert_eq!(block.text(), "甲*乙&丙丁");
    let span = block.span(TextRange::new(7, 8));
    assert_eq!(&document.source()[span.range()], "&amp;");
    assert!(block.editable(TextRange::new(4, 7)));
}

#[test]
fn line_breaks_of_every_sort_become_one_character() {
    let document = read("数据  \n高铁\\\n建设\r\n方案");
    let block = document.block(0);
    assert_eq!(block.text(), "数据\u{2028}高铁\u{2028}建设\n方案");
}

#[test]
fn code_and_formulas_are_opaque() {
    assert_eq!(
        texts("用`数据高铁`、$x$与<code>a</code>表示<br>换行", Format::Markdown),
        ["用\u{fffc}、\u{fffc}与\u{fffc}表示\u{2028}换行"]
    );
}

#[test]
fn comments_are_annotations_wherever_they_stand() {
    let document = read("<!-- zhengming-disable -->\n\n甲<!-- 乙 -->丙\n");
    let found: Vec<_> = document.annotations().iter().map(|it| it.text.as_str()).collect();
    assert_eq!(found, ["zhengming-disable", "乙"]);
    assert_eq!(document.block(0).text(), "甲丙");
}

#[test]
fn html_blocks_are_read_as_html() {
    let text = "---\ntitle: 甲\n---\n<div>\n<p>数据&nbsp;高铁</p>\n<p>乙</p></div>\n\n> <p>丙\n> 丁</p>\n";
    let document = read(text);
    let found: Vec<_> = document.blocks().map(|block| (block.text(), block.quoted())).collect();
    assert_eq!(found, [("甲", false), ("数据\u{a0}高铁", false), ("乙", false), ("丙 丁", true)]);
    assert_eq!(document.metadata().title.as_deref(), Some("甲"));
}

#[test]
fn what_names_something_is_no_prose_or_not_to_be_changed() {
    for (text, expected) in [
        ("见[[手册#甲|说明]]和![[甲.png]]。", "见说明和\u{fffc}。"),
        ("## 标题 {#甲 .乙}", "标题"),
        ("用{{ 甲 }}和{% link 乙 %}", "用\u{fffc}和\u{fffc}"),
        ("甲%%乙%%丙", "甲丙"),
        ("甲~~乙~~丙<del>丁</del>", "甲丙"),
        ("甲~~“乙”~~丙", "甲丙"),
        ("<ruby>甲<rt>a</rt></ruby>乙<span hidden>丙</span>", "甲乙"),
        ("单价US$500，软件US$300。", "单价US$500，软件US$300。"),
    ] {
        assert_eq!(texts(text, Format::Markdown), [expected], "{text}");
    }
    let document = read("## 甲乙\n\n## 丙丁\n\n见[上文](#甲乙)和[[戊己]]。\n");
    let editable = |block: usize, text: &str| {
        let block = document.block(block);
        let at = block.text().find(text).unwrap();
        block.editable(TextRange::new(at, at + text.len()))
    };
    assert_eq!([editable(0, "甲乙"), editable(1, "丙丁")], [false, true]);
    assert_eq!([editable(2, "上文"), editable(2, "戊己")], [true, false]);
}

#[test]
fn titles_of_links_are_text() {
    let text = "见[甲](a.md \"乙题\")。\n\n![丙](b.png '丁题')\n\n[戊]\n\n[戊]: a \"己题\"\n";
    assert_eq!(texts(text, Format::Markdown), ["见甲。", "乙题", "丙", "丁题", "戊"]);
}

#[test]
fn the_first_heading_is_the_title() {
    assert_eq!(read("前文\n\n## 云溪市工作要点\n").metadata().title.as_deref(), Some("云溪市工作要点"));
}
