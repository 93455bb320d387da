//! What a matcher looks for: the keys of the term base, and texts that serve other ends.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::near_miss::Sign;
use crate::stored::{Reader, Writer};
use crate::termbase::interned::Interned;
use crate::termbase::{KeyTraits, TermBase};
use zhengming_text::signs::Signs;

/// Patterns by number: first the keys, with the numbers that they have, then other texts.
#[derive(Debug)]
pub(super) struct Patterns {
    keys: Arc<Interned>,
    others: Interned,
    traits: Vec<KeyTraits>,
    /// What patterns serve besides being keys; few do.
    uses: FxHashMap<u32, Use>,
}

/// What a pattern is looked for besides being a key.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Use {
    /// The near misses that it may be a sign of.
    pub(super) signs: Vec<Sign>,
    /// What a text that holds it is worth reading for.
    pub(super) cue: Signs,
}

impl Patterns {
    /// The keys of `termbase`.
    pub(super) fn new(termbase: &TermBase) -> Self {
        Self {
            keys: Arc::clone(termbase.names()),
            others: Interned::default(),
            traits: termbase.traits().to_vec(),
            uses: FxHashMap::default(),
        }
    }

    /// What `text` is looked for besides being a key.
    pub(super) fn serve(&mut self, text: &str) -> &mut Use {
        let number = self.keys.find(text).unwrap_or_else(|| self.keys.len() as u32 + self.others.enter(text));
        let count = self.traits.len().max(number as usize + 1);
        self.traits.resize(count, KeyTraits::default());
        self.traits[number as usize].set(KeyTraits::SERVES, true);
        self.uses.entry(number).or_default()
    }

    /// Makes `text` a sign of what a text that holds it is worth reading for.
    pub(super) fn cue(&mut self, text: &str, sign: Signs) {
        let uses = self.serve(text);
        uses.cue = uses.cue.or(sign);
    }

    /// Whether a pattern is a key that is looked for as such, and what else it serves.
    pub(super) fn traits(&self, pattern: usize) -> KeyTraits {
        self.traits.get(pattern).copied().unwrap_or_default()
    }

    /// What a pattern serves besides being a key.
    pub(super) fn uses(&self, pattern: usize) -> Option<&Use> {
        self.uses.get(&(pattern as u32))
    }

    /// All signs of near misses.
    pub(super) fn signs(&self) -> impl Iterator<Item = Sign> {
        self.uses.values().flat_map(|uses| uses.signs.iter().copied())
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.traits.len()
    }

    /// The numbers of the patterns that are to be looked for.
    pub(super) fn wanted(&self) -> impl Iterator<Item = usize> {
        let wanted = |traits: KeyTraits| traits.has(KeyTraits::MATCHED) || traits.has(KeyTraits::SERVES);
        (0..self.traits.len()).filter(move |&pattern| wanted(self.traits[pattern]))
    }

    /// The text of a pattern.
    pub(super) fn text(&self, pattern: usize) -> &str {
        match pattern.checked_sub(self.keys.len()) {
            None => self.keys.text(pattern),
            Some(other) => self.others.text(other),
        }
    }

    /// The text of a pattern, as bytes.
    pub(super) fn bytes(&self, pattern: usize) -> &[u8] {
        match pattern.checked_sub(self.keys.len()) {
            None => self.keys.bytes(pattern),
            Some(other) => self.others.bytes(other),
        }
    }

    /// What it adds to the term base, to be stored.
    pub(super) fn store(&self, to: &mut Writer) {
        self.others.store(to);
        let mut uses: Vec<_> = self.uses.iter().collect();
        uses.sort_unstable_by_key(|(number, _)| **number);
        to.value(&uses);
    }

    /// The patterns of `termbase` with what was added and stored.
    pub(super) fn restore(termbase: &TermBase, from: &mut Reader<'_>) -> Option<Self> {
        let others = Interned::restore(from)?;
        let uses: Vec<(u32, Use)> = from.value()?;
        let mut patterns = Self { others, uses: uses.into_iter().collect(), ..Self::new(termbase) };
        patterns.traits.resize(patterns.keys.len() + patterns.others.len(), KeyTraits::default());
        for &number in patterns.uses.keys() {
            patterns.traits.get_mut(number as usize)?.set(KeyTraits::SERVES, true);
        }
        Some(patterns)
    }
}
