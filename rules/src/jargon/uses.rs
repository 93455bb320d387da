//! Where the words that a document defines stand in it.

use zhengming_lint::rule::Context;
use zhengming_reading::facts::Mention;
use zhengming_reading::prose;
use zhengming_terms::words::{FoundWord, Words};
use zhengming_text::document::BlockRef;
use zhengming_text::fold;
use zhengming_text::span::TextRange;

/// A place where a name stands: block and range.
pub(super) type Use = (usize, TextRange);

/// The places of each of `names` in reading order, the longest name at each; titles of documents, addresses
/// and names of known terms that merely contain one are left out. Of equal names the first gets the places, and
/// a name of which folding leaves nothing gets none.
pub(super) fn uses(cx: &Context<'_>, names: &[String]) -> Vec<Vec<Use>> {
    let mut found = vec![Vec::new(); names.len()];
    let folded = names.iter().map(|name| fold::key(name)).enumerate();
    let (numbers, folded): (Vec<usize>, Vec<String>) = folded.filter(|(_, name)| !name.is_empty()).unzip();
    if folded.is_empty() {
        return found;
    }
    each_use(cx, &Words::new(&folded), |_| true, |name, place| found[numbers[name]].push(place));
    found
}

/// Calls `see` with the number of the name in `search` and each place where it stands, as [`uses`] says. Only blocks that
/// are `wanted` are looked at.
pub(super) fn each_use(
    cx: &Context<'_>,
    search: &Words,
    wanted: impl Fn(BlockRef<'_>) -> bool,
    mut see: impl FnMut(usize, Use),
) {
    let mentions = cx.facts().mentions();
    for block in cx.blocks().filter(|block| wanted(*block)) {
        let hits = search.longest(cx.facts().folded_text(block));
        if hits.is_empty() {
            continue;
        }
        let (text, folded) = (block.text(), cx.facts().folded(block));
        let zones = cx.facts().zones(block);
        for FoundWord { word, start, end } in hits {
            let range = folded.original(start, end);
            // 《方案》 is a title by its marks, and yet the short form 方案.
            let is_whole = text[..range.start].ends_with('《') && text[range.end..].starts_with('》');
            let is_text = is_whole || prose::zone_at(zones, range).is_none();
            if is_text
                && !prose::is_identifier(text, range)
                && !is_part_of_a_term(mentions, block.index(), range)
            {
                see(word, (block.index(), range));
            }
        }
    }
}

/// Whether a known term contains `range` and is clearly longer.
fn is_part_of_a_term(mentions: &[Mention], block: usize, range: TextRange) -> bool {
    let at = mentions.partition_point(|mention| (mention.block, mention.range.start) <= (block, range.start));
    at.checked_sub(1).map(|before| &mentions[before]).is_some_and(|mention| {
        mention.block == block && mention.range.contains(range) && mention.range.len() > range.len() + 6
    })
}
