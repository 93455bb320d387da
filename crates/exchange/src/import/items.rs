//! The numbered items of a terms clause, and where the clause ends.

use super::headings::{is_back_matter, is_heading_text, is_terms_heading};
use super::lines::{Kind, Line};
use super::number::{self, MarkerKind, Number};
use super::{Notice, characters, furniture, notice, parts, term};

/// A piece of a line that belongs to an item.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) raw: String,
    /// Index of the line.
    pub(super) at: usize,
}

/// A numbered item: an entry, or the heading of a group.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) number: Number,
    /// Index of the line with the number.
    pub(super) at: usize,
    pub(super) pieces: Vec<Piece>,
}

/// What stands in a terms clause.
#[derive(Debug, Default)]
pub(super) struct Items {
    /// The sentences before the first item.
    pub(super) lead: String,
    pub(super) items: Vec<Item>,
    pub(super) notices: Vec<Notice>,
}

/// How the items of a clause are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `3.1`
    Decimal,
    /// `1、`, `（1）`
    Marker(MarkerKind),
}

/// What the heading says about the clause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clause {
    /// Index of the heading's line.
    pub(super) at: usize,
    /// The clause's number; none if it is a Chinese one or lost.
    pub(super) parts: Option<u32>,
    /// Whether the chapters that follow are terms clauses too, as in a terminology standard.
    pub(super) goes_on: bool,
}

/// Reads the items that follow the heading.
pub(super) fn read(lines: &[Line], clause: Clause) -> Items {
    let mut reader = Reader {
        lines,
        clause,
        top: clause.parts,
        style: style(lines, clause.at + 1),
        last: Vec::new(),
        seen_end: false,
        page: Vec::new(),
        found: Items::default(),
    };
    let mut at = clause.at + 1;
    while at < lines.len() && !reader.seen_end {
        at = reader.line(at);
    }
    reader.drop_headings();
    reader.found
}

/// The style of the first number after the heading.
fn style(lines: &[Line], from: usize) -> Style {
    for line in lines[from.min(lines.len())..].iter().filter(|line| line.kind == Kind::Text).take(20) {
        if number::parse(line.body())
            .is_some_and(|number| number.parts.len() > 1 || (number.open && number.rest == line.body().len()))
        {
            return Style::Decimal;
        }
        if let Some(marker) = number::marker(line.body())
            && marker.value == 1
            && marker.rest < line.body().len()
        {
            return Style::Marker(marker.kind);
        }
    }
    Style::Decimal
}

/// What a line is to the end of the clause.
enum Ending {
    None,
    /// The heading of the next chapter with terms.
    Chapter,
    End,
}

struct Reader<'l> {
    lines: &'l [Line],
    clause: Clause,
    /// The first part of the numbers in this clause.
    top: Option<u32>,
    style: Style,
    last: Vec<u32>,
    seen_end: bool,
    /// Page headers and numbers that nothing has followed yet.
    page: Vec<usize>,
    found: Items,
}

impl Reader<'_> {
    /// Reads one line and returns the index of the next.
    fn line(&mut self, at: usize) -> usize {
        let line = &self.lines[at];
        if let Some((number, rest, next)) = self.split_number(at) {
            let numeral = number.to_string();
            if self.accepts(&number, &rest, at) {
                self.tell_page();
                self.found.notices.push(notice::split_number(line.number, &numeral));
                self.open(number, &rest, at);
                return next;
            }
        }
        match line.kind {
            Kind::Text => {}
            Kind::Furniture => {
                if !self.found.items.is_empty() && !furniture::is_leader(&line.text) {
                    self.page.push(at);
                }
                return at + 1;
            }
            Kind::Picture => {
                if !self.found.items.is_empty() && line.text.contains(['!', '<']) {
                    self.found.notices.push(notice::picture(line.number));
                }
                return at + 1;
            }
        }
        match self.ending(at) {
            Ending::None => {}
            Ending::Chapter => {
                self.found.notices.push(notice::group(line.number, "", &line.text));
                return at + 1;
            }
            Ending::End => {
                self.seen_end = true;
                return at;
            }
        }
        self.tell_page();
        if let Style::Marker(kind) = self.style {
            if let Some(marker) = number::marker(line.body()).filter(|marker| marker.kind == kind)
                && (marker.value == self.last.first().map_or(1, |last| last + 1))
            {
                let rest = line.body()[marker.rest..].to_owned();
                let number =
                    Number { letter: None, parts: vec![marker.value], rest: 0, open: false, repaired: false };
                self.open(number, &rest, at);
                return at + 1;
            }
        } else if let Some(number) = number::parse(line.body()) {
            let rest = line.body()[number.rest..].to_owned();
            if let Some((number, rest)) = self.merged(&number, &rest) {
                self.found.notices.push(notice::split_number(line.number, &number.to_string()));
                self.open(number, &rest, at);
                return at + 1;
            }
            if self.accepts(&number, &rest, at) {
                if number.repaired {
                    self.found.notices.push(notice::split_number(line.number, &number.to_string()));
                }
                self.open(number, &rest, at);
                return at + 1;
            }
            if self.is_beyond(&number, &rest) {
                self.seen_end = true;
                return at;
            }
        }
        match self.found.items.last_mut() {
            Some(item) => item.pieces.push(Piece { raw: line.body().to_owned(), at }),
            None => characters::join(&mut self.found.lead, &line.text),
        }
        at + 1
    }

    /// Tells what was taken out, now that the clause goes on after it.
    fn tell_page(&mut self) {
        let lines: Vec<&Line> = self.page.drain(..).map(|at| &self.lines[at]).collect();
        if let Some(first) = lines.first() {
            let text = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
            self.found.notices.push(notice::page_artefact(first.number, &text));
        }
    }

    fn open(&mut self, number: Number, rest: &str, at: usize) {
        let line = self.lines[at].number;
        if let Some(expected) = self.expected(&number) {
            let letter = number.letter;
            self.found.notices.push(match number.parts <= self.last {
                true => notice::doubled_number(line, &number.to_string()),
                false => notice::gap(line, &number::written(letter, &expected), &number.to_string()),
            });
        }
        self.last.clone_from(&number.parts);
        if self.top.is_none() && number.parts.len() > 1 {
            self.top = Some(number.parts[0]);
        }
        let pieces = if rest.is_empty() { Vec::new() } else { vec![Piece { raw: rest.to_owned(), at }] };
        self.found.items.push(Item { number, at, pieces });
    }

    /// What should have come instead of `number`.
    fn expected(&self, number: &Number) -> Option<Vec<u32>> {
        if self.last.is_empty() || number::is_successor(&self.last, &number.parts) {
            return None;
        }
        let depth = number.parts.len().min(self.last.len());
        let mut expected = self.last[..depth].to_vec();
        *expected.last_mut()? += 1;
        (expected != number.parts).then_some(expected)
    }

    /// A number that is broken over lines: `3.` and `1`, or `3` and `.1`.
    fn split_number(&self, at: usize) -> Option<(Number, String, usize)> {
        if self.style != Style::Decimal {
            return None;
        }
        let (line, next) = (&self.lines[at], self.lines.get(at + 1)?);
        let (first, second) = (line.body().trim(), next.raw.trim());
        if first.len() > 24 || !first.starts_with(|c: char| characters::digit(c).is_some()) {
            return None;
        }
        let is_open =
            first.ends_with(['.', '．']) && second.starts_with(|c: char| characters::digit(c).is_some());
        let is_continued = second.starts_with(['.', '．'])
            && first.chars().all(|c| characters::digit(c).is_some() || c == '.' || c == ' ')
            && !furniture::is_leader(second);
        if !is_open && !is_continued {
            return None;
        }
        let second = characters::head(second, 400);
        let joined = format!("{first}{second}");
        let number =
            number::parse(&joined).filter(|number| number.parts.len() > 1 && number.rest > first.len())?;
        let rest = next.raw.trim()[number.rest - first.len()..].to_owned();
        Some((number, rest, at + 2))
    }

    /// `3.1 1 术语` after 3.10: the last digit stands apart.
    fn merged(&self, number: &Number, rest: &str) -> Option<(Number, String)> {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0
            || digits > 2
            || number.parts.len() < 2
            || number::is_successor(&self.last, &number.parts)
        {
            return None;
        }
        let mut merged = number.clone();
        let last = merged.parts.last_mut()?;
        *last = format!("{last}{}", &rest[..digits]).parse().ok()?;
        merged.open = false;
        number::is_successor(&self.last, &merged.parts)
            .then(|| (merged, rest[digits..].trim_start().to_owned()))
    }

    /// Whether the number opens an item, and is not a reference at the beginning of a line.
    fn accepts(&self, number: &Number, rest: &str, at: usize) -> bool {
        if number.parts.len() < 2 || number.letter.is_some() {
            return false;
        }
        if self.top.is_some_and(|top| top != number.parts[0]) {
            return false;
        }
        let rest = characters::head(rest, 600);
        if rest.starts_with([
            '的', '中', '所', '和', '与', '或', '、', '，', '。', '；', '）', ')', '及', '至', '规', '等',
        ]) && !(rest.starts_with(['中', '所', '规', '等', '和']) && self.is_free(at))
        {
            return false;
        }
        if self.last.is_empty() {
            // Without a number of its own, the clause is that of its first entry.
            return self.top.is_some() || number.parts[1..].iter().all(|&part| part == 1);
        }
        if number::is_successor(&self.last, &number.parts) {
            return rest.is_empty() || self.is_free(at) || is_term_like(rest);
        }
        let is_lone = rest.is_empty();
        if number.parts > self.last {
            let is_near = number
                .parts
                .iter()
                .zip(&self.last)
                .find(|(a, b)| a != b)
                .is_none_or(|(a, b)| a - b.min(a) <= 20);
            return is_near && (is_lone || (self.is_free(at) && is_term_like(rest)));
        }
        // Doubled or out of order: only where nothing else can be meant.
        let is_heading = self.lines[at].heading;
        let next = self.lines[at + 1..].iter().find(|line| line.kind == Kind::Text);
        let next_is_term =
            next.is_some_and(|line| is_term_like(line.body()) && characters::has_latin(line.body()));
        (is_lone && (next_is_term || is_heading))
            || (self.is_free(at) && is_term_like(rest) && characters::has_latin(rest))
    }

    /// Whether what stands before the line is finished, so that the line begins something.
    fn is_free(&self, at: usize) -> bool {
        let line = &self.lines[at];
        if line.heading {
            return true;
        }
        let Some(item) = self.found.items.last() else { return true };
        let Some(piece) = item.pieces.last() else { return true };
        // A heading of a group, or a definition or source that has come to its end.
        characters::ends_sentence(&piece.raw)
            || piece.raw.contains("来源")
            || (item.pieces.len() == 1 && is_term_like(&piece.raw))
    }

    /// A number of another clause, where this one has no further items.
    fn is_beyond(&self, number: &Number, rest: &str) -> bool {
        let Some(top) = self.top else { return false };
        !self.found.items.is_empty()
            && number.letter.is_none()
            && number.parts.len() > 1
            && (top + 1..=top + 3).contains(&number.parts[0])
            && number.parts[1] == 1
            && (rest.is_empty() || is_heading_text(rest) || characters::has_han(rest))
            && !rest.starts_with(['的', '中', '所', '和', '、', '，', '。', '）'])
    }

    /// Whether the line is a heading after the clause.
    fn ending(&mut self, at: usize) -> Ending {
        let line = &self.lines[at];
        let ends = |is_end: bool| if is_end { Ending::End } else { Ending::None };
        if is_back_matter(&line.text) {
            return ends(!self.found.items.is_empty() || line.heading);
        }
        if let Style::Marker(kind) = self.style
            && kind != MarkerKind::Chinese
            && let Some(marker) = number::marker(line.body())
            && marker.kind == MarkerKind::Chinese
        {
            return ends(is_heading_text(&line.body()[marker.rest..]));
        }
        let has_begun = !self.found.items.is_empty() || !self.found.lead.is_empty();
        let number =
            number::parse(line.body()).filter(|number| number.parts.len() == 1 && number.letter.is_none());
        let Some(number) = number else { return ends(has_begun && is_terms_heading(&line.text)) };
        let text = characters::despaced(&line.body()[number.rest..]);
        let value = number.parts[0];
        // The same heading again: this one stood in a table of contents.
        if has_begun && self.top == Some(value) && is_terms_heading(&text) {
            return Ending::End;
        }
        let fits = match self.top {
            Some(top) => (top + 1..=top + 3).contains(&value),
            None => value > 1 && !self.found.items.is_empty(),
        };
        let is_figure = matches!(self.style, Style::Marker(MarkerKind::Figure));
        if !fits
            || number.repaired
            || is_figure
            || !is_heading_text(&text)
            || !(line.heading || self.is_free(at))
        {
            return Ending::None;
        }
        if self.clause.goes_on || text.ends_with("术语") {
            self.top = Some(value);
            self.last = vec![value];
            return Ending::Chapter;
        }
        Ending::End
    }

    /// A heading that lost its number stands at the end of the last item.
    fn drop_headings(&mut self) {
        if !self.seen_end {
            return;
        }
        let Some(item) = self.found.items.last_mut() else { return };
        while item.pieces.len() > 2 {
            let (last, before) = (&item.pieces[item.pieces.len() - 1], &item.pieces[item.pieces.len() - 2]);
            let text = characters::despaced(&last.raw);
            if !is_heading_text(&text)
                || !characters::ends_sentence(&before.raw)
                || parts::note(&text).is_some()
            {
                break;
            }
            self.found.notices.push(notice::not_read(self.lines[last.at].number, &text));
            item.pieces.pop();
        }
    }
}

/// Whether the text can be a term and no sentence.
pub(super) fn is_term_like(raw: &str) -> bool {
    let line = term::split(characters::head(raw, 400));
    line.rest.is_none()
        && raw.len() <= 400
        && !line.chinese.is_empty()
        && line.chinese.chars().count() <= term::LONGEST_TERM
        && !characters::has_sentence_mark(&line.chinese)
        && !line.chinese.ends_with(['：', ':'])
        && parts::note(&line.chinese).is_none()
}
