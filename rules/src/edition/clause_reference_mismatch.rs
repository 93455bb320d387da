//! Flags clause numbers under which the edition cited has another term.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::citation::{Cited, Kind};
use zhengming_terms::dictionary::{Concept, Dictionary};
use zhengming_text::diagnostic::{Applicability, Fix, Severity};
use zhengming_text::document::BlockRef;
use zhengming_text::message::{Text, quoted};
use zhengming_text::span::TextRange;

use super::cited_term::{Term, terms};
use super::references;

/// Citations of an entry by a number that is another entry's.
#[derive(Debug, Default)]
pub struct ClauseReferenceMismatch;

impl ClauseReferenceMismatch {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "clause-reference-mismatch",
        name: ("条号与内容不符", "Clause and content disagree"),
        family: "edition",
        severity: Severity::Error,
        also: None,
        default: true,
        fix: Some(Applicability::Suggestion),
        summary: ("所引条号与术语不符", "a clause number that is not the term's"),
        page: (include_str!("clause_reference_mismatch.md"), include_str!("clause_reference_mismatch.en.md")),
    };
}

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
            let number = &clause[bare_number(clause, TextRange::new(0, clause.len())).range()];
            let here = concept_at(dictionary, number);
            let terms = terms(cx, cited, dictionary, here);
            let Some(term) = terms.first() else { continue };
            if !is_number_of_entries(dictionary, number)
                || here.is_some_and(|here| terms.iter().any(|one| one.is_named_by(cx, here)))
            {
                continue;
            }
            let there = dictionary.concepts().iter().find(|concept| term.is_named_by(cx, concept));
            // The term may be the author's own, with the clause cited for something else.
            if there.is_some() || here.is_some() && is_source(cited) {
                let at = bare_number(cx.block_at(cited.block).text(), at);
                sink.report(finding(cx, cited, at, dictionary, term, here, there));
            }
        }
    }
}

fn is_source(cited: &Cited) -> bool {
    cited.citation.role == zhengming_reading::citation::Role::Source
}

/// The loaded edition that is cited.
fn dictionary<'a>(cx: &Context<'a>, cited: &Cited) -> Option<&'a Dictionary> {
    if !matches!(cited.citation.kind, Kind::Standard | Kind::Title) {
        return None;
    }
    let name = zhengming_text::fold::canonical(&cited.citation.normal);
    cx.termbase().dictionaries().iter().map(|dictionary| &**dictionary).find(|dictionary| {
        dictionary
            .header()
            .citation
            .as_deref()
            .is_some_and(|own| zhengming_text::fold::canonical(own) == name)
    })
}

/// The number without its words: 第3.1.3.8条, 第3.1.3.20款第1项.
fn bare_number(text: &str, at: TextRange) -> TextRange {
    let raw = &text[at.range()];
    let number = raw.trim_start_matches(|c: char| c.is_whitespace() || c == '第');
    let start = at.start + raw.len() - number.len();
    let length = number.find(|c: char| "条款项目节章第".contains(c)).unwrap_or(number.len());
    TextRange::new(start, start + number[..length].trim_end().len())
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

fn finding(
    cx: &Context<'_>,
    cited: &Cited,
    at: TextRange,
    dictionary: &Dictionary,
    Term { text: term, .. }: &Term,
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
    use proptest::prelude::*;
    use proptest::sample::select;

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
            .pass("按照DB33/T 1—2021，3.1.3.21执行")
            .pass("推广DB33/T 1—2021第3.1.3.20款规定的“集成应用”")
            .fail("推广DB33/T 1—2021第«3.1.3.21»款第1项规定的“集成应用”");
    }

    #[test]
    fn the_term_is_found_wherever_the_bracket_stands() {
        check::<ClauseReferenceMismatch>(DICTIONARY)
            .fail("建设集成应用（DB33/T 1—2021 第«3.1.3.21»条）")
            .fail("建设集成应用（来源：DB33/T 1—2021，«3.1.3.21»）")
            .fail("建设“集成应用”（定义见DB33/T 1—2021，«3.1.3.21»）")
            .fail("集成应用，是指应用的综合体（DB33/T 1—2021 第«3.1.3.21»条）。")
            .fail("集成应用，是指一种应用场景（来源：DB33/T 1—2021，«3.1.3.21»）。")
            .pass("集成应用，是指一种应用场景（DB33/T 1—2021，3.1.3.21）。")
            .fail("集成应用，是指一种应用场景（DB33/T 1—2021，«3.1.3.20»），简称应用。")
            .fail("集成应用，是指应用的综合体。（来源：DB33/T 1—2021，«3.1.3.21»）")
            .fail("集成应用，是指应用的综合体。\n\n［来源：DB33/T 1—2021，«3.1.3.21»］")
            .fail("加快推进，形成集成应用体系（DB33/T 1—2021，«3.1.3.21»）")
            .fail("推广DB33/T 1—2021第«3.1.3.21»条规定的“集成应用”")
            .fail("根据DB33/T 1—2021第«3.1.3.21»条，集成应用是指应用的综合体")
            .pass("集成应用，是指按照有关要求（DB33/T 1—2021，3.1.3.21）建设的应用。")
            .pass("集成应用，是指应用的综合体。\n\n又，有关改革（DB33/T 1—2021，3.1.3.21）。")
            .pass("依托集成应用丰富场景（DB33/T 1—2021，3.1.3.21）。")
            .pass("建设集成应用（来源：DB33/T 1—2021，3.1.3.20）")
            .pass("集成应用，是指应用的综合体。（来源：DB33/T 1—2021，3.1.3.20）")
            .pass("建设集成应用和应用场景体系（DB33/T 1—2021，3.1.3.20）")
            .pass("先建集成应用，再按规定推进改革（DB33/T 1—2021，3.1.3.21）")
            .pass("集成应用体系（见附件，另见DB33/T 1—2021，3.1.3.21）")
            .pass("根据DB33/T 1—2021第3.1.3.21条，集成应用要加快")
            .pass("集成应用，是指应用的综合体。\n\n按期上线。\n\n按照DB33/T 1—2021，3.1.3.21执行。");
    }

    #[test]
    fn another_name_of_the_entry_is_no_mismatch() {
        let dictionary = format!(
            "{DICTIONARY}\nadmitted = [\"场景应用\"]\nvariants = [{{ surface = \"应用情景\", kind = \"synonym\", fix = \"suggest\" }}]"
        );
        check::<ClauseReferenceMismatch>(&dictionary)
            .pass("推广场景应用（来源：DB33/T 1—2021，3.1.3.21）")
            .pass("推广应用情景（来源：DB33/T 1—2021，3.1.3.21）")
            .fail("推广应用情景（来源：DB33/T 1—2021，«3.1.3.20»）");
    }

    #[test]
    fn the_source_of_an_entry_is_checked() {
        let entry = |clause: &str| {
            format!("# 3 术语和定义\n\n## 3.1 集成应用\n\n应用综合体。\n\n［来源：DB33/T 1—2021，{clause}］")
        };
        check::<ClauseReferenceMismatch>(DICTIONARY).pass(&entry("3.1.3.20")).fail(&entry("«3.1.3.21»"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn no_arrangement_is_too_odd(pieces in prop::collection::vec(select(&PIECES[..]), 0..30)) {
            check::<ClauseReferenceMismatch>(DICTIONARY).lint(&pieces.concat());
        }
    }

    const PIECES: [&str; 20] = [
        "（DB33/T 1—2021，3.1.3.20）",
        "（来源：DB33/T 1—2021，3.1.3.21）",
        " DB33/T 1—2021第3.1.3.21条规定的",
        "［来源：DB33/T 1—2021，3.1.3.99］",
        "DB33/T 1—2021第条",
        "集成应用",
        "“集成应用”",
        "应用场景",
        "，是指",
        "。",
        "，",
        "\n\n",
        "\n",
        "# 3 术语和定义\n\n",
        "## 3.1 ",
        "应用的综合体",
        "\u{3000}",
        "见",
        "《",
        "》",
    ];
}
