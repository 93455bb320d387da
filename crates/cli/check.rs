//! `zhengming check`, in five stages:
//!
//! 1. **plan** (`check/plan.rs`): from arguments and configuration to a [`Job`]: the inputs, each with the
//!    linter that its configuration asks for.
//! 2. **lint** (`check/lint.rs`, `input.rs`): every input is read, linted and, if asked, mended, in batches
//!    and in parallel; what became of it is an [`Outcome`].
//! 3. **folder** (`check/folder.rs`): rules that compare files add their findings. Only if one is to run are
//!    all outcomes held until the last file is read; else each batch goes on at once.
//! 4. **filter** (`check/filter.rs`, `known.rs`): what is not to be reported is taken away: findings of the baseline,
//!    findings on lines that did not change.
//! 5. **write** (`check/write.rs`): the report, patches and mended texts; the exit status.
//!
//! A stage sees the job and the outcomes only. State of a stage that lasts longer than a batch belongs in
//! a field of [`Job`] (known before the first file) or of [`write::Report`] (grown from file to file).

mod cached;
mod dump;
mod filter;
mod folder;
pub(crate) mod input;
mod job;
mod known;
mod lint;
mod plan;
mod selection;
mod write;

use std::sync::Arc;
use std::time::Instant;

use zhengming::{Document, Lang, Linter, Severity, Text};
use zhengming_reading::summary::Summary;
use zhengming_text::diagnostic::Diagnostic;

use crate::args::CheckArgs;
use crate::failure::Failure;
use crate::interrupt;
use job::{Job, Task};

/// Files read and linted between two rounds of reporting: bounds memory, keeps every thread busy.
const BATCH: usize = 128;

/// What became of one input.
struct Outcome {
    /// The name to show: the path as given or found.
    name: String,
    result: Result<CheckedFile, Text>,
    /// Whether it is a folder that cannot be looked into, and no file.
    is_folder: bool,
}

/// A file that was read.
struct CheckedFile {
    /// The document as it is after the run: mended if it was mended.
    document: Document,
    /// What is to be reported of it.
    diagnostics: Vec<Diagnostic>,
    /// How many more were suppressed.
    suppressed: usize,
    /// Numbers of standards that the register does not hold.
    unregistered: Vec<String>,
    /// The digest of the document, if rules are to compare the files.
    summary: Option<Summary>,
    /// Whether all this is from an earlier run.
    recalled: bool,
    /// What it was checked with.
    linter: Arc<Linter>,
    /// Findings from this severity on make the run end with status 1.
    fail_on: Severity,
    /// The unified diff, for `--diff`.
    diff: String,
    /// The mended bytes, for standard input with `--fix`.
    fixed: Option<Vec<u8>>,
    /// Number of fixes written.
    applied: usize,
    /// Whether the diff is only for reading, because the file is not in UTF-8.
    unpatchable: bool,
    /// Why a mended file could not be written.
    not_written: Option<Text>,
}

impl CheckedFile {
    fn new(document: Document, diagnostics: Vec<Diagnostic>, task: &Task) -> Self {
        Self {
            document,
            diagnostics,
            suppressed: 0,
            unregistered: Vec::new(),
            summary: None,
            recalled: false,
            linter: Arc::clone(&task.linter),
            fail_on: task.fail_on(),
            diff: String::new(),
            fixed: None,
            applied: 0,
            unpatchable: false,
            not_written: None,
        }
    }
}

/// Checks what the arguments name and gives the exit status.
pub(crate) fn run(args: &CheckArgs, lang: Lang) -> Result<u8, Failure> {
    let began = Instant::now();
    let job = Job::plan(args, lang)?;
    if args.dump_config {
        return dump::dump(&job);
    }
    if args.fix && !args.diff && !args.quiet {
        interrupt::mending(job.lang);
    }
    let mut known = known::Known::of(args)?;
    let mut outputs = write::Outputs::of(&job)?;
    let mut report = write::Report::begin(&job, &mut outputs)?;
    let mut held = Vec::new();
    for batch in job.tasks.chunks(BATCH) {
        let outcomes = lint::all(&job, &known, batch);
        if folder::is_wanted(&job) {
            held.extend(folder::lightened(batch, outcomes));
        } else {
            report.add(filter::gathered(&job, known.filtered(filter::filtered(&job, outcomes))))?;
        }
    }
    folder::check(&job, &mut held);
    report.add(filter::gathered(&job, known.filtered(filter::filtered(&job, held))))?;
    let code = report.finish()?;
    outputs.finish()?;
    known.finish(&job)?;
    if args.verbose {
        dump::print_sources(&job, began.elapsed());
    }
    // The process ends; taking the dictionaries apart piece by piece would only delay that.
    std::mem::forget(job);
    Ok(code)
}
