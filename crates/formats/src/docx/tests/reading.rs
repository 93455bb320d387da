//! What is read of a Word file.

use zhengming_text::document::{BlockKind, BlockRef, Document};

use super::{paragraph, run, word, word_with};
use crate::properties::check;
use crate::read;

fn document(bytes: &[u8]) -> Document {
    let document = read("a.docx", bytes).unwrap();
    assert_eq!(document.format(), "docx");
    check(&document);
    document
}

fn texts(body: &str) -> Vec<String> {
    document(&word(body)).blocks().map(|block| block.text().to_owned()).collect()
}

/// The places in Chinese.
fn places(bytes: &[u8]) -> Vec<String> {
    document(bytes).blocks().map(|block| block.place().unwrap().words.zh.clone()).collect()
}

#[test]
fn a_term_cut_over_runs_is_one_text() {
    let body = format!(
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>浙</w:t></w:r><w:proofErr w:type=\"spellStart\"/>{}\
         <w:hyperlink><w:r><w:t xml:space=\"preserve\">钉 </w:t></w:r></w:hyperlink><w:sdt><w:sdtPr><w:id w:val=\"1\"/></w:sdtPr>\
         <w:sdtContent>{}</w:sdtContent></w:sdt></w:p>",
        run("政"),
        run("甲&amp;乙&#x4e01;")
    );
    assert_eq!(texts(&body), ["浙政钉 甲&乙丁"]);
}

#[test]
fn what_counts_as_text_and_what_does_not() {
    let body = "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:softHyphen/>\
        <w:sym w:font=\"Symbol\" w:char=\"25A1\"/><w:sym w:font=\"Wingdings\" w:char=\"F0A1\"/></w:r>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>显</w:t></w:r>\
        <w:r><w:ruby><w:rt><w:r><w:t>ding</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>钉</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>\
        <w:p><w:r><w:t> </w:t></w:r></w:p>";
    assert_eq!(texts(body), ["甲\t乙\u{2028}丙-□\u{FFFC}显钉"]);
}

#[test]
fn changes_are_read_as_accepted() {
    let body = format!(
        "<w:p>{}<w:del w:id=\"1\"><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins w:id=\"2\">{}</w:ins>\
         <w:moveFrom w:id=\"3\">{}</w:moveFrom></w:p>\
         <w:p><w:pPr><w:rPr><w:del w:id=\"4\"/></w:rPr></w:pPr>{}</w:p><w:p>{}</w:p>\
         <w:tbl><w:tr><w:trPr><w:del w:id=\"5\"/></w:trPr><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
        run("甲"),
        run("新"),
        run("移走"),
        run("浙政"),
        run("钉"),
        paragraph(&["删去的行"]),
        paragraph(&["留下的行"]),
    );
    assert_eq!(texts(&body), ["甲新", "浙政钉", "留下的行"]);
}

#[test]
fn fields_give_their_result_and_a_table_of_contents_nothing() {
    let field = |code: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{result}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let nested = field(" IF ", &format!("{}{}", field(" PAGE ", &run("3")), run("页")));
    let body = format!(
        "<w:p>{}</w:p><w:p>{}{}{}</w:p><w:p><w:fldSimple w:instr=\"REF a\">{}</w:fldSimple></w:p>",
        field(" TOC \\o ", &run("目录里的标题")),
        run("见第"),
        nested,
        run("。"),
        run("表1"),
    );
    assert_eq!(texts(&body), ["见第3页。", "表1"]);
}

#[test]
fn a_text_box_is_read_once_and_after_its_paragraph() {
    let inner = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", paragraph(&[text]));
    let body = format!(
        "<w:p>{}<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">{}</mc:Choice><mc:Fallback>{}</mc:Fallback>\
         </mc:AlternateContent></w:r>{}</w:p>",
        run("前"),
        inner("框内"),
        inner("框内"),
        run("后"),
    );
    assert_eq!(texts(&body), ["前后", "框内"]);
    assert_eq!(places(&word(&body)), ["第1段", "文本框1"]);
}

#[test]
fn a_paragraph_of_a_drawing_comes_after_the_one_around_it() {
    let drawing = "<w:r><w:drawing><a:p><a:r><a:t>图中文字</a:t></a:r></a:p></w:drawing></w:r>";
    let body = format!("<w:p>{}{drawing}{}</w:p>", run("浙政"), run("钉"));
    assert_eq!(texts(&body), ["浙政钉", "图中文字"]);
}

#[test]
fn a_prompt_of_a_content_control_is_no_text() {
    let body = format!(
        "<w:p>{}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt></w:p>",
        run("姓名："),
        run("单击此处输入文字")
    );
    assert_eq!(texts(&body), ["姓名："]);
}

#[test]
fn cells_are_blocks_with_their_place() {
    let cell = |inner: &str| format!("<w:tc><w:tcPr/>{inner}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let nested = format!("<w:tbl>{}</w:tbl>", row(&[cell(&paragraph(&["内"]))]));
    let body = format!(
        "<w:tbl>{}{}</w:tbl>{}",
        row(&[cell(&paragraph(&["名词"])), cell(&paragraph(&["定义"]))]),
        row(&[
            cell(&paragraph(&[""])),
            cell(&format!("{}{}{nested}", paragraph(&["一"]), paragraph(&["二"])))
        ]),
        paragraph(&["后"]),
    );
    let found = document(&word(&body));
    let texts: Vec<_> = found.blocks().map(|block| (block.kind(), block.text())).collect();
    let cell = BlockKind::TableCell;
    let expected =
        [(cell, "名词"), (cell, "定义"), (cell, "一\u{2028}二"), (cell, "内"), (BlockKind::Paragraph, "后")];
    assert_eq!(texts, expected);
    let expected = ["表1 第1行第1列", "表1 第1行第2列", "表1 第2行第2列", "表2 第1行第1列", "第1段"];
    assert_eq!(places(&word(&body)), expected);
    // Readers of tables of definitions tell rows by their lines.
    assert!(found.source().starts_with("名词\t定义\n一"));
}

#[test]
fn numbers_of_headings_and_lists_are_text_and_name_the_place() {
    let styles = r#"<w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="t"><w:name w:val="Title"/></w:style>"#;
    let numbering = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>"#;
    let styled = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run(text))
    };
    let item = format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr></w:pPr>{}</w:p>",
        run("甲项")
    );
    let body =
        [styled("t", "某办法"), styled("1", "数据"), paragraph(&["正文"]), item, paragraph(&["一、小节"])]
            .concat();
    let bytes = word_with(&body, &[("styles", styles), ("numbering", numbering)]);
    let found = document(&bytes);
    let kinds: Vec<_> = found.blocks().map(|block| (block.kind(), block.text())).collect();
    assert_eq!(
        kinds,
        [
            (BlockKind::Heading(1), "某办法"),
            (BlockKind::Heading(1), "第三章 数据"),
            (BlockKind::Paragraph, "正文"),
            (BlockKind::ListItem, "1. 甲项"),
            (BlockKind::Paragraph, "一、小节"),
        ]
    );
    assert_eq!(found.metadata().title.as_deref(), Some("某办法"));
    assert_eq!(
        places(&bytes),
        ["标题", "第三章 标题", "第三章 第1段", "第三章 1. 第1段", "第三章 一、 第1段"]
    );
    let place = found.block(2).place().unwrap();
    assert_eq!((place.part.as_deref(), place.paragraph), (Some("word/document.xml"), Some(3)));
}

#[test]
fn notes_headers_and_footers_come_last() {
    let body = format!(
        "<w:p>{}<w:r><w:footnoteReference w:id=\"7\"/></w:r>{}<w:r><w:endnoteReference w:id=\"2\"/></w:r></w:p>\
         <w:sectPr><w:headerReference w:type=\"default\" r:id=\"r2\"/><w:footerReference w:type=\"default\" r:id=\"r3\"/></w:sectPr>",
        run("浙政"),
        run("钉")
    );
    let note = |kind: &str, id: u32, text: &str| {
        format!("<w:{kind} w:id=\"{id}\">{}</w:{kind}>", paragraph(&[text]))
    };
    let footnotes = note("footnote", 0, "分隔") + &note("footnote", 7, "脚注文");
    let (header, footer) = (paragraph(&["页眉文"]), paragraph(&["页脚文"]));
    let bytes = word_with(
        &body,
        &[
            ("footnotes", &footnotes),
            ("endnotes", &note("endnote", 2, "尾注文")),
            ("header", &header),
            ("footer", &footer),
        ],
    );
    let found = document(&bytes);
    let texts: Vec<_> = found.blocks().map(BlockRef::text).collect();
    assert_eq!(texts, ["浙政钉", "脚注文", "尾注文", "页眉文", "页脚文"]);
    assert_eq!(found.block(1).kind(), BlockKind::Note);
    assert_eq!(places(&bytes), ["第1段", "脚注1", "尾注1", "页眉1", "页脚1"]);
}

#[test]
fn comments_of_others_are_annotations_of_their_text() {
    let body = format!(
        "<w:p>{}<w:commentRangeStart w:id=\"3\"/>{}<w:commentRangeEnd w:id=\"3\"/>{}<w:r><w:commentReference w:id=\"3\"/></w:r></w:p>\
         <w:p>{}<w:r><w:commentReference w:id=\"4\"/></w:r></w:p><w:p><w:commentRangeStart w:id=\"5\"/>{}<w:commentRangeEnd w:id=\"5\"/></w:p>",
        run("经"),
        run("浙政盯"),
        run("发送"),
        run("第二段"),
        run("我们的")
    );
    let comment = |id: u32, author: &str, text: &str| {
        format!("<w:comment w:id=\"{id}\" w:author=\"{author}\">{}</w:comment>", paragraph(&[text]))
    };
    let comments =
        [comment(3, "王芳", "正名：忽略 —— 引文"), comment(4, "王芳", "全段"), comment(5, "正名", "旧批注")]
            .concat();
    let found = document(&word_with(&body, &[("comments", &comments)]));
    let found: Vec<_> =
        found.annotations().iter().map(|it| (&found.source()[it.span.range()], it.text.as_str())).collect();
    assert_eq!(found, [("浙政盯", "正名：忽略 —— 引文"), ("第二段", "全段")]);
}
