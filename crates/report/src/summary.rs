//! The counts at the end of a report.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use zhengming::Format;
use zhengming_text::diagnostic::{Applicability, Diagnostic, Fix, Severity};
use zhengming_text::document::Document;
use zhengming_text::message::Lang;

use crate::input::FileReport;
use crate::words::count;

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
        match lang {
            Lang::Zh => summary_zh(self),
            Lang::En => summary_en(self),
        }
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
    Format::from_name(document.format()).is_none_or(Format::is_text)
}

fn summary_zh(summary: &Summary) -> String {
    let mut line = format!("共检查 {} 个文件，", summary.files);
    if summary.findings() == 0 {
        line += "未发现问题";
    } else {
        line +=
            &format!("发现 {} 个错误、{} 个警告、{} 条提示", summary.errors, summary.warnings, summary.infos);
    }
    if summary.fixable > 0 {
        line += &format!("；其中 {} 处可用 --fix 自动修改", summary.fixable);
    }
    if summary.suppressed > 0 {
        line += &format!("；另有 {} 处已按要求忽略", summary.suppressed);
    }
    if !summary.unregistered.is_empty() {
        line += &format!("；{} 个标准号未收录，没有核对", summary.unregistered.len());
    }
    if summary.unreadable > 0 {
        line += &format!("；{} 个文件无法读取", summary.unreadable);
    }
    if summary.folders > 0 {
        line += &format!("；{} 个文件夹无法读取", summary.folders);
    }
    line
}

fn summary_en(summary: &Summary) -> String {
    let mut line = format!("checked {}, ", count(summary.files, "file"));
    if summary.findings() == 0 {
        line += "no problems found";
    } else {
        line += &format!(
            "found {}, {} and {}",
            count(summary.errors, "error"),
            count(summary.warnings, "warning"),
            count(summary.infos, "info")
        );
    }
    if summary.fixable > 0 {
        line += &format!("; --fix can mend {}", summary.fixable);
    }
    if summary.suppressed > 0 {
        line += &format!("; {} suppressed", summary.suppressed);
    }
    if !summary.unregistered.is_empty() {
        let numbers = count(summary.unregistered.len(), "standard number");
        line += &format!("; {numbers} not in the register, not checked");
    }
    if summary.unreadable > 0 {
        line += &format!("; {} could not be read", count(summary.unreadable, "file"));
    }
    if summary.folders > 0 {
        line += &format!("; {} could not be read", count(summary.folders, "folder"));
    }
    line
}
