//! Whether what stands between dollar signs is a formula, and not a sentence between two prices.

use zhengming_text::fold;
use zhengming_text::span::Span;
use zhengming_text::zh::mark;

/// Whether `source[span]`, dollar signs included, is a formula: by pandoc's rule (no white space inside the
/// signs, no digit after them), and by what it says.
pub(super) fn is_formula(source: &str, span: Span) -> bool {
    let text = &source[span.range()];
    let inner = text.trim_matches('$');
    if text.starts_with("$$") {
        return true;
    }
    let after = source[span.end..].chars().next();
    let blank = inner.starts_with(char::is_whitespace) || inner.ends_with(char::is_whitespace);
    if blank || after.is_some_and(|c| c.is_ascii_digit()) {
        return false;
    }
    if inner.contains(['\\', '^', '=', '_', '{']) {
        return true;
    }
    if inner.contains(mark::PART_ENDS) {
        return false;
    }
    let has_han = inner.chars().any(fold::is_han);
    // US$5 and HK$5 are prices, and so is $5 before words.
    let is_currency = source[..span.start].ends_with(|c: char| c.is_ascii_uppercase());
    let is_price = inner.starts_with(|c: char| c.is_ascii_digit());
    !(has_han && (is_currency || is_price))
}
