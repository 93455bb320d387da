//! Where a document says who issued it: its title, the line of its number, the organ above or below the text.

use std::cell::OnceCell;

use zhengming_text::document::{BlockKind, BlockRef, Document};
use zhengming_text::fold;

use super::names;

/// Blocks at the beginning that may name the issuer: a web page has its navigation before.
pub(super) const HEAD: usize = 40;
/// Blocks at the beginning that may be the title.
const TITLES: usize = 12;
/// Blocks in which a document names its own city.
const FRONT: usize = 100;
/// How often it does at least.
const OFTEN: usize = 4;
/// Blocks at the end that may.
pub(super) const FOOT: usize = 16;
/// Longest line that is nothing but a number or the name of an organ, in characters.
const LONGEST: usize = 40;
/// Longest line that may tell several things at once, in bytes.
const LONGEST_LINE: usize = 400;
/// What names of organs end with.
pub(super) const ORGANS: [&str; 31] = [
    "人民政府",
    "国务院",
    "办公厅",
    "办公室",
    "委员会",
    "管委会",
    "政法委",
    "发展改革委",
    "省委",
    "市委",
    "区委",
    "县委",
    "教委",
    "国资委",
    "中共中央",
    "厅",
    "局",
    "总署",
    "部",
    "院",
    "银行",
    "协会",
    "学会",
    "联合会",
    "人民代表大会",
    "管理中心",
    "领导小组",
    "编委会",
    "秘书处",
    "司令部",
    "公报",
];
/// What makes a province the one that somebody visits or learns from.
const OTHERS: [&str; 16] =
    ["学习", "借鉴", "赴", "对标", "对接", "与", "和", "及", "、", "跨", "如", "比", "至", "到", "从", "在"];

/// The blocks of the head and of the foot.
pub(super) fn ends(document: &Document) -> impl Iterator<Item = BlockRef<'_>> {
    let count = document.blocks().len();
    let foot = (count.saturating_sub(FOOT).max(HEAD)..count).map(|index| document.block(index));
    document.blocks().take(HEAD).chain(foot)
}

/// The titles of the document, without white space.
pub(super) fn titles(document: &Document) -> Vec<String> {
    let headings =
        document.blocks().take(TITLES).filter(|block| matches!(block.kind(), BlockKind::Heading(1)));
    let names = headings.map(|block| bare(block.text()));
    document.metadata().title.iter().map(|title| bare(title)).chain(names).collect()
}

/// The province of the organ that stands alone on a line above or below the text, if it is the only one. Where
/// Zhejiang is spoken of, it may be one of a list.
pub(super) fn by_organ(lines: &Lines<'_>) -> Option<&'static str> {
    let document = lines.document();
    if speaks_of_zhejiang(document) {
        return None;
    }
    let organs = ends(document).filter_map(|block| {
        let line = lines.short(block)?;
        let line = line.strip_suffix("文件").unwrap_or(line);
        // 江苏省人民政府办公厅 2023年5月6日
        let organ = line.find(|c: char| c.is_ascii_digit()).map_or(line, |at| &line[..at]);
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
    let has_own =
        document.blocks().any(|block| block.text().contains("我省") || block.text().contains("本省"));
    if !has_own || speaks_of_zhejiang(document) {
        return None;
    }
    // ⼭东 is written with a radical.
    let texts: Vec<String> = document.blocks().map(|block| bare(block.text())).collect();
    let texts = || texts.iter().map(String::as_str);
    let is_meant = |text: &str, name: &str| {
        let own = |at: usize| !OTHERS.iter().any(|word| text[..at].ends_with(word));
        text.match_indices(name).any(|(at, _)| own(at))
    };
    let mut named = names::other_provinces().filter(|name| texts().any(|text| text.contains(name)));
    let name = named.next().filter(|_| named.next().is_none())?;
    texts().any(|text| is_meant(text, name)).then(|| names::code_of(name)).flatten()
}

/// The province of the city that a document speaks of as its own: the one that it names again and again, while it
/// hardly names another province's.
pub(super) fn by_our_city(document: &Document) -> Option<&'static str> {
    let speaks = |text: &str| ["我市", "本市", "全市", "市人民政府"].iter().any(|word| text.contains(word));
    let front = || document.blocks().take(FRONT);
    if !front().any(|block| speaks(block.text())) || speaks_of_zhejiang(document) {
        return None;
    }
    let text: String = front().map(|block| bare(block.text())).collect();
    let mut counts: Vec<(usize, &str)> = Vec::new();
    for (code, city) in names::cities() {
        let count = text.matches(city).count();
        match counts.iter_mut().find(|(_, known)| *known == code) {
            Some((sum, _)) => *sum += count,
            None => counts.push((count, code)),
        }
    }
    counts.sort_unstable_by_key(|&(count, _)| std::cmp::Reverse(count));
    let &[(most, code), (next, _), ..] = &counts[..] else { return None };
    (most >= OFTEN && most >= 4 * next).then_some(code)
}

/// The lines of a document without white space. Number, organ and province are looked for in the same ones, so each is
/// made once, and only if it is asked for.
pub(super) struct Lines<'d> {
    document: &'d Document,
    made: Vec<OnceCell<Option<Line>>>,
}

struct Line {
    text: String,
    is_short: bool,
}

impl<'d> Lines<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self { document, made: document.blocks().map(|_| OnceCell::new()).collect() }
    }

    pub(super) fn document(&self) -> &'d Document {
        self.document
    }

    /// A line of the head that may tell several things at once.
    pub(super) fn line(&self, block: BlockRef<'_>) -> Option<&str> {
        self.made(block).map(|line| line.text.as_str())
    }

    /// A line that may be nothing but a number or the name of an organ.
    pub(super) fn short(&self, block: BlockRef<'_>) -> Option<&str> {
        self.made(block).filter(|line| line.is_short).map(|line| line.text.as_str())
    }

    fn made(&self, block: BlockRef<'_>) -> Option<&Line> {
        let make = || {
            let raw = block.text();
            let text = (raw.len() <= LONGEST_LINE).then(|| bare(raw))?;
            let is_short = raw.len() <= 4 * LONGEST && text.chars().count() <= LONGEST;
            Some(Line { text, is_short })
        };
        self.made[block.index()].get_or_init(make).as_ref()
    }
}

/// `text` without white space, radicals resolved.
pub(super) fn bare(text: &str) -> String {
    fold::mapped(text, |c| match c {
        _ if fold::is_space(c) || fold::is_zero_width(c) || c.is_whitespace() => None,
        _ if fold::is_compatibility(c) => fold::folded_char(c),
        _ => Some(c),
    })
}
