//! The one gate for files that are opened: documents, configuration, dictionaries, lists.
//!
//! What a folder, a list or a configuration names is read if it is a regular file of a size that such files have. What
//! whoever runs the program names may be a pipe or a device as well; no more of it is read than such a file may hold.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use zhengming::Text;
use zhengming_text::message::io_refusal;

/// What a file is read as, which decides how large it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A document: what the readers of formats take.
    Document,
    /// A dictionary, a register. One of 100,000 rows has some 10 MiB.
    Dictionary,
    /// A configuration file.
    Configuration,
    /// A list of files, a baseline, digests of documents: a line for each of many.
    List,
}

impl Kind {
    /// How many bytes a file may have that begins with `start`.
    fn most(self, start: &[u8]) -> u64 {
        match self {
            Self::Document => zhengming_formats::most_bytes(start) as u64,
            Self::Dictionary => 64 << 20,
            Self::Configuration => 1 << 20,
            Self::List => 256 << 20,
        }
    }
}

/// As much of a beginning as tells the kind of a document.
const START: usize = 4 << 10;

/// Reads a file that a folder, a list or a configuration names.
///
/// # Errors
/// What the system says; no regular file; larger than such files are. The last two say so in both languages.
pub fn read(path: &Path, kind: Kind) -> io::Result<Vec<u8>> {
    // Before it is opened, because a pipe would wait for a writer; and again, because it may be another one by then.
    must_be_regular(&fs::metadata(path)?)?;
    let file = File::open(path)?;
    must_be_regular(&file.metadata()?)?;
    read_open(file, kind)
}

/// Reads a file that whoever runs the program names outright.
///
/// # Errors
/// As [`read`], but for pipes and devices.
pub fn read_named(path: &Path, kind: Kind) -> io::Result<Vec<u8>> {
    read_open(File::open(path)?, kind)
}

/// The text of a file like [`read_named`].
///
/// # Errors
/// As there, and if it is not in UTF-8.
pub fn text_named(path: &Path, kind: Kind) -> io::Result<String> {
    utf8(read_named(path, kind)?)
}

/// The text of a file like [`read`].
///
/// # Errors
/// As there, and if it is not in UTF-8.
pub fn text(path: &Path, kind: Kind) -> io::Result<String> {
    utf8(read(path, kind)?)
}

fn utf8(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()))
}

/// Reads what comes through a stream, such as standard input.
///
/// # Errors
/// As [`read_named`].
pub fn read_stream(mut stream: impl Read, kind: Kind) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(START);
    stream.by_ref().take(START as u64).read_to_end(&mut bytes)?;
    let most = kind.most(&bytes);
    stream.take((most + 1).saturating_sub(bytes.len() as u64)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_large(None, most));
    }
    Ok(bytes)
}

fn read_open(mut file: File, kind: Kind) -> io::Result<Vec<u8>> {
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return read_stream(file, kind);
    }
    let mut bytes = Vec::new();
    file.by_ref().take(START as u64).read_to_end(&mut bytes)?;
    let most = kind.most(&bytes);
    if metadata.len() > most {
        return Err(too_large(Some(metadata.len()), most));
    }
    bytes.reserve_exact(usize::try_from(metadata.len()).unwrap_or(0).saturating_sub(bytes.len()));
    // It may grow meanwhile, as logs do.
    file.take((most + 1).saturating_sub(bytes.len() as u64)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_large(None, most));
    }
    Ok(bytes)
}

fn must_be_regular(metadata: &fs::Metadata) -> io::Result<()> {
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if metadata.is_file() {
        return Ok(());
    }
    let why = Text::new(
        "不是普通文件（是管道、设备一类），没有读",
        "not a regular file but a pipe, a device or the like; it was not read",
    );
    Err(io_refusal(io::ErrorKind::InvalidInput, why))
}

fn too_large(bytes: Option<u64>, most: u64) -> io::Error {
    let (size, limit) = (bytes.map(|bytes| bytes.div_ceil(1 << 20)), most >> 20);
    let why = match size {
        Some(size) => Text::new(
            format!("文件过大：{size} MiB，这类文件的上限为 {limit} MiB；请拆成几个文件"),
            format!("too large: {size} MiB, such files may have {limit} MiB; split it"),
        ),
        None => Text::new(format!("内容过大：超过 {limit} MiB"), format!("too large: more than {limit} MiB")),
    };
    io_refusal(io::ErrorKind::FileTooLarge, why)
}

#[cfg(test)]
mod tests {
    use zhengming_text::message::io_reason_zh;

    use super::*;

    #[test]
    fn a_file_beyond_its_limit_is_refused_before_it_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.md");
        let file = File::create(&path).unwrap();
        // A file with a hole takes no room.
        file.set_len(1 << 40).unwrap();
        let error = read(&path, Kind::Document).unwrap_err();
        assert!(io_reason_zh(&error).starts_with("文件过大：1048576 MiB"), "{error}");
        file.set_len((1 << 20) + 1).unwrap();
        assert!(read(&path, Kind::Configuration).is_err());
        file.set_len(1 << 20).unwrap();
        assert_eq!(read(&path, Kind::Configuration).unwrap().len(), 1 << 20);
        assert_eq!(read(folder.path(), Kind::List).unwrap_err().kind(), io::ErrorKind::IsADirectory);
    }

    #[test]
    fn a_stream_is_read_up_to_the_limit() {
        assert!(read_stream(io::repeat(b'a'), Kind::Configuration).is_err());
        assert_eq!(read_stream(io::repeat(b'a').take(9), Kind::Configuration).unwrap(), b"aaaaaaaaa");
    }

    #[cfg(unix)]
    #[test]
    fn devices_and_pipes_are_read_only_for_who_names_them() {
        let zero = Path::new("/dev/zero");
        let error = read(zero, Kind::Dictionary).unwrap_err();
        assert!(io_reason_zh(&error).starts_with("不是普通文件"), "{error}");
        assert!(read_named(zero, Kind::Configuration).unwrap_err().to_string().starts_with("too large"));
        assert_eq!(read_named(Path::new("/dev/null"), Kind::List).unwrap(), b"");
    }
}
