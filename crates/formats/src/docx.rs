//! Word documents (Office Open XML): text as it would be with all changes accepted, and review comments.

pub mod annotate;
pub mod numbering;

mod comments;
mod inserted;
mod joins;
mod map;
mod paragraph;
mod reader;
mod story;
mod styles;

use std::collections::HashMap;

use zhengming_text::document::{Annotation, BlockBuilder, BlockKind, Document};
use zhengming_text::place::Cell;
use zhengming_text::span::Span;

use crate::core_properties::{self, Property};
use crate::package::{Package, Relationship};
use crate::part_error::PartError;
use crate::parts::{HARD_BREAK, Parts};
use crate::{Format, ReadError};
use inserted::Inserted;
use joins::Join;
use numbering::Numbering;
use reader::{Reader, Shared};
use story::{Section, Story, StoryBlock};
use styles::Styles;

/// The author of the comments and changes that this program writes.
pub const AUTHOR: &str = "正名";

/// `depth` says how many documents stand around this one.
pub(crate) fn read(bytes: &[u8], depth: usize, parts: &mut Parts) -> Result<String, ReadError> {
    let (text, ..) = read_parts(bytes, depth, parts)?;
    Ok(text)
}

/// A Word file as a document, with what only readers of its tables need.
#[derive(Debug)]
pub struct WordFile {
    /// The document.
    pub document: Document,
    /// The part that holds the body; others hold headers, footers and notes.
    pub main: String,
    /// Cells that are the lower part of one that was merged; columns count in the grid of the table.
    pub continued: Vec<Cell>,
}

/// Reads a Word file called `name`.
///
/// # Errors
/// A damaged or truncated file, or more than can be read safely.
pub fn open(name: &str, bytes: &[u8]) -> Result<WordFile, PartError> {
    let mut parts = Parts::default();
    let (text, main, continued) = read_parts(bytes, 0, &mut parts)?;
    Ok(WordFile { document: parts.into_document(name, Format::Docx, text), main, continued })
}

/// The text of a file, the name of its main part, and the cells that were merged.
fn read_parts(
    bytes: &[u8],
    depth: usize,
    parts: &mut Parts,
) -> Result<(String, String, Vec<Cell>), PartError> {
    let mut package = Package::open(bytes)?;
    let (main, text) = package.main_part("word/document.xml")?;
    let related = package.related(&main)?;
    let story = story(&mut package, &main, &text, &related, depth)?;
    let Story { text, blocks, title, comments, missed, continued, .. } = story;
    parts.missed_all(&missed);
    add_blocks(&text, blocks, parts);
    parts.metadata.title = title;
    if let Some(part) = target(&related, "comments")
        && let Some(xml) = package.text(part)?
    {
        for comment in comments::read(&xml, part)? {
            let Some(about) = comments.get(&comment.id).filter(|_| comment.author != AUTHOR) else {
                continue;
            };
            let whole = about.paragraph.clone().unwrap_or(0..0);
            let start = about.start.unwrap_or(whole.start).min(text.len());
            let end = about.end.or(about.start.map(|_| text.len())).unwrap_or(whole.end).max(start);
            let end = start + text[start..end].trim_end().len();
            parts.annotation(Annotation { span: Span::new(start, end), text: comment.text });
        }
    }
    Ok((text, main, continued))
}

/// Adds the blocks, those that go on with the one before them to it.
fn add_blocks(text: &str, blocks: Vec<StoryBlock>, parts: &mut Parts) {
    let joins = joins::find(text, &blocks);
    let mut open: Option<(BlockBuilder, usize)> = None;
    for (block, join) in blocks.into_iter().zip(joins) {
        let between = match join {
            Join::None => None,
            Join::Typed => Some(HARD_BREAK),
            Join::Wrapped => Some("\n"),
        };
        let mut builder = match (open.take(), between) {
            (Some((mut builder, end)), Some(between)) => {
                builder.decoded(text, Span::new(end, block.text.start), between);
                builder
            }
            (before, _) => {
                before.into_iter().for_each(|(builder, _)| parts.push(builder));
                BlockBuilder::new(block.kind).at(block.place)
            }
        };
        let mut at = block.text.start;
        for joint in block.joints {
            builder.verbatim(text, Span::new(at, joint));
            builder.decoded(text, Span::new(joint, joint), HARD_BREAK);
            at = joint;
        }
        builder.verbatim(text, Span::new(at, block.text.end));
        open = Some((builder, block.text.end));
    }
    open.into_iter().for_each(|(builder, _)| parts.push(builder));
}

/// The text of a package whose main part is `text`. `depth` says how many documents stand around it.
fn story(
    package: &mut Package<'_>,
    main: &str,
    text: &str,
    related: &HashMap<String, Relationship>,
    depth: usize,
) -> Result<Story, PartError> {
    let mut shared = Shared {
        story: Story::default(),
        styles: Styles::default(),
        numbering: Numbering::default(),
        footnotes: HashMap::new(),
        endnotes: HashMap::new(),
        margins: Vec::new(),
    };
    if let Some(part) = target(related, "styles")
        && let Some(xml) = package.text(part)?
    {
        shared.styles = Styles::read(&xml, part)?;
        shared.numbering.read_styles(&xml, part)?;
    }
    if let Some(part) = target(related, "numbering")
        && let Some(xml) = package.text(part)?
    {
        shared.numbering.read_lists(&xml, part)?;
    }
    let shown = inserted::read(package, related, depth, &mut shared.story.missed)?;
    Reader::new(text, main, Section::Body, &mut shared).showing(shown).story("body")?;
    for (kind, element) in [("footnotes", "footnote"), ("endnotes", "endnote")] {
        if let Some(part) = target(related, kind)
            && let Some(xml) = package.text(part)?
        {
            Reader::new(&xml, part, Section::Body, &mut shared).notes(element)?;
        }
    }
    let (mut headers, mut footers) = (0, 0);
    for (is_header, id) in std::mem::take(&mut shared.margins) {
        let Some(part) = related.get(&id).map(|relationship| relationship.target.as_str()) else { continue };
        let Some(xml) = package.text(part)? else { continue };
        let before = shared.story.blocks.len();
        let related = package.related(part)?;
        let shown = inserted::read(package, &related, depth, &mut shared.story.missed)?;
        let (section, root) = match is_header {
            true => (Section::Header(headers + 1), "hdr"),
            false => (Section::Footer(footers + 1), "ftr"),
        };
        Reader::new(&xml, part, section, &mut shared).showing(shown).story(root)?;
        // Empty ones are not counted.
        if shared.story.blocks.len() > before {
            if is_header { headers += 1 } else { footers += 1 }
        }
    }
    for property in core_properties::read(package, "docProps/core.xml")? {
        let Property { words, text } = property;
        shared.story.beside(Inserted { words, kind: BlockKind::Caption, text }, "docProps/core.xml");
    }
    Ok(shared.story)
}

/// The part that the main part refers to as its `kind`.
fn target<'r>(related: &'r HashMap<String, Relationship>, kind: &str) -> Option<&'r str> {
    let mut targets: Vec<&str> = related
        .values()
        .filter(|relationship| relationship.kind.rsplit('/').next() == Some(kind))
        .map(|relationship| relationship.target.as_str())
        .collect();
    targets.sort_unstable();
    targets.first().copied()
}

#[cfg(test)]
mod tests;
