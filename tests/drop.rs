//! Files without a command, as they come when somebody drops them on the program's icon.

mod support;

use std::fs;

use support::{fixture, zhengming};

#[test]
fn a_word_file_gets_a_copy_with_comments_and_nobodys_work_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::copy(fixture("office/plan.runs.docx"), path("文稿.docx")).unwrap();
    let draft = path("文稿.docx").to_str().unwrap().to_owned();
    let run = zhengming(&[&draft]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("文稿.批注.docx：批注 10 条"), "{}", run.err);
    let copy = fs::read(path("文稿.批注.docx")).unwrap();
    assert!(copy.starts_with(b"PK") && copy != fs::read(&draft).unwrap());
    // As this program left it, it is written anew.
    assert_eq!(zhengming(&[&draft]).code, 0);
    assert_eq!(fs::read(path("文稿.批注.docx")).unwrap(), copy);
    assert!(!path("文稿.批注2.docx").exists());
    // A file that somebody has worked on stays: here any Word file without our comments.
    let other = fs::read(fixture("office/plan.suppressed.docx")).or_else(|_| fs::read(&draft)).unwrap();
    fs::write(path("文稿.批注.docx"), &other).unwrap();
    let run = zhengming(&[&draft, "--lang", "zh"]);
    assert!(run.err.contains("文稿.批注2.docx"), "{}", run.err);
    assert_eq!(fs::read(path("文稿.批注.docx")).unwrap(), other);
    // And may be checked itself.
    let run = zhengming(&[path("文稿.批注.docx").to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(fs::read(path("文稿.批注.docx")).unwrap(), other);
}

#[test]
fn a_folder_and_other_formats_get_a_report_beside_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("夹")).unwrap();
    fs::copy(fixture("drafts/plan.md"), path("夹/方案.md")).unwrap();
    fs::copy(fixture("drafts/plan.md"), path("通知.md")).unwrap();
    let run = zhengming(&[path("夹").to_str().unwrap(), path("通知.md").to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.err);
    for name in ["夹.检查报告.html", "通知.检查报告.html"] {
        assert!(fs::read_to_string(path(name)).unwrap().contains("浙政盯"), "{name}");
        assert!(run.err.contains(name), "{}", run.err);
    }
    let run = zhengming(&["--lang", "en", path("通知.md").to_str().unwrap()]);
    assert!(path("通知.report.html").exists(), "{}", run.err);
}

#[test]
fn what_is_not_there_is_named_and_the_rest_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::copy(fixture("drafts/plan.md"), path("a.md")).unwrap();
    let run = zhengming(&[&path("没有.docx"), &path("a.md")]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("没有.docx") && run.err.contains("a.检查报告.html"), "{}", run.err);
    assert_eq!(zhengming(&["chekc"]).code, 2);
}
