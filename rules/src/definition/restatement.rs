//! Definitions of dictionary terms that a document gives, as the dictionaries that bind it see them.

use zhengming_lint::rule::Context;
use zhengming_reading::definition::{Definition, Pattern};
use zhengming_reading::restatement::{self, Verdict};
use zhengming_terms::dictionary::{Concept, Dictionary, Matching};
use zhengming_terms::diff::SAME;
use zhengming_terms::termbase::ConceptId;
use zhengming_text::fold;
use zhengming_text::span::TextRange;

use super::binding::{Standing, age, rank};
use super::sourcing::Sourcing;

/// A definition of a dictionary term.
pub(super) struct Restatement<'a> {
    pub(super) definition: &'a Definition,
    pub(super) concept: ConceptId,
    /// The entry that governs.
    pub(super) entry: Compared<'a>,
    /// Other entries of the same concept.
    pub(super) others: Vec<Compared<'a>>,
    /// What the document names as its source.
    pub(super) sourcing: Sourcing<'a>,
}

/// One entry held against the document's words.
pub(super) struct Compared<'a> {
    pub(super) dictionary: &'a Dictionary,
    pub(super) concept: &'a Concept,
    /// The document's words, without X是指, as far as they answer to the entry.
    pub(super) words: &'a str,
    /// Where they stand, if in one piece.
    pub(super) place: Option<(usize, TextRange)>,
    /// The entry's words, without X是指.
    pub(super) official: &'a str,
    pub(super) verdict: Verdict,
    pub(super) likeness: f64,
}

impl<'a> Compared<'a> {
    fn of(cx: &Context<'a>, comparison: &'a restatement::Comparison) -> Self {
        let dictionary = &*cx.termbase().dictionaries()[comparison.dictionary];
        Self {
            dictionary,
            concept: dictionary.concept(comparison.entry),
            words: &comparison.words,
            place: comparison.place,
            official: &comparison.official,
            verdict: comparison.verdict,
            likeness: comparison.likeness,
        }
    }

    /// How the entry is cited.
    pub(super) fn cite(&self) -> String {
        // A dictionary of many acts says of each entry which one it is from.
        if let (Matching::Definition, Some(source)) = (self.concept.matching, &self.concept.source) {
            return source.clone();
        }
        self.dictionary.cite(self.concept.clause.as_deref())
    }
}

/// All of them in the document of `cx`, each with the entries that bind it.
pub(super) fn restatements<'a>(cx: &Context<'a>) -> Vec<Restatement<'a>> {
    let mut found = Vec::new();
    let mut standing = None;
    for one in cx.facts().restatements() {
        let definition = &cx.definitions()[one.definition];
        if is_of_a_statute(cx, definition) {
            continue;
        }
        let standing = standing.get_or_insert_with(|| Standing::of(cx));
        let mut entries: Vec<_> = one.comparisons.iter().map(|entry| Compared::of(cx, entry)).collect();
        // The dictionary's own source is no restatement of it.
        if cx.termbase().entries(one.concept).any(|(dictionary, _)| standing.is_text_of(dictionary)) {
            continue;
        }
        entries.retain(|entry| standing.is_bound_by(cx, entry.dictionary, entry.concept));
        if entries.is_empty() {
            continue;
        }
        // The higher rank governs, and of one rank the newer edition.
        entries.sort_by_key(|entry| (rank(entry.dictionary), std::cmp::Reverse(age(entry.dictionary))));
        let entry = entries.remove(0);
        let sourcing = Sourcing::of(cx, definition, entry.dictionary);
        found.push(Restatement { definition, concept: one.concept, entry, others: entries, sourcing });
    }
    found
}

/// Whether a statute says what it calls so: 本法所称数字经济, which is a source of its own.
fn is_of_a_statute(cx: &Context<'_>, definition: &Definition) -> bool {
    let before = &cx.block_at(definition.block).text()[..definition.term.start];
    let before = before.trim_end_matches(fold::is_quote);
    ["本法所称", "本条例所称", "本法所称的", "本条例所称的"].iter().any(|lead| before.ends_with(lead))
}

/// Whether the document is one that names its sources: a standard, or anything with a terms clause.
pub(super) fn names_sources(cx: &Context<'_>) -> bool {
    let lead_in = |text: &str| text.contains("术语和定义适用于");
    cx.definitions().iter().any(|definition| definition.pattern == Pattern::TermsClause)
        || cx.blocks().any(|block| lead_in(block.text()))
        || Standing::of(cx).is_standard()
}

/// Whether another entry, older or of lower rank, says what the document says better than the governing one.
pub(super) fn older<'r, 'a>(restatement: &'r Restatement<'a>) -> Option<&'r Compared<'a>> {
    let entry = &restatement.entry;
    if entry.verdict == Verdict::Same {
        return None;
    }
    restatement.others.iter().find(|other| {
        age(other.dictionary) < age(entry.dictionary)
            && (other.verdict == Verdict::Same || other.likeness >= SAME && other.likeness > entry.likeness)
    })
}

/// Whether a newer entry, though of lower rank, says just that: then it is not wrong to say it.
pub(super) fn is_said_elsewhere(restatement: &Restatement<'_>) -> bool {
    restatement.others.iter().any(|other| {
        other.verdict == Verdict::Same && age(other.dictionary) >= age(restatement.entry.dictionary)
    })
}
