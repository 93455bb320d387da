//! How far a run has come: a bar on a terminal, lines elsewhere if they are asked for, or nothing.

use std::fmt;
use std::io::{self, IsTerminal};
use std::path::Path;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use zhengming::{Lang, Text};

use crate::failure;

/// The progress of a run over documents, told to standard error. Shared by threads.
pub(crate) enum Progress {
    Silent,
    Bar(ProgressBar),
    Lines(Lang),
}

impl Progress {
    /// For `total` documents: lines if `verbose`, nothing if `quiet`, else a bar on a terminal.
    pub(crate) fn new(total: usize, verbose: bool, quiet: bool, lang: Lang) -> Self {
        if quiet {
            Self::Silent
        } else if verbose {
            Self::Lines(lang)
        } else if io::stderr().is_terminal() {
            Self::Bar(bar(total, lang))
        } else {
            Self::Silent
        }
    }

    /// One document was read, or could not be.
    pub(crate) fn done(&self, name: &str, error: Option<&Text>) {
        match self {
            Self::Silent => {}
            Self::Bar(bar) => {
                let file = Path::new(name).file_name().unwrap_or_default();
                bar.set_message(file.to_string_lossy().into_owned());
                bar.inc(1);
            }
            Self::Lines(lang) => {
                let note = match error {
                    Some(why) => failure::named(name, why),
                    None => Text::new(format!("已读 {name}"), format!("read {name}")),
                };
                failure::print_note(&note, *lang);
            }
        }
    }

    /// The run is over: the bar goes away.
    pub(crate) fn finish(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: usize, lang: Lang) -> ProgressBar {
    let template = match lang {
        Lang::Zh => "{bar:24} {pos}/{len} 份，每秒 {rate} 份，还需 {eta}  {wide_msg}",
        Lang::En => "{bar:24} {pos}/{len} documents, {rate} a second, {eta} left  {wide_msg}",
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let rate = |state: &ProgressState, out: &mut dyn fmt::Write| {
        // A bar that cannot be drawn is no reason to stop.
        let _ = write!(out, "{:.0}", state.per_sec());
    };
    let style = style.with_key("rate", rate);
    let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
    bar.set_style(style.progress_chars("━╸─"));
    bar
}
