//! A project that takes its old findings along.

mod support;

use std::fs;
use std::path::PathBuf;

use support::{Run, zhengming};

struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    fn new(files: &[(&str, &str)]) -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap() };
        files.iter().for_each(|(name, text)| project.write(name, text));
        project
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    fn baseline(&self) -> String {
        fs::read_to_string(self.path("baseline.txt")).unwrap()
    }

    fn check(&self, flag: &str, more: &[&str]) -> Run {
        let (drafts, baseline) = (self.path("drafts"), self.path("baseline.txt"));
        let paths = [drafts.to_str().unwrap(), flag, baseline.to_str().unwrap()];
        zhengming(&[&["check", "--format", "concise"], &paths[..], more].concat())
    }
}

fn project() -> Project {
    let project = Project::new(&[
        ("drafts/a.md", "# 甲\n\n用浙政盯办公。\n\n用浙政盯办公。\n"),
        ("drafts/乙 丙.txt", "依托公共数据平台归集数据。\n"),
    ]);
    let run = project.check("--write-baseline", &[]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    assert!(run.err.contains("已把 3 条结果写入基线"), "{}", run.err);
    project
}

#[test]
fn the_file_has_one_line_for_one_finding_and_no_line_numbers() {
    let project = project();
    let text = project.baseline();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "# zhengming baseline 1");
    assert!(
        lines[2].starts_with("drafts/a.md\tnonstandard-variant\t") && lines[2].ends_with("\t2"),
        "{text}"
    );
    assert!(lines[3].starts_with("drafts/乙 丙.txt\tnonstandard-variant\t"), "{text}");
    assert_eq!(lines.len(), 4);
    assert!(lines[2..].is_sorted());
}

#[test]
fn only_new_findings_are_shown_and_count() {
    let project = project();
    let run = project.check("--baseline", &[]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert!(run.err.contains("已有的 3 条结果没有列出"), "{}", run.err);
    // Moving the sentences and breaking lines changes nothing; a third one like them is new.
    project.write(
        "drafts/a.md",
        "导语。\n\n用浙政\n盯办公。\n\n\n用浙政盯办公。\n\n用浙政盯办公。\n\n用浙政盯发文。\n",
    );
    let run = project.check("--baseline", &[]);
    assert_eq!((run.code, run.out.lines().count()), (1, 2), "{}", run.out);
    assert!(run.out.contains("a.md:9:2:") && run.out.contains("a.md:11:2:"), "{}", run.out);
    assert_eq!(project.check("--baseline", &["-q"]).err, "");
}

#[test]
fn what_is_mended_is_said_and_taken_out() {
    let project = project();
    let before = project.baseline();
    project.write("drafts/a.md", "用浙政盯办公。\n\n用浙政盯发文。\n");
    let run = project.check("--baseline", &["--lang", "en"]);
    assert!(run.err.contains("1 entries are fixed"), "{}", run.err);
    assert_eq!(project.baseline(), before);
    assert_eq!(project.check("--baseline", &["--ratchet"]).code, 1);
    let after = project.baseline();
    assert_eq!(after, before.replace("\t2\n", "\t1\n"));
    fs::remove_file(project.path("drafts/乙 丙.txt")).unwrap();
    project.check("--baseline", &["--ratchet"]);
    assert_eq!(project.baseline().lines().count(), 3);
}

#[test]
fn a_run_over_a_part_says_nothing_of_the_rest() {
    let project = project();
    let before = project.baseline();
    let (one, baseline) = (project.path("drafts/a.md"), project.path("baseline.txt"));
    let (one, baseline) = (one.to_str().unwrap(), baseline.to_str().unwrap());
    for more in [&[][..], &["--select", "edition"], &["--min-severity", "error"]] {
        let run = zhengming(&[&["check", one, "--baseline", baseline, "--ratchet"], more].concat());
        assert_eq!(run.code, 0, "{more:?}");
        assert_eq!(project.baseline(), before, "{more:?}");
    }
    assert_eq!(zhengming(&["check", one, "--write-baseline", baseline]).code, 0);
    assert_eq!(project.baseline(), before);
}

#[test]
fn two_branches_merge_line_by_line() {
    let project = project();
    let before = project.baseline();
    project.write("drafts/c.md", "用浙政盯开会。\n");
    project.check("--write-baseline", &[]);
    let ours = project.baseline();
    fs::remove_file(project.path("drafts/c.md")).unwrap();
    project.write("drafts/d.md", "用浙政盯归档。\n");
    fs::write(project.path("baseline.txt"), &before).unwrap();
    project.check("--write-baseline", &[]);
    let theirs = project.baseline();
    // What `merge=union` leaves: the lines of both.
    let added: Vec<&str> = theirs.lines().filter(|line| !ours.contains(line)).collect();
    assert_eq!(added.len(), 1);
    fs::write(project.path("baseline.txt"), format!("{ours}{}\n", added[0])).unwrap();
    project.write("drafts/c.md", "用浙政盯开会。\n");
    assert_eq!(project.check("--baseline", &[]).code, 0);
}

#[test]
fn a_bad_baseline_is_an_error_with_its_line() {
    let project = project();
    let broken = project.baseline() + "drafts/a.md\tnonstandard-variant\n";
    project.write("baseline.txt", &broken);
    for flag in ["--baseline", "--write-baseline"] {
        let run = project.check(flag, &[]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains("baseline.txt:5: "), "{}", run.err);
        assert_eq!(project.baseline(), broken);
    }
    fs::remove_file(project.path("baseline.txt")).unwrap();
    let run = project.check("--baseline", &[]);
    assert!(run.code == 2 && run.err.contains("没有这个文件"), "{}", run.err);
}

#[test]
fn an_unreadable_document_still_fails_the_run() {
    let project = project();
    fs::write(project.path("drafts/e.docx"), "no package").unwrap();
    assert_eq!(project.check("--baseline", &[]).code, 2);
}

#[test]
fn counts_are_those_of_check() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    // Two places in one paragraph are one finding.
    std::fs::write(path("a.md"), "推广浙政盯，浙政盯上线。\n\n推广浙政盯。\n").unwrap();
    let (draft, known) = (path("a.md"), path("known.txt"));
    let run = zhengming(&["check", "--isolated", "--format", "concise", &draft]);
    assert_eq!(run.out.lines().count(), 2, "{}", run.out);
    let run = zhengming(&["check", "--isolated", "--write-baseline", &known, &draft]);
    assert!(run.err.contains("已把 2 条结果（3 处）写入基线"), "{}", run.err);
    let run = zhengming(&["check", "--isolated", "--baseline", &known, &draft]);
    assert!(run.err.contains("已有的 2 条结果（3 处）没有列出"), "{}", run.err);
}

#[test]
fn only_new_findings_are_fixed() {
    let project = project();
    let draft = project.path("drafts/a.md");
    let new = "# 甲\n\n用浙政盯办公。\n\n用浙政盯办公。\n\n用浙政盯办公。\n\n用浙政盯发文。\n";
    project.write("drafts/a.md", new);
    let patch = project.check("--baseline", &["--diff"]).out;
    assert_eq!(patch.lines().filter(|line| line.starts_with("+用")).count(), 2, "{patch}");
    assert_eq!(fs::read_to_string(&draft).unwrap(), new);
    let run = project.check("--baseline", &["--fix"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    assert!(run.err.contains("已修改 2 处"), "{}", run.err);
    let mended = "# 甲\n\n用浙政盯办公。\n\n用浙政盯办公。\n\n用浙政钉办公。\n\n用浙政钉发文。\n";
    assert_eq!(fs::read_to_string(&draft).unwrap(), mended);
    // A second run finds nothing new.
    assert!(project.check("--baseline", &["--fix"]).err.contains("已修改 0 处"));
    assert_eq!(fs::read_to_string(&draft).unwrap(), mended);
}
