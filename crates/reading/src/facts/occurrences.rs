//! Where the words that a document explains stand in it, looked for once for everybody who asks.

use zhengming_terms::words::Words;
use zhengming_text::fold;

use super::Facts;

/// The places of a document's own words in its folded text.
#[derive(Debug, Default)]
pub struct Occurrences {
    /// In order, each once.
    words: Vec<String>,
    places: Vec<Occurrence>,
}

/// A place of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// The number of the block.
    pub block: u32,
    /// Where it begins in the folded text.
    pub start: u32,
    /// Where it ends there.
    pub end: u32,
    /// The number of the word.
    pub word: u32,
}

impl Occurrences {
    /// Looks for what the document defines, for the last halves of long terms, and for its short forms.
    pub(super) fn read(facts: &Facts<'_>) -> Self {
        let mut words: Vec<String> = Vec::new();
        for definition in facts.definitions() {
            let key = fold::key(&definition.text);
            words.push(last_half(&key).to_owned());
            words.push(key);
        }
        words.extend(facts.abbreviations().iter().map(|one| fold::key(&one.short)));
        words.retain(|word| !word.is_empty());
        words.sort_unstable();
        words.dedup();
        let mut places = Vec::new();
        if !words.is_empty() {
            let search = Words::new(&words);
            for block in facts.document().blocks() {
                let found = search.find(facts.folded_text(block)).into_iter();
                places.extend(found.map(|one| Occurrence {
                    block: block.index() as u32,
                    start: one.start as u32,
                    end: one.end as u32,
                    word: one.word as u32,
                }));
            }
        }
        Self { words, places }
    }

    /// The number of a word by its [key](fold::key), if it is one of them.
    pub fn number(&self, key: &str) -> Option<usize> {
        self.words.binary_search_by(|word| word.as_str().cmp(key)).ok()
    }

    /// The places in reading order, one inside the other, too: in a block by where they end, the longest first.
    pub fn places(&self) -> &[Occurrence] {
        &self.places
    }

    /// How often each word stands there, by number.
    pub fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.words.len()];
        for place in &self.places {
            counts[place.word as usize] += 1;
        }
        counts
    }
}

/// The last half of a term of six characters and more, as which it may be used in short: 城市轨道交通设备 as 交通设备.
pub(crate) fn last_half(key: &str) -> &str {
    let length = key.chars().count();
    if length < 6 {
        return "";
    }
    key.char_indices().nth(length / 2).map_or("", |(at, _)| &key[at..])
}
