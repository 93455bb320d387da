//! The last of stage 4: the baseline, which is read before the first file and perhaps written after the
//! last one.

use zhengming::Text;

use super::Outcome;
use super::plan::Job;
use crate::args::CheckArgs;
use crate::baseline::Baseline;
use crate::failure::{self, Failure};

/// What the run does with a baseline.
pub(super) enum Known {
    Nothing,
    /// Leaves out what it knows.
    Compare(Baseline),
    /// Writes what is found.
    Write(Baseline),
}

impl Known {
    /// What the arguments ask for.
    pub(super) fn of(args: &CheckArgs) -> Result<Self, Failure> {
        Ok(match (&args.baseline, &args.write_baseline) {
            (Some(path), _) => Self::Compare(Baseline::load(path)?),
            (None, Some(path)) => Self::Write(Baseline::create(path)?),
            (None, None) => Self::Nothing,
        })
    }

    /// The outcomes with those findings alone that the baseline does not know. What is being written to it
    /// is known from now on.
    pub(super) fn filtered(&mut self, mut outcomes: Vec<Outcome>) -> Vec<Outcome> {
        for outcome in &mut outcomes {
            let Ok(file) = &mut outcome.result else { continue };
            match self {
                Self::Nothing => {}
                Self::Compare(baseline) => baseline.filter(&outcome.name, &mut file.diagnostics),
                Self::Write(baseline) => {
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
            Self::Write(baseline) => {
                let count = baseline.rewrite(ran)?;
                let path = baseline.path().display();
                Text::new(
                    format!("已把 {count} 处结果写入基线 {path}"),
                    format!("wrote {count} findings to the baseline {path}"),
                )
            }
            Self::Compare(baseline) => {
                let path = baseline.path().display();
                let fixed = if args.ratchet { baseline.ratchet(ran)? } else { baseline.fixed(ran) };
                let mut note = Text::new(
                    format!("基线 {path} 已有的 {} 处没有列出", baseline.hidden()),
                    format!("left out {} findings that the baseline {path} knows", baseline.hidden()),
                );
                if fixed > 0 && args.ratchet {
                    note.zh += &format!("；{fixed} 条已经改好，已从基线中删去");
                    note.en += &format!("; {fixed} entries are fixed and were taken out of it");
                } else if fixed > 0 {
                    note.zh += &format!("；{fixed} 条已经改好，可用 --ratchet 从基线中删去");
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
