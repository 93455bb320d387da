//! Whether a doubtful spelling is right where it stands.

use std::collections::{HashMap, HashSet};

use crate::prose::{self, ZoneKind};
use zhengming_terms::dictionary::Layer;
use zhengming_terms::termbase::{ConceptId, TermBase};
use zhengming_text::document::{BlockKind, Document, TYPED_BREAK};
use zhengming_text::fold;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::span::TextRange;

use super::abbreviation::Abbreviation;
use super::mention::Exemption;
use super::{correction, statement};

/// What is asked about.
pub(super) struct Subject<'a> {
    /// The concept that the spelling stands for.
    pub(super) concept: ConceptId,
    /// Words in whose company it means something else.
    pub(super) unless: &'a [String],
    /// Whether a definition makes it right: it does not a misspelling.
    pub(super) may_be_defined: bool,
    /// Whether it is read across a break that somebody typed, which may set two things apart: a misspelling is.
    pub(super) may_be_broken: bool,
}

/// What one document says that bears on doubtful spellings.
pub(super) struct Judge<'a> {
    document: &'a Document,
    termbase: &'a TermBase,
    /// Ids of the dictionaries whose own text the document is.
    sources: Vec<&'a str>,
    /// Folded spellings that the document defines: 本条例所称政务数据，是指….
    defined: HashSet<String>,
    /// Folded short forms, with the place from which on they are allowed.
    shorts: HashMap<String, (usize, usize)>,
    /// The zones of the block that was asked for last: questions come in reading order.
    zones: (usize, Vec<(TextRange, ZoneKind)>),
}

impl<'a> Judge<'a> {
    /// Reads what the document says about the spellings at `places`.
    pub(super) fn new(
        document: &'a Document,
        termbase: &'a TermBase,
        abbreviations: &[Abbreviation],
        places: impl Iterator<Item = (usize, TextRange)>,
    ) -> Self {
        let surface =
            |(block, range): (usize, TextRange)| fold::key(&document.block(block).text()[range.range()]);
        let is_definiendum =
            |&(block, range): &(usize, TextRange)| statement::defines(document.block(block).text(), range);
        let mut shorts = HashMap::new();
        for one in abbreviations {
            shorts.entry(fold::key(&one.short)).or_insert((one.block, one.range.start));
        }
        Self {
            document,
            termbase,
            sources: own_sources(document, termbase),
            defined: places.filter(is_definiendum).map(surface).collect(),
            shorts,
            zones: (usize::MAX, Vec::new()),
        }
    }

    /// Why the spelling at `range` of block number `block` is right, if it is.
    pub(super) fn exemption(
        &mut self,
        block: usize,
        range: TextRange,
        subject: &Subject<'_>,
    ) -> Option<Exemption> {
        let text = self.document.block(block).text();
        if self.is_own(subject.concept) {
            return Some(Exemption::OwnSource);
        }
        if self.zones.0 != block {
            self.zones = (block, prose::zones(text));
        }
        if let Some(kind) = prose::zone_at(&self.zones.1, range) {
            return Some(match kind {
                ZoneKind::Title | ZoneKind::Source => Exemption::Title,
                ZoneKind::Code => Exemption::Code,
            });
        }
        if prose::is_identifier(text, range) || prose::is_document_number(text, range) {
            return Some(Exemption::Code);
        }
        let right = self.termbase.preferred_on(subject.concept, None);
        if statement::is_about_the_word(text, range)
            || correction::is_set_against(text, range, right)
            || correction::is_cell_of_corrections(self.document, self.document.block(block), range, right)
        {
            return Some(Exemption::Statement);
        }
        if !subject.may_be_broken && text[range.range()].contains(TYPED_BREAK) {
            return Some(Exemption::Broken);
        }
        if self.goes_over_blocks(block, range, right) {
            return Some(Exemption::Broken);
        }
        let key = fold::key(&text[range.range()]);
        if subject.may_be_defined && self.defined.contains(&key) {
            return Some(Exemption::DefinedHere);
        }
        if self.shorts.get(&key).is_some_and(|from| *from <= (block, range.start)) {
            return Some(Exemption::DeclaredShort);
        }
        let sentence = &text[prose::sentence_around(text, range).range()];
        let other_sense = subject.unless.iter().any(|word| sentence.contains(word.as_str()));
        other_sense.then_some(Exemption::OtherSense)
    }

    /// Whether the spelling is what one block holds of a term that runs over two: a title or a cell of two paragraphs.
    fn goes_over_blocks(&self, block: usize, range: TextRange, right: &str) -> bool {
        let text = self.document.block(block).text();
        let inside = fold::key(&text[range.range()]);
        let right = fold::key(right);
        let starts = text[..range.start].trim().is_empty();
        if let Some(head) = right.strip_suffix(inside.as_str()).filter(|head| starts && !head.is_empty())
            && let Some(before) = block.checked_sub(1)
        {
            return fold::key(tail(self.document.block(before).text())).ends_with(head);
        }
        let ends = text[range.end..].trim().is_empty();
        if let Some(rest) = right.strip_prefix(inside.as_str()).filter(|rest| ends && !rest.is_empty())
            && block + 1 < self.document.blocks().len()
        {
            let next = self.document.block(block + 1).text();
            return fold::key(&next[..floor_boundary(next, LONGEST_TERM)]).starts_with(rest);
        }
        false
    }

    fn is_own(&self, concept: ConceptId) -> bool {
        !self.sources.is_empty()
            && self
                .termbase
                .entries(concept)
                .any(|(dictionary, _)| self.sources.contains(&dictionary.header().id.as_str()))
    }
}

/// No term is longer than this, in bytes.
const LONGEST_TERM: usize = 200;

/// The end of a text, as long as a term may be.
fn tail(text: &str) -> &str {
    &text[floor_boundary(text, text.len().saturating_sub(LONGEST_TERM))..]
}

/// Ids of the official dictionaries whose own text the document is: its title, or one of its headings,
/// is theirs.
fn own_sources<'b>(document: &Document, termbase: &'b TermBase) -> Vec<&'b str> {
    let headers = termbase.dictionaries().iter().map(|dictionary| dictionary.header());
    let is_heading = |title: &str| {
        document.metadata().title.as_deref() == Some(title)
            || document
                .blocks()
                .any(|block| matches!(block.kind(), BlockKind::Heading(_)) && block.text().trim() == title)
    };
    headers
        .filter(|header| header.layer == Layer::Official && is_heading(&header.title))
        .map(|header| header.id.as_str())
        .collect()
}
