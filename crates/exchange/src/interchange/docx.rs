//! The text of Word files as their readers see it: paragraphs with their automatic numbers, tables with
//! merged cells filled, insertions in, deletions out.

mod paragraph;

use zhengming_terms::dictionary::Dictionary;

use super::MAX_CELLS;
use super::error::{ExchangeError, Fault, Notice, Notices};
use super::table::{self, Row, Sheet, fill_merged, trim_row};
use zhengming_formats::docx::numbering::Numbering;
use zhengming_formats::package::Package;
use zhengming_formats::xml::{Node, Xml};

/// The text of a Word file, in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocxContent {
    /// Paragraphs and tables.
    pub blocks: Vec<Block>,
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph; its manual line breaks are `\n`.
    Paragraph(String),
    /// The rows of a table, all cells of a row present; paragraphs within a cell are separated by `\n`.
    Table(Vec<Vec<String>>),
}

impl DocxContent {
    /// The text for [`crate::import::import`]: a line for each paragraph and each row of a table, cells
    /// separated by tabs. Several paragraphs in a cell are each enclosed in `<p>…</p>`.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            match block {
                Block::Paragraph(text) => {
                    out.push_str(text);
                    out.push('\n');
                }
                Block::Table(rows) => {
                    out.push('\n');
                    for row in rows {
                        let cells: Vec<String> = row.iter().map(|cell| cell_text(cell)).collect();
                        out.push_str(&cells.join("\t"));
                        out.push('\n');
                    }
                    out.push('\n');
                }
            }
        }
        out
    }
}

/// A cell of a table on one line.
pub(super) fn cell_text(cell: &str) -> String {
    let cell = cell.trim().replace('\t', " ");
    if !cell.contains('\n') {
        return cell;
    }
    let lines = cell.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("<p>{line}</p>")).collect()
}

/// Reads the text of a Word file: what stands in its body, without headers, footnotes and comments.
///
/// # Errors
/// A damaged or truncated file, or more than can be read safely.
pub fn docx_to_text(name: &str, bytes: &[u8]) -> Result<DocxContent, ExchangeError> {
    content(bytes).map_err(|fault| fault.in_file(name))
}

/// Reads the tables of a Word file that have a header row, as a spreadsheet is read.
///
/// # Errors
/// [`ExchangeError::NotADictionary`] if no table names a column of terms; otherwise as [`docx_to_text`].
pub fn from_docx_tables(name: &str, bytes: &[u8]) -> Result<(Dictionary, Vec<Notice>), ExchangeError> {
    let content = docx_to_text(name, bytes)?;
    let mut sheets = Vec::new();
    for block in content.blocks {
        let Block::Table(rows) = block else { continue };
        let mut sheet = Sheet { name: String::new(), rows: Vec::new() };
        for (index, cells) in rows.into_iter().enumerate() {
            let cells = cells.iter().map(|cell| cell.trim().to_owned()).collect();
            sheet.rows.push(trim_row(Row { number: index + 1, cells, continued: Vec::new() }));
        }
        // Other tables of a document are no mistake in it.
        if sheet.header().is_some() {
            sheets.push(sheet);
        }
    }
    let read = table::read(name, sheets, Notices::default());
    read.unwrap_or_else(|| Err(ExchangeError::NotADictionary { file: name.to_owned() }))
}

fn content(bytes: &[u8]) -> Result<DocxContent, Fault> {
    let mut package = Package::open(bytes)?;
    let (part, text) = package.main_part("word/document.xml")?;
    let mut numbering = Numbering::default();
    for relationship in package.related(&part)?.into_values() {
        let kind = relationship.kind.rsplit('/').next().unwrap_or("");
        if !matches!(kind, "styles" | "numbering") {
            continue;
        }
        let Some(text) = package.text(&relationship.target)? else { continue };
        match kind {
            "styles" => numbering.read_styles(&text, &relationship.target)?,
            _ => numbering.read_lists(&text, &relationship.target)?,
        }
    }
    let mut reader = Reader { xml: Xml::in_part(&text, &part), numbering, cells: 0 };
    Ok(DocxContent { blocks: reader.blocks("body", &mut CellProperties::default())? })
}

struct Reader<'x> {
    xml: Xml<'x>,
    numbering: Numbering,
    cells: usize,
}

/// What a table cell says about its place in the grid.
#[derive(Default)]
struct CellProperties {
    span: usize,
    continued: bool,
}

impl Reader<'_> {
    /// The paragraphs and tables up to the end of the element `end`.
    fn blocks(&mut self, end: &str, properties: &mut CellProperties) -> Result<Vec<Block>, Fault> {
        let mut blocks: Vec<Block> = Vec::new();
        // Whether the mark that ends the last paragraph was deleted, so that the next continues it.
        let mut open = false;
        while let Some(node) = self.xml.node()? {
            match &node {
                Node::Close(name) if name.is(end) => break,
                Node::Open(tag) => match tag.local() {
                    "p" => {
                        let paragraph = self.paragraph()?;
                        match blocks.last_mut() {
                            Some(Block::Paragraph(last)) if open => last.push_str(&paragraph.text),
                            // Empty paragraphs in a row separate no more than one does.
                            Some(Block::Paragraph(last)) if last.is_empty() && paragraph.text.is_empty() => {}
                            _ => blocks.push(Block::Paragraph(paragraph.text)),
                        }
                        open = paragraph.mark_deleted;
                        blocks.extend(paragraph.boxes);
                    }
                    "tbl" => {
                        let rows = self.table()?;
                        if !rows.is_empty() {
                            blocks.push(Block::Table(rows));
                        }
                        open = false;
                    }
                    "tcPr" => self.cell_properties(properties)?,
                    "Fallback" | "moveFrom" | "del" => self.xml.skip()?,
                    _ => {}
                },
                _ => {}
            }
        }
        Ok(blocks)
    }

    fn table(&mut self) -> Result<Vec<Vec<String>>, Fault> {
        let mut rows: Vec<Row> = Vec::new();
        while let Some(node) = self.xml.node()? {
            match &node {
                Node::Close(name) if name.is("tbl") => break,
                Node::Open(tag) if tag.local() == "tr" => {
                    if let Some(mut row) = self.row()? {
                        row.number = rows.len() + 1;
                        rows.push(row);
                    }
                }
                _ => {}
            }
        }
        fill_merged(&mut rows);
        Ok(rows.into_iter().map(|row| row.cells).collect())
    }

    /// A row, or nothing if it was deleted.
    fn row(&mut self) -> Result<Option<Row>, Fault> {
        let mut row = Row::default();
        let mut deleted = false;
        while let Some(node) = self.xml.node()? {
            match &node {
                Node::Close(name) if name.is("tr") => break,
                Node::Open(tag) => match tag.local() {
                    "gridBefore" => self.add_cells(&mut row, number(tag.attribute("val"), 0))?,
                    "del" => deleted = true,
                    "tc" => {
                        let mut properties = CellProperties { span: 1, continued: false };
                        let text = plain(self.blocks("tc", &mut properties)?);
                        if properties.continued {
                            row.continued.push(row.cells.len());
                        }
                        self.add_cells(&mut row, properties.span)?;
                        let first = row.cells.len() - properties.span;
                        row.cells[first] = text;
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        Ok((!deleted && !row.cells.is_empty()).then_some(row))
    }

    fn add_cells(&mut self, row: &mut Row, count: usize) -> Result<(), Fault> {
        self.cells += count;
        if self.cells > MAX_CELLS {
            let place = self.xml.place();
            return Err(Fault::limit(place, "表格单元格过多", "too many table cells"));
        }
        row.cells.resize(row.cells.len() + count, String::new());
        Ok(())
    }

    fn cell_properties(&mut self, properties: &mut CellProperties) -> Result<(), Fault> {
        while let Some(node) = self.xml.node()? {
            match &node {
                Node::Close(name) if name.is("tcPr") => break,
                Node::Open(tag) => match tag.local() {
                    "gridSpan" => properties.span = number(tag.attribute("val"), 1).max(1),
                    "vMerge" => {
                        properties.continued = tag.attribute("val").is_none_or(|value| value != "restart");
                    }
                    "tcPrChange" => self.xml.skip()?,
                    _ => {}
                },
                _ => {}
            }
        }
        Ok(())
    }
}

/// A number of columns; Word allows 63.
fn number(value: Option<String>, default: usize) -> usize {
    value.and_then(|value| value.parse().ok()).unwrap_or(default).min(63)
}

/// The content of a cell; a table inside becomes a line for each of its rows.
fn plain(blocks: Vec<Block>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(text) => lines.extend(Some(text).filter(|text| !text.trim().is_empty())),
            Block::Table(rows) => {
                lines.extend(rows.into_iter().map(|row| row.join(" ").trim().replace('\n', " ")));
            }
        }
    }
    lines.join("\n")
}
