//! Whether a doubtful spelling is right where it stands.

use std::collections::{HashMap, HashSet};

use crate::prose::{self, ZoneKind};
use zhengming_terms::dictionary::Layer;
use zhengming_terms::termbase::{ConceptId, TermBase};
use zhengming_text::document::{BlockKind, Document};
use zhengming_text::fold;
use zhengming_text::span::TextRange;

use super::abbreviation::Abbreviation;
use super::mention::Exemption;
use super::statement;

/// What is asked about.
pub(super) struct Subject<'a> {
    /// The concept that the spelling stands for.
    pub(super) concept: ConceptId,
    /// Words in whose company it means something else.
    pub(super) unless: &'a [String],
    /// Whether a definition makes it right: it does not a misspelling.
    pub(super) may_be_defined: bool,
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
        if statement::is_about_the_word(text, range) {
            return Some(Exemption::Statement);
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

    fn is_own(&self, concept: ConceptId) -> bool {
        !self.sources.is_empty()
            && self
                .termbase
                .entries(concept)
                .any(|(dictionary, _)| self.sources.contains(&dictionary.header().id.as_str()))
    }
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
