//! One document with what was found in it, as JavaScript gets it.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use zhengming::internal::{Bytes, findings};
use zhengming::{ConceptRef, Document, Finding, Text};
use zhengming_formats::encoding;
use zhengming_lint::linter::Findings;
use zhengming_terms::termbase::{ConceptId, TermBase};
use zhengming_text::diagnostic::Diagnostic;

/// A document and its findings.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Checked<'d> {
    path: &'d str,
    format: &'static str,
    encoding: &'static str,
    title: Option<&'d str>,
    date: Option<String>,
    characters: usize,
    notes: Vec<Note<'d>>,
    findings: Vec<Shown>,
    concepts: BTreeMap<String, Concept>,
    suppressed: usize,
    unregistered: &'d [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
}

#[derive(Serialize)]
struct Note<'d> {
    message: &'d Text,
    missed: bool,
}

/// A finding with what surrounds it.
#[derive(Serialize)]
struct Shown {
    /// Its name within the document: the fingerprint, and how many with the same stand before it.
    key: String,
    /// Whether people are shown it unless they ask for all.
    shown: bool,
    sentence: Option<Sentence>,
    #[serde(flatten)]
    finding: Finding,
}

#[derive(Serialize)]
struct Sentence {
    before: String,
    text: String,
    after: String,
}

/// What the dictionaries say of a concept that a finding is about.
#[derive(Serialize)]
struct Concept {
    preferred: String,
    dictionary: Option<String>,
    edition: Option<String>,
    clause: Option<String>,
    citation: Option<String>,
    definition: Option<String>,
    notes: Vec<String>,
    source: Option<String>,
}

impl<'d> Checked<'d> {
    pub(crate) fn new(
        name: &'d str,
        document: &'d Document,
        found: &'d Findings,
        characters: usize,
        summary: Option<String>,
        concepts: &Concepts<'_>,
    ) -> Self {
        let inner = document.inner();
        let stored_len = |text: &str| encoding::stored_len(text, inner.encoding());
        let bytes = Bytes::AsStored(Some(&stored_len));
        let told = told(&found.diagnostics);
        let mut keys = Keys::default();
        let mut known = BTreeMap::new();
        let findings = findings(inner, name, &found.diagnostics, bytes);
        let findings = findings
            .zip(&found.diagnostics)
            .map(|(finding, diagnostic)| {
                concepts.add(finding.concept.as_ref(), &mut known);
                Shown {
                    key: keys.next(&finding.fingerprint),
                    shown: told.iter().any(|one| std::ptr::eq(*one, diagnostic)),
                    sentence: sentence(document, diagnostic),
                    finding,
                }
            })
            .collect();
        Self {
            path: name,
            format: inner.format(),
            encoding: inner.encoding().name,
            title: document.title(),
            date: document.date().map(|date| date.to_string()),
            characters,
            notes: inner
                .notes()
                .iter()
                .map(|note| Note { message: &note.message, missed: note.missed })
                .collect(),
            findings,
            concepts: known,
            suppressed: found.suppressed.len(),
            unregistered: &found.unregistered,
            summary,
        }
    }
}

#[cfg(feature = "desk")]
fn told(found: &[Diagnostic]) -> Vec<&Diagnostic> {
    zhengming_report::shown(found, false).0
}

#[cfg(not(feature = "desk"))]
fn told(found: &[Diagnostic]) -> Vec<&Diagnostic> {
    found.iter().collect()
}

#[cfg(feature = "desk")]
fn sentence(document: &Document, diagnostic: &Diagnostic) -> Option<Sentence> {
    let (before, text, after) = zhengming_report::folder::context(document.inner(), diagnostic);
    Some(Sentence { before, text, after })
}

#[cfg(not(feature = "desk"))]
fn sentence(_: &Document, _: &Diagnostic) -> Option<Sentence> {
    None
}

/// Names for findings within one document.
#[derive(Default)]
pub(crate) struct Keys(HashMap<String, usize>);

impl Keys {
    pub(crate) fn next(&mut self, fingerprint: &str) -> String {
        let before = self.0.entry(fingerprint.to_owned()).or_default();
        let key = format!("{fingerprint}#{before}");
        *before += 1;
        key
    }
}

/// The concepts of a termbase by id.
pub(crate) struct Concepts<'t> {
    pub(crate) terms: &'t TermBase,
    pub(crate) numbers: &'t HashMap<String, ConceptId>,
}

impl Concepts<'_> {
    fn add(&self, concept: Option<&ConceptRef>, known: &mut BTreeMap<String, Concept>) {
        let Some(concept) = concept else { return };
        if known.contains_key(&concept.id) {
            return;
        }
        let Some(&number) = self.numbers.get(&concept.id) else { return };
        let terms = self.terms;
        // Where no dictionary defines it, the one that names it.
        let entry = terms.definition(number).or_else(|| terms.entries(number).next());
        let clause = entry.and_then(|(_, entry)| entry.clause.clone());
        let told = Concept {
            preferred: concept.preferred.clone(),
            dictionary: entry.map(|(dictionary, _)| dictionary.header().title.clone()),
            edition: entry.and_then(|(dictionary, _)| dictionary.header().edition.clone()),
            citation: entry.map(|(dictionary, _)| dictionary.cite(clause.as_deref())),
            clause,
            definition: entry.and_then(|(_, entry)| entry.definition.clone()),
            notes: entry.map(|(_, entry)| entry.notes.clone()).unwrap_or_default(),
            source: entry.and_then(|(_, entry)| entry.source.clone()),
        };
        known.insert(concept.id.clone(), told);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_of_one_fingerprint_are_told_apart() {
        let mut keys = Keys::default();
        assert_eq!([keys.next("a"), keys.next("b"), keys.next("a")], ["a#0", "b#0", "a#1"]);
    }

    #[test]
    fn a_finding_has_its_sentence_and_the_official_definition() {
        let linter = zhengming::Linter::builder().build().unwrap();
        let document = Document::read("通知.md", "会议通知统一通过浙政盯发送。".as_bytes()).unwrap();
        let terms = linter.termbase();
        let numbers = terms.concepts().map(|(number, concept)| (concept.id.clone(), number)).collect();
        let found = linter.check(&document);
        let concepts = Concepts { terms, numbers: &numbers };
        let checked = Checked::new("通知.md", &document, &found, 14, None, &concepts);
        let value = serde_json::to_value(&checked).unwrap();
        let finding = &value["findings"][0];
        assert_eq!(finding["rule"], "nonstandard-variant");
        assert_eq!(finding["sentence"]["before"], "会议通知统一通过");
        let concept = &value["concepts"][finding["concept"]["id"].as_str().unwrap()];
        assert_eq!(concept["citation"], "DB33/T 2350—2021，3.1.3.9");
        assert!(concept["definition"].is_string());
    }
}
