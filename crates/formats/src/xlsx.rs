//! Excel workbooks as documents: every cell a block. Readers of dictionaries take the same cells from [`Workbook`].

mod format;
mod sheet;
mod workbook;

use zhengming_text::document::{BlockBuilder, BlockKind, ReadNote};
use zhengming_text::message::Text;
use zhengming_text::place::{Cell, Place};
use zhengming_text::span::Span;

pub use sheet::{MAX_CELLS, Merge, Sheet, SheetCell, SheetRow};
pub use workbook::{SheetEntry, Workbook};

use crate::parts::{HARD_BREAK, Parts};
use crate::{ReadError, cells};

pub(crate) fn read(bytes: &[u8], parts: &mut Parts) -> Result<String, ReadError> {
    let mut workbook = Workbook::open(bytes)?;
    let mut found = Vec::new();
    for (index, entry) in (1..).zip(workbook.sheets()) {
        if let Some(mut sheet) = workbook.read(&entry)? {
            for cell in sheet.rows.iter_mut().flat_map(|row| &mut row.cells) {
                // Line breaks in a cell are made by the author; nothing in it looks like the end of a cell.
                if cell.text.contains(['\r', '\n', '\t']) {
                    let text = cell.text.replace("\r\n", HARD_BREAK).replace(['\r', '\n'], HARD_BREAK);
                    cell.text = text.replace('\t', " ");
                }
            }
            found.push((index, entry, sheet));
        }
    }
    // Blocks borrow the text, so it is complete before the first of them.
    let text = lay_out(&found);
    let mut at = 0;
    for (table, entry, sheet) in &found {
        read_sheet(&text, *table, entry, sheet, &mut at, parts);
    }
    Ok(text)
}

/// Rows on lines, cells between tabs.
fn lay_out(sheets: &[(u32, SheetEntry, Sheet)]) -> String {
    let mut text = String::new();
    for row in sheets.iter().flat_map(|(_, _, sheet)| &sheet.rows) {
        for cell in &row.cells {
            text.push_str(&cell.text);
            text.push('\t');
        }
        text.push('\n');
    }
    text
}

fn read_sheet(text: &str, table: u32, entry: &SheetEntry, sheet: &Sheet, at: &mut usize, parts: &mut Parts) {
    let start = *at;
    let mut header = cells::Header::default();
    let mut defects = Vec::new();
    for row in &sheet.rows {
        let is_header = header.offer(&row_texts(row));
        let number = u32::try_from(row.number).unwrap_or(u32::MAX);
        for cell in &row.cells {
            let span = Span::new(*at, *at + cell.text.len());
            *at = span.end + 1;
            let column = u32::try_from(cell.column + 1).unwrap_or(u32::MAX);
            let name = header.name(cell.column).filter(|_| !is_header);
            let words = || cells::words(Some(&entry.name), number, column, name);
            if let Some(defect) = &cell.defect {
                defects.push((span, words(), defect));
            }
            if !cells::is_prose(&cell.text) {
                continue;
            }
            let place = Place {
                part: Some(entry.name.clone()),
                cell: Some(Cell { table, row: number, column }),
                words: words(),
                ..Place::default()
            };
            let kind = if is_header { BlockKind::Caption } else { BlockKind::TableCell };
            let mut block = BlockBuilder::new(kind).at(place);
            block.verbatim(text, span);
            parts.push(block);
        }
        *at += 1;
    }
    if entry.hidden && *at > start {
        let name = &entry.name;
        let message = Text::new(
            format!("工作表“{name}”是隐藏的，也一并检查"),
            format!("the sheet `{name}` is hidden; it is checked as well"),
        );
        parts.note(ReadNote { span: Span::new(start, *at), missed: false, message });
    }
    if let Some((span, words, defect)) = defects.first() {
        let more = defects.len() - 1;
        let (zh, en) = match more {
            0 => (String::new(), String::new()),
            _ => (format!("（另有 {more} 个这样的单元格）"), format!(" ({more} more cells like this)")),
        };
        let message =
            Text::new(format!("{}：{}{zh}", words.zh, defect.zh), format!("{}: {}{en}", words.en, defect.en));
        parts.note(ReadNote { span: *span, missed: true, message });
    }
}

/// The texts of a row, with those of empty cells, as far as there may be names of columns.
fn row_texts(row: &SheetRow) -> Vec<&str> {
    const COLUMNS: usize = 256;
    let width = row.cells.last().map_or(0, |cell| cell.column + 1).min(COLUMNS);
    let mut texts = vec![""; width];
    for cell in row.cells.iter().filter(|cell| cell.column < width) {
        texts[cell.column] = &cell.text;
    }
    texts
}

#[cfg(test)]
mod tests;
