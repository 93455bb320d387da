//! What is known of every rule without making it.

use zhengming_lint::rule::RuleMeta;
use zhengming_rules::dictionary::DICTIONARY_RULES;
use zhengming_rules::{RULES, folder::FOLDER_RULES};

/// All rules: over documents, over folders, over dictionaries.
pub fn metas() -> impl Iterator<Item = &'static RuleMeta> {
    let documents = RULES.iter().map(|rule| rule.meta);
    let folders = FOLDER_RULES.iter().map(|rule| rule.meta);
    documents.chain(folders).chain(DICTIONARY_RULES.iter().map(|rule| rule.meta))
}
