//! Flags short forms that are used before they are declared.

use std::collections::HashSet;

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::facts::Abbreviation;
use zhengming_text::diagnostic::Severity;
use zhengming_text::document::BlockKind;
use zhengming_text::message::{Text, quoted};

use super::uses::uses;

/// Shortest short form, in characters: 平台 and 方案 are words of their own.
const SHORTEST: usize = 3;

/// Short forms before 以下简称.
#[derive(Debug, Default)]
pub struct AbbreviationBeforeDefinition;

impl AbbreviationBeforeDefinition {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "abbreviation-before-definition",
        family: "jargon",
        severity: Severity::Info,
        also: None,
        default: true,
        fix: None,
        summary: ("简称用在“以下简称”之前", "a short form used before it is declared"),
        page: (
            include_str!("abbreviation_before_definition.md"),
            include_str!("abbreviation_before_definition.en.md"),
        ),
    };
}

impl Rule for AbbreviationBeforeDefinition {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let mut seen = HashSet::new();
        let declared: Vec<&Abbreviation> = cx
            .facts()
            .abbreviations()
            .iter()
            .filter(|one| one.short.chars().count() >= SHORTEST && seen.insert(one.short.clone()))
            .filter(|one| cx.is_coined(&one.short) && !is_in_full_form(cx, one))
            .collect();
        let names: Vec<String> = declared.iter().map(|one| one.short.clone()).collect();
        let places = uses(cx, &names);
        for (number, one) in declared.iter().enumerate() {
            let first = places[number].iter().find(|&&(block, range)| {
                (block, range.end) <= (one.block, one.range.start)
                    && !matches!(cx.block_at(block).kind(), BlockKind::Heading(_))
                    && cx.stands_alone(cx.block_at(block).text(), range)
            });
            let Some(&(block, range)) = first else { continue };
            let name = &one.short;
            let message = Text::new(
                format!("简称{}用在声明之前", quoted(name)),
                format!("the short form `{name}` is used before it is declared"),
            );
            let label = Text::new("此处应用全称", "write the full form here");
            let help = Text::new(
                "把“以下简称”移到首次出现处，或者在这里用全称",
                "Move the declaration to the first use, or write the full form here",
            );
            let place = Text::new("声明在此", "declared here");
            sink.report(
                Finding::new(block, range, message, label).help(help).related(one.block, one.range, place),
            );
        }
    }
}

/// Whether the words that the short form stands for hold it: 整体智治｜专题门户. It says what they say.
fn is_in_full_form(cx: &Context<'_>, one: &Abbreviation) -> bool {
    let before = &cx.block_at(one.block).text()[..one.range.start];
    let sentence = before.rsplit(['。', '；', '\n']).next().unwrap_or(before);
    sentence.contains(&one.short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    const DICTIONARY: &str = "[dictionary]\nid = \"d\"\ntitle = \"词典\"\n[[concept]]\nterm = \"云\"";

    #[test]
    fn a_short_form_before_its_declaration_is_found() {
        check::<AbbreviationBeforeDefinition>(DICTIONARY)
            .fail("核定«低边户»范围。\n\n最低生活保障边缘家庭（以下简称“低边户”）按月复核。");
    }

    #[test]
    fn full_forms_titles_and_ordinary_words_are_fine() {
        check::<AbbreviationBeforeDefinition>(DICTIONARY)
            .pass("登录整体智治专题门户。\n\n整体智治专题门户（简称“专题门户”）每月更新。")
            .pass("印发《三年行动方案》。\n\n《三年行动方案》（以下简称《行动方案》）提出目标。")
            .pass("公布土地使用权出让方案。\n\n土地管理部门（以下简称出让方）负责实施。")
            .pass("维护用人单位的权益。\n\n有雇工的个体工商户（以下称用人单位）应当参保。")
            .pass("区（市）负责保护。\n\n确定的部门（以下简称区（市）主管部门）负责养护。")
            .pass("建设平台。\n\n一体化平台（以下简称“平台”）按月升级。")
            .pass("最低生活保障边缘家庭（以下简称“低边户”）按月复核，低边户享受救助。");
    }
}
