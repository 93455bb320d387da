//! What an output format does.

use std::io;

use crate::input::{FileReport, Run};
use crate::summary::Summary;

/// One output format at work: told of every file once, in order.
///
/// Writers hand over whole files or findings at a time, so `out` need not be buffered.
pub(crate) trait Writer {
    /// Before the first file.
    fn begin(&mut self, _run: &Run<'_>, _out: &mut dyn io::Write) -> io::Result<()> {
        Ok(())
    }

    /// One file.
    fn file(&mut self, run: &Run<'_>, file: &FileReport<'_>, out: &mut dyn io::Write) -> io::Result<()>;

    /// After the last file.
    fn end(&mut self, _run: &Run<'_>, _summary: &Summary, _out: &mut dyn io::Write) -> io::Result<()> {
        Ok(())
    }
}
