//! The library for PDF behind a door: a program may have it run in a process of its own, because files can be made to
//! break it. Without a program that asks for that, it runs where the readers run.

use std::sync::OnceLock;

use zhengming_text::message::Text;

use super::glyphs;
use crate::page::Extracted;

/// What is on the pages of a file, or why it cannot be read.
pub type Answer = Result<Pages, Text>;

/// What is on the pages of a file, as only the readers know it.
#[derive(Debug)]
pub struct Pages(pub(super) Extracted);

/// What finds out what is on the pages of the file with these bytes.
pub type Engine = fn(&[u8]) -> Answer;

static ENGINE: OnceLock<Engine> = OnceLock::new();

/// Has PDF files read by `engine`, from now on and in the whole process. Only the first call counts.
pub fn set(engine: Engine) {
    let _ = ENGINE.set(engine);
}

/// The engine in use.
pub(super) fn ask(bytes: &[u8]) -> Answer {
    ENGINE.get().copied().unwrap_or(extract)(bytes)
}

/// Reads the file in this process.
///
/// # Errors
/// Why it cannot be read.
pub fn extract(bytes: &[u8]) -> Answer {
    glyphs::extract(bytes).map(Pages).map_err(|error| error.text())
}

/// An answer as bytes, for another process of the same program.
pub fn encode(answer: Answer) -> Vec<u8> {
    let answer = answer.map(|Pages(pages)| pages);
    postcard::to_stdvec(&answer).unwrap_or_default()
}

/// The answer in these bytes; nothing if there is none.
pub fn decode(bytes: &[u8]) -> Option<Answer> {
    let answer: Result<Extracted, Text> = postcard::from_bytes(bytes).ok()?;
    Some(answer.map(Pages))
}
