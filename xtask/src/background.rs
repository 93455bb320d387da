//! Builds the background of official language: in how many documents each word and each short compound
//! stands. What many documents use is no jargon.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use zhengming_terms::lexicon::Lexicon;
use zhengming_text::fold::is_han;

use crate::compounds::collect;

/// Compounds of fewer documents are left out; single words are all kept.
const LEAST_DOCUMENTS: u64 = 3;
/// Shortest and longest entry, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=8;
/// Most words of an entry.
const WORDS: usize = 3;
/// Counts above are written as this one: nobody asks for more, and equal values share their bytes.
const MOST: u64 = 100;

/// Reads the Markdown files below `folder` and writes the map.
pub(crate) fn build(folder: &str) -> Result<(), String> {
    let words = fs::read("rules/lexicon/words.fst").map_err(|error| error.to_string())?;
    let lexicon = Lexicon::new(words.leak(), &[])?;
    let mut files = Vec::new();
    collect(Path::new(folder), &mut files)?;
    let mut counts: BTreeMap<String, (u64, bool)> = BTreeMap::new();
    for file in &files {
        let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        for (entry, is_word) in entries(&text, &lexicon) {
            counts.entry(entry.to_owned()).or_insert((0, is_word)).0 += 1;
        }
    }
    counts.retain(|_, (count, is_word)| *is_word || *count >= LEAST_DOCUMENTS);
    let map = fst::Map::from_iter(counts.iter().map(|(entry, &(count, _))| (entry, count.min(MOST))));
    let map = map.map_err(|error| error.to_string())?;
    let target = "rules/lexicon/background.fst";
    fs::write(target, map.as_fst().as_bytes()).map_err(|error| format!("{target}: {error}"))?;
    let words = counts.values().filter(|(_, is_word)| *is_word).count();
    eprintln!(
        "{target}: {words} words and {} compounds of {} documents, {} bytes",
        counts.len() - words,
        files.len(),
        map.as_fst().as_bytes().len()
    );
    Ok(())
}

/// The words and compounds of one document, each once, and whether it is a single word.
fn entries<'t>(text: &'t str, lexicon: &Lexicon) -> HashSet<(&'t str, bool)> {
    let mut found = HashSet::new();
    for clause in text.split(|c: char| !is_han(c)).filter(|clause| !clause.is_empty()) {
        let cuts = lexicon.cuts(clause);
        for (index, &start) in cuts.iter().enumerate() {
            for (more, &end) in cuts.iter().skip(index + 1).take(WORDS).enumerate() {
                let entry = &clause[start..end];
                if LENGTHS.contains(&entry.chars().count()) {
                    found.insert((entry, more == 0));
                }
            }
        }
    }
    found
}
