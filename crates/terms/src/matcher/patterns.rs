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
    /// What patterns serve besides being keys; few do.
    uses: FxHashMap<u32, Use>,
}

/// What a pattern is looked for besides being a key.
#[derive(Debug, Default)]
pub(super) struct Use {
    /// The near misses that it may be a sign of.
    pub(super) signs: Vec<Sign>,
    /// What a text that holds it is worth reading for.
    pub(super) cue: Signs,
}

impl Patterns {
    /// The keys of `termbase`.
    pub(super) fn new(termbase: &TermBase) -> Self {
        let served = Served { traits: termbase.traits().to_vec(), uses: FxHashMap::default() };
        Self { texts: termbase.names().clone(), served }
    }

    /// What `text` is looked for besides being a key.
    pub(super) fn serve(&mut self, text: &str) -> &mut Use {
        let number = self.texts.enter(text);
        let Served { traits, uses } = &mut self.served;
        traits.resize(self.texts.len(), KeyTraits::default());
        traits[number as usize].set(KeyTraits::SERVES, true);
        uses.entry(number).or_default()
    }

    /// Makes `text` a sign of what a text that holds it is worth reading for.
    pub(super) fn cue(&mut self, text: &str, sign: Signs) {
        let uses = self.serve(text);
        uses.cue = uses.cue.or(sign);
    }

    /// The searcher for all patterns that are looked for, and what each of them is for.
    pub(super) fn compiled(self, commonness: impl Fn(char, char) -> u8) -> (Words, Served) {
        let Self { texts, served } = self;
        let is_wanted = |traits: KeyTraits| traits.has(KeyTraits::MATCHED) || traits.has(KeyTraits::SERVES);
        let wanted = (0..texts.len()).filter(|&pattern| is_wanted(served.traits[pattern]));
        (Words::some_of(texts.into_texts(), wanted, commonness), served)
    }
}

impl Served {
    /// Whether a pattern is a key that is looked for as such, and what else it serves.
    pub(super) fn traits(&self, pattern: usize) -> KeyTraits {
        self.traits[pattern]
    }

    /// What a pattern serves besides being a key.
    pub(super) fn uses(&self, pattern: usize) -> Option<&Use> {
        self.uses.get(&(pattern as u32))
    }
}
