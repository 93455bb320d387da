//! `textDocument/references` and `textDocument/documentHighlight`: where else a concept is named.

use lsp_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, Location, ReferenceParams,
};
use zhengming_text::line_index::LineIndex;

use crate::failure::Failure;
use crate::files;
use crate::named;
use crate::position::Mapper;
use crate::state::State;

/// Every place in the editor's folders that names the concept, under whatever designation.
pub(crate) fn references(
    state: &mut State,
    params: ReferenceParams,
) -> Result<Option<Vec<Location>>, Failure> {
    let place = params.text_document_position;
    let encoding = state.client.abilities.encoding;
    let Some((buffer, checked)) = state.checked(&place.text_document.uri) else { return Ok(None) };
    let offset = buffer.mapper(encoding).offset(place.position);
    let Some(named) = named::at(checked, offset) else { return Ok(None) };
    // Another folder may have another configuration, in which the concept has another number.
    let id = checked.linter().termbase().concept(named.concept).id.clone();
    let own = buffer.uri.clone();
    let mut found: Vec<Location> = Vec::new();
    files::for_each(state, |read| {
        let mut mapper = None;
        let lines = LineIndex::new(read.document.source());
        for named in read.named.iter().filter(|named| named.id == id) {
            let mapper = mapper.get_or_insert_with(|| Mapper::new(read.document.source(), &lines, encoding));
            found.push(Location::new(read.uri.clone(), mapper.range(named.span)));
        }
    })?;
    // The document in which the author asks comes first.
    found.sort_by(|a, b| {
        let key = |location: &Location| (location.uri != own, location.uri.as_str().to_owned());
        key(a).cmp(&key(b))
    });
    Ok(Some(found))
}

pub(crate) fn highlights(
    state: &mut State,
    params: DocumentHighlightParams,
) -> Result<Option<Vec<DocumentHighlight>>, Failure> {
    let place = params.text_document_position_params;
    let Some((buffer, checked)) = state.checked(&place.text_document.uri) else { return Ok(None) };
    let mapper = buffer.mapper(state.client.abilities.encoding);
    let offset = mapper.offset(place.position);
    let Some(at) = named::at(checked, offset) else { return Ok(None) };
    let same = named::all(checked).into_iter().filter(|named| named.concept == at.concept);
    let kind = Some(DocumentHighlightKind::TEXT);
    Ok(Some(same.map(|named| DocumentHighlight { range: mapper.range(named.span), kind }).collect()))
}
