//! Where the words that a document defines stand in it.

use rustc_hash::FxHashMap;
use zhengming_lint::rule::Context;
use zhengming_reading::facts::Mention;
use zhengming_reading::prose;
use zhengming_terms::words::{FoundWord, Words, longest};
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
    let mut see = |name: usize, place| found[numbers[name]].push(place);
    // What the document explains was looked for already.
    let occurrences = cx.facts().occurrences();
    let known: Option<Vec<usize>> = folded.iter().map(|name| occurrences.number(name)).collect();
    let Some(known) = known else {
        each_use(cx, &Words::new(&folded), |_| true, see);
        return found;
    };
    let mut wanted = FxHashMap::default();
    for (name, number) in known.into_iter().enumerate() {
        wanted.entry(number as u32).or_insert(name);
    }
    for places in occurrences.places().chunk_by(|one, next| one.block == next.block) {
        let hits = places.iter().filter_map(|place| {
            let word = *wanted.get(&place.word)?;
            Some(FoundWord { end: place.end as usize, start: place.start as usize, word })
        });
        let hits = longest(hits.collect());
        each_in(cx, cx.block_at(places[0].block as usize), hits, &mut see);
    }
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
    for block in cx.blocks().filter(|block| wanted(*block)) {
        each_in(cx, block, search.longest(cx.facts().folded_text(block)), &mut see);
    }
}

/// Calls `see` with those of the `hits` in the folded text of a block that are uses.
fn each_in<'a>(
    cx: &Context<'a>,
    block: BlockRef<'a>,
    hits: Vec<FoundWord>,
    see: &mut impl FnMut(usize, Use),
) {
    if hits.is_empty() {
        return;
    }
    let (text, folded) = (block.text(), cx.facts().folded(block));
    let (zones, mentions) = (cx.facts().zones(block), cx.facts().mentions());
    for FoundWord { word, start, end } in hits {
        let range = folded.original(start, end);
        // 《方案》 is a title by its marks, and yet the short form 方案.
        let is_whole = text[..range.start].ends_with('《') && text[range.end..].starts_with('》');
        let is_text = is_whole || prose::zone_at(zones, range).is_none();
        if is_text && !prose::is_identifier(text, range) && !is_part_of_a_term(mentions, block.index(), range)
        {
            see(word, (block.index(), range));
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
