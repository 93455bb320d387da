//! Where results go: standard output that may be closed at any time, standard error, or a file that is there
//! when it is complete.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use zhengming::Text;
use zhengming_report::Disarmed;

use crate::failure::{self, Failure};
use crate::interrupt;

/// One place that results go to.
pub(crate) enum Output {
    Nowhere,
    Stdout(Tolerant<BufWriter<io::Stdout>>),
    Stderr(io::Stderr),
    /// A temporary file beside the path that it is to have.
    File(BufWriter<NamedTempFile>, PathBuf),
    /// A device or a pipe, which must not be replaced by a file: `/dev/null`, `/dev/stderr`.
    Device(BufWriter<fs::File>),
}

impl Output {
    pub(crate) fn nowhere() -> Self {
        Self::Nowhere
    }

    pub(crate) fn stdout() -> Self {
        Self::Stdout(Tolerant::new(BufWriter::new(io::stdout())))
    }

    pub(crate) fn stderr() -> Self {
        Self::Stderr(io::stderr())
    }

    /// The file at `path`, which is left as it is until [`finish`](Self::finish).
    pub(crate) fn file(path: &Path) -> Result<Self, Failure> {
        Self::open(path).map_err(|error| not_written(path, &error))
    }

    fn open(path: &Path) -> io::Result<Self> {
        // A link stays a link: what it leads to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
            return Ok(Self::Device(BufWriter::new(fs::File::options().write(true).open(path)?)));
        }
        if target.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if fs::metadata(&target).is_ok_and(|metadata| metadata.permissions().readonly()) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
        let file = temporary(folder.unwrap_or(Path::new(".")))?;
        Ok(Self::File(BufWriter::new(file), target))
    }

    /// Whether what is written is lost.
    pub(crate) fn is_nowhere(&self) -> bool {
        matches!(self, Self::Nowhere)
    }

    /// Hands over what is buffered, and puts a file in its place.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        let path = match &self {
            Self::File(_, path) => Some(path.clone()),
            _ => None,
        };
        self.close().map_err(|error| match path {
            Some(path) => not_written(&path, &error),
            None => error.into(),
        })
    }

    fn close(mut self) -> io::Result<()> {
        self.flush()?;
        if let Self::File(file, path) = self {
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.as_file().sync_all()?;
            // Who might read or write the file before may do so afterwards, and nobody else.
            if let Ok(metadata) = fs::metadata(&path) {
                fs::set_permissions(file.path(), metadata.permissions())?;
            }
            interrupt::persist(file, &path).map_err(|error| error.error)?;
        }
        Ok(())
    }

    fn inner(&mut self) -> Option<&mut dyn Write> {
        match self {
            Self::Nowhere => None,
            Self::Stdout(out) => Some(out),
            Self::Stderr(out) => Some(out),
            Self::File(out, _) => Some(out),
            Self::Device(out) => Some(out),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner().map_or(Ok(bytes.len()), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner().map_or(Ok(()), Write::flush)
    }
}

/// Standard output for lines of text: what documents and dictionaries say is shown there, and never obeyed.
pub(crate) fn text() -> Disarmed<BufWriter<io::StdoutLock<'static>>> {
    Disarmed::new(BufWriter::new(io::stdout().lock()))
}

/// Whether standard output shows colours, as far as one can tell.
pub(crate) fn has_colour() -> bool {
    let asked_not = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    !asked_not && !dumb && io::stdout().is_terminal()
}

/// Refuses to write over a file that the run reads.
pub(crate) fn refuse<'p>(
    output: Option<&Path>,
    inputs: impl IntoIterator<Item = &'p Path>,
) -> Result<(), Text> {
    let Some(output) = output else { return Ok(()) };
    let Ok(target) = fs::canonicalize(output) else { return Ok(()) };
    let is_target = |input: &Path| fs::canonicalize(input).is_ok_and(|input| input == target);
    if target.is_file() && inputs.into_iter().any(is_target) {
        let name = output.display();
        return Err(Text::new(
            format!("-o {name}：这是要读的文件，会被结果覆盖；请换一个文件名"),
            format!("-o {name}: this is a file to be read, the result would replace it; choose another name"),
        ));
    }
    Ok(())
}

/// Writes to a file through a temporary one beside it, or to standard output.
pub(crate) fn write_out(target: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    let Some(path) = target else {
        io::stdout().lock().write_all(bytes)?;
        return Ok(());
    };
    replace(path, bytes).map_err(|error| not_written(path, &error))
}

/// Writes the file at `path` through a temporary one beside it. The error does not name the file.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = Output::open(path)?;
    file.write_all(bytes)?;
    file.close()
}

/// A temporary file that others may read, as far as the user's mask allows: it becomes the result.
pub(crate) fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    interrupt::temporary(|| builder.tempfile_in(folder))
}

fn not_written(path: &Path, error: &io::Error) -> Failure {
    let name = path.display();
    failure::io(&format!("{name}: 无法写入"), &format!("{name}: cannot be written"), error).into()
}

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

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_and_stays_one() {
        use std::os::unix::fs::FileTypeExt;
        let is_device = || fs::metadata("/dev/null").unwrap().file_type().is_char_device();
        // As root a wrong answer would cost the machine its /dev/null; the file type is asked for first.
        assert!(is_device());
        let mut out = Output::file(Path::new("/dev/null")).unwrap();
        assert!(matches!(out, Output::Device(_)));
        out.write_all(b"text").unwrap();
        out.finish().unwrap();
        assert!(is_device());
    }

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
