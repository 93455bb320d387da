//! Writing mended files so that nothing is lost or half-written.

use std::fs;
use std::path::Path;

use zhengming::internal::stored_bytes;
use zhengming::{Document, Text};

use crate::failure;
use crate::output;

/// Writes `text` in the encoding that the file had, through a temporary file beside it.
pub(crate) fn write(path: &Path, original: &[u8], document: &Document, text: &str) -> Result<(), Text> {
    let mended = stored_bytes(original, document, text)?;
    if fs::read(path).ok().as_deref() != Some(original) {
        return Err(Text::new(
            "读取之后又被别的程序改动，没有修改",
            "left as it is: another program changed it since it was read",
        ));
    }
    output::replace(path, &mended).map_err(|error| failure::io("无法写入", "cannot be written", &error))
}
