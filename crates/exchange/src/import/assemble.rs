//! Entries to a dictionary: ids, doubled entries and shared designations, and the order of the notices.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use zhengming_terms::dictionary::{Concept, Designation, Dictionary, Status};

use super::designation::Term;
use super::entry::Entry;
use super::{Import, ImportError, ImportOptions, Layout, Notice, Reading, header, json, notice};

pub(super) fn assemble(
    name: &str,
    text: &str,
    layout: Layout,
    reading: Reading,
    options: &ImportOptions,
) -> Result<Import, ImportError> {
    let Reading { entries, mut header, mut notices, .. } = reading;
    if let Some(title) = &options.title {
        header.title.clone_from(title);
    }
    if let Some(id) = &options.id {
        header.id.clone_from(id);
    }
    if header.id.is_empty() {
        header.id = header::slug(&header.title);
    }
    let entries = distinct(entries, &mut notices);
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut spans = Vec::with_capacity(entries.len());
    let mut concepts = Vec::with_capacity(entries.len());
    for entry in entries {
        spans.push(entry.span);
        concepts.push(concept(entry, &mut ids));
    }
    notices.sort_by_key(|notice| notice.line);
    notices.dedup();
    let places = json::extents(text, &spans);
    let dictionary = Dictionary::new(name, header, concepts).map_err(ImportError::Invalid)?;
    Ok(Import { dictionary, spans, notices, layout, places })
}

/// Leaves out entries that repeat others, and tells apart those that only share the term.
fn distinct(entries: Vec<Entry>, notices: &mut Vec<Notice>) -> Vec<Entry> {
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    // Every spelling, with the entries that have it.
    let mut owners: HashMap<String, Vec<usize>> = HashMap::new();
    for mut entry in entries {
        let key = entry.term().trim().to_owned();
        if key.is_empty() {
            continue;
        }
        if let Some(first) = owners.get(&key).and_then(|owners| owners.first()).map(|&at| &kept[at])
            && first.term() == key
        {
            let is_same = first.definition == entry.definition || entry.definition.is_none();
            let is_told_apart = entry.domain.is_some() && entry.domain != first.domain;
            if is_same && !is_told_apart {
                notices.push(notice::doubled_entry(entry.line, &key, first.line, false));
                continue;
            }
            if !is_told_apart {
                notices.push(notice::doubled_entry(entry.line, &key, first.line, true));
                entry.domain = entry.group.clone().or(entry.clause.clone());
            }
        }
        let mut number = 1;
        while owners.get(&key).is_some_and(|owners| owners.iter().any(|&at| kept[at].domain == entry.domain))
        {
            // The last resort: the place in the document.
            number += 1;
            let place = entry.clause.clone().unwrap_or_else(|| format!("{}", entry.line));
            entry.domain = Some(if number == 2 { place } else { format!("{place}-{number}") });
        }
        owners.entry(key).or_default().push(kept.len());
        kept.push(entry);
    }
    // Other names give way to preferred terms, wherever those stand.
    for at in 0..kept.len() {
        let mut terms: Vec<Term> = Vec::new();
        for term in std::mem::take(&mut kept[at].terms) {
            let text = term.text.trim().to_owned();
            let is_own = terms.iter().any(|other| other.text == text);
            if text.is_empty() || is_own {
                continue;
            }
            if !terms.is_empty() {
                let domain = &kept[at].domain;
                let others = owners
                    .get(&text)
                    .into_iter()
                    .flatten()
                    .filter(|&&owner| owner != at && kept[owner].domain == *domain);
                if let Some(&owner) = others.into_iter().next() {
                    let name = kept[owner].terms.first().map_or(text.as_str(), |term| term.text.as_str());
                    notices.push(notice::shared_designation(kept[at].line, &text, name));
                    continue;
                }
                owners.entry(text.clone()).or_default().push(at);
            }
            terms.push(Term { text, ..term });
        }
        kept[at].terms = terms;
    }
    kept
}

fn concept(entry: Entry, ids: &mut HashMap<String, usize>) -> Concept {
    let term = entry.term().to_owned();
    let heading = entry.heading.filter(|heading| *heading != term);
    Concept {
        id: unique(&term, ids),
        designations: entry.terms.into_iter().enumerate().map(|(at, term)| designation(at, term)).collect(),
        clause: entry.clause,
        heading,
        domain: entry.domain,
        responsible: entry.responsible,
        english: entry.english,
        definition: entry.definition,
        notes: entry.notes,
        examples: entry.examples,
        source: entry.source,
        matching: entry.matching,
        variants: Vec::new(),
        relations: Vec::new(),
        line: entry.line,
    }
}

fn designation(at: usize, term: Term) -> Designation {
    let status = match (at, term.status) {
        (0, _) => Status::Preferred,
        (_, Status::Preferred) => Status::Admitted,
        (_, status) => status,
    };
    Designation { text: term.text, status, usage: term.usage, since: None, note: None }
}

/// The term as an id, with a number if it is taken.
fn unique(term: &str, ids: &mut HashMap<String, usize>) -> String {
    let mut id = term.to_owned();
    loop {
        match ids.entry(id) {
            Slot::Vacant(slot) => {
                let id = slot.key().clone();
                slot.insert(1);
                return id;
            }
            Slot::Occupied(mut slot) => {
                *slot.get_mut() += 1;
                id = format!("{}-{}", slot.key(), slot.get());
            }
        }
    }
}
