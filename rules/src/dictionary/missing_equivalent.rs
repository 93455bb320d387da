//! Flags entries of a standard without an English equivalent.

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_terms::dictionary::Authority;
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Text;

use super::finding::AtEntry;
use super::{DictionaryContext, DictionaryRule, DictionarySink, Entry, EntryPlace};

/// Entries without an English equivalent, in standards and where other entries have one.
#[derive(Debug, Default)]
pub struct MissingEquivalent;

impl MissingEquivalent {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "missing-equivalent",
        name: ("缺英文对应词", "No English equivalent"),
        family: "dictionary",
        severity: Severity::Info,
        also: None,
        default: true,
        fix: None,
        summary: ("标准的术语条目没有英文对应词", "an entry of a standard without an English equivalent"),
        page: (include_str!("missing_equivalent.md"), include_str!("missing_equivalent.en.md")),
    };
}

impl DictionaryRule for MissingEquivalent {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        for number in cx.official() {
            let missing: Vec<&Entry<'_>> =
                cx.entries_of(number).filter(|entry| entry.concept.english.is_empty()).collect();
            let all = cx.entries_of(number).count();
            // Word lists of an office need no English, unless they have begun to give it.
            let wanted = is_standard(cx, number) || missing.len() * 2 < all;
            match missing[..] {
                [first, ..] if wanted && missing.len() * 2 >= all => sink.report(most(first, &missing, all)),
                _ if wanted => sink.extend(missing.iter().map(|entry| single(entry))),
                _ => {}
            }
        }
    }
}

fn is_standard(cx: &DictionaryContext<'_>, number: usize) -> bool {
    matches!(
        cx.dictionaries()[number].header().authority,
        Some(Authority::NationalStandard | Authority::IndustryStandard | Authority::LocalStandard)
    )
}

const WHY: (&str, &str) = (
    "标准的术语条目由条目编号、术语、英文对应词、定义组成（GB/T 1.1—2020）",
    "an entry of a standard has a number, a term, an English equivalent and a definition (GB/T 1.1—2020)",
);

fn most(first: &Entry<'_>, missing: &[&Entry<'_>], all: usize) -> Finding<EntryPlace> {
    let (count, title) = (missing.len(), first.dictionary.cite(None));
    let message = Text::new(
        if count == all {
            format!("{title}的{all}个术语都没有英文对应词")
        } else {
            format!("{title}的{all}个术语中有{count}个没有英文对应词")
        },
        format!("{count} of the {all} terms in {title} have no English equivalent"),
    );
    Finding::at_entry(first, message).help(Text::new(WHY.0, WHY.1)).beside(missing.iter().skip(1).copied())
}

fn single(entry: &Entry<'_>) -> Finding<EntryPlace> {
    let term = entry.term();
    let message = Text::new(format!("“{term}”没有英文对应词"), format!("`{term}` has no English equivalent"));
    Finding::at_entry(entry, message).help(Text::new(WHY.0, WHY.1))
}
