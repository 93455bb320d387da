//! HTML as lines: blocks become lines, rows of tables become lines with tabs between the cells.

use std::ops::Range;

use zhengming_formats::is_silent_element;
use zhengming_text::span::Span;

use super::characters::PARAGRAPH;

/// A line of the flattened page.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) span: Span,
}

const BLOCKS: [&str; 27] = [
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "table", "thead",
    "tbody", "br", "section", "article", "header", "footer", "body", "html", "title", "center", "hr",
];

/// Whether the text is to be read as HTML: a page, or Markdown with tables in HTML.
pub(super) fn is_html(name: &str, text: &str) -> bool {
    let name = name.to_ascii_lowercase();
    if is_page(&name, text) {
        return true;
    }
    ["<table", "<TABLE", "<td", "<TD"].iter().any(|tag| text.contains(tag))
}

fn is_page(name: &str, text: &str) -> bool {
    let head: String = text.chars().take(500).collect::<String>().to_ascii_lowercase();
    [".html", ".htm", ".xhtml"].iter().any(|extension| name.ends_with(extension))
        || head.contains("<!doctype html")
        || head.contains("<html")
        || head.contains("<body")
        || head.trim_start().starts_with("<div")
        || head.trim_start().starts_with("<p")
}

/// The lines of a page.
pub(super) fn flatten(name: &str, text: &str) -> Vec<Piece> {
    let mut page = Page {
        pieces: Vec::new(),
        current: String::new(),
        start: None,
        end: 0,
        rows: 0,
        cells: 0,
        breaks_lines: !is_page(&name.to_ascii_lowercase(), text),
    };
    let mut at = 0;
    while at < text.len() {
        match next_tag(text, at) {
            Some(tag) => {
                page.text(text, at..tag.range.start);
                page.tag(&tag);
                at = tag.range.end;
                if !tag.is_end && is_silent_element(tag.name.as_bytes()) && !is_void(&tag.name) {
                    at = skip_element(text, at, &tag.name);
                }
            }
            None => {
                page.text(text, at..text.len());
                at = text.len();
            }
        }
    }
    page.close();
    page.pieces
}

/// Fields of forms that have no content.
fn is_void(name: &str) -> bool {
    matches!(name, "input" | "embed" | "param" | "source" | "track")
}

struct Page {
    pieces: Vec<Piece>,
    current: String,
    start: Option<usize>,
    end: usize,
    /// How many rows are open: tables may stand in tables.
    rows: usize,
    cells: usize,
    breaks_lines: bool,
}

impl Page {
    fn text(&mut self, source: &str, range: Range<usize>) {
        let mut at = range.start;
        for line in source[range].split_inclusive('\n') {
            let has_text = !line.trim().is_empty();
            if has_text {
                self.start.get_or_insert(at + (line.len() - line.trim_start().len()));
                self.end = at + line.trim_end().len();
            }
            let body = line.trim_end_matches(['\n', '\r']);
            // Tabs separate cells; one inside a text is a space.
            decode_into(&body.replace('\t', " "), &mut self.current);
            if body.len() < line.len() {
                if self.breaks_lines && self.rows == 0 {
                    self.close();
                } else if !self.current.is_empty() && !self.current.ends_with([' ', '\t', PARAGRAPH]) {
                    self.current.push(' ');
                }
            }
            at += line.len();
        }
    }

    fn tag(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "tr" => {
                self.close();
                self.cells = 0;
                self.rows = if tag.is_end { self.rows.saturating_sub(1) } else { 1 };
            }
            "table" => {
                self.close();
                self.rows = 0;
            }
            "td" | "th" if !tag.is_end => {
                if self.rows == 0 {
                    self.rows = 1;
                }
                if self.cells > 0 {
                    self.current.push('\t');
                }
                self.cells += 1;
                self.start.get_or_insert(tag.range.start);
                self.end = self.end.max(tag.range.end);
            }
            "td" | "th" => {}
            name if BLOCKS.contains(&name) => {
                if self.rows > 0 {
                    if !self.current.is_empty() && !self.current.ends_with(['\t', PARAGRAPH]) {
                        self.current.push(PARAGRAPH);
                    }
                } else {
                    self.close();
                    // Headings are told by the mark of Markdown, which the lines know.
                    if !tag.is_end && name.len() == 2 && name.starts_with('h') && name != "hr" {
                        self.current.push_str("# ");
                    }
                }
            }
            _ => {}
        }
    }

    fn close(&mut self) {
        let text = std::mem::take(&mut self.current);
        let start = self.start.take();
        if let Some(start) = start
            && !text.trim_matches([' ', '#', '\t', PARAGRAPH]).is_empty()
        {
            self.pieces.push(Piece { text, span: Span::new(start, self.end.max(start)) });
        }
    }
}

struct Tag {
    name: String,
    is_end: bool,
    range: Range<usize>,
}

/// Longer tags are taken for text, so that one open bracket cannot make the scan start over and over.
const LONGEST_TAG: usize = 4096;

fn next_tag(text: &str, mut from: usize) -> Option<Tag> {
    let bytes = text.as_bytes();
    loop {
        let start = from + bytes[from..].iter().position(|&byte| byte == b'<')?;
        let rest = &bytes[start + 1..];
        if rest.starts_with(b"!--") {
            // A comment inside a comment was never closed; stopping there keeps this linear.
            let body = &rest[3..];
            let end = body.windows(3).position(|window| window == b"-->" || window == b"<!-");
            if let Some(length) = end.filter(|&at| body[at] == b'-') {
                let range = start..start + 4 + length + 3;
                return Some(Tag { name: String::new(), is_end: false, range });
            }
        }
        let is_end = rest.first() == Some(&b'/');
        let body = &rest[usize::from(is_end)..];
        let opens =
            body.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'!' || *byte == b'?');
        if opens {
            let limit = body.len().min(LONGEST_TAG);
            let end = body[..limit].iter().position(|&byte| byte == b'>' || byte == b'<');
            if let Some(end) = end.filter(|&end| body[end] == b'>') {
                let length = body.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                let name = String::from_utf8_lossy(&body[..length]).to_ascii_lowercase();
                let end = start + 1 + usize::from(is_end) + end + 1;
                return Some(Tag { name, is_end, range: start..end });
            }
        }
        from = start + 1;
    }
}

/// The end of the element whose content is no text. One that is never closed has none, unless it is a script.
fn skip_element(text: &str, from: usize, name: &str) -> usize {
    let close = format!("</{name}");
    let bytes = &text.as_bytes()[from..];
    let ends = |at: &usize| bytes.get(at + close.len()).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let found = text[from..]
        .match_indices("</")
        .map(|(at, _)| at)
        .filter(|&at| {
            bytes.get(at..at + close.len()).is_some_and(|it| it.eq_ignore_ascii_case(close.as_bytes()))
        })
        .find(ends);
    match found {
        Some(found) => from + found,
        None if matches!(name, "script" | "style") => text.len(),
        None => from,
    }
}

/// The text of a cell or line with HTML inside; paragraphs end with [`PARAGRAPH`].
pub(super) fn strip_inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(tag) = next_tag(text, at) {
        decode_into(&text[at..tag.range.start], &mut out);
        if BLOCKS.contains(&tag.name.as_str()) && !out.is_empty() && !out.ends_with(PARAGRAPH) {
            out.push(PARAGRAPH);
        }
        at = tag.range.end;
        if at >= text.len() {
            break;
        }
    }
    decode_into(text.get(at..).unwrap_or_default(), &mut out);
    out
}

const ENTITIES: [(&str, &str); 14] = [
    ("nbsp", " "),
    ("lt", "<"),
    ("gt", ">"),
    ("amp", "&"),
    ("quot", "\""),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("hellip", "…"),
    ("middot", "·"),
    ("times", "×"),
];

fn decode_into(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        let entity = &rest[start + 1..];
        let length = entity.bytes().take(10).position(|byte| byte == b';');
        match length.and_then(|length| Some((decoded(&entity[..length])?, length))) {
            Some((decoded, length)) => {
                out.push_str(&decoded);
                rest = &entity[length + 1..];
            }
            None => {
                out.push('&');
                rest = entity;
            }
        }
    }
    out.push_str(rest);
}

fn decoded(entity: &str) -> Option<String> {
    if let Some(number) = entity.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control()).map(String::from);
    }
    ENTITIES.iter().find(|(name, _)| *name == entity).map(|(_, text)| (*text).to_owned())
}
