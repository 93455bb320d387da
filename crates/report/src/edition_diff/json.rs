//! A difference of editions for scripts.

use serde_json::{Value, json};
use zhengming_terms::diff::{
    Change, Degree, EditionDiff, EditionName, Entry, Field, Kept, Matched, Redefinition,
};

use super::Counts;

pub(super) fn json(diff: &EditionDiff) -> Value {
    let Counts { added, removed, renamed, renumbered, redefined, unchanged } = Counts::of(diff);
    let entries = |entries: &[Entry]| entries.iter().map(entry_json).collect::<Vec<_>>();
    let changed = diff.kept.iter().filter(|kept| !kept.is_unchanged());
    json!({
        "version": 1,
        "old": edition_json(&diff.old),
        "new": edition_json(&diff.new),
        "summary": {
            "added": added, "removed": removed, "renamed": renamed,
            "renumbered": renumbered, "redefined": redefined, "unchanged": unchanged,
        },
        "added": entries(&diff.added),
        "removed": entries(&diff.removed),
        "changed": changed.map(kept_json).collect::<Vec<_>>(),
    })
}

fn edition_json(name: &EditionName) -> Value {
    json!({ "id": name.id, "title": name.title, "edition": name.edition, "citation": name.citation })
}

fn entry_json(entry: &Entry) -> Value {
    json!({
        "id": entry.id,
        "clause": entry.clause,
        "term": entry.term,
        "citation": entry.citation,
        "definition": entry.definition,
    })
}

fn kept_json(kept: &Kept) -> Value {
    let matched = match kept.matched {
        Matched::Name => "name",
        Matched::Id => "id",
        Matched::OtherName => "other-name",
        Matched::Definition(_) => "definition",
    };
    let fields = kept
        .fields
        .iter()
        .map(|change| json!({ "field": field_name(change.field), "old": change.old, "new": change.new }));
    json!({
        "old": entry_json(&kept.old),
        "new": entry_json(&kept.new),
        "matched": matched,
        "renamed": kept.is_renamed(),
        "renumbered": kept.is_renumbered(),
        "definition": kept.definition.as_ref().map(definition_json),
        "fields": fields.collect::<Vec<_>>(),
    })
}

fn definition_json(definition: &Redefinition) -> Value {
    let degree = match definition.degree() {
        Degree::Editorial => "editorial",
        Degree::Adapted => "adapted",
        Degree::Unclear => "unclear",
        Degree::Replaced => "replaced",
    };
    let changes = definition.changes.iter().map(|change| match change {
        Change::Same(text) => json!({ "op": "same", "text": text }),
        Change::Removed(text) => json!({ "op": "removed", "text": text }),
        Change::Added(text) => json!({ "op": "added", "text": text }),
    });
    json!({
        "similarity": (definition.similarity * 1000.0).round() / 1000.0,
        "degree": degree,
        "changes": changes.collect::<Vec<_>>(),
    })
}

fn field_name(field: Field) -> &'static str {
    match field {
        Field::OtherNames => "other_names",
        Field::English => "english",
        Field::Domain => "domain",
        Field::Notes => "notes",
        Field::Examples => "examples",
        Field::Source => "source",
        Field::Responsible => "responsible",
    }
}
