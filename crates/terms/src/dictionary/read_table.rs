//! Variant tables as people keep them in spreadsheets: one variant and its preferred term a row.

use memchr::{memchr, memchr_iter};
use rustc_hash::FxHashMap;

use super::check;
use super::error::{DictionaryError, DictionaryErrorKind};
use super::table::{Rows, Table, TableVariant, bare_concept};
use super::{Concept, Dictionary, Entries, Header, Layer, VariantFix, VariantKind};

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

/// The cells of a row that are understood.
struct Cells<'r> {
    variant: &'r str,
    preferred: &'r str,
    kind: &'r str,
    fix: &'r str,
}

pub(super) fn read(file: &str, mut text: String) -> Result<Dictionary, DictionaryError> {
    if text.starts_with('\u{FEFF}') {
        text.remove(0);
    }
    let first = text.lines().next().unwrap_or("");
    let delimiter = if first.contains('\t') { '\t' } else { ',' };
    let is_plain = memchr(b'"', text.as_bytes()).is_none() && u32::try_from(text.len()).is_ok();
    if is_plain && let Some(rows) = plain(file, &text, delimiter)? {
        let entries = Entries::Table(Table::new(text, rows));
        return Ok(Dictionary { header: header(file), entries, file: file.to_owned() });
    }
    let dictionary = Dictionary::unchecked(file, header(file), quoted(file, &text, delimiter)?);
    check::check(&dictionary)?;
    Ok(dictionary)
}

fn header(file: &str) -> Header {
    Header { id: file.to_owned(), title: file.to_owned(), layer: Layer::Overlay, ..Header::default() }
}

/// Reads a table without quotation marks; nothing if it contradicts itself. Such tables can be long.
fn plain(file: &str, text: &str, delimiter: char) -> Result<Option<Rows>, DictionaryError> {
    let mut table = Rows::default();
    let mut columns = None;
    let breaks = memchr_iter(b'\n', text.as_bytes()).count();
    // What stands for which term, and whether as a variant.
    let mut spellings: FxHashMap<&str, (u32, bool)> = FxHashMap::default();
    spellings.reserve(2 * breaks);
    let offset = |cell: &str| cell.as_ptr() as usize - text.as_ptr() as usize;
    let mut contradicts = false;
    for (line, row) in
        text.split('\n').enumerate().flat_map(|(at, rows)| rows.split('\r').map(move |row| (at + 1, row)))
    {
        if row.is_empty() {
            continue;
        }
        let Some(columns) = &columns else {
            columns = Some(find_columns(row.split(delimiter), file)?);
            continue;
        };
        let cells = Cells::of(row.split(delimiter), columns);
        let (preferred, variant) = read_row(&cells, line).map_err(|kind| kind.at(file, line))?;
        let next = table.len() as u32;
        let (term, is_variant) = *spellings.entry(preferred).or_insert((next, false));
        if term == next {
            table.add_term(offset(preferred), preferred, line);
        }
        contradicts |= is_variant | spellings.insert(variant.surface, (term, true)).is_some();
        table.add_row(term as usize, offset(variant.surface), variant);
    }
    if columns.is_none() {
        return Err(DictionaryErrorKind::MissingColumn("variant").at(file, 1));
    }
    Ok((!contradicts).then_some(table))
}

/// Reads a table that may have quotation marks around its cells.
fn quoted(file: &str, text: &str, delimiter: char) -> Result<Vec<Concept>, DictionaryError> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter as u8)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut columns = None;
    let mut concepts: Vec<Concept> = Vec::new();
    let mut by_term = FxHashMap::default();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| {
        let line = error.position().map_or(1, csv::Position::line);
        DictionaryErrorKind::Syntax(error.to_string()).at(file, line as usize)
    })? {
        let line = record_line(&record, text);
        let Some(columns) = &columns else {
            columns = Some(find_columns(record.iter(), file)?);
            continue;
        };
        let cells = Cells::of(record.iter(), columns);
        let (preferred, variant) = read_row(&cells, line).map_err(|kind| kind.at(file, line))?;
        let index = match by_term.get(preferred) {
            Some(&index) => index,
            None => {
                concepts.push(bare_concept(preferred, line));
                by_term.insert(preferred.to_owned(), concepts.len() - 1);
                concepts.len() - 1
            }
        };
        concepts[index].variants.push(variant.whole());
    }
    if columns.is_none() {
        return Err(DictionaryErrorKind::MissingColumn("variant").at(file, 1));
    }
    Ok(concepts)
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

fn find_columns<'r>(
    header: impl Iterator<Item = &'r str> + Clone,
    file: &str,
) -> Result<Columns, DictionaryError> {
    let find = |name: &str| header.clone().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    let need =
        |name: &'static str| find(name).ok_or_else(|| DictionaryErrorKind::MissingColumn(name).at(file, 1));
    Ok(Columns {
        variant: need("variant")?,
        preferred: need("preferred")?,
        kind: find("kind"),
        fix: find("fix"),
    })
}

impl<'r> Cells<'r> {
    fn of(row: impl Iterator<Item = &'r str>, columns: &Columns) -> Self {
        let mut cells = Self { variant: "", preferred: "", kind: "", fix: "" };
        for (index, cell) in row.enumerate() {
            if index == columns.variant {
                cells.variant = cell.trim();
            }
            if index == columns.preferred {
                cells.preferred = cell.trim();
            }
            if Some(index) == columns.kind {
                cells.kind = cell.trim();
            }
            if Some(index) == columns.fix {
                cells.fix = cell.trim();
            }
        }
        cells
    }
}

fn read_row<'r>(cells: &Cells<'r>, line: usize) -> Result<(&'r str, TableVariant<'r>), DictionaryErrorKind> {
    if cells.variant.is_empty() {
        return Err(DictionaryErrorKind::Empty("variant"));
    }
    if cells.preferred.is_empty() {
        return Err(DictionaryErrorKind::Empty("preferred"));
    }
    let known = KINDS.iter().find(|(word, _)| *word == cells.kind);
    let kind = known.map_or(VariantKind::Other, |(_, kind)| *kind);
    let fix = match cells.fix {
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
    Ok((cells.preferred, TableVariant { surface: cells.variant, kind, fix, line }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The short way reads what the long way reads, and finds the same faults.
        #[test]
        fn tables_without_quotation_marks_are_read_alike(
            body in "([甲乙丙丁戊 \u{3000}\u{a0}Ａ釘]{0,2}[\t,]){0,2}[甲乙丙丁戊]{0,2}(\r?\n|\r|\n\n)([甲乙丙丁戊]{1,2}[\t,]?[甲乙丙丁戊 ]{0,2}(\t(safe|none|typo)?)?(\r\n|\r|\n|\n\n)){0,8}",
            named in any::<bool>(),
            columns in prop::sample::select(vec!["variant\tpreferred", "preferred,variant", "x\tvariant\tpreferred\tfix", "variant\tpreferred\tfix"]),
        ) {
            let text = if named { format!("{columns}\n{body}") } else { body };
            let long = |delimiter| {
                let dictionary = Dictionary::unchecked("v", header("v"), quoted("v", &text, delimiter)?);
                check::check(&dictionary)?;
                Ok(dictionary)
            };
            let delimiter = if text.lines().next().unwrap_or("").contains('\t') { '\t' } else { ',' };
            prop_assert_eq!(read("v", text.clone()), long(delimiter));
        }
    }
}
