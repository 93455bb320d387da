//! Dictionaries as JSON, in the shape that all commands print.

use serde::Serialize;
use zhengming_terms::dictionary::{Concept, Dictionary, Header, Status};

use crate::wire::{Node, Table, said, word};

/// Keys that a header always has, so that scripts need not ask for them.
const HEADER: [&str; 7] = ["id", "title", "layer", "series", "edition", "citation", "imports"];
/// Keys that a concept always has.
const CONCEPT: [&str; 9] =
    ["id", "clause", "heading", "domain", "responsible", "definition", "notes", "examples", "source"];

/// The dictionary as JSON, without loss.
pub fn to_json(dictionary: &Dictionary) -> String {
    list_json(&[dictionary])
}

/// Several dictionaries as one JSON file, without loss.
pub fn list_json(dictionaries: &[&Dictionary]) -> String {
    let whole = |dictionary: &&Dictionary| {
        let concepts = dictionary.concepts().iter().map(|concept| Node::Table(self::concept(concept)));
        let mut table = header(dictionary.header());
        table.push(("concepts".to_owned(), Node::List(concepts.collect())));
        Node::Table(table)
    };
    let list = Node::List(dictionaries.iter().map(whole).collect());
    pretty(&Node::Table(vec![("dictionaries".to_owned(), list)])) + "\n"
}

pub(crate) fn pretty<T: Serialize>(value: &T) -> String {
    serde_json::to_string_pretty(value).expect("strings and lists always have a JSON form")
}

/// The header of a dictionary in JSON.
pub(crate) fn header(header: &Header) -> Table {
    said(header, &HEADER)
}

/// A concept in JSON: names in all languages are one list, `terms`.
pub(crate) fn concept(concept: &Concept) -> Table {
    let mut terms = Vec::new();
    for designation in &concept.designations {
        let mut term = said(designation, &[]);
        term.insert(2.min(term.len()), ("lang".to_owned(), "zh".into()));
        terms.push(Node::Table(term));
    }
    for (index, text) in concept.english.iter().enumerate() {
        let status = if index == 0 { Status::Preferred } else { Status::Admitted };
        terms.push(Node::Table(vec![
            ("text".to_owned(), text.as_str().into()),
            ("status".to_owned(), Node::Text(word(status))),
            ("lang".to_owned(), "en".into()),
        ]));
    }
    let mut table = said(concept, &CONCEPT);
    table.retain(|(key, _)| key != "designations" && key != "english");
    table.insert(1.min(table.len()), ("terms".to_owned(), Node::List(terms)));
    table
}
