//! The documents of the editor's folders, open or not.

use std::fs;
use std::path::{Path, PathBuf};

use lsp_types::Uri;
use zhengming_config::gate;
use zhengming_formats::{self as formats, Format};
use zhengming_text::document::Document;

use crate::buffers::is_prose;
use crate::edits::FileEdits;
use crate::failure::Failure;
use crate::named::{self, Named};
use crate::state::State;
use crate::uri;

/// Larger files are passed over: nobody renames terms in them by hand.
const MOST_BYTES: u64 = 8 << 20;

/// One document with the places in it that stand for concepts.
pub(crate) struct Read<'r> {
    pub(crate) uri: &'r Uri,
    /// The editor's number of the state, if the document is open.
    pub(crate) version: Option<i32>,
    pub(crate) document: &'r Document,
    pub(crate) named: &'r [Named<'r>],
}

impl Read<'_> {
    pub(crate) fn edits(&self, edits: Vec<lsp_types::TextEdit>) -> FileEdits {
        FileEdits { uri: self.uri.clone(), version: self.version, edits }
    }
}

/// Shows `visit` every document: those that are open as they stand in the editor, then those on the disk, sorted by
/// name, without those that the configuration leaves out. Open ones that were not linted are left out as well.
///
/// # Errors
/// If the editor takes the request back meanwhile.
pub(crate) fn for_each(state: &mut State, mut visit: impl FnMut(&Read<'_>)) -> Result<(), Failure> {
    let mut open = Vec::new();
    for buffer in state.buffers.iter() {
        open.extend(buffer.path.clone());
        let Some(checked) = buffer.checked() else { continue };
        let named = named::all(checked);
        let document = checked.document().inner();
        visit(&Read { uri: &buffer.uri, version: Some(buffer.version), document, named: &named });
    }
    for path in below(state.workspace.folders()) {
        if state.is_cancelled() {
            return Err(Failure::Cancelled);
        }
        if open.contains(&path) || state.workspace.is_excluded(Some(&path)) {
            continue;
        }
        let (Some(uri), Some(document)) = (uri::from_path(&path), read(&path)) else { continue };
        let linter = state.workspace.linter(Some(&path));
        let facts = linter.inner().facts(&document);
        let named = named::of(linter.termbase(), &facts);
        visit(&Read { uri: &uri, version: None, document: &document, named: &named });
    }
    Ok(())
}

/// The document at `path`, if it is one whose places are places of its file.
fn read(path: &Path) -> Option<Document> {
    if fs::metadata(path).ok()?.len() > MOST_BYTES {
        return None;
    }
    let bytes = gate::read(path, gate::Kind::Document).ok()?;
    let document = formats::read(&path.display().to_string(), &bytes).ok()?;
    Format::from_name(document.format()).is_some_and(Format::is_text).then_some(document)
}

fn below(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| ignore::WalkBuilder::new(folder).build())
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .map(ignore::DirEntry::into_path)
        .filter(|path| path.to_str().is_some_and(is_prose))
        .collect();
    found.sort();
    // One folder may lie in another.
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_nested_folders_are_found_once() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("内");
        fs::create_dir(&inner).unwrap();
        for name in ["a.md", "b.rs", "内/c.TXT", "内/d"] {
            fs::write(folder.path().join(name), "甲").unwrap();
        }
        let found = below(&[folder.path().to_owned(), inner]);
        let names: Vec<_> = found.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["a.md", "c.TXT"]);
    }
}
