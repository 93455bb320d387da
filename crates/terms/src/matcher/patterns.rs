//! What a matcher looks for: the keys of the term base, and texts that serve other ends.

use rustc_hash::FxHashMap;

use crate::near_miss::Sign;
use crate::termbase::{KeyTraits, TermBase};
use crate::words::Words;
use crate::words::interned::Interned;
use zhengming_text::signs::Signs;

/// Patterns by number: first the keys, with the numbers that they have, then other texts.
#[derive(Debug)]
pub(super) struct Patterns {
    texts: Interned,
    served: Served,
}

/// What each pattern is for.
#[derive(Debug)]
pub(super) struct Served {
    traits: Vec<KeyTraits>,
    /// What a text that holds a pattern is worth reading for, up to the last pattern that is a cue.
    cues: Vec<Signs>,
    /// The near misses that patterns may be signs of; few are.
    signs: FxHashMap<u32, Vec<Sign>>,
}

impl Patterns {
    /// The keys of `termbase`.
    pub(super) fn new(termbase: &TermBase) -> Self {
        let traits = termbase.traits().to_vec();
        let served = Served { traits, cues: Vec::new(), signs: FxHashMap::default() };
        Self { texts: termbase.names().clone(), served }
    }

    /// Makes `text` a sign of a near miss.
    pub(super) fn sign(&mut self, text: &str, sign: Sign) {
        let number = self.enter(text, KeyTraits::SERVES);
        self.served.signs.entry(number).or_default().push(sign);
    }

    /// Makes `text` a sign of what a text that holds it is worth reading for.
    pub(super) fn cue(&mut self, text: &str, sign: Signs) {
        let number = self.enter(text, KeyTraits::CUE) as usize;
        let cues = &mut self.served.cues;
        cues.resize(cues.len().max(number + 1), Signs::default());
        cues[number] = cues[number].or(sign);
    }

    fn enter(&mut self, text: &str, trait_of: KeyTraits) -> u32 {
        let number = self.texts.enter(text);
        let traits = &mut self.served.traits;
        traits.resize(self.texts.len(), KeyTraits::default());
        traits[number as usize].set(trait_of, true);
        number
    }

    /// The searcher for all patterns that are looked for, and what each of them is for.
    pub(super) fn compiled(self, commonness: impl Fn(char, char) -> u8) -> (Words, Served) {
        let Self { texts, served } = self;
        let wanted = [KeyTraits::MATCHED, KeyTraits::SERVES, KeyTraits::CUE];
        let is_wanted = |traits: KeyTraits| wanted.iter().any(|&one| traits.has(one));
        let wanted = (0..texts.len()).filter(|&pattern| is_wanted(served.traits[pattern]));
        (Words::some_of(texts.into_texts(), wanted, commonness), served)
    }
}

impl Served {
    /// Whether a pattern is a key that is looked for as such, and what else it serves.
    pub(super) fn traits(&self, pattern: usize) -> KeyTraits {
        self.traits[pattern]
    }

    /// What a text that holds a pattern is worth reading for.
    pub(super) fn cue(&self, pattern: usize) -> Signs {
        self.cues.get(pattern).copied().unwrap_or_default()
    }

    /// The near misses that a pattern may be a sign of.
    pub(super) fn signs(&self, pattern: usize) -> &[Sign] {
        self.signs.get(&(pattern as u32)).map_or(&[], Vec::as_slice)
    }
}
