//! One entry: the pieces of an item read as names, definition, notes, examples and source.

use zhengming_terms::dictionary::{Matching, Status};
use zhengming_text::span::Span;

use super::designation::Term;
use super::parts::{self, Parts};
use super::term::{self, TermLine};
use super::{Notice, characters, designation, items, notice};
use zhengming_text::zh::mark;

/// An entry as it was read; becomes a concept.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    pub(super) clause: Option<String>,
    pub(super) heading: Option<String>,
    /// The heading of the group that the entry stands in.
    pub(super) group: Option<String>,
    /// The first one is the preferred term.
    pub(super) terms: Vec<Term>,
    pub(super) english: Vec<String>,
    pub(super) domain: Option<String>,
    pub(super) responsible: Option<String>,
    pub(super) definition: Option<String>,
    pub(super) notes: Vec<String>,
    pub(super) examples: Vec<String>,
    pub(super) source: Option<String>,
    pub(super) matching: Matching,
    pub(super) span: Span,
    pub(super) line: usize,
}

impl Entry {
    pub(super) fn new(clause: Option<String>, span: Span, line: usize) -> Self {
        Self { clause, span, line, ..Self::default() }
    }

    /// Takes the term with its brackets understood; the printed form stays as the heading.
    pub(super) fn set_term(&mut self, printed: &str) {
        let mut text = printed.trim();
        if let Some(inner) = text.strip_prefix('【').and_then(|text| text.strip_suffix('】')) {
            text = inner.trim();
        }
        match designation::bracketed(text) {
            Some(found) => {
                self.terms.insert(0, designation::term(&found.term, Status::Preferred, None));
                self.terms.extend(found.names);
                self.domain = found.domain;
                self.heading = Some(text.to_owned());
                if found.is_affix {
                    self.matching = Matching::Pattern;
                }
            }
            None => self.terms.insert(0, designation::term(text, Status::Preferred, None)),
        }
    }

    pub(super) fn set_parts(&mut self, parts: Parts) {
        self.definition = Some(parts.definition).filter(|definition| !definition.is_empty());
        self.notes = parts.notes;
        self.examples = parts.examples;
        self.source = parts.source.filter(|source| !source.is_empty());
        self.domain = self.domain.take().or(parts.domain);
    }

    pub(super) fn term(&self) -> &str {
        self.terms.first().map_or("", |term| term.text.as_str())
    }
}

/// A line of an entry.
#[derive(Debug, Clone)]
pub(super) struct Row<'l> {
    /// The text with its spaces.
    pub(super) raw: &'l str,
    /// Its number in the document.
    pub(super) number: usize,
}

/// Reads the rows of an entry whose clause, span and line are known.
pub(super) fn read(mut entry: Entry, rows: &[Row<'_>], notices: &mut Vec<Notice>) -> Option<Entry> {
    let first = rows.first()?;
    let mut raw = first.raw.to_owned();
    repair(&mut raw, first.number, notices);
    let Some(mut line) = term_line(&raw) else {
        notices.push(notice::no_term(first.number, &raw));
        return None;
    };
    let mut rest = line.rest.take();
    entry.set_term(&line.chinese);
    entry.english = std::mem::take(&mut line.english);
    if line.glued {
        notices.push(notice::glued(first.number, &line.chinese));
    }
    let mut at = 1;
    while rest.is_none() && at < rows.len() && take_name(&mut entry, rows, at, notices) {
        at += 1;
    }
    for english in entry.english.iter().filter(|english| term::is_damaged(english)) {
        notices.push(notice::damaged_english(first.number, english));
    }
    let mut texts = Vec::with_capacity(rows.len() - at.min(rows.len()) + 1);
    if let Some(text) = rest.take() {
        texts.push((first.number, characters::despaced(&text)));
    }
    for row in &rows[at.min(rows.len())..] {
        let mut text = characters::despaced(row.raw.trim());
        repair(&mut text, row.number, notices);
        texts.push((row.number, text));
    }
    let mut parts = parts::read(texts.iter().map(|(number, text)| (*number, text.as_str())));
    for (number, text) in std::mem::take(&mut parts.left) {
        notices.push(notice::not_read(number, &text));
    }
    entry.set_parts(parts);
    if entry.definition.is_none() {
        notices.push(notice::no_definition(first.number, entry.term()));
    }
    Some(entry)
}

/// The line of the term; with the definition as its rest, if both stand in one line.
fn term_line(raw: &str) -> Option<TermLine> {
    let raw = raw.trim();
    let line = term::split(raw);
    if line.rest.is_some() || items::is_term_like(raw) {
        return Some(line).filter(|line| !line.chinese.is_empty());
    }
    let head = characters::head(raw, 240);
    // 伤残：……
    if let Some((term, rest)) = split_at(raw, head, &["：", ":"]) {
        return Some(TermLine { rest: Some(rest.to_owned()), ..term::split(term) });
    }
    // 伤残，是指…… 伤残是指……
    for cut in ["，是指", "，指", "是指", "系指"] {
        if let Some(at) = head.find(cut).filter(|&at| is_short(&raw[..at])) {
            let rest = raw[at..].trim_start_matches('，');
            return Some(TermLine { rest: Some(rest.to_owned()), ..term::split(&raw[..at]) });
        }
    }
    // 伤残 ……。
    let (term, rest) =
        head.split_once([' ', '\t']).map(|(term, _)| (term, raw[term.len()..].trim_start()))?;
    (is_short(term) && characters::has_han(term) && characters::count_han(rest) >= 4).then(|| TermLine {
        chinese: term.to_owned(),
        rest: Some(rest.to_owned()),
        ..TermLine::default()
    })
}

fn split_at<'t>(raw: &'t str, head: &str, cuts: &[&str]) -> Option<(&'t str, &'t str)> {
    let (at, cut) = cuts.iter().filter_map(|cut| head.find(cut).map(|at| (at, *cut))).min()?;
    let (term, rest) = (&raw[..at], raw[at + cut.len()..].trim_start());
    (is_short(term) && !rest.is_empty()).then_some((term, rest))
}

fn is_short(term: &str) -> bool {
    let line = term::split(term);
    !line.chinese.is_empty()
        && line.chinese.chars().count() <= term::LONGEST_TERM
        && !characters::has_sentence_mark(&line.chinese)
}

/// Whether the row gives another name, which is taken into the entry.
fn take_name(entry: &mut Entry, rows: &[Row<'_>], at: usize, notices: &mut Vec<Notice>) -> bool {
    let row = &rows[at];
    let raw = row.raw.trim();
    let text = characters::despaced(raw);
    if raw.len() > 400 || parts::note(&text).is_some() || text.starts_with(mark::OPEN_SQUARE) {
        return false;
    }
    if let Some(names) = designation::labelled(&text) {
        entry.terms.extend(names);
        return true;
    }
    if let Some((_, english)) = text.split_once(['：', ':']).filter(|(label, _)| label.starts_with("英文"))
    {
        entry.english.extend(term::equivalents(english));
        return true;
    }
    if !characters::has_han(&text) {
        return take_english(entry, raw);
    }
    // What follows a name is another one, or the definition.
    let definition_follows = rows[at + 1..].iter().any(|row| {
        let text = characters::despaced(row.raw.trim());
        characters::has_han(&text) && parts::note(&text).is_none()
    });
    if !definition_follows || !items::is_term_like(raw) {
        return false;
    }
    let line = term::split(raw);
    // A line of a definition may end with a foreign word, which the next line then goes on with.
    let goes_on = rows[at + 1].raw.trim().starts_with(|c: char| c.is_ascii_alphanumeric());
    let is_name = !line.english.is_empty()
        && !goes_on
        && line.chinese.chars().count() <= 20
        && !line.chinese.ends_with('的');
    if !is_name && !is_like(&line.chinese, entry.term()) {
        return false;
    }
    let mut chinese = line.chinese.as_str();
    let mut status = Status::Admitted;
    for mark in ["（拒用）", "(拒用)", "（禁用）", "（停用）"] {
        if let Some(name) = chinese.strip_suffix(mark) {
            chinese = name;
            status = Status::Deprecated;
        }
    }
    notices.push(notice::admitted(row.number, chinese));
    entry.terms.push(designation::term(chinese, status, None));
    for english in line.english {
        if !entry.english.contains(&english) {
            entry.english.push(english);
        }
    }
    true
}

/// A line in letters only: an equivalent, or the rest of one.
fn take_english(entry: &mut Entry, raw: &str) -> bool {
    if !characters::has_latin(raw) || characters::ends_sentence(raw) {
        return false;
    }
    let continues = raw.starts_with(|c: char| c.is_ascii_lowercase() || c == '-');
    match entry.english.last_mut() {
        Some(last) if continues => characters::join(last, raw),
        _ => entry.english.extend(term::equivalents(raw)),
    }
    true
}

/// Whether a short line without English is another name for the term: most of it stands in the term.
fn is_like(name: &str, term: &str) -> bool {
    let count = name.chars().count();
    let common = name.chars().filter(|c| term.contains(*c)).count();
    (2..=15).contains(&count)
        && common * 2 >= count
        && name.chars().next_back() == term.chars().next_back()
        && name != term
        && !name.contains(['、', '（', '）', '“', '”'])
}

/// Repairs dashes and 一 in a row.
pub(super) fn repair(text: &mut String, line: usize, notices: &mut Vec<Notice>) {
    let (one_for_dash, dash_for_one) = characters::repair_dashes(text);
    if one_for_dash {
        notices.push(notice::one_for_dash(line));
    }
    if dash_for_one {
        notices.push(notice::dash_for_one(line));
    }
}
