//! Standard output that may be closed at any time.

use std::io::{self, Write};

/// A writer that swallows everything once its reader has gone: the work goes on, and so does the exit
/// status.
pub(crate) struct Tolerant<W> {
    inner: Option<W>,
}

impl<W: Write> Tolerant<W> {
    pub(crate) fn new(inner: W) -> Self {
        Self { inner: Some(inner) }
    }

    fn attempt<T>(&mut self, swallowed: T, write: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        let Some(inner) = &mut self.inner else { return Ok(swallowed) };
        match write(inner) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.inner = None;
                Ok(swallowed)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for Tolerant<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.attempt(bytes.len(), |inner| inner.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.attempt((), Write::flush)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
    }

    #[test]
    fn a_closed_reader_is_no_error() {
        let mut out = Tolerant::new(Closed);
        assert!(out.write_all(b"text").is_ok() && out.flush().is_ok());
        assert_eq!(out.write(b"more").unwrap(), 4);
    }
}
