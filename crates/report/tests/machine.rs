//! What scripts read: JSON and the one-line format.

mod common;

use common::{finding, full, print, print_one, read};
use serde_json::{Value, json};
use zhengming_report::{DictionaryInfo, FileReport, OutputFormat, Reporter, Run, Style, write};
use zhengming_text::diagnostic::Diagnostic;
use zhengming_text::document::{BlockBuilder, BlockKind, Document, Encoding, ReadNote};
use zhengming_text::message::{Lang, Text};
use zhengming_text::place::{Cell, Place};
use zhengming_text::span::Span;

#[test]
fn the_whole_json_document() {
    let (mut document, mut diagnostics) = read("推广«浙政钉»。\r\n😀使用«浙政盯»。\r\n");
    document.note(ReadNote {
        span: Span::new(0, 0),
        missed: true,
        message: Text::new("第2页没有文字", "page 2 has no text"),
    });
    let related = diagnostics.remove(0).span;
    let diagnostics = [full(diagnostics.remove(0), related)];
    let dictionary = DictionaryInfo {
        id: "db33t-2350-2021".to_owned(),
        title: "数字化改革术语定义".to_owned(),
        edition: Some("2021".to_owned()),
        concepts: 59,
    };
    let mut checked = FileReport::checked("drafts/a.md", &document, &diagnostics);
    checked.outcome.as_mut().unwrap().suppressed = 1;
    let unreadable = FileReport::unreadable("b.doc", Text::new("文件已加密", "the file is encrypted"));
    let run = Run { dictionaries: &[dictionary], lang: Lang::En, ..Run::new("0.1.0") };
    let mut out = Vec::new();
    write(OutputFormat::Json, run, &[checked, unreadable], Style::default(), &mut out).unwrap();

    let expected = r#"{"version":1,"tool":{"name":"zhengming","version":"0.1.0"},
"dictionaries":[{"id":"db33t-2350-2021","title":"数字化改革术语定义","edition":"2021","concepts":59}],
"files":[
{"path":"drafts/a.md","format":"markdown","encoding":"UTF-8","error":null,"notes":[{"message":"page 2 has no text","missed":true}],"read":{"parts":[],"characters":0,"pages":null,"confidence":"partial"},"diagnostics":[
{"rule":"nonstandard-variant","name":"Nonstandard term","family":"variant","severity":"warning","message":"`浙政盯` is not the standard term","label":"the standard term is `浙政钉`","help":"DB33/T 2350—2021, 3.1.3.9 defines the term","url":null,"text":"浙政盯","span":{"start":{"byte":30,"char":11,"line":2,"column":4,"utf16":5},"end":{"byte":39,"char":14,"line":2,"column":7,"utf16":8}},"concept":{"id":"zhezhengding","preferred":"浙政钉","dictionary":"db33t-2350-2021","clause":"3.1.3.9"},"fixes":[{"title":"replace with `浙政钉`","applicability":"safe","edits":[{"start":30,"end":39,"text":"浙政钉"}]},{"title":"replace with `浙江政务钉钉`","applicability":"suggestion","edits":[{"start":30,"end":39,"text":"浙江政务钉钉"}]}],"related":[{"path":"drafts/a.md","span":{"start":{"byte":6,"char":2,"line":1,"column":3,"utf16":3},"end":{"byte":15,"char":5,"line":1,"column":6,"utf16":6}},"message":"the standard term is used here"}],"location":null,"fingerprint":"FINGERPRINT"}]},
{"path":"b.doc","format":null,"encoding":null,"error":"the file is encrypted","notes":[],"read":null,"diagnostics":[]}],
"summary":{"files":2,"errors":0,"warnings":1,"infos":0,"suppressed":1,"by_rule":{"nonstandard-variant":1}}}
"#;
    let expected = expected.replace("FINGERPRINT", &diagnostics[0].fingerprint());
    let actual = String::from_utf8(out).unwrap();
    assert_eq!(actual, expected, "\n{actual}");
    serde_json::from_str::<Value>(&actual).unwrap();
}

#[test]
fn an_empty_run_is_a_document_too() {
    let expected = r#"{"version":1,"tool":{"name":"zhengming","version":"0.1.0"},
"dictionaries":[],
"files":[],
"summary":{"files":0,"errors":0,"warnings":0,"infos":0,"suppressed":0,"by_rule":{}}}
"#;
    assert_eq!(print(OutputFormat::Json, Lang::Zh, &[]), expected);
}

/// The bytes in which the findings of a file lie on disk, and their edits.
fn stored_bytes(
    marked: &str,
    encoding: Encoding,
    stored_len: Option<&(dyn Fn(&str) -> usize + Sync)>,
) -> Value {
    let (mut document, diagnostics) = read(marked);
    document.set_encoding(encoding);
    let mut file = FileReport::checked("a.txt", &document, &diagnostics);
    file.outcome.as_mut().unwrap().stored_len = stored_len;
    let json: Value = serde_json::from_str(&print(OutputFormat::Json, Lang::Zh, &[file])).unwrap();
    let findings = json["files"][0]["diagnostics"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| {
            let (span, edit) = (&finding["span"], &finding["fixes"][0]["edits"][0]);
            assert_eq!((&span["start"]["byte"], &span["end"]["byte"]), (&edit["start"], &edit["end"]));
            json!([edit["start"], edit["end"], span["start"]["char"]])
        })
        .collect()
}

/// Two bytes for a Chinese character, four outside the plane, as in GB18030.
fn gb18030(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 * c.len_utf16() }).sum()
}

fn utf16(text: &str) -> usize {
    text.encode_utf16().count() * 2
}

#[test]
fn bytes_are_counted_as_stored() {
    let marked = "甲😀a\n«浙政盯»乙«浙政盯»";
    let utf8 = stored_bytes(marked, Encoding::UTF_8, None);
    assert_eq!(utf8, json!([[9, 18, 4], [21, 30, 8]]));
    let bom = stored_bytes(marked, Encoding { name: "UTF-8", bom: true }, None);
    assert_eq!(bom, json!([[12, 21, 4], [24, 33, 8]]));
    let gb = stored_bytes(marked, Encoding { name: "GB18030", bom: false }, Some(&gb18030));
    assert_eq!(gb, json!([[8, 14, 4], [16, 22, 8]]));
    let wide = stored_bytes(marked, Encoding { name: "UTF-16LE", bom: true }, Some(&utf16));
    assert_eq!(wide, json!([[12, 18, 4], [20, 26, 8]]));
}

#[test]
fn one_line_per_finding() {
    let (document, diagnostics) = read("😀推广«浙政盯»和«浙\r\n政盯»，«浙钉盯»");
    let expected = "\
drafts/a.md:1:4: warning[nonstandard-variant] “浙政盯”不是规范用语；应为“浙政钉”
drafts/a.md:1:8: warning[nonstandard-variant] “浙 政盯”不是规范用语；应为“浙政钉”
drafts/a.md:2:4: warning[nonstandard-variant] “浙钉盯”不是规范用语；应为“浙政钉”
";
    assert_eq!(print_one(OutputFormat::Concise, &document, &diagnostics), expected);
}

/// A table in which the second cell says 浙政盯, at this place.
fn table(place: Place) -> (Document, Vec<Diagnostic>) {
    let source = "名称\n浙政盯\n";
    let mut document = Document::new("a.csv", "csv", source.to_owned());
    for (from, to) in [(0, 6), (7, 16)] {
        let mut block = BlockBuilder::new(BlockKind::TableCell).at(place.clone());
        block.verbatim(source, Span::new(from, to));
        document.push(block.finish().unwrap());
    }
    let diagnostic = Diagnostic { block: 1, ..finding(source, Span::new(7, 16)) };
    (document, vec![diagnostic])
}

#[test]
fn a_cell_of_a_text_has_a_line_and_one_of_a_container_has_none() {
    let cell = Place {
        cell: Some(Cell { table: 1, row: 2, column: 1 }),
        words: Text::new("A2（名称）", "A2 (name)"),
        ..Place::default()
    };
    let (document, diagnostics) = table(cell.clone());
    let text = print_one(OutputFormat::Concise, &document, &diagnostics);
    assert!(text.starts_with("drafts/a.md:2:1: A2（名称）: warning["), "{text}");
    let (document, diagnostics) = table(Place { part: Some("术语表".to_owned()), ..cell });
    let text = print_one(OutputFormat::Concise, &document, &diagnostics);
    assert!(text.starts_with("drafts/a.md: A2（名称）: warning["), "{text}");
}

#[test]
fn paths_and_errors_stay_on_their_line() {
    let (document, diagnostics) = read("«\u{1b}[2J»\n");
    let files = [
        FileReport::checked("a\n\u{7}.md", &document, &diagnostics),
        FileReport::unreadable("b.doc", Text::new("文件已加密", "the file is encrypted")),
    ];
    let expected = "\
a \u{fffd}.md:1:1: warning[nonstandard-variant] `\u{fffd}[2J` is not the standard term; the standard term is `浙政钉`
b.doc: error: the file is encrypted
";
    assert_eq!(print(OutputFormat::Concise, Lang::En, &files), expected);
}

#[test]
fn files_may_come_one_by_one() {
    let mut out = Vec::new();
    let mut reporter =
        Reporter::new(OutputFormat::Concise, Run::new("0.1.0"), Style::default(), &mut out).unwrap();
    for path in ["a.md", "b.md"] {
        let (document, diagnostics) = read("«浙政盯»\n");
        reporter.file(&FileReport::checked(path, &document, &diagnostics)).unwrap();
    }
    let summary = reporter.finish().unwrap();
    assert_eq!((summary.files, summary.warnings, summary.fixable), (2, 2, 2));
    assert_eq!(summary.by_rule.into_iter().collect::<Vec<_>>(), [("nonstandard-variant", 2)]);
    assert_eq!(String::from_utf8(out).unwrap().lines().count(), 2);
}
