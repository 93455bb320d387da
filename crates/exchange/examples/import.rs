//! Prints what the importer makes of a document: `import FILE`.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;

use zhengming_exchange::import::{ImportOptions, import, to_json};
use zhengming_formats::encoding;
use zhengming_text::message::Lang;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: import FILE");
        return ExitCode::from(2);
    };
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::from(2);
        }
    };
    let text = match encoding::decode(&bytes) {
        Ok((text, _)) => text,
        Err(error) => {
            eprintln!("{path}: {}", error.text().en);
            return ExitCode::from(2);
        }
    };
    match import(&path, &text, &ImportOptions::default()) {
        Ok(found) => {
            println!("{}", to_json(&found, Lang::Zh));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::from(1)
        }
    }
}
