//! Flags clause numbers under which the edition cited has another term.

use zhengming_core::citation::{Cited, Kind};
use zhengming_core::definition::{Definition, Pattern};
use zhengming_core::diagnostic::{Applicability, Fix, Severity};
use zhengming_core::dictionary::{Concept, Dictionary};
use zhengming_core::document::BlockRef;
use zhengming_core::fold;
use zhengming_core::message::{Text, quoted};
use zhengming_core::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_core::span::TextRange;

use super::references;

/// Citations of an entry by a number that is another entry's.
#[derive(Debug, Default)]
pub struct ClauseReferenceMismatch;

impl ClauseReferenceMismatch {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "clause-reference-mismatch",
        family: "edition",
        severity: Severity::Error,
        also: None,
        default: true,
        fix: Some(Applicability::Suggestion),
        summary: ("所引条号与术语不符", "a clause number that is not the term's"),
        page: (include_str!("clause_reference_mismatch.md"), include_str!("clause_reference_mismatch.en.md")),
    };
}

/// Blocks between a definition and its source.
const NEAR: usize = 4;
/// Definitions above a source that are looked at.
const CLOSE: usize = 16;

impl Rule for ClauseReferenceMismatch {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        for cited in references(cx) {
            let (Some(clause), Some(at)) = (&cited.citation.clause, cited.citation.clause_range) else {
                continue;
            };
            let Some(dictionary) = dictionary(cx, cited) else { continue };
            let Some(term) = term(cx, cited) else { continue };
            let number = clause.trim_start_matches('第').trim_end_matches(['条', '项', '章']);
            let here = concept_at(dictionary, number);
            if !is_number_of_entries(dictionary, number) || here.is_some_and(|here| names(here, &term)) {
                continue;
            }
            let there = dictionary.concepts().iter().find(|concept| names(concept, &term));
            // The term may be the author's own, with the clause cited for something else.
            if there.is_some() || here.is_some() && is_source(cited) {
                sink.report(finding(cx, cited, at, dictionary, &term, here, there));
            }
        }
    }
}

fn is_source(cited: &Cited) -> bool {
    cited.citation.role == zhengming_core::citation::Role::Source
}

/// The loaded edition that is cited.
fn dictionary<'a>(cx: &Context<'a>, cited: &Cited) -> Option<&'a Dictionary> {
    if !matches!(cited.citation.kind, Kind::Standard | Kind::Title) {
        return None;
    }
    let name = zhengming_core::citation::canonical(&cited.citation.normal);
    cx.termbase().dictionaries().iter().map(|dictionary| &**dictionary).find(|dictionary| {
        dictionary
            .header()
            .citation
            .as_deref()
            .is_some_and(|own| zhengming_core::citation::canonical(own) == name)
    })
}

/// The term that the clause is cited for: the words before the bracket, or the definition above a source.
fn term(cx: &Context<'_>, cited: &Cited) -> Option<String> {
    let text = cx.block_at(cited.block).text();
    let before = text[..cited.citation.range.start]
        .trim_end_matches(|c| fold::is_space(c) || matches!(c, '《' | '见'));
    if let Some(head) = before.strip_suffix(['（', '(', '〔']) {
        let end = head.trim_end_matches(|c| fold::is_quote(c) || fold::is_space(c)).len();
        // A mention that ends right before the bracket.
        let mentions = cx.facts().mentions();
        let at = mentions.partition_point(|mention| (mention.block, mention.range.end) < (cited.block, end));
        let mention = mentions.get(at)?;
        let touches = mention.block == cited.block && mention.range.end <= head.len();
        return touches.then(|| cx.surface(mention));
    }
    if !is_source(cited) {
        return None;
    }
    let place = (cited.block, cited.citation.range.start);
    let definitions = cx.definitions();
    let before = definitions.partition_point(|one| (one.block, one.term.start) < place);
    let above = |one: &&Definition| one.pattern == Pattern::TermsClause && cited.block - one.block <= NEAR;
    definitions[..before].iter().rev().take(CLOSE).find(above).map(|one| one.text.clone())
}

fn concept_at<'d>(dictionary: &'d Dictionary, number: &str) -> Option<&'d Concept> {
    dictionary.concepts().iter().find(|concept| concept.clause.as_deref() == Some(number))
}

/// Whether a number looks like one of an entry: 5.2 of a standard whose entries are 3.1.3.9 is a clause of
/// its text.
fn is_number_of_entries(dictionary: &Dictionary, number: &str) -> bool {
    let chapter = |text: &str| text.split('.').next().map(str::to_owned);
    let clauses = || dictionary.concepts().iter().filter_map(|concept| concept.clause.as_deref());
    let depth = number.matches('.').count();
    let least = clauses().map(|clause| clause.matches('.').count()).min().unwrap_or(0);
    depth >= least && clauses().any(|clause| least == 0 || chapter(clause) == chapter(number))
}

fn names(concept: &Concept, term: &str) -> bool {
    let key = fold::key(term);
    concept.designations.iter().any(|name| fold::key(&name.text) == key)
        || concept.heading.as_deref().is_some_and(|heading| fold::key(heading) == key)
}

fn finding(
    cx: &Context<'_>,
    cited: &Cited,
    at: TextRange,
    dictionary: &Dictionary,
    term: &str,
    here: Option<&Concept>,
    there: Option<&Concept>,
) -> Finding {
    let clause = cited.citation.clause.as_deref().unwrap_or_default();
    let source = dictionary.cite(Some(clause));
    let message = match here {
        Some(here) => Text::new(
            format!("{source} 是{}，不是{}", quoted(here.preferred()), quoted(term)),
            format!("{source} is `{}`, not `{term}`", here.preferred()),
        ),
        None => Text::new(format!("{source} 没有这一条"), format!("there is no {source}")),
    };
    let right = there.and_then(|there| there.clause.as_deref());
    let label = match right {
        Some(right) => Text::new(format!("{}的条号是 {right}", quoted(term)), format!("`{term}` is {right}")),
        None => Text::new(format!("该版没有{}", quoted(term)), format!("the edition has no `{term}`")),
    };
    let help = Text::new(
        "条号随版次变动，请按所引版次核对",
        "clause numbers change with the edition; check the one cited",
    );
    let finding = Finding::new(cited.block, at, message, label).help(help);
    let block: BlockRef<'_> = cx.block_at(cited.block);
    match right.and_then(|right| Some((right, super::replace(block, at, right)?))) {
        None => finding,
        Some((right, edits)) => {
            let title = Text::new(format!("改为 {right}"), format!("replace with {right}"));
            finding.fix(Fix { title, applicability: Applicability::Suggestion, edits })
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
        citation = "DB33/T 1—2021"
        [[concept]]
        term = "集成应用"
        clause = "3.1.3.20"
        definition = "应用综合体。"
        [[concept]]
        term = "应用场景"
        clause = "3.1.3.21"
        definition = "数字化环境。"
    "#;

    #[test]
    fn the_number_must_be_the_terms() {
        check::<ClauseReferenceMismatch>(DICTIONARY)
            .pass("集成应用（DB33/T 1—2021，3.1.3.20）")
            .fail("集成应用（DB33/T 1—2021，«3.1.3.21»）")
            .fail("“集成应用”（DB33/T 1—2021，«3.1.9.9»）")
            .pass("集成应用（DB33/T 1—2021，5.2）")
            .pass("集成应用（DB33/T 1—2022，3.1.3.21）")
            .pass("按照DB33/T 1—2021，3.1.3.21执行");
    }

    #[test]
    fn the_source_of_an_entry_is_checked() {
        let entry = |clause: &str| {
            format!("# 3 术语和定义\n\n## 3.1 集成应用\n\n应用综合体。\n\n［来源：DB33/T 1—2021，{clause}］")
        };
        check::<ClauseReferenceMismatch>(DICTIONARY).pass(&entry("3.1.3.20")).fail(&entry("«3.1.3.21»"));
    }
}
