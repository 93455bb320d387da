//! What a rule over dictionaries sees.

use std::collections::HashMap;
use std::sync::Arc;

use zhengming_terms::dictionary::{Concept, Dictionary, Layer, Subject};
use zhengming_terms::lexicon::Lexicon;
use zhengming_text::fold;

use super::definition::Lead;
use super::entry::Entry;
use super::terms::TermFinder;
use crate::builtin::builtin_lexicon;

/// A set of dictionaries, and what several rules want to know of it.
#[derive(Debug)]
pub struct DictionaryContext<'a> {
    dictionaries: &'a [Arc<Dictionary>],
    notice: Option<&'a str>,
    lexicon: Arc<Lexicon>,
    entries: Vec<Entry<'a>>,
    finder: TermFinder,
}

impl<'a> DictionaryContext<'a> {
    /// The dictionaries in the order of layering, and the text with which one of them was issued.
    pub fn new(dictionaries: &'a [Arc<Dictionary>], notice: Option<&'a str>) -> Self {
        let mut entries = Vec::new();
        let mut identities = Identities::default();
        for (number, dictionary) in dictionaries.iter().enumerate() {
            for concept in dictionary.concepts() {
                entries.push(Entry {
                    dictionary,
                    number,
                    concept,
                    identity: identities.of(concept),
                    lead: Lead::of(concept),
                });
            }
        }
        let lexicon = builtin_lexicon();
        let finder = TermFinder::new(dictionaries, &entries, Arc::clone(&lexicon));
        Self { dictionaries, notice, lexicon, entries, finder }
    }

    /// The dictionaries in the order of layering.
    pub fn dictionaries(&self) -> &'a [Arc<Dictionary>] {
        self.dictionaries
    }

    /// The text with which one of the dictionaries was issued.
    pub fn notice(&self) -> Option<&'a str> {
        self.notice
    }

    /// The entries of all dictionaries, in their order.
    pub fn entries(&self) -> &[Entry<'a>] {
        &self.entries
    }

    /// The entries of the dictionary with this number.
    pub fn entries_of(&self, number: usize) -> impl Iterator<Item = &Entry<'a>> {
        self.entries.iter().filter(move |entry| entry.number == number)
    }

    /// The numbers of the official dictionaries of terms: an overlay is no system of entries of its own,
    /// and a list of organisations defines nothing.
    pub fn official(&self) -> impl Iterator<Item = usize> {
        let layer = |number: &usize| self.dictionaries[*number].header().layer == Layer::Official;
        (0..self.dictionaries.len()).filter(layer).filter(|&number| self.has_terms(number))
    }

    /// Whether the dictionary with this number is one of terms and not of organisations.
    pub(super) fn has_terms(&self, number: usize) -> bool {
        self.dictionaries[number].header().subject == Subject::Terms
    }

    pub(super) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    pub(super) fn finder(&self) -> &TermFinder {
        &self.finder
    }

    /// Whether some dictionary records two concepts as easily confused.
    pub(super) fn are_confusable(&self, a: &Entry<'_>, b: &Entry<'_>) -> bool {
        let of = |identity| self.entries.iter().filter(move |entry| entry.identity == identity);
        of(a.identity).any(|a| of(b.identity).any(|b| a.is_confusable_with(b)))
    }
}

/// Which entries are of one concept: those with one id, or with one name unless a domain separates them.
/// The same reading as where dictionaries are joined.
#[derive(Default)]
struct Identities {
    by_id: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
    count: usize,
}

impl Identities {
    fn of(&mut self, concept: &Concept) -> usize {
        let name = fold::key(concept.preferred());
        let named = self.by_name.get(&name).filter(|_| concept.domain.is_none());
        let known = self.by_id.get(&concept.id).or(named).copied();
        let identity = known.unwrap_or(self.count);
        self.count = self.count.max(identity + 1);
        self.by_id.insert(concept.id.clone(), identity);
        self.by_name.entry(name).or_insert(identity);
        identity
    }
}
