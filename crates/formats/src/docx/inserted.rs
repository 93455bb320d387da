//! Text of a Word file that stands in other parts and is shown where the document refers to it: charts,
//! diagrams, and whole documents that a program put in (`altChunk`).

use std::collections::HashMap;

use zhengming_text::document::{BlockKind, Document};
use zhengming_text::message::Text;

use crate::mime;
use crate::package::{Package, Relationship};
use crate::part_error::PartError;
use crate::{Format, drawing, read_within};

/// A block of another part.
#[derive(Debug, Clone)]
pub(super) struct Inserted {
    pub(super) words: Text,
    pub(super) kind: BlockKind,
    pub(super) text: String,
}

impl Inserted {
    pub(super) fn shape(text: String) -> Self {
        Self { words: Text::new("图形", "shape"), kind: BlockKind::Paragraph, text }
    }

    /// The text that stands for an image.
    pub(super) fn caption(text: String) -> Self {
        Self { words: Text::new("图片说明", "alternative text"), kind: BlockKind::Caption, text }
    }
}

/// The blocks of the parts that are shown in a part with these relationships, by relationship; what cannot be
/// read is added to `missed`. `depth` says how many documents stand around this one.
pub(super) fn read(
    package: &mut Package<'_>,
    related: &HashMap<String, Relationship>,
    depth: usize,
    missed: &mut Vec<Text>,
) -> Result<HashMap<String, Vec<Inserted>>, PartError> {
    let mut found = HashMap::new();
    for (id, relationship) in related {
        let part = relationship.target.as_str();
        let kind = relationship.kind.rsplit('/').next().unwrap_or("");
        let inserted = match kind {
            "chart" | "chartEx" => drawn(package, part, &Text::new("图表", "chart"))?,
            "diagramData" => drawn(package, part, &Text::new("SmartArt", "SmartArt"))?,
            "aFChunk" => match chunk(package, part, depth)? {
                Ok(document) => {
                    let lost = document.notes().iter().filter(|note| note.missed);
                    missed.extend(lost.map(|note| unread(part, &note.message)));
                    blocks(&document)
                }
                Err(why) => {
                    missed.push(unread(part, &why));
                    continue;
                }
            },
            _ => continue,
        };
        found.insert(id.clone(), inserted);
    }
    Ok(found)
}

fn drawn(package: &mut Package<'_>, part: &str, words: &Text) -> Result<Vec<Inserted>, PartError> {
    let Some(text) = package.text(part)? else { return Ok(Vec::new()) };
    let paragraphs = drawing::paragraphs(&text, part)?;
    let inserted = |text| Inserted { words: words.clone(), kind: BlockKind::Paragraph, text };
    Ok(paragraphs.into_iter().map(inserted).collect())
}

fn unread(part: &str, why: &Text) -> Text {
    Text::new(
        format!("嵌入的文档 {part}（{}）", why.zh),
        format!("the embedded document {part} ({})", why.en),
    )
}

/// A document inside, or why it is not read.
fn chunk(package: &mut Package<'_>, part: &str, depth: usize) -> Result<Result<Document, Text>, PartError> {
    let Some(bytes) = package.bytes(part)? else {
        return Ok(Err(Text::new("文件包内没有这一部分", "there is no such part in the package")));
    };
    let document = match mime::page(&bytes) {
        Some(page) => Ok(crate::read_str(part, page, Format::Html)),
        None => read_within(part, &bytes, None, depth + 1),
    };
    Ok(document.map_err(|error| error.text()))
}

fn blocks(document: &Document) -> Vec<Inserted> {
    let words = Text::new("嵌入的文档", "embedded document");
    let inserted = |block: zhengming_text::document::BlockRef<'_>| Inserted {
        words: words.clone(),
        kind: block.kind(),
        text: block.text().replace(['\n', '\r', '\t'], " "),
    };
    document.blocks().map(inserted).collect()
}
