//! Flags terms that stand in quotation marks here and without there.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::facts::Mention;
use zhengming_terms::termbase::ConceptId;
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold::is_quote;
use zhengming_text::message::{Text, quoted};

use super::judged;

/// Uneven use of quotation marks. Off by default: a matter of style.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct TermQuotation {
    /// 首次出现是否可以加引号 || Whether a term may stand in quotation marks where it is first mentioned
    pub first_mention: bool,
}

impl Default for TermQuotation {
    fn default() -> Self {
        Self { first_mention: true }
    }
}

impl TermQuotation {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "term-quotation",
        name: ("引号用法不一", "Uneven quotation marks"),
        family: "variant",
        severity: Severity::Info,
        also: None,
        default: false,
        fix: None,
        summary: (
            "同一术语有时加引号、有时不加（缺省不检查）",
            "a term in quotation marks here and without there (off by default)",
        ),
        page: (include_str!("term_quotation.md"), include_str!("term_quotation.en.md")),
    };
}

impl Rule for TermQuotation {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let mut uses: BTreeMap<ConceptId, Vec<&Mention>> = BTreeMap::new();
        for mention in judged(cx).filter(|mention| mention.spelling(cx.termbase()).role.is_allowed()) {
            uses.entry(mention.spelling(cx.termbase()).concept).or_default().push(mention);
        }
        for mentions in uses.into_values() {
            let Some(plain) = mentions.iter().position(|mention| !is_marked(cx, mention)) else { continue };
            // Marks at first mention only are the usual way to introduce a term.
            let from = if self.first_mention { plain } else { 0 };
            if let Some(&marked) = mentions[from..].iter().find(|mention| is_marked(cx, mention)) {
                sink.report(finding(cx, marked, mentions[plain]));
            }
        }
    }
}

fn is_marked(cx: &Context<'_>, mention: &Mention) -> bool {
    let text = cx.block(mention).text();
    text[..mention.range.start].ends_with(is_quote) && text[mention.range.end..].starts_with(is_quote)
}

fn finding(cx: &Context<'_>, marked: &Mention, plain: &Mention) -> Finding {
    let spelling = marked.spelling(cx.termbase());
    let name = &spelling.text;
    let (zh, en) = if (plain.block, plain.range) < (marked.block, marked.range) {
        ("前文", "before")
    } else {
        ("后文", "later")
    };
    let message = Text::new(
        format!("{}{zh}不加引号，此处加了引号", quoted(name)),
        format!("`{name}` stands in quotation marks here and without {en}"),
    );
    let label = Text::new("引号前后不一致", "uneven quotation marks");
    let help = Text::new(
        "首次出现可以加引号，以后一律不加",
        "Marks at first mention are usual; leave them out afterwards",
    );
    let place = Text::new("此处不加引号", "without marks here");
    Finding::new(marked.block, marked.range, message, label)
        .help(help)
        .concept(cx.concept_ref(spelling.concept))
        .related(plain.block, plain.range, place)
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
        term = "健康大脑"
    "#;

    #[test]
    fn marks_that_come_back_are_reported() {
        check::<TermQuotation>(DICTIONARY)
            .fail("建设健康大脑。“«健康大脑»”上线。“健康大脑”运行。")
            .fail("“健康大脑”建成。健康大脑上线。“«健康大脑»”运行。");
    }

    #[test]
    fn marks_at_first_mention_or_throughout_are_fine() {
        check::<TermQuotation>(DICTIONARY)
            .pass("“健康大脑”建成，健康大脑上线，健康大脑运行。")
            .pass("“健康大脑”建成，“健康大脑”运行。");
    }

    #[test]
    fn marks_at_first_mention_are_reported_if_so_configured() {
        let strict = TermQuotation { first_mention: false };
        let dictionary = zhengming_terms::dictionary::Dictionary::from_toml("test.toml", DICTIONARY).unwrap();
        crate::testing::Check::new(vec![std::sync::Arc::new(dictionary)], vec![Box::new(strict)])
            .fail("“«健康大脑»”建成，健康大脑上线。")
            .pass("“健康大脑”建成，“健康大脑”运行。");
    }
}
