//! Terms clauses whose automatic numbers were lost: a term with its English, then the definition.

use zhengming_text::span::Span;

use super::entry::{self, Entry, Row};
use super::items::{self, Items};
use super::lines::{Kind, Line};
use super::{characters, headings, number, parts, term};

/// Reads the entries that follow the heading, as far as terms with English show where they begin.
pub(super) fn read(lines: &[Line], heading: usize, items: &mut Items) -> Vec<Entry> {
    let mut starts: Vec<usize> = Vec::new();
    let mut end = heading + 1;
    for (at, line) in lines.iter().enumerate().skip(heading + 1) {
        if line.kind != Kind::Text {
            continue;
        }
        if is_end(lines, at, starts.last().copied()) {
            break;
        }
        end = at + 1;
        let is_free =
            starts.is_empty() || before(lines, at).is_some_and(|line| characters::ends_sentence(&line.text));
        if is_free && is_term(line) && sentence_follows(lines, at) {
            starts.push(at);
        }
    }
    let mut entries = Vec::new();
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(end);
        let mut texts = lines[start..end].iter().filter(|line| line.kind == Kind::Text);
        let rows: Vec<Row<'_>> =
            texts.clone().map(|line| Row { raw: &line.raw, number: line.number }).collect();
        let last = texts.next_back().unwrap_or(&lines[start]);
        let new = Entry::new(None, Span::new(lines[start].span.start, last.span.end), lines[start].number);
        entries.extend(entry::read(new, &rows, &mut items.notices));
    }
    if let Some(&first) = starts.first() {
        items.lead = lines[heading + 1..first].iter().map(|line| line.text.as_str()).collect();
    }
    entries
}

fn before(lines: &[Line], at: usize) -> Option<&Line> {
    lines[..at].iter().rev().find(|line| line.kind == Kind::Text)
}

/// A term with its English, and nothing else.
fn is_term(line: &Line) -> bool {
    let split = term::split(characters::head(&line.raw, 400));
    items::is_term_like(&line.raw) && !split.english.is_empty() && split.chinese.chars().count() <= 25
}

fn sentence_follows(lines: &[Line], at: usize) -> bool {
    let mut following = lines[at + 1..].iter().filter(|line| line.kind == Kind::Text).take(4);
    following.any(|line| characters::ends_sentence(&line.text) && characters::has_han(&line.text))
}

/// A heading without English, once a definition has come to its end.
fn is_end(lines: &[Line], at: usize, start: Option<usize>) -> bool {
    let line = &lines[at];
    if headings::is_back_matter(&line.text) || headings::is_terms_heading(&line.text) {
        return true;
    }
    let is_numbered = number::parse(&line.raw).is_some_and(|number| {
        number.parts.len() == 1 && headings::is_heading_text(&characters::despaced(&line.raw[number.rest..]))
    });
    let has_ended = before(lines, at).is_some_and(|line| characters::ends_sentence(&line.text));
    start.is_some_and(|start| start + 1 < at)
        && has_ended
        && (is_numbered || headings::is_heading_text(&line.text))
        && !is_term(line)
        && parts::note(&line.text).is_none()
}
