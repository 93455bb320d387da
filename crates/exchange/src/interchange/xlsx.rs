//! Workbooks (XLSX) as tables of terms. Values are what people see: formatted numbers and dates, and what
//! formulas last gave.

use zhengming_formats::xlsx::{self, Merge, SheetRow, Workbook};
use zhengming_terms::dictionary::Dictionary;

use super::error::{ExchangeError, Fault, Notice, Notices, Place};
use super::table::{self, Row, Sheet};
use super::{MAX_CELLS, MAX_ROWS};

/// Columns beyond this are left out.
const MAX_COLUMNS: usize = 256;

/// Reads a workbook whose sheets have a header row in Chinese or English. Sheets with the columns `variant`
/// and `preferred` add variants to the concepts of the others. Hidden sheets are left out.
///
/// # Errors
/// [`ExchangeError::NotADictionary`] if no sheet names a column of terms; a damaged or truncated file, more
/// than can be read safely, or a defect that makes no valid dictionary.
pub fn from_xlsx(name: &str, bytes: &[u8]) -> Result<(Dictionary, Vec<Notice>), ExchangeError> {
    let mut notices = Notices::default();
    let sheets = sheets(bytes, &mut notices).map_err(|fault| fault.in_file(name))?;
    let read = table::read(name, sheets, notices);
    read.unwrap_or_else(|| Err(ExchangeError::NotADictionary { file: name.to_owned() }))
}

/// The visible sheets with their rows.
pub(super) fn sheets(bytes: &[u8], notices: &mut Notices) -> Result<Vec<Sheet>, Fault> {
    let mut workbook = Workbook::open(bytes)?;
    let mut sheets = Vec::new();
    let mut left = MAX_CELLS;
    for entry in workbook.sheets() {
        if entry.hidden {
            let place = Place::Cell { sheet: entry.name, cell: "1".to_owned() };
            notices.add(place, "隐藏的工作表未采用", "the sheet is hidden and left out");
            continue;
        }
        if let Some(sheet) = workbook.read(&entry)? {
            sheets.push(dense(entry.name, sheet, &mut left, notices)?);
        }
    }
    Ok(sheets)
}

/// The sheet with its empty cells, which take memory too; so many may be `left`.
fn dense(name: String, sheet: xlsx::Sheet, left: &mut usize, notices: &mut Notices) -> Result<Sheet, Fault> {
    let mut rows: Vec<Row> = Vec::new();
    for SheetRow { number, cells } in sheet.rows {
        let mut row = Row { number, cells: Vec::new(), continued: Vec::new() };
        for cell in cells {
            let place = || Place::Cell { sheet: name.clone(), cell: reference(number, cell.column) };
            if let Some(defect) = cell.defect {
                notices.add(place(), defect.zh, defect.en);
            }
            if cell.text.is_empty() || cell.column >= MAX_COLUMNS {
                continue;
            }
            let new = (cell.column + 1).saturating_sub(row.cells.len());
            *left = left.checked_sub(new).ok_or_else(|| {
                Fault::limit(place(), "单元格过多或文字过长", "too many cells or too much text")
            })?;
            row.cells.resize(row.cells.len() + new, String::new());
            row.cells[cell.column] = cell.text;
        }
        if row.cells.is_empty() {
            continue;
        }
        if rows.len() == MAX_ROWS {
            return Err(Fault::too_many_rows(Place::Cell { sheet: name, cell: number.to_string() }));
        }
        rows.push(row);
    }
    let mut left = MAX_CELLS / 4;
    for merge in sheet.merges.iter().filter(|merge| merge.column < MAX_COLUMNS) {
        continue_rows(&mut rows, merge, &mut left);
    }
    Ok(Sheet { name, rows })
}

/// The name of a cell, its row counted from 1 and its column from 0.
fn reference(row: usize, column: usize) -> String {
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    zhengming_formats::cells::reference(number(row), number(column + 1))
}

/// Marks the lower cells of a vertically merged area, as long as some are `left` to be marked.
fn continue_rows(rows: &mut [Row], area: &Merge, left: &mut usize) {
    // The upper row must be there for its value to be taken down.
    let from = rows.partition_point(|row| row.number <= area.top);
    let to = rows.partition_point(|row| row.number <= area.bottom);
    if from == 0 || rows[from - 1].number != area.top || from >= to {
        return;
    }
    for row in rows[from..to].iter_mut().take(*left) {
        if row.cells.len() <= area.column {
            row.cells.resize(area.column + 1, String::new());
        }
        row.continued.push(area.column);
    }
    *left = left.saturating_sub(to - from);
}
