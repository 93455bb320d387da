//! One JSON document for scripts, schema version 1 of CONTRACT.md.

use std::io;

use serde::Serialize;
use zhengming_core::diagnostic::{Applicability, ConceptRef, Diagnostic, Fix, Severity};
use zhengming_core::message::Lang;

use crate::format::Writer;
use crate::input::{FileReport, Run};
use crate::places::{PlacedSpan, Places, clamp};
use crate::summary::Summary;

const VERSION: u32 = 1;

/// Writes the document with one line per finding, which keeps it compact and readable by line tools.
#[derive(Default)]
pub(crate) struct Json {
    /// Kept between findings, so that each costs one write and no allocation.
    buffer: Vec<u8>,
    later_file: bool,
}

impl Json {
    fn push(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
    }

    fn value(&mut self, value: &impl Serialize) -> io::Result<()> {
        Ok(serde_json::to_writer(&mut self.buffer, value)?)
    }

    fn field(&mut self, name: &str, value: &impl Serialize) -> io::Result<()> {
        self.push(name);
        self.value(value)
    }

    fn flush(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }
}

impl Writer for Json {
    fn begin(&mut self, run: &Run<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        self.field("{\"version\":", &VERSION)?;
        self.field(",\"tool\":", &Tool { name: "zhengming", version: run.tool_version })?;
        self.field(",\n\"dictionaries\":", &run.dictionaries)?;
        self.push(",\n\"files\":[");
        self.flush(out)
    }

    fn file(&mut self, run: &Run<'_>, file: &FileReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        self.push(if self.later_file { ",\n" } else { "\n" });
        self.later_file = true;
        let checked = file.outcome.as_ref().ok();
        let error = file.outcome.as_ref().err();
        self.field("{\"path\":", &file.path)?;
        self.field(",\"format\":", &checked.map(|checked| checked.document.format()))?;
        self.field(",\"encoding\":", &checked.map(|checked| checked.document.encoding().name))?;
        self.field(",\"error\":", &error.map(|error| error.get(run.lang)))?;
        self.push(",\"diagnostics\":[");
        if let Some(checked) = checked {
            let places = Places::stored(checked);
            let cx = Context { path: file.path, source: checked.document.source(), places, lang: run.lang };
            for (index, diagnostic) in checked.diagnostics.iter().enumerate() {
                self.push(if index == 0 { "\n" } else { ",\n" });
                self.value(&Finding::new(&cx, diagnostic))?;
                self.flush(out)?;
            }
        }
        self.push("]}");
        self.flush(out)
    }

    fn end(&mut self, _run: &Run<'_>, summary: &Summary, out: &mut dyn io::Write) -> io::Result<()> {
        self.field("],\n\"summary\":", summary)?;
        self.push("}\n");
        self.flush(out)
    }
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'a str,
    version: &'a str,
}

/// What the findings of one file share.
struct Context<'a> {
    path: &'a str,
    source: &'a str,
    places: Places<'a>,
    lang: Lang,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    family: &'a str,
    severity: Severity,
    message: &'a str,
    label: &'a str,
    help: Option<&'a str>,
    url: Option<&'a str>,
    text: &'a str,
    span: PlacedSpan,
    concept: Option<&'a ConceptRef>,
    fixes: Vec<FixShown<'a>>,
    related: Vec<RelatedShown<'a>>,
    location: Option<()>,
    fingerprint: String,
}

#[derive(Serialize)]
struct FixShown<'a> {
    title: &'a str,
    applicability: Applicability,
    edits: Vec<EditShown<'a>>,
}

/// `start` and `end` are bytes of the file as stored.
#[derive(Serialize)]
struct EditShown<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct RelatedShown<'a> {
    path: &'a str,
    span: PlacedSpan,
    message: &'a str,
}

impl<'a> Finding<'a> {
    fn new(cx: &Context<'a>, diagnostic: &'a Diagnostic) -> Self {
        let related = diagnostic.related.iter().map(|related| RelatedShown {
            path: cx.path,
            span: cx.places.span(related.span),
            message: related.message.get(cx.lang),
        });
        Self {
            rule: diagnostic.rule,
            family: diagnostic.family,
            severity: diagnostic.severity,
            message: diagnostic.message.get(cx.lang),
            label: diagnostic.label.get(cx.lang),
            help: diagnostic.help.as_ref().map(|help| help.get(cx.lang)),
            url: None,
            text: &cx.source[clamp(cx.source, diagnostic.span).range()],
            span: cx.places.span(diagnostic.span),
            concept: diagnostic.concept.as_ref(),
            fixes: diagnostic.fixes.iter().map(|fix| FixShown::new(cx, fix)).collect(),
            related: related.collect(),
            location: None,
            fingerprint: diagnostic.fingerprint(),
        }
    }
}

impl<'a> FixShown<'a> {
    fn new(cx: &Context<'a>, fix: &'a Fix) -> Self {
        let edits = fix.edits.iter().map(|edit| {
            let span = cx.places.span(edit.span);
            EditShown { start: span.start.byte, end: span.end.byte, text: &edit.text }
        });
        Self { title: fix.title.get(cx.lang), applicability: fix.applicability, edits: edits.collect() }
    }
}
