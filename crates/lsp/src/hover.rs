//! `textDocument/hover`: the card of what stands under the pointer.

use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use crate::dispatch::Failure;
use crate::server::Server;
use crate::{cards, named};

pub(crate) fn hover(server: &mut Server, params: HoverParams) -> Result<Option<Hover>, Failure> {
    let place = params.text_document_position_params;
    let Some((buffer, checked)) = server.checked(&place.text_document.uri) else { return Ok(None) };
    let mapper = buffer.mapper(server.client.abilities.encoding);
    let Some(named) = named::at(checked, mapper.offset(place.position)) else { return Ok(None) };
    let base = checked.linter().termbase();
    let day = named::day(checked, server.today());
    let value = cards::card(base, named.spelling, day, server.client.lang);
    Ok(Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value }),
        range: Some(mapper.range(named.span)),
    }))
}
