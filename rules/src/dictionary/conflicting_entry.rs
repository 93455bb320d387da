//! Flags a term that two dictionaries define differently.

use std::collections::HashMap;

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_terms::diff::{ADAPTED, SAME, UNRELATED, similarity};
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold;
use zhengming_text::message::Text;

use super::finding::AtEntry;
use super::{DictionaryContext, DictionaryRule, DictionarySink, Entry, EntryPlace};

/// One name, or nearly one, with different definitions in different dictionaries.
#[derive(Debug, Default)]
pub struct ConflictingEntry;

impl ConflictingEntry {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "conflicting-entry",
        name: ("词典之间定义不同", "Dictionaries define a term differently"),
        family: "dictionary",
        severity: Severity::Warning,
        also: Some(Severity::Info),
        default: true,
        fix: None,
        summary: ("同一术语在两部词典里定义不同", "a term that two dictionaries define differently"),
        page: (include_str!("conflicting_entry.md"), include_str!("conflicting_entry.en.md")),
    };
}

impl DictionaryRule for ConflictingEntry {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        // Only names with a common beginning can be the same or nearly so.
        let mut by_beginning: HashMap<String, Vec<(&Entry<'_>, String)>> = HashMap::new();
        for later in cx.entries().iter().filter(|entry| entry.is_defined()) {
            let name = fold::key(later.term());
            let known = by_beginning.entry(name.chars().take(2).collect()).or_default();
            for (earlier, other) in &*known {
                // Two editions of one source are meant to differ; comparing them is another task.
                if earlier.number == later.number || are_editions(earlier, later) {
                    continue;
                }
                if name == *other {
                    sink.extend(same_name(earlier, later));
                } else if is_near(&name, other) && !cx.are_confusable(earlier, later) {
                    sink.report(near_name(earlier, later));
                }
            }
            known.push((later, name));
        }
    }
}

fn are_editions(a: &Entry<'_>, b: &Entry<'_>) -> bool {
    let series = |entry: &Entry<'_>| entry.dictionary.header().series.clone();
    series(a).is_some() && series(a) == series(b)
}

fn same_name(earlier: &Entry<'_>, later: &Entry<'_>) -> Option<Finding<EntryPlace>> {
    if earlier.concept.domain.is_some() && earlier.concept.domain != later.concept.domain {
        return None;
    }
    let alike = similarity(earlier.body(), later.body());
    if alike >= SAME {
        return None;
    }
    let (severity, how_zh, how_en) = match alike {
        alike if alike < UNRELATED => (Severity::Warning, "含义不同", "and means something else there"),
        alike if alike < ADAPTED => (Severity::Info, "文字出入较大", "in rather different words"),
        _ => (Severity::Info, "经过改写", "in adapted form"),
    };
    let (term, cite) = (later.term(), earlier.cite());
    let message = Text::new(
        format!("“{term}”在{cite}也有定义，{how_zh}（相似度 {alike:.2}）"),
        format!("`{term}` is also defined in {cite}, {how_en} (similarity {alike:.2})"),
    );
    let finding = Finding::at_entry(later, message)
        .severity(severity)
        .help(Text::new(
            format!("{cite}：“{}”。请说明以哪个为准，或注明来源后照录", earlier.definition()),
            format!(
                "{cite}: `{}`. Say which of them holds, or name the source and copy it",
                earlier.definition()
            ),
        ))
        .beside([earlier]);
    Some(finding)
}

fn near_name(earlier: &Entry<'_>, later: &Entry<'_>) -> Finding<EntryPlace> {
    let (term, other, cite) = (later.term(), earlier.term(), earlier.cite());
    let message = Text::new(
        format!("“{term}”与“{other}”（{cite}）只差几个字，定义不同"),
        format!("`{term}` and `{other}` ({cite}) differ in a few characters, and their definitions differ"),
    );
    Finding::at_entry(later, message)
        .severity(Severity::Info)
        .help(Text::new(
            "是同一概念的，请统一名称；是两个概念的，请用 confusable 关系说明区别",
            "if they are one concept, give it one name; if two, say how they differ in a `confusable` relation",
        ))
        .beside([earlier])
}

/// Whether one name is the other with a word put in: 多跨场景, 多跨应用场景.
fn is_near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if short.len() < 4 || long.len() == short.len() || long.len() - short.len() > 2 {
        return false;
    }
    let prefix = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let suffix = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    // A word at either end makes a narrower concept: 多跨|应用场景, 智慧健身|场馆.
    let inside = prefix < short.len() && suffix < short.len();
    inside && prefix >= 2 && suffix >= 2 && prefix + suffix >= short.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_put_in_makes_a_near_name_and_one_put_on_does_not() {
        assert!(is_near("多跨场景", "多跨应用场景"));
        for (a, b) in [
            ("应用场景", "多跨应用场景"),
            ("智慧健身", "智慧健身场馆"),
            ("数据共享", "数据开放"),
            ("数据仓", "数据仓库"),
            ("救助大脑", "教育大脑"),
        ] {
            assert!(!is_near(a, b), "{a} {b}");
        }
    }
}
