//! Compiles the built-in dictionaries, and what is known of common pairs of characters, to the form that
//! the program reads at its start.

use std::collections::HashMap;
use std::fs;

use fst::{Map, Streamer};
use zhengming_rules::{BUILTIN_FILES, Compiled};
use zhengming_terms::dictionary::Dictionary;
use zhengming_terms::lexicon::{BEGINNING_BYTES, PAIR_SLOTS, beginning, pair_slot};

/// Pairs that occur less often than this in the background text are all equally rare.
const COMMON: u64 = 300;

/// Writes `rules/dictionaries/builtin.bin`, `rules/lexicon/pairs.bin` and `rules/lexicon/beginnings.bin`.
pub(crate) fn build() -> Result<(), String> {
    let target = "rules/dictionaries/builtin.bin";
    let bytes = compiled(".")?;
    fs::write(target, &bytes).map_err(|error| format!("{target}: {error}"))?;
    eprintln!("{target}: {} dictionaries, {} bytes", BUILTIN_FILES.len(), bytes.len());
    for (target, table) in [("pairs.bin", pairs(".")?), ("beginnings.bin", beginnings(".")?)] {
        let target = format!("rules/lexicon/{target}");
        fs::write(&target, table).map_err(|error| format!("{target}: {error}"))?;
    }
    Ok(())
}

/// The words of the lexicon, each with its frequency.
fn words(root: &str) -> Result<Vec<(Vec<char>, u64)>, String> {
    let path = format!("{root}/rules/lexicon/words.fst");
    let bytes = fs::read(&path).map_err(|error| format!("{path}: {error}"))?;
    let words = Map::new(bytes).map_err(|error| format!("{path}: {error}"))?;
    let mut all = Vec::new();
    let mut stream = words.stream();
    while let Some((word, frequency)) = stream.next() {
        all.push((String::from_utf8_lossy(word).chars().collect(), frequency));
    }
    Ok(all)
}

/// With which two characters words begin.
fn beginnings(root: &str) -> Result<Vec<u8>, String> {
    let mut table = vec![0; BEGINNING_BYTES];
    for (word, _) in words(root)? {
        if let [first, second, ..] = word[..] {
            let (byte, bit) = beginning(first, second);
            table[byte] |= bit;
        }
    }
    Ok(table)
}

/// How common each pair of characters is: the frequency of the words of the lexicon that hold it, as
/// eight times its binary logarithm. Entries that several pairs share tell of the most common one.
fn pairs(root: &str) -> Result<Vec<u8>, String> {
    let mut counts: HashMap<(char, char), u64> = HashMap::new();
    for (word, frequency) in words(root)? {
        for pair in word.windows(2) {
            *counts.entry((pair[0], pair[1])).or_default() += frequency;
        }
    }
    let mut table = vec![0; PAIR_SLOTS];
    for ((first, second), count) in counts.into_iter().filter(|&(_, count)| count >= COMMON) {
        let entry: &mut u8 = &mut table[pair_slot(first, second)];
        *entry = (*entry).max(((count as f64).log2() * 8.0) as u8);
    }
    Ok(table)
}

fn compiled(root: &str) -> Result<Vec<u8>, String> {
    let mut all: Compiled = Vec::new();
    for file in BUILTIN_FILES {
        let path = format!("{root}/rules/dictionaries/{file}");
        let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let name = format!("builtin:{file}");
        let dictionary = Dictionary::from_toml(&name, &text).map_err(|error| error.to_string())?;
        all.push((name, dictionary.header().clone(), dictionary.concepts().to_vec()));
    }
    postcard::to_stdvec(&all).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_compiled_dictionaries_are_those_of_the_sources() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        let built_in = std::fs::read(format!("{root}/rules/dictionaries/builtin.bin")).unwrap();
        assert!(super::compiled(root).unwrap() == built_in, "run `cargo xtask compile`");
        let pairs = std::fs::read(format!("{root}/rules/lexicon/pairs.bin")).unwrap();
        assert!(super::pairs(root).unwrap() == pairs, "run `cargo xtask compile`");
        let beginnings = std::fs::read(format!("{root}/rules/lexicon/beginnings.bin")).unwrap();
        assert!(super::beginnings(root).unwrap() == beginnings, "run `cargo xtask compile`");
    }
}
