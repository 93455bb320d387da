//! Many words, found in one pass over a text: the one searcher, for terms, names and lists of words.

pub(crate) mod interned;
mod sieve;

use std::cmp::Reverse;

use zhengming_text::fold::{self, Folded, Spare};

use interned::Texts;
use sieve::{Sieve, Sighting};

/// A list of words to be found in texts. Its making takes about as long as reading a page, so that a list of one
/// document's names is worth it, too.
#[derive(Debug)]
pub struct Words {
    texts: Texts,
    sieve: Sieve,
    /// Words of one character, which have no pair to be filed under.
    single: Vec<(char, usize)>,
}

/// A word in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FoundWord {
    // In the order of an automaton: by end, the longest first.
    /// The byte after it.
    pub end: usize,
    /// The byte at which it begins.
    pub start: usize,
    /// Its number in the list.
    pub word: usize,
}

/// What is used again from one text to the next.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    spare: Spare,
    seen: Vec<Sighting>,
}

impl Memory {
    /// Takes back what [`Words::find_folding`] lent.
    pub(crate) fn take_back(&mut self, folded: Folded<'_>) {
        self.spare = folded.into_spare();
    }
}

impl Default for Words {
    fn default() -> Self {
        Self::new::<&str>(&[])
    }
}

impl Words {
    /// The words of a list, as they stand in the texts. Equal ones are all found; an empty one never is, nor is one
    /// of more than 65,535 bytes.
    pub fn new<W: AsRef<str>>(words: &[W]) -> Self {
        Self::by_rarity(words, |_, _| 0)
    }

    /// The same, where `commonness` says how often two characters stand together in the texts: each word is looked
    /// for by its rarest pair.
    pub fn by_rarity<W: AsRef<str>>(words: &[W], commonness: impl Fn(char, char) -> u8) -> Self {
        let mut texts = Texts::default();
        words.iter().for_each(|word| texts.push(word.as_ref()));
        let all = 0..texts.len();
        Self::some_of(texts, all, commonness)
    }

    /// Those of `texts` that are `wanted`.
    pub(crate) fn some_of(
        texts: Texts,
        wanted: impl Iterator<Item = usize>,
        commonness: impl Fn(char, char) -> u8,
    ) -> Self {
        let mut single = Vec::new();
        let several = wanted.filter(|&word| {
            let mut characters = texts.text(word).chars();
            let Some(first) = characters.next() else { return false };
            let is_single = characters.next().is_none();
            if is_single {
                single.push((first, word));
            }
            !is_single
        });
        let several: Vec<usize> = several.collect();
        let sieve = Sieve::new(&texts, several.into_iter(), commonness);
        Self { texts, sieve, single }
    }

    /// The word with this number.
    pub fn text(&self, word: usize) -> &str {
        self.texts.text(word)
    }

    /// The words that are looked for, in no certain order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let numbers = self.sieve.numbers().chain(self.single.iter().map(|&(_, word)| word));
        numbers.map(|word| self.texts.text(word))
    }

    /// Every place of every word in `text`, one inside the other, too: by where they end, the longest first.
    pub fn find(&self, text: &str) -> Vec<FoundWord> {
        let mut seen = Vec::new();
        self.sieve.look(text, &mut seen);
        let mut hits = Vec::new();
        self.compare(text, &seen, &mut hits);
        hits
    }

    /// What is found in `text` from left to right without overlap, the longest at each place; of equal words
    /// the first.
    pub fn longest(&self, text: &str) -> Vec<FoundWord> {
        longest(self.find(text))
    }

    /// Folds `text` and finds the words in what comes of it, as [`find`](Self::find) does.
    pub(crate) fn find_folding<'t>(
        &self,
        text: &'t str,
        memory: &mut Memory,
        hits: &mut Vec<FoundWord>,
    ) -> Folded<'t> {
        memory.seen.clear();
        hits.clear();
        let spare = std::mem::take(&mut memory.spare);
        let folded = fold::fold_seeing(text, spare, |pair, end| self.sieve.see(pair, end, &mut memory.seen));
        self.compare(folded.text(), &memory.seen, hits);
        folded
    }

    fn compare(&self, text: &str, seen: &[Sighting], hits: &mut Vec<FoundWord>) {
        self.sieve.compare(&self.texts, text, seen, hits);
        for &(wanted, word) in &self.single {
            let places = text.match_indices(wanted);
            hits.extend(places.map(|(start, one)| FoundWord { end: start + one.len(), start, word }));
        }
        hits.sort_unstable();
    }
}

/// Of `hits` those that do not overlap, from left to right, the longest at each place; of equal words the first.
pub fn longest(mut hits: Vec<FoundWord>) -> Vec<FoundWord> {
    hits.sort_unstable_by_key(|hit| (hit.start, Reverse(hit.end), hit.word));
    let mut free = 0;
    hits.retain(|hit| {
        let is_free = hit.start >= free;
        if is_free {
            free = hit.end;
        }
        is_free
    });
    hits
}

#[cfg(test)]
mod tests {
    use super::*;
    use aho_corasick::{AhoCorasick, MatchKind};
    use proptest::prelude::*;

    fn hit(found: &aho_corasick::Match) -> FoundWord {
        FoundWord { end: found.end(), start: found.start(), word: found.pattern().as_usize() }
    }

    proptest! {
        /// The same hits in the same order as the automaton, whatever the pairs are taken for.
        #[test]
        fn words_are_found_where_an_automaton_finds_them(
            words in prop::collection::vec("[数据高铁a1é𠮷 ]{1,6}", 0..40),
            text in "[数据高铁a1é𠮷 ]{0,60}",
            seed in 0_u32..1000,
        ) {
            let commonness = |a: char, b: char| (a as u32 * 7 + b as u32 * seed) as u8;
            let automaton = AhoCorasick::new(&words).unwrap();
            let expected: Vec<FoundWord> = automaton.find_overlapping_iter(&text).map(|it| hit(&it)).collect();
            prop_assert_eq!(Words::by_rarity(&words, commonness).find(&text), expected);
        }

        #[test]
        fn the_longest_come_from_left_to_right(
            words in prop::collection::vec("[甲乙丙aé𠮷]{1,4}", 1..24),
            text in "[甲乙丙aé𠮷，]{0,40}",
        ) {
            let automaton =
                AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&words).unwrap();
            let expected: Vec<FoundWord> = automaton.find_iter(&text).map(|it| hit(&it)).collect();
            prop_assert_eq!(Words::new(&words).longest(&text), expected);
        }

        /// Looking while folding finds what looking at the folded text finds.
        #[test]
        fn folding_shows_every_pair(
            words in prop::collection::btree_set("[数据高a1 ]{1,4}", 1..12),
            text in "[数數据“” \nＡa1\u{200b}\u{3000}é高。\u{ffff}]{0,40}",
        ) {
            let keys: Vec<String> = words.iter().map(|word| fold::key(word)).collect();
            let words = Words::new(&keys);
            let (mut memory, mut hits) = (Memory::default(), Vec::new());
            let folded = words.find_folding(&text, &mut memory, &mut hits);
            prop_assert_eq!(&hits, &words.find(folded.text()));
        }
    }

    #[test]
    fn an_empty_word_is_never_found() {
        assert_eq!(Words::new(&["", "数据"]).find("数据").len(), 1);
        assert!(Words::new::<&str>(&[]).find("数据").is_empty());
    }
}
