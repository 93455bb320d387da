//! The family jargon: what a reader outside the office would need explained, and whether it is.

mod abbreviation_before_definition;
mod acronym_conflict;
mod defined_but_unused;
mod reporting;
mod undefined_term;
mod unexpanded_acronym;
mod used_before_defined;
mod uses;

pub use abbreviation_before_definition::AbbreviationBeforeDefinition;
pub(crate) use abbreviation_before_definition::cues as clipped_cues;
pub use acronym_conflict::AcronymConflict;
pub use defined_but_unused::DefinedButUnused;
pub use undefined_term::UndefinedTerm;
pub use unexpanded_acronym::UnexpandedAcronym;
pub use used_before_defined::UsedBeforeDefined;
