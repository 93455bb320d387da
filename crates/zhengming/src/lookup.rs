//! What the dictionaries say of a word.

use serde::{Deserialize, Serialize};
use zhengming_terms::termbase::{Spelling, TermBase};
use zhengming_text::diagnostic::ConceptRef;

/// A spelling that a dictionary lists, and what it stands for.
///
/// ```
/// let linter = zhengming::Linter::builder().build()?;
/// let known = &linter.lookup("浙政盯")[0];
/// assert!(!known.is_allowed);
/// assert_eq!(known.concept.preferred, "浙政钉");
/// assert_eq!(known.citation.as_deref(), Some("DB33/T 2350—2021，3.1.3.9"));
/// # Ok::<(), zhengming::DictionaryError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KnownTerm {
    /// The spelling as the dictionary has it.
    pub text: String,
    /// Whether it may be used as it is: a preferred or admitted name, not a variant or a former name.
    pub is_allowed: bool,
    /// What it stands for.
    pub concept: ConceptRef,
    /// The definition, verbatim.
    pub definition: Option<String>,
    /// Dictionary, edition and clause of the definition.
    pub citation: Option<String>,
}

impl KnownTerm {
    pub(crate) fn new(terms: &TermBase, spelling: &Spelling) -> Self {
        let entry = terms.definition(spelling.concept);
        let clause = entry.and_then(|(_, entry)| entry.clause.clone());
        Self {
            text: spelling.text.clone(),
            is_allowed: spelling.role.is_allowed(),
            definition: entry.and_then(|(_, entry)| entry.definition.clone()),
            citation: entry.map(|(dictionary, _)| dictionary.cite(clause.as_deref())),
            concept: ConceptRef {
                id: terms.concept(spelling.concept).id.clone(),
                preferred: terms.name_for(spelling.concept, &spelling.text, None).to_owned(),
                dictionary: entry.map(|(dictionary, _)| dictionary.header().id.clone()),
                clause,
            },
        }
    }
}
