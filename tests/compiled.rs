//! Compiled terms that are kept between runs: the same output, made anew when anything changed.

#![allow(clippy::print_stderr, reason = "skipped tests are told")]

mod support;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

/// A folder with a table that is worth keeping, a draft, and a place for what is kept.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        place.write("house.tsv", &table("节点"));
        place.draft(0);
        place
    }

    /// Another draft under the same name, so that no results of an earlier run are taken up.
    fn draft(&self, number: usize) {
        let text = format!("# 通知\n\n第17号結点与主結点并用，通过浙政盯发送。\n\n本件印发{number}份。\n");
        self.write("draft.md", &text);
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
        told(self.command(cache, arguments).output().unwrap())
    }

    fn command(&self, cache: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhengming"));
        command.current_dir(self.folder.path()).args(arguments);
        command.env("LC_ALL", "zh_CN.UTF-8").env("ZHENGMING_CACHE_DIR", cache);
        command
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

fn told(output: std::process::Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// When a file was written: what is taken up is not written again.
fn written(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
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
    for (number, arguments) in [
        &["check", "--isolated", "draft.md", "--format", "json"][..],
        &["check", "--isolated", "draft.md", "--format", "pretty"],
        &["check", "--isolated", "draft.md", "--format", "sarif", "--all"],
        &["check", "--isolated", "draft.md", "--diff"],
        &["facts", "--isolated", "draft.md", "--format", "json"],
        &["terms", "lookup", "第17号結点", "--isolated"],
        &["terms", "lookup", "浙政钉", "--isolated"],
        &["summarize", "--isolated", "draft.md"],
    ]
    .into_iter()
    .enumerate()
    {
        let arguments = [arguments, &DICT].concat();
        let mut first = None;
        for time in 0..3 {
            place.draft(10 * number + time);
            let expected = place.uncached(&arguments);
            assert!(expected.0 < 2 && !expected.1.is_empty(), "{arguments:?}: {expected:?}");
            assert_eq!(place.run(&arguments), expected, "{arguments:?}, time {time}");
            let kept = place.kept();
            assert_eq!(kept.len(), 1);
            assert_eq!(*first.get_or_insert_with(|| written(&kept[0])), written(&kept[0]), "taken up");
        }
    }
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
        place.write(draft, &format!("主結点\n\n{draft}\n"));
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
    // A hole takes no room; some file systems have none.
    if fs::File::options().append(true).open(&kept).unwrap().set_len(1 << 42).is_ok() {
        assert_eq!(with("long.md"), expected);
        assert!(fs::metadata(&kept).unwrap().len() == whole.len() as u64, "mended");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_what_was_kept_is_not_waited_for() {
    let place = Place::new();
    let arguments = [&["check", "--isolated", "draft.md"][..], &DICT].concat();
    let expected = place.run(&arguments);
    let kept = place.kept().remove(0);
    fs::remove_file(&kept).unwrap();
    if !Command::new("mkfifo").arg(&kept).status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: no mkfifo");
        return;
    }
    place.draft(1);
    assert_eq!(place.run(&arguments), expected);
    assert_eq!(place.kept(), [kept]);
}

#[test]
fn terms_that_are_cut_short_while_they_are_in_use_end_the_run() {
    let place = Place::new();
    let arguments = [&["check", "--isolated", "-", "--format", "concise"][..], &DICT].concat();
    place.run(&[&["check", "--isolated", "draft.md"][..], &DICT].concat());
    let kept = place.kept().remove(0);
    let draft = format!("{}第17号結点与主結点并用。\n", "\n".repeat(1 << 20));
    let with = |cut: bool| {
        let mut command = place.command(&place.path("cache"), &arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let (first, rest) = draft.split_at(1 << 20);
        // More than a pipe holds: when it is written, the program reads, and so has the terms.
        input.write_all(first.as_bytes()).unwrap();
        if cut {
            fs::File::options().write(true).open(&kept).unwrap().set_len(1_000).unwrap();
        }
        input.write_all(rest.as_bytes()).unwrap();
        drop(input);
        told(child.wait_with_output().unwrap())
    };
    let (code, out, error) = with(true);
    assert_eq!((code, out.as_str()), (2, ""), "{error}");
    assert!(error.contains("这次的结果不完整") && error.contains("再运行一次"), "{error}");
    assert_eq!(error.matches("错误：").count(), 1, "{error}");
    assert!(!kept.exists(), "removed");
    for time in ["compiled anew", "taken up"] {
        let (code, out, error) = with(false);
        assert!(code == 1 && out.contains("第17号节点") && out.contains("主节点"), "{time}: {out}{error}");
        assert!(kept.exists());
    }
}

#[test]
fn a_cache_that_cannot_be_written_stops_no_run() {
    let place = Place::new();
    let arguments = [&["check", "--isolated", "draft.md"][..], &DICT].concat();
    place.write("file", "");
    let expected = place.uncached(&arguments);
    assert_eq!(place.run_with(&place.path("file"), &arguments), expected);
    assert_eq!(fs::read(place.path("file")).unwrap(), b"");

    place.run(&["check", "--isolated", "draft.md"]);
    let mut folders = vec![place.path("cache")];
    let mut next = 0;
    while next < folders.len() {
        let inside = fs::read_dir(&folders[next]).unwrap().map(|entry| entry.unwrap().path());
        folders.extend(inside.filter(|path| path.is_dir()).collect::<Vec<_>>());
        next += 1;
    }
    let set_readonly = |readonly: bool| {
        for folder in &folders {
            let mut permissions = fs::metadata(folder).unwrap().permissions();
            #[allow(clippy::permissions_set_readonly_false, reason = "the folder is to be removed")]
            permissions.set_readonly(readonly);
            fs::set_permissions(folder, permissions).unwrap();
        }
    };
    set_readonly(true);
    // Who may write everywhere is not stopped either way.
    let run = place.run(&arguments);
    set_readonly(false);
    assert_eq!(run, expected);
}

#[test]
fn projects_with_tables_of_one_name_do_not_disturb_each_other() {
    let places = [Place::new(), Place::new()];
    let cache = places[0].path("cache");
    places[1].write("house.tsv", &table("站点"));
    let arguments = [&["check", "--isolated", "draft.md"][..], &DICT].concat();
    let mut first = None;
    for number in 0..3 {
        for (place, head) in places.iter().zip(["主节点", "主站点"]) {
            place.draft(number);
            let (code, out, error) = place.run_with(&cache, &arguments);
            assert!(code == 1 && out.contains(head), "{out}{error}");
        }
        let kept = places[0].kept();
        assert_eq!(kept.len(), 2);
        let times: Vec<_> = kept.iter().map(|path| (path.clone(), written(path))).collect();
        assert_eq!(*first.get_or_insert_with(|| times.clone()), times, "taken up");
    }
}

#[test]
fn runs_at_once_say_what_single_runs_say() {
    let place = Place::new();
    let drafts: Vec<String> = (0..6).map(|number| format!("{number}.md")).collect();
    drafts.iter().for_each(|draft| place.write(draft, &format!("主結点\n\n{draft}\n")));
    let arguments = |draft| [&["check", "--isolated", "--format", "json", draft][..], &DICT].concat();
    let cache = place.path("cache");
    let runs: Vec<_> = drafts
        .iter()
        .map(|draft| {
            let mut command = place.command(&cache, &arguments(draft));
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for (run, draft) in runs.into_iter().zip(&drafts) {
        assert_eq!(told(run.wait_with_output().unwrap()), place.uncached(&arguments(draft)));
    }
    let kept = place.kept();
    assert_eq!(kept.len(), 1, "{kept:?}");
    let before = written(&kept[0]);
    assert!(place.run(&[&["check", "--isolated", "draft.md"][..], &DICT].concat()).1.contains("主节点"));
    assert_eq!(written(&kept[0]), before, "whole, and taken up");
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
