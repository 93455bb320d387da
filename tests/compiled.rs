//! Compiled terms that are kept between runs: the same output, made anew when anything changed.

#![allow(clippy::print_stderr, reason = "skipped tests are told")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder with a table that is worth keeping, a draft, and a place for what is kept.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        place.write("house.tsv", &table("节点"));
        place.write("draft.md", "# 通知\n\n第17号結点与主結点并用，通过浙政盯发送。\n");
        place
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Exit status, standard output and standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        self.run_with(&self.path("cache"), arguments)
    }

    fn uncached(&self, arguments: &[&str]) -> (i32, String, String) {
        self.run_with(Path::new(""), arguments)
    }

    fn run_with(&self, cache: &Path, arguments: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_zhengming"))
            .current_dir(self.folder.path())
            .env("LC_ALL", "zh_CN.UTF-8")
            .env("ZHENGMING_CACHE_DIR", cache)
            .args(arguments)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    /// The files with compiled terms: results are far smaller.
    fn kept(&self) -> Vec<PathBuf> {
        let mut kept = Vec::new();
        let mut folders = vec![self.path("cache")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if fs::metadata(&path).unwrap().len() > 100_000 {
                    kept.push(path);
                }
            }
        }
        kept
    }
}

fn table(head: &str) -> String {
    let mut table = format!("variant\tpreferred\tkind\n主結点\t主{head}\tshape\n");
    (0..3_000).for_each(|row| table += &format!("第{row}号結点\t第{row}号{head}\tshape\n"));
    table
}

const DICT: [&str; 2] = ["--dict", "house.tsv"];

#[test]
fn a_run_with_kept_terms_prints_what_a_run_without_prints() {
    let place = Place::new();
    for arguments in [
        &["check", "--isolated", "draft.md", "--format", "json"][..],
        &["check", "--isolated", "draft.md", "--format", "pretty"],
        &["check", "--isolated", "draft.md", "--format", "sarif", "--all"],
        &["check", "--isolated", "draft.md", "--diff"],
        &["facts", "--isolated", "draft.md", "--format", "json"],
        &["terms", "lookup", "第17号結点", "--isolated"],
        &["terms", "lookup", "浙政钉", "--isolated"],
        &["summarize", "--isolated", "draft.md"],
    ] {
        let arguments = [arguments, &DICT].concat();
        let expected = place.uncached(&arguments);
        assert!(expected.0 < 2 && !expected.1.is_empty(), "{arguments:?}: {expected:?}");
        for time in ["first", "second", "third"] {
            // Another text each time, so that no results are taken up.
            assert_eq!(place.run(&arguments), expected, "{arguments:?}, {time} time");
        }
    }
    assert_eq!(place.kept().len(), 1);
}

#[test]
fn an_edit_makes_what_was_kept_stale_and_is_kept_in_its_place() {
    let place = Place::new();
    let arguments = [&["check", "--isolated", "draft.md"][..], &DICT].concat();
    assert!(place.run(&arguments).1.contains("主节点"));
    let kept = place.kept();
    let before = fs::read(&kept[0]).unwrap();
    place.write("house.tsv", &table("站点"));
    assert!(place.run(&arguments).1.contains("主站点"));
    assert_eq!(place.kept(), kept);
    let after = fs::read(&kept[0]).unwrap();
    assert_ne!(after, before);
    // What another set of dictionaries is compiled to is kept beside it.
    place.write("more.tsv", "variant\tpreferred\n溪事快办\t溪事速办\n");
    let both = [&arguments[..], &["--dict", "more.tsv"]].concat();
    assert_eq!(place.run(&both), place.uncached(&both));
    assert_eq!((place.kept().len(), fs::read(&kept[0]).unwrap()), (2, after));
}

#[test]
fn a_damaged_file_is_passed_over_and_written_anew() {
    let place = Place::new();
    let arguments = [&["check", "--isolated", "--format", "json"][..], &DICT].concat();
    let with = |draft: &str| {
        place.write(draft, "主結点\n");
        let run = place.run(&[&arguments[..], &[draft]].concat());
        (run.0, run.1.replace(draft, "DRAFT"), run.2)
    };
    let expected = with("0.md");
    let kept = place.kept().remove(0);
    let whole = fs::read(&kept).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    for (number, damaged) in [&whole[..whole.len() / 2], &flipped, b"", &[0; 200_000]].into_iter().enumerate()
    {
        fs::write(&kept, damaged).unwrap();
        // A draft of its own each time, so that no results are taken up.
        assert_eq!(with(&format!("{}.md", number + 1)), expected);
        assert!(fs::read(&kept).unwrap() == whole, "mended");
    }
}

#[test]
fn a_table_at_fault_is_named_with_its_line_whatever_is_kept() {
    let place = Place::new();
    let arguments = [&["check", "--isolated", "draft.md"][..], &DICT].concat();
    place.run(&arguments);
    place.write("house.tsv", &(table("节点") + "主結点\t另一节点\n"));
    let (code, _, error) = place.run(&arguments);
    assert!(code == 2 && error.contains("house.tsv:3003: “主結点”同时归于"), "{error}");
    place.write("house.tsv", &table("节点"));
    assert_eq!(place.run(&arguments), place.uncached(&arguments));
}

#[test]
fn runs_without_a_cache_keep_nothing() {
    let place = Place::new();
    place.run(&[&["check", "--isolated", "--no-cache", "draft.md"][..], &DICT].concat());
    assert!(!place.path("cache").exists());
}

#[test]
fn the_built_in_dictionaries_alone_are_kept_as_well() {
    let place = Place::new();
    for draft in ["draft.md", "other.md"] {
        place.write(draft, &format!("# {draft}\n\n通过浙政盯发送，建设公共数据平台。\n"));
        let arguments = ["check", "--isolated", "--format", "json", draft];
        assert_eq!(place.run(&arguments), place.uncached(&arguments));
        assert_eq!(place.kept().len(), 1);
    }
}

#[cfg(unix)]
#[test]
fn a_dictionary_that_can_be_read_only_once_is_read_once() {
    let place = Place::new();
    let pipe = place.path("pipe.tsv");
    if !Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: no mkfifo");
        return;
    }
    let writer = std::thread::spawn(move || fs::write(pipe, table("节点")));
    let (code, out, error) = place.run(&["check", "--isolated", "draft.md", "--dict", "pipe.tsv"]);
    assert!(code == 1 && out.contains("主节点"), "{out}{error}");
    writer.join().unwrap().unwrap();
    assert_eq!(place.kept(), Vec::<PathBuf>::new());
}
