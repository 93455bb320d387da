//! The bytes of one input.

use std::io;

use zhengming::Text;
use zhengming_config::gate::{self, Kind};

use crate::collect::Input;
use crate::failure;

/// The name to show for an input.
pub(crate) fn name(input: &Input, stdin_filename: Option<&str>) -> String {
    match input {
        Input::Missing { path, .. } | Input::File(path) | Input::Stream(path) => path.display().to_string(),
        Input::Staged(staged) => staged.path.display().to_string(),
        Input::Stdin => stdin_filename.unwrap_or("-").to_owned(),
    }
}

/// What an input holds: no more than a document may have, so that a wrong file does not fill the memory.
pub(crate) fn bytes(input: &Input) -> Result<Vec<u8>, Text> {
    let read = match input {
        Input::Missing { why, .. } => return Err(why.clone()),
        Input::Staged(staged) => return staged.content(),
        Input::Stdin => gate::read_stream(io::stdin().lock(), Kind::Document),
        Input::Stream(path) => gate::read_named(path, Kind::Document),
        Input::File(path) => gate::read(path, Kind::Document),
    };
    read.map_err(|error| failure::io("无法读取", "cannot be read", &error))
}
