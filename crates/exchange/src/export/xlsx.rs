//! Dictionaries as workbooks: the sheet 术语 has one concept a row, the sheet 变体 one variant a row.

use std::io::{Cursor, Write};

use zhengming_core::dictionary::Dictionary;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::escape;
use super::table::{COLUMNS, row};
use crate::interchange::{join_words, word};

const VARIANT_COLUMNS: [(&str, u32); 6] =
    [("变体", 28), ("规范用语", 28), ("类型", 14), ("处理", 10), ("除非", 24), ("标识", 24)];

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#;

const RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

const WORKBOOK: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="术语" sheetId="1" r:id="rId1"/><sheet name="变体" sheetId="2" r:id="rId2"/></sheets></workbook>"#;

const WORKBOOK_RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

// Style 1 is the header row. All cells are text (49), so that 3.10 stays 3.10 when it is edited.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7EEF7"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#;

/// The dictionary as a workbook that spreadsheet programs open. What has no column is left out: relations,
/// the header, remarks on designations.
pub fn to_xlsx(dictionary: &Dictionary) -> Vec<u8> {
    let concepts = dictionary.concepts();
    let terms = concepts.iter().map(|concept| row(concept).to_vec());
    let variants = concepts.iter().flat_map(|concept| {
        concept.variants.iter().map(|variant| {
            vec![
                variant.surface.clone(),
                concept.preferred().to_owned(),
                word(variant.kind),
                word(variant.fix),
                join_words(&variant.unless),
                concept.id.clone(),
            ]
        })
    });
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELATIONSHIPS.to_owned()),
        ("xl/workbook.xml", WORKBOOK.to_owned()),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONSHIPS.to_owned()),
        ("xl/styles.xml", STYLES.to_owned()),
        ("xl/worksheets/sheet1.xml", sheet(&COLUMNS, terms)),
        ("xl/worksheets/sheet2.xml", sheet(&VARIANT_COLUMNS, variants)),
    ];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let written = "writing to memory does not fail";
    for (name, text) in parts {
        // The fixed default date keeps the same dictionary the same bytes.
        writer.start_file(name, SimpleFileOptions::default()).expect(written);
        writer.write_all(text.as_bytes()).expect(written);
    }
    writer.finish().expect(written).into_inner()
}

fn sheet(columns: &[(&str, u32)], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut out = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>"#,
    );
    for (index, (_, width)) in columns.iter().enumerate() {
        let number = index + 1;
        out.push_str(&format!(
            r#"<col min="{number}" max="{number}" width="{width}" style="0" customWidth="1"/>"#
        ));
    }
    out.push_str("</cols><sheetData>");
    let headings: Vec<String> = columns.iter().map(|&(heading, _)| heading.to_owned()).collect();
    write_row(&mut out, 1, 1, &headings);
    let mut last = 1;
    for row in rows {
        last += 1;
        write_row(&mut out, last, 0, &row);
    }
    let corner = column_name(columns.len() - 1);
    out.push_str(&format!(r#"</sheetData><autoFilter ref="A1:{corner}{last}"/></worksheet>"#));
    out
}

fn write_row(out: &mut String, number: usize, style: u8, cells: &[String]) {
    out.push_str(&format!(r#"<row r="{number}">"#));
    for (index, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let column = column_name(index);
        out.push_str(&format!(
            r#"<c r="{column}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#,
            text(cell)
        ));
    }
    out.push_str("</row>");
}

/// Columns here have one letter.
fn column_name(index: usize) -> char {
    char::from(b'A' + u8::try_from(index).expect("fewer than 26 columns"))
}

/// Text of a cell. Characters that XML cannot hold are written as `_x000B_`; what looks like that already
/// gets its underscore written so.
fn text(cell: &str) -> String {
    let bytes = cell.as_bytes();
    let mut out = String::with_capacity(cell.len());
    for (at, character) in cell.char_indices() {
        match character {
            '_' if looks_escaped(&bytes[at..]) => out.push_str("_x005F_"),
            '\t' | '\n' => out.push(character),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {
                out.push_str(&format!("_x{:04X}_", u32::from(character)));
            }
            _ => out.push(character),
        }
    }
    escape(&out)
}

fn looks_escaped(bytes: &[u8]) -> bool {
    bytes.len() >= 7 && bytes[1] == b'x' && bytes[6] == b'_' && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}
