//! Joining dictionaries, the later over the earlier.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{ConceptId, KeyTraits, Role, Spelling, TermBase, TermConcept, TermRelation};
use crate::dictionary::{
    Concept, Dictionary, DictionaryError, DictionaryErrorKind, Matching, Relation, RelationKind, Status,
    Subject, TableVariant, VariantFix, VariantKind,
};
use crate::words::interned::Interned;
use zhengming_text::date::Date;
use zhengming_text::fold;

/// No number.
const NONE: u32 = u32::MAX;

/// A term base in the making. What it says is borrowed from the dictionaries.
struct Joining<'d> {
    dictionaries: &'d [Arc<Dictionary>],
    names: Interned,
    /// The first claim to each name.
    first: Vec<u32>,
    claims: Vec<Claim<'d>>,
    concepts: Vec<Joined<'d>>,
}

/// A spelling that stands for a concept, and the next claim to the same name.
struct Claim<'d> {
    text: &'d str,
    role: RoleOf<'d>,
    concept: u32,
    dictionary: u32,
    next: u32,
}

/// A [`Role`] that borrows from its dictionary.
#[derive(Clone, Copy, PartialEq)]
enum RoleOf<'d> {
    Designation { status: Status, since: Option<Date>, note: Option<&'d str> },
    Variant { kind: VariantKind, fix: VariantFix, unless: &'d [String] },
}

/// A concept that may have entries in several dictionaries.
struct Joined<'d> {
    id: &'d str,
    preferred: &'d str,
    matching: Matching,
    subject: Subject,
    confusable: bool,
    /// The first entry: number of the dictionary and of the concept in it.
    entry: (u32, u32),
    more: Option<Box<More<'d>>>,
}

/// What few concepts have.
#[derive(Default)]
struct More<'d> {
    entries: Vec<(u32, u32)>,
    former: Vec<(&'d str, Date)>,
    relations: Vec<(u32, &'d Relation)>,
}

const PREFERRED: RoleOf<'static> = RoleOf::Designation { status: Status::Preferred, since: None, note: None };

pub(super) fn join(dictionaries: Vec<Arc<Dictionary>>) -> Result<TermBase, DictionaryError> {
    let mut joining = Joining::new(&dictionaries);
    let mut by_id: FxHashMap<&str, u32> = FxHashMap::default();
    // What the last dictionary says is looked up by none after it, and its own ids are all different.
    let before_last = dictionaries.len().saturating_sub(1);
    by_id.reserve(dictionaries[..before_last].iter().map(|dictionary| dictionary.concept_count()).sum());
    let mut ids = Vec::with_capacity(dictionaries.len());
    for (number, dictionary) in dictionaries.iter().enumerate() {
        let id = &dictionary.header().id;
        if dictionaries[..number].iter().any(|other| other.header().id == *id) {
            return Err(DictionaryErrorKind::DuplicateDictionary(id.clone()).at(dictionary.file(), 1));
        }
        let concepts = joining.add_concepts(number, dictionary, &mut by_id);
        joining.add_designations(number, dictionary, &concepts);
        ids.push(concepts);
    }
    joining.resolve_relations()?;
    for (number, dictionary) in dictionaries.iter().enumerate() {
        joining.add_variants(number, dictionary, &ids[number])?;
    }
    joining.add_stop_compounds();
    joining.sort();
    let (spellings, ends) = joining.spellings();
    let traits = (0..joining.first.len()).map(|key| joining.traits(key)).collect();
    let all = || joining.concepts.iter().enumerate();
    let ids = |(number, _): (usize, _)| ConceptId(number as u32);
    let defined = all().filter(|(number, _)| joining.definition(*number).is_some()).map(ids).collect();
    let confusable = all().filter(|(_, concept)| concept.confusable).map(ids).collect();
    let (concepts, names) = joining.into_concepts();
    Ok(TermBase { dictionaries, names, spellings, ends, concepts, traits, defined, confusable })
}

impl<'d> Joining<'d> {
    fn new(dictionaries: &'d [Arc<Dictionary>]) -> Self {
        let concepts = dictionaries.iter().map(|dictionary| dictionary.concept_count()).sum();
        let spellings = dictionaries.iter().map(|dictionary| dictionary.entries.spellings()).sum();
        Self {
            dictionaries,
            names: Interned::with_room(spellings),
            first: Vec::with_capacity(spellings),
            claims: Vec::with_capacity(spellings),
            concepts: Vec::with_capacity(concepts),
        }
    }

    fn add_concepts(
        &mut self,
        number: usize,
        dictionary: &'d Dictionary,
        by_id: &mut FxHashMap<&'d str, u32>,
    ) -> Vec<u32> {
        let mut ids = Vec::with_capacity(dictionary.concept_count());
        for index in 0..dictionary.concept_count() {
            let entry = dictionary.entries.named(index);
            let key = self.key(entry.preferred);
            let has_domain = entry.whole.is_some_and(|concept| concept.domain.is_some());
            let named = || self.named_by(key).filter(|_| !has_domain);
            let known = by_id.get(entry.id).copied().or_else(named);
            let place = (number as u32, index as u32);
            let id = known.unwrap_or(self.concepts.len() as u32);
            if number + 1 < self.dictionaries.len() {
                by_id.insert(entry.id, id);
            }
            ids.push(id);
            if known.is_none() {
                self.concepts.push(Joined {
                    id: entry.id,
                    preferred: entry.preferred,
                    matching: entry.whole.map_or(Matching::default(), |concept| concept.matching),
                    subject: dictionary.header().subject,
                    confusable: false,
                    entry: place,
                    more: None,
                });
            } else {
                self.more(id).entries.push(place);
                let joined = &mut self.concepts[id as usize];
                if joined.preferred != entry.preferred {
                    let former = std::mem::replace(&mut joined.preferred, entry.preferred);
                    self.demote(former, id, number, dictionary.header().effective);
                }
            }
            self.claim(key, entry.preferred, id, number, PREFERRED);
        }
        ids
    }

    fn more(&mut self, concept: u32) -> &mut More<'d> {
        self.concepts[concept as usize].more.get_or_insert_default()
    }

    /// A dictionary that renames a concept supersedes its former name.
    fn demote(&mut self, former: &'d str, id: u32, number: usize, since: Option<Date>) {
        let key = self.key(former);
        let role = RoleOf::Designation { status: Status::Superseded, since, note: None };
        self.claim(key, former, id, number, role);
    }

    fn add_designations(&mut self, number: usize, dictionary: &'d Dictionary, ids: &[u32]) {
        for (index, &id) in ids.iter().enumerate() {
            let Some(concept) = dictionary.entries.named(index).whole else { continue };
            let others = concept.designations.iter().filter(|name| name.status != Status::Preferred);
            for designation in others {
                let (status, since) = (designation.status, designation.since);
                if let (Status::Superseded, Some(since)) = (status, since) {
                    self.more(id).former.push((&designation.text, since));
                }
                let key = self.key(&designation.text);
                let role = RoleOf::Designation { status, since, note: designation.note.as_deref() };
                self.claim(key, &designation.text, id, number, role);
            }
        }
    }

    /// Gives a spelling to a concept; what an earlier claim said of the same spelling is forgotten, but for the words
    /// in whose company a variant means something else: tables do not tell them.
    fn claim(&mut self, key: u32, text: &'d str, concept: u32, dictionary: usize, mut role: RoleOf<'d>) {
        let dictionary = dictionary as u32;
        let new = self.claims.len() as u32;
        let (mut before, mut at) = (NONE, self.first[key as usize]);
        while at != NONE {
            let claim = &self.claims[at as usize];
            let next = claim.next;
            // Within one dictionary, concepts of one name are told apart by their domain.
            let homonym = claim.dictionary == dictionary && claim.concept != concept;
            if claim.text != text || homonym {
                before = at;
            } else {
                let known = (claim.role, claim.concept);
                if let (RoleOf::Variant { unless: known, .. }, owner) = known
                    && let RoleOf::Variant { unless, .. } = &mut role
                    && owner == concept
                    && unless.is_empty()
                {
                    *unless = known;
                }
                self.link(key, before, next);
            }
            at = next;
        }
        self.claims.push(Claim { text, role, concept, dictionary, next: NONE });
        self.link(key, before, new);
    }

    /// Has the claim `next` follow the claim `before`, or come first.
    fn link(&mut self, key: u32, before: u32, next: u32) {
        if before == NONE {
            self.first[key as usize] = next;
        } else {
            self.claims[before as usize].next = next;
        }
    }

    fn key(&mut self, text: &str) -> u32 {
        let key = self.names.enter(fold::fold(text.trim()).text());
        if key as usize == self.first.len() {
            self.first.push(NONE);
        }
        key
    }

    fn claims(&self, key: u32) -> impl Iterator<Item = &Claim<'d>> {
        let claim = |number| self.claims.get(number as usize);
        std::iter::successors(claim(self.first[key as usize]), move |one| claim(one.next))
    }

    fn named_by(&self, key: u32) -> Option<u32> {
        self.claims(key).find(|claim| claim.role == PREFERRED).map(|claim| claim.concept)
    }

    fn entries(&self, concept: usize) -> impl Iterator<Item = (&'d Dictionary, &'d Concept)> {
        let joined = &self.concepts[concept];
        let more = joined.more.iter().flat_map(|more| more.entries.iter().copied());
        std::iter::once(joined.entry).chain(more).filter_map(|(number, index)| {
            let dictionary = &*self.dictionaries[number as usize];
            Some((dictionary, dictionary.entries.named(index as usize).whole?))
        })
    }

    fn definition(&self, concept: usize) -> Option<(&'d Dictionary, &'d Concept)> {
        self.entries(concept).find(|(_, entry)| entry.definition.is_some())
    }

    fn resolve_relations(&mut self) -> Result<(), DictionaryError> {
        for index in 0..self.concepts.len() {
            let mut relations: Vec<(u32, &'d Relation)> = Vec::new();
            for (dictionary, entry) in self.entries(index) {
                for relation in &entry.relations {
                    let named = self.names.find(&fold::key(&relation.target));
                    let target = named.and_then(|key| self.named_by(key)).ok_or_else(|| {
                        DictionaryErrorKind::UnknownTarget(relation.target.clone())
                            .at(dictionary.file(), relation.line)
                    })?;
                    relations.retain(|(known, other)| (*known, other.kind) != (target, relation.kind));
                    relations.push((target, relation));
                }
            }
            for &(target, _) in relations.iter().filter(|(_, one)| one.kind == RelationKind::Confusable) {
                self.concepts[target as usize].confusable = true;
                self.concepts[index].confusable = true;
            }
            if !relations.is_empty() {
                self.more(index as u32).relations = relations;
            }
        }
        Ok(())
    }

    fn add_variants(
        &mut self,
        number: usize,
        dictionary: &'d Dictionary,
        ids: &[u32],
    ) -> Result<(), DictionaryError> {
        for (index, &id) in ids.iter().enumerate() {
            for (variant, unless) in dictionary.entries.variants(index) {
                let key = self.key(variant.surface);
                if self.check_variant(number, id, key, variant)? {
                    let role = RoleOf::Variant { kind: variant.kind, fix: variant.fix, unless };
                    self.claim(key, variant.surface, id, number, role);
                }
            }
        }
        Ok(())
    }

    /// Whether the variant takes part: not if a later dictionary made the spelling a designation.
    fn check_variant(
        &self,
        number: usize,
        of: u32,
        key: u32,
        variant: TableVariant<'_>,
    ) -> Result<bool, DictionaryError> {
        let Some(owner) = self.claims(key).find(|claim| claim.text == variant.surface.trim()) else {
            return Ok(true);
        };
        let RoleOf::Designation { status, .. } = owner.role else {
            // A bare pair in a table says less of the variant than what is known of it already.
            return Ok(owner.concept != of || variant.kind != VariantKind::Other);
        };
        if owner.concept == of || owner.dictionary as usize > number {
            return Ok(false);
        }
        // A concept that is only named, to relate others to it, has no claim against a later layer.
        match self.definition(owner.concept as usize) {
            Some((source, entry))
                if status == Status::Preferred && !self.are_confusable(owner.concept, of) =>
            {
                Err(DictionaryErrorKind::VariantShadowsTerm {
                    surface: variant.surface.to_owned(),
                    of: self.concepts[of as usize].preferred.to_owned(),
                    owner: source.cite(entry.clause.as_deref()),
                }
                .at(self.dictionaries[number].file(), variant.line))
            }
            _ => Ok(true),
        }
    }

    fn are_confusable(&self, a: u32, b: u32) -> bool {
        let names = |from: u32, to: u32| {
            let relations = self.concepts[from as usize].more.iter().flat_map(|more| &more.relations);
            relations.into_iter().any(|(target, one)| *target == to && one.kind == RelationKind::Confusable)
        };
        names(a, b) || names(b, a)
    }

    /// A stop compound is a name that nobody claims; one that some dictionary lists is no longer just an
    /// ordinary word.
    fn add_stop_compounds(&mut self) {
        for dictionary in self.dictionaries {
            for compound in &dictionary.header().stop_compounds {
                self.key(compound);
            }
        }
    }

    /// Puts the allowed spellings of each name before the others.
    fn sort(&mut self) {
        for key in 0..self.first.len() as u32 {
            let first = self.first[key as usize];
            if first == NONE || self.claims[first as usize].next == NONE {
                continue;
            }
            let next = |&number: &u32| Some(self.claims[number as usize].next).filter(|&next| next != NONE);
            let mut order: Vec<u32> = std::iter::successors(Some(first), next).collect();
            order.sort_by_key(|&number| !self.claims[number as usize].role.is_allowed());
            let mut before = NONE;
            for number in order {
                self.link(key, before, number);
                before = number;
            }
            self.link(key, before, NONE);
        }
    }

    /// What the matcher asks of a name, from what its spellings are.
    fn traits(&self, key: usize) -> KeyTraits {
        let concept = |claim: &Claim<'_>| &self.concepts[claim.concept as usize];
        let first = self.claims(key as u32).next();
        let allowed = first.filter(|claim| claim.role.is_allowed());
        let mut traits = KeyTraits::default();
        // Single characters and the concepts that are known but never matched stay out of the matcher.
        let matched = first.is_none_or(|claim| {
            matches!(claim.role, RoleOf::Variant { .. }) || concept(claim).matching == Matching::Literal
        });
        traits.set(KeyTraits::MATCHED, matched && is_long(self.names.text(key)));
        // Spellings that lead to a finding must be words of their own. A preferred term that is none of them
        // only protects its text, and one in another shape is no accident.
        // 浙江省 runs into every 省人社厅; the rule for organisations looks at what stands before.
        let is_term = |claim: &&Claim<'_>| concept(claim).subject == Subject::Terms;
        let guarded = self.claims(key as u32).filter(is_term).any(|claim| match claim.role {
            RoleOf::Variant { kind, .. } => !kind.is_shape(),
            role @ RoleOf::Designation { .. } => !role.is_allowed() || concept(claim).confusable,
        });
        traits.set(KeyTraits::GUARDED, guarded);
        traits.set(KeyTraits::CLAIMED, first.is_some());
        let is_variant = first.is_some_and(|claim| matches!(claim.role, RoleOf::Variant { .. }));
        traits.set(KeyTraits::VARIANT, is_variant);
        let protects = allowed.is_some_and(|claim| !concept(claim).confusable);
        traits.set(KeyTraits::PROTECTS, protects);
        let defines = allowed.is_some_and(|claim| self.definition(claim.concept as usize).is_some());
        traits.set(KeyTraits::DEFINED, defines);
        traits
    }

    /// The spellings by their key, and where those of each key end.
    fn spellings(&self) -> (Vec<Spelling>, Vec<u32>) {
        let mut spellings = Vec::with_capacity(self.claims.len());
        let mut ends = Vec::with_capacity(self.first.len());
        for key in 0..self.first.len() as u32 {
            spellings.extend(self.claims(key).map(|claim| Spelling {
                concept: ConceptId(claim.concept),
                text: claim.text.to_owned(),
                role: claim.role.owned(),
                dictionary: claim.dictionary as usize,
            }));
            ends.push(spellings.len() as u32);
        }
        (spellings, ends)
    }

    fn into_concepts(self) -> (Vec<TermConcept>, Interned) {
        let concepts = self.concepts.into_iter().map(|concept| {
            let More { entries, former, relations } = concept.more.map(|more| *more).unwrap_or_default();
            let relation = |(target, relation): (u32, &Relation)| TermRelation {
                target: ConceptId(target),
                relation: relation.clone(),
            };
            TermConcept {
                id: concept.id.to_owned(),
                preferred: concept.preferred.to_owned(),
                matching: concept.matching,
                subject: concept.subject,
                former: former.into_iter().map(|(text, until)| (text.to_owned(), until)).collect(),
                entries: std::iter::once(concept.entry).chain(entries).collect(),
                relations: relations.into_iter().map(relation).collect(),
            }
        });
        (concepts.collect(), self.names)
    }
}

impl RoleOf<'_> {
    fn owned(self) -> Role {
        match self {
            Self::Designation { status, since, note } => {
                Role::Designation { status, since, note: note.map(str::to_owned) }
            }
            Self::Variant { kind, fix, unless } => Role::Variant { kind, fix, unless: unless.to_owned() },
        }
    }

    fn is_allowed(self) -> bool {
        matches!(self, Self::Designation { status: Status::Preferred | Status::Admitted, .. })
    }
}

/// Whether a text has several characters.
fn is_long(text: &str) -> bool {
    text.chars().nth(1).is_some()
}
