//! Findings as editors show them: sent after every edit, or given when asked for.

use std::path::Path;
use std::sync::Arc;

use lsp_types::notification::PublishDiagnostics;
use lsp_types::{
    CodeDescription, Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    FullDocumentDiagnosticReport, Location, MessageType, NumberOrString, Position, PublishDiagnosticsParams,
    Range, RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport,
};
use zhengming::internal::{Checked, rule_name};
use zhengming::{Finding, Lang, Severity};
use zhengming_config::gate;
use zhengming_text::line_index::LineIndex;

use crate::buffers::Buffer;
use crate::failure::Failure;
use crate::position::Mapper;
use crate::state::State;
use crate::uri;
use crate::workspace::Problem;

/// Who says so, as editors show it.
const SOURCE: &str = "正名";

/// Related places that are sent along with a finding: a slip that a document repeats may have thousands.
const MOST_RELATED: usize = 100;

/// Rules about words that were right once: editors strike them through.
const DEPRECATED: [&str; 2] = ["deprecated-term", "superseded-term"];
/// Rules about what could as well be left out: editors show it paler.
const UNNECESSARY: [&str; 1] = ["unused-suppression"];

/// Sends what was found in an open text, unless the editor asks for it itself.
pub(crate) fn publish(state: &State, uri: &str) {
    if state.client.abilities.pulls_diagnostics {
        return;
    }
    let Some(buffer) = state.buffers.get(uri) else { return };
    // Where linting failed, findings of an older state would stand at wrong places.
    let diagnostics = match (buffer.checked(), buffer.failure()) {
        (Some(checked), _) => all(state, buffer, checked),
        (None, Some(_)) => Vec::new(),
        (None, None) => return,
    };
    state.client.notify::<PublishDiagnostics>(PublishDiagnosticsParams {
        uri: buffer.uri.clone(),
        diagnostics,
        version: Some(buffer.version),
    });
}

/// Takes back what was sent for a text that is no longer open.
pub(crate) fn clear(state: &State, buffer: &Buffer) {
    if buffer.format.is_some() && !state.client.abilities.pulls_diagnostics {
        state.client.notify::<PublishDiagnostics>(PublishDiagnosticsParams {
            uri: buffer.uri.clone(),
            diagnostics: Vec::new(),
            version: None,
        });
    }
}

/// `textDocument/diagnostic`
pub(crate) fn pull(
    state: &mut State,
    params: DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReportResult, Failure> {
    let (items, result_id) = match state.checked(&params.text_document.uri) {
        None => (Vec::new(), None),
        Some((buffer, checked)) => {
            let id = buffer.revision.to_string();
            if params.previous_result_id.as_ref() == Some(&id) {
                let unchanged = UnchangedDocumentDiagnosticReport { result_id: id };
                return Ok(DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                    related_documents: None,
                    unchanged_document_diagnostic_report: unchanged,
                })
                .into());
            }
            (all(state, buffer, checked), Some(id))
        }
    };
    Ok(DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id, items },
    })
    .into())
}

fn all(state: &State, buffer: &Buffer, checked: &Arc<Checked>) -> Vec<Shown> {
    let mapper = buffer.mapper(state.client.abilities.encoding);
    checked.findings().iter().map(|finding| shown(state, buffer, &mapper, finding)).collect()
}

/// A finding as the editor shows it.
pub(crate) fn shown(state: &State, buffer: &Buffer, mapper: &Mapper<'_>, finding: &Finding) -> Shown {
    let lang = state.client.lang;
    let related = finding.related.iter().take(MOST_RELATED).map(|related| DiagnosticRelatedInformation {
        location: Location::new(buffer.uri.clone(), mapper.placed(related.start, related.end)),
        message: related.message.get(lang).to_owned(),
    });
    let related: Vec<_> = related.collect();
    let tag = if DEPRECATED.contains(&&*finding.rule) {
        Some(vec![DiagnosticTag::DEPRECATED])
    } else if UNNECESSARY.contains(&&*finding.rule) {
        Some(vec![DiagnosticTag::UNNECESSARY])
    } else {
        None
    };
    Shown {
        range: mapper.placed(finding.start, finding.end),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.to_string())),
        code_description: state.pages.rule(&finding.rule, lang).map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: message(finding, lang),
        related_information: (!related.is_empty()).then_some(related),
        tags: tag,
        data: None,
    }
}

/// What is wrong, what is expected and what the rule is called; below it why.
fn message(finding: &Finding, lang: Lang) -> String {
    let (message, label) = (finding.message.get(lang), finding.label.get(lang));
    let mut text = message.to_owned();
    if !label.is_empty() && label != message {
        text += match lang {
            Lang::Zh => "；",
            Lang::En => "; ",
        };
        text += label;
    }
    let name = rule_name(&finding.rule, lang);
    text += &match lang {
        Lang::Zh => format!("（{name}）"),
        Lang::En => format!(" ({name})"),
    };
    if let Some(help) = finding.help.whole(lang) {
        text.push('\n');
        text += &help;
    }
    text
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
    }
}

/// Shows what is wrong with a configuration file or dictionary: at its place, and, since it need not be open, as a
/// message.
pub(crate) fn publish_problems(state: &State, path: &Path, problems: &[Problem]) {
    let lang = state.client.lang;
    for problem in problems {
        state.client.show(MessageType::ERROR, &format!("{}: {}", path.display(), problem.message.get(lang)));
    }
    // Under the address that the editor itself uses, if it has the file open.
    let open = state.buffers.by_path(path).map(|buffer| buffer.uri.clone());
    let Some(uri) = open.or_else(|| uri::from_path(path)) else { return };
    let text = gate::text(path, gate::Kind::Dictionary).unwrap_or_default();
    let lines = LineIndex::new(&text);
    let mapper = Mapper::new(&text, &lines, state.client.abilities.encoding);
    let at = |line: usize| {
        let bytes = lines.line_range(line.max(1));
        let end = bytes.start + text[bytes.clone()].trim_end().len();
        Range::new(mapper.position(bytes.start), mapper.position(end))
    };
    let diagnostics = problems.iter().map(|problem| Shown {
        range: if text.is_empty() {
            Range::new(Position::new(0, 0), Position::new(0, 0))
        } else {
            at(problem.line)
        },
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message: problem.message.get(lang).to_owned(),
        ..Shown::default()
    });
    let diagnostics = diagnostics.collect();
    state.client.notify::<PublishDiagnostics>(PublishDiagnosticsParams { uri, diagnostics, version: None });
}
