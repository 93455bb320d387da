//! Rows to `.xlsx` workbooks: one table a sheet, its header frozen and with filters.
//!
//! ```
//! use zhengming_workbook::{Cell, Column, Sheet, workbook};
//!
//! let mut sheet = Sheet::new("术语", &[Column::new("变体", 28), Column::new("次数", 8)]);
//! sheet.push(vec![Cell::from("浙政盯"), Cell::Number(3)]);
//! assert!(workbook(&[sheet]).starts_with(b"PK"));
//! ```

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// One sheet.
#[derive(Debug, Clone)]
pub struct Sheet {
    name: String,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    heading: String,
    width: u32,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text; an empty one is left out.
    Text(String),
    /// A number, so that it sorts as one.
    Number(usize),
}

impl Column {
    /// A column under `heading`, `width` characters wide.
    pub fn new(heading: impl Into<String>, width: u32) -> Self {
        Self { heading: heading.into(), width }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl Sheet {
    /// An empty sheet. Its name must have no more than 31 characters and none of `[]:*?/\`.
    pub fn new(name: impl Into<String>, columns: &[Column]) -> Self {
        Self { name: name.into(), columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row; cells beyond the last column are left out.
    pub fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }
}

/// Rows that a sheet may have, its header included.
const MOST_ROWS: usize = 1_048_576;
/// Characters that a cell may have.
const MOST_CHARACTERS: usize = 32_767;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
"#;
/// The part that names the application.
const PROPERTIES: &str = "docProps/app.xml";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

// Style 1 is the header row, style 2 numbers. All other cells are text (49), so that 3.10 stays 3.10.
const STYLES: &str = r#"<fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7EEF7"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf></cellXfs><cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>"#;

/// The sheets as one workbook. The same sheets give the same bytes.
pub fn workbook(sheets: &[Sheet]) -> Vec<u8> {
    workbook_by("zhengming", sheets)
}

/// The sheets as one workbook that names the `application` it is from, uncompressed and near its beginning, so that
/// the workbook is known again from its first bytes.
pub fn workbook_by(application: &str, sheets: &[Sheet]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut write = |name: &str, text: String| {
        let written = "writing to memory does not fail";
        // The fixed default date keeps the same workbook the same bytes.
        let options = SimpleFileOptions::default();
        let plain = name == PROPERTIES;
        let options = if plain { options.compression_method(CompressionMethod::Stored) } else { options };
        writer.start_file(name, options).expect(written);
        writer.write_all(text.as_bytes()).expect(written);
    };
    let numbers = 1..=sheets.len();
    let sheet_types: String = numbers
        .clone()
        .map(|number| content_type(&format!("worksheets/sheet{number}"), "worksheet"))
        .collect();
    write(
        "[Content_Types].xml",
        format!(
            r#"{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/{PROPERTIES}" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>{}{}{sheet_types}</Types>"#,
            content_type("workbook", "sheet.main"),
            content_type("styles", "styles"),
        ),
    );
    let application = escape(application);
    write(
        PROPERTIES,
        format!(
            r#"{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>{application}</Application></Properties>"#
        ),
    );
    write(
        "_rels/.rels",
        relationships(&[
            ("officeDocument".to_owned(), "xl/workbook.xml".to_owned()),
            ("extended-properties".to_owned(), PROPERTIES.to_owned()),
        ]),
    );
    let list: String = sheets
        .iter()
        .zip(numbers.clone())
        .map(|(sheet, number)| {
            format!(r#"<sheet name="{}" sheetId="{number}" r:id="rId{number}"/>"#, escape(&sheet.name))
        })
        .collect();
    write(
        "xl/workbook.xml",
        format!(r#"{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{list}</sheets></workbook>"#),
    );
    let mut targets: Vec<(String, String)> = numbers
        .clone()
        .map(|number| ("worksheet".to_owned(), format!("worksheets/sheet{number}.xml")))
        .collect();
    targets.push(("styles".to_owned(), "styles.xml".to_owned()));
    write("xl/_rels/workbook.xml.rels", relationships(&targets));
    write("xl/styles.xml", format!(r#"{HEAD}<styleSheet xmlns="{MAIN}">{STYLES}</styleSheet>"#));
    for (sheet, number) in sheets.iter().zip(numbers) {
        write(&format!("xl/worksheets/sheet{number}.xml"), sheet_xml(sheet));
    }
    writer.finish().expect("writing to memory does not fail").into_inner()
}

fn content_type(part: &str, kind: &str) -> String {
    format!(
        r#"<Override PartName="/xl/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>"#
    )
}

fn relationships(targets: &[(String, String)]) -> String {
    let list: String = targets
        .iter()
        .enumerate()
        .map(|(index, (kind, target))| {
            format!(r#"<Relationship Id="rId{}" Type="{OFFICE}/{kind}" Target="{target}"/>"#, index + 1)
        })
        .collect();
    format!(r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{list}</Relationships>"#)
}

fn sheet_xml(sheet: &Sheet) -> String {
    let mut out = format!(
        r#"{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>"#
    );
    for (index, column) in sheet.columns.iter().enumerate() {
        let (number, width) = (index + 1, column.width);
        out.push_str(&format!(
            r#"<col min="{number}" max="{number}" width="{width}" style="0" customWidth="1"/>"#
        ));
    }
    out.push_str("</cols><sheetData>");
    let headings: Vec<Cell> = sheet.columns.iter().map(|column| Cell::Text(column.heading.clone())).collect();
    write_row(&mut out, 1, true, &headings);
    let rows = sheet.rows.iter().take(MOST_ROWS - 1);
    let last = 1 + rows.len();
    for (row, number) in rows.zip(2..) {
        write_row(&mut out, number, false, &row[..row.len().min(sheet.columns.len())]);
    }
    let corner = column_name(sheet.columns.len().saturating_sub(1));
    out.push_str(&format!(r#"</sheetData><autoFilter ref="A1:{corner}{last}"/></worksheet>"#));
    out
}

fn write_row(out: &mut String, number: usize, is_header: bool, cells: &[Cell]) {
    out.push_str(&format!(r#"<row r="{number}">"#));
    for (index, cell) in cells.iter().enumerate() {
        let column = column_name(index);
        match cell {
            Cell::Text(content) if content.is_empty() => {}
            Cell::Text(content) => {
                let (style, content) = (u8::from(is_header), text(content));
                out.push_str(&format!(
                    r#"<c r="{column}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{content}</t></is></c>"#
                ));
            }
            Cell::Number(value) => {
                out.push_str(&format!(r#"<c r="{column}{number}" s="2"><v>{value}</v></c>"#));
            }
        }
    }
    out.push_str("</row>");
}

/// A, B, … Z, AA, …
fn column_name(index: usize) -> String {
    let letter = |index: usize| char::from(b'A' + u8::try_from(index % 26).unwrap_or(0));
    match index / 26 {
        0 => letter(index).to_string(),
        more => format!("{}{}", column_name(more - 1), letter(index)),
    }
}

/// Text of a cell. Characters that XML cannot hold are written as `_x000B_`; what looks like that already
/// gets its underscore written so.
fn text(cell: &str) -> String {
    let bytes = cell.as_bytes();
    let mut out = String::with_capacity(cell.len());
    for (at, character) in cell.char_indices().take(MOST_CHARACTERS) {
        match character {
            '_' if looks_escaped(&bytes[at..]) => out.push_str("_x005F_"),
            '\t' | '\n' => out.push(character),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {
                out.push_str(&format!("_x{:04X}_", u32::from(character)));
            }
            _ => out.push(character),
        }
    }
    escape(&out)
}

fn looks_escaped(bytes: &[u8]) -> bool {
    bytes.len() >= 7 && bytes[1] == b'x' && bytes[6] == b'_' && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(column_name), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn any_text_gives_well_formed_xml() {
        let mut sheet = Sheet::new("表<&>", &[Column::new("\u{1}甲", 8), Column::new("乙", 8)]);
        let cells = ["</t>", "_x000B_", "\u{0}\u{FFFE}\r\n", "]]>", "=1+1", "\"'"];
        for cell in cells {
            sheet.push(vec![cell.into(), Cell::Number(7), "beyond the last column".into()]);
        }
        let xml = sheet_xml(&sheet);
        let mut reader = quick_xml::Reader::from_str(&xml);
        while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
        assert!(xml.contains("_x005F_x000B_") && xml.contains("_x0000__xFFFE__x000D_"), "{xml}");
        assert!(!xml.contains("beyond"));
        assert!(xml.contains(r#"<autoFilter ref="A1:B7"/>"#));
    }
}
