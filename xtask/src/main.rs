//! Tools of the project: `cargo xtask` lists them.

#![allow(clippy::print_stderr, reason = "a tool speaks to its user")]

mod background;
mod bench_table;
mod compile;
mod compounds;
mod dictionaries;
mod fuzz;
mod lexicon;
mod new_rule;
mod page;
mod peers;
mod phrases;
mod register;
mod release;
mod schema;
mod site;
mod weights;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask new-rule FAMILY/NAME  write a rule with its pages and register it
cargo xtask lexicon DICT        rebuild rules/lexicon/words.fst from jieba's dict.txt
cargo xtask dictionaries        rebuild the official dictionaries from rules/dictionaries/sources
cargo xtask register            rebuild standards.txt and laws.txt in rules/dictionaries from its sources/*.tsv
cargo xtask schema              write zhengming.schema.json, the JSON Schema of zhengming.toml
cargo xtask compile             rebuild rules/dictionaries/builtin.bin, and pairs.bin and beginnings.bin in rules/lexicon
cargo xtask compounds FOLDER    rebuild rules/lexicon/compounds.fst from the Markdown files below a folder
cargo xtask background TABLE    rebuild rules/lexicon/background.fst from a table of counts over provinces
cargo xtask weights FACTS LABELS…  fit rules/jargon/weights.toml to labels and what `zhengming facts --format json` prints
cargo xtask phrases TABLE       rebuild rules/lexicon/phrases.fst from a table of counts over documents and provinces
cargo xtask fuzz [--seconds N] [--seed N] [TARGET…]  give changed files to readers, dictionaries, fixes, annotations and the language server
cargo xtask peers FOLDER [PROGRAM]  time, memory and text of files of other projects, each checked by a process of its own
cargo xtask release [PART…]     build wheels, Debian package, crates and their checksums into dist/ (publishes nothing)
cargo xtask page                build the module for browsers and write dist/zhengming.html, the page with everything in it
cargo xtask npm                 write the npm package into dist/npm
cargo xtask bindgen             install the wasm-bindgen that the two need, unless it is there
cargo xtask site                put the documentation site together in target/site; mdBook builds it where it is installed
cargo xtask bench-table FOLDER… what each stage costs on the Markdown below folders (cargo run --release -p xtask --)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["lexicon", dictionary] => lexicon::build(dictionary),
        ["new-rule", name] => new_rule::write(name),
        ["compounds", folder] => compounds::build(folder),
        ["register"] => register::build(),
        ["background", table] => background::build(table),
        ["weights", facts, labels @ ..] if !labels.is_empty() => weights::fit(facts, labels),
        ["phrases", table] => phrases::build(table),
        ["schema"] => schema::build(),
        ["site"] => site::build(),
        ["bench-table", folders @ ..] if !folders.is_empty() => bench_table::print(folders),
        ["fuzz", arguments @ ..] => fuzz::run(arguments),
        ["peers", folder] => peers::run(folder, None),
        ["peers", folder, program] => peers::run(folder, Some(program)),
        ["release", parts @ ..] => release::build(parts),
        ["page"] => page::build(),
        ["npm"] => page::npm(),
        ["bindgen"] => page::tools(),
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
