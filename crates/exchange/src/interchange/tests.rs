//! What the readers promise, on small files written by hand and on any dictionary.

mod hostile;
mod json;
mod properties;
mod tables;
mod tbx;
mod word;
mod workbooks;

use std::io::{Cursor, Write};

use zhengming_terms::dictionary::{Concept, Dictionary, Header, Status};

use super::{ExchangeError, Notice};

type Reading = Result<(Dictionary, Vec<Notice>), ExchangeError>;

/// The built-in dictionaries, by the names of their files in the repository.
const BUILT_IN: [&str; 3] = ["db33t-2350-2021.toml", "shuzi-shehui-6.0.toml", "zhejiang-overlay.toml"];

fn built_in() -> impl Iterator<Item = Dictionary> {
    BUILT_IN.into_iter().map(|name| Dictionary::from_toml(name, &built_in_text(name)).unwrap())
}

fn built_in_text(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/dictionaries/");
    std::fs::read_to_string(format!("{folder}{name}")).unwrap()
}

/// Header and concepts without the lines, which no two forms share.
fn bare(dictionary: &Dictionary) -> (Header, Vec<Concept>) {
    let mut concepts = dictionary.concepts().to_vec();
    for concept in &mut concepts {
        concept.line = 0;
        concept.variants.iter_mut().for_each(|variant| variant.line = 0);
        concept.relations.iter_mut().for_each(|relation| relation.line = 0);
    }
    (dictionary.header().clone(), concepts)
}

/// A concept on one line: `id clause term=english|+admitted|-deprecated|~superseded: definition`.
fn line(concept: &Concept) -> String {
    let mut out = format!("{} {} ", concept.id, concept.clause.as_deref().unwrap_or("_"));
    for designation in &concept.designations {
        let sign = match designation.status {
            Status::Preferred => "",
            Status::Admitted => "|+",
            Status::Deprecated => "|-",
            Status::Superseded => "|~",
        };
        out.push_str(&format!("{sign}{}", designation.text));
    }
    out.push_str(&format!(
        "={}: {}",
        concept.english.join("/"),
        concept.definition.as_deref().unwrap_or("_")
    ));
    out
}

fn lines(reading: Reading) -> Vec<String> {
    let (dictionary, _) = reading.unwrap_or_else(|error| panic!("{error}"));
    dictionary.concepts().iter().map(line).collect()
}

fn notices(reading: Reading) -> Vec<String> {
    let (_, notices) = reading.unwrap_or_else(|error| panic!("{error}"));
    notices.into_iter().map(|notice| notice.text().en).collect()
}

/// A package with these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
