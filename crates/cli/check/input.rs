//! The bytes of one input.

use std::fs;
use std::io::{self, Read};

use zhengming::Text;

use crate::collect::Input;
use crate::failure;

/// The name to show for an input.
pub(crate) fn name(input: &Input, stdin_filename: Option<&str>) -> String {
    match input {
        Input::Missing { path, .. } | Input::File(path) => path.display().to_string(),
        Input::Staged(staged) => staged.path.display().to_string(),
        Input::Stdin => stdin_filename.unwrap_or("-").to_owned(),
    }
}

/// What an input holds: no more than a document may have, so that a wrong file does not fill the memory.
pub(crate) fn bytes(input: &Input) -> Result<Vec<u8>, Text> {
    let limit = zhengming_formats::MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    let read = match input {
        Input::Missing { why, .. } => return Err(why.clone()),
        Input::Staged(staged) => return staged.content(),
        Input::Stdin => io::stdin().lock().take(limit).read_to_end(&mut bytes),
        Input::File(path) => fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)),
    };
    read.map(|_| bytes).map_err(|error| failure::io("无法读取", "cannot be read", &error))
}
