//! MultiTerm XML, as the terminology tool of that name writes it: `mtf`, a `conceptGrp` for each entry, in it a
//! `languageGrp` for each language with its terms in `termGrp`, and `descrip` with a name of the owner's choice on every level.

use std::collections::BTreeMap;

use zhengming_formats::xml::{Element, Node, Xml};
use zhengming_terms::dictionary::{Concept, Designation, Dictionary, Header, Status};

use super::error::{ExchangeError, Fault, Notice, Notices, Place, check_size};
use super::repair::repair;
use super::{MAX_CONCEPTS, MAX_TEXT};

/// Reads MultiTerm XML. Languages other than Chinese and English, and fields that a dictionary has no place for, are left
/// out with a notice.
///
/// # Errors
/// XML that is damaged, more than can be read safely, or a defect that makes no valid dictionary.
pub fn from_multiterm(name: &str, text: &str) -> Result<(Dictionary, Vec<Notice>), ExchangeError> {
    let mut notices = Notices::default();
    let concepts = parse(text, &mut notices).map_err(|fault| fault.in_file(name))?;
    let title = super::stem(name).to_owned();
    let header = Header { id: title.clone(), title, ..Header::default() };
    Ok((Dictionary::new(name, header, concepts)?, notices.into_list()))
}

fn parse(text: &str, notices: &mut Notices) -> Result<Vec<Concept>, Fault> {
    check_size(text.len(), MAX_TEXT)?;
    let mut xml = Xml::new(text);
    let mut concepts = Vec::new();
    let mut left_out = BTreeMap::new();
    while let Some(node) = xml.node()? {
        let Node::Open(tag) = &node else { continue };
        if tag.local() != "conceptGrp" {
            continue;
        }
        let element = xml.element(tag)?;
        if concepts.len() == MAX_CONCEPTS {
            return Err(Fault::too_many_concepts(xml.place()));
        }
        concepts.push(entry(&element, &mut left_out));
    }
    super::tbx::tell_left_out(&left_out, notices);
    repair(&mut concepts, notices, Place::Line);
    Ok(concepts)
}

fn entry(element: &Element, left_out: &mut BTreeMap<String, usize>) -> Concept {
    let mut concept = Concept { line: element.line, ..Concept::default() };
    for child in element.elements() {
        match child.name.as_str() {
            "concept" => concept.id = child.text(),
            "languageGrp" => language(child, &mut concept, left_out),
            _ => fields(child, &mut concept, left_out),
        }
    }
    concept
}

fn language(group: &Element, concept: &mut Concept, left_out: &mut BTreeMap<String, usize>) {
    let tag = group.elements().find(|child| child.name == "language");
    let code = tag.and_then(|tag| tag.attribute("lang").or(tag.attribute("type"))).unwrap_or_default();
    let code = code.to_ascii_lowercase();
    let is_english = code.starts_with("en");
    if !is_english && !["zh", "chinese", "cn"].iter().any(|start| code.starts_with(start)) {
        *left_out.entry(format!("languageGrp {code}")).or_default() += 1;
        return;
    }
    for child in group.elements() {
        match child.name.as_str() {
            "language" => {}
            "termGrp" if is_english => {
                let term = child.elements().find(|child| child.name == "term").map(Element::text);
                concept.english.extend(term.filter(|term| !term.is_empty()));
            }
            "termGrp" => term(child, concept, left_out),
            _ => fields(child, concept, left_out),
        }
    }
}

fn term(group: &Element, concept: &mut Concept, left_out: &mut BTreeMap<String, usize>) {
    let Some(text) = group.elements().find(|child| child.name == "term").map(Element::text) else { return };
    // Without a status the first term is the preferred one.
    let mut designation = Designation::preferred(text);
    if !concept.designations.is_empty() {
        designation.status = Status::Admitted;
    }
    for field in group.elements().filter(|child| child.name != "term").flat_map(descriptions) {
        let (name, value) = (field.attribute("type").unwrap_or_default(), field.text());
        match (name.to_lowercase().as_str(), status(&value)) {
            ("status" | "状态" | "用语状态", Some(status)) => designation.status = status,
            ("usage" | "type" | "term type" | "类型", _) => designation.usage = Some(value),
            // What is said of the concept often stands with its first term.
            _ => field_of_concept(field, concept, left_out),
        }
    }
    concept.designations.push(designation);
}

fn status(value: &str) -> Option<Status> {
    Some(match value.trim().to_lowercase().as_str() {
        "preferred" | "standard" | "优先" | "优先术语" | "规范" => Status::Preferred,
        "admitted" | "allowed" | "许用" | "许用术语" => Status::Admitted,
        "deprecated" | "forbidden" | "拒用" | "拒用术语" | "禁用" => Status::Deprecated,
        "superseded" | "obsolete" | "被取代" | "被取代术语" => Status::Superseded,
        _ => return None,
    })
}

fn fields(element: &Element, concept: &mut Concept, left_out: &mut BTreeMap<String, usize>) {
    for field in descriptions(element) {
        field_of_concept(field, concept, left_out);
    }
}

/// The `descrip` elements at and below an element.
fn descriptions(element: &Element) -> Vec<&Element> {
    let mut found = Vec::new();
    let mut waiting = vec![element];
    while let Some(element) = waiting.pop() {
        if element.name == "descrip" {
            found.push(element);
        }
        let inner: Vec<&Element> = element.elements().collect();
        waiting.extend(inner.into_iter().rev());
    }
    found
}

fn field_of_concept(field: &Element, concept: &mut Concept, left_out: &mut BTreeMap<String, usize>) {
    let name = field.attribute("type").unwrap_or_default();
    let value = field.text();
    if value.is_empty() {
        return;
    }
    let slot = match name.to_lowercase().as_str() {
        "definition" | "定义" | "释义" => &mut concept.definition,
        "source" | "来源" | "出处" => &mut concept.source,
        "subject" | "domain" | "专业领域" | "领域" => &mut concept.domain,
        "clause" | "编号" | "条款号" => &mut concept.clause,
        "responsible" | "解释单位" => &mut concept.responsible,
        "note" | "注" | "备注" => return concept.notes.push(value),
        "example" | "context" | "示例" | "例句" => return concept.examples.push(value),
        _ => return *left_out.entry(name.to_owned()).or_default() += 1,
    };
    // The first one counts; a second has no place.
    match slot {
        None => *slot = Some(value),
        Some(_) => *left_out.entry(name.to_owned()).or_default() += 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::to_multiterm;

    const FILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<mtf><conceptGrp><concept>12</concept>
 <transacGrp><transac type="origination">admin</transac><date>2024-01-01T00:00:00</date></transacGrp>
 <descripGrp><descrip type="Subject">数字政府</descrip></descripGrp>
 <descripGrp><descrip type="Picture">a.png</descrip></descripGrp>
 <languageGrp><language type="Chinese (PRC)" lang="ZH-CN"/>
  <termGrp><term>数据归集</term><descripGrp><descrip type="Definition">把数据汇聚到平台。</descrip></descripGrp></termGrp>
  <termGrp><term>数据汇集</term><descripGrp><descrip type="Status">禁用</descrip></descripGrp></termGrp></languageGrp>
 <languageGrp><language type="English" lang="EN"/><termGrp><term>data collection</term></termGrp></languageGrp>
 <languageGrp><language type="German" lang="DE"/><termGrp><term>Datenerfassung</term></termGrp></languageGrp>
</conceptGrp></mtf>"#;

    #[test]
    fn terms_fields_and_statuses_are_read_and_the_rest_is_told() {
        let (dictionary, notices) = from_multiterm("库.xml", FILE).unwrap();
        let [concept] = dictionary.concepts() else { panic!("{dictionary:?}") };
        assert_eq!((concept.id.as_str(), concept.preferred()), ("12", "数据归集"));
        assert_eq!(concept.designations[1].status, Status::Deprecated);
        assert_eq!(concept.definition.as_deref(), Some("把数据汇聚到平台。"));
        assert_eq!(concept.domain.as_deref(), Some("数字政府"));
        assert_eq!(concept.english, ["data collection"]);
        assert!(notices[0].text().zh.ends_with("Picture ×1、languageGrp de ×1"), "{}", notices[0].text().zh);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let (first, _) = from_multiterm("库.xml", FILE).unwrap();
        let written = to_multiterm(&first);
        let (again, notices) = from_multiterm("库.xml", &written).unwrap();
        let bare = |dictionary: &Dictionary| {
            let concepts = dictionary.concepts().iter();
            concepts.map(|concept| Concept { line: 0, ..concept.clone() }).collect::<Vec<_>>()
        };
        assert_eq!(bare(&again), bare(&first));
        assert!(notices.is_empty());
    }

    #[test]
    fn damaged_files_are_errors() {
        for text in ["<mtf><conceptGrp><concept>1</mtf>", "<mtf><conceptGrp><languageGrp>"] {
            assert!(from_multiterm("库.xml", text).is_err(), "{text}");
        }
    }
}
