//! Many documents with one linter on all cores: `cargo run --example batch -- fixtures/drafts`.

#![allow(clippy::print_stdout, reason = "an example speaks to its reader")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use zhengming::{Document, Finding, Linter};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/drafts");
    let folder = std::env::args_os().nth(1).map_or(default, PathBuf::from);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();

    // Made once; threads share it by reference.
    let linter = Linter::builder().build()?;
    let results: Vec<(&PathBuf, Result<Vec<Finding>, String>)> =
        files.par_iter().map(|path| (path, check(&linter, path))).collect();

    let mut by_rule: BTreeMap<String, usize> = BTreeMap::new();
    for (path, result) in results {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match result {
            Ok(found) => {
                println!("{name}: {} 处", found.len());
                found.iter().for_each(|one| *by_rule.entry(one.rule.to_string()).or_default() += 1);
            }
            Err(why) => println!("{name}: {why}"),
        }
    }
    println!("{by_rule:#?}");
    Ok(())
}

fn check(linter: &Linter, path: &Path) -> Result<Vec<Finding>, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let document = Document::read(&path.to_string_lossy(), &bytes).map_err(|error| error.text().zh)?;
    Ok(linter.lint(&document))
}
