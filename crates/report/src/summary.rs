//! The counts at the end of a report.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use zhengming_text::diagnostic::{Applicability, Diagnostic, Fix, Severity};
use zhengming_text::document::Document;
use zhengming_text::message::Lang;

use crate::input::FileReport;
use crate::words::summary_line;

/// Formats into which nothing is written in place.
const CONTAINERS: [&str; 5] = ["docx", "xlsx", "odt", "pdf", "ofd"];

/// How much was found in all files together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files, unreadable ones included.
    pub files: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity info.
    pub infos: usize,
    /// Findings that were suppressed.
    pub suppressed: usize,
    /// Findings per rule.
    pub by_rule: BTreeMap<&'static str, usize>,
    /// Findings that `--fix` mends. Like `unreadable`, not part of the JSON schema.
    #[serde(skip)]
    pub fixable: usize,
    /// Numbers of standards that the register does not hold.
    #[serde(skip)]
    pub unregistered: BTreeSet<String>,
    /// Files that could not be read.
    #[serde(skip)]
    pub unreadable: usize,
    /// Folders that could not be read, which are no files.
    #[serde(skip)]
    pub folders: usize,
}

impl Summary {
    /// Number of findings of every severity.
    pub fn findings(&self) -> usize {
        self.errors + self.warnings + self.infos
    }

    /// The counts in one sentence, as [`OutputFormat::Pretty`](crate::OutputFormat) ends with.
    pub fn line(&self, lang: Lang) -> String {
        summary_line(lang, self)
    }

    pub(crate) fn add(&mut self, file: &FileReport<'_>) {
        self.files += 1;
        let Ok(checked) = &file.outcome else {
            self.unreadable += 1;
            return;
        };
        self.suppressed += checked.suppressed;
        self.unregistered.extend(checked.unregistered.iter().cloned());
        for diagnostic in checked.diagnostics {
            *self.by_rule.entry(diagnostic.rule).or_default() += 1;
            self.fixable += usize::from(fixable(checked.document, diagnostic));
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Info => self.infos += 1,
            }
        }
    }
}

fn fixable(document: &Document, diagnostic: &Diagnostic) -> bool {
    diagnostic.fixes.iter().any(|fix| automatic(document, fix))
}

/// Whether `--fix` applies the fix.
pub(crate) fn automatic(document: &Document, fix: &Fix) -> bool {
    fix.applicability == Applicability::Safe && !fix.edits.is_empty() && is_edited_in_place(document)
}

/// Whether edits of the document's text are edits of its file. Those of a Word file are made by `annotate --tracked`.
pub(crate) fn is_edited_in_place(document: &Document) -> bool {
    !CONTAINERS.contains(&document.format())
}
