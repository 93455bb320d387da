//! Candidate terms of a whole folder, for whoever keeps a dictionary: what many documents say and no
//! dictionary has.

use std::collections::HashSet;

use rustc_hash::FxHashMap;

use zhengming_terms::termbase::TermBase;
use zhengming_text::document::{BlockKind, Document};
use zhengming_text::fold::is_han;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::signs::Signs;

use super::clause::is_part;
use super::view::View;
use super::{Candidate, Confidence, Jargon};
use zhengming_text::zh::{mark, numeral};

/// Most words of a compound.
const WORDS: usize = 4;
/// Shortest and longest compound, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=10;
/// Documents of the background from which on a compound is everybody's language.
const EVERYDAY: u64 = 8;
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

    /// Adds what a document says: its candidates, and with the signs of each of its blocks what else recurs.
    pub fn add(&mut self, document: &Document, candidates: &[Candidate], signs: impl Fn(usize) -> Signs) {
        self.document += 1;
        for candidate in candidates {
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
        for block in document.blocks().filter(|block| is_text(block.kind(), block.text())) {
            self.add_compounds(&View::new(block.text(), signs(block.index())).text);
        }
    }

    fn add_compounds(&mut self, text: &str) {
        let mut at = 0;
        let mut in_title = false;
        for clause in text.split(|c: char| !is_han(c)) {
            let start = at;
            let mark = text[at + clause.len()..].chars().next();
            at += clause.len() + mark.map_or(0, char::len_utf8);
            // The title of a document says what it is called, not what people speak of.
            let is_title = in_title;
            in_title = mark.map_or(in_title, |mark| mark == '《' || (in_title && mark != '》'));
            if is_title || clause.chars().count() < *LENGTHS.start() {
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
                    || (jargon.provinces(term) < EVERYDAY
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

/// Longest heading that a text without markup has, in characters.
const HEADING: usize = 30;
/// How the sentences begin that GB/T 1.1 puts into every standard.
const BOILERPLATE: [&str; 11] = [
    "本文件按照",
    "本文件由",
    "本文件起草单位",
    "本文件主要起草人",
    "本文件及其所代替",
    "请注意本文件",
    "下列文件",
    "下列术语",
    "本文件没有需要界定",
    "本标准按照",
    "凡是注日期",
];

/// Whether a block is text of its author: no cell, no heading (第一章 总则, 一、总体要求, 2 规范性引用文件), no sentence
/// that stands in every document of its kind.
fn is_text(kind: BlockKind, text: &str) -> bool {
    if matches!(kind, BlockKind::TableCell | BlockKind::Heading(_)) {
        return false;
    }
    let text = text.trim();
    let is_short = text.chars().count() <= HEADING && !text.contains(mark::CLAUSE_ENDS);
    let is_heading = is_short && is_numbered(text);
    !is_heading && !BOILERPLATE.iter().any(|start| text.starts_with(start))
}

/// Whether a line begins with the number of a section.
fn is_numbered(line: &str) -> bool {
    let bare = line.trim_start_matches(['第', '（', '(']);
    let rest = bare.trim_start_matches(|c| numeral::is_numeral(c) || c == '.');
    rest.len() < bare.len()
        && (bare.len() < line.len()
            || bare.starts_with(|c: char| c.is_ascii_digit())
            || rest.starts_with(['、', '．', ' ', '\u{3000}']))
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
    let ends = |c: char| mark::STOPS.contains(&c) || c == '\n';
    let before = text[from..start].rsplit(ends).next().unwrap_or_default();
    let after = text[end..to].split(ends).next().unwrap_or_default();
    format!("{}{}{}", before.trim_start(), &text[start..end], after.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_sentences_of_every_standard_are_no_text() {
        for line in [
            "第一章 总则",
            "一、总体要求",
            "（二）主要任务",
            "2 规范性引用文件",
            "2规范性引用文件",
            "3.1.2 数据目录管理",
            "下列术语和定义适用于本文件。",
            "请注意本文件的某些内容可能涉及专利。",
        ] {
            assert!(!is_text(BlockKind::Paragraph, line), "{line}");
        }
        for line in [
            "一体化平台建设稳步推进",
            "一是推进数据要素市场化配置改革。",
            "第三条 公共数据授权运营应当遵循公平原则。",
            "12个部门建设数据专区，形成可信数据空间",
        ] {
            assert!(is_text(BlockKind::Paragraph, line), "{line}");
        }
        assert!(!is_text(BlockKind::Heading(2), "数据要素市场"));
    }
}
