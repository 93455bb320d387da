//! Builds the background lexicon: ordinary words with their frequency, as one finite-state map.

use std::collections::BTreeMap;
use std::fs;

/// Rarer words of two characters do more harm than good: many are accidents of the corpus.
const LEAST_FREQUENCY: u64 = 3;
const LONGEST: usize = 6;
/// The weight of a word that only the supplement lists.
const SUPPLEMENT_FREQUENCY: u64 = 2_000;

/// Reads `dictionary` (lines of `word frequency tag`) and the supplement, and writes the map.
pub(crate) fn build(dictionary: &str) -> Result<(), String> {
    let text = read(dictionary)?;
    let mut words = BTreeMap::new();
    for line in text.lines() {
        let mut fields = line.split(' ');
        let (Some(word), Some(frequency)) = (fields.next(), fields.next()) else { continue };
        let frequency: u64 = frequency.parse().map_err(|_| format!("{dictionary}: bad line `{line}`"))?;
        let length = word.chars().count();
        let wanted = length == 1 || (frequency >= LEAST_FREQUENCY && length <= LONGEST);
        if wanted && word.chars().all(is_han) {
            words.insert(word.to_owned(), frequency.max(1));
        }
    }
    let supplement = "rules/lexicon/supplement.txt";
    for word in read(supplement)?.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        if let Some(word) = word.strip_prefix('-') {
            words.remove(word);
            continue;
        }
        let weight = words.entry(word.to_owned()).or_insert(SUPPLEMENT_FREQUENCY);
        *weight = (*weight).max(SUPPLEMENT_FREQUENCY);
    }
    // The empty word holds the sum, which the segmenter needs to turn counts into probabilities.
    let total: u64 = words.values().sum();
    words.insert(String::new(), total);
    let map = fst::Map::from_iter(words.iter().map(|(word, &frequency)| (word, frequency)))
        .map_err(|error| error.to_string())?;
    let target = "rules/lexicon/words.fst";
    fs::write(target, map.as_fst().as_bytes()).map_err(|error| format!("{target}: {error}"))?;
    eprintln!(
        "{target}: {} words, total frequency {total}, {} bytes",
        words.len(),
        map.as_fst().as_bytes().len()
    );
    Ok(())
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}
