//! Replacing pieces of a text, and the small pieces of XML that are put in.

use std::ops::Range;

/// What comes instead of some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Splice {
    pub(super) at: Range<usize>,
    pub(super) text: String,
}

/// The text with its splices, which may come in any order; one that overlaps an earlier is left out.
pub(super) fn splice(source: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|splice| (splice.at.start, splice.at.end));
    let added: usize = splices.iter().map(|splice| splice.text.len()).sum();
    let mut out = String::with_capacity(source.len() + added);
    let mut at = 0;
    for splice in &splices {
        if splice.at.start < at {
            continue;
        }
        out.push_str(&source[at..splice.at.start]);
        out.push_str(&splice.text);
        at = splice.at.end;
    }
    out.push_str(&source[at..]);
    out
}

/// `text` as content of an element. Characters that XML cannot hold are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(character),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            _ => out.push(character),
        }
    }
    out
}

/// A start tag under another local name, prefix and attributes kept.
pub(super) fn renamed(tag: &str, from: &str, to: &str) -> String {
    let name_end =
        tag.find(|c: char| c.is_ascii_whitespace() || c == '>' || (c == '/' && !tag.starts_with("</")));
    let name_end = match tag.strip_prefix("</") {
        Some(rest) => 2 + rest.find(['>', ' ', '\t', '\r', '\n']).unwrap_or(rest.len()),
        None => name_end.unwrap_or(tag.len()),
    };
    let (name, rest) = tag.split_at(name_end);
    match name.strip_suffix(from) {
        Some(prefix) => format!("{prefix}{to}{rest}"),
        None => tag.to_owned(),
    }
}

/// A start tag of `w:t` that keeps white space at its ends.
pub(super) fn preserving(tag: &str) -> String {
    if tag.contains("xml:space") {
        return tag.to_owned();
    }
    match tag.strip_suffix('>') {
        Some(head) => format!("{head} xml:space=\"preserve\">"),
        None => tag.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_renamed_and_keep_their_space() {
        assert_eq!(renamed("<w:t>", "t", "delText"), "<w:delText>");
        assert_eq!(
            renamed("<w:t xml:space=\"preserve\">", "t", "delText"),
            "<w:delText xml:space=\"preserve\">"
        );
        assert_eq!(renamed("</w:t>", "t", "delText"), "</w:delText>");
        assert_eq!(renamed("</w:delText >", "delText", "t"), "</w:t >");
        assert_eq!(renamed("<t>", "t", "delText"), "<delText>");
        assert_eq!(preserving("<w:t>"), "<w:t xml:space=\"preserve\">");
        assert_eq!(preserving("<w:t xml:space='default'>"), "<w:t xml:space='default'>");
    }

    #[test]
    fn splices_come_in_order() {
        let at = |at: Range<usize>, text: &str| Splice { at, text: text.to_owned() };
        assert_eq!(splice("abcdef", vec![at(4..4, "Y"), at(1..2, "X"), at(1..1, "W")]), "aWXcdYef");
    }
}
