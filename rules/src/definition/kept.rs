//! What is kept of the restatements of a document, so that several rules share them.

use std::sync::Arc;

use zhengming_lint::rule::Context;
use zhengming_terms::termbase::ConceptId;
use zhengming_text::span::TextRange;

use super::restatement::{Compared, Restatement, Verdict};
use super::sourcing::Sourcing;

/// All restatements of a document; definitions, entries and citations by their numbers.
pub(super) struct Kept(Vec<KeptRestatement>);

struct KeptRestatement {
    definition: usize,
    concept: ConceptId,
    /// The entry that governs, then the others.
    entries: Vec<KeptComparison>,
    source: Option<usize>,
    elsewhere: bool,
    is_marked: bool,
}

struct KeptComparison {
    dictionary: usize,
    concept: usize,
    words: Arc<str>,
    place: Option<(usize, TextRange)>,
    official: Arc<str>,
    verdict: Verdict,
    likeness: f64,
}

impl Kept {
    pub(super) fn of(cx: &Context<'_>, restatements: &[Restatement<'_>]) -> Self {
        let kept = restatements.iter().filter_map(|one| {
            let entries = std::iter::once(&one.entry).chain(&one.others);
            Some(KeptRestatement {
                definition: number_of(cx.definitions(), one.definition)?,
                concept: one.concept,
                entries: entries.filter_map(|entry| KeptComparison::of(cx, one.concept, entry)).collect(),
                source: one.sourcing.here.and_then(|cited| number_of(cx.citations(), cited)),
                elsewhere: one.sourcing.elsewhere,
                is_marked: one.sourcing.is_marked,
            })
        });
        Self(kept.collect())
    }

    /// The restatements as they were, of the document that they were kept for.
    pub(super) fn restatements<'a>(&self, cx: &Context<'a>) -> Vec<Restatement<'a>> {
        let restored = self.0.iter().filter_map(|one| {
            let mut entries = one.entries.iter().map(|entry| entry.compared(cx));
            Some(Restatement {
                definition: &cx.definitions()[one.definition],
                concept: one.concept,
                entry: entries.next()?,
                others: entries.collect(),
                sourcing: Sourcing {
                    here: one.source.map(|number| &cx.citations()[number]),
                    elsewhere: one.elsewhere,
                    is_marked: one.is_marked,
                },
            })
        });
        restored.collect()
    }
}

impl KeptComparison {
    fn of(cx: &Context<'_>, of: ConceptId, entry: &Compared<'_>) -> Option<Self> {
        let (dictionary, concept) = cx.termbase().place_of(of, entry.concept)?;
        Some(Self {
            dictionary,
            concept,
            words: Arc::clone(&entry.words),
            place: entry.place,
            official: Arc::clone(&entry.official),
            verdict: entry.verdict,
            likeness: entry.likeness,
        })
    }

    fn compared<'a>(&self, cx: &Context<'a>) -> Compared<'a> {
        let dictionary = &*cx.termbase().dictionaries()[self.dictionary];
        Compared {
            dictionary,
            concept: dictionary.concept(self.concept),
            words: Arc::clone(&self.words),
            place: self.place,
            official: Arc::clone(&self.official),
            verdict: self.verdict,
            likeness: self.likeness,
        }
    }
}

/// The number of `one`, which is part of `all`.
fn number_of<T>(all: &[T], one: &T) -> Option<usize> {
    all.iter().position(|other| std::ptr::eq(other, one))
}
