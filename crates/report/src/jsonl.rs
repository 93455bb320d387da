//! One JSON object per finding, for `jq`, databases and other readers of lines.

use std::io;

use serde::Serialize;

use crate::finding::{FindingShown, stored};
use crate::input::{FileReport, Run};
use crate::writer::Writer;

/// Writes the findings of the JSON schema with path and format in front. A file that could not be read
/// has a line with `error` instead.
pub(crate) struct Jsonl;

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    format: &'a str,
    #[serde(flatten)]
    finding: FindingShown<'a>,
}

#[derive(Serialize)]
struct Unreadable<'a> {
    path: &'a str,
    format: Option<()>,
    error: &'a str,
}

impl Writer for Jsonl {
    fn file(&mut self, run: &Run<'_>, file: &FileReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let mut text = Vec::new();
        match &file.outcome {
            Err(error) => {
                let error = error.get(run.lang);
                serde_json::to_writer(&mut text, &Unreadable { path: file.path, format: None, error })?;
                text.push(b'\n');
            }
            Ok(checked) => {
                for finding in stored(file.path, checked) {
                    let finding = FindingShown::new(&finding, run);
                    let line = Line { path: file.path, format: checked.document.format(), finding };
                    serde_json::to_writer(&mut text, &line)?;
                    text.push(b'\n');
                }
            }
        }
        out.write_all(&text)
    }
}
