//! What belongs to the page and not to the text: page numbers, running heads, tables of contents.

use zhengming_formats::furniture;
use zhengming_text::fold;

pub(super) use zhengming_formats::furniture::is_leader;

use super::lines::{Kind, Line};
use super::standard;

/// Marks the lines that are no text of the document.
pub(super) fn mark(lines: &mut [Line]) {
    let candidates: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].kind == Kind::Text).collect();
    let texts: Vec<&str> = candidates.iter().map(|&at| lines[at].text.as_str()).collect();
    let found = furniture::find(&texts, running_head);
    for (at, is_furniture) in candidates.into_iter().zip(found) {
        if is_furniture {
            lines[at].kind = Kind::Furniture;
        }
    }
}

/// The number of the standard, if the line holds nothing else but a page number.
fn running_head(text: &str) -> Option<String> {
    if text.len() > 80 || !text.contains(['/', '∕', '／', ' ']) {
        return None;
    }
    let code = text.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    let code = if code.len() < text.len() && code.starts_with(|c: char| c.is_ascii_uppercase()) {
        code
    } else {
        text
    };
    let (number, rest) = standard::parse(code)?;
    (rest.trim().chars().all(|c| c.is_ascii_digit()) && number.is_complete())
        .then(|| fold::key(&number.citation()))
}
