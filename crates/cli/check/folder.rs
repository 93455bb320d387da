//! Stage 3: rules that compare the files of a run with one another.

use std::collections::HashMap;

use zhengming::core::linter::Options;
use zhengming_rules::folder::{FOLDER_RULES, check_summaries};

use super::Outcome;
use super::plan::Job;
use crate::configure;

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
    for found in check_summaries(summaries, of_path) {
        let Some(&index) = numbers.get(&found.path) else { continue };
        if let Ok(file) = &mut outcomes[index].result {
            file.diagnostics.push(found.diagnostic);
            file.diagnostics.sort_by(|a, b| (a.span, a.rule).cmp(&(b.span, b.rule)));
        }
    }
}
