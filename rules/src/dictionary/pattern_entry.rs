//! Flags terms that cannot be looked for as they stand.

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_terms::dictionary::Matching;
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold;
use zhengming_text::message::Text;

use super::finding::AtEntry;
use super::{DictionaryContext, DictionaryRule, DictionarySink, Entry, EntryPlace};

/// Affixes, templates and ordinary words that are matched as literals.
#[derive(Debug, Default)]
pub struct PatternEntry;

impl PatternEntry {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "pattern-entry",
        name: ("不能照原样匹配的条目", "Entry that cannot be matched"),
        family: "dictionary",
        severity: Severity::Info,
        also: None,
        default: true,
        fix: None,
        summary: (
            "词缀或普通词语，不能照原样匹配",
            "an affix or ordinary word that cannot be matched literally",
        ),
        page: (include_str!("pattern_entry.md"), include_str!("pattern_entry.en.md")),
    };
}

/// From so often on, in the corpus behind the lexicon, a word is ordinary.
const ORDINARY: u64 = 1000;

/// A word that so many other entries of its dictionary use without more ado is ordinary as well.
const USED: usize = 2;

/// Why a term should not be matched as it stands.
enum Reason {
    Character,
    Template,
    Domain,
    Ordinary,
}

impl DictionaryRule for PatternEntry {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        let literal = cx.entries().iter().filter(|entry| entry.concept.matching == Matching::Literal);
        for entry in literal.filter(|entry| entry.is_defined()) {
            if let Some(reason) = reason(cx, entry) {
                sink.report(finding(entry, reason));
            }
        }
    }
}

fn reason(cx: &DictionaryContext<'_>, entry: &Entry<'_>) -> Option<Reason> {
    let term = fold::key(entry.term());
    let length = term.chars().count();
    if length <= 1 {
        return Some(Reason::Character);
    }
    if is_template(&term) {
        return Some(Reason::Template);
    }
    // 链（应用名称）: the term is a part of names.
    if length <= 2 && entry.concept.domain.as_deref().is_some_and(|domain| domain.contains("名称")) {
        return Some(Reason::Domain);
    }
    let frequency = cx.lexicon().frequency(&term).filter(|_| length <= 2)?;
    let uses = |other: &&Entry<'_>| other.term().contains(&term) || other.body().contains(&term);
    let used =
        || cx.entries_of(entry.number).filter(|other| other.identity != entry.identity).filter(uses).count();
    (frequency >= ORDINARY || used() >= USED).then_some(Reason::Ordinary)
}

/// X码, ××大脑, …链, 浙里*.
fn is_template(term: &str) -> bool {
    let han_beside = |c: Option<char>| c.is_none_or(fold::is_han);
    let placeholder = |at: usize, c: char| match c {
        '×' | '…' | '～' | '~' | '*' | '＊' | '_' => true,
        'x' | 'n' => han_beside(term[..at].chars().next_back()) && han_beside(term[at + 1..].chars().next()),
        _ => false,
    };
    term.char_indices().any(|(at, c)| placeholder(at, c))
}

fn finding(entry: &Entry<'_>, reason: Reason) -> Finding<EntryPlace> {
    let (zh, en, matching) = match reason {
        Reason::Character => ("只有一个字", "is a single character", "pattern"),
        Reason::Template => ("含有占位符", "has a placeholder", "pattern"),
        Reason::Domain => ("是名称的一部分", "is a part of names", "pattern"),
        Reason::Ordinary => ("是普通词语", "is an ordinary word", "off"),
    };
    let (term, cite) = (entry.term(), entry.cite());
    let message = Text::new(
        format!("“{term}”{zh}，照原样匹配会处处命中"),
        format!("`{term}` {en}; matched as it stands it would be found everywhere"),
    );
    Finding::at_entry(entry, message).help(Text::new(
        format!("条目照收（{cite}），另写 match = \"{matching}\" 使它不参与匹配"),
        format!("keep the entry ({cite}) and write `match = \"{matching}\"`, so that it is not looked for"),
    ))
}
