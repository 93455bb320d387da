//! What a document says, read once and shared by all rules.

mod abbreviation;
mod correction;
mod judge;
mod mention;
mod occurrences;
pub mod restatement;
mod statement;

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::citation::{Cited, citations_in, own_numbers, own_year};
use crate::definition::{Definition, definitions_seen};
use crate::head::Head;
use crate::jargon::{self, Candidate, Surroundings};
use crate::knowledge::Knowledge;
use crate::prose::{self, ZoneKind};
use zhengming_terms::matcher::{Found, Placed};
use zhengming_terms::near_miss::Change;
use zhengming_terms::termbase::{ConceptId, Role, TermBase};
use zhengming_text::document::{BlockRef, Document};
use zhengming_text::fold::{self, Folded, FoldedTexts, Spare};
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;

use judge::{Judge, Subject};
use restatement::Restatement;

pub use abbreviation::Abbreviation;
pub use mention::{Deviation, Exemption, Mention};
pub(crate) use occurrences::last_half;
pub use occurrences::{Occurrence, Occurrences};

/// The facts of one document, each read when it is first asked for.
///
/// What has been read is in a [`FactStore`], which those who keep a document can keep beside it
/// ([`store`](Self::store), [`resume`](Self::resume)).
#[derive(Debug, Clone)]
pub struct Facts<'d> {
    document: &'d Document,
    knowledge: &'d Knowledge,
    store: Arc<FactStore>,
}

/// What has been read of a document so far.
#[derive(Debug, Default)]
pub struct FactStore {
    mentions: Vec<Mention>,
    near_misses: Vec<NearMiss>,
    signs: Vec<Signs>,
    /// By the block that holds them.
    placed: Vec<(usize, Placed)>,
    folded: OnceLock<FoldedTexts>,
    zones: OnceLock<Vec<OnceLock<Zones>>>,
    abbreviations: OnceLock<Vec<Abbreviation>>,
    citations: OnceLock<Vec<Cited>>,
    own_numbers: OnceLock<Vec<String>>,
    own_year: OnceLock<Option<u16>>,
    head: OnceLock<Head>,
    definitions: OnceLock<Vec<Definition>>,
    restatements: OnceLock<Vec<Restatement>>,
    candidates: OnceLock<Vec<Candidate>>,
    occurrences: OnceLock<Occurrences>,
    shared: Shared,
}

/// What rules work out together, by its type.
type Shared = Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>;

/// The zones of one block.
type Zones = Vec<(TextRange, ZoneKind)>;

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

impl<'d> Facts<'d> {
    /// Reads `document` with what is known.
    pub fn read(document: &'d Document, knowledge: &'d Knowledge) -> Self {
        let mut finder = knowledge.finder();
        let mut folded = FoldedTexts::with_room(document.blocks().len());
        let find = |text: &str| finder.find_folded(text, |one| folded.push(one));
        let store = FactStore::read(document, knowledge.termbase(), find);
        let store = FactStore { folded: OnceLock::from(folded), ..store };
        Self { document, knowledge, store: Arc::new(store) }
    }

    /// The same where the caller may know already what a block holds: what a finder says depends on nothing
    /// but the text it is given, so that `find` may look it up.
    pub fn read_with(
        document: &'d Document,
        knowledge: &'d Knowledge,
        find: impl FnMut(&str) -> Found,
    ) -> Self {
        let store = FactStore::read(document, knowledge.termbase(), find);
        Self { document, knowledge, store: Arc::new(store) }
    }

    /// Goes on reading where another left off. `store` is of the same document, read with the same knowledge.
    pub fn resume(document: &'d Document, knowledge: &'d Knowledge, store: &Arc<FactStore>) -> Self {
        Self { document, knowledge, store: Arc::clone(store) }
    }

    /// What has been read so far, to be kept.
    pub fn store(&self) -> &Arc<FactStore> {
        &self.store
    }

    /// The document.
    pub fn document(&self) -> &'d Document {
        self.document
    }

    /// What it is read with.
    pub fn knowledge(&self) -> &'d Knowledge {
        self.knowledge
    }

    /// Every spelling of a known concept, in reading order.
    pub fn mentions(&self) -> &[Mention] {
        &self.store.mentions
    }

    /// Places where the document seems to mean a term that it does not write, in reading order.
    pub fn near_misses(&self) -> &[NearMiss] {
        &self.store.near_misses
    }

    /// What else a block is worth reading for, by its number.
    pub fn signs(&self, block: usize) -> Signs {
        self.store.signs(block)
    }

    /// The words whose signs are among [`Signs::PLACED`], in reading order, each with the number of its block. Their
    /// places are those of the folded text.
    pub fn placed(&self) -> &[(usize, Placed)] {
        &self.store.placed
    }

    /// The folded text of a block. No block is folded twice.
    pub fn folded(&self, block: BlockRef<'d>) -> Folded<'_> {
        let texts = self.store.folded.get_or_init(|| self.fold());
        texts.get(block.index(), block.text(), self.signs(block.index()))
    }

    /// The same as plain text.
    pub fn folded_text(&self, block: BlockRef<'d>) -> &str {
        let texts = self.store.folded.get_or_init(|| self.fold());
        texts.text(block.index(), block.text())
    }

    /// The [zones](prose::zones) of a block, read once.
    pub fn zones(&self, block: BlockRef<'_>) -> &[(TextRange, ZoneKind)] {
        let count = self.document.blocks().len();
        let all = self.store.zones.get_or_init(|| (0..count).map(|_| OnceLock::new()).collect());
        all[block.index()].get_or_init(|| prose::zones(block.text()))
    }

    /// Shows every block with its text folded.
    pub fn each_folded(&self, mut see: impl FnMut(BlockRef<'d>, &Folded<'_>)) {
        self.document.blocks().for_each(|block| see(block, &self.folded(block)));
    }

    fn fold(&self) -> FoldedTexts {
        let mut texts = FoldedTexts::with_room(self.document.blocks().len());
        let mut spare = Spare::default();
        for block in self.document.blocks() {
            let signs = self.signs(block.index());
            if signs.any(Signs::FOLDED) {
                let folded = fold::fold_seeing(block.text(), spare, |_, _| {});
                texts.push(&folded);
                spare = folded.into_spare();
            } else {
                texts.push(&Folded::unchanged(block.text(), signs));
            }
        }
        texts
    }

    /// Short forms that the document declares, in reading order.
    pub fn abbreviations(&self) -> &[Abbreviation] {
        self.store.abbreviations(self.document)
    }

    /// What the document cites, in reading order.
    pub fn citations(&self) -> &[Cited] {
        let (document, register) = (self.document, self.knowledge.register());
        self.store.citations.get_or_init(|| citations_in(document, register, |block| self.signs(block)))
    }

    /// The numbers under which the document itself is published.
    pub fn own_numbers(&self) -> &[String] {
        let (document, register) = (self.document, self.knowledge.register());
        self.store.own_numbers.get_or_init(|| own_numbers(document, register, |block| self.signs(block)))
    }

    /// The year of the document by the number under which it is published.
    pub fn own_year(&self) -> Option<u16> {
        *self.store.own_year.get_or_init(|| own_year(self.document, self.knowledge.register()))
    }

    /// What the head and the foot say of the document.
    pub fn head(&self) -> &Head {
        self.store.head.get_or_init(|| Head::of(self.document, self.own_numbers()))
    }

    /// What the document defines, in reading order.
    pub fn definitions(&self) -> &[Definition] {
        let lexicon = self.knowledge.lexicon();
        let read = || definitions_seen(self.document, lexicon, |block| self.signs(block));
        self.store.definitions.get_or_init(read)
    }

    /// Where the words that the document explains stand in it.
    pub fn occurrences(&self) -> &Occurrences {
        self.store.occurrences.get_or_init(|| Occurrences::read(self))
    }

    /// The definitions that give a term of the dictionaries, held against what the dictionaries say of it.
    pub fn restatements(&self) -> &[Restatement] {
        self.store.restatements.get_or_init(|| restatement::read(self))
    }

    /// Expressions that a reader may need explained, in the order of their first use; none where nothing is known
    /// of jargon.
    pub fn candidates(&self) -> &[Candidate] {
        let Some(jargon) = self.knowledge.jargon() else { return &[] };
        self.store.candidates.get_or_init(|| {
            let mentions = self.mentions().iter().map(|mention| (mention.block, mention.range));
            let near = self.near_misses().iter().map(|near| (near.block, near.range));
            let mut known: Vec<_> = mentions.chain(near).collect();
            known.sort_unstable();
            let definitions = || self.definitions();
            let signs = |block| self.signs(block);
            let around = Surroundings { signs: &signs, known: &known, definitions: &definitions };
            jargon::candidates(self.document, jargon, &around)
        })
    }

    /// What several rules need and only rules can work out: made by `make` when the first of them asks.
    /// There is one of each type.
    pub fn shared<T: Any + Send + Sync>(&self, make: impl FnOnce() -> T) -> Arc<T> {
        let id = TypeId::of::<T>();
        let all = &self.store.shared;
        let known = all.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if let Some(known) = known.and_then(|known| known.downcast().ok()) {
            return known;
        }
        let made = Arc::new(make());
        let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(id, Arc::clone(&made) as Arc<dyn Any + Send + Sync>);
        made
    }

    /// The mentions of one concept, exempt ones included.
    pub fn mentions_of(&self, concept: ConceptId) -> impl Iterator<Item = &Mention> {
        let termbase = self.knowledge.termbase();
        self.mentions().iter().filter(move |mention| mention.spelling(termbase).concept == concept)
    }
}

impl FactStore {
    fn read(document: &Document, termbase: &TermBase, mut find: impl FnMut(&str) -> Found) -> Self {
        let mut facts = Self { signs: Vec::with_capacity(document.blocks().len()), ..Self::default() };
        for block in document.blocks() {
            let text = block.text();
            let found = find(text);
            facts.signs.push(found.signs);
            facts.placed.extend(found.placed.into_iter().map(|placed| (block.index(), placed)));
            for one in found.matches {
                if !termbase.spellings(one.key).is_empty() {
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

    fn signs(&self, block: usize) -> Signs {
        self.signs.get(block).copied().unwrap_or(Signs::ALL)
    }

    fn abbreviations(&self, document: &Document) -> &[Abbreviation] {
        self.abbreviations.get_or_init(|| abbreviation::read(document, |block| self.signs(block)))
    }

    /// Finds out which of the doubtful places are right where they stand.
    fn exempt(&mut self, document: &Document, termbase: &TermBase) {
        let mentions = self.mentions.iter().filter(|mention| mention.is_doubtful(termbase));
        let places = mentions.map(|mention| (mention.block, mention.range));
        let places = places.chain(self.near_misses.iter().map(|near| (near.block, near.range)));
        self.abbreviations(document);
        let abbreviations = self.abbreviations.get().map_or(&[][..], Vec::as_slice);
        let mut judge = Judge::new(document, termbase, abbreviations, places);
        for mention in self.mentions.iter_mut().filter(|mention| mention.is_doubtful(termbase)) {
            let spelling = mention.spelling(termbase);
            let (unless, may_be_defined) = match &spelling.role {
                Role::Variant { unless, kind, .. } => (unless.as_slice(), !kind.is_misspelling()),
                Role::Designation { .. } => (&[][..], true),
            };
            let may_be_broken = match &spelling.role {
                Role::Variant { kind, .. } => kind.is_misspelling(),
                // What is only confused with another thing may be two words of a list.
                Role::Designation { .. } => {
                    spelling.role.is_allowed() && !termbase.is_confusable(spelling.concept)
                }
            };
            let subject = Subject { concept: spelling.concept, unless, may_be_defined, may_be_broken };
            mention.exemption = judge.exemption(mention.block, mention.range, &subject);
        }
        for near in &mut self.near_misses {
            let may_be_broken = matches!(near.change, Change::Alike(..) | Change::Swapped);
            let subject = Subject { concept: near.concept, unless: &[], may_be_defined: true, may_be_broken };
            near.exemption = judge.exemption(near.block, near.range, &subject);
        }
    }
}

#[cfg(test)]
mod tests;
