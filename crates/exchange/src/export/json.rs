//! Dictionaries as JSON, in the shape that all commands print.

use serde::Serialize;
use zhengming_terms::dictionary::Dictionary;

use crate::interchange::{RawConcept, RawHeader};

#[derive(Serialize)]
struct File {
    dictionaries: Vec<Whole>,
}

#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    header: RawHeader,
    concepts: Vec<RawConcept>,
}

/// The dictionary as JSON, without loss.
pub fn to_json(dictionary: &Dictionary) -> String {
    list_json(&[dictionary])
}

/// Several dictionaries as one JSON file, without loss.
pub fn list_json(dictionaries: &[&Dictionary]) -> String {
    let whole = |dictionary: &&Dictionary| Whole {
        header: RawHeader::from(dictionary.header()),
        concepts: dictionary.concepts().iter().map(RawConcept::from).collect(),
    };
    let file = File { dictionaries: dictionaries.iter().map(whole).collect() };
    let mut text = serde_json::to_string_pretty(&file).expect("strings and lists always have a JSON form");
    text.push('\n');
    text
}
