//! Several dictionaries joined: which spellings stand for which concepts, and with what standing.
//!
//! Dictionaries are layered in the order given. The later one wins, so that a house dictionary may
//! deprecate what an official one prefers: the data decides the direction, not the code.

mod join;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::dictionary::{
    Concept, Dictionary, DictionaryError, Matching, Relation, RelationKind, Status, Subject, VariantFix,
    VariantKind,
};
use crate::words::interned::Interned;
use zhengming_text::date::Date;
use zhengming_text::fold;

/// Index of a [`TermConcept`] in its [`TermBase`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ConceptId(u32);

/// Index of a key, that is, of a folded spelling, in its [`TermBase`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(u32);

impl KeyId {
    /// The key with this number: keys are numbered from 0 without gaps.
    pub(crate) fn new(number: usize) -> Self {
        Self(number as u32)
    }
}

/// All loaded dictionaries, joined and valid together.
#[derive(Debug)]
pub struct TermBase {
    dictionaries: Vec<Arc<Dictionary>>,
    /// The folded spellings, by the number of their key.
    names: Interned,
    /// By their key, those of one key together: the allowed ones first. A stop compound has none.
    spellings: Vec<Spelling>,
    /// Where the spellings of each key end.
    ends: Vec<u32>,
    concepts: Vec<TermConcept>,
    /// Of each key.
    traits: Vec<KeyTraits>,
    /// The concepts that some dictionary defines, in order.
    defined: Vec<ConceptId>,
    /// The concepts at either end of a `confusable` relation, in order.
    confusable: Vec<ConceptId>,
}

/// What the matcher asks of a key, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct KeyTraits(u8);

impl KeyTraits {
    /// It is looked for in texts.
    pub(crate) const MATCHED: Self = Self(1);
    /// It must be read as words of its own.
    pub(crate) const GUARDED: Self = Self(2);
    /// It stands for some concept. A stop compound does not.
    pub(crate) const CLAIMED: Self = Self(4);
    /// Its first spelling is a variant.
    pub(crate) const VARIANT: Self = Self(8);
    /// Its first spelling is allowed, and easily confused with no other concept.
    pub(crate) const PROTECTS: Self = Self(16);
    /// Its first spelling is allowed, and its concept is defined.
    pub(crate) const DEFINED: Self = Self(32);
    /// It, or a pattern that is no key, is a sign of a near miss.
    pub(crate) const SERVES: Self = Self(64);
    /// It, or a pattern that is no key, makes a text worth reading for something else.
    pub(crate) const CUE: Self = Self(128);

    /// Whether it has all of `traits`.
    pub(crate) fn has(self, traits: Self) -> bool {
        self.0 & traits.0 == traits.0
    }

    pub(crate) fn set(&mut self, traits: Self, wanted: bool) {
        if wanted {
            self.0 |= traits.0;
        }
    }
}

/// A concept with its entries in all dictionaries.
#[derive(Debug, Default)]
pub struct TermConcept {
    /// Stable over editions and dictionaries.
    pub id: String,
    /// The preferred designation, after layering.
    pub preferred: String,
    /// Whether its designations are looked for in documents.
    pub matching: Matching,
    /// Whether it is a term or an organisation.
    pub subject: Subject,
    /// Designations that were preferred until a day.
    former: Vec<(String, Date)>,
    /// Where it has an entry: number of the dictionary and of the concept in it.
    entries: Vec<(u32, u32)>,
    relations: Vec<TermRelation>,
}

/// A relation whose target is known.
#[derive(Debug)]
pub struct TermRelation {
    /// The concept it leads to.
    pub target: ConceptId,
    /// What the dictionary says of it.
    pub relation: Relation,
}

/// One way to write something that stands for a concept.
#[derive(Debug, Clone)]
pub struct Spelling {
    /// The concept it stands for.
    pub concept: ConceptId,
    /// As the dictionary writes it.
    pub text: String,
    /// With what standing.
    pub role: Role,
    /// The dictionary that says so.
    pub dictionary: usize,
}

/// The standing of a spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// A designation.
    Designation {
        /// Whether it should be used.
        status: Status,
        /// From which day on the status holds.
        since: Option<Date>,
        /// Remarks of the dictionary.
        note: Option<String>,
    },
    /// No designation.
    Variant {
        /// How it differs from the preferred designation.
        kind: VariantKind,
        /// Whether it may be replaced.
        fix: VariantFix,
        /// Words in whose company it means something else.
        unless: Vec<String>,
    },
}

impl Role {
    const PREFERRED: Self = Self::Designation { status: Status::Preferred, since: None, note: None };

    /// Whether the spelling may be used as it is.
    pub fn is_allowed(&self) -> bool {
        matches!(self, Self::Designation { status: Status::Preferred | Status::Admitted, .. })
    }
}

impl TermBase {
    /// Joins `dictionaries`, the later over the earlier.
    ///
    /// # Errors
    /// The first contradiction: a variant that another concept defines as its preferred term with no
    /// `confusable` relation between the two, a relation to an unknown term, two dictionaries with one id.
    pub fn new(dictionaries: Vec<Arc<Dictionary>>) -> Result<Self, DictionaryError> {
        join::join(dictionaries)
    }

    /// The dictionaries in the order of layering.
    pub fn dictionaries(&self) -> &[Arc<Dictionary>] {
        &self.dictionaries
    }

    /// All concepts.
    pub fn concepts(&self) -> impl Iterator<Item = (ConceptId, &TermConcept)> {
        self.concepts.iter().enumerate().map(|(number, concept)| (ConceptId(number as u32), concept))
    }

    /// The concept with this index.
    pub fn concept(&self, id: ConceptId) -> &TermConcept {
        &self.concepts[id.0 as usize]
    }

    /// The designation of a concept that was preferred on `day`; without a day, the present one.
    pub fn preferred_on(&self, id: ConceptId, day: Option<Date>) -> &str {
        let concept = self.concept(id);
        let still_valid = |(_, until): &&(String, Date)| day.is_some_and(|day| day < *until);
        let former = concept.former.iter().filter(still_valid).min_by_key(|(_, until)| *until);
        former.map_or(concept.preferred.as_str(), |(text, _)| text)
    }

    /// The designation to write where a text has `surface` on `day`: of an organisation that is named without its
    /// province (省人社厅), the official short form, else the preferred designation.
    pub fn name_for(&self, id: ConceptId, surface: &str, day: Option<Date>) -> &str {
        let short = || {
            let names = self.concept(id).entries.iter().flat_map(|&(number, index)| {
                &self.dictionaries[number as usize].concept(index as usize).designations
            });
            names
                .filter(|name| name.status == Status::Admitted && name.text.starts_with('省'))
                .min_by_key(|name| name.usage.as_deref() != Some("简称"))
        };
        let is_short = self.concept(id).subject == Subject::Organizations && surface.starts_with('省');
        match short().filter(|_| is_short) {
            Some(name) => &name.text,
            None => self.preferred_on(id, day),
        }
    }

    /// All spellings, those that fold to one key together.
    pub fn all_spellings(&self) -> &[Spelling] {
        &self.spellings
    }

    /// The spellings that fold to the key with this index: none for a stop compound.
    pub fn spellings(&self, id: KeyId) -> &[Spelling] {
        let start = id.0.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.spellings[start as usize..self.ends[id.0 as usize] as usize]
    }

    /// What `text` stands for, whatever its width, case, script or quotation marks.
    pub fn lookup(&self, text: &str) -> &[Spelling] {
        self.key_of(&fold::key(text)).map_or(&[], |key| self.spellings(key))
    }

    /// The key that is `folded`, if there is one.
    pub(crate) fn key_of(&self, folded: &str) -> Option<KeyId> {
        self.names.find(folded).map(KeyId)
    }

    /// The concept that has `text` as its preferred designation.
    pub fn concept_named(&self, text: &str) -> Option<ConceptId> {
        self.key_of(&fold::key(text)).and_then(|key| self.named_by(key))
    }

    fn named_by(&self, key: KeyId) -> Option<ConceptId> {
        let mut spellings = self.spellings(key).iter();
        spellings.find(|spelling| spelling.role == Role::PREFERRED).map(|spelling| spelling.concept)
    }

    /// Where an entry of a concept stands: the number of its dictionary, and its own in that dictionary.
    pub fn place_of(&self, id: ConceptId, entry: &Concept) -> Option<(usize, usize)> {
        let mut places =
            self.concept(id).entries.iter().map(|&(number, index)| (number as usize, index as usize));
        places.find(|&(number, index)| std::ptr::eq(self.dictionaries[number].concept(index), entry))
    }

    /// The entries of a concept with their dictionaries: those that define it first, then the rest.
    pub fn entries(&self, id: ConceptId) -> impl Iterator<Item = (&Dictionary, &Concept)> {
        let all = self.concept(id).entries.iter().map(|&(number, index)| {
            let dictionary = &*self.dictionaries[number as usize];
            (dictionary, dictionary.concept(index as usize))
        });
        let defines = |(_, concept): &(&Dictionary, &Concept)| concept.definition.is_some();
        all.clone().filter(defines).chain(all.filter(move |entry| !defines(entry)))
    }

    /// Whether some dictionary had fixed the name of `concept` by `day`; without a day, by now. A dictionary without a
    /// date always counts.
    pub fn is_in_force_on(&self, concept: ConceptId, day: Option<Date>) -> bool {
        let Some(day) = day else { return true };
        let mut entries = self.entries(concept).filter(|(_, entry)| entry.definition.is_some()).peekable();
        entries.peek().is_none() || entries.any(|(dictionary, _)| dictionary.header().is_in_force_on(day))
    }

    /// The entry that defines a concept, if any dictionary does.
    pub fn definition(&self, id: ConceptId) -> Option<(&Dictionary, &Concept)> {
        self.defined.binary_search(&id).ok()?;
        self.entries(id).find(|(_, concept)| concept.definition.is_some())
    }

    /// The relations of a concept.
    pub fn relations(&self, id: ConceptId) -> &[TermRelation] {
        &self.concept(id).relations
    }

    /// Whether a concept is at either end of a `confusable` relation.
    pub fn is_confusable(&self, id: ConceptId) -> bool {
        self.confusable.binary_search(&id).is_ok()
    }

    /// The concepts at either end of a `confusable` relation, in the order of [`concepts`](Self::concepts).
    pub fn confusable_concepts(&self) -> &[ConceptId] {
        &self.confusable
    }

    /// The concepts that some dictionary defines, in the order of [`concepts`](Self::concepts).
    pub fn defined_concepts(&self) -> &[ConceptId] {
        &self.defined
    }

    /// The relations that say what a concept is easily confused with.
    pub fn confusable_with(&self, id: ConceptId) -> impl Iterator<Item = &TermRelation> {
        self.relations(id).iter().filter(|relation| relation.relation.kind == RelationKind::Confusable)
    }

    /// The keys that have all of `traits`, each with its text.
    pub(crate) fn keys_that(&self, traits: KeyTraits) -> impl Iterator<Item = (KeyId, &str)> {
        let all = self.traits.iter().enumerate().filter(move |(_, own)| own.has(traits));
        all.map(|(number, _)| (KeyId::new(number), self.names.text(number)))
    }

    /// The texts of all keys.
    pub(crate) fn names(&self) -> &Interned {
        &self.names
    }

    /// What the matcher asks of each key.
    pub(crate) fn traits(&self) -> &[KeyTraits] {
        &self.traits
    }
}

#[cfg(test)]
mod tests;
