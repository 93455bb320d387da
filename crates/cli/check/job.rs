//! A run of `check`, as it was planned.

use std::sync::Arc;

use zhengming::{Lang, Linter, Severity, Text};
use zhengming_config::Settings;
use zhengming_lint::rule::RuleMeta;
use zhengming_report::DictionaryInfo;

use crate::args::CheckArgs;
use crate::cache::Cache;
use crate::collect::Input;
use crate::git::ChangedLines;

/// One run of `check`.
pub(super) struct Job<'a> {
    pub(super) args: &'a CheckArgs,
    pub(super) lang: Lang,
    pub(super) tasks: Vec<Task>,
    /// Threads; nothing where they are not worth their start.
    pub(super) pool: Option<rayon::ThreadPool>,
    /// The dictionaries and rules of all linters, for the report.
    pub(super) dictionaries: Vec<DictionaryInfo>,
    pub(super) rules: Vec<&'static RuleMeta>,
    /// The lines that the run is about; nothing if it is about whole files.
    pub(super) changed: Option<ChangedLines>,
    /// Which reports of this program were left out.
    pub(super) left_out: Option<Text>,
}

/// One input and what it is checked with.
pub(super) struct Task {
    pub(super) input: Input,
    /// Shared by all files of one configuration.
    pub(super) linter: Arc<Linter>,
    /// What configuration and command line say about the input.
    pub(super) settings: Arc<Settings>,
    /// What was found with these settings before; nothing if that is not wanted.
    pub(super) cache: Option<Arc<Cache>>,
}

impl Task {
    /// Findings from this severity on make the run end with status 1.
    pub(super) fn fail_on(&self) -> Severity {
        self.settings.fail_on.as_ref().map_or(Severity::Warning, |one| one.value)
    }
}
