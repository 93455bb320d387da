//! Documents that are no text files: recognised by their first bytes, read by the module of their format.

use zhengming_text::document::Encoding;
use zhengming_text::message::Text;

use crate::parts::Parts;
use crate::{Format, LEGACY_ENDINGS, ReadError, encoding, ending, mime, ole, pdf};
#[cfg(feature = "office")]
use crate::{docx, odt, ofd, package::Package, xlsx};

/// The container format of the file called `name`, or nothing if it may be text.
pub(crate) fn recognise(name: &str, bytes: &[u8]) -> Result<Option<Format>, ReadError> {
    if bytes.starts_with(ole::SIGNATURE) {
        return Err(if ole::is_encrypted(bytes) { encrypted() } else { ReadError::Legacy });
    }
    if is_pdf(name, bytes) {
        return Ok(Some(Format::Pdf));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive(bytes).map(Some);
    }
    if let Some(refusal) = refused(name, bytes) {
        return Err(refusal);
    }
    // An empty one is what a file manager makes as a new document.
    if !bytes.is_empty() && is_called_office(name) && !is_page(bytes) {
        return Err(ReadError::Unreadable(Text::new(
            "名称是 Office 文件，内容却不是，可能没有下载完整或已损坏",
            "called an office document, but it is none: perhaps cut short or damaged",
        )));
    }
    Ok(None)
}

/// Why a file that looks like text is not read as one: it is a document in a notation of its own.
fn refused(name: &str, bytes: &[u8]) -> Option<ReadError> {
    let ending = ending(name).to_ascii_lowercase();
    let is_rtf = bytes.starts_with(b"{\\rtf") || ending == "rtf" && !bytes.is_empty();
    if is_rtf {
        return Some(ReadError::Unreadable(Text::new(
            "RTF 文件，请先用 Word 或 WPS 另存为 .docx",
            "an RTF file: save it as .docx in Word or WPS first",
        )));
    }
    let is_message = matches!(&*ending, "eml" | "mht" | "mhtml") && !bytes.is_empty();
    (is_message || mime::is_message(bytes)).then(|| {
        ReadError::Unreadable(Text::new(
            "邮件或网页归档（EML、MHT），请先另存为 .docx 或 .html",
            "a mail or web archive (EML, MHT): save it as .docx or .html first",
        ))
    })
}

fn is_called_office(name: &str) -> bool {
    Format::from_ending(ending(name)).is_some_and(|format| !format.is_text() && format != Format::Pdf)
}

/// Whether a file is called what no text is called.
pub(crate) fn is_called_so(name: &str) -> bool {
    let is_legacy = LEGACY_ENDINGS.iter().any(|one| ending(name).eq_ignore_ascii_case(one));
    is_legacy || Format::from_ending(ending(name)).is_some_and(|format| !format.is_text())
}

/// Whether the bytes begin as HTML or XML does, which some systems export under the name of Word.
fn is_page(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    text.trim_ascii_start().starts_with(b"<")
}

/// Whether the bytes are those of a PDF. Some producers write a few bytes before the header, and readers
/// accept it within the first kilobyte; but a text may speak of it there.
fn is_pdf(name: &str, bytes: &[u8]) -> bool {
    const HEAD: &[u8] = b"%PDF-";
    if bytes.starts_with(HEAD) {
        return true;
    }
    let head = &bytes[..bytes.len().min(1024)];
    let found = memchr::memmem::find_iter(head, HEAD).any(|at| {
        let before = head[..at].strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head[..at]);
        let begins_line = before.last().is_none_or(|byte| matches!(byte, b'\r' | b'\n'));
        begins_line && head.get(at + HEAD.len()).is_some_and(u8::is_ascii_digit)
    });
    found && (is_called_pdf(name) || encoding::decode(bytes).is_err())
}

fn is_called_pdf(name: &str) -> bool {
    Format::from_ending(ending(name)) == Some(Format::Pdf)
}

/// The text of a file that begins as a PDF does and cannot be read as one.
pub(crate) fn text_instead_of_pdf(name: &str, bytes: &[u8]) -> Option<String> {
    if is_called_pdf(name) {
        return None;
    }
    let decoded = encoding::decode_text(bytes).ok();
    decoded.filter(|(_, encoding)| *encoding == Encoding::UTF_8).map(|(text, _)| text)
}

fn encrypted() -> ReadError {
    ReadError::Unreadable(Text::new(
        "文件已用密码加密，请先在 Word 或 WPS 中取消密码再检查",
        "the file is encrypted with a password: remove the password in Word or WPS first",
    ))
}

/// So many documents may stand around one that is read.
const MAX_DEPTH: usize = 2;

/// How the content types of main parts end: documents and templates, without and with macros.
#[cfg(feature = "office")]
const WORD: [&str; 4] = [
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "ms-word.document.macroEnabled.main+xml",
    "ms-word.template.macroEnabledTemplate.main+xml",
];
#[cfg(feature = "office")]
const WORKBOOK: [&str; 4] = [
    "spreadsheetml.sheet.main+xml",
    "spreadsheetml.template.main+xml",
    "ms-excel.sheet.macroEnabled.main+xml",
    "ms-excel.template.macroEnabled.main+xml",
];

/// The format of a ZIP archive, by the parts that it lists.
#[cfg(feature = "office")]
fn archive(bytes: &[u8]) -> Result<Format, ReadError> {
    let mut package = Package::open(bytes)?;
    if let Some(types) = package.text("[Content_Types].xml")? {
        let is_one_of = |kinds: &[&str]| kinds.iter().any(|kind| types.contains(kind));
        if is_one_of(&WORD) {
            return Ok(Format::Docx);
        }
        if is_one_of(&WORKBOOK) {
            return Ok(Format::Xlsx);
        }
    }
    if package
        .text("mimetype")?
        .is_some_and(|kind| kind.starts_with("application/vnd.oasis.opendocument.text"))
    {
        return Ok(Format::Odt);
    }
    // What is left goes by the names of the parts, as for packages whose list of types was lost.
    if package.has("word/document.xml") {
        Ok(Format::Docx)
    } else if package.has("xl/workbook.xml") {
        Ok(Format::Xlsx)
    } else if package.has("OFD.xml") {
        Ok(Format::Ofd)
    } else {
        Err(ReadError::Unreadable(Text::new(
            "压缩包不是 DOCX、XLSX、ODT 或 OFD",
            "the archive is no DOCX, XLSX, ODT or OFD",
        )))
    }
}

#[cfg(not(feature = "office"))]
fn archive(_bytes: &[u8]) -> Result<Format, ReadError> {
    Err(without_office())
}

#[cfg(not(feature = "office"))]
fn without_office() -> ReadError {
    ReadError::Unreadable(Text::new(
        "此程序编译时未包含 DOCX、XLSX、ODT、OFD 的读取功能（特性 office）",
        "this program was built without the readers of DOCX, XLSX, ODT and OFD (feature `office`)",
    ))
}

/// Reads a container into `parts`; what comes back is the extracted text, which all spans count.
///
/// `depth` says how many documents stand around this one.
pub(crate) fn read(
    bytes: &[u8],
    format: Format,
    depth: usize,
    parts: &mut Parts,
) -> Result<String, ReadError> {
    if depth > MAX_DEPTH {
        return Err(ReadError::Unreadable(Text::new("文档嵌套过深", "documents in documents in documents")));
    }
    match format {
        #[cfg(feature = "office")]
        Format::Docx => docx::read(bytes, depth, parts),
        #[cfg(feature = "office")]
        Format::Xlsx => xlsx::read(bytes, parts),
        #[cfg(feature = "office")]
        Format::Odt => odt::read(bytes, parts),
        #[cfg(feature = "office")]
        Format::Ofd => ofd::read(bytes, parts),
        #[cfg(not(feature = "office"))]
        Format::Docx | Format::Xlsx | Format::Odt | Format::Ofd => Err(without_office()),
        Format::Pdf => pdf::read(bytes, parts),
        Format::Markdown | Format::PlainText | Format::Html | Format::Csv => Err(ReadError::Binary),
    }
}
