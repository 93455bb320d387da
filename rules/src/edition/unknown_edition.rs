//! Flags years that a registered standard does not have.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::citation::{Cited, Kind};
use zhengming_terms::register::{Edition, Register, Standard, Standing};
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Text;

use super::{grouped, shown};

/// References to an edition that the register does not know, of a standard that it knows.
#[derive(Debug, Default)]
pub struct UnknownEdition;

impl UnknownEdition {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "unknown-edition",
        name: ("查无此版", "No such edition"),
        family: "edition",
        severity: Severity::Warning,
        also: Some(Severity::Info),
        default: true,
        fix: None,
        summary: ("引用的年份不在该标准的版次之中", "a year that the standard has no edition of"),
        page: (include_str!("unknown_edition.md"), include_str!("unknown_edition.en.md")),
    };
}

impl Rule for UnknownEdition {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let Some(register) = cx.register() else { return };
        for group in grouped(cx) {
            let cited = group[0];
            let (Kind::Standard, Some(year)) = (cited.citation.kind, cited.citation.year) else { continue };
            let Some(standard) = register.standard(&cited.citation.series) else { continue };
            let listed = standard.edition(&year.to_string());
            if listed.is_some_and(|edition| edition.status != Standing::Nonexistent) {
                continue;
            }
            // What is known from citations only may well have another edition.
            if standard.is_mined && !is_told(standard) {
                continue;
            }
            let name = shown(&cited.citation);
            for finding in group.iter().filter_map(|cited| finding(register, standard, cited, &name, year)) {
                sink.report(finding);
            }
        }
    }
}

/// Whether a list says of some edition that it is in force or was replaced.
fn is_told(standard: &Standard) -> bool {
    let told = |edition: &Edition| edition.status != Standing::Unknown && !edition.inferred;
    standard.editions.iter().any(told)
}

fn finding(
    register: &Register,
    standard: &Standard,
    cited: &Cited,
    name: &str,
    year: u16,
) -> Option<Finding> {
    let real = standard.editions.iter().filter(|edition| edition.status != Standing::Nonexistent);
    let years: Vec<u16> = real.filter_map(|edition| edition.edition.parse().ok()).collect();
    let (first, last) = (*years.iter().min()?, *years.iter().max()?);
    let listed = standard.edition(&year.to_string());
    // The register may lack what is newer than itself, or older than its first entry.
    let doubtful = standard.is_mined
        || listed.is_none()
            && (year > last && year >= register.as_of().year() || year < first && years.len() > 1);
    let known = years.iter().map(|year| standard.cite(&year.to_string())).collect::<Vec<_>>().join("、");
    let as_of = register.as_of();
    let message = Text::new(
        format!("登记表（截至{as_of}）里没有 {name}"),
        format!("the register of {as_of} does not have {name}"),
    );
    let label = Text::new(format!("已知版次：{known}"), format!("known editions: {known}"));
    let note = listed
        .and_then(|edition| edition.note.as_deref())
        .map(|note| format!("{}；", note.trim_end_matches('。')));
    let help = Text::new(
        format!("{}请核对年份和编号；确有此版的，可能比登记表新", note.unwrap_or_default()),
        "check year and number; an edition that exists may be newer than the register",
    );
    let operator = Text::new(
        "补收用 zhengming standards update 表.tsv",
        "Add it with `zhengming standards update TABLE.tsv`",
    );
    let finding = Finding::new(cited.block, cited.citation.range, message, label)
        .help(help)
        .operator(operator)
        .key(name);
    Some(if doubtful { finding.severity(Severity::Info) } else { finding })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    #[test]
    fn years_are_compared_with_the_register() {
        let rule = check::<UnknownEdition>("[dictionary]\nid = \"d\"\ntitle = \"t\"");
        assert_eq!(rule.lint("按照GB/T 22240-2019定级")[0].severity, Severity::Warning);
        assert_eq!(rule.lint("按照GB/T 22240—2029定级")[0].severity, Severity::Info);
        rule.pass("按照GB/T 22240—2020、GB/T 22240—2008和GB/T 99999—2001定级")
            .fail("见«GB/T 22240—2019»和«GB/T 22240—2019»");
    }
}
