//! CSV and TSV with a header row.

use zhengming_terms::dictionary::Dictionary;
use zhengming_text::leaving::arrived;

use super::error::{ExchangeError, Fault, Notice, Notices, Place, check_size};
use super::table::{self, Row, Sheet};
use super::{MAX_CELLS, MAX_ROWS, MAX_TEXT};

const MAX_COLUMNS: usize = 1_000;

/// Reads a table with a header row in Chinese or English, separated by tabs, commas or semicolons. One with
/// the columns `variant` and `preferred` is read as [`Dictionary::from_table`] does.
///
/// # Errors
/// [`ExchangeError::NotADictionary`] if no row names a column of terms; more than can be read safely; a
/// defect that makes no valid dictionary.
pub fn from_csv(name: &str, text: &str) -> Result<(Dictionary, Vec<Notice>), ExchangeError> {
    let rows = rows(text, usize::MAX).map_err(|fault| fault.in_file(name))?;
    let sheet = Sheet { name: String::new(), rows };
    let read = table::read(name, vec![sheet], Notices::default());
    read.unwrap_or_else(|| Err(ExchangeError::NotADictionary { file: name.to_owned() }))
}

/// Whether the first rows of the table have a header among them.
pub(super) fn has_header(text: &str, rows_searched: usize) -> bool {
    // A table says within a few lines what it is. A line cut so short has not too many columns.
    let head: String = text
        .lines()
        .take(rows_searched * 4)
        .map(|line| head_of(line, MAX_COLUMNS))
        .collect::<Vec<_>>()
        .join("\n");
    let rows = rows(&head, rows_searched).unwrap_or_default();
    Sheet { name: String::new(), rows }.header().is_some()
}

fn head_of(line: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(line.len())).rev().find(|&at| line.is_char_boundary(at)).unwrap_or(0);
    &line[..end]
}

fn rows(text: &str, max: usize) -> Result<Vec<Row>, Fault> {
    check_size(text.len(), MAX_TEXT)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let delimiter = delimiter(text);
    // The reader stores where every cell ends, so it must not meet a line of millions of them.
    for (index, line) in text.split('\n').enumerate() {
        if line.bytes().filter(|&byte| byte == delimiter).count() > MAX_COLUMNS {
            return Err(Fault::limit(
                Place::Line(index + 1),
                format!("超过 {MAX_COLUMNS} 列"),
                format!("more than {MAX_COLUMNS} columns"),
            ));
        }
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .quoting(delimiter != b'\t' || text.contains("\t\"") || text.contains("\n\""))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut total = 0;
    for record in reader.records().take(max) {
        let record = record.map_err(|error| {
            let line = error.position().map_or(1, |position| position.line() as usize);
            Fault::malformed(
                Place::Line(line),
                format!("表格有误：{error}"),
                format!("malformed table: {error}"),
            )
        })?;
        let number = line_of(&record, text);
        if rows.len() == MAX_ROWS {
            return Err(Fault::too_many_rows(Place::Line(number)));
        }
        let mut cells: Vec<String> =
            record.iter().take(256).map(|cell| arrived(cell.trim()).trim().to_owned()).collect();
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        total += cells.len();
        if total > MAX_CELLS {
            return Err(Fault::limit(
                Place::Line(number),
                format!("单元格超过 {MAX_CELLS} 个"),
                format!("more than {MAX_CELLS} cells"),
            ));
        }
        rows.push(Row { number, cells, continued: Vec::new() });
    }
    Ok(rows)
}

/// The separator that the first line with any has most of.
fn delimiter(text: &str) -> u8 {
    let count = |line: &str, byte: u8| line.bytes().filter(|&it| it == byte).count();
    for line in text.lines().take(20).map(|line| head_of(line, 4096)) {
        let tabs = count(line, b'\t');
        let (commas, semicolons) = (count(line, b','), count(line, b';'));
        if tabs > 0 {
            return b'\t';
        }
        if commas + semicolons > 0 {
            return if semicolons > commas { b';' } else { b',' };
        }
    }
    b','
}

/// The line on which a record starts. With CRLF line ends the reader's own position is that of the
/// `\n` before the record, so it is moved past the line break.
fn line_of(record: &csv::StringRecord, text: &str) -> usize {
    let Some(position) = record.position() else { return 1 };
    let start = (position.byte() as usize).min(text.len());
    let breaks = text.as_bytes()[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() as usize + breaks.filter(|&&byte| byte == b'\n').count()
}
