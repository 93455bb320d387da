//! JUnit XML: one test suite per file, one failed test case per finding.

use std::fmt::Write as _;
use std::io;

use zhengming::Finding;
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Lang;

use crate::finding::decoded;
use crate::input::{FileReport, Run};
use crate::located::described;
use crate::path::slashed;
use crate::summary::Summary;
use crate::words::headline;
use crate::writer::Writer;
use crate::xml::escaped;
use zhengming_text::point::Point;

/// Writes errors and warnings as failures. A finding that is only for information is a test that passed
/// with output, and a file without findings is one test that passed.
pub(crate) struct Junit;

impl Writer for Junit {
    fn begin(&mut self, _run: &Run<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        // The counts are at the suites: the totals are not known before the last file.
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"zhengming\">\n")
    }

    fn file(&mut self, run: &Run<'_>, file: &FileReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let path = escaped(&slashed(file.path));
        let text = match &file.outcome {
            Ok(checked) => suite(&path, &decoded(file.path, checked).collect::<Vec<_>>(), run.lang),
            Err(error) => unreadable(&path, error.get(run.lang)),
        };
        out.write_all(text.as_bytes())
    }

    fn end(&mut self, _run: &Run<'_>, _summary: &Summary, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(b"</testsuites>\n")
    }
}

fn suite(path: &str, findings: &[Finding], lang: Lang) -> String {
    let failures = findings.iter().filter(|finding| fails(finding)).count();
    let mut text = head(path, findings.len().max(1), failures, 0);
    if findings.is_empty() {
        writeln!(text, "<testcase name=\"zhengming\" classname=\"{path}\" file=\"{path}\"/>")
            .expect("a string takes all text");
    }
    for finding in findings {
        case(&mut text, path, finding, lang);
    }
    text += "</testsuite>\n";
    text
}

fn unreadable(path: &str, error: &str) -> String {
    let mut text = head(path, 1, 0, 1);
    writeln!(
        text,
        "<testcase name=\"zhengming\" classname=\"{path}\" file=\"{path}\">\
         <error type=\"unreadable\" message=\"{}\"/></testcase>\n</testsuite>",
        escaped(error),
    )
    .expect("a string takes all text");
    text
}

fn head(path: &str, tests: usize, failures: usize, errors: usize) -> String {
    format!(
        "<testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"0\">\n"
    )
}

fn fails(finding: &Finding) -> bool {
    finding.severity > Severity::Info
}

fn case(text: &mut String, path: &str, finding: &Finding, lang: Lang) {
    let Point { line, column, .. } = finding.start;
    let (rule, severity) = (&finding.rule, finding.severity.name());
    // The place is part of the name, because servers take cases with the same name for one.
    let begin = format!(
        "<testcase name=\"{rule} ({line}:{column})\" classname=\"{path}\" file=\"{path}\" line=\"{line}\">"
    );
    let body = format!("{path}:{line}:{column}: {severity}[{rule}] {}", escaped(&described(finding, lang)));
    let outcome = if fails(finding) {
        let message = escaped(&headline(lang, finding));
        format!("<failure type=\"{severity}\" message=\"{message}\">{body}</failure>")
    } else {
        format!("<system-out>{body}</system-out>")
    };
    writeln!(text, "{begin}{outcome}</testcase>").expect("a string takes all text");
}
