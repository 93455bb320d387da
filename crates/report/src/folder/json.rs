//! The report as one JSON document for scripts.

use serde_json::{Value, json};

use super::Day;
use super::model::{FindingRow, FirstRow, Model, Use};

/// The version of the shape. Fields may be added under the same version.
const VERSION: u32 = 1;

/// The report, indented.
pub(super) fn render(model: &Model) -> String {
    let value = json!({
        "version": VERSION,
        "tool": { "name": "zhengming", "version": model.tool_version },
        "about": model.about.as_ref().map(|about| {
            let (as_of, undated) = match about.day {
                Day::All(day) => (Some(day.to_string()), None),
                Day::Own(day) => (None, day.map(|day| day.to_string())),
            };
            json!({ "folders": about.folders, "as_of": as_of, "undated_as_of": undated })
        }),
        "made": model.made,
        "dictionaries": model.dictionaries,
        "summary": model.totals,
        "first": model.first.iter().map(|row| first(model, row)).collect::<Vec<_>>(),
        "comparison": model.comparison,
        "history": model.history,
        "folders": model.folders,
        "issuers": model.issuers,
        "rules": model.rules,
        "documents": model.documents,
        "findings": model.findings.iter().map(|row| finding(model, row)).collect::<Vec<_>>(),
        "terms": terms(model),
        "citations": citations(model),
        "conflicts": conflicts(model),
        "jargon": jargon(model),
    });
    serde_json::to_string_pretty(&value).expect("plain data") + "\n"
}

fn finding(model: &Model, row: &FindingRow) -> Value {
    let path = |document: usize| model.documents[document].path.as_str();
    let text = |index: usize| model.texts.get(index);
    let related = row.related.iter().map(|related| {
        json!({
            "path": related.path.map_or(path(row.document), text),
            "line": related.line,
            "column": related.column,
            "place": related.place.map(text),
            "message": text(related.message),
        })
    });
    json!({
        "path": path(row.document),
        "line": row.line,
        "column": row.column,
        "place": model.place(row),
        "rule": model.rules[row.rule].id,
        "name": model.rules[row.rule].name,
        "family": model.rules[row.rule].family,
        "severity": row.severity,
        "message": text(row.message),
        "label": text(row.label),
        "help": row.help.map(text),
        "text": row.text,
        "before": row.before,
        "after": row.after,
        "concept": row.concept.map(|concept| &model.concepts[concept].id),
        "fix": row.fix.map(text),
        "fixable": row.fixable,
        "sureness": row.sureness,
        "fingerprint": row.fingerprint,
        "new": row.is_new,
        "related": related.collect::<Vec<_>>(),
    })
}

fn first(model: &Model, row: &FirstRow) -> Value {
    json!({
        "rule": model.rules[row.rule].id,
        "name": model.rules[row.rule].name,
        "severity": row.severity,
        "text": row.text,
        "action": model.texts.get(row.action),
        "findings": row.findings,
        "documents": row.documents,
        "fixable": row.fixable,
        "score": row.score,
    })
}

fn uses(model: &Model, uses: &[Use]) -> Vec<Value> {
    let shown = uses.iter().map(|&Use { document, count, line, column, place }| {
        let place = place.map(|place| model.texts.get(place));
        let path = &model.documents[document].path;
        json!({ "path": path, "count": count, "line": line, "column": column, "place": place })
    });
    shown.collect()
}

fn terms(model: &Model) -> Vec<Value> {
    let rows = model.terms.iter().map(|term| {
        let spellings = term.spellings.iter().map(|spelling| {
            json!({
                "text": spelling.text,
                "standing": spelling.standing,
                "count": spelling.count,
                "uses": uses(model, &spelling.uses),
            })
        });
        json!({ "concept": model.concepts[term.concept], "spellings": spellings.collect::<Vec<_>>() })
    });
    rows.collect()
}

fn citations(model: &Model) -> Vec<Value> {
    let rows = model.citations.iter().map(|row| {
        json!({
            "normal": row.normal,
            "kind": row.kind,
            "edition": row.edition,
            "standing": row.standing,
            "successor": row.successor,
            "count": row.count,
            "uses": uses(model, &row.uses),
        })
    });
    rows.collect()
}

fn conflicts(model: &Model) -> Vec<Value> {
    let path = |document: usize| &model.documents[document].path;
    let rows = model.conflicts.iter().map(|row| {
        let given = |given: &super::model::GivenRow| {
            json!({
                "path": path(given.document),
                "line": given.line,
                "column": given.column,
                "place": given.place.map(|place| model.texts.get(place)),
                "body": given.body,
            })
        };
        json!({ "term": row.term, "here": given(&row.here), "there": given(&row.there), "changes": row.changes })
    });
    rows.collect()
}

fn jargon(model: &Model) -> Vec<Value> {
    let rows = model.jargon.iter();
    rows.map(|row| json!({ "text": row.text, "count": row.count, "uses": uses(model, &row.uses) })).collect()
}
