//! The few lines around a finding, cut to the width of a terminal, as the source that miette draws.
//!
//! miette rescans its source from the top for every finding, and panics when a caret stands beyond
//! column 65,535. So it never sees the document: only a small text of its own, with a span in that text.

use miette::{MietteError, SourceCode, SourceSpan, SpanContents};
use zhengming_core::document::Document;
use zhengming_core::span::Span;

use crate::places::Place;
use crate::printable::printable;
use crate::wrap::columns;

/// Lines of a finding that are shown; a longer one is cut short.
const MAX_LINES: usize = 6;
const ELLIPSIS: char = '…';

/// An excerpt of a document.
#[derive(Debug)]
pub(crate) struct Snippet<'a> {
    path: &'a str,
    text: String,
    span: Span,
    /// Line of the document, from 1, at which the excerpt begins.
    first: usize,
    lines: usize,
    start: Place,
}

impl<'a> Snippet<'a> {
    /// The lines of `span` with one more before and after, each at most `width` columns wide.
    /// `start` is the place where the span starts.
    pub(crate) fn new(path: &'a str, document: &Document, span: Span, start: Place, width: usize) -> Self {
        let index = document.lines();
        let source = document.source();
        let span_first = start.line;
        // A span that ends with a line break does not reach into the line after it.
        let span_last = if span.is_empty() { span_first } else { index.line(span.end - 1) };
        let shown_last = span_last.min(span_first + MAX_LINES - 1);
        let before = span_first.saturating_sub(1).max(1);
        let mut after = (shown_last + 1).min(index.lines());
        if index.line_range(after).is_empty() || shown_last < span_last {
            after = shown_last;
        }

        let mut snippet =
            Self { path, text: String::new(), span: Span::default(), first: before, lines: 0, start };
        for number in before..=after {
            let range = index.line_range(number);
            let line = source[range.clone()].trim_end_matches(['\n', '\r']);
            let inside = |offset: usize| offset.saturating_sub(range.start).min(line.len());
            let starts = (number == span_first).then(|| inside(span.start));
            let ends = (number == shown_last).then(|| inside(span.end));
            snippet.push_line(line, starts, ends, width);
        }
        if shown_last < span_last {
            snippet.cut_short();
        }
        snippet
    }

    /// The span in the excerpt.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// Adds a line, cut around where the span starts or ends in it.
    fn push_line(&mut self, line: &str, starts: Option<usize>, ends: Option<usize>, width: usize) {
        let focus = starts.or(ends).unwrap_or(0);
        let keep = window(line, focus, width);
        let mut at = keep.start;
        if keep.start > 0 {
            self.text.push(ELLIPSIS);
        }
        if let Some(start) = starts {
            self.text += &printable(&line[at..start]);
            at = start;
            self.span.start = self.text.len();
        }
        if let Some(end) = ends
            && end <= keep.end
        {
            self.text += &printable(&line[at..end]);
            at = end;
            self.span.end = self.text.len();
        }
        self.text += &printable(&line[at..keep.end]);
        if keep.end < line.len() {
            self.text.push(ELLIPSIS);
        }
        if ends.is_some_and(|end| end > keep.end) {
            self.span.end = self.text.len();
        }
        // Every line ends with a line feed, so that a span at the end of the document has a line to stand on.
        self.text.push('\n');
        self.lines += 1;
    }

    /// Shows that the span goes on below the last line.
    fn cut_short(&mut self) {
        self.text.pop();
        self.text.push(ELLIPSIS);
        self.span.end = self.text.len();
        self.text.push('\n');
    }
}

/// The part of `line` to show so that `focus` is seen with some text before it.
///
/// Costs the same for any length of line.
fn window(line: &str, focus: usize, width: usize) -> std::ops::Range<usize> {
    if forward(line, 0, width) == line.len() {
        return 0..line.len();
    }
    let start = back(line, focus, width / 3);
    let end = forward(line, start, width);
    // Near the end of the line the room that is left goes to the text before.
    let start = if end == line.len() { back(line, end, width) } else { start };
    start..end
}

/// How far `width` columns reach from `from` to the right.
fn forward(line: &str, from: usize, width: usize) -> usize {
    let mut taken = 0;
    for (at, c) in line[from..].char_indices() {
        taken += columns(c);
        if taken > width {
            return from + at;
        }
    }
    line.len()
}

/// How far `width` columns reach from `from` to the left.
fn back(line: &str, from: usize, width: usize) -> usize {
    let mut taken = 0;
    for (at, c) in line[..from].char_indices().rev() {
        taken += columns(c);
        if taken > width {
            return at + c.len_utf8();
        }
    }
    0
}

impl SourceCode for Snippet<'_> {
    fn read_span<'s>(
        &'s self,
        _span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'s> + 's>, MietteError> {
        // miette asks without context only for the head line, `path:line:col`, and with context
        // only for the lines to draw.
        let head = lines_before == 0 && lines_after == 0;
        let (line, column) = if head { (self.start.line, self.start.column) } else { (self.first, 1) };
        Ok(Box::new(Contents {
            snippet: self,
            span: (0, self.text.len()).into(),
            line: line - 1,
            column: column - 1,
        }))
    }
}

struct Contents<'s> {
    snippet: &'s Snippet<'s>,
    span: SourceSpan,
    line: usize,
    column: usize,
}

impl<'s> SpanContents<'s> for Contents<'s> {
    fn data(&self) -> &'s [u8] {
        self.snippet.text.as_bytes()
    }

    fn span(&self) -> &SourceSpan {
        &self.span
    }

    fn name(&self) -> Option<&str> {
        Some(self.snippet.path)
    }

    fn line(&self) -> usize {
        self.line
    }

    fn column(&self) -> usize {
        self.column
    }

    fn line_count(&self) -> usize {
        self.snippet.lines
    }
}
