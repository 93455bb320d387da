//! The text of a Word file as it grows: blocks in reading order, comments, and the map back to the parts.

use std::collections::HashMap;
use std::ops::Range;

use zhengming_text::document::BlockKind;
use zhengming_text::message::Text;
use zhengming_text::place::{Cell, Place};

use super::inserted::Inserted;
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
    /// Cells that are the lower part of one that was merged.
    pub(super) continued: Vec<Cell>,
    /// What was not read.
    pub(super) missed: Vec<Text>,
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
    /// Where paragraphs of one cell meet; no character stands there.
    pub(super) joints: Vec<usize>,
    pub(super) kind: BlockKind,
    pub(super) place: Place,
    pub(super) layout: Layout,
}

/// How a paragraph is laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) is_centred: bool,
    /// The text box that it stands in.
    pub(super) text_box: Option<u32>,
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

/// What stands beside the flow of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Frame {
    /// A text box, counted from 1.
    TextBox(u32),
    /// Something that says of itself what it is, and what kind of text it holds.
    Inserted(Text, BlockKind),
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
    /// Where such paragraphs meet.
    pub(super) joints: Vec<usize>,
    pub(super) is_centred: bool,
    pub(super) role: Role,
    /// The number that Word writes, and the level of its list.
    pub(super) number: Option<(String, usize)>,
    pub(super) paragraph: u32,
    pub(super) section: Section,
    pub(super) cell: Option<Cell>,
    pub(super) frame: Option<Frame>,
}

impl Flow {
    /// An empty one, of the paragraph of this number.
    pub(super) fn new(section: Section, paragraph: u32) -> Self {
        Self {
            text: String::new(),
            pieces: Vec::new(),
            marks: Vec::new(),
            open: false,
            breaks: false,
            joints: Vec::new(),
            is_centred: false,
            role: Role::Body,
            number: None,
            paragraph,
            section,
            cell: None,
            frame: None,
        }
    }

    fn kind(&self) -> BlockKind {
        if let Some(Frame::Inserted(_, kind)) = self.frame {
            return kind;
        }
        match (self.cell, self.section, self.role) {
            (Some(_), ..) => BlockKind::TableCell,
            (None, Section::Footnote(_) | Section::Endnote(_), _) => BlockKind::Note,
            (None, _, Role::Title) => BlockKind::Heading(1),
            (None, _, Role::Heading(level)) => BlockKind::Heading(level),
            (None, _, Role::Caption) => BlockKind::Caption,
            (None, _, Role::Body) if self.number.is_some() => BlockKind::ListItem,
            (None, _, Role::Body) => BlockKind::Paragraph,
        }
    }

    /// Begins another paragraph of the same cell, if there is one.
    pub(super) fn settle(&mut self) {
        if std::mem::take(&mut self.breaks) && !self.text.is_empty() {
            self.joints.push(self.text.len());
        }
    }

    pub(super) fn push(&mut self, text: &str, piece: impl FnOnce(Range<usize>) -> Piece) {
        self.settle();
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

    /// Adds a text of `part` that stands beside all others.
    pub(super) fn beside(&mut self, inserted: Inserted, part: &str) {
        let Inserted { words, kind, text } = inserted;
        let mut flow = Flow::new(Section::Body, 0);
        flow.text = text;
        flow.frame = Some(Frame::Inserted(words, kind));
        self.append(flow, part);
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
        let kind = flow.kind();
        let words = self.words(&flow);
        if flow.role == Role::Title && self.title.is_none() {
            self.title = Some(flow.text.replace(crate::parts::HARD_BREAK, ""));
        }
        let place = Place {
            part: Some(part.to_owned()),
            paragraph: (!matches!(flow.frame, Some(Frame::Inserted(..)))).then_some(flow.paragraph),
            cell: flow.cell,
            page: None,
            words,
        };
        let text_box = match flow.frame {
            Some(Frame::TextBox(number)) => Some(number),
            _ => None,
        };
        let layout = Layout { is_centred: flow.is_centred, text_box };
        let joints = flow.joints.iter().map(|joint| joint + start).collect();
        self.blocks.push(StoryBlock { text, joints, kind, place, layout });
    }

    fn words(&mut self, flow: &Flow) -> Text {
        let section = match flow.section {
            Section::Body => Text::default(),
            Section::Footnote(number) => Text::new(format!("脚注{number}"), format!("footnote {number}")),
            Section::Endnote(number) => Text::new(format!("尾注{number}"), format!("endnote {number}")),
            Section::Header(number) => Text::new(format!("页眉{number}"), format!("header {number}")),
            Section::Footer(number) => Text::new(format!("页脚{number}"), format!("footer {number}")),
        };
        let frame = match &flow.frame {
            None => Text::default(),
            Some(Frame::TextBox(number)) => {
                Text::new(format!("文本框{number}"), format!("text box {number}"))
            }
            Some(Frame::Inserted(words, _)) => words.clone(),
        };
        let inside = match (flow.cell, flow.section, &flow.frame, flow.role) {
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
        Text::new(join([&section.zh, &frame.zh, &inside.zh]), join([&section.en, &frame.en, &inside.en]))
    }
}
