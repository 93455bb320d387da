//! Dictionaries as JSON, in the shape that `dict list` and `dict import` promise.

use std::sync::Arc;

use serde_json::{Value, json};
use zhengming_terms::dictionary::{Concept, Dictionary};

/// `{"dictionaries": [...]}` with every concept, in the order of the sources.
pub fn dictionaries_json(dictionaries: &[Arc<Dictionary>]) -> String {
    let list: Vec<Value> = dictionaries.iter().map(|dictionary| dictionary_json(dictionary)).collect();
    json!({ "dictionaries": list }).to_string()
}

fn dictionary_json(dictionary: &Dictionary) -> Value {
    let header = dictionary.header();
    let concepts: Vec<Value> = dictionary.concepts().iter().map(concept_json).collect();
    json!({ "id": header.id, "title": header.title, "edition": header.edition, "concepts": concepts })
}

fn concept_json(concept: &Concept) -> Value {
    let mut terms: Vec<Value> = concept
        .designations
        .iter()
        .map(|name| json!({ "text": name.text, "status": name.status, "lang": "zh" }))
        .collect();
    terms.extend(
        concept.english.iter().map(|text| json!({ "text": text, "status": "preferred", "lang": "en" })),
    );
    json!({
        "id": concept.id,
        "clause": concept.clause,
        "terms": terms,
        "definition": concept.definition,
        "notes": concept.notes,
        "examples": concept.examples,
        "source": concept.source,
        "span": null,
    })
}
