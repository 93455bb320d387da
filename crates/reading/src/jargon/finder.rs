//! Many words found in one pass that hardly slows reading down.
//!
//! Most text holds none of them, so each word is filed under its rarest pair of neighbouring characters,
//! and a small bitmap of those pairs rejects nearly every place at the cost of reading it.

use rustc_hash::FxHashMap;

/// Bits of the bitmap: 8 KB, which stays in the fastest cache.
const BITS: u32 = 16;

/// A set of words of two characters or more.
#[derive(Debug, Default)]
pub(super) struct Finder {
    bitmap: Vec<u64>,
    /// The words that are filed under a pair, each with the bytes before the pair.
    filed: FxHashMap<(char, char), Vec<(usize, usize)>>,
    words: Vec<String>,
}

impl Finder {
    /// The finder of `words`, whose pairs of characters are as common as `commonness` says.
    pub(super) fn new(words: Vec<String>, commonness: impl Fn(char, char) -> u8) -> Self {
        let mut finder =
            Self { bitmap: vec![0; 1 << (BITS - 6)], filed: FxHashMap::default(), words: Vec::new() };
        for (index, word) in words.iter().enumerate() {
            let chars: Vec<(usize, char)> = word.char_indices().collect();
            let rarest = chars.windows(2).min_by_key(|pair| commonness(pair[0].1, pair[1].1));
            let Some(&[(before, first), (_, second)]) = rarest else { continue };
            let bit = hash(first, second);
            finder.bitmap[bit >> 6] |= 1 << (bit & 63);
            finder.filed.entry((first, second)).or_default().push((index, before));
        }
        finder.words = words;
        finder
    }

    /// The words.
    pub(super) fn words(&self) -> &[String] {
        &self.words
    }

    /// The words that have the pair `first`, `second` at byte `at` of `text`: number, start, end.
    pub(super) fn at<'f>(
        &'f self,
        text: &'f str,
        at: usize,
        (first, second): (char, char),
    ) -> impl Iterator<Item = (usize, usize, usize)> + 'f {
        let bit = hash(first, second);
        let may = self.bitmap.get(bit >> 6).is_some_and(|bits| bits & (1 << (bit & 63)) != 0);
        let filed = if may { self.filed.get(&(first, second)).map_or(&[][..], Vec::as_slice) } else { &[] };
        filed.iter().filter_map(move |&(word, before)| {
            let start = at.checked_sub(before)?;
            let found = text.as_bytes()[start..].starts_with(self.words[word].as_bytes());
            found.then(|| (word, start, start + self.words[word].len()))
        })
    }
}

fn hash(first: char, second: char) -> usize {
    let pair = (first as u32).wrapping_mul(0x9E37_79B1) ^ (second as u32).wrapping_mul(0x85EB_CA6B);
    (pair.wrapping_mul(0xC2B2_AE35) >> (32 - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_wherever_it_stands() {
        let words = ["数据要素", "要素", "数智", "大脑"].map(str::to_owned).to_vec();
        let finder =
            Finder::new(words, |first, second| if (first, second) == ('数', '据') { 100 } else { 0 });
        let text = "激活数据要素，建设数智城市大脑";
        let mut found = Vec::new();
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        for pair in chars.windows(2) {
            found.extend(
                finder.at(text, pair[0].0, (pair[0].1, pair[1].1)).map(|(_, start, end)| &text[start..end]),
            );
        }
        assert_eq!(found, ["数据要素", "要素", "数智", "大脑"]);
    }
}
