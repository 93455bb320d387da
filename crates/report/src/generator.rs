//! What a report says of its origin.

/// What a page, a text and a workbook say of their origin, near their beginning.
pub(crate) const GENERATOR: &str = "zhengming report";

/// The first line of a text.
pub(crate) fn comment() -> String {
    format!("<!-- generator: {GENERATOR} -->\n")
}

/// The element in the head of a page.
pub(crate) fn generator() -> String {
    format!("<meta name=\"generator\" content=\"{GENERATOR}\">")
}
