//! One sheet of a workbook: its cells as text, and which of them are merged.

use super::format::Format;
use crate::interchange::error::{Fault, Notices, Place};
use crate::interchange::table::{Row, Sheet};
use crate::interchange::xml::{Node, Tag, Xml};
use crate::interchange::{MAX_CELLS, MAX_ROWS};

/// What all sheets share.
pub(super) struct Book<'b> {
    pub(super) strings: &'b [String],
    pub(super) formats: &'b [Format],
    pub(super) from_1904: bool,
}

/// What may still be read: a string in the shared table can stand in any number of cells.
pub(super) struct Budget {
    cells: usize,
    bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { cells: MAX_CELLS, bytes: 64 << 20 }
    }
}

impl Budget {
    fn take(&mut self, cells: usize, bytes: usize, place: impl Fn() -> Place) -> Result<(), Fault> {
        match (self.cells.checked_sub(cells), self.bytes.checked_sub(bytes)) {
            (Some(cells), Some(bytes)) => {
                *self = Self { cells, bytes };
                Ok(())
            }
            _ => Err(Fault::limit(place(), "单元格过多或文字过长", "too many cells or too much text")),
        }
    }
}

pub(super) fn shared_strings(text: &str, part: &str, budget: &mut Budget) -> Result<Vec<String>, Fault> {
    let mut xml = Xml::in_part(text, part);
    let mut strings = Vec::new();
    while let Some(node) = xml.next()? {
        if node.open("si").is_some() {
            let string = rich_text(&mut xml, "si")?;
            budget.take(1, string.len(), || Place::Part { part: part.to_owned(), line: 0 })?;
            strings.push(string);
        }
    }
    Ok(strings)
}

/// The text up to the end of `element`, without the reading aids for names.
fn rich_text(xml: &mut Xml<'_>, element: &str) -> Result<String, Fault> {
    let mut text = String::new();
    let (mut in_text, mut phonetic) = (false, false);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.local() {
                "t" => in_text = true,
                "rPh" => phonetic = true,
                _ => {}
            },
            Node::Close(name) if name.is(element) => break,
            Node::Close(name) => match name.local() {
                "t" => in_text = false,
                "rPh" => phonetic = false,
                _ => {}
            },
            Node::Text(piece) if in_text && !phonetic => text.push_str(&piece),
            Node::Char(character) if in_text && !phonetic => text.push(character),
            _ => {}
        }
    }
    Ok(unescape(&text))
}

/// Resolves `_x000D_`, the way in which workbooks write characters that XML cannot hold.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let hex = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match hex.and_then(|hex| char::from_u32(u32::from_str_radix(hex, 16).ok()?)) {
            Some(character) => {
                out.push(character);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out
}

pub(super) fn read(
    name: &str,
    part: &str,
    text: &str,
    book: &Book<'_>,
    budget: &mut Budget,
    notices: &mut Notices,
) -> Result<Sheet, Fault> {
    let mut xml = Xml::in_part(text, part);
    let mut reader =
        SheetReader { name, book, budget, notices, rows: Vec::new(), next_row: 1, next_column: 0 };
    let mut merges = Vec::new();
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = &node else { continue };
        match tag.local() {
            "row" => {
                let number = tag.attribute("r").and_then(|row| row.parse().ok()).unwrap_or(reader.next_row);
                reader.next_row = number;
                reader.next_column = 0;
                reader.rows(&mut xml)?;
                reader.next_row = number.saturating_add(1);
            }
            "mergeCell" if merges.len() < 10_000 => {
                merges.extend(tag.attribute("ref").and_then(|it| area(&it)));
            }
            _ => {}
        }
    }
    let mut rows = reader.rows;
    rows.sort_by_key(|row| row.number);
    let mut left = MAX_CELLS / 4;
    for merge in merges {
        continue_rows(&mut rows, &merge, &mut left);
    }
    Ok(Sheet { name: name.to_owned(), rows })
}

struct SheetReader<'r> {
    name: &'r str,
    book: &'r Book<'r>,
    budget: &'r mut Budget,
    notices: &'r mut Notices,
    rows: Vec<Row>,
    next_row: usize,
    next_column: usize,
}

impl SheetReader<'_> {
    /// Reads the cells up to the end of the row.
    fn rows(&mut self, xml: &mut Xml<'_>) -> Result<(), Fault> {
        const MAX_COLUMNS: usize = 256;
        let mut cells: Vec<String> = Vec::new();
        while let Some(node) = xml.next()? {
            match &node {
                Node::Close(name) if name.is("row") => break,
                Node::Open(tag) if tag.local() == "c" => {
                    let at = tag.attribute("r").and_then(|it| cell(&it));
                    let column = at.map_or(self.next_column, |(_, column)| column);
                    self.next_column = column + 1;
                    let text = self.cell(xml, tag, column)?;
                    let text = text.trim();
                    if text.is_empty() || column >= MAX_COLUMNS {
                        continue;
                    }
                    let place = || Place::Cell {
                        sheet: self.name.to_owned(),
                        cell: reference(self.next_row, column),
                    };
                    // Empty cells before this one take memory too.
                    let new = (column + 1).saturating_sub(cells.len());
                    self.budget.take(new, text.len(), place)?;
                    cells.resize(cells.len() + new, String::new());
                    text.clone_into(&mut cells[column]);
                }
                _ => {}
            }
        }
        if self.rows.len() == MAX_ROWS {
            let cell = self.next_row.to_string();
            return Err(Fault::too_many_rows(Place::Cell { sheet: self.name.to_owned(), cell }));
        }
        if !cells.is_empty() {
            self.rows.push(Row { number: self.next_row, cells, continued: Vec::new() });
        }
        Ok(())
    }

    /// What people see in the cell.
    fn cell(&mut self, xml: &mut Xml<'_>, tag: &Tag<'_>, column: usize) -> Result<String, Fault> {
        let kind = tag.attribute("t").unwrap_or_default();
        let style: usize = tag.attribute("s").and_then(|style| style.parse().ok()).unwrap_or(0);
        let (mut raw, mut inline, mut formula) = (None, None, false);
        let mut in_value = false;
        while let Some(node) = xml.next()? {
            match &node {
                Node::Open(tag) => match tag.local() {
                    "v" => {
                        in_value = true;
                        raw.get_or_insert_with(String::new);
                    }
                    "f" => formula = true,
                    "is" => inline = Some(rich_text(xml, "is")?),
                    _ => {}
                },
                Node::Close(name) => match name.local() {
                    "v" => in_value = false,
                    "c" => break,
                    _ => {}
                },
                Node::Text(text) if in_value => raw.get_or_insert_default().push_str(text),
                Node::Char(character) if in_value => raw.get_or_insert_default().push(*character),
                _ => {}
            }
        }
        if let Some(text) = inline {
            return Ok(text);
        }
        let Some(raw) = raw.filter(|raw| !raw.is_empty()) else {
            if formula && kind != "str" {
                self.notice(
                    column,
                    "公式没有保存计算结果，按空单元格处理",
                    "the formula has no stored result; read as empty",
                );
            }
            return Ok(String::new());
        };
        Ok(match kind.as_str() {
            "s" => {
                let string = raw.trim().parse().ok().and_then(|index: usize| self.book.strings.get(index));
                if string.is_none() {
                    self.notice(
                        column,
                        "引用的字符串不存在，按空单元格处理",
                        "refers to a string that is missing; read as empty",
                    );
                }
                string.cloned().unwrap_or_default()
            }
            "str" | "inlineStr" => unescape(&raw),
            "b" => if raw.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "e" => {
                self.notice(
                    column,
                    &format!("单元格的值是错误 {raw}，按空单元格处理"),
                    &format!("the value is the error {raw}; read as empty"),
                );
                String::new()
            }
            // ISO 8601, written by few programs; the time of day is no part of a term table.
            "d" => raw.split('T').next().unwrap_or(&raw).to_owned(),
            _ => {
                let format = self.book.formats.get(style).unwrap_or(&Format::General);
                format.show(raw.trim(), self.book.from_1904)
            }
        })
    }

    fn notice(&mut self, column: usize, zh: &str, en: &str) {
        let place = Place::Cell { sheet: self.name.to_owned(), cell: reference(self.next_row, column) };
        self.notices.add(place, zh, en);
    }
}

/// The rows (from 1, both ends included) and the first column (from 0) of a merged area.
struct Area {
    rows: (usize, usize),
    column: usize,
}

fn area(text: &str) -> Option<Area> {
    let (from, to) = text.split_once(':')?;
    let ((top, column), (bottom, _)) = (cell(from)?, cell(to)?);
    (column < 256).then_some(Area { rows: (top, bottom), column })
}

/// Row from 1 and column from 0 of a reference such as `B12`.
fn cell(text: &str) -> Option<(usize, usize)> {
    let text = text.trim_start_matches('$');
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters == 0 || letters > 3 {
        return None;
    }
    let value = |byte: u8| usize::from(byte.to_ascii_uppercase() - b'A') + 1;
    let column = text.bytes().take(letters).fold(0, |column, byte| column * 26 + value(byte));
    let row = text[letters..].trim_start_matches('$').parse().ok()?;
    Some((row, column - 1))
}

fn reference(row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.insert(0, b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0));
        rest = (rest - 1) / 26;
    }
    format!("{}{row}", String::from_utf8_lossy(&letters))
}

/// Marks the lower cells of a vertically merged area, as long as some are `left` to be marked.
fn continue_rows(rows: &mut [Row], area: &Area, left: &mut usize) {
    let (top, bottom) = area.rows;
    // The upper row must be there for its value to be taken down.
    let from = rows.partition_point(|row| row.number <= top);
    let to = rows.partition_point(|row| row.number <= bottom);
    if from == 0 || rows[from - 1].number != top || from >= to {
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
