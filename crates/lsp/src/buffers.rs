//! The texts that the editor has open.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};
use zhengming::Format;
use zhengming::internal::Checked;
use zhengming_text::line_index::LineIndex;

use crate::position::{Encoding, Mapper};
use crate::uri;

/// What came of linting a state of a text. An error is the message of a panic.
pub(crate) type Outcome = Result<Arc<Checked>, String>;

/// One open text. What is on the disk does not matter while it is open.
#[derive(Debug)]
pub(crate) struct Buffer {
    pub(crate) uri: Uri,
    pub(crate) path: Option<PathBuf>,
    /// The editor's number of the state.
    pub(crate) version: i32,
    pub(crate) text: String,
    lines: LineIndex,
    /// Nothing for a text that is not checked, such as a configuration file.
    pub(crate) format: Option<Format>,
    /// Whether the configuration leaves it out.
    excluded: bool,
    /// Our own number of the state, which also changes with the configuration.
    pub(crate) revision: u64,
    outcome: Option<(u64, Outcome)>,
}

impl Buffer {
    fn new(item: TextDocumentItem, revision: u64) -> Self {
        let path = uri::to_path(&item.uri);
        let format = format(&item.language_id, item.uri.as_str(), &item.text);
        Self {
            path,
            format,
            excluded: false,
            revision,
            version: item.version,
            lines: LineIndex::new(&item.text),
            text: item.text,
            uri: item.uri,
            outcome: None,
        }
    }

    /// The name that the linter and its reports know the text by.
    pub(crate) fn name(&self) -> String {
        match &self.path {
            Some(path) => path.display().to_string(),
            None => self.uri.as_str().to_owned(),
        }
    }

    /// Whether the worker has yet to come to this state.
    pub(crate) fn is_unready(&self) -> bool {
        self.format.is_some() && !self.excluded && self.outcome().is_none()
    }

    /// What was found in this very state, if the worker has come to it.
    pub(crate) fn checked(&self) -> Option<&Arc<Checked>> {
        self.outcome()?.as_ref().ok()
    }

    /// Why nothing was found in this very state, if linting it failed.
    pub(crate) fn failure(&self) -> Option<&str> {
        self.outcome()?.as_ref().err().map(String::as_str)
    }

    fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref().filter(|(revision, _)| *revision == self.revision).map(|(_, outcome)| outcome)
    }

    pub(crate) fn mapper(&self, encoding: Encoding) -> Mapper<'_> {
        Mapper::new(&self.text, &self.lines, encoding)
    }

    fn apply(&mut self, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        for change in changes {
            match change.range {
                None => self.text = change.text,
                Some(range) => {
                    let span = self.mapper(encoding).span(range);
                    self.text.replace_range(span.range(), &change.text);
                }
            }
            self.lines = LineIndex::new(&self.text);
        }
    }
}

/// All open texts, by address.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    by_uri: HashMap<String, Buffer>,
    revisions: u64,
}

impl Buffers {
    pub(crate) fn open(&mut self, item: TextDocumentItem) {
        let revision = self.next_revision();
        self.by_uri.insert(item.uri.as_str().to_owned(), Buffer::new(item, revision));
    }

    /// Applies what was typed. Nothing happens to a text that is not open.
    pub(crate) fn change(
        &mut self,
        uri: &str,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        let revision = self.next_revision();
        if let Some(buffer) = self.by_uri.get_mut(uri) {
            buffer.version = version;
            buffer.revision = revision;
            buffer.apply(changes, encoding);
        }
    }

    pub(crate) fn close(&mut self, uri: &str) -> Option<Buffer> {
        self.by_uri.remove(uri)
    }

    /// Makes all that was found out of date: another configuration holds.
    pub(crate) fn outdate(&mut self) {
        let revision = self.next_revision();
        self.by_uri.values_mut().for_each(|buffer| buffer.revision = revision);
    }

    /// Takes what came of state `revision`, if that is still the state; says whether it is.
    pub(crate) fn set_outcome(&mut self, uri: &str, revision: u64, outcome: Outcome) -> bool {
        let Some(buffer) = self.by_uri.get_mut(uri).filter(|buffer| buffer.revision == revision) else {
            return false;
        };
        buffer.outcome = Some((revision, outcome));
        true
    }

    /// Says whether the configuration leaves the text out.
    pub(crate) fn set_excluded(&mut self, uri: &str, excluded: bool) {
        if let Some(buffer) = self.by_uri.get_mut(uri) {
            buffer.excluded = excluded;
            if excluded {
                buffer.outcome = None;
            }
        }
    }

    pub(crate) fn get(&self, uri: &str) -> Option<&Buffer> {
        self.by_uri.get(uri)
    }

    /// The text of the file at `path`. Editors encode addresses in several ways, so that paths are compared.
    pub(crate) fn by_path(&self, path: &Path) -> Option<&Buffer> {
        self.iter().find(|buffer| buffer.path.as_deref() == Some(path))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Buffer> {
        self.by_uri.values()
    }

    fn next_revision(&mut self) -> u64 {
        self.revisions += 1;
        self.revisions
    }
}

/// Whether a file is called as texts are that people write; a table of text is data more often than not.
pub(crate) fn is_prose(name: &str) -> bool {
    let format = Format::from_ending(zhengming_formats::ending(name));
    format.is_some_and(|format| format.is_text() && format != Format::Csv)
}

/// The format of a text: what the editor calls its language, else what its name or content say.
fn format(language: &str, uri: &str, text: &str) -> Option<Format> {
    match language.to_ascii_lowercase().as_str() {
        "markdown" | "md" | "mdx" | "quarto" | "rmd" => Some(Format::Markdown),
        "html" | "xhtml" => Some(Format::Html),
        // As on the command line, a text file that holds Markdown is read as that.
        "plaintext" | "text" | "txt" => Some(Format::recognise(uri, text)).filter(|it| it.is_text()),
        _ => {
            let known = is_prose(uri);
            known.then(|| Format::recognise(uri, text)).filter(|it| it.is_text())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lsp_types::{Position, Range};
    use std::str::FromStr;

    fn buffers(language: &str, text: &str) -> Buffers {
        let mut buffers = Buffers::default();
        let uri = Uri::from_str("file:///a").unwrap();
        buffers.open(TextDocumentItem::new(uri, language.to_owned(), 1, text.to_owned()));
        buffers
    }

    fn typed(range: [u32; 4], text: &str) -> TextDocumentContentChangeEvent {
        let range = Range::new(Position::new(range[0], range[1]), Position::new(range[2], range[3]));
        TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: text.to_owned() }
    }

    #[test]
    fn changes_of_one_notice_are_applied_one_after_the_other() {
        let mut buffers = buffers("markdown", "甲😀乙\r\n丙");
        let changes = vec![typed([0, 3, 0, 4], "丁\n戊"), typed([1, 0, 1, 1], ""), typed([2, 1, 9, 9], "。")];
        buffers.change("file:///a", 2, changes, Encoding::Utf16);
        assert_eq!(buffers.get("file:///a").unwrap().text, "甲😀丁\n\r\n丙。");
    }

    #[test]
    fn a_change_without_a_range_is_the_whole_text() {
        let mut buffers = buffers("markdown", "甲");
        let whole =
            TextDocumentContentChangeEvent { range: None, range_length: None, text: "乙".to_owned() };
        buffers.change("file:///a", 2, vec![whole, typed([0, 1, 0, 1], "丙")], Encoding::Utf8);
        // Column 1 in bytes is inside 乙, which begins at 0.
        assert_eq!(buffers.get("file:///a").unwrap().text, "丙乙");
    }

    #[test]
    fn the_language_decides_the_format_and_the_name_where_it_is_unknown() {
        for (language, uri, expected) in [
            ("markdown", "untitled:1", Some(Format::Markdown)),
            ("HTML", "file:///a", Some(Format::Html)),
            ("plaintext", "file:///a.txt", Some(Format::PlainText)),
            ("rust", "file:///a.rs", None),
            ("toml", "file:///zhengming.toml", None),
            ("", "file:///a.md", Some(Format::Markdown)),
        ] {
            assert_eq!(format(language, uri, "甲"), expected, "{language} {uri}");
        }
    }
}
