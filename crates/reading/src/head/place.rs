//! Where a document says who issued it: its title, the line of its number, the organ above or below the text.

use zhengming_text::document::{BlockKind, BlockRef, Document};
use zhengming_text::fold;

use super::names;
use zhengming_text::zh::mark;

/// Blocks at the beginning that may name the issuer.
pub(super) const HEAD: usize = 12;
/// Blocks at the end that may.
pub(super) const FOOT: usize = 6;
/// Longest line that is nothing but a number or the name of an organ, in characters.
const LONGEST: usize = 30;
/// What names of organs end with.
pub(super) const ORGANS: [&str; 12] = [
    "人民政府",
    "办公厅",
    "办公室",
    "委员会",
    "省委",
    "市委",
    "区委",
    "厅",
    "局",
    "文件",
    "领导小组",
    "公报",
];
/// What makes a province the one that somebody visits or learns from.
const OTHERS: [&str; 16] =
    ["学习", "借鉴", "赴", "对标", "对接", "与", "和", "及", "、", "跨", "如", "比", "至", "到", "从", "在"];

/// The titles of the document, without white space.
pub fn titles(document: &Document) -> Vec<String> {
    let headings = document.blocks().take(HEAD).filter(|block| matches!(block.kind(), BlockKind::Heading(1)));
    let names = headings.map(|block| bare(block.text()));
    document.metadata().title.iter().map(|title| bare(title)).chain(names).collect()
}

/// The province of the document number that stands alone on a line of the head.
pub(super) fn by_document_number(document: &Document) -> Option<&'static str> {
    document.blocks().take(HEAD).find_map(|block| {
        let line = short_line(block)?;
        let is_number = line.ends_with('号') && line.contains(mark::OPEN_BRACKETS);
        names::of_number(line.trim_start_matches(['（', '('])).filter(|_| is_number)
    })
}

/// The province of the organ that stands alone on a line above or below the text, if it is the only one. Where
/// Zhejiang is spoken of, it may be one of a list.
pub(super) fn by_organ(document: &Document) -> Option<&'static str> {
    if speaks_of_zhejiang(document) {
        return None;
    }
    let count = document.blocks().len();
    let foot = (count.saturating_sub(FOOT).max(HEAD)..count).map(|index| document.block(index));
    let organs = document.blocks().take(HEAD).chain(foot).filter_map(|block| {
        let line = short_line(block)?;
        // 江苏省人民政府办公厅 2023年5月6日
        let organ = line.find(|c: char| c.is_ascii_digit()).map_or(line.as_str(), |at| &line[..at]);
        ORGANS.iter().any(|end| organ.ends_with(end)).then(|| names::of_title(organ)).flatten()
    });
    only(organs)
}

/// 浙 is in every name by which Zhejiang speaks of itself.
fn speaks_of_zhejiang(document: &Document) -> bool {
    document.blocks().any(|block| block.text().contains('浙'))
}

/// What all of some agree on.
pub(super) fn only<T: PartialEq>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

/// The only province that a document names which speaks of 我省.
pub(super) fn by_ourselves(document: &Document) -> Option<&'static str> {
    let texts = || document.blocks().map(BlockRef::text);
    if !texts().any(|text| text.contains("我省") || text.contains("本省")) || speaks_of_zhejiang(document)
    {
        return None;
    }
    let is_meant = |text: &str, name: &str| {
        let own = |at: usize| !OTHERS.iter().any(|word| text[..at].ends_with(word));
        text.match_indices(name).any(|(at, _)| own(at))
    };
    let mut named = names::other_provinces().filter(|name| texts().any(|text| text.contains(name)));
    let name = named.next().filter(|_| named.next().is_none())?;
    texts().any(|text| is_meant(text, name)).then(|| names::code_of(name)).flatten()
}

/// The text of a short block without white space.
pub(super) fn short_line(block: BlockRef<'_>) -> Option<String> {
    let text = block.text();
    (text.len() <= 4 * LONGEST).then(|| bare(text)).filter(|line| line.chars().count() <= LONGEST)
}

pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|&c| !fold::is_space(c) && !fold::is_zero_width(c) && !c.is_whitespace()).collect()
}
