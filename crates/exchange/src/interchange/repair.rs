//! Defects that other tools allow and a dictionary does not: what can be settled is, with a notice.

use std::collections::{HashMap, HashSet};

use zhengming_terms::dictionary::{Concept, RelationKind, Status};
use zhengming_text::fold;

use super::error::{Notices, Place};

/// Makes the concepts such that each has one id of its own and one preferred designation, and no spelling
/// belongs to two. `place` says where an entry stands, given its line.
pub(super) fn repair(concepts: &mut Vec<Concept>, notices: &mut Notices, place: impl Fn(usize) -> Place) {
    concepts.retain(|concept| {
        let named = concept.designations.iter().any(|designation| !designation.text.trim().is_empty());
        if !named {
            notices.add(place(concept.line), "条目没有术语，未采用", "an entry without a term is left out");
        }
        named
    });
    for concept in concepts.iter_mut() {
        one_preferred(concept, notices, &place);
    }
    separate_terms(concepts, notices, &place);
    separate_variants(concepts, notices, &place);
    separate_ids(concepts, notices, &place);
}

fn one_preferred(concept: &mut Concept, notices: &mut Notices, place: &impl Fn(usize) -> Place) {
    concept.designations.retain(|designation| !designation.text.trim().is_empty());
    let mut found = false;
    for designation in &mut concept.designations {
        if designation.status != Status::Preferred {
            continue;
        }
        if found {
            designation.status = Status::Admitted;
            let text = &designation.text;
            notices.add(
                place(concept.line),
                format!("同一条目有多个优先术语，“{text}”改作许用术语"),
                format!("the entry has several preferred terms; `{text}` is taken as admitted"),
            );
        }
        found = true;
    }
    if found {
        return;
    }
    if let Some(first) = concept.designations.first_mut() {
        first.status = Status::Preferred;
        let text = &first.text;
        notices.add(
            place(concept.line),
            format!("条目没有优先术语，取第一个术语“{text}”"),
            format!("the entry has no preferred term; its first, `{text}`, is taken"),
        );
    }
}

fn separate_terms(concepts: &mut Vec<Concept>, notices: &mut Notices, place: &impl Fn(usize) -> Place) {
    // As when a dictionary is made: a spelling may recur in another domain.
    let mut owners: HashMap<String, (Option<String>, String)> = HashMap::new();
    concepts.retain_mut(|concept| {
        let (line, domain) = (concept.line, concept.domain.clone());
        let preferred = concept.preferred().trim().to_owned();
        let owner =
            |text: &str| owners.get(text).filter(|(first, _)| *first == domain).map(|(_, owner)| owner);
        if let Some(owner) = owner(&preferred) {
            notices.add(
                place(line),
                format!("“{preferred}”重复：已见于条目“{owner}”，后一条未采用"),
                format!(
                    "`{preferred}` is a term of the entry `{owner}` already; the later entry is left out"
                ),
            );
            return false;
        }
        let mut own = HashSet::from([preferred.clone()]);
        concept.designations.retain(|designation| {
            let text = designation.text.trim();
            let keep = designation.status == Status::Preferred
                || (owner(text).is_none() && own.insert(text.to_owned()));
            if !keep {
                notices.add(
                    place(line),
                    format!("“{preferred}”的“{text}”重复，未采用"),
                    format!("`{text}` of `{preferred}` occurs before and is left out"),
                );
            }
            keep
        });
        for text in own {
            owners.insert(text, (domain.clone(), preferred.clone()));
        }
        true
    });
}

fn separate_variants(concepts: &mut [Concept], notices: &mut Notices, place: &impl Fn(usize) -> Place) {
    let mut owners: HashMap<String, usize> = HashMap::new();
    for (index, concept) in concepts.iter().enumerate() {
        for designation in &concept.designations {
            owners.insert(designation.text.trim().to_owned(), index);
        }
    }
    let mut seen: HashSet<String> = HashSet::new();
    for index in 0..concepts.len() {
        let mut variants = std::mem::take(&mut concepts[index].variants);
        let concept = &concepts[index];
        variants.retain(|variant| {
            let surface = variant.surface.trim();
            let shadows = match owners.get(surface) {
                _ if surface.is_empty() || surface == concept.preferred().trim() => true,
                Some(&owner) => !confusable(&concepts[owner], concept),
                None => false,
            };
            let keep = !shadows && seen.insert(surface.to_owned());
            if !keep {
                notices.add(
                    place(variant.line.max(concept.line)),
                    format!("变体“{surface}”已是术语或另一变体，未采用"),
                    format!("the variant `{surface}` is a term or listed before, and is left out"),
                );
            }
            keep
        });
        concepts[index].variants = variants;
    }
}

/// Whether either concept names the other as easily confused with it.
fn confusable(a: &Concept, b: &Concept) -> bool {
    let names = |from: &Concept, to: &Concept| {
        from.relations.iter().any(|relation| {
            relation.kind == RelationKind::Confusable
                && fold::key(&relation.target) == fold::key(to.preferred())
        })
    };
    names(a, b) || names(b, a)
}

fn separate_ids(concepts: &mut [Concept], notices: &mut Notices, place: &impl Fn(usize) -> Place) {
    let mut ids: HashMap<String, usize> = HashMap::new();
    for concept in concepts.iter_mut() {
        if concept.id.trim().is_empty() {
            concept.id = concept.preferred().to_owned();
        }
        let Some(count) = ids.get_mut(&concept.id) else {
            ids.insert(concept.id.clone(), 1);
            continue;
        };
        let mut number = *count;
        let id = loop {
            number += 1;
            let id = format!("{}-{number}", concept.id);
            if !ids.contains_key(&id) {
                break id;
            }
        };
        notices.add(
            place(concept.line),
            format!("概念 id “{}”重复，改为“{id}”", concept.id),
            format!("concept id `{}` is used before and becomes `{id}`", concept.id),
        );
        ids.insert(std::mem::replace(&mut concept.id, id.clone()), number);
        ids.insert(id, 1);
    }
}
