//! Stage 3: rules that compare the files of a run with one another.

use std::collections::HashMap;

use zhengming::Text;
use zhengming_lint::folder::{FolderDiagnostic, grouped};
use zhengming_lint::linter::Findings;
use zhengming_lint::linter::Options;
use zhengming_rules::folder::{FOLDER_RULES, check_summaries};
use zhengming_text::document;

use super::input;
use super::job::{Job, Task};
use super::{CheckedFile, Outcome};
use crate::collect::Input;
use crate::{configure, office};

/// Whether such a rule is to run, so that all outcomes must be held until the last file is read: there are
/// several files, and the run is for finding rather than for mending.
pub(super) fn is_wanted(job: &Job<'_>) -> bool {
    let args = job.args;
    let none_selected = !args.select.is_empty()
        && !FOLDER_RULES
            .iter()
            .any(|rule| args.select.iter().any(|name| name == rule.meta.id || name == rule.meta.family));
    job.tasks.len() > 1 && !args.fix && !args.diff && !none_selected
}

/// Adds the findings of such rules to the outcomes of the files that they are in.
pub(super) fn check(job: &Job<'_>, outcomes: &mut [Outcome]) {
    if !is_wanted(job) {
        return;
    }
    let options: Vec<Options> =
        job.tasks.iter().map(|task| task.settings.options(configure::today())).collect();
    let numbers: HashMap<String, usize> =
        outcomes.iter().enumerate().map(|(index, outcome)| (outcome.name.clone(), index)).collect();
    let of_path = |path: &str| &options[numbers.get(path).copied().unwrap_or(0)];
    let summaries = outcomes.iter().filter_map(|outcome| outcome.result.as_ref().ok()?.summary.as_ref());
    for found in grouped(check_summaries(summaries, of_path), |one| one.path.clone()) {
        let Some(&index) = numbers.get(&found[0].path) else { continue };
        let Outcome { name, result, .. } = &mut outcomes[index];
        if let Ok(file) = result
            && let Err(why) = add(file, job, &job.tasks[index], name, found)
        {
            *result = Err(why);
        }
    }
}

/// Adds what was found in a file, but for what comments in it suppress.
fn add(
    file: &mut CheckedFile,
    job: &Job<'_>,
    task: &Task,
    name: &str,
    found: Vec<FolderDiagnostic>,
) -> Result<(), Text> {
    // A document without its blocks has no comments either.
    if file.document.inner().blocks().len() == 0 && !matches!(task.input, Input::Stdin) {
        file.document = office::read_in(name, &input::bytes(&task.input)?, job.args.reading.encoding)?;
    }
    let found = found.into_iter().map(|one| one.diagnostic).collect();
    let Findings { diagnostics, suppressed, .. } =
        file.linter.inner().suppressed_in(file.document.inner(), found);
    file.suppressed += suppressed.len();
    file.diagnostics.extend(diagnostics);
    file.diagnostics.sort_by(|a, b| (a.span, a.rule).cmp(&(b.span, b.rule)));
    Ok(())
}

/// The outcomes without the texts of files in which nothing was found: a folder may be large. [`check`] reads
/// a file again if rules over the folder find something in it, which standard input does not allow.
pub(super) fn lightened(batch: &[Task], mut outcomes: Vec<Outcome>) -> Vec<Outcome> {
    for (task, outcome) in batch.iter().zip(&mut outcomes) {
        let Ok(file) = &mut outcome.result else { continue };
        let document = file.document.inner();
        // A remark of the reader points into the text.
        let is_needed = !file.diagnostics.is_empty() || !document.notes().is_empty();
        if is_needed || matches!(task.input, Input::Stdin) {
            continue;
        }
        let mut empty = document::Document::new(document.name(), document.format(), String::new());
        empty.set_encoding(document.encoding().clone());
        empty.set_ledger(document.ledger());
        file.document = empty.into();
    }
    outcomes
}
