//! What a document says, read once and shared by all rules.

mod abbreviation;
mod judge;
mod mention;
mod statement;

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::citation::{Cited, citations_in, own_numbers, own_year};
use crate::definition::{Definition, definitions_seen};
use crate::jargon::{self, Candidate, Jargon, Surroundings};
use crate::prose;
use zhengming_terms::matcher::{Found, Matcher};
use zhengming_terms::near_miss::Change;
use zhengming_terms::register::Register;
use zhengming_terms::termbase::{ConceptId, Role, TermBase};
use zhengming_text::document::{BlockRef, Document};
use zhengming_text::fold::{self, Folded, Spare};
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;

use judge::{Judge, Subject};

pub use abbreviation::Abbreviation;
pub use mention::{Deviation, Exemption, Mention};

/// The facts of one document.
#[derive(Debug, Default)]
pub struct Facts {
    mentions: Vec<Mention>,
    near_misses: Vec<NearMiss>,
    signs: Vec<Signs>,
    abbreviations: OnceLock<Vec<Abbreviation>>,
    citations: OnceLock<Vec<Cited>>,
    own_numbers: OnceLock<Vec<String>>,
    own_year: OnceLock<Option<u16>>,
    definitions: OnceLock<Vec<Definition>>,
    candidates: OnceLock<Vec<Candidate>>,
    shared: Shared,
}

/// What rules work out together, by its type.
type Shared = Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>;

/// A place where the document seems to mean a term that it does not write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// The number of the block.
    pub block: usize,
    /// Where in the block's text.
    pub range: TextRange,
    /// The concept that is meant.
    pub concept: ConceptId,
    /// How the text differs from its preferred designation.
    pub change: Change,
    /// Why it is not to be judged.
    pub exemption: Option<Exemption>,
}

impl Facts {
    /// Reads `document` with the spellings that `matcher` knows.
    pub fn read(document: &Document, matcher: &Matcher) -> Self {
        let mut finder = matcher.finder();
        Self::read_with(document, matcher, |text| finder.find(text))
    }

    /// The same where the caller may know already what a block holds: what [`Matcher::find`] says depends
    /// on nothing but the text it is given, so that `find` may look it up.
    pub fn read_with(document: &Document, matcher: &Matcher, mut find: impl FnMut(&str) -> Found) -> Self {
        let termbase = matcher.termbase();
        let mut facts = Self { signs: Vec::with_capacity(document.blocks().len()), ..Self::default() };
        for block in document.blocks() {
            let text = block.text();
            let found = find(text);
            facts.signs.push(found.signs);
            for one in found.matches {
                if !termbase.key(one.key).spellings.is_empty() {
                    facts.mentions.push(Mention::new(block.index(), text, one, termbase));
                }
            }
            for near in found.near {
                facts.near_misses.push(NearMiss {
                    block: block.index(),
                    range: prose::with_quotes(text, near.range),
                    concept: near.concept,
                    change: near.change,
                    exemption: None,
                });
            }
        }
        // Most documents use no spelling that could be at fault; nothing more is read for those.
        let in_doubt = facts.mentions.iter().any(|mention| mention.is_doubtful(termbase));
        if in_doubt || !facts.near_misses.is_empty() {
            facts.exempt(document, termbase);
        }
        facts
    }

    /// Finds out which of the doubtful places are right where they stand.
    fn exempt(&mut self, document: &Document, termbase: &TermBase) {
        let mentions = self.mentions.iter().filter(|mention| mention.is_doubtful(termbase));
        let places = mentions.map(|mention| (mention.block, mention.range));
        let places = places.chain(self.near_misses.iter().map(|near| (near.block, near.range)));
        let abbreviations =
            self.abbreviations.get_or_init(|| abbreviation::read(document, |block| self.signs(block)));
        let mut judge = Judge::new(document, termbase, abbreviations, places);
        for mention in self.mentions.iter_mut().filter(|mention| mention.is_doubtful(termbase)) {
            let spelling = mention.spelling(termbase);
            let (unless, may_be_defined) = match &spelling.role {
                Role::Variant { unless, kind, .. } => (unless.as_slice(), !kind.is_misspelling()),
                Role::Designation { .. } => (&[][..], true),
            };
            let subject = Subject { concept: spelling.concept, unless, may_be_defined };
            mention.exemption = judge.exemption(mention.block, mention.range, &subject);
        }
        for near in &mut self.near_misses {
            let subject = Subject { concept: near.concept, unless: &[], may_be_defined: true };
            near.exemption = judge.exemption(near.block, near.range, &subject);
        }
    }

    /// Every spelling of a known concept, in reading order.
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// Places where the document seems to mean a term that it does not write, in reading order.
    pub fn near_misses(&self) -> &[NearMiss] {
        &self.near_misses
    }

    /// What else a block is worth reading for, by its number.
    pub fn signs(&self, block: usize) -> Signs {
        self.signs.get(block).copied().unwrap_or(Signs::ALL)
    }

    /// Shows every block of `document`, which these facts are of, with its text folded. Nothing is done where folding
    /// is known to change nothing.
    pub fn each_folded<'d>(&self, document: &'d Document, mut see: impl FnMut(BlockRef<'d>, &Folded<'_>)) {
        let mut spare = Spare::default();
        for block in document.blocks() {
            let signs = self.signs(block.index());
            if signs.any(Signs::FOLDED) {
                let folded = fold::fold_seeing(block.text(), spare, |_, _| {});
                see(block, &folded);
                spare = folded.into_spare();
            } else {
                see(block, &Folded::unchanged(block.text(), signs));
            }
        }
    }

    /// Short forms that the document declares, in reading order; read when they are first asked for.
    /// `document` is the one that these facts are of.
    pub fn abbreviations(&self, document: &Document) -> &[Abbreviation] {
        self.abbreviations.get_or_init(|| abbreviation::read(document, |block| self.signs(block)))
    }

    /// What the document cites, in reading order; read when it is first asked for. `document` is the one
    /// that these facts are of.
    pub fn citations(&self, document: &Document, register: Option<&Register>) -> &[Cited] {
        self.citations.get_or_init(|| citations_in(document, register, |block| self.signs(block)))
    }

    /// The numbers under which the document itself is published; read when they are first asked for.
    /// `document` is the one that these facts are of.
    pub fn own_numbers(&self, document: &Document, register: Option<&Register>) -> &[String] {
        self.own_numbers.get_or_init(|| own_numbers(document, register, |block| self.signs(block)))
    }

    /// The year of the document by the number under which it is published; looked for when it is first asked
    /// for. `document` is the one that these facts are of.
    pub fn own_year(&self, document: &Document, register: Option<&Register>) -> Option<u16> {
        *self.own_year.get_or_init(|| own_year(document, register))
    }

    /// What the document defines, in reading order; read when it is first asked for. `document` is the one
    /// that these facts are of.
    pub fn definitions(&self, document: &Document) -> &[Definition] {
        self.definitions.get_or_init(|| definitions_seen(document, |block| self.signs(block)))
    }

    /// Expressions that a reader may need explained, in the order of their first use; searched for when they
    /// are first asked for. `document` is the one that these facts are of.
    pub fn candidates(&self, document: &Document, jargon: &Jargon) -> &[Candidate] {
        self.candidates.get_or_init(|| {
            let mentions = self.mentions.iter().map(|mention| (mention.block, mention.range));
            let near = self.near_misses.iter().map(|near| (near.block, near.range));
            let mut known: Vec<_> = mentions.chain(near).collect();
            known.sort_unstable();
            let definitions = || self.definitions(document);
            let signs = |block| self.signs(block);
            let around = Surroundings { signs: &signs, known: &known, definitions: &definitions };
            jargon::candidates(document, jargon, &around)
        })
    }

    /// What several rules need and only rules can work out: made by `make` when the first of them asks.
    /// There is one of each type.
    pub fn shared<T: Any + Send + Sync>(&self, make: impl FnOnce() -> T) -> Arc<T> {
        let id = TypeId::of::<T>();
        let known = self.shared.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if let Some(known) = known.and_then(|known| known.downcast().ok()) {
            return known;
        }
        let made = Arc::new(make());
        let mut all = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(id, Arc::clone(&made) as Arc<dyn Any + Send + Sync>);
        made
    }

    /// The mentions of one concept, exempt ones included.
    pub fn mentions_of(&self, termbase: &TermBase, concept: ConceptId) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(move |mention| mention.spelling(termbase).concept == concept)
    }
}

#[cfg(test)]
mod tests;
