//! Word files made for the tests: what is read of them, and what is written into them.

mod annotating;
mod hostile;
mod reading;

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const NS: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="urn:wps""#;

/// A package with these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word file with this body, and parts that are named by their kind: `("footnotes", "<w:footnote …")`.
fn word_with(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document {NS}><w:body>{body}</w:body></w:document>");
    let mut rels = String::new();
    let mut texts = Vec::new();
    for (index, (kind, inner)) in parts.iter().enumerate() {
        let root = match *kind {
            "header" => "hdr",
            "footer" => "ftr",
            kind => kind,
        };
        let target = format!("{kind}{index}.xml");
        rels.push_str(&format!(
            r#"<Relationship Id="r{index}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>"#
        ));
        texts.push((format!("word/{target}"), format!("<w:{root} {NS}>{inner}</w:{root}>")));
    }
    let rels = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>"#
    );
    let mut all = vec![
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", &rels),
    ];
    all.extend(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    package(&all)
}

fn word(body: &str) -> Vec<u8> {
    word_with(body, &[])
}

/// A paragraph of runs.
fn paragraph(runs: &[&str]) -> String {
    let runs: String = runs.iter().map(|text| run(text)).collect();
    format!("<w:p>{runs}</w:p>")
}

fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

/// The text of a part of a package.
fn part(bytes: &[u8], name: &str) -> String {
    crate::package::Package::open(bytes).unwrap().text(name).unwrap().unwrap_or_default()
}
