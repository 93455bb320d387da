//! How rules are tested: one line per case, the place marked in the text.

use std::collections::BTreeSet;
use std::sync::Arc;

use zhengming_formats::{Format, read_str};
use zhengming_lint::linter::{Linter, Options};
use zhengming_lint::rule::{Rule, RuleMeta};
use zhengming_reading::knowledge::Knowledge;
use zhengming_terms::dictionary::Dictionary;
use zhengming_terms::termbase::TermBase;
use zhengming_text::diagnostic::{Applicability, Diagnostic, Fix, Severity, apply_fixes};

use crate::builtin::builtin_background;
use crate::registry::TEMPLATE;

/// Cases for one rule over one dictionary. Texts are read as Markdown.
pub(crate) struct Check {
    linter: Linter,
    /// The only rule whose findings count, where others run beside it.
    only: Option<&'static str>,
}

/// Cases for rule `R` over `dictionary`.
pub(crate) fn check<R: Rule + Default + 'static>(dictionary: &str) -> Check {
    let dictionary = Dictionary::from_toml("test.toml", dictionary).unwrap();
    Check::new(vec![Arc::new(dictionary)], vec![Box::new(R::default())])
}

/// Cases for a rule that depends on what the other rules find.
pub(crate) fn check_among_all(dictionary: &str, meta: &'static RuleMeta) -> Check {
    let dictionary = Dictionary::from_toml("test.toml", dictionary).unwrap();
    Check::among_all(vec![Arc::new(dictionary)], meta)
}

impl Check {
    fn among_all(dictionaries: Vec<Arc<Dictionary>>, meta: &'static RuleMeta) -> Self {
        let termbase = Arc::new(TermBase::new(dictionaries).unwrap());
        let knowledge = Arc::new(Knowledge::new(termbase, builtin_background()));
        let rules = crate::RULES.iter().map(crate::Registration::make).collect();
        let options = Options { all: true, ..Options::default() };
        Self { linter: Linter::new(knowledge, rules, options), only: Some(meta.id) }
    }

    pub(crate) fn new(dictionaries: Vec<Arc<Dictionary>>, rules: Vec<Box<dyn Rule>>) -> Self {
        let termbase = Arc::new(TermBase::new(dictionaries).unwrap());
        let knowledge = Arc::new(Knowledge::new(termbase, builtin_background()));
        // Every place is a finding of its own, so that every place can be marked.
        // Selected by name, rules that are off by default run as well.
        let select = rules.iter().map(|rule| rule.meta().id.to_owned()).collect();
        let options = Options { all: true, select, ..Options::default() };
        Self { linter: Linter::new(knowledge, rules, options), only: None }
    }

    /// The findings in `text`.
    pub(crate) fn lint(&self, text: &str) -> Vec<Diagnostic> {
        let mut found = self.linter.lint(&read_str("test.md", text.to_owned(), Format::Markdown));
        found.retain(|diagnostic| self.only.is_none_or(|rule| diagnostic.rule == rule));
        found
    }

    /// `text` gives no finding.
    #[track_caller]
    pub(crate) fn pass(self, text: &str) -> Self {
        let found = self.lint(text);
        assert!(found.is_empty(), "{text}: {:#?}", found[0]);
        self
    }

    /// `marked` gives exactly the findings at `«…»`.
    #[track_caller]
    pub(crate) fn fail(self, marked: &str) -> Self {
        let text = marked.replace(['«', '»'], "");
        assert_eq!(mark(&text, &self.lint(&text)), marked);
        self
    }

    /// Applying all safe fixes turns `before` into `after`, and a second time changes nothing.
    #[track_caller]
    pub(crate) fn fix(self, before: &str, after: &str) -> Self {
        assert_eq!(self.fixed(before), after);
        assert_eq!(self.fixed(after), after, "a second run changed the text again");
        self
    }

    fn fixed(&self, text: &str) -> String {
        let found = self.lint(text);
        let safe = |fix: &&Fix| fix.applicability == Applicability::Safe;
        apply_fixes(text, found.iter().flat_map(|diagnostic| diagnostic.fixes.iter().filter(safe))).0
    }
}

fn mark(text: &str, found: &[Diagnostic]) -> String {
    let mut marked = String::new();
    let mut at = 0;
    for diagnostic in found {
        let span = diagnostic.span;
        marked += &format!("{}«{}»", &text[at..span.start], &text[span.range()]);
        at = span.end;
    }
    marked + &text[at..]
}

/// The kind and the text of every fenced example on the pages of a rule.
fn examples(meta: &'static RuleMeta) -> Vec<(&'static str, &'static str)> {
    let pages = [meta.page.0, meta.page.1].into_iter();
    pages
        .flat_map(|page| page.split("\n```").skip(1).step_by(2))
        .map(|example| example.split_once('\n').unwrap_or_default())
        .collect()
}

/// The cases of a page, run with the built-in dictionaries.
fn of_page(registration: &crate::Registration) -> Check {
    let dictionaries = crate::builtin_dictionaries();
    match registration.meta.family {
        "suppression" => Check::among_all(dictionaries, registration.meta),
        _ => Check::new(dictionaries, vec![registration.make()]),
    }
}

/// Every page shows each severity that the rule tells of, and no other.
#[test]
fn the_severities_told_are_those_given() {
    let mut wrong = Vec::new();
    for registration in crate::RULES.iter().chain([&TEMPLATE]) {
        let told: BTreeSet<Severity> = registration.meta.severities().collect();
        let case = of_page(registration);
        let found = examples(registration.meta)
            .iter()
            .flat_map(|(_, text)| {
                case.lint(text.split("\n---\n").next().unwrap_or_default().replace(['«', '»'], "").as_str())
            })
            .map(|one| one.severity)
            .collect::<BTreeSet<_>>();
        // Some pages find nothing in built-in dictionaries alone, that of inconsistent-term not everything.
        let is_partial = found.is_empty() || registration.meta.id == "inconsistent-term";
        if found != told && !(is_partial && found.is_subset(&told)) {
            wrong.push(format!("{}: told {told:?}, given {found:?}", registration.meta.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The fenced examples of every page, run with the built-in dictionaries: `fail` with marks, `pass`,
/// and `fix` with a line `---` between before and after.
#[test]
fn the_examples_on_every_page_hold() {
    for registration in crate::RULES.iter().chain([&TEMPLATE]) {
        let mut ran = 0;
        for (kind, text) in examples(registration.meta) {
            let case = of_page(registration);
            match kind {
                "fail" => drop(case.fail(text)),
                "pass" => drop(case.pass(text)),
                "fix" => {
                    let (before, after) = text.split_once("\n---\n").expect("before, ---, after");
                    drop(case.fix(before, after));
                }
                other => panic!("{}: example of unknown kind `{other}`", registration.meta.id),
            }
            ran += 1;
        }
        assert!(ran >= 4, "{} has too few examples", registration.meta.id);
    }
}
