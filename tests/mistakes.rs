//! What the program says to people who mistook something.

mod support;

use std::fs;

use support::{fixture, zhengming};

const DRAFT: &str = "# 实施方案\n\n依托浙政盯推进公共数据高铁建设。\n";

#[test]
fn totals_of_concise_output_go_to_standard_error() {
    let plan = fixture("drafts/plan.md");
    let pretty = zhengming(&["check", "--format", "pretty", &plan]).out;
    let concise = zhengming(&["check", "--format", "concise", &plan]);
    let totals = pretty.lines().last().unwrap();
    assert!(totals.starts_with("共检查 1 个文件，发现 "), "{totals}");
    assert_eq!(concise.err.lines().last(), Some(totals));
    assert!(!concise.out.contains("共检查"), "{}", concise.out);
    assert_eq!(zhengming(&["check", "--format", "concise", "-q", &plan]).err, "");
    assert_eq!(zhengming(&["check", "--format", "json", &plan]).err, "");
    let clean = zhengming(&["check", "--format", "concise", &fixture("drafts/clean-plan.md")]);
    assert_eq!((clean.out.as_str(), clean.err.as_str()), ("", "共检查 1 个文件，未发现问题\n"));
}

#[test]
fn an_empty_office_file_is_told_and_no_error() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["空.docx", "空.XLSX", "空.pdf"] {
        let path = folder.path().join(name).display().to_string();
        fs::write(&path, "").unwrap();
        let run = zhengming(&["check", "--format", "concise", &path]);
        assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
        assert!(run.err.contains(&format!("{path}: 空文件（0 字节）")), "{}", run.err);
    }
    let text = folder.path().join("空.txt").display().to_string();
    fs::write(&text, "").unwrap();
    assert!(!zhengming(&["check", &text]).err.contains("空文件"));
}

#[test]
fn an_option_that_does_nothing_alone_is_an_error() {
    let plan = fixture("drafts/plan.md");
    let run = zhengming(&["check", "--unsafe", &plan]);
    assert!(run.code == 2 && run.err.contains("--fix") && run.err.contains("--diff"), "{}", run.err);
    assert_eq!(zhengming(&["check", "--unsafe", "--diff", &plan]).code, 1);
}

#[test]
fn nothing_to_look_up_and_nothing_registered_are_said_with_the_way_out() {
    for word in ["", " 　"] {
        let run = zhengming(&["terms", "lookup", word]);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("要查的词是空的"), "{}", run.err);
    }
    let run = zhengming(&["standards", "GB/T 99999"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("没有收录不等于没有这项标准") && run.out.contains("standards update"),
        "{}",
        run.out
    );
}

#[test]
fn a_file_that_cannot_be_written_is_named_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.md");
    fs::write(&path, DRAFT).unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let path = path.display().to_string();
    let run = zhengming(&["check", "--fix", &path]);
    let said = run.err.lines().find(|line| line.contains("无法写入")).unwrap();
    assert_eq!((run.code, said), (2, format!("错误：{path}: 无法写入：没有权限").as_str()));
}

#[test]
fn results_of_check_are_no_digests() {
    let folder = tempfile::tempdir().unwrap();
    let plan = fixture("drafts/plan.md");
    for format in ["json", "jsonl", "sarif"] {
        let path = folder.path().join(format!("c.{format}")).display().to_string();
        zhengming(&["check", "--format", format, "-o", &path, &plan]);
        let run = zhengming(&["reduce", &path]);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("这是 zhengming check 的结果"), "{format}: {}", run.err);
        assert!(run.err.contains("zhengming summarize"), "{}", run.err);
    }
}

#[test]
fn a_baseline_of_other_paths_says_so_and_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::create_dir(path("旧")).unwrap();
    fs::write(path("旧/a.md"), DRAFT).unwrap();
    let old = path("旧/known.txt");
    assert_eq!(zhengming(&["check", &path("旧/a.md"), "--write-baseline", &old]).code, 0);
    // The baseline moves, the draft does not.
    let moved = path("known.txt");
    fs::rename(&old, &moved).unwrap();
    let before = fs::read_to_string(&moved).unwrap();
    let run = zhengming(&["check", &path("旧/a.md"), "--baseline", &moved, "--ratchet"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("（如 a.md）一个也对不上") && !run.err.contains("已经改好"), "{}", run.err);
    assert_eq!(fs::read_to_string(&moved).unwrap(), before);
}

#[test]
fn help_in_chinese_has_no_english_placeholders() {
    for command in ["check", "report", "reduce", "facts", "annotate"] {
        let help = zhengming(&[command, "--help"]).out;
        for english in ["[OPTIONS]", "PATHS", "<FILE>", "<FILES>", "<RULE>", "<LEVEL>", "<DATE>"] {
            assert!(!help.contains(english), "{command}: {english} in:\n{help}");
        }
        assert!(help.contains("[选项]"), "{help}");
    }
    assert!(zhengming(&["--lang", "en", "check", "--help"]).out.contains("[OPTIONS] [PATHS]..."));
}
