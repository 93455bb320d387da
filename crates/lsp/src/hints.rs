//! `textDocument/inlayHint` and `textDocument/codeLens`: clause numbers after terms, numbers of findings above
//! headings. Both are off until asked for.

use std::collections::HashSet;

use lsp_types::{
    CodeLens, CodeLensParams, Command, InlayHint, InlayHintLabel, InlayHintParams, InlayHintTooltip,
};
use serde_json::json;
use zhengming::{Applicability, Text};
use zhengming_text::diagnostic::Diagnostic;
use zhengming_text::document::BlockKind;
use zhengming_text::span::Span;

use crate::commands;
use crate::failure::Failure;
use crate::named;
use crate::state::State;

/// The clause number after the first mention of each official term in a block.
pub(crate) fn hints(state: &mut State, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>, Failure> {
    if !state.settings.inlay_hints {
        return Ok(None);
    }
    let Some((buffer, checked)) = state.checked(&params.text_document.uri) else { return Ok(None) };
    let mapper = buffer.mapper(state.client.abilities.encoding);
    let within = mapper.span(params.range);
    let base = checked.linter().termbase();
    let mut seen = HashSet::new();
    let mut hints = Vec::new();
    for named in named::all(checked) {
        let first = seen.insert((named.block, named.concept));
        if !first || named.key.is_none() || !named.spelling.role.is_allowed() || !within.overlaps(named.span)
        {
            continue;
        }
        let Some((dictionary, entry)) = base.definition(named.concept) else { continue };
        let Some(clause) = &entry.clause else { continue };
        hints.push(InlayHint {
            position: mapper.position(named.span.end),
            label: InlayHintLabel::String(clause.clone()),
            kind: None,
            text_edits: None,
            tooltip: Some(InlayHintTooltip::String(dictionary.cite(Some(clause)))),
            padding_left: Some(true),
            padding_right: Some(true),
            data: None,
        });
    }
    Ok(Some(hints))
}

/// How many findings stand below each heading, up to the next one.
pub(crate) fn lenses(state: &mut State, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>, Failure> {
    if !state.settings.code_lens {
        return Ok(None);
    }
    let Some((buffer, checked)) = state.checked(&params.text_document.uri) else { return Ok(None) };
    let mapper = buffer.mapper(state.client.abilities.encoding);
    let document = checked.document().inner();
    let headings: Vec<_> =
        document.blocks().filter(|block| matches!(block.kind(), BlockKind::Heading(_))).collect();
    let mut lenses = Vec::new();
    for (number, heading) in headings.iter().enumerate() {
        let end = headings.get(number + 1).map_or(usize::MAX, |next| next.index());
        let below = |diagnostic: &&Diagnostic| (heading.index()..end).contains(&diagnostic.block);
        let found: Vec<&Diagnostic> = checked.diagnostics().iter().filter(below).collect();
        if found.is_empty() {
            continue;
        }
        let is_safe = |diagnostic: &&&Diagnostic| {
            diagnostic.fixes.iter().any(|fix| fix.applicability == Applicability::Safe)
        };
        let fixable = found.iter().filter(is_safe).count();
        let title = title(found.len(), fixable);
        let end = headings.get(number + 1).map_or(document.source().len(), |next| next.source_span().start);
        let section = mapper.range(Span::new(heading.source_span().start, end));
        lenses.push(CodeLens {
            range: mapper.range(heading.source_span()),
            command: Some(Command {
                title: title.get(state.client.lang).to_owned(),
                // Without a command the words alone are shown.
                command: if fixable > 0 { commands::FIX_ALL.to_owned() } else { String::new() },
                arguments: (fixable > 0).then(|| vec![json!({ "uri": buffer.uri, "range": section })]),
            }),
            data: None,
        });
    }
    Ok(Some(lenses))
}

fn title(found: usize, fixable: usize) -> Text {
    let (zh, en) =
        (format!("{found} 处提示"), format!("{found} finding{}", if found == 1 { "" } else { "s" }));
    if fixable == 0 {
        return Text::new(zh, en);
    }
    Text::new(format!("{zh}，{fixable} 处可自动修改"), format!("{en}, {fixable} fixable"))
}
