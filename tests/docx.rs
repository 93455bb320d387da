//! Word files: the same findings as in the draft they were made from, and comments where those stand.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use support::{Scratch, fixture, json, zhengming};

/// The day of the drafts, which say it where Word files do not.
const DAY: &str = "2022-03-18";

/// The Word files that `fixtures/office/make.py` made, each with its draft.
fn made() -> Vec<(PathBuf, String)> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(fixture("office")).unwrap().map(|it| it.unwrap().path()).collect();
    // The file with a prompt was not made of a draft.
    files.retain(|path| path.extension().is_some_and(|ending| ending == "docx"));
    files.retain(|path| !path.ends_with("terms.prompt.docx"));
    files.sort();
    let draft = |path: &Path| {
        let name = path.file_name().unwrap().to_str().unwrap().split('.').next().unwrap().to_owned();
        fixture(&format!("drafts/{name}.md"))
    };
    files.into_iter().map(|path| (path.clone(), draft(&path))).collect()
}

fn check(path: &str) -> Value {
    let run = zhengming(&["check", "--format", "json", "--as-of", DAY, path]);
    json(&run.out)["files"][0].clone()
}

/// Rule, text and message of every finding.
fn findings(path: &str) -> Vec<(String, String, String)> {
    let file = check(path);
    assert_eq!(file["error"], Value::Null, "{path}");
    let field = |found: &Value, name: &str| found[name].as_str().unwrap().to_owned();
    let found = file["diagnostics"].as_array().unwrap().iter();
    found.map(|it| (field(it, "rule"), field(it, "text"), field(it, "message"))).collect()
}

fn annotate(arguments: &[&str]) -> support::Run {
    zhengming(&[&["annotate", "--as-of", DAY], arguments].concat())
}

#[test]
fn word_files_have_the_findings_of_their_drafts() {
    let mut compared = 0;
    for (path, draft) in made() {
        if path.to_str().unwrap().contains("suppressed") {
            continue;
        }
        assert_eq!(findings(path.to_str().unwrap()), findings(&draft), "{}", path.display());
        compared += 1;
    }
    assert!(compared >= 20, "{compared}");
}

#[test]
fn a_reviewers_comment_suppresses_what_it_is_about() {
    let suppressed = findings(&fixture("office/plan.suppressed.docx"));
    let all = findings(&fixture("office/plan.styles.docx"));
    assert!(all.iter().any(|(_, text, _)| text == "浙政盯"));
    let rest: Vec<_> = all.into_iter().filter(|(_, text, _)| text != "浙政盯").collect();
    assert_eq!(suppressed, rest);
}

#[test]
fn places_are_told_in_words() {
    let path = fixture("office/plan.nested.docx");
    let run = zhengming(&["check", "--format", "concise", "--as-of", DAY, &path]);
    assert!(
        run.out.contains("docx: 表2 第3行第2列: warning[nonstandard-variant] “管理驾驶仓”"),
        "{}",
        run.out
    );
    assert!(run.out.contains("docx: 二、（一） 第1段: warning[nonstandard-variant] “浙政盯”"), "{}", run.out);
    let found = check(&path)["diagnostics"].as_array().unwrap().clone();
    let cell = found.iter().find(|it| it["text"] == "管理驾驶仓").unwrap();
    assert_eq!(
        cell["location"],
        serde_json::json!({
            "part": "word/document.xml", "paragraph": 36, "table": {"table": 2, "row": 3, "column": 2},
            "page": null, "words": "表2 第3行第2列"
        })
    );
}

#[test]
fn every_finding_becomes_a_comment_and_doing_it_twice_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for feature in ["runs", "nested", "textbox", "tracked", "links"] {
        let source = fixture(&format!("office/plan.{feature}.docx"));
        let expected = findings(&source);
        let (once, twice) = (path("once.docx"), path("twice.docx"));
        let run = annotate(&[&source, "-o", &once, "--tracked"]);
        assert_eq!(run.code, 0, "{feature}: {}", run.err);
        assert!(run.err.contains(&format!("批注 {} 条", expected.len())), "{feature}: {}", run.err);
        assert_eq!(annotate(&[&once, "-o", &twice, "--tracked"]).code, 0);
        let (first, second) = (fs::read(&once).unwrap(), fs::read(&twice).unwrap());
        assert_eq!(parts(&first), parts(&second), "{feature}");
        fs::write(&twice, stripped(&first)).unwrap();
        assert_eq!(findings(&twice), expected, "{feature}");
    }
}

/// The file without our comments and changes.
fn stripped(bytes: &[u8]) -> Vec<u8> {
    zhengming_formats::docx::annotate::strip(bytes).unwrap()
}

/// The parts of a package, unpacked.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut package = zhengming_formats::package::Package::open(bytes).unwrap();
    let names = package.names();
    names.into_iter().map(|name| (name.clone(), package.text(&name).unwrap().unwrap_or_default())).collect()
}

#[test]
fn a_comment_says_what_is_wrong_why_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("a.docx");
    let source = fixture("office/plan.runs.docx");
    let run = annotate(&[&source, "-o", output.to_str().unwrap(), "--tracked"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let parts = parts(&fs::read(&output).unwrap());
    let part = |name: &str| parts.iter().find(|(part, _)| part == name).unwrap().1.as_str();
    let comments = part("word/comments.xml");
    for text in ["“浙政盯”不是规范用语", "应为“浙政钉”", "DB33/T 2350—2021，3.1.3.9", "检查项目：不规范用语"]
    {
        assert!(comments.contains(text), "{text}: {comments}");
    }
    // A comment of ours must not be read as a directive.
    assert!(!comments.contains(">正名"));
    let document = part("word/document.xml");
    assert!(document.contains("w:author=\"正名\"") && document.contains("<w:delText"));
    let english =
        zhengming(&["annotate", "--lang", "en", "--as-of", DAY, &source, "-o", output.to_str().unwrap()]);
    assert!(english.err.contains("comments"), "{}", english.err);
}

#[test]
fn the_original_is_not_overwritten_unless_asked() {
    let scratch = Scratch::with("office/plan.runs.docx");
    let before = fs::read(&scratch.path).unwrap();
    let run = annotate(&[scratch.path(), "-o", scratch.path()]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--in-place"), "{}", run.err);
    assert_eq!(fs::read(&scratch.path).unwrap(), before);
    assert_eq!(annotate(&[scratch.path()]).code, 2);
    assert_eq!(annotate(&[scratch.path(), "--in-place"]).code, 0);
    assert_ne!(fs::read(&scratch.path).unwrap(), before);
}

#[test]
fn a_folder_is_annotated_in_a_tree_of_the_same_names() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = folder.path().join("稿");
    fs::create_dir_all(drafts.join("甲")).unwrap();
    for name in ["一.docx", "甲/二.docx"] {
        fs::copy(fixture("office/plan.runs.docx"), drafts.join(name)).unwrap();
    }
    fs::write(drafts.join("三.md"), "浙政盯").unwrap();
    let output = drafts.join("批注");
    let run = annotate(&[drafts.to_str().unwrap(), "-o", output.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("共 2 个文件"), "{}", run.err);
    assert!(output.join("一.docx").exists() && output.join("甲/二.docx").exists());
    // What it wrote among the drafts is not annotated again.
    let again = annotate(&[drafts.to_str().unwrap(), "-o", output.to_str().unwrap()]);
    assert!(again.err.contains("共 2 个文件"), "{}", again.err);
    assert_eq!(annotate(&[drafts.to_str().unwrap(), "-o", drafts.to_str().unwrap()]).code, 2);
}

#[test]
fn other_files_are_not_annotated() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("a.docx");
    let run = annotate(&[&fixture("drafts/plan.md"), "-o", output.to_str().unwrap()]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("plan.md: 只能批注 .docx 文件"), "{}", run.err);
    assert!(!output.exists());
}

#[test]
fn a_broken_file_is_an_error_and_the_others_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("坏.docx");
    let whole = fs::read(fixture("office/plan.runs.docx")).unwrap();
    fs::write(&broken, &whole[..whole.len() / 2]).unwrap();
    let good = fixture("office/plan.runs.docx");
    let run = zhengming(&["check", "--format", "concise", "--as-of", DAY, broken.to_str().unwrap(), &good]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("坏.docx: error: 文件已损坏或不完整"), "{}", run.out);
    assert!(run.out.contains("“浙政盯”"), "{}", run.out);
}

#[test]
fn libreoffice_opens_the_annotated_copy_and_sees_every_comment() {
    let found = Command::new("soffice").arg("--version").output();
    if !found.is_ok_and(|output| output.status.success()) {
        support::skip("LibreOffice");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("a.docx");
    let source = fixture("office/plan.everything.docx");
    assert_eq!(annotate(&[&source, "-o", output.to_str().unwrap(), "--tracked"]).code, 0);
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let run = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "fodt", "--outdir"])
        .arg(folder.path())
        .arg(&output)
        .output()
        .unwrap();
    assert!(run.status.success());
    let flat = fs::read_to_string(folder.path().join("a.fodt")).unwrap();
    assert!(flat.matches("<dc:creator>正名</dc:creator>").count() >= findings(&source).len());
}

#[test]
fn facts_say_where_in_the_file_they_are() {
    let path = fixture("office/plan.nested.docx");
    let run = zhengming(&["facts", &path]);
    assert!(run.out.contains("  表2 第3行第2列 术语 管理驾驶仓"), "{}", run.out);
    let facts = json(&zhengming(&["facts", "--format", "json", &path]).out);
    let mentions = facts["mentions"].as_array().unwrap();
    assert!(mentions.iter().any(|one| one["place"] == "二、（一） 第1段"), "{mentions:?}");
}

#[test]
fn what_is_written_is_called_a_word_file() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("批注.txt");
    let run = annotate(&[&fixture("office/plan.runs.docx"), "-o", output.to_str().unwrap()]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("批注.docx") && !output.exists(), "{}", run.err);
}

#[test]
fn who_wants_a_word_file_fixed_is_led_to_annotate() {
    let scratch = Scratch::with("office/plan.runs.docx");
    let before = fs::read(&scratch.path).unwrap();
    for flag in ["--fix", "--diff"] {
        let run = zhengming(&["check", flag, "--as-of", DAY, scratch.path()]);
        assert!(run.err.contains("1 个 Word 文件没有直接改写：用 zhengming annotate"), "{}", run.err);
    }
    assert_eq!(fs::read(&scratch.path).unwrap(), before);
}

#[test]
fn a_finding_in_a_formula_has_its_comment_at_the_next_character() {
    let bytes =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/seeds/annotate/formula.docx")).unwrap();
    let linter = zhengming::Linter::builder().build().unwrap();
    let write = |bytes: &[u8]| {
        let comments = zhengming_report::Comments { tracked: true, all: true };
        zhengming_report::annotated(&linter, "a.docx", bytes, comments, zhengming::Lang::Zh)
            .unwrap()
            .annotated
    };
    let once = write(&bytes);
    assert_eq!((once.exact, once.tracked), (1, 0));
    assert!(write(&once.bytes).bytes == once.bytes, "annotating twice gives another file");
}
