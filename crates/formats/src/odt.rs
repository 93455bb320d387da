//! OpenDocument text, as it would be with all changes accepted.

use zhengming_text::document::{Annotation, BlockBuilder, BlockKind};
use zhengming_text::message::Text;
use zhengming_text::place::{Cell, Place};
use zhengming_text::span::Span;

use crate::ReadError;
use crate::core_properties::{self, Property};
use crate::package::Package;
use crate::parts::{HARD_BREAK, Parts};
use crate::trail::{Paragraph, Trail};
use crate::xml::Xml;
use reader::Reader;

mod reader;

/// The part that holds the text.
const CONTENT: &str = "content.xml";
/// The part that holds headers and footers.
const STYLES: &str = "styles.xml";

pub(crate) fn read(bytes: &[u8], parts: &mut Parts) -> Result<String, ReadError> {
    let mut package = Package::open(bytes)?;
    let Some(content) = package.text(CONTENT)? else {
        return Err(ReadError::Unreadable(Text::new("ODT 中没有 content.xml", "the ODT has no content.xml")));
    };
    let encrypted = package.text("META-INF/manifest.xml")?;
    if encrypted.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(ReadError::Unreadable(Text::new(
            "ODT 已用密码加密，请先解除密码再检查",
            "the ODT is encrypted with a password: remove the password first",
        )));
    }
    let mut story = Story::default();
    Reader::new(&content, CONTENT, Section::Body).read(&mut story)?;
    if let Some(styles) = package.text(STYLES)? {
        Reader::new(&styles, STYLES, Section::None).read(&mut story)?;
    }
    for part in package.names() {
        // Charts and other objects in the text are documents of their own; formulas hold no prose.
        if part.starts_with("Object ") && part.ends_with("/content.xml") {
            let Some(content) = package.text(&part)? else { continue };
            let mut xml = Xml::in_part(&content, &part);
            while let Some(node) = xml.node()? {
                if let Some(tag) = node.open("p") {
                    let text = xml.element(tag)?.text();
                    story.beside(&text, &part, Text::new("图表", "chart"));
                }
            }
        }
    }
    for Property { words, text } in core_properties::read(&mut package, "meta.xml")? {
        story.beside(&text, "meta.xml", words);
    }
    let Story { text, blocks, annotations, title, .. } = story;
    for (span, kind, place) in blocks {
        let mut block = BlockBuilder::new(kind).at(place);
        block.verbatim(&text, span);
        parts.push(block);
    }
    annotations.into_iter().for_each(|annotation| parts.annotation(annotation));
    parts.metadata.title = title;
    Ok(text)
}

/// Which part of the document is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    /// Between the parts that hold text.
    None,
    Body,
    Header,
    Footer,
    /// A footnote or endnote, from 1.
    Note(u32),
    /// A text box, from 1.
    Box(u32),
}

/// A paragraph, heading or cell in the making.
#[derive(Debug)]
struct Flow {
    text: String,
    role: Role,
    section: Section,
    cell: Option<Cell>,
    /// Comments that begin and end in it: name, where, text.
    comments: Vec<Comment>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Heading(u8),
    Body,
    /// An item, with the level of its list from 0.
    Item(usize),
    Caption,
}

#[derive(Debug)]
struct Comment {
    /// The place in the flow.
    at: usize,
    mark: Mark,
}

#[derive(Debug)]
enum Mark {
    /// A comment begins: its name, if it has an end of its own, and what it says.
    Start(Option<String>, String),
    /// The comment of this name ends.
    End(String),
}

/// What was read so far.
#[derive(Debug, Default)]
struct Story {
    text: String,
    blocks: Vec<(Span, BlockKind, Place)>,
    annotations: Vec<Annotation>,
    title: Option<String>,
    /// Comments whose end has not come: name and number among the annotations.
    open: Vec<(String, usize)>,
    trail: Trail,
    row: Option<(u32, u32)>,
    paragraphs: u32,
}

impl Story {
    /// Adds a finished block of `part`.
    fn append(&mut self, flow: Flow, part: &str) {
        let trimmed = flow.text.trim_matches([' ', '\n']);
        let lead = flow.text.len() - flow.text.trim_start_matches([' ', '\n']).len();
        self.paragraphs += 1;
        if trimmed.is_empty() && flow.comments.is_empty() {
            return;
        }
        let row = flow.cell.map(|cell| (cell.table, cell.row));
        if !self.text.is_empty() {
            self.text.push(if row.is_some() && row == self.row { '\t' } else { '\n' });
        }
        self.row = row;
        let start = self.text.len();
        self.text.push_str(trimmed);
        let span = Span::new(start, self.text.len());
        self.comments(&flow, lead, span);
        if trimmed.is_empty() {
            return;
        }
        let kind = match (flow.cell, flow.section, flow.role) {
            (Some(_), ..) => BlockKind::TableCell,
            (None, Section::Note(_), _) => BlockKind::Note,
            (None, _, Role::Heading(level)) => BlockKind::Heading(level),
            (None, _, Role::Item(_)) => BlockKind::ListItem,
            (None, _, Role::Caption) => BlockKind::Caption,
            (None, _, Role::Body) => BlockKind::Paragraph,
        };
        let place = Place {
            part: Some(part.to_owned()),
            paragraph: Some(self.paragraphs),
            cell: flow.cell,
            page: None,
            words: self.words(&flow, trimmed),
        };
        self.blocks.push((span, kind, place));
    }

    /// Adds a text of `part` that stands beside all others, unless it is a figure.
    fn beside(&mut self, text: &str, part: &str, words: Text) {
        if !text.chars().any(char::is_alphabetic) {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(text);
        let place = Place { part: Some(part.to_owned()), words, ..Place::default() };
        self.blocks.push((Span::new(start, self.text.len()), BlockKind::Caption, place));
    }

    /// Comments without an end of their own are about the whole block.
    fn comments(&mut self, flow: &Flow, lead: usize, block: Span) {
        for comment in &flow.comments {
            let at = block.start + comment.at.saturating_sub(lead).min(block.len());
            match &comment.mark {
                Mark::Start(name, text) => {
                    let span = if name.is_some() { Span::new(at, at) } else { block };
                    if let Some(name) = name {
                        self.open.push((name.clone(), self.annotations.len()));
                    }
                    self.annotations.push(Annotation { span, text: text.clone() });
                }
                Mark::End(name) => {
                    if let Some(open) = self.open.iter().rposition(|(open, _)| open == name) {
                        let (_, index) = self.open.remove(open);
                        self.annotations[index].span.end = at.max(self.annotations[index].span.start);
                    }
                }
            }
        }
    }

    fn words(&mut self, flow: &Flow, text: &str) -> Text {
        if let Some(Cell { table, row, column }) = flow.cell {
            return Text::new(
                format!("表{table} 第{row}行第{column}列"),
                format!("table {table}, row {row}, column {column}"),
            );
        }
        match flow.section {
            Section::Header => Text::new("页眉", "header"),
            Section::Footer => Text::new("页脚", "footer"),
            Section::Note(number) => Text::new(format!("注{number}"), format!("note {number}")),
            Section::Box(number) => Text::new(format!("文本框{number}"), format!("text box {number}")),
            Section::Body | Section::None => {
                let (heading, number) = match flow.role {
                    Role::Heading(level) => (Some(level), None),
                    Role::Item(level) => (None, Some(("", level))),
                    Role::Body | Role::Caption => (None, None),
                };
                let plain = text.replace(HARD_BREAK, "");
                self.trail.paragraph(Paragraph { text: &plain, heading, number })
            }
        }
    }
}

#[cfg(test)]
mod tests;
