//! Builds the list of ordinary compounds: neighbouring words of official texts, with the number of
//! documents that have them. A near miss that is one of them is no slip.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use zhengming_terms::lexicon::Lexicon;
use zhengming_text::fold::is_han;

/// Compounds of fewer documents are left out: a slip may occur twice, too.
const LEAST_DOCUMENTS: u64 = 5;
/// Shortest and longest compound, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=10;
/// Most words of a compound.
const WORDS: usize = 4;

/// Reads the Markdown files below `folder` and writes the map.
pub(crate) fn build(folder: &str) -> Result<(), String> {
    let words = fs::read("rules/lexicon/words.fst").map_err(|error| error.to_string())?;
    let lexicon = Lexicon::new(words.leak(), &[])?;
    let mut files = Vec::new();
    collect(Path::new(folder), &mut files)?;
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for file in &files {
        let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        for compound in compounds(&text, &lexicon) {
            *counts.entry(compound.to_owned()).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count >= LEAST_DOCUMENTS);
    let map = fst::Map::from_iter(counts.iter().map(|(compound, &count)| (compound, count)));
    let map = map.map_err(|error| error.to_string())?;
    let target = "rules/lexicon/compounds.fst";
    fs::write(target, map.as_fst().as_bytes()).map_err(|error| format!("{target}: {error}"))?;
    let bytes = map.as_fst().as_bytes().len();
    eprintln!("{target}: {} compounds of {} documents, {bytes} bytes", counts.len(), files.len());
    Ok(())
}

pub(crate) fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    for entry in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "md") {
            files.push(path);
        }
    }
    Ok(())
}

/// The compounds of one document, each once.
fn compounds<'t>(text: &'t str, lexicon: &Lexicon) -> HashSet<&'t str> {
    let mut found = HashSet::new();
    for clause in text.split(|c: char| !is_han(c)).filter(|clause| !clause.is_empty()) {
        let cuts = lexicon.cuts(clause);
        for (index, &start) in cuts.iter().enumerate() {
            for &end in cuts.iter().skip(index + 2).take(WORDS - 1) {
                let compound = &clause[start..end];
                if LENGTHS.contains(&compound.chars().count()) {
                    found.insert(compound);
                }
            }
        }
    }
    found
}
