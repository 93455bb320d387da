//! Names of one document, looked for in one text of it after the other.
//!
//! A document has few names of its own, and most of its text none of them: an automaton takes longer to make than
//! these searches take. Only for very many names it is the better one.

use std::cmp::Reverse;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

/// Most names that are looked for one by one.
const FEW: usize = 8;
/// Most names that are looked for without an automaton: all of them may begin alike.
const MANY: usize = 128;

/// Most bytes of how a name begins that are compared at once: two Chinese characters.
const BEGINNING: usize = 6;

/// Names to look for, as they stand in the texts.
#[derive(Debug)]
pub struct Names(Search);

#[derive(Debug)]
enum Search {
    Few(Vec<Finder<'static>>),
    Many(Box<Many>),
    All(Box<AhoCorasick>),
}

/// A name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// Its number among the names.
    pub name: usize,
    /// The byte at which it begins.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
}

impl Names {
    /// The names, none of them empty.
    pub fn new<N: AsRef<str>>(names: &[N]) -> Self {
        Self(Search::new(names))
    }

    /// What is found in `text` from left to right without overlap, the longest at each place; of equal names
    /// the first.
    pub fn find(&self, text: &str) -> Vec<Named> {
        let mut all: Vec<Named> = Vec::new();
        self.0.every_place(text, |one| all.push(one));
        all.sort_unstable_by_key(|one| (one.start, Reverse(one.end), one.name));
        let mut free = 0;
        all.retain(|one| {
            let kept = one.start >= free;
            free = if kept { one.end } else { free };
            kept
        });
        all
    }

    /// Adds to `counts` how often each name stands in `text`, one inside the other, too.
    pub fn count(&self, text: &str, counts: &mut [usize]) {
        self.0.every_place(text, |one| counts[one.name] += 1);
    }
}

impl Search {
    fn new<N: AsRef<str>>(names: &[N]) -> Self {
        if names.len() <= FEW {
            return Self::Few(names.iter().map(|name| Finder::new(name.as_ref()).into_owned()).collect());
        }
        let texts = names.iter().map(|name| name.as_ref().as_bytes());
        // Nothing where the names are too many for an automaton.
        if names.len() > MANY
            && let Ok(automaton) =
                AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(texts)
        {
            return Self::All(Box::new(automaton));
        }
        Self::Many(Box::new(Many::new(names)))
    }

    /// Calls `found` with every place of every name in `text`, in no certain order.
    fn every_place(&self, text: &str, mut found: impl FnMut(Named)) {
        let finders = match self {
            Self::Few(finders) => finders,
            Self::Many(many) => return many.every_place(text, found),
            Self::All(automaton) => {
                let hits = automaton.find_overlapping_iter(text);
                return hits.for_each(|hit| {
                    found(Named { name: hit.pattern().as_usize(), start: hit.start(), end: hit.end() });
                });
            }
        };
        for (name, finder) in finders.iter().enumerate() {
            let mut from = 0;
            while let Some(at) = text.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
                let start = from + at;
                found(Named { name, start, end: start + finder.needle().len() });
                from = start + 1;
            }
        }
    }
}

/// Names by how they begin: one look into a small map at each character of a text, and nearly always no more.
#[derive(Debug)]
struct Many {
    names: Vec<String>,
    /// Bytes that every name has and that it is found by.
    length: usize,
    /// One bit for the hash of each beginning.
    map: [u64; 64],
    by_beginning: FxHashMap<u64, Vec<usize>>,
}

impl Many {
    fn new<N: AsRef<str>>(names: &[N]) -> Self {
        let names: Vec<String> = names.iter().map(|name| name.as_ref().to_owned()).collect();
        let length = names.iter().map(String::len).min().unwrap_or(0).min(BEGINNING);
        let (mut map, mut by_beginning) = ([0; 64], FxHashMap::<u64, Vec<usize>>::default());
        for (number, name) in names.iter().enumerate() {
            let beginning = beginning(name.as_bytes(), length);
            let (word, bit) = bit(beginning);
            map[word] |= bit;
            by_beginning.entry(beginning).or_default().push(number);
        }
        Self { names, length, map, by_beginning }
    }

    fn every_place(&self, text: &str, mut found: impl FnMut(Named)) {
        let mut rest = text.as_bytes();
        while rest.len() >= self.length.max(1) {
            let beginning = beginning(rest, self.length);
            let (word, bit) = bit(beginning);
            if self.map[word] & bit != 0 {
                let start = text.len() - rest.len();
                for &name in self.by_beginning.get(&beginning).into_iter().flatten() {
                    if rest.starts_with(self.names[name].as_bytes()) {
                        found(Named { name, start, end: start + self.names[name].len() });
                    }
                }
            }
            // To the next character, told by the first byte of this one.
            let length = match rest[0] {
                0x00..0x80 => 1,
                0x80..0xE0 => 2,
                0xE0..0xF0 => 3,
                _ => 4,
            };
            rest = rest.get(length..).unwrap_or_default();
        }
    }
}

/// The first `length` bytes as a number.
fn beginning(bytes: &[u8], length: usize) -> u64 {
    let word = match bytes.first_chunk() {
        Some(word) => u64::from_le_bytes(*word),
        None => bytes.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
    };
    word & !(u64::MAX << (8 * length))
}

/// Word and bit of a beginning in the map.
fn bit(beginning: u64) -> (usize, u64) {
    let hash = beginning.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((hash >> 58) as usize, 1 << (hash >> 52 & 63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use aho_corasick::MatchKind;
    use proptest::prelude::*;

    proptest! {
        /// One by one or all at once, names are found where an automaton finds them.
        #[test]
        fn names_are_found_as_an_automaton_finds_them(
            names in prop::collection::vec("[甲乙丙aé𠮷]{1,4}", 1..=3 * FEW),
            text in "[甲乙丙aé𠮷，]{0,40}",
        ) {
            let automaton =
                AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&names).unwrap();
            let expected: Vec<Named> = automaton
                .find_iter(&text)
                .map(|hit| Named { name: hit.pattern().as_usize(), start: hit.start(), end: hit.end() })
                .collect();
            prop_assert_eq!(Names::new(&names).find(&text), expected.as_slice());
            prop_assert_eq!(Names(Search::Many(Box::new(Many::new(&names)))).find(&text), expected.as_slice());
            let all = Search::All(Box::new(AhoCorasick::new(&names).unwrap()));
            prop_assert_eq!(Names(all).find(&text), expected);
        }

        #[test]
        fn names_are_counted_as_an_automaton_counts_them(
            names in prop::collection::btree_set("[甲乙a]{1,3}", 1..=3 * FEW),
            text in "[甲乙a，]{0,40}",
        ) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let (mut counts, mut expected) = (vec![0; names.len()], vec![0; names.len()]);
            Names::new(&names).count(&text, &mut counts);
            let automaton = AhoCorasick::new(&names).unwrap();
            automaton.find_overlapping_iter(&text).for_each(|hit| expected[hit.pattern()] += 1);
            prop_assert_eq!(counts, expected);
        }
    }
}
