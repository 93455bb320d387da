//! Readers of document formats: bytes in, [`Document`] out.
//!
//! [`read`] finds out the encoding and the format by itself, [`read_str`] is for callers that know both.
//! Reading cannot fail once the bytes are text: a broken file is a document with fewer blocks.

use std::fmt;

use zhengming_text::document::{Document, ReadNote};
use zhengming_text::message::Text;
use zhengming_text::span::Span;

use parts::Parts;

pub use format::{Format, LEGACY_ENDINGS, ending};

mod breaks;
pub mod cells;
mod container;
#[cfg(feature = "office")]
mod core_properties;
mod csv;
mod dates;
#[cfg(feature = "office")]
pub mod docx;
#[cfg(feature = "office")]
mod drawing;
pub mod encoding;
mod finish;
mod format;
mod front_matter;
pub mod furniture;
mod html;
mod markdown;
mod mime;
#[cfg(feature = "office")]
mod odt;
#[cfg(feature = "office")]
mod ofd;
pub mod ole;
#[cfg(feature = "office")]
pub mod package;
#[cfg(any(feature = "office", feature = "pdf"))]
mod page;
#[cfg(feature = "office")]
pub mod part_error;
mod parts;
mod pdf;
mod plain;
mod recognise;
mod spaced;
mod titles;
#[cfg(feature = "office")]
mod trail;
#[cfg(feature = "office")]
pub mod xlsx;
#[cfg(feature = "office")]
pub mod xml;

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod properties;

#[cfg(feature = "pdf")]
pub use pdf::engine as pdf_engine;

/// Files above this size are refused, because offsets and copies of them would not fit into memory.
pub const MAX_BYTES: usize = 192 << 20;

/// Texts above this size are refused: 16 million characters, which take some seconds and 300 MiB.
pub const MAX_TEXT: usize = 48 << 20;

/// How large a file may be that begins with `start`: what is packed may be larger than what is text.
pub fn most_bytes(start: &[u8]) -> usize {
    let is_packed = start.starts_with(b"PK")
        || start.starts_with(ole::SIGNATURE)
        || memchr::memmem::find(&start[..start.len().min(1 << 10)], b"%PDF-").is_some();
    if is_packed { MAX_BYTES } else { MAX_TEXT }
}

/// Why bytes could not be read as a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// The bytes are not text.
    Binary,
    /// The bytes look like text, but not in an encoding that can be decoded without loss.
    Undecodable {
        /// The encoding that fits best.
        encoding: &'static str,
        /// The first byte that does not fit it.
        offset: usize,
    },
    /// The file is a document of a known kind, but broken, encrypted or beyond the limits; why.
    Unreadable(Text),
    /// The file is in the binary format of old Word or WPS, which only an office program can convert.
    Legacy,
    /// The file is larger than [`MAX_BYTES`].
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
    },
}

impl ReadError {
    /// The error in both languages.
    pub fn text(&self) -> Text {
        match self {
            Self::Binary => Text::new("文件不是文本", "the file is not text"),
            Self::Undecodable { encoding, offset } => Text::new(
                format!("文件编码无法识别：按 {encoding} 解码，第 {offset} 字节处出错"),
                format!("the encoding is unknown: decoding as {encoding} fails at byte {offset}"),
            ),
            Self::Unreadable(why) => why.clone(),
            Self::Legacy => Text::new(
                "旧版 Word、WPS 的二进制文件，请先另存为 .docx",
                "a binary file of old Word or WPS: save it as .docx first",
            ),
            Self::TooLarge { bytes } => Text::new(
                format!("文件过大：{bytes} 字节，上限为 {MAX_BYTES} 字节"),
                format!("the file is too large: {bytes} bytes, expected at most {MAX_BYTES}"),
            ),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for ReadError {}

/// Whether the HTML element called `name`, in small letters, holds no prose: scripts, templates, fields of forms.
/// Readers of tables of HTML ask this, so that a page has the same text for all.
pub fn is_silent_element(name: &[u8]) -> bool {
    html::is_silent_element(name)
}

/// Reads a file called `name`, finding out its encoding and its format.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    read_within(name, bytes, None, 0)
}

/// The same for a file of which somebody said which `encoding` its text is in, if that is given.
pub fn read_in(name: &str, bytes: &[u8], encoding: Option<encoding::Named>) -> Result<Document, ReadError> {
    read_within(name, bytes, encoding, 0)
}

/// The same for a file that stands in `depth` others.
fn read_within(
    name: &str,
    bytes: &[u8],
    named: Option<encoding::Named>,
    depth: usize,
) -> Result<Document, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: bytes.len() });
    }
    if let Some(format) = container::recognise(name, bytes)? {
        let mut parts = Parts::default();
        return match container::read(bytes, format, depth, &mut parts) {
            Ok(text) => Ok(parts.into_document(name, format, text)),
            Err(error) if format == Format::Pdf => match container::text_instead_of_pdf(name, bytes) {
                Some(text) => {
                    let format = Format::recognise(name, &text);
                    Ok(read_str(name, text, format))
                }
                None => Err(error),
            },
            Err(error) => Err(error),
        };
    }
    if bytes.len() > MAX_TEXT {
        let (size, most) = (bytes.len().div_ceil(1 << 20), MAX_TEXT >> 20);
        return Err(ReadError::Unreadable(Text::new(
            format!("文本过大：{size} MiB，上限为 {most} MiB；请拆成几个文件"),
            format!("the text is too large: {size} MiB, expected at most {most} MiB; split it"),
        )));
    }
    let encoding::Decoded { text, encoding, damage } = match named {
        Some(named) => encoding::decode_named(bytes, named)?,
        None => encoding::decode_document(bytes)?,
    };
    let format = Format::recognise(name, &text);
    let mut document = read_str(name, text, format);
    if named.is_none() && encoding::is_guessed(bytes, &encoding) {
        document.set_inferred();
    }
    document.set_encoding(encoding);
    if let Some(damage) = damage {
        document.set_read_only();
        document.note(ReadNote { span: damage.span, missed: true, message: damage.message() });
    }
    if bytes.is_empty() && container::is_called_so(name) {
        let message = Text::new(
            "空文件（0 字节），里面没有文档：可能没有保存成功，或还没有同步下来",
            "an empty file (0 bytes) that holds no document: perhaps it was not saved, or is not yet here",
        );
        document.note(ReadNote { span: Span::new(0, 0), missed: true, message });
    }
    Ok(document)
}

/// Reads `text`, which is in `format`. The text of a format that [is no text](Format::is_text) is read as
/// plain text.
pub fn read_str(name: &str, text: String, format: Format) -> Document {
    let mut parts = Parts::default();
    match format {
        Format::Markdown => markdown::read(&text, &mut parts),
        Format::PlainText => plain::read(&text, &mut parts),
        Format::Html => html::read(&text, &mut parts),
        Format::Csv => csv::read(&text, &mut parts),
        Format::Docx | Format::Xlsx | Format::Odt | Format::Pdf | Format::Ofd => {
            plain::read(&text, &mut parts);
        }
    }
    parts.into_document(name, format, text)
}
