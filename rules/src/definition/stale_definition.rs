//! Flags definitions in the words of a source that a newer one has overtaken.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_text::diagnostic::{Applicability, Fix, Severity};
use zhengming_text::message::{Text, quoted};

use super::changes;
use super::restatement::{Restatement, older, restatements};
use crate::advice;

/// Definitions nearest to an older text.
#[derive(Debug, Default)]
pub struct StaleDefinition;

impl StaleDefinition {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "stale-definition",
        name: ("过期定义", "Outdated definition"),
        family: "definition",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: Some(Applicability::Suggestion),
        summary: ("定义用的是旧版的文字", "a definition in the words of an older source"),
        page: (include_str!("stale_definition.md"), include_str!("stale_definition.en.md")),
    };
}

impl Rule for StaleDefinition {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        for restatement in restatements(cx) {
            if !restatement.sourcing.is_marked
                && let Some(finding) = finding(cx, &restatement)
            {
                sink.report(finding);
            }
        }
    }
}

fn finding(cx: &Context<'_>, restatement: &Restatement<'_>) -> Option<Finding> {
    let old = older(restatement)?;
    let new = &restatement.entry;
    let term = quoted(&restatement.definition.text);
    let summary = changes::summary(old.official, new.official);
    let message = Text::new(
        format!("{term}的定义是 {} 的文字，{} 已另作定义", old.cite(), new.cite()),
        format!("the definition of {term} is that of {}; {} defines it anew", old.cite(), new.cite()),
    );
    let label = Text::new(
        format!("现行定义：“{}”", new.official),
        format!("the present definition: “{}”", new.official),
    );
    let help = Text::new(
        format!("新旧相比：{}。改用现行定义；要沿用旧文的，注明来源和版次", summary.zh),
        format!("changed: {}; use the present text, or name the source with its edition", summary.en),
    );
    let definition = restatement.definition;
    let (block, range) = old.place.unwrap_or((definition.block, definition.term));
    let finding = Finding::new(block, range, message, label)
        .help(help)
        .operator(advice::other_day())
        .concept(cx.concept_ref(restatement.concept));
    let fix = old.place.and_then(|(block, range)| {
        let block = cx.block_at(block);
        let end = if block.text()[range.range()].ends_with('。') { "。" } else { "" };
        let edits = cx.edits(block, range, &format!("{}{end}", new.official))?;
        let title = Text::new(
            format!("改为 {} 的定义", new.cite()),
            format!("replace with the definition of {}", new.cite()),
        );
        Some(Fix { title, applicability: Applicability::Suggestion, edits })
    });
    Some(match fix {
        Some(fix) => finding.fix(fix),
        None => finding,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use zhengming_terms::dictionary::Dictionary;

    use super::*;
    use crate::testing::Check;

    fn editions() -> Check {
        let edition = |year: &str, definition: &str| {
            let text = format!(
                "[dictionary]\nid = \"d-{year}\"\ntitle = \"词典\"\nseries = \"GB/T 1\"\nedition = \"{year}\"\n\
                 citation = \"GB/T 1—{year}\"\nauthority = \"national-standard\"\neffective = \"{year}-01-01\"\n\
                 [[concept]]\nid = \"c\"\nterm = \"数据交易\"\ndefinition = \"{definition}\""
            );
            Arc::new(Dictionary::from_toml("d.toml", &text).unwrap())
        };
        let old = edition("2019", "以数据作为交易标的，进行的货币交换和市场化流通的行为。");
        let new = edition("2025", "数据供方和需方之间以数据商品为对象，按约定付出对价的行为。");
        Check::new(vec![old, new], vec![Box::new(StaleDefinition)])
    }

    #[test]
    fn the_older_text_is_stale_since_the_newer_one_is_in_force() {
        let old = "数据交易，是指«以数据作为交易标的，进行的货币交换和市场化流通的行为。»";
        let dated = |day: &str| format!("---\ndate: {day}\n---\n\n{old}");
        editions()
            .fail(old)
            .fail(&dated("2025-06-01"))
            .pass(&dated("2024-06-01").replace(['«', '»'], ""))
            .pass("数据交易，是指数据供方和需方之间以数据商品为对象，按约定付出对价的行为。");
    }
}
