//! Results of earlier runs: the same answers, for unchanged documents and settings only.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

/// Output, and how many files were not read again.
fn check(cache: &Path, arguments: &[&str]) -> (String, usize) {
    let output = Command::new(env!("CARGO_BIN_EXE_zhengming"))
        .args(["check", "--verbose", "--lang", "en"])
        .args(arguments)
        .env("ZHENGMING_CACHE_DIR", cache)
        .output()
        .unwrap();
    let notes = String::from_utf8(output.stderr).unwrap();
    let line =
        notes.lines().find(|line| line.contains("earlier results used")).unwrap_or_else(|| panic!("{notes}"));
    (String::from_utf8(output.stdout).unwrap(), line.split(' ').next().unwrap().parse().unwrap())
}

#[test]
fn a_second_run_says_the_same_and_reads_nothing_again() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = support::fixture("drafts");
    for format in ["json", "concise", "pretty", "sarif"] {
        let arguments = ["--isolated", "--format", format, &drafts];
        let cold = check(folder.path(), &[&arguments[..], &["--no-cache"]].concat());
        let first = check(folder.path(), &arguments);
        let (warm, recalled) = check(folder.path(), &arguments);
        assert_eq!((&cold.0, cold.1), (&warm, 0), "{format}");
        assert_eq!(first.0, warm, "{format}");
        assert!(recalled >= 3, "{recalled} files of {drafts}");
    }
}

#[test]
fn another_text_dictionary_or_severity_is_another_result() {
    let folder = tempfile::tempdir().unwrap();
    let (cache, draft, table) =
        (folder.path().join("cache"), folder.path().join("draft.md"), folder.path().join("table.tsv"));
    let (draft_path, table_path) = (draft.to_str().unwrap(), table.to_str().unwrap());
    let run = |arguments: &[&str]| check(&cache, &[&["--isolated", draft_path], arguments].concat());
    fs::write(&draft, "通过浙政盯发送。\n").unwrap();
    assert_eq!(run(&[]).1, 0);
    let (found, recalled) = run(&[]);
    assert!(found.contains("浙政钉") && recalled == 1, "{found}");

    fs::write(&draft, "通过浙政钉发送。\n").unwrap();
    assert_eq!(run(&[]), (String::new(), 0));

    fs::write(&draft, "通过主结点发送。\n").unwrap();
    assert_eq!(run(&[]).0, "");
    fs::write(&table, "variant\tpreferred\n主结点\t主节点\n").unwrap();
    let (found, recalled) = run(&["--dict", table_path]);
    assert!(found.contains("主节点") && recalled == 0, "{found}");
    fs::write(&table, "variant\tpreferred\n主结点\t主站点\n").unwrap();
    let (found, recalled) = run(&["--dict", table_path]);
    assert!(found.contains("主站点") && recalled == 0, "{found}");
    assert_eq!(run(&["--dict", table_path, "--min-severity", "error"]), (String::new(), 0));
}

#[test]
fn a_damaged_entry_is_no_entry() {
    let folder = tempfile::tempdir().unwrap();
    let draft = support::Scratch::with("drafts/plan.md");
    let (cold, _) = check(folder.path(), &["--isolated", draft.path()]);
    let mut damaged = 0;
    for entry in walk(folder.path()) {
        let bytes = fs::read(&entry).unwrap();
        fs::write(&entry, &bytes[..bytes.len() / 2]).unwrap();
        damaged += 1;
    }
    assert!(damaged > 1);
    assert_eq!(check(folder.path(), &["--isolated", draft.path()]), (cold.clone(), 0));
    assert_eq!(check(folder.path(), &["--isolated", draft.path()]), (cold, 1));
}

/// Every file below `folder`.
fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
