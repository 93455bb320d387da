//! Tells of official definitions that a standard takes over without naming the source.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::restatement::Verdict;
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::{Text, quoted};

use super::restatement::{names_sources, restatements};

/// Definitions taken over without their source.
#[derive(Debug, Default)]
pub struct UnsourcedDefinition;

impl UnsourcedDefinition {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "unsourced-definition",
        name: ("定义未注来源", "Definition without its source"),
        family: "definition",
        severity: Severity::Info,
        also: None,
        default: true,
        fix: None,
        summary: ("采用官方定义而未注明来源", "an official definition without its source"),
        page: (include_str!("unsourced_definition.md"), include_str!("unsourced_definition.en.md")),
    };
}

impl Rule for UnsourcedDefinition {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let mut restatements = restatements(cx);
        restatements.retain(|one| {
            let source = &one.sourcing;
            one.entry.verdict == Verdict::Same && source.here.is_none() && !source.elsewhere
        });
        // Plans and notices do not carry sources; standards do.
        if restatements.is_empty() || !names_sources(cx) {
            return;
        }
        for restatement in restatements {
            let definition = restatement.definition;
            let source = restatement.entry.cite();
            let term = quoted(&definition.text);
            let message = Text::new(
                format!("{term}的定义与 {source} 相同，没有注明来源"),
                format!("the definition of {term} is that of {source}, and the source is not named"),
            );
            let label = Text::new(format!("定义后加“［来源：{source}］”"), format!("add ［来源：{source}］"));
            let help = Text::new(
                "标准采用别的文件的定义，应在定义后注明来源；已经用“……界定的术语和定义适用于本文件”引入的，不必重复定义",
                "a standard names the source of a definition that it takes over; one that the lead-in imports need not be repeated",
            );
            let finding = Finding::new(definition.block, definition.term, message, label).help(help);
            sink.report(finding.concept(cx.concept_ref(restatement.concept)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    const DICTIONARY: &str = r#"
        [dictionary]
        id = "d"
        title = "词典"
        series = "DB33/T 1"
        citation = "DB33/T 1—2021"
        [[concept]]
        term = "政务云"
        definition = "运用云计算技术，统一提供共性通用服务的平台。"
    "#;

    #[test]
    fn standards_name_their_sources_and_plans_do_not() {
        let standard = |rest: &str| format!("# 3 术语和定义\n\n## 3.1 {rest}");
        let body = "运用云计算技术，统一提供共性通用服务的平台。";
        check::<UnsourcedDefinition>(DICTIONARY)
            .fail(&standard(&format!("«政务云»\n\n{body}")))
            .pass(&standard(&format!("政务云\n\n{body}\n\n［来源：DB33/T 1—2021，3.2］")))
            .pass(&format!("本方案所称政务云，是指{body}"));
    }
}
