//! What the dictionaries say of a word.

use serde_json::{Value, json};
use zhengming::Text;
use zhengming_terms::dictionary::{RelationKind, Status, Subject};
use zhengming_terms::termbase::{Role, Spelling, TermBase};

use crate::facts::status_name;

/// What the dictionaries say of a term, spelling by spelling; empty if none has it.
pub fn lookup_json(base: &TermBase, term: &str) -> Value {
    base.lookup(term).iter().map(|spelling| spelling_json(spelling, base)).collect()
}

fn spelling_json(spelling: &Spelling, base: &TermBase) -> Value {
    let concept = base.concept(spelling.concept);
    let dictionary = &base.dictionaries()[spelling.dictionary];
    let standing = standing(spelling, base);
    let entries: Vec<Value> = base
        .entries(spelling.concept)
        .filter(|(_, entry)| entry.definition.is_some() || !entry.notes.is_empty())
        .map(|(dictionary, entry)| {
            json!({
                "dictionary": dictionary.header().id,
                "citation": dictionary.cite(entry.clause.as_deref()),
                "clause": entry.clause,
                "definition": entry.definition,
                "notes": entry.notes,
                "examples": entry.examples,
                "source": entry.source,
            })
        })
        .collect();
    let relations: Vec<Value> = base
        .relations(spelling.concept)
        .iter()
        .map(|one| {
            json!({
                "kind": relation_name(one.relation.kind).1,
                "target": base.concept(one.target).preferred,
                "note": one.relation.note,
            })
        })
        .collect();
    json!({
        "text": spelling.text,
        "status": status_name(&spelling.role),
        "concept": concept.id,
        "preferred": base.name_for(spelling.concept, &spelling.text, None),
        "dictionary": dictionary.header().id,
        "standing_zh": standing.zh,
        "standing_en": standing.en,
        "entries": entries,
        "relations": relations,
    })
}

/// What a relation is called, in Chinese and in English.
pub fn relation_name(kind: RelationKind) -> (&'static str, &'static str) {
    match kind {
        RelationKind::SupersededBy => ("取代者", "superseded by"),
        RelationKind::Broader => ("上位概念", "broader"),
        RelationKind::Narrower => ("下位概念", "narrower"),
        RelationKind::PartOf => ("所属整体", "part of"),
        RelationKind::Confusable => ("易混", "confusable with"),
        RelationKind::AbbreviationOf => ("全称", "abbreviation of"),
        RelationKind::Related => ("参见", "see also"),
    }
}

/// The full name of an organisation of which `name` is the short form.
fn full_name(spelling: &Spelling, base: &TermBase, name: &str) -> Text {
    let full = &base.concept(spelling.concept).preferred;
    if full == name {
        return Text::new("", "");
    }
    Text::new(format!("全称“{full}”，"), format!("in full `{full}`, "))
}

/// Whether a spelling may be used, and what to use in its place.
pub fn standing(spelling: &Spelling, base: &TermBase) -> Text {
    let text = &spelling.text;
    let preferred = base.name_for(spelling.concept, text, None);
    let full = full_name(spelling, base, preferred);
    let whole = &base.concept(spelling.concept).preferred;
    let is_organization = base.concept(spelling.concept).subject == Subject::Organizations;
    let source = base.dictionaries()[spelling.dictionary].cite(None);
    match &spelling.role {
        Role::Designation { status: Status::Preferred, .. } => {
            if base.definition(spelling.concept).is_some() {
                Text::new(format!("“{text}”是规范用语"), format!("`{text}` is a preferred term"))
            } else {
                Text::new(
                    format!("“{text}”没有定义条目，见于{source}"),
                    format!("`{text}` has no entry of its own; it is named in {source}"),
                )
            }
        }
        Role::Designation { status: Status::Admitted, .. } => Text::new(
            format!("“{text}”是“{whole}”的{}", if is_organization { "规范名称" } else { "许用术语" }),
            format!(
                "`{text}` is an admitted {} `{whole}`",
                if is_organization { "name of" } else { "term for" }
            ),
        ),
        Role::Designation { status, since, .. } => {
            let since_zh = since.map_or(String::new(), |day| format!("自{}起", day.in_chinese()));
            let since_en = since.map_or(String::new(), |day| format!(" since {day}"));
            let (zh, en) = match status {
                Status::Superseded => ("被取代", "superseded"),
                _ => ("列为拒用", "deprecated"),
            };
            Text::new(
                format!("“{text}”{since_zh}{zh}，应为“{preferred}”（{}{source}）", full.zh),
                format!(
                    "`{text}` is {en}{since_en}; the preferred term is `{preferred}` ({}{source})",
                    full.en
                ),
            )
        }
        Role::Variant { .. } if is_organization => Text::new(
            format!("“{text}”不是规范的机构名称，应为“{preferred}”（{}{source}；只用于浙江的文稿）", full.zh),
            format!(
                "`{text}` is not the department's official name, which is `{preferred}` ({}{source}; for documents of Zhejiang)",
                full.en
            ),
        ),
        Role::Variant { .. } => Text::new(
            format!("“{text}”不是规范用语，应为“{preferred}”（{}{source}）", full.zh),
            format!("`{text}` is a variant; the preferred term is `{preferred}` ({}{source})", full.en),
        ),
    }
}
