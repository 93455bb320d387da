//! What a file is, by its content.

use zhengming_formats::encoding;
use zhengming_terms::dictionary::{Dictionary, DictionaryError, DictionaryErrorKind};
use zhengming_text::message::Text;

use super::docx::cell_text;
use super::error::{ExchangeError, Fault, Notice, Notices, Place, check_size, check_values};
use super::{
    MAX_CONCEPTS, MAX_TEXT, MAX_TOML, MAX_VALUES, delimited, docx_to_text, from_csv, from_json,
    from_multiterm, from_tbx, from_xlsx, xlsx,
};
use zhengming_formats::package::Package;
use zhengming_formats::xml::{Node, Xml};

/// Reads a dictionary, whatever its form: TOML, JSON, TBX, MultiTerm XML, XLSX, CSV or TSV. `name` is the file's name, for
/// errors and where the content says too little.
///
/// # Errors
/// [`ExchangeError::NotADictionary`] for documents and for tables without a header row of terms: the
/// importer may read their [`text`]. Other errors say what is wrong with a dictionary.
pub fn read(name: &str, bytes: &[u8]) -> Result<(Dictionary, Vec<Notice>), ExchangeError> {
    let not_a_dictionary = || Err(ExchangeError::NotADictionary { file: name.to_owned() });
    match package_kind(name, bytes)? {
        Some(PackageKind::Workbook) => return from_xlsx(name, bytes),
        Some(PackageKind::Word) => return not_a_dictionary(),
        None => {}
    }
    let text = decode(name, bytes)?;
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    let start = text.trim_start();
    if start.starts_with('<') && is_tbx(start, &extension) {
        return from_tbx(name, &text);
    }
    if start.starts_with('<') && is_multiterm(start) {
        return from_multiterm(name, &text);
    }
    if start.starts_with(['{', '[']) && (extension == "json" || looks_like_json(start)) {
        return from_json(name, &text);
    }
    if extension == "toml" || is_toml(&text) {
        check_toml(&text).map_err(|fault| fault.in_file(name))?;
        return Ok((Dictionary::from_toml(name, &text)?, Vec::new()));
    }
    // A table in running text, or one with markup in its cells, comes from a document.
    let is_table = match extension.as_str() {
        "csv" | "tsv" | "tab" => delimited::has_header(&text, 20),
        _ => !text.contains('<') && delimited::has_header(&text, 1),
    };
    if is_table && !text.contains("<p>") { from_csv(name, &text) } else { not_a_dictionary() }
}

/// The same, and a table of variants first: the form that most people keep.
///
/// # Errors
/// As [`read`].
pub fn read_own(name: &str, bytes: &[u8]) -> Result<(Dictionary, Vec<Notice>), ExchangeError> {
    match variant_table(name, bytes)? {
        Some(dictionary) => Ok((dictionary, Vec::new())),
        None => read(name, bytes),
    }
}

/// A table of variants; other tables are left to the exchange formats.
fn variant_table(name: &str, bytes: &[u8]) -> Result<Option<Dictionary>, ExchangeError> {
    let ending = name.rsplit('.').next().unwrap_or_default();
    if !ending.eq_ignore_ascii_case("tsv") && !ending.eq_ignore_ascii_case("csv") {
        return Ok(None);
    }
    let Ok((text, _)) = encoding::decode(bytes) else { return Ok(None) };
    match Dictionary::from_table(name, text) {
        Ok(dictionary) => Ok(Some(dictionary)),
        Err(DictionaryError { kind: DictionaryErrorKind::MissingColumn(_), .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The text of a file that is no dictionary, for [`crate::import::import`]: Word files and workbooks as
/// paragraphs and rows, other files decoded.
///
/// # Errors
/// A damaged file, one that is no text, or more than can be read safely.
pub fn text(name: &str, bytes: &[u8]) -> Result<String, ExchangeError> {
    match package_kind(name, bytes)? {
        Some(PackageKind::Word) => Ok(docx_to_text(name, bytes)?.to_text()),
        Some(PackageKind::Workbook) => {
            let sheets = xlsx::sheets(bytes, &mut Notices::default()).map_err(|fault| fault.in_file(name))?;
            let mut out = String::new();
            for mut sheet in sheets {
                super::table::fill_merged(&mut sheet.rows);
                for row in sheet.rows {
                    let cells: Vec<String> = row.cells.iter().map(|cell| cell_text(cell)).collect();
                    out.push_str(&cells.join("\t"));
                    out.push('\n');
                }
                out.push('\n');
            }
            Ok(out)
        }
        None => decode(name, bytes),
    }
}

/// Reads the plain tables of terms in a Word file or a page: those with a header row such as 术语、定义. For documents in
/// which the importer finds nothing, because their tables have no numbers and no clauses.
///
/// # Errors
/// [`ExchangeError::NotADictionary`] if no table names a column of terms, or for files of other kinds; a damaged file.
pub fn from_tables(name: &str, bytes: &[u8]) -> Result<(Dictionary, Vec<Notice>), ExchangeError> {
    let not_a_dictionary = || Err(ExchangeError::NotADictionary { file: name.to_owned() });
    match package_kind(name, bytes)? {
        Some(PackageKind::Word) => super::from_docx_tables(name, bytes),
        Some(PackageKind::Workbook) => not_a_dictionary(),
        None => {
            let text = decode(name, bytes)?;
            if text.trim_start().starts_with('<') {
                super::from_html(name, &text)
            } else {
                not_a_dictionary()
            }
        }
    }
}

enum PackageKind {
    Workbook,
    Word,
}

fn package_kind(name: &str, bytes: &[u8]) -> Result<Option<PackageKind>, ExchangeError> {
    let unsupported = |zh: &str, en: &str| {
        Err(ExchangeError::Unsupported { file: name.to_owned(), message: Text::new(zh, en) })
    };
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return unsupported(
            "旧版 Office 文件或加密文件；请另存为不加密的 XLSX、DOCX",
            "an old or encrypted Office file; save it as XLSX or DOCX without a password",
        );
    }
    if bytes.starts_with(b"%PDF-") {
        return unsupported(
            "PDF 不作为词典读取；请先转为文本",
            "PDF is not read as a dictionary; convert it to text first",
        );
    }
    if !bytes.starts_with(b"PK\x03\x04") && !bytes.starts_with(b"PK\x05\x06") {
        return Ok(None);
    }
    let package = Package::open(bytes).map_err(|error| Fault::from(error).in_file(name))?;
    if package.has_folder("xl/") {
        Ok(Some(PackageKind::Workbook))
    } else if package.has_folder("word/") {
        Ok(Some(PackageKind::Word))
    } else {
        unsupported("压缩包不是 XLSX 或 DOCX", "the package is neither XLSX nor DOCX")
    }
}

fn decode(name: &str, bytes: &[u8]) -> Result<String, ExchangeError> {
    check_size(bytes.len(), MAX_TEXT).map_err(|fault| fault.in_file(name))?;
    let decoded = encoding::decode(bytes);
    decoded.map(|(text, _)| text).map_err(|error| ExchangeError::Undecodable { file: name.to_owned(), error })
}

/// Whether the root element is one of TBX. XML that is broken before its root is judged by the extension.
fn is_tbx(text: &str, extension: &str) -> bool {
    let mut xml = Xml::new(text);
    loop {
        match xml.node() {
            Ok(Some(Node::Open(tag))) => return matches!(tag.local(), "tbx" | "martif" | "TBX"),
            Ok(Some(_)) => {}
            Ok(None) | Err(_) => {
                return extension == "tbx"
                    || (extension == "xml" && (text.contains("<martif") || text.contains("<tbx")));
            }
        }
    }
}

/// Whether the root element is that of MultiTerm.
fn is_multiterm(text: &str) -> bool {
    let mut xml = Xml::new(text);
    while let Ok(Some(node)) = xml.node() {
        if let Node::Open(tag) = node {
            return tag.local() == "mtf";
        }
    }
    false
}

fn looks_like_json(text: &str) -> bool {
    let head: String = text.chars().take(200).filter(|c| !c.is_whitespace()).collect();
    head.starts_with("{\"") || head.starts_with("[{\"")
}

fn is_toml(text: &str) -> bool {
    let head = text.lines().map(str::trim).take(200);
    head.filter(|line| line.len() < 40).any(|line| line == "[dictionary]")
}

/// Refuses TOML whose parser would need too much memory.
fn check_toml(text: &str) -> Result<(), Fault> {
    check_size(text.len(), MAX_TOML)?;
    check_values(text, b"=,[{", MAX_VALUES / 2)?;
    if text.matches("[[").count() > MAX_CONCEPTS {
        return Err(Fault::too_many_concepts(Place::File));
    }
    Ok(())
}
