//! Plain text as official documents come in it: lines broken by hand or by a PDF, page numbers in
//! between, tables with tabs. One block is one paragraph, whatever lines it was broken into.

use zhengming_text::directive::is_directive;
use zhengming_text::document::{BlockBuilder, BlockKind, ReadNote};
use zhengming_text::message::Text;
use zhengming_text::span::Span;

use crate::parts::Parts;
use crate::{dates, furniture, html, titles};
use joining::{Between, Previous};
use layout::Layout;
use lines::{Line, LineKind};
use zhengming_text::zh::mark;

pub(crate) use joining::is_complete;
pub(crate) use layout::{is_pasted, margin};
pub(crate) use lines::width as columns_of;
pub(crate) use marker::{Marker, of as marker_of};
pub(crate) use pasted::{PastedLine, goes_on};

mod directives;
mod joining;
mod layout;
mod lines;
mod marker;
pub(crate) mod paged;
mod pasted;

/// The title stands within this many paragraphs.
const HEAD: usize = 40;

/// Text that begins at this column on the first page is centred.
const CENTRED: usize = 6;

pub(crate) fn read(source: &str, parts: &mut Parts) {
    let comments = directives::comments(source);
    let lines = lines::split(source, &comments);
    read_lines(source, parts, comments, lines, &[]);
}

/// Reads the lines; those of a paged document come with what the page says of them.
fn read_lines(
    source: &str,
    parts: &mut Parts,
    comments: Vec<Span>,
    mut lines: Vec<Line>,
    pages: &[paged::PageLine],
) {
    mark_furniture(source, &mut lines);
    let layout = Layout::of(&lines);
    read_paragraphs(source, parts, comments, &lines, pages, layout);
    note_furniture(&lines, parts);
}

fn read_paragraphs(
    source: &str,
    parts: &mut Parts,
    comments: Vec<Span>,
    lines: &[Line],
    pages: &[paged::PageLine],
    layout: Layout,
) {
    let mut reader = Reader {
        source,
        parts,
        comments,
        lines,
        pages,
        layout,
        open: None,
        role: Role::Other,
        between: Between::default(),
        paragraphs: 0,
        chapter: 0,
    };
    for at in 0..lines.len() {
        reader.line(at);
    }
    reader.close();
}

struct Reader<'s, 'p> {
    source: &'s str,
    parts: &'p mut Parts,
    comments: Vec<Span>,
    lines: &'s [Line],
    /// What is known of each line of a paged document; empty for a text.
    pages: &'s [paged::PageLine],
    layout: Layout,
    open: Option<Paragraph>,
    /// What the paragraph before the open one was.
    role: Role,
    /// What was passed since the last line of the open paragraph.
    between: Between,
    paragraphs: usize,
    /// The last chapter number, 3 in `3 术语和定义`.
    chapter: u16,
}

/// A paragraph in the making.
struct Paragraph {
    lines: Vec<usize>,
    marker: Option<Marker>,
    role: Role,
}

/// What a paragraph is to the one after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A clause number by itself; the term it numbers comes next.
    Number(u8),
    /// The term below such a number.
    Term(u8),
    Other,
}

impl Reader<'_, '_> {
    fn line(&mut self, at: usize) {
        let line = &self.lines[at];
        if at > 0 && self.pages.get(at).is_some_and(|line| line.page != self.pages[at - 1].page) {
            self.between.furniture = true;
        }
        match line.kind {
            LineKind::Cell => self.cell(at),
            LineKind::Prose => {
                self.annotate(at);
                self.prose(at);
            }
            LineKind::Blank => self.between.blank += 1,
            LineKind::Furniture => self.between.furniture = true,
            LineKind::Comment => {
                // A directive is no part of the text: the paragraph goes on below it.
                if !self.annotate(at) {
                    self.close();
                }
            }
            LineKind::Rule | LineKind::Code => self.close(),
            LineKind::Markup => {
                self.close();
                self.markup(line.span, BlockKind::Paragraph);
            }
            LineKind::Table => {
                self.close();
                self.cells(at);
            }
        }
    }

    fn prose(&mut self, at: usize) {
        let line = &self.lines[at];
        let text = line.text(self.source);
        let marker = self.marker(text);
        if let Some(open) = &self.open {
            let last = open.lines[open.lines.len() - 1];
            let begins = self.pages.get(at).is_some_and(|line| line.role == paged::LineRole::Begin);
            let previous = Previous {
                line: &self.lines[last],
                text: self.lines[last].text(self.source),
                marker: open.marker.filter(|_| open.lines.len() == 1),
                is_list: matches!(open.marker, Some(Marker::Item | Marker::HanParenthesis | Marker::Note)),
                is_complete: begins || matches!(open.role, Role::Number(_) | Role::Term(_)),
            };
            if joining::joins(&previous, line, text, marker, self.between, self.layout) {
                if let Some(open) = &mut self.open {
                    open.lines.push(at);
                }
                self.between = Between::default();
                return;
            }
        }
        self.close();
        if let Some(Marker::Integer(number)) = marker {
            self.chapter = number;
        }
        let role = match (self.role, marker) {
            (_, Some(Marker::Clause { depth, bare: true })) => Role::Number(depth),
            (Role::Number(depth), None | Some(Marker::Item | Marker::Integer(_))) if is_term(text) => {
                Role::Term(depth)
            }
            (Role::Term(depth), None) if is_synonym(text) => Role::Term(depth),
            _ => Role::Other,
        };
        self.open = Some(Paragraph { lines: vec![at], marker, role });
    }

    /// The marker of a line in its place: `3 术语和定义` is a chapter after `2 …`, or where a new paragraph
    /// begins anyway.
    fn marker(&self, text: &str) -> Option<Marker> {
        let marker = marker::of(text)?;
        let Marker::Integer(number) = marker else {
            return Some(marker);
        };
        let starts_anyway = self.between.blank > 0
            || self.open.as_ref().is_none_or(|open| {
                joining::is_complete(self.lines[open.lines[open.lines.len() - 1]].text(self.source))
            });
        (number == self.chapter + 1 || starts_anyway).then_some(marker)
    }

    fn close(&mut self) {
        self.between = Between::default();
        let Some(paragraph) = self.open.take() else {
            return;
        };
        self.role = paragraph.role;
        let kind = self.kind(&paragraph);
        let last = paragraph.lines[paragraph.lines.len() - 1];
        let mut block = self.block(kind, paragraph.lines[0], last);
        for (index, &at) in paragraph.lines.iter().enumerate() {
            if let Some(&before) = index.checked_sub(1).and_then(|index| paragraph.lines.get(index)) {
                self.line_break(&mut block, before, at);
            }
            self.content(&mut block, self.lines[at].span);
        }
        self.parts.push(block);
        self.paragraphs += 1;
    }

    /// A block that begins on the line `first` and ends on the line `last`.
    fn block(&self, kind: BlockKind, first: usize, last: usize) -> BlockBuilder {
        let block = BlockBuilder::new(kind);
        match (self.pages.get(first), self.pages.get(last)) {
            (Some(first), Some(last)) => block.at(first.place(last.page)),
            _ => block,
        }
    }

    /// A line of a table cell. The lines of one paragraph are read together, at the first of them.
    fn cell(&mut self, at: usize) {
        let role = |at: usize| self.pages.get(at).map(|line| line.role);
        if at > 0 && role(at - 1) == role(at) {
            return;
        }
        self.close();
        let mut last = at;
        while role(last + 1) == role(at) {
            last += 1;
        }
        let is_beside = matches!(role(at), Some(paged::LineRole::Beside { .. }));
        let kind = if is_beside { BlockKind::Note } else { BlockKind::TableCell };
        let mut block = self.block(kind, at, last);
        for line in at..=last {
            if line > at {
                self.line_break(&mut block, line - 1, line);
            }
            block.verbatim(self.source, self.lines[line].span);
        }
        self.parts.push(block);
        self.role = Role::Other;
        self.paragraphs += 1;
    }

    /// The break between two lines of a paragraph: all that stands there if it is only white space, else no
    /// more than the end of the first line.
    fn line_break(&self, block: &mut BlockBuilder, before: usize, at: usize) {
        let (before, line) = (&self.lines[before], &self.lines[at]);
        let between = Span::new(before.span.end, line.span.start);
        if self.source[between.range()].trim().is_empty() {
            block.verbatim(self.source, between);
        } else {
            let end = &self.source[before.span.end..before.next];
            let breaks = before.next - end.trim_start_matches(|c| c != '\r' && c != '\n').len();
            block.verbatim(self.source, Span::new(breaks, before.next));
        }
    }

    /// The text of one line, without comments and with code closed off.
    fn content(&self, block: &mut BlockBuilder, span: Span) {
        let first = self.comments.partition_point(|comment| comment.end <= span.start);
        let mut at = span.start;
        for comment in self.comments[first..].iter().take_while(|comment| comment.start < span.end) {
            self.code(block, Span::new(at, comment.start.max(at)));
            at = comment.end.min(span.end);
        }
        self.code(block, Span::new(at, span.end));
    }

    fn code(&self, block: &mut BlockBuilder, span: Span) {
        if !self.pages.is_empty() {
            return block.verbatim(self.source, span);
        }
        let mut at = span.start;
        while let Some(start) =
            memchr::memchr(b'`', &self.source.as_bytes()[at..span.end]).map(|offset| at + offset)
        {
            let Some(end) = memchr::memchr(b'`', &self.source.as_bytes()[start + 1..span.end]) else {
                break;
            };
            let end = start + 1 + end + 1;
            block.verbatim(self.source, Span::new(at, start));
            block.opaque(self.source, Span::new(start, end));
            at = end;
        }
        block.verbatim(self.source, Span::new(at, span.end));
    }

    fn kind(&self, paragraph: &Paragraph) -> BlockKind {
        let first = &self.lines[paragraph.lines[0]];
        let text = first.text(self.source);
        let single = paragraph.lines.len() == 1;
        let heading = |level: u8, otherwise: BlockKind| {
            if single && marker::is_headline(text) { BlockKind::Heading(level.min(6)) } else { otherwise }
        };
        match (paragraph.role, paragraph.marker) {
            (Role::Number(depth) | Role::Term(depth), _) => BlockKind::Heading((depth + 1).min(6)),
            (_, Some(Marker::Chapter(level))) => heading(level, BlockKind::Paragraph),
            (_, Some(Marker::Clause { depth, .. })) => heading(depth + 1, BlockKind::Paragraph),
            (_, Some(Marker::Integer(_) | Marker::Section)) => BlockKind::Heading(2),
            (_, Some(Marker::Annex)) if text.contains(['：', ':']) => BlockKind::ListItem,
            (_, Some(Marker::Annex)) => heading(2, BlockKind::Paragraph),
            (_, Some(Marker::HanNumber)) => self.run_in(paragraph, 2),
            (_, Some(Marker::HanParenthesis)) => self.run_in(paragraph, 3),
            (_, Some(Marker::Item)) => BlockKind::ListItem,
            (_, Some(Marker::Note)) => BlockKind::Note,
            (_, Some(Marker::Caption)) => BlockKind::Caption,
            (_, Some(Marker::Article | Marker::Example | Marker::Source)) => BlockKind::Paragraph,
            (_, None) => self.unmarked(paragraph),
        }
    }

    /// A heading may hold a comma, a list item ends like a sentence.
    fn run_in(&self, paragraph: &Paragraph, level: u8) -> BlockKind {
        let text = self.lines[paragraph.lines[0]].text(self.source);
        let ends = joining::is_complete(text) || text.contains(['。', '；']);
        if paragraph.lines.len() == 1 && !ends && text.chars().count() <= 40 {
            BlockKind::Heading(level)
        } else {
            BlockKind::ListItem
        }
    }

    fn unmarked(&self, paragraph: &Paragraph) -> BlockKind {
        if self.paragraphs >= HEAD || paragraph.lines.len() > 3 {
            return BlockKind::Paragraph;
        }
        let (first, last) = (paragraph.lines[0], paragraph.lines[paragraph.lines.len() - 1]);
        let text = &self.source[self.lines[first].span.start..self.lines[last].span.end];
        // A title comes again before the text that a notice issues, so more than one is possible.
        if titles::is_title(text) {
            return BlockKind::Heading(1);
        }
        let is_opening = self.paragraphs == 0 && paragraph.lines.len() == 1;
        if is_opening
            && self.lines[first].indent >= CENTRED
            && marker::is_headline(text)
            && !dates::is_date(text)
        {
            return BlockKind::Heading(1);
        }
        BlockKind::Paragraph
    }

    fn cells(&mut self, at_line: usize) {
        let line = &self.lines[at_line];
        let mut at = line.span.start;
        for cell in line.text(self.source).split('\t') {
            let span = Span::new(at, at + cell.len());
            at = span.end + 1;
            if self.pages.is_empty() && (cell.contains('<') || cell.contains('&')) {
                self.markup(span, BlockKind::TableCell);
            } else {
                let start = span.end - cell.trim_start().len();
                let end = span.start + cell.trim_end().len();
                let mut block = self.block(BlockKind::TableCell, at_line, at_line);
                self.code(&mut block, Span::new(start, end.max(start)));
                self.parts.push(block);
            }
        }
        self.role = Role::Other;
        self.paragraphs += 1;
    }

    fn markup(&mut self, span: Span, kind: BlockKind) {
        let mut reader = html::Reader::new(self.source, self.parts, html::Context { kind, quoted: false });
        reader.feed(span);
        reader.finish();
        self.role = Role::Other;
    }

    /// Comments that begin on the line; whether there are any and they are for the linter alone. Those on
    /// lines with tags are found by the reader of HTML.
    fn annotate(&mut self, at: usize) -> bool {
        let start = at.checked_sub(1).map_or(0, |before| self.lines[before].next);
        let first = self.comments.partition_point(|comment| comment.start < start);
        let count = self.comments[first..].partition_point(|comment| comment.start < self.lines[at].next);
        for comment in &self.comments[first..first + count] {
            self.parts.comment(self.source, *comment);
        }
        let found = self.parts.last_comments(count);
        count > 0 && found.iter().all(|comment| is_directive(&comment.text))
    }
}

/// A term below its number: no sentence.
fn is_term(text: &str) -> bool {
    !text.contains(mark::CLAUSE_ENDS) && text.chars().count() <= 120
}

/// Another designation of the same term, with its English: 供方 supplier.
fn is_synonym(text: &str) -> bool {
    is_term(text)
        && text.chars().next().is_some_and(zhengming_text::fold::is_han)
        && text.ends_with(|c: char| c.is_ascii_alphabetic())
        && !text.contains('、')
}

/// Marks the lines that belong to the page and not to the text.
fn mark_furniture(source: &str, lines: &mut [Line]) {
    let prose: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].kind == LineKind::Prose).collect();
    let texts: Vec<&str> = prose.iter().map(|&at| lines[at].text(source)).collect();
    for (at, is_furniture) in prose.into_iter().zip(furniture::find(&texts, furniture::running_head)) {
        if is_furniture {
            lines[at].kind = LineKind::Furniture;
        }
    }
}

fn note_furniture(lines: &[Line], parts: &mut Parts) {
    let mut left_out = lines.iter().filter(|line| line.kind == LineKind::Furniture);
    let Some(first) = left_out.next() else {
        return;
    };
    let count = 1 + left_out.count();
    let message = Text::new(
        format!("略去 {count} 行页码、页眉或目次"),
        format!("left out {count} lines that are page numbers, running heads or a table of contents"),
    );
    parts.note(ReadNote { span: first.span, missed: false, message });
}

#[cfg(test)]
mod tests;
