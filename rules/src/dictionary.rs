//! The dictionary family: whether a dictionary is consistent in itself and with the others.
//!
//! These rules look at dictionaries, not at documents. A dictionary with defects that loading refuses
//! is read by [`Dictionary::from_toml_unchecked`], so that all of them are reported and not the first.
//!
//! ```
//! use std::sync::Arc;
//! use zhengming_terms::dictionary::Dictionary;
//! use zhengming_rules::dictionary::check_dictionaries;
//!
//! let text = "[dictionary]\nid = \"d\"\ntitle = \"t\"\n[[concept]]\nterm = \"数据仓\"\n[[concept]]\nterm = \"数据仓\"";
//! let dictionary = Dictionary::from_toml_unchecked("d.toml", text)?;
//! let findings = check_dictionaries(&[Arc::new(dictionary)], None);
//! assert_eq!((findings[0].rule, findings[0].place.line), ("duplicate-entry", 6));
//! # Ok::<(), zhengming_terms::dictionary::DictionaryError>(())
//! ```

mod ambiguous_variant;
mod changelog_table_mismatch;
mod circular_definition;
mod conflicting_entry;
mod context;
mod dead_variant;
mod definition;
mod definition_restates_term;
mod duplicate_entry;
mod entry;
mod entry_number_gap;
mod finding;
mod graph;
mod missing_equivalent;
mod multi_concept_entry;
mod near_duplicate_definition;
mod notice;
mod pattern_entry;
mod relation_cycle;
mod requirement_in_definition;
mod self_referential_definition;
mod term_definiendum_mismatch;
mod terms;
#[cfg(test)]
mod tests;
mod undefined_term_in_definition;
mod variant_shadows_term;

use std::sync::Arc;

use zhengming_lint::rule::RuleMeta;
use zhengming_terms::dictionary::Dictionary;

pub use ambiguous_variant::AmbiguousVariant;
pub use changelog_table_mismatch::ChangelogTableMismatch;
pub use circular_definition::CircularDefinition;
pub use conflicting_entry::ConflictingEntry;
pub use context::DictionaryContext;
pub use dead_variant::DeadVariant;
pub use definition_restates_term::DefinitionRestatesTerm;
pub use duplicate_entry::DuplicateEntry;
pub use entry::Entry;
pub use entry_number_gap::EntryNumberGap;
pub use finding::{DictionaryDiagnostic, DictionarySink, EntryPlace};
pub use missing_equivalent::MissingEquivalent;
pub use multi_concept_entry::MultiConceptEntry;
pub use near_duplicate_definition::NearDuplicateDefinition;
pub use pattern_entry::PatternEntry;
pub use relation_cycle::RelationCycle;
pub use requirement_in_definition::RequirementInDefinition;
pub use self_referential_definition::SelfReferentialDefinition;
pub use term_definiendum_mismatch::TermDefiniendumMismatch;
pub use undefined_term_in_definition::UndefinedTermInDefinition;
pub use variant_shadows_term::VariantShadowsTerm;

/// A rule over dictionaries.
pub trait DictionaryRule: Send + Sync {
    /// What is the same for every dictionary.
    fn meta(&self) -> &'static RuleMeta;

    /// Reports every finding in the dictionaries of `cx` to `sink`.
    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>);
}

/// Every rule over dictionaries, in the order of `zhengming rules`.
pub static DICTIONARY_RULES: &[DictionaryRegistration] = &[
    DictionaryRegistration::of::<CircularDefinition>(&CircularDefinition::META),
    DictionaryRegistration::of::<SelfReferentialDefinition>(&SelfReferentialDefinition::META),
    DictionaryRegistration::of::<UndefinedTermInDefinition>(&UndefinedTermInDefinition::META),
    DictionaryRegistration::of::<DefinitionRestatesTerm>(&DefinitionRestatesTerm::META),
    DictionaryRegistration::of::<RequirementInDefinition>(&RequirementInDefinition::META),
    DictionaryRegistration::of::<MultiConceptEntry>(&MultiConceptEntry::META),
    DictionaryRegistration::of::<TermDefiniendumMismatch>(&TermDefiniendumMismatch::META),
    DictionaryRegistration::of::<DuplicateEntry>(&DuplicateEntry::META),
    DictionaryRegistration::of::<ConflictingEntry>(&ConflictingEntry::META),
    DictionaryRegistration::of::<NearDuplicateDefinition>(&NearDuplicateDefinition::META),
    DictionaryRegistration::of::<EntryNumberGap>(&EntryNumberGap::META),
    DictionaryRegistration::of::<MissingEquivalent>(&MissingEquivalent::META),
    DictionaryRegistration::of::<ChangelogTableMismatch>(&ChangelogTableMismatch::META),
    DictionaryRegistration::of::<PatternEntry>(&PatternEntry::META),
    DictionaryRegistration::of::<AmbiguousVariant>(&AmbiguousVariant::META),
    DictionaryRegistration::of::<VariantShadowsTerm>(&VariantShadowsTerm::META),
    DictionaryRegistration::of::<DeadVariant>(&DeadVariant::META),
    DictionaryRegistration::of::<RelationCycle>(&RelationCycle::META),
];

/// One rule: what is known of it without making it, and how to make it.
#[derive(Debug)]
pub struct DictionaryRegistration {
    /// What is the same for every dictionary.
    pub meta: &'static RuleMeta,
    make: fn() -> Box<dyn DictionaryRule>,
}

impl DictionaryRegistration {
    const fn of<R: DictionaryRule + Default + 'static>(meta: &'static RuleMeta) -> Self {
        Self { meta, make: || Box::new(R::default()) }
    }

    /// The rule with its default options.
    pub fn make(&self) -> Box<dyn DictionaryRule> {
        (self.make)()
    }
}

/// What every rule finds in `dictionaries`, by file, line and rule.
///
/// `notice` is the text with which a dictionary was issued, e.g. 新增了“体育大脑”等3个定义解释; nothing is
/// compared with it if it is not given.
pub fn check_dictionaries(
    dictionaries: &[Arc<Dictionary>],
    notice: Option<&str>,
) -> Vec<DictionaryDiagnostic> {
    let cx = DictionaryContext::new(dictionaries, notice);
    let mut findings = Vec::new();
    for registration in DICTIONARY_RULES {
        let mut sink = DictionarySink { meta: registration.meta, out: &mut findings };
        registration.make().check(&cx, &mut sink);
    }
    let place = |file: &str| dictionaries.iter().position(|dictionary| dictionary.file() == file);
    // Stable: findings of one line stay in the order of the rules.
    findings.sort_by_cached_key(|finding| (place(&finding.place.file), finding.place.line));
    findings
}
