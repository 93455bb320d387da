//! The elements of an OpenDocument text, one after the other.

use std::collections::HashSet;

use zhengming_text::fold;
use zhengming_text::place::Cell;

use super::{Comment, Flow, Mark, Role, Section, Story};
use crate::part_error::PartError;
use crate::parts::HARD_BREAK;
use crate::xml::{Node, Tag, Xml};

/// Blanks that one element may stand for.
const MAX_BLANKS: usize = 100;

/// What is open around the present place.
#[derive(Debug, Clone, Default)]
struct Around {
    section: Option<Section>,
    /// Lists that are open.
    lists: usize,
    tables: Vec<Cell>,
}

pub(super) struct Reader<'a> {
    xml: Xml<'a>,
    part: &'a str,
    section: Section,
    around: Around,
    notes: u32,
    boxes: u32,
    /// The number of the last table.
    table: u32,
    /// Paragraphs that stand in the present one, such as those of a note.
    inner: Vec<Flow>,
    /// Styles whose text is not shown, or struck out.
    hidden: HashSet<String>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, part: &'a str, section: Section) -> Self {
        Self {
            xml: Xml::in_part(text, part),
            part,
            section,
            around: Around::default(),
            notes: 0,
            boxes: 0,
            table: 0,
            inner: Vec::new(),
            hidden: HashSet::new(),
        }
    }

    pub(super) fn read(mut self, story: &mut Story) -> Result<(), PartError> {
        while let Some(node) = self.xml.node()? {
            match node {
                Node::Open(tag) => self.block(&tag, story)?,
                Node::Close(end) => self.close(end.local(), story),
                Node::Text(_) | Node::Char(_) => {}
            }
        }
        Ok(())
    }

    /// An element between paragraphs.
    fn block(&mut self, tag: &Tag<'a>, story: &mut Story) -> Result<(), PartError> {
        match tag.local() {
            // Deleted text, styles, the source of an index, and what the program makes of headings.
            "tracked-changes" | "table-of-content" | "alphabetical-index" | "illustration-index"
            | "table-index" | "forms" | "scripts" | "meta" => return self.xml.skip(),
            "style" => return self.style(tag),
            "section" if tag.attribute("display").is_some_and(|display| display == "none") => {
                return self.xml.skip();
            }
            "header" | "header-left" | "header-first" => self.around.section = Some(Section::Header),
            "footer" | "footer-left" | "footer-first" => self.around.section = Some(Section::Footer),
            "list" => self.around.lists += 1,
            "table" => {
                self.table += 1;
                self.around.tables.push(Cell { table: self.table, row: 0, column: 0 });
            }
            "table-row" => {
                if let Some(cell) = self.around.tables.last_mut() {
                    *cell = Cell { row: cell.row + 1, column: 0, ..*cell };
                }
            }
            "covered-table-cell" => {
                if let Some(cell) = self.around.tables.last_mut() {
                    cell.column += 1;
                }
                return self.xml.skip();
            }
            "table-cell" => return self.cell(tag, story),
            "p" | "h" if self.section() != Section::None => {
                let flow = self.paragraph(tag)?;
                self.push(flow, story);
            }
            _ => {}
        }
        Ok(())
    }

    /// Remembers a style whose text is no current text.
    fn style(&mut self, tag: &Tag<'a>) -> Result<(), PartError> {
        let name = tag.attribute("name").unwrap_or_default();
        let mut depth = 1_usize;
        while depth > 0 {
            match self.xml.node()? {
                Some(Node::Open(tag)) => {
                    depth += 1;
                    let is =
                        |attribute: &str, value: &str| tag.attribute(attribute).is_some_and(|it| it == value);
                    let has_line = |attribute: &str| tag.attribute(attribute).is_some_and(|it| it != "none");
                    let struck = has_line("text-line-through-style") || has_line("text-line-through-type");
                    if tag.local() == "text-properties" && (struck || is("display", "none")) {
                        self.hidden.insert(name.clone());
                    }
                }
                Some(Node::Close(_)) => depth -= 1,
                Some(_) => {}
                None => break,
            }
        }
        Ok(())
    }

    fn close(&mut self, name: &str, _story: &mut Story) {
        match name {
            "header" | "header-left" | "header-first" | "footer" | "footer-left" | "footer-first" => {
                self.around.section = None;
            }
            "list" => self.around.lists = self.around.lists.saturating_sub(1),
            "table" => drop(self.around.tables.pop()),
            _ => {}
        }
    }

    fn section(&self) -> Section {
        self.around.section.unwrap_or(self.section)
    }

    fn push(&mut self, flow: Flow, story: &mut Story) {
        story.append(flow, self.part);
        for inner in std::mem::take(&mut self.inner) {
            story.append(inner, self.part);
        }
    }

    /// The paragraphs of a cell are one block. A table in a cell is read after it.
    fn cell(&mut self, tag: &Tag<'a>, story: &mut Story) -> Result<(), PartError> {
        let repeated =
            tag.attribute("number-columns-repeated").and_then(|count| count.parse().ok()).unwrap_or(1);
        let place = match self.around.tables.last_mut() {
            Some(cell) => {
                cell.column += 1;
                let place = *cell;
                cell.column = cell.column.saturating_add(u32::saturating_sub(repeated, 1));
                Some(place)
            }
            None => None,
        };
        let mut whole = self.flow(Role::Body);
        whole.cell = place;
        let mut depth = 1_usize;
        while depth > 0 {
            match self.xml.node()? {
                Some(Node::Open(tag)) => match tag.local() {
                    "p" | "h" => {
                        let flow = self.paragraph(&tag)?;
                        if !whole.text.is_empty() && !flow.text.is_empty() {
                            whole.text.push_str(HARD_BREAK);
                        }
                        let start = whole.text.len();
                        whole.text.push_str(&flow.text);
                        let moved = flow.comments.into_iter().map(|it| Comment { at: it.at + start, ..it });
                        whole.comments.extend(moved);
                    }
                    "table" => {
                        self.push(std::mem::replace(&mut whole, self.flow(Role::Body)), story);
                        whole.cell = place;
                        self.block(&tag, story)?;
                        self.table_rest(story)?;
                    }
                    _ => depth += 1,
                },
                Some(Node::Close(_)) => depth -= 1,
                Some(_) => {}
                None => break,
            }
        }
        self.push(whole, story);
        Ok(())
    }

    /// A table inside a cell up to its end.
    fn table_rest(&mut self, story: &mut Story) -> Result<(), PartError> {
        let depth = self.around.tables.len();
        while self.around.tables.len() >= depth {
            match self.xml.node()? {
                Some(Node::Open(tag)) => self.block(&tag, story)?,
                Some(Node::Close(end)) => self.close(end.local(), story),
                Some(_) => {}
                None => break,
            }
        }
        Ok(())
    }

    fn flow(&self, role: Role) -> Flow {
        Flow {
            text: String::new(),
            role,
            section: self.section(),
            cell: self.around.tables.last().copied(),
            comments: Vec::new(),
        }
    }

    /// A paragraph or heading up to its end. Notes, boxes and the like in it become `inner` ones.
    fn paragraph(&mut self, tag: &Tag<'a>) -> Result<Flow, PartError> {
        let style = tag.attribute("style-name").unwrap_or_default();
        let role = if tag.local() == "h" {
            let level = tag.attribute("outline-level").and_then(|level| level.parse().ok()).unwrap_or(1);
            Role::Heading(u8::clamp(level, 1, 6))
        } else if ["Illustration", "Table", "Drawing", "Figure", "Caption"].contains(&style.as_str()) {
            Role::Caption
        } else if self.around.lists > 0 {
            Role::Item(self.around.lists - 1)
        } else {
            Role::Body
        };
        let mut flow = self.flow(role);
        if self.hidden.contains(&style) {
            self.xml.skip()?;
            return Ok(flow);
        }
        let mut is_hidden = false;
        let mut depth = 1_usize;
        while depth > 0 {
            match self.xml.node()? {
                Some(Node::Open(tag)) => {
                    is_hidden |= tag.local() == "hidden-paragraph"
                        && tag.attribute("is-hidden").is_some_and(|hidden| hidden == "true");
                    if !self.inline(&tag, &mut flow)? {
                        depth += 1;
                    }
                }
                Some(Node::Close(_)) => depth -= 1,
                Some(Node::Text(text)) => text.chars().for_each(|c| literal(&mut flow.text, c)),
                Some(Node::Char(c)) => flow.text.push(c),
                None => break,
            }
        }
        if is_hidden {
            flow.text.clear();
        }
        Ok(flow)
    }

    /// An element in a paragraph; tells whether it was read to its end.
    fn inline(&mut self, tag: &Tag<'a>, flow: &mut Flow) -> Result<bool, PartError> {
        match tag.local() {
            "s" => {
                let count = tag.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1);
                flow.text.extend(std::iter::repeat_n(' ', usize::min(count, MAX_BLANKS)));
            }
            "tab" => flow.text.push(' '),
            "line-break" => flow.text.push_str(HARD_BREAK),
            "note" => {
                self.notes += 1;
                self.nested(Section::Note(self.notes))?;
                return Ok(true);
            }
            "text-box" | "custom-shape" => {
                self.boxes += 1;
                self.nested(Section::Box(self.boxes))?;
                return Ok(true);
            }
            "annotation" => {
                let name = tag.attribute("name");
                let text = self.comment()?;
                flow.comments.push(Comment { at: flow.text.len(), mark: Mark::Start(name, text) });
                return Ok(true);
            }
            "annotation-end" => {
                let name = tag.attribute("name").unwrap_or_default();
                flow.comments.push(Comment { at: flow.text.len(), mark: Mark::End(name) });
            }
            "title" | "desc" => {
                let mut caption = self.flow(Role::Caption);
                caption.cell = None;
                caption.text = self.xml.element(tag)?.text();
                // Names that programs give to images are no text.
                if caption.text.chars().any(fold::is_han) {
                    self.inner.push(caption);
                }
                return Ok(true);
            }
            "span" if self.hidden.contains(&tag.attribute("style-name").unwrap_or_default()) => {
                self.xml.skip()?;
                return Ok(true);
            }
            // Reading aids, hidden text, deleted text that stands inline.
            "ruby-text" | "hidden-text" | "object" | "binary-data" | "tracked-changes" | "script" => {
                self.xml.skip()?;
                return Ok(true);
            }
            _ => {}
        }
        Ok(false)
    }

    /// The paragraphs in an element that stands in a paragraph.
    fn nested(&mut self, section: Section) -> Result<(), PartError> {
        let outer =
            std::mem::replace(&mut self.around, Around { section: Some(section), ..Around::default() });
        let mut depth = 1_usize;
        while depth > 0 {
            match self.xml.node()? {
                Some(Node::Open(tag)) => match tag.local() {
                    "p" | "h" => {
                        let flow = self.paragraph(&tag)?;
                        self.inner.push(flow);
                    }
                    "note-citation" => self.xml.skip()?,
                    _ => depth += 1,
                },
                Some(Node::Close(_)) => depth -= 1,
                Some(_) => {}
                None => break,
            }
        }
        self.around = outer;
        Ok(())
    }

    /// What a comment says: its paragraphs, without the author and the date.
    fn comment(&mut self) -> Result<String, PartError> {
        let mut text = String::new();
        let mut depth = 1_usize;
        while depth > 0 {
            match self.xml.node()? {
                Some(Node::Open(tag)) => match tag.local() {
                    "creator" | "date" | "creator-initials" | "date-string" => self.xml.skip()?,
                    "p" if !text.is_empty() => {
                        text.push('\n');
                        depth += 1;
                    }
                    _ => depth += 1,
                },
                Some(Node::Close(_)) => depth -= 1,
                Some(Node::Text(piece)) => piece.chars().for_each(|c| literal(&mut text, c)),
                Some(Node::Char(c)) => text.push(c),
                None => break,
            }
        }
        Ok(text.trim().to_owned())
    }
}

/// White space in the XML is one blank, however much it is.
fn literal(text: &mut String, c: char) {
    if !matches!(c, ' ' | '\t' | '\n' | '\r') {
        text.push(c);
    } else if !text.is_empty() && !text.ends_with([' ', '\n', '\u{2028}']) {
        text.push(' ');
    }
}
