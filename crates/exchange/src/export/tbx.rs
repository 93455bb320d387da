//! Dictionaries as TBX: ISO 30042:2019, dialect TBX-Basic, style DCA. What the dialect has no category for
//! stands in labelled notes, from which it is read back.

use std::collections::{HashMap, HashSet};

use zhengming_terms::dictionary::{Concept, Designation, Dictionary, Matching, Status};

use super::{escape, escape_content};
use crate::interchange::Label;
use crate::wire::{Node, said, word};

/// The dictionary as a TBX file.
pub fn to_tbx(dictionary: &Dictionary) -> String {
    let header = dictionary.header();
    let mut out = Writer::default();
    out.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.open("tbx type=\"TBX-Basic\" style=\"dca\" xml:lang=\"zh\" xmlns=\"urn:iso:std:iso:30042:ed-2\"");
    out.open("tbxHeader");
    out.open("fileDesc");
    out.open("titleStmt");
    out.element("title", "", &header.title);
    out.element("note", "", &Label::Dictionary.before(&json(header)));
    out.close("titleStmt");
    out.open("sourceDesc");
    out.element("p", "", header.citation.as_ref().unwrap_or(&header.title));
    out.close("sourceDesc");
    out.close("fileDesc");
    out.close("tbxHeader");
    out.open("text");
    out.open("body");
    let ids = Ids::new(dictionary);
    for (index, concept) in dictionary.concepts().iter().enumerate() {
        write_entry(&mut out, concept, &ids, index);
    }
    out.close("body");
    out.close("text");
    out.close("tbx");
    out.text
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(&Node::Table(said(value, &["id", "title"])))
        .expect("strings always have a JSON form")
}

fn write_entry(out: &mut Writer, concept: &Concept, ids: &Ids<'_>, index: usize) {
    let id = &ids.by_index[index];
    out.open(&format!("conceptEntry id=\"{}\"", escape(id)));
    if let Some(domain) = &concept.domain {
        out.element("descrip", "subjectField", domain);
    }
    if *id != concept.id {
        out.note(Label::Id, &concept.id);
    }
    for (label, value) in [
        (Label::Clause, &concept.clause),
        (Label::Heading, &concept.heading),
        (Label::Responsible, &concept.responsible),
    ] {
        if let Some(value) = value {
            out.note(label, value);
        }
    }
    if concept.matching != Matching::default() {
        out.note(Label::Matching, &word(concept.matching));
    }
    for variant in &concept.variants {
        out.note(Label::Variant, &json(variant));
    }
    for relation in &concept.relations {
        if let Some(target) = ids.by_term.get(relation.target.as_str()) {
            out.line(&format!(
                "<ref type=\"crossReference\" target=\"{}\">{}</ref>",
                escape(target),
                content(&relation.target)
            ));
        }
        out.note(Label::Relation, &json(relation));
    }
    write_chinese(out, concept);
    if !concept.english.is_empty() {
        out.open("langSec xml:lang=\"en\"");
        for term in &concept.english {
            out.open("termSec");
            out.element("term", "", term);
            out.close("termSec");
        }
        out.close("langSec");
    }
    out.close("conceptEntry");
}

fn write_chinese(out: &mut Writer, concept: &Concept) {
    out.open("langSec xml:lang=\"zh\"");
    if let Some(definition) = &concept.definition {
        out.open("descripGrp");
        out.element("descrip", "definition", definition);
    }
    if let Some(source) = &concept.source {
        out.element("admin", "source", source);
    }
    if concept.definition.is_some() {
        out.close("descripGrp");
    }
    for note in &concept.notes {
        out.element("note", "", &Label::plain_note(note));
    }
    for example in &concept.examples {
        out.note(Label::Example, example);
    }
    for designation in &concept.designations {
        write_designation(out, designation);
    }
    out.close("langSec");
}

fn write_designation(out: &mut Writer, designation: &Designation) {
    out.open("termSec");
    out.element("term", "", &designation.text);
    let status = match designation.status {
        Status::Preferred => "preferredTerm-admn-sts",
        Status::Admitted => "admittedTerm-admn-sts",
        Status::Deprecated => "deprecatedTerm-admn-sts",
        Status::Superseded => "supersededTerm-admn-sts",
    };
    out.element("termNote", "administrativeStatus", status);
    match designation.usage.as_deref() {
        None => {}
        Some("全称") => out.element("termNote", "termType", "fullForm"),
        Some("简称") => out.element("termNote", "termType", "shortForm"),
        Some("缩略语") => out.element("termNote", "termType", "abbreviation"),
        Some(usage) => out.note(Label::Usage, usage),
    }
    if let Some(since) = designation.since {
        out.note(Label::Since, &since.to_string());
    }
    if let Some(note) = &designation.note {
        out.note(Label::Remark, note);
    }
    out.close("termSec");
}

/// Ids that XML allows: the concepts' own where possible.
struct Ids<'d> {
    by_index: Vec<String>,
    by_term: HashMap<&'d str, String>,
}

impl<'d> Ids<'d> {
    fn new(dictionary: &'d Dictionary) -> Self {
        let concepts = dictionary.concepts();
        let taken: HashSet<&str> = concepts.iter().map(|concept| concept.id.as_str()).collect();
        let mut ids = Self { by_index: Vec::new(), by_term: HashMap::new() };
        let mut number = 0;
        for concept in concepts {
            let id = if is_name(&concept.id) {
                concept.id.clone()
            } else {
                loop {
                    number += 1;
                    let id = format!("c{number}");
                    if !taken.contains(id.as_str()) {
                        break id;
                    }
                }
            };
            ids.by_term.entry(concept.preferred()).or_insert_with(|| id.clone());
            ids.by_index.push(id);
        }
        ids
    }
}

/// Whether `text` is an XML name without a colon, as ids must be.
fn is_name(text: &str) -> bool {
    let start = |c: char| {
        matches!(c, 'A'..='Z' | 'a'..='z' | '_' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}'
            | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}'
            | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}'
            | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
    };
    let inside = |c: char| {
        start(c)
            || matches!(c, '0'..='9' | '-' | '.' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
    };
    text.chars().next().is_some_and(start) && text.chars().all(inside)
}

/// Text of an element. White space that a reader would take for layout is written as references.
fn content(text: &str) -> String {
    let inner = text.trim_matches(' ');
    let (before, after) = match inner {
        "" => (text.len(), 0),
        _ => (text.len() - text.trim_start_matches(' ').len(), text.len() - text.trim_end_matches(' ').len()),
    };
    let escaped = escape_content(inner).replace('\n', "&#10;").replace('\t', "&#9;");
    format!("{}{escaped}{}", "&#32;".repeat(before), "&#32;".repeat(after))
}

#[derive(Default)]
struct Writer {
    text: String,
    depth: usize,
}

impl Writer {
    fn line(&mut self, line: &str) {
        self.text.push_str(&"  ".repeat(self.depth));
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn open(&mut self, tag: &str) {
        self.line(&format!("<{tag}>"));
        self.depth += 1;
    }

    fn close(&mut self, name: &str) {
        self.depth -= 1;
        self.line(&format!("</{name}>"));
    }

    /// An element with text; `kind` is its data category, if it has one.
    fn element(&mut self, name: &str, kind: &str, text: &str) {
        let kind = if kind.is_empty() { String::new() } else { format!(" type=\"{kind}\"") };
        self.line(&format!("<{name}{kind}>{}</{name}>", content(text)));
    }

    fn note(&mut self, label: Label, text: &str) {
        self.element("note", "", &label.before(text));
    }
}
