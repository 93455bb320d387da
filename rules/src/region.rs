//! The province that a document is of, as its head tells, and whether a dictionary of another province speaks to it.

use zhengming_lint::rule::Context;
use zhengming_reading::head;
use zhengming_terms::dictionary::Dictionary;
use zhengming_terms::termbase::ConceptId;
use zhengming_text::fold::canonical;

pub(crate) use zhengming_reading::head::other_provinces;

/// What a document's region means for the loaded dictionaries.
pub(crate) struct Region {
    /// Ids of the dictionaries that are another province's and that the document does not cite.
    foreign: Vec<String>,
}

impl Region {
    fn of(cx: &Context<'_>) -> Self {
        let Some(own) = province(cx) else { return Self { foreign: Vec::new() } };
        let dictionaries = cx.termbase().dictionaries().iter();
        let foreign = dictionaries
            .filter(|dictionary| province_of(dictionary).is_some_and(|theirs| theirs != own))
            .filter(|dictionary| !is_cited(cx, dictionary))
            .map(|dictionary| dictionary.header().id.clone());
        Self { foreign: foreign.collect() }
    }

    fn is_foreign(&self, cx: &Context<'_>, concept: ConceptId) -> bool {
        let is_foreign = |dictionary: &Dictionary| self.foreign.contains(&dictionary.header().id);
        let mut entries = cx.termbase().entries(concept).map(|(dictionary, _)| dictionary).peekable();
        !self.foreign.is_empty() && entries.peek().is_some() && entries.all(is_foreign)
    }
}

/// Whether only dictionaries of another province know `concept`, so that they do not bind the document. A
/// document that does not say where it is from is bound by all.
pub(crate) fn is_foreign(cx: &Context<'_>, concept: ConceptId) -> bool {
    cx.facts().shared(|| Region::of(cx)).is_foreign(cx, concept)
}

/// Code of the province that the document is of.
fn province(cx: &Context<'_>) -> Option<&'static str> {
    head::region(cx.document(), cx.own_numbers()).map(|region| region.code)
}

/// The titles of the document, without white space.
pub(crate) fn titles(cx: &Context<'_>) -> Vec<String> {
    head::titles(cx.document())
}

/// The same for definitions, which the state's own documents are free to give as well.
pub(crate) fn standing_of(cx: &Context<'_>, titles: &[String]) -> Option<&'static str> {
    let by_title = head::region_of_titles(titles).map(|region| region.code);
    by_title
        .or_else(|| head::is_of_the_state(titles).then_some(head::STATE_CODE))
        .or_else(|| head::region_of_issue(cx.document(), cx.own_numbers()).map(|region| region.code))
}

/// Code of the province that issued a dictionary, as its number, issuer or title tells.
pub(crate) fn province_of(dictionary: &Dictionary) -> Option<&'static str> {
    let header = dictionary.header();
    let by_series = header
        .series
        .as_deref()
        .and_then(|series| head::province_of_code(series.strip_prefix("DB")?.get(..2)?));
    let by_name = |name: Option<&str>| name.and_then(head::province_at_beginning);
    by_series.or_else(|| by_name(header.issuer.as_deref())).or_else(|| by_name(Some(&header.title)))
}

/// Whether a title begins with the name of a province.
pub(crate) fn begins_with_province(title: &str) -> bool {
    head::province_at_beginning(title).is_some()
}

fn is_cited(cx: &Context<'_>, dictionary: &Dictionary) -> bool {
    let Some(series) = dictionary.header().series.as_deref().map(canonical) else { return false };
    cx.citations()
        .iter()
        .any(|cited| cited.citation.role.is_relied_on() && canonical(&cited.citation.series) == series)
}

#[cfg(test)]
mod tests;
