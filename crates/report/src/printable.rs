//! Makes text of documents and paths safe for a terminal.

use std::borrow::Cow;

/// Whether a terminal might obey the character instead of showing it: the control characters, with
/// which escape sequences begin, and the marks that reverse the direction of a line.
fn obeyed(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text with U+FFFD for what a terminal might obey; tabs and line feeds stay.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| obeyed(c) && c != '\n' && c != '\t') {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    Cow::Owned(
        text.chars()
            .map(|c| if obeyed(c) && c != '\n' && c != '\t' { char::REPLACEMENT_CHARACTER } else { c })
            .collect(),
    )
}

/// Like [`printable`], with a space for every tab and line break.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(obeyed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(printable(text).replace(['\n', '\t'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_are_disarmed() {
        assert_eq!(
            printable("甲\u{1b}[31m乙\u{9b}0m\r\n\t丙\u{202e}"),
            "甲\u{fffd}[31m乙\u{fffd}0m\n\t丙\u{fffd}"
        );
        assert_eq!(one_line("甲\r\n乙\t丙\u{7}"), "甲 乙 丙\u{fffd}");
    }
}
