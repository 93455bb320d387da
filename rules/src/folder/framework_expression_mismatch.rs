//! Points out expressions such as 四横四纵 of which another document has other numbers.

use zhengming_lint::finding::{Finding, FolderPlace};
use zhengming_lint::folder::{Folder, FolderRule, FolderSink, grouped};
use zhengming_lint::rule::RuleMeta;
use zhengming_reading::summary::{Framework, Shape, Summary};
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::{Text, quoted};

use super::{list_en, list_zh};

/// 四横四纵 here, 四横三纵 there.
#[derive(Debug, Default)]
pub struct FrameworkExpressionMismatch;

impl FrameworkExpressionMismatch {
    /// What is the same for every folder.
    pub const META: RuleMeta = RuleMeta {
        id: "framework-expression-mismatch",
        name: ("框架提法不一", "Framework numbered differently"),
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
            .filter(|(_, framework)| !framework.past);
        let expressions: Vec<Expression<'_>> =
            grouped(used, |(_, framework)| (framework.shape, framework.text.as_str()))
                .into_iter()
                .map(Expression::of)
                .collect();
        let uses = expressions
            .iter()
            .flat_map(|expression| expression.used.iter().map(move |used| (expression, used)));
        let told = uses.filter(|(_, (_, framework))| !framework.head.is_empty());
        for group in grouped(told, |(_, (_, framework))| (framework.shape, subject(framework))) {
            for one in grouped(group.iter().copied(), |(_, (document, _))| document.path.as_str()) {
                let finding = one
                    .iter()
                    .find_map(|(expression, used)| Some(finding(used, rival(expression, used, &group)?)));
                finding.into_iter().for_each(|finding| sink.report(finding));
            }
        }
    }
}

/// An expression with all its uses, also those that do not say what it is of.
struct Expression<'a> {
    used: Vec<Used<'a>>,
    documents: usize,
}

impl<'a> Expression<'a> {
    fn of(used: Vec<Used<'a>>) -> Self {
        let documents = grouped(used.iter(), |(document, _)| document.path.as_str()).len();
        Self { used, documents }
    }

    fn framework(&self) -> &'a Framework {
        self.used[0].1
    }

    /// What it has on its side: a dictionary, then the number of documents.
    fn weight(&self) -> (bool, usize) {
        match self.framework().official {
            Some(_) => (true, 0),
            None => (false, self.documents),
        }
    }
}

/// Another expression of the same in `group` that has as much on its side as `own` or more, and that the document
/// does not know of; of several, the one that has most.
fn rival<'e, 'a>(
    own: &Expression<'a>,
    used: &Used<'a>,
    group: &[(&'e Expression<'a>, &Used<'a>)],
) -> Option<(&'e Expression<'a>, Standing)> {
    let standing = |other: &Expression<'a>| match (other.weight(), own.weight()) {
        // Two terms of dictionaries are two frameworks.
        ((true, _), (true, _)) => None,
        (theirs, ours) if theirs > ours => Some(Standing::Usual),
        (theirs, ours) if theirs == ours => Some(Standing::Equal),
        _ => None,
    };
    let others = group.iter().map(|(other, _)| *other).filter(|other| {
        may_be_one(used.1, other.framework())
            && !other.used.iter().any(|(document, _)| document.path == used.0.path)
    });
    let known = others.filter_map(|other| Some((other, standing(other)?)));
    // The first of those that have most.
    known.reduce(|best, next| if next.0.weight() > best.0.weight() { next } else { best })
}

/// How the other expression stands to the one that is found fault with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// A dictionary has it, or more documents do.
    Usual,
    /// Nothing tells which of the two is right.
    Equal,
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

/// Whether two expressions may be two states of one framework: 1+5 and 1+5+2, 152 and 1512. Most sums are
/// of things that have nothing to do with one another.
fn may_be_one(a: &Framework, b: &Framework) -> bool {
    if a.text == b.text {
        return false;
    }
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

fn finding<'a>(used: &Used<'a>, (other, standing): (&Expression<'a>, Standing)) -> Finding<FolderPlace> {
    let (document, framework) = *used;
    let (expected, usual) = (other.framework(), &other.used);
    let mut names: Vec<&str> = usual.iter().map(|(document, _)| document.name()).collect();
    names.dedup();
    let (here, there) = (quoted(&framework.text), quoted(&expected.text));
    let message = Text::new(
        format!("本文写{here}{}，{}写{there}", framework.head, list_zh(&names)),
        format!("`{}`{} here, `{}` in {}", framework.text, framework.head, expected.text, list_en(&names)),
    );
    let label = match (&expected.official, standing) {
        (Some(source), _) => Text::new(
            format!("规范用语为{there}（{source}）"),
            format!("the term is `{}` ({source})", expected.text),
        ),
        (None, Standing::Usual) => {
            Text::new(format!("多数文稿为{there}"), format!("`{}` in most documents", expected.text))
        }
        (None, Standing::Equal) => Text::new("几份文稿的提法不同", "the documents differ"),
    };
    let help = Text::new(
        "指同一框架的，请核对最新提法，统一数字；讲沿革的，写明“由……升级为……”；不是同一框架的，不必修改",
        "if one framework is meant, look up its present form and use it throughout; if its history is told, say so; if not, nothing is to be changed",
    );
    let mut finding = Finding::across(document, &framework.site, message, label).help(help);
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
            .fail(
                "=== a.md\n完善“1+5+2”工作体系。\n=== b.md\n完善“«1+5»”工作体系。\n\
                 === c.md\n完善“1+5+2”工作体系。\n",
            );
    }

    #[test]
    fn the_dictionary_goes_before_the_majority() {
        check::<FrameworkExpressionMismatch>().fail(
            "=== a.md\n构建“«四横三纵»”架构。\n=== b.md\n构建“«四横三纵»”架构。\n=== c.md\n构建四横四纵架构。\n",
        );
    }

    #[test]
    fn a_document_that_does_not_say_of_what_counts_as_well() {
        check::<FrameworkExpressionMismatch>().fail(
            "=== a.md\n构建“«六横三纵»”架构。\n=== b.md\n构建“六横五纵”架构。\n=== c.md\n按照“六横五纵”的要求推进。\n",
        );
    }

    #[test]
    fn where_nothing_tells_all_sides_are_told_that_they_differ() {
        let rule = check::<FrameworkExpressionMismatch>()
            .fail("=== a.md\n完善“«1+5+2»”工作体系。\n=== b.md\n完善“«1+5»”工作体系。\n")
            .fail("=== a.md\n对标“«1612»”体系。\n=== b.md\n对标“«1512»”体系。\n");
        let found = rule.findings("=== a.md\n对标“1612”体系。\n=== b.md\n对标“1512”体系。\n");
        assert!(found.iter().all(|one| one.diagnostic.label.zh == "几份文稿的提法不同"));
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
