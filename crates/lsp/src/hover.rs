//! `textDocument/hover`: the card of what stands under the pointer.

use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use crate::failure::Failure;
use crate::state::State;
use crate::{cards, named};

pub(crate) fn hover(state: &mut State, params: HoverParams) -> Result<Option<Hover>, Failure> {
    let place = params.text_document_position_params;
    let Some((buffer, checked)) = state.checked(&place.text_document.uri) else { return Ok(None) };
    let mapper = buffer.mapper(state.client.abilities.encoding);
    let Some(named) = named::at(checked, mapper.offset(place.position)) else { return Ok(None) };
    let base = checked.linter().termbase();
    let day = named::day(checked, state.today());
    let value = cards::card(base, named.spelling, day, state.client.lang);
    Ok(Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value }),
        range: Some(mapper.range(named.span)),
    }))
}
