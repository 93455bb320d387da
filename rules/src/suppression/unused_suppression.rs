//! Flags comments that suppress nothing, or name rules that do not exist.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_lint::suppression::{Fault, MAX_TARGETS, Problem, Target};
use zhengming_text::diagnostic::{Applicability, Edit, Fix, Severity};
use zhengming_text::message::{Text, quoted};
use zhengming_text::span::Span;

use super::removal::removal;

/// Most characters of a comment that a message quotes.
const QUOTED: usize = 40;

/// Comments meant for the linter that have no effect.
#[derive(Debug, Default)]
pub struct UnusedSuppression;

impl UnusedSuppression {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "unused-suppression",
        name: ("没有作用的忽略注释", "Suppression without effect"),
        family: "suppression",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: Some(Applicability::Suggestion),
        summary: ("没有作用的忽略注释", "a suppression comment without effect"),
        page: (include_str!("unused_suppression.md"), include_str!("unused_suppression.en.md")),
    };
}

impl Rule for UnusedSuppression {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, _cx: &Context<'_>, _sink: &mut Sink<'_>) {}

    fn review(&self, faults: &[Fault], cx: &Context<'_>, sink: &mut Sink<'_>) {
        // Whether a comment about this very rule has an effect is decided here, so it is not judged.
        let is_own = |fault: &&Fault| {
            let own = |rule: &String| rule == Self::META.id || rule == Self::META.family;
            matches!(fault.problem, Problem::Unused { .. }) && fault.rules.iter().any(own)
        };
        for fault in faults.iter().filter(|fault| !is_own(fault)) {
            sink.report(finding(fault, cx.document().source()));
        }
    }
}

fn finding(fault: &Fault, source: &str) -> Finding {
    let comment = quoted(&shortened(&fault.text));
    let comment_en = shortened(&fault.text);
    let unknown = |nearest: Option<&str>, list: Text| match nearest {
        Some(name) => Text::new(format!("应为“{name}”"), format!("did you mean `{name}`?")),
        None => list,
    };
    let (message, label, help) = match &fault.problem {
        Problem::UnknownAction { written, nearest } => (
            Text::new(
                format!("没有“{written}”这种写法，注释没有起作用"),
                format!("`{written}` is no directive, the comment does nothing"),
            ),
            unknown(*nearest, Text::new("请改用下面列出的写法", "use one of those listed below")),
            directives(),
        ),
        Problem::UnknownRule { written, nearest } => (
            Text::new(
                format!("没有规则或类别“{written}”"),
                format!("no rule or family is called `{written}`"),
            ),
            unknown(*nearest, Text::new("请改为已有的规则名", "name an existing rule")),
            Text::new("规则和类别用 zhengming rules 列出", "`zhengming rules` lists rules and families"),
        ),
        Problem::TooManyTargets => (
            Text::new(
                format!("注释列出的规则和术语过多，未生效：每条注释最多 {MAX_TARGETS} 项"),
                format!(
                    "the comment names too many rules and terms and has no effect: expected at most {MAX_TARGETS}"
                ),
            ),
            Text::new("请分成几条注释", "split it into several comments"),
            Text::new(
                "每个规则与每个术语的组合算一项；也可以改为停用整个类别",
                "every rule with every term counts as one; a whole family can be named instead",
            ),
        ),
        Problem::NothingToEnable => (
            Text::new(
                format!("{comment}之前没有停用任何规则"),
                format!("`{comment_en}` enables what nothing disabled"),
            ),
            removable(),
            Text::new(
                "恢复检查的注释要与前面停用检查的注释成对，规则名一致",
                "a comment that enables belongs to one above it that disables the same rules",
            ),
        ),
        Problem::Unused { targets } if targets.is_empty() => (
            Text::new(format!("{comment}没有忽略任何结果"), format!("`{comment_en}` suppresses nothing")),
            removable(),
            why_unused(),
        ),
        Problem::Unused { targets } => {
            let names: Vec<String> = targets.iter().map(name).collect();
            (
                Text::new(
                    format!("注释里的“{}”没有忽略任何结果", names.join("、")),
                    format!("`{}` in the comment suppresses nothing", names.join(", ")),
                ),
                Text::new("可从注释中删去", "can be taken out of the comment"),
                why_unused(),
            )
        }
    };
    let finding = Finding::at_comment(fault.span, message, label).help(help);
    match fix(fault, source) {
        Some(fix) => finding.fix(fix),
        None => finding,
    }
}

fn directives() -> Text {
    Text::new(
        "可用：正名：忽略（从此处起，到“正名：恢复”为止）、正名：忽略本行、正名：忽略下一行，“忽略”也可写作“停用”；\
         或 zhengming-disable、zhengming-enable、zhengming-disable-line、zhengming-disable-next-line",
        "the directives are zhengming-disable (from here to zhengming-enable), zhengming-disable-line and \
         zhengming-disable-next-line; in Chinese 正名：忽略, 正名：恢复, 正名：忽略本行, 正名：忽略下一行",
    )
}

fn removable() -> Text {
    Text::new("可以删去", "can be removed")
}

fn why_unused() -> Text {
    Text::new(
        "它所管的范围里，这些规则没有发现问题：文字可能已经改好，也可能是规则名、术语或位置不对",
        "within its reach these rules find nothing: the text was mended, or the rule, the term or the place \
         is not the one that was meant",
    )
}

fn name(target: &Target) -> String {
    match (&target.rule, &target.term) {
        (Some(rule), Some(term)) => format!("{rule}：{term}"),
        (Some(rule), None) => rule.clone(),
        (None, Some(term)) => term.clone(),
        (None, None) => "*".to_owned(),
    }
}

/// The beginning of a comment, on one line.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = line.chars().take(QUOTED).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

/// A proposal only: in a run with other dictionaries the comment may be needed.
fn fix(fault: &Fault, source: &str) -> Option<Fix> {
    if fault.is_remark {
        return None;
    }
    let (title, edit) = match &fault.problem {
        Problem::UnknownAction { written, nearest } | Problem::UnknownRule { written, nearest } => {
            let nearest = (*nearest)?;
            let title = Text::new(format!("改为“{nearest}”"), format!("replace with `{nearest}`"));
            let span = place_of(written, source, fault.span)?;
            (title, Edit { span, text: nearest.to_owned() })
        }
        Problem::TooManyTargets => return None,
        Problem::Unused { targets } if !targets.is_empty() => return None,
        Problem::Unused { .. } | Problem::NothingToEnable => {
            (Text::new("删去这条注释", "remove the comment"), removal(source, fault.span)?)
        }
    };
    Some(Fix { title, applicability: Applicability::Suggestion, edits: vec![edit] })
}

/// Where `name` stands in the comment as a word of its own.
fn place_of(name: &str, source: &str, comment: Span) -> Option<Span> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let text = &source[comment.range()];
    let (at, _) = text.match_indices(name).find(|(at, _)| {
        let (before, after) = (&text[..*at], &text[at + name.len()..]);
        let opens = before.ends_with("<!--") || !before.ends_with(is_letter);
        opens && (after.starts_with("-->") || !after.starts_with(is_letter))
    })?;
    Some(Span::new(comment.start + at, comment.start + at + name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_among_all;

    const DICTIONARY: &str = r#"
        [dictionary]
        id = "d"
        title = "词典"
        [[concept]]
        term = "浙政钉"
        variants = [{ surface = "浙政盯", kind = "homophone", fix = "safe" }]
    "#;

    #[test]
    fn a_comment_that_suppresses_something_is_in_order() {
        check_among_all(DICTIONARY, &UnusedSuppression::META)
            .pass("<!-- zhengming-disable-next-line -->\n用浙政盯办公")
            .pass(
                "<!-- zhengming-disable-next-line nonstandard-variant：浙政盯 -- 引原文 -->\n\n用浙政盯办公",
            )
            .pass("<!-- zhengming-disable -->\n\n用浙政盯办公\n\n<!-- zhengming-enable -->")
            .pass("用浙政盯<!-- zhengming-disable-line variant -->办公")
            .pass("<!-- 浙政盯 --><!-- 正名 说明 -->\n\n用浙政钉办公");
    }

    #[test]
    fn a_comment_without_effect_is_reported_where_it_stands() {
        check_among_all(DICTIONARY, &UnusedSuppression::META)
            .fail("«<!-- zhengming-disable-next-line -->»\n用浙政钉办公")
            .fail("«<!-- zhengming-disable-line nonstandard-variant：浙政钉宝 -->»\n\n用浙政盯办公")
            .fail("用浙政钉«<!-- zhengming-disable-line variant -->»办公")
            .fail("«<!-- 正名：停用 -->»\n\n用浙政钉办公\n\n<!-- 正名：恢复 -->")
            .fail("甲\n\n«<!-- zhengming-enable -->»\n\n乙")
            .fail("«<!-- zhengming-disable near-mis-term -->»\n\n用浙政盯")
            .fail("«<!-- zhengming-disabel -->»\n\n用浙政盯")
            .fail("«<!-- 正名：停止 -->»\n\n用浙政盯")
            .fail("用浙政盯«<!-- 正名：忽咯本行 -->»办公")
            .fail("用浙政盯«<!-- 正名：忽略本段 -->»办公")
            .pass("<!-- 正名：请张三核对第三段的机构名称 -->\n\n用浙政钉办公");
    }

    #[test]
    fn a_comment_about_this_rule_is_not_judged() {
        check_among_all(DICTIONARY, &UnusedSuppression::META)
            .pass("<!-- zhengming-disable unused-suppression -->\n\n<!-- zhengming-disable-line -->\n\n正文");
    }

    #[test]
    fn messages_say_what_has_no_effect_and_what_was_meant() {
        let found = check_among_all(DICTIONARY, &UnusedSuppression::META).lint(
            "<!-- zhengming-disable nonstandard-variant, near-mis-term, stale-edition -->\n\n用浙政盯办公",
        );
        let messages: Vec<&str> = found.iter().map(|one| one.message.zh.as_str()).collect();
        assert_eq!(messages, ["没有规则或类别“near-mis-term”", "注释里的“stale-edition”没有忽略任何结果"]);
        assert_eq!(found[0].label.zh, "应为“near-miss-term”");
        assert_eq!(found[0].fixes[0].edits[0].text, "near-miss-term");
        assert!(found[1].fixes.is_empty());
    }

    #[test]
    fn what_has_no_effect_can_be_removed() {
        let text = "甲\n\n<!-- zhengming-disable-line -->\n\n乙";
        let found = check_among_all(DICTIONARY, &UnusedSuppression::META).lint(text);
        let (mended, _) = zhengming_text::diagnostic::apply_fixes(text, &found[0].fixes);
        assert_eq!(mended, "甲\n\n乙");
    }
}
