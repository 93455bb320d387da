//! One finding per line, for editors and scripts.

use std::fmt::Write as _;
use std::io;

use crate::format::Writer;
use crate::input::{FileReport, Run};
use crate::places::Places;
use crate::printable::one_line;

/// Writes `path:line:col: severity[rule] message`. The severity stays English in every language,
/// because it is what scripts look for.
pub(crate) struct Concise;

impl Writer for Concise {
    fn file(&mut self, run: &Run<'_>, file: &FileReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let path = one_line(file.path);
        let checked = match &file.outcome {
            Ok(checked) => checked,
            Err(error) => return writeln!(out, "{path}: error: {}", one_line(error.get(run.lang))),
        };
        let places = Places::decoded(checked);
        let mut text = String::new();
        for diagnostic in checked.diagnostics {
            let start = places.span(diagnostic.span).start;
            let message = one_line(diagnostic.message.get(run.lang));
            writeln!(
                text,
                "{path}:{}:{}: {}[{}] {message}",
                start.line,
                start.column,
                diagnostic.severity.name(),
                diagnostic.rule,
            )
            .expect("a string takes all text");
        }
        out.write_all(text.as_bytes())
    }
}
