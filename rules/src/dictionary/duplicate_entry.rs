//! Flags a term or id that has two entries in one dictionary.

use std::collections::HashMap;

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold;
use zhengming_text::message::Text;

use super::finding::AtEntry;
use super::{DictionaryContext, DictionaryRule, DictionarySink, Entry, EntryPlace};

/// The same name, in the same domain, or the same id twice.
#[derive(Debug, Default)]
pub struct DuplicateEntry;

impl DuplicateEntry {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "duplicate-entry",
        name: ("重复条目", "Duplicate entry"),
        family: "dictionary",
        severity: Severity::Error,
        also: None,
        default: true,
        fix: None,
        summary: ("同一术语在一部词典里有两条", "a term with two entries in one dictionary"),
        page: (include_str!("duplicate_entry.md"), include_str!("duplicate_entry.en.md")),
    };
}

impl DictionaryRule for DuplicateEntry {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        for number in 0..cx.dictionaries().len() {
            let mut names: HashMap<(String, Option<&str>), &Entry<'_>> = HashMap::new();
            let mut ids: HashMap<&str, &Entry<'_>> = HashMap::new();
            for entry in cx.entries_of(number) {
                let name = (fold::key(entry.term()), entry.concept.domain.as_deref());
                let same_name = names.get(&name).copied();
                let same_id = ids.get(entry.concept.id.as_str()).copied();
                if let Some(first) = same_name {
                    sink.report(same_term(first, entry));
                } else if let Some(first) = same_id {
                    sink.report(shared_id(first, entry));
                }
                names.entry(name).or_insert(entry);
                ids.entry(&entry.concept.id).or_insert(entry);
            }
        }
    }
}

fn same_term(first: &Entry<'_>, entry: &Entry<'_>) -> Finding<EntryPlace> {
    let term = entry.term();
    let (place_zh, place_en) = place(first);
    let (how_zh, how_en) = if first.definition() == entry.definition() {
        ("定义相同", "with the same definition")
    } else {
        ("定义不同", "with another definition")
    };
    let message = Text::new(
        format!("“{term}”已有条目（{place_zh}），{how_zh}"),
        format!("`{term}` already has an entry ({place_en}), {how_en}"),
    );
    Finding::at_entry(entry, message)
        .help(Text::new(
            "请合并为一条；确实是两个概念的，用 domain（专业领域）区分",
            "make them one; if they are two concepts, tell them apart by `domain`",
        ))
        .beside([first])
}

fn shared_id(first: &Entry<'_>, entry: &Entry<'_>) -> Finding<EntryPlace> {
    let (id, term, other) = (&entry.concept.id, entry.term(), first.term());
    let message = Text::new(
        format!("“{term}”与“{other}”用了同一个 id “{id}”"),
        format!("`{term}` and `{other}` share the id `{id}`"),
    );
    Finding::at_entry(entry, message)
        .help(Text::new(
            "一个 id 只能用于一个概念，请改掉一个",
            "an id belongs to one concept; change one of the two",
        ))
        .beside([first])
}

/// Where an entry stands: its clause, or its line if it has none.
pub(super) fn place(entry: &Entry<'_>) -> (String, String) {
    match entry.concept.clause {
        Some(_) => (entry.cite(), entry.cite()),
        None => (format!("第{}行", entry.concept.line), format!("line {}", entry.concept.line)),
    }
}
