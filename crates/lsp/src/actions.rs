//! `textDocument/codeAction`: what the author can do about a finding.

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Command,
    Diagnostic as Shown,
};
use serde_json::{Value, json};
use zhengming::internal::Checked;
use zhengming::{Applicability, Format, Text};
use zhengming_text::diagnostic::Diagnostic;
use zhengming_text::fold;
use zhengming_text::message::quoted;
use zhengming_text::span::Span;

use crate::buffers::Buffer;
use crate::commands;
use crate::diagnostics::shown;
use crate::edits::{FileEdits, safe_edits, text_edit, workspace_edit};
use crate::failure::Failure;
use crate::position::Mapper;
use crate::state::State;

mod disable;

/// The kind under which editors run it on saving.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.zhengming");

/// Longest text that is taken for a term, in characters.
const LONGEST_TERM: usize = 30;

pub(crate) fn actions(
    state: &mut State,
    params: CodeActionParams,
) -> Result<Option<CodeActionResponse>, Failure> {
    let Some((buffer, checked)) = state.checked(&params.text_document.uri) else { return Ok(None) };
    let cx = Context {
        state,
        buffer,
        checked,
        mapper: buffer.mapper(state.client.abilities.encoding),
        only: params.context.only.unwrap_or_default(),
    };
    let selection = cx.mapper.span(params.range);
    let mut actions = Vec::new();
    if cx.wants(&CodeActionKind::QUICKFIX) {
        // A cursor at either end of the words is still at them; a selection beside them is not.
        let touched = |span: Span| {
            span.overlaps(selection)
                || selection.is_empty() && span.start <= selection.start && selection.start <= span.end
        };
        let found = checked.diagnostics().iter();
        let found: Vec<&Diagnostic> = found
            .filter(|diagnostic| {
                touched(diagnostic.span) || diagnostic.related.iter().any(|related| touched(related.span))
            })
            .collect();
        // What mends the text comes before what silences the finding.
        found.iter().for_each(|diagnostic| cx.fixes(diagnostic, &mut actions));
        found.iter().for_each(|diagnostic| cx.silence(diagnostic, &mut actions));
        if found.is_empty() {
            actions.extend(cx.add_selection(selection));
        }
    }
    if cx.wants(&FIX_ALL) {
        actions.extend(cx.fix_all());
    }
    Ok(Some(actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()))
}

struct Context<'s> {
    state: &'s State,
    buffer: &'s Buffer,
    checked: &'s Checked,
    mapper: Mapper<'s>,
    /// The kinds that the editor asks for; all if it names none.
    only: Vec<CodeActionKind>,
}

impl Context<'_> {
    /// Whether `kind` is asked for, by its own name or one that it begins with.
    fn wants(&self, kind: &CodeActionKind) -> bool {
        let covers = |wanted: &CodeActionKind| {
            kind.as_str()
                .strip_prefix(wanted.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.only.is_empty() || self.only.iter().any(covers)
    }

    fn title(&self, text: &Text) -> String {
        text.get(self.state.client.lang).to_owned()
    }

    fn shown(&self, diagnostic: &Diagnostic) -> Vec<Shown> {
        let finding = self.checked.finding(diagnostic);
        vec![shown(self.state, self.buffer, &self.mapper, &finding)]
    }

    fn edit(&self, edits: Vec<lsp_types::TextEdit>) -> Option<lsp_types::WorkspaceEdit> {
        Some(workspace_edit(&self.state.client.abilities, vec![FileEdits::of(self.buffer, edits)]))
    }

    fn fixes(&self, diagnostic: &Diagnostic, actions: &mut Vec<CodeAction>) {
        for fix in diagnostic.fixes.iter().filter(|fix| !fix.edits.is_empty()) {
            let edits = fix.edits.iter().map(|edit| text_edit(&self.mapper, edit)).collect();
            actions.push(CodeAction {
                title: self.title(&fix.title),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(self.shown(diagnostic)),
                edit: self.edit(edits),
                is_preferred: (fix.applicability == Applicability::Safe).then_some(true),
                ..CodeAction::default()
            });
        }
    }

    /// The ways to have the finding no more without changing the words.
    fn silence(&self, diagnostic: &Diagnostic, actions: &mut Vec<CodeAction>) {
        // What is wrong with a comment is mended there, not by another one.
        if diagnostic.family == "suppression" {
            return;
        }
        let quickfix = |title: &Text| CodeAction {
            title: self.title(title),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(self.shown(diagnostic)),
            ..CodeAction::default()
        };
        if self.buffer.format != Some(Format::Csv) {
            for reason in disable::reasons() {
                let edit = disable::comment(self.checked, diagnostic, reason.get(self.state.client.lang));
                let title = Text::new(
                    format!("此处不检查 {}：{}", diagnostic.rule, reason.zh),
                    format!("disable {} here: {}", diagnostic.rule, reason.en),
                );
                actions.push(CodeAction {
                    edit: self.edit(vec![text_edit(&self.mapper, &edit)]),
                    ..quickfix(&title)
                });
            }
        }
        let Some(term) = word(&self.buffer.text[diagnostic.span.range()]) else { return };
        let allow = Text::new(
            format!("在本项目中允许{}（zhengming.toml）", quoted(&term)),
            format!("allow `{term}` in this project (zhengming.toml)"),
        );
        actions.push(CodeAction {
            command: Some(self.command(&allow, commands::ALLOW, json!({ "term": term }))),
            ..quickfix(&allow)
        });
        let (title, argument) = match &diagnostic.concept {
            Some(concept) => (
                Text::new(
                    format!("加入本项目词典：{}是{}的许用术语", quoted(&term), quoted(&concept.preferred)),
                    format!(
                        "add to the project dictionary: `{term}` is admitted for `{}`",
                        concept.preferred
                    ),
                ),
                json!({ "term": term, "concept": concept.id, "preferred": concept.preferred }),
            ),
            None => (add_title(&term), json!({ "term": term })),
        };
        actions.push(CodeAction {
            command: Some(self.command(&title, commands::ADD_TERM, argument)),
            ..quickfix(&title)
        });
    }

    /// What the author has selected, as a term of the project.
    fn add_selection(&self, selection: Span) -> Option<CodeAction> {
        let term = word(&self.buffer.text[selection.range()])?;
        if !self.checked.linter().termbase().lookup(&term).is_empty() {
            return None;
        }
        let title = add_title(&term);
        Some(CodeAction {
            title: self.title(&title),
            kind: Some(CodeActionKind::QUICKFIX),
            command: Some(self.command(&title, commands::ADD_TERM, json!({ "term": term }))),
            ..CodeAction::default()
        })
    }

    fn fix_all(&self) -> Option<CodeAction> {
        let edits = safe_edits(self.checked.diagnostics());
        if edits.is_empty() {
            return None;
        }
        let title = Text::new("正名：修改全部有把握的错写", "zhengming: apply all safe fixes");
        let edits = edits.into_iter().map(|edit| text_edit(&self.mapper, edit)).collect();
        Some(CodeAction {
            title: self.title(&title),
            kind: Some(FIX_ALL),
            edit: self.edit(edits),
            ..CodeAction::default()
        })
    }

    fn command(&self, title: &Text, command: &str, mut argument: Value) -> Command {
        argument["uri"] = json!(self.buffer.uri);
        Command::new(self.title(title), command.to_owned(), Some(vec![argument]))
    }
}

fn add_title(term: &str) -> Text {
    Text::new(format!("把{}加入本项目词典", quoted(term)), format!("add `{term}` to the project dictionary"))
}

/// What stands there without layout, if it may be a term: short, and without punctuation.
fn word(raw: &str) -> Option<String> {
    let layout = |c: &char| !fold::is_zero_width(*c) && !matches!(c, '\n' | '\r');
    let line: String = raw.lines().map(str::trim).collect();
    let word: String = line.chars().filter(layout).collect();
    let is_word = !word.is_empty()
        && word.chars().count() <= LONGEST_TERM
        && word.chars().all(|c| c.is_alphanumeric() || fold::is_quote(c) || c == '-');
    is_word.then_some(word)
}
