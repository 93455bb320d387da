//! The family definition: what a document defines, held against what the dictionaries say.

mod altered_definition;
mod binding;
pub(crate) mod changes;
mod conflicting_definition;
mod restatement;
mod sourcing;
mod stale_definition;
mod successor;
mod unmarked_adaptation;
mod unsourced_definition;

pub use altered_definition::AlteredDefinition;
pub use conflicting_definition::ConflictingDefinition;
pub use stale_definition::StaleDefinition;
pub use unmarked_adaptation::UnmarkedAdaptation;
pub use unsourced_definition::UnsourcedDefinition;
