//! Dictionaries as MultiTerm XML. It has no place for variants, relations and what the dictionary says of itself.

use zhengming_terms::dictionary::{Concept, Designation, Dictionary, Status};

use super::{escape, escape_content};

/// The dictionary as a MultiTerm XML file.
pub fn to_multiterm(dictionary: &Dictionary) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<mtf>\n");
    for concept in dictionary.concepts() {
        write_entry(&mut out, concept);
    }
    out.push_str("</mtf>\n");
    out
}

fn write_entry(out: &mut String, concept: &Concept) {
    out.push_str(&format!("<conceptGrp><concept>{}</concept>\n", escape_content(&concept.id)));
    let single = [
        ("Subject", &concept.domain),
        ("Clause", &concept.clause),
        ("Definition", &concept.definition),
        ("Source", &concept.source),
        ("Responsible", &concept.responsible),
    ];
    for (name, value) in single {
        if let Some(value) = value {
            write_field(out, name, value);
        }
    }
    for note in &concept.notes {
        write_field(out, "Note", note);
    }
    for example in &concept.examples {
        write_field(out, "Example", example);
    }
    out.push_str("<languageGrp><language type=\"Chinese\" lang=\"ZH\"/>\n");
    for designation in &concept.designations {
        write_term(out, designation);
    }
    out.push_str("</languageGrp>\n");
    if !concept.english.is_empty() {
        out.push_str("<languageGrp><language type=\"English\" lang=\"EN\"/>\n");
        for term in &concept.english {
            out.push_str(&format!("<termGrp><term>{}</term></termGrp>\n", escape_content(term)));
        }
        out.push_str("</languageGrp>\n");
    }
    out.push_str("</conceptGrp>\n");
}

fn write_term(out: &mut String, designation: &Designation) {
    out.push_str(&format!("<termGrp><term>{}</term>", escape_content(&designation.text)));
    let status = match designation.status {
        Status::Preferred => "Preferred",
        Status::Admitted => "Admitted",
        Status::Deprecated => "Deprecated",
        Status::Superseded => "Superseded",
    };
    write_field(out, "Status", status);
    if let Some(usage) = &designation.usage {
        write_field(out, "Usage", usage);
    }
    out.push_str("</termGrp>\n");
}

fn write_field(out: &mut String, name: &str, value: &str) {
    let (name, value) = (escape(name), escape_content(value));
    out.push_str(&format!("<descripGrp><descrip type=\"{name}\">{value}</descrip></descripGrp>\n"));
}
