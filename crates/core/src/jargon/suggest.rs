//! Candidate terms of a whole folder, for whoever keeps a dictionary: what many documents say and no
//! dictionary has.

use std::collections::HashSet;

use rustc_hash::FxHashMap;

use crate::document::{BlockKind, Document};
use crate::facts::Facts;
use crate::fold::is_han;
use crate::line_index::floor_boundary;
use crate::termbase::TermBase;

use super::clause::is_part;
use super::view::View;
use super::{Confidence, Jargon};

/// Most words of a compound.
const WORDS: usize = 4;
/// Shortest and longest compound, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=10;
/// Documents of the background from which on a compound is everybody's language.
const EVERYDAY: u64 = 15;
/// Longest example, in bytes on either side of the term.
const EXAMPLE: usize = 60;

/// An expression that a dictionary might take up.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The expression.
    pub term: String,
    /// How often it stands in the folder.
    pub frequency: u64,
    /// In how many documents.
    pub documents: u64,
    /// How firmly its words hold together: by how much more often they stand side by side than chance has it,
    /// as a logarithm to the base 2; 0 for what is one word, or is used too seldom to say.
    pub cohesion: f64,
    /// Whether it was found as jargon and not only as a frequent compound.
    pub jargon: bool,
    /// A sentence that uses it.
    pub example: String,
}

/// Reads documents one by one and ranks what they have in common.
#[derive(Debug)]
pub struct Suggester<'a> {
    jargon: &'a Jargon,
    termbase: &'a TermBase,
    entries: FxHashMap<String, Entry>,
    words: FxHashMap<String, u64>,
    total: u64,
    document: u64,
}

#[derive(Debug, Default)]
struct Entry {
    frequency: u64,
    documents: u64,
    last: u64,
    cuts: Vec<usize>,
    jargon: bool,
    example: String,
}

impl<'a> Suggester<'a> {
    /// A suggester of what `termbase` does not have.
    pub fn new(jargon: &'a Jargon, termbase: &'a TermBase) -> Self {
        Self {
            jargon,
            termbase,
            entries: FxHashMap::default(),
            words: FxHashMap::default(),
            total: 0,
            document: 0,
        }
    }

    /// Adds what `document` says; `facts` are its facts.
    pub fn add(&mut self, document: &Document, facts: &Facts) {
        self.document += 1;
        for candidate in facts.candidates(document, self.jargon) {
            if candidate.confidence == Confidence::Doubtful
                || !self.termbase.lookup(&candidate.text).is_empty()
            {
                continue;
            }
            let (block, range) = candidate.places[0];
            let example = example(document.block(block).text(), range.start, range.end);
            let entry = self.entries.entry(candidate.text.clone()).or_default();
            entry.jargon = true;
            // Compounds are counted below; a candidate is counted here.
            entry.count(self.document, candidate.places.len() as u64, example);
        }
        for block in document.blocks().filter(|block| !matches!(block.kind(), BlockKind::TableCell)) {
            self.add_compounds(&View::new(block.text(), facts.signs(block.index())).text);
        }
    }

    fn add_compounds(&mut self, text: &str) {
        let mut at = 0;
        for clause in text.split(|c: char| !is_han(c)) {
            let start = at;
            at += clause.len() + text[at + clause.len()..].chars().next().map_or(0, char::len_utf8);
            if clause.chars().count() < *LENGTHS.start() {
                continue;
            }
            let cuts = self.jargon.lexicon.cuts(clause);
            for pair in cuts.windows(2) {
                *self.words.entry(clause[pair[0]..pair[1]].to_owned()).or_default() += 1;
                self.total += 1;
            }
            for first in 0..cuts.len().saturating_sub(2) {
                for last in first + 2..cuts.len().min(first + WORDS + 1) {
                    let compound = &clause[cuts[first]..cuts[last]];
                    if !self.is_name(&cuts[first..=last], clause) {
                        break;
                    }
                    if !LENGTHS.contains(&compound.chars().count()) {
                        continue;
                    }
                    let inner = cuts[first..=last].iter().map(|cut| cut - cuts[first]).collect();
                    let known = self.entries.get(compound).is_some_and(|entry| entry.jargon);
                    if known {
                        continue;
                    }
                    let entry = self.entries.entry(compound.to_owned()).or_default();
                    let example = if entry.example.is_empty() {
                        example(text, start + cuts[first], start + cuts[last])
                    } else {
                        String::new()
                    };
                    entry.cuts = inner;
                    entry.count(self.document, 1, example);
                }
            }
        }
    }

    /// Whether the words between `cuts` can be a name.
    fn is_name(&self, cuts: &[usize], clause: &str) -> bool {
        let data = self.jargon.data();
        cuts.windows(2).all(|pair| is_part(&clause[pair[0]..pair[1]], data))
    }

    /// The best suggestions: used at least `least` times, what is only part of another one left out.
    pub fn ranked(self, least: u64, limit: usize) -> Vec<Suggestion> {
        let Self { jargon, termbase, mut entries, words, total, .. } = self;
        entries.retain(|term, entry| {
            entry.frequency >= least
                && (entry.jargon
                    || (jargon.documents(term) < EVERYDAY
                        && !jargon.lexicon.is_ordinary(term)
                        && termbase.lookup(term).is_empty()))
        });
        let nested = nested(&entries);
        let mut found: Vec<(f64, Suggestion)> = entries
            .into_iter()
            .filter(|(term, entry)| entry.jargon || !nested.contains(term))
            .map(|(term, entry)| {
                let cohesion = cohesion(&term, &entry, &words, total);
                let suggestion = Suggestion {
                    frequency: entry.frequency,
                    documents: entry.documents,
                    cohesion,
                    jargon: entry.jargon,
                    example: entry.example,
                    term,
                };
                (rank(&suggestion), suggestion)
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.term.cmp(&b.1.term)));
        found.into_iter().map(|(_, suggestion)| suggestion).take(limit).collect()
    }
}

impl Entry {
    fn count(&mut self, document: u64, times: u64, example: String) {
        self.frequency += times;
        self.documents += u64::from(self.last != document);
        self.last = document;
        if self.example.is_empty() {
            self.example = example;
        }
    }
}

/// Compounds that stand nowhere but inside a longer one.
fn nested(entries: &FxHashMap<String, Entry>) -> HashSet<String> {
    let mut nested = HashSet::new();
    for entry_and_term in entries {
        let (term, entry) = entry_and_term;
        for (first, &start) in entry.cuts.iter().enumerate() {
            for &end in entry.cuts.iter().skip(first + 1) {
                let part = &term[start..end];
                if part.len() < term.len()
                    && entries.get(part).is_some_and(|other| other.frequency <= entry.frequency)
                {
                    nested.insert(part.to_owned());
                }
            }
        }
    }
    nested
}

/// The least pointwise mutual information of the two sides of any cut.
fn cohesion(term: &str, entry: &Entry, words: &FxHashMap<String, u64>, total: u64) -> f64 {
    let count = |text: &str| words.get(text).copied().unwrap_or(0).max(entry.frequency) as f64;
    let inner = entry.cuts.windows(2).map(|pair| &term[pair[0]..pair[1]]);
    let expected: f64 = inner.clone().map(|word| (count(word) / total.max(1) as f64).log2()).sum();
    let parts = inner.count();
    if parts < 2 {
        return 0.0;
    }
    let observed = (entry.frequency as f64 / total.max(1) as f64).log2();
    (observed - expected) / (parts - 1) as f64
}

fn rank(suggestion: &Suggestion) -> f64 {
    let use_ = (1.0 + suggestion.frequency as f64).ln() * (1.0 + suggestion.documents as f64).ln();
    use_ * (1.0 + suggestion.cohesion.max(0.0) / 10.0) * if suggestion.jargon { 2.0 } else { 1.0 }
}

/// The text around `start..end`, cut at the ends of the sentence.
fn example(text: &str, start: usize, end: usize) -> String {
    let from = floor_boundary(text, start.saturating_sub(EXAMPLE));
    let to = floor_boundary(text, (end + EXAMPLE).min(text.len())).max(end);
    let ends = ['。', '；', '！', '？', '\n'];
    let before = text[from..start].rsplit(ends).next().unwrap_or_default();
    let after = text[end..to].split(ends).next().unwrap_or_default();
    format!("{}{}{}", before.trim_start(), &text[start..end], after.trim_end())
}
