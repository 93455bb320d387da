//! Dictionaries of other tools: TBX, MultiTerm, spreadsheets, JSON; and the text of Word files and tables for the importer.
//!
//! [`read`] finds out by itself what a file is. A document that is no dictionary is
//! [`ExchangeError::NotADictionary`]; its [`text`] is what [`crate::import`] takes.

mod cells;
mod columns;
mod delimited;
mod docx;
mod error;
mod html;
mod json;
mod multiterm;
mod recognise;
mod repair;
mod table;
mod tbx;
mod xlsx;

#[cfg(test)]
mod tests;

pub(crate) use cells::{join_lines, join_term, join_words};
pub(crate) use tbx::Label;

pub use delimited::from_csv;
pub use docx::{Block, DocxContent, docx_to_text, from_docx_tables};
pub use error::{ExchangeError, Notice, Place};
pub use html::from_html;
pub use json::{from_json, from_json_all};
pub use multiterm::from_multiterm;
pub use recognise::{from_tables, read, read_own, text};
pub use tbx::from_tbx;
pub use xlsx::from_xlsx;
pub use zhengming_formats::package::{MAX_PACKAGE, MAX_PART, MAX_PARTS, MAX_UNPACKED};

/// Text files above this size are refused.
pub const MAX_TEXT: usize = 32 << 20;
/// TOML above this size is refused, because its parser needs a multiple of it.
pub const MAX_TOML: usize = 8 << 20;
/// How many concepts a dictionary may have.
pub const MAX_CONCEPTS: usize = 100_000;
/// How many values JSON or TOML may have: each takes far more memory than bytes in the file.
pub const MAX_VALUES: usize = 2_000_000;
/// How many rows a table may have.
pub const MAX_ROWS: usize = 200_000;
/// How many cells with content the tables of a file may have.
pub const MAX_CELLS: usize = 2_000_000;

/// The name of a file without folders and extension.
fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ if file.is_empty() => "dictionary",
        _ => file,
    }
}
