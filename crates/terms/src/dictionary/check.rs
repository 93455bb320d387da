//! What must hold within one dictionary. What must hold between several is checked where they are
//! joined, in [`crate::termbase`].

use rustc_hash::{FxHashMap, FxHashSet};

use super::error::{DictionaryError, DictionaryErrorKind};
use super::{Concept, Dictionary, RelationKind, Status};
use zhengming_text::fold;

pub(super) fn check(dictionary: &Dictionary) -> Result<(), DictionaryError> {
    let at = |kind: DictionaryErrorKind, line| Err(kind.at(&dictionary.file, line));
    let mut ids = FxHashSet::default();
    ids.reserve(dictionary.concepts().len());
    let spellings = dictionary.concepts().iter().map(|one| one.designations.len() + one.variants.len());
    let mut owners: FxHashMap<&str, (&Concept, bool)> = FxHashMap::default();
    owners.reserve(spellings.sum());
    for concept in dictionary.concepts() {
        if concept.preferred().trim().is_empty() {
            return at(DictionaryErrorKind::Empty("term"), concept.line);
        }
        let preferred = concept.designations.iter().filter(|name| name.status == Status::Preferred).count();
        if preferred != 1 {
            let kind = DictionaryErrorKind::PreferredCount { id: concept.id.clone(), count: preferred };
            return at(kind, concept.line);
        }
        if !ids.insert(concept.id.as_str()) {
            return at(DictionaryErrorKind::DuplicateId(concept.id.clone()), concept.line);
        }
        for designation in &concept.designations {
            let entry = owners.insert(spelling(&designation.text), (concept, false));
            if let Some((first, _)) = entry
                && first.domain == concept.domain
            {
                return at(two_owners(&designation.text, first, concept), concept.line);
            }
        }
    }
    for concept in dictionary.concepts() {
        for variant in &concept.variants {
            let surface = spelling(&variant.surface);
            if surface.is_empty() {
                return at(DictionaryErrorKind::Empty("surface"), variant.line);
            }
            if surface == spelling(concept.preferred()) {
                return at(DictionaryErrorKind::VariantIsPreferred(variant.surface.clone()), variant.line);
            }
            match owners.insert(surface, (concept, true)) {
                Some((first, true)) => return at(two_owners(&variant.surface, first, concept), variant.line),
                // A variant may be a confusable concept's own term; that is judged with all layers known.
                Some((first, false)) if !confusable(first, concept) => {
                    return at(
                        DictionaryErrorKind::VariantShadowsTerm {
                            surface: variant.surface.clone(),
                            of: concept.preferred().to_owned(),
                            owner: dictionary.cite(first.clause.as_deref()),
                        },
                        variant.line,
                    );
                }
                _ => {}
            }
        }
        for relation in &concept.relations {
            if relation.kind == RelationKind::Confusable
                && relation.note.as_deref().unwrap_or("").trim().is_empty()
            {
                return at(DictionaryErrorKind::MissingNote(relation.target.clone()), relation.line);
            }
        }
    }
    check_cycles(dictionary)
}

/// A spelling as it is told apart from others: quotation marks, width and shape count.
fn spelling(text: &str) -> &str {
    text.trim()
}

fn two_owners(text: &str, first: &Concept, second: &Concept) -> DictionaryErrorKind {
    DictionaryErrorKind::TwoOwners {
        text: text.to_owned(),
        first: first.preferred().to_owned(),
        second: second.preferred().to_owned(),
    }
}

/// Whether either concept names the other as easily confused with it.
pub(crate) fn confusable(a: &Concept, b: &Concept) -> bool {
    let names = |from: &Concept, to: &Concept| {
        from.relations.iter().any(|relation| {
            relation.kind == RelationKind::Confusable
                && fold::key(&relation.target) == fold::key(to.preferred())
        })
    };
    names(a, b) || names(b, a)
}

/// Follows the relations that must not lead back: superseded-by, broader, part-of.
fn check_cycles(dictionary: &Dictionary) -> Result<(), DictionaryError> {
    // Tables of variants have none, and may be long.
    if dictionary.concepts().iter().all(|concept| concept.relations.is_empty()) {
        return Ok(());
    }
    let by_term: FxHashMap<&str, &Concept> =
        dictionary.concepts().iter().map(|concept| (concept.preferred(), concept)).collect();
    for kind in [RelationKind::SupersededBy, RelationKind::Broader, RelationKind::PartOf] {
        // 0: not seen, 1: on the path, 2: done.
        let mut state: FxHashMap<&str, u8> = FxHashMap::default();
        for concept in dictionary.concepts() {
            let mut path: Vec<(&Concept, usize)> = vec![(concept, 0)];
            if state.contains_key(concept.preferred()) {
                continue;
            }
            state.insert(concept.preferred(), 1);
            while let Some((top, next)) = path.last_mut() {
                let concept: &Concept = top;
                let Some(relation) =
                    concept.relations.iter().filter(|relation| relation.kind == kind).nth(*next)
                else {
                    state.insert(concept.preferred(), 2);
                    path.pop();
                    continue;
                };
                *next += 1;
                let Some(&target) = by_term.get(relation.target.as_str()) else { continue };
                match state.get(target.preferred()) {
                    Some(1) => {
                        let names = path.iter().map(|(concept, _)| concept.preferred().to_owned());
                        let mut names: Vec<String> =
                            names.skip_while(|name| name != target.preferred()).collect();
                        names.push(target.preferred().to_owned());
                        return Err(
                            DictionaryErrorKind::RelationCycle(names).at(&dictionary.file, relation.line)
                        );
                    }
                    Some(_) => {}
                    None => {
                        state.insert(target.preferred(), 1);
                        path.push((target, 0));
                    }
                }
            }
        }
    }
    Ok(())
}
