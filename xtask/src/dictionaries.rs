//! Produces the built-in dictionaries from the official texts, with the project's own importer.
//!
//! The importer reads what the texts say. What they do not say (ids that are stable over editions, which
//! entries are ordinary words, what became of the edition) is taken from the dictionary as it stands.

use std::collections::HashMap;
use std::fs;

use zhengming_exchange::export::to_toml;
use zhengming_exchange::import::{ImportOptions, import};
use zhengming_terms::dictionary::Dictionary;

/// The dictionaries that are made from an official text.
pub(crate) const NAMES: [&str; 2] = ["db33t-2350-2021", "shuzi-shehui-6.0"];

/// Writes `rules/dictionaries/NAME.toml` anew for each of them.
pub(crate) fn build() -> Result<(), String> {
    for name in NAMES {
        let target = format!("rules/dictionaries/{name}.toml");
        let dictionary = regenerate(".", name)?;
        fs::write(&target, to_toml(&dictionary)).map_err(|error| format!("{target}: {error}"))?;
        eprintln!("{target}: {} concepts", dictionary.concepts().len());
    }
    Ok(())
}

/// The dictionary `name` as the importer reads it from its official text below `root`.
pub(crate) fn regenerate(root: &str, name: &str) -> Result<Dictionary, String> {
    let read = |path: String| fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"));
    let text = read(format!("{root}/rules/dictionaries/sources/{name}.txt"))?;
    let present = read(format!("{root}/rules/dictionaries/{name}.toml"))?;
    let present = Dictionary::from_toml(name, &present).map_err(|error| error.to_string())?;
    let imported = import(name, &text, &ImportOptions::default()).map_err(|error| error.to_string())?;
    let known: HashMap<_, _> =
        present.concepts().iter().map(|concept| (concept.preferred(), concept)).collect();
    let mut concepts = imported.dictionary.concepts().to_vec();
    for concept in &mut concepts {
        if let Some(known) = known.get(concept.preferred()) {
            concept.id.clone_from(&known.id);
            concept.matching = known.matching;
        }
    }
    Dictionary::new(name, present.header().clone(), concepts).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_dictionaries_are_what_the_importer_reads() {
        for name in NAMES {
            let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
            let built_in = fs::read_to_string(format!("{root}/rules/dictionaries/{name}.toml")).unwrap();
            assert_eq!(to_toml(&regenerate(root, name).unwrap()), built_in, "run `cargo xtask dictionaries`");
        }
    }
}
