//! Flags terms that the text uses before it says what they mean.

use std::collections::HashSet;

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::definition::{Definition, Pattern};
use zhengming_text::diagnostic::Severity;
use zhengming_text::document::BlockKind;
use zhengming_text::fold;
use zhengming_text::message::{Text, quoted};

use super::defined_but_unused::is_terminology;
use super::uses::{Use, uses};

/// Shortest term, in characters: shorter ones are parts of too many words.
const SHORTEST: usize = 3;
/// Articles from which on a document is taken for a law, which defines its words at the end by custom.
const ARTICLES: usize = 6;

/// Terms that are used more than a paragraph before their definition.
#[derive(Debug, Default)]
pub struct UsedBeforeDefined;

impl UsedBeforeDefined {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "used-before-defined",
        name: ("先用后定义", "Used before it is defined"),
        family: "jargon",
        severity: Severity::Info,
        also: None,
        default: true,
        fix: None,
        summary: ("先用后定义", "a term used before it is defined"),
        page: (include_str!("used_before_defined.md"), include_str!("used_before_defined.en.md")),
    };
}

impl Rule for UsedBeforeDefined {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let mut seen = HashSet::new();
        let defined: Vec<&Definition> = cx
            .definitions()
            .iter()
            .filter(|one| is_in_passing(one.pattern) && one.text.chars().count() >= SHORTEST)
            .filter(|one| cx.block_at(one.block).kind() != BlockKind::Note)
            .filter(|one| !is_in_note(&cx.block_at(one.block).text()[..one.term.start]))
            .filter(|one| seen.insert(one.text.as_str()))
            .collect();
        if defined.is_empty() || is_law(cx) || is_terminology(cx) {
            return;
        }
        let names: Vec<String> = defined.iter().map(|one| one.text.clone()).collect();
        let places = uses(cx, &names);
        let is_text =
            |&&(block, _): &&(usize, _)| !matches!(cx.block_at(block).kind(), BlockKind::Heading(_));
        let firsts: Vec<Option<Use>> =
            places.iter().map(|places| places.iter().find(is_text).copied()).collect();
        // 从系统层级、智能特征两个维度: a list that announces what is then defined one by one.
        let is_announced =
            |block: usize| firsts.iter().flatten().filter(|(other, _)| *other == block).count() > 1;
        for (definition, first) in defined.iter().zip(&firsts) {
            // One paragraph before is the sentence that leads to the definition.
            let is_late = |&(block, _): &Use| block + 1 < definition.block && !is_announced(block);
            if let Some((block, range)) = first.filter(is_late) {
                let name = &definition.text;
                let message = Text::new(
                    format!("{}在定义之前就用了", quoted(name)),
                    format!("`{name}` is used before it is defined"),
                );
                let label = Text::new("先用于此", "first used here");
                let help = Text::new(
                    "把定义移到首次出现处，或者在这里注明“见……”",
                    "Move the definition to the first use, or point to it from here",
                );
                sink.report(Finding::new(block, range, message, label).help(help).related(
                    definition.block,
                    definition.term,
                    Text::new("定义在此", "defined here"),
                ));
            }
        }
    }
}

/// Definitions that stand where the author thought of them; clauses of terms and tables have their place,
/// and a note belongs to the text above it.
fn is_in_passing(pattern: Pattern) -> bool {
    matches!(pattern, Pattern::SoCalled | Pattern::Is | Pattern::Means | Pattern::Namely)
}

/// Whether the text `before` a definition ends with the head of a note: 注4：.
fn is_in_note(before: &str) -> bool {
    let head = before.trim_end_matches(|c| fold::is_quote(c) || fold::is_space(c));
    head.strip_suffix(['：', ':']).is_some_and(|head| {
        head.trim_end_matches(|c: char| c.is_ascii_digit() || fold::is_space(c)).ends_with('注')
    })
}

fn is_law(cx: &Context<'_>) -> bool {
    let is_article = |text: &str| {
        let head: String = text.trim_start().chars().take(9).collect();
        head.strip_prefix('第').is_some_and(|rest| rest.contains('条'))
    };
    cx.blocks().filter(|block| is_article(block.text())).take(ARTICLES).count() == ARTICLES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    const DICTIONARY: &str = "[dictionary]\nid = \"d\"\ntitle = \"词典\"\n[[concept]]\nterm = \"云\"";

    #[test]
    fn a_term_used_long_before_its_definition_is_found() {
        check::<UsedBeforeDefined>(DICTIONARY)
            .fail("各县应接入«感知网»。\n\n按月报送进度。\n\n做好保障。\n\n感知网，是指由传感器组成的网络。");
    }

    #[test]
    fn headings_neighbours_titles_and_later_uses_are_fine() {
        check::<UsedBeforeDefined>(DICTIONARY)
            .pass("# 感知网建设\n\n总体要求如下。\n\n按月报送。\n\n感知网，是指由传感器组成的网络。")
            .pass("建设感知网。\n\n感知网，是指由传感器组成的网络。")
            .pass("按照《感知网规划》执行。\n\n按月报送。\n\n感知网，是指由传感器组成的网络。")
            .pass("建设感知网[^1]。\n\n按月报送。\n\n做好保障。\n\n[^1]: “感知网”，是指由传感器组成的网络。")
            .pass("建设感知网。\n\n按月报送。\n\n做好保障。\n\n注1：感知网，是指由传感器组成的网络。")
            .pass("# 名词解释\n\n接入感知网。\n\n按月报送。\n\n感知网，是指由传感器组成的网络。")
            .pass("从感知网、传输网两个方面建设。\n\n按月报送。\n\n做好保障。\n\n感知网，是指由传感器组成的网络。\n\n传输网，是指由光缆组成的网络。")
            .pass("感知网，是指由传感器组成的网络。\n\n建设感知网。\n\n完善感知网。");
    }

    #[test]
    fn laws_define_at_the_end() {
        let articles = ["一", "二", "三", "四", "五", "六"].map(|n| format!("第{n}条 感知网应当安全。\n\n"));
        check::<UsedBeforeDefined>(DICTIONARY)
            .pass(&format!("{}第七条 本条例所称感知网，是指由传感器组成的网络。", articles.concat()));
    }
}
