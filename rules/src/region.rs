//! The province that a document is of, as its head tells, and whether a dictionary of another province speaks to it.

use zhengming_lint::rule::Context;
use zhengming_reading::head;
use zhengming_terms::dictionary::Dictionary;
use zhengming_terms::termbase::ConceptId;
use zhengming_text::fold::canonical;

pub(crate) use zhengming_reading::head::other_provinces;

/// Whether only dictionaries of another province know `concept`, and the document cites none of them, so that they
/// do not bind it. A document that does not say where it is from is bound by all.
pub(crate) fn is_foreign(cx: &Context<'_>, concept: ConceptId) -> bool {
    let Some(own) = cx.head().region.map(|region| region.code) else { return false };
    let is_foreign = |dictionary: &Dictionary| {
        province_of(dictionary).is_some_and(|theirs| theirs != own) && !is_cited(cx, dictionary)
    };
    let mut entries = cx.termbase().entries(concept).map(|(dictionary, _)| dictionary).peekable();
    entries.peek().is_some() && entries.all(is_foreign)
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
