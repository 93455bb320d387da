//! `textDocument/documentSymbol`: what the document defines.

use lsp_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind,
};
use zhengming::internal::Checked;
use zhengming_reading::definition::Definition;
use zhengming_text::span::Span;

use crate::definition::term_span;
use crate::failure::Failure;
use crate::state::State;

/// Characters of the defining text that are shown beside the term.
const SHOWN: usize = 40;

pub(crate) fn symbols(
    state: &mut State,
    params: DocumentSymbolParams,
) -> Result<Option<DocumentSymbolResponse>, Failure> {
    let Some((buffer, checked)) = state.checked(&params.text_document.uri) else { return Ok(None) };
    let mapper = buffer.mapper(state.client.abilities.encoding);
    let facts = checked.facts();
    if !state.client.abilities.nested_symbols {
        let flat = facts.definitions().iter().map(|definition| {
            #[allow(deprecated, reason = "the field has no other value")]
            SymbolInformation {
                name: definition.text.clone(),
                kind: SymbolKind::CONSTANT,
                tags: None,
                deprecated: None,
                location: Location::new(buffer.uri.clone(), mapper.range(whole(checked, definition))),
                container_name: None,
            }
        });
        return Ok(Some(DocumentSymbolResponse::Flat(flat.collect())));
    }
    let nested = facts.definitions().iter().map(|definition| {
        #[allow(deprecated, reason = "the field has no other value")]
        DocumentSymbol {
            name: definition.text.clone(),
            detail: Some(detail(checked, definition)),
            kind: SymbolKind::CONSTANT,
            tags: None,
            deprecated: None,
            range: mapper.range(whole(checked, definition)),
            selection_range: mapper.range(term_span(checked, definition)),
            children: None,
        }
    });
    Ok(Some(DocumentSymbolResponse::Nested(nested.collect())))
}

/// Term and defining text.
fn whole(checked: &Checked, definition: &Definition) -> Span {
    let document = checked.document().inner();
    let term = term_span(checked, definition);
    let parts = definition.body.iter().map(|&(block, range)| document.block(block).span(range));
    parts.fold(term, |whole, part| Span::new(whole.start.min(part.start), whole.end.max(part.end)))
}

fn detail(checked: &Checked, definition: &Definition) -> String {
    let body = definition.body_text(checked.document().inner());
    let line: String = body.chars().filter(|c| !c.is_control()).collect();
    if line.chars().count() <= SHOWN {
        return line;
    }
    line.chars().take(SHOWN).chain(['…']).collect()
}
