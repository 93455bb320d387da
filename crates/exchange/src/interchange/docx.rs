//! The text of Word files for the importer: the blocks of the document as paragraphs, and tables with merged
//! cells filled.

use std::collections::HashMap;

use zhengming_terms::dictionary::Dictionary;
use zhengming_text::document::OPAQUE;
use zhengming_text::place::Cell;

use super::MAX_CELLS;
use super::error::{ExchangeError, Fault, Notice, Notices, Place};
use super::table::{self, Row, Sheet, fill_merged, trim_row};
use zhengming_formats::docx::{self, WordFile};

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
    content(name, bytes).map_err(|fault| fault.in_file(name))
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

fn content(name: &str, bytes: &[u8]) -> Result<DocxContent, Fault> {
    let WordFile { document, main, continued } = docx::open(name, bytes)?;
    let mut content = DocxContent::default();
    let mut tables: HashMap<u32, (usize, Vec<Row>)> = HashMap::new();
    let mut cells = 0;
    // The number of the last paragraph, to see whether there was an empty one.
    let mut last: Option<u32> = None;
    for block in document.blocks() {
        let Some(place) = block.place().filter(|place| place.part.as_deref() == Some(&main)) else {
            continue;
        };
        // Drawings and alternative texts are no paragraphs.
        let Some(paragraph) = place.paragraph else { continue };
        let text = as_text(block.text());
        let Some(cell) = place.cell else {
            if last.is_some_and(|last| paragraph > last + 1) {
                content.blocks.push(Block::Paragraph(String::new()));
            }
            content.blocks.push(Block::Paragraph(text));
            last = Some(paragraph);
            continue;
        };
        last = None;
        let (_, rows) = tables.entry(cell.table).or_insert_with(|| {
            content.blocks.push(Block::Table(Vec::new()));
            (content.blocks.len() - 1, Vec::new())
        });
        *cell_of(rows, cell, &mut cells)? += &text;
    }
    for cell in continued {
        if let Some((_, rows)) = tables.get_mut(&cell.table) {
            cell_of(rows, cell, &mut cells)?;
            rows[cell.row as usize - 1].continued.push(cell.column as usize - 1);
        }
    }
    for (at, mut rows) in tables.into_values() {
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        for row in &mut rows {
            count(&mut cells, width - row.cells.len())?;
            row.cells.resize(width, String::new());
        }
        fill_merged(&mut rows);
        content.blocks[at] = Block::Table(rows.into_iter().map(|row| row.cells).collect());
    }
    Ok(content)
}

/// The cell at `place`; the rows and cells before it are made if they are missing.
fn cell_of<'r>(rows: &'r mut Vec<Row>, place: Cell, cells: &mut usize) -> Result<&'r mut String, Fault> {
    let (row, column) = (place.row as usize - 1, place.column as usize - 1);
    while rows.len() <= row {
        count(cells, 1)?;
        rows.push(Row { number: rows.len() + 1, ..Row::default() });
    }
    let row = &mut rows[row].cells;
    if row.len() <= column {
        count(cells, column + 1 - row.len())?;
        row.resize(column + 1, String::new());
    }
    Ok(&mut row[column])
}

fn count(cells: &mut usize, more: usize) -> Result<(), Fault> {
    *cells += more;
    match *cells > MAX_CELLS {
        true => Err(Fault::limit(Place::File, "表格单元格过多", "too many table cells")),
        false => Ok(()),
    }
}

/// The text of a block, its typed breaks as line breaks, without the marks of images.
fn as_text(text: &str) -> String {
    let text = text.replace('\u{2028}', "\n").replace('\t', " ");
    text.replace(OPAQUE, "")
}
