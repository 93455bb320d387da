//! Flags different terms with nearly the same definition.

use std::collections::{BTreeMap, HashMap};

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_terms::diff::{ADAPTED, Bigrams, SAME, comparable};
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Text;

use super::finding::AtEntry;
use super::{DictionaryContext, DictionaryRule, DictionarySink, Entry, EntryPlace};

/// Two definitions made from one template, or one copied from the other.
#[derive(Debug, Default)]
pub struct NearDuplicateDefinition;

impl NearDuplicateDefinition {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "near-duplicate-definition",
        name: ("定义几乎相同", "Nearly equal definitions"),
        family: "dictionary",
        severity: Severity::Info,
        also: None,
        default: true,
        fix: None,
        summary: ("两个术语的定义几乎相同", "two terms with nearly the same definition"),
        page: (include_str!("near_duplicate_definition.md"), include_str!("near_duplicate_definition.en.md")),
    };
}

/// Shorter definitions share half of their pairs too easily; the thresholds were measured above it.
const SHORTEST: usize = 30;

impl DictionaryRule for NearDuplicateDefinition {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        let long = cx.entries().iter().filter(|entry| comparable(entry.body()).chars().count() > SHORTEST);
        let texts: Vec<(&Entry<'_>, Bigrams)> =
            long.map(|entry| (entry, Bigrams::new(entry.body()))).collect();
        for (earlier, later) in candidates(&texts) {
            let ((first, first_text), (entry, text)) = (&texts[earlier], &texts[later]);
            if first.identity == entry.identity || is_one_row(first, entry) {
                continue;
            }
            let alike = first_text.similarity(text);
            if alike >= ADAPTED {
                sink.report(finding(first, entry, alike));
            }
        }
    }
}

/// The pairs that share enough to be worth comparing, found by the pairs of characters they share: most
/// of a large dictionary has next to nothing in common with a given entry.
fn candidates(texts: &[(&Entry<'_>, Bigrams)]) -> Vec<(usize, usize)> {
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut found = Vec::new();
    for (later, (_, text)) in texts.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for pair in text.pairs() {
            let holders = holders.entry(*pair).or_default();
            for &earlier in &*holders {
                *shared.entry(earlier).or_default() += 1;
            }
            holders.push(later);
        }
        let enough = |earlier: usize, shared: usize| {
            let all = texts[earlier].1.pairs().len() + text.pairs().len();
            2.0 * shared as f64 >= ADAPTED * all as f64
        };
        found.extend(shared.into_iter().filter(|&(e, n)| enough(e, n)).map(|(earlier, _)| (earlier, later)));
    }
    found
}

/// Whether a reader made both entries of one row, whose definition they share.
fn is_one_row(a: &Entry<'_>, b: &Entry<'_>) -> bool {
    a.number == b.number && a.concept.clause.is_some() && a.concept.clause == b.concept.clause
}

fn finding(first: &Entry<'_>, entry: &Entry<'_>, alike: f64) -> Finding<EntryPlace> {
    let (term, other, cite) = (entry.term(), first.term(), first.cite());
    let (how_zh, how_en) = if alike >= SAME { ("相同", "the same") } else { ("相近", "nearly the same") };
    let message = Text::new(
        format!("“{term}”与“{other}”（{cite}）的定义{how_zh}（相似度 {alike:.2}）"),
        format!("`{term}` and `{other}` ({cite}) have {how_en} definition (similarity {alike:.2})"),
    );
    Finding::at_entry(entry, message)
        .help(Text::new(
            "两条套用同一模板时，请突出各自的区别特征；是同一概念的，请合并",
            "if both follow one template, bring out what sets each apart; if they are one concept, make them one entry",
        ))
        .beside([first])
}
