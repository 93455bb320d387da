//! Word documents (Office Open XML): text as it would be with all changes accepted, and review comments.

pub mod annotate;
pub mod numbering;

mod comments;
mod map;
mod paragraph;
mod reader;
mod story;
mod styles;

use std::collections::HashMap;

use zhengming_text::document::{Annotation, BlockBuilder};
use zhengming_text::span::Span;

use crate::ReadError;
use crate::package::{Package, Relationship};
use crate::part_error::PartError;
use crate::parts::Parts;
use numbering::Numbering;
use reader::{Reader, Shared};
use story::{Section, Story};
use styles::Styles;

/// The author of the comments and changes that this program writes.
pub const AUTHOR: &str = "正名";

pub(crate) fn read(bytes: &[u8], parts: &mut Parts) -> Result<String, ReadError> {
    let mut package = Package::open(bytes)?;
    let (main, text) = package.main_part("word/document.xml")?;
    let related = package.related(&main)?;
    let Story { text, blocks, title, comments, .. } = story(&mut package, &main, &text, &related)?;
    for block in blocks {
        let mut builder = BlockBuilder::new(block.kind).at(block.place);
        builder.verbatim(&text, Span::from(block.text));
        parts.push(builder);
    }
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
    Ok(text)
}

/// The text of a package whose main part is `text`.
fn story(
    package: &mut Package<'_>,
    main: &str,
    text: &str,
    related: &HashMap<String, Relationship>,
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
    Reader::new(text, main, Section::Body, &mut shared).story("body")?;
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
        let (section, root) = match is_header {
            true => (Section::Header(headers + 1), "hdr"),
            false => (Section::Footer(footers + 1), "ftr"),
        };
        Reader::new(&xml, part, section, &mut shared).story(root)?;
        // Empty ones are not counted.
        if shared.story.blocks.len() > before {
            if is_header { headers += 1 } else { footers += 1 }
        }
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
