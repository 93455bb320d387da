//! Excel workbooks as documents: every cell a block. Readers of dictionaries take the same cells from [`Workbook`].

mod format;
mod margin;
mod sheet;
mod workbook;

use zhengming_text::document::{BlockBuilder, BlockKind, ReadNote};
use zhengming_text::message::Text;
use zhengming_text::place::{Cell, Place};
use zhengming_text::span::Span;

pub use sheet::{MAX_CELLS, Merge, Sheet, SheetCell, SheetRow};
pub use workbook::{SheetEntry, Workbook};

use margin::Margin;

use crate::parts::{HARD_BREAK, Parts};
use crate::{ReadError, cells};

pub(crate) fn read(bytes: &[u8], parts: &mut Parts) -> Result<String, ReadError> {
    let mut workbook = Workbook::open(bytes)?;
    let (mut found, mut missed) = (Vec::new(), Vec::new());
    for (index, entry) in (1..).zip(workbook.sheets()) {
        if let Some(mut sheet) = workbook.read(&entry)? {
            for cell in sheet.rows.iter_mut().flat_map(|row| &mut row.cells) {
                clean(&mut cell.text);
            }
            let mut margins = workbook.margins(&entry, &mut missed)?;
            // Programs name sheets by a number until somebody gives them a name.
            if !is_usual_name(&entry.name) {
                let words = Text::new("工作表名称", "name of the sheet");
                margins.insert(0, Margin { words, cell: None, text: entry.name.clone() });
            }
            margins.iter_mut().for_each(|margin| clean(&mut margin.text));
            margins.retain(|margin| cells::is_prose(&margin.text));
            found.push(FoundSheet { table: index, entry, sheet, margins });
        }
    }
    parts.missed_all(&missed);
    // Blocks borrow the text, so it is complete before the first of them.
    let mut text = lay_out(&found);
    let mut at = 0;
    let properties = workbook.properties()?;
    for property in &properties {
        text.push_str(&property.text);
        text.push('\n');
    }
    for found in &found {
        read_sheet(&text, found.table, &found.entry, &found.sheet, &mut at, parts);
        read_margins(&text, found, &mut at, parts);
    }
    for property in properties {
        let span = Span::new(at, at + property.text.len());
        at = span.end + 1;
        let place = Place { words: property.words, ..Place::default() };
        let mut block = BlockBuilder::new(BlockKind::Caption).at(place);
        block.verbatim(&text, span);
        parts.push(block);
    }
    Ok(text)
}

/// A sheet with what stands beside its cells.
struct FoundSheet {
    table: u32,
    entry: SheetEntry,
    sheet: Sheet,
    margins: Vec<Margin>,
}

/// Line breaks in a cell are made by the author; nothing in it looks like the end of a cell.
fn clean(text: &mut String) {
    if text.contains(['\r', '\t']) {
        *text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    }
}

/// Whether a sheet is called as programs call new ones: Sheet1, 工作表2.
fn is_usual_name(name: &str) -> bool {
    let stem = name.trim().trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')'));
    matches!(stem, "Sheet" | "sheet" | "工作表" | "表" | "Chart")
}

/// Rows on lines, cells between tabs; after them what stands beside the cells.
fn lay_out(sheets: &[FoundSheet]) -> String {
    let mut text = String::new();
    for sheet in sheets {
        for row in &sheet.sheet.rows {
            for cell in &row.cells {
                text.push_str(&cell.text);
                text.push('\t');
            }
            text.push('\n');
        }
        for margin in &sheet.margins {
            text.push_str(&margin.text);
            text.push('\n');
        }
    }
    text
}

fn read_margins(text: &str, found: &FoundSheet, at: &mut usize, parts: &mut Parts) {
    let sheet = &found.entry.name;
    for margin in &found.margins {
        let span = Span::new(*at, *at + margin.text.len());
        *at = span.end + 1;
        let Text { zh, en } = &margin.words;
        let words = match &margin.cell {
            Some(cell) => Text::new(format!("{sheet}!{cell} {zh}"), format!("{sheet}!{cell} {en}")),
            None => Text::new(format!("{sheet} {zh}"), format!("{sheet} {en}")),
        };
        let place = Place { part: Some(sheet.clone()), words, ..Place::default() };
        let mut block = BlockBuilder::new(BlockKind::Caption).at(place);
        push_lines(&mut block, text, span);
        parts.push(block);
    }
}

/// Adds a text whose line breaks were made by its author.
fn push_lines(block: &mut BlockBuilder, text: &str, span: Span) {
    let mut at = span.start;
    for line in text[span.range()].split_inclusive('\n') {
        let end = at + line.trim_end_matches('\n').len();
        block.verbatim(text, Span::new(at, end));
        if end < at + line.len() {
            block.decoded(text, Span::new(end, end + 1), HARD_BREAK);
        }
        at += line.len();
    }
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
            push_lines(&mut block, text, span);
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
