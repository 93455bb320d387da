//! Flags references to a clause of a standard without saying of which edition.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::citation::Kind;
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Text;
use zhengming_text::span::TextRange;

use super::{references, shown};

/// References to a clause of a standard without a year.
#[derive(Debug, Default)]
pub struct UndatedClauseReference;

impl UndatedClauseReference {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "undated-clause-reference",
        name: ("引条款未注年份", "Clause without an edition"),
        family: "citation",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: None,
        summary: ("引用具体条款而不注日期", "a clause of a standard cited without its year"),
        page: (include_str!("undated_clause_reference.md"), include_str!("undated_clause_reference.en.md")),
    };
}

impl Rule for UndatedClauseReference {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        for cited in references(cx) {
            let citation = &cited.citation;
            let (Kind::Standard, None, Some(clause), Some(at)) =
                (citation.kind, &citation.edition, &citation.clause, citation.clause_range)
            else {
                continue;
            };
            let name = shown(citation);
            let message = Text::new(
                format!("引用了 {name} 的“{clause}”，没有注明年份"),
                format!("clause {clause} of {name} is cited without a year"),
            );
            let present = cx.register().and_then(|register| {
                let standard = register.standard(&citation.series)?;
                Some(standard.cite(&standard.current(register, cx.as_of())?.edition))
            });
            let label = match &present {
                Some(present) => {
                    Text::new(format!("应注日期，如 {present}"), format!("add the year, e.g. {present}"))
                }
                None => Text::new("应注日期", "add the year"),
            };
            let help = Text::new(
                "条号随版次变动：DB33/T 2350 的 3.1.1.3 在2021版是“党政机关整体智治”，在2022版是“数字政府”。GB/T 1.1—2020 要求引用具体条款时注日期；引用整个文件的，删去条号",
                "clause numbers change with the edition; GB/T 1.1—2020 asks for the year where a clause is cited; or drop the clause",
            );
            let range = TextRange::new(citation.range.start, at.end.max(citation.range.end));
            sink.report(Finding::new(cited.block, range, message, label).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    #[test]
    fn a_clause_needs_a_year() {
        check::<UndatedClauseReference>("[dictionary]\nid = \"d\"\ntitle = \"t\"")
            .fail("见«DB33/T 2350，3.1.1.3»")
            .fail("按«GB/T 22239的5.2»执行")
            .pass("见DB33/T 2350—2021，3.1.1.3")
            .pass("按GB/T 22239的要求执行")
            .pass("GB/T 22239、GB/T 22240、3个系统");
    }
}
