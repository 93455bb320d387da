//! Rules over a folder of documents: summaries in, findings out.
//!
//! What a folder rule says depends on the set of summaries alone, not on their order or on how they were
//! divided among machines.

use std::collections::HashMap;

use crate::finding::{Finding, FolderPlace};
use crate::linter::{Options, is_selected};
use crate::meta::RuleMeta;
use zhengming_reading::summary::{Site, Summary};
use zhengming_text::diagnostic::{Diagnostic, Severity};

/// A rule over the summaries of a folder.
pub trait FolderRule: Send + Sync {
    /// What is the same for every folder.
    fn meta(&self) -> &'static RuleMeta;

    /// Reports every contradiction between the documents of `folder` to `sink`.
    fn check(&self, folder: &Folder<'_>, sink: &mut FolderSink<'_>);
}

/// The documents of a folder, ordered by path, each path once.
#[derive(Debug)]
pub struct Folder<'a> {
    summaries: Vec<&'a Summary>,
}

impl<'a> Folder<'a> {
    /// The folder of these documents, in whatever order they come.
    pub fn new(summaries: impl IntoIterator<Item = &'a Summary>) -> Self {
        let mut summaries: Vec<&Summary> = summaries.into_iter().collect();
        summaries.sort_by(|a, b| a.path.cmp(&b.path));
        summaries.dedup_by(|later, first| later.path == first.path);
        Self { summaries }
    }

    /// The documents by path.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = &'a Summary> {
        self.summaries.iter().copied()
    }
}

/// A finding in one document of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderDiagnostic {
    /// The path of the document.
    pub path: String,
    /// Where in the document.
    pub site: Site,
    /// The finding. Its span counts the bytes of that document.
    pub diagnostic: Diagnostic,
}

impl FolderDiagnostic {
    /// Whether a comment in the document or an allowed word keeps it out of reports.
    pub fn is_silenced(&self) -> bool {
        self.site.silenced.iter().any(|id| id == self.diagnostic.rule)
    }
}

/// Takes the findings of one folder rule.
#[derive(Debug)]
pub struct FolderSink<'a> {
    meta: &'static RuleMeta,
    /// The findings, each with the severity that the rule gave it.
    out: &'a mut Vec<(FolderDiagnostic, Option<Severity>)>,
}

impl FolderSink<'_> {
    /// Reports a finding.
    pub fn report(&mut self, finding: Finding<FolderPlace>) {
        let severity = finding.severity;
        let (path, site) = (finding.at.path.clone(), finding.at.site.clone());
        let place = (site.block, site.span(), site.sentence.clone());
        let related = |at: FolderPlace, message| Some(at.related(message));
        let diagnostic = finding.told(self.meta, self.meta.severity, place, related);
        self.out.push((FolderDiagnostic { path, site, diagnostic }, severity));
    }
}

/// What `rules` find in the documents of `folder`, by path and place. `options` are those of the document
/// with a path: what its configuration leaves out is not found in it.
pub fn check_folder<'o>(
    folder: &Folder<'_>,
    rules: &[&dyn FolderRule],
    options: impl Fn(&str) -> &'o Options,
) -> Vec<FolderDiagnostic> {
    let mut found = Vec::new();
    if folder.summaries.len() < 2 {
        return found;
    }
    for rule in rules {
        let meta = rule.meta();
        let mut own = Vec::new();
        rule.check(folder, &mut FolderSink { meta, out: &mut own });
        found.extend(own.into_iter().filter_map(|one| {
            let options = options(&one.0.path);
            configured(one, meta, options)
        }));
    }
    found.sort_by(|a, b| {
        let key = |one: &FolderDiagnostic| (one.diagnostic.span, one.diagnostic.rule);
        (&a.path, key(a)).cmp(&(&b.path, key(b)))
    });
    found
}

/// The finding with the severity that `options` give it, or nothing if they leave it out.
fn configured(
    (mut one, own): (FolderDiagnostic, Option<Severity>),
    meta: &RuleMeta,
    options: &Options,
) -> Option<FolderDiagnostic> {
    if !is_selected(meta, options) {
        return None;
    }
    let configured = options.severities.get(meta.id).copied();
    if configured == Some(None) {
        return None;
    }
    let severity = meta.severity_of(own, configured.flatten());
    one.diagnostic.severity = severity;
    options.min_severity.is_none_or(|least| severity >= least).then_some(one)
}

/// Groups `items` by `key`, groups and members in the order of first appearance.
pub fn grouped<K: Eq + std::hash::Hash, T>(
    items: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> K,
) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = Vec::new();
    let mut known: HashMap<K, usize> = HashMap::new();
    for item in items {
        let index = *known.entry(key(&item)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[index].push(item);
    }
    groups
}
