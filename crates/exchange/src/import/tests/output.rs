//! Spans, options, errors and JSON.

use zhengming_text::message::Lang;

use super::*;

const TEXT: &str = "前言😀\n3 术语和定义\n3.1\n桶 drum\n圆柱形的\n容器。\n3.2\n盖 lid\n部件。\n";

#[test]
fn spans_cover_the_entries() {
    let import = import("a.txt", TEXT, &ImportOptions::default()).unwrap();
    let texts: Vec<&str> = import.spans.iter().map(|span| &TEXT[span.range()]).collect();
    assert_eq!(texts, ["3.1\n桶 drum\n圆柱形的\n容器。", "3.2\n盖 lid\n部件。"]);
    assert_eq!(import.dictionary.concepts()[0].line, 3);
}

#[test]
fn json_has_the_promised_shape() {
    let import = import("a.txt", TEXT, &ImportOptions::default()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&to_json(&import, Lang::En)).unwrap();
    let concept = &value["dictionaries"][0]["concepts"][0];
    assert_eq!(concept["id"], "桶");
    assert_eq!(concept["clause"], "3.1");
    assert_eq!(concept["terms"][0], serde_json::json!({"text": "桶", "status": "preferred", "lang": "zh"}));
    assert_eq!(concept["terms"][1], serde_json::json!({"text": "drum", "status": "preferred", "lang": "en"}));
    assert_eq!(concept["definition"], "圆柱形的容器。");
    assert_eq!(
        concept["span"]["start"],
        serde_json::json!({"byte": 29, "char": 12, "line": 3, "column": 1, "utf16": 1})
    );
    assert_eq!(concept["span"]["end"]["line"], 6);
    assert_eq!(concept["span"]["end"]["column"], 4);
    assert!(value["notices"].is_array());
}

#[test]
fn options_override_what_the_document_says() {
    let options =
        ImportOptions { layout: Some(Layout::TermsClause), id: Some("x".into()), title: Some("桶".into()) };
    let import = import("a.txt", TEXT, &options).unwrap();
    assert_eq!(
        (import.dictionary.header().id.as_str(), import.dictionary.header().title.as_str()),
        ("x", "桶")
    );
}

#[test]
fn a_layout_that_does_not_fit_finds_nothing() {
    let options = ImportOptions { layout: Some(Layout::Statute), ..ImportOptions::default() };
    let error = import("a.txt", TEXT, &options).unwrap_err();
    assert_eq!(error, ImportError::NothingFound { layout: Some(Layout::Statute) });
    assert!(error.text().zh.contains("没有找到术语条目"));
}

#[test]
fn layouts_have_names() {
    for layout in Layout::ALL {
        assert_eq!(Layout::from_name(layout.name()), Some(layout));
    }
}

#[test]
fn what_is_imported_is_a_valid_dictionary_in_its_own_format() {
    for concept in import("a.txt", TEXT, &ImportOptions::default()).unwrap().dictionary.concepts() {
        assert!(!concept.id.is_empty() && !concept.preferred().is_empty());
    }
}
