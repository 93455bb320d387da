//! What the sheets of a workbook share: their names, strings and number formats.

use std::collections::HashMap;

use zhengming_text::message::Text;

use super::format::Format;
use super::margin::{self, Margin};
use super::sheet::{self, Budget, Shared, Sheet};
use crate::core_properties::{self, Property};
use crate::package::Package;
use crate::part_error::{PartError, PartPlace};
use crate::xml::{Node, Xml};

/// A workbook, of which the sheets are read when asked for.
pub struct Workbook<'a> {
    package: Package<'a>,
    sheets: Vec<SheetEntry>,
    shared: Shared,
    budget: Budget,
}

/// One sheet in the list of a workbook.
#[derive(Debug, Clone)]
pub struct SheetEntry {
    /// The name on its tab.
    pub name: String,
    /// Whether it is hidden from people.
    pub hidden: bool,
    /// The part that holds it.
    part: Option<String>,
}

impl<'a> Workbook<'a> {
    /// The workbook in `bytes`; its sheets are not read yet.
    ///
    /// # Errors
    /// No package, a part that is missing or malformed, or more than can be read safely.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PartError> {
        let mut package = Package::open(bytes)?;
        let (part, text) = package.main_part("xl/workbook.xml")?;
        let related = package.related(&part)?;
        let mut of_kind = HashMap::new();
        for relationship in related.values() {
            let kind = relationship.kind.rsplit('/').next().unwrap_or("");
            of_kind.insert(kind, relationship.target.as_str());
        }
        let mut budget = Budget::default();
        let mut shared = Shared::default();
        if let Some(part) = of_kind.get("sharedStrings")
            && let Some(text) = package.text(part)?
        {
            shared.strings = sheet::shared_strings(&text, part, &mut budget)?;
        }
        if let Some(part) = of_kind.get("styles")
            && let Some(text) = package.text(part)?
        {
            (shared.formats, shared.struck) = styles(&text, part)?.into_iter().unzip();
        }
        let sheets = Vec::new();
        let mut workbook = Self { package, sheets, shared, budget };
        let mut xml = Xml::in_part(&text, &part);
        while let Some(node) = xml.node()? {
            let Node::Open(tag) = node else { continue };
            match tag.local() {
                "workbookPr" => {
                    workbook.shared.from_1904 =
                        tag.attribute("date1904").is_some_and(|value| value == "1" || value == "true");
                }
                // `id` is the relationship; the sheet's own number is `sheetId`. Charts are sheets, too.
                "sheet" => {
                    let relationship = tag.attribute("id").and_then(|id| related.get(&id));
                    let cells = relationship.filter(|it| it.kind.ends_with("/worksheet"));
                    workbook.sheets.push(SheetEntry {
                        name: tag.attribute("name").unwrap_or_default(),
                        hidden: tag.attribute("state").is_some_and(|state| state != "visible"),
                        part: cells.map(|it| it.target.clone()),
                    });
                }
                _ => {}
            }
        }
        Ok(workbook)
    }

    /// The sheets in the order of their tabs.
    pub fn sheets(&self) -> Vec<SheetEntry> {
        self.sheets.clone()
    }

    /// The cells of one sheet; nothing for a sheet without cells, such as a chart.
    ///
    /// # Errors
    /// A part that is missing or malformed, or more cells or text than can be read safely.
    pub fn read(&mut self, entry: &SheetEntry) -> Result<Option<Sheet>, PartError> {
        let Some(part) = &entry.part else { return Ok(None) };
        let Some(text) = self.package.text(part)? else {
            return Err(PartError::malformed(
                PartPlace::default(),
                format!("压缩包内没有 {part}"),
                format!("the package has no {part}"),
            ));
        };
        let mut budget = std::mem::take(&mut self.budget);
        let sheet = sheet::read(part, &text, &self.shared, &mut budget);
        self.budget = budget;
        sheet.map(Some)
    }
}

impl Workbook<'_> {
    /// What stands on a sheet beside its cells, and what of it cannot be read.
    pub(super) fn margins(
        &mut self,
        entry: &SheetEntry,
        missed: &mut Vec<Text>,
    ) -> Result<Vec<Margin>, PartError> {
        match &entry.part {
            Some(part) => margin::read(&mut self.package, part, missed),
            None => Ok(Vec::new()),
        }
    }

    /// What the file says of itself.
    pub(super) fn properties(&mut self) -> Result<Vec<Property>, PartError> {
        core_properties::read(&mut self.package, "docProps/core.xml")
    }
}

/// The number format of every cell style, and whether its text is struck out.
fn styles(text: &str, part: &str) -> Result<Vec<(Format, bool)>, PartError> {
    let mut xml = Xml::in_part(text, part);
    let mut codes: HashMap<u32, String> = HashMap::new();
    let mut formats = Vec::new();
    let (mut in_cell_styles, mut in_fonts) = (false, false);
    let mut fonts: Vec<bool> = Vec::new();
    while let Some(node) = xml.node()? {
        match node {
            Node::Open(tag) => match tag.local() {
                "numFmt" => {
                    let id = tag.attribute("numFmtId").and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, tag.attribute("formatCode")) {
                        codes.insert(id, code);
                    }
                }
                "fonts" => in_fonts = true,
                "font" if in_fonts => fonts.push(false),
                "strike" if in_fonts => {
                    let is_struck = sheet::is_on(&tag);
                    fonts.iter_mut().last().into_iter().for_each(|font| *font = is_struck);
                }
                "cellXfs" => in_cell_styles = true,
                "xf" if in_cell_styles => {
                    let id = tag.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    let format =
                        codes.get(&id).map_or_else(|| Format::built_in(id), |code| Format::parse(code));
                    let font: Option<usize> = tag.attribute("fontId").and_then(|id| id.parse().ok());
                    let is_struck = font.and_then(|font| fonts.get(font).copied()).unwrap_or(false);
                    formats.push((format, is_struck));
                }
                _ => {}
            },
            Node::Close(name) if name.is("cellXfs") => in_cell_styles = false,
            Node::Close(name) if name.is("fonts") => in_fonts = false,
            _ => {}
        }
    }
    Ok(formats)
}
