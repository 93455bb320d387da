//! Stage 2: every input read, linted and mended, by itself.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use zhengming::Text;
use zhengming::internal::{fix, fix_once, stored_bytes};
use zhengming_lint::linter::Findings;
use zhengming_report::diff::unified_diff;
use zhengming_text::diagnostic::Diagnostic;

use super::job::{Job, Task};
use super::known::Known;
use super::{CheckedFile, Outcome, cached, filter, folder, input};
use crate::collect::Input;
use crate::{configure, office};

/// The outcomes of a batch, in its order.
pub(super) fn all(job: &Job<'_>, known: &Known, batch: &[Task]) -> Vec<Outcome> {
    match &job.pool {
        Some(pool) => pool.install(|| batch.par_iter().map(|task| outcome(job, known, task)).collect()),
        None => batch.iter().map(|task| outcome(job, known, task)).collect(),
    }
}

fn outcome(job: &Job<'_>, known: &Known, task: &Task) -> Outcome {
    let name = input::name(&task.input, job.args.stdin_filename.as_deref());
    let result = input::bytes(&task.input).and_then(|bytes| {
        // A fault of ours in one document must not cost the report on all others.
        catch_unwind(AssertUnwindSafe(|| check(job, known, task, &name, &bytes)))
            .unwrap_or_else(|_| Err(our_fault()))
    });
    Outcome { name, result, is_folder: task.input.is_folder() }
}

fn our_fault() -> Text {
    Text::new(
        "检查时程序内部出错，请把这份文件和版本号告诉开发者；其他文件不受影响",
        "an internal error: please report it with this file and the version; other files are not affected",
    )
}

fn check(job: &Job<'_>, known: &Known, task: &Task, name: &str, bytes: &[u8]) -> Result<CheckedFile, Text> {
    let Some(cache) = &task.cache else { return read(job, known, task, name, bytes) };
    let (key, today) = (cache.key(name, bytes), configure::today());
    if let Some(found) = cached::recall(cache, &key, name, bytes, today, job) {
        return Ok(CheckedFile {
            suppressed: found.suppressed,
            unregistered: found.unregistered,
            summary: found.summary,
            recalled: true,
            ..CheckedFile::new(found.document, found.diagnostics, task)
        });
    }
    let file = read(job, known, task, name, bytes)?;
    cached::remember(cache, &key, &file, today);
    Ok(file)
}

fn read(job: &Job<'_>, known: &Known, task: &Task, name: &str, bytes: &[u8]) -> Result<CheckedFile, Text> {
    let document = office::read_in(name, bytes, job.args.reading.encoding)?;
    let (Findings { diagnostics, suppressed, unregistered }, summary) = if folder::is_wanted(job) {
        let (findings, summary) = task.linter.inner().check_and_summarize(document.inner());
        (findings, Some(summary))
    } else {
        (task.linter.check(&document), None)
    };
    let mut file = CheckedFile {
        suppressed: suppressed.len(),
        unregistered,
        summary,
        ..CheckedFile::new(document, diagnostics, task)
    };
    if job.args.diff || job.args.fix {
        let mendable = filter::mendable(job, known, name, &file);
        mend(job, task, bytes, mendable.as_deref(), &mut file);
    }
    Ok(file)
}

/// Applies the fixes, or shows what they would change: of `mendable` only, if that is given.
fn mend(job: &Job<'_>, task: &Task, bytes: &[u8], mendable: Option<&[Diagnostic]>, file: &mut CheckedFile) {
    let suggestions = job.args.r#unsafe;
    let fixed = match mendable {
        Some(some) => fix_once(&task.linter, &file.document, some, suggestions),
        None => fix(&task.linter, &file.document, &file.diagnostics, suggestions),
    };
    let before = file.document.inner();
    let after = fixed.as_ref().map_or(before.source(), |fixed| fixed.text.as_str());
    if job.args.diff {
        // A patch is about the file, which begins with its byte order mark.
        let mark = if before.encoding().bom { "\u{feff}" } else { "" };
        let stored = |text: &str| format!("{mark}{text}");
        file.diff = unified_diff(before.name(), &stored(before.source()), &stored(after));
        file.unpatchable = !file.diff.is_empty() && before.encoding().name != "UTF-8";
        return;
    }
    let written = match &task.input {
        Input::Stdin => stored_bytes(bytes, &file.document, after).map(|mended| file.fixed = Some(mended)),
        Input::File(path) if fixed.is_some() => crate::fix::write(path, bytes, &file.document, after),
        _ => Ok(()),
    };
    match (written, fixed) {
        (Err(why), _) => file.not_written = Some(why),
        (Ok(()), Some(fixed)) => {
            file.document = fixed.document;
            file.diagnostics = fixed.diagnostics;
            file.suppressed = fixed.suppressed;
            file.applied = fixed.applied;
        }
        (Ok(()), None) => {}
    }
}
