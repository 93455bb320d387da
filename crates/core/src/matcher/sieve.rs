//! The sieve before the comparison: every pattern under its rarest pair of characters, the pairs in a bitmap.
//!
//! An automaton walks three states for a Chinese character and reads all of the text that way, though most
//! of it holds no term. Here a character costs one look into a bitmap that stays in the processor's cache;
//! only where a pair of some pattern stands, the pattern is compared. Which pair stands for a pattern is
//! decided by how rare it is in ordinary text (`Lexicon::commonness`), so that little is compared in vain.
//! A table of 100,000 patterns is made in a tenth of the time that an automaton of them takes. The automaton
//! of the crate `aho-corasick` remains what the sieve is measured by and, in tests, compared with.

use crate::fold::{self, Folded};

/// Multiplier of the hash (the golden ratio in 64 bits).
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
/// Words of the first map, 32 KiB: it is of one size, so that looking into it is a matter of few instructions,
/// and stays in the processor's nearest cache.
const WORDS: usize = 1 << 12;
/// Bits of the second map for each pattern; the fuller it is, the more is compared in vain.
const BITS_PER_PATTERN: usize = 32;
/// The smallest second map, as a power of two.
const LEAST_BITS: u32 = 15;
/// The largest second map, as a power of two: 512 KiB.
const MOST_BITS: u32 = 22;

/// The patterns by their rarest pairs.
#[derive(Debug)]
pub(super) struct Sieve {
    /// One bit for the hash of each pair that stands for a pattern.
    first: Box<[u64; WORDS]>,
    /// The same with more bits where patterns are many, for what the first map lets through.
    bits: Vec<u64>,
    bits_shift: u32,
    /// Where the anchors of each slot begin, and at last where they end.
    starts: Vec<u32>,
    slot_shift: u32,
    anchors: Vec<Anchor>,
    /// The texts of all patterns, one after the other.
    texts: String,
    /// Where each text ends.
    ends: Vec<u32>,
}

/// A pattern and where its rarest pair is.
#[derive(Debug, Clone, Copy)]
struct Anchor {
    /// The hash of the pair. Two pairs never have the same, since multiplying loses nothing.
    pair: u64,
    pattern: u32,
    /// First byte of the pattern in the texts.
    text: u32,
    length: u32,
    /// Bytes from the beginning of the pattern to the end of the pair.
    reach: u32,
    /// Whether the pattern is nothing but the pair.
    is_pair: bool,
}

/// A pattern in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    // In the order of an automaton: by end, the longest first.
    pub(super) end: usize,
    pub(super) start: usize,
    pub(super) pattern: usize,
}

impl Sieve {
    /// A sieve of `patterns`, each of at least two characters and all different. `commonness` says how
    /// often two characters stand together.
    pub(super) fn new<'p>(
        patterns: impl Iterator<Item = &'p str>,
        commonness: impl Fn(char, char) -> u8,
    ) -> Self {
        let mut texts = String::new();
        let mut ends = Vec::new();
        let mut anchors: Vec<Anchor> = Vec::new();
        for pattern in patterns {
            let (pair, reach) = rarest_pair(pattern, &commonness);
            anchors.push(Anchor {
                pair,
                pattern: ends.len() as u32,
                text: texts.len() as u32,
                length: pattern.len() as u32,
                reach: reach as u32,
                is_pair: pattern.chars().nth(2).is_none(),
            });
            texts.push_str(pattern);
            ends.push(texts.len() as u32);
        }
        let wanted = (anchors.len() * BITS_PER_PATTERN).next_power_of_two().trailing_zeros();
        let size = wanted.clamp(LEAST_BITS, MOST_BITS);
        let bits_shift = 64 - size;
        let mut first = Box::new([0_u64; WORDS]);
        let mut bits = vec![0_u64; 1 << (size - 6)];
        for anchor in &anchors {
            let (word, bit) = first_bit(anchor.pair);
            first[word] |= 1 << bit;
            let bit = anchor.pair >> bits_shift;
            bits[(bit >> 6) as usize] |= 1 << (bit & 63);
        }
        let slots = (anchors.len() * 2).next_power_of_two().max(2);
        let slot_shift = 64 - slots.trailing_zeros();
        let (starts, anchors) = by_slot(anchors, slots, slot_shift);
        Self { first, bits, bits_shift, starts, slot_shift, anchors, texts, ends }
    }

    /// The text of each pattern.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.texts[start as usize..end as usize])
    }

    #[inline]
    fn is_set(&self, hash: u64) -> bool {
        let (word, bit) = first_bit(hash);
        self.first[word] >> bit & 1 != 0 && self.is_set_again(hash)
    }

    fn is_set_again(&self, hash: u64) -> bool {
        let bit = hash >> self.bits_shift;
        self.bits[(bit >> 6) as usize] >> (bit & 63) & 1 != 0
    }

    /// Folds `text`, and puts into `ends` where, in the folded text, pairs end that stand for patterns.
    pub(super) fn look<'t>(&self, text: &'t str, ends: &mut Vec<(usize, u64)>) -> Folded<'t> {
        let mut pair = Pair::default();
        fold::fold_seeing(text, |bits, end| {
            let hash = pair.push(bits);
            if self.is_set(hash) {
                ends.push((end, hash));
            }
        })
    }

    /// Compares the patterns of the pairs that end at `ends` with the folded `text`.
    pub(super) fn compare(&self, text: &str, ends: &[(usize, u64)], hits: &mut Vec<Hit>) {
        let bytes = text.as_bytes();
        let patterns = self.texts.as_bytes();
        for &(end, hash) in ends {
            let slot = (hash >> self.slot_shift) as usize;
            for anchor in &self.anchors[self.starts[slot] as usize..self.starts[slot + 1] as usize] {
                if anchor.pair != hash {
                    continue;
                }
                let Some(start) = end.checked_sub(anchor.reach as usize) else { continue };
                let length = anchor.length as usize;
                let text = anchor.text as usize;
                if anchor.is_pair || bytes.get(start..start + length) == Some(&patterns[text..text + length])
                {
                    hits.push(Hit { end: start + length, start, pattern: anchor.pattern as usize });
                }
            }
        }
        hits.sort_unstable();
    }
}

/// The anchors in the order of their slots, and where those of each slot begin.
fn by_slot(anchors: Vec<Anchor>, slots: usize, shift: u32) -> (Vec<u32>, Vec<Anchor>) {
    let slot = |anchor: &Anchor| (anchor.pair >> shift) as usize;
    let mut starts = vec![0_u32; slots + 1];
    for anchor in &anchors {
        starts[slot(anchor) + 1] += 1;
    }
    for slot in 0..slots {
        starts[slot + 1] += starts[slot];
    }
    let mut next = starts.clone();
    let mut ordered = anchors.clone();
    for anchor in anchors {
        let place = &mut next[slot(&anchor)];
        ordered[*place as usize] = anchor;
        *place += 1;
    }
    (starts, ordered)
}

/// Word and bit of a hash in the first map.
#[inline]
fn first_bit(hash: u64) -> (usize, u64) {
    ((hash >> (64 - WORDS.trailing_zeros())) as usize, hash >> (58 - WORDS.trailing_zeros()) & 63)
}

/// The bytes of the last character, to be hashed together with those of the next.
#[derive(Debug, Default)]
struct Pair {
    last: u64,
}

impl Pair {
    /// Takes the bytes of the next character, at most four, and gives the hash of the two.
    #[inline]
    fn push(&mut self, bytes: u64) -> u64 {
        let both = self.last << 32 | bytes;
        self.last = bytes;
        both.wrapping_mul(MIX)
    }

    fn push_char(&mut self, c: char) -> u64 {
        self.push(fold::bits_of(c))
    }
}

/// The hash of the rarest pair of characters in `pattern`, and where the pair ends.
fn rarest_pair(pattern: &str, commonness: &impl Fn(char, char) -> u8) -> (u64, usize) {
    let mut best = (u8::MAX, 0, pattern.len());
    let mut before = None;
    let mut pair = Pair::default();
    for (at, c) in pattern.char_indices() {
        let hash = pair.push_char(c);
        if let Some(before) = before.replace(c) {
            let count = commonness(before, c);
            if best.1 == 0 || count < best.0 {
                best = (count, hash, at + c.len_utf8());
            }
        }
    }
    (best.1, best.2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aho_corasick::AhoCorasick;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// The ends of the pairs in a text that is folded already.
    fn pairs(sieve: &Sieve, text: &str) -> Vec<(usize, u64)> {
        let mut pair = Pair::default();
        let all = text.char_indices().map(|(at, c)| (at + c.len_utf8(), pair.push_char(c)));
        all.filter(|&(_, hash)| sieve.is_set(hash)).collect()
    }

    fn found(sieve: &Sieve, text: &str) -> Vec<(usize, usize, usize)> {
        let (ends, mut hits) = (pairs(sieve, text), Vec::new());
        sieve.compare(text, &ends, &mut hits);
        hits.into_iter().map(|hit| (hit.pattern, hit.start, hit.end)).collect()
    }

    proptest! {
        /// The same hits in the same order as the automaton, whatever the pairs.
        #[test]
        fn the_sieve_finds_what_the_automaton_finds(
            patterns in prop::collection::btree_set("[数据高铁a1é𠮷 ]{2,6}", 1..40),
            text in "[数据高铁a1é𠮷 ]{0,60}",
            seed in 0_u32..1000,
        ) {
            let patterns: BTreeSet<String> = patterns;
            let commonness = |a: char, b: char| (a as u32 * 7 + b as u32 * seed) as u8;
            let sieve = Sieve::new(patterns.iter().map(String::as_str), commonness);
            let automaton = AhoCorasick::new(&patterns).unwrap();
            let expected: Vec<_> = automaton
                .find_overlapping_iter(&text)
                .map(|hit| (hit.pattern().as_usize(), hit.start(), hit.end()))
                .collect();
            prop_assert_eq!(found(&sieve, &text), expected);
        }

        /// Looking while folding sees what looking at the folded text sees.
        #[test]
        fn folding_shows_every_pair(
            patterns in prop::collection::btree_set("[数据高a1 ]{2,4}", 1..12),
            text in "[数數据“” \nＡa1\u{200b}\u{3000}é高。]{0,40}",
        ) {
            let patterns: BTreeSet<String> = patterns.into_iter().map(|it: String| fold::key(&it)).collect();
            let patterns = patterns.iter().map(String::as_str).filter(|it| it.chars().count() > 1);
            let sieve = Sieve::new(patterns, |_, _| 0);
            let mut ends = Vec::new();
            let folded = sieve.look(&text, &mut ends);
            prop_assert_eq!(ends, pairs(&sieve, folded.text()));
        }
    }
}
