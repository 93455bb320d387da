//! The one list of rules.

use zhengming_core::rule::{Rule, RuleMeta};

use crate::definition::{
    AlteredDefinition, ConflictingDefinition, StaleDefinition, UnmarkedAdaptation, UnsourcedDefinition,
};
use crate::edition::{
    CitationFormat, ClauseReferenceMismatch, DraftAsAuthority, MalformedStandardNumber, MixedEditions,
    PendingEdition, StaleEdition, TitleNumberMismatch, UndatedClauseReference, UnknownEdition,
    WithdrawnStandard,
};
use crate::variant::{
    ConfusableTerm, DeprecatedTerm, InconsistentTerm, MorphemeOrderVariant, NearMissTerm, NonstandardVariant,
    OrganizationNameVariant, SupersededTerm, TermQuotation,
};

/// Every rule, in the order of `zhengming rules`.
pub static RULES: &[Registration] = &[
    Registration::of::<NonstandardVariant>(&NonstandardVariant::META),
    Registration::of::<DeprecatedTerm>(&DeprecatedTerm::META),
    Registration::of::<SupersededTerm>(&SupersededTerm::META),
    Registration::of::<ConfusableTerm>(&ConfusableTerm::META),
    Registration::of::<NearMissTerm>(&NearMissTerm::META),
    Registration::of::<MorphemeOrderVariant>(&MorphemeOrderVariant::META),
    Registration::of::<InconsistentTerm>(&InconsistentTerm::META),
    Registration::of::<TermQuotation>(&TermQuotation::META),
    Registration::of::<OrganizationNameVariant>(&OrganizationNameVariant::META),
    Registration::of::<StaleEdition>(&StaleEdition::META),
    Registration::of::<WithdrawnStandard>(&WithdrawnStandard::META),
    Registration::of::<PendingEdition>(&PendingEdition::META),
    Registration::of::<UnknownEdition>(&UnknownEdition::META),
    Registration::of::<MixedEditions>(&MixedEditions::META),
    Registration::of::<ClauseReferenceMismatch>(&ClauseReferenceMismatch::META),
    Registration::of::<TitleNumberMismatch>(&TitleNumberMismatch::META),
    Registration::of::<DraftAsAuthority>(&DraftAsAuthority::META),
    Registration::of::<UndatedClauseReference>(&UndatedClauseReference::META),
    Registration::of::<MalformedStandardNumber>(&MalformedStandardNumber::META),
    Registration::of::<CitationFormat>(&CitationFormat::META),
    Registration::of::<StaleDefinition>(&StaleDefinition::META),
    Registration::of::<AlteredDefinition>(&AlteredDefinition::META),
    Registration::of::<ConflictingDefinition>(&ConflictingDefinition::META),
    Registration::of::<UnsourcedDefinition>(&UnsourcedDefinition::META),
    Registration::of::<UnmarkedAdaptation>(&UnmarkedAdaptation::META),
];

/// One rule: what is known of it without making it, and how to make it.
#[derive(Debug)]
pub struct Registration {
    /// What is the same for every document.
    pub meta: &'static RuleMeta,
    make: fn() -> Box<dyn Rule>,
}

impl Registration {
    const fn of<R: Rule + Default + 'static>(meta: &'static RuleMeta) -> Self {
        Self { meta, make: || Box::new(R::default()) }
    }

    /// The rule with its default options.
    pub fn make(&self) -> Box<dyn Rule> {
        (self.make)()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_rule_has_one_id_and_full_pages() {
        let mut ids = HashSet::new();
        for Registration { meta, .. } in RULES {
            assert!(ids.insert(meta.id), "{} is listed twice", meta.id);
            for (page, headings) in [
                (meta.page.0, ["## 为什么", "## 示例", "## 自动修改", "## 怎么办"]),
                (meta.page.1, ["## Why", "## Examples", "## Fix", "## Ways out"]),
            ] {
                assert!(page.starts_with(&format!("# {}\n", meta.id)), "{} has another title", meta.id);
                for heading in headings {
                    assert!(page.contains(heading), "{} lacks `{heading}`", meta.id);
                }
            }
        }
    }

    #[test]
    fn every_rule_file_is_registered() {
        let mut files: Vec<String> = Vec::new();
        for family in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap() {
            let family = family.unwrap().path();
            if family.is_dir() {
                let entries = std::fs::read_dir(&family).unwrap().map(|entry| entry.unwrap().file_name());
                files.extend(
                    entries.filter_map(|name| Some(name.to_str()?.strip_suffix(".en.md")?.replace('_', "-"))),
                );
            }
        }
        files.sort();
        let dictionary_rules = crate::dictionary::DICTIONARY_RULES.iter().map(|rule| rule.meta.id);
        let mut ids: Vec<_> = RULES.iter().map(|rule| rule.meta.id).chain(dictionary_rules).collect();
        ids.sort_unstable();
        assert_eq!(files, ids);
    }

    #[test]
    fn registered_rules_make_themselves() {
        for registration in RULES {
            assert_eq!(registration.make().meta().id, registration.meta.id);
        }
    }
}
