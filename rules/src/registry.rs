//! The one list of rules.
//!
//! A rule without options is listed with `Registration::of`, one with options with
//! `Registration::with_options`: then the fields of its struct are the options
//! ([`crate::options`] shows how), and `zhengming.toml`, its schema, `explain` and `--dump-config` know
//! them from there.

use serde_json::Value;
use zhengming_lint::rule::{Rule, RuleMeta};
use zhengming_text::message::Lang;

use crate::consistency::{CountMismatch, TitleMismatch};
use crate::definition::{
    AlteredDefinition, ConflictingDefinition, StaleDefinition, UnmarkedAdaptation, UnsourcedDefinition,
};
use crate::dictionary::DICTIONARY_RULES;
use crate::edition::{
    CitationFormat, ClauseReferenceMismatch, DraftAsAuthority, MalformedStandardNumber, MixedEditions,
    PendingEdition, StaleEdition, TitleNumberMismatch, UndatedClauseReference, UnknownEdition,
    WithdrawnStandard,
};
use crate::folder::FOLDER_RULES;
use crate::jargon::{
    AbbreviationBeforeDefinition, AcronymConflict, DefinedButUnused, UndefinedTerm, UnexpandedAcronym,
    UsedBeforeDefined,
};
use crate::options::{self, Mismatch, Options};
use crate::suppression::UnusedSuppression;
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
    Registration::with_options::<NearMissTerm>(&NearMissTerm::META),
    Registration::of::<MorphemeOrderVariant>(&MorphemeOrderVariant::META),
    Registration::with_options::<InconsistentTerm>(&InconsistentTerm::META),
    Registration::with_options::<TermQuotation>(&TermQuotation::META),
    Registration::of::<OrganizationNameVariant>(&OrganizationNameVariant::META),
    Registration::of::<TitleMismatch>(&TitleMismatch::META),
    Registration::of::<CountMismatch>(&CountMismatch::META),
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
    Registration::with_options::<UndefinedTerm>(&UndefinedTerm::META),
    Registration::with_options::<UnexpandedAcronym>(&UnexpandedAcronym::META),
    Registration::of::<UsedBeforeDefined>(&UsedBeforeDefined::META),
    Registration::of::<DefinedButUnused>(&DefinedButUnused::META),
    Registration::of::<AcronymConflict>(&AcronymConflict::META),
    Registration::of::<AbbreviationBeforeDefinition>(&AbbreviationBeforeDefinition::META),
    Registration::of::<UnusedSuppression>(&UnusedSuppression::META),
];

/// One rule: what is known of it without making it, and how to make it.
#[derive(Debug)]
pub struct Registration {
    /// What is the same for every document.
    pub meta: &'static RuleMeta,
    make: fn() -> Box<dyn Rule>,
    options: Option<RuleOptions>,
}

/// How a rule with options is made from them.
#[derive(Debug)]
struct RuleOptions {
    configure: fn(&Value) -> Result<Box<dyn Rule>, Mismatch>,
    schema: fn() -> Value,
}

impl Registration {
    /// A rule without options.
    const fn of<R: Rule + Default + 'static>(meta: &'static RuleMeta) -> Self {
        Self { meta, make: || Box::new(R::default()), options: None }
    }

    /// A rule whose fields are its options.
    const fn with_options<R: Rule + Default + Options + 'static>(meta: &'static RuleMeta) -> Self {
        let options = RuleOptions {
            configure: |table| options::read::<R>(table).map(|rule| Box::new(rule) as Box<dyn Rule>),
            schema: options::schema::<R>,
        };
        Self { meta, make: || Box::new(R::default()), options: Some(options) }
    }

    /// The rule with its default options.
    pub fn make(&self) -> Box<dyn Rule> {
        (self.make)()
    }

    /// The rule with the options of a table; those that it does not name are as by default.
    ///
    /// # Errors
    /// If the rule has no such option, or a value is not what is expected; the error names both.
    pub fn configured(&self, table: &Value) -> Result<Box<dyn Rule>, Mismatch> {
        match &self.options {
            Some(options) => (options.configure)(table),
            None => options::check(table, &options::none()).map(|()| self.make()),
        }
    }

    /// The schema of the rule's options: an object, without properties if it has none.
    pub fn options_schema(&self) -> Value {
        self.options.as_ref().map_or_else(options::none, |options| (options.schema)())
    }
}

/// What people call the rule with this id, over documents, folders or dictionaries; the id itself if there is none.
pub fn rule_name(id: &str, lang: Lang) -> &str {
    let documents = RULES.iter().map(|rule| rule.meta).chain(FOLDER_RULES.iter().map(|rule| rule.meta));
    let mut all = documents.chain(DICTIONARY_RULES.iter().map(|rule| rule.meta));
    all.find(|meta| meta.id == id).map_or(id, |meta| meta.name(lang))
}

/// Every rule that a configuration may name, with the schema of its options: those over documents, then
/// those over folders.
pub fn configurable() -> impl Iterator<Item = (&'static RuleMeta, Value)> {
    let documents = RULES.iter().map(|rule| (rule.meta, rule.options_schema()));
    documents.chain(FOLDER_RULES.iter().map(|rule| (rule.meta, options::none())))
}

/// What `cargo xtask new-rule` writes, so that its output is known to hold.
#[cfg(test)]
pub(crate) static TEMPLATE: Registration =
    Registration::of::<crate::template::NewRule>(&crate::template::NewRule::META);

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use zhengming_lint::rule::family_name;

    use super::*;

    /// Those over documents, folders and dictionaries.
    fn every_rule() -> impl Iterator<Item = &'static RuleMeta> {
        let documents = RULES.iter().map(|rule| rule.meta);
        let folders = FOLDER_RULES.iter().map(|rule| rule.meta);
        documents.chain(folders).chain(DICTIONARY_RULES.iter().map(|rule| rule.meta))
    }

    #[test]
    fn every_rule_has_one_id_and_full_pages() {
        let mut ids = HashSet::new();
        for meta in every_rule().chain([TEMPLATE.meta]) {
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
    fn every_rule_has_a_name_of_its_own_and_a_family_with_one() {
        let mut names = HashSet::new();
        for meta in every_rule() {
            for lang in [Lang::Zh, Lang::En] {
                let name = rule_name(meta.id, lang);
                assert!(names.insert(name), "{name} is the name of two rules");
                assert!((3..=42).contains(&name.chars().count()), "{name}");
                assert_ne!(family_name(meta.family, lang), meta.family, "{}", meta.id);
            }
            assert!(meta.name.0.chars().any(|c| c > '\u{4e00}') && meta.name.1.is_ascii(), "{}", meta.id);
            assert!(!meta.name.0.is_ascii() && meta.name.0.chars().count() <= 12, "{}", meta.name.0);
        }
        assert_eq!(rule_name("no-such-rule", Lang::Zh), "no-such-rule");
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
        let mut ids: Vec<_> = every_rule().map(|meta| meta.id).collect();
        ids.sort_unstable();
        assert_eq!(files, ids);
    }

    #[test]
    fn registered_rules_make_themselves() {
        for registration in RULES {
            assert_eq!(registration.make().meta().id, registration.meta.id);
        }
    }

    #[test]
    fn options_say_in_both_languages_what_they_mean_and_are_checked() {
        for registration in RULES {
            let id = registration.meta.id;
            let schema = registration.options_schema();
            assert_eq!(schema["type"], "object", "{id}");
            assert_eq!(schema["additionalProperties"], false, "{id}: #[serde(deny_unknown_fields)]");
            for (key, property) in schema["properties"].as_object().into_iter().flatten() {
                let text = property["description"].as_str().unwrap_or_default();
                assert!(text.contains(" || "), "{id}.{key}: `中文 || English` as its comment");
                assert!(!key.contains('_'), "{id}.{key}: #[serde(rename_all = \"kebab-case\")]");
                assert!(property.get("default").is_some(), "{id}.{key}: no default");
            }
            assert!(registration.configured(&serde_json::json!({})).is_ok(), "{id}: #[serde(default)]");
            let error = registration
                .configured(&serde_json::json!({ "no-such-option": 1 }))
                .err()
                .expect("no such option");
            assert!(error.text().zh.contains("no-such-option"), "{id}");
        }
    }
}
