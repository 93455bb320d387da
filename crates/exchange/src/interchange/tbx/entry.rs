//! One entry of a TBX file, whatever dialect and style it is written in.

use std::collections::BTreeMap;

use zhengming_terms::dictionary::{Concept, Designation, Relation, Status, Variant};

use super::label::{self, Label};
use crate::interchange::error::{Notices, Place};
use crate::wire::from_word;
use zhengming_formats::xml::Element;

pub(super) struct Entry {
    pub(super) xml_id: Option<String>,
    pub(super) concept: Concept,
    /// Ids of the entries to which it refers.
    pub(super) references: Vec<String>,
}

struct EntryReader<'r> {
    entry: Entry,
    /// Sources, those of the definition first.
    sources: Vec<String>,
    definitions: Vec<String>,
    left_out: &'r mut BTreeMap<String, usize>,
    notices: &'r mut Notices,
}

/// A language as a dictionary sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Chinese,
    English,
    Other,
}

impl Language {
    fn of(code: &str) -> Self {
        match code.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase().as_str() {
            "zh" | "zho" | "chi" | "cmn" => Self::Chinese,
            "en" | "eng" => Self::English,
            _ => Self::Other,
        }
    }
}

pub(super) fn read(
    element: &Element,
    default_language: Option<&str>,
    left_out: &mut BTreeMap<String, usize>,
    notices: &mut Notices,
) -> Entry {
    let xml_id = element.attribute("id").map(str::to_owned);
    let concept = Concept { line: element.line, ..Concept::default() };
    let entry = Entry { xml_id, concept, references: Vec::new() };
    let mut reader = EntryReader { entry, sources: Vec::new(), definitions: Vec::new(), left_out, notices };
    reader.read(element, default_language);
    reader.finish()
}

impl EntryReader<'_> {
    fn read(&mut self, element: &Element, default_language: Option<&str>) {
        let mut sections: Vec<(&str, &Element)> = Vec::new();
        for child in element.elements() {
            if matches!(child.name.as_str(), "langSec" | "langSet" | "langGroup") {
                sections.push((child.attribute("lang").or(default_language).unwrap_or(""), child));
            } else {
                self.info(child);
            }
        }
        // An entry without Chinese is kept under its first language.
        let chinese = sections.iter().position(|(code, _)| Language::of(code) == Language::Chinese);
        let main = chinese.unwrap_or(0);
        if chinese.is_none()
            && let Some((code, _)) = sections.first()
        {
            self.notice(
                format!("条目没有中文术语，采用 {code} 语的术语"),
                format!("the entry has no Chinese terms; those in `{code}` are taken"),
            );
        }
        for (index, &(code, section)) in sections.iter().enumerate() {
            if index == main {
                self.main_section(section);
            } else if Language::of(code) == Language::English {
                self.english_section(section);
            } else {
                self.notice(
                    format!("{code} 语部分未采用：词典只收中文和英文"),
                    format!("the section in `{code}` is left out; dictionaries hold Chinese and English"),
                );
            }
        }
    }

    fn main_section(&mut self, section: &Element) {
        let mut first = true;
        for child in section.elements() {
            if !is_term_section(child) {
                self.info(child);
                continue;
            }
            if let Some((mut designation, stated)) = self.designation(child) {
                // Without a status the first term is the preferred one.
                designation.status =
                    stated.unwrap_or(if first { Status::Preferred } else { Status::Admitted });
                self.entry.concept.designations.push(designation);
                first = false;
            }
        }
    }

    fn english_section(&mut self, section: &Element) {
        for child in section.elements() {
            if !is_term_section(child) {
                // The definition in Chinese counts; another one beside it would be a translation.
                self.count(child);
                continue;
            }
            self.equivalent(child);
        }
    }

    fn equivalent(&mut self, section: &Element) {
        let (mut text, mut discouraged) = (None, false);
        for part in flattened(section) {
            match category(part) {
                "term" if text.is_none() => text = Some(part.text()),
                "administrativeStatus" | "normativeAuthorization" | "termStatus" => {
                    discouraged =
                        matches!(status(&part.text()), Some(Status::Deprecated | Status::Superseded));
                }
                _ => self.count(part),
            }
        }
        let Some(text) = text else { return };
        if discouraged {
            self.notice(
                format!("英文“{text}”是拒用或被取代的，未采用"),
                format!("the English term `{text}` is deprecated or superseded and left out"),
            );
        } else {
            self.entry.concept.english.push(text);
        }
    }

    fn designation(&mut self, section: &Element) -> Option<(Designation, Option<Status>)> {
        let mut designation = Designation {
            text: String::new(),
            status: Status::Admitted,
            usage: None,
            since: None,
            note: None,
        };
        let (mut found, mut stated) = (false, None);
        for part in flattened(section) {
            match category(part) {
                "term" if !found => {
                    designation.text = part.text();
                    found = true;
                }
                "administrativeStatus" | "normativeAuthorization" | "termStatus" => {
                    let value = part.text();
                    stated = status(&value).or(stated);
                    if status(&value).is_none() {
                        self.notice(
                            format!("术语状态“{value}”不认识，未采用"),
                            format!("the term status `{value}` is not known and left out"),
                        );
                    }
                }
                "termType" => match part.text().as_str() {
                    "fullForm" => designation.usage = Some("全称".to_owned()),
                    "shortForm" => designation.usage = Some("简称".to_owned()),
                    "abbreviation" | "acronym" | "initialism" => {
                        designation.usage = Some("缩略语".to_owned());
                    }
                    _ => self.count(part),
                },
                "note" => self.term_note(&part.text(), &mut designation),
                "context" => self.entry.concept.examples.push(part.text()),
                "descripGrp" => self.context(part),
                "definition" => self.definitions.push(part.text()),
                "source" => self.sources.push(part.text()),
                "crossReference" => self.reference(part),
                _ => self.count(part),
            }
        }
        found.then_some((designation, stated))
    }

    fn term_note(&mut self, text: &str, designation: &mut Designation) {
        let (label, rest) = label::split(text).unwrap_or((Label::Remark, text));
        match label {
            Label::Usage => designation.usage = Some(rest.to_owned()),
            Label::Since if rest.parse::<zhengming_text::date::Date>().is_ok() => {
                designation.since = rest.parse().ok();
            }
            Label::Remark => match &mut designation.note {
                Some(note) => {
                    note.push('\n');
                    note.push_str(rest);
                }
                None => designation.note = Some(rest.to_owned()),
            },
            _ => self.note(text),
        }
    }

    /// Information about the concept, at whatever level it stands.
    fn info(&mut self, element: &Element) {
        let mut source_of_definition = None;
        for part in flattened(element) {
            match category(part) {
                "definition" => self.definitions.push(part.text()),
                "source" if element.name == "descripGrp" => source_of_definition = Some(part.text()),
                "source" => self.sources.push(part.text()),
                "subjectField" => self.domain(part.text()),
                "note" => self.note(&part.text()),
                "context" | "example" => self.entry.concept.examples.push(part.text()),
                "descripGrp" => self.context(part),
                "crossReference" => self.reference(part),
                _ => self.count(part),
            }
        }
        if let Some(source) = source_of_definition {
            self.sources.insert(0, source);
        }
    }

    /// An example sentence with its own source, which is not that of the definition.
    fn context(&mut self, group: &Element) {
        let (mut text, mut source) = (String::new(), None);
        for part in group.elements() {
            match category(part) {
                "context" => text = part.text(),
                "source" => source = Some(part.text()),
                _ => self.count(part),
            }
        }
        if let Some(source) = source {
            text.push_str(&format!("［来源：{source}］"));
        }
        self.entry.concept.examples.push(text);
    }

    fn note(&mut self, text: &str) {
        let concept = &mut self.entry.concept;
        let Some((label, rest)) = label::split(text) else {
            concept.notes.push(text.to_owned());
            return;
        };
        match label {
            Label::Note => concept.notes.push(rest.to_owned()),
            Label::Example => concept.examples.push(rest.to_owned()),
            Label::Clause => concept.clause = Some(rest.to_owned()),
            Label::Id => concept.id = rest.to_owned(),
            Label::Heading => concept.heading = Some(rest.to_owned()),
            Label::Responsible => concept.responsible = Some(rest.to_owned()),
            Label::Matching if from_word::<zhengming_terms::dictionary::Matching>(rest).is_some() => {
                concept.matching = from_word(rest).unwrap_or_default();
            }
            Label::Variant if serde_json::from_str::<Variant>(rest).is_ok() => {
                concept.variants.extend(serde_json::from_str::<Variant>(rest));
            }
            Label::Relation if serde_json::from_str::<Relation>(rest).is_ok() => {
                concept.relations.extend(serde_json::from_str::<Relation>(rest));
            }
            // The label is that of another tool's note.
            _ => concept.notes.push(text.to_owned()),
        }
    }

    fn domain(&mut self, text: String) {
        match &mut self.entry.concept.domain {
            None => self.entry.concept.domain = Some(text),
            Some(domain) if *domain == text => {}
            Some(domain) => {
                domain.push('、');
                domain.push_str(&text);
            }
        }
    }

    fn reference(&mut self, part: &Element) {
        let target = part.attribute("target").map_or_else(|| part.text(), str::to_owned);
        self.entry.references.push(target.trim_start_matches('#').to_owned());
    }

    fn count(&mut self, element: &Element) {
        *self.left_out.entry(category(element).to_owned()).or_default() += 1;
    }

    fn notice(&mut self, zh: String, en: String) {
        self.notices.add(Place::Line(self.entry.concept.line), zh, en);
    }

    fn finish(mut self) -> Entry {
        let definitions = std::mem::take(&mut self.definitions);
        if definitions.len() > 1 {
            self.notice(
                format!("条目有 {} 个定义，其余作为注保留", definitions.len()),
                format!(
                    "the entry has {} definitions; all but the first are kept as notes",
                    definitions.len()
                ),
            );
        }
        let sources = std::mem::take(&mut self.sources);
        let concept = &mut self.entry.concept;
        let mut definitions = definitions.into_iter();
        concept.definition = definitions.next();
        concept.notes.extend(definitions);
        let mut sources = sources.into_iter();
        concept.source = sources.next();
        let others: Vec<String> = sources.filter(|source| concept.source.as_ref() != Some(source)).collect();
        if concept.id.is_empty() {
            concept.id = self.entry.xml_id.clone().unwrap_or_default();
        }
        if !others.is_empty() {
            let others = others.join("；");
            self.notice(
                format!("其他来源未采用：{others}"),
                format!("further sources are left out: {others}"),
            );
        }
        self.entry
    }
}

fn is_term_section(element: &Element) -> bool {
    matches!(element.name.as_str(), "termSec" | "tig" | "ntig" | "termGroup")
}

/// The parts of an element that carry a category, groups taken apart, except those of contexts.
fn flattened(element: &Element) -> Vec<&Element> {
    let is_context = |element: &Element| element.elements().any(|part| category(part) == "context");
    let is_group = |element: &Element| {
        is_term_section(element) || (element.name.ends_with("Grp") && !is_context(element))
    };
    let mut parts = Vec::new();
    let mut pending = vec![element];
    while let Some(element) = pending.pop() {
        if is_group(element) {
            let before = pending.len();
            pending.extend(element.elements());
            pending[before..].reverse();
        } else {
            parts.push(element);
        }
    }
    parts
}

/// The data category: in DCA the type of a general element, in DCT the element itself.
fn category(element: &Element) -> &str {
    match element.name.as_str() {
        "descrip" | "termNote" | "admin" | "adminNote" | "descripNote" | "ref" | "xref" | "transac"
        | "transacNote" => element.attribute("type").unwrap_or(&element.name),
        name => name,
    }
}

/// The status of a term in the words of the dialects and of older versions.
fn status(value: &str) -> Option<Status> {
    let value = value.trim().to_ascii_lowercase();
    let value = value.strip_suffix("-admn-sts").unwrap_or(&value);
    match value.strip_suffix("term").unwrap_or(value) {
        "preferred" | "standardized" | "legal" | "regulated" => Some(Status::Preferred),
        "admitted" | "proposed" => Some(Status::Admitted),
        "deprecated" | "notrecommended" | "not recommended" | "forbidden" => Some(Status::Deprecated),
        "superseded" | "obsolete" => Some(Status::Superseded),
        _ => None,
    }
}
