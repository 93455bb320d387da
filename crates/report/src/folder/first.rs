//! What to do first: findings that one decision settles, by how much they matter and how sure the rule is.

use std::collections::{HashMap, HashSet};

use zhengming_reading::prose::without_layout;
use zhengming_text::diagnostic::Severity;

use super::model::{FindingRow, FirstRow, Model};

/// Rows that are shown: more is a list to work through, and the table of findings is that list.
const MOST: usize = 12;

/// How sure a finding is taken to be, of 100, whose rule weighs no evidence: a fix that may be applied without asking,
/// one that has to be asked for, none. They order the list and measure nothing.
const SURE: [u8; 3] = [95, 80, 70];

/// How sure a finding is, of 100.
pub(super) fn sure(row: &FindingRow) -> u8 {
    row.sureness.unwrap_or(SURE[if row.fixable { 0 } else { 2 - usize::from(row.fix.is_some()) }])
}

/// An error counts as three warnings, a warning as three hints.
fn weight(severity: Severity) -> usize {
    match severity {
        Severity::Error => 9,
        Severity::Warning => 3,
        Severity::Info => 1,
    }
}

/// The rows, the most pressing first.
pub(super) fn first(model: &Model) -> Vec<FirstRow> {
    let mut rows: Vec<(FirstRow, HashSet<usize>)> = Vec::new();
    let mut known: HashMap<(usize, String), usize> = HashMap::new();
    for row in &model.findings {
        let text = without_layout(&row.text);
        let index = *known.entry((row.rule, text.clone())).or_insert_with(|| {
            let first = FirstRow {
                rule: row.rule,
                severity: row.severity,
                text,
                action: row.fix.unwrap_or(row.label),
                findings: 0,
                documents: 0,
                fixable: true,
                score: 0,
            };
            rows.push((first, HashSet::new()));
            rows.len() - 1
        });
        let (first, documents) = &mut rows[index];
        let places = 1 + row.related.iter().filter(|place| place.path.is_none()).count();
        first.severity = first.severity.max(row.severity);
        first.findings += 1;
        first.fixable &= row.fixable;
        first.score += places * weight(row.severity) * usize::from(sure(row));
        documents.insert(row.document);
    }
    let mut rows: Vec<FirstRow> =
        rows.into_iter().map(|(row, documents)| FirstRow { documents: documents.len(), ..row }).collect();
    rows.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.text.cmp(&b.text)));
    rows.truncate(MOST);
    rows
}
