//! The families edition and citation: what a document refers to, in which edition, and in which form.

mod citation_format;
mod cited_term;
mod clause_reference_mismatch;
mod draft_as_authority;
mod law;
mod malformed_standard_number;
mod mixed_editions;
mod pending_edition;
mod stale_edition;
mod title_number_mismatch;
mod undated_clause_reference;
mod unknown_edition;
mod withdrawn_standard;

pub use citation_format::CitationFormat;
pub use clause_reference_mismatch::ClauseReferenceMismatch;
pub use draft_as_authority::DraftAsAuthority;
pub use malformed_standard_number::MalformedStandardNumber;
pub use mixed_editions::MixedEditions;
pub use pending_edition::PendingEdition;
pub use stale_edition::StaleEdition;
pub use title_number_mismatch::TitleNumberMismatch;
pub use undated_clause_reference::UndatedClauseReference;
pub use unknown_edition::UnknownEdition;
pub use withdrawn_standard::WithdrawnStandard;

use zhengming_lint::rule::Context;
use zhengming_reading::citation::{Citation, Cited, Kind};
use zhengming_terms::register::{Edition, Register, Standard, Standing};
use zhengming_text::diagnostic::Edit;
use zhengming_text::document::BlockRef;
use zhengming_text::span::TextRange;

/// What the document relies on: not what it is itself, not what was, not its own short forms.
fn references<'a>(cx: &Context<'a>) -> impl Iterator<Item = &'a Cited> {
    cx.citations().iter().filter(|cited| cited.citation.role.is_relied_on())
}

/// References grouped by what they cite, each group in reading order.
fn grouped<'a>(cx: &Context<'a>) -> Vec<Vec<&'a Cited>> {
    let mut groups: Vec<Vec<&Cited>> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for cited in references(cx) {
        let key = (cited.citation.series.as_str(), cited.citation.edition.as_deref());
        let group = *known.entry(key).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(cited);
    }
    groups
}

/// The edition that a citation means, as the register knows it. A document named without an edition is
/// the one in force; if none is, the last.
fn registered<'a>(
    cx: &Context<'a>,
    citation: &Citation,
) -> Option<(&'a Register, &'a Standard, &'a Edition)> {
    let register = cx.register()?;
    let standard = register.standard(&citation.series)?;
    if let Some(edition) = &citation.edition {
        return Some((register, standard, standard.edition(edition)?));
    }
    if citation.kind != Kind::Title || standard.current(register, cx.as_of()).is_some() {
        return None;
    }
    let last = standard.editions.iter().rev().find(|edition| edition.status != Standing::Draft)?;
    Some((register, standard, last))
}

/// The citation as the document should write it: titles keep the shape that people know.
fn shown(citation: &Citation) -> String {
    citation.normal.replace('(', "（").replace(')', "）")
}

/// The edit that puts `text` in place of `range`, or nothing if layout or markup splits it. Numbers hold
/// a space of their own, so what counts as layout elsewhere counts as text here.
fn replace(block: BlockRef<'_>, range: TextRange, text: &str) -> Option<Vec<Edit>> {
    let raw = &block.text()[range.range()];
    let whole = block.editable(range) && !raw.contains(['\n', '\r']);
    whole.then(|| vec![Edit { span: block.span(range), text: text.to_owned() }])
}
