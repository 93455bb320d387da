//! Writing review comments and tracked changes into a Word file, touching nothing else.
//!
//! The parts are never written anew: bytes are put in where a comment begins and ends, and runs are cut
//! there with their formatting on both sides. Parts without a change are copied as they are packed.

mod cuts;
mod parts;
mod splice;
mod strip;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Write};

use zhengming_text::diagnostic::Edit;
use zhengming_text::message::Text;
use zhengming_text::span::Span;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::comments::{self, Comment};
use super::story::Commented;
use super::{AUTHOR, story, target};
use crate::ReadError;
use crate::package::{Package, is_same_name};
use crate::part_error::{PartError, PartPlace};
use cuts::Cuts;

/// A remark on some text of a Word file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The text that it is about, in the extracted text.
    pub span: Span,
    /// The remark, a paragraph for each line.
    pub text: String,
    /// Changes to be proposed as tracked insertions and deletions.
    pub edits: Vec<Edit>,
}

/// A Word file with its notes.
#[derive(Debug)]
pub struct Annotated {
    /// The file.
    pub bytes: Vec<u8>,
    /// Comments that stand at exactly the text they are about.
    pub exact: usize,
    /// Comments that stand at a reference or at the beginning, because Word allows none in headers,
    /// footers, notes and text boxes.
    pub elsewhere: usize,
    /// Notes whose changes were written as tracked ones.
    pub tracked: usize,
}

/// Writes a comment for each of `notes` into the file, and tracked changes for those with edits.
///
/// The spans count in the text of exactly these bytes. What an earlier run of this program wrote should
/// be [stripped](strip) before the file is read.
///
/// # Errors
/// A file that cannot be read, as for reading it.
pub fn annotate(bytes: &[u8], notes: &[Note]) -> Result<Annotated, ReadError> {
    let mut package = Package::open(bytes)?;
    let (main, text) = package.main_part("word/document.xml")?;
    let related = package.related(&main)?;
    let mut story = story(&mut package, &main, &text, &related, 0)?;
    let mut sources = HashMap::from([(main.clone(), text)]);
    for part in &story.map.parts {
        if !sources.contains_key(part)
            && let Some(text) = Package::open(bytes)?.text(part)?
        {
            sources.insert(part.clone(), text);
        }
    }
    if let Some((part, _)) = sources.iter().find(|(_, text)| parts::word_prefix(text).is_none()) {
        return Err(not_as_expected(part).into());
    }
    let part = target(&related, "comments").map(str::to_owned);
    let existing = match &part {
        Some(part) => Package::open(bytes)?.text(part)?,
        None => None,
    };
    let known = match (&part, &existing) {
        (Some(part), Some(text)) => comments::read(text, part)?,
        _ => Vec::new(),
    };
    let commented = std::mem::take(&mut story.comments);
    let mut notes: Vec<&Note> = notes.iter().filter(|note| !is_told(note, &known, &commented)).collect();
    notes.sort_by_key(|note| (note.span.start, note.span.end));

    let first =
        known.iter().filter_map(|comment| comment.id.parse::<u32>().ok()).max().map_or(0, |id| id + 1);
    let mut cuts = Cuts::new(&story, &main, &sources, first);
    for note in &notes {
        cuts.note(note);
    }
    let (exact, elsewhere, tracked) = (cuts.exact, cuts.elsewhere, cuts.tracked);
    let written = cuts.written.clone();
    let mut changed: BTreeMap<String, String> = cuts.apply();
    if written.iter().any(Option::is_some) {
        let texts = notes.iter().zip(&written).filter_map(|(note, id)| Some(((*id)?, note.text.as_str())));
        parts::add_comments(bytes, &main, part, existing, texts, &mut changed)?;
    }
    Ok(Annotated { bytes: rewritten(bytes, changed)?, exact, elsewhere, tracked })
}

/// The file without the comments and tracked changes that this program wrote; the changes are rejected.
///
/// A comment that somebody has replied to stays.
///
/// # Errors
/// A file that cannot be read, as for reading it.
pub fn strip(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let changed = strip::strip(bytes)?;
    if changed.is_empty() { Ok(bytes.to_vec()) } else { rewritten(bytes, changed) }
}

/// Whether a comment of ours, which was kept for its replies, says the same of the same text.
fn is_told(note: &Note, known: &[Comment], commented: &HashMap<String, Commented>) -> bool {
    known.iter().any(|comment| {
        comment.author == AUTHOR
            && comment.text == note.text.trim()
            && commented
                .get(&comment.id)
                .is_some_and(|about| about.start == Some(note.span.start) && about.end == Some(note.span.end))
    })
}

/// The package with some parts changed or added; all others are copied as they are packed.
fn rewritten(bytes: &[u8], mut changed: BTreeMap<String, String>) -> Result<Vec<u8>, ReadError> {
    let failed = |error: &dyn std::fmt::Display| {
        ReadError::Unreadable(Text::new(
            format!("无法改写压缩包：{error}"),
            format!("the package cannot be rewritten: {error}"),
        ))
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| failed(&error))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(|error| failed(&error))?;
        let name = file.name().map_err(|error| failed(&error))?.into_owned();
        let text = changed.keys().find(|part| is_same_name(part.as_bytes(), name.as_bytes())).cloned();
        match text.and_then(|part| changed.remove(&part)) {
            None => writer.raw_copy_file(file).map_err(|error| failed(&error))?,
            Some(text) => {
                drop(file);
                writer.start_file(name, SimpleFileOptions::default()).map_err(|error| failed(&error))?;
                writer.write_all(declared_utf8(&text).as_bytes()).map_err(|error| failed(&error))?;
            }
        }
    }
    for (name, text) in changed {
        writer.start_file(name, SimpleFileOptions::default()).map_err(|error| failed(&error))?;
        writer.write_all(text.as_bytes()).map_err(|error| failed(&error))?;
    }
    Ok(writer.finish().map_err(|error| failed(&error))?.into_inner())
}

/// The part as it is written: in UTF-8, whatever encoding its declaration named when it was read.
fn declared_utf8(text: &str) -> Cow<'_, str> {
    let Some(end) = text.strip_prefix("<?xml").and_then(|rest| rest.find("?>")).map(|at| at + 5) else {
        return Cow::Borrowed(text);
    };
    let declaration = &text[..end];
    let value = declaration.find("encoding").and_then(|at| {
        let quote = at + declaration[at..].find(['"', '\''])?;
        let mark = declaration[quote..].chars().next()?;
        let length = declaration[quote + 1..].find(mark)?;
        Some(quote + 1..quote + 1 + length)
    });
    match value {
        Some(value) if !text[value.clone()].eq_ignore_ascii_case("utf-8") => {
            Cow::Owned(format!("{}UTF-8{}", &text[..value.start], &text[value.end..]))
        }
        _ => Cow::Borrowed(text),
    }
}

/// An error for a part that is not what its name says.
fn not_as_expected(part: &str) -> PartError {
    PartError::malformed(PartPlace::part(part), "结构与预期不符", "not structured as expected")
}
