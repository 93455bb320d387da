//! Damaged and hostile files of the formats that are no text: a clear error or fewer blocks, never a panic.

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use zhengming_text::document::Document;

use crate::properties::check;
use crate::{ReadError, read};

/// A file of `fixtures/office`, read when the test runs: a packaged crate compiles without the repository.
macro_rules! fixture {
    ($name:literal) => {
        crate::hostile::office_file($name)
    };
}
pub(crate) use fixture;

pub(crate) fn office_file(name: &str) -> &'static [u8] {
    let path = format!("{}/../../fixtures/office/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}")).leak()
}

/// Reads a file that has to be readable, and holds it to what every document must be.
pub(crate) fn document(name: &str, bytes: &[u8]) -> Document {
    let document = read(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    check(&document);
    document
}

/// The words of places and the texts of all blocks.
pub(crate) fn placed(document: &Document) -> Vec<(&str, &str)> {
    document.blocks().map(|block| (block.place().map_or("", |place| &place.words.zh), block.text())).collect()
}

/// The notes of the reader, in Chinese.
pub(crate) fn notes(document: &Document) -> Vec<&str> {
    document.notes().iter().map(|note| note.message.zh.as_str()).collect()
}

/// Why a file cannot be read, in Chinese.
pub(crate) fn refusal(name: &str, bytes: &[u8]) -> String {
    match read(name, bytes) {
        Err(error) => error.text().zh,
        Ok(document) => panic!("{name} was read: {:?}", document.source()),
    }
}

/// A package of these parts, not compressed.
pub(crate) fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        archive.start_file(*name, options).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The parts of a package.
pub(crate) fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut found = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        found.push((file.name().unwrap().to_string(), content));
    }
    found
}

/// A change of a file: a byte at a place (in thousandths), a piece cut out, a piece doubled.
#[derive(Debug, Clone)]
struct Damage {
    at: usize,
    length: usize,
    byte: u8,
    kind: u8,
}

fn damage() -> impl Strategy<Value = Vec<Damage>> {
    let one = (0..100_000usize, 1..40usize, any::<u8>(), 0..4u8);
    prop::collection::vec(one.prop_map(|(at, length, byte, kind)| Damage { at, length, byte, kind }), 1..6)
}

fn damaged(bytes: &[u8], damages: &[Damage]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for Damage { at, length, byte, kind } in damages {
        let at = at * bytes.len() / 100_000;
        let end = (at + length).min(bytes.len());
        match kind {
            0 if at < bytes.len() => bytes[at] = *byte,
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            // Digits are sizes, numbers of objects and places.
            _ => bytes[at..end]
                .iter_mut()
                .filter(|it| it.is_ascii_digit())
                .for_each(|it| *it = b'0' + byte % 10),
        }
    }
    bytes
}

fn survives(name: &str, bytes: &[u8]) {
    match read(name, bytes) {
        Ok(document) => check(&document),
        Err(error) => assert!(!error.text().zh.is_empty()),
    }
}

/// The text of the XML within a package is damaged, and the package is whole again.
fn survives_inside(name: &str, bytes: &[u8], part: usize, damages: &[Damage]) {
    let mut parts = parts(bytes);
    let part = part % parts.len();
    parts[part].1 = damaged(&parts[part].1, damages);
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, content)| (name.as_str(), &content[..])).collect();
    survives(name, &package(&parts));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn damaged_packages_are_survived(part in 0..50usize, damages in damage()) {
        for (name, bytes) in [
            ("a.odt", fixture!("features.odt")),
            ("a.xlsx", fixture!("tasks.xlsx")),
            ("a.ofd", fixture!("plan.ofd")),
        ] {
            survives(name, &damaged(bytes, &damages));
            survives_inside(name, bytes, part, &damages);
        }
    }

    #[test]
    #[cfg(feature = "pdf")]
    fn damaged_pdf_files_are_survived(damages in damage()) {
        for bytes in [fixture!("gbk.pdf"), fixture!("no-unicode.pdf"), fixture!("scan.pdf")] {
            survives("a.pdf", &damaged(bytes, &damages));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    #[cfg(feature = "pdf")]
    fn damaged_pdf_files_with_fonts_are_survived(damages in damage(), cut in 0..100usize) {
        for bytes in [fixture!("standard.pdf"), fixture!("encrypted.pdf")] {
            survives("a.pdf", &damaged(bytes, &damages));
            survives("a.pdf", &bytes[..bytes.len() * cut / 100]);
        }
    }
}

#[test]
fn truncated_files_are_refused_with_a_reason() {
    for (name, bytes) in
        [("a.odt", fixture!("plan.odt")), ("a.xlsx", fixture!("tasks.xlsx")), ("a.ofd", fixture!("plan.ofd"))]
    {
        let why = refusal(name, &bytes[..bytes.len() / 2]);
        assert!(why.contains("已损坏或不完整"), "{name}: {why}");
    }
}

#[test]
fn old_binary_files_are_told_apart() {
    for bytes in [fixture!("plan.doc"), fixture!("plan.wps")] {
        assert_eq!(read("a.doc", bytes).unwrap_err(), ReadError::Legacy);
    }
}

#[test]
fn xml_that_nests_or_declares_too_much_is_refused() {
    let body = |inner: &str| {
        format!(
            "<office:document-content><office:body><office:text>{inner}</office:text></office:body></office:document-content>"
        )
    };
    let odt = |content: &str| {
        package(&[
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", content.as_bytes()),
        ])
    };
    let deep = body(&("<text:section>".repeat(5_000) + &"</text:section>".repeat(5_000)));
    assert!(refusal("a.odt", &odt(&deep)).contains("嵌套超过"));
    let table = "<table:table><table:table-row><table:table-cell>";
    let tables = body(
        &(table.repeat(80)
            + "<text:p>浙政盯</text:p>"
            + &"</table:table-cell></table:table-row></table:table>".repeat(80)),
    );
    assert_eq!(placed(&document("a.odt", &odt(&tables))), [("表80 第1行第1列", "浙政盯")]);
    let bomb = format!("<!DOCTYPE a [<!ENTITY b \"浙政盯\">]>{}", body("<text:p>&b;</text:p>"));
    assert!(refusal("a.odt", &odt(&bomb)).contains("声明了实体"));
    let blanks = body("<text:p>甲<text:s text:c=\"4000000000\"/>乙</text:p>");
    assert_eq!(document("a.odt", &odt(&blanks)).source().len(), 106);
}
