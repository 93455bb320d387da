//! Flags variants that are another concept's preferred term.

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_terms::dictionary::Status;
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Text;

use super::finding::AtEntry;
use super::{DictionaryContext, DictionaryRule, DictionarySink, Entry, EntryPlace};

/// A variant or rejected name that some entry defines as its term.
#[derive(Debug, Default)]
pub struct VariantShadowsTerm;

impl VariantShadowsTerm {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "variant-shadows-term",
        name: ("变体与别的术语同名", "Variant that is another term"),
        family: "dictionary",
        severity: Severity::Error,
        also: None,
        default: true,
        fix: None,
        summary: ("变体本身是另一个概念的规范用语", "a variant that is another concept's preferred term"),
        page: (include_str!("variant_shadows_term.md"), include_str!("variant_shadows_term.en.md")),
    };
}

impl DictionaryRule for VariantShadowsTerm {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        let mut by_term = std::collections::HashMap::new();
        for entry in cx.entries() {
            by_term.entry(entry.term().trim()).or_insert_with(Vec::new).push(entry);
        }
        for entry in cx.entries() {
            let owner_of = |text: &str| {
                let owners = by_term.get(text.trim()).into_iter().flatten().copied();
                owners.filter(|owner| owner.identity != entry.identity).find(|owner| has_claim(owner, entry))
            };
            for variant in &entry.concept.variants {
                if let Some(owner) =
                    owner_of(&variant.surface).filter(|owner| !cx.are_confusable(owner, entry))
                {
                    sink.report(finding(owner, entry, &variant.surface).line(variant.line));
                }
            }
            for name in entry.concept.designations.iter().filter(|name| name.status != Status::Preferred) {
                // Another dictionary may reject a term: the later layer decides.
                if let Some(owner) = owner_of(&name.text).filter(|owner| owner.number == entry.number) {
                    sink.report(finding(owner, entry, &name.text));
                }
            }
        }
    }
}

/// Whether the owner's term stands against the entry: within one dictionary always, unless a domain
/// separates them; otherwise only if it is defined and no later layer takes it on itself.
fn has_claim(owner: &Entry<'_>, entry: &Entry<'_>) -> bool {
    if owner.number == entry.number {
        return owner.concept.domain == entry.concept.domain;
    }
    owner.is_defined() && owner.number < entry.number
}

fn finding(owner: &Entry<'_>, entry: &Entry<'_>, surface: &str) -> Finding<EntryPlace> {
    let (term, cite) = (entry.term(), owner.cite());
    let message = Text::new(
        format!("“{surface}”列在“{term}”名下，但它本身是规范用语（{cite}）"),
        format!("`{surface}` is listed for `{term}`, but is itself a preferred term ({cite})"),
    );
    Finding::at_entry(entry, message)
        .help(Text::new(
            "正确的用法会被当成错误；请删去，确属易混的改用 confusable 关系说明区别",
            "a right use would be taken for a fault; remove it, or say in a `confusable` relation how the two differ",
        ))
        .beside([owner])
}
