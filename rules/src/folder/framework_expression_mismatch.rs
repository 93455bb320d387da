//! Points out expressions such as 四横四纵 of which another document has other numbers.

use zhengming_core::diagnostic::Severity;
use zhengming_core::folder::{Folder, FolderFinding, FolderRule, FolderSink, grouped};
use zhengming_core::message::{Text, quoted};
use zhengming_core::rule::RuleMeta;
use zhengming_core::summary::{Framework, Shape, Summary};

use super::{list_en, list_zh};

/// 四横四纵 here, 四横三纵 there.
#[derive(Debug, Default)]
pub struct FrameworkExpressionMismatch;

impl FrameworkExpressionMismatch {
    /// What is the same for every folder.
    pub const META: RuleMeta = RuleMeta {
        id: "framework-expression-mismatch",
        family: "folder",
        severity: Severity::Info,
        also: None,
        default: true,
        fix: None,
        summary: (
            "同类框架的数字在几份文稿里不一致（四横四纵、四横三纵）",
            "documents of a folder give one framework different numbers",
        ),
        page: (
            include_str!("framework_expression_mismatch.md"),
            include_str!("framework_expression_mismatch.en.md"),
        ),
    };
}

type Used<'a> = (&'a Summary, &'a Framework);

impl FolderRule for FrameworkExpressionMismatch {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, folder: &Folder<'_>, sink: &mut FolderSink<'_>) {
        let used = folder
            .documents()
            .flat_map(|document| document.frameworks.iter().map(move |framework| (document, framework)))
            .filter(|(_, framework)| !framework.past && !framework.head.is_empty());
        for group in grouped(used, |(_, framework)| (framework.shape, subject(framework))) {
            compare(&group, sink);
        }
    }
}

/// What the numbers are counted of. 横 and 纵 are always of an architecture, whatever its full name.
fn subject(framework: &Framework) -> &str {
    const GENERAL: [&str; 5] = ["总体", "整体", "体系", "系统", "平台"];
    let head = framework.head.as_str();
    let stripped = GENERAL.iter().find_map(|word| head.strip_prefix(word)).filter(|rest| !rest.is_empty());
    match framework.shape {
        Shape::Grid => stripped.unwrap_or(head),
        Shape::Sum | Shape::Code => head,
    }
}

/// Reports the documents that depart from the expression that most documents use.
fn compare<'a>(group: &[Used<'a>], sink: &mut FolderSink<'_>) {
    let by_text = grouped(group.iter(), |(_, framework)| framework.text.as_str());
    let documents =
        |used: &Vec<&Used<'a>>| grouped(used.iter(), |(document, _)| document.path.as_str()).len();
    let usual =
        by_text.iter().enumerate().max_by_key(|&(index, used)| (documents(used), std::cmp::Reverse(index)));
    let Some((_, usual)) = usual else { return };
    let expected = usual[0].1;
    for one in grouped(group.iter(), |(document, _)| document.path.as_str()) {
        // A document that has both knows of both.
        if one.iter().any(|(_, framework)| framework.text == expected.text) {
            continue;
        }
        if let Some(used) = one.iter().find(|(_, framework)| may_be_one(framework, expected)) {
            sink.report(finding(used, expected, usual));
        }
    }
}

/// Whether two expressions may be two states of one framework: 1+5 and 1+5+2, 152 and 1512. Most sums are
/// of things that have nothing to do with one another.
fn may_be_one(a: &Framework, b: &Framework) -> bool {
    match a.shape {
        Shape::Grid => true,
        Shape::Sum => {
            let extends =
                |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('+'));
            let short = if a.text.len() < b.text.len() { &a.text } else { &b.text };
            // 1+N is everybody's beginning.
            short.bytes().filter(u8::is_ascii_digit).count() > 1
                && (extends(&a.text, &b.text) || extends(&b.text, &a.text))
        }
        Shape::Code => one_digit_apart(&a.text, &b.text),
    }
}

fn one_digit_apart(a: &str, b: &str) -> bool {
    let prefix = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let suffix = a.bytes().rev().zip(b.bytes().rev()).take_while(|(a, b)| a == b).count();
    let longer = a.len().max(b.len());
    a.len().abs_diff(b.len()) <= 1 && prefix + suffix + 1 >= longer && prefix + suffix >= 2
}

fn finding<'a>(used: &Used<'a>, expected: &Framework, usual: &[&Used<'a>]) -> FolderFinding<'a> {
    let (document, framework) = *used;
    let mut names: Vec<&str> = usual.iter().map(|(document, _)| document.name()).collect();
    names.dedup();
    let (here, there) = (quoted(&framework.text), quoted(&expected.text));
    let message = Text::new(
        format!("本文写{here}{}，{}写{there}", framework.head, list_zh(&names)),
        format!("`{}`{} here, `{}` in {}", framework.text, framework.head, expected.text, list_en(&names)),
    );
    let label = Text::new(format!("其他文稿为{there}"), format!("`{}` in other documents", expected.text));
    let help = Text::new(
        "指同一框架的，请核对最新提法，统一数字；讲沿革的，写明“由……升级为……”；不是同一框架的，不必修改",
        "if one framework is meant, look up its present form and use it throughout; if its history is told, say so; if not, nothing is to be changed",
    );
    let mut finding = FolderFinding::new(document, &framework.site, message, label).help(help);
    for (other, expected) in usual.iter().take(3) {
        let place = Text::new(
            format!("{}写{}{}", other.name(), quoted(&expected.text), expected.head),
            format!("`{}`{} in {}", expected.text, expected.head, other.name()),
        );
        finding = finding.related(other, &expected.site, place);
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn other_numbers_of_one_framework_are_pointed_out() {
        check::<FrameworkExpressionMismatch>()
            .fail(
                "=== a.md\n构建“四横四纵”体系架构。\n=== b.md\n构建四横四纵总体架构。\n\
                 === c.md\n构建“«四横三纵»”架构。\n",
            )
            .fail("=== a.md\n完善“1+5+2”工作体系。\n=== b.md\n完善“«1+5»”工作体系。\n")
            .fail("=== a.md\n对标“1612”体系。\n=== b.md\n对标“«1512»”体系。\n");
    }

    #[test]
    fn other_frameworks_and_history_are_left_alone() {
        check::<FrameworkExpressionMismatch>()
            .pass("=== a.md\n构建“四横四纵”平台。\n=== b.md\n构建五横四纵标准体系。\n")
            .pass("=== a.md\n构建“四横四纵”架构。\n=== b.md\n由原“四横三纵”架构升级为“四横四纵”架构。\n")
            .pass("=== a.md\n形成“1+N”工作体系。\n=== b.md\n形成“1+3+N”工作体系。\n")
            .pass("=== a.md\n2025年体系。“2025”年。\n=== b.md\n“2024”年体系。\n");
    }
}
