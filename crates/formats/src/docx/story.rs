//! The text of a Word file as it grows: blocks in reading order, comments, and the map back to the parts.

use std::collections::HashMap;
use std::ops::Range;

use zhengming_text::document::BlockKind;
use zhengming_text::message::Text;
use zhengming_text::place::{Cell, Place};

use super::map::{Map, Piece};
use super::styles::Role;
use crate::trail::{Paragraph, Trail};

/// What was read of a Word file.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) text: String,
    pub(super) blocks: Vec<StoryBlock>,
    pub(super) map: Map,
    pub(super) title: Option<String>,
    /// The text that each comment is about, by its id.
    pub(super) comments: HashMap<String, Commented>,
    /// Marks that stand before the next paragraph.
    pending: Vec<(String, Mark)>,
    trail: Trail,
    /// The row in which the last block stands.
    row: Option<(u32, u32)>,
}

#[derive(Debug)]
pub(super) struct StoryBlock {
    pub(super) text: Range<usize>,
    pub(super) kind: BlockKind,
    pub(super) place: Place,
}

#[derive(Debug, Default)]
pub(super) struct Commented {
    pub(super) start: Option<usize>,
    pub(super) end: Option<usize>,
    /// The paragraph that refers to it.
    pub(super) paragraph: Option<Range<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Start,
    End,
    Reference,
}

/// The part of a document that is read at the moment. Numbers count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Body,
    Footnote(u32),
    Endnote(u32),
    Header(u32),
    Footer(u32),
}

/// A block in the making.
#[derive(Debug)]
pub(super) struct Flow {
    pub(super) text: String,
    /// Their texts count from the start of the flow.
    pub(super) pieces: Vec<Piece>,
    pub(super) marks: Vec<(String, Mark, usize)>,
    /// Whether the mark that ends the paragraph was deleted, so that the next continues it.
    pub(super) open: bool,
    /// Whether another paragraph of the same cell begins.
    pub(super) breaks: bool,
    pub(super) role: Role,
    /// The number that Word writes, and the level of its list.
    pub(super) number: Option<(String, usize)>,
    pub(super) paragraph: u32,
    pub(super) section: Section,
    pub(super) cell: Option<Cell>,
    pub(super) text_box: Option<u32>,
}

impl Flow {
    pub(super) fn push(&mut self, text: &str, piece: impl FnOnce(Range<usize>) -> Piece) {
        if std::mem::take(&mut self.breaks) && !self.text.is_empty() {
            self.text.push_str(crate::parts::HARD_BREAK);
        }
        let start = self.text.len();
        self.text.push_str(text);
        let piece = piece(start..self.text.len());
        match self.pieces.last_mut() {
            Some(last)
                if last.element == piece.element
                    && last.raw.end == piece.raw.start
                    && last.text.end == piece.text.start
                    && last.is_verbatim()
                    && piece.is_verbatim() =>
            {
                last.text.end = piece.text.end;
                last.raw.end = piece.raw.end;
            }
            _ => self.pieces.push(piece),
        }
    }
}

impl Story {
    /// A mark that stands between paragraphs.
    pub(super) fn mark(&mut self, id: String, mark: Mark) {
        self.pending.push((id, mark));
    }

    /// Adds a finished block of the part called `part`.
    pub(super) fn append(&mut self, mut flow: Flow, part: &str) {
        if flow.text.trim().is_empty() {
            self.pending.extend(flow.marks.into_iter().map(|(id, mark, _)| (id, mark)));
            return;
        }
        let row = flow.cell.map(|cell| (cell.table, cell.row));
        if !self.text.is_empty() {
            self.text.push(if row.is_some() && row == self.row { '\t' } else { '\n' });
        }
        self.row = row;
        let start = self.text.len();
        self.text.push_str(&flow.text);
        let text = start..self.text.len();
        self.map.pieces.extend(flow.pieces.drain(..).map(|mut piece| {
            piece.text = piece.text.start + start..piece.text.end + start;
            piece
        }));
        let pending = std::mem::take(&mut self.pending).into_iter().map(|(id, mark)| (id, mark, 0));
        for (id, mark, at) in pending.chain(flow.marks.drain(..)) {
            let comment = self.comments.entry(id).or_default();
            match mark {
                Mark::Start => comment.start = Some(start + at),
                Mark::End => comment.end = Some(start + at),
                Mark::Reference => comment.paragraph = Some(text.clone()),
            }
        }
        let kind = match (flow.cell, flow.section, flow.role) {
            (Some(_), ..) => BlockKind::TableCell,
            (None, Section::Footnote(_) | Section::Endnote(_), _) => BlockKind::Note,
            (None, _, Role::Title) => BlockKind::Heading(1),
            (None, _, Role::Heading(level)) => BlockKind::Heading(level),
            (None, _, Role::Caption) => BlockKind::Caption,
            (None, _, Role::Body) if flow.number.is_some() => BlockKind::ListItem,
            (None, _, Role::Body) => BlockKind::Paragraph,
        };
        let words = self.words(&flow);
        if flow.role == Role::Title && self.title.is_none() {
            self.title = Some(flow.text.replace(crate::parts::HARD_BREAK, ""));
        }
        let place = Place {
            part: Some(part.to_owned()),
            paragraph: Some(flow.paragraph),
            cell: flow.cell,
            page: None,
            words,
        };
        self.blocks.push(StoryBlock { text, kind, place });
    }

    fn words(&mut self, flow: &Flow) -> Text {
        let section = match flow.section {
            Section::Body => Text::default(),
            Section::Footnote(number) => Text::new(format!("脚注{number}"), format!("footnote {number}")),
            Section::Endnote(number) => Text::new(format!("尾注{number}"), format!("endnote {number}")),
            Section::Header(number) => Text::new(format!("页眉{number}"), format!("header {number}")),
            Section::Footer(number) => Text::new(format!("页脚{number}"), format!("footer {number}")),
        };
        let text_box = flow.text_box.map_or_else(Text::default, |number| {
            Text::new(format!("文本框{number}"), format!("text box {number}"))
        });
        let inside = match (flow.cell, flow.section, flow.text_box, flow.role) {
            (Some(Cell { table, row, column }), ..) => Text::new(
                format!("表{table} 第{row}行第{column}列"),
                format!("table {table}, row {row}, column {column}"),
            ),
            (None, Section::Body, None, Role::Title) => Text::new("标题", "the title"),
            (None, Section::Body, None, role) => self.trail.paragraph(Paragraph {
                text: &flow.text,
                heading: match role {
                    Role::Heading(level) => Some(level),
                    _ => None,
                },
                number: flow.number.as_ref().map(|(label, level)| (label.as_str(), *level)),
            }),
            _ => Text::default(),
        };
        let join = |words: [&str; 3]| {
            let told: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
            told.join(" ")
        };
        Text::new(
            join([&section.zh, &text_box.zh, &inside.zh]),
            join([&section.en, &text_box.en, &inside.en]),
        )
    }
}
