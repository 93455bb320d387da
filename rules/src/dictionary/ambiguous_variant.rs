//! Flags spellings that stand for two concepts.

use std::collections::HashMap;

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_terms::dictionary::Status;
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold;
use zhengming_text::message::Text;

use super::finding::AtEntry;
use super::{DictionaryContext, DictionaryRule, DictionarySink, Entry, EntryPlace};

/// One variant, or one name that is not preferred, of two concepts.
#[derive(Debug, Default)]
pub struct AmbiguousVariant;

impl AmbiguousVariant {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "ambiguous-variant",
        name: ("一个变体两个术语", "Variant of two terms"),
        family: "dictionary",
        severity: Severity::Error,
        also: Some(Severity::Info),
        default: true,
        fix: None,
        summary: ("一个变体对应两个术语", "one variant of two terms"),
        page: (include_str!("ambiguous_variant.md"), include_str!("ambiguous_variant.en.md")),
    };
}

impl DictionaryRule for AmbiguousVariant {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        let mut owners: HashMap<String, Vec<&Entry<'_>>> = HashMap::new();
        for entry in cx.entries() {
            for (surface, line) in surfaces(entry) {
                let known = owners.entry(fold::key(surface)).or_default();
                let other = known
                    .iter()
                    .find(|other| other.identity != entry.identity && !are_told_apart(other, entry));
                if let Some(other) = other {
                    sink.report(finding(other, entry, surface).line(line));
                }
                known.push(entry);
            }
        }
    }
}

/// Variants, and names that are not preferred: a preferred one of two concepts is a doubled entry.
fn surfaces<'e>(entry: &'e Entry<'_>) -> impl Iterator<Item = (&'e str, usize)> {
    let names = entry.concept.designations.iter().filter(|name| name.status != Status::Preferred);
    let names = names.map(|name| (name.text.as_str(), entry.concept.line));
    names.chain(entry.concept.variants.iter().map(|variant| (variant.surface.as_str(), variant.line)))
}

fn are_told_apart(a: &Entry<'_>, b: &Entry<'_>) -> bool {
    a.number == b.number && a.concept.domain != b.concept.domain
}

fn finding(other: &Entry<'_>, entry: &Entry<'_>, surface: &str) -> Finding<EntryPlace> {
    let (first, second) = (other.term(), entry.term());
    let message = Text::new(
        format!("“{surface}”同时是“{first}”和“{second}”的变体或其他名称"),
        format!("`{surface}` is listed for `{first}` and for `{second}`"),
    );
    let finding = Finding::at_entry(entry, message).beside([other]);
    if other.number == entry.number {
        finding.help(Text::new(
            "遇到它时无法判断该改成哪一个；请删去一处，或用 domain 区分",
            "nobody can tell which of the two is meant; remove one, or tell them apart by `domain`",
        ))
    } else {
        // Layering is how a house dictionary changes what another says, but it should know that it does.
        finding.severity(Severity::Info).help(Text::new(
            format!("分属两部词典，以后加载的为准，即改为“{second}”；不是有意的，请删去一处"),
            format!("of two dictionaries the later one wins, so it leads to `{second}`; remove one if that is not meant"),
        ))
    }
}
