//! One part of a Word file: its paragraphs and tables, in reading order.

use std::collections::HashMap;

use zhengming_text::message::Text;
use zhengming_text::place::Cell;

use super::inserted::Inserted;
use super::map::{Piece, Run, TextElement};
use super::numbering::Numbering;
use super::story::{Flow, Frame, Mark, Section, Story};
use super::styles::Styles;
use crate::part_error::PartError;
use crate::xml::{Node, Tag, Xml};

/// What the parts of a document share.
pub(super) struct Shared {
    pub(super) story: Story,
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    /// The number of each footnote and endnote by its id, with the run that refers to it.
    pub(super) footnotes: HashMap<String, (u32, usize)>,
    pub(super) endnotes: HashMap<String, (u32, usize)>,
    /// The relationships of headers and footers, in the order of the sections.
    pub(super) margins: Vec<(bool, String)>,
}

pub(super) struct Reader<'x> {
    pub(super) xml: Xml<'x>,
    pub(super) raw: &'x str,
    pub(super) part: usize,
    pub(super) name: &'x str,
    pub(super) section: Section,
    /// The run that refers to the note that is read.
    pub(super) reference: Option<usize>,
    pub(super) shared: &'x mut Shared,
    pub(super) flow: Option<Flow>,
    /// Finished blocks of text boxes and drawings, which come after the paragraph that holds them.
    boxed: Vec<Flow>,
    pub(super) cell: Option<Cell>,
    in_grid: InGrid,
    frame: Option<Frame>,
    boxes: u32,
    /// The number of the paragraph, until its text begins.
    pub(super) label: Option<String>,
    /// The text of other parts that this one shows, by the relationship that names it.
    pub(super) inserted: HashMap<String, Vec<Inserted>>,
    tables: u32,
    paragraphs: u32,
    /// The open runs, and whether they are hidden.
    pub(super) runs: Vec<(usize, bool)>,
    outer_run: Option<usize>,
    pub(super) fields: Vec<Field>,
    /// Whether the paragraph is a line of a table of contents, which repeats a heading.
    pub(super) in_contents: bool,
    /// Whether the open content control shows its prompt.
    placeholder: bool,
}

/// How a cell lies in the grid of its table.
#[derive(Debug, Clone, Copy)]
struct InGrid {
    columns: u32,
    /// Whether it is the lower part of one that was merged.
    continues: bool,
}

/// A number of columns; Word allows 63.
fn columns(tag: &Tag<'_>, default: u32) -> u32 {
    tag.attribute("val").and_then(|value| value.parse().ok()).unwrap_or(default).min(63)
}

/// A field whose code or result is being read.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) in_result: bool,
    pub(super) code: String,
}

impl Field {
    /// Codes have no text of the document; a table of contents repeats its headings.
    pub(super) fn is_silent(&self) -> bool {
        !self.in_result || self.code.trim_start().starts_with("TOC")
    }
}

impl<'x> Reader<'x> {
    pub(super) fn new(raw: &'x str, name: &'x str, section: Section, shared: &'x mut Shared) -> Self {
        let parts = &mut shared.story.map.parts;
        let part = parts.iter().position(|part| part == name).unwrap_or_else(|| {
            parts.push(name.to_owned());
            parts.len() - 1
        });
        Self {
            xml: Xml::in_part(raw, name),
            raw,
            part,
            name,
            section,
            reference: None,
            shared,
            flow: None,
            boxed: Vec::new(),
            cell: None,
            in_grid: InGrid { columns: 1, continues: false },
            frame: None,
            boxes: 0,
            label: None,
            inserted: HashMap::new(),
            tables: 0,
            paragraphs: 0,
            runs: Vec::new(),
            outer_run: None,
            fields: Vec::new(),
            in_contents: false,
            placeholder: false,
        }
    }

    /// With the text of other parts that this one shows.
    pub(super) fn showing(mut self, inserted: HashMap<String, Vec<Inserted>>) -> Self {
        self.inserted = inserted;
        self
    }

    /// Reads the element `root` of the part.
    pub(super) fn story(&mut self, root: &str) -> Result<(), PartError> {
        while let Some(node) = self.xml.node()? {
            if node.open(root).is_some() {
                self.blocks(root)?;
                self.flush();
            }
        }
        Ok(())
    }

    /// Reads the notes that are referred to, in their own order.
    pub(super) fn notes(&mut self, element: &str) -> Result<(), PartError> {
        while let Some(node) = self.xml.node()? {
            let Some(tag) = node.open(element) else { continue };
            let id = tag.attribute("id").unwrap_or_default();
            let is_footnote = element == "footnote";
            let notes = if is_footnote { &self.shared.footnotes } else { &self.shared.endnotes };
            let Some(&(number, run)) = notes.get(&id) else {
                self.xml.skip()?;
                continue;
            };
            self.section = if is_footnote { Section::Footnote(number) } else { Section::Endnote(number) };
            self.reference = Some(run);
            self.blocks(element)?;
            self.flush();
        }
        Ok(())
    }

    /// The paragraphs and tables up to the end of the element `end`.
    pub(super) fn blocks(&mut self, end: &str) -> Result<(), PartError> {
        while let Some(node) = self.xml.node()? {
            match &node {
                Node::Close(name) if name.is(end) => break,
                Node::Open(tag) => match tag.local() {
                    "p" => self.paragraph()?,
                    "tbl" => {
                        self.flush();
                        self.table()?;
                    }
                    "sectPr" => self.margins()?,
                    "altChunk" => {
                        self.flush();
                        self.insert(&tag.attribute("id").unwrap_or_default());
                        self.flush();
                    }
                    "subDoc" => self.shared.story.missed.push(Text::new("子文档", "a subdocument")),
                    "tcPr" => self.cell_properties()?,
                    "moveFrom" | "del" => self.xml.skip()?,
                    _ => self.common(tag)?,
                },
                _ => {}
            }
        }
        Ok(())
    }

    /// What may stand between paragraphs as well as in them.
    pub(super) fn common(&mut self, tag: &Tag<'x>) -> Result<(), PartError> {
        let mark = match tag.local() {
            "commentRangeStart" => Mark::Start,
            "commentRangeEnd" => Mark::End,
            "commentReference" => Mark::Reference,
            "sdtPr" => return self.content_control(),
            "sdtContent" if std::mem::take(&mut self.placeholder) => return self.xml.skip(),
            _ => return Ok(()),
        };
        let id = tag.attribute("id").unwrap_or_default();
        match &mut self.flow {
            Some(flow) => flow.marks.push((id, mark, flow.text.len())),
            None => self.shared.story.mark(id, mark),
        }
        Ok(())
    }

    fn content_control(&mut self) -> Result<(), PartError> {
        while let Some(node) = self.xml.node()? {
            match &node {
                Node::Close(name) if name.is("sdtPr") => break,
                Node::Open(tag) if tag.local() == "showingPlcHdr" => {
                    self.placeholder = super::styles::is_on(tag);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Which headers and footers a section has.
    pub(super) fn margins(&mut self) -> Result<(), PartError> {
        while let Some(node) = self.xml.node()? {
            match &node {
                Node::Close(name) if name.is("sectPr") => break,
                Node::Open(tag) => {
                    let is_header = match tag.local() {
                        "headerReference" => true,
                        "footerReference" => false,
                        "sectPrChange" => {
                            self.xml.skip()?;
                            continue;
                        }
                        _ => continue,
                    };
                    let known = (is_header, tag.attribute("id").unwrap_or_default());
                    if !self.shared.margins.contains(&known) {
                        self.shared.margins.push(known);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn table(&mut self) -> Result<(), PartError> {
        self.tables += 1;
        let (table, mut row) = (self.tables, 0);
        let around = (self.cell.take(), self.in_grid);
        while let Some(node) = self.xml.node()? {
            match &node {
                Node::Close(name) if name.is("tbl") => break,
                Node::Open(tag) if tag.local() == "tr" => {
                    row += 1;
                    if !self.row(table, row)? {
                        row -= 1;
                    }
                }
                _ => {}
            }
        }
        (self.cell, self.in_grid) = around;
        Ok(())
    }

    /// Reads a row; says whether it is there, that is, was not deleted.
    fn row(&mut self, table: u32, row: u32) -> Result<bool, PartError> {
        let (mut column, mut deleted) = (0, false);
        while let Some(node) = self.xml.node()? {
            match &node {
                Node::Close(name) if name.is("tr") => break,
                Node::Open(tag) => match tag.local() {
                    "trPrChange" => self.xml.skip()?,
                    "del" => deleted = true,
                    "tc" if deleted => self.xml.skip()?,
                    "gridBefore" => column += columns(tag, 0),
                    "tc" => {
                        column += 1;
                        let cell = Cell { table, row, column };
                        (self.cell, self.in_grid) = (Some(cell), InGrid { columns: 1, continues: false });
                        self.blocks("tc")?;
                        self.flush();
                        column += self.in_grid.columns - 1;
                        if self.in_grid.continues {
                            self.shared.story.continued.push(cell);
                        }
                    }
                    "sdtPr" => self.content_control()?,
                    _ => {}
                },
                _ => {}
            }
        }
        Ok(!deleted)
    }

    /// What a cell says of its place in the grid.
    fn cell_properties(&mut self) -> Result<(), PartError> {
        while let Some(node) = self.xml.node()? {
            match &node {
                Node::Close(name) if name.is("tcPr") => break,
                Node::Open(tag) => match tag.local() {
                    "gridSpan" => self.in_grid.columns = columns(tag, 1).max(1),
                    "vMerge" => {
                        let value = tag.attribute("val");
                        self.in_grid.continues = value.is_none_or(|value| value != "restart");
                    }
                    "tcPrChange" => self.xml.skip()?,
                    _ => {}
                },
                _ => {}
            }
        }
        Ok(())
    }

    /// A text box inside a run: its blocks come after the paragraph around it.
    pub(super) fn text_box(&mut self) -> Result<(), PartError> {
        self.boxes += 1;
        let flow = self.flow.take();
        let label = self.label.take();
        let cell = self.cell.take();
        let around = (self.frame.replace(Frame::TextBox(self.boxes)), self.outer_run);
        self.outer_run = self.holder();
        self.blocks("txbxContent")?;
        self.flush();
        (self.frame, self.outer_run) = around;
        self.cell = cell;
        self.label = label;
        self.flow = flow;
        Ok(())
    }

    /// The run that holds what is read beside the flow.
    fn holder(&self) -> Option<usize> {
        self.outer_run.or(self.runs.last().map(|&(run, _)| run))
    }

    /// Adds the blocks of another part that is shown here.
    pub(super) fn insert(&mut self, relationship: &str) {
        for inserted in self.inserted.remove(relationship).unwrap_or_default() {
            self.beside(inserted);
        }
    }

    /// Adds a block that comes after the open one; comments on it stand at the run that holds it.
    pub(super) fn beside(&mut self, inserted: Inserted) {
        if self.is_silent() || inserted.text.trim().is_empty() {
            return;
        }
        let mut flow = self.new_flow();
        flow.frame = Some(Frame::Inserted(inserted.words, inserted.kind));
        flow.cell = None;
        let nowhere = self.xml.offset()..self.xml.offset();
        let holder = self.holder();
        if holder.is_none() && self.reference.is_none() {
            flow.text = inserted.text;
        } else {
            let runs = &mut self.shared.story.map.runs;
            runs.push(Run {
                part: self.part,
                raw: nowhere.clone(),
                properties: nowhere.clone(),
                tag: nowhere.clone(),
                outer: holder,
                reference: self.reference,
            });
            let run = runs.len() - 1;
            flow.push(&inserted.text, |text| Piece { text, raw: nowhere, run, element: None });
        }
        self.boxed.push(flow);
    }

    /// Begins a paragraph, which may continue the block that is open.
    pub(super) fn begin_paragraph(&mut self) {
        self.paragraphs += 1;
        match &mut self.flow {
            Some(flow) if flow.open => return,
            Some(flow) if self.cell.is_some() => {
                flow.breaks = true;
                return;
            }
            _ => self.flush(),
        }
        self.flow = Some(self.new_flow());
    }

    fn new_flow(&self) -> Flow {
        Flow { cell: self.cell, frame: self.frame.clone(), ..Flow::new(self.section, self.paragraphs) }
    }

    /// Ends the open block.
    pub(super) fn flush(&mut self) {
        if let Some(flow) = self.flow.take() {
            if self.frame.is_some() {
                self.boxed.push(flow);
                return;
            }
            self.shared.story.append(flow, self.name);
        } else if self.frame.is_some() {
            return;
        }
        for boxed in self.boxed.drain(..) {
            self.shared.story.append(boxed, self.name);
        }
    }

    pub(super) fn begin_run(&mut self) {
        let tag = self.xml.began()..self.xml.offset();
        let run = Run {
            part: self.part,
            raw: tag.clone(),
            properties: tag.end..tag.end,
            tag,
            outer: self.outer_run,
            reference: self.reference,
        };
        let runs = &mut self.shared.story.map.runs;
        runs.push(run);
        self.runs.push((runs.len() - 1, false));
    }

    pub(super) fn end_run(&mut self) {
        if let Some((run, _)) = self.runs.pop() {
            self.shared.story.map.runs[run].raw.end = self.xml.offset();
        }
    }

    pub(super) fn begin_text(&mut self) -> usize {
        let open = self.xml.began()..self.xml.offset();
        let texts = &mut self.shared.story.map.texts;
        texts.push(TextElement { close: open.end..open.end, open });
        texts.len() - 1
    }

    pub(super) fn end_text(&mut self, element: usize) {
        self.shared.story.map.texts[element].close = self.xml.began()..self.xml.offset();
    }

    /// Whether what is read belongs to the code of a field, or to what a field repeats.
    fn is_silent(&self) -> bool {
        self.in_contents || self.fields.iter().any(Field::is_silent)
    }

    /// Adds `text`, which the last node says in the `w:t` `element` or by itself.
    pub(super) fn push(&mut self, text: &str, element: Option<usize>) {
        let Some(&(run, false)) = self.runs.last() else { return };
        if text.is_empty() || self.is_silent() {
            return;
        }
        let raw = self.xml.began()..self.xml.offset();
        if let Some(flow) = &mut self.flow {
            if let Some(label) = self.label.take() {
                flow.settle();
                flow.text.push_str(&label);
            }
            flow.push(text, |text| Piece { text, raw, run, element });
        }
    }
}
