//! What a report is made from.

use serde::Serialize;
use zhengming_lint::linter::Findings;
use zhengming_lint::rule::RuleMeta;
use zhengming_terms::dictionary::Dictionary;
use zhengming_text::diagnostic::Diagnostic;
use zhengming_text::document::Document;
use zhengming_text::message::{Lang, Text};
use zhengming_text::places::StoredLen;

/// What is known of a run before the first file.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The version of the program.
    pub tool_version: &'a str,
    /// The dictionaries that the documents were read against.
    pub dictionaries: &'a [DictionaryInfo],
    /// The rules that ran, for formats that describe them.
    pub rules: &'a [&'static RuleMeta],
    /// The language of messages.
    pub lang: Lang,
    /// Whether people are shown all findings that weigh evidence, and not the surest few of a document.
    pub all: bool,
    /// The address below which the page of each rule stands under its id; nothing where there are none.
    pub rule_pages: Option<&'a str>,
}

impl<'a> Run<'a> {
    /// A run without dictionaries and descriptions of rules, in Chinese.
    pub fn new(tool_version: &'a str) -> Self {
        Self { tool_version, dictionaries: &[], rules: &[], lang: Lang::Zh, all: false, rule_pages: None }
    }

    /// The address of a rule's page.
    pub(crate) fn rule_page(&self, rule: &str) -> Option<String> {
        let address = self.rule_pages?.trim_end_matches('/');
        Some(format!("{address}/{rule}"))
    }
}

/// One dictionary of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DictionaryInfo {
    /// Its id, e.g. `db33t-2350-2021`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The edition that was used; a house list may have none.
    pub edition: Option<String>,
    /// The number of its concepts.
    pub concepts: usize,
}

impl From<&Dictionary> for DictionaryInfo {
    fn from(dictionary: &Dictionary) -> Self {
        let header = dictionary.header();
        Self {
            id: header.id.clone(),
            title: header.title.clone(),
            edition: header.edition.clone(),
            concepts: dictionary.concept_count(),
        }
    }
}

/// What became of one file.
#[derive(Debug, Clone)]
pub struct FileReport<'a> {
    /// The path as it is to be shown.
    pub path: &'a str,
    /// The findings, or why the file could not be read.
    pub outcome: Result<Checked<'a>, Text>,
}

impl<'a> FileReport<'a> {
    /// A file that was read, stored as UTF-8.
    pub fn checked(path: &'a str, document: &'a Document, diagnostics: &'a [Diagnostic]) -> Self {
        Self {
            path,
            outcome: Ok(Checked {
                document,
                diagnostics,
                suppressed: 0,
                unregistered: &[],
                stored_len: None,
            }),
        }
    }

    /// A file that could not be read, and why.
    pub fn unreadable(path: &'a str, error: Text) -> Self {
        Self { path, outcome: Err(error) }
    }
}

/// A document with its findings.
#[derive(Clone, Copy)]
pub struct Checked<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its findings, in the order in which they are to be shown.
    pub diagnostics: &'a [Diagnostic],
    /// How many more were suppressed.
    pub suppressed: usize,
    /// Numbers of standards that the register does not hold, of which nothing could be said.
    pub unregistered: &'a [String],
    /// How long a piece of the text is on disk; nothing if the file is stored as UTF-8.
    pub stored_len: Option<StoredLen<'a>>,
}

impl<'a> Checked<'a> {
    /// A document with what the linter found in it; `stored_len` tells how long a piece of its text is on disk.
    pub fn of(document: &'a Document, found: &'a Findings, stored_len: StoredLen<'a>) -> Self {
        Self {
            document,
            diagnostics: &found.diagnostics,
            suppressed: found.suppressed.len(),
            unregistered: &found.unregistered,
            stored_len: Some(stored_len),
        }
    }
}

impl std::fmt::Debug for Checked<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Checked")
            .field("document", &self.document.name())
            .field("diagnostics", &self.diagnostics)
            .field("suppressed", &self.suppressed)
            .field("unregistered", &self.unregistered)
            .field("stored_len", &self.stored_len.is_some())
            .finish()
    }
}

/// How text for people is drawn. Nothing else decides: no environment variable, no terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to write colour codes.
    pub color: bool,
    /// Columns of the terminal; used from 40 to 160.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, width: 100 }
    }
}
