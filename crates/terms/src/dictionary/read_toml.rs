//! The TOML form of a dictionary, as `docs/dictionary-format.md` describes it. Its keys are those of the model; a
//! concept names its designations by status.

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue, ValueDeserializer};

use super::error::{DictionaryError, DictionaryErrorKind};
use super::{Concept, Designation, Dictionary, Header, Relation, Status, Variant, fields};
use zhengming_text::line_index::LineIndex;

/// A value with its place in the file.
type Value<'t> = Spanned<DeValue<'t>>;

/// The keys that list designations, with the status that they give.
const NAMES: [(&str, Status); 3] =
    [("admitted", Status::Admitted), ("deprecated", Status::Deprecated), ("superseded", Status::Superseded)];

/// What is wrong, and at which byte.
struct Fault {
    at: usize,
    kind: DictionaryErrorKind,
}

impl Fault {
    fn syntax(at: usize, message: impl Into<String>) -> Self {
        Self { at, kind: DictionaryErrorKind::Syntax(message.into()) }
    }
}

impl From<toml::de::Error> for Fault {
    fn from(error: toml::de::Error) -> Self {
        Self::syntax(error.span().map_or(0, |span| span.start), error.message())
    }
}

pub(super) fn read(file: &str, text: &str) -> Result<Dictionary, DictionaryError> {
    let lines = LineIndex::new(text);
    match read_parts(text, &lines) {
        Ok((header, concepts)) => Ok(Dictionary::unchecked(file, header, concepts)),
        Err(fault) => Err(fault.kind.at(file, lines.line(fault.at))),
    }
}

fn read_parts(text: &str, lines: &LineIndex) -> Result<(Header, Vec<Concept>), Fault> {
    let mut table = DeTable::parse(text)?.into_inner();
    check_keys(
        &table,
        |key| ["concept", "dictionary"].contains(&key),
        || "`dictionary`, `concept`".to_owned(),
    )?;
    let header = read_header(table.remove("dictionary").ok_or_else(|| missing("dictionary", 0))?)?;
    let mut concepts = Vec::new();
    if let Some(list) = table.remove("concept") {
        for value in items(list)? {
            concepts.push(read_concept(value, lines)?);
        }
    }
    Ok((header, concepts))
}

fn read_header(value: Value<'_>) -> Result<Header, Fault> {
    let start = value.span().start;
    let mut id = start;
    let mut absent = None;
    if let DeValue::Table(table) = value.get_ref() {
        check_fields::<Header>(table, &[], &[])?;
        absent = ["id", "title"].into_iter().find(|key| !table.contains_key(*key));
        id = table.get("id").map_or(start, |value| value.span().start);
    }
    // A wrong value has a line of its own, so it is told before a key that is not there.
    let header: Header = from_value(value)?;
    if let Some(key) = absent {
        return Err(missing(key, start));
    }
    match header.id.trim() {
        "" => Err(Fault { at: id, kind: DictionaryErrorKind::Empty("id") }),
        _ => Ok(header),
    }
}

fn read_concept(value: Value<'_>, lines: &LineIndex) -> Result<Concept, Fault> {
    let span = value.span();
    let start = span.start;
    let DeValue::Table(mut table) = value.into_inner() else {
        return Err(Fault::syntax(start, "invalid type, expected a table"));
    };
    check_fields::<Concept>(
        &table,
        &["designations", "line"],
        &["term", "admitted", "deprecated", "superseded"],
    )?;
    let variants = item_lines::<Variant>(&table, "variants", lines)?;
    let relations = item_lines::<Relation>(&table, "relations", lines)?;
    let term: String = from_value(table.remove("term").ok_or_else(|| missing("term", start))?)?;
    let mut designations = vec![Designation::preferred(term.clone())];
    for (key, status) in NAMES {
        for name in table.remove(key).map_or(Ok(Vec::new()), items)? {
            designations.push(read_designation(name, status)?);
        }
    }
    let has_id = table.contains_key("id");
    let mut concept: Concept = from_value(Spanned::new(span, DeValue::Table(table)))?;
    concept.designations = designations;
    concept.line = lines.line(start);
    if !has_id {
        concept.id = term;
    }
    for (variant, line) in concept.variants.iter_mut().zip(variants) {
        variant.line = line;
    }
    for (relation, line) in concept.relations.iter_mut().zip(relations) {
        relation.line = line;
    }
    Ok(concept)
}

/// A designation: its text alone, or a table.
fn read_designation(value: Value<'_>, status: Status) -> Result<Designation, Fault> {
    let start = value.span().start;
    match value.into_inner() {
        DeValue::String(text) => Ok(Designation { status, ..Designation::preferred(text) }),
        DeValue::Table(mut table) => {
            check_fields::<Designation>(&table, &["status"], &[])?;
            // It stands in the key over the list; what is put here only has to be one.
            let key = Spanned::new(start..start, DeString::Borrowed("status"));
            let value = DeValue::String(DeString::Borrowed("preferred"));
            table.insert(key, Spanned::new(start..start, value));
            let read: Designation = from_value(Spanned::new(start..start, DeValue::Table(table)))?;
            Ok(Designation { status, ..read })
        }
        _ => Err(Fault::syntax(start, "expected a string or a table { text, usage, since, note }")),
    }
}

fn from_value<'t, T: Deserialize<'t>>(value: Value<'t>) -> Result<T, Fault> {
    let start = value.span().start;
    T::deserialize(ValueDeserializer::from(value)).map_err(|error| {
        let at = error.span().map_or(start, |span| span.start);
        Fault::syntax(at, error.message())
    })
}

fn items(value: Value<'_>) -> Result<Vec<Value<'_>>, Fault> {
    let start = value.span().start;
    match value.into_inner() {
        DeValue::Array(list) => Ok(list.into_iter().collect()),
        _ => Err(Fault::syntax(start, "invalid type, expected an array")),
    }
}

/// The lines on which the tables of a list stand; their keys are checked on the way.
fn item_lines<'t, T: Deserialize<'t>>(
    table: &DeTable<'_>,
    key: &str,
    lines: &LineIndex,
) -> Result<Vec<usize>, Fault> {
    let Some(DeValue::Array(list)) = table.get(key).map(Spanned::get_ref) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for item in list.iter() {
        if let DeValue::Table(table) = item.get_ref() {
            check_fields::<T>(table, &["line"], &[])?;
        }
        found.push(lines.line(item.span().start));
    }
    Ok(found)
}

/// Whether all keys are fields of `T`, but for those that are `inner`, or those that stand `beside` them.
fn check_fields<'t, T: Deserialize<'t>>(
    table: &DeTable<'_>,
    inner: &[&str],
    beside: &[&str],
) -> Result<(), Fault> {
    let own = fields::<T>();
    let is_known = |key: &str| (own.contains(&key) && !inner.contains(&key)) || beside.contains(&key);
    let all = || {
        let known = own.iter().chain(beside).filter(|key| is_known(key));
        known.map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
    };
    check_keys(table, is_known, all)
}

fn check_keys(
    table: &DeTable<'_>,
    is_known: impl Fn(&str) -> bool,
    all: impl Fn() -> String,
) -> Result<(), Fault> {
    let unknown = table.keys().filter(|key| !is_known(key.get_ref()));
    match unknown.min_by_key(|key| key.span().start) {
        None => Ok(()),
        Some(key) => {
            let message = format!("unknown field `{}`, expected one of {}", key.get_ref(), all());
            Err(Fault::syntax(key.span().start, message))
        }
    }
}

fn missing(key: &str, at: usize) -> Fault {
    Fault::syntax(at, format!("missing field `{key}`"))
}
