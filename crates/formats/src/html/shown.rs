//! What a page shows of an element: nothing, if it is hidden or struck out; of some also an attribute.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use zhengming_text::document::{BlockBuilder, BlockKind};
use zhengming_text::fold;
use zhengming_text::span::Span;

use super::entity;
use super::tags::{self, Role};
use zhengming_text::zh::mark;

/// A reference to a note is looked for in so many bytes after `<sup>`.
const LONGEST_REFERENCE: usize = 200;

/// What a tag in the midst of text does to the text after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing.
    None,
    /// It breaks the line.
    Break,
    /// What is inside is not shown.
    Hidden,
    /// What is inside is no prose.
    Opaque,
}

/// The name and the effect of the start tag with which `text` begins, in a text that is not all HTML.
/// `before` is the character before it.
pub(crate) fn start_tag(before: Option<char>, text: &str) -> Option<(String, Effect)> {
    let end = memchr::memchr(b'>', text.as_bytes())? + 1;
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(false);
    let token = Tokenizer::new_with_emitter(&text[..end], emitter).flatten().next()?;
    let Token::StartTag(tag) = token else { return None };
    let name = String::from_utf8_lossy(&tag.name).into_owned();
    let effect = match tags::find(&tag.name) {
        Some((_, Role::Break)) => Effect::Break,
        _ if tag.self_closing || tags::is_void(&tag.name) => Effect::None,
        _ if is_hidden(&tag, before, &text[end..]) => Effect::Hidden,
        Some((_, Role::Hidden)) => Effect::Hidden,
        Some((_, Role::Opaque | Role::Preformatted | Role::Raw)) => Effect::Opaque,
        _ => Effect::None,
    };
    Some((name, effect))
}

/// Whether the page does not show what the element holds, or shows it as no longer valid. `after` is what
/// follows the tag, `before` the character before it.
pub(super) fn is_hidden(tag: &StartTag<usize>, before: Option<char>, after: &str) -> bool {
    let is_closed_dialog = **tag.name == *b"dialog" && !tag.attributes.contains_key(&b"open"[..]);
    if is_closed_dialog || tag.attributes.contains_key(&b"hidden"[..]) {
        return true;
    }
    if let Some(style) = tag.attributes.get(&b"style"[..]) {
        let style: Vec<u8> = style
            .value
            .iter()
            .filter(|byte| !byte.is_ascii_whitespace())
            .map(u8::to_ascii_lowercase)
            .collect();
        let has = |text: &str| memchr::memmem::find(&style, text.as_bytes()).is_some();
        if HIDING.iter().any(|text| has(text)) {
            return true;
        }
    }
    **tag.name == *b"sup" && is_reference(before, after)
}

/// Declarations of a style that take text off the page or strike it out.
const HIDING: [&str; 5] = [
    "display:none",
    "visibility:hidden",
    "visibility:collapse",
    "text-decoration:line-through",
    "text-decoration-line:line-through",
];

/// Whether what is set high refers to a note, and is no exponent: `[1]`, `①`, `注2`, `*`, a link, or a number
/// after a Chinese character.
fn is_reference(before: Option<char>, after: &str) -> bool {
    let head = &after[..zhengming_text::line_index::floor_boundary(after, LONGEST_REFERENCE)];
    let Some(end) = head.find("</sup") else { return false };
    let mut text = String::new();
    let mut is_link = false;
    let mut rest = &head[..end];
    while let Some(open) = rest.find('<') {
        text += &rest[..open];
        is_link |= rest[open..].starts_with("<a");
        rest = rest[open..].find('>').map_or("", |close| &rest[open + close + 1..]);
    }
    text += rest;
    let text = text.trim();
    let inner = text.trim_matches(|c: char| "[]〔〕［］()（）【】".contains(c));
    let is_number =
        |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || ", ，-".contains(c));
    let is_set_off = inner.len() < text.len() || is_link || before.is_some_and(fold::is_han);
    is_set_off && is_number(inner.trim_start_matches('注'))
        || inner.strip_prefix('注').is_some_and(|rest| rest.is_empty() || is_number(rest))
        || !inner.is_empty() && inner.chars().all(|c| matches!(c, '①'..='⑳' | '*' | '†' | '‡' | '※'))
}

/// The attributes that a page shows, and whether it does so of this element.
fn shown_attributes(tag: &StartTag<usize>) -> impl Iterator<Item = &'static str> {
    let is = |name: &str| **tag.name == *name.as_bytes();
    let value = |name: &str| {
        let value = tag.attributes.get(name.as_bytes());
        value.map_or_else(String::new, |value| String::from_utf8_lossy(&value.value).to_ascii_lowercase())
    };
    let is_field = is("input") || is("textarea");
    let shows_value =
        is("input") && ["", "text", "search", "button", "submit", "reset"].contains(&&*value("type"));
    let is_label = is("option") || is("optgroup") || is("track");
    let describes = is("meta")
        && [value("name"), value("property")].iter().any(|name| DESCRIBING.contains(&name.as_str()));
    let all = [
        (!is("img"), "title"),
        (is_field, "placeholder"),
        (shows_value, "value"),
        (!is("img"), "aria-label"),
        (is_label, "label"),
        (is("area"), "alt"),
        (describes, "content"),
    ];
    all.into_iter().filter(|(shown, _)| *shown).map(|(_, name)| name)
}

/// What a page says of itself in words, beside its title.
const DESCRIBING: [&str; 6] =
    ["description", "og:title", "og:description", "twitter:title", "twitter:description", "articletitle"];

/// The attributes of a tag that are text, each as a block, in the order of the file.
pub(super) fn attributes(source: &str, tag: &StartTag<usize>, place: Span, feed: usize) -> Vec<BlockBuilder> {
    let mut found: Vec<(Span, BlockBuilder)> = Vec::new();
    for name in shown_attributes(tag) {
        if let Some((span, block)) = attribute(source, tag, name, place, feed) {
            found.push((span, block));
        }
    }
    found.sort_by_key(|(span, _)| *span);
    found.into_iter().map(|(_, block)| block).collect()
}

/// One attribute as a block, and where its value stands. `place` is the tag's, `feed` where the piece of HTML begins.
pub(super) fn attribute(
    source: &str,
    tag: &StartTag<usize>,
    name: &str,
    place: Span,
    feed: usize,
) -> Option<(Span, BlockBuilder)> {
    let attribute = tag.attributes.get(name.as_bytes())?;
    let value = std::str::from_utf8(&attribute.value).ok().filter(|value| !value.trim().is_empty())?;
    let start = (feed + attribute.span.start).clamp(place.start, place.end);
    let raw = source.get(start..place.end)?;
    let rest = raw.get(name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
    let (rest, mark) = match rest.chars().next() {
        Some(mark @ ('"' | '\'')) => (&rest[1..], Some(mark)),
        _ => (rest, None),
    };
    let start = place.end - rest.len();
    let mut block = BlockBuilder::new(BlockKind::Caption);
    if rest.starts_with(value) {
        let span = Span::new(start, start + value.len());
        block.verbatim(source, span);
        return Some((span, block));
    }
    let length = match mark {
        Some(mark) => rest.find(mark)?,
        None => rest.find(|c: char| c.is_ascii_whitespace() || c == '>')?,
    };
    let span = Span::new(start, start + length);
    let mut at = 0;
    while at < length {
        let here = &rest[at..length];
        if here.starts_with('&')
            && let Some((bytes, decoded)) = entity::decode(here)
        {
            block.decoded(source, Span::new(start + at, start + at + bytes), &decoded);
            at += bytes;
            continue;
        }
        let first = here.chars().next().map_or(1, char::len_utf8);
        let bytes = here[first..].find('&').map_or(here.len(), |next| first + next);
        block.verbatim(source, Span::new(start + at, start + at + bytes));
        at += bytes;
    }
    Some((span, block))
}

/// Whether preformatted text is prose, as old pages of notices are, and no code.
pub(super) fn is_prose(text: &str) -> bool {
    let han = text.chars().filter(|c| fold::is_han(*c)).count();
    let letters = text.chars().filter(char::is_ascii_alphanumeric).count();
    let has_sentence = text.contains(mark::CLAUSE_ENDS) || letters == 0;
    let has_code = text.trim_start().starts_with("<code")
        || text.contains([';', '{', '}', '='])
            && !text.contains("&#")
            && !text.contains("&nbsp;")
            && letters > 0;
    han >= 3 && han > letters && has_sentence && !has_code
}
