//! Documents that are no text files: recognised by their first bytes, read by the module of their format.

use zhengming_core::message::Text;

use crate::parts::Parts;
use crate::{Format, ReadError, docx, odt, ofd, pdf, xlsx};

/// The container format of `bytes`, or nothing if they may be text.
pub(crate) fn recognise(bytes: &[u8]) -> Result<Option<Format>, ReadError> {
    const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if bytes.starts_with(OLE) {
        return Err(ReadError::Legacy);
    }
    // Some producers write a few bytes before the header; readers accept it within the first kilobyte.
    if bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return Ok(Some(Format::Pdf));
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Ok(None);
    }
    let has = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    let format = if has(b"word/document") {
        Format::Docx
    } else if has(b"xl/workbook") {
        Format::Xlsx
    } else if has(b"OFD.xml") {
        Format::Ofd
    } else if has(b"application/vnd.oasis.opendocument.text") {
        Format::Odt
    } else {
        return Err(ReadError::Unreadable(Text::new(
            "压缩包不是 DOCX、XLSX、ODT 或 OFD",
            "the archive is no DOCX, XLSX, ODT or OFD",
        )));
    };
    Ok(Some(format))
}

/// Reads a container into `parts`; what comes back is the extracted text, which all spans count.
pub(crate) fn read(bytes: &[u8], format: Format, parts: &mut Parts) -> Result<String, ReadError> {
    match format {
        Format::Docx => docx::read(bytes, parts),
        Format::Xlsx => xlsx::read(bytes, parts),
        Format::Odt => odt::read(bytes, parts),
        Format::Pdf => pdf::read(bytes, parts),
        Format::Ofd => ofd::read(bytes, parts),
        Format::Markdown | Format::PlainText | Format::Html | Format::Csv => Err(ReadError::Binary),
    }
}
