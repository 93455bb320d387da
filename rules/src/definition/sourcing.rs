//! What a document names as the source of a definition.

use zhengming_lint::rule::Context;
use zhengming_reading::citation::{Cited, Role};
use zhengming_reading::definition::Definition;
use zhengming_reading::prose;
use zhengming_terms::dictionary::Dictionary;
use zhengming_text::fold::canonical;

/// Blocks after a definition in which its source may stand.
const NEAR: usize = 4;
/// Bytes around a source in which it may be called an adaptation.
const REACH: usize = 160;
/// Words that own up to changes.
const MARKS: [&str; 6] = ["有修改", "有改动", "有删改", "改写", "修改采用", "略有调整"];

/// The source of one definition.
pub(super) struct Sourcing<'a> {
    /// Where it names the dictionary that defines the term.
    pub(super) here: Option<&'a Cited>,
    /// Whether it names some other document.
    pub(super) elsewhere: bool,
    /// Whether it says that the text was changed.
    pub(super) is_marked: bool,
}

impl<'a> Sourcing<'a> {
    pub(super) fn of(cx: &Context<'a>, definition: &Definition, dictionary: &Dictionary) -> Self {
        let start = (definition.block, definition.term.start);
        let end = definition.body.last().map_or(start, |&(block, range)| (block, range.end));
        let after = cx.definitions().partition_point(|other| (other.block, other.term.start) <= end);
        let next = cx.definitions().get(after).map(|other| (other.block, other.term.start));
        let header = dictionary.header();
        let own = [header.series.as_deref(), header.citation.as_deref(), Some(header.title.as_str())];
        let own: Vec<String> = own.into_iter().flatten().map(canonical).collect();
        let text = cx.block_at(definition.block).text();
        let sentence = prose::sentence_around(text, definition.term);
        let mut sourcing = Self { here: None, elsewhere: false, is_marked: false };
        // Only what may belong to the definition is looked at: citations are in reading order.
        let from = (definition.block, sentence.start);
        let first = cx.citations().partition_point(|cited| (cited.block, cited.citation.range.start) < from);
        let until = next.unwrap_or((usize::MAX, 0)).max((definition.block, sentence.end));
        let near = cx.citations()[first..].iter();
        for cited in near.take_while(|cited| (cited.block, cited.citation.range.start) < until) {
            if cited.block > end.0 + NEAR {
                break;
            }
            let place = (cited.block, cited.citation.range.start);
            let follows =
                cited.citation.role == Role::Source && place >= end && next.is_none_or(|next| place < next);
            let beside = cited.block == definition.block
                && sentence.contains(cited.citation.range)
                && cited.citation.role.is_relied_on();
            if !follows && !beside {
                continue;
            }
            let names = [&cited.citation.series, &cited.citation.normal].map(|name| canonical(name));
            let bare =
                names.iter().any(|name| own.contains(name) || own.contains(&name.replace(['《', '》'], "")));
            if bare {
                sourcing.here = sourcing.here.or(Some(cited));
            } else if follows {
                sourcing.elsewhere = true;
            }
            let text = cx.block_at(cited.block).text();
            let after = &text[cited.citation.range.end..];
            let reach = zhengming_text::line_index::floor_boundary(after, REACH.min(after.len()));
            sourcing.is_marked |= MARKS.iter().any(|mark| after[..reach].contains(mark));
        }
        sourcing
    }
}
