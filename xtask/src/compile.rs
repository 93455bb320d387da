//! Compiles the built-in dictionaries to the form that the program reads at its start.

use std::fs;

use zhengming_core::dictionary::Dictionary;
use zhengming_rules::{BUILTIN_FILES, Compiled};

/// Writes `rules/dictionaries/builtin.bin`.
pub(crate) fn build() -> Result<(), String> {
    let target = "rules/dictionaries/builtin.bin";
    let bytes = compiled(".")?;
    fs::write(target, &bytes).map_err(|error| format!("{target}: {error}"))?;
    eprintln!("{target}: {} dictionaries, {} bytes", BUILTIN_FILES.len(), bytes.len());
    Ok(())
}

fn compiled(root: &str) -> Result<Vec<u8>, String> {
    let mut all: Compiled = Vec::new();
    for file in BUILTIN_FILES {
        let path = format!("{root}/rules/dictionaries/{file}");
        let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let name = format!("builtin:{file}");
        let dictionary = Dictionary::from_toml(&name, &text).map_err(|error| error.to_string())?;
        all.push((name, dictionary.header().clone(), dictionary.concepts().to_vec()));
    }
    postcard::to_stdvec(&all).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_compiled_dictionaries_are_those_of_the_sources() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        let built_in = std::fs::read(format!("{root}/rules/dictionaries/builtin.bin")).unwrap();
        assert!(super::compiled(root).unwrap() == built_in, "run `cargo xtask compile`");
    }
}
