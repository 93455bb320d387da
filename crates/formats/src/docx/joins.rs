//! Which paragraphs of a Word file are one: titles over two paragraphs, lines of a text box, and lines that were
//! pasted as they were set, a paragraph each.

use zhengming_text::document::BlockKind;

use super::story::{Layout, StoryBlock};
use crate::plain::PastedLine;
use crate::{breaks, plain, titles};

/// Lines of a text box are shorter than this, in columns; longer ones are paragraphs.
const BOX: usize = 40;

/// A title has no more lines than this.
const TITLE: usize = 4;

/// Fewer full lines below each other, or narrower ones, may be a list of names.
const LINES: usize = 3;
const NARROWEST: usize = 36;

/// How a block goes on with the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// It does not.
    None,
    /// Over a break that somebody typed.
    Typed,
    /// Over the end of a line that was full.
    Wrapped,
}

/// How each block goes on with the one before it.
pub(super) fn find(text: &str, blocks: &[StoryBlock]) -> Vec<Join> {
    let mut joins = vec![Join::None; blocks.len()];
    pasted(text, blocks, &mut joins);
    let mut start = 0;
    while start < blocks.len() {
        let mut end = start + 1;
        while end < blocks.len() && are_neighbours(&blocks[end - 1], &blocks[end]) {
            end += 1;
        }
        title(text, &blocks[start..end], &mut joins[start..end]);
        boxed(text, &blocks[start..end], &mut joins[start..end]);
        start = end;
    }
    joins
}

/// Whether nothing stands between two paragraphs of one kind.
fn are_neighbours(before: &StoryBlock, after: &StoryBlock) -> bool {
    let (a, b) = (&before.place, &after.place);
    let follows = a.paragraph.zip(b.paragraph).is_some_and(|(a, b)| b == a + 1);
    follows
        && a.part == b.part
        && a.cell.is_none()
        && b.cell.is_none()
        && before.layout == after.layout
        && before.kind == after.kind
        && matches!(before.kind, BlockKind::Paragraph | BlockKind::Heading(1))
}

/// Lines that were pasted a paragraph each, with empty ones between them.
fn pasted(text: &str, blocks: &[StoryBlock], joins: &mut [Join]) {
    let is_line = |block: &StoryBlock| {
        block.kind == BlockKind::Paragraph && block.place.cell.is_none() && block.layout == Layout::default()
    };
    let lines = || blocks.iter().filter(|block| is_line(block)).map(|block| line(text, block));
    let margin = plain::margin(lines().map(|line| plain::columns_of(line.trim_end())));
    let margin = margin.filter(|margin| plain::is_pasted(lines(), *margin));
    let mut start = 0;
    while start < blocks.len() {
        let mut end = start + 1;
        while end < blocks.len()
            && is_line(&blocks[end - 1])
            && is_line(&blocks[end])
            && empty_between(&blocks[end - 1], &blocks[end])
                .is_some_and(|empty| empty == 0 || margin.is_some())
        {
            end += 1;
        }
        let run = &blocks[start..end];
        match margin {
            Some(margin) => {
                let joined = plain::goes_on(&lines_of(text, run), margin);
                for (join, _) in joins[start + 1..end].iter_mut().zip(joined).filter(|(_, joined)| *joined) {
                    *join = Join::Wrapped;
                }
            }
            None => wrapped(text, run, &mut joins[start..end]),
        }
        start = end;
    }
}

/// How many empty paragraphs stand between two.
fn empty_between(before: &StoryBlock, after: &StoryBlock) -> Option<usize> {
    let (a, b) = (&before.place, &after.place);
    let empty = b.paragraph?.checked_sub(a.paragraph? + 1)?;
    (a.part == b.part).then_some(empty as usize)
}

fn lines_of<'t>(text: &'t str, run: &[StoryBlock]) -> Vec<PastedLine<'t>> {
    let pasted = |(at, block): (usize, &StoryBlock)| {
        let text = line(text, block);
        let indent = plain::columns_of(&text[..text.len() - text.trim_start().len()]);
        let before = at.checked_sub(1).map(|before| &run[before]);
        let blank = before.and_then(|before| empty_between(before, block)).unwrap_or(0);
        PastedLine { text, blank, indent }
    };
    run.iter().enumerate().map(pasted).collect()
}

fn line<'t>(text: &'t str, block: &StoryBlock) -> &'t str {
    &text[block.text.clone()]
}

fn wrapped(text: &str, blocks: &[StoryBlock], joins: &mut [Join]) {
    if blocks.len() < LINES || blocks[0].kind != BlockKind::Paragraph {
        return;
    }
    let lines: Vec<&str> = blocks.iter().map(|block| line(text, block)).collect();
    let margin = plain::margin(lines.iter().map(|line| plain::columns_of(line.trim_end())));
    let joined = match margin {
        Some(_) => breaks::joined(&lines, margin),
        None => own_margins(&lines),
    };
    for (join, _) in joins[1..].iter_mut().zip(joined).filter(|(_, joined)| *joined) {
        *join = Join::Wrapped;
    }
}

/// The same for a few lines, which have a margin of their own if enough of them are equally wide and none of
/// these ends a sentence.
fn own_margins(lines: &[&str]) -> Vec<bool> {
    let mut found = vec![false; lines.len() - 1];
    let width = |at: usize| plain::columns_of(lines[at].trim_end());
    let mut start = 0;
    while start < lines.len() {
        let run = full_lines(&lines[start..]);
        let end = (start + run + 1).min(lines.len());
        if run >= LINES && width(start) >= NARROWEST {
            let joined = breaks::joined(&lines[start..end], Some(width(start)));
            found[start..end - 1].copy_from_slice(&joined);
        }
        start += run.max(1);
    }
    found
}

/// How many lines at the beginning are as wide as the first and end no sentence.
fn full_lines(lines: &[&str]) -> usize {
    let first = plain::columns_of(lines[0].trim_end());
    let is_full =
        |line: &&&str| plain::columns_of(line.trim_end()).abs_diff(first) <= 4 && !plain::is_complete(line);
    lines.iter().take_while(is_full).count()
}

/// Centred lines that make one title together.
fn title(text: &str, blocks: &[StoryBlock], joins: &mut [Join]) {
    let mut start = 0;
    while start < blocks.len() {
        let block = &blocks[start];
        let is_line = block.layout.is_centred || block.kind == BlockKind::Heading(1);
        let length = if is_line { title_lines(text, &blocks[start..]) } else { 1 };
        joins[start + 1..start + length].fill(Join::Typed);
        start += length;
    }
}

fn title_lines(text: &str, blocks: &[StoryBlock]) -> usize {
    let mut whole = String::new();
    for (index, block) in blocks.iter().take(TITLE).enumerate() {
        let is_begun = index == 0 || titles::is_unfinished_title(&whole);
        if !is_begun {
            return 1;
        }
        whole += line(text, block).trim();
        if index > 0 && titles::is_title(&whole) {
            return index + 1;
        }
    }
    1
}

/// Short lines of a text box.
fn boxed(text: &str, blocks: &[StoryBlock], joins: &mut [Join]) {
    if blocks[0].layout.text_box.is_none() {
        return;
    }
    for (index, pair) in blocks.windows(2).enumerate() {
        let (before, after) = (line(text, &pair[0]).trim(), line(text, &pair[1]).trim());
        let is_short = plain::columns_of(before) <= BOX && plain::columns_of(after) <= BOX;
        if is_short && !plain::is_complete(before) && plain::marker_of(after).is_none() {
            joins[index + 1] = Join::Typed;
        }
    }
}
