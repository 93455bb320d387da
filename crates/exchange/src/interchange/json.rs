//! The JSON form: the shape that `zhengming dict import --format json` prints, with the rest of the model
//! in further keys. Keys that are not known are passed over with a notice.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use zhengming_terms::dictionary::{Concept, Designation, Dictionary, Header, fields};
use zhengming_text::message::reason_zh;

use super::error::{ExchangeError, Fault, Notice, Notices, Place, check_size, check_values};
use super::{MAX_CONCEPTS, MAX_TEXT, MAX_VALUES};

#[derive(Deserialize)]
struct Many<T> {
    #[serde(bound(deserialize = "T: Deserialize<'de>"), deserialize_with = "limited")]
    dictionaries: Vec<T>,
}

#[derive(Deserialize)]
struct Body<T> {
    #[serde(bound(deserialize = "T: Deserialize<'de>"), deserialize_with = "limited")]
    concepts: Vec<T>,
}

// The text is read once for each of these views of it: buffered values, as serde's `flatten` would need, do not know
// on which line they stand.

/// The names of a concept, in all languages.
#[derive(Deserialize)]
struct Terms {
    terms: Vec<Designation>,
}

/// The languages of these names.
#[derive(Deserialize)]
struct Languages {
    terms: Vec<Language>,
}

#[derive(Deserialize)]
struct Language {
    #[serde(default)]
    lang: String,
}

/// The keys of a concept.
type Keys = BTreeMap<String, IgnoredAny>;

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
    let parts = parse(text, &mut notices).map_err(|fault| fault.in_file(name))?;
    let mut dictionaries = Vec::new();
    for (mut header, concepts) in parts {
        let stem = super::stem(name);
        for field in [&mut header.id, &mut header.title] {
            if field.trim().is_empty() {
                *field = stem.to_owned();
            }
        }
        dictionaries.push(Dictionary::new(name, header, concepts)?);
    }
    Ok((dictionaries, notices.into_list()))
}

fn parse(text: &str, notices: &mut Notices) -> Result<Vec<(Header, Vec<Concept>)>, Fault> {
    check_size(text.len(), MAX_TEXT)?;
    check_values(text, b"{[,", MAX_VALUES)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    #[derive(Deserialize)]
    struct Shape {
        dictionaries: Option<IgnoredAny>,
    }
    let shape: Shape = view(text)?;
    let is_many = shape.dictionaries.is_some();
    let headers: Vec<Header> = views(text, is_many)?;
    let concepts: Vec<Body<Concept>> = views(text, is_many)?;
    let names: Vec<Body<Terms>> = views(text, is_many)?;
    let languages: Vec<Body<Languages>> = views(text, is_many)?;
    let keys: Vec<Body<Keys>> = views(text, is_many)?;
    let mut all = Vec::new();
    let bodies = concepts.into_iter().zip(names).zip(languages).zip(keys);
    for (header, (((concepts, names), languages), keys)) in headers.into_iter().zip(bodies) {
        let mut entries = Vec::with_capacity(concepts.concepts.len());
        let parts = names.concepts.into_iter().zip(languages.concepts).zip(keys.concepts);
        for (mut concept, ((names, languages), keys)) in concepts.concepts.into_iter().zip(parts) {
            name(&mut concept, names, languages, notices);
            tell_unknown(&concept, &keys, notices);
            entries.push(concept);
        }
        all.push((header, entries));
    }
    Ok(all)
}

/// What `T` knows of each dictionary of the file.
fn views<T: DeserializeOwned>(text: &str, is_many: bool) -> Result<Vec<T>, Fault> {
    if is_many {
        view::<Many<T>>(text).map(|many| many.dictionaries)
    } else {
        view(text).map(|only| vec![only])
    }
}

fn view<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| {
        let place = if error.line() == 0 { Place::File } else { Place::Line(error.line()) };
        Fault::malformed(
            place,
            format!("JSON 有误：{}", reason_zh(&error.to_string())),
            format!("malformed JSON: {error}"),
        )
    })
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

/// Gives the concept its names, and an id if it has none; it stands in no file of lines.
fn name(concept: &mut Concept, names: Terms, languages: Languages, notices: &mut Notices) {
    concept.designations.clear();
    concept.english.clear();
    for (designation, language) in names.terms.into_iter().zip(languages.terms) {
        match language.lang.split('-').next().unwrap_or("") {
            "en" => concept.english.push(designation.text),
            "" | "zh" => concept.designations.push(designation),
            _ => {
                let (lang, text) = (language.lang, designation.text);
                notices.add(
                    Place::File,
                    format!("未采用 {lang} 语的“{text}”：词典只收中文和英文"),
                    format!("`{text}` in language {lang} is left out; dictionaries hold Chinese and English"),
                );
            }
        }
    }
    if concept.id.is_empty() {
        concept.id = concept.preferred().to_owned();
    }
    concept.line = 0;
    concept.variants.iter_mut().for_each(|variant| variant.line = 0);
    concept.relations.iter_mut().for_each(|relation| relation.line = 0);
}

fn tell_unknown(concept: &Concept, keys: &Keys, notices: &mut Notices) {
    // `span` says where an imported entry stood in its document.
    let is_known = |key: &str| match key {
        "terms" | "span" => true,
        "designations" | "english" | "line" => false,
        _ => fields::<Concept>().contains(&key),
    };
    for key in keys.keys().filter(|key| !is_known(key)) {
        let term = concept.preferred();
        notices.add(
            Place::File,
            format!("“{term}”：不认识的键 {key}，未采用"),
            format!("`{term}`: the key `{key}` is not known and left out"),
        );
    }
}
