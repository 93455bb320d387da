//! XML as a sequence of nodes and as small trees: no DTD, no entities of its own, limited depth.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesEnd, BytesStart, Event};

use crate::part_error::{PartError, PartPlace};

const MAX_DEPTH: usize = 256;
const MAX_NODES: usize = 50_000;

/// A text in XML, read node by node. Prefixes of names are dropped.
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    part: Option<&'a str>,
    depth: usize,
    /// The open `AlternateContent` elements.
    alternates: Vec<Alternate>,
    /// Where the last node began.
    began: usize,
    /// Lines up to the byte `counted`.
    line: usize,
    counted: usize,
}

/// An element that says the same in several ways, of which the first that is understood counts.
struct Alternate {
    /// The level on which its ways stand.
    level: usize,
    /// Whether one of them was taken.
    is_settled: bool,
}

/// The next thing in an XML text.
pub enum Node<'a> {
    /// The start of an element; an empty one is followed by its end.
    Open(Tag<'a>),
    /// The end of an element.
    Close(End<'a>),
    /// Text as it stands.
    Text(Cow<'a, str>),
    /// A character that was written as a reference, so that no white space in it is layout.
    Char(char),
}

impl<'a> Node<'a> {
    /// The tag, if it opens an element of this local name.
    pub fn open(&self, local: &str) -> Option<&Tag<'a>> {
        match self {
            Self::Open(tag) if tag.local() == local => Some(tag),
            _ => None,
        }
    }
}

/// The start of an element.
pub struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// The name of the element.
    pub fn local(&self) -> &str {
        local(self.0.name().0)
    }

    /// The attribute of this local name, whatever its prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten().find(|it| local(it.key.0) == name)?;
        Some(unescape(&found.value).map_or_else(|_| found.value.to_string(), Cow::into_owned))
    }

    fn attributes(&self) -> Vec<(String, String)> {
        let mut attributes = self.0.attributes();
        let attributes = attributes.with_checks(false).flatten();
        let value = |raw: &str| unescape(raw).map_or_else(|_| raw.to_owned(), Cow::into_owned);
        attributes.take(64).map(|it| (local(it.key.0).to_owned(), value(&it.value))).collect()
    }
}

/// The end of an element.
pub struct End<'a>(BytesEnd<'a>);

impl End<'_> {
    /// The name of the element.
    pub fn local(&self) -> &str {
        local(self.0.name().0)
    }

    /// Whether the element has this name.
    pub fn is(&self, name: &str) -> bool {
        self.local() == name
    }
}

/// Whether all that a `Choice` requires are extensions of Office by Microsoft, which hold their text in the
/// elements that are known here. Prefixes are free in XML, but every program writes these.
fn is_understood(prefixes: &str) -> bool {
    const EXTENSIONS: [&str; 18] = [
        "wps", "wpg", "wpc", "wpi", "wp", "w", "wne", "a", "c", "cx", "x", "xr", "xdr", "p", "v", "dsp",
        "aink", "am",
    ];
    prefixes.split_whitespace().all(|prefix| {
        // What follows the letters is a version: w14, c16r2.
        let letters = prefix.bytes().take_while(u8::is_ascii_alphabetic).count();
        EXTENSIONS.contains(&&prefix[..letters])
    })
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

impl<'a> Xml<'a> {
    /// The text of a file.
    pub fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, text, part: None, depth: 0, alternates: Vec::new(), began: 0, line: 1, counted: 0 }
    }

    /// The text of a part of a package, which errors will name.
    pub fn in_part(text: &'a str, part: &'a str) -> Self {
        Self { part: Some(part), ..Self::new(text) }
    }

    /// The next node; comments and processing instructions are passed over, and all ways but one in which
    /// an `AlternateContent` says the same.
    ///
    /// # Errors
    /// Malformed or truncated XML, declared entities, too many levels.
    pub fn node(&mut self) -> Result<Option<Node<'a>>, PartError> {
        loop {
            let node = self.any_node()?;
            match &node {
                Some(Node::Open(tag)) if tag.local() == "AlternateContent" => {
                    self.alternates.push(Alternate { level: self.depth + 1, is_settled: false });
                }
                Some(Node::Open(tag)) if self.is_passed_over(tag) => {
                    self.skip()?;
                    continue;
                }
                Some(Node::Close(_)) => {
                    let depth = self.depth;
                    self.alternates.retain(|it| it.level <= depth + 1);
                }
                _ => {}
            }
            return Ok(node);
        }
    }

    /// Whether `tag` opens a way of saying what was said already, or one that needs what is unknown here.
    fn is_passed_over(&mut self, tag: &Tag<'_>) -> bool {
        let depth = self.depth;
        let Some(alternate) = self.alternates.last_mut().filter(|it| it.level == depth) else {
            return false;
        };
        let is_understood = match tag.local() {
            "Choice" => tag.attribute("Requires").is_none_or(|needs| is_understood(&needs)),
            "Fallback" => true,
            _ => return false,
        };
        let is_taken = is_understood && !alternate.is_settled;
        alternate.is_settled |= is_taken;
        !is_taken
    }

    fn any_node(&mut self) -> Result<Option<Node<'a>>, PartError> {
        loop {
            self.began = self.offset();
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    return Err(
                        self.fault("XML 有误：标签没有写完或不配对", format!("malformed XML: {error}"))
                    );
                }
            };
            match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        let place = self.place();
                        return Err(PartError::limit(
                            place,
                            format!("XML 元素嵌套超过 {MAX_DEPTH} 层"),
                            format!("XML elements are nested more than {MAX_DEPTH} deep"),
                        ));
                    }
                    return Ok(Some(Node::Open(Tag(tag))));
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Node::Close(End(tag))));
                }
                Event::Text(text) => return Ok(Some(Node::Text(text.xml10_content()))),
                Event::CData(text) => return Ok(Some(Node::Text(text.xml10_content()))),
                Event::GeneralRef(reference) => return self.character(&reference).map(Some),
                Event::DocType(text) if text.contains("<!ENTITY") => {
                    return Err(self.fault(
                        "XML 中声明了实体；出于安全考虑不予解析，请去掉 DOCTYPE 中的实体声明",
                        "the XML declares entities, which are not resolved; remove the declarations from the DOCTYPE",
                    ));
                }
                Event::Eof if self.depth > 0 => {
                    return Err(self.fault(
                        "XML 不完整：文件在元素结束前中断",
                        "truncated XML: the file ends inside an element",
                    ));
                }
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    fn character(&mut self, reference: &str) -> Result<Node<'a>, PartError> {
        let resolved = match reference {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{A0}'),
            _ => reference.strip_prefix('#').and_then(|number| {
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => number.parse(),
                };
                code.ok().and_then(char::from_u32).filter(|&character| character != '\0')
            }),
        };
        resolved.map(Node::Char).ok_or_else(|| {
            let shown: String = reference.chars().take(40).collect();
            self.fault(format!("未知的 XML 实体 &{shown};"), format!("unknown XML entity &{shown};"))
        })
    }

    /// The line of the next node, from 1.
    pub fn line(&mut self) -> usize {
        let to = self.offset();
        let passed = self.text.as_bytes().get(self.counted..to).unwrap_or(&[]);
        self.line += passed.iter().filter(|&&byte| byte == b'\n').count();
        self.counted = self.counted.max(to);
        self.line
    }

    /// The place of the next node.
    pub fn place(&mut self) -> PartPlace {
        let line = self.line();
        PartPlace { part: self.part.map(str::to_owned), line }
    }

    fn fault(&mut self, zh: impl Into<String>, en: impl Into<String>) -> PartError {
        PartError::malformed(self.place(), zh, en)
    }

    /// Passes over the rest of the element that was just opened.
    ///
    /// # Errors
    /// As [`node`](Self::node).
    pub fn skip(&mut self) -> Result<(), PartError> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.node()? {
                Some(Node::Open(_)) => depth += 1,
                Some(Node::Close(_)) => depth -= 1,
                Some(_) => {}
                None => break,
            }
        }
        Ok(())
    }

    /// The byte of the text at which the last node began.
    pub fn began(&self) -> usize {
        self.began
    }

    /// The bytes of the text that were read so far.
    pub fn offset(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len())
    }

    /// The whole element that `tag` opens.
    ///
    /// # Errors
    /// As [`node`](Self::node), or too many nodes inside.
    pub fn element(&mut self, tag: &Tag<'a>) -> Result<Element, PartError> {
        let mut nodes = 0;
        self.element_within(tag, &mut nodes)
    }

    fn element_within(&mut self, tag: &Tag<'a>, nodes: &mut usize) -> Result<Element, PartError> {
        let mut element = Element {
            name: tag.local().to_owned(),
            attributes: tag.attributes(),
            children: Vec::new(),
            line: self.line(),
        };
        loop {
            *nodes += 1;
            if *nodes > MAX_NODES {
                let place = self.place();
                return Err(PartError::limit(
                    place,
                    format!("一个条目内超过 {MAX_NODES} 个 XML 节点"),
                    format!("one entry has more than {MAX_NODES} XML nodes"),
                ));
            }
            match self.node()? {
                Some(Node::Open(tag)) => {
                    let child = self.element_within(&tag, nodes)?;
                    element.children.push(Child::Element(child));
                }
                Some(Node::Text(text)) => element.children.push(Child::Text(text.into_owned())),
                Some(Node::Char(character)) => element.children.push(Child::Char(character)),
                Some(Node::Close(_)) | None => return Ok(element),
            }
        }
    }
}

/// An element with everything in it; prefixes are dropped from the names.
pub struct Element {
    /// Its name.
    pub name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Child>,
    /// The line on which it begins, from 1.
    pub line: usize,
}

enum Child {
    Element(Element),
    Text(String),
    Char(char),
}

impl Element {
    /// The attribute of this local name.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The elements directly inside.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            _ => None,
        })
    }

    /// The characters directly inside, as they stand.
    pub fn characters(&self) -> String {
        let mut out = String::new();
        for child in &self.children {
            match child {
                Child::Element(_) => {}
                Child::Text(text) => out.push_str(text),
                Child::Char(character) => out.push(*character),
            }
        }
        out
    }

    /// The text with that of all elements inside, without the line breaks and indents of the layout.
    pub fn text(&self) -> String {
        let mut out = Prose::default();
        self.collect(&mut out);
        out.text
    }

    fn collect(&self, out: &mut Prose) {
        for child in &self.children {
            match child {
                Child::Element(element) => element.collect(out),
                Child::Text(text) => text.chars().for_each(|character| out.literal(character)),
                Child::Char(character) => out.push(*character),
            }
        }
    }
}

/// Text in which white space around line breaks is layout. Written as a reference it is content.
#[derive(Default)]
struct Prose {
    text: String,
    space: String,
}

impl Prose {
    fn literal(&mut self, character: char) {
        if matches!(character, ' ' | '\t' | '\n' | '\r') {
            self.space.push(character);
        } else {
            self.push(character);
        }
    }

    fn push(&mut self, character: char) {
        let space = std::mem::take(&mut self.space);
        let before = self.text.chars().next_back();
        if let Some(before) = before {
            if !space.contains(['\n', '\r', '\t']) {
                self.text.push_str(&space);
            } else if before.is_ascii() || character.is_ascii() {
                self.text.push(' ');
            }
        }
        self.text.push(character);
    }
}
