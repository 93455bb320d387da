//! What each tag name means for the blocks. Names that are not listed are transparent.

use std::borrow::Cow;

use zhengming_text::document::BlockKind;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Begins and ends a block.
    Block,
    /// Begins and ends a block and says what kind it is.
    Kind(BlockKind),
    /// Quotes what is inside.
    Quote,
    /// A list or a table, which holds items or cells.
    Group,
    /// Transparent, but ends what was left open inside.
    Inline,
    /// Not prose.
    Hidden,
    /// Not prose and not markup either; the tokenizer reads on to its end tag.
    Raw,
    /// Code inside a sentence.
    Opaque,
    /// Code as a block.
    Preformatted,
    /// A line break.
    Break,
    /// An image.
    Image,
}

impl Role {
    /// Whether elements inside a hidden one are known by their end anyway: those without content.
    pub(super) fn is_nested(self) -> bool {
        matches!(self, Self::Break | Self::Image)
    }
}

/// Elements without content, which have no end tag.
pub(super) fn is_void(name: &[u8]) -> bool {
    const NAMES: [&[u8]; 15] = [
        b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param",
        b"source", b"track", b"wbr", b"frame",
    ];
    NAMES.contains(&name)
}

/// The name as it is kept for an open element.
pub(super) fn name_of(name: &[u8]) -> Cow<'static, str> {
    match find(name) {
        Some((known, _)) => Cow::Borrowed(known),
        None => Cow::Owned(String::from_utf8_lossy(name).into_owned()),
    }
}

/// The role of a tag name, with the name as a constant.
pub(super) fn find(name: &[u8]) -> Option<(&'static str, Role)> {
    TAGS.iter().find(|(known, _)| known.as_bytes() == name).copied()
}

/// Which open elements end where `name` starts, and which ones shield what is outside of them.
pub(super) fn implied_ends(name: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    let rule: (&[&str], &[&str]) = match name {
        "li" => (&["li"], &["ul", "ol", "table", "td", "th", "blockquote"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl", "table", "td", "th", "blockquote"]),
        "td" | "th" | "tr" => (&["td", "th", "caption"], &["table"]),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            (&["h1", "h2", "h3", "h4", "h5", "h6"], &["table", "td", "th"])
        }
        "rt" | "rp" => (&["rt", "rp"], &["ruby"]),
        _ => return None,
    };
    Some(rule)
}

/// The commoner names first, because the list is searched from the top.
static TAGS: &[(&str, Role)] = &[
    ("p", Role::Block),
    ("div", Role::Block),
    ("br", Role::Break),
    ("td", Role::Kind(BlockKind::TableCell)),
    ("tr", Role::Group),
    ("li", Role::Kind(BlockKind::ListItem)),
    ("ul", Role::Group),
    ("img", Role::Image),
    ("h1", Role::Kind(BlockKind::Heading(1))),
    ("h2", Role::Kind(BlockKind::Heading(2))),
    ("h3", Role::Kind(BlockKind::Heading(3))),
    ("h4", Role::Kind(BlockKind::Heading(4))),
    ("h5", Role::Kind(BlockKind::Heading(5))),
    ("h6", Role::Kind(BlockKind::Heading(6))),
    ("table", Role::Group),
    ("th", Role::Kind(BlockKind::TableCell)),
    ("ol", Role::Group),
    ("script", Role::Raw),
    ("style", Role::Raw),
    ("code", Role::Opaque),
    ("blockquote", Role::Quote),
    ("section", Role::Block),
    ("article", Role::Block),
    ("header", Role::Block),
    ("footer", Role::Block),
    ("main", Role::Block),
    ("nav", Role::Block),
    ("aside", Role::Block),
    ("address", Role::Block),
    ("center", Role::Block),
    ("figure", Role::Block),
    ("figcaption", Role::Kind(BlockKind::Caption)),
    ("caption", Role::Kind(BlockKind::Caption)),
    ("tbody", Role::Block),
    ("thead", Role::Block),
    ("tfoot", Role::Block),
    ("dl", Role::Group),
    ("dt", Role::Kind(BlockKind::ListItem)),
    ("dd", Role::Kind(BlockKind::ListItem)),
    ("hr", Role::Block),
    ("html", Role::Block),
    ("head", Role::Block),
    ("body", Role::Block),
    ("title", Role::Raw),
    ("noscript", Role::Raw),
    ("iframe", Role::Raw),
    ("textarea", Role::Raw),
    ("xmp", Role::Raw),
    ("noembed", Role::Raw),
    ("template", Role::Hidden),
    ("svg", Role::Inline),
    ("text", Role::Kind(BlockKind::Caption)),
    ("desc", Role::Kind(BlockKind::Caption)),
    ("defs", Role::Hidden),
    ("symbol", Role::Hidden),
    ("metadata", Role::Hidden),
    ("canvas", Role::Hidden),
    ("object", Role::Hidden),
    ("input", Role::Image),
    ("noframes", Role::Raw),
    ("video", Role::Hidden),
    ("audio", Role::Hidden),
    ("del", Role::Hidden),
    ("s", Role::Hidden),
    ("strike", Role::Hidden),
    ("rtc", Role::Hidden),
    ("tt", Role::Opaque),
    ("rt", Role::Hidden),
    ("rp", Role::Hidden),
    ("ruby", Role::Inline),
    ("pre", Role::Preformatted),
    ("kbd", Role::Opaque),
    ("samp", Role::Opaque),
    ("math", Role::Opaque),
    ("form", Role::Block),
    ("fieldset", Role::Block),
    ("legend", Role::Block),
    ("details", Role::Block),
    ("summary", Role::Block),
    ("dialog", Role::Block),
    ("hgroup", Role::Block),
    ("option", Role::Block),
    ("menu", Role::Group),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_listed_twice() {
        for (at, (name, _)) in TAGS.iter().enumerate() {
            assert!(TAGS[at + 1..].iter().all(|(other, _)| other != name), "{name}");
        }
    }
}
