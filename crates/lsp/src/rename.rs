//! `textDocument/rename`: a designation to the one that is preferred, in all documents of the editor's folders.

use lsp_types::{PrepareRenameResponse, RenameParams, TextDocumentPositionParams, TextEdit, WorkspaceEdit};
use zhengming::internal::Checked;
use zhengming::{Date, Text};
use zhengming_terms::termbase::{ConceptId, TermBase};
use zhengming_text::fold;
use zhengming_text::line_index::LineIndex;
use zhengming_text::message::quoted;

use crate::edits::{FileEdits, workspace_edit};
use crate::failure::Failure;
use crate::files;
use crate::named::{self, Named};
use crate::position::Mapper;
use crate::state::State;

/// The place under the cursor, with the preferred designation as the name to begin with.
pub(crate) fn prepare(
    state: &mut State,
    params: TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>, Failure> {
    let Some((buffer, checked)) = state.checked(&params.text_document.uri) else { return Ok(None) };
    let mapper = buffer.mapper(state.client.abilities.encoding);
    let Some(named) = named::at(checked, mapper.offset(params.position)) else { return Ok(None) };
    Ok(Some(PrepareRenameResponse::RangeWithPlaceholder {
        range: mapper.range(named.span),
        placeholder: preferred(state, checked, named.concept).to_owned(),
    }))
}

/// Replaces the spelling under the cursor wherever it stands for its concept. On a spelling that is the new name
/// already, all spellings of the concept that should not be used are replaced by it.
pub(crate) fn rename(state: &mut State, params: RenameParams) -> Result<Option<WorkspaceEdit>, Failure> {
    let place = params.text_document_position;
    let encoding = state.client.abilities.encoding;
    let Some((buffer, checked)) = state.checked(&place.text_document.uri) else { return Ok(None) };
    let Some(at) = named::at(checked, buffer.mapper(encoding).offset(place.position)) else {
        return Ok(None);
    };
    let base = checked.linter().termbase();
    let day = named::day(checked, state.today());
    let name = params.new_name.trim().to_owned();
    if !is_allowed(base, at.concept, &name, day) {
        return Err(Failure::Refused(refusal(&name, preferred(state, checked, at.concept))));
    }
    let old = buffer.text[at.span.range()].to_owned();
    let unify = fold::key(&old) == fold::key(&name);
    let id = base.concept(at.concept).id.clone();
    let old = fold::key(&old);
    let wanted = |named: &Named<'_>, text: &str| {
        named.id == id
            && !named.exempt
            && text != name
            && if unify {
                named.key.is_none() || !named.spelling.role.is_allowed()
            } else {
                fold::key(text) == old
            }
    };
    let mut files: Vec<FileEdits> = Vec::new();
    files::for_each(state, |read| {
        let source = read.document.source();
        let lines = LineIndex::new(source);
        let mapper = Mapper::new(source, &lines, encoding);
        // A near miss may hold a mention; editors refuse edits that overlap.
        let mut end = 0;
        let places = read.named.iter().filter(|named| {
            let editable = read.document.block(named.block).editable(named.range);
            let is_free = named.span.start >= end;
            let chosen = is_free && editable && wanted(named, &source[named.span.range()]);
            if chosen {
                end = named.span.end;
            }
            chosen
        });
        let edits: Vec<TextEdit> = places
            .map(|named| TextEdit { range: mapper.range(named.span), new_text: name.clone() })
            .collect();
        if !edits.is_empty() {
            files.push(read.edits(edits));
        }
    })?;
    Ok(Some(workspace_edit(&state.client.abilities, files)))
}

fn preferred<'c>(state: &State, checked: &'c Checked, concept: ConceptId) -> &'c str {
    checked.linter().termbase().preferred_on(concept, named::day(checked, state.today()))
}

/// Whether some dictionary has `name` as a designation of the concept to be used.
fn is_allowed(base: &TermBase, concept: ConceptId, name: &str, day: Option<Date>) -> bool {
    base.lookup(name).iter().any(|spelling| {
        spelling.concept == concept
            && spelling.text == name
            && (spelling.role.is_allowed() || base.preferred_on(concept, day) == name)
    })
}

fn refusal(name: &str, preferred: &str) -> Text {
    Text::new(
        format!("{}不是这个概念的规范用语；规范用语是{}", quoted(name), quoted(preferred)),
        format!("`{name}` is no designation to use for this concept; the preferred one is `{preferred}`"),
    )
}
