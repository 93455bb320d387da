//! Damaged and malicious files: always a clear error or a dictionary, never a panic or an exhausted memory.

use proptest::prelude::*;

use super::{built_in, package};
use crate::export;
use crate::interchange::{
    ExchangeError, docx_to_text, from_csv, from_docx_tables, from_html, from_json, from_tbx, from_xlsx, read,
    text,
};

fn error(name: &str, bytes: &[u8]) -> String {
    read(name, bytes).unwrap_err().text().en
}

fn workbook(sheet: &str) -> Vec<u8> {
    package(&[
        ("xl/workbook.xml", r#"<workbook><sheets><sheet name="表" r:id="s"/></sheets></workbook>"#),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="s" Type="x/worksheet" Target="s.xml"/></Relationships>"#,
        ),
        ("xl/s.xml", sheet),
    ])
}

#[test]
fn truncated_packages_are_damaged() {
    let dictionary = built_in().next().unwrap();
    let bytes = export::to_xlsx(&dictionary);
    let message = error("a.xlsx", &bytes[..bytes.len() / 2]);
    assert!(message.starts_with("a.xlsx: damaged or truncated ("), "{message}");
    let zh = read("a.xlsx", &bytes[..2000]).unwrap_err().text().zh;
    assert!(zh.starts_with("a.xlsx: 文件已损坏或不完整"), "{zh}");
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let mut sheet = String::from("<worksheet>");
    sheet.push_str(&" ".repeat(9 << 20));
    assert_eq!(
        error("a.xlsx", &workbook(&sheet)),
        "a.xlsx: xl/s.xml: suspiciously high compression ratio, probably a zip bomb"
    );
    let names: Vec<String> = (0..10_001).map(|index| format!("xl/{index}")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(error("a.xlsx", &package(&parts)), "a.xlsx: the package has more than 10000 parts");
}

#[test]
fn entities_are_never_resolved() {
    let bomb =
        r#"<?xml version="1.0"?><!DOCTYPE tbx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><tbx>&b;</tbx>"#;
    let file = r#"<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tbx>&a;</tbx>"#;
    for text in [bomb, file] {
        let message = "a.tbx: line 1: the XML declares entities, which are not resolved; remove the declarations from the DOCTYPE";
        assert_eq!(error("a.tbx", text.as_bytes()), message);
        assert!(error("a.xlsx", &workbook(text)).contains("declares entities"));
    }
}

#[test]
fn depth_and_width_are_limited() {
    let deep = format!("<tbx>{}", "<a>".repeat(100_000));
    assert_eq!(error("a.tbx", deep.as_bytes()), "a.tbx: line 1: XML elements are nested more than 256 deep");
    let wide = format!("<tbx><conceptEntry>{}</conceptEntry></tbx>", "<a/>".repeat(100_000));
    assert_eq!(error("a.tbx", wide.as_bytes()), "a.tbx: line 1: one entry has more than 50000 XML nodes");
    let far = r#"<worksheet><sheetData><row r="1048576"><c r="XFD1048576" t="str"><v>甲</v></c></row></sheetData></worksheet>"#;
    assert!(matches!(from_xlsx("a.xlsx", &workbook(far)), Err(ExchangeError::NotADictionary { .. })));
    let columns = format!("术语,定义\n{}", ",".repeat(5_000));
    assert_eq!(error("a.csv", columns.as_bytes()), "a.csv: line 2: more than 1000 columns");
    let nested = format!("{{\"dictionaries\":{}", "[".repeat(100_000));
    assert!(error("a.json", nested.as_bytes()).contains("malformed JSON"));
}

#[test]
fn a_hundred_megabytes_of_one_line_are_refused() {
    let line = "数据".repeat(17 << 20).into_bytes();
    for name in ["a.txt", "a.csv", "a.json", "a.toml", "a.tbx"] {
        assert_eq!(
            error(name, &line),
            format!("{name}: the file is too large: 102 MiB, expected at most 32 MiB")
        );
    }
}

#[test]
fn other_formats_say_what_to_do() {
    assert_eq!(
        error("a.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        "a.xls: an old or encrypted Office file; save it as XLSX or DOCX without a password"
    );
    assert_eq!(error("a.zip", &package(&[("a.txt", "")])), "a.zip: the package is neither XLSX nor DOCX");
    assert!(error("a.pdf", b"%PDF-1.7").contains("convert it to text"));
    assert!(error("a.csv", &[0, 1, 2, 3, 4, 5, 6, 7]).contains("not text"));
}

/// Small valid files of every form.
fn seeds() -> Vec<Vec<u8>> {
    let dictionary = zhengming_terms::dictionary::Dictionary::from_toml(
        "",
        "[dictionary]\nid='a'\ntitle='集'\n[[concept]]\nterm='甲'\nclause='3.1'\nenglish=['a','b']\nadmitted=[{text='乙',usage='简称'}]\n\
         definition='第一。'\nnotes=['注','又']\nvariants=[{surface='申',kind='shape',fix='safe',unless=['时']}]\n\
         relations=[{kind='related',target='丙'}]\n[[concept]]\nterm='丙'\ndomain='数'\n",
    )
    .unwrap();
    let word = package(&[
        (
            "word/document.xml",
            "<w:document><w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>",
        ),
        (
            "word/_rels/document.xml.rels",
            "<Relationships><Relationship Id=\"a\" Type=\"x/numbering\" Target=\"n.xml\"/></Relationships>",
        ),
        (
            "word/n.xml",
            "<w:numbering><w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:lvlText w:val=\"%1.%9\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>",
        ),
    ]);
    vec![
        export::to_toml(&dictionary).into_bytes(),
        export::to_json(&dictionary).into_bytes(),
        export::to_tbx(&dictionary).into_bytes(),
        export::to_csv(&dictionary).into_bytes(),
        export::to_xlsx(&dictionary),
        word,
        b"<table><tr><th>\xE6\x9C\xAF\xE8\xAF\xAD<th rowspan=3 colspan=2>b<tr><td>c</table>".to_vec(),
    ]
}

fn try_everything(bytes: &[u8]) {
    let _ = read("a", bytes).map_err(|error| error.text());
    let _ = text("a", bytes);
    let _ = docx_to_text("a", bytes);
    let _ = from_docx_tables("a", bytes);
    let _ = from_xlsx("a", bytes);
    let text = String::from_utf8_lossy(bytes);
    let _ = from_tbx("a", &text);
    let _ = from_json("a", &text);
    let _ = from_csv("a", &text);
    let _ = from_html("a", &text);
}

proptest! {
    #[test]
    fn mutations_of_valid_files_never_panic(
        seed in 0..7_usize, changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..6),
    ) {
        let mut bytes = seeds().swap_remove(seed);
        for (at, value, kind) in changes {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = value,
                1 => { bytes.remove(at); }
                _ => bytes.insert(at, value),
            }
        }
        try_everything(&bytes);
    }

    /// The parts inside a package, which mutations of the package seldom reach.
    #[test]
    fn mutated_parts_never_panic(
        part in 0..3_usize, at in any::<prop::sample::Index>(), new in "[<>/&;\"= a-z0-9甲%]{0,6}", cut in 0..8_usize,
    ) {
        let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>术语</t></is></c><c r=\"B1\" s=\"1\"><f>1</f><v>2.5</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells></worksheet>";
        let styles = "<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy-mm-dd;#,##0.0%\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"176\"/></cellXfs></styleSheet>";
        let book = "<workbook><workbookPr date1904=\"1\"/><sheets><sheet name=\"表\" r:id=\"s\"/></sheets></workbook>";
        let mut parts = [sheet.to_owned(), styles.to_owned(), book.to_owned()];
        let text = &mut parts[part];
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let start = places[at.index(places.len())];
        let end = (start..=text.len()).filter(|&end| text.is_char_boundary(end)).nth(cut).unwrap_or(text.len());
        text.replace_range(start..end, &new);
        let rels = "<Relationships><Relationship Id=\"s\" Type=\"x/worksheet\" Target=\"s.xml\"/><Relationship Id=\"t\" Type=\"x/styles\" Target=\"t.xml\"/></Relationships>";
        try_everything(&package(&[
            ("xl/workbook.xml", &parts[2]), ("xl/_rels/workbook.xml.rels", rels), ("xl/s.xml", &parts[0]), ("xl/t.xml", &parts[1]),
        ]));
    }
}
