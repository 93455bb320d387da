//! Several dictionaries joined: which spellings stand for which concepts, and with what standing.
//!
//! Dictionaries are layered in the order given. The later one wins, so that a house dictionary may
//! deprecate what an official one prefers: the data decides the direction, not the code.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::date::Date;
use crate::dictionary::{
    Concept, Dictionary, DictionaryError, DictionaryErrorKind, Matching, Relation, RelationKind, Status,
    Subject, Variant, VariantFix, VariantKind,
};
use crate::fold;

/// Index of a [`TermConcept`] in its [`TermBase`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptId(u32);

/// Index of a key, that is, of a folded spelling, in its [`TermBase`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(u32);

impl KeyId {
    /// Its number: keys are numbered from 0 without gaps.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// All loaded dictionaries, joined and valid together.
#[derive(Debug)]
pub struct TermBase {
    dictionaries: Vec<Arc<Dictionary>>,
    concepts: Vec<TermConcept>,
    keys: Vec<Key>,
    by_key: FxHashMap<Arc<str>, KeyId>,
    stop_compounds: Vec<String>,
}

/// A concept with its entries in all dictionaries.
#[derive(Debug)]
pub struct TermConcept {
    /// Stable over editions and dictionaries.
    pub id: String,
    /// The preferred designation, after layering.
    pub preferred: String,
    /// Whether its designations are looked for in documents.
    pub matching: Matching,
    /// Whether it is a term or an organisation.
    pub subject: Subject,
    /// Whether it is at either end of a `confusable` relation.
    confusable: bool,
    /// Designations that were preferred until a day.
    former: Vec<(String, Date)>,
    /// Where it has an entry: number of the dictionary and of the concept in it.
    entries: Vec<(usize, usize)>,
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

/// Everything that is written with one folded spelling.
#[derive(Debug)]
pub struct Key {
    /// The folded spelling.
    pub text: Arc<str>,
    /// The spellings that fold to it. Empty for a stop compound.
    pub spellings: Vec<Spelling>,
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
        let mut base = Self {
            dictionaries: Vec::new(),
            concepts: Vec::new(),
            keys: Vec::new(),
            by_key: FxHashMap::default(),
            stop_compounds: Vec::new(),
        };
        let mut by_id: FxHashMap<&str, ConceptId> = FxHashMap::default();
        let concepts = dictionaries.iter().flat_map(|dictionary| dictionary.concepts());
        let spellings = concepts.map(|concept| concept.designations.len() + concept.variants.len()).sum();
        base.by_key.reserve(spellings);
        base.keys.reserve(spellings);
        let concepts = dictionaries.iter().map(|dictionary| dictionary.concepts().len()).sum();
        base.concepts.reserve(concepts);
        by_id.reserve(concepts);
        for (number, dictionary) in dictionaries.iter().enumerate() {
            let id = &dictionary.header().id;
            if dictionaries[..number].iter().any(|other| other.header().id == *id) {
                return Err(DictionaryErrorKind::DuplicateDictionary(id.clone()).at(dictionary.file(), 1));
            }
            let concepts = base.add_concepts(number, dictionary, &mut by_id);
            base.add_designations(number, dictionary, &concepts);
            base.dictionaries.push(Arc::clone(dictionary));
        }
        base.resolve_relations()?;
        for (number, dictionary) in dictionaries.iter().enumerate() {
            base.add_variants(number, dictionary, &by_id)?;
        }
        base.keys
            .iter_mut()
            .for_each(|key| key.spellings.sort_by_key(|spelling| !spelling.role.is_allowed()));
        base.add_stop_compounds();
        Ok(base)
    }

    fn add_concepts<'d>(
        &mut self,
        number: usize,
        dictionary: &'d Dictionary,
        by_id: &mut FxHashMap<&'d str, ConceptId>,
    ) -> Vec<ConceptId> {
        let mut ids = Vec::with_capacity(dictionary.concepts().len());
        for (index, concept) in dictionary.concepts().iter().enumerate() {
            let key = self.key_entry(concept.preferred());
            let named = || self.named_by(key).filter(|_| concept.domain.is_none());
            let known = by_id.get(concept.id.as_str()).copied().or_else(named);
            let id = known.unwrap_or_else(|| {
                self.concepts.push(TermConcept {
                    id: concept.id.clone(),
                    preferred: concept.preferred().to_owned(),
                    matching: concept.matching,
                    subject: dictionary.header().subject,
                    confusable: false,
                    former: Vec::new(),
                    entries: Vec::new(),
                    relations: Vec::new(),
                });
                ConceptId(self.concepts.len() as u32 - 1)
            });
            by_id.insert(&concept.id, id);
            let joined = &mut self.concepts[id.0 as usize];
            if joined.entries.is_empty() {
                joined.entries.reserve_exact(1);
            }
            joined.entries.push((number, index));
            ids.push(id);
            if joined.preferred != concept.preferred() {
                let former = std::mem::replace(&mut joined.preferred, concept.preferred().to_owned());
                self.demote(&former, id, number, dictionary.header().effective);
            }
            self.claim(key, concept.preferred(), id, number, PREFERRED);
        }
        ids
    }

    /// A dictionary that renames a concept supersedes its former name.
    fn demote(&mut self, former: &str, id: ConceptId, number: usize, since: Option<Date>) {
        let key = self.key_entry(former);
        let role = Role::Designation { status: Status::Superseded, since, note: None };
        self.claim(key, former, id, number, role);
    }

    fn add_designations(&mut self, number: usize, dictionary: &Dictionary, ids: &[ConceptId]) {
        for (concept, &id) in dictionary.concepts().iter().zip(ids) {
            let others = concept.designations.iter().filter(|name| name.status != Status::Preferred);
            for designation in others {
                let role = Role::Designation {
                    status: designation.status,
                    since: designation.since,
                    note: designation.note.clone(),
                };
                if let (Status::Superseded, Some(since)) = (designation.status, designation.since) {
                    self.concepts[id.0 as usize].former.push((designation.text.clone(), since));
                }
                let key = self.key_entry(&designation.text);
                self.claim(key, &designation.text, id, number, role);
            }
        }
    }

    /// Gives a spelling to a concept; what an earlier claim said of the same spelling is forgotten.
    fn claim(&mut self, key: KeyId, text: &str, concept: ConceptId, dictionary: usize, role: Role) {
        let spellings = &mut self.keys[key.0 as usize].spellings;
        // Within one dictionary, concepts of one name are told apart by their domain.
        let homonym = |spelling: &Spelling| spelling.dictionary == dictionary && spelling.concept != concept;
        spellings.retain(|spelling| spelling.text != text || homonym(spelling));
        if spellings.is_empty() {
            // Nearly every key has one spelling; a list that grows by itself takes room for four.
            spellings.reserve_exact(1);
        }
        spellings.push(Spelling { concept, text: text.to_owned(), role, dictionary });
    }

    fn key_entry(&mut self, text: &str) -> KeyId {
        let folded = fold::fold(text.trim());
        if let Some(&key) = self.by_key.get(folded.text()) {
            return key;
        }
        let key = KeyId(self.keys.len() as u32);
        let folded: Arc<str> = folded.text().into();
        self.keys.push(Key { text: Arc::clone(&folded), spellings: Vec::new() });
        self.by_key.insert(folded, key);
        key
    }

    fn resolve_relations(&mut self) -> Result<(), DictionaryError> {
        for index in 0..self.concepts.len() {
            let mut relations: Vec<TermRelation> = Vec::new();
            for &(number, concept) in &self.concepts[index].entries {
                let dictionary = &self.dictionaries[number];
                for relation in &dictionary.concepts()[concept].relations {
                    let target = self.concept_named(&relation.target).ok_or_else(|| {
                        DictionaryErrorKind::UnknownTarget(relation.target.clone())
                            .at(dictionary.file(), relation.line)
                    })?;
                    relations.retain(|known| (known.target, known.relation.kind) != (target, relation.kind));
                    relations.push(TermRelation { target, relation: relation.clone() });
                }
            }
            for relation in relations.iter().filter(|one| one.relation.kind == RelationKind::Confusable) {
                self.concepts[relation.target.0 as usize].confusable = true;
                self.concepts[index].confusable = true;
            }
            self.concepts[index].relations = relations;
        }
        Ok(())
    }

    fn add_variants(
        &mut self,
        number: usize,
        dictionary: &Dictionary,
        by_id: &FxHashMap<&str, ConceptId>,
    ) -> Result<(), DictionaryError> {
        for concept in dictionary.concepts() {
            let id = by_id[concept.id.as_str()];
            for variant in &concept.variants {
                let key = self.key_entry(&variant.surface);
                if self.check_variant(number, id, key, variant)? {
                    let role = Role::Variant {
                        kind: variant.kind,
                        fix: variant.fix,
                        unless: variant.unless.clone(),
                    };
                    self.claim(key, &variant.surface, id, number, role);
                }
            }
        }
        Ok(())
    }

    /// Whether the variant takes part: not if a later dictionary made the spelling a designation.
    fn check_variant(
        &self,
        number: usize,
        of: ConceptId,
        key: KeyId,
        variant: &Variant,
    ) -> Result<bool, DictionaryError> {
        let Some(owner) =
            self.key(key).spellings.iter().find(|spelling| spelling.text == variant.surface.trim())
        else {
            return Ok(true);
        };
        let Role::Designation { status, .. } = owner.role else {
            // A bare pair in a table says less of the variant than what is known of it already.
            return Ok(owner.concept != of || variant.kind != VariantKind::Other);
        };
        if owner.concept == of || owner.dictionary > number {
            return Ok(false);
        }
        // A concept that is only named, to relate others to it, has no claim against a later layer.
        match self.definition(owner.concept) {
            Some((source, entry))
                if status == Status::Preferred && !self.are_confusable(owner.concept, of) =>
            {
                Err(DictionaryErrorKind::VariantShadowsTerm {
                    surface: variant.surface.clone(),
                    of: self.concept(of).preferred.clone(),
                    owner: source.cite(entry.clause.as_deref()),
                }
                .at(self.dictionaries[number].file(), variant.line))
            }
            _ => Ok(true),
        }
    }

    fn are_confusable(&self, a: ConceptId, b: ConceptId) -> bool {
        self.confusable_with(a).any(|relation| relation.target == b)
            || self.confusable_with(b).any(|relation| relation.target == a)
    }

    fn add_stop_compounds(&mut self) {
        let dictionaries = self.dictionaries.clone();
        for dictionary in &dictionaries {
            for compound in &dictionary.header().stop_compounds {
                let folded = fold::key(compound);
                // A spelling that some dictionary lists is no longer just an ordinary word.
                if !self.by_key.contains_key(folded.as_str()) {
                    self.key_entry(compound);
                    self.stop_compounds.push(folded);
                }
            }
        }
    }

    /// The dictionaries in the order of layering.
    pub fn dictionaries(&self) -> &[Arc<Dictionary>] {
        &self.dictionaries
    }

    /// All concepts.
    pub fn concepts(&self) -> impl Iterator<Item = (ConceptId, &TermConcept)> {
        self.concepts.iter().enumerate().map(|(index, concept)| (ConceptId(index as u32), concept))
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

    /// All folded spellings.
    pub fn keys(&self) -> impl Iterator<Item = (KeyId, &Key)> {
        self.keys.iter().enumerate().map(|(index, key)| (KeyId(index as u32), key))
    }

    /// The folded spelling with this index.
    pub fn key(&self, id: KeyId) -> &Key {
        &self.keys[id.0 as usize]
    }

    /// What `text` stands for, whatever its width, case, script or quotation marks.
    pub fn lookup(&self, text: &str) -> &[Spelling] {
        self.key_of(&fold::key(text)).map_or(&[], |key| &self.key(key).spellings)
    }

    /// The key that is `folded`, if there is one.
    pub(crate) fn key_of(&self, folded: &str) -> Option<KeyId> {
        self.by_key.get(folded).copied()
    }

    /// The concept that has `text` as its preferred designation.
    pub fn concept_named(&self, text: &str) -> Option<ConceptId> {
        self.key_of(&fold::key(text)).and_then(|key| self.named_by(key))
    }

    fn named_by(&self, key: KeyId) -> Option<ConceptId> {
        let mut spellings = self.key(key).spellings.iter();
        spellings.find(|spelling| spelling.role == PREFERRED).map(|spelling| spelling.concept)
    }

    /// The entries of a concept with their dictionaries: those that define it first, then the rest.
    pub fn entries(&self, id: ConceptId) -> impl Iterator<Item = (&Dictionary, &Concept)> {
        let all = self.concept(id).entries.iter().map(|&(number, index)| {
            let dictionary = &*self.dictionaries[number];
            (dictionary, &dictionary.concepts()[index])
        });
        let defines = |(_, concept): &(&Dictionary, &Concept)| concept.definition.is_some();
        all.clone().filter(defines).chain(all.filter(move |entry| !defines(entry)))
    }

    /// The entry that defines a concept, if any dictionary does.
    pub fn definition(&self, id: ConceptId) -> Option<(&Dictionary, &Concept)> {
        self.entries(id).find(|(_, concept)| concept.definition.is_some())
    }

    /// The relations of a concept.
    pub fn relations(&self, id: ConceptId) -> &[TermRelation] {
        &self.concept(id).relations
    }

    /// Whether a concept is at either end of a `confusable` relation.
    pub fn is_confusable(&self, id: ConceptId) -> bool {
        self.concept(id).confusable
    }

    /// The relations that say what a concept is easily confused with.
    pub fn confusable_with(&self, id: ConceptId) -> impl Iterator<Item = &TermRelation> {
        self.relations(id).iter().filter(|relation| relation.relation.kind == RelationKind::Confusable)
    }
}

const PREFERRED: Role = Role::Designation { status: Status::Preferred, since: None, note: None };

#[cfg(test)]
mod tests;
