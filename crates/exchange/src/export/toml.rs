//! Dictionaries as TOML, laid out like the built-in ones: one key a line, one variant a line.

use zhengming_terms::dictionary::{
    Concept, ConfusableWhen, Designation, Dictionary, Header, Relation, Status, Variant,
};

use crate::interchange::word;

/// The dictionary as TOML. Reading it back gives an equal dictionary, except that the form has no place for
/// remarks on a preferred designation and lists the others by status.
pub fn to_toml(dictionary: &Dictionary) -> String {
    let mut out = String::new();
    write_header(dictionary.header(), &mut out);
    for concept in dictionary.concepts() {
        out.push_str("\n[[concept]]\n");
        write_concept(concept, &mut out);
    }
    out
}

// The model is taken apart by name here and below, so that a new field of it is not forgotten.
fn write_header(header: &Header, out: &mut String) {
    let Header {
        id,
        title,
        layer,
        subject,
        series,
        edition,
        citation,
        issuer,
        authority,
        status,
        published,
        effective,
        withdrawn,
        superseded_by,
        note,
        imports,
        stop_compounds,
    } = header;
    out.push_str("[dictionary]\n");
    field(out, "id", Some(id));
    field(out, "title", Some(title));
    other_than_default(out, "layer", *layer);
    other_than_default(out, "subject", *subject);
    field(out, "series", series.as_ref());
    field(out, "edition", edition.as_ref());
    field(out, "citation", citation.as_ref());
    field(out, "issuer", issuer.as_ref());
    field(out, "authority", authority.map(word).as_ref());
    field(out, "status", status.map(word).as_ref());
    field(out, "published", published.map(word).as_ref());
    field(out, "effective", effective.map(word).as_ref());
    field(out, "withdrawn", withdrawn.map(word).as_ref());
    field(out, "superseded_by", superseded_by.as_ref());
    field(out, "note", note.as_ref());
    strings(out, "imports", imports);
    strings(out, "stop_compounds", stop_compounds);
}

fn write_concept(concept: &Concept, out: &mut String) {
    let Concept {
        id,
        designations,
        clause,
        heading,
        domain,
        responsible,
        english,
        definition,
        notes,
        examples,
        source,
        matching,
        variants,
        relations,
        line: _,
    } = concept;
    let preferred = concept.preferred();
    if id != preferred {
        field(out, "id", Some(id));
    }
    line(out, "term", &quoted(preferred));
    field(out, "clause", clause.as_ref());
    field(out, "heading", heading.as_ref());
    field(out, "domain", domain.as_ref());
    field(out, "responsible", responsible.as_ref());
    strings(out, "english", english);
    for (key, status) in [
        ("admitted", Status::Admitted),
        ("deprecated", Status::Deprecated),
        ("superseded", Status::Superseded),
    ] {
        let names: Vec<&Designation> =
            designations.iter().filter(|designation| designation.status == status).collect();
        let plain =
            names.iter().all(|name| name.usage.is_none() && name.since.is_none() && name.note.is_none());
        let items = names.into_iter().map(designation).collect();
        array(out, key, items, !plain);
    }
    other_than_default(out, "match", *matching);
    field(out, "definition", definition.as_ref());
    strings(out, "notes", notes);
    strings(out, "examples", examples);
    field(out, "source", source.as_ref());
    array(out, "variants", variants.iter().map(variant).collect(), true);
    array(out, "relations", relations.iter().map(relation).collect(), true);
}

fn designation(designation: &Designation) -> String {
    let Designation { text, status: _, usage, since, note } = designation;
    if usage.is_none() && since.is_none() && note.is_none() {
        return quoted(text);
    }
    let mut table = Table::default();
    table.string("text", Some(text));
    table.string("usage", usage.as_ref());
    table.string("since", since.map(word).as_ref());
    table.string("note", note.as_ref());
    table.close()
}

fn variant(variant: &Variant) -> String {
    let Variant { surface, kind, fix, unless, line: _ } = variant;
    let mut table = Table::default();
    table.string("surface", Some(surface));
    table.string("kind", Some(&word(kind)));
    table.string("fix", Some(&word(fix)));
    table.strings("unless", unless);
    table.close()
}

fn relation(relation: &Relation) -> String {
    let Relation { kind, target, note, when, generic_after, specific_before, specific_after, line: _ } =
        relation;
    let mut table = Table::default();
    table.string("kind", Some(&word(kind)));
    table.string("target", Some(target));
    table.string("note", note.as_ref());
    if *when != ConfusableWhen::default() {
        table.string("when", Some(&word(when)));
    }
    table.strings("generic_after", generic_after);
    table.strings("specific_before", specific_before);
    table.strings("specific_after", specific_after);
    table.close()
}

/// An inline table: `{ key = "value" }`.
#[derive(Default)]
struct Table(Vec<String>);

impl Table {
    fn string(&mut self, key: &str, value: Option<&String>) {
        self.0.extend(value.map(|value| format!("{key} = {}", quoted(value))));
    }

    fn strings(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            self.0.push(format!("{key} = [{}]", values.join(", ")));
        }
    }

    fn close(self) -> String {
        format!("{{ {} }}", self.0.join(", "))
    }
}

fn line(out: &mut String, key: &str, value: &str) {
    out.push_str(key);
    out.push_str(" = ");
    out.push_str(value);
    out.push('\n');
}

fn field(out: &mut String, key: &str, value: Option<&String>) {
    if let Some(value) = value {
        line(out, key, &quoted(value));
    }
}

fn other_than_default<T: Copy + Default + PartialEq + serde::Serialize>(
    out: &mut String,
    key: &str,
    value: T,
) {
    if value != T::default() {
        field(out, key, Some(&word(value)));
    }
}

fn strings(out: &mut String, key: &str, values: &[String]) {
    array(out, key, values.iter().map(|value| quoted(value)).collect(), false);
}

/// An array, one item a line unless it has only one and that is a string.
fn array(out: &mut String, key: &str, items: Vec<String>, tables: bool) {
    match items.as_slice() {
        [] => {}
        [only] if !tables => line(out, key, &format!("[{only}]")),
        _ => {
            out.push_str(key);
            out.push_str(" = [\n");
            for item in items {
                out.push_str("  ");
                out.push_str(&item);
                out.push_str(",\n");
            }
            out.push_str("]\n");
        }
    }
}

/// A basic string of TOML, always on one line.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1F}' | '\u{7F}' => out.push_str(&format!("\\u{:04X}", u32::from(character))),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}
