//! The variant family: the right concept under the wrong name.

mod confusable_term;
mod nonstandard_variant;
mod superseded_term;

pub use confusable_term::ConfusableTerm;
pub use nonstandard_variant::NonstandardVariant;
pub use superseded_term::SupersededTerm;

use zhengming_core::diagnostic::{Applicability, Fix};
use zhengming_core::document::BlockRef;
use zhengming_core::facts::Mention;
use zhengming_core::message::Text;
use zhengming_core::rule::Context;
use zhengming_core::termbase::ConceptId;

/// How much of a definition a finding quotes, in characters.
const QUOTED_DEFINITION: usize = 48;

/// Replacing the mention by the preferred designation, if its bytes can be edited in place.
fn replace(cx: &Context<'_>, mention: &Mention, wanted: Applicability) -> Option<Fix> {
    let block = cx.block(mention);
    let preferred = cx.preferred(mention.spelling(cx.termbase()).concept);
    let text = nested_quotes(block, mention, preferred);
    let edits = cx.edits(block, mention.range, &text)?;
    // What is quoted is somebody else's wording.
    let applicability = if block.quoted() { Applicability::Suggestion } else { wanted };
    let title = Text::new(format!("改为“{preferred}”"), format!("replace with `{preferred}`"));
    Some(Fix { title, applicability, edits })
}

/// A designation with quotation marks of its own takes single ones inside others (GB/T 15834—2011).
fn nested_quotes(block: BlockRef<'_>, mention: &Mention, preferred: &str) -> String {
    let text = block.text();
    let inside = text[..mention.range.start].ends_with('“') && text[mention.range.end..].starts_with('”');
    if inside { preferred.replace('“', "‘").replace('”', "’") } else { preferred.to_owned() }
}

/// `DB33/T 2350—2021，3.1.3.9：“各级党政机关……”`, or nothing if no dictionary defines the concept.
fn definition_line(cx: &Context<'_>, concept: ConceptId) -> Option<Text> {
    let (_, entry) = cx.termbase().definition(concept)?;
    let citation = cx.citation(concept)?;
    let definition = shortened(entry.definition.as_deref()?);
    Some(Text::new(format!("{citation}：“{definition}”"), format!("{citation}: “{definition}”")))
}

fn shortened(definition: &str) -> String {
    let mut short: String = definition.chars().take(QUOTED_DEFINITION).collect();
    if short.len() < definition.len() {
        short.push('…');
    }
    short
}
