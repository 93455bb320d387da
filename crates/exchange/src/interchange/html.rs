//! HTML tables with a header row.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use zhengming_formats::is_silent_element;
use zhengming_terms::dictionary::Dictionary;

use super::error::{ExchangeError, Fault, Notice, Notices, Place, check_size};
use super::table::{self, Row, Sheet, trim_row};
use super::{MAX_CELLS, MAX_TEXT};

/// Reads the tables of a page that have a header row, as a spreadsheet is read. For pages whose tables are
/// broken over pages or hold more than one term a row, the importer is the better reader.
///
/// # Errors
/// [`ExchangeError::NotADictionary`] if no table names a column of terms; more than can be read safely; a
/// defect that makes no valid dictionary.
pub fn from_html(name: &str, text: &str) -> Result<(Dictionary, Vec<Notice>), ExchangeError> {
    let mut sheets = tables(text).map_err(|fault| fault.in_file(name))?;
    // Other tables of a page, e.g. of its layout, are no mistake in it.
    sheets.retain(|sheet| sheet.header().is_some());
    let read = table::read(name, sheets, Notices::default());
    read.unwrap_or_else(|| Err(ExchangeError::NotADictionary { file: name.to_owned() }))
}

fn tables(text: &str) -> Result<Vec<Sheet>, Fault> {
    check_size(text.len(), MAX_TEXT)?;
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    let mut builder = Builder::default();
    let mut hidden = 0_usize;
    for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
        match token {
            Token::StartTag(tag) if is_hidden(&tag.name) => hidden += usize::from(!tag.self_closing),
            Token::EndTag(tag) if is_hidden(&tag.name) => hidden = hidden.saturating_sub(1),
            Token::StartTag(tag) => builder.open(&tag)?,
            Token::EndTag(tag) => builder.close(&tag.name),
            Token::String(string) if hidden == 0 => builder.text(&String::from_utf8_lossy(&string.value)),
            _ => {}
        }
    }
    builder.end_table();
    Ok(builder.sheets)
}

/// Whether an element holds no prose. Readings above characters are often left open, so nothing is left out
/// for them.
fn is_hidden(name: &[u8]) -> bool {
    is_silent_element(name) && !matches!(name, b"rt" | b"rp" | b"rtc")
}

/// Builds tables from tags. End tags may be missing; a table inside a cell is text of the cell.
#[derive(Default)]
struct Builder {
    sheets: Vec<Sheet>,
    table: Option<Sheet>,
    row: Option<Row>,
    cell: Option<String>,
    /// Columns that a cell above covers, and for how many more rows.
    covered: Vec<usize>,
    rowspan: usize,
    depth: usize,
    cells: usize,
}

impl Builder {
    fn open(&mut self, tag: &StartTag<()>) -> Result<(), Fault> {
        match &tag.name[..] {
            b"table" => {
                self.depth += 1;
                if self.depth == 1 {
                    self.table = Some(Sheet::default());
                    self.covered.clear();
                }
            }
            _ if self.depth != 1 => self.line_break(&tag.name),
            b"tr" => {
                self.end_row();
                let number = self.table.as_ref().map_or(0, |table| table.rows.len()) + 1;
                self.row = Some(Row { number, ..Row::default() });
            }
            b"td" | b"th" => {
                self.end_cell();
                let span = |name: &[u8], max| {
                    let value =
                        tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned());
                    value.and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, max)
                };
                self.rowspan = span(b"rowspan", 10_000);
                self.begin_cell(span(b"colspan", 64))?;
            }
            name => self.line_break(name),
        }
        Ok(())
    }

    fn begin_cell(&mut self, columns: usize) -> Result<(), Fault> {
        let row = self.row.get_or_insert_default();
        while self.covered.get(row.cells.len()).is_some_and(|&rows| rows > 0) {
            self.covered[row.cells.len()] -= 1;
            row.continued.push(row.cells.len());
            row.cells.push(String::new());
            self.cells += 1;
        }
        self.cells += columns;
        if self.cells > MAX_CELLS || row.cells.len() > 1_000 {
            return Err(Fault::limit(Place::File, "表格单元格过多", "too many table cells"));
        }
        row.cells.resize(row.cells.len() + columns - 1, String::new());
        self.cell = Some(String::new());
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let Some(cell) = &mut self.cell else { return };
        // Line breaks of the source are layout; between Chinese characters they are nothing at all.
        for (index, piece) in text.split(['\n', '\r', '\t']).enumerate() {
            let piece = if index > 0 { piece.trim_start() } else { piece };
            let joins_ascii =
                cell.ends_with(|c: char| c.is_ascii_graphic()) && piece.starts_with(|c: char| c.is_ascii());
            if index > 0 && joins_ascii && !piece.is_empty() {
                cell.push(' ');
            }
            cell.push_str(piece);
        }
    }

    fn line_break(&mut self, name: &[u8]) {
        if matches!(name, b"p" | b"br" | b"div" | b"li" | b"tr")
            && let Some(cell) = &mut self.cell
            && !cell.is_empty()
            && !cell.ends_with('\n')
        {
            cell.push('\n');
        }
    }

    fn close(&mut self, name: &[u8]) {
        match name {
            b"table" if self.depth <= 1 => self.end_table(),
            b"table" => self.depth -= 1,
            _ if self.depth != 1 => self.line_break(name),
            b"tr" => self.end_row(),
            b"td" | b"th" => self.end_cell(),
            name => self.line_break(name),
        }
    }

    fn end_cell(&mut self) {
        let (Some(cell), Some(row)) = (self.cell.take(), &mut self.row) else { return };
        let column = row.cells.len();
        row.cells.push(cell.trim().to_owned());
        if self.rowspan > 1 {
            if self.covered.len() <= column {
                self.covered.resize(column + 1, 0);
            }
            self.covered[column] = self.rowspan - 1;
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        let Some(mut row) = self.row.take() else { return };
        for column in row.cells.len()..self.covered.len() {
            row.cells.push(String::new());
            if self.covered[column] > 0 {
                self.covered[column] -= 1;
                row.continued.push(column);
            }
        }
        self.cells += self.covered.len();
        if let Some(table) = &mut self.table {
            table.rows.push(row);
        }
    }

    fn end_table(&mut self) {
        self.end_row();
        self.depth = 0;
        if let Some(mut table) = self.table.take() {
            table::fill_merged(&mut table.rows);
            table.rows = table.rows.into_iter().map(trim_row).collect();
            for row in &mut table.rows {
                row.continued.clear();
            }
            self.sheets.push(table);
        }
    }
}
