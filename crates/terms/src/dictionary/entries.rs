//! The entries of a dictionary in the form in which they are held: as concepts, as rows of a table, or stored.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::table::{Table, TableVariant, bare_concept};
use super::{Concept, Variant, VariantFix, VariantKind};
use crate::stored::{Reader, Writer};
use crate::termbase::chunks::Chunks;
use crate::termbase::interned::Interned;

/// The entries of one dictionary.
#[derive(Debug, Clone)]
pub(crate) enum Entries {
    /// As they are given.
    Listed(Vec<Concept>),
    /// Terms with variants and nothing else.
    Table(Table),
    /// Of an earlier run.
    Stored(Arc<Stored>),
}

/// Entries that are read one by one, or all at once.
#[derive(Debug)]
pub(crate) struct Stored {
    entries: Chunks<Concept>,
    names: Arc<Interned>,
    all: OnceLock<Vec<Concept>>,
}

/// The name of a concept and what goes with it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'d> {
    pub(crate) id: &'d str,
    pub(crate) preferred: &'d str,
    /// The whole of it; nothing if there is nothing but variants.
    pub(crate) whole: Option<&'d Concept>,
}

/// A text, most often one of the names that the term base has.
#[derive(Serialize, Deserialize)]
enum Text<'a> {
    Name(u32),
    Own(&'a str),
}

impl<'a> Text<'a> {
    fn of(text: &'a str, names: &Interned) -> Self {
        names.find(text).map_or(Self::Own(text), Self::Name)
    }
}

/// An entry as it is stored.
#[derive(Serialize, Deserialize)]
enum Entry<'a> {
    /// Preferred term, which is also the id, its line, its variants.
    Bare(#[serde(borrow)] Text<'a>, usize, #[serde(borrow)] Vec<(Text<'a>, VariantKind, VariantFix, usize)>),
    Whole(Box<Concept>),
}

impl Entries {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Listed(concepts) => concepts.len(),
            Self::Table(table) => table.len(),
            Self::Stored(stored) => stored.entries.len(),
        }
    }

    /// How many spellings they have at most.
    pub(crate) fn spellings(&self) -> usize {
        match self {
            Self::Listed(concepts) => {
                concepts.iter().map(|concept| concept.designations.len() + concept.variants.len()).sum()
            }
            Self::Table(table) => table.len() + table.row_count(),
            Self::Stored(stored) => stored.names.len(),
        }
    }

    pub(crate) fn all(&self) -> &[Concept] {
        match self {
            Self::Listed(concepts) => concepts,
            Self::Table(table) => table.concepts(),
            Self::Stored(stored) => stored
                .all
                .get_or_init(|| (0..stored.entries.len()).map(|one| stored.get(one).clone()).collect()),
        }
    }

    /// One of them, without the rest.
    pub(crate) fn get(&self, index: usize) -> &Concept {
        match self {
            Self::Listed(concepts) => &concepts[index],
            Self::Table(table) => table.concept(index),
            Self::Stored(stored) => stored.get(index),
        }
    }

    /// What one of them is called.
    pub(crate) fn named(&self, index: usize) -> Named<'_> {
        match self {
            Self::Table(table) => Named { id: table.name(index), preferred: table.name(index), whole: None },
            Self::Listed(_) | Self::Stored(_) => {
                let whole = self.get(index);
                Named { id: &whole.id, preferred: whole.preferred(), whole: Some(whole) }
            }
        }
    }

    /// The variants of one of them, each with the words in whose company it means something else.
    pub(crate) fn variants(&self, index: usize) -> impl Iterator<Item = (TableVariant<'_>, &[String])> {
        let (listed, rows) = match self {
            Self::Table(table) => (&[][..], Some(table.variants(index))),
            Self::Listed(_) | Self::Stored(_) => (&self.get(index).variants[..], None),
        };
        let listed = listed.iter().map(|variant| (bare(variant), &variant.unless[..]));
        listed.chain(rows.into_iter().flatten().map(|variant| (variant, &[][..])))
    }

    /// The entries, to be stored beside `names`.
    pub(crate) fn store(&self, names: &Interned, to: &mut Writer) {
        let chunks: Option<Chunks<Concept>> = match self {
            Self::Stored(stored) if std::ptr::eq(&*stored.names, names) => return stored.entries.store(to),
            Self::Table(table) => Chunks::of((0..table.len()).map(|term| {
                let variants = table.variants(term).map(|variant| {
                    (Text::of(variant.surface, names), variant.kind, variant.fix, variant.line)
                });
                Entry::Bare(Text::of(table.name(term), names), table.line(term), variants.collect())
            })),
            Self::Listed(_) | Self::Stored(_) => {
                Chunks::of(self.all().iter().map(|concept| Entry::Whole(Box::new(concept.clone()))))
            }
        };
        match chunks {
            Some(chunks) => chunks.store(to),
            None => to.missing(),
        }
    }

    /// Entries that were stored beside `names`.
    pub(crate) fn restore(names: &Arc<Interned>, from: &mut Reader<'_>) -> Option<Self> {
        let entries = Chunks::restore(from)?;
        Some(Self::Stored(Arc::new(Stored { entries, names: Arc::clone(names), all: OnceLock::new() })))
    }
}

impl Stored {
    fn get(&self, index: usize) -> &Concept {
        self.entries.get(index, |bytes, _| {
            let (entry, rest) = postcard::take_from_bytes(bytes).ok()?;
            Some((self.concept(entry), rest))
        })
    }

    fn concept(&self, entry: Entry<'_>) -> Concept {
        match entry {
            Entry::Whole(concept) => *concept,
            Entry::Bare(name, line, variants) => {
                let variants = variants.into_iter().map(|(surface, kind, fix, line)| {
                    TableVariant { surface: self.text(&surface), kind, fix, line }.whole()
                });
                Concept { variants: variants.collect(), ..bare_concept(self.text(&name), line) }
            }
        }
    }

    fn text<'a>(&'a self, text: &Text<'a>) -> &'a str {
        match *text {
            Text::Name(number) => self.names.text(number as usize),
            Text::Own(text) => text,
        }
    }
}

fn bare(variant: &Variant) -> TableVariant<'_> {
    let &Variant { ref surface, kind, fix, line, .. } = variant;
    TableVariant { surface, kind, fix, line }
}
