//! Taking back what an earlier run wrote.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::splice::{Splice, renamed, splice};
use crate::docx::{AUTHOR, target};
use crate::package::Package;
use crate::part_error::PartError;
use crate::xml::{Node, Xml};

/// The parts without our comments and changes, where there were any.
pub(super) fn strip(bytes: &[u8]) -> Result<BTreeMap<String, String>, PartError> {
    let mut package = Package::open(bytes)?;
    let (main, text) = package.main_part("word/document.xml")?;
    let related = package.related(&main)?;
    let mut changed = BTreeMap::new();
    let mut ours = HashSet::new();
    let answered = match target(&related, "commentsExtended") {
        Some(part) => match package.text(part)? {
            Some(text) => answered(&text, part)?,
            None => HashSet::new(),
        },
        None => HashSet::new(),
    };
    if let Some(part) = target(&related, "comments")
        && let Some(text) = package.text(part)?
    {
        let (ids, rest) = without_comments(&text, part, &answered)?;
        if !ids.is_empty() {
            changed.insert(part.to_owned(), rest);
        }
        ours = ids;
    }
    let mut parts: Vec<&str> = related
        .values()
        .filter(|it| {
            let kind = it.kind.rsplit('/').next().unwrap_or("");
            ["footnotes", "endnotes", "header", "footer"].contains(&kind)
        })
        .map(|it| it.target.as_str())
        .collect();
    parts.sort_unstable();
    parts.dedup();
    if let Some(rest) = without_marks(&text, &main, &ours)? {
        changed.insert(main.clone(), rest);
    }
    for part in parts {
        if let Some(text) = package.text(part)?
            && text.contains(AUTHOR)
            && let Some(rest) = without_marks(&text, part, &ours)?
        {
            changed.insert(part.to_owned(), rest);
        }
    }
    Ok(changed)
}

/// The paragraphs that replies refer to.
fn answered(text: &str, part: &str) -> Result<HashSet<String>, PartError> {
    let mut xml = Xml::in_part(text, part);
    let mut found = HashSet::new();
    while let Some(node) = xml.node()? {
        if let Some(tag) = node.open("commentEx") {
            found.extend(tag.attribute("paraIdParent"));
        }
    }
    Ok(found)
}

/// The ids of our comments, and the part without them.
fn without_comments(
    text: &str,
    part: &str,
    answered: &HashSet<String>,
) -> Result<(HashSet<String>, String), PartError> {
    let mut xml = Xml::in_part(text, part);
    let (mut ids, mut splices) = (HashSet::new(), Vec::new());
    while let Some(node) = xml.node()? {
        let Some(tag) = node.open("comment") else { continue };
        let ours = tag.attribute("author").as_deref() == Some(AUTHOR);
        let (start, id) = (xml.began(), tag.attribute("id").unwrap_or_default());
        let mut is_answered = false;
        while let Some(node) = xml.node()? {
            match &node {
                Node::Close(name) if name.is("comment") => break,
                Node::Open(tag) if tag.local() == "p" => {
                    is_answered |= tag.attribute("paraId").is_some_and(|id| answered.contains(&id));
                }
                _ => {}
            }
        }
        if ours && !is_answered {
            ids.insert(id);
            splices.push(Splice { at: start..xml.offset(), text: String::new() });
        }
    }
    Ok((ids, splice(text, splices)))
}

/// A run that is being read.
struct Run {
    start: usize,
    /// Where our reference stands in it.
    reference: Option<Range<usize>>,
    /// Whether there is anything else in it.
    filled: bool,
}

/// The part without the marks of our comments, and with our changes rejected; nothing if there are none.
fn without_marks(text: &str, part: &str, ours: &HashSet<String>) -> Result<Option<String>, PartError> {
    let mut xml = Xml::in_part(text, part);
    let mut splices: Vec<Splice> = Vec::new();
    let mut runs: Vec<Run> = Vec::new();
    // For each open element whether it is one of our deletions; and how many of them are open.
    let mut open: Vec<bool> = Vec::new();
    let mut deletions = 0_usize;
    let cut = |at: Range<usize>| Splice { at, text: String::new() };
    while let Some(node) = xml.node()? {
        let raw = xml.began()..xml.offset();
        match &node {
            Node::Open(tag) => {
                let is_ours = || tag.attribute("author").as_deref() == Some(AUTHOR);
                let is_empty = text[raw.clone()].ends_with("/>");
                let mut deletion = false;
                match tag.local() {
                    "r" => runs.push(Run { start: raw.start, reference: None, filled: false }),
                    "commentRangeStart" | "commentRangeEnd" | "commentReference"
                        if tag.attribute("id").is_some_and(|id| ours.contains(&id)) =>
                    {
                        let name = tag.local().to_owned();
                        if !is_empty {
                            xml.skip()?;
                        }
                        let whole = raw.start..xml.offset();
                        match runs.last_mut() {
                            Some(run) if name == "commentReference" => run.reference = Some(whole),
                            _ => splices.push(cut(whole)),
                        }
                        if !is_empty {
                            continue;
                        }
                    }
                    "ins" if !is_empty && is_ours() => {
                        xml.skip()?;
                        splices.push(cut(raw.start..xml.offset()));
                        continue;
                    }
                    "del" if !is_empty && is_ours() => {
                        deletion = true;
                        deletions += 1;
                        splices.push(cut(raw.clone()));
                    }
                    "delText" if deletions > 0 => {
                        splices.push(Splice {
                            at: raw.clone(),
                            text: renamed(&text[raw.clone()], "delText", "t"),
                        });
                    }
                    _ => {}
                }
                if let (
                    Some(run),
                    "t" | "delText" | "tab" | "br" | "drawing" | "pict" | "fldChar" | "footnoteReference",
                ) = (runs.last_mut(), tag.local())
                {
                    run.filled = true;
                }
                open.push(deletion);
            }
            Node::Close(name) => {
                if open.pop() == Some(true) {
                    deletions -= 1;
                    splices.push(cut(raw.clone()));
                }
                match name.local() {
                    "delText" if deletions > 0 && !raw.is_empty() => {
                        splices.push(Splice {
                            at: raw.clone(),
                            text: renamed(&text[raw.clone()], "delText", "t"),
                        });
                    }
                    "r" => {
                        if let Some(run) = runs.pop()
                            && let Some(reference) = run.reference
                        {
                            splices.push(cut(if run.filled { reference } else { run.start..raw.end }));
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    Ok((!splices.is_empty()).then(|| splice(text, splices)))
}
