//! Rows of tables: tabs, the bars of Markdown, and HTML that was flattened to tabs.

use super::characters::PARAGRAPH;
use super::lines::{Kind, Line};
use super::{characters, html};

/// The cells of a row.
pub(super) fn cells(line: &Line) -> Option<Vec<String>> {
    if line.kind == Kind::Picture {
        return None;
    }
    let raw = line.raw.trim_matches(' ');
    if let Some(inner) = raw.strip_prefix('|') {
        let inner = inner.trim_end().strip_suffix('|').unwrap_or(inner);
        return Some(bars(inner).iter().map(|cell| clean(cell)).collect());
    }
    raw.contains('\t').then(|| {
        let trimmed = |cell: &str| cell.trim_matches(EDGES).to_owned();
        raw.split('\t').map(if line.is_decoded { trimmed } else { clean }).collect()
    })
}

fn bars(text: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_escaped = false;
    for c in text.chars() {
        match c {
            '|' if !is_escaped => cells.push(String::new()),
            '\\' if !is_escaped => {
                is_escaped = true;
                continue;
            }
            _ => cells.last_mut().expect("begins with one").push(c),
        }
        is_escaped = false;
    }
    cells
}

/// What may stand around the text of a cell.
const EDGES: [char; 3] = [' ', PARAGRAPH, '"'];

fn clean(cell: &str) -> String {
    let text = if cell.contains(['<', '&']) { html::strip_inline(cell) } else { cell.to_owned() };
    text.trim_matches(EDGES).to_owned()
}

/// The line between head and body of a table in Markdown.
pub(super) fn is_rule(cells: &[String]) -> bool {
    cells.iter().any(|cell| !cell.is_empty())
        && cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':' | ' ')))
}

/// The paragraphs of a cell.
pub(super) fn paragraphs(cell: &str) -> impl Iterator<Item = String> {
    cell.split(PARAGRAPH).map(|text| characters::despaced(text.trim())).filter(|text| !text.is_empty())
}

/// The text of a cell, its paragraphs joined.
pub(super) fn text(cell: &str) -> String {
    let mut text = String::new();
    for paragraph in paragraphs(cell) {
        characters::join(&mut text, &paragraph);
    }
    text
}
