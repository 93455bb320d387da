//! Reviewdog Diagnostic Format, whose columns count the bytes of a line.

use std::io;

use serde::Serialize;
use zhengming::Finding;
use zhengming_text::diagnostic::{Diagnostic, Elsewhere, Severity};
use zhengming_text::document::Document;
use zhengming_text::message::Lang;
use zhengming_text::span::Span;

use crate::finding::decoded;
use crate::input::{Checked, FileReport, Run};
use crate::located::described;
use crate::path::slashed;
use crate::replacement::whole;
use crate::summary::{Summary, is_edited_in_place};
use crate::writer::Writer;
use zhengming_text::places::clamp;

/// Writes one object with one line per finding.
#[derive(Default)]
pub(crate) struct Rdjson {
    later: bool,
}

impl Rdjson {
    fn push(&mut self, text: &mut Vec<u8>, shown: &Shown<'_>) -> io::Result<()> {
        text.extend_from_slice(if self.later { b",\n" } else { b"\n" });
        self.later = true;
        Ok(serde_json::to_writer(text, shown)?)
    }
}

impl Writer for Rdjson {
    fn begin(&mut self, _run: &Run<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let repository = env!("CARGO_PKG_REPOSITORY");
        write!(out, "{{\"source\":{{\"name\":\"zhengming\",\"url\":\"{repository}\"}},\n\"diagnostics\":[")
    }

    fn file(&mut self, run: &Run<'_>, file: &FileReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let path = &*slashed(file.path);
        let mut text = Vec::new();
        match &file.outcome {
            Err(error) => {
                let message = error.get(run.lang).to_owned();
                self.push(&mut text, &Shown::unreadable(path, message))?;
            }
            Ok(checked) => {
                let cx = Context::new(path, checked, run.lang);
                for (diagnostic, finding) in checked.diagnostics.iter().zip(decoded(file.path, checked)) {
                    self.push(&mut text, &cx.shown(diagnostic, &finding))?;
                }
            }
        }
        out.write_all(&text)
    }

    fn end(&mut self, _run: &Run<'_>, _summary: &Summary, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(b"]}\n")
    }
}

#[derive(Serialize)]
struct Shown<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
    #[serde(rename = "relatedLocations", skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
}

impl<'a> Shown<'a> {
    fn unreadable(path: &'a str, message: String) -> Self {
        Self {
            message,
            location: Location { path, range: None },
            severity: "ERROR",
            code: None,
            suggestions: Vec::new(),
            related: Vec::new(),
        }
    }
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

/// The end is the first byte after the range.
#[derive(Serialize, Clone, Copy)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize, Clone, Copy)]
struct Position {
    line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location<'a>,
}

/// What the findings of one file share.
struct Context<'a> {
    path: &'a str,
    document: &'a Document,
    source: &'a str,
    /// Bytes before the first line as the document counts it. Reviewdog cuts the lines of the file itself.
    mark: usize,
    lang: Lang,
}

impl<'a> Context<'a> {
    fn new(path: &'a str, checked: &Checked<'a>, lang: Lang) -> Self {
        let encoding = checked.document.encoding();
        let mark = if encoding.bom && encoding.name == "UTF-8" { '\u{FEFF}'.len_utf8() } else { 0 };
        let document = checked.document;
        Self { path, document, source: document.source(), mark, lang }
    }

    /// `diagnostic` has the bytes of the text, which are what columns count here.
    fn shown<'b>(&'b self, diagnostic: &'b Diagnostic, finding: &Finding) -> Shown<'b> {
        let related = diagnostic.related.iter().map(|related| Related {
            message: related.message.get(self.lang),
            location: match &related.elsewhere {
                Some(elsewhere) => Location { path: &elsewhere.path, range: Some(lines_only(elsewhere)) },
                None => self.location(related.span),
            },
        });
        // A suggestion of reviewdog is one range, and several of them are a choice, so the edits of a
        // fix become one.
        let fixes = diagnostic.fixes.iter().filter(|_| is_edited_in_place(self.document));
        let suggestions = fixes.filter_map(|fix| whole(self.source, fix));
        Shown {
            message: described(finding, self.lang),
            location: self.location(diagnostic.span),
            severity: match diagnostic.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Info => "INFO",
            },
            code: Some(Code { value: diagnostic.rule }),
            suggestions: suggestions
                .map(|(span, text)| Suggestion { range: self.range(span), text })
                .collect(),
            related: related.collect(),
        }
    }

    fn location(&self, span: Span) -> Location<'_> {
        Location { path: self.path, range: Some(self.range(span)) }
    }

    fn range(&self, span: Span) -> Range {
        let span = clamp(self.source, span);
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    fn position(&self, offset: usize) -> Position {
        let lines = self.document.lines();
        let line = lines.line(offset);
        let before = offset - lines.line_range(line).start;
        Position { line, column: Some(before + 1 + if line == 1 { self.mark } else { 0 }) }
    }
}

/// A place in a document that is not at hand, whose bytes in the line are not known.
fn lines_only(Elsewhere { start, end, .. }: &Elsewhere) -> Range {
    Range {
        start: Position { line: start.line, column: None },
        end: Position { line: end.line, column: None },
    }
}
