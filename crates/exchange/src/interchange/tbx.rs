//! TBX (ISO 30042): version 3 in the styles DCA and DCT, the dialects Core, Min and Basic, and the martif
//! files of version 2. Names are matched without namespace; a DTD is never read.

mod entry;
mod label;

use std::collections::{BTreeMap, HashMap, HashSet};

use zhengming_terms::dictionary::{Concept, Designation, Dictionary, Header, Relation, Status};

use super::error::{ExchangeError, Fault, Notice, Notices, Place, check_size};
use super::repair::repair;
use super::{MAX_CONCEPTS, MAX_TEXT};
use entry::Entry;
use zhengming_formats::xml::{Element, Xml};

pub(crate) use label::Label;

/// Reads a TBX file. Languages other than Chinese and English, and categories that a dictionary has no
/// place for, are left out with a notice.
///
/// # Errors
/// XML that is damaged, truncated or declares entities, more than can be read safely, or a defect that
/// makes no valid dictionary.
pub fn from_tbx(name: &str, text: &str) -> Result<(Dictionary, Vec<Notice>), ExchangeError> {
    let mut notices = Notices::default();
    let (header, concepts) = parse(name, text, &mut notices).map_err(|fault| fault.in_file(name))?;
    Ok((Dictionary::new(name, header, concepts)?, notices.into_list()))
}

/// What is gathered over all entries.
#[derive(Default)]
struct Gathered {
    entries: Vec<Entry>,
    left_out: BTreeMap<String, usize>,
}

fn parse(name: &str, text: &str, notices: &mut Notices) -> Result<(Header, Vec<Concept>), Fault> {
    check_size(text.len(), MAX_TEXT)?;
    let mut xml = Xml::new(text);
    let mut header = Header::default();
    let mut language = None;
    let mut is_tbx = false;
    let mut gathered = Gathered::default();
    while let Some(node) = xml.node()? {
        let zhengming_formats::xml::Node::Open(tag) = &node else { continue };
        match tag.local() {
            "tbx" | "martif" | "TBX" => {
                is_tbx = true;
                language = tag.attribute("lang");
            }
            "tbxHeader" | "martifHeader" | "header" => header = header_from(&xml.element(tag)?),
            "conceptEntry" | "termEntry" | "entry" => {
                let element = xml.element(tag)?;
                if gathered.entries.len() == MAX_CONCEPTS {
                    return Err(Fault::too_many_concepts(xml.place()));
                }
                let entry = entry::read(&element, language.as_deref(), &mut gathered.left_out, notices);
                gathered.entries.push(entry);
            }
            _ => {}
        }
    }
    if !is_tbx {
        let zh = "不是 TBX：没有 tbx 或 martif 根元素";
        return Err(Fault::malformed(Place::File, zh, "not TBX: there is no root element `tbx` or `martif`"));
    }
    for field in [&mut header.id, &mut header.title] {
        if field.trim().is_empty() {
            *field = super::stem(name).to_owned();
        }
    }
    tell_left_out(&gathered.left_out, notices);
    let mut concepts = link(gathered.entries, notices);
    repair(&mut concepts, notices, Place::Line);
    Ok((header, concepts))
}

fn header_from(element: &Element) -> Header {
    let mut header = Header::default();
    let mut pending: Vec<&Element> = vec![element];
    while let Some(element) = pending.pop() {
        match element.name.as_str() {
            "title" => header.title = element.text(),
            "note" => {
                let text = element.text();
                let own = label::split(&text).filter(|(label, _)| *label == Label::Dictionary);
                if let Some(header) = own.and_then(|(_, json)| serde_json::from_str(json).ok()) {
                    return header;
                }
            }
            _ => pending.extend(element.elements()),
        }
    }
    header
}

pub(super) fn tell_left_out(left_out: &BTreeMap<String, usize>, notices: &mut Notices) {
    if left_out.is_empty() {
        return;
    }
    let list = |join: &str| {
        let items: Vec<String> = left_out.iter().map(|(name, count)| format!("{name} ×{count}")).collect();
        items.join(join)
    };
    notices.add(
        Place::File,
        format!("词典没有位置存放的信息未采用：{}", list("、")),
        format!("left out, as dictionaries have no place for it: {}", list(", ")),
    );
}

/// The concepts, with the references between entries turned into relations.
fn link(entries: Vec<Entry>, notices: &mut Notices) -> Vec<Concept> {
    let named = |entry: &Entry| {
        let mut designations = entry.concept.designations.iter();
        let preferred = designations.clone().find(|designation| designation.status == Status::Preferred);
        preferred.or(designations.next()).map(|designation: &Designation| designation.text.clone())
    };
    let names: HashMap<String, String> =
        entries.iter().filter_map(|entry| Some((entry.xml_id.clone()?, named(entry)?))).collect();
    // A very long term could be referred to from very many entries.
    let mut budget: usize = 16 << 20;
    let mut concepts = Vec::with_capacity(entries.len());
    for entry in entries {
        let Entry { mut concept, references, .. } = entry;
        // Our own files give the exact relation besides the reference.
        let mut known: HashSet<String> =
            concept.relations.iter().map(|relation| relation.target.clone()).collect();
        for reference in references {
            let Some(target) = names.get(&reference) else {
                notices.add(
                    Place::Line(concept.line),
                    format!("参见“{reference}”在文件中没有对应条目，未采用"),
                    format!("the cross-reference to `{reference}` leads to no entry and is left out"),
                );
                continue;
            };
            if !known.contains(target)
                && let Some(left) = budget.checked_sub(target.len())
            {
                budget = left;
                known.insert(target.clone());
                concept.relations.push(Relation::related(target.clone()));
            }
        }
        concepts.push(concept);
    }
    concepts
}
