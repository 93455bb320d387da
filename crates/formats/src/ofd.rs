//! OFD documents (GB/T 33190): pages of text objects in XML, laid out as those of a PDF.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use zhengming_text::message::Text;

use crate::ReadError;
use crate::package::{Package, resolve};
use crate::page::{Extracted, Sheet};
use crate::part_error::PartError;
use crate::parts::Parts;
use crate::xml::{Node, Xml};
use objects::{Objects, Template};

mod objects;

/// Documents with more pages are refused.
const MAX_PAGES: usize = 20_000;

/// Points in a millimetre, the unit of OFD.
const POINTS: f32 = 72.0 / 25.4;

/// A4, for a document that does not say how large its pages are.
const SHAPE: (f32, f32) = (210.0, 297.0);

pub(crate) fn read(bytes: &[u8], parts: &mut Parts) -> Result<String, ReadError> {
    let mut package = Package::open(bytes)?;
    if package.has("Encryptions.xml") {
        return Err(ReadError::Unreadable(Text::new(
            "OFD 已加密，请先解除加密再检查",
            "the OFD is encrypted: remove the encryption first",
        )));
    }
    let Some(text) = package.text("OFD.xml")? else {
        return Err(ReadError::Unreadable(Text::new("OFD 中没有 OFD.xml", "the OFD has no OFD.xml")));
    };
    let mut extracted = Extracted::default();
    for root in texts_of(&text, "OFD.xml", "DocRoot")? {
        document(&mut package, &resolve("", root.trim()), &mut extracted)?;
    }
    crate::page::read("OFD", extracted, parts)
}

/// The text of all elements of this name.
fn texts_of(text: &str, part: &str, name: &str) -> Result<Vec<String>, PartError> {
    let mut xml = Xml::in_part(text, part);
    let mut found = Vec::new();
    while let Some(node) = xml.node()? {
        if let Some(tag) = node.open(name) {
            found.push(xml.element(tag)?.text());
        }
    }
    Ok(found)
}

/// What a document says of its pages. Names of parts are those in the package.
#[derive(Default)]
struct Root {
    pages: Vec<String>,
    templates: HashMap<String, String>,
    resources: Vec<String>,
    annotations: Vec<String>,
    /// The numbers of the pages by their identifiers.
    numbers: HashMap<String, u32>,
    shape: Option<(f32, f32)>,
}

fn root(text: &str, part: &str) -> Result<Root, PartError> {
    let folder = folder(part);
    let mut xml = Xml::in_part(text, part);
    let mut root = Root::default();
    while let Some(node) = xml.node()? {
        let Node::Open(tag) = node else { continue };
        match tag.local() {
            "Page" => {
                if let Some(place) = tag.attribute("BaseLoc") {
                    root.pages.push(resolve(folder, &place));
                    let number = u32::try_from(root.pages.len()).unwrap_or(u32::MAX);
                    root.numbers.extend(tag.attribute("ID").map(|id| (id, number)));
                }
            }
            "Annotations" => root.annotations.push(resolve(folder, xml.element(&tag)?.text().trim())),
            "TemplatePage" => {
                if let (Some(id), Some(place)) = (tag.attribute("ID"), tag.attribute("BaseLoc")) {
                    root.templates.insert(id, resolve(folder, &place));
                }
            }
            "PublicRes" | "DocumentRes" => {
                root.resources.push(resolve(folder, xml.element(&tag)?.text().trim()));
            }
            "PhysicalBox" => root.shape = box_shape(&xml.element(&tag)?.text()).or(root.shape),
            _ => {}
        }
    }
    Ok(root)
}

fn document(package: &mut Package<'_>, part: &str, extracted: &mut Extracted) -> Result<(), ReadError> {
    let Some(text) = package.text(part)? else {
        return Err(ReadError::Unreadable(Text::new(
            format!("OFD 中没有 {part}"),
            format!("the OFD has no {part}"),
        )));
    };
    let root = root(&text, part)?;
    if root.pages.len() > MAX_PAGES {
        return Err(ReadError::Unreadable(Text::new(
            format!("OFD 超过 {MAX_PAGES} 页"),
            format!("the OFD has more than {MAX_PAGES} pages"),
        )));
    }
    let mut objects = Objects::default();
    for resource in &root.resources {
        if let Some(text) = package.text(resource)? {
            objects.read_units(&text, resource)?;
        }
    }
    // Each is read once, when the first page uses it.
    let mut templates: HashMap<String, Option<Template>> = HashMap::new();
    for place in &root.pages {
        let Some(text) = package.text(place)? else { continue };
        let before = objects.start();
        let about = objects::about(&text, place)?;
        for id in about.templates {
            let Some(place) = root.templates.get(&id) else { continue };
            let template = match templates.entry(id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => {
                    let text = package.text(place)?;
                    new.insert(text.map(|text| objects.template(&text, place)).transpose()?)
                }
            };
            if let Some(template) = template {
                objects.lay(template, place)?;
            }
        }
        objects.read(&text, place)?;
        let number = extracted.count + 1;
        let (width, height) = about.shape.or(root.shape).unwrap_or(SHAPE);
        if objects.is_scan(&before) {
            extracted.scanned.push(number);
        }
        extracted.push(Sheet {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            width: width * POINTS,
            height: height * POINTS,
            glyphs: std::mem::take(&mut objects.glyphs),
            rules: std::mem::take(&mut objects.rules),
        });
    }
    for list in &root.annotations {
        if let Some(text) = package.text(list)? {
            for (id, part) in annotated(&text, list)? {
                let Some(text) = package.text(&part)? else { continue };
                let page = root.numbers.get(&id).copied().unwrap_or(1);
                extracted.beside.extend(remarks(&text, &part)?.into_iter().map(|text| (page, text)));
            }
        }
    }
    extracted.unmapped += objects.unmapped;
    extracted.slanted += objects.slanted;
    Ok(())
}

/// The pages with annotations, and the parts that hold these.
fn annotated(text: &str, part: &str) -> Result<Vec<(String, String)>, PartError> {
    let mut xml = Xml::in_part(text, part);
    let (mut found, mut page) = (Vec::new(), String::new());
    while let Some(node) = xml.node()? {
        let Node::Open(tag) = node else { continue };
        match tag.local() {
            "Page" => page = tag.attribute("PageID").unwrap_or_default(),
            "FileLoc" => {
                let place = xml.element(&tag)?.text();
                found.push((page.clone(), resolve(folder(part), place.trim())));
            }
            _ => {}
        }
    }
    Ok(found)
}

/// What annotations say: their remarks, and the text in their appearance. Links and watermarks say nothing.
fn remarks(text: &str, part: &str) -> Result<Vec<String>, PartError> {
    let mut xml = Xml::in_part(text, part);
    let mut found = Vec::new();
    // The text that is drawn for one annotation.
    let mut drawn = String::new();
    while let Some(node) = xml.node()? {
        match node {
            Node::Open(tag) if tag.local() == "Annot" => {
                found.push(std::mem::take(&mut drawn));
                let kind = tag.attribute("Type").unwrap_or_default();
                let is_hidden = tag.attribute("Visible").is_some_and(|value| value == "false");
                if is_hidden || matches!(&*kind, "Link" | "Watermark") {
                    xml.skip()?;
                }
            }
            Node::Open(tag) if tag.local() == "Remark" => found.push(xml.element(&tag)?.text()),
            Node::Open(tag) if tag.local() == "TextCode" => drawn += &xml.element(&tag)?.text(),
            _ => {}
        }
    }
    found.push(drawn);
    found.retain(|text| !text.trim().is_empty());
    Ok(found)
}

fn folder(part: &str) -> &str {
    part.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Width and height of a box written as `x y width height`.
fn box_shape(text: &str) -> Option<(f32, f32)> {
    let mut numbers = text.split_whitespace().skip(2).map_while(|number| number.parse::<f32>().ok());
    let (width, height) = (numbers.next()?, numbers.next()?);
    let is_sane = |length: f32| length.is_finite() && length > 0.0;
    (is_sane(width) && is_sane(height)).then_some((width, height))
}

#[cfg(test)]
mod tests;
