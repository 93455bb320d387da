//! Two editions of a source compared: what came, went, moved, was renamed or defined anew.
//!
//! ```
//! use zhengming_terms::diff::{compare, similarity};
//! use zhengming_terms::dictionary::Dictionary;
//!
//! let edition = |year: &str, clause: &str| {
//!     let text = format!(
//!         "[dictionary]\nid = \"d-{year}\"\ntitle = \"t\"\n[[concept]]\nterm = \"数字政府\"\nclause = \"{clause}\""
//!     );
//!     Dictionary::from_toml("d.toml", &text).unwrap()
//! };
//! let diff = compare(&edition("2021", "3.1.1.4"), &edition("2022", "3.1.1.3"));
//! assert_eq!(diff.renumbered().count(), 1);
//! assert_eq!(diff.redefined().count(), 0);
//! assert!(similarity("数据归集", "数据归集。") > 0.8);
//! ```

mod pairing;
mod similarity;
mod supersedes;
#[cfg(test)]
mod tests;
mod words;

use crate::dictionary::{Concept, Dictionary, Status};
use crate::lexicon::Lexicon;
use zhengming_text::date::Date;

pub use similarity::{Bigrams, comparable, similarity};
pub use supersedes::{MovedClause, clause_map, supersedes_toml};
pub use words::{Change, word_diff, word_diff_in};

/// From here on, two definitions say the same but for trivial edits.
pub const SAME: f64 = 0.95;
/// From here on, one definition was made from the other.
pub const ADAPTED: f64 = 0.5;
/// Below this, two definitions under one name mean different things.
pub const UNRELATED: f64 = 0.3;

/// What changed from one edition to another.
#[derive(Debug, Clone, PartialEq)]
pub struct EditionDiff {
    /// The older edition.
    pub old: EditionName,
    /// The newer edition.
    pub new: EditionName,
    /// Entries that only the newer edition has, in its order.
    pub added: Vec<Entry>,
    /// Entries that only the older edition has, in its order.
    pub removed: Vec<Entry>,
    /// Entries of both, in the order of the newer edition.
    pub kept: Vec<Kept>,
}

/// What an edition is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionName {
    /// The dictionary's id.
    pub id: String,
    /// The title.
    pub title: String,
    /// Year or version label.
    pub edition: Option<String>,
    /// How it is cited, with clause or without.
    pub citation: String,
    /// From which day on it is in force, or was published if that is not known.
    pub since: Option<Date>,
}

/// One entry as a comparison shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The concept's id in its edition.
    pub id: String,
    /// The preferred designation.
    pub term: String,
    /// 〈专业领域〉
    pub domain: Option<String>,
    /// The clause or row number.
    pub clause: Option<String>,
    /// Edition and clause, e.g. `DB33/T 2350—2021，3.1.1.3`.
    pub citation: String,
    /// The definition.
    pub definition: Option<String>,
}

/// An entry that both editions have.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// As the older edition has it.
    pub old: Entry,
    /// As the newer edition has it.
    pub new: Entry,
    /// By what the two were known to be one.
    pub matched: Matched,
    /// What became of the definition, if a letter of it changed.
    pub definition: Option<Redefinition>,
    /// What became of notes, source and other names.
    pub fields: Vec<FieldChange>,
}

/// By what two entries were known to be one concept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Matched {
    /// The preferred designation is the same.
    Name,
    /// The id is the same.
    Id,
    /// The newer edition lists the older name.
    OtherName,
    /// The definitions are this much alike. An inference, for a person to confirm.
    Definition(f64),
}

/// How a definition changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Redefinition {
    /// As [`similarity`] counts it.
    pub similarity: f64,
    /// The stretches that lead from the old text to the new.
    pub changes: Vec<Change>,
}

/// How far a definition moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Degree {
    /// Punctuation, width or a few characters.
    Editorial,
    /// Rewritten, with the same origin.
    Adapted,
    /// Not to be told by counting.
    Unclear,
    /// Another meaning under the same name.
    Replaced,
}

impl Redefinition {
    /// How far the definition moved, by the thresholds measured on official definitions.
    pub fn degree(&self) -> Degree {
        match self.similarity {
            s if s >= SAME => Degree::Editorial,
            s if s >= ADAPTED => Degree::Adapted,
            s if s >= UNRELATED => Degree::Unclear,
            _ => Degree::Replaced,
        }
    }
}

/// A part of the entry other than term, clause and definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Which part.
    pub field: Field,
    /// Its old text, several values joined by `；`.
    pub old: String,
    /// Its new text.
    pub new: String,
}

/// The parts of an entry that are compared as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Admitted, deprecated and superseded designations.
    OtherNames,
    /// English equivalents.
    English,
    /// 〈专业领域〉
    Domain,
    /// Notes.
    Notes,
    /// Examples.
    Examples,
    /// The source that the entry names.
    Source,
    /// 解释单位
    Responsible,
}

impl Kept {
    /// Whether the preferred designation changed.
    pub fn is_renamed(&self) -> bool {
        self.old.term != self.new.term
    }

    /// Whether the entry has another number.
    pub fn is_renumbered(&self) -> bool {
        self.old.clause != self.new.clause
    }

    /// Whether nothing changed at all.
    pub fn is_unchanged(&self) -> bool {
        !self.is_renamed() && !self.is_renumbered() && self.definition.is_none() && self.fields.is_empty()
    }
}

impl EditionDiff {
    /// Entries whose preferred designation changed.
    pub fn renamed(&self) -> impl Iterator<Item = &Kept> {
        self.kept.iter().filter(|kept| kept.is_renamed())
    }

    /// Entries with another number.
    pub fn renumbered(&self) -> impl Iterator<Item = &Kept> {
        self.kept.iter().filter(|kept| kept.is_renumbered())
    }

    /// Entries whose definition changed.
    pub fn redefined(&self) -> impl Iterator<Item = &Kept> {
        self.kept.iter().filter(|kept| kept.definition.is_some())
    }

    /// Number of entries that did not change at all.
    pub fn unchanged(&self) -> usize {
        self.kept.iter().filter(|kept| kept.is_unchanged()).count()
    }

    /// Whether the two editions say the same.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.unchanged() == self.kept.len()
    }
}

/// What changed from `old` to `new`.
///
/// Entries are paired by name and domain, by id, by a former name that the newer edition lists, and
/// last by definitions that are at least [`ADAPTED`] alike.
pub fn compare(old: &Dictionary, new: &Dictionary) -> EditionDiff {
    compare_words(old, new, None)
}

/// As [`compare`]; with a lexicon, definitions are compared by Chinese words instead of characters.
pub fn compare_words(old: &Dictionary, new: &Dictionary, lexicon: Option<&Lexicon>) -> EditionDiff {
    let pairs = pairing::pair(old.concepts(), new.concepts());
    let mut diff = EditionDiff {
        old: edition_name(old),
        new: edition_name(new),
        added: Vec::new(),
        removed: Vec::new(),
        kept: Vec::new(),
    };
    for (concept, pair) in new.concepts().iter().zip(&pairs) {
        match *pair {
            None => diff.added.push(entry(new, concept)),
            Some((index, matched)) => {
                let before = &old.concepts()[index];
                diff.kept.push(Kept {
                    old: entry(old, before),
                    new: entry(new, concept),
                    matched,
                    definition: redefinition(before, concept, lexicon),
                    fields: field_changes(before, concept),
                });
            }
        }
    }
    let kept = |index| pairs.iter().flatten().any(|&(old, _)| old == index);
    let gone = old.concepts().iter().enumerate().filter(|&(index, _)| !kept(index));
    diff.removed = gone.map(|(_, concept)| entry(old, concept)).collect();
    diff
}

fn edition_name(dictionary: &Dictionary) -> EditionName {
    let header = dictionary.header();
    EditionName {
        id: header.id.clone(),
        title: header.title.clone(),
        edition: header.edition.clone(),
        citation: dictionary.cite(None),
        since: header.effective.or(header.published),
    }
}

fn entry(dictionary: &Dictionary, concept: &Concept) -> Entry {
    Entry {
        id: concept.id.clone(),
        term: concept.preferred().to_owned(),
        domain: concept.domain.clone(),
        clause: concept.clause.clone(),
        citation: dictionary.cite(concept.clause.as_deref()),
        definition: concept.definition.clone(),
    }
}

fn redefinition(old: &Concept, new: &Concept, lexicon: Option<&Lexicon>) -> Option<Redefinition> {
    let before = old.definition.as_deref().unwrap_or_default();
    let after = new.definition.as_deref().unwrap_or_default();
    let changes = || match lexicon {
        Some(lexicon) => word_diff_in(lexicon, before, after),
        None => word_diff(before, after),
    };
    (before != after).then(|| Redefinition { similarity: similarity(before, after), changes: changes() })
}

fn field_changes(old: &Concept, new: &Concept) -> Vec<FieldChange> {
    let change = |field: Field| FieldChange { field, old: field.read(old), new: field.read(new) };
    Field::ALL.into_iter().map(change).filter(|change| change.old != change.new).collect()
}

impl Field {
    const ALL: [Self; 7] = [
        Self::OtherNames,
        Self::English,
        Self::Domain,
        Self::Notes,
        Self::Examples,
        Self::Source,
        Self::Responsible,
    ];

    fn read(self, concept: &Concept) -> String {
        match self {
            Self::OtherNames => other_names(concept),
            Self::English => concept.english.join("；"),
            Self::Domain => concept.domain.clone().unwrap_or_default(),
            Self::Notes => concept.notes.join("；"),
            Self::Examples => concept.examples.join("；"),
            Self::Source => concept.source.clone().unwrap_or_default(),
            Self::Responsible => concept.responsible.clone().unwrap_or_default(),
        }
    }
}

fn other_names(concept: &Concept) -> String {
    let others = concept.designations.iter().filter(|name| name.status != Status::Preferred);
    others.map(|name| name.text.as_str()).collect::<Vec<_>>().join("；")
}
