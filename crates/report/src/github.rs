//! Annotations of a GitHub workflow: lines of its log that it also shows beside the changed text.

use std::fmt::Write as _;
use std::io;

use zhengming::internal::rule_name;
use zhengming_text::diagnostic::Severity;

use crate::finding::decoded;
use crate::input::{FileReport, Run};
use crate::located;
use crate::path::slashed;
use crate::printable::one_line;
use crate::words::explained;
use crate::writer::Writer;
use zhengming_text::point::Point;

/// Writes `::warning file=…,line=…::message`.
pub(crate) struct Github;

impl Writer for Github {
    fn file(&mut self, run: &Run<'_>, file: &FileReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let path = slashed(file.path);
        let mut text = String::new();
        match &file.outcome {
            Err(error) => {
                let (file, error) = (property(&path), data(&format!("{path}: {}", error.get(run.lang))));
                writeln!(text, "::error file={file},title=unreadable::{error}")
                    .expect("a string takes all text");
            }
            Ok(checked) => {
                let name = property(&path);
                for finding in decoded(file.path, checked) {
                    // The log does not show the place, and beside the text GitHub shows ten findings
                    // of a step at most, so the message begins with it.
                    let place = match located::words(&finding, run.lang) {
                        Some(words) => format!(" {words}"),
                        None => format!("{}:{}", finding.start.line, finding.start.column),
                    };
                    let message = format!("{path}:{place}: {}", explained(run.lang, &finding));
                    writeln!(
                        text,
                        "::{} file={name},{},title={}::{}",
                        command(finding.severity),
                        region(finding.start, finding.end),
                        property(&format!("{} ({})", rule_name(&finding.rule, run.lang), finding.rule)),
                        data(&message),
                    )
                    .expect("a string takes all text");
                }
            }
        }
        out.write_all(text.as_bytes())
    }
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

/// GitHub takes columns only if start and end are on one line.
fn region(start: Point, end: Point) -> String {
    if start.line == end.line {
        format!("line={},col={},endLine={},endColumn={}", start.line, start.column, end.line, end.column)
    } else {
        format!("line={},endLine={}", start.line, end.line)
    }
}

/// Text as the value of a property.
fn property(text: &str) -> String {
    one_line(text).replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
}

/// Text as the message: only its line breaks and the percent sign mean something.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| one_line(line).replace('%', "%25")).collect();
    lines.join("%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_runner_would_obey_is_escaped() {
        assert_eq!(property("a,b:c%2C\r\n::error::\u{1b}"), "a%2Cb%3Ac%252C %3A%3Aerror%3A%3A\u{fffd}");
        assert_eq!(data("100%\r\n::error::甲\t乙\r丙\u{7}"), "100%25%0A::error::甲 乙\u{fffd}丙\u{fffd}");
    }
}
