//! The lines of a text, cleaned of what the scan or the markup put there.

use zhengming_text::fold;
use zhengming_text::line_index::LineIndex;
use zhengming_text::span::Span;

use super::characters::PARAGRAPH;
use super::{Notice, characters, html, notice, unfold};

/// One line that is not empty.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Where it stands in the text, without the white space around it.
    pub(super) span: Span,
    /// Its number in the text, from 1.
    pub(super) number: usize,
    /// The text with its spaces and tabs.
    pub(super) raw: String,
    /// The text without the spaces that a scan put between Chinese characters.
    pub(super) text: String,
    /// Whether an empty line stands before it.
    pub(super) blank_before: bool,
    /// Whether it is marked up as a heading.
    pub(super) heading: bool,
    /// Whether it begins in bold.
    pub(super) bold: bool,
    /// Whether it comes from a page, so that no markup is left in it.
    pub(super) is_decoded: bool,
    pub(super) kind: Kind,
}

impl Line {
    /// The text with its spaces, without those around it.
    pub(super) fn body(&self) -> &str {
        self.raw.trim()
    }
}

/// What a line is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// Page numbers and running heads.
    Furniture,
    Picture,
}

/// The lines of `text`. Repairs that concern the whole text are told once.
pub(super) fn split(name: &str, text: &str, notices: &mut Vec<Notice>) -> Vec<Line> {
    let mut repairs = Repairs::default();
    let mut lines = Vec::new();
    if html::is_html(name, text) {
        let index = LineIndex::new(text);
        let mut last = 0;
        for piece in html::flatten(name, text) {
            let number = index.line(piece.span.start);
            let blank = std::mem::replace(&mut last, number) + 1 < number;
            push(
                &mut lines,
                piece.span,
                number,
                &piece.text,
                Before { blank, is_decoded: true },
                &mut repairs,
            );
        }
    } else {
        plain_lines(text, &mut lines, &mut repairs, notices);
    }
    if let Some((line, count)) = repairs.compatibility {
        notices.push(notice::compatibility(line, count));
    }
    if let Some((line, count)) = repairs.spaced {
        notices.push(notice::spaced(line, count));
    }
    lines
}

/// What was repaired all over the text: the first line and how often.
#[derive(Debug, Default)]
struct Repairs {
    compatibility: Option<(usize, usize)>,
    spaced: Option<(usize, usize)>,
}

fn plain_lines(text: &str, lines: &mut Vec<Line>, repairs: &mut Repairs, notices: &mut Vec<Notice>) {
    let mut blank = false;
    let mut is_page = false;
    let mut start = 0;
    for (index, whole) in text.split('\n').enumerate() {
        let number = index + 1;
        let is_source_mark = number == 1 && whole.trim_start_matches('\u{FEFF}').starts_with("#SOURCE ");
        if !is_source_mark {
            let was_page = is_page;
            let breaks = unfold::breaks(whole, &mut is_page);
            if !breaks.is_empty() {
                notices.push(notice::unfolded(number));
            }
            let mut from = if was_page { unfold::piece_mark(whole) } else { 0 };
            let first = from;
            for to in breaks.into_iter().filter(|&at| at > first).chain([whole.len()]) {
                let pushed = push(
                    lines,
                    Span::new(start + from, start + to),
                    number,
                    &whole[from..to],
                    Before { blank, is_decoded: false },
                    repairs,
                );
                blank = !pushed;
                from = to;
            }
        }
        start += whole.len() + 1;
    }
}

/// What is known of a line before it is read.
#[derive(Clone, Copy)]
struct Before {
    blank: bool,
    is_decoded: bool,
}

/// Cleans one line and keeps it unless it is empty.
fn push(
    lines: &mut Vec<Line>,
    span: Span,
    number: usize,
    source: &str,
    before: Before,
    repairs: &mut Repairs,
) -> bool {
    let trimmed = source.trim();
    let is_empty = trimmed.chars().all(|c| c.is_whitespace() || c.is_control() || fold::is_zero_width(c));
    if is_empty {
        return false;
    }
    // A flattened row may begin with an empty cell; its text is not a part of the source as it stands.
    let span = if span.len() == source.len() {
        let start = span.start + (source.len() - source.trim_start().len());
        Span::new(start, start + trimmed.len())
    } else {
        span
    };
    let (mut raw, replaced) = characters::plain(source.trim_matches([' ', '\r', '\u{FEFF}', '\u{3000}']));
    if replaced > 0 {
        repairs.compatibility.get_or_insert((number, 0)).1 += replaced;
    }
    let mut line = Line {
        span,
        number,
        raw: String::new(),
        text: String::new(),
        blank_before: before.blank,
        heading: false,
        bold: false,
        is_decoded: before.is_decoded,
        kind: Kind::Text,
    };
    if is_picture(&raw) {
        line.kind = Kind::Picture;
        line.text.clone_from(&raw);
        line.raw = raw;
        lines.push(line);
        return true;
    }
    unmark(&mut raw, &mut line);
    if raw.trim().is_empty() {
        return false;
    }
    line.text = characters::despaced(raw.trim());
    if line.text.len() < raw.trim().len()
        && !raw.contains('\t')
        && fold::is_han(line.text.chars().next().unwrap_or(' '))
        && characters::is_spaced_out(&raw)
    {
        repairs.spaced.get_or_insert((number, 0)).1 += 1;
    }
    line.raw = raw;
    lines.push(line);
    true
}

/// A picture, a rule or a fence: no text of the document.
fn is_picture(text: &str) -> bool {
    let is_image = text.starts_with("![") && text.ends_with(')');
    let is_tag = text.starts_with('<') && text.ends_with('>') && html::strip_inline(text).trim().is_empty();
    let is_rule =
        text.len() >= 3 && text.chars().all(|c| matches!(c, '-' | '_' | '*' | '=' | ' ' | '`' | '~'));
    is_image || (is_tag && !text.contains('\t')) || is_rule
}

/// Takes the marks of Markdown off.
fn unmark(raw: &mut String, line: &mut Line) {
    let is_table = raw.contains('\t') || raw.trim_start().starts_with('|');
    if !is_table && !line.is_decoded && raw.contains('<') {
        *raw = html::strip_inline(raw).replace(PARAGRAPH, " ");
    }
    let body = raw.trim_start_matches(['>', ' ']);
    let level = body.bytes().take_while(|&byte| byte == b'#').count();
    let after = &body[level..];
    if (1..=6).contains(&level)
        && (after.is_empty() || after.starts_with([' ', '\t']) || characters::has_han(after))
    {
        line.heading = true;
        *raw = after.trim_matches([' ', '#']).to_owned();
    } else if body.len() < raw.len() && raw.starts_with('>') {
        *raw = body.to_owned();
    }
    let listed = raw.trim_start();
    let listed = ["- ", "* ", "+ "].iter().find_map(|mark| listed.strip_prefix(mark)).unwrap_or(listed);
    line.bold = listed
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '、' | ' '))
        .starts_with("**");
    if raw.contains("**") || raw.contains("__") {
        *raw = raw.replace("**", "").replace("__", "");
    }
    if raw.contains('$') {
        *raw = without_superscripts(raw);
    }
    // A table needs its escaped bars a little longer.
    if raw.contains('\\') && !is_table {
        *raw = without_escapes(raw);
    }
}

/// `注 $ ^{1} $ ：` as `注 1 ：`: raised figures that were taken for formulas.
fn without_superscripts(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('$') {
        let (before, formula) = rest.split_at(start);
        let inner = formula[1..].trim_start();
        let raised = inner.strip_prefix("^{").and_then(|inner| {
            let end = inner.bytes().take(16).position(|byte| byte == b'}')?;
            let closing = inner[end + 1..].trim_start().strip_prefix('$')?;
            Some((&inner[..end], closing))
        });
        out.push_str(before);
        match raised {
            Some((figure, after)) => {
                if figure.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                    out.push_str(figure);
                }
                rest = after;
            }
            None => {
                out.push('$');
                rest = &formula[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn without_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation) {
            continue;
        }
        out.push(c);
    }
    out
}
