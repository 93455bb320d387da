//! How folder rules are tested: documents separated by `=== name` lines, places marked in the text.

use std::collections::BTreeSet;
use std::sync::Arc;

use zhengming_formats::{Format, read_str};
use zhengming_lint::folder::{Folder, FolderDiagnostic, FolderRule, check_folder};
use zhengming_lint::linter::{Linter, Options};
use zhengming_reading::knowledge::Knowledge;
use zhengming_reading::summary::Summary;
use zhengming_terms::dictionary::Dictionary;
use zhengming_terms::termbase::TermBase;

use crate::builtin::{builtin_background, builtin_dictionaries};

/// Cases for one folder rule. Texts are read as Markdown, with the built-in dictionaries.
pub(super) struct Check {
    linter: Linter,
    rule: Box<dyn FolderRule>,
}

pub(super) fn check<R: FolderRule + Default + 'static>() -> Check {
    Check::new(builtin_dictionaries(), Box::new(R::default()))
}

impl Check {
    pub(super) fn new(dictionaries: Vec<Arc<Dictionary>>, rule: Box<dyn FolderRule>) -> Self {
        let termbase = Arc::new(TermBase::new(dictionaries).unwrap());
        let knowledge = Arc::new(Knowledge::new(termbase, builtin_background()));
        Self { linter: Linter::new(knowledge, Vec::new(), Options::default()), rule }
    }

    fn summaries(&self, documents: &[(String, String)]) -> Vec<Summary> {
        let read = |(name, text): &(String, String)| {
            self.linter.check_and_summarize(&read_str(name, text.clone(), Format::Markdown)).1
        };
        documents.iter().map(read).collect()
    }

    /// The findings in the folder `text`.
    pub(super) fn findings(&self, text: &str) -> Vec<FolderDiagnostic> {
        let summaries = self.summaries(&split(&text.replace(['«', '»'], "")));
        let rules = [self.rule.as_ref()];
        // Selected by name, rules that are off by default run as well.
        let options = Options { select: vec![self.rule.meta().id.to_owned()], ..Options::default() };
        let find = |summaries: Vec<&Summary>| check_folder(&Folder::new(summaries), &rules, |_| &options);
        let found = find(summaries.iter().collect());
        assert_eq!(found, find(summaries.iter().rev().collect()), "the order of the documents mattered");
        found
    }

    /// `marked` gives exactly the findings at `«…»`.
    #[track_caller]
    pub(super) fn fail(self, marked: &str) -> Self {
        let found = self.findings(marked);
        let documents = split(&marked.replace(['«', '»'], ""));
        for ((name, expected), (_, text)) in split(marked).iter().zip(&documents) {
            let mut shown = String::new();
            let mut at = 0;
            for one in found.iter().filter(|one| one.path == *name) {
                let span = one.diagnostic.span;
                shown += &format!("{}«{}»", &text[at..span.start], &text[span.range()]);
                at = span.end;
            }
            shown += &text[at..];
            assert_eq!(shown, *expected, "{name}: {found:#?}");
        }
        self
    }

    /// `text` gives no finding.
    #[track_caller]
    pub(super) fn pass(self, text: &str) -> Self {
        let found = self.findings(text);
        assert!(found.is_empty(), "{text}: {:#?}", found[0]);
        self
    }
}

fn split(text: &str) -> Vec<(String, String)> {
    let parts = text.trim_start().split("=== ").skip(1);
    let documents = parts.map(|part| part.split_once('\n').expect("a line with the name"));
    documents.map(|(name, text)| (name.trim().to_owned(), text.to_owned())).collect()
}

/// The fenced examples of every page: `fail` with marks, and `pass`.
#[test]
fn the_examples_on_every_page_hold() {
    for registration in super::FOLDER_RULES {
        let mut ran = 0;
        let mut given = BTreeSet::new();
        for page in [registration.meta.page.0, registration.meta.page.1] {
            let mut parts = page.split("\n```");
            while let (Some(_), Some(example)) = (parts.next(), parts.next()) {
                let (kind, text) = example.split_once('\n').unwrap_or_default();
                let case = Check::new(builtin_dictionaries(), registration.make());
                given.extend(case.findings(text).iter().map(|one| one.diagnostic.severity));
                match kind {
                    "fail" => drop(case.fail(text)),
                    "pass" => drop(case.pass(text)),
                    other => panic!("{}: example of unknown kind `{other}`", registration.meta.id),
                }
                ran += 1;
            }
        }
        assert!(ran >= 4, "{} has too few examples", registration.meta.id);
        // The pages show each severity that the rule tells of, and no other.
        assert_eq!(given, registration.meta.severities().collect(), "{}", registration.meta.id);
    }
}
