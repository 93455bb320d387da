//! One paragraph of a Word file: the text of its runs, with its number in front.

use super::{Block, CellProperties, Reader};
use crate::interchange::error::Fault;
use zhengming_formats::xml::{Node, Tag};

#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// Whether the mark at its end was deleted.
    pub(super) mark_deleted: bool,
    /// What stands in the text boxes anchored in it.
    pub(super) boxes: Vec<Block>,
}

/// What a paragraph says about its style and number.
#[derive(Default)]
struct Properties {
    style: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    mark_deleted: bool,
}

impl Reader<'_> {
    /// The paragraph that was just opened.
    pub(super) fn paragraph(&mut self) -> Result<Paragraph, Fault> {
        let mut paragraph = Paragraph::default();
        let mut properties = Properties::default();
        let (mut in_text, mut hidden) = (false, false);
        while let Some(node) = self.xml.node()? {
            match &node {
                Node::Close(name) => match name.local() {
                    "p" => break,
                    "t" => in_text = false,
                    "r" => hidden = false,
                    _ => {}
                },
                Node::Open(tag) => match tag.local() {
                    "pPr" => properties = self.properties()?,
                    "rPr" => hidden = self.is_hidden()?,
                    "t" => in_text = true,
                    "txbxContent" => {
                        let blocks = self.blocks("txbxContent", &mut CellProperties::default())?;
                        paragraph.boxes.extend(blocks);
                    }
                    // Deleted and moved text, field codes, readings above characters, what programs
                    // show that do not know a newer element, and paragraphs of drawings.
                    "p" | "del" | "moveFrom" | "instrText" | "delText" | "delInstrText" | "rt"
                    | "Fallback" => {
                        self.xml.skip()?;
                    }
                    _ if hidden => {}
                    "tab" | "ptab" => {
                        let contents = self.numbering.is_contents(properties.style.as_deref());
                        paragraph.text.push_str(if contents { "……" } else { " " });
                    }
                    "br" if tag.attribute("type").is_none_or(|kind| kind == "textWrapping") => {
                        paragraph.text.push('\n');
                    }
                    "cr" => paragraph.text.push('\n'),
                    "noBreakHyphen" => paragraph.text.push('-'),
                    "sym" => paragraph.text.extend(symbol(tag)),
                    _ => {}
                },
                Node::Text(text) if in_text && !hidden => paragraph.text.push_str(text),
                Node::Char(character) if in_text && !hidden => paragraph.text.push(*character),
                _ => {}
            }
        }
        paragraph.mark_deleted = properties.mark_deleted;
        let label =
            self.numbering.label(properties.style.as_deref(), properties.list.as_deref(), properties.level);
        if let Some(label) = label
            && !paragraph.text.trim().is_empty()
        {
            paragraph.text.insert_str(0, &label);
        }
        Ok(paragraph)
    }

    fn properties(&mut self) -> Result<Properties, Fault> {
        let mut properties = Properties::default();
        while let Some(node) = self.xml.node()? {
            match &node {
                Node::Close(name) if name.is("pPr") => break,
                Node::Open(tag) => match tag.local() {
                    "pStyle" => properties.style = tag.attribute("val"),
                    "numId" => properties.list = tag.attribute("val"),
                    "ilvl" => properties.level = tag.attribute("val").and_then(|level| level.parse().ok()),
                    "del" => properties.mark_deleted = true,
                    // How the paragraph was before somebody changed its properties.
                    "pPrChange" | "rPrChange" | "numberingChange" => self.xml.skip()?,
                    _ => {}
                },
                _ => {}
            }
        }
        Ok(properties)
    }

    fn is_hidden(&mut self) -> Result<bool, Fault> {
        let mut hidden = false;
        while let Some(node) = self.xml.node()? {
            match &node {
                Node::Close(name) if name.is("rPr") => break,
                Node::Open(tag) => match tag.local() {
                    "vanish" => {
                        hidden = tag
                            .attribute("val")
                            .is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off"));
                    }
                    "rPrChange" => self.xml.skip()?,
                    _ => {}
                },
                _ => {}
            }
        }
        Ok(hidden)
    }
}

/// The character of a `w:sym`; those of symbol fonts have no meaning outside them.
fn symbol(tag: &Tag<'_>) -> Option<char> {
    let code = u32::from_str_radix(&tag.attribute("char")?, 16).ok()?;
    char::from_u32(code).filter(|character| !matches!(character, '\0'..='\u{1F}' | '\u{E000}'..='\u{F8FF}'))
}
