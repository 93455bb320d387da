//! Checkstyle XML, which many CI servers and reviewdog read.

use std::fmt::Write as _;
use std::io;

use zhengming_text::diagnostic::Severity;

use crate::finding::decoded;
use crate::input::{FileReport, Run};
use crate::located::described;
use crate::path::slashed;
use crate::summary::Summary;
use crate::writer::Writer;
use crate::xml::escaped;

/// Writes one `file` per file, also for those without findings, as Checkstyle itself does. Columns count
/// characters.
pub(crate) struct Checkstyle;

impl Writer for Checkstyle {
    fn begin(&mut self, _run: &Run<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n")
    }

    fn file(&mut self, run: &Run<'_>, file: &FileReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let mut text = format!("<file name=\"{}\">\n", escaped(&slashed(file.path)));
        match &file.outcome {
            // Line 0 stands for the file as a whole.
            Err(error) => element(&mut text, (0, 0), Severity::Error, error.get(run.lang), "unreadable"),
            Ok(checked) => {
                for finding in decoded(file.path, checked) {
                    let message = described(&finding, run.lang);
                    let place = (finding.start.line, finding.start.column);
                    element(&mut text, place, finding.severity, &message, &finding.rule);
                }
            }
        }
        text += "</file>\n";
        out.write_all(text.as_bytes())
    }

    fn end(&mut self, _run: &Run<'_>, _summary: &Summary, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(b"</checkstyle>\n")
    }
}

fn element(
    text: &mut String,
    (line, column): (usize, usize),
    severity: Severity,
    message: &str,
    source: &str,
) {
    writeln!(
        text,
        "<error line=\"{line}\" column=\"{column}\" severity=\"{}\" message=\"{}\" source=\"zhengming.{source}\"/>",
        severity.name(),
        escaped(message),
    )
    .expect("a string takes all text");
}
