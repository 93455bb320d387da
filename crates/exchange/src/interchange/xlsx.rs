//! Workbooks (XLSX), read cell by cell: a sheet never takes more memory than its content, wherever its
//! cells stand. Values are what people see: formatted numbers and dates, and what formulas last gave.

mod format;
mod sheet;

use std::collections::HashMap;

use zhengming_core::dictionary::Dictionary;

use super::error::{ExchangeError, Fault, Notice, Notices, Place};
use super::package::Package;
use super::table::{self, Sheet};
use super::xml::{Node, Xml};
use format::Format;

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
    let mut package = Package::open(bytes)?;
    let (part, text) = package.main_part("xl/workbook.xml")?;
    let workbook = workbook(&text, &part)?;
    let related = package.related(&part)?;
    let mut of_kind = HashMap::new();
    for relationship in related.values() {
        let kind = relationship.kind.rsplit('/').next().unwrap_or("");
        of_kind.insert(kind, relationship.target.as_str());
    }
    let mut budget = sheet::Budget::default();
    let strings = match of_kind.get("sharedStrings") {
        Some(part) => match package.text(part)? {
            Some(text) => sheet::shared_strings(&text, part, &mut budget)?,
            None => Vec::new(),
        },
        None => Vec::new(),
    };
    let formats = match of_kind.get("styles") {
        Some(part) => match package.text(part)? {
            Some(text) => styles(&text, part)?,
            None => Vec::new(),
        },
        None => Vec::new(),
    };
    let mut sheets = Vec::new();
    for entry in &workbook.sheets {
        if entry.hidden {
            let place = Place::Cell { sheet: entry.name.clone(), cell: "1".to_owned() };
            notices.add(place, "隐藏的工作表未采用", "the sheet is hidden and left out");
            continue;
        }
        let Some(relationship) = related.get(&entry.relationship) else { continue };
        if !relationship.kind.ends_with("/worksheet") {
            continue;
        }
        let Some(text) = package.text(&relationship.target)? else {
            let target = &relationship.target;
            return Err(Fault::malformed(
                Place::File,
                format!("压缩包内没有 {target}"),
                format!("the package has no {target}"),
            ));
        };
        let book = sheet::Book { strings: &strings, formats: &formats, from_1904: workbook.from_1904 };
        sheets.push(sheet::read(&entry.name, &relationship.target, &text, &book, &mut budget, notices)?);
    }
    Ok(sheets)
}

struct Workbook {
    sheets: Vec<SheetEntry>,
    from_1904: bool,
}

struct SheetEntry {
    name: String,
    relationship: String,
    hidden: bool,
}

fn workbook(text: &str, part: &str) -> Result<Workbook, Fault> {
    let mut xml = Xml::in_part(text, part);
    let mut workbook = Workbook { sheets: Vec::new(), from_1904: false };
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        match tag.local() {
            "workbookPr" => {
                workbook.from_1904 =
                    tag.attribute("date1904").is_some_and(|value| value == "1" || value == "true");
            }
            // `id` is the relationship; the sheet's own number is `sheetId`.
            "sheet" => workbook.sheets.push(SheetEntry {
                name: tag.attribute("name").unwrap_or_default(),
                relationship: tag.attribute("id").unwrap_or_default(),
                hidden: tag.attribute("state").is_some_and(|state| state != "visible"),
            }),
            _ => {}
        }
    }
    Ok(workbook)
}

/// The number format of every cell style.
fn styles(text: &str, part: &str) -> Result<Vec<Format>, Fault> {
    let mut xml = Xml::in_part(text, part);
    let mut codes: HashMap<u32, String> = HashMap::new();
    let mut formats = Vec::new();
    let mut in_cell_styles = false;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.local() {
                "numFmt" => {
                    let id = tag.attribute("numFmtId").and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, tag.attribute("formatCode")) {
                        codes.insert(id, code);
                    }
                }
                "cellXfs" => in_cell_styles = true,
                "xf" if in_cell_styles => {
                    let id = tag.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    formats.push(
                        codes.get(&id).map_or_else(|| Format::built_in(id), |code| Format::parse(code)),
                    );
                }
                _ => {}
            },
            Node::Close(name) if name.is("cellXfs") => in_cell_styles = false,
            _ => {}
        }
    }
    Ok(formats)
}
