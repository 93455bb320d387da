//! What stands at a place of a text: a mention of a concept, or a near miss of one.

use zhengming::Date;
use zhengming::internal::Checked;
use zhengming_reading::facts::Facts;
use zhengming_terms::termbase::{ConceptId, KeyId, Spelling, TermBase};
use zhengming_text::span::{Span, TextRange};

/// A place that stands for a concept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'c> {
    pub(crate) span: Span,
    pub(crate) block: usize,
    pub(crate) range: TextRange,
    pub(crate) concept: ConceptId,
    /// The concept's id, which is the same under every configuration.
    pub(crate) id: &'c str,
    /// The folded spelling, if the place is written as some dictionary lists it.
    pub(crate) key: Option<KeyId>,
    /// What the text stands for; of a near miss the preferred designation.
    pub(crate) spelling: &'c Spelling,
    /// Whether it is right where it stands, whatever it is: in a title, in a sentence about the word.
    pub(crate) exempt: bool,
}

/// Every place of a text that stands for a concept, in reading order.
pub(crate) fn all(checked: &Checked) -> Vec<Named<'_>> {
    of(checked.linter().termbase(), &checked.facts())
}

/// Every place of `document` that stands for a concept, in reading order.
pub(crate) fn of<'b>(base: &'b TermBase, facts: &Facts<'_>) -> Vec<Named<'b>> {
    let mentions = facts.mentions().iter().map(|mention| {
        let spelling = mention.spelling(base);
        Named {
            span: facts.document().block(mention.block).span(mention.range),
            block: mention.block,
            range: mention.range,
            concept: spelling.concept,
            id: &base.concept(spelling.concept).id,
            key: Some(mention.key),
            spelling,
            exempt: mention.exemption.is_some(),
        }
    });
    let near = facts.near_misses().iter().filter_map(|near| {
        let spellings = base.lookup(&base.concept(near.concept).preferred);
        Some(Named {
            span: facts.document().block(near.block).span(near.range),
            block: near.block,
            range: near.range,
            concept: near.concept,
            id: &base.concept(near.concept).id,
            key: None,
            spelling: spellings.iter().find(|spelling| spelling.concept == near.concept)?,
            exempt: near.exemption.is_some(),
        })
    });
    let mut all: Vec<Named<'_>> = mentions.chain(near).collect();
    // A near miss may hold a mention: what the author seems to mean goes first.
    all.sort_by_key(|named| (named.span.start, std::cmp::Reverse(named.span.end)));
    all
}

/// What stands at byte `offset`; a cursor right behind it counts as well, if nothing stands after the cursor.
pub(crate) fn at(checked: &Checked, offset: usize) -> Option<Named<'_>> {
    let all = all(checked);
    let inside = all.iter().find(|named| named.span.start <= offset && offset < named.span.end);
    inside.or_else(|| all.iter().find(|named| named.span.end == offset)).copied()
}

/// The day for which a document's terms are read: its own, else today.
pub(crate) fn day(checked: &Checked, today: Option<Date>) -> Option<Date> {
    checked.document().inner().date().or(today)
}
