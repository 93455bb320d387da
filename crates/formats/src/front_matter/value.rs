//! One value of front matter with the places of its pieces, in the three notations.

use zhengming_text::document::BlockBuilder;
use zhengming_text::span::Span;

use crate::parts::HARD_BREAK;

/// A value as it stands in the file: pieces in order.
pub(super) struct Value {
    pieces: Vec<Piece>,
    /// Whether it stands on the outermost level.
    pub(super) is_outermost: bool,
}

enum Piece {
    Verbatim(Span),
    Decoded(Span, String),
}

impl Value {
    /// Appends the value to a block.
    pub(super) fn write(&self, source: &str, block: &mut BlockBuilder) {
        for piece in &self.pieces {
            match piece {
                Piece::Verbatim(span) => block.verbatim(source, *span),
                Piece::Decoded(span, text) => block.decoded(source, *span, text),
            }
        }
    }

    /// The value.
    pub(super) fn text(&self, source: &str) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Verbatim(span) => source[span.range()].to_owned(),
            Piece::Decoded(_, text) => text.clone(),
        };
        self.pieces.iter().map(text).collect()
    }

    fn verbatim(span: Span) -> Self {
        Self { pieces: vec![Piece::Verbatim(span)], is_outermost: true }
    }

    /// The value between two quotation marks at `span`, in which a backslash begins an escape.
    fn escaped(source: &str, span: Span) -> Self {
        let mut pieces = Vec::new();
        let mut at = span.start;
        while let Some(mark) =
            memchr::memchr(b'\\', &source.as_bytes()[at..span.end]).map(|offset| at + offset)
        {
            pieces.push(Piece::Verbatim(Span::new(at, mark)));
            let Some(c) = source[mark + 1..span.end].chars().next() else { break };
            let digits = source.get(mark + 2..mark + 6).filter(|_| c == 'u' && mark + 6 <= span.end);
            let code = digits.and_then(|digits| char::from_u32(u32::from_str_radix(digits, 16).ok()?));
            let (end, text) = match (c, code) {
                ('u', Some(c)) => (mark + 6, c.to_string()),
                ('n', _) => (mark + 2, HARD_BREAK.to_owned()),
                ('t', _) => (mark + 2, " ".to_owned()),
                _ => (mark + 1 + c.len_utf8(), c.to_string()),
            };
            pieces.push(Piece::Decoded(Span::new(mark, end), text));
            at = end;
        }
        pieces.push(Piece::Verbatim(Span::new(at.min(span.end), span.end)));
        Self { pieces, is_outermost: true }
    }

    /// The value between single quotation marks, of which two are one.
    fn single(source: &str, span: Span) -> Self {
        let mut pieces = Vec::new();
        let mut at = span.start;
        while let Some(offset) = source[at..span.end].find("''") {
            pieces.push(Piece::Verbatim(Span::new(at, at + offset)));
            pieces.push(Piece::Decoded(Span::new(at + offset, at + offset + 2), "'".to_owned()));
            at += offset + 2;
        }
        pieces.push(Piece::Verbatim(Span::new(at, span.end)));
        Self { pieces, is_outermost: true }
    }

    /// Lines that belong together; white space at their beginning is that of the notation.
    fn lines(source: &str, lines: &[Span], joint: &str) -> Self {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut last: Option<usize> = None;
        for line in lines {
            let text = &source[line.range()];
            let start = line.end - text.trim_start().len();
            let end = line.start + text.trim_end().len();
            if start >= end {
                continue;
            }
            if let Some(last) = last {
                pieces.push(Piece::Decoded(Span::new(last, start), joint.to_owned()));
            }
            pieces.push(Piece::Verbatim(Span::new(start, end)));
            last = Some(end);
        }
        Self { pieces, is_outermost: true }
    }
}

/// The lines of the text at `inner`, without their ends.
fn lines(source: &str, inner: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = inner.start;
    for line in source[inner.range()].split_inclusive('\n') {
        found.push(Span::new(at, at + line.trim_end_matches(['\n', '\r']).len()));
        at += line.len();
    }
    found
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '-', '\t']).len()
}

pub(super) fn yaml(source: &str, inner: Span) -> Vec<(&str, Value)> {
    let lines = lines(source, inner);
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let text = &source[line.range()];
        let depth = indent(text);
        at += 1;
        let Some((key, rest)) = text[depth..]
            .split_once(':')
            .filter(|(_, rest)| rest.is_empty() || rest.starts_with([' ', '\t']))
        else {
            continue;
        };
        let mut below = at;
        while lines.get(below).is_some_and(|line| {
            let text = &source[line.range()];
            text.trim().is_empty() || indent(text) > depth && !text.trim_start().starts_with("- ")
        }) {
            below += 1;
        }
        let start = line.end - rest.trim_start().len();
        let value = source[start..line.end].trim_end();
        let span = Span::new(start, start + value.len());
        let is_block = value.starts_with(['|', '>']) && value.len() <= 3;
        let mut value = if is_block {
            let joint = if value.starts_with('|') { HARD_BREAK } else { "\n" };
            let value = Value::lines(source, &lines[at..below], joint);
            at = below;
            value
        } else if value.is_empty() || value.starts_with(['[', '{', '&', '*', '#']) {
            continue;
        } else if let Some(close) = closing(value, '"') {
            Value::escaped(source, Span::new(start + 1, start + close))
        } else if let Some(close) = closing(value, '\'') {
            Value::single(source, Span::new(start + 1, start + close))
        } else {
            let length = value.find(" #").map_or(value.len(), |end| value[..end].trim_end().len());
            let mut all = vec![Span::new(start, start + length)];
            all.extend_from_slice(&lines[at..below]);
            at = below;
            Value::lines(source, &all, "\n")
        };
        value.is_outermost = depth == 0;
        if !span.is_empty() {
            found.push((key.trim().trim_matches(['"', '\'']), value));
        }
    }
    found
}

/// Where the quotation mark with which a value begins is closed.
fn closing(value: &str, mark: char) -> Option<usize> {
    let inner = value.strip_prefix(mark)?;
    let mut chars = inner.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && mark == '"' {
            chars.next();
        } else if c == mark {
            if mark == '\'' && chars.peek().is_some_and(|(_, next)| *next == mark) {
                chars.next();
                continue;
            }
            return Some(1 + at);
        }
    }
    None
}

pub(super) fn toml(source: &str, inner: Span) -> Vec<(&str, Value)> {
    let mut found = Vec::new();
    let mut at = inner.start;
    let mut is_outermost = true;
    while at < inner.end {
        let rest = &source[at..inner.end];
        let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let line = &rest[..length];
        is_outermost &= !line.trim_start().starts_with('[');
        let entry = line.split_once('=').filter(|(key, _)| !key.trim_start().starts_with(['#', '[']));
        let mut next = at + length;
        if let Some((key, value)) = entry {
            let start = at + length - value.trim_start().len();
            let value = &source[start..inner.end];
            let long = ["\"\"\"", "'''"].into_iter().find(|mark| value.starts_with(mark));
            let parsed = match long {
                Some(mark) => value[3..].find(mark).map(|end| {
                    let span = Span::new(start + 3, start + 3 + end);
                    next = next.max(span.end + 3);
                    Value::lines(source, &lines(source, span), "\n")
                }),
                None => closing(value, '"')
                    .map(|close| Value::escaped(source, Span::new(start + 1, start + close)))
                    .or_else(|| {
                        let close = value.strip_prefix('\'')?.find('\'')?;
                        Some(Value::verbatim(Span::new(start + 1, start + 1 + close)))
                    })
                    .or_else(|| {
                        // A date needs no quotation marks.
                        let value = value.lines().next()?.trim_end();
                        (!value.is_empty() && !value.starts_with(['[', '{']))
                            .then(|| Value::verbatim(Span::new(start, start + value.len())))
                    }),
            };
            if let Some(mut value) = parsed {
                value.is_outermost = is_outermost;
                found.push((key.trim().trim_matches(['"', '\'']), value));
            }
        }
        at = next;
    }
    found
}

pub(super) fn json(source: &str, inner: Span) -> Vec<(&str, Value)> {
    let mut found = Vec::new();
    let mut at = inner.start;
    let mut depth = 0_usize;
    while let Some(offset) = source[at..inner.end].find(['"', '{', '[', '}', ']']) {
        let mark = at + offset;
        match source.as_bytes()[mark] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {
                let Some(close) = closing(&source[mark..inner.end], '"') else { return found };
                let key = &source[mark + 1..mark + close];
                at = mark + close + 1;
                let after = source[at..inner.end].trim_start();
                let Some(value) = after.strip_prefix(':').map(str::trim_start) else { continue };
                let start = inner.end - value.len();
                if let Some(close) = closing(value, '"') {
                    let mut value = Value::escaped(source, Span::new(start + 1, start + close));
                    value.is_outermost = depth == 0;
                    found.push((key, value));
                    at = start + close + 1;
                }
                continue;
            }
        }
        at = mark + 1;
    }
    found
}
