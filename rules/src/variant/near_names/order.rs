//! Two words of two characters that one document joins now in one order and now in the other: 监测调度, 调度监测.

use rustc_hash::FxHashMap;
use zhengming_lint::rule::Context;

use super::plain::Plain;
use super::words::NameWords;
use super::{Difference, NearName, NearPair, is_known};

/// Provinces from which on an order of words is in common use.
const COMMON: u64 = 8;

/// What is known of the first place and the number of a joined pair.
struct Joined {
    at: usize,
    count: usize,
}

/// The pairs of joined words that stand in both orders, one of them clearly less often.
pub(super) fn in_both_orders(cx: &Context<'_>, plain: &Plain, words: &NameWords) -> Vec<NearPair> {
    let mut found: FxHashMap<[char; 4], Joined> = FxHashMap::default();
    for (at, window) in plain.characters.windows(4).enumerate() {
        let (first, second) = ([window[0], window[1]], [window[2], window[3]]);
        if first != second && words.is_joined(first) && words.is_joined(second) {
            let key = [window[0], window[1], window[2], window[3]];
            found.entry(key).or_insert(Joined { at, count: 0 }).count += 1;
        }
    }
    let mut pairs = Vec::new();
    for (key, rare) in &found {
        let Some(usual) = found.get(&[key[2], key[3], key[0], key[1]]) else { continue };
        // What many say in either order is no slip in one, unless a law has an order.
        let both = [plain.text(rare.at, rare.at + 4), plain.text(usual.at, usual.at + 4)];
        let is_graded = both.iter().any(|text| text == "分类分级");
        if !is_graded && both.iter().all(|text| is_known(cx, text, COMMON)) {
            continue;
        }
        let is_rare = rare.count < usual.count || (rare.count == usual.count && rare.at > usual.at);
        if is_rare {
            let name = |joined: &Joined| {
                let (block, range) = plain.place(cx, joined.at, joined.at + 4);
                NearName { text: plain.text(joined.at, joined.at + 4), count: joined.count, block, range }
            };
            pairs.push(NearPair { rare: name(rare), usual: name(usual), difference: Difference::Swapped });
        }
    }
    pairs
}
