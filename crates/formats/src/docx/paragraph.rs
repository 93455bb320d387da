//! One paragraph of a Word file: the text of its runs as it would be with all changes accepted.

use std::borrow::Cow;

use zhengming_text::document::OPAQUE;
use zhengming_text::fold;
use zhengming_text::message::Text;

use super::inserted::Inserted;
use super::reader::{Field, Reader};
use super::styles::{is_on, outline_level};
use crate::drawing;
use crate::part_error::PartError;
use crate::parts::HARD_BREAK;
use crate::plain::is_complete;
use crate::xml::{Node, Tag};

/// What a paragraph says about its style and number.
#[derive(Debug, Default)]
struct Properties {
    style: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    outline: Option<u8>,
    is_centred: bool,
    mark_deleted: bool,
}

impl<'x> Reader<'x> {
    /// The paragraph that was just opened.
    pub(super) fn paragraph(&mut self) -> Result<(), PartError> {
        self.begin_paragraph();
        let mut properties = Properties::default();
        // The `w:t` or the code of a field that is open.
        let (mut element, mut in_code) = (None, false);
        let mut label = None;
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
                    "pPr" => {
                        properties = self.properties()?;
                        label = self.begin_numbered(&properties);
                    }
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
        self.end_paragraph(&properties, label);
        Ok(())
    }

    /// Counts the paragraph in its list. The number is text of the paragraph, as people see it.
    fn begin_numbered(&mut self, properties: &Properties) -> Option<String> {
        let style = properties.style.as_deref();
        self.in_contents = self.shared.numbering.is_contents(style);
        let label = self.shared.numbering.label(style, properties.list.as_deref(), properties.level)?;
        let begins = self.flow.as_ref().is_some_and(|flow| flow.text.is_empty() || flow.breaks);
        // Bullets are no text.
        if begins && label.chars().any(char::is_alphanumeric) {
            self.label = Some(label.clone());
        }
        Some(label)
    }

    fn end_paragraph(&mut self, properties: &Properties, label: Option<String>) {
        // A paragraph without text shows no number.
        self.label = None;
        self.in_contents = false;
        let style = properties.style.as_deref();
        let role = self.shared.styles.role(style, properties.outline);
        let in_cell = self.cell.is_some();
        let Some(flow) = &mut self.flow else { return };
        if flow.number.is_none() {
            flow.number = label.map(|label| (label, properties.level.unwrap_or(0)));
            flow.role = role;
        }
        flow.is_centred = properties.is_centred;
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
            // Deleted and moved text, and readings above characters.
            "del" | "moveFrom" | "delText" | "delInstrText" | "rt" => self.xml.skip()?,
            // Paragraphs of drawings, which are no text boxes.
            "p" => {
                let text = drawing::paragraph(&mut self.xml)?;
                self.beside(Inserted::shape(text));
            }
            "textpath" => self.beside(Inserted::shape(tag.attribute("string").unwrap_or_default())),
            "docPr" => {
                let caption = tag.attribute("descr").or_else(|| tag.attribute("title"));
                if let Some(caption) = caption.filter(|text| text.chars().any(fold::is_han)) {
                    self.beside(Inserted::caption(caption));
                }
            }
            "chart" | "altChunk" => self.insert(&tag.attribute("id").unwrap_or_default()),
            "relIds" => self.insert(&tag.attribute("dm").unwrap_or_default()),
            "OLEObject" => {
                let program = tag.attribute("ProgID").unwrap_or_default();
                // Formulas of old Word are objects, too.
                if !program.starts_with("Equation") {
                    let words = Text::new(
                        format!("嵌入的对象（{program}）"),
                        format!("an embedded object ({program})"),
                    );
                    self.shared.story.missed.push(words);
                }
            }
            "oMath" => {
                let formula = self.formula()?;
                // A formula stands beside the runs, so it is anchored nowhere.
                if let Some(flow) = &mut self.flow {
                    flow.text.push_str(&formula);
                }
            }
            "tab" | "ptab" => self.push("\t", None),
            // The end of a page is no break of the text, unless a sentence ends there.
            "br" if tag.attribute("type").is_some_and(|kind| kind == "page" || kind == "column") => {
                if self.flow.as_ref().is_some_and(|flow| is_complete(&flow.text)) {
                    self.push(HARD_BREAK, None);
                }
            }
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

    /// The words in a formula; the character of what is no text if there are none.
    fn formula(&mut self) -> Result<String, PartError> {
        let mut formula = String::new();
        let (mut depth, mut in_text) = (1_usize, false);
        while depth > 0 {
            match self.xml.node()? {
                Some(Node::Open(tag)) => {
                    depth += 1;
                    in_text = tag.local() == "t";
                }
                Some(Node::Close(_)) => {
                    depth -= 1;
                    in_text = false;
                }
                Some(Node::Text(text)) if in_text => formula.push_str(&text),
                Some(Node::Char(c)) if in_text => formula.push(c),
                Some(_) => {}
                None => break,
            }
        }
        if !formula.chars().any(fold::is_han) {
            formula = OPAQUE.to_string();
        }
        Ok(formula)
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
                    "jc" => properties.is_centred = tag.attribute("val").is_some_and(|side| side == "center"),
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
        let (mut hidden, mut by_style) = (false, false);
        while let Some(node) = self.xml.node()? {
            match &node {
                Node::Close(name) if name.is("rPr") => break,
                Node::Open(tag) => match tag.local() {
                    "vanish" | "strike" | "dstrike" => {
                        if is_on(tag) {
                            hidden = true;
                        } else {
                            hidden &= !by_style;
                        }
                    }
                    "rStyle" => {
                        let style = tag.attribute("val").unwrap_or_default();
                        by_style = self.shared.styles.is_hidden(&style);
                        hidden |= by_style;
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
