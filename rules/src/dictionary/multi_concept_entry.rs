//! Flags entries that hold more than one concept.

use std::collections::BTreeMap;

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold;
use zhengming_text::message::Text;

use super::finding::AtEntry;
use super::{DictionaryContext, DictionaryRule, DictionarySink, Entry, EntryPlace};
use zhengming_text::zh::mark;

/// Two terms in one entry, or a second definition inside the first.
#[derive(Debug, Default)]
pub struct MultiConceptEntry;

impl MultiConceptEntry {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "multi-concept-entry",
        name: ("一条两个概念", "Two concepts in one entry"),
        family: "dictionary",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: None,
        summary: ("一个条目里有两个概念", "two concepts in one entry"),
        page: (include_str!("multi_concept_entry.md"), include_str!("multi_concept_entry.en.md")),
    };
}

/// Words before + that make one name with it: 互联网+医疗健康.
const PLUS_PREFIXES: [&str; 13] = [
    "互联网",
    "人工智能",
    "ai",
    "5g",
    "数据要素",
    "区块链",
    "大数据",
    "物联网",
    "标准化",
    "生态",
    "文化",
    "数字",
    "智能",
];

impl DictionaryRule for MultiConceptEntry {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        for number in (0..cx.dictionaries().len()).filter(|&number| cx.has_terms(number)) {
            for ((_, heading), members) in shared_headings(cx, number) {
                sink.report(split_entry(heading, &members));
            }
            for entry in cx.entries_of(number) {
                if let Some((first, second)) = joined_terms(entry.term()) {
                    sink.report(joined(entry, first, second));
                } else if let Some(name) = second_definiendum(entry) {
                    sink.report(hidden(entry, name));
                }
            }
        }
    }
}

/// Entries that a reader made of one, because its heading held several terms; by line and heading.
fn shared_headings<'e, 'd>(
    cx: &'e DictionaryContext<'d>,
    number: usize,
) -> BTreeMap<(usize, &'d str), Vec<&'e Entry<'d>>> {
    let mut by_heading: BTreeMap<(&str, &str), Vec<&Entry<'_>>> = BTreeMap::new();
    for entry in cx.entries_of(number) {
        if let (Some(clause), Some(heading)) = (&entry.concept.clause, &entry.concept.heading) {
            by_heading.entry((clause, heading)).or_default().push(entry);
        }
    }
    let several = by_heading.into_iter().filter(|(_, members)| members.len() > 1);
    several.map(|((_, heading), members)| ((members[0].concept.line, heading), members)).collect()
}

/// The terms on either side of a + that is no part of a name.
fn joined_terms(term: &str) -> Option<(&str, &str)> {
    let mut depth = 0_i32;
    for (at, c) in term.char_indices() {
        match c {
            c if mark::opens(c) => depth += 1,
            c if mark::closes(c) => depth -= 1,
            '+' | '＋' | '、' | '/' | '／' if depth == 0 => {
                let (first, second) = (&term[..at], &term[at + c.len_utf8()..]);
                let is_term = |text: &str| text.chars().filter(|&c| fold::is_han(c)).count() >= 2;
                let prefix = PLUS_PREFIXES.contains(&fold::key(first).as_str());
                return (is_term(first) && is_term(second) && !prefix).then_some((first, second));
            }
            _ => {}
        }
    }
    None
}

/// A quoted name in a later sentence, or any name before 是指 there, other than the entry's own:
/// …。“智能速办”是通过….
fn second_definiendum<'d>(entry: &Entry<'d>) -> Option<&'d str> {
    let mut sentences = entry.body().split(mark::STOPS);
    sentences.next();
    sentences.find_map(|sentence| {
        let name = quoted_definiendum(sentence).or_else(|| plain_definiendum(sentence))?;
        let key = fold::key(name);
        let own = fold::key(entry.term());
        // 教育大脑包括… says more of the same.
        (key != own && !key.is_empty()).then_some(name)
    })
}

fn quoted_definiendum(sentence: &str) -> Option<&str> {
    let inner = sentence.trim_start().strip_prefix('“')?;
    let (name, rest) = inner.split_once('”')?;
    let rest = rest.trim_start_matches('，');
    let verb = rest.starts_with('是') || rest.starts_with('指') && !rest.starts_with("指标");
    (verb && name.chars().count() >= 2 && !name.contains('“')).then_some(name)
}

fn plain_definiendum(sentence: &str) -> Option<&str> {
    let (name, _) = sentence.split_once("是指")?;
    let name = name.trim_end_matches('，').trim();
    let short = name.chars().count() <= 12;
    let plain = !name.contains(['，', '的', '、', '：']) && !name.starts_with(['这', '该', '其', '本', '此']);
    (short && plain).then_some(name)
}

fn split_entry(heading: &str, members: &[&Entry<'_>]) -> Finding<EntryPlace> {
    let first = members[0];
    let names = |open: &str, close: &str, between: &str| {
        let names = members.iter().map(|entry| format!("{open}{}{close}", entry.term()));
        names.collect::<Vec<_>>().join(between)
    };
    let same = members.iter().all(|entry| entry.definition() == first.definition());
    let (same_zh, same_en) = if same && first.is_defined() {
        ("，而且只有一条定义", " that share one definition")
    } else {
        ("", "")
    };
    let message = Text::new(
        format!("条目“{heading}”里有{}个概念（{}）{same_zh}", members.len(), names("“", "”", "、")),
        format!("the entry `{heading}` holds {} concepts{same_en}: {}", members.len(), names("`", "`", ", ")),
    );
    advised(first, message).beside(members.iter().skip(1).copied())
}

fn joined(entry: &Entry<'_>, first: &str, second: &str) -> Finding<EntryPlace> {
    let term = entry.term();
    let message = Text::new(
        format!("条目“{term}”里有两个术语：“{first}”和“{second}”"),
        format!("the entry `{term}` holds two terms: `{first}` and `{second}`"),
    );
    advised(entry, message)
}

fn hidden(entry: &Entry<'_>, name: &str) -> Finding<EntryPlace> {
    let term = entry.term();
    let message = Text::new(
        format!("“{term}”的定义里还定义了“{name}”"),
        format!("the definition of `{term}` also defines `{name}`"),
    );
    advised(entry, message)
}

fn advised(entry: &Entry<'_>, message: Text) -> Finding<EntryPlace> {
    let cite = entry.cite();
    Finding::at_entry(entry, message).help(Text::new(
        format!("一个条目只定义一个概念（{cite}）；请分成几条，各有编号和定义"),
        format!("one entry defines one concept ({cite}); give each its own number and definition"),
    ))
}
