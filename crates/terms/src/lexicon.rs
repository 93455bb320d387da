//! The background lexicon: ordinary words and where one ends.
//!
//! A spelling found in a text may be an accident of its neighbours: 数字化经济 in 数字化｜经济运行.
//! Word by word the text would tell, but loading a segmenter costs more than linting a document. So the
//! lexicon is a finite-state map that is used as it lies in memory, and only the clause around a
//! doubtful spelling is ever segmented.

use std::sync::LazyLock;

use fst::{Map, MapBuilder};
use rustc_hash::FxHashMap;

use zhengming_text::fold::is_han;

/// Ordinary words with their frequency.
#[derive(Debug)]
pub struct Lexicon {
    words: Map<&'static [u8]>,
    compounds: Option<Map<&'static [u8]>>,
    /// Phrases with what is known of them, as bits of [`phrase`].
    phrases: Option<Map<&'static [u8]>>,
    /// Words by those that are taken for them.
    synonyms: FxHashMap<&'static str, Vec<&'static str>>,
    log_total: f64,
    /// How common pairs of characters are, by their hash; empty if that is not known.
    pairs: &'static [u8],
    /// One bit for the hash of each pair of characters that a word begins with; empty if that is not known.
    beginnings: &'static [u8],
}

/// How much likelier, as a difference of natural logarithms, a reading must be that breaks a spelling up.
///
/// Spellings are not in the lexicon, so words that run into one have a small advantage by nature. On
/// labelled sentences, true accidents gain 4.3 or more (已上云｜政务系统), false ones 3.2 or less.
const MARGIN: f64 = 3.5;

/// What the map of phrases, made by `cargo xtask phrases`, says of one.
pub mod phrase {
    /// Its words stand together far more often than by chance.
    pub const HOLDS: u64 = 1;
    /// They do so firmly.
    pub const FIRM: u64 = 1 << 1;
    /// It is a known term, or goes on after one: 公共数据资源.
    pub const TERM: u64 = 1 << 2;
    /// It is in use, though it looks like another wording of a term.
    pub const SAID: u64 = 1 << 3;
}

/// Longest spelling, in characters, that a phrase may run on from though nothing is known of the term it stands for; a
/// longer one is no accident.
const SHORT: usize = 5;
/// Most words after a spelling that a phrase may run on over.
const WORDS_AFTER: usize = 4;

/// A term with one of its words replaced by another that is taken for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewording {
    /// The whole.
    pub text: String,
    /// The word that stands in it.
    pub found: &'static str,
    /// The word of the term.
    pub meant: String,
}

/// Entries of the table of common pairs.
pub const PAIR_SLOTS: usize = 1 << 15;

/// The entry of the table of common pairs that is about these two characters, and perhaps about others.
pub fn pair_slot(first: char, second: char) -> usize {
    (pair_hash(first, second) >> (64 - PAIR_SLOTS.trailing_zeros())) as usize
}

fn pair_hash(first: char, second: char) -> u64 {
    let both = u64::from(u32::from(first)) << 32 | u64::from(u32::from(second));
    both.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Bytes of the table of beginnings, 64 KiB: with 100,000 pairs most that begin no word are told.
pub const BEGINNING_BYTES: usize = 1 << 16;

/// Byte and bit, in the table of beginnings, of a word that begins with these two characters, and perhaps of others.
pub fn beginning(first: char, second: char) -> (usize, u8) {
    let bit = pair_hash(first, second) >> (61 - BEGINNING_BYTES.trailing_zeros());
    ((bit >> 3) as usize, 1 << (bit & 7))
}

/// Characters on either side of a spelling that may bear on how it is read.
const WINDOW: usize = 24;

impl Lexicon {
    /// The lexicon of `words`, a map made by `cargo xtask lexicon`, whose empty word holds the sum of all
    /// frequencies, and of `compounds`, a map made by `cargo xtask compounds`, or empty.
    ///
    /// # Errors
    /// If the bytes are no such maps.
    pub fn new(words: &'static [u8], compounds: &'static [u8]) -> Result<Self, String> {
        let words = Map::new(words).map_err(|error| error.to_string())?;
        let compounds = match compounds {
            [] => None,
            bytes => Some(Map::new(bytes).map_err(|error| error.to_string())?),
        };
        let total = words.get("").ok_or("the lexicon has no total")?;
        let log_total = (total as f64).ln();
        let (phrases, synonyms) = (None, FxHashMap::default());
        Ok(Self { words, compounds, phrases, synonyms, log_total, pairs: &[], beginnings: &[] })
    }

    /// A lexicon that knows no word.
    ///
    /// # Panics
    /// Never.
    pub fn empty() -> Self {
        static MAP: LazyLock<Vec<u8>> = LazyLock::new(|| {
            let mut map = MapBuilder::memory();
            map.insert("", 1).expect("one key is in order");
            map.into_inner().expect("memory takes it")
        });
        Self::new(&MAP, &[]).expect("a map with its total")
    }

    /// The same with a map of phrases, made by `cargo xtask phrases`.
    #[must_use]
    pub fn with_phrases(mut self, map: &'static [u8]) -> Self {
        self.phrases = Map::new(map).ok();
        self
    }

    /// The same with words that are taken for one another, one group a line; lines that begin with `#` are comments.
    #[must_use]
    pub fn with_synonyms(mut self, groups: &'static str) -> Self {
        for line in groups.lines().filter(|line| !line.starts_with('#')) {
            let words: Vec<&str> = line.split_whitespace().collect();
            for &word in &words {
                let others = words.iter().copied().filter(|&other| other != word);
                self.synonyms.entry(word).or_default().extend(others);
            }
        }
        self
    }

    /// The same with a table of common pairs of characters, made by `cargo xtask compile`.
    #[must_use]
    pub fn with_pairs(mut self, table: &'static [u8]) -> Self {
        self.pairs = if table.len() == PAIR_SLOTS { table } else { &[] };
        self
    }

    /// The same with a table of the pairs of characters that words begin with, made by `cargo xtask compile`.
    #[must_use]
    pub fn with_beginnings(mut self, table: &'static [u8]) -> Self {
        self.beginnings = if table.len() == BEGINNING_BYTES { table } else { &[] };
        self
    }

    /// Whether a word may begin with these two characters. Never wrong when it says no.
    fn may_begin(&self, first: char, second: char) -> bool {
        let (byte, bit) = beginning(first, second);
        self.beginnings.get(byte).is_none_or(|bits| bits & bit != 0)
    }

    /// How often two characters stand together in ordinary text, on a scale of logarithms; 0 means seldom.
    pub fn commonness(&self, first: char, second: char) -> u8 {
        self.pairs.get(pair_slot(first, second)).copied().unwrap_or(0)
    }

    /// Whether `text` is a word, or a compound that official texts use.
    pub fn is_ordinary(&self, text: &str) -> bool {
        self.frequency(text).is_some()
            || self.compounds.as_ref().is_some_and(|compounds| compounds.contains_key(text))
            || self.is_phrase(text, phrase::SAID)
    }

    /// Whether the words of `text` stand together far more often than by chance: 社会治理, 上市融资.
    pub fn holds_together(&self, text: &str) -> bool {
        self.is_phrase(text, phrase::HOLDS)
    }

    /// Whether `text` is a phrase of which one of `kinds` is known.
    fn is_phrase(&self, text: &str, kinds: u64) -> bool {
        self.phrases.as_ref().and_then(|phrases| phrases.get(text)).is_some_and(|known| known & kinds != 0)
    }

    /// The other wordings of a term: each of its words replaced by those that are taken for it.
    pub fn rewordings(&self, term: &str) -> Vec<Rewording> {
        let mut all = Vec::new();
        for cut in self.cuts(term).windows(2) {
            let meant = &term[cut[0]..cut[1]];
            for &found in self.synonyms.get(meant).into_iter().flatten() {
                let text = [&term[..cut[0]], found, &term[cut[1]..]].concat();
                all.push(Rewording { text, found, meant: meant.to_owned() });
            }
        }
        all
    }

    /// How often `word` occurs in the background text; nothing if the lexicon does not have it.
    pub fn frequency(&self, word: &str) -> Option<u64> {
        self.words.get(word)
    }

    /// Calls `found` with the byte length and the frequency of every word that `text` begins with.
    fn words_at(&self, text: &str, mut found: impl FnMut(usize, u64)) {
        let mut characters = text.chars();
        let Some(first) = characters.next() else { return };
        let text = match characters.next() {
            Some(second) if self.may_begin(first, second) => text,
            _ => &text[..first.len_utf8()],
        };
        let fst = self.words.as_fst();
        let mut node = fst.root();
        let mut value = 0;
        for (index, byte) in text.bytes().enumerate() {
            let Some(at) = node.find_input(byte) else { return };
            let step = node.transition(at);
            value += step.out.value();
            node = fst.node(step.addr);
            if node.is_final() {
                found(index + 1, value + node.final_output().value());
            }
        }
    }

    /// Whether `start..end` of the folded `text` can be read as words of its own.
    ///
    /// Only if some word of the lexicon lies across one of the two ends is the clause segmented; the
    /// answer is no if cutting at both ends makes the likeliest segmentation clearly less likely.
    pub fn stands_alone(&self, text: &str, start: usize, end: usize) -> bool {
        let clause = clause_around(text, start, end);
        let inner = &text[clause.0..clause.1];
        let (start, end) = (start - clause.0, end - clause.0);
        if !self.is_straddled(inner, start) && !self.is_straddled(inner, end) {
            return true;
        }
        let whole = self.segment(inner);
        let score = |text: &str| self.segment(text)[0].0;
        let apart = score(&inner[..start]) + score(&inner[start..end]) + whole[end].0;
        whole[0].0 - apart < MARGIN
    }

    /// Whether a phrase that begins within the spelling at `start..end` of the folded `text` goes on after it:
    /// 数字化｜社会治理. Not so where the text goes on as it does after the term that is `meant` (its key): after
    /// 公用数据 in 公用数据资源, because 公共数据资源 is said.
    pub fn goes_on(&self, text: &str, start: usize, end: usize, meant: &str) -> bool {
        // 公共数据平台型企业: another kind of thing is named after it.
        if text[end..].starts_with('型') {
            return true;
        }
        let spelling = &text[start..end];
        let is_known = self.is_phrase(meant, phrase::TERM);
        if self.phrases.is_none() || !is_known && spelling.chars().count() > SHORT {
            return false;
        }
        let (_, clause_end) = clause_around(text, start, end);
        let after = &text[end..clause_end];
        let (inside, ends) = (self.cuts(spelling), self.cuts(after));
        let follows_term =
            |length: usize| self.is_phrase(&format!("{meant}{}", &after[..length]), phrase::TERM);
        if after.is_empty() || follows_term(ends[1]) {
            return false;
        }
        let kind = if is_known { phrase::HOLDS } else { phrase::FIRM };
        for &from in &inside[1..inside.len() - 1] {
            for &length in ends[1..].iter().take(WORDS_AFTER) {
                if self.is_phrase(&text[start + from..end + length], kind) && !follows_term(length) {
                    return true;
                }
            }
        }
        false
    }

    /// Whether the likeliest reading has a word that begins with the last character of `start..end` of the
    /// folded `text` and goes on after it: 使用权 in 使用｜权限. Less is asked for than by
    /// [`Self::stands_alone`].
    pub fn runs_on(&self, text: &str, start: usize, end: usize) -> bool {
        let clause = clause_around(text, start, end);
        let inner = &text[clause.0..clause.1];
        let (start, end) = (start - clause.0, end - clause.0);
        if !self.is_straddled(inner, end) {
            return false;
        }
        let last = inner[..end].chars().next_back().map_or(0, char::len_utf8);
        let cuts = self.cuts(&inner[start..]);
        cuts.contains(&(end - last - start)) && !cuts.contains(&(end - start))
    }

    /// Whether some word of the lexicon begins before `at` and ends after it.
    fn is_straddled(&self, text: &str, at: usize) -> bool {
        if at == 0 || at == text.len() {
            return false;
        }
        let mut second = text[at..].chars().next().unwrap_or_default();
        text[..at].char_indices().rev().take(8).any(|(from, first)| {
            if !self.may_begin(first, std::mem::replace(&mut second, first)) {
                return false;
            }
            let mut straddled = false;
            self.words_at(&text[from..], |length, _| straddled |= from + length > at);
            straddled
        })
    }

    /// Byte offsets at which the likeliest segmentation of `text` cuts, 0 and the end included.
    ///
    /// Likeliest means: the product of the words' relative frequencies is greatest, as in jieba
    /// without its model for unknown words.
    pub fn cuts(&self, text: &str) -> Vec<usize> {
        let best = self.segment(text);
        let mut cuts = vec![0];
        let mut at = 0;
        while at < text.len() {
            at = best[at].1;
            cuts.push(at);
        }
        cuts
    }

    /// For every byte offset of `text`: the score of the likeliest segmentation from there on, and where
    /// its first word ends.
    fn segment(&self, text: &str) -> Vec<(f64, usize)> {
        let mut best = vec![(f64::NEG_INFINITY, 0); text.len() + 1];
        best[text.len()] = (0.0, text.len());
        for (at, c) in text.char_indices().rev() {
            let mut consider = |length: usize, frequency: u64| {
                let score = (frequency.max(1) as f64).ln() - self.log_total + best[at + length].0;
                if score > best[at].0 {
                    best[at] = (score, at + length);
                }
            };
            let mut is_word = false;
            self.words_at(&text[at..], |length, frequency| {
                is_word |= length == c.len_utf8();
                consider(length, frequency);
            });
            if !is_word {
                consider(c.len_utf8(), 1);
            }
        }
        best
    }
}

/// The run of Chinese characters around `start..end`, at most [`WINDOW`] characters on either side.
fn clause_around(text: &str, start: usize, end: usize) -> (usize, usize) {
    let before: usize =
        text[..start].chars().rev().take(WINDOW).take_while(|&c| is_han(c)).map(char::len_utf8).sum();
    let after: usize = text[end..].chars().take(WINDOW).take_while(|&c| is_han(c)).map(char::len_utf8).sum();
    (start - before, end + after)
}
