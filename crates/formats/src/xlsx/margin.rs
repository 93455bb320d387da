//! What stands on a sheet beside its cells: comments, the text of drawings and charts, head and foot of the page.

use zhengming_text::message::Text;

use super::sheet::rich_text;
use crate::drawing;
use crate::package::Package;
use crate::part_error::PartError;
use crate::xml::{Node, Tag, Xml};

/// A text beside the cells.
#[derive(Debug)]
pub(super) struct Margin {
    /// What it is, e.g. 批注.
    pub(super) words: Text,
    /// The cell that it is about, as the sheet names it.
    pub(super) cell: Option<String>,
    pub(super) text: String,
}

/// What stands beside the cells of the sheet `part`.
///
/// What cannot be read is added to `missed`.
pub(super) fn read(
    package: &mut Package<'_>,
    part: &str,
    missed: &mut Vec<Text>,
) -> Result<Vec<Margin>, PartError> {
    let mut found = Vec::new();
    if let Some(text) = package.text(part)? {
        page(&text, part, &mut found)?;
    }
    let related = package.related(part)?;
    let mut targets: Vec<(&str, &str)> =
        related.values().map(|it| (it.kind.rsplit('/').next().unwrap_or(""), it.target.as_str())).collect();
    targets.sort_unstable();
    for (_, target) in targets.iter().filter(|(kind, _)| matches!(*kind, "oleObject" | "package")) {
        missed.push(Text::new(format!("嵌入的对象（{target}）"), format!("an embedded object ({target})")));
    }
    // What is said in threads is repeated in a comment for old programs.
    let has_threads = targets.iter().any(|(kind, _)| *kind == "threadedComment");
    for (kind, target) in targets {
        match kind {
            "comments" if !has_threads => comments(package, target, "comment", &mut found)?,
            "threadedComment" => comments(package, target, "threadedComment", &mut found)?,
            "drawing" => drawn(package, target, &mut found)?,
            _ => {}
        }
    }
    Ok(found)
}

fn comments(
    package: &mut Package<'_>,
    part: &str,
    element: &str,
    found: &mut Vec<Margin>,
) -> Result<(), PartError> {
    let Some(text) = package.text(part)? else { return Ok(()) };
    let mut xml = Xml::in_part(&text, part);
    let mut cell = None;
    while let Some(node) = xml.node()? {
        let Node::Open(tag) = node else { continue };
        if tag.local() == element {
            cell = tag.attribute("ref");
        } else if tag.local() == "text" {
            let text = match element {
                "comment" => rich_text(&mut xml, "text")?,
                _ => xml.element(&tag)?.text(),
            };
            let words = Text::new("批注", "comment");
            found.push(Margin { words, cell: cell.clone(), text });
        }
    }
    Ok(())
}

/// The text of a drawing, and that of the charts on it.
fn drawn(package: &mut Package<'_>, part: &str, found: &mut Vec<Margin>) -> Result<(), PartError> {
    let Some(text) = package.text(part)? else { return Ok(()) };
    let margin = |words: Text| move |text| Margin { words: words.clone(), cell: None, text };
    found.extend(drawing::paragraphs(&text, part)?.into_iter().map(margin(Text::new("图形", "shape"))));
    let mut charts: Vec<(String, Text)> = Vec::new();
    for it in package.related(part)?.into_values() {
        match it.kind.rsplit('/').next().unwrap_or("") {
            "chart" | "chartEx" => charts.push((it.target, Text::new("图表", "chart"))),
            "diagramData" => charts.push((it.target, Text::new("SmartArt", "SmartArt"))),
            _ => {}
        }
    }
    charts.sort_by(|a, b| a.0.cmp(&b.0));
    for (chart, words) in charts {
        if let Some(text) = package.text(&chart)? {
            found.extend(drawing::paragraphs(&text, &chart)?.into_iter().map(margin(words)));
        }
    }
    Ok(())
}

/// What is told to who fills in a cell.
fn prompts(tag: &Tag<'_>, found: &mut Vec<Margin>) {
    let cell = tag.attribute("sqref").and_then(|cells| cells.split([' ', ':']).next().map(str::to_owned));
    for (name, words) in [
        ("promptTitle", Text::new("输入提示", "prompt")),
        ("prompt", Text::new("输入提示", "prompt")),
        ("errorTitle", Text::new("出错提示", "error message")),
        ("error", Text::new("出错提示", "error message")),
    ] {
        if let Some(text) = tag.attribute(name).filter(|text| !text.trim().is_empty()) {
            found.push(Margin { words, cell: cell.clone(), text: text.replace("_x000a_", "\n") });
        }
    }
}

/// The choices of a list that is written out: `"甲,乙"`. Others are references to cells.
fn choices(list: &str) -> impl Iterator<Item = String> {
    let inner = list.trim().strip_prefix('"').and_then(|list| list.strip_suffix('"')).unwrap_or_default();
    inner
        .split(',')
        .map(|one| one.trim().to_owned())
        .filter(|one| !one.is_empty())
        .collect::<Vec<_>>()
        .into_iter()
}

/// Head and foot of the printed page, without the codes for fonts, page numbers and the like.
fn page(text: &str, part: &str, found: &mut Vec<Margin>) -> Result<(), PartError> {
    let mut xml = Xml::in_part(text, part);
    while let Some(node) = xml.node()? {
        let Node::Open(tag) = node else { continue };
        let words = match tag.local() {
            "sheetData" => {
                xml.skip()?;
                continue;
            }
            "dataValidation" => {
                prompts(&tag, found);
                let list = xml.element(&tag)?.text();
                found.extend(choices(&list).map(|text| Margin {
                    words: Text::new("可选内容", "choice"),
                    cell: None,
                    text,
                }));
                continue;
            }
            "oddHeader" | "evenHeader" | "firstHeader" => Text::new("页眉", "header"),
            "oddFooter" | "evenFooter" | "firstFooter" => Text::new("页脚", "footer"),
            _ => continue,
        };
        let code = xml.element(&tag)?.text();
        for text in sections(&code) {
            found.push(Margin { words: words.clone(), cell: None, text });
        }
    }
    Ok(())
}

/// The left, middle and right part of a head: `&L&"宋体"&10内部资料&R第&P页`.
fn sections(code: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut rest = code.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '&' {
            found.iter_mut().last().into_iter().for_each(|section| section.push(c));
            continue;
        }
        match rest.next() {
            Some('L' | 'C' | 'R') => found.push(String::new()),
            Some('&') => found.iter_mut().last().into_iter().for_each(|section| section.push('&')),
            Some('"') => while rest.next().is_some_and(|c| c != '"') {},
            Some('K') => drop(rest.by_ref().take(6).count()),
            Some(c) if c.is_ascii_digit() => while rest.next_if(char::is_ascii_digit).is_some() {},
            _ => {}
        }
    }
    found.retain(|section| section.chars().any(char::is_alphabetic));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_and_choices_are_read() {
        let sheet = "<worksheet><sheetData/><dataValidations><dataValidation type=\"list\" sqref=\"B2:B9 C1\" \
            promptTitle=\"填报\" prompt=\"选一个平台\" error=\"不在其中\"><formula1>\"甲, 乙\"</formula1></dataValidation>\
            <dataValidation sqref=\"D1\"><formula1>$A$1:$A$9</formula1></dataValidation></dataValidations></worksheet>";
        let mut found = Vec::new();
        page(sheet, "sheet1.xml", &mut found).unwrap();
        let told: Vec<_> =
            found.iter().map(|it| (it.words.zh.as_str(), it.cell.as_deref(), it.text.as_str())).collect();
        assert_eq!(
            told,
            [
                ("输入提示", Some("B2"), "填报"),
                ("输入提示", Some("B2"), "选一个平台"),
                ("出错提示", Some("B2"), "不在其中"),
                ("可选内容", None, "甲"),
                ("可选内容", None, "乙"),
            ]
        );
    }

    #[test]
    fn codes_are_no_text() {
        let code = "&L&\"宋体,常规\"&10内部&&资料&C第 &P 页&R&D&K00FF00保密";
        assert_eq!(sections(code), ["内部&资料", "第  页", "保密"]);
        assert_eq!(sections("&C&P"), Vec::<String>::new());
    }
}
