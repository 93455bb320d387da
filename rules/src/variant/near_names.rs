//! Pairs of names, known to no dictionary, by which a document seems to call one thing.
//!
//! Names that end in one of some hundred words (系统, 平台, 场景 …) are compared. Where such words stand is noted while the
//! terms are looked for.

mod compare;
mod labels;
mod order;
mod plain;
mod windows;
pub(crate) mod words;

use std::sync::Arc;

use zhengming_lint::rule::Context;
use zhengming_reading::prose;
use zhengming_text::date::Date;
use zhengming_text::fold;
use zhengming_text::span::TextRange;
use zhengming_text::zh::cue;

use plain::{Plain, Stretch};
use words::{NAME_WORDS, Standing};

/// Longest window before the end of a name, in characters.
const LONGEST: usize = 12;

/// A name that the document writes with two words changed round.
#[derive(Debug)]
pub(super) struct Disordered {
    pub(super) surface: String,
    pub(super) block: usize,
    pub(super) range: TextRange,
    pub(super) standing: &'static Standing,
}

/// How two names differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Difference {
    /// One has a word more that adds little.
    Added(String),
    /// Words that name the same thing.
    Alike(String, String),
    /// Two words changed round.
    Swapped,
}

/// One of the two names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NearName {
    pub(super) text: String,
    pub(super) count: usize,
    pub(super) block: usize,
    pub(super) range: TextRange,
}

/// Two names for what seems one thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NearPair {
    /// The one that is written less often, or later.
    pub(super) rare: NearName,
    pub(super) usual: NearName,
    pub(super) difference: Difference,
}

/// What both rules read of a document.
fn plain(cx: &Context<'_>) -> Arc<Plain> {
    cx.facts().shared(|| Plain::of(cx))
}

/// Names that official prose writes in another order of words.
pub(super) fn disordered(cx: &Context<'_>) -> Vec<Disordered> {
    let plain = plain(cx);
    let mut found = Vec::new();
    for head in plain.heads() {
        let mut hash = 0;
        for (before, &c) in head.backwards(LONGEST).iter().enumerate() {
            hash = step(hash, c);
            let length = before + 1;
            if length >= 6
                && let Some(standing) = NAME_WORDS.disordered(hash, head.last(length))
            {
                let stretch = head.stretch(length);
                let (block, range) = plain.place(cx, stretch);
                let surface = plain.at(cx, stretch).to_owned();
                found.push(Disordered { surface, block, range, standing });
            }
        }
    }
    found.extend(graded(cx, &plain));
    found
}

/// 数据分级分类: the law has 数据分类分级. Where the document has both orders, that is another finding.
fn graded(cx: &Context<'_>, plain: &Plain) -> Vec<Disordered> {
    const RIGHT: [char; 4] = ['分', '类', '分', '级'];
    // 公共数据资源实行分级分类: as far before as one noun phrase reaches.
    const NEAR: usize = 8;
    // Before the law there was no order to keep to.
    if cx.earliest().zip(Date::new(2021, 9, 1)).is_some_and(|(day, in_force)| day < in_force) {
        return Vec::new();
    }
    let joined = plain.joined(cx);
    if joined.iter().any(|pair| plain.at(cx, *pair) == "分类分级") {
        return Vec::new();
    }
    let of_data = |pair: &Stretch| {
        let start = pair.start - plain.han_before(cx, pair.block, pair.start, NEAR);
        plain.at(cx, Stretch { start, end: pair.start, ..*pair }).contains("数据")
    };
    static GRADED: Standing = Standing::of_law(&RIGHT, "《数据安全法》第二十一条");
    let places = joined.into_iter().filter(|pair| plain.at(cx, *pair) == "分级分类").filter(of_data);
    let found = places.map(|pair| {
        let (block, range) = plain.place(cx, pair);
        Disordered { surface: plain.at(cx, pair).to_owned(), block, range, standing: &GRADED }
    });
    found.collect()
}

/// The pairs of a document, by the place of the rarer name.
pub(super) fn near_names(cx: &Context<'_>) -> Vec<NearPair> {
    let plain = plain(cx);
    let mut pairs = compare::pairs(cx, &plain);
    pairs.extend(labels::unlike_labels(cx));
    pairs.extend(order::in_both_orders(cx, &plain));
    pairs.retain(|pair| !is_renaming(cx, pair) && !is_torn(cx, &pair.rare) && !is_torn(cx, &pair.usual));
    pairs.sort_by_key(|pair| (pair.rare.block, pair.rare.range.start));
    pairs
}

/// Whether a blank divides a name that is not spaced out: 评价方法 行业标准 are two cells of a table that lost its lines.
fn is_torn(cx: &Context<'_>, name: &NearName) -> bool {
    let raw = &cx.block_at(name.block).text()[name.range.range()];
    let blanks = raw.chars().filter(|c| matches!(c, ' ' | '\t' | '\u{3000}')).count();
    blanks > 0 && blanks * 3 <= raw.chars().filter(|&c| fold::is_han(c)).count()
}

/// Whether one sentence names both because it says that the one is now called the other.
fn is_renaming(cx: &Context<'_>, pair: &NearPair) -> bool {
    let (rare, usual) = (&pair.rare, &pair.usual);
    if rare.block != usual.block {
        return false;
    }
    let text = cx.block_at(rare.block).text();
    let sentence = prose::sentence_around(text, rare.range);
    sentence.contains(usual.range) && cue::RENAMED.iter().any(|word| text[sentence.range()].contains(word))
}

/// Whether `provinces` or more use the name.
fn is_known(cx: &Context<'_>, name: &str, provinces: u64) -> bool {
    cx.facts().knowledge().jargon().is_some_and(|jargon| jargon.provinces(name) >= provinces)
}

/// The hash of a name.
fn hash(name: &[char]) -> u64 {
    name.iter().rev().fold(0, |hash, &c| step(hash, c))
}

/// The hash of a name that is read from its end: one character further.
#[inline]
fn step(hash: u64, c: char) -> u64 {
    (hash.rotate_left(5) ^ u64::from(u32::from(c))).wrapping_mul(0x517c_c1b7_2722_0a95)
}
