//! `textDocument/semanticTokens`: official terms in a colour of their own.

use lsp_types::{
    SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensLegend,
    SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult, SemanticTokensResult, Uri,
};
use zhengming_text::span::Span;

use crate::failure::Failure;
use crate::named::{self, Named};
use crate::state::State;

/// Any term. Editors have no colour for terms; types are what comes nearest.
const TERM: u32 = 0;
/// A spelling that should not be used.
const DEPRECATED: u32 = 1;

pub(crate) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: vec![SemanticTokenType::TYPE],
        token_modifiers: vec![SemanticTokenModifier::DEPRECATED],
    }
}

pub(crate) fn full(
    state: &mut State,
    params: SemanticTokensParams,
) -> Result<Option<SemanticTokensResult>, Failure> {
    let tokens = tokens(state, &params.text_document.uri, None);
    Ok(tokens.map(SemanticTokensResult::Tokens))
}

pub(crate) fn range(
    state: &mut State,
    params: SemanticTokensRangeParams,
) -> Result<Option<SemanticTokensRangeResult>, Failure> {
    let uri = &params.text_document.uri;
    let within = state
        .checked(uri)
        .map(|(buffer, _)| buffer.mapper(state.client.abilities.encoding).span(params.range));
    Ok(tokens(state, uri, within).map(SemanticTokensRangeResult::Tokens))
}

fn tokens(state: &State, uri: &Uri, within: Option<Span>) -> Option<SemanticTokens> {
    if !state.settings.semantic_tokens {
        return None;
    }
    let (buffer, checked) = state.checked(uri)?;
    let encoding = state.client.abilities.encoding;
    let mapper = buffer.mapper(encoding);
    let mut data = Vec::new();
    let mut last = (0, 0);
    let mut covered = 0;
    for named in named::all(checked) {
        let wanted = within.is_none_or(|within| within.overlaps(named.span));
        // Tokens must not overlap.
        if !wanted || named.span.start < covered {
            continue;
        }
        covered = named.span.end;
        for line in lines(&buffer.text, named.span) {
            let at = mapper.position(line.start);
            let delta_line = at.line - last.0;
            data.push(SemanticToken {
                delta_line,
                delta_start: if delta_line == 0 { at.character - last.1 } else { at.character },
                length: u32::try_from(encoding.length(&buffer.text[line.range()])).unwrap_or(u32::MAX),
                token_type: TERM,
                token_modifiers_bitset: if is_right(&named) { 0 } else { DEPRECATED },
            });
            last = (at.line, at.character);
        }
    }
    Some(SemanticTokens { result_id: None, data })
}

fn is_right(named: &Named<'_>) -> bool {
    named.exempt || (named.key.is_some() && named.spelling.role.is_allowed())
}

/// The parts of `span` on each line; a token must not run over a line break.
fn lines(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let base = text.as_ptr() as usize;
    text[span.range()].split(['\n', '\r']).filter(|line| !line.trim().is_empty()).map(move |line| {
        let line = line.trim();
        let start = line.as_ptr() as usize - base;
        Span::new(start, start + line.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_over_a_line_break_is_two_tokens_without_the_indentation() {
        let text = "依托公共\r\n  数据平台";
        let parts: Vec<&str> =
            lines(text, Span::new(6, text.len())).map(|line| &text[line.range()]).collect();
        assert_eq!(parts, ["公共", "数据平台"]);
    }
}
