//! Whole documents, one layout a file. The texts are written for the tests, unless a test says otherwise.

mod clauses;
mod glossaries;
mod hostile;
mod mess;
mod official;
mod output;
mod statutes;
mod tables;

use super::*;

/// The concepts of a text, one a line: `clause term [other names] {english} definition | notes | source`.
fn read(text: &str) -> Vec<String> {
    concepts(&import("test.txt", text, &ImportOptions::default()).expect("has entries"))
}

fn concepts(import: &Import) -> Vec<String> {
    import.dictionary.concepts().iter().map(concept).collect()
}

fn concept(concept: &zhengming_terms::dictionary::Concept) -> String {
    use std::fmt::Write;
    let mut out = format!("{} {}", concept.clause.as_deref().unwrap_or("-"), concept.preferred());
    let others: Vec<String> = concept.designations[1..]
        .iter()
        .map(|other| format!("{}:{}", format!("{:?}", other.status).to_lowercase(), other.text))
        .collect();
    let mut add = |open: &str, text: &str, close: &str| {
        if !text.is_empty() {
            let _ = write!(out, " {open}{text}{close}");
        }
    };
    add("[", &others.join(" "), "]");
    add("{", &concept.english.join("; "), "}");
    add("〈", concept.domain.as_deref().unwrap_or_default(), "〉");
    add("", concept.definition.as_deref().unwrap_or_default(), "");
    for note in &concept.notes {
        add("| 注：", note, "");
    }
    for example in &concept.examples {
        add("| 例：", example, "");
    }
    add("| 源：", concept.source.as_deref().unwrap_or_default(), "");
    out
}

/// The notices of a text: line and message.
fn notices(text: &str) -> Vec<String> {
    let import = import("test.txt", text, &ImportOptions::default()).expect("has entries");
    import.notices.iter().map(|notice| format!("{} {}", notice.line, notice.message.zh)).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(read(text), expected);
}
