//! Edits as editors take them.

use std::collections::HashMap;

use lsp_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, Uri,
    WorkspaceEdit,
};
use zhengming::Applicability;
use zhengming_text::diagnostic::{Diagnostic, Edit, Fix};

use crate::buffers::Buffer;
use crate::client::Abilities;
use crate::position::Mapper;

/// The edits of one file.
pub(crate) struct FileEdits {
    pub(crate) uri: Uri,
    /// The state that the edits are for; nothing for a file that is not open.
    pub(crate) version: Option<i32>,
    pub(crate) edits: Vec<TextEdit>,
}

impl FileEdits {
    pub(crate) fn of(buffer: &Buffer, edits: Vec<TextEdit>) -> Self {
        Self { uri: buffer.uri.clone(), version: Some(buffer.version), edits }
    }
}

/// Edits of several files in the form that the editor knows.
pub(crate) fn workspace_edit(abilities: &Abilities, files: Vec<FileEdits>) -> WorkspaceEdit {
    if abilities.versioned_edits {
        let edits = files.into_iter().map(|file| TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri: file.uri, version: file.version },
            edits: file.edits.into_iter().map(OneOf::Left).collect(),
        });
        let changes = DocumentChanges::Edits(edits.collect());
        return WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() };
    }
    #[allow(clippy::mutable_key_type, reason = "the protocol's type; nobody mutates an address")]
    let changes: HashMap<Uri, Vec<TextEdit>> = files.into_iter().map(|file| (file.uri, file.edits)).collect();
    WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
}

pub(crate) fn text_edit(mapper: &Mapper<'_>, edit: &Edit) -> TextEdit {
    TextEdit { range: mapper.range(edit.span), new_text: edit.text.clone() }
}

/// The edits of every safe fix, as far as they do not touch one another.
pub(crate) fn safe_edits<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> Vec<&'d Edit> {
    let is_safe = |fix: &&Fix| fix.applicability == Applicability::Safe;
    let mut chosen: Vec<&Edit> = Vec::new();
    for fix in diagnostics.into_iter().flat_map(|diagnostic| &diagnostic.fixes).filter(is_safe) {
        let free = |edit: &Edit| {
            let touches = |other: &&&Edit| edit.span.overlaps(other.span) || edit.span == other.span;
            !chosen.iter().rev().take(RECENT).any(|other| touches(&other))
        };
        if fix.edits.iter().all(free) {
            chosen.extend(&fix.edits);
        }
    }
    chosen.sort_by_key(|edit| edit.span);
    // What came in no order may still touch; the later one waits for the next time.
    chosen.dedup_by(|later, first| later.span.overlaps(first.span) || later.span == first.span);
    chosen
}

/// Findings come in order, so only the last edits can be near.
const RECENT: usize = 64;
