//! Places of a document that can be told without having it at hand.

use serde::{Deserialize, Serialize};

use crate::prose;
use zhengming_text::document::Document;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::place::Place;
use zhengming_text::point::Point;
use zhengming_text::span::{Span, TextRange};

/// Characters that a site shows on either side of its text.
const AROUND: usize = 40;
/// Longest text that a site quotes, in characters.
const LONGEST: usize = 80;

/// A stretch of a document with the words around it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Site {
    /// The number of the block.
    pub block: usize,
    /// Where it starts.
    pub start: Point,
    /// Where it ends.
    pub end: Point,
    /// The words before it.
    pub before: String,
    /// What stands there, cut if it is long.
    pub text: String,
    /// The words after it.
    pub after: String,
    /// The fingerprint's sentence: the sentence around it, without white space and cut.
    pub sentence: String,
    /// The place of the block, where line and column mean nothing to a reader: `第5页`, `术语表!B12`.
    #[serde(default)]
    pub place: Option<Place>,
    /// The rules over a folder, by id, that a comment in the document or an allowed word silences here.
    #[serde(default)]
    pub silenced: Vec<String>,
}

impl Site {
    /// The stretch `range` of block number `block`. Lines and columns are filled in by [`locate`].
    pub(super) fn new(document: &Document, block: usize, range: TextRange) -> Self {
        let text = document.block(block).text();
        let span = document.block(block).span(range);
        let sentence = &text[prose::sentence_around(text, range).range()];
        Self {
            block,
            start: Point { byte: span.start, ..Point::default() },
            end: Point { byte: span.end, ..Point::default() },
            before: last_chars(&text[..range.start], AROUND),
            text: first_chars(&text[range.range()], LONGEST),
            after: first_chars(&text[range.end..], AROUND),
            sentence: first_chars(sentence, 2 * LONGEST),
            place: document.block(block).place().cloned(),
            silenced: Vec::new(),
        }
    }

    /// The bytes of the document's decoded text.
    pub fn span(&self) -> Span {
        Span::new(self.start.byte, self.end.byte.max(self.start.byte))
    }
}

/// The first `count` characters, line breaks as spaces.
fn first_chars(text: &str, count: usize) -> String {
    let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    match memchr::memchr2(b'\n', b'\r', text.as_bytes()) {
        Some(_) => text.replace(['\n', '\r'], " "),
        None => text.to_owned(),
    }
}

fn last_chars(text: &str, count: usize) -> String {
    let from = text.char_indices().rev().take(count).last().map_or(text.len(), |(at, _)| at);
    first_chars(&text[from..], count)
}

/// Fills in lines and columns of `sites`, in one sweep over the text.
pub(super) fn locate<'s>(document: &Document, sites: impl Iterator<Item = &'s mut Site>) {
    let mut points: Vec<&mut Point> = sites.flat_map(|site| [&mut site.start, &mut site.end]).collect();
    points.sort_by_key(|point| point.byte);
    let source = document.source();
    let mut at = Point { line: 1, column: 1, utf16: 1, ..Point::default() };
    for point in points {
        let offset = floor_boundary(source, point.byte);
        let line = document.lines().line(offset);
        let line_start = document.lines().line_range(line).start;
        if line_start > at.byte {
            at.char += source[at.byte..line_start].chars().count();
            (at.byte, at.line, at.column, at.utf16) = (line_start, line, 1, 1);
        }
        let rest = &source[at.byte..offset];
        let chars = rest.chars().count();
        at.char += chars;
        at.column += chars;
        at.utf16 += rest.chars().map(char::len_utf16).sum::<usize>();
        at.byte = offset;
        *point = at;
    }
}
