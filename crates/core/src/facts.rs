//! What a document says, read once and shared by all rules.

mod abbreviation;
mod mention;
mod statement;

use std::collections::HashSet;

use crate::document::Document;
use crate::fold;
use crate::matcher::Matcher;
use crate::prose;
use crate::span::TextRange;
use crate::termbase::{ConceptId, KeyId, Spelling, TermBase};

pub use abbreviation::Abbreviation;
pub use mention::{Deviation, Exemption, Mention};

/// The facts of one document.
#[derive(Debug, Default)]
pub struct Facts {
    mentions: Vec<Mention>,
    abbreviations: Vec<Abbreviation>,
}

impl Facts {
    /// Reads `document` with the spellings that `matcher` knows.
    pub fn read(document: &Document, matcher: &Matcher) -> Self {
        let termbase = matcher.termbase();
        let mut mentions = Vec::new();
        for block in document.blocks() {
            let text = block.text();
            for found in matcher.find(text) {
                if !termbase.key(found.key).spellings.is_empty() {
                    mentions.push(Mention::new(block.index(), text, found, termbase));
                }
            }
        }
        // Most documents use no spelling that could be at fault; nothing more is read for those.
        if !mentions.iter().any(|mention| mention.is_doubtful(termbase)) {
            return Self { mentions, abbreviations: Vec::new() };
        }
        let abbreviations = abbreviation::read(document);
        let defined = defined_here(document, &mentions, termbase);
        let sources = own_sources(document, termbase);
        let mut zones = (usize::MAX, Vec::new());
        for mention in &mut mentions {
            if !mention.is_doubtful(termbase) {
                continue;
            }
            if is_own(mention, &sources, termbase) {
                mention.exemption = Some(Exemption::OwnSource);
                continue;
            }
            let text = document.block(mention.block).text();
            if zones.0 != mention.block {
                zones = (mention.block, prose::zones(text));
            }
            mention.exemption = exemption(mention, text, &zones.1, &abbreviations, &defined, termbase);
        }
        Self { mentions, abbreviations }
    }

    /// Every spelling of a known concept, in reading order.
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// Short forms that the document declares, in reading order.
    ///
    /// They are read only if some mention may be at fault, since they matter to nothing else yet.
    pub fn abbreviations(&self) -> &[Abbreviation] {
        &self.abbreviations
    }

    /// The mentions of one concept, exempt ones included.
    pub fn mentions_of(&self, termbase: &TermBase, concept: ConceptId) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(move |mention| mention.spelling(termbase).concept == concept)
    }
}

/// Ids of the dictionaries whose own text the document is: one of its blocks is their title.
fn own_sources<'b>(document: &Document, termbase: &'b TermBase) -> Vec<&'b str> {
    let headers = termbase.dictionaries().iter().map(|dictionary| dictionary.header());
    let is_title = |title: &str| document.blocks().any(|block| block.text().trim() == title);
    headers.filter(|header| is_title(&header.title)).map(|header| header.id.as_str()).collect()
}

fn is_own(mention: &Mention, sources: &[&str], termbase: &TermBase) -> bool {
    let concept = mention.spelling(termbase).concept;
    !sources.is_empty()
        && termbase.entries(concept).any(|(dictionary, _)| sources.contains(&dictionary.header().id.as_str()))
}

/// Spellings that the document defines for itself: 本条例所称政务数据，是指….
fn defined_here(document: &Document, mentions: &[Mention], termbase: &TermBase) -> HashSet<KeyId> {
    let is_definiendum = |mention: &&Mention| {
        mention.is_doubtful(termbase)
            && statement::defines(document.block(mention.block).text(), mention.range)
    };
    mentions.iter().filter(is_definiendum).map(|mention| mention.key).collect()
}

fn exemption(
    mention: &Mention,
    text: &str,
    zones: &[(TextRange, prose::ZoneKind)],
    abbreviations: &[Abbreviation],
    defined: &HashSet<KeyId>,
    termbase: &TermBase,
) -> Option<Exemption> {
    if let Some((_, kind)) = zones.iter().find(|(zone, _)| zone.contains(mention.range)) {
        return Some(match kind {
            prose::ZoneKind::Title => Exemption::Title,
            prose::ZoneKind::Code => Exemption::Code,
        });
    }
    if prose::is_identifier(text, mention.range) {
        return Some(Exemption::Code);
    }
    if statement::is_about_the_word(text, mention.range) {
        return Some(Exemption::Statement);
    }
    if defined.contains(&mention.key) {
        return Some(Exemption::DefinedHere);
    }
    let place = (mention.block, mention.range.start);
    let key = &termbase.key(mention.key).text;
    let declared =
        |short: &&Abbreviation| fold::key(&short.short) == *key && (short.block, short.range.start) <= place;
    if abbreviations.iter().any(|short| declared(&short)) {
        return Some(Exemption::DeclaredShort);
    }
    means_something_else(mention.spelling(termbase), text, mention.range).then_some(Exemption::OtherSense)
}

fn means_something_else(spelling: &Spelling, text: &str, range: TextRange) -> bool {
    let crate::termbase::Role::Variant { unless, .. } = &spelling.role else { return false };
    let sentence = &text[prose::sentence_around(text, range).range()];
    unless.iter().any(|word| sentence.contains(word.as_str()))
}

#[cfg(test)]
mod tests;
