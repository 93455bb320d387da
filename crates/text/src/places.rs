//! Byte offsets of one document to places in every unit, all in one sweep over its text.

use crate::diagnostic::{Diagnostic, Related};
use crate::document::Document;
use crate::line_index::floor_boundary;
use crate::point::Point;
use crate::span::Span;

/// Counts the bytes that a piece of decoded text takes in the encoding of its file.
///
/// The length of two pieces must be the sum of their lengths. The byte order mark is asked for as U+FEFF.
pub type StoredLen<'a> = &'a (dyn Fn(&str) -> usize + Sync);

/// Where a span starts and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacedSpan {
    /// Its first character.
    pub start: Point,
    /// What follows its last character.
    pub end: Point,
}

/// The places of all spans of a document's findings.
#[derive(Debug)]
pub struct Places<'a> {
    source: &'a str,
    /// In order of offset, each offset once.
    known: Vec<(usize, Point)>,
}

impl<'a> Places<'a> {
    /// Places whose `byte` counts the file as it is stored; `stored_len` says how, and is left out for UTF-8.
    pub fn stored(
        document: &'a Document,
        diagnostics: &[Diagnostic],
        stored_len: Option<StoredLen<'_>>,
    ) -> Self {
        let stored_len = stored_len.unwrap_or(&str::len);
        let mark = if document.encoding().bom { stored_len("\u{FEFF}") } else { 0 };
        Self::new(document, diagnostics, mark, stored_len)
    }

    /// Places whose `byte` counts the decoded text.
    pub fn decoded(document: &'a Document, diagnostics: &[Diagnostic]) -> Self {
        Self::new(document, diagnostics, 0, &str::len)
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
        let mut at = 0;
        let mut point = Point { byte: mark, char: 0, line: 1, column: 1, utf16: 1 };
        for offset in offsets {
            let line = document.lines().line(offset);
            let line_start = document.lines().line_range(line).start;
            point.byte += stored_len(&source[at..offset]);
            if line_start > at {
                point.char += source[at..line_start].chars().count();
                (point.line, point.column, point.utf16) = (line, 1, 1);
                at = line_start;
            }
            let rest = &source[at..offset];
            let chars = rest.chars().count();
            point.char += chars;
            point.column += chars;
            point.utf16 += rest.chars().map(char::len_utf16).sum::<usize>();
            at = offset;
            known.push((offset, point));
        }
        Self { source, known }
    }

    /// Where a span of one of the findings starts and ends.
    pub fn span(&self, span: Span) -> PlacedSpan {
        let span = clamp(self.source, span);
        PlacedSpan { start: self.at(span.start), end: self.at(span.end) }
    }

    /// Where a related place starts and ends, in this document or another one.
    pub fn related(&self, related: &Related) -> PlacedSpan {
        match &related.elsewhere {
            Some(elsewhere) => PlacedSpan { start: elsewhere.start, end: elsewhere.end },
            None => self.span(related.span),
        }
    }

    fn at(&self, offset: usize) -> Point {
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
pub fn clamp(source: &str, span: Span) -> Span {
    let start = floor_boundary(source, span.start);
    Span { start, end: floor_boundary(source, span.end).max(start) }
}

/// The path of the document in which a related place is; `path` is that of the finding.
pub fn related_path<'a>(related: &'a Related, path: &'a str) -> &'a str {
    related.elsewhere.as_ref().map_or(path, |elsewhere| &elsewhere.path)
}
