//! The few lines around a finding, cut to the width of a terminal, as the source that miette draws.
//!
//! miette rescans its source from the top for every finding, and panics when a caret stands beyond
//! column 65,535. So it never sees the document: only a small text of its own, with marks in that text.

mod cut;

use std::ops::Range;

use miette::{MietteError, SourceCode, SourceSpan, SpanContents};
use zhengming_text::document::Document;
use zhengming_text::span::Span;

use self::cut::{Wanted, cut};
use crate::printable::printable;
use crate::wrap::text_columns;
use zhengming_text::places::PlacedSpan;

/// Lines of a finding that are shown whole; of a longer one, only the first and the last.
const MAX_LINES: usize = 3;
/// Columns of a document's line that are shown at most.
const MAX_COLUMNS: usize = 100;
/// Columns that miette draws between a mark and the text of its label.
const HOOK: usize = 4;
/// Columns that miette draws before a line, besides its number.
const RAIL: usize = 4;
const ELLIPSIS: char = '…';
/// Ellipses that a line has at most.
const ELLIPSES: usize = 3;

/// An excerpt of a document, with one mark for each line that the finding touches.
#[derive(Debug)]
pub(crate) struct Snippet<'a> {
    path: &'a str,
    text: String,
    marks: Vec<Span>,
    head: Part,
    /// The end of a long finding.
    tail: Option<Part>,
    label_room: usize,
}

/// Lines that follow each other, in the document as in the excerpt.
#[derive(Debug, Default)]
struct Part {
    /// Where it begins in the text of the excerpt.
    start: usize,
    /// Line of the document, from 1, at which it begins.
    first: usize,
    lines: usize,
    /// Line and column that its title names.
    place: (usize, usize),
}

impl<'a> Snippet<'a> {
    /// The lines of `span` with one more before and after. `places` is where the span starts and ends.
    ///
    /// Nothing is drawn beyond `width`: neither a line nor, if it is broken at
    /// [`label_room`](Self::label_room), a label of `label` columns under the last mark.
    pub(crate) fn new(
        path: &'a str,
        document: &Document,
        span: Span,
        places: PlacedSpan,
        label: usize,
        width: usize,
    ) -> Self {
        let index = document.lines();
        let first = places.start.line;
        // Line breaks at its end are not worth a picture.
        let inked = document.source()[span.range()].trim_end().len();
        let last = if inked == 0 { first } else { index.line(span.start + inked - 1) };
        let before = first.saturating_sub(1).max(1);
        let after = (last + 1).min(index.lines());
        let after = if index.line_range(after).is_empty() { last } else { after };
        let room = width - (after.to_string().len() + RAIL);
        let frame = Frame { document, span, first, last, label, room };

        let long = last - first >= MAX_LINES;
        let head_last = if long { first } else { after };
        let mut snippet = Self {
            path,
            text: String::new(),
            marks: Vec::new(),
            head: Part {
                start: 0,
                first: before,
                lines: head_last - before + 1,
                place: (first, places.start.column),
            },
            tail: None,
            label_room: room,
        };
        for number in before..=head_last {
            snippet.push_line(&frame, number);
        }
        if long {
            let (line, piece) = frame.line(last);
            let column = line[..piece.map_or(0, |piece| piece.start)].chars().count() + 1;
            let (start, lines) = (snippet.text.len(), after - last + 1);
            snippet.tail = Some(Part { start, first: last, lines, place: (last, column) });
            for number in last..=after {
                snippet.push_line(&frame, number);
            }
        }
        snippet
    }

    /// The marks in the excerpt, at least one. The label belongs under the last.
    pub(crate) fn marks(&self) -> &[Span] {
        &self.marks
    }

    /// Columns that a line of the label may take.
    pub(crate) fn label_room(&self) -> usize {
        self.label_room
    }

    fn push_line(&mut self, frame: &Frame<'_>, number: usize) {
        let (line, piece) = frame.line(number);
        let wanted = Wanted {
            columns: (frame.room - ELLIPSES).min(MAX_COLUMNS),
            room: frame.room,
            label: if number == frame.last { frame.label } else { 0 },
        };
        let line_start = self.text.len();
        let mut mark = Span { start: usize::MAX, end: 0 };
        let mut shown_to = 0;
        let (kept, more) = cut(line, piece.clone(), &wanted);
        for kept in std::iter::once(kept).chain(more) {
            if kept.start > shown_to {
                self.text.push(ELLIPSIS);
            }
            shown_to = kept.end;
            let Some(piece) = &piece else {
                self.text += &printable(&line[kept]);
                continue;
            };
            let from = piece.start.clamp(kept.start, kept.end);
            let to = piece.end.clamp(kept.start, kept.end);
            self.text += &printable(&line[kept.start..from]);
            mark.start = mark.start.min(self.text.len());
            self.text += &printable(&line[from..to]);
            mark.end = self.text.len();
            self.text += &printable(&line[to..kept.end]);
        }
        if shown_to < line.len() {
            self.text.push(ELLIPSIS);
        }
        if piece.is_some() {
            let before = text_columns(&self.text[line_start..mark.start]);
            let middle = before + text_columns(&self.text[mark.range()]) / 2;
            self.label_room = frame.room.saturating_sub(middle + HOOK).max(8);
            self.marks.push(mark);
        }
        // Every line ends with a line feed, so that a span at the end of the document has a line to stand on.
        self.text.push('\n');
    }

    /// The part that holds what stands at `offset` of the excerpt.
    fn part(&self, offset: usize) -> &Part {
        self.tail.as_ref().filter(|tail| offset >= tail.start).unwrap_or(&self.head)
    }
}

/// What is drawn, and how much room there is.
struct Frame<'a> {
    document: &'a Document,
    span: Span,
    /// The lines in which the span starts and ends.
    first: usize,
    last: usize,
    /// Columns of the label.
    label: usize,
    /// Columns for lines and labels.
    room: usize,
}

impl Frame<'_> {
    /// Line `number` without its line break, and the bytes of it that the span covers. White space at
    /// the ends of a line is not covered, unless the span starts or ends there.
    fn line(&self, number: usize) -> (&str, Option<Range<usize>>) {
        let range = self.document.lines().line_range(number);
        let line = self.document.source()[range.clone()].trim_end_matches(['\n', '\r']);
        if number < self.first || number > self.last {
            return (line, None);
        }
        let start = self.span.start.saturating_sub(range.start).min(line.len());
        let end = (self.span.end - range.start).min(line.len());
        let text = &line[start..end];
        if number > self.first && text.trim().is_empty() {
            return (line, None);
        }
        let indent = if number > self.first { text.len() - text.trim_start().len() } else { 0 };
        let rest =
            if number < self.last { text[indent..].len() - text[indent..].trim_end().len() } else { 0 };
        (line, Some(start + indent..end - rest))
    }
}

impl SourceCode for Snippet<'_> {
    fn read_span<'s>(
        &'s self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'s> + 's>, MietteError> {
        let part = self.part(span.offset());
        let end = match &self.tail {
            Some(tail) if part.start < tail.start => tail.start,
            _ => self.text.len(),
        };
        // miette asks without context only for the title, `path:line:col`, and with context only for
        // the lines to draw.
        let title = lines_before == 0 && lines_after == 0;
        let (line, column) = if title { part.place } else { (part.first, 1) };
        Ok(Box::new(Contents {
            text: &self.text[part.start..end],
            span: (part.start, end - part.start).into(),
            // The second part stands under the same title.
            path: (part.start == 0).then_some(self.path),
            line: line - 1,
            column: column - 1,
            lines: part.lines,
        }))
    }
}

struct Contents<'s> {
    text: &'s str,
    span: SourceSpan,
    path: Option<&'s str>,
    line: usize,
    column: usize,
    lines: usize,
}

impl<'s> SpanContents<'s> for Contents<'s> {
    fn data(&self) -> &'s [u8] {
        self.text.as_bytes()
    }

    fn span(&self) -> &SourceSpan {
        &self.span
    }

    fn name(&self) -> Option<&str> {
        self.path
    }

    fn line(&self) -> usize {
        self.line
    }

    fn column(&self) -> usize {
        self.column
    }

    fn line_count(&self) -> usize {
        self.lines
    }
}
