//! The JSON form: the shape that `zhengming dict import --format json` prints, with the rest of the model
//! in further keys. Keys that are not known are passed over with a notice.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use zhengming_terms::dictionary::{
    Authority, Concept, ConfusableWhen, Designation, Dictionary, EditionStatus, Header, Layer, Matching,
    Relation, RelationKind, Status, Subject, Variant, VariantFix, VariantKind,
};
use zhengming_text::date::Date;
use zhengming_text::message::{Text, reason_zh};

use super::error::{ExchangeError, Fault, Notice, Notices, Place, check_size, check_values};
use super::{MAX_CONCEPTS, MAX_TEXT, MAX_VALUES};

/// How an enumeration value is written, e.g. `old-name`.
pub(crate) fn word<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The value that is written so.
pub(super) fn from_word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

#[derive(Serialize, Deserialize)]
pub(crate) struct RawHeader {
    #[serde(default)]
    id: String,
    #[serde(default)]
    title: String,
    edition: Option<String>,
    #[serde(default)]
    layer: Layer,
    #[serde(default, skip_serializing_if = "is_default")]
    subject: Subject,
    #[serde(skip_serializing_if = "Option::is_none")]
    series: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    citation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authority: Option<Authority>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<EditionStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    imports: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    stop_compounds: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct RawConcept {
    #[serde(default)]
    id: String,
    clause: Option<String>,
    terms: Vec<RawTerm>,
    definition: Option<String>,
    #[serde(default)]
    notes: Vec<String>,
    #[serde(default)]
    examples: Vec<String>,
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    responsible: Option<String>,
    #[serde(default, rename = "match", skip_serializing_if = "is_default")]
    matching: Matching,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    variants: Vec<RawVariant>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    relations: Vec<RawRelation>,
    #[serde(flatten, skip_serializing)]
    unknown: BTreeMap<String, IgnoredAny>,
}

#[derive(Serialize, Deserialize)]
struct RawTerm {
    text: String,
    status: Status,
    #[serde(default)]
    lang: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct RawVariant {
    surface: String,
    kind: VariantKind,
    fix: VariantFix,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unless: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct RawRelation {
    kind: RelationKind,
    target: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    when: ConfusableWhen,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    generic_after: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    specific_before: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    specific_after: Vec<String>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[derive(Deserialize)]
struct Many<T> {
    #[serde(bound(deserialize = "T: Deserialize<'de>"), deserialize_with = "limited")]
    dictionaries: Vec<T>,
}

#[derive(Deserialize)]
struct Body {
    #[serde(deserialize_with = "limited")]
    concepts: Vec<RawConcept>,
}

/// Reads a dictionary: `{"dictionaries": […]}` with exactly one in it, or that one alone.
///
/// # Errors
/// JSON that does not parse or has another shape, several dictionaries, or a defect of the dictionary.
pub fn from_json(name: &str, text: &str) -> Result<(Dictionary, Vec<Notice>), ExchangeError> {
    let (mut all, notices) = from_json_all(name, text)?;
    match (all.pop(), all.len()) {
        (Some(only), 0) => Ok((only, notices)),
        (_, others) => {
            let count = if others == 0 { 0 } else { others + 1 };
            Err(Fault::malformed(
                Place::File,
                format!("含 {count} 部词典，应恰为一部"),
                format!("the file has {count} dictionaries, expected exactly one"),
            )
            .in_file(name))
        }
    }
}

/// Reads all dictionaries of a JSON file.
///
/// # Errors
/// JSON that does not parse or has another shape, or a defect of a dictionary.
pub fn from_json_all(name: &str, text: &str) -> Result<(Vec<Dictionary>, Vec<Notice>), ExchangeError> {
    let mut notices = Notices::default();
    let parts = parse(text).map_err(|fault| fault.in_file(name))?;
    let mut dictionaries = Vec::new();
    for (header, body) in parts {
        let mut header = Header::from(header);
        let stem = super::recognise::stem(name);
        for field in [&mut header.id, &mut header.title] {
            if field.trim().is_empty() {
                *field = stem.to_owned();
            }
        }
        let concepts = body.concepts.into_iter().map(|raw| raw.into_concept(&mut notices)).collect();
        dictionaries.push(Dictionary::new(name, header, concepts)?);
    }
    Ok((dictionaries, notices.into_list()))
}

/// Headers and concepts are read one after the other, so that neither has to be buffered.
fn parse(text: &str) -> Result<Vec<(RawHeader, Body)>, Fault> {
    check_size(text.len(), MAX_TEXT)?;
    check_values(text, b"{[,", MAX_VALUES)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let malformed = |error: serde_json::Error| {
        let place = if error.line() == 0 { Place::File } else { Place::Line(error.line()) };
        Fault::malformed(
            place,
            format!("JSON 有误：{}", reason_zh(&error.to_string())),
            format!("malformed JSON: {error}"),
        )
    };
    #[derive(Deserialize)]
    struct Shape {
        dictionaries: Option<IgnoredAny>,
    }
    let shape: Shape = serde_json::from_str(text).map_err(malformed)?;
    if shape.dictionaries.is_none() {
        let header = serde_json::from_str(text).map_err(malformed)?;
        return Ok(vec![(header, serde_json::from_str(text).map_err(malformed)?)]);
    }
    let headers: Many<RawHeader> = serde_json::from_str(text).map_err(malformed)?;
    let bodies: Many<Body> = serde_json::from_str(text).map_err(malformed)?;
    Ok(headers.dictionaries.into_iter().zip(bodies.dictionaries).collect())
}

/// A sequence that ends in an error instead of in an exhausted memory.
fn limited<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    struct Limited<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for Limited<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "an array of at most {MAX_CONCEPTS} objects")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Vec<T>, A::Error> {
            let mut list = Vec::new();
            while let Some(item) = sequence.next_element()? {
                if list.len() == MAX_CONCEPTS {
                    return Err(serde::de::Error::invalid_length(MAX_CONCEPTS + 1, &self));
                }
                list.push(item);
            }
            Ok(list)
        }
    }
    deserializer.deserialize_seq(Limited(PhantomData))
}

impl RawConcept {
    fn into_concept(self, notices: &mut Notices) -> Concept {
        let mut concept = Concept {
            id: self.id,
            clause: self.clause,
            heading: self.heading,
            domain: self.domain,
            responsible: self.responsible,
            definition: self.definition,
            notes: self.notes,
            examples: self.examples,
            source: self.source,
            matching: self.matching,
            variants: self.variants.into_iter().map(Variant::from).collect(),
            relations: self.relations.into_iter().map(Relation::from).collect(),
            ..Concept::default()
        };
        for term in self.terms {
            let RawTerm { text, status, lang, usage, since, note } = term;
            match lang.split('-').next().unwrap_or("") {
                "en" => concept.english.push(text),
                "" | "zh" => concept.designations.push(Designation { text, status, usage, since, note }),
                _ => notices.add(
                    Place::File,
                    format!("未采用 {lang} 语的“{text}”：词典只收中文和英文"),
                    format!("`{text}` in language {lang} is left out; dictionaries hold Chinese and English"),
                ),
            }
        }
        if concept.id.is_empty() {
            concept.id = concept.preferred().to_owned();
        }
        // `span` says where an imported entry stood in its document.
        for key in self.unknown.keys().filter(|key| key.as_str() != "span") {
            let term = concept.preferred();
            let message = Text::new(
                format!("“{term}”：不认识的键 {key}，未采用"),
                format!("`{term}`: the key `{key}` is not known and left out"),
            );
            notices.add(Place::File, message.zh, message.en);
        }
        concept
    }
}

impl From<&Concept> for RawConcept {
    fn from(concept: &Concept) -> Self {
        let Concept {
            id,
            designations,
            clause,
            heading,
            domain,
            responsible,
            english,
            definition,
            notes,
            examples,
            source,
            matching,
            variants,
            relations,
            line: _,
        } = concept.clone();
        let chinese = designations.into_iter().map(|designation| {
            let Designation { text, status, usage, since, note } = designation;
            RawTerm { text, status, lang: "zh".to_owned(), usage, since, note }
        });
        let english = english.into_iter().enumerate().map(|(index, text)| RawTerm {
            text,
            status: if index == 0 { Status::Preferred } else { Status::Admitted },
            lang: "en".to_owned(),
            usage: None,
            since: None,
            note: None,
        });
        Self {
            id,
            clause,
            terms: chinese.chain(english).collect(),
            definition,
            notes,
            examples,
            source,
            heading,
            domain,
            responsible,
            matching,
            variants: variants.iter().map(RawVariant::from).collect(),
            relations: relations.iter().map(RawRelation::from).collect(),
            unknown: BTreeMap::new(),
        }
    }
}

impl RawRelation {
    /// See also `target`.
    pub(super) fn related(target: String) -> Self {
        Self {
            kind: RelationKind::Related,
            target,
            note: None,
            when: ConfusableWhen::default(),
            generic_after: Vec::new(),
            specific_before: Vec::new(),
            specific_after: Vec::new(),
        }
    }
}

impl From<&Variant> for RawVariant {
    fn from(variant: &Variant) -> Self {
        let Variant { surface, kind, fix, unless, line: _ } = variant.clone();
        Self { surface, kind, fix, unless }
    }
}

impl From<RawVariant> for Variant {
    fn from(raw: RawVariant) -> Self {
        let RawVariant { surface, kind, fix, unless } = raw;
        Self { surface, kind, fix, unless, line: 0 }
    }
}

impl From<&Relation> for RawRelation {
    fn from(relation: &Relation) -> Self {
        let Relation { kind, target, note, when, generic_after, specific_before, specific_after, line: _ } =
            relation.clone();
        Self { kind, target, note, when, generic_after, specific_before, specific_after }
    }
}

impl From<RawRelation> for Relation {
    fn from(raw: RawRelation) -> Self {
        let RawRelation { kind, target, note, when, generic_after, specific_before, specific_after } = raw;
        Self { kind, target, note, when, generic_after, specific_before, specific_after, line: 0 }
    }
}

// Taken apart by name, so that a new field of the model is not forgotten here.
impl From<&Header> for RawHeader {
    fn from(header: &Header) -> Self {
        let Header {
            id,
            title,
            layer,
            subject,
            series,
            edition,
            citation,
            issuer,
            authority,
            status,
            published,
            effective,
            withdrawn,
            superseded_by,
            note,
            imports,
            stop_compounds,
        } = header.clone();
        Self {
            id,
            title,
            layer,
            subject,
            series,
            edition,
            citation,
            issuer,
            authority,
            status,
            published,
            effective,
            withdrawn,
            superseded_by,
            note,
            imports,
            stop_compounds,
        }
    }
}

impl From<RawHeader> for Header {
    fn from(raw: RawHeader) -> Self {
        let RawHeader {
            id,
            title,
            layer,
            subject,
            series,
            edition,
            citation,
            issuer,
            authority,
            status,
            published,
            effective,
            withdrawn,
            superseded_by,
            note,
            imports,
            stop_compounds,
        } = raw;
        Self {
            id,
            title,
            layer,
            subject,
            series,
            edition,
            citation,
            issuer,
            authority,
            status,
            published,
            effective,
            withdrawn,
            superseded_by,
            note,
            imports,
            stop_compounds,
        }
    }
}
