//! The sieve before the comparison: every word under its rarest pair of characters, the pairs in a bitmap.
//!
//! An automaton walks three states for a Chinese character and reads all of the text that way, though most
//! of it holds no word. Here a character costs one look into a bitmap that stays in the processor's cache;
//! only where a pair of some word stands, the word is compared. Which pair stands for a word is decided by how
//! rare it is in ordinary text, so that little is compared in vain.

use super::FoundWord;
use super::interned::Texts;
use zhengming_text::fold;

/// Multiplier of the hash (the golden ratio in 64 bits).
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
/// Words of the first map, 32 KiB: it is of one size, so that looking into it is a matter of few instructions,
/// and stays in the processor's nearest cache.
const FIRST: usize = 1 << 12;
/// Bits of the second map for each word; the fuller it is, the more is compared in vain.
const BITS_PER_WORD: usize = 32;
/// The smallest second map, as a power of two.
const LEAST_BITS: u32 = 15;
/// The largest second map, as a power of two: 512 KiB.
const MOST_BITS: u32 = 22;

/// Words by their rarest pairs.
#[derive(Debug)]
pub(super) struct Sieve {
    /// One bit for the hash of each pair that stands for a word.
    first: Box<[u64; FIRST]>,
    /// The same with more bits where words are many, for what the first map lets through.
    bits: Vec<u64>,
    bits_shift: u32,
    /// Where the anchors of each slot begin, and at last where they end.
    starts: Vec<u32>,
    slot_shift: u32,
    anchors: Vec<Anchor>,
}

/// A word and where its rarest pair is. Kept small, for there may be hundreds of thousands, and such that hardly
/// a text is looked up that is not the word's: texts lie all over the memory.
#[derive(Debug, Clone, Copy, Default)]
struct Anchor {
    word: u32,
    /// The middle of the pair's hash; with the slot it leaves hardly a pair that is another.
    tag: u16,
    /// Bytes from the beginning of the word to the end of the pair.
    reach: u16,
    length: u16,
    /// Of how the word begins and ends: many words may share a pair.
    outline: u16,
}

/// A pair of characters in a text that stands for some word: where it ends, and its hash.
pub(super) type Sighting = (usize, u64);

impl Sieve {
    /// A sieve of those of `texts` that are `wanted`, each of two characters or more and of 65,535 bytes at most.
    /// `commonness` says how often two characters stand together.
    pub(super) fn new(
        texts: &Texts,
        wanted: impl Iterator<Item = usize>,
        commonness: impl Fn(char, char) -> u8,
    ) -> Self {
        let mut pairs: Vec<(u64, Anchor)> = Vec::with_capacity(wanted.size_hint().0);
        for word in wanted {
            let text = texts.text(word);
            let (pair, reach) = rarest_pair(text, &commonness);
            let Ok(length) = u16::try_from(text.len()) else { continue };
            let (reach, outline) = (reach as u16, outline(text.as_bytes()));
            pairs.push((pair, Anchor { word: word as u32, tag: tag(pair), reach, length, outline }));
        }
        let size = (pairs.len() * BITS_PER_WORD).next_power_of_two().trailing_zeros();
        let size = size.clamp(LEAST_BITS, MOST_BITS);
        let bits_shift = 64 - size;
        let mut first = Box::new([0_u64; FIRST]);
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
        Self { first, bits, bits_shift, starts, slot_shift, anchors }
    }

    /// The numbers of the words that it looks for.
    pub(super) fn numbers(&self) -> impl Iterator<Item = usize> {
        self.anchors.iter().map(|anchor| anchor.word as usize)
    }

    /// Looks at a pair as [`fold::fold_seeing`] shows it, and notes it if it stands for a word.
    #[inline]
    pub(super) fn see(&self, pair: u64, end: usize, seen: &mut Vec<Sighting>) {
        let hash = pair.wrapping_mul(MIX);
        let (word, bit) = first_bit(hash);
        if self.first[word] >> bit & 1 != 0 && self.is_set_again(hash) {
            seen.push((end, hash));
        }
    }

    fn is_set_again(&self, hash: u64) -> bool {
        let bit = hash >> self.bits_shift;
        self.bits[(bit >> 6) as usize] >> (bit & 63) & 1 != 0
    }

    /// Looks at the pairs of a text that is folded already, or not to be folded.
    pub(super) fn look(&self, text: &str, seen: &mut Vec<Sighting>) {
        fold::each_pair(text, |pair, end| self.see(pair, end, seen));
    }

    /// Compares the words of the pairs that were `seen` with the text.
    pub(super) fn compare(&self, texts: &Texts, text: &str, seen: &[Sighting], hits: &mut Vec<FoundWord>) {
        let bytes = text.as_bytes();
        for &(end, hash) in seen {
            let slot = (hash >> self.slot_shift) as usize;
            let tag = tag(hash);
            for anchor in &self.anchors[self.starts[slot] as usize..self.starts[slot + 1] as usize] {
                if anchor.tag != tag {
                    continue;
                }
                let Some(start) = end.checked_sub(anchor.reach as usize) else { continue };
                let word = anchor.word as usize;
                let end = start + anchor.length as usize;
                let found = bytes.get(start..end).filter(|found| outline(found) == anchor.outline);
                if found.is_some_and(|found| found == texts.text(word).as_bytes()) {
                    hits.push(FoundWord { end, start, word });
                }
            }
        }
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

/// Word and bit of a hash in the first map.
#[inline]
fn first_bit(hash: u64) -> (usize, u64) {
    ((hash >> (64 - FIRST.trailing_zeros())) as usize, hash >> (58 - FIRST.trailing_zeros()) & 63)
}

/// The hash of the rarest pair of characters in `word`, and where the pair ends.
fn rarest_pair(word: &str, commonness: &impl Fn(char, char) -> u8) -> (u64, usize) {
    let mut best = (u8::MAX, 0, word.len());
    let mut before = None;
    let mut pair = 0_u64;
    for (at, c) in word.char_indices() {
        pair = pair << 32 | fold::bits_of(c);
        if let Some(before) = before.replace(c) {
            let count = commonness(before, c);
            if best.1 == 0 || count < best.0 {
                best = (count, pair.wrapping_mul(MIX), at + c.len_utf8());
            }
        }
    }
    (best.1, best.2)
}
