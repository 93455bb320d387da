//! Text in XML.

use crate::printable::printable;

/// The text, fit to stand in an attribute or between tags.
///
/// Characters that XML 1.0 cannot hold, not even as a reference, become U+FFFD. Line feeds and tabs are
/// written as references, because a parser makes spaces of them in attributes.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            // Also so that no text holds `]]>`.
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&apos;",
            '\n' => out += "&#10;",
            '\t' => out += "&#9;",
            '\u{FFFE}' | '\u{FFFF}' => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_forbidden_characters_are_disarmed() {
        assert_eq!(
            escaped("甲<b a='\"'>]]>&amp;\r\n\t\u{0}\u{ffff}😀"),
            "甲&lt;b a=&apos;&quot;&apos;&gt;]]&gt;&amp;amp;&#10;&#9;\u{fffd}\u{fffd}😀"
        );
    }
}
