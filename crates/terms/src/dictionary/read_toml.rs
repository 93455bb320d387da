//! The TOML form of a dictionary, as `docs/dictionary-format.md` describes it.

use serde::Deserialize;
use toml::Spanned;

use super::error::{DictionaryError, DictionaryErrorKind};
use super::{
    Authority, Concept, ConfusableWhen, Designation, Dictionary, EditionStatus, Header, Layer, Matching,
    Relation, RelationKind, Status, Subject, Variant, VariantFix, VariantKind,
};
use zhengming_text::date::Date;
use zhengming_text::line_index::LineIndex;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    dictionary: RawHeader,
    #[serde(default)]
    concept: Vec<Spanned<RawConcept>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHeader {
    id: Spanned<String>,
    title: String,
    #[serde(default)]
    layer: Layer,
    #[serde(default)]
    subject: Subject,
    series: Option<String>,
    edition: Option<String>,
    citation: Option<String>,
    issuer: Option<String>,
    authority: Option<Authority>,
    status: Option<EditionStatus>,
    published: Option<Date>,
    effective: Option<Date>,
    withdrawn: Option<Date>,
    superseded_by: Option<String>,
    note: Option<String>,
    #[serde(default)]
    imports: Vec<String>,
    #[serde(default)]
    stop_compounds: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConcept {
    id: Option<String>,
    term: String,
    clause: Option<String>,
    heading: Option<String>,
    domain: Option<String>,
    responsible: Option<String>,
    #[serde(default)]
    english: Vec<String>,
    #[serde(default)]
    admitted: Vec<Name>,
    #[serde(default)]
    deprecated: Vec<Name>,
    #[serde(default)]
    superseded: Vec<Name>,
    #[serde(default, rename = "match")]
    matching: Matching,
    definition: Option<String>,
    #[serde(default)]
    notes: Vec<String>,
    #[serde(default)]
    examples: Vec<String>,
    source: Option<String>,
    #[serde(default)]
    variants: Vec<Spanned<RawVariant>>,
    #[serde(default)]
    relations: Vec<Spanned<RawRelation>>,
}

/// A designation: its text alone, or a table.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a string or a table { text, usage, since, note }")]
enum Name {
    Text(String),
    Table(NameTable),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameTable {
    text: String,
    usage: Option<String>,
    since: Option<Date>,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVariant {
    surface: String,
    kind: VariantKind,
    fix: VariantFix,
    #[serde(default)]
    unless: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRelation {
    kind: RelationKind,
    target: String,
    note: Option<String>,
    #[serde(default)]
    when: ConfusableWhen,
    #[serde(default)]
    generic_after: Vec<String>,
    #[serde(default)]
    specific_before: Vec<String>,
    #[serde(default)]
    specific_after: Vec<String>,
}

pub(super) fn read(file: &str, text: &str) -> Result<Dictionary, DictionaryError> {
    let lines = LineIndex::new(text);
    let raw: File = toml::from_str(text).map_err(|error| {
        let line = lines.line(error.span().map_or(0, |span| span.start));
        DictionaryErrorKind::Syntax(error.message().to_owned()).at(file, line)
    })?;
    if raw.dictionary.id.get_ref().trim().is_empty() {
        return Err(DictionaryErrorKind::Empty("id").at(file, lines.line(raw.dictionary.id.span().start)));
    }
    let concepts = raw.concept.into_iter().map(|concept| {
        let line = lines.line(concept.span().start);
        concept_from(concept.into_inner(), line, &lines)
    });
    let concepts = concepts.collect();
    Ok(Dictionary::unchecked(file, header_from(raw.dictionary), concepts))
}

fn header_from(raw: RawHeader) -> Header {
    Header {
        id: raw.id.into_inner(),
        title: raw.title,
        layer: raw.layer,
        subject: raw.subject,
        series: raw.series,
        edition: raw.edition,
        citation: raw.citation,
        issuer: raw.issuer,
        authority: raw.authority,
        status: raw.status,
        published: raw.published,
        effective: raw.effective,
        withdrawn: raw.withdrawn,
        superseded_by: raw.superseded_by,
        note: raw.note,
        imports: raw.imports,
        stop_compounds: raw.stop_compounds,
    }
}

fn concept_from(raw: RawConcept, line: usize, lines: &LineIndex) -> Concept {
    let mut designations = vec![Designation {
        text: raw.term.clone(),
        status: Status::Preferred,
        usage: None,
        since: None,
        note: None,
    }];
    for (names, status) in [
        (raw.admitted, Status::Admitted),
        (raw.deprecated, Status::Deprecated),
        (raw.superseded, Status::Superseded),
    ] {
        designations.extend(names.into_iter().map(|name| designation_from(name, status)));
    }
    Concept {
        id: raw.id.unwrap_or(raw.term),
        designations,
        clause: raw.clause,
        heading: raw.heading,
        domain: raw.domain,
        responsible: raw.responsible,
        english: raw.english,
        definition: raw.definition,
        notes: raw.notes,
        examples: raw.examples,
        source: raw.source,
        matching: raw.matching,
        variants: raw.variants.into_iter().map(|variant| variant_from(variant, lines)).collect(),
        relations: raw.relations.into_iter().map(|relation| relation_from(relation, lines)).collect(),
        line,
    }
}

fn designation_from(name: Name, status: Status) -> Designation {
    match name {
        Name::Text(text) => Designation { text, status, usage: None, since: None, note: None },
        Name::Table(table) => {
            Designation { text: table.text, status, usage: table.usage, since: table.since, note: table.note }
        }
    }
}

fn variant_from(variant: Spanned<RawVariant>, lines: &LineIndex) -> Variant {
    let line = lines.line(variant.span().start);
    let RawVariant { surface, kind, fix, unless } = variant.into_inner();
    Variant { surface, kind, fix, unless, line }
}

fn relation_from(relation: Spanned<RawRelation>, lines: &LineIndex) -> Relation {
    let line = lines.line(relation.span().start);
    let raw = relation.into_inner();
    Relation {
        kind: raw.kind,
        target: raw.target,
        note: raw.note,
        when: raw.when,
        generic_after: raw.generic_after,
        specific_before: raw.specific_before,
        specific_after: raw.specific_after,
        line,
    }
}
