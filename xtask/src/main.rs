//! Tools of the project: `cargo xtask` lists them.

#![allow(clippy::print_stderr, reason = "a tool speaks to its user")]

mod compile;
mod compounds;
mod dictionaries;
mod lexicon;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask lexicon DICT        rebuild rules/lexicon/words.fst from jieba's dict.txt
cargo xtask dictionaries        rebuild the official dictionaries from rules/dictionaries/sources
cargo xtask compile             rebuild rules/dictionaries/builtin.bin from the TOML files beside it
cargo xtask compounds FOLDER    rebuild rules/lexicon/compounds.fst from the Markdown files below a folder";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["lexicon", dictionary] => lexicon::build(dictionary),
        ["compounds", folder] => compounds::build(folder),
        ["compile"] => compile::build(),
        ["dictionaries"] => dictionaries::build(),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
