//! The entries of a dictionary in the form in which they are held: as concepts, or as rows of a table.

use super::table::{Table, TableVariant};
use super::{Concept, Variant};

/// The entries of one dictionary.
#[derive(Debug, Clone)]
pub(crate) enum Entries {
    /// As they are given.
    Listed(Vec<Concept>),
    /// Terms with variants and nothing else.
    Table(Table),
}

/// The name of a concept and what goes with it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'d> {
    pub(crate) id: &'d str,
    pub(crate) preferred: &'d str,
    /// The whole of it; nothing if there is nothing but variants.
    pub(crate) whole: Option<&'d Concept>,
}

impl Entries {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Listed(concepts) => concepts.len(),
            Self::Table(table) => table.len(),
        }
    }

    /// How many spellings they have at most.
    pub(crate) fn spellings(&self) -> usize {
        match self {
            Self::Listed(concepts) => {
                concepts.iter().map(|concept| concept.designations.len() + concept.variants.len()).sum()
            }
            Self::Table(table) => table.len() + table.row_count(),
        }
    }

    pub(crate) fn all(&self) -> &[Concept] {
        match self {
            Self::Listed(concepts) => concepts,
            Self::Table(table) => table.concepts(),
        }
    }

    /// One of them, without the rest.
    pub(crate) fn get(&self, index: usize) -> &Concept {
        match self {
            Self::Listed(concepts) => &concepts[index],
            Self::Table(table) => table.concept(index),
        }
    }

    /// What one of them is called.
    pub(crate) fn named(&self, index: usize) -> Named<'_> {
        match self {
            Self::Table(table) => Named { id: table.name(index), preferred: table.name(index), whole: None },
            Self::Listed(concepts) => {
                let whole = &concepts[index];
                Named { id: &whole.id, preferred: whole.preferred(), whole: Some(whole) }
            }
        }
    }

    /// The variants of one of them, each with the words in whose company it means something else.
    pub(crate) fn variants(&self, index: usize) -> impl Iterator<Item = (TableVariant<'_>, &[String])> {
        let (listed, rows) = match self {
            Self::Table(table) => (&[][..], Some(table.variants(index))),
            Self::Listed(concepts) => (&concepts[index].variants[..], None),
        };
        let listed = listed.iter().map(|variant| (bare(variant), &variant.unless[..]));
        listed.chain(rows.into_iter().flatten().map(|variant| (variant, &[][..])))
    }
}

fn bare(variant: &Variant) -> TableVariant<'_> {
    let &Variant { ref surface, kind, fix, line, .. } = variant;
    TableVariant { surface, kind, fix, line }
}
