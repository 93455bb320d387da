//! Byte offsets of one document to places in every unit, all in one sweep over its text.

use serde::Serialize;
use zhengming_text::diagnostic::{Diagnostic, Related};
use zhengming_text::document::Document;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::point::Point;
use zhengming_text::span::Span;

use crate::input::{Checked, StoredLen};

/// A place in a file. The order of the fields is that of the JSON schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Place {
    /// Bytes before it in the file as stored, byte order mark included.
    pub(crate) byte: usize,
    /// Unicode scalar values before it in the text.
    pub(crate) char: usize,
    /// Line, from 1.
    pub(crate) line: usize,
    /// Column in scalar values, from 1.
    pub(crate) column: usize,
    /// Column in UTF-16 code units, from 1.
    pub(crate) utf16: usize,
    /// Column in bytes of the text as UTF-8, from 1; nothing in a document that is not at hand. Not part of
    /// the JSON schema.
    #[serde(skip)]
    pub(crate) utf8: Option<usize>,
}

impl From<Point> for Place {
    fn from(Point { byte, char, line, column, utf16 }: Point) -> Self {
        Self { byte, char, line, column, utf16, utf8: None }
    }
}

/// Where a span starts and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct PlacedSpan {
    pub(crate) start: Place,
    pub(crate) end: Place,
}

/// The places of all spans of a document's findings.
pub(crate) struct Places<'a> {
    source: &'a str,
    /// In order of offset, each offset once.
    known: Vec<(usize, Place)>,
}

impl<'a> Places<'a> {
    /// Places whose `byte` counts the file as it is stored.
    pub(crate) fn stored(checked: &Checked<'a>) -> Self {
        let has_mark = checked.document.encoding().bom;
        let stored_len = checked.stored_len.unwrap_or(&str::len);
        let mark = if has_mark { stored_len("\u{FEFF}") } else { 0 };
        Self::new(checked.document, checked.diagnostics, mark, stored_len)
    }

    /// Places whose `byte` counts the decoded text, for reports that do not show it.
    pub(crate) fn decoded(checked: &Checked<'a>) -> Self {
        Self::new(checked.document, checked.diagnostics, 0, &str::len)
    }

    fn new(
        document: &'a Document,
        diagnostics: &[Diagnostic],
        mark: usize,
        stored_len: StoredLen<'_>,
    ) -> Self {
        let source = document.source();
        let mut offsets: Vec<usize> = diagnostics
            .iter()
            .flat_map(spans)
            .map(|span| clamp(source, span))
            .flat_map(|span| [span.start, span.end])
            .collect();
        offsets.sort_unstable();
        offsets.dedup();

        let mut known = Vec::with_capacity(offsets.len());
        let (mut at, mut utf8) = (0, 1);
        let mut place = Place { byte: mark, char: 0, line: 1, column: 1, utf16: 1, utf8: None };
        for offset in offsets {
            let line = document.lines().line(offset);
            let line_start = document.lines().line_range(line).start;
            place.byte += stored_len(&source[at..offset]);
            if line_start > at {
                place.char += source[at..line_start].chars().count();
                (place.line, place.column, place.utf16, utf8) = (line, 1, 1, 1);
                at = line_start;
            }
            let rest = &source[at..offset];
            let chars = rest.chars().count();
            place.char += chars;
            place.column += chars;
            place.utf16 += rest.chars().map(char::len_utf16).sum::<usize>();
            utf8 += rest.len();
            place.utf8 = Some(utf8);
            at = offset;
            known.push((offset, place));
        }
        Self { source, known }
    }

    /// Where a span of one of the findings starts and ends.
    pub(crate) fn span(&self, span: Span) -> PlacedSpan {
        let span = clamp(self.source, span);
        PlacedSpan { start: self.at(span.start), end: self.at(span.end) }
    }

    /// Where a related place starts and ends, in this document or another one.
    pub(crate) fn related(&self, related: &Related) -> PlacedSpan {
        match &related.elsewhere {
            Some(elsewhere) => PlacedSpan { start: elsewhere.start.into(), end: elsewhere.end.into() },
            None => self.span(related.span),
        }
    }

    fn at(&self, offset: usize) -> Place {
        let index = self.known.binary_search_by_key(&offset, |&(known, _)| known);
        self.known[index.expect("every span of the findings was collected")].1
    }
}

/// Every span that a finding mentions.
fn spans(diagnostic: &Diagnostic) -> impl Iterator<Item = Span> {
    let here = diagnostic.related.iter().filter(|related| related.elsewhere.is_none());
    let related = here.map(|related| related.span);
    let edits = diagnostic.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
    std::iter::once(diagnostic.span).chain(related).chain(edits)
}

/// The span moved back to character boundaries inside `source`. A rule's mistake must not cost the report.
pub(crate) fn clamp(source: &str, span: Span) -> Span {
    let start = floor_boundary(source, span.start);
    Span { start, end: floor_boundary(source, span.end).max(start) }
}

/// The path of the document in which a related place is; `path` is that of the finding.
pub(crate) fn related_path<'a>(related: &'a Related, path: &'a str) -> &'a str {
    related.elsewhere.as_ref().map_or(path, |elsewhere| &elsewhere.path)
}
