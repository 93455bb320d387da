//! Rows with a header row to concepts, wherever the rows come from.

use std::collections::{HashMap, HashSet};

use zhengming_terms::dictionary::{
    Concept, Designation, Dictionary, Header as DictionaryHeader, Layer, Status, Variant, VariantFix,
    VariantKind,
};

use super::MAX_CONCEPTS;
use super::cells::{split_lines, split_words};
use super::columns::{Column, Header};
use super::error::{ExchangeError, Fault, Notice, Notices, Place};
use super::repair::repair;

/// A row of a table; trailing empty cells may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// As people count it, from 1.
    pub(super) number: usize,
    pub(super) cells: Vec<String>,
    /// The cells that are the lower parts of vertically merged cells.
    pub(super) continued: Vec<usize>,
}

/// The row without its trailing empty cells.
pub(super) fn trim_row(mut row: Row) -> Row {
    while row.cells.last().is_some_and(String::is_empty) {
        row.cells.pop();
    }
    row
}

/// A table with its name.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) rows: Vec<Row>,
}

const SEARCHED: usize = 20;

impl Sheet {
    /// The header row and its index, near the top of the table.
    pub(super) fn header(&self) -> Option<(usize, Header)> {
        let rows = self.rows.iter().take(SEARCHED).enumerate();
        rows.filter_map(|(index, row)| Some((index, Header::recognise(&row.cells)?))).next()
    }

    fn place(&self, row: usize) -> Place {
        Place::Cell { sheet: self.name.clone(), cell: row.to_string() }
    }
}

/// Gives every row that a merged cell covers its value. A row whose number and term are both continued is
/// the rest of the row above; its continued cells stay empty, so that it can be joined.
pub(super) fn fill_merged(rows: &mut [Row]) {
    // A long text over many rows would be copied into each of them.
    let mut budget: usize = 16 << 20;
    // The row from which each column takes its value.
    let mut sources: Vec<usize> = Vec::new();
    for index in 0..rows.len() {
        let (above, below) = rows.split_at_mut(index);
        let Some(row) = below.first_mut() else { break };
        let is_rest = row.continued.contains(&0) && row.continued.contains(&1);
        sources.resize(sources.len().max(row.cells.len()), index);
        let mut own = vec![true; row.cells.len()];
        for &column in &row.continued {
            let (Some(cell), Some(own)) = (row.cells.get_mut(column), own.get_mut(column)) else { continue };
            *own = false;
            if let Some(value) = above.get(sources[column]).and_then(|source| source.cells.get(column))
                && !is_rest
                && cell.is_empty()
                && let Some(left) = budget.checked_sub(value.len())
            {
                cell.clone_from(value);
                budget = left;
            }
        }
        for (column, _) in own.iter().enumerate().filter(|(_, own)| **own) {
            sources[column] = index;
        }
    }
}

/// Makes a dictionary of the tables that have a header row. `None` if none has.
pub(super) fn read(
    name: &str,
    mut sheets: Vec<Sheet>,
    mut notices: Notices,
) -> Option<Result<(Dictionary, Vec<Notice>), ExchangeError>> {
    let headers: Vec<Option<(usize, Header)>> = sheets.iter().map(Sheet::header).collect();
    if headers.iter().all(Option::is_none) {
        return None;
    }
    sheets.iter_mut().for_each(|sheet| fill_merged(&mut sheet.rows));
    let stem = super::stem(name);
    let mut header =
        DictionaryHeader { id: stem.to_owned(), title: stem.to_owned(), ..DictionaryHeader::default() };
    let mut concepts = Vec::new();
    let mut variants = Vec::new();
    let mut only_variants = true;
    for (sheet, found) in sheets.iter().zip(&headers) {
        let Some((top, columns)) = found else {
            if sheet.rows.iter().any(|row| row.cells.iter().any(|cell| !cell.is_empty())) {
                let (zh, en) = ("没有可识别的表头，未采用", "no header row that is known; left out");
                notices.add(Place::Cell { sheet: sheet.name.clone(), cell: "1".to_owned() }, zh, en);
            }
            continue;
        };
        if columns.is_variant_table() {
            match read_variants(name, sheet, *top, columns) {
                Ok(list) => variants.extend(list),
                Err(error) => return Some(Err(error)),
            }
            continue;
        }
        only_variants = false;
        if let Some(title) = title(&sheet.rows[..*top]) {
            header.title = title;
        }
        let mut reader = Reader { sheet, columns, concepts: &mut concepts, notices: &mut notices };
        if let Err(fault) = reader.read(&sheet.rows[*top], &sheet.rows[top + 1..]) {
            return Some(Err(fault.in_file(name)));
        }
    }
    if only_variants {
        // As a variant table in CSV is read.
        header =
            DictionaryHeader { id: name.to_owned(), title: name.to_owned(), layer: Layer::Overlay, ..header };
    }
    add_variants(&mut concepts, variants);
    let sheet = match sheets.as_slice() {
        [only] => only.name.clone(),
        _ => String::new(),
    };
    if !only_variants {
        let place = |line: usize| Place::Cell { sheet: sheet.clone(), cell: line.to_string() };
        repair(&mut concepts, &mut notices, place);
    }
    let dictionary = Dictionary::new(name, header, concepts).map_err(ExchangeError::from);
    Some(dictionary.map(|dictionary| (dictionary, notices.into_list())))
}

/// A title stands alone in its row above the table.
fn title(rows: &[Row]) -> Option<String> {
    rows.iter().find_map(|row| {
        let mut filled = row.cells.iter().filter(|cell| !cell.is_empty());
        let only = filled.next()?;
        (filled.next().is_none() && only.chars().count() <= 60).then(|| only.clone())
    })
}

struct Reader<'r> {
    sheet: &'r Sheet,
    columns: &'r Header,
    concepts: &'r mut Vec<Concept>,
    notices: &'r mut Notices,
}

impl Reader<'_> {
    /// Reads the rows below `header`, which may recur on every page.
    fn read(&mut self, header: &Row, rows: &[Row]) -> Result<(), Fault> {
        if !self.columns.unknown.is_empty() {
            let (zh, en) = (self.columns.unknown.join("、"), self.columns.unknown.join(", "));
            self.notice(
                header.number,
                format!("列“{zh}”不认识，未采用"),
                format!("columns that are not known are left out: {en}"),
            );
        }
        let before = self.concepts.len();
        for row in rows {
            if row.cells.iter().all(String::is_empty) || row.cells == header.cells {
                continue;
            }
            if self.concepts.len() == MAX_CONCEPTS {
                return Err(Fault::too_many_concepts(self.sheet.place(row.number)));
            }
            match self.concept(row) {
                Some(concept) => self.concepts.push(concept),
                None => self.continue_last(row, before),
            }
        }
        Ok(())
    }

    fn notice(&mut self, row: usize, zh: String, en: String) {
        self.notices.add(self.sheet.place(row), zh, en);
    }

    fn cell<'c>(&self, row: &'c Row, column: Column) -> &'c str {
        let index = self.columns.index(column);
        index.and_then(|index| row.cells.get(index)).map_or("", String::as_str)
    }

    /// The concept of the row, or nothing if it has no term.
    fn concept(&mut self, row: &Row) -> Option<Concept> {
        let mut terms = split_words(self.cell(row, Column::Term), &[]).into_iter();
        let preferred = terms.next()?;
        let value = |column| Some(self.cell(row, column)).filter(|cell| !cell.is_empty()).map(str::to_owned);
        let words = |column| split_words(self.cell(row, column), &['；', ';']);
        let lines = |column| split_lines(self.cell(row, column));
        let mut concept = Concept {
            id: value(Column::Id).unwrap_or_else(|| preferred.clone()),
            clause: value(Column::Clause).or_else(|| value(Column::Serial)),
            heading: value(Column::Heading),
            domain: value(Column::Domain),
            responsible: value(Column::Responsible),
            english: words(Column::English),
            definition: value(Column::Definition),
            notes: lines(Column::Notes),
            examples: lines(Column::Examples),
            source: value(Column::Source),
            variants: words(Column::Variants)
                .into_iter()
                .map(|surface| bare_variant(surface, row.number))
                .collect(),
            line: row.number,
            ..Concept::default()
        };
        let synonyms = split_words(self.cell(row, Column::Synonyms), &['；', ';', '、', '，', ',']);
        let (admitted, deprecated, superseded) =
            (words(Column::Admitted), words(Column::Deprecated), words(Column::Superseded));
        concept.designations.push(designation(preferred.clone(), Status::Preferred));
        for (texts, status) in [
            (admitted, Status::Admitted),
            (synonyms, Status::Admitted),
            (deprecated, Status::Deprecated),
            (superseded, Status::Superseded),
        ] {
            concept.designations.extend(texts.into_iter().map(|text| designation(text, status)));
        }
        for text in terms {
            self.notice(
                row.number,
                format!("术语单元格有多行，“{text}”作为“{preferred}”的许用术语"),
                format!(
                    "the term cell has several lines; `{text}` is taken as an admitted term of `{preferred}`"
                ),
            );
            concept.designations.push(designation(text, Status::Admitted));
        }
        Some(concept)
    }

    /// A row without a term is the rest of the row above, from before a page break.
    fn continue_last(&mut self, row: &Row, first: usize) {
        let definition = self.cell(row, Column::Definition).to_owned();
        let notes = split_lines(self.cell(row, Column::Notes));
        let has_text = !definition.is_empty() || !notes.is_empty();
        if self.concepts.len() > first && has_text {
            let last = self.concepts.len() - 1;
            let last = &mut self.concepts[last];
            if !definition.is_empty() {
                last.definition.get_or_insert_default().push_str(&definition);
            }
            last.notes.extend(notes);
            let term = last.preferred().to_owned();
            self.notice(
                row.number,
                format!("没有术语，接在上一条“{term}”之后"),
                format!("the row has no term and continues `{term}` above"),
            );
        } else {
            let text: Vec<&str> =
                row.cells.iter().filter(|cell| !cell.is_empty()).map(String::as_str).collect();
            let text: String = text.join(" ").chars().take(60).collect();
            self.notice(
                row.number,
                format!("没有术语，未采用：{text}"),
                format!("the row has no term and is left out: {text}"),
            );
        }
    }
}

fn designation(text: String, status: Status) -> Designation {
    Designation { text, status, usage: None, since: None, note: None }
}

fn bare_variant(surface: String, line: usize) -> Variant {
    Variant { surface, kind: VariantKind::Other, fix: VariantFix::Suggest, unless: Vec::new(), line }
}

/// A variant with its preferred term and, if the table says so, the id of its concept.
struct OwnedVariant {
    preferred: String,
    id: Option<String>,
    variant: Variant,
}

/// The variants of a table. Every row is read as a file with the columns `variant` and `preferred` is; what
/// must hold between rows is checked when the dictionary is made.
fn read_variants(
    name: &str,
    sheet: &Sheet,
    top: usize,
    columns: &Header,
) -> Result<Vec<OwnedVariant>, ExchangeError> {
    const WANTED: [Column; 4] = [Column::Variants, Column::Term, Column::Kind, Column::Fix];
    let mut list = Vec::new();
    for row in &sheet.rows[top + 1..] {
        if row.cells.iter().all(String::is_empty) {
            continue;
        }
        if list.len() == MAX_CONCEPTS {
            return Err(Fault::too_many_concepts(sheet.place(row.number)).in_file(name));
        }
        let cell =
            |column| columns.index(column).and_then(|index| row.cells.get(index)).map_or("", String::as_str);
        let line = |column| format!("\"{}\"", cell(column).replace(['\r', '\n'], " ").replace('"', "\"\""));
        let table = format!("variant,preferred,kind,fix\n{}\n", WANTED.map(line).join(","));
        let dictionary = Dictionary::from_table(name, &table).map_err(|mut error| {
            error.line = row.number;
            error
        })?;
        let Some(concept) = dictionary.concepts().first() else { continue };
        let Some(mut variant) = concept.variants.first().cloned() else { continue };
        variant.unless = split_words(cell(Column::Unless), &['；', ';']);
        variant.line = row.number;
        let id = Some(cell(Column::Id)).filter(|id| !id.is_empty()).map(str::to_owned);
        list.push(OwnedVariant { preferred: concept.preferred().to_owned(), id, variant });
    }
    Ok(list)
}

/// Gives the variants to their concepts; those of terms that the file does not have get bare ones.
fn add_variants(concepts: &mut Vec<Concept>, variants: Vec<OwnedVariant>) {
    let mut by_id: HashMap<String, usize> = HashMap::new();
    let mut by_term: HashMap<String, usize> = HashMap::new();
    for (index, concept) in concepts.iter().enumerate() {
        by_id.entry(concept.id.clone()).or_insert(index);
        by_term.entry(concept.preferred().to_owned()).or_insert(index);
    }
    // The sheet of variants says more about each than the list beside the term.
    let mut renewed: HashMap<usize, Vec<Variant>> = HashMap::new();
    for OwnedVariant { preferred, id, variant } in variants {
        let known = id.as_ref().and_then(|id| by_id.get(id)).or_else(|| by_term.get(&preferred));
        let index = known.copied().unwrap_or_else(|| {
            concepts.push(Concept {
                id: id.unwrap_or_else(|| preferred.clone()),
                designations: vec![designation(preferred.clone(), Status::Preferred)],
                line: variant.line,
                ..Concept::default()
            });
            by_term.insert(preferred, concepts.len() - 1);
            concepts.len() - 1
        });
        renewed.entry(index).or_default().push(variant);
    }
    for (index, mut list) in renewed {
        let listed = std::mem::take(&mut concepts[index].variants);
        let new: HashSet<String> = list.iter().map(|variant| variant.surface.clone()).collect();
        list.extend(listed.into_iter().filter(|variant| !new.contains(&variant.surface)));
        concepts[index].variants = list;
    }
}
