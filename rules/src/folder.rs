//! The folder family: whether the documents of a folder agree with one another.
//!
//! These rules look at summaries, not at documents, so that a folder may be read in parts.

mod acronym_conflict_across_documents;
mod conflicting_definitions;
mod framework_expression_mismatch;
mod inconsistent_term_across_documents;
mod mixed_editions_across_documents;
mod orphan_definition;
#[cfg(test)]
mod testing;

use zhengming_lint::folder::{Folder, FolderDiagnostic, FolderRule, check_folder};
use zhengming_lint::linter::Options;
use zhengming_lint::rule::RuleMeta;
use zhengming_reading::summary::Summary;

pub use acronym_conflict_across_documents::AcronymConflictAcrossDocuments;
pub use conflicting_definitions::ConflictingDefinitions;
pub use framework_expression_mismatch::FrameworkExpressionMismatch;
pub use inconsistent_term_across_documents::InconsistentTermAcrossDocuments;
pub use mixed_editions_across_documents::MixedEditionsAcrossDocuments;
pub use orphan_definition::OrphanDefinition;

/// Every rule over folders, in the order of `zhengming rules`.
pub static FOLDER_RULES: &[FolderRegistration] = &[
    FolderRegistration::of::<ConflictingDefinitions>(&ConflictingDefinitions::META),
    FolderRegistration::of::<InconsistentTermAcrossDocuments>(&InconsistentTermAcrossDocuments::META),
    FolderRegistration::of::<AcronymConflictAcrossDocuments>(&AcronymConflictAcrossDocuments::META),
    FolderRegistration::of::<FrameworkExpressionMismatch>(&FrameworkExpressionMismatch::META),
    FolderRegistration::of::<MixedEditionsAcrossDocuments>(&MixedEditionsAcrossDocuments::META),
    FolderRegistration::of::<OrphanDefinition>(&OrphanDefinition::META),
];

/// One rule: what is known of it without making it, and how to make it.
#[derive(Debug)]
pub struct FolderRegistration {
    /// What is the same for every folder.
    pub meta: &'static RuleMeta,
    make: fn() -> Box<dyn FolderRule>,
}

impl FolderRegistration {
    const fn of<R: FolderRule + Default + 'static>(meta: &'static RuleMeta) -> Self {
        Self { meta, make: || Box::new(R::default()) }
    }

    /// The rule with its default options.
    pub fn make(&self) -> Box<dyn FolderRule> {
        (self.make)()
    }
}

/// What every rule finds in the folder of `summaries`, by path and place; the order in which they are
/// given makes no difference. `options` are those of the document with a path.
pub fn check_summaries<'a, 'o>(
    summaries: impl IntoIterator<Item = &'a Summary>,
    options: impl Fn(&str) -> &'o Options,
) -> Vec<FolderDiagnostic> {
    let rules: Vec<_> = FOLDER_RULES.iter().map(FolderRegistration::make).collect();
    let rules: Vec<&dyn FolderRule> = rules.iter().map(AsRef::as_ref).collect();
    check_folder(&Folder::new(summaries), &rules, options)
}

/// What statutes and rules of authorities are called: what they define holds for themselves.
const STATUTES: [&str; 7] = ["条例", "办法", "规定", "细则", "规则", "法", "决定"];

/// Whether a document is a statute, by its title or the name of its file.
fn is_statute(document: &Summary) -> bool {
    let stem = document.name().rsplit_once('.').map_or(document.name(), |(stem, _)| stem);
    let names = document.title.as_deref().into_iter().chain([stem]);
    let bare = |name: &str| {
        let name = name.trim_end().trim_end_matches(['》', ' ']);
        name.split(['（', '(']).next().unwrap_or(name).trim_end().to_owned()
    };
    names.map(bare).any(|name| STATUTES.iter().any(|word| name.ends_with(word)))
}

/// Longest list of documents that a message names.
const NAMED: usize = 3;

/// `a.md、b.md、c.md等5份`
fn list_zh(names: &[&str]) -> String {
    let shown = names[..names.len().min(NAMED)].join("、");
    if names.len() > NAMED { format!("{shown}等{}份", names.len()) } else { shown }
}

/// `a.md, b.md, c.md and 2 more`
fn list_en(names: &[&str]) -> String {
    let shown = names[..names.len().min(NAMED)].join(", ");
    if names.len() > NAMED { format!("{shown} and {} more", names.len() - NAMED) } else { shown }
}
