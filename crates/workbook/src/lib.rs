//! Rows to `.xlsx` workbooks in the look of this project: one table a sheet, its header frozen and with filters.
//! The writing is rust_xlsxwriter's; what a sheet needs beside its rows (charts, colours by condition, links) is
//! added to its [`Sheet::worksheet`].
//!
//! ```
//! use zhengming_workbook::{Cell, Column, Sheet, workbook};
//!
//! let mut sheet = Sheet::new("术语", &[Column::new("变体", 28), Column::new("次数", 8)]);
//! sheet.push(vec![Cell::from("浙政盯"), Cell::Number(3)]);
//! assert!(workbook("zhengming", vec![sheet]).starts_with(b"PK"));
//! ```

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Url, Workbook, Worksheet, XlsxError,
};
use zhengming_text::leaving::Leaving;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

pub use rust_xlsxwriter;

/// One sheet.
pub struct Sheet {
    worksheet: Worksheet,
    columns: u16,
    rows: u32,
    links: u32,
    looks: Looks,
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
    /// Text that leads to an address: `https://…`, `file:///…` (a path without a root is taken from the folder of the
    /// workbook), `internal:'Sheet'!A1`.
    Link {
        /// What is seen.
        text: String,
        /// Where it leads.
        target: String,
    },
}

/// How cells look. All but numbers are text (`@`), so that 3.10 stays 3.10.
struct Looks {
    text: Format,
    /// Of text that would be a formula, were it typed in: it stays text when the cell is edited.
    quoted: Format,
    number: Format,
    link: Format,
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

/// Rows that a sheet may have, its header included.
const MOST_ROWS: u32 = 1_048_576;
/// Links that a sheet may have; with more of them Excel calls the file damaged.
const MOST_LINKS: u32 = 65_530;
/// UTF-16 units that a cell may have.
const MOST_UNITS: usize = 32_767;

/// What a sheet of few columns and rows within the limits cannot fail at.
const WITHIN: &str = "within the limits of a sheet";

impl Sheet {
    /// An empty sheet. Its name must have no more than 31 characters and none of `[]:*?/\`, and be the only one of
    /// the workbook.
    pub fn new(name: &str, columns: &[Column]) -> Self {
        let base = Format::new().set_font_name("等线").set_font_size(11).set_align(FormatAlign::Top);
        let text = base.clone().set_num_format("@").set_text_wrap();
        let header = text.clone().set_bold().set_background_color(Color::RGB(0xE7_EE_F7));
        let header = header.set_align(FormatAlign::VerticalCenter);
        let looks = Looks {
            number: base.set_num_format("0"),
            link: text.clone().set_font_color(Color::RGB(0x05_63_C1)),
            quoted: text.clone().set_quote_prefix(),
            text,
        };
        let mut worksheet = Worksheet::new();
        worksheet.set_name(name).expect("a valid name");
        for (number, column) in (0..).zip(columns) {
            worksheet.set_column_width(number, column.width).expect(WITHIN);
            worksheet.set_column_format(number, &looks.text).expect(WITHIN);
            worksheet.write_string_with_format(0, number, &column.heading, &header).expect(WITHIN);
        }
        worksheet.set_freeze_panes(1, 0).expect(WITHIN);
        // On paper: across, as wide as a sheet of paper, the heads on each.
        worksheet.set_landscape().set_print_fit_to_pages(1, 0);
        worksheet.set_repeat_rows(0, 0).expect(WITHIN);
        Self {
            worksheet,
            columns: u16::try_from(columns.len()).unwrap_or(u16::MAX),
            rows: 0,
            links: 0,
            looks,
        }
    }

    /// Adds a row; cells beyond the last column and rows beyond the last one that a sheet may have are left out.
    pub fn push(&mut self, row: Vec<Cell>) {
        let number = self.rows + 1;
        if number >= MOST_ROWS {
            return;
        }
        self.rows = number;
        for (column, cell) in (0..self.columns).zip(row) {
            self.write(number, column, &cell).expect(WITHIN);
        }
    }

    fn write(&mut self, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
        match cell {
            Cell::Text(text) | Cell::Link { text, .. } if text.is_empty() => {}
            Cell::Text(text) => {
                let looks = if Leaving(text).is_formula() { &self.looks.quoted } else { &self.looks.text };
                self.worksheet.write_string_with_format(row, column, clipped(text), looks)?;
            }
            #[expect(clippy::cast_precision_loss, reason = "a count")]
            Cell::Number(value) => {
                self.worksheet.write_number_with_format(row, column, *value as f64, &self.looks.number)?;
            }
            Cell::Link { text, target } => {
                let text = clipped(text);
                let link = Url::new(target).set_text(text);
                self.links += 1;
                // An address that spreadsheets do not take (too long, too many of them) is left out, not its text.
                if self.links > MOST_LINKS
                    || self.worksheet.write_url_with_format(row, column, &link, &self.looks.link).is_err()
                {
                    self.worksheet.write_string_with_format(row, column, text, &self.looks.text)?;
                }
            }
        }
        Ok(())
    }

    /// Rows below the header.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// The sheet as rust_xlsxwriter knows it; row 0 is the header.
    pub fn worksheet(&mut self) -> &mut Worksheet {
        &mut self.worksheet
    }

    fn finish(mut self) -> Worksheet {
        if let Some(last) = self.columns.checked_sub(1) {
            self.worksheet.autofilter(0, 0, self.rows, last).expect(WITHIN);
        }
        self.worksheet
    }
}

fn clipped(text: &str) -> &str {
    let mut units = 0;
    for (at, character) in text.char_indices() {
        units += character.len_utf16();
        if units > MOST_UNITS {
            return &text[..at];
        }
    }
    text
}

/// The sheets as one workbook that names the `application` it is from, uncompressed and near its beginning, so that
/// the workbook is known again from its first bytes. The same sheets give the same bytes.
pub fn workbook(application: &str, sheets: Vec<Sheet>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    // Without a fixed day the same sheets would be other bytes every second.
    let day = ExcelDateTime::from_ymd(1980, 1, 1).expect("a day that is");
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
    for sheet in sheets {
        workbook.push_worksheet(sheet.finish());
    }
    let bytes = workbook.save_to_buffer().expect("sheets with names of their own");
    named(&bytes, application).expect("what was just written can be read")
}

/// The part that names the application.
const PROPERTIES: &str = "docProps/app.xml";
/// The part that stays first, as readers that guess a type from the first bytes expect.
const TYPES: &str = "[Content_Types].xml";

/// The workbook with `application` named in its second part; all other parts are copied as they are packed.
fn named(workbook: &[u8], application: &str) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipArchive::new(Cursor::new(workbook))?;
    let mut properties = String::new();
    archive.by_name(PROPERTIES)?.read_to_string(&mut properties)?;
    let own = format!("<Application>{application}</Application>");
    let properties = properties.replace("<Application>Microsoft Excel</Application>", &own);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.raw_copy_file(archive.by_name(TYPES)?)?;
    writer
        .start_file(PROPERTIES, SimpleFileOptions::default().compression_method(CompressionMethod::Stored))?;
    writer.write_all(properties.as_bytes())?;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index)?;
        let is_written = [PROPERTIES, TYPES].contains(&&*part.name()?);
        if !is_written {
            writer.raw_copy_file(part)?;
        }
    }
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(workbook: &[u8], name: &str) -> String {
        let mut text = String::new();
        let mut archive = ZipArchive::new(Cursor::new(workbook)).unwrap();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn any_text_gives_well_formed_xml() {
        let mut sheet = Sheet::new("表<&>", &[Column::new("\u{1}甲", 8), Column::new("乙", 8)]);
        let cells = ["</t>", "_x000B_", "\u{0}\u{FFFE}\r\n", "]]>", "=1+1", "\"'"];
        for cell in cells {
            sheet.push(vec![cell.into(), Cell::Number(7), "beyond the last column".into()]);
        }
        sheet.push(vec!["长".repeat(40_000).into(), "𠮷".repeat(20_000).into()]);
        assert_eq!(sheet.rows(), 7);
        let bytes = workbook("zhengming", vec![sheet]);
        let strings = part(&bytes, "xl/sharedStrings.xml");
        let mut reader = quick_xml::Reader::from_str(&strings);
        while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
        assert!(strings.contains("_x005F_x000B_") && strings.contains("_x0000__xFFFE__x000D_"), "{strings}");
        assert!(!strings.contains("beyond") && strings.contains("=1+1"));
        assert_eq!(strings.matches('长').count(), MOST_UNITS);
        assert_eq!(strings.matches('𠮷').count(), MOST_UNITS / 2);
        let table = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(table.contains(r#"<autoFilter ref="A1:B8"/>"#), "{table}");
        assert!(!table.contains("<f>"), "{table}");
    }

    #[test]
    fn the_same_sheets_are_the_same_bytes_and_say_where_they_are_from() {
        let made = || {
            let mut sheet = Sheet::new("表", &[Column::new("文稿", 8)]);
            sheet.push(vec![Cell::Link { text: "甲.md".into(), target: "file:///甲.md".into() }]);
            // Too long for an address: the text stays.
            sheet.push(vec![Cell::Link {
                text: "乙.md".into(),
                target: format!("https://{}", "a".repeat(9_999)),
            }]);
            workbook("zhengming report", vec![sheet])
        };
        let bytes = made();
        assert_eq!(bytes, made());
        let start = &bytes[..bytes.len().min(4096)];
        let mark = b"<Application>zhengming report</Application>";
        assert!(start.windows(mark.len()).any(|window| window == mark));
        let strings = part(&bytes, "xl/sharedStrings.xml");
        assert!(strings.contains("甲.md") && strings.contains("乙.md"), "{strings}");
        assert!(part(&bytes, "xl/worksheets/_rels/sheet1.xml.rels").contains("\"甲.md\""));
    }
}
