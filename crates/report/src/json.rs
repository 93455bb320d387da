//! One JSON document for scripts, schema version 1 of CONTRACT.md.

use std::io;

use serde::Serialize;
use zhengming_text::document::ReadNote;
use zhengming_text::message::Lang;

use crate::finding::{FindingShown, stored};
use crate::input::{FileReport, Run};
use crate::summary::Summary;
use crate::writer::Writer;

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

/// What the reader left out or could not read.
#[derive(Serialize)]
struct Note<'n> {
    message: &'n str,
    /// Whether text of the document was not read.
    missed: bool,
}

impl<'n> Note<'n> {
    fn new(note: &'n ReadNote, lang: Lang) -> Self {
        Self { message: note.message.get(lang), missed: note.missed }
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
        let notes = checked.map_or(&[][..], |checked| checked.document.notes());
        let notes: Vec<Note<'_>> = notes.iter().map(|note| Note::new(note, run.lang)).collect();
        self.field(",\"notes\":", &notes)?;
        self.field(",\"read\":", &checked.map(|checked| checked.document.ledger()))?;
        self.push(",\"diagnostics\":[");
        if let Some(checked) = checked {
            for (index, finding) in stored(file.path, checked).enumerate() {
                self.push(if index == 0 { "\n" } else { ",\n" });
                self.value(&FindingShown::new(&finding, run))?;
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
