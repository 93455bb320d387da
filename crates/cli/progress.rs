//! How far a run has come: a bar on a terminal, lines elsewhere if they are asked for, or nothing.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
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
                bar.set_message(shortened(name));
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
        Lang::Zh => "{bar:24} {pos}/{len} 份，{per_sec}，还需 {eta}  {wide_msg}",
        Lang::En => "{bar:24} {pos}/{len} documents, {per_sec}, {eta} left  {wide_msg}",
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
    bar.set_style(style.progress_chars("━╸─"));
    bar
}

/// The end of a path, which tells more than its beginning.
fn shortened(name: &str) -> String {
    const LONGEST: usize = 40;
    let excess = name.chars().count().saturating_sub(LONGEST);
    if excess == 0 {
        name.to_owned()
    } else {
        format!("…{}", name.chars().skip(excess).collect::<String>())
    }
}
