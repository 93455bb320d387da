//! Small files that stand for public bug reports of tools like this one: what must be found in each, and nothing else.
//!
//! `fixtures/cases/cases.tsv` says what: folder, file, kind, expectation, why. An expectation is the list of texts found
//! by the rules of the family `variant`, or how many; `"refused"` if the file cannot be read or a note says what was
//! left out; `"untouched"` if safe fixes change no byte. `open.tsv` beside it lists those that are not met yet, and why:
//! one that is met must be taken out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use zhengming::{Applicability, Document, Linter, Options, apply_fixes};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/cases")
}

/// The columns of a table, comments left out.
fn rows(name: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join(name)).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// What is wrong with what the linter makes of a file, if anything.
fn difference(linter: &Linter, path: &Path, expected: &Value) -> Option<String> {
    let bytes = fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy();
    let document = match Document::read(&name, &bytes) {
        Ok(document) => document,
        Err(_) if expected == "refused" => return None,
        Err(error) => return Some(format!("cannot be read: {error}")),
    };
    let found = linter.lint(&document);
    if expected == "refused" {
        return document.inner().notes().is_empty().then(|| "is passed without a note".to_owned());
    }
    if expected == "untouched" {
        let fixes = found.iter().flat_map(|one| &one.fixes);
        let safe = fixes.filter(|fix| fix.applicability == Applicability::Safe);
        let source = document.inner().source();
        let mended = apply_fixes(source, safe).0;
        return (mended != source).then(|| format!("becomes {mended:?}"));
    }
    let variants = found.iter().filter(|one| one.family == "variant");
    let texts: Vec<&str> = variants.map(|one| &*one.text).collect();
    let is_met = match expected {
        Value::Number(count) => count.as_u64() == Some(texts.len() as u64),
        Value::Array(wanted) => wanted.iter().map(|one| one.as_str().unwrap()).eq(texts.iter().copied()),
        _ => panic!("{expected} is no expectation"),
    };
    (!is_met).then(|| format!("gives {texts:?}, expected {expected}"))
}

#[test]
fn every_case_is_met_or_listed_as_open() {
    let linter = Linter::builder().options(Options { all: true, ..Options::default() }).build().unwrap();
    let open: BTreeSet<PathBuf> =
        rows("open.tsv").iter().map(|row| Path::new(&row[0]).join(&row[1])).collect();
    let mut wrong = Vec::new();
    for row in rows("cases.tsv") {
        let [folder, file, _, expected, _] = &row[..] else { panic!("{row:?} has not five columns") };
        let expected: Value = serde_json::from_str(expected).unwrap();
        if expected.is_null() {
            continue;
        }
        let name = Path::new(folder).join(file);
        match difference(&linter, &root().join(&name), &expected) {
            Some(difference) if !open.contains(&name) => {
                wrong.push(format!("{}: {difference}", name.display()));
            }
            None if open.contains(&name) => {
                wrong.push(format!("{} is met: take it out of open.tsv", name.display()));
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} cases differ:\n{}", wrong.len(), wrong.join("\n"));
}
