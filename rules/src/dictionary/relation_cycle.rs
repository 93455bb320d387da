//! Flags relations that lead back to where they began.

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_terms::dictionary::RelationKind;
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold;
use zhengming_text::message::Text;

use super::finding::AtEntry;
use super::graph::{Graph, cycles};
use super::{DictionaryContext, DictionaryRule, DictionarySink, Entry, EntryPlace};

/// Cycles of superseded-by, broader and part-of, over all dictionaries.
#[derive(Debug, Default)]
pub struct RelationCycle;

impl RelationCycle {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "relation-cycle",
        name: ("关系成环", "Cycle of relations"),
        family: "dictionary",
        severity: Severity::Error,
        also: None,
        default: true,
        fix: None,
        summary: ("上下位、部分或取代关系成环", "relations that form a cycle"),
        page: (include_str!("relation_cycle.md"), include_str!("relation_cycle.en.md")),
    };
}

/// The relations that must not lead back, with the one that says the same the other way round.
const KINDS: [(RelationKind, Option<RelationKind>, &str, &str); 4] = [
    (RelationKind::SupersededBy, None, "取代", "superseded-by"),
    (RelationKind::Broader, Some(RelationKind::Narrower), "上位", "broader"),
    (RelationKind::PartOf, None, "部分", "part-of"),
    (RelationKind::AbbreviationOf, None, "简称", "abbreviation-of"),
];

impl DictionaryRule for RelationCycle {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        let mut by_term = std::collections::HashMap::new();
        for entry in cx.entries() {
            by_term.entry(fold::key(entry.term())).or_insert(entry.identity);
        }
        for (kind, reverse, zh, en) in KINDS {
            let mut graph = Graph::new();
            for entry in cx.entries() {
                for relation in &entry.concept.relations {
                    let Some(&target) = by_term.get(&fold::key(&relation.target)) else { continue };
                    if relation.kind == kind {
                        graph.entry(entry.identity).or_default().insert(target);
                    } else if Some(relation.kind) == reverse {
                        graph.entry(target).or_default().insert(entry.identity);
                    }
                }
            }
            let itself = graph.iter().filter(|(from, to)| to.contains(from)).map(|(&from, _)| vec![from]);
            let found: Vec<Vec<usize>> = itself.chain(cycles(&graph)).collect();
            sink.extend(found.iter().map(|cycle| finding(cx, cycle, (kind, reverse), zh, en)));
        }
    }
}

fn finding(
    cx: &DictionaryContext<'_>,
    cycle: &[usize],
    (kind, reverse): (RelationKind, Option<RelationKind>),
    zh: &str,
    en: &str,
) -> Finding<EntryPlace> {
    let related = |entry: &Entry<'_>| {
        let mut relations = entry.concept.relations.iter();
        relations.find(|relation| relation.kind == kind || Some(relation.kind) == reverse).map(|it| it.line)
    };
    // The entry that states the relation, not another one of the same concept.
    let entry_of = |identity: usize| {
        let mut entries = cx.entries().iter().filter(|entry| entry.identity == identity);
        let stated = entries.clone().find(|entry| related(entry).is_some());
        stated.or_else(|| entries.next()).expect("identities are those of entries")
    };
    let members: Vec<&Entry<'_>> = cycle.iter().map(|&identity| entry_of(identity)).collect();
    let names = members.iter().chain(members.first()).map(|entry| entry.term());
    let path = names.collect::<Vec<_>>().join(" → ");
    let message =
        Text::new(format!("{zh}关系（{en}）成环：{path}"), format!("`{en}` relations form a cycle: {path}"));
    Finding::at_entry(members[0], message)
        .line(related(members[0]).unwrap_or(0))
        .help(Text::new("请去掉其中方向有误的一条", "remove the one that points the wrong way"))
        .beside(members.iter().skip(1).copied())
}
