//! A place in a text that may be jargon.

use zhengming_text::fold;

use super::Family;

/// A place that a family lays claim to, in the text of a view. Without a family it is a formula, which
/// only protects its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) family: Option<Family>,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) quoted: bool,
}

/// Where a quotation or name that ends at `end` is followed by its class: after the closing mark.
pub(super) fn after_marks(text: &str, end: usize) -> &str {
    text[end..].trim_start_matches(fold::is_quote)
}
