//! One entry of a dictionary, as rules look at it.

use zhengming_terms::dictionary::{Concept, Dictionary, RelationKind};
use zhengming_text::fold;

use super::definition::Lead;

/// One entry of one dictionary.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The dictionary.
    pub dictionary: &'a Dictionary,
    /// The number of the dictionary in the set.
    pub number: usize,
    /// The concept as this dictionary has it.
    pub concept: &'a Concept,
    /// The same for entries of one concept in several dictionaries.
    pub(super) identity: usize,
    /// The words 是, 指 or X是指 with which the definition begins.
    pub(super) lead: Option<Lead<'a>>,
}

impl<'a> Entry<'a> {
    /// The preferred designation.
    pub fn term(&self) -> &'a str {
        self.concept.preferred()
    }

    /// The definition as it stands; empty if there is none.
    pub fn definition(&self) -> &'a str {
        self.concept.definition.as_deref().unwrap_or_default()
    }

    /// The definition without the words X是指 at its beginning.
    pub fn body(&self) -> &'a str {
        self.lead.as_ref().map_or(self.definition(), |lead| lead.body)
    }

    /// The first sentence of the body: what follows it describes rather than defines.
    pub fn defining_sentence(&self) -> &'a str {
        let body = self.body();
        body.find('。').map_or(body, |end| &body[..end])
    }

    /// Whether the entry has a definition.
    pub fn is_defined(&self) -> bool {
        !self.definition().trim().is_empty()
    }

    /// Edition and clause, e.g. `DB33/T 2350—2021，3.1.3.9`.
    pub fn cite(&self) -> String {
        self.dictionary.cite(self.concept.clause.as_deref())
    }

    /// Whether either entry names the other's concept as easily confused with it.
    pub(super) fn is_confusable_with(&self, other: &Entry<'_>) -> bool {
        let names = |from: &Concept, to: &Concept| {
            from.relations.iter().any(|relation| {
                relation.kind == RelationKind::Confusable
                    && fold::key(&relation.target) == fold::key(to.preferred())
            })
        };
        names(self.concept, other.concept) || names(other.concept, self.concept)
    }
}
