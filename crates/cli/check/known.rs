//! The last of stage 4: the baseline, which is read before the first file and perhaps written after the
//! last one.

use zhengming::Text;
use zhengming_text::diagnostic::Diagnostic;

use super::job::Job;
use super::{CheckedFile, Outcome};
use crate::args::CheckArgs;
use crate::baseline::Baseline;
use crate::failure::{self, Failure};

/// What the run does with a baseline. The number is that of the findings that it takes: a baseline counts places,
/// of which a report gathers several into one finding.
pub(super) enum Known {
    Nothing,
    /// Leaves out what it knows.
    Compare(Baseline, usize),
    /// Writes what is found.
    Write(Baseline, usize),
}

impl Known {
    /// What the arguments ask for.
    pub(super) fn of(args: &CheckArgs) -> Result<Self, Failure> {
        Ok(match (&args.baseline, &args.write_baseline) {
            (Some(path), _) => Self::Compare(Baseline::load(path)?, 0),
            (None, Some(path)) => Self::Write(Baseline::create(path)?, 0),
            (None, None) => Self::Nothing,
        })
    }

    /// Leaves what is to be reported of the file at `path`, before that is done for good.
    pub(super) fn retain_new(&self, path: &str, diagnostics: &mut Vec<Diagnostic>) {
        if let Self::Compare(baseline, _) = self {
            baseline.retain_new(path, diagnostics);
        }
    }

    /// The outcomes with those findings alone that the baseline does not know. What is being written to it
    /// is known from now on.
    pub(super) fn filtered(&mut self, mut outcomes: Vec<Outcome>) -> Vec<Outcome> {
        for outcome in &mut outcomes {
            let Ok(file) = &mut outcome.result else { continue };
            match self {
                Self::Nothing => {}
                Self::Compare(baseline, findings) => {
                    let before = told(file);
                    baseline.filter(&outcome.name, &mut file.diagnostics);
                    *findings += before.saturating_sub(told(file));
                }
                Self::Write(baseline, findings) => {
                    *findings += told(file);
                    baseline.note(&outcome.name, &file.diagnostics);
                    file.diagnostics.clear();
                }
            }
        }
        outcomes
    }

    /// Writes the file if that is asked for, and says what has changed.
    pub(super) fn finish(&self, job: &Job<'_>) -> Result<(), Failure> {
        let args = job.args;
        // A rule that did not run, or of which not everything is shown, tells nothing about its entries.
        let shows_all = job.tasks.iter().all(|task| task.settings.min_severity.is_none());
        let complete = shows_all && job.changed.is_none() && !args.staged;
        let ran = |id: &str| complete && job.rules.iter().any(|rule| rule.id == id);
        let note = match self {
            Self::Nothing => return Ok(()),
            Self::Write(baseline, findings) => {
                let count = counted(*findings, baseline.rewrite(ran)?);
                let path = baseline.path().display();
                Text::new(
                    format!("已把{}写入基线 {path}", count.zh),
                    format!("wrote {} to the baseline {path}", count.en),
                )
            }
            Self::Compare(baseline, _) if baseline.stray().is_some() => {
                let (file, path) = (baseline.path().display(), baseline.stray().unwrap_or_default());
                Text::new(
                    format!(
                        "基线 {file} 里的路径（如 {path}）一个也对不上，没有用到：路径从基线文件所在的文件夹算起，请把基线放回原处，或用 --write-baseline 重写"
                    ),
                    format!(
                        "no path of the baseline {file} (such as {path}) is found, so it was of no use: paths start in its own folder; put it back there or rewrite it with --write-baseline"
                    ),
                )
            }
            Self::Compare(baseline, findings) => {
                let count = counted(*findings, baseline.hidden());
                let path = baseline.path().display();
                let fixed = if args.ratchet { baseline.ratchet(ran)? } else { baseline.fixed(ran) };
                let mut note = Text::new(
                    format!("基线 {path} 已有的{}没有列出", count.zh),
                    format!("left out {} that the baseline {path} knows", count.en),
                );
                if fixed > 0 && args.ratchet {
                    note.zh += &format!("；{fixed} 项已经改好，已从基线中删去");
                    note.en += &format!("; {fixed} entries are fixed and were taken out of it");
                } else if fixed > 0 {
                    note.zh += &format!("；{fixed} 项已经改好，可用 --ratchet 从基线中删去");
                    note.en += &format!("; {fixed} entries are fixed: take them out with --ratchet");
                }
                note
            }
        };
        if !args.quiet {
            failure::print_note(&note, job.lang);
        }
        Ok(())
    }
}

/// How many findings a report tells of.
fn told(file: &CheckedFile) -> usize {
    file.linter.inner().gathered(file.diagnostics.clone()).len()
}

/// So many findings, at so many places.
fn counted(findings: usize, places: usize) -> Text {
    let mut text = Text::new(format!(" {findings} 条结果"), format!("{findings} findings"));
    if places != findings {
        text.zh += &format!("（{places} 处）");
        text.en += &format!(" ({places} places)");
    }
    text
}
