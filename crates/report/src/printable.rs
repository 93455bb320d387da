//! Text of documents and paths for a terminal, and a writer through which nothing else gets there.

use std::borrow::Cow;
use std::io::{self, Write};

use zhengming_text::leaving::Leaving;

/// The text with U+FFFD for what a terminal might obey; tabs and line feeds stay.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    Leaving(text).shown()
}

/// Like [`printable`], with a space for every tab and line break.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    Leaving(text).line()
}

/// A writer for text without colours: whatever is written through it, a terminal shows it and obeys none of it.
#[derive(Debug)]
pub struct Disarmed<W: Write> {
    inner: W,
    /// The beginning of a character of which the rest is to come.
    rest: Vec<u8>,
}

impl<W: Write> Disarmed<W> {
    /// Writes to `inner`.
    pub fn new(inner: W) -> Self {
        Self { inner, rest: Vec::new() }
    }
}

impl<W: Write> Write for Disarmed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = std::mem::take(&mut self.rest);
        all.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&all) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => all.len(),
        };
        self.rest = all.split_off(whole);
        self.inner.write_all(printable(&String::from_utf8_lossy(&all)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_gets_through() {
        let text = "甲\u{1b}]0;乙\u{7}\u{9b}31m\u{202e}丙\n\t丁";
        for step in 1..7 {
            let mut out = Disarmed::new(Vec::new());
            text.as_bytes().chunks(step).for_each(|chunk| out.write_all(chunk).unwrap());
            let written = String::from_utf8(out.inner).unwrap();
            assert_eq!(written, "甲\u{fffd}]0;乙\u{fffd}\u{fffd}31m\u{fffd}丙\n\t丁");
        }
    }
}
