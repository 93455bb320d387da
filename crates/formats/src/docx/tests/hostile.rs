//! Files that are broken, encrypted, or made to hurt.

use proptest::prelude::*;

use super::{NS, RELS, TYPES, package, paragraph, word, word_with};
use crate::docx::annotate::{Note, annotate, strip};
use crate::properties::check;
use crate::{Format, ReadError, container, read};
use zhengming_text::span::Span;

fn error(bytes: &[u8]) -> String {
    read("a.docx", bytes).unwrap_err().text().en
}

/// Reads, annotates and strips whatever it is; none of it may panic.
fn try_everything(bytes: &[u8]) {
    if let Ok(document) = read("a.docx", bytes) {
        check(&document);
        let notes: Vec<Note> = document
            .blocks()
            .map(|block| Note { span: block.source_span(), text: "甲\n乙".to_owned(), edits: Vec::new() })
            .collect();
        if let Ok(annotated) = annotate(bytes, &notes) {
            let _ = read("a.docx", &annotated.bytes);
        }
    }
    let _ = strip(bytes);
}

#[test]
fn truncated_files_are_damaged() {
    let bytes = word(&paragraph(&["浙政钉"]));
    for length in [4, 30, bytes.len() / 2, bytes.len() - 1] {
        assert!(matches!(read("a.docx", &bytes[..length]), Err(ReadError::Unreadable(_))), "{length}");
    }
}

#[test]
fn limits_name_what_is_too_much() {
    let deep = "<w:sdt>".repeat(400) + &"</w:sdt>".repeat(400);
    assert_eq!(error(&word(&deep)), "word/document.xml line 1: XML elements are nested more than 256 deep");
    let bomb = word(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", " ".repeat(9 << 20)));
    assert!(error(&bomb).ends_with("suspiciously high compression ratio, probably a zip bomb"));
    let entity = "<!DOCTYPE d [<!ENTITY a \"b\">]><w:document/>";
    let entity =
        package(&[("[Content_Types].xml", TYPES), ("_rels/.rels", RELS), ("word/document.xml", entity)]);
    assert!(error(&entity).contains("declares entities"));
}

#[test]
fn encrypted_and_legacy_files_are_told_apart() {
    let mut ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    ole.resize(1024, 0);
    assert_eq!(read("a.doc", &ole).unwrap_err(), ReadError::Legacy);
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(error(&ole).contains("encrypted"));
}

#[test]
fn the_kind_of_an_archive_is_read_from_its_directory() {
    // A part that holds the words of other formats is no part of them.
    let odt = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", "word/document.xml xl/workbook.xml OFD.xml"),
    ]);
    assert_eq!(container::recognise("a", &odt), Ok(Some(Format::Odt)));
    let docx = package(&[("[Content_Types].xml", TYPES), ("word/document.xml", "xl/workbook.xml")]);
    assert_eq!(container::recognise("a", &docx), Ok(Some(Format::Docx)));
    assert_eq!(container::recognise("a", &package(&[("OFD.xml", "")])), Ok(Some(Format::Ofd)));
    assert_eq!(
        error(&package(&[("a.txt", "word/document.xml")])),
        "the archive is no DOCX, XLSX, ODT or OFD"
    );
}

#[test]
fn a_document_without_body_is_empty() {
    let bytes = package(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        ("word/document.xml", &format!("<w:document {NS}/>")),
    ]);
    assert_eq!(read("a.docx", &bytes).unwrap().blocks().len(), 0);
    let notes = [Note { span: Span::new(0, 0), text: "甲".to_owned(), edits: Vec::new() }];
    assert_eq!(annotate(&bytes, &notes).unwrap().exact, 0);
}

/// Pieces of documents, in any order.
fn fragments() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<w:p>",
        "</w:p>",
        "<w:r>",
        "</w:r>",
        "<w:t>",
        "</w:t>",
        "<w:t/>",
        "浙政盯",
        "&amp;",
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
        "<w:del w:author=\"正名\">",
        "</w:del>",
        "<w:ins w:author=\"正名\">",
        "</w:ins>",
        "<w:txbxContent>",
        "</w:txbxContent>",
        "<w:rPr><w:vanish/></w:rPr>",
        "<w:tab/>",
        "<w:br/>",
        "<w:fldChar w:fldCharType=\"begin\"/>",
        "<w:fldChar w:fldCharType=\"end\"/>",
        "<w:commentRangeStart w:id=\"1\"/>",
        "<w:commentRangeEnd w:id=\"1\"/>",
        "<w:commentReference w:id=\"1\"/>",
        "<w:footnoteReference w:id=\"1\"/>",
        "<w:pPr>",
        "</w:pPr>",
        "<w:sdtPr>",
        "</w:sdtPr>",
        "<w:delText>旧</w:delText>",
        "<![CDATA[甲<]]>",
        "\n",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_cause_a_panic(at in 0usize..4000, byte in any::<u8>(), cut in 0usize..4000) {
        let mut bytes = word_with(&paragraph(&["浙政", "盯"]), &[("footnotes", ""), ("comments", "")]);
        let length = bytes.len();
        bytes[at % length] = byte;
        try_everything(&bytes);
        try_everything(&bytes[..cut % length]);
    }

    #[test]
    fn no_markup_causes_a_panic(body in fragments(), notes in fragments()) {
        let comments = "<w:comment w:id=\"1\" w:author=\"正名\"/>";
        try_everything(&word_with(&body, &[("footnotes", &notes), ("comments", comments)]));
        // The same inside a frame that is well-formed more often.
        try_everything(&word(&format!("<w:p><w:r><w:t>{body}</w:t></w:r></w:p>")));
    }
}
