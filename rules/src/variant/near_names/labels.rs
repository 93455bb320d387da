//! Labels before a colon that one document words in two ways: （责任单位：…） and （责任部门：…）.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use zhengming_lint::rule::Context;
use zhengming_text::fold::{self, is_han};
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;
use zhengming_text::zh::mark;

use super::{Difference, NearName, NearPair};

/// Shortest and longest label, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=6;
/// How often the usual label must stand, and how seldom the other, to be no label of its own.
const USUAL: usize = 3;
const RARE: usize = 2;

static COLON: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("："));

/// The pairs of labels of which one is written often and the other, that begins alike, hardly ever.
pub(super) fn unlike_labels(cx: &Context<'_>) -> Vec<NearPair> {
    let mut labels: BTreeMap<String, NearName> = BTreeMap::new();
    for block in cx.blocks().filter(|block| cx.facts().signs(block.index()).any(Signs::BRACKET)) {
        let text = block.text();
        if COLON.find(text.as_bytes()).is_none() && memchr::memchr(b':', text.as_bytes()).is_none() {
            continue;
        }
        for open in mark::round_brackets(text) {
            let start = open + text[open..].chars().next().map_or(0, char::len_utf8);
            let Some(length) = text[start..].find(['：', ':', '）', ')', '，', '。']) else { break };
            if !text[start + length..].starts_with(['：', ':']) {
                continue;
            }
            let label = fold::key(&text[start..start + length]);
            if !LENGTHS.contains(&label.chars().count()) || !label.chars().all(is_han) {
                continue;
            }
            let range = TextRange::new(start, start + length);
            let block = block.index();
            let first = NearName { text: label.clone(), count: 0, block, range };
            labels.entry(label).or_insert(first).count += 1;
        }
    }
    let mut pairs = Vec::new();
    for rare in labels.values().filter(|label| label.count <= RARE) {
        let half = |label: &NearName| label.text.chars().take(2).collect::<String>();
        let usual = labels
            .values()
            .filter(|usual| usual.count >= USUAL && half(usual) == half(rare))
            .max_by_key(|usual| usual.count);
        if let Some(usual) = usual {
            let difference = Difference::Alike(ending(rare), ending(usual));
            pairs.push(NearPair { rare: rare.clone(), usual: usual.clone(), difference });
        }
    }
    pairs
}

fn ending(label: &NearName) -> String {
    label.text.chars().skip(2).collect()
}
