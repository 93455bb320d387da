//! Comparison with an earlier report on the same documents: what is new, gone, still there, and how it went on.

use std::collections::HashMap;

use serde::Deserialize;
use zhengming_text::message::Text;

use super::groups::shared;
use super::model::{Comparison, DocumentRow, GoneRow, Model, RunRow};

/// Runs that the line over time keeps: a year of weeks.
const MOST_RUNS: usize = 52;

/// An earlier report, as far as a comparison needs it: what `report -o FILE.json` wrote.
#[derive(Debug, Deserialize)]
pub struct Earlier {
    made: Option<String>,
    summary: Figures,
    documents: Vec<EarlierDocument>,
    findings: Vec<EarlierFinding>,
    #[serde(default)]
    history: Vec<RunRow>,
}

#[derive(Debug, Deserialize)]
struct Figures {
    documents: usize,
    characters: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
}

#[derive(Debug, Deserialize)]
struct EarlierDocument {
    path: String,
}

#[derive(Debug, Deserialize)]
struct EarlierFinding {
    path: String,
    line: usize,
    place: Option<String>,
    rule: String,
    name: String,
    message: String,
    text: String,
    fingerprint: String,
}

impl Earlier {
    /// Reads an earlier report.
    ///
    /// # Errors
    /// If it is none, or one of a version that could not be compared.
    pub fn read(text: &str) -> Result<Self, Text> {
        serde_json::from_str(text.strip_prefix('\u{FEFF}').unwrap_or(text)).map_err(|error| {
            Text::new(
                format!("不能拿来比较：要的是 zhengming report … -o 文件.json 写出的报告（{error}）"),
                format!("cannot be compared with: what is wanted is a report written by `zhengming report … -o FILE.json` ({error})"),
            )
        })
    }
}

/// Marks the findings of `model` as new or known, and gives what is gone and the runs so far.
pub(super) fn compare(model: &mut Model, earlier: Earlier) -> (Comparison, Vec<RunRow>) {
    let Earlier { made, summary, documents, findings, mut history } = earlier;
    // The line of the earlier report ends with itself.
    if history.is_empty() {
        history.push(RunRow {
            made: made.clone(),
            documents: summary.documents,
            characters: summary.characters,
            errors: summary.errors,
            warnings: summary.warnings,
            infos: summary.infos,
        });
    }
    let surplus = history.len().saturating_sub(MOST_RUNS);
    history.drain(..surplus);
    // Documents are the same by their paths, or, where none is, by where they stand in what they share: the folder was
    // named from elsewhere, or moved.
    let earlier_rows: Vec<DocumentRow> = documents.iter().map(|one| DocumentRow::new(&one.path)).collect();
    let is_known = |path: &str| model.documents.iter().any(|row| row.path == path);
    let moved = !documents.iter().any(|one| is_known(&one.path));
    let (cut, cut_earlier) =
        if moved { (shared(&model.documents).len(), shared(&earlier_rows).len()) } else { (0, 0) };
    let mut left: HashMap<(&str, &str, &str), Vec<usize>> = HashMap::new();
    for (index, one) in findings.iter().enumerate() {
        let path = one.path.get(cut_earlier..).unwrap_or(&one.path);
        left.entry((path, &one.rule, &one.fingerprint)).or_default().push(index);
    }
    let mut is_gone = vec![true; findings.len()];
    let mut comparison = Comparison { earlier: made, ..Comparison::default() };
    for row in &mut model.findings {
        let path = &model.documents[row.document].path[cut..];
        let key = (path, model.rules[row.rule].id, row.fingerprint.as_str());
        // As often as before is known; what is more often is new.
        let known = left.get_mut(&key).and_then(Vec::pop);
        row.is_new = Some(known.is_none());
        match known {
            Some(index) => {
                comparison.still += 1;
                is_gone[index] = false;
            }
            None => comparison.new += 1,
        }
    }
    let here: Vec<&str> = model.documents.iter().map(|row| &row.path[cut..]).collect();
    for (one, _) in findings.into_iter().zip(is_gone).filter(|(_, is_gone)| *is_gone) {
        if !here.contains(&one.path.get(cut_earlier..).unwrap_or(&one.path)) {
            comparison.gone_documents += 1;
        }
        comparison.gone.push(GoneRow {
            path: one.path,
            line: one.line,
            place: one.place,
            rule: one.rule,
            name: one.name,
            message: one.message,
            text: one.text,
        });
    }
    (comparison, history)
}
