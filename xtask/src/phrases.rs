//! Builds the phrases that tell where an expression ends: those of which the parts hold together, and those that go on
//! after a term of the built-in dictionaries.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;

use zhengming_rules::{builtin_dictionaries, builtin_lexicon};
use zhengming_terms::lexicon::phrase;
use zhengming_text::fold::{self, is_han};

/// Cohesion (pointwise mutual information of the parts, in bits) from which on a phrase holds together: 社会治理 has 5.3,
/// 高铁建设 2.3. With less, text that goes on after a term is taken for a part of a phrase (数字化经济｜发展).
const COHESION: f64 = 5.0;
/// From which on it does so firmly.
const FIRM: f64 = 6.0;
/// Documents, of 30,366, that a phrase stands in at least. With 10 in place of 20 nothing more was told.
const DOCUMENTS: u64 = 20;
/// Different neighbours on either side from which on a run of characters is no piece of a longer phrase.
const NEIGHBOURS: u64 = 3;
/// Shortest phrase that holds together, in characters.
const SHORTEST: usize = 3;
/// Provinces from which on a term is one that official texts use.
const KNOWN: u64 = 4;

/// Reads the table of counts (phrase, provinces, documents, …, cohesion, before, after, divided by tabs) and writes
/// `rules/lexicon/phrases.fst`.
pub(crate) fn build(table: &str) -> Result<(), String> {
    let text = fs::read_to_string(table).map_err(|error| format!("{table}: {error}"))?;
    let rows: Vec<Row<'_>> = text.lines().skip(1).filter_map(Row::read).collect();
    let provinces: HashMap<&str, u64> = rows.iter().map(|row| (row.phrase, row.provinces)).collect();
    let terms: HashSet<String> = builtin_dictionaries()
        .iter()
        .flat_map(|dictionary| dictionary.concepts())
        .map(|concept| fold::key(concept.preferred()))
        .filter(|term| provinces.get(term.as_str()).is_some_and(|&count| count >= KNOWN))
        .collect();
    let lexicon = builtin_lexicon();
    let all = builtin_dictionaries();
    let concepts = all.iter().flat_map(|dictionary| dictionary.concepts());
    let rewordings: HashSet<String> = concepts
        .flat_map(|concept| lexicon.rewordings(&fold::key(concept.preferred())))
        .map(|rewording| rewording.text)
        .collect();
    let mut phrases: BTreeMap<&str, u64> = BTreeMap::new();
    for row in &rows {
        let mut value = 0;
        if row.is_whole && row.documents >= DOCUMENTS && row.phrase.chars().count() >= SHORTEST {
            value |= if row.cohesion >= COHESION { phrase::HOLDS } else { 0 };
            value |= if row.cohesion >= FIRM { phrase::FIRM } else { 0 };
        }
        let mut beginnings = row.phrase.char_indices().map(|(at, c)| &row.phrase[..at + c.len_utf8()]);
        if row.is_whole && beginnings.any(|beginning| terms.contains(beginning)) {
            value |= phrase::TERM;
        }
        if rewordings.contains(row.phrase) {
            value |= phrase::SAID;
        }
        if value != 0 {
            phrases.insert(row.phrase, value);
        }
    }
    let map = fst::Map::from_iter(phrases.iter().map(|(phrase, &value)| (phrase, value)))
        .map_err(|error| error.to_string())?;
    let target = "rules/lexicon/phrases.fst";
    fs::write(target, map.as_fst().as_bytes()).map_err(|error| format!("{target}: {error}"))?;
    let bytes = map.as_fst().as_bytes().len();
    eprintln!("{target}: {} of {} phrases, {bytes} bytes", phrases.len(), rows.len());
    Ok(())
}

/// One line of the table.
struct Row<'t> {
    phrase: &'t str,
    provinces: u64,
    documents: u64,
    cohesion: f64,
    is_whole: bool,
}

impl<'t> Row<'t> {
    fn read(line: &'t str) -> Option<Self> {
        let fields: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
        let phrase = fields.first().filter(|phrase| phrase.chars().all(is_han))?;
        Some(Self {
            phrase,
            provinces: number(1)?,
            documents: number(2)?,
            cohesion: fields.get(6)?.parse().unwrap_or(0.0),
            is_whole: number(7)? >= NEIGHBOURS && number(8)? >= NEIGHBOURS,
        })
    }
}
