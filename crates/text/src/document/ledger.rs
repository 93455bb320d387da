//! What was read of a document, in numbers: the same for every format.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde::{Deserialize, Serialize};

use crate::message::Text;

use super::Document;

/// What was read of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// The parts with text, in reading order; a file that is one text has one.
    pub parts: Vec<PartRead>,
    /// Characters in all of them, white space left out.
    pub characters: usize,
    /// How many pages there are, in formats that have them.
    pub pages: Option<usize>,
    /// How sure it is that this is the text, and all of it.
    pub confidence: Confidence,
}

/// What was read of one part of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartRead {
    /// The part of the container, the name of the sheet; `text` in a file that is one text.
    pub name: String,
    /// Its characters, white space left out.
    pub characters: usize,
}

/// How sure it is that what was read is the text of the file, and all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// The file says it.
    Stated,
    /// The file leaves something open that was inferred: the order of glyphs on a page, the encoding.
    Inferred,
    /// Something was not read.
    Partial,
}

impl Confidence {
    /// Its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
            Self::Partial => "partial",
        }
    }

    /// What it means, for people.
    pub fn text(self) -> Text {
        match self {
            Self::Stated => Text::new("全部", "all of it"),
            Self::Inferred => Text::new("全部，次序或编码系推断", "all of it, order or encoding inferred"),
            Self::Partial => Text::new("不是全部", "not all of it"),
        }
    }
}

static WIDE_BLANK: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\u{3000}"));

/// How many characters of `text` are no white space. Every document is counted, so all is done many bytes at a time.
fn visible(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ascii = memchr::memchr3_iter(b' ', b'\n', b'\r', bytes).count()
        + memchr::memchr3_iter(b'\t', 0x0B, 0x0C, bytes).count();
    // The others begin with these bytes, but for the wide blank, of which the first byte is that of 。 and 、.
    let rare = memchr::memchr3_iter(0xC2, 0xE1, 0xE2, bytes);
    let rare = rare.filter(|&at| text[at..].starts_with(char::is_whitespace)).count();
    text.chars().count() - ascii - rare - WIDE_BLANK.find_iter(bytes).count()
}

impl Ledger {
    /// Counts what the blocks of `document` hold.
    pub(super) fn of(document: &Document) -> Self {
        let mut parts: Vec<PartRead> = Vec::new();
        let mut last = usize::MAX;
        for block in document.blocks() {
            let name = block.place().and_then(|place| place.part.as_deref()).unwrap_or("text");
            let characters = visible(block.text());
            // Blocks of one part nearly always stand together.
            if parts.get(last).is_none_or(|part| part.name != name) {
                last = parts.iter().position(|part| part.name == name).unwrap_or(parts.len());
                if last == parts.len() {
                    parts.push(PartRead { name: name.to_owned(), characters: 0 });
                }
            }
            parts[last].characters += characters;
        }
        let confidence = if document.notes.iter().any(|note| note.missed) {
            Confidence::Partial
        } else if document.is_inferred {
            Confidence::Inferred
        } else {
            Confidence::Stated
        };
        let characters = parts.iter().map(|part| part.characters).sum();
        Self { parts, characters, pages: document.pages, confidence }
    }

    /// The same in one line, for people.
    pub fn text(&self) -> Text {
        let mut zh = vec![format!("{} 个部分", self.parts.len())];
        let mut en = vec![format!("{} parts", self.parts.len())];
        if let Some(pages) = self.pages {
            zh.push(format!("{pages} 页"));
            en.push(format!("{pages} pages"));
        }
        zh.push(format!("{} 字", self.characters));
        en.push(format!("{} characters", self.characters));
        let confidence = self.confidence.text();
        Text::new(
            format!("读到 {}：{}", zh.join("、"), confidence.zh),
            format!("read {}: {}", en.join(", "), confidence.en),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BlockBuilder, BlockKind, Document, ReadNote};
    use super::*;
    use crate::place::Place;
    use crate::span::Span;

    #[test]
    fn blanks_of_every_sort_are_not_counted() {
        let all: String = ('\0'..=char::MAX).collect();
        let expected = all.chars().filter(|c| !c.is_whitespace()).count();
        assert_eq!(visible(&all), expected);
        assert_eq!(visible("甲　乙\u{a0}é\n"), 3);
    }

    #[test]
    fn parts_are_counted_in_reading_order() {
        let source = "甲 乙丙丁";
        let mut document = Document::new("a", "docx", source.to_owned());
        for (part, span) in [("body", 0..7), ("notes", 7..10), ("body", 10..13)] {
            let place = Place { part: Some(part.to_owned()), ..Place::default() };
            let mut block = BlockBuilder::new(BlockKind::Paragraph).at(place);
            block.verbatim(source, Span::new(span.start, span.end));
            document.push(block.finish().unwrap());
        }
        let part = |name: &str, characters| PartRead { name: name.to_owned(), characters };
        let ledger = document.ledger();
        assert_eq!(ledger.parts, [part("body", 3), part("notes", 1)]);
        assert_eq!((ledger.characters, ledger.confidence), (4, Confidence::Stated));
        document.set_inferred();
        assert_eq!(document.ledger().confidence, Confidence::Inferred);
        document.note(ReadNote { span: Span::new(0, 0), missed: true, message: Text::default() });
        document.set_pages(Some(2));
        assert_eq!(document.ledger().text().en, "read 2 parts, 2 pages, 4 characters: not all of it");
    }
}
