//! A table of variants as it is kept: its text, and where in it the terms and variants stand.
//!
//! A table may have a hundred thousand rows, of which a document needs a handful. So concepts are made of
//! rows only when somebody asks for all of them.

use std::sync::OnceLock;

use super::{Concept, Designation, Variant, VariantFix, VariantKind};

/// A table without contradictions.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    text: String,
    rows: Rows,
    /// All concepts, once somebody asked for all of them.
    concepts: OnceLock<Vec<Concept>>,
    /// Concepts that were asked for one by one, in groups.
    groups: OnceLock<Box<[Group]>>,
}

/// Concepts that are made together.
type Group = OnceLock<Box<[Concept]>>;

/// How many they are.
const GROUP: usize = 32;

/// The rows of a table, gathered by their preferred term. Where cells stand is counted in bytes of the text.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    terms: Vec<Term>,
    rows: Vec<Row>,
}

/// A preferred term with its rows.
#[derive(Debug, Clone, Copy)]
struct Term {
    name: Place,
    line: u32,
    first: u32,
    last: u32,
}

/// A variant.
#[derive(Debug, Clone, Copy)]
struct Row {
    surface: Place,
    line: u32,
    /// The next row of the term, if there is one.
    next: Option<std::num::NonZeroU32>,
    kind: VariantKind,
    fix: VariantFix,
}

/// Where a cell stands in the text.
#[derive(Debug, Clone, Copy)]
struct Place {
    start: u32,
    length: u32,
}

/// A variant as a table tells it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TableVariant<'t> {
    pub(crate) surface: &'t str,
    pub(crate) kind: VariantKind,
    pub(crate) fix: VariantFix,
    pub(crate) line: usize,
}

impl Rows {
    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    /// A term with its first row. `start` is where the cell begins in the text.
    pub(super) fn add_term(&mut self, start: usize, name: &str, line: usize) {
        let next_row = self.rows.len() as u32;
        let name = Place { start: start as u32, length: name.len() as u32 };
        self.terms.push(Term { name, line: line as u32, first: next_row, last: next_row });
    }

    /// A row of the term with this number; its first one directly follows [`add_term`](Self::add_term).
    pub(super) fn add_row(&mut self, term: usize, start: usize, variant: TableVariant<'_>) {
        let number = self.rows.len() as u32;
        let term = &mut self.terms[term];
        if term.first != number {
            self.rows[term.last as usize].next = std::num::NonZeroU32::new(number);
            term.last = number;
        }
        let surface = Place { start: start as u32, length: variant.surface.len() as u32 };
        let TableVariant { kind, fix, line, .. } = variant;
        self.rows.push(Row { surface, line: line as u32, next: None, kind, fix });
    }
}

impl Table {
    /// The table that has `rows` in `text`, which is shorter than 4 GiB.
    pub(super) fn new(text: String, rows: Rows) -> Self {
        Self { text, rows, concepts: OnceLock::new(), groups: OnceLock::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many rows there are.
    pub(super) fn row_count(&self) -> usize {
        self.rows.rows.len()
    }

    pub(super) fn name(&self, term: usize) -> &str {
        self.cell(self.rows.terms[term].name)
    }

    pub(super) fn line(&self, term: usize) -> usize {
        self.rows.terms[term].line as usize
    }

    /// The variants of a term, in the order of the rows.
    pub(super) fn variants(&self, term: usize) -> impl Iterator<Item = TableVariant<'_>> {
        let Rows { terms, rows } = &self.rows;
        let rows = std::iter::successors(Some(&rows[terms[term].first as usize]), |row| {
            row.next.map(|next| &rows[next.get() as usize])
        });
        rows.map(|row| TableVariant {
            surface: self.cell(row.surface),
            kind: row.kind,
            fix: row.fix,
            line: row.line as usize,
        })
    }

    fn cell(&self, place: Place) -> &str {
        &self.text[place.start as usize..(place.start + place.length) as usize]
    }

    /// The rows as concepts.
    pub(super) fn concepts(&self) -> &[Concept] {
        self.concepts.get_or_init(|| (0..self.len()).map(|term| self.made(term)).collect())
    }

    /// The rows of one term as a concept.
    pub(super) fn concept(&self, term: usize) -> &Concept {
        let groups = self.groups.get_or_init(|| {
            let groups = (0..self.len().div_ceil(GROUP)).map(|_| Group::new());
            groups.collect()
        });
        let first = term / GROUP * GROUP;
        let group = groups[term / GROUP].get_or_init(|| {
            let terms = first..self.len().min(first + GROUP);
            terms.map(|term| self.made(term)).collect()
        });
        &group[term - first]
    }

    fn made(&self, term: usize) -> Concept {
        Concept {
            variants: self.variants(term).map(TableVariant::whole).collect(),
            ..bare_concept(self.name(term), self.line(term))
        }
    }
}

impl TableVariant<'_> {
    pub(super) fn whole(self) -> Variant {
        let Self { surface, kind, fix, line } = self;
        Variant { surface: surface.to_owned(), kind, fix, unless: Vec::new(), line }
    }
}

/// A term of which nothing is known but its name.
pub(super) fn bare_concept(term: &str, line: usize) -> Concept {
    let designations = vec![Designation::preferred(term)];
    Concept { id: term.to_owned(), designations, line, ..Concept::default() }
}
