//! Flags definitions that name a source and do not say that they changed its words.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::restatement::Verdict;
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::{Text, quoted};

use super::changes;
use super::restatement::{older, restatements};

/// Sources without 有修改 although the text was changed.
#[derive(Debug, Default)]
pub struct UnmarkedAdaptation;

impl UnmarkedAdaptation {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "unmarked-adaptation",
        name: ("改动未注明", "Change not marked"),
        family: "definition",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: None,
        summary: (
            "注明了来源，改动了定义，却未写“有修改”",
            "a changed definition whose source does not say 有修改",
        ),
        page: (include_str!("unmarked_adaptation.md"), include_str!("unmarked_adaptation.en.md")),
    };
}

impl Rule for UnmarkedAdaptation {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        for restatement in restatements(cx) {
            let entry = &restatement.entry;
            let Some(cited) = restatement.sourcing.here.filter(|_| !restatement.sourcing.is_marked) else {
                continue;
            };
            if !matches!(entry.verdict, Verdict::Altered | Verdict::Unclear) || older(&restatement).is_some()
            {
                continue;
            }
            let term = quoted(&restatement.definition.text);
            let source = entry.cite();
            let summary = changes::summary(entry.official, entry.words);
            let message = Text::new(
                format!("{term}注明来自 {source}，但文字有改动：{}", summary.zh),
                format!("{term} names {source} as its source, but was changed: {}", summary.en),
            );
            let label = Text::new("来源后应写“，有修改”", "add ，有修改 to the source");
            let diff = changes::marked(entry.official, entry.words);
            let help = Text::new(
                format!("对照：{diff}。照录原文，或写成“［来源：{source}，有修改］”"),
                format!("compare: {diff}; quote the text as it is, or write ［来源：{source}，有修改］"),
            );
            let mut finding = Finding::new(cited.block, cited.citation.range, message, label)
                .help(help)
                .concept(cx.concept_ref(restatement.concept));
            if let Some((block, range)) = entry.place {
                finding = finding.related(block, range, Text::new("改动后的定义", "the changed definition"));
            }
            sink.report(finding);
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
        clause = "3.2.1.1"
        definition = "运用云计算技术，为政府部门统一提供共性通用服务的平台。"
    "#;

    #[test]
    fn changes_must_be_owned_up_to() {
        let entry = |body: &str, source: &str| {
            format!("# 3 术语和定义\n\n## 3.1 政务云\n\n{body}\n\n［来源：{source}］")
        };
        let changed = "运用云技术，为政府部门统一提供通用服务的平台。";
        check::<UnmarkedAdaptation>(DICTIONARY)
            .fail(&entry(changed, "«DB33/T 1—2021»，3.2.1.1"))
            .pass(&entry(changed, "DB33/T 1—2021，3.2.1.1，有修改"))
            .pass(&entry("运用云计算技术,为政府部门统一提供共性通用服务的平台。", "DB33/T 1—2021，3.2.1.1"));
    }
}
