//! One sheet of a workbook: its cells as people see them, and which of them are merged.

use zhengming_text::message::Text;

use super::format::Format;
use crate::part_error::{PartError, PartPlace};
use crate::xml::{Node, Tag, Xml};

/// What the cells of all sheets refer to.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub(super) strings: Vec<String>,
    /// The number format of every cell style.
    pub(super) formats: Vec<Format>,
    /// Whether the text of a cell is struck out, for every cell style.
    pub(super) struck: Vec<bool>,
    pub(super) from_1904: bool,
}

/// How many cells with content a workbook may have.
pub const MAX_CELLS: usize = 2_000_000;

/// The text of all cells: a string in the shared table can stand in any number of cells.
const MAX_BYTES: usize = 64 << 20;

/// Merged areas of one sheet that are looked at.
const MAX_MERGES: usize = 10_000;

/// The cells of a sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The rows with content, from top to bottom.
    pub rows: Vec<SheetRow>,
    /// The merged areas.
    pub merges: Vec<Merge>,
}

/// A row with content.
#[derive(Debug)]
pub struct SheetRow {
    /// From 1.
    pub number: usize,
    /// The cells with content, from left to right.
    pub cells: Vec<SheetCell>,
}

/// A cell with content.
#[derive(Debug)]
pub struct SheetCell {
    /// From 0.
    pub column: usize,
    /// What people see in it, without white space around it.
    pub text: String,
    /// Why the text is missing.
    pub defect: Option<Text>,
}

/// A merged area: its rows from 1, both ends included, and its first column from 0.
#[derive(Debug, Clone, Copy)]
pub struct Merge {
    /// The first row.
    pub top: usize,
    /// The last row.
    pub bottom: usize,
    /// The first column.
    pub column: usize,
}

/// What may still be read.
pub(super) struct Budget {
    cells: usize,
    bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { cells: MAX_CELLS, bytes: MAX_BYTES }
    }
}

impl Budget {
    fn take(&mut self, bytes: usize, part: &str) -> Result<(), PartError> {
        match (self.cells.checked_sub(1), self.bytes.checked_sub(bytes)) {
            (Some(cells), Some(bytes)) => {
                *self = Self { cells, bytes };
                Ok(())
            }
            _ => Err(PartError::limit(
                PartPlace::part(part),
                "单元格过多或文字过长",
                "too many cells or too much text",
            )),
        }
    }
}

pub(super) fn shared_strings(text: &str, part: &str, budget: &mut Budget) -> Result<Vec<String>, PartError> {
    let mut xml = Xml::in_part(text, part);
    let mut strings = Vec::new();
    while let Some(node) = xml.node()? {
        if node.open("si").is_some() {
            let string = rich_text(&mut xml, "si")?;
            budget.take(string.len(), part)?;
            strings.push(string);
        }
    }
    Ok(strings)
}

/// The text up to the end of `element`, without the reading aids for names and what is struck out.
pub(super) fn rich_text(xml: &mut Xml<'_>, element: &str) -> Result<String, PartError> {
    let mut text = String::new();
    let (mut in_text, mut phonetic, mut struck) = (false, false, false);
    while let Some(node) = xml.node()? {
        match node {
            Node::Open(tag) => match tag.local() {
                "t" => in_text = true,
                "rPh" => phonetic = true,
                "r" => struck = false,
                "strike" => struck = is_on(&tag),
                _ => {}
            },
            Node::Close(name) if name.is(element) => break,
            Node::Close(name) => match name.local() {
                "t" => in_text = false,
                "rPh" => phonetic = false,
                "r" => struck = false,
                _ => {}
            },
            Node::Text(piece) if in_text && !phonetic && !struck => text.push_str(&piece),
            Node::Char(character) if in_text && !phonetic && !struck => text.push(character),
            _ => {}
        }
    }
    Ok(unescape(&text))
}

/// Whether a property such as `strike` is on.
pub(super) fn is_on(tag: &Tag<'_>) -> bool {
    tag.attribute("val").is_none_or(|value| !matches!(value.as_str(), "0" | "false"))
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

pub(super) fn read(part: &str, text: &str, book: &Shared, budget: &mut Budget) -> Result<Sheet, PartError> {
    let mut xml = Xml::in_part(text, part);
    let mut reader = SheetReader { part, book, budget, rows: Vec::new(), row: 1 };
    let mut merges = Vec::new();
    while let Some(node) = xml.node()? {
        let Node::Open(tag) = &node else { continue };
        match tag.local() {
            "row" => {
                reader.row = tag.attribute("r").and_then(|row| row.parse().ok()).unwrap_or(reader.row);
                reader.cells(&mut xml)?;
                reader.row = reader.row.saturating_add(1);
            }
            "mergeCell" if merges.len() < MAX_MERGES => {
                merges.extend(tag.attribute("ref").and_then(|it| area(&it)));
            }
            _ => {}
        }
    }
    let mut rows = reader.rows;
    rows.sort_by_key(|row| row.number);
    Ok(Sheet { rows, merges })
}

struct SheetReader<'r> {
    part: &'r str,
    book: &'r Shared,
    budget: &'r mut Budget,
    rows: Vec<SheetRow>,
    row: usize,
}

impl SheetReader<'_> {
    /// Reads the cells up to the end of the row.
    fn cells(&mut self, xml: &mut Xml<'_>) -> Result<(), PartError> {
        let mut cells: Vec<SheetCell> = Vec::new();
        let mut next = 0;
        while let Some(node) = xml.node()? {
            match &node {
                Node::Close(name) if name.is("row") => break,
                Node::Open(tag) if tag.local() == "c" => {
                    let column = tag.attribute("r").and_then(|it| cell(&it)).map_or(next, |it| it.1);
                    next = column + 1;
                    let (text, defect) = self.cell(xml, tag)?;
                    let text = text.trim();
                    if !text.is_empty() || defect.is_some() {
                        self.budget.take(text.len(), self.part)?;
                        cells.push(SheetCell { column, text: text.to_owned(), defect });
                    }
                }
                _ => {}
            }
        }
        if !cells.is_empty() {
            cells.sort_by_key(|cell| cell.column);
            self.rows.push(SheetRow { number: self.row, cells });
        }
        Ok(())
    }

    /// What people see in the cell, or why they see nothing.
    fn cell(&self, xml: &mut Xml<'_>, tag: &Tag<'_>) -> Result<(String, Option<Text>), PartError> {
        let kind = tag.attribute("t").unwrap_or_default();
        let style: usize = tag.attribute("s").and_then(|style| style.parse().ok()).unwrap_or(0);
        let (mut raw, mut inline, mut formula) = (None, None, false);
        let mut in_value = false;
        while let Some(node) = xml.node()? {
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
        let empty = |zh: String, en: String| Ok((String::new(), Some(Text::new(zh, en))));
        if let Some(text) = inline.filter(|_| !self.book.struck.get(style).is_some_and(|struck| *struck)) {
            return Ok((text, None));
        }
        let Some(raw) = raw.filter(|raw| !raw.is_empty()) else {
            if formula && kind != "str" {
                return empty(
                    "公式没有保存计算结果，按空单元格处理".to_owned(),
                    "the formula has no stored result; read as empty".to_owned(),
                );
            }
            return Ok((String::new(), None));
        };
        if self.book.struck.get(style).is_some_and(|struck| *struck) {
            return Ok((String::new(), None));
        }
        let text = match kind.as_str() {
            "s" => {
                let string = raw.trim().parse().ok().and_then(|index: usize| self.book.strings.get(index));
                match string {
                    Some(string) => string.clone(),
                    None => {
                        return empty(
                            "引用的字符串不存在，按空单元格处理".to_owned(),
                            "refers to a string that is missing; read as empty".to_owned(),
                        );
                    }
                }
            }
            "str" | "inlineStr" => unescape(&raw),
            "b" => if raw.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "e" => {
                return empty(
                    format!("单元格的值是错误 {raw}，按空单元格处理"),
                    format!("the value is the error {raw}; read as empty"),
                );
            }
            // ISO 8601, written by few programs; the time of day is no part of a term table.
            "d" => raw.split('T').next().unwrap_or(&raw).to_owned(),
            _ => {
                let format = self.book.formats.get(style).unwrap_or(&Format::General);
                format.show(raw.trim(), self.book.from_1904)
            }
        };
        Ok((text, None))
    }
}

fn area(text: &str) -> Option<Merge> {
    let (from, to) = text.split_once(':')?;
    let ((top, column), (bottom, _)) = (cell(from)?, cell(to)?);
    Some(Merge { top, bottom, column })
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
