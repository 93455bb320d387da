//! Stage 4: what is found and yet not to be reported.

use std::path::Path;

use zhengming::{Document, Format};
use zhengming_text::diagnostic::Diagnostic;

use super::job::Job;
use super::known::Known;
use super::{CheckedFile, Outcome};
use crate::configure;
use crate::git::ChangedLines;

/// The outcomes without the findings that the job is not about.
pub(super) fn filtered(job: &Job<'_>, mut outcomes: Vec<Outcome>) -> Vec<Outcome> {
    if let Some(changed) = &job.changed {
        for outcome in &mut outcomes {
            if let Ok(file) = &mut outcome.result {
                keep_changed(&file.document, &mut file.diagnostics, Path::new(&outcome.name), changed);
            }
        }
    }
    outcomes
}

/// The outcomes with one finding for what is at fault in one way in one block, unless every place is wanted.
/// The filters before judge each place by itself.
pub(super) fn gathered(job: &Job<'_>, mut outcomes: Vec<Outcome>) -> Vec<Outcome> {
    if job.args.all || !configure::filters_places(job.args) {
        return outcomes;
    }
    for file in outcomes.iter_mut().filter_map(|outcome| outcome.result.as_mut().ok()) {
        file.diagnostics = file.linter.inner().gathered(std::mem::take(&mut file.diagnostics));
    }
    outcomes
}

/// The findings of a file that may be mended, where that is not all of them: those that are to be reported. A fix
/// that moves lines is none of them, so that afterwards the changed lines are still those that changed.
pub(super) fn mendable(
    job: &Job<'_>,
    known: &Known,
    name: &str,
    file: &CheckedFile,
) -> Option<Vec<Diagnostic>> {
    if !configure::filters_places(job.args) {
        return None;
    }
    let mut left = file.diagnostics.clone();
    if let Some(changed) = &job.changed {
        keep_changed(&file.document, &mut left, Path::new(name), changed);
        let source = file.document.inner().source();
        for diagnostic in &mut left {
            diagnostic.fixes.retain(|fix| {
                fix.edits
                    .iter()
                    .all(|edit| !edit.text.contains('\n') && !source[edit.span.range()].contains('\n'))
            });
        }
    }
    known.retain_new(name, &mut left);
    Some(left)
}

/// Leaves the findings on changed lines. A file that has no lines changed as a whole.
fn keep_changed(document: &Document, diagnostics: &mut Vec<Diagnostic>, path: &Path, changed: &ChangedLines) {
    let document = document.inner();
    if Format::from_name(document.format()).is_some_and(|format| !format.is_text()) {
        return;
    }
    let lines = document.lines();
    diagnostics.retain(|diagnostic| {
        let last = diagnostic.span.end.saturating_sub(1).max(diagnostic.span.start);
        changed.touches(path, &(lines.line(diagnostic.span.start)..=lines.line(last)))
    });
}
