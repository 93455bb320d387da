//! The program as people and scripts use it.

mod support;

use std::fs;

use serde_json::Value;
use support::{Scratch, fixture, json, zhengming};

#[test]
fn findings_are_reported_with_place_and_the_exit_status_says_so() {
    let run = zhengming(&["check", "--format", "concise", &fixture("drafts/plan.md")]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("warning[nonstandard-variant] “浙政盯”不是规范用语"), "{}", run.out);
    assert!(run.out.lines().all(|line| line.contains("plan.md:")), "{}", run.out);
}

#[test]
fn a_clean_document_is_silent_and_succeeds() {
    let run = zhengming(&["check", "--format", "concise", &fixture("drafts/clean-plan.md")]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
}

#[test]
fn the_exit_status_is_the_same_for_every_format() {
    for format in ["pretty", "concise", "json"] {
        assert_eq!(zhengming(&["check", "--format", format, &fixture("drafts/plan.md")]).code, 1, "{format}");
        assert_eq!(
            zhengming(&["check", "--format", format, &fixture("drafts/clean-plan.md")]).code,
            0,
            "{format}"
        );
        assert_eq!(
            zhengming(&["check", "--format", format, &fixture("drafts/binary.bin")]).code,
            2,
            "{format}"
        );
    }
}

#[test]
fn unreadable_files_are_reported_and_the_rest_is_checked() {
    let paths = ["drafts/binary.bin", "drafts/broken.txt", "no-such.md", "drafts/plan.md"].map(fixture);
    let mut arguments = vec!["check", "--format", "json"];
    arguments.extend(paths.iter().map(String::as_str));
    let run = zhengming(&arguments);
    assert_eq!(run.code, 2);
    let report = json(&run.out);
    let files = report["files"].as_array().unwrap();
    let unreadable: Vec<bool> = files.iter().map(|file| !file["error"].is_null()).collect();
    assert_eq!(unreadable, [true, true, true, false]);
    assert!(!files[3]["diagnostics"].as_array().unwrap().is_empty());
}

#[test]
fn every_encoding_gives_the_same_findings_at_the_right_bytes() {
    let places = |name: &str| {
        let path = fixture(name);
        let bytes = fs::read(&path).unwrap();
        let report = json(&zhengming(&["check", "--format", "json", &path]).out);
        let found = report["files"][0]["diagnostics"].as_array().unwrap().clone();
        assert!(!found.is_empty(), "{name}");
        let texts: Vec<(Value, Value, Value)> = found
            .iter()
            .map(|one| (one["rule"].clone(), one["text"].clone(), one["span"]["start"]["char"].clone()))
            .collect();
        let at = |edge: &str| found[0]["span"][edge]["byte"].as_u64().unwrap() as usize;
        (texts, bytes[at("start")..at("end")].to_vec(), found[0]["text"].as_str().unwrap().to_owned())
    };
    let (utf8, bytes, text) = places("drafts/notice.txt");
    assert_eq!(bytes, text.as_bytes());
    for name in ["drafts/notice.gb18030.txt", "drafts/notice.utf16le.txt", "drafts/notice.utf8bom.txt"] {
        let (found, bytes, text) = places(name);
        assert_eq!(found, utf8, "{name}");
        let expected: Vec<u8> = match name {
            "drafts/notice.utf16le.txt" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "drafts/notice.gb18030.txt" => {
                let encoding = zhengming::core::document::Encoding { name: "GB18030", bom: false };
                zhengming::formats::encoding::encode(&text, &encoding).unwrap()
            }
            _ => text.into_bytes(),
        };
        assert_eq!(bytes, expected, "{name}");
    }
}

#[test]
fn output_does_not_depend_on_the_number_of_threads() {
    let all = fixture("drafts");
    let runs: Vec<String> = ["1", "2", "7"]
        .iter()
        .map(|threads| zhengming(&["check", "--format", "json", "--threads", threads, &all]).out)
        .collect();
    assert_eq!(runs[0], runs[1]);
    assert_eq!(runs[0], runs[2]);
}

#[test]
fn fixing_keeps_encoding_and_line_ends_and_a_second_run_changes_nothing() {
    for name in ["drafts/plan.md", "drafts/crlf.md", "drafts/notice.gb18030.txt", "drafts/notice.utf16le.txt"]
    {
        let scratch = Scratch::with(name);
        let before = fs::read(&scratch.path).unwrap();
        zhengming(&["check", "--fix", scratch.path()]);
        let once = fs::read(&scratch.path).unwrap();
        assert_ne!(before, once, "{name}");
        zhengming(&["check", "--fix", scratch.path()]);
        assert_eq!(once, fs::read(&scratch.path).unwrap(), "{name}");
        let breaks = |bytes: &[u8]| bytes.windows(2).filter(|pair| pair == b"\r\n").count();
        assert_eq!(breaks(&before), breaks(&once), "{name}");
        let read = |bytes: &[u8]| zhengming::formats::encoding::decode(bytes).unwrap().1;
        assert_eq!(read(&before), read(&once), "{name}");
    }
}

#[test]
fn a_diff_shows_the_fixes_and_writes_nothing() {
    let scratch = Scratch::with("drafts/plan.md");
    let before = fs::read(&scratch.path).unwrap();
    let run = zhengming(&["check", "--diff", scratch.path()]);
    assert!(run.out.contains("\n+") && run.out.contains("浙政钉"), "{}", run.out);
    assert_eq!(run.code, 1);
    assert_eq!(before, fs::read(&scratch.path).unwrap());
}

#[test]
fn standard_input_is_checked_under_the_name_given_and_mended_to_standard_output() {
    let run = support::zhengming_with_input(
        &["check", "-", "--stdin-filename", "草稿.md", "--format", "concise"],
        "用浙政盯办公".as_bytes(),
    );
    assert_eq!(
        (run.code, run.out.as_str()),
        (1, "草稿.md:1:2: warning[nonstandard-variant] “浙政盯”不是规范用语，疑为音近致误\n")
    );
    let run = support::zhengming_with_input(&["check", "--fix", "-"], "用浙政盯办公".as_bytes());
    assert_eq!((run.code, run.out.as_str()), (0, "用浙政钉办公"));
}

#[test]
fn broken_dictionaries_are_errors_with_file_line_and_value() {
    for (name, line, value) in [
        ("broken-syntax.toml", None, ""),
        ("broken-unknown-key.toml", None, "unknown field"),
        ("broken-duplicate-term.toml", None, ""),
        ("broken-ambiguous-variant.toml", None, ""),
        ("broken-variant-is-term.toml", None, "confusable"),
        ("broken-broader-cycle.toml", None::<usize>, "→"),
    ] {
        let path = fixture(&format!("dictionaries/{name}"));
        let run = zhengming(&["check", "--lang", "en", "--dict", &path, &fixture("drafts/plan.md")]);
        assert_eq!(run.code, 2, "{name}");
        let place = run.err.split(name).nth(1).and_then(|rest| rest.split(':').nth(1)).unwrap_or_default();
        assert!(place.parse::<usize>().is_ok(), "{}", run.err);
        assert!(run.err.contains(value), "{}", run.err);
        assert!(line.is_none());
    }
}

#[test]
fn a_variant_table_adds_to_the_loaded_terms() {
    let table = fixture("dictionaries/variants.tsv");
    let rows = fs::read_to_string(&table).unwrap();
    let first = rows.lines().nth(1).unwrap().split('\t').next().unwrap().to_owned();
    let run = support::zhengming_with_input(
        &["check", "--dict", &table, "-", "--format", "json"],
        first.as_bytes(),
    );
    assert_eq!(json(&run.out)["files"][0]["diagnostics"][0]["text"], first.as_str());
}

#[test]
fn rules_can_be_selected_ignored_and_explained() {
    let draft = fixture("drafts/plan.md");
    let run = zhengming(&["check", "--format", "concise", "--select", "confusable-term", &draft]);
    assert!(
        run.out.lines().count() >= 1 && run.out.lines().all(|line| line.contains("[confusable-term]")),
        "{}",
        run.out
    );
    let run = zhengming(&["check", "--format", "concise", "--ignore", "variant", &draft]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    let run = zhengming(&["check", "--select", "no-such-rule", &draft]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no-such-rule"), "{}", run.err);
    assert!(zhengming(&["rules"]).out.contains("superseded-term"));
    assert!(zhengming(&["explain", "confusable-term", "--lang", "en"]).out.contains("## Ways out"));
}

#[test]
fn the_day_decides_whether_a_name_is_superseded() {
    let text = "推进党政机关整体智治建设".as_bytes();
    let code = |day: &str| support::zhengming_with_input(&["check", "-q", "--as-of", day, "-"], text).code;
    assert_eq!((code("2021-07-08"), code("2024-01-01")), (0, 1));
}

#[test]
fn terms_are_looked_up_with_definition_clause_and_edition() {
    let run = zhengming(&["terms", "lookup", "浙政钉"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("DB33/T 2350—2021，3.1.3.9"), "{}", run.out);
    assert!(run.out.contains("移动办公的总入口"), "{}", run.out);
    assert!(zhengming(&["terms", "lookup", "浙政盯"]).out.contains("应为“浙政钉”"));
    assert_eq!(zhengming(&["terms", "lookup", "没有这个词"]).code, 1);
    let list = json(&zhengming(&["dict", "list", "--format", "json"]).out);
    assert_eq!(list["dictionaries"][0]["concepts"].as_array().unwrap().len(), 59);
    assert_eq!(list["dictionaries"][1]["concepts"].as_array().unwrap().len(), 48);
}
