//! The sieve before the comparison: every pattern under its rarest pair of characters, the pairs in a bitmap.
//!
//! An automaton walks three states for a Chinese character and reads all of the text that way, though most
//! of it holds no term. Here a character costs one look into a bitmap that stays in the processor's cache;
//! only where a pair of some pattern stands, the pattern is compared. Which pair stands for a pattern is
//! decided by how rare it is in ordinary text (`Lexicon::commonness`), so that little is compared in vain.
//! A table of 100,000 patterns is made in a tenth of the time that an automaton of them takes. The automaton
//! of the crate `aho-corasick` remains what the sieve is measured by and, in tests, compared with.

use super::patterns::Patterns;
use crate::stored::array::{Array, Fixed};
use crate::stored::{Reader, Writer};
use zhengming_text::fold::{self, Folded, Spare};

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
    starts: Array<u32>,
    slot_shift: u32,
    anchors: Array<Anchor>,
}

/// A pattern and where its rarest pair is. Kept small, for there may be hundreds of thousands, and such that
/// hardly a text is looked up that is not the pattern's: texts lie all over the memory, if they are in it.
#[derive(Debug, Clone, Copy, Default)]
struct Anchor {
    pattern: u32,
    /// The middle of the pair's hash; with the slot it leaves hardly a pair that is another.
    tag: u16,
    /// Bytes from the beginning of the pattern to the end of the pair.
    reach: u16,
    length: u16,
    /// Of how the pattern begins and ends: many patterns may share a pair.
    outline: u16,
}

impl Fixed for Anchor {
    const SIZE: usize = 12;

    fn of_bytes(bytes: &[u8]) -> Self {
        let half = |at: usize| bytes.get(at..at + 2).map_or(0, |two| u16::from_le_bytes([two[0], two[1]]));
        let pattern = u32::from(half(0)) | u32::from(half(2)) << 16;
        Self { pattern, tag: half(4), reach: half(6), length: half(8), outline: half(10) }
    }

    fn put(self, to: &mut Vec<u8>) {
        self.pattern.put(to);
        for half in [self.tag, self.reach, self.length, self.outline] {
            to.extend(half.to_le_bytes());
        }
    }
}

/// The part of a pair's hash that is kept with its anchors.
fn tag(hash: u64) -> u16 {
    (hash >> 28) as u16
}

/// A hash of the first eight and the last eight bytes.
fn outline(text: &[u8]) -> u16 {
    let (first, last) = match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) => (*first, *last),
        _ => {
            let mut short = [0; 8];
            short[..text.len()].copy_from_slice(text);
            (short, short)
        }
    };
    let both = u64::from_le_bytes(first).wrapping_mul(MIX) ^ u64::from_le_bytes(last);
    (both.wrapping_mul(MIX) >> 48) as u16
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
    /// A sieve of `patterns`, each of at least two characters. `commonness` says how often two characters stand
    /// together. A pattern of more than 65,535 bytes is never found.
    pub(super) fn new(patterns: &Patterns, commonness: impl Fn(char, char) -> u8) -> Self {
        let mut pairs: Vec<(u64, Anchor)> = Vec::with_capacity(patterns.count());
        for pattern in patterns.wanted() {
            let text = patterns.text(pattern);
            let (pair, reach) = rarest_pair(text, &commonness);
            let Ok(length) = u16::try_from(text.len()) else { continue };
            let (reach, outline) = (reach as u16, outline(text.as_bytes()));
            pairs.push((pair, Anchor { pattern: pattern as u32, tag: tag(pair), reach, length, outline }));
        }
        let wanted = (pairs.len() * BITS_PER_PATTERN).next_power_of_two().trailing_zeros();
        let size = wanted.clamp(LEAST_BITS, MOST_BITS);
        let bits_shift = 64 - size;
        let mut first = Box::new([0_u64; WORDS]);
        let mut bits = vec![0_u64; 1 << (size - 6)];
        for &(pair, _) in &pairs {
            let (word, bit) = first_bit(pair);
            first[word] |= 1 << bit;
            let bit = pair >> bits_shift;
            bits[(bit >> 6) as usize] |= 1 << (bit & 63);
        }
        let slots = pairs.len().next_power_of_two().max(2);
        let slot_shift = 64 - slots.trailing_zeros();
        let (starts, anchors) = by_slot(&pairs, slots, slot_shift);
        let (starts, anchors) = (Array::Held(starts), Array::Held(anchors));
        Self { first, bits, bits_shift, starts, slot_shift, anchors }
    }

    /// The numbers of the patterns that it looks for.
    pub(super) fn numbers(&self) -> impl Iterator<Item = usize> {
        (0..self.anchors.len()).map(|number| self.anchors.get(number).pattern as usize)
    }

    /// Its parts, to be stored.
    pub(super) fn store(&self, to: &mut Writer) {
        for map in [&self.first[..], &self.bits] {
            Array::Held(map.to_vec()).store(to);
        }
        self.starts.store(to);
        self.anchors.store(to);
    }

    /// A sieve that was stored. Its maps are in memory, the rest is read when it is asked for.
    pub(super) fn restore(from: &mut Reader<'_>) -> Option<Self> {
        let (first, bits): (Vec<u64>, Vec<u64>) = (from.array()?, from.array()?);
        let (starts, anchors): (Array<u32>, Array<Anchor>) = (Array::restore(from)?, Array::restore(from)?);
        let slots = starts.len().checked_sub(1).filter(|&slots| slots > 1 && slots.is_power_of_two())?;
        let size = bits.len().checked_mul(64).filter(|&size| size > 1 && size.is_power_of_two())?;
        let (bits_shift, slot_shift) = (64 - size.trailing_zeros(), 64 - slots.trailing_zeros());
        Some(Self { first: first.try_into().ok()?, bits, bits_shift, starts, slot_shift, anchors })
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
    pub(super) fn look<'t>(&self, text: &'t str, spare: Spare, ends: &mut Vec<(usize, u64)>) -> Folded<'t> {
        fold::fold_seeing(text, spare, |pair, end| {
            let hash = pair.wrapping_mul(MIX);
            if self.is_set(hash) {
                ends.push((end, hash));
            }
        })
    }

    /// Compares the patterns of the pairs that end at `ends` with the folded `text`.
    pub(super) fn compare(
        &self,
        patterns: &Patterns,
        text: &str,
        ends: &[(usize, u64)],
        hits: &mut Vec<Hit>,
    ) {
        let bytes = text.as_bytes();
        let last = self.anchors.len() as u32;
        for &(end, hash) in ends {
            let slot = (hash >> self.slot_shift) as usize;
            let tag = tag(hash);
            for number in self.starts.get(slot)..self.starts.get(slot + 1).min(last) {
                let anchor = self.anchors.get(number as usize);
                if anchor.tag != tag {
                    continue;
                }
                let Some(start) = end.checked_sub(anchor.reach as usize) else { continue };
                let pattern = anchor.pattern as usize;
                let end = start + anchor.length as usize;
                let found = bytes.get(start..end).filter(|found| outline(found) == anchor.outline);
                // What comes from a file may be half a character, or none.
                let is_text = || start < end && text.is_char_boundary(start) && text.is_char_boundary(end);
                if found.is_some_and(|found| found == patterns.bytes(pattern)) && is_text() {
                    hits.push(Hit { end, start, pattern });
                }
            }
        }
        hits.sort_unstable();
    }
}

/// The anchors in the order of their slots, and where those of each slot begin.
fn by_slot(pairs: &[(u64, Anchor)], slots: usize, shift: u32) -> (Vec<u32>, Vec<Anchor>) {
    let slot = |pair: u64| (pair >> shift) as usize;
    let mut starts = vec![0_u32; slots + 1];
    for &(pair, _) in pairs {
        starts[slot(pair)] += 1;
    }
    // Where each slot ends; filling it from behind moves that to where it begins.
    let mut end = 0;
    for start in &mut starts {
        end += *start;
        *start = end;
    }
    let mut ordered = vec![Anchor::default(); pairs.len()];
    for &(pair, anchor) in pairs.iter().rev() {
        let place = &mut starts[slot(pair)];
        *place -= 1;
        ordered[*place as usize] = anchor;
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

    use crate::termbase::TermBase;

    /// The ends of the pairs in a text that is folded already.
    fn pairs(sieve: &Sieve, text: &str) -> Vec<(usize, u64)> {
        let mut pair = Pair::default();
        let all = text.char_indices().map(|(at, c)| (at + c.len_utf8(), pair.push_char(c)));
        all.filter(|&(_, hash)| sieve.is_set(hash)).collect()
    }

    fn found(sieve: &Sieve, patterns: &Patterns, text: &str) -> Vec<(usize, usize, usize)> {
        let (ends, mut hits) = (pairs(sieve, text), Vec::new());
        sieve.compare(patterns, text, &ends, &mut hits);
        hits.into_iter().map(|hit| (hit.pattern, hit.start, hit.end)).collect()
    }

    /// Patterns that are no keys, numbered in their order.
    fn patterns<'p>(texts: impl Iterator<Item = &'p str>) -> Patterns {
        let mut patterns = Patterns::new(&TermBase::new(Vec::new()).unwrap());
        for text in texts {
            patterns.serve(text);
        }
        patterns
    }

    proptest! {
        /// The same hits in the same order as the automaton, whatever the pairs.
        #[test]
        fn the_sieve_finds_what_the_automaton_finds(
            texts in prop::collection::btree_set("[数据高铁a1é𠮷 ]{2,6}", 1..40),
            text in "[数据高铁a1é𠮷 ]{0,60}",
            seed in 0_u32..1000,
        ) {
            let texts: BTreeSet<String> = texts;
            let commonness = |a: char, b: char| (a as u32 * 7 + b as u32 * seed) as u8;
            let patterns = patterns(texts.iter().map(String::as_str));
            let sieve = Sieve::new(&patterns, commonness);
            let automaton = AhoCorasick::new(&texts).unwrap();
            let expected: Vec<_> = automaton
                .find_overlapping_iter(&text)
                .map(|hit| (hit.pattern().as_usize(), hit.start(), hit.end()))
                .collect();
            prop_assert_eq!(found(&sieve, &patterns, &text), expected);
        }

        /// Looking while folding sees what looking at the folded text sees.
        #[test]
        fn folding_shows_every_pair(
            texts in prop::collection::btree_set("[数据高a1 ]{2,4}", 1..12),
            text in "[数數据“” \nＡa1\u{200b}\u{3000}é高。\u{ffff}]{0,40}",
        ) {
            let texts: BTreeSet<String> = texts.into_iter().map(|it: String| fold::key(&it)).collect();
            let texts = texts.iter().map(String::as_str).filter(|it| it.chars().count() > 1);
            let sieve = Sieve::new(&patterns(texts), |_, _| 0);
            let mut ends = Vec::new();
            let folded = sieve.look(&text, Spare::default(), &mut ends);
            prop_assert_eq!(ends, pairs(&sieve, folded.text()));
        }
    }
}
