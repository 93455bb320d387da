//! Documents, dictionaries, matching and diagnostics of 正名, a terminology linter for official
//! Chinese documents.
//!
//! This crate is pure: no file, no clock, no terminal, no global state. Readers of file formats are in
//! `zhengming-formats`, rules in `zhengming-rules`, reports in `zhengming-report`; the crate
//! `zhengming` puts them together.

pub mod citation;
pub mod confusion;
pub mod date;
pub mod definition;
pub mod diagnostic;
pub mod dictionary;
pub mod diff;
pub mod document;
pub mod facts;
pub mod fold;
pub mod folder;
pub mod jargon;
pub mod lexicon;
pub mod line_index;
pub mod linter;
pub mod matcher;
pub mod message;
pub mod names;
pub mod near_miss;
pub mod nearest;
pub mod pinyin;
pub mod place;
pub mod prose;
pub mod register;
pub mod rule;
pub mod signs;
pub mod span;
pub mod stored;
pub mod summary;
pub mod suppression;
pub mod termbase;
mod words;
