//! The lines of a plain text, with what can be said of each by itself.

use memchr::memmem;
use zhengming_text::span::Span;

use crate::html;

/// One line. Its span leaves out white space and comments at both ends.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) span: Span,
    /// Where the next line starts.
    pub(super) next: usize,
    /// Columns of white space before the text.
    pub(super) indent: usize,
    /// Columns of the text.
    pub(super) width: usize,
    pub(super) kind: LineKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    Blank,
    Prose,
    /// A drawn line.
    Rule,
    /// A page number, running head or table of contents.
    Furniture,
    Code,
    /// Nothing but a comment.
    Comment,
    /// Holds tags.
    Markup,
    /// Holds cells between tabs.
    Table,
    /// A line of one cell of a table on a page.
    Cell,
}

impl Line {
    pub(super) fn text<'s>(&self, source: &'s str) -> &'s str {
        &source[self.span.range()]
    }

    /// Columns from the margin to the end of the text.
    pub(super) fn reach(&self) -> usize {
        self.indent + self.width
    }
}

/// The comments of a text, in order. One that is never closed is no comment.
pub(super) fn comments(source: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = memmem::find(&source.as_bytes()[at..], b"<!--").map(|offset| at + offset) {
        let Some(end) = memmem::find(&source.as_bytes()[start + 4..], b"-->") else {
            break;
        };
        at = start + 4 + end + 3;
        found.push(Span::new(start, at));
    }
    found
}

/// Splits the text. Line breaks are `\n`, `\r\n` and a lone `\r`.
pub(super) fn split(source: &str, comments: &[Span]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut comment = 0;
    while start < source.len() {
        let (end, next) = match memchr::memchr2(b'\n', b'\r', &source.as_bytes()[start..]) {
            None => (source.len(), source.len()),
            Some(offset) => {
                let end = start + offset;
                (end, end + if source[end..].starts_with("\r\n") { 2 } else { 1 })
            }
        };
        while comments.get(comment).is_some_and(|it| it.end <= start) {
            comment += 1;
        }
        lines.push(line(source, Span::new(start, end), next, &comments[comment..]));
        start = next;
    }
    mark_code(source, &mut lines);
    lines
}

fn line(source: &str, whole: Span, next: usize, comments: &[Span]) -> Line {
    let span = trim(source, whole, comments);
    let text = &source[span.range()];
    let raw = &source[whole.range()];
    let kind = if text.is_empty() {
        if raw.trim().is_empty() { LineKind::Blank } else { LineKind::Comment }
    } else if text.contains('\t') {
        LineKind::Table
    } else if has_tag(text) {
        LineKind::Markup
    } else if is_rule(text) {
        LineKind::Rule
    } else {
        LineKind::Prose
    };
    // Cells may be empty at the beginning of a row.
    let span = if kind == LineKind::Table { whole } else { span };
    let before = &source[whole.start..span.start];
    let indent = before
        .chars()
        .rev()
        .take_while(|c| c.is_whitespace())
        .map(|c| if c == '\t' { 4 } else { columns(c) })
        .sum();
    Line { span, next, indent, width: width(text), kind }
}

/// Without white space and comments at both ends.
fn trim(source: &str, whole: Span, comments: &[Span]) -> Span {
    let is_edge = |c: char| c.is_whitespace() || c == '\u{feff}';
    let (mut start, mut end) = (whole.start, whole.end);
    let inside = comments.iter().take_while(|it| it.start < whole.end).count();
    let (mut first, mut last) = (0, inside);
    loop {
        let text = &source[start..end];
        start = end - text.trim_start_matches(is_edge).len();
        end = start + source[start..end].trim_end_matches(is_edge).len();
        if first < last && comments[first].start <= start {
            start = comments[first].end.clamp(start, end);
            first += 1;
        } else if first < last && comments[last - 1].end >= end {
            end = comments[last - 1].start.clamp(start, end);
            last -= 1;
        } else {
            return Span::new(start, end);
        }
    }
}

/// Lines between two fences. A fence without a partner is no fence.
fn mark_code(source: &str, lines: &mut [Line]) {
    let is_fence = |line: &Line| line.kind == LineKind::Prose && line.text(source).starts_with("```");
    let mut open = None;
    for at in 0..lines.len() {
        if !is_fence(&lines[at]) {
            continue;
        }
        match open.take() {
            None => open = Some(at),
            Some(start) => lines[start..=at].iter_mut().for_each(|line| line.kind = LineKind::Code),
        }
    }
}

fn has_tag(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| html::is_tag(&text[at..]))
}

fn is_rule(text: &str) -> bool {
    let drawn =
        |c: char| matches!(c, '_' | '-' | '=' | '*' | '~' | '—' | '－' | '＿' | '─' | '━' | '═' | '﹏');
    text.chars().filter(|c| !c.is_whitespace()).all(drawn) && text.chars().take(3).count() == 3
}

/// How wide a text is printed. Blanks that set Chinese characters apart are not counted: such lines are
/// as wide as their neighbours.
pub(crate) fn width(text: &str) -> usize {
    let mut sum = 0;
    let mut chars = text.chars().peekable();
    let mut wide_before = false;
    while let Some(c) = chars.next() {
        if c == ' ' && wide_before && chars.peek().is_some_and(|&next| columns(next) == 2) {
            continue;
        }
        wide_before = columns(c) == 2;
        sum += columns(c);
    }
    sum
}

/// Two for what is set on a full square in Chinese text.
pub(super) fn columns(c: char) -> usize {
    match c {
        '\u{200B}'..='\u{200D}' | '\u{FEFF}' => 0,
        '\u{FF61}'..='\u{FFDC}' => 1,
        '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205E}'
        | '\u{2160}'..='\u{217F}'
        | '\u{2460}'..='\u{24FF}' => 2,
        '×' | '÷' | '·' => 2,
        c if c >= '\u{2500}' => 2,
        _ => 1,
    }
}
