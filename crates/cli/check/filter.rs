//! Stage 4: what is found and yet not to be reported.

use std::path::Path;

use zhengming::Format;

use super::plan::Job;
use super::{CheckedFile, Outcome};
use crate::configure;
use crate::git::ChangedLines;

/// The outcomes without the findings that the job is not about.
pub(super) fn filtered(job: &Job<'_>, mut outcomes: Vec<Outcome>) -> Vec<Outcome> {
    if let Some(changed) = &job.changed {
        for outcome in &mut outcomes {
            if let Ok(file) = &mut outcome.result {
                keep_changed(file, Path::new(&outcome.name), changed);
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

/// Leaves the findings on changed lines. A file that has no lines changed as a whole.
fn keep_changed(file: &mut CheckedFile, path: &Path, changed: &ChangedLines) {
    let document = file.document.inner();
    if Format::from_name(document.format()).is_some_and(|format| !format.is_text()) {
        return;
    }
    let lines = document.lines();
    file.diagnostics.retain(|diagnostic| {
        let last = diagnostic.span.end.saturating_sub(1).max(diagnostic.span.start);
        changed.touches(path, &(lines.line(diagnostic.span.start)..=lines.line(last)))
    });
}
