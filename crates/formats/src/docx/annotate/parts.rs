//! The part that holds the comments, and its registration in the package.

use std::collections::BTreeMap;
use std::ops::Range;

use super::not_as_expected;
use super::splice::escaped;
use crate::docx::AUTHOR;
use crate::package::Package;
use crate::part_error::PartError;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];
const RELATIONSHIP: [&str; 2] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
];
const TYPES: &str = "[Content_Types].xml";
const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// The start tag of the root element.
fn root(text: &str) -> Option<&str> {
    let mut at = 0;
    loop {
        let start = at + text[at..].find('<')?;
        let rest = &text[start..];
        let end = match rest {
            _ if rest.starts_with("<?") => rest.find("?>")? + 2,
            _ if rest.starts_with("<!--") => rest.find("-->")? + 3,
            _ if rest.starts_with("<!") => rest.find('>')? + 1,
            _ => return Some(&rest[..=rest.find('>')?]),
        };
        at = start + end;
    }
}

/// The prefix, with its colon, under which a part writes the names of WordprocessingML. Attributes need
/// one, so a part that has it only as its default namespace has none.
pub(super) fn word_prefix(text: &str) -> Option<&str> {
    let tag = root(text)?;
    let name = tag.match_indices("xmlns:").find_map(|(at, found)| {
        let (name, value) = tag[at + found.len()..].split_once('=')?;
        let value = value.trim_start().strip_prefix(['"', '\''])?;
        let is_word = |word: &str| value.strip_prefix(word).is_some_and(|rest| rest.starts_with(['"', '\'']));
        WORD.iter().any(|word| is_word(word)).then_some(name.trim())
    })?;
    // A document of Word uses the prefix right in the tag, which gives it with its colon.
    let used = text.match_indices(name).find(|(at, _)| text[at + name.len()..].starts_with(':'))?;
    Some(&text[used.0..used.0 + name.len() + 1])
}

/// Ids of tracked changes. Those above belong to content controls, which draw them by lot.
pub(super) const CHANGES: Range<u32> = 0..900_000_000;
/// Ids of changes of formatting in runs that were cut. They stay when our changes are taken back, and must
/// not move the ids of the next ones.
pub(super) const CUT_FORMATTING: Range<u32> = 900_000_000..1_000_000_000;

/// The first id of `range` that is beyond all those in the parts.
pub(super) fn next_id<'t>(parts: impl Iterator<Item = &'t String>, range: &Range<u32>) -> u32 {
    let ids = parts.flat_map(|text| {
        text.match_indices(":id=\"")
            .filter_map(|(at, found)| text[at + found.len()..].split('"').next()?.parse::<u32>().ok())
    });
    ids.filter(|id| range.contains(id)).max().map_or(range.start, |id| id + 1)
}

/// Adds the comments to their part, which is made and registered if there is none.
pub(super) fn add_comments<'n>(
    bytes: &[u8],
    main: &str,
    part: Option<String>,
    existing: Option<String>,
    notes: impl Iterator<Item = (u32, &'n str)>,
    changed: &mut BTreeMap<String, String>,
) -> Result<(), PartError> {
    let mut package = Package::open(bytes)?;
    let is_strict =
        package.text(main)?.is_some_and(|text| root(&text).is_some_and(|tag| tag.contains(WORD[1])));
    if let (Some(part), Some(text)) = (&part, &existing) {
        let w = word_prefix(text).ok_or_else(|| not_as_expected(part))?;
        let comments: String = notes.map(|(id, note)| comment(w, id, note)).collect();
        changed.insert(part.clone(), appended(text, part, &comments)?);
        return Ok(());
    }
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let types = package.text(TYPES)?.unwrap_or_default();
    let name = (0..)
        .map(|number| if number == 0 { "comments.xml".to_owned() } else { format!("comments{number}.xml") })
        .find(|name| !package.has(&path(name)) && !types.contains(&format!("\"/{}\"", path(name))))
        .unwrap_or_default();
    let comments: String = notes.map(|(id, note)| comment("w:", id, note)).collect();
    let namespace = WORD[usize::from(is_strict)];
    let text = format!("{DECLARATION}<w:comments xmlns:w=\"{namespace}\">{comments}</w:comments>");
    register(&mut package, main, &name, &path(&name), is_strict, changed)?;
    changed.insert(path(&name), text);
    Ok(())
}

fn comment(w: &str, id: u32, note: &str) -> String {
    let mut out = format!("<{w}comment {w}id=\"{id}\" {w}author=\"{AUTHOR}\" {w}initials=\"{AUTHOR}\">");
    for (index, line) in note.lines().enumerate() {
        let mark = if index == 0 { format!("<{w}r><{w}annotationRef/></{w}r>") } else { String::new() };
        let line = escaped(line);
        out.push_str(&format!("<{w}p>{mark}<{w}r><{w}t xml:space=\"preserve\">{line}</{w}t></{w}r></{w}p>"));
    }
    out.push_str(&format!("</{w}comment>"));
    out
}

/// Enters the new part into the content types and the relationships of the main part.
fn register(
    package: &mut Package<'_>,
    main: &str,
    name: &str,
    path: &str,
    is_strict: bool,
    changed: &mut BTreeMap<String, String>,
) -> Result<(), PartError> {
    let types = package.text(TYPES)?.ok_or_else(|| not_as_expected(TYPES))?;
    let prefix = root_prefix(&types);
    let entry = format!("<{prefix}Override PartName=\"/{path}\" ContentType=\"{CONTENT_TYPE}\"/>");
    changed.insert(TYPES.to_owned(), appended(&types, TYPES, &entry)?);

    let (folder, file) = main.rsplit_once('/').map_or(("", main), |(folder, file)| (folder, file));
    let rels = match folder {
        "" => format!("_rels/{file}.rels"),
        folder => format!("{folder}/_rels/{file}.rels"),
    };
    let kind = RELATIONSHIP[usize::from(is_strict)];
    let text = package.text(&rels)?.unwrap_or_else(|| {
        let namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!("{DECLARATION}<Relationships xmlns=\"{namespace}\"></Relationships>")
    });
    let number = (1..).find(|number| !text.contains(&format!("\"rId{number}\""))).unwrap_or(1);
    let prefix = root_prefix(&text);
    let entry = format!("<{prefix}Relationship Id=\"rId{number}\" Type=\"{kind}\" Target=\"{name}\"/>");
    let text = appended(&text, &rels, &entry)?;
    changed.insert(rels, text);
    Ok(())
}

/// The prefix of the root element, with its colon.
fn root_prefix(text: &str) -> &str {
    let name =
        root(text).map_or("", |tag| tag[1..].split([' ', '>', '/', '\n', '\r', '\t']).next().unwrap_or(""));
    &name[..name.rfind(':').map_or(0, |at| at + 1)]
}

/// The text with `entries` at the end of its root element.
fn appended(text: &str, part: &str, entries: &str) -> Result<String, PartError> {
    let tag = root(text).ok_or_else(|| not_as_expected(part))?;
    if let Some(open) = tag.strip_suffix("/>") {
        let name = tag[1..].split([' ', '>', '/', '\n', '\r', '\t']).next().unwrap_or("");
        return Ok(text.replacen(tag, &format!("{open}>{entries}</{name}>"), 1));
    }
    let end = text.rfind("</").ok_or_else(|| not_as_expected(part))?;
    Ok(format!("{}{entries}{}", &text[..end], &text[end..]))
}
