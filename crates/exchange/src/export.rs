//! Dictionaries to other forms.
//!
//! TOML and JSON keep everything; TBX keeps everything in the words of ISO 30042; a table keeps its columns;
//! Markdown and HTML are for reading.

mod html;
pub(crate) mod json;
mod markdown;
mod multiterm;
mod table;
mod tbx;
mod toml;
mod xlsx;

pub use html::to_html;
pub use json::{list_json, to_json};
pub use markdown::to_markdown;
pub use multiterm::to_multiterm;
pub use table::to_csv;
pub use tbx::to_tbx;
pub use toml::to_toml;
pub use xlsx::to_xlsx;

/// Text for XML and HTML, also within quotation marks. Characters that XML cannot hold become U+FFFD.
fn escape(text: &str) -> String {
    escape_content(text).replace('"', "&quot;")
}

/// Text between tags.
fn escape_content(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' => out.push(character),
            '\r' => out.push_str("&#13;"),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => out.push(char::REPLACEMENT_CHARACTER),
            _ => out.push(character),
        }
    }
    out
}
