//! Takes the files of a run one by one, so that no document must be kept until the end.

use std::io;

use zhengming_text::message::Text;

use crate::format::OutputFormat;
use crate::input::{FileReport, Run, Style};
use crate::summary::Summary;
use crate::writer::Writer;

/// A report being written. Give it the files in order, then [`finish`](Self::finish) it.
pub struct Reporter<'a> {
    run: Run<'a>,
    writer: Box<dyn Writer>,
    summary: Summary,
    out: &'a mut dyn io::Write,
}

impl<'a> Reporter<'a> {
    /// Begins a report on `out`.
    pub fn new(
        format: OutputFormat,
        run: Run<'a>,
        style: Style,
        out: &'a mut dyn io::Write,
    ) -> io::Result<Self> {
        let mut writer = format.writer(style);
        writer.begin(&run, out)?;
        Ok(Self { run, writer, summary: Summary::default(), out })
    }

    /// Writes what became of one file.
    pub fn file(&mut self, file: &FileReport<'_>) -> io::Result<()> {
        self.summary.add(file);
        self.writer.file(&self.run, file, self.out)
    }

    /// Writes that a folder could not be read, which counts as no file.
    pub fn folder(&mut self, path: &str, why: Text) -> io::Result<()> {
        self.summary.folders += 1;
        self.writer.file(&self.run, &FileReport::unreadable(path, why), self.out)
    }

    /// Ends the report and gives the counts over all files.
    pub fn finish(mut self) -> io::Result<Summary> {
        self.writer.end(&self.run, &self.summary, self.out)?;
        self.out.flush()?;
        Ok(self.summary)
    }
}

/// Writes a whole report for files that are at hand together.
pub fn write(
    format: OutputFormat,
    run: Run<'_>,
    files: &[FileReport<'_>],
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<Summary> {
    let mut reporter = Reporter::new(format, run, style, out)?;
    for file in files {
        reporter.file(file)?;
    }
    reporter.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_cannot_be_read_is_no_file() {
        let mut out = Vec::new();
        let run = Run::new("0");
        let mut reporter = Reporter::new(OutputFormat::Concise, run, Style::default(), &mut out).unwrap();
        reporter.folder("密", Text::new("无法读取", "cannot be read")).unwrap();
        let totals = reporter.finish().unwrap();
        assert_eq!((totals.files, totals.unreadable, totals.folders), (0, 0, 1));
        assert_eq!(
            totals.line(zhengming_text::message::Lang::Zh),
            "共检查 0 个文件，未发现问题；1 个文件夹无法读取"
        );
        assert_eq!(String::from_utf8(out).unwrap(), "密: error: 无法读取\n");
    }
}
