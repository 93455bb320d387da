//! Two words of two characters that one document joins now in one order and now in the other: 监测调度, 调度监测.

use rustc_hash::FxHashMap;
use zhengming_lint::rule::Context;

use super::plain::{Plain, Stretch};
use super::{Difference, NearName, NearPair, is_known};

/// Provinces from which on an order of words is in common use.
const COMMON: u64 = 8;

/// What is known of the first place and the number of a joined pair.
struct Joined {
    first: Stretch,
    count: usize,
}

/// The pairs of joined words that stand in both orders, one of them clearly less often.
pub(super) fn in_both_orders(cx: &Context<'_>, plain: &Plain) -> Vec<NearPair> {
    let mut found: FxHashMap<&str, Joined> = FxHashMap::default();
    for pair in plain.joined(cx) {
        found.entry(plain.at(cx, pair)).or_insert(Joined { first: pair, count: 0 }).count += 1;
    }
    let mut pairs = Vec::new();
    for (text, rare) in &found {
        // Two words of two characters each.
        let (first, second) = text.split_at(text.len() / 2);
        let other = format!("{second}{first}");
        let Some(usual) = found.get(other.as_str()).filter(|_| first != second) else { continue };
        // What many say in either order is no slip in one, unless a law has an order.
        let both = [*text, other.as_str()];
        let is_graded = both.contains(&"分类分级");
        if !is_graded && both.iter().all(|text| is_known(cx, text, COMMON)) {
            continue;
        }
        let is_rare = rare.count < usual.count || (rare.count == usual.count && rare.first > usual.first);
        if is_rare {
            let name = |joined: &Joined| {
                let (block, range) = plain.place(cx, joined.first);
                let text = plain.at(cx, joined.first).to_owned();
                NearName { text, count: joined.count, block, range }
            };
            pairs.push(NearPair { rare: name(rare), usual: name(usual), difference: Difference::Swapped });
        }
    }
    pairs
}
