//! Flags documents that call one thing by two names.

use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::Deserialize;
use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::facts::Mention;
use zhengming_terms::termbase::ConceptId;
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold::is_han;
use zhengming_text::message::{Text, quoted};
use zhengming_text::signs::{HEADS, Signs};
use zhengming_text::span::TextRange;

use super::judged;
use super::near_names::{Difference, NearPair, near_names};

/// Several allowed designations of one concept, and names that differ in one word.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct InconsistentTerm {
    /// 是否也比较词典里没有、只差一个词的名称 || Whether to compare names that no dictionary has and that differ in one word
    pub unlisted_names: bool,
}

impl Default for InconsistentTerm {
    fn default() -> Self {
        Self { unlisted_names: true }
    }
}

impl InconsistentTerm {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "inconsistent-term",
        name: ("前后名称不一", "Two names for one thing"),
        family: "variant",
        severity: Severity::Warning,
        also: Some(Severity::Info),
        default: true,
        fix: None,
        summary: ("同一概念在一份文稿里用了两个名称", "one document calls one concept by two names"),
        page: (include_str!("inconsistent_term.md"), include_str!("inconsistent_term.en.md")),
    };
}

impl Rule for InconsistentTerm {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        mixed_designations(cx, sink);
        if self.unlisted_names {
            near_pairs(cx, sink);
            for pair in near_names(cx) {
                sink.report(two_names(&pair));
            }
        }
    }
}

/// Concepts that the document calls by two allowed names. Declared short forms are exempt already.
fn mixed_designations(cx: &Context<'_>, sink: &mut Sink<'_>) {
    let mut uses: BTreeMap<ConceptId, Vec<&Mention>> = BTreeMap::new();
    let allowed = judged(cx).filter(|mention| mention.spelling(cx.termbase()).role.is_allowed());
    for mention in allowed {
        uses.entry(mention.spelling(cx.termbase()).concept).or_default().push(mention);
    }
    for (concept, mentions) in uses {
        let name = |mention: &Mention| mention.spelling(cx.termbase()).text.as_str();
        let first = mentions[0];
        let Some(other) = mentions.iter().find(|mention| name(mention) != name(first)) else { continue };
        let (a, b) = (name(first), name(other));
        let message = Text::new(
            format!("同一概念前后用了{}和{}两个名称", quoted(a), quoted(b)),
            format!("one concept is called both `{a}` and `{b}`"),
        );
        let label = Text::new(format!("前文用{}", quoted(a)), format!("`{a}` before"));
        let help = Text::new(
            format!("全文统一用一个；确需简称的，在首次出现处写明“（以下简称{}）”", shorter(a, b)),
            format!(
                "Use one throughout, or declare the short form at first use: （以下简称{}）",
                shorter(a, b)
            ),
        );
        let place = Text::new(format!("此处用{}", quoted(a)), format!("`{a}` here"));
        sink.report(
            Finding::new(other.block, other.range, message, label)
                .help(help)
                .concept(cx.concept_ref(concept))
                .related(first.block, first.range, place),
        );
    }
}

fn shorter<'a>(a: &'a str, b: &'a str) -> &'a str {
    if a.len() <= b.len() { a } else { b }
}

/// A name that stands by itself: an item of an enumeration, or in quotation marks.
#[derive(Debug)]
struct Name<'a> {
    text: &'a str,
    count: usize,
    block: usize,
    range: TextRange,
}

/// Shortest and longest name, in characters, that is compared.
const LENGTHS: std::ops::RangeInclusive<usize> = 6..=14;

/// Pairs of names, known to no dictionary, that differ in one word of two characters: one written once,
/// the other several times. Three or more of a kind are a family (数字经济系统、数字社会系统…), no slip.
fn near_pairs(cx: &Context<'_>, sink: &mut Sink<'_>) {
    let names = names(cx);
    let mut families: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, name) in names.iter().enumerate() {
        for frame in frames(name.text) {
            families.entry(frame).or_default().push(index);
        }
    }
    let mut pairs: Vec<(usize, usize)> = families
        .values()
        .filter_map(|family| match family[..] {
            [a, b] if names[a].count == 1 && names[b].count > 1 => Some((a, b)),
            [a, b] if names[b].count == 1 && names[a].count > 1 => Some((b, a)),
            _ => None,
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    for (rare, usual) in pairs {
        sink.report(near_pair(&names[rare], &names[usual]));
    }
}

fn near_pair(rare: &Name<'_>, usual: &Name<'_>) -> Finding {
    let (a, b) = (rare.text, usual.text);
    let message = Text::new(
        format!("{}只出现一次，与出现{}次的{}仅一词之差", quoted(a), usual.count, quoted(b)),
        format!("`{a}` occurs once, one word off `{b}`, which occurs {} times", usual.count),
    );
    let label = Text::new(format!("与{}是同一个吗？", quoted(b)), format!("the same as `{b}`?"));
    let help = Text::new(
        "是同一个的，请统一写法；不是的，不必修改",
        "Write both alike if they are the same; nothing to change if they are not",
    );
    let place = Text::new(format!("此处用{}", quoted(b)), format!("`{b}` here"));
    Finding::new(rare.block, rare.range, message, label).severity(Severity::Info).help(help).related(
        usual.block,
        usual.range,
        place,
    )
}

/// Names of one document that seem to be of one thing.
fn two_names(pair: &NearPair) -> Finding {
    let (rare, usual) = (&pair.rare, &pair.usual);
    let (a, b) = (quoted(&rare.text), quoted(&usual.text));
    let how = match &pair.difference {
        Difference::Added(word) => {
            Text::new(format!("一个有“{word}”，一个没有"), format!("one has `{word}`, the other has not"))
        }
        Difference::Alike(one, other) => Text::new(
            format!("“{one}”“{other}”意思相近"),
            format!("`{one}` and `{other}` mean much the same"),
        ),
        Difference::Swapped => Text::new("词序不同", "their words stand in another order"),
    };
    let message = Text::new(
        format!("{a}和{b}疑为同一事物的两个名称：{}", how.zh),
        format!("`{}` and `{}` look like two names of one thing: {}", rare.text, usual.text, how.en),
    );
    let label = Text::new(format!("与{b}是同一个吗？"), format!("the same as `{}`?", usual.text));
    let help = Text::new(
        format!("是同一个的，全文统一写{b}（出现{}次）或者另一个；不是的，不必修改", usual.count),
        format!(
            "If they are the same, write one of them throughout (`{}` occurs {} times); nothing to change if they are not",
            usual.text, usual.count
        ),
    );
    let place = Text::new(format!("此处用{b}"), format!("`{}` here", usual.text));
    Finding::new(rare.block, rare.range, message, label).severity(Severity::Info).help(help).related(
        usual.block,
        usual.range,
        place,
    )
}

fn names<'a>(cx: &Context<'a>) -> Vec<Name<'a>> {
    let mut index: HashMap<&str, usize> = HashMap::new();
    let mut names: Vec<Name<'a>> = Vec::new();
    const SIGNS: Signs = Signs::SET_OFF.or(Signs::QUOTE);
    for block in cx.blocks().filter(|block| cx.facts().signs(block.index()).any(SIGNS)) {
        let text = block.text();
        for (start, part) in runs(text) {
            let is_name = HEADS.iter().any(|head| part.ends_with(head));
            if !is_name || !LENGTHS.contains(&part.chars().count()) || !cx.termbase().lookup(part).is_empty()
            {
                continue;
            }
            let range = TextRange::new(start, start + part.len());
            match index.get(part) {
                Some(&known) => names[known].count += 1,
                None => {
                    index.insert(part, names.len());
                    names.push(Name { text: part, count: 1, block: block.index(), range });
                }
            }
        }
    }
    names
}

/// Runs of Chinese characters set off on both sides by 、, quotation marks or brackets.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    // All of the marks take three bytes, as nearly all of the characters between them do.
    const MARK: usize = 3;
    let pairs = marks(text.as_bytes()).scan(None, |before, at| Some((before.replace(at + MARK), at)));
    pairs.filter_map(move |(start, end)| {
        let run = text.get(start?..end)?;
        let fits = (LENGTHS.start() * MARK..=LENGTHS.end() * MARK).contains(&run.len());
        (fits && run.chars().all(is_han)).then_some((start?, run))
    })
}

/// Where the marks stand that set names off: they are told by their first bytes, which few characters share.
fn marks(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let may_begin = memchr::memchr3_iter(0xE2, 0xE3, 0xEF, bytes);
    may_begin.filter(|&at| {
        matches!(
            bytes.get(at..at + 3),
            Some([0xE3, 0x80, 0x81] | [0xE2, 0x80, 0x9C | 0x9D] | [0xEF, 0xBC, 0x88 | 0x89])
        )
    })
}

/// The name with one word of two characters left open, neither the first nor the last.
fn frames(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    (2..letters.len().saturating_sub(3))
        .step_by(2)
        .map(|at| letters[..at].iter().chain(&['＊']).chain(&letters[at + 2..]).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    const DICTIONARY: &str = r#"
        [dictionary]
        id = "d"
        title = "词典"
        [[concept]]
        term = "一体化智能化公共数据平台"
        admitted = [{ text = "数据总平台", usage = "简称" }]
        [[concept]]
        term = "数字政府"
    "#;

    #[test]
    fn two_names_of_one_concept_are_reported_once() {
        check::<InconsistentTerm>(DICTIONARY)
            .fail("一体化智能化公共数据平台建成。«数据总平台»上线，数据总平台运行。")
            .pass("一体化智能化公共数据平台建成。一体化智能化公共数据平台上线。")
            .pass("数据总平台建成，数字政府上线。");
    }

    #[test]
    fn a_declared_short_form_is_consistent() {
        check::<InconsistentTerm>(DICTIONARY).pass("按照《数据总平台规范》建设一体化智能化公共数据平台");
    }

    #[test]
    fn names_one_word_apart_are_pointed_out() {
        let rule = check::<InconsistentTerm>(DICTIONARY);
        let text =
            "构建“数据治理标准体系”、“数据安全体系”。完善“数据治理标准体系”。健全“«数据资源标准体系»”。";
        let found = rule.fail(text).lint(&text.replace(['«', '»'], ""));
        assert_eq!(found[0].severity, Severity::Info);
        assert_eq!(found[0].related.len(), 1);
    }

    #[test]
    fn cells_of_a_table_that_lost_its_lines_are_no_names() {
        let rule = check::<InconsistentTerm>(DICTIONARY);
        let text = "建设数据评价标准体系，完善数据评价标准体系，健全数据评估标准体系。";
        assert!(!rule.lint(text).is_empty());
        rule.pass(&text.replace("标准", " 标准"));
    }

    #[test]
    fn families_of_names_are_no_slips() {
        check::<InconsistentTerm>(DICTIONARY)
            .pass("（数字经济综合系统、数字社会综合系统、数字法治综合系统），“数字经济综合系统”")
            .pass("（数据治理标准体系、数据资源标准体系）");
    }
}
