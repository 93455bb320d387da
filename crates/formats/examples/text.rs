//! Prints what is read of documents, a line for each block with its place, to be held against other programs.
//!
//! `cargo run -p zhengming-formats --example text -- FILE…`

use std::io::{self, Write};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for name in std::env::args().skip(1) {
        let bytes = std::fs::read(&name)?;
        writeln!(out, "# {name}")?;
        let document = match zhengming_formats::read(&name, &bytes) {
            Ok(document) => document,
            Err(error) => {
                writeln!(out, "! {}", error.text().zh)?;
                continue;
            }
        };
        for block in document.blocks() {
            let place = block.place().map_or("", |place| place.words.zh.as_str());
            writeln!(out, "{place}\t{}", block.text().replace(['\n', '\r', '\u{2028}'], " "))?;
        }
        for note in document.notes() {
            let mark = if note.missed { '!' } else { '-' };
            writeln!(out, "{mark} {}", note.message.zh)?;
        }
    }
    Ok(())
}
