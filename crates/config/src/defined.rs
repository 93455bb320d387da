//! Documents whose definitions count for all others, such as a glossary.

use std::path::PathBuf;

use zhengming::{Document, Text};
use zhengming_reading::definition::definitions;
use zhengming_text::message::io_reason_zh;

use crate::error::{ConfigError, Error};
use crate::files_read::FilesRead;
use crate::gate::Kind;
use crate::settings::{Origin, Sourced};

/// The terms that the documents at `paths` define.
///
/// # Errors
/// If one of them cannot be read; the error names it and the line that asks for it.
pub(crate) fn terms(paths: &[Sourced<PathBuf>], files: &mut FilesRead) -> Result<Vec<String>, Error> {
    let mut terms = Vec::new();
    for path in paths {
        let name = path.value.display().to_string();
        let document = files
            .read(&path.value, Kind::Document)
            .map_err(|error| {
                Text::new(
                    format!("无法读取（{}）", io_reason_zh(&error)),
                    format!("cannot be read ({error})"),
                )
            })
            .and_then(|bytes| Document::read(&name, &bytes).map_err(|error| error.text()))
            .map_err(|why| unreadable(&path.origin, &name, &why))?;
        terms.extend(definitions(document.inner()).into_iter().map(|definition| definition.text));
    }
    Ok(terms)
}

fn unreadable(origin: &Origin, name: &str, why: &Text) -> Error {
    let message =
        Text::new(format!("definitions 里的 {name} {}", why.zh), format!("{name} in definitions {}", why.en));
    match origin {
        Origin::File { file, line } => ConfigError::new(file, Some(*line), message).into(),
        _ => Error::Other(message),
    }
}
