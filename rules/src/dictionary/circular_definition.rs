//! Flags concepts that are defined by one another.

use std::collections::HashMap;

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold;
use zhengming_text::message::Text;

use super::finding::AtEntry;
use super::graph::{Graph, cycles};
use super::{DictionaryContext, DictionaryRule, DictionarySink, Entry, EntryPlace};

/// Definitions that lead back to where they began, within one dictionary.
#[derive(Debug, Default)]
pub struct CircularDefinition;

impl CircularDefinition {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "circular-definition",
        name: ("循环定义", "Circular definition"),
        family: "dictionary",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: None,
        summary: ("几个术语互相定义", "concepts defined by one another"),
        page: (include_str!("circular_definition.md"), include_str!("circular_definition.en.md")),
    };
}

impl DictionaryRule for CircularDefinition {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        for number in cx.official() {
            let defined: Vec<&Entry<'_>> = cx.entries_of(number).filter(|entry| entry.is_defined()).collect();
            for cycle in cycles(&graph(cx, &defined)) {
                let members: Vec<&Entry<'_>> = cycle.iter().map(|&index| defined[index]).collect();
                sink.report(finding(&members));
            }
        }
    }
}

/// Which definition uses which term. Only the definitions count: notes explain and may refer anywhere.
fn graph(cx: &DictionaryContext<'_>, defined: &[&Entry<'_>]) -> Graph {
    let index_of: HashMap<usize, usize> =
        defined.iter().enumerate().map(|(index, entry)| (entry.identity, index)).collect();
    let mut graph = Graph::new();
    for (index, entry) in defined.iter().enumerate() {
        let found = cx.finder().find(&fold::key(entry.body()));
        // 应用 and 平台 mean themselves too seldom for an edge.
        let used = found.iter().filter(|found| !found.ordinary && found.identity != entry.identity);
        graph.insert(index, used.filter_map(|found| index_of.get(&found.identity).copied()).collect());
    }
    graph
}

fn finding(members: &[&Entry<'_>]) -> Finding<EntryPlace> {
    let first = members[0];
    let path = |quote: fn(&str) -> String| {
        let names = members.iter().chain([&first]).map(|entry| quote(entry.term()));
        names.collect::<Vec<_>>().join(" → ")
    };
    let message = Text::new(
        format!("定义循环：{}", path(|term| format!("“{term}”"))),
        format!("circular definitions: {}", path(|term| format!("`{term}`"))),
    );
    let citations: Vec<String> = members.iter().map(|entry| entry.cite()).collect();
    Finding::at_entry(first, message)
        .help(Text::new(
            format!(
                "读者查了一条又被引回来（{}）。请至少改写其中一条，用上位概念加区别特征来定义，不用循环中的术语",
                citations.join("；")
            ),
            format!(
                "the reader is led round ({}); define at least one of them by a superordinate concept and what sets it apart",
                citations.join("; ")
            ),
        ))
        .beside(members.iter().skip(1).copied())
}
