//! Documents of every format through the whole program.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};

use serde_json::Value;
use support::{Run, Scratch, fixture, json, zhengming};

/// The first file of a report in JSON.
fn report(path: &str) -> Value {
    let run = zhengming(&["check", "--isolated", "--format", "json", path]);
    let report = json(&run.out);
    report["files"][0].clone()
}

/// How often each rule found each text, without the white space and markup of the layout. Words that no dictionary
/// knows are left out: they are not looked for across line breaks, and whether they are defined in time
/// depends on where notes stand.
fn findings(file: &Value) -> BTreeMap<(String, String), usize> {
    let mut found = BTreeMap::new();
    for diagnostic in file["diagnostics"].as_array().unwrap_or(&Vec::new()) {
        let rule = diagnostic["rule"].as_str().unwrap().to_owned();
        if ["undefined-term", "used-before-defined"].contains(&rule.as_str()) {
            continue;
        }
        let text = diagnostic["text"].as_str().unwrap();
        let text: String = text.chars().filter(|c| !c.is_whitespace() && !"*>".contains(*c)).collect();
        *found.entry((rule, text)).or_default() += 1;
    }
    found
}

#[test]
fn every_format_has_the_findings_of_the_same_text_in_markdown() {
    let expected = findings(&report(&fixture("drafts/plan.md")));
    assert!(expected.len() >= 7, "{expected:?}");
    for name in ["plan.odt", "plan.pdf", "plan.ofd"] {
        let file = report(&fixture(&format!("office/{name}")));
        assert_eq!(findings(&file), expected, "{name}");
        assert_eq!(file["format"], name[5..], "{name}");
    }
    let expected = findings(&report(&fixture("drafts/mixed.md")));
    assert_eq!(findings(&report(&fixture("office/mixed.odt"))), expected);
    let expected = findings(&report(&fixture("drafts/table.txt")));
    for name in ["tasks.csv", "tasks.tsv"] {
        assert_eq!(findings(&report(&fixture(&format!("office/{name}")))), expected, "{name}");
    }
    // The page break of the text lies within a term.
    let expected = findings(&report(&fixture("drafts/standard.txt")));
    let expected: BTreeMap<_, _> = expected
        .into_iter()
        .map(|((rule, text), count)| ((rule, text.replace("3DB3312/T026—2023", "")), count))
        .collect();
    assert_eq!(findings(&report(&fixture("office/standard.pdf"))), expected, "standard.pdf");
}

#[test]
fn places_are_told_in_words() {
    let words = |name: &str, text: &str| {
        let file = report(&fixture(name));
        let diagnostics = file["diagnostics"].as_array().unwrap();
        let found =
            diagnostics.iter().find(|it| it["text"] == text).unwrap_or_else(|| panic!("{name}: {text}"));
        found["location"].to_string()
    };
    assert!(words("office/plan.pdf", "浙政盯").contains("第2页"));
    assert!(words("office/plan.ofd", "管理驾驶仓").contains("第3页"));
    assert!(words("office/tasks.xlsx", "视连网").contains("任务表!B4"));
    // A table as text is a text: people find the line, and the cell besides.
    let run = zhengming(&["check", "--isolated", "--format", "concise", &fixture("office/tasks.csv")]);
    assert!(run.out.contains("B7"), "{}", run.out);
    assert!(words("office/features.odt", "数字法制").contains("文本框1"));
}

#[test]
fn comments_suppress_and_deleted_text_is_not_matched() {
    let found = findings(&report(&fixture("office/features.odt")));
    let texts: Vec<&str> = found.keys().map(|(_, text)| text.as_str()).collect();
    assert!(
        texts.contains(&"浙政盯") && texts.contains(&"视连网") && texts.contains(&"通用组建"),
        "{texts:?}"
    );
    assert!(!texts.contains(&"管理驾驶仓"), "deleted: {texts:?}");
    assert!(!texts.contains(&"两图两单"), "suppressed: {texts:?}");
    assert!(!texts.contains(&"多跨场景应用"), "across a line break of the author: {texts:?}");
}

#[test]
fn tables_as_text_are_mended_in_place() {
    for name in ["office/tasks.csv", "office/tasks.tsv"] {
        let scratch = Scratch::with(name);
        let path = scratch.path();
        let before = fs::read(path).unwrap();
        let run = zhengming(&["check", "--isolated", "--fix", path]);
        assert!(run.err.contains("已修改"), "{}", run.err);
        let after = fs::read(path).unwrap();
        assert_ne!(before, after);
        let lines = |bytes: &[u8]| bytes.iter().filter(|&&byte| byte == b'\n').count();
        assert_eq!(lines(&before), lines(&after));
        assert!(!findings(&report(path)).keys().any(|(_, text)| text == "浙政盯"), "{name}");
    }
}

#[test]
fn what_was_not_read_is_told() {
    let file = report(&fixture("office/plan.pdf"));
    let notes = file["notes"].as_array().unwrap();
    assert!(notes[0]["message"].as_str().unwrap().starts_with("略去 "), "{notes:?}");
    assert_eq!(notes[0]["missed"], false);
    for (name, why) in
        [("scan.pdf", "扫描件"), ("encrypted.pdf", "已用密码加密"), ("no-unicode.pdf", "文本不可提取")]
    {
        let run = zhengming(&[
            "check",
            "--isolated",
            &fixture(&format!("office/{name}")),
            &fixture("drafts/plan.md"),
        ]);
        assert_eq!(run.code, 2);
        assert!(run.out.contains(why), "{name}: {}", run.out);
        assert!(run.out.contains("浙政盯"), "the other file is checked");
    }
}

#[test]
fn what_was_missed_is_one_line_and_fails_where_reading_is_strict() {
    let path = fixture("office/halfmap.pdf");
    let file = report(&path);
    let notes = file["notes"].as_array().unwrap();
    assert!(notes.iter().any(|note| note["missed"] == true), "{notes:?}");
    let told = |run: &Run| run.err.lines().filter(|line| line.contains("不可提取")).count();
    let run = zhengming(&["check", "--isolated", &path]);
    assert_eq!((run.code, told(&run)), (0, 1), "{}", run.err);
    let strict = zhengming(&["check", "--isolated", "--strict-reading", &path]);
    assert_eq!((strict.code, told(&strict)), (2, 1), "{}", strict.err);
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("r.md");
    assert_eq!(zhengming(&["report", &path, "-o", page.to_str().unwrap()]).code, 0);
    assert!(fs::read_to_string(&page).unwrap().contains("没有全部读到"));
}

#[test]
fn files_in_notations_of_their_own_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("a.rtf", "{\\rtf1 x}"),
        ("a.txt", "{\\rtf1 x}"),
        ("a.eml", "From: a@b\nSubject: x\n\n浙政盯"),
        ("a.mht", "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>浙政盯</p>"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        assert_eq!(zhengming(&["check", "--isolated", path.to_str().unwrap()]).code, 2, "{name}");
    }
}

/// Runs the program with LibreOffice said to be at `program`.
fn with_office(program: &str, path: &str) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_zhengming"))
        .env("LC_ALL", "zh_CN.UTF-8")
        .env("ZHENGMING_CACHE_DIR", "")
        .env("ZHENGMING_SOFFICE", program)
        .args(["check", "--isolated", "--format", "json", path])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn old_files_say_how_they_can_be_read() {
    let run = with_office("/no/such/program", &fixture("office/plan.doc"));
    assert_eq!(run.code, 2);
    let error = json(&run.out)["files"][0]["error"].as_str().unwrap().to_owned();
    assert!(error.contains("另存为 .docx") && error.contains("LibreOffice"), "{error}");
}

#[test]
fn old_files_are_converted_where_libreoffice_is_installed() {
    if Command::new("soffice").arg("--version").stdin(Stdio::null()).output().is_err() {
        support::skip("LibreOffice");
        return;
    }
    let expected = findings(&report(&fixture("drafts/plan.md")));
    for name in ["office/plan.doc", "office/plan.wps"] {
        assert_eq!(findings(&report(&fixture(name))), expected, "{name}");
    }
    let broken = Scratch::with("office/plan.doc");
    let bytes = fs::read(broken.path()).unwrap();
    fs::write(broken.path(), &bytes[..3_000]).unwrap();
    assert_eq!(zhengming(&["check", "--isolated", broken.path()]).code, 2);
}
