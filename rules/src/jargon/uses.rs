//! Where the words that a document defines stand in it.

use aho_corasick::{AhoCorasick, MatchKind};
use zhengming_core::fold;
use zhengming_core::prose;
use zhengming_core::rule::Context;
use zhengming_core::span::TextRange;

/// A place where one of several names stands: number of the name, block, range.
pub(super) type Use = (usize, usize, TextRange);

/// The places of `names` in reading order, the longest name at each; titles of documents, addresses and
/// names of known terms that merely contain one are left out. Line breaks hide a name.
pub(super) fn uses(cx: &Context<'_>, names: &[String]) -> Vec<Use> {
    let folded: Vec<String> = names.iter().map(|name| fold::key(name)).collect();
    let Ok(automaton) = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&folded) else {
        return Vec::new();
    };
    if names.is_empty() || folded.iter().any(String::is_empty) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for block in cx.blocks() {
        let text = block.text();
        let view = fold::fold(text);
        let hits = automaton.find_iter(view.text());
        let places: Vec<_> =
            hits.map(|hit| (hit.pattern().as_usize(), view.original(hit.start(), hit.end()))).collect();
        if places.is_empty() {
            continue;
        }
        let zones = prose::zones(text);
        for (name, range) in places {
            // 《方案》 is a title by its marks, and yet the short form 方案.
            let is_whole = text[..range.start].ends_with('《') && text[range.end..].starts_with('》');
            if (is_whole || prose::zone_at(&zones, range).is_none()) && !prose::is_identifier(text, range) {
                found.push((name, block.index(), range));
            }
        }
    }
    let mentions = cx.facts().mentions();
    found.retain(|&(_, block, range)| {
        let at =
            mentions.partition_point(|mention| (mention.block, mention.range.start) <= (block, range.start));
        let around = at.checked_sub(1).map(|before| &mentions[before]);
        !around.is_some_and(|mention| {
            mention.block == block && mention.range.contains(range) && mention.range.len() > range.len() + 6
        })
    });
    found
}
