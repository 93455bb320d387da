//! What tables of every format share: the names of their cells, and which row names the columns.

use zhengming_text::message::Text;
use zhengming_text::zh::mark;

/// The header is looked for in so many rows.
const HEAD: usize = 5;

/// Names of columns are shorter than this.
const LONGEST_NAME: usize = 20;

/// The row that names the columns, once it has come.
#[derive(Debug, Default)]
pub(crate) struct Header {
    names: Vec<String>,
    rows: usize,
}

impl Header {
    /// Whether the next row, of these cells, is the header: the first with several short names and nothing
    /// else. Titles stand above it.
    pub(crate) fn offer(&mut self, cells: &[&str]) -> bool {
        if !self.names.is_empty() || self.rows >= HEAD {
            return false;
        }
        self.rows += 1;
        let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
        let filled = || cells.iter().filter(|cell| !cell.is_empty());
        let is_name = |cell: &str| {
            cell.chars().count() <= LONGEST_NAME && is_prose(cell) && !cell.contains(mark::STOPS)
        };
        if filled().count() < 2 {
            return false;
        }
        // The first row of several cells is the header or there is none.
        self.rows = HEAD;
        let is_header = filled().all(|cell| is_name(cell));
        if is_header {
            self.names = cells.into_iter().map(str::to_owned).collect();
        }
        is_header
    }

    /// The name of the column, counted from 0.
    pub(crate) fn name(&self, column: usize) -> Option<&str> {
        self.names.get(column).map(String::as_str).filter(|name| !name.is_empty())
    }
}

/// Whether there is anything to read in a cell, and not only a figure.
pub(crate) fn is_prose(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// The reference of a cell as spreadsheets write it: `B12`. Row and column count from 1.
pub fn reference(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().chain(row.to_string().chars().collect::<Vec<_>>().iter()).collect()
}

/// The place of a cell in words: `术语表!B12（定义）`.
pub(crate) fn words(sheet: Option<&str>, row: u32, column: u32, name: Option<&str>) -> Text {
    let cell = reference(row, column);
    let (mut zh, mut en) = match sheet {
        Some(sheet) => (format!("{sheet}!{cell}"), format!("{sheet}!{cell}")),
        None => (format!("单元格 {cell}"), format!("cell {cell}")),
    };
    if let Some(name) = name {
        zh += &format!("（{name}）");
        en += &format!(" ({name})");
    }
    Text::new(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_in_spreadsheets() {
        for (row, column, name) in
            [(1, 1, "A1"), (12, 2, "B12"), (3, 26, "Z3"), (3, 27, "AA3"), (9, 703, "AAA9")]
        {
            assert_eq!(reference(row, column), name);
        }
    }

    #[test]
    fn the_header_comes_below_a_title_and_above_the_first_row() {
        let mut header = Header::default();
        assert!(!header.offer(&["数字化改革术语表", "", ""]));
        assert!(header.offer(&["序号", "术语", ""]));
        assert!(!header.offer(&["甲", "乙", ""]));
        assert_eq!((header.name(1), header.name(2)), (Some("术语"), None));
        assert!(!Header::default().offer(&["1", "平台", "支撑应用的系统。"]));
    }
}
