//! Word files.

use super::{lines, package};
use crate::interchange::{ExchangeError, docx_to_text, from_docx_tables, read, text};

const NUMBERING: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="5">
<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="a2"/><w:suff w:val="nothing"/><w:lvlText w:val="%1.%2　"/></w:lvl>
</w:abstractNum><w:abstractNum w:abstractNumId="6"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="注%1："/><w:suff w:val="nothing"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="6"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"#;
const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:styleId="a1"><w:name w:val="章标题"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="a2"><w:name w:val="条标题"/><w:basedOn w:val="a1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="10"><w:name w:val="toc 1"/></w:style></w:styles>"#;

fn document(body: &str) -> Vec<u8> {
    let text = format!(r#"<w:document xmlns:w="w" xmlns:mc="mc"><w:body>{body}</w:body></w:document>"#);
    package(&[
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Id="r" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#,
        ),
        (
            "word/_rels/document.xml.rels",
            r#"<Relationships><Relationship Id="a" Type="http://x/styles" Target="styles.xml"/>
               <Relationship Id="b" Type="http://x/numbering" Target="numbering.xml"/></Relationships>"#,
        ),
        ("word/document.xml", &text),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
    ])
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn plain(body: &str) -> String {
    docx_to_text("a.docx", &document(body)).unwrap().to_text()
}

#[test]
fn runs_tabs_and_breaks_are_text() {
    let body = r#"<w:p><w:pPr><w:tabs><w:tab w:pos="1"/></w:tabs></w:pPr><w:r><w:t>3.1</w:t><w:tab/><w:t>数&amp;据</w:t></w:r>
      <w:hyperlink><w:r><w:t>归集</w:t><w:br/><w:t>续</w:t><w:noBreakHyphen/></w:r></w:hyperlink></w:p>
      <w:p><w:pPr><w:pStyle w:val="10"/></w:pPr><w:r><w:t>1 范围</w:t><w:tab/><w:t>2</w:t></w:r></w:p>"#;
    // A table of contents repeats its headings.
    assert_eq!(plain(body), "3.1 数&据归集\n续-\n");
}

#[test]
fn deletions_are_out_and_insertions_in() {
    let body = r#"<w:p><w:r><w:t>数据</w:t></w:r><w:del><w:r><w:delText>收集</w:delText></w:r></w:del><w:ins><w:r><w:t>归集</w:t></w:r></w:ins>
        <w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>
      <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>上段</w:t></w:r></w:p><w:p><w:r><w:t>下段</w:t></w:r></w:p>"#;
    assert_eq!(plain(body), "数据归集新\n上段下段\n");
}

#[test]
fn text_boxes_count_once() {
    let body = r#"<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Choice>
      <mc:Fallback><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"#;
    assert_eq!(plain(body), "正文\n框\n");
}

#[test]
fn automatic_numbers_stand_before_the_text() {
    let styled = |style: &str, text: &str| {
        format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
    };
    let listed = |list: u8, text: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
        )
    };
    let body = [
        styled("a1", "术语和定义"),
        styled("a2", "数据"),
        listed(2, "甲。"),
        listed(2, "乙。"),
        styled("a2", "数据归集"),
        listed(3, "丙。"),
        styled("a1", "总则"),
        styled("a2", "原则"),
        format!(
            r#"<w:p><w:pPr><w:pStyle w:val="a2"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>{}</w:p>"#,
            "<w:r><w:t>无号</w:t></w:r>"
        ),
    ];
    assert_eq!(
        plain(&body.concat()),
        "3 术语和定义\n3.1　数据\n注1：甲。\n注2：乙。\n3.2　数据归集\n注1：丙。\n4 总则\n4.1　原则\n无号\n"
    );
}

fn table(rows: &[&[&str]]) -> String {
    let mut out = String::from("<w:tbl>");
    for row in rows {
        out.push_str("<w:tr>");
        for cell in *row {
            let (properties, text) = match cell.split_once('|') {
                Some(("v", text)) => (r#"<w:vMerge w:val="restart"/>"#, text),
                Some(("c", text)) => ("<w:vMerge/>", text),
                Some(("2", text)) => (r#"<w:gridSpan w:val="2"/>"#, text),
                _ => ("", *cell),
            };
            let paragraphs: String = text.split('/').map(p).collect();
            out.push_str(&format!("<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"));
        }
        out.push_str("</w:tr>");
    }
    out + "</w:tbl>"
}

const ROWS: &[&[&str]] = &[
    &["序号", "名词名称", "定义", "解释单位"],
    &["v|1", "v|甲", "第一，", "v|省厅"],
    &["c|", "c|", "续。", "c|"],
    &["2", "乙", "第二：/一是。/二是。", "c|"],
    &["2|合计", "", ""],
];

#[test]
fn tables_are_rows_of_cells() {
    let body = p("定义集") + &table(ROWS) + &p("完");
    assert_eq!(
        plain(&body),
        "定义集\n\n序号\t名词名称\t定义\t解释单位\n1\t甲\t第一，\t省厅\n\t\t续。\t\n\
         2\t乙\t<p>第二：</p><p>一是。</p><p>二是。</p>\t省厅\n合计\t\t\t\n\n完\n"
    );
    assert_eq!(text("a.docx", &document(&body)).unwrap(), plain(&body));
}

#[test]
fn tables_of_terms_are_read_as_tables_are() {
    let bytes = document(&(table(&[&["无关", "表"]]) + &table(&ROWS[..4])));
    assert_eq!(
        lines(from_docx_tables("a.docx", &bytes)),
        ["甲 1 甲=: 第一，续。", "乙 2 乙=: 第二：\n一是。\n二是。"]
    );
    assert!(matches!(read("a.docx", &bytes), Err(ExchangeError::NotADictionary { .. })));
}
