//! Flags designations that a dictionary rejects.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::facts::Mention;
use zhengming_terms::dictionary::Status;
use zhengming_terms::termbase::Role;
use zhengming_text::diagnostic::{Applicability, Severity};
use zhengming_text::message::{Text, quoted};

use super::{definition_line, judged, replace};
use crate::region::is_foreign;

/// Designations with the status `deprecated`: 拒用术语.
#[derive(Debug, Default)]
pub struct DeprecatedTerm;

impl DeprecatedTerm {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "deprecated-term",
        name: ("不宜使用的名称", "Rejected term"),
        family: "variant",
        severity: Severity::Error,
        also: None,
        default: true,
        fix: Some(Applicability::Suggestion),
        summary: ("词典列为拒用的术语", "a designation that a dictionary rejects"),
        page: (include_str!("deprecated_term.md"), include_str!("deprecated_term.en.md")),
    };
}

impl Rule for DeprecatedTerm {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        for mention in judged(cx) {
            let spelling = mention.spelling(cx.termbase());
            let deprecated = matches!(spelling.role, Role::Designation { status: Status::Deprecated, .. });
            if deprecated && !is_foreign(cx, spelling.concept) {
                sink.report(finding(cx, mention));
            }
        }
    }
}

fn finding(cx: &Context<'_>, mention: &Mention) -> Finding {
    let spelling = mention.spelling(cx.termbase());
    let surface = cx.surface(mention);
    let preferred = cx.preferred(spelling.concept);
    let (wrong, right) = (quoted(&surface), quoted(preferred));
    let source = cx.termbase().dictionaries()[spelling.dictionary].cite(None);
    let message =
        Text::new(format!("{wrong}是拒用术语（{source}）"), format!("`{surface}` is deprecated ({source})"));
    let label = Text::new(format!("应为{right}"), format!("the preferred term is `{preferred}`"));
    let finding = Finding::new(mention.block, mention.range, message, label)
        .help(definition_line(cx, spelling.concept).unwrap_or_else(|| {
            Text::new(format!("按{source}，统一使用{right}"), format!("{source} asks for `{preferred}`"))
        }))
        .concept(cx.concept_ref(spelling.concept));
    match replace(cx, mention, preferred, Applicability::Suggestion) {
        Some(fix) => finding.fix(fix),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    const DICTIONARY: &str = r#"
        [dictionary]
        id = "house"
        title = "本单位用语"
        citation = "云政办发〔2022〕3号"
        [[concept]]
        term = "数据归集"
        deprecated = ["数据高铁"]
        [[concept]]
        term = "大数据高铁出行"
    "#;

    #[test]
    fn rejected_names_are_flagged_with_who_rejects_them() {
        let found = check::<DeprecatedTerm>(DICTIONARY).fail("开通12条“«数据高铁»”").lint("开通数据高铁");
        assert_eq!(found[0].message.zh, "“数据高铁”是拒用术语（云政办发〔2022〕3号）");
        assert_eq!(found[0].severity, Severity::Error);
        assert_eq!(found[0].fixes[0].edits[0].text, "数据归集");
    }

    #[test]
    fn longer_terms_titles_and_statements_are_left_alone() {
        check::<DeprecatedTerm>(DICTIONARY)
            .pass("大数据高铁出行分析")
            .pass("落实《数据高铁建设方案》")
            .pass("“数据高铁”一词不再使用");
    }
}
