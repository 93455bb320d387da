//! Folders: rules over several documents, in one run and in two halves.

mod support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::{fixture, json, zhengming};

/// Path and rule of every finding of the family `folder`.
fn folder_findings(report: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for file in report["files"].as_array().unwrap() {
        for diagnostic in file["diagnostics"].as_array().unwrap() {
            if diagnostic["family"] == "folder" {
                let name = Path::new(file["path"].as_str().unwrap()).file_name().unwrap();
                found.push((
                    name.to_str().unwrap().to_owned(),
                    diagnostic["rule"].as_str().unwrap().to_owned(),
                ));
            }
        }
    }
    found
}

const EXPECTED: [(&str, &str); 6] = [
    ("01-实施方案.md", "conflicting-definitions"),
    ("02-工作指南.md", "framework-expression-mismatch"),
    ("02-工作指南.md", "mixed-editions-across-documents"),
    ("02-工作指南.md", "acronym-conflict-across-documents"),
    ("03-工作总结.md", "framework-expression-mismatch"),
    ("03-工作总结.md", "inconsistent-term-across-documents"),
];

#[test]
fn a_run_over_a_folder_finds_what_contradicts_itself() {
    let report = json(&zhengming(&["check", "--format", "json", &fixture("folder")]).out);
    let found = folder_findings(&report);
    let found: Vec<_> = found.iter().map(|(path, rule)| (path.as_str(), rule.as_str())).collect();
    assert_eq!(found, EXPECTED);
    // The guide is the newer of the two.
    let plan = &report["files"][0];
    let conflict = plan["diagnostics"].as_array().unwrap().iter();
    let conflict = conflict.into_iter().find(|one| one["rule"] == "conflicting-definitions").unwrap();
    assert_eq!(conflict["text"], "数据专区");
    let related = &conflict["related"][0];
    assert!(related["path"].as_str().unwrap().ends_with("02-工作指南.md"), "{related}");
    assert_eq!(
        (&related["span"]["start"]["line"], &related["span"]["start"]["column"]),
        (&12.into(), &1.into())
    );
}

#[test]
fn a_single_file_contradicts_nobody() {
    let report = json(&zhengming(&["check", "--format", "json", &fixture("folder/02-工作指南.md")]).out);
    assert_eq!(folder_findings(&report), []);
}

#[test]
fn folder_rules_are_selected_and_left_out_as_others() {
    let run = zhengming(&[
        "check",
        "--select",
        "framework-expression-mismatch",
        "--format",
        "json",
        &fixture("folder"),
    ]);
    assert_eq!(folder_findings(&json(&run.out)).len(), 2);
    let run = zhengming(&["check", "--select", "orphan-definition", "--format", "json", &fixture("folder")]);
    assert_eq!(
        folder_findings(&json(&run.out)),
        [("02-工作指南.md".to_owned(), "orphan-definition".to_owned())]
    );
    let run = zhengming(&["check", "--ignore", "folder", "--format", "json", &fixture("folder")]);
    assert_eq!(folder_findings(&json(&run.out)), []);
}

#[test]
fn comments_in_a_document_suppress_what_other_documents_contradict() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let define =
        |what: &str| format!("# 方案\n\n数据专区是指依托{what}平台建设的特定领域数据开发利用区域。\n");
    fs::write(path("a.md"), define("公共")).unwrap();
    let name = folder.path().to_str().unwrap();
    // The second run recalls the documents from the cache.
    for _ in 0..2 {
        fs::write(path("b.md"), define("企业")).unwrap();
        let run = zhengming(&["check", "--select", "folder", "--format", "json", name]);
        assert_eq!(folder_findings(&json(&run.out)).len(), 1, "{}", run.out);
        let comment = "<!-- zhengming-disable conflicting-definitions -->\n\n";
        fs::write(path("b.md"), comment.to_owned() + &define("企业")).unwrap();
        let report = json(&zhengming(&["check", "--select", "folder", "--format", "json", name]).out);
        assert_eq!(folder_findings(&report), []);
        assert_eq!(report["summary"]["suppressed"], 1);
    }
    // The digests know of the comments, so that the documents need not be at hand.
    let outside = tempfile::tempdir().unwrap();
    let output = |name: &str| outside.path().join(name).to_str().unwrap().to_owned();
    let (digests, page) = (output("digests.jsonl"), output("report.json"));
    assert_eq!(zhengming(&["summarize", "-q", "-o", &digests, name]).code, 0);
    let reduced = zhengming(&["reduce", "--format", "concise", &digests]);
    assert_eq!(
        (reduced.code, reduced.out.contains("conflicting-definitions")),
        (0, false),
        "{}",
        reduced.out
    );
    assert_eq!(zhengming(&["report", "-q", name, "-o", &page]).code, 0);
    let report = fs::read_to_string(&page).unwrap();
    assert!(!report.contains("conflicting-definitions"));
    assert_eq!(json(&report)["summary"]["suppressed"], 1, "what is silenced is counted as check counts it");
    fs::write(path("b.md"), define("企业")).unwrap();
    assert_eq!(zhengming(&["report", "-q", name, "-o", &page]).code, 0);
    assert!(fs::read_to_string(&page).unwrap().contains("conflicting-definitions"));
}

#[test]
fn sarif_says_what_the_rules_over_folders_are() {
    let log = json(&zhengming(&["check", "--format", "sarif", &fixture("folder")]).out);
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let rule = rules.iter().find(|rule| rule["id"] == "conflicting-definitions");
    assert!(!rule.unwrap()["shortDescription"]["text"].as_str().unwrap().is_empty());
}

#[test]
fn every_format_shows_places_in_other_files() {
    for format in ["pretty", "concise", "json", "jsonl", "sarif", "github", "rdjson", "junit", "checkstyle"] {
        let run = zhengming(&["check", "--select", "folder", "--format", format, &fixture("folder")]);
        assert!(run.out.contains("conflicting-definitions"), "{format}: {}", run.err);
    }
}

#[test]
fn a_place_in_a_word_file_is_told_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::copy(fixture("office/plan.styles.docx"), path("a.docx")).unwrap();
    fs::write(path("b.md"), "# 方案\n\n溪企码是指面向全市各家庭农场发放的电子门牌，用于登记门牌与住址。\n")
        .unwrap();
    let name = folder.path().to_str().unwrap();
    let shown = zhengming(&["check", "--select", "folder", "--format", "pretty", name]).out;
    assert!(shown.contains("a.docx 脚注1 "), "{shown}");
    let report = folder.path().join("report.json");
    zhengming(&["report", "-q", name, "-o", report.to_str().unwrap()]);
    let report: Value = serde_json::from_str(&fs::read_to_string(report).unwrap()).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let conflict = findings.iter().find(|one| one["rule"] == "conflicting-definitions").unwrap();
    assert_eq!(conflict["related"][0]["place"], "脚注1");
}

#[test]
fn reducing_digests_of_word_files_tells_the_same_places_as_a_run_over_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::copy(fixture("office/plan.styles.docx"), path("b.docx")).unwrap();
    fs::write(path("a.md"), "# 方案\n\n溪企码是指面向全市各家庭农场发放的电子门牌，用于登记门牌与住址。\n")
        .unwrap();
    let name = folder.path().to_str().unwrap();
    let digests = path("s.jsonl").display().to_string();
    assert_eq!(zhengming(&["summarize", "-q", name, "-o", &digests]).code, 0);
    for format in ["concise", "json"] {
        let check = zhengming(&["check", "--select", "folder", "--format", format, name]).out;
        let reduce = zhengming(&["reduce", "--format", format, &digests]).out;
        if format == "concise" {
            assert!(check.contains("b.docx: 脚注1: "), "{check}");
            assert_eq!(reduce, check);
        } else {
            let locations = |report: &str| -> Vec<Value> {
                let report = json(report);
                let files = report["files"].as_array().unwrap().clone();
                let found = files.iter().flat_map(|file| file["diagnostics"].as_array().unwrap().clone());
                found.map(|one| one["location"].clone()).collect()
            };
            assert_eq!(locations(&reduce), locations(&check));
        }
    }
}

#[test]
fn digests_read_in_parts_give_the_same_answer_as_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (one, a, b) = (path("one.jsonl"), path("a.jsonl"), path("b.jsonl"));
    let documents: Vec<String> = ["01-实施方案.md", "02-工作指南.md", "03-工作总结.md", "04-沿革说明.md"]
        .iter()
        .map(|name| fixture(&format!("folder/{name}")))
        .collect();
    let summarize = |files: &[&String], output: &str| {
        let mut arguments = vec!["summarize", "-q", "-o", output];
        arguments.extend(files.iter().map(|file| file.as_str()));
        assert_eq!(zhengming(&arguments).code, 0);
    };
    summarize(&documents.iter().collect::<Vec<_>>(), &one);
    summarize(&[&documents[2], &documents[0]], &a);
    summarize(&[&documents[3], &documents[1]], &b);
    for format in ["concise", "json", "sarif"] {
        let whole = zhengming(&["reduce", "--format", format, &one]);
        let parts = zhengming(&["reduce", "--format", format, &b, &a]);
        assert_eq!(whole.code, 1, "{}", whole.err);
        assert_eq!(whole.out, parts.out, "{format}");
    }
    let mut check = vec!["check", "--select", "folder", "--format", "concise"];
    check.extend(documents.iter().map(String::as_str));
    assert_eq!(zhengming(&["reduce", "--format", "concise", &a, &b]).out, zhengming(&check).out);
}

#[test]
fn a_digest_of_another_version_or_none_is_an_error_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s.jsonl");
    let name = file.to_str().unwrap();
    for (text, expected) in [
        ("\n{\"version\":99,\"path\":\"a.md\"}\n", "版本是 99"),
        ("{\"path\":3}\n", "第1行"),
        ("浙政盯\n", "不是 zhengming summarize 写的摘要"),
    ] {
        fs::write(&file, text).unwrap();
        let run = zhengming(&["reduce", name]);
        assert_eq!(run.code, 2);
        assert!(run.err.contains(expected), "{}", run.err);
    }
    fs::write(&file, [0xFF, 0xFE, 0x00]).unwrap();
    assert_eq!(zhengming(&["reduce", name]).code, 2);
    assert_eq!(zhengming(&["reduce", "no-such.jsonl"]).code, 2);
}
