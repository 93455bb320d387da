//! Stage 5: the report, patches, mended texts, and the exit status.

use std::io::{self, IsTerminal, Write};

use zhengming::{Applicability, Format, Text};
use zhengming_formats::encoding;
use zhengming_report::{Checked, FileReport, OutputFormat, Reporter, Run, Style, write_statistics};
use zhengming_text::diagnostic::Fix;

use super::job::Job;
use super::{CheckedFile, Outcome};
use crate::args::{CheckArgs, Color};
use crate::failure::{self, Failure, print_error};
use crate::output::{self, Output};
use crate::{FAILED, FOUND};

/// Where a run writes to.
pub(super) struct Outputs {
    report: Output,
    /// What is no report: patches, the mended standard input, statistics.
    texts: Output,
}

impl Outputs {
    /// The outputs that the arguments ask for.
    pub(super) fn of(job: &Job<'_>) -> Result<Self, Failure> {
        let args = job.args;
        let wanted = match &args.output {
            Some(path) => Output::file(path)?,
            None if args.quiet => Output::nowhere(),
            None => Output::stdout(),
        };
        Ok(if args.diff || args.statistics {
            Self { report: Output::nowhere(), texts: wanted }
        } else if args.fix && job.reads_stdin() {
            // The mended text goes to standard output.
            let report = if args.output.is_some() || args.quiet { wanted } else { Output::stderr() };
            Self { report, texts: Output::stdout() }
        } else {
            Self { report: wanted, texts: Output::nowhere() }
        })
    }

    /// Puts files in their places.
    pub(super) fn finish(self) -> Result<(), Failure> {
        self.report.finish()?;
        self.texts.finish()
    }
}

/// The report while it grows from file to file.
pub(super) struct Report<'a> {
    job: &'a Job<'a>,
    reporter: Reporter<'a>,
    texts: &'a mut Output,
    /// Whether the findings are shown at all.
    shown: bool,
    /// Whether an input could not be read, or a mended one written.
    failed: bool,
    /// Whether something was found that matters.
    found: bool,
    /// Places mended, and in how many files.
    mended: (usize, usize),
    /// Files that --fix cannot rewrite though something in them could be mended: Word files, and others.
    unwritable: (usize, usize),
    /// Files that were not read again.
    recalled: usize,
}

impl<'a> Report<'a> {
    /// Begins the report.
    pub(super) fn begin(job: &'a Job<'a>, outputs: &'a mut Outputs) -> io::Result<Self> {
        let run = Run {
            tool_version: env!("CARGO_PKG_VERSION"),
            dictionaries: &job.dictionaries,
            rules: &job.rules,
            lang: job.lang,
            all: job.args.all,
            rule_pages: job
                .tasks
                .iter()
                .find_map(|task| task.settings.rule_pages.as_ref())
                .map(|one| one.value.as_str()),
        };
        let shown = !outputs.report.is_nowhere();
        let reporter = Reporter::new(format(job.args), run, style(job.args), &mut outputs.report)?;
        let texts = &mut outputs.texts;
        Ok(Self {
            job,
            reporter,
            texts,
            shown,
            failed: false,
            found: false,
            mended: (0, 0),
            unwritable: (0, 0),
            recalled: 0,
        })
    }

    /// Writes what became of some inputs.
    pub(super) fn add(&mut self, outcomes: Vec<Outcome>) -> io::Result<()> {
        outcomes.iter().try_for_each(|outcome| match &outcome.result {
            Ok(file) => self.file(outcome, file),
            Err(why) => self.unreadable(outcome, why),
        })
    }

    /// Ends the report and gives the exit status.
    pub(super) fn finish(self) -> io::Result<u8> {
        let args = self.job.args;
        let summary = self.reporter.finish()?;
        // What follows the findings would be in the way of scripts.
        if self.shown && !args.quiet && format(args) == OutputFormat::Concise {
            failure::print_totals(&summary, self.job.lang);
        }
        if args.statistics {
            write_statistics(&summary, self.job.lang, self.texts)?;
        }
        if args.fix && !args.diff && !args.quiet {
            let (places, files) = self.mended;
            failure::print_note(
                &Text::new(
                    format!("已修改 {places} 处，{files} 个文件"),
                    format!("fixed {places} places in {files} files"),
                ),
                self.job.lang,
            );
        }
        if (args.fix || args.diff) && !args.quiet {
            for note in unwritable(self.unwritable) {
                failure::print_note(&note, self.job.lang);
            }
        }
        if let Some(left_out) = self.job.left_out.as_ref().filter(|_| !args.quiet) {
            failure::print_note(left_out, self.job.lang);
        }
        if args.verbose {
            let recalled = self.recalled;
            failure::print_note(
                &Text::new(
                    format!("{recalled} 个文件没有改动，沿用以前的结果"),
                    format!("{recalled} files were unchanged: earlier results used"),
                ),
                self.job.lang,
            );
        }
        Ok(match (self.failed, self.found) {
            (true, _) => FAILED,
            (false, true) => FOUND,
            (false, false) => 0,
        })
    }

    fn unreadable(&mut self, outcome: &Outcome, why: &Text) -> io::Result<()> {
        let name = &outcome.name;
        self.failed = true;
        if !self.shown {
            print_error(&failure::named(name, why), self.job.lang);
        }
        if outcome.is_folder {
            return self.reporter.folder(name, why.clone());
        }
        self.reporter.file(&FileReport::unreadable(name, why.clone()))
    }

    fn file(&mut self, outcome: &Outcome, file: &CheckedFile) -> io::Result<()> {
        let (name, lang) = (&outcome.name, self.job.lang);
        self.found |= file.diagnostics.iter().any(|diagnostic| diagnostic.severity >= file.fail_on);
        if let Some(why) = &file.not_written {
            self.failed = true;
            print_error(&failure::named(name, why), lang);
        }
        self.recalled += usize::from(file.recalled);
        self.mended = (self.mended.0 + file.applied, self.mended.1 + usize::from(file.applied > 0));
        let format = file.document.inner().format();
        let is_text = Format::from_name(format).is_some_and(Format::is_text);
        let is_safe = |fix: &Fix| fix.applicability == Applicability::Safe && !fix.edits.is_empty();
        if !is_text && file.diagnostics.iter().any(|one| one.fixes.iter().any(is_safe)) {
            *(if format == "docx" { &mut self.unwritable.0 } else { &mut self.unwritable.1 }) += 1;
        }
        if file.unpatchable {
            let why = Text::new(
                "不是 UTF-8 文件，补丁只供阅读；请用 --fix 修改",
                "not in UTF-8: the patch is for reading, use --fix to mend the file",
            );
            failure::print_note(&failure::named(name, &why), lang);
        }
        let args = self.job.args;
        self.failed |= args.strict_reading && file.document.inner().notes().iter().any(|note| note.missed);
        if args.verbose {
            failure::print_note(&failure::named(name, &file.document.inner().ledger().text()), lang);
        }
        for note in
            file.document.inner().notes().iter().filter(|note| args.verbose || note.missed && !args.quiet)
        {
            failure::print_note(&failure::named(name, &note.message), lang);
        }
        self.texts.write_all(file.diff.as_bytes())?;
        self.texts.write_all(file.fixed.as_deref().unwrap_or_default())?;
        let document = file.document.inner();
        let stored = document.encoding();
        let stored_len = |text: &str| encoding::stored_len(text, stored);
        self.reporter.file(&FileReport {
            path: name,
            outcome: Ok(Checked {
                document,
                diagnostics: &file.diagnostics,
                suppressed: file.suppressed,
                unregistered: &file.unregistered,
                stored_len: (stored.name != "UTF-8").then_some(&stored_len),
            }),
        })
    }
}

/// What to do with Word files and others that are not rewritten.
fn unwritable((word, others): (usize, usize)) -> Vec<Text> {
    let mut notes = Vec::new();
    if word > 0 {
        notes.push(Text::new(
            format!("{word} 个 Word 文件没有直接改写：用 zhengming annotate 文件.docx -o 新文件.docx --tracked 写成批注和修订"),
            format!("{word} Word files are not rewritten: `zhengming annotate FILE.docx -o NEW.docx --tracked` writes comments and tracked changes"),
        ));
    }
    if others > 0 {
        notes.push(Text::new(
            format!("{others} 个表格、PDF 一类的文件不能直接改写，请在原来的程序里修改"),
            format!("{others} spreadsheets, PDF files and the like cannot be rewritten: mend them where they were made"),
        ));
    }
    notes
}

fn format(args: &CheckArgs) -> OutputFormat {
    let on_terminal = args.output.is_none() && io::stdout().is_terminal();
    args.format.unwrap_or(if on_terminal { OutputFormat::Pretty } else { OutputFormat::Concise })
}

fn style(args: &CheckArgs) -> Style {
    let color = match args.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => args.output.is_none() && output::has_colour(),
    };
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    Style { color, width: columns.or(terminal).unwrap_or(Style::default().width) }
}
