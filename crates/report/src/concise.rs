//! One finding per line, for editors and scripts.

use std::fmt::Write as _;
use std::io;

use zhengming::Finding;

use crate::finding::decoded;
use crate::input::{FileReport, Run};
use crate::located;
use crate::printable::one_line;
use crate::shown::shown;
use crate::words::{headline, more_of_the_kind};
use crate::writer::Writer;

/// Writes `path:line:col: severity[rule] message；label`, so that a report sent to a file says what to
/// write instead; in a table `path:line:col: cell: …`, in a container `path: place: …`. The severity stays
/// English in every language, because it is what scripts look for.
pub(crate) struct Concise;

impl Writer for Concise {
    fn file(&mut self, run: &Run<'_>, file: &FileReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let path = one_line(file.path);
        let checked = match &file.outcome {
            Ok(checked) => checked,
            Err(error) => return writeln!(out, "{path}: error: {}", one_line(error.get(run.lang))),
        };
        let mut text = String::new();
        let findings: Vec<Finding> = decoded(file.path, checked).collect();
        let (shown, hidden) = shown(&findings, run.all);
        for finding in shown {
            let words = located::words(finding, run.lang);
            let words = words.map(|words| format!(" {words}")).unwrap_or_default();
            let place = if located::is_without_lines(finding) && !words.is_empty() {
                words
            } else {
                let start = finding.start;
                let space = if words.is_empty() { "" } else { ":" };
                format!("{}:{}{space}{words}", start.line, start.column)
            };
            writeln!(
                text,
                "{path}:{place}: {}[{}] {}",
                finding.severity.name(),
                finding.rule,
                headline(run.lang, finding),
            )
            .expect("a string takes all text");
        }
        if hidden > 0 {
            writeln!(text, "{path}: {}", more_of_the_kind(run.lang, hidden))
                .expect("a string takes all text");
        }
        out.write_all(text.as_bytes())
    }
}
