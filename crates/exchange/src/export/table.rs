//! Dictionaries as tables: one concept a row.

use zhengming_terms::dictionary::{Concept, Dictionary, Status};
use zhengming_text::leaving::Leaving;

use crate::interchange::{join_lines, join_term, join_words};

/// The columns: their headings, and their widths in a spreadsheet.
pub(super) const COLUMNS: [(&str, u32); 14] = [
    ("条目编号", 11),
    ("术语", 26),
    ("英文", 28),
    ("定义", 72),
    ("注", 48),
    ("示例", 30),
    ("来源", 28),
    ("许用", 20),
    ("拒用", 20),
    ("被取代", 20),
    ("变体", 28),
    ("解释单位", 18),
    ("专业领域", 14),
    ("标识", 24),
];

/// The cells of a concept, in the order of [`COLUMNS`].
pub(super) fn row(concept: &Concept) -> [String; COLUMNS.len()] {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let names = |status: Status| {
        let names = concept.designations.iter().filter(|designation| designation.status == status);
        join_words(&names.map(|designation| designation.text.clone()).collect::<Vec<_>>())
    };
    let variants: Vec<String> = concept.variants.iter().map(|variant| variant.surface.clone()).collect();
    [
        text(&concept.clause),
        join_term(concept.preferred()),
        join_words(&concept.english),
        text(&concept.definition),
        join_lines(&concept.notes),
        join_lines(&concept.examples),
        text(&concept.source),
        names(Status::Admitted),
        names(Status::Deprecated),
        names(Status::Superseded),
        join_words(&variants),
        text(&concept.responsible),
        text(&concept.domain),
        concept.id.clone(),
    ]
}

/// The dictionary as CSV with a header row in Chinese. It begins with a byte order mark, by which
/// spreadsheets know that it is UTF-8. What has no column is left out: kinds of variants, relations, the
/// header, remarks on designations.
pub fn to_csv(dictionary: &Dictionary) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let written = "writing to memory does not fail";
    writer.write_record(COLUMNS.map(|(heading, _)| heading)).expect(written);
    for concept in dictionary.concepts() {
        // What a dictionary says must not be run as a formula.
        writer
            .write_record(row(concept).iter().map(|cell| Leaving(cell.trim()).cell().into_owned()))
            .expect(written);
    }
    let bytes = writer.into_inner().expect(written);
    format!("\u{FEFF}{}", String::from_utf8(bytes).expect("made of strings"))
}
