//! Flags definitions that restate a dictionary's with other words.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::restatement::Verdict;
use zhengming_text::diagnostic::{Applicability, Fix, Severity};
use zhengming_text::message::{Text, quoted};

use super::changes;
use super::restatement::{Restatement, restatements};
use super::successor::{is_altered, notice};

/// Restated definitions with any change of words.
#[derive(Debug, Default)]
pub struct AlteredDefinition;

impl AlteredDefinition {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "altered-definition",
        name: ("定义有改动", "Altered definition"),
        family: "definition",
        severity: Severity::Warning,
        also: Some(Severity::Info),
        default: true,
        fix: Some(Applicability::Suggestion),
        summary: ("转述官方定义时改动了文字", "an official definition restated with other words"),
        page: (include_str!("altered_definition.md"), include_str!("altered_definition.en.md")),
    };
}

impl Rule for AlteredDefinition {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let all = restatements(cx);
        for restatement in all.iter().filter(|one| is_altered(one)) {
            sink.report(finding(cx, restatement, &notice(cx, &all, restatement)));
        }
    }
}

/// A source within a Chinese sentence: blanks stand beside letters and figures, not beside 《》.
fn set_off(source: &str) -> String {
    let beside = |c: Option<char>| if c.is_some_and(|c| c.is_ascii_alphanumeric()) { " " } else { "" };
    format!("{}{source}{}", beside(source.chars().next()), beside(source.chars().next_back()))
}

fn finding(cx: &Context<'_>, restatement: &Restatement<'_>, notice: &Text) -> Finding {
    let entry = &restatement.entry;
    let definition = restatement.definition;
    let term = quoted(&definition.text);
    let source = entry.cite();
    let summary = changes::summary(entry.official, entry.words);
    let message = if entry.verdict == Verdict::Altered {
        Text::new(
            format!("{term}的定义与{}不一致：{}", set_off(&source), summary.zh),
            format!("the definition of {term} differs from {source}: {}", summary.en),
        )
    } else {
        Text::new(
            format!("{term}的定义与{}差别较大，请确认是否同一概念", set_off(&source)),
            format!("the definition of {term} is far from {source}; is it the same concept?"),
        )
    };
    let label = Text::new(
        format!("{}的定义：“{}”", set_off(&source).trim_start(), entry.official),
        format!("{source}: “{}”", entry.official),
    );
    let diff = changes::marked(entry.official, entry.words);
    let help = Text::new(
        format!("对照：{diff}。{}照录原文；确需改动的，注明“［来源：{source}，有修改］”", notice.zh),
        format!(
            "compare: {diff}; {}quote the text as it is, or mark the change with ［来源：{source}，有修改］",
            notice.en
        ),
    );
    let (block, range) = entry.place.unwrap_or((definition.block, definition.term));
    let mut finding =
        Finding::new(block, range, message, label).help(help).concept(cx.concept_ref(restatement.concept));
    if entry.verdict == Verdict::Unclear {
        return finding.severity(Severity::Info);
    }
    if let Some((block, range)) = entry.place {
        let text = cx.block_at(block).text();
        let end = if text[range.range()].ends_with('。') { "。" } else { "" };
        let replacement = format!("{}{end}", entry.official);
        if let Some(edits) = cx.edits(cx.block_at(block), range, &replacement) {
            let title = Text::new(
                format!("改为{}的定义", set_off(&source)),
                format!("replace with the definition of {source}"),
            );
            finding = finding.fix(Fix { title, applicability: Applicability::Suggestion, edits });
        }
    }
    finding
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
        authority = "local-standard"
        effective = "2021-08-05"
        [[concept]]
        term = "一件事"
        clause = "3.1"
        definition = "从行政相对人的需求出发，通过两个及以上部门相互协同的方式，提供主题集成服务。"
        [[concept]]
        term = "“总对总”服务"
        definition = "“总对总”服务指按照业务工作需要，全省统一的业务办理模式。两句也是一条。"
    "#;

    #[test]
    fn layout_punctuation_and_framing_are_no_change() {
        check::<AlteredDefinition>(DICTIONARY)
            .pass("本办法所称一件事，是指从行政相对人的需求出发, 通过两个及以上部门\n相互协同的方式，提供主题集成服务。")
            .pass("一件事，即从行政相对人的需求出发，通过两个及以上部门相互协同的方式、提供主题集成服务。")
            .pass("“总对总”服务是指按照业务工作需要，全省统一的业务办理模式。两句也是一条。后面另说。");
    }

    #[test]
    fn any_other_change_is_one() {
        check::<AlteredDefinition>(DICTIONARY)
            .fail("一件事是指«从行政相对人的需求出发，通过三个及以上部门相互协同的方式，提供主题集成服务。»")
            .fail("一件事，是指«从行政相对人的需求出发，通过两个及以上部门相互协同的方式。»")
            .fail("“总对总”服务指«按照业务工作需要，全省统一的业务办理模式。»");
    }

    #[test]
    fn the_message_tells_what_changed() {
        let text = "一件事是指从行政相对人的需求出发，通过三个及以上部门相互协同的方式，提供主题集成服务。";
        let found = check::<AlteredDefinition>(DICTIONARY).lint(text);
        assert_eq!(found[0].message.zh, "“一件事”的定义与 DB33/T 1—2021，3.1 不一致：“两”改成了“三”");
    }

    #[test]
    fn other_places_and_times_are_not_bound() {
        let changed =
            "一件事是指从行政相对人的需求出发，通过三个及以上部门相互协同的方式，提供主题集成服务。";
        check::<AlteredDefinition>(DICTIONARY)
            .pass(&format!("---\ndate: 2020-01-01\n---\n\n{changed}"))
            .pass(&format!("# 浙江省数据条例\n\n{changed}"))
            .pass(&format!("# 江苏省数据办法\n\n{changed}"))
            .pass(&format!("{changed}［来源：DB33/T 1—2021，3.1，有修改］"));
    }
}
