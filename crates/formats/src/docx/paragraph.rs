//! One paragraph of a Word file: the text of its runs as it would be with all changes accepted.

use std::borrow::Cow;

use zhengming_text::document::OPAQUE;

use super::reader::{Field, Reader};
use super::styles::{is_on, outline_level};
use crate::part_error::PartError;
use crate::parts::HARD_BREAK;
use crate::xml::{Node, Tag};

/// What a paragraph says about its style and number.
#[derive(Debug, Default)]
struct Properties {
    style: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    outline: Option<u8>,
    mark_deleted: bool,
}

impl<'x> Reader<'x> {
    /// The paragraph that was just opened.
    pub(super) fn paragraph(&mut self) -> Result<(), PartError> {
        self.begin_paragraph();
        let mut properties = Properties::default();
        // The `w:t` or the code of a field that is open.
        let (mut element, mut in_code) = (None, false);
        while let Some(node) = self.xml.node()? {
            match &node {
                Node::Close(name) => match name.local() {
                    "p" => break,
                    "r" => self.end_run(),
                    "t" => {
                        if let Some(element) = element.take() {
                            self.end_text(element);
                        }
                    }
                    "instrText" => in_code = false,
                    _ => {}
                },
                Node::Open(tag) => match tag.local() {
                    "pPr" => properties = self.properties()?,
                    "r" => self.begin_run(),
                    "t" => element = Some(self.begin_text()),
                    "instrText" => in_code = true,
                    _ => self.inline(tag)?,
                },
                Node::Text(text) if in_code => self.code(text),
                Node::Text(text) if element.is_some() => {
                    let raw = &self.raw[self.xml.began()..self.xml.offset()];
                    // The bytes as they stand can be cut; a CDATA section cannot.
                    let text = if raw.starts_with("<![") { text.as_ref() } else { raw };
                    let spaced = match text.contains(['\n', '\r', '\t']) {
                        true => Cow::Owned(text.replace(['\n', '\r', '\t'], " ")),
                        false => Cow::Borrowed(text),
                    };
                    self.push(&spaced, element);
                }
                Node::Char(character) if in_code => self.code(character.encode_utf8(&mut [0; 4])),
                Node::Char(character) if element.is_some() => {
                    self.push(character.encode_utf8(&mut [0; 4]), element);
                }
                _ => {}
            }
        }
        self.end_paragraph(&properties);
        Ok(())
    }

    fn end_paragraph(&mut self, properties: &Properties) {
        let style = properties.style.as_deref();
        let label = self.shared.numbering.label(style, properties.list.as_deref(), properties.level);
        let role = self.shared.styles.role(style, properties.outline);
        let in_cell = self.cell.is_some();
        let Some(flow) = &mut self.flow else { return };
        if flow.number.is_none() {
            flow.number = label.map(|label| (label, properties.level.unwrap_or(0)));
            flow.role = role;
        }
        flow.open = properties.mark_deleted;
        if !in_cell && !flow.open {
            self.flush();
        }
    }

    /// An element inside a paragraph that is neither run nor text.
    fn inline(&mut self, tag: &Tag<'x>) -> Result<(), PartError> {
        match tag.local() {
            "rPr" => self.run_properties()?,
            "txbxContent" => self.text_box()?,
            "sectPr" => self.margins()?,
            // Deleted and moved text, readings above characters, what programs show that do not know a newer
            // element, and paragraphs of drawings, which are no text boxes.
            "p" | "del" | "moveFrom" | "delText" | "delInstrText" | "rt" | "Fallback" => self.xml.skip()?,
            "oMath" => {
                // A formula stands beside the runs, so it is anchored nowhere.
                if let Some(flow) = &mut self.flow {
                    flow.text.push(OPAQUE);
                }
                self.xml.skip()?;
            }
            "tab" | "ptab" => self.push("\t", None),
            "br" | "cr" => self.push(HARD_BREAK, None),
            "noBreakHyphen" => self.push("-", None),
            "inline" | "object" => self.push(OPAQUE.encode_utf8(&mut [0; 4]), None),
            "sym" => {
                let symbol = symbol(tag).unwrap_or(OPAQUE);
                self.push(symbol.encode_utf8(&mut [0; 4]), None);
            }
            "fldChar" => match tag.attribute("fldCharType").as_deref() {
                Some("begin") => self.fields.push(Field::default()),
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut() {
                        field.in_result = true;
                    }
                }
                Some("end") => drop(self.fields.pop()),
                _ => {}
            },
            name @ ("footnoteReference" | "endnoteReference") => {
                let notes = match name {
                    "footnoteReference" => &mut self.shared.footnotes,
                    _ => &mut self.shared.endnotes,
                };
                let number = u32::try_from(notes.len() + 1).unwrap_or(u32::MAX);
                if let (Some(id), Some(&(run, _))) = (tag.attribute("id"), self.runs.last()) {
                    notes.entry(id).or_insert((number, run));
                }
            }
            _ => self.common(tag)?,
        }
        Ok(())
    }

    fn code(&mut self, text: &str) {
        if let Some(field) = self.fields.last_mut().filter(|field| !field.in_result && field.code.len() < 64)
        {
            field.code.push_str(text);
        }
    }

    fn properties(&mut self) -> Result<Properties, PartError> {
        let mut properties = Properties::default();
        while let Some(node) = self.xml.node()? {
            match &node {
                Node::Close(name) if name.is("pPr") => break,
                Node::Open(tag) => match tag.local() {
                    "pStyle" => properties.style = tag.attribute("val"),
                    "numId" => properties.list = tag.attribute("val"),
                    "ilvl" => properties.level = tag.attribute("val").and_then(|level| level.parse().ok()),
                    "outlineLvl" => properties.outline = outline_level(tag),
                    "del" | "moveFrom" => properties.mark_deleted = true,
                    "sectPr" => self.margins()?,
                    // How the paragraph was before somebody changed its properties.
                    "pPrChange" | "rPrChange" | "numberingChange" => self.xml.skip()?,
                    _ => {}
                },
                _ => {}
            }
        }
        Ok(properties)
    }

    fn run_properties(&mut self) -> Result<(), PartError> {
        let start = self.xml.began();
        let mut hidden = false;
        while let Some(node) = self.xml.node()? {
            match &node {
                Node::Close(name) if name.is("rPr") => break,
                Node::Open(tag) => match tag.local() {
                    "vanish" => hidden = is_on(tag),
                    "rStyle" => {
                        let style = tag.attribute("val").unwrap_or_default();
                        hidden |= self.shared.styles.is_hidden(&style);
                    }
                    "rPrChange" => self.xml.skip()?,
                    _ => {}
                },
                _ => {}
            }
        }
        let range = start..self.xml.offset();
        if let Some((run, is_hidden)) = self.runs.last_mut() {
            *is_hidden = hidden;
            self.shared.story.map.runs[*run].properties = range;
        }
        Ok(())
    }
}

/// The character of a `w:sym`; those of symbol fonts have no meaning outside them.
fn symbol(tag: &Tag<'_>) -> Option<char> {
    let code = u32::from_str_radix(&tag.attribute("char")?, 16).ok()?;
    char::from_u32(code).filter(|character| !matches!(character, '\0'..='\u{1F}' | '\u{E000}'..='\u{F8FF}'))
}
