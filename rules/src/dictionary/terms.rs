//! Finds the terms of a set of dictionaries in definitions.

use std::collections::HashMap;
use std::sync::Arc;

use zhengming_terms::dictionary::{Dictionary, Matching, Status};
use zhengming_terms::lexicon::Lexicon;
use zhengming_text::fold;

use super::entry::Entry;

/// The terms of a set of dictionaries, by first character.
///
/// Unlike the matcher of documents it takes dictionaries that are not valid together.
#[derive(Debug)]
pub(super) struct TermFinder {
    /// Keys by first character, the longest first.
    by_first: HashMap<char, Vec<Key>>,
    lexicon: Arc<Lexicon>,
}

#[derive(Debug)]
struct Key {
    text: String,
    /// The concept; nothing for an ordinary word that merely contains a term.
    identity: Option<usize>,
    /// An ordinary word, listed so that it is not looked for in documents.
    ordinary: bool,
}

/// A term found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// The concept.
    pub(super) identity: usize,
    /// Whether it is listed as an ordinary word such as 应用 and 平台.
    pub(super) ordinary: bool,
    /// Where it begins in the folded text.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
}

impl TermFinder {
    pub(super) fn new(
        dictionaries: &[Arc<Dictionary>],
        entries: &[Entry<'_>],
        lexicon: Arc<Lexicon>,
    ) -> Self {
        let mut keys: HashMap<String, Key> = HashMap::new();
        for compound in dictionaries.iter().flat_map(|dictionary| &dictionary.header().stop_compounds) {
            let text = fold::key(compound);
            keys.insert(text.clone(), Key { text, identity: None, ordinary: false });
        }
        for entry in entries {
            for name in &entry.concept.designations {
                let allowed = matches!(name.status, Status::Preferred | Status::Admitted);
                let text = fold::key(&name.text);
                // Affixes and single characters are inside too many words to mean themselves.
                let found =
                    allowed && entry.concept.matching != Matching::Pattern && text.chars().nth(1).is_some();
                if found && keys.get(&text).is_none_or(|key| key.identity.is_none()) {
                    let ordinary = entry.concept.matching == Matching::Off;
                    keys.insert(text.clone(), Key { text, identity: Some(entry.identity), ordinary });
                }
            }
        }
        let mut by_first: HashMap<char, Vec<Key>> = HashMap::new();
        for key in keys.into_values() {
            let first = key.text.chars().next().expect("compounds and terms are not empty");
            by_first.entry(first).or_default().push(key);
        }
        for keys in by_first.values_mut() {
            keys.sort_by(|a, b| (b.text.len(), &a.text).cmp(&(a.text.len(), &b.text)));
        }
        Self { by_first, lexicon }
    }

    /// The terms in `text`, which is folded, from the left, at each place the longest.
    pub(super) fn find(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let keys = self.by_first.get(&c).map_or(&[][..], Vec::as_slice);
            let hit = keys.iter().find(|key| {
                text[at..].starts_with(&*key.text) && self.lexicon.stands_alone(text, at, at + key.text.len())
            });
            let Some(key) = hit else {
                at += c.len_utf8();
                continue;
            };
            let end = at + key.text.len();
            if let Some(identity) = key.identity {
                found.push(Found { identity, ordinary: key.ordinary, start: at, end });
            }
            at = end;
        }
        found
    }

    /// Whether `text`, folded, is itself a known term or ordinary word.
    pub(super) fn knows(&self, text: &str) -> bool {
        let first = text.chars().next().and_then(|c| self.by_first.get(&c));
        first.is_some_and(|keys| keys.iter().any(|key| *key.text == *text))
    }
}
