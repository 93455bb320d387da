//! Flags entry numbers that are missing, doubled or out of order.

use std::collections::HashMap;

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_terms::dictionary::Header;
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Text;

use super::duplicate_entry::place;
use super::finding::AtEntry;
use super::{DictionaryContext, DictionaryRule, DictionarySink, Entry, EntryPlace};

/// Entry numbers that do not run from 1 without a gap.
#[derive(Debug, Default)]
pub struct EntryNumberGap;

impl EntryNumberGap {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "entry-number-gap",
        name: ("条目编号不连续", "Gap in entry numbers"),
        family: "dictionary",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: None,
        summary: ("条目编号跳号、重号或乱序", "entry numbers missing, doubled or out of order"),
        page: (include_str!("entry_number_gap.md"), include_str!("entry_number_gap.en.md")),
    };
}

impl DictionaryRule for EntryNumberGap {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        for number in cx.official() {
            // The last number below a parent, and the entry that has it.
            let mut last: HashMap<&str, (u32, &Entry<'_>)> = HashMap::new();
            let mut seen: HashMap<&str, &Entry<'_>> = HashMap::new();
            for entry in cx.entries_of(number) {
                // An article of a statute may define several terms, and most articles define none.
                let clause = entry.concept.clause.as_deref().filter(|clause| !clause.starts_with('第'));
                let Some(clause) = clause else { continue };
                if let Some(first) = seen.insert(clause, entry) {
                    // Two terms of one heading rightly have its number.
                    if first.concept.heading.is_none() || first.concept.heading != entry.concept.heading {
                        sink.report(doubled(first, entry));
                    }
                    continue;
                }
                let Some((parent, own)) = split(clause) else { continue };
                let before = last.get(parent).copied();
                let expected = before.map_or(1, |(number, _)| number + 1);
                if own < expected {
                    sink.report(out_of_order(entry, before.map(|(_, entry)| entry)));
                    continue;
                }
                let header = entry.dictionary.header();
                let first = if own - expected < SECTION { expected } else { own };
                let missing: Vec<String> = (first..own)
                    .map(|number| join(parent, number))
                    .filter(|number| !is_explained(header, number))
                    .collect();
                if !missing.is_empty() {
                    sink.report(gap(entry, &missing, before.map(|(_, entry)| entry)));
                }
                last.insert(parent, (own, entry));
            }
        }
    }
}

/// A jump of so many numbers is another way to number, e.g. 101 after 1.
const SECTION: u32 = 50;

/// `3.1.2` is number 2 below `3.1`.
fn split(clause: &str) -> Option<(&str, u32)> {
    let (parent, own) = clause.rsplit_once('.').unwrap_or(("", clause));
    Some((parent, own.parse().ok()?))
}

fn join(parent: &str, number: u32) -> String {
    if parent.is_empty() { number.to_string() } else { format!("{parent}.{number}") }
}

/// Whether the dictionary's note says that the number was given up: 3.1.5 已删除.
fn is_explained(header: &Header, number: &str) -> bool {
    let note = header.note.as_deref().unwrap_or_default();
    let said = note.match_indices(number).any(|(at, _)| {
        let part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '.');
        !part(note[..at].chars().next_back()) && !part(note[at + number.len()..].chars().next())
    });
    said && ["删", "空", "保留"].iter().any(|word| note.contains(word))
}

fn gap(entry: &Entry<'_>, missing: &[String], before: Option<&Entry<'_>>) -> Finding<EntryPlace> {
    let clause = entry.concept.clause.as_deref().unwrap_or_default();
    let range = match missing {
        [one] => one.clone(),
        _ => format!("{}～{}", missing[0], missing[missing.len() - 1]),
    };
    let message = Text::new(
        format!("“{}”（{clause}）之前缺编号{range}", entry.term()),
        format!("number {range} is missing before `{}` ({clause})", entry.term()),
    );
    Finding::at_entry(entry, message)
        .help(Text::new(
            "多半是导入时漏了条目，请对照原文；原文确已删去的，在词典的 note 里写明“某编号已删除”",
            "an entry was probably lost on import; compare the source, or write in the dictionary's note that the number was deleted (删除)",
        ))
        .beside(before)
}

fn doubled(first: &Entry<'_>, entry: &Entry<'_>) -> Finding<EntryPlace> {
    let clause = entry.concept.clause.as_deref().unwrap_or_default();
    let message = Text::new(
        format!("编号{clause}重复：“{}”和“{}”", first.term(), entry.term()),
        format!("number {clause} is used twice: `{}` and `{}`", first.term(), entry.term()),
    );
    Finding::at_entry(entry, message)
        .help(Text::new(
            "请对照原文改正其中一个；原文一个条目里有两个术语的，给两条写上同一个 heading",
            "correct one of them after the source; if one entry holds two terms, give both its `heading`",
        ))
        .beside([first])
}

fn out_of_order(entry: &Entry<'_>, before: Option<&Entry<'_>>) -> Finding<EntryPlace> {
    let clause = entry.concept.clause.as_deref().unwrap_or_default();
    let (after_zh, after_en) = before.map_or_else(Default::default, |before| {
        let (zh, en) = place(before);
        (format!("排在“{}”（{zh}）之后", before.term()), format!("after `{}` ({en})", before.term()))
    });
    let message = Text::new(
        format!("“{}”（{clause}）{after_zh}，编号乱序", entry.term()),
        format!("`{}` ({clause}) is out of order {after_en}", entry.term()),
    );
    Finding::at_entry(entry, message)
        .help(Text::new("请按编号排列", "put the entries in the order of their numbers"))
        .beside(before)
}
