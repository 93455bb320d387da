//! The user's own table of standards: merged from TSV and Excel, used by checks and look-ups, written as a whole.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::fixture;

/// Runs the program with `folder` for its data: exit status, standard output and error.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhengming"));
    let run =
        command.env("ZHENGMING_DATA_DIR", folder).args(["--lang", "zh"]).args(arguments).output().unwrap();
    let text = [run.stdout, run.stderr].concat();
    (run.status.code(), String::from_utf8(text).unwrap())
}

#[test]
fn tables_are_merged_and_looked_at_first() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.md").display().to_string();
    fs::write(&draft, "按照DB33/T 9999—2020、GB/T 88888—2019和GB/T 77777—2020执行。\n").unwrap();
    let data = folder.path().join("data");
    let check = || run(&data, &["check", "--no-cache", "--format", "concise", &draft]);
    assert!(check().1.contains("3 个标准号未收录"), "{}", check().1);

    let (code, said) = run(&data, &["standards", "update", &fixture("standards/own.tsv")]);
    assert!(code == Some(0) && said.contains("已并入 3 个版次"), "{said}");
    let (code, said) = check();
    assert_eq!(code, Some(1));
    assert!(said.contains("withdrawn-standard] DB33/T 9999—2020"), "{said}");
    assert!(said.contains("stale-edition") && said.contains("GB/T 88888—2024"), "{said}");
    assert!(said.contains("1 个标准号未收录"), "{said}");

    let (code, said) = run(&data, &["standards", "update", &fixture("standards/own.xlsx")]);
    assert!(code == Some(0) && said.contains("已并入 2 个版次"), "{said}");
    assert!(check().1.contains("withdrawn-standard] GB/T 77777—2020"), "{}", check().1);
    let (_, said) = run(&data, &["standards", "GB/T 77777"]);
    assert!(said.contains("GB/T 77777—2025  现行"), "{said}");
    // What was merged first is still there, and nothing else is in the folder.
    assert!(run(&data, &["standards", "GB/T 88888"]).1.contains("被代替"));
    assert_eq!(fs::read_dir(&data).unwrap().count(), 1);
}

#[test]
fn a_table_that_cannot_be_read_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    run(&data, &["standards", "update", &fixture("standards/own.tsv")]);
    let before = fs::read(data.join("standards.tsv")).unwrap();
    let broken = folder.path().join("broken.xlsx").display().to_string();
    fs::write(&broken, &fs::read(fixture("standards/own.xlsx")).unwrap()[..300]).unwrap();
    let other = folder.path().join("other.tsv").display().to_string();
    fs::write(&other, "名称\t备注\n甲\t乙\n").unwrap();
    for file in [broken, other, folder.path().join("none.tsv").display().to_string()] {
        let (code, said) = run(&data, &["standards", "update", &file]);
        assert!(code == Some(2) && said.contains(&file), "{said}");
    }
    assert_eq!(fs::read(data.join("standards.tsv")).unwrap(), before);
}
