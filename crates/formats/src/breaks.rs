//! Which of the line breaks that stand in a document were made by layout: somebody pasted lines as they were
//! set, and ended each with `<br>`, a new line in the cell, Shift+Enter, or made each a paragraph. One judgement for
//! all formats, and that of plain text.

use zhengming_text::document::{Block, BlockBuilder, BlockKind, TYPED_BREAK};
use zhengming_text::span::{Span, TextRange};

use crate::plain::{self, Marker, PastedLine};

/// Lines narrower than this were not broken because they were full, in columns.
const NARROWEST: usize = 20;

/// Two lines that are full may differ by this much: a full-width character that did not fit, or a mark that may
/// not begin a line.
const RAGGED: usize = 4;

/// One line of a block.
#[derive(Debug, Clone, Copy)]
struct Piece<'s> {
    block: usize,
    range: TextRange,
    text: &'s str,
    /// Empty lines before it, and columns that it is indented.
    blank: usize,
    indent: usize,
}

impl<'s> Piece<'s> {
    fn pasted(&self) -> PastedLine<'s> {
        PastedLine { text: self.text, blank: self.blank, indent: self.indent }
    }
}

/// The same blocks with breaks of layout in the place of typed ones that look like layout. A typed break after a
/// whole sentence, or before a numbered paragraph, ends the block.
pub(crate) fn settle(source: &str, blocks: Vec<Block>) -> Vec<Block> {
    let has_break = |block: &Block| block.text(source).contains(TYPED_BREAK);
    if !blocks.iter().any(has_break) && memchr::memmem::find(source.as_bytes(), b"<br").is_none() {
        return blocks;
    }
    let runs = runs(source, &blocks);
    if runs.is_empty() {
        return blocks;
    }
    let lines = || runs.iter().flatten().map(|piece| piece.text);
    let margin = plain::margin(lines().map(|line| plain::columns_of(line.trim())));
    let is_pasted = margin.is_some_and(|margin| plain::is_pasted(lines(), margin));
    let mut found = Vec::with_capacity(blocks.len());
    let mut composed = Vec::with_capacity(runs.len());
    for run in &runs {
        let joined = match margin.filter(|_| is_pasted) {
            Some(margin) => plain::goes_on(&run.iter().map(Piece::pasted).collect::<Vec<_>>(), margin),
            None => joined_by_stretch(run, margin),
        };
        let range = run[0].block..run[run.len() - 1].block + 1;
        composed.push((range, recompose(source, &blocks, run, &joined)));
    }
    let mut blocks = blocks.into_iter();
    let mut next = 0;
    for (range, pieces) in composed {
        found.extend(blocks.by_ref().take(range.start - next));
        blocks.by_ref().take(range.len()).for_each(drop);
        found.extend(pieces);
        next = range.end;
    }
    found.extend(blocks);
    // What stands beside a block, such as the caption of an image in it, comes after it; of one that was cut, after
    // the piece that it stands in.
    found.sort_by_key(|block| block.source(TextRange::new(0, 0)).start);
    found
}

/// The lines of blocks with typed breaks; blocks between which nothing but such breaks stands are one run.
fn runs<'s>(source: &'s str, blocks: &'s [Block]) -> Vec<Vec<Piece<'s>>> {
    let mut found: Vec<Vec<Piece<'_>>> = Vec::new();
    let mut open: Vec<Piece<'_>> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let between = index.checked_sub(1).and_then(|before| {
            let before = &blocks[before];
            let is_same = before.kind() == BlockKind::Paragraph && block.kind() == BlockKind::Paragraph;
            is_same.then(|| typed_between(source, before, block)).flatten()
        });
        if between.is_none() {
            let run = std::mem::take(&mut open);
            found.extend((run.len() > 1).then_some(run));
        }
        let (mut blank, mut indent) = between.unwrap_or((0, 0));
        let mut at = 0;
        for line in block.text(source).split(TYPED_BREAK) {
            indent += plain::columns_of(&line[..line.len() - line.trim_start().len()]);
            let range = TextRange::new(at, at + line.len());
            open.push(Piece { block: index, range, text: line, blank, indent });
            at += line.len() + TYPED_BREAK.len_utf8();
            (blank, indent) = (0, 0);
        }
    }
    found.extend((open.len() > 1).then_some(open));
    found
}

/// How many empty lines stand between two blocks of a page, and how far the second is indented, if nothing but
/// `<br>` and blanks stands there.
fn typed_between(source: &str, before: &Block, after: &Block) -> Option<(usize, usize)> {
    let whole = |block: &Block| block.source(TextRange::new(0, block.text(source).len()));
    let mut rest = source.get(whole(before).end..whole(after).start)?;
    let (mut breaks, mut indent) = (0_usize, 0);
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '<' if rest.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br")) => {
                (breaks, indent) = (breaks + 1, 0);
                rest.find('>')? + 1
            }
            '&' => {
                let end = rest.find(';').filter(|end| *end < 10)?;
                indent += match &rest[1..end] {
                    "emsp" | "#12288" | "#x3000" | "#8195" => 2,
                    "nbsp" | "ensp" | "#160" | "#xa0" | "#xA0" | "#8194" => 1,
                    _ => return None,
                };
                end + 1
            }
            c if c.is_whitespace() => {
                indent += match c {
                    '\u{3000}' => 2,
                    '\u{a0}' => 1,
                    _ => 0,
                };
                c.len_utf8()
            }
            _ => return None,
        };
        rest = &rest[length..];
    }
    (breaks > 0).then(|| (breaks - 1, indent))
}

/// Puts the lines of a run together again.
fn recompose(source: &str, blocks: &[Block], run: &[Piece<'_>], joined: &[bool]) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open = BlockBuilder::like(&blocks[run[0].block]);
    for (at, piece) in run.iter().enumerate() {
        let block = &blocks[piece.block];
        if let Some(before) = at.checked_sub(1).map(|before| &run[before]) {
            match sign(block, before, piece, joined[at - 1]) {
                Some(sign) => {
                    let end = blocks[before.block].source(before.range).end;
                    let start = block.source(piece.range).start.max(end);
                    open.decoded(source, Span::new(end, start), sign);
                }
                None => {
                    found.extend(std::mem::replace(&mut open, BlockBuilder::like(block)).finish());
                }
            }
        }
        open.append(source, block, piece.range);
    }
    found.extend(open.finish());
    found
}

/// For each break in a run, whether the second line goes on with the first; an empty line ends a stretch of lines, and each
/// stretch is judged by itself.
fn joined_by_stretch(run: &[Piece<'_>], margin: Option<usize>) -> Vec<bool> {
    let stretches: Vec<Vec<bool>> = run
        .chunk_by(|_, next| next.blank == 0)
        .map(|stretch| joined(&stretch.iter().map(|piece| piece.text).collect::<Vec<_>>(), margin))
        .collect();
    // Between two stretches nothing goes on.
    stretches.join(&false)
}

/// What stands between two lines: a break of layout, one that was typed, or nothing where a block ends.
fn sign(block: &Block, before: &Piece<'_>, piece: &Piece<'_>, is_joined: bool) -> Option<&'static str> {
    if is_joined {
        return Some("\n");
    }
    // Cells and items are one thing, whatever stands in them.
    let ends = block.kind() == BlockKind::Paragraph
        && (plain::is_complete(before.text.trim()) || plain::marker_of(piece.text.trim()).is_some());
    (before.block == piece.block && !ends).then_some("\u{2028}")
}

/// For each break between two of the lines, whether the second goes on with the first. `margin` is the width at
/// which the lines of the document are broken, if it has one.
pub(crate) fn joined(lines: &[&str], margin: Option<usize>) -> Vec<bool> {
    let margin = margin.or_else(|| own_margin(lines));
    lines.windows(2).map(|pair| goes_on(pair[0], pair[1], margin)).collect()
}

fn goes_on(before: &str, after: &str, margin: Option<usize>) -> bool {
    let (text, next) = (before.trim(), after.trim());
    if text.is_empty() || next.is_empty() || plain::is_complete(text) {
        return false;
    }
    // No line begins with these, so the break is in the wrong place.
    if next.starts_with(['，', '、', '。', '；', '！', '？', '”', '’', '）', '》', '〉', '」', '』', '】'])
    {
        return true;
    }
    let indent = plain::columns_of(&after[..after.len() - after.trim_start().len()]);
    if indent >= 2 || plain::marker_of(next).is_some_and(|marker| marker != Marker::Article) {
        return false;
    }
    margin.is_some_and(|margin| plain::columns_of(before.trim_end()) + RAGGED >= margin)
}

/// The width at which the lines of one block are broken: all but the last are about as wide, and the last is
/// no wider.
fn own_margin(lines: &[&str]) -> Option<usize> {
    let (last, full) = lines.split_last()?;
    let widths = || full.iter().map(|line| plain::columns_of(line.trim_end()));
    let (least, most) = (widths().min()?, widths().max()?);
    let is_even = full.len() >= 2 && least >= NARROWEST && least + RAGGED >= most;
    (is_even && plain::columns_of(last.trim()) <= most + RAGGED).then_some(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_were_full_go_on_and_lines_that_were_typed_do_not() {
        let wrapped = [
            "　　各单位应当加强协同办公系统的统筹管理规划建设部",
            "负责系统的日常运行维护和安全保障工作，各单位通过浙政",
            "盯办理会议通知并反馈情况，其他软件一律停止使用，并且",
            "向上级部门报告办理情况。",
            "附件：名单",
        ];
        assert_eq!(joined(&wrapped, Some(52)), [true, true, true, false]);
        assert_eq!(joined(&wrapped[..4], None), [true, true, true]);
        for lines in [["数字政府", "数字社会", "数字经济"], ["一、总体要求", "二、主要任务", "三、保障措施"]]
        {
            assert_eq!(joined(&lines, None), [false, false], "{lines:?}");
        }
        assert_eq!(joined(&["建设数字政府", "，推进改革"], None), [true]);
    }
}
