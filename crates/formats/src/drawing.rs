//! The text of drawings (DrawingML), which Word files and workbooks hold: shapes, diagrams and charts.

use std::collections::HashSet;

use crate::part_error::PartError;
use crate::parts::HARD_BREAK;
use crate::xml::{Node, Xml};

/// Elements of charts that hold names of series and categories; other values are figures.
const STRINGS: [&str; 5] = ["strCache", "strLit", "multiLvlStrCache", "txData", "strDim"];

/// The text of the paragraph that was just opened, up to its end.
///
/// # Errors
/// As [`Xml::node`].
pub(crate) fn paragraph(xml: &mut Xml<'_>) -> Result<String, PartError> {
    let mut text = String::new();
    let (mut depth, mut in_text) = (1_usize, false);
    while depth > 0 {
        match xml.node()? {
            Some(Node::Open(tag)) => {
                depth += 1;
                in_text = tag.local() == "t";
                if tag.local() == "br" {
                    text.push_str(HARD_BREAK);
                }
            }
            Some(Node::Close(_)) => {
                depth -= 1;
                in_text = false;
            }
            Some(Node::Text(piece)) if in_text => text.push_str(&piece),
            Some(Node::Char(c)) if in_text => text.push(c),
            Some(_) => {}
            None => break,
        }
    }
    Ok(text)
}

/// The paragraphs of a whole part and, of a chart, the names of its series and categories, each once.
///
/// # Errors
/// As [`Xml::node`].
pub(crate) fn paragraphs(text: &str, part: &str) -> Result<Vec<String>, PartError> {
    let mut xml = Xml::in_part(text, part);
    let mut found = Vec::new();
    let mut names = HashSet::new();
    let (mut strings, mut name) = (0_usize, None::<String>);
    while let Some(node) = xml.node()? {
        match node {
            Node::Open(tag) if tag.local() == "p" => found.push(paragraph(&mut xml)?),
            Node::Open(tag) if STRINGS.contains(&tag.local()) => strings += 1,
            Node::Open(tag) if strings > 0 && matches!(tag.local(), "v" | "pt") => name = Some(String::new()),
            Node::Close(end) if STRINGS.contains(&end.local()) => strings = strings.saturating_sub(1),
            Node::Close(end) if matches!(end.local(), "v" | "pt") => {
                let told = name.take().filter(|name| name.chars().any(char::is_alphabetic));
                found.extend(told.filter(|name| names.insert(name.clone())));
            }
            Node::Text(piece) => name.iter_mut().for_each(|name| name.push_str(&piece)),
            Node::Char(c) => name.iter_mut().for_each(|name| name.push(c)),
            Node::Open(_) | Node::Close(_) => {}
        }
    }
    found.retain(|text| !text.trim().is_empty());
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_names_are_read_and_figures_are_not() {
        let chart = "<c:chart><c:title><a:p><a:r><a:t>用户</a:t></a:r><a:br/><a:fld><a:t>数</a:t></a:fld></a:p></c:title>\
            <c:ser><c:tx><c:strRef><c:strCache><c:pt><c:v>一季度</c:v></c:pt></c:strCache></c:strRef></c:tx>\
            <c:cat><c:strCache><c:pt><c:v>甲市</c:v></c:pt><c:pt><c:v>一季度</c:v></c:pt></c:strCache></c:cat>\
            <c:val><c:numCache><c:pt><c:v>12</c:v></c:pt></c:numCache></c:val></c:ser></c:chart>";
        assert_eq!(paragraphs(chart, "chart1.xml").unwrap(), ["用户\u{2028}数", "一季度", "甲市"]);
    }
}
