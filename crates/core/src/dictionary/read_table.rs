//! Variant tables as people keep them in spreadsheets: one variant and its preferred term a row.

use super::error::{DictionaryError, DictionaryErrorKind};
use super::{Concept, Designation, Dictionary, Header, Layer, Status, Variant, VariantFix, VariantKind};

/// What the `kind` column may say, in our own words and in those of other tables.
const KINDS: &[(&str, VariantKind)] = &[
    ("order", VariantKind::Order),
    ("word_order", VariantKind::Order),
    ("truncation", VariantKind::Truncation),
    ("char_missing", VariantKind::Truncation),
    ("short_form", VariantKind::Truncation),
    ("addition", VariantKind::Addition),
    ("char_added", VariantKind::Addition),
    ("homophone", VariantKind::Homophone),
    ("shape", VariantKind::Shape),
    ("synonym", VariantKind::Synonym),
    ("wrong_word", VariantKind::Synonym),
    ("old-name", VariantKind::OldName),
    ("old_name", VariantKind::OldName),
    ("width", VariantKind::Width),
    ("fullwidth", VariantKind::Width),
    ("case", VariantKind::Case),
    ("letter_case", VariantKind::Case),
    ("traditional", VariantKind::Traditional),
    ("punctuation", VariantKind::Punctuation),
    ("punct", VariantKind::Punctuation),
];

struct Columns {
    variant: usize,
    preferred: usize,
    kind: Option<usize>,
    fix: Option<usize>,
}

pub(super) fn read(file: &str, text: &str) -> Result<Dictionary, DictionaryError> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let first = text.lines().next().unwrap_or("");
    let delimiter = if first.contains('\t') { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut columns = None;
    let mut concepts: Vec<Concept> = Vec::new();
    let mut by_term = rustc_hash::FxHashMap::default();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| {
        let line = error.position().map_or(1, csv::Position::line);
        DictionaryErrorKind::Syntax(error.to_string()).at(file, line as usize)
    })? {
        let line = record_line(&record, text);
        let Some(columns) = &columns else {
            columns = Some(find_columns(&record, file)?);
            continue;
        };
        let (preferred, variant) = read_row(&record, columns, line).map_err(|kind| kind.at(file, line))?;
        let index = match by_term.get(preferred) {
            Some(&index) => index,
            None => {
                concepts.push(bare_concept(preferred, line));
                by_term.insert(preferred.to_owned(), concepts.len() - 1);
                concepts.len() - 1
            }
        };
        let variants = &mut concepts[index].variants;
        if variants.is_empty() {
            // Most tables have one variant for a term; a list that grows by itself takes room for four.
            variants.reserve_exact(1);
        }
        variants.push(variant);
    }
    if columns.is_none() {
        return Err(DictionaryErrorKind::MissingColumn("variant").at(file, 1));
    }
    let header =
        Header { id: file.to_owned(), title: file.to_owned(), layer: Layer::Overlay, ..Header::default() };
    Ok(Dictionary { header, concepts, file: file.to_owned() })
}

/// The line on which a record starts. With CRLF line ends the reader's own position is that of the
/// `\n` before the record, so it is moved past the line break.
fn record_line(record: &csv::StringRecord, text: &str) -> usize {
    let Some(position) = record.position() else { return 1 };
    let start = position.byte() as usize;
    let breaks = text.as_bytes()[start.min(text.len())..]
        .iter()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .filter(|&&byte| byte == b'\n')
        .count();
    position.line() as usize + breaks
}

fn find_columns(header: &csv::StringRecord, file: &str) -> Result<Columns, DictionaryError> {
    let find = |name: &str| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    let need =
        |name: &'static str| find(name).ok_or_else(|| DictionaryErrorKind::MissingColumn(name).at(file, 1));
    Ok(Columns {
        variant: need("variant")?,
        preferred: need("preferred")?,
        kind: find("kind"),
        fix: find("fix"),
    })
}

fn read_row<'r>(
    record: &'r csv::StringRecord,
    columns: &Columns,
    line: usize,
) -> Result<(&'r str, Variant), DictionaryErrorKind> {
    let cell = |index: usize| record.get(index).unwrap_or("").trim();
    let (surface, preferred) = (cell(columns.variant), cell(columns.preferred));
    if surface.is_empty() {
        return Err(DictionaryErrorKind::Empty("variant"));
    }
    if preferred.is_empty() {
        return Err(DictionaryErrorKind::Empty("preferred"));
    }
    let kind_word = columns.kind.map_or("", cell);
    let kind =
        KINDS.iter().find(|(word, _)| *word == kind_word).map_or(VariantKind::Other, |(_, kind)| *kind);
    let fix = match columns.fix.map_or("", cell) {
        "safe" => VariantFix::Safe,
        "suggest" => VariantFix::Suggest,
        "none" => VariantFix::None,
        "" if kind.is_misspelling() => VariantFix::Safe,
        "" => VariantFix::Suggest,
        value => {
            let expected = "safe, suggest, none";
            return Err(DictionaryErrorKind::UnknownValue { key: "fix", value: value.to_owned(), expected });
        }
    };
    Ok((preferred, Variant { surface: surface.to_owned(), kind, fix, unless: Vec::new(), line }))
}

fn bare_concept(term: &str, line: usize) -> Concept {
    let preferred = Designation {
        text: term.to_owned(),
        status: Status::Preferred,
        usage: None,
        since: None,
        note: None,
    };
    Concept { id: term.to_owned(), designations: vec![preferred], line, ..Concept::default() }
}
