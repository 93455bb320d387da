//! `textDocument/definition`: where a term is defined, in the document and in the dictionaries.

use std::path::Path;

use lsp_types::{GotoDefinitionParams, GotoDefinitionResponse, Location, LocationLink, Range, Uri};
use zhengming::internal::Checked;
use zhengming_config::gate;
use zhengming_reading::definition::Definition;
use zhengming_terms::termbase::ConceptId;
use zhengming_text::fold;
use zhengming_text::line_index::LineIndex;
use zhengming_text::span::Span;

use crate::failure::Failure;
use crate::position::{Encoding, Mapper};
use crate::state::State;
use crate::{named, uri};

pub(crate) fn definition(
    state: &mut State,
    params: GotoDefinitionParams,
) -> Result<Option<GotoDefinitionResponse>, Failure> {
    let place = params.text_document_position_params;
    let Some((buffer, checked)) = state.checked(&place.text_document.uri) else { return Ok(None) };
    let encoding = state.client.abilities.encoding;
    let mapper = buffer.mapper(encoding);
    let offset = mapper.offset(place.position);
    let mut targets: Vec<(Uri, Range)> = Vec::new();
    let named = named::at(checked, offset);
    let word = match named {
        Some(named) => Some((named.span, named.spelling.text.clone())),
        None => defined_word(checked, offset),
    };
    let Some((origin, word)) = word else { return Ok(None) };
    for definition in checked.facts().definitions() {
        if fold::key(&definition.text) == fold::key(&word) {
            targets.push((buffer.uri.clone(), mapper.range(term_span(checked, definition))));
        }
    }
    if let Some(named) = named {
        targets.extend(entries(checked, named.concept, encoding));
        if targets.iter().all(|(uri, _)| *uri == buffer.uri) {
            let base = checked.linter().termbase();
            let page = state.pages.concept(base, named.concept, state.client.lang);
            targets.extend(page.map(|uri| (uri, Range::default())));
        }
    }
    if targets.is_empty() {
        return Ok(None);
    }
    Ok(Some(if state.client.abilities.links {
        let origin = mapper.range(origin);
        let link = |(uri, range)| LocationLink {
            origin_selection_range: Some(origin),
            target_uri: uri,
            target_range: range,
            target_selection_range: range,
        };
        GotoDefinitionResponse::Link(targets.into_iter().map(link).collect())
    } else {
        GotoDefinitionResponse::Array(
            targets.into_iter().map(|(uri, range)| Location::new(uri, range)).collect(),
        )
    }))
}

pub(crate) fn term_span(checked: &Checked, definition: &Definition) -> Span {
    checked.document().inner().block(definition.block).span(definition.term)
}

/// A word that the document itself defines, at `offset`, be it in the definition or elsewhere.
fn defined_word(checked: &Checked, offset: usize) -> Option<(Span, String)> {
    let source = checked.document().inner().source();
    let at = |word: &str| {
        let from = zhengming_text::line_index::floor_boundary(source, offset.saturating_sub(word.len()));
        let to = zhengming_text::line_index::floor_boundary(source, offset + word.len());
        let mut found = source[from..to].match_indices(word).map(|(at, _)| from + at);
        found.find(|&start| start <= offset && offset <= start + word.len())
    };
    let facts = checked.facts();
    let mut defined: Vec<&Definition> = facts.definitions().iter().filter(|it| !it.text.is_empty()).collect();
    defined.sort_by_key(|definition| std::cmp::Reverse(definition.text.len()));
    defined.into_iter().find_map(|definition| {
        let start = at(&definition.text)?;
        Some((Span::new(start, start + definition.text.len()), definition.text.clone()))
    })
}

/// The entries of a concept in dictionaries that are files, the project's own last layer first.
fn entries(checked: &Checked, concept: ConceptId, encoding: Encoding) -> Vec<(Uri, Range)> {
    let entries = checked.linter().termbase().entries(concept);
    let mut found: Vec<(Uri, Range)> = entries
        .filter(|(_, entry)| entry.line > 0)
        .filter_map(|(dictionary, entry)| entry_place(Path::new(dictionary.file()), entry.line, encoding))
        .collect();
    found.reverse();
    found
}

/// The line of the entry that names the term, below the line with which the entry begins.
fn entry_place(path: &Path, line: usize, encoding: Encoding) -> Option<(Uri, Range)> {
    let uri = uri::from_path(path)?;
    let text = gate::text(path, gate::Kind::Dictionary).ok()?;
    let lines = LineIndex::new(&text);
    let is_term = |line: &usize| text[lines.line_range(*line)].trim_start().starts_with("term");
    let line = (line..=(line + 3).min(lines.lines())).find(is_term).unwrap_or(line);
    let bytes = lines.line_range(line);
    let end = bytes.start + text[bytes.clone()].trim_end().len();
    let mapper = Mapper::new(&text, &lines, encoding);
    Some((uri, mapper.range(Span::new(bytes.start, end))))
}
