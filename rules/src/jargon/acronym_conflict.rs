//! Flags letter words that the document expands in two ways.

use std::collections::BTreeMap;

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::definition::Pattern;
use zhengming_text::diagnostic::Severity;
use zhengming_text::document::BlockRef;
use zhengming_text::fold;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::message::{Text, quoted};
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;

/// Bytes within which a bracket must close.
const REACH: usize = 90;

/// One letter word with two full forms.
#[derive(Debug, Default)]
pub struct AcronymConflict;

impl AcronymConflict {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "acronym-conflict",
        name: ("缩略语解释不一", "Acronym with two meanings"),
        family: "jargon",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: None,
        summary: ("同一字母词给出两种全称", "one letter word with two expansions"),
        page: (include_str!("acronym_conflict.md"), include_str!("acronym_conflict.en.md")),
    };
}

/// An expansion with its place.
struct Expansion {
    full: String,
    block: usize,
    range: TextRange,
}

impl Rule for AcronymConflict {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        for (acronym, expansions) in expansions(cx) {
            let Some((first, rest)) = expansions.split_first() else { continue };
            if let Some(other) = rest.iter().find(|other| !is_same(&first.full, &other.full)) {
                sink.report(finding(&acronym, first, other));
            }
        }
    }
}

/// The expansions of every letter word, in reading order: 全称（ABC） and ABC（全称）.
fn expansions(cx: &Context<'_>) -> BTreeMap<String, Vec<Expansion>> {
    let mut found: BTreeMap<String, Vec<Expansion>> = BTreeMap::new();
    let glosses = cx.definitions().iter().filter(|one| one.pattern == Pattern::Gloss && one.text.is_ascii());
    for gloss in glosses {
        let Some(&(block, range)) = gloss.body.first() else { continue };
        let text = cx.block_at(block).text();
        let phrase = cx.phrase_before(text, range.end);
        let start = phrase.max(range.start);
        let full = fold::key(&text[start..range.end]);
        found.entry(gloss.text.clone()).or_default().push(Expansion {
            full,
            block: gloss.block,
            range: gloss.term,
        });
    }
    let may_hold = |block: &BlockRef<'_>| {
        let signs = cx.facts().signs(block.index());
        signs.any(Signs::LETTER) && signs.any(Signs::BRACKET)
    };
    for block in cx.blocks().filter(may_hold) {
        let text = block.text();
        for (open, mark) in text.match_indices(['（', '(']) {
            let length = text[..open].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
            let word = &text[open - length..open];
            let from = open + mark.len();
            let near = &text[from..floor_boundary(text, (from + REACH).min(text.len())).max(from)];
            let Some(inner) = near.find(['）', ')']).map(|close| &near[..close]) else { continue };
            let full = fold::key(inner);
            let is_name = (4..=20).contains(&full.chars().count()) && full.chars().all(fold::is_han);
            let is_acronym =
                (2..=8).contains(&length) && word.bytes().filter(u8::is_ascii_uppercase).count() >= 2;
            if is_name && is_acronym {
                let range = TextRange::new(open - length, open);
                found.entry(word.to_owned()).or_default().push(Expansion {
                    full,
                    block: block.index(),
                    range,
                });
            }
        }
    }
    found.values_mut().for_each(|all| all.sort_by_key(|one| (one.block, one.range)));
    found
}

/// Whether two full forms are the same but for words around them: 建设城市信息模型, 城市信息模型, 城市信息模型平台.
fn is_same(a: &str, b: &str) -> bool {
    a.contains(b) || b.contains(a)
}

fn finding(acronym: &str, first: &Expansion, other: &Expansion) -> Finding {
    let message = Text::new(
        format!("{}前文是{}，此处是{}", quoted(acronym), quoted(&first.full), quoted(&other.full)),
        format!("`{acronym}` stands for `{}` before and for `{}` here", first.full, other.full),
    );
    let label = Text::new("全称与前文不同", "another expansion than before");
    let help = Text::new(
        "指同一事物的，统一全称；指两个事物的，换一个字母词或直接用中文",
        "Use one full form if one thing is meant, or another letter word if there are two",
    );
    let place = Text::new(format!("此处是{}", quoted(&first.full)), format!("`{}` here", first.full));
    Finding::new(other.block, other.range, message, label).help(help).related(first.block, first.range, place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    const DICTIONARY: &str = "[dictionary]\nid = \"d\"\ntitle = \"词典\"\n[[concept]]\nterm = \"云\"";

    #[test]
    fn two_expansions_are_found() {
        check::<AcronymConflict>(DICTIONARY)
            .fail("建设城市信息模型（CIM）平台。\n\n依托社区信息模型（«CIM»）开展服务。")
            .fail("建设城市信息模型（CIM）平台，«CIM»（社区信息模型）同步上线。");
    }

    #[test]
    fn one_expansion_in_different_company_is_fine() {
        check::<AcronymConflict>(DICTIONARY)
            .pass("建设城市信息模型（CIM）平台。\n\n依托城市信息模型（CIM）开展服务，CIM（城市信息模型）每年更新。")
            .pass("建设城市信息模型（CIM）平台。\n\nCIM（城市信息模型平台）上线。")
            .pass("建设CIM（试行）平台，CIM（二期）上线，建筑信息模型（BIM）、城市信息模型（CIM）并用。");
    }
}
