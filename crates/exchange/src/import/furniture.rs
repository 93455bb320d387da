//! What belongs to the page and not to the text: page numbers, running heads, tables of contents.

use std::collections::HashMap;

use zhengming_core::fold;

use super::lines::{Kind, Line};
use super::{characters, standard};

/// How often an unremarkable line must recur next to page numbers to be a running head.
const RECURS: usize = 3;

/// Marks the lines that are no text of the document.
pub(super) fn mark(lines: &mut [Line]) {
    let mut heads: HashMap<String, usize> = HashMap::new();
    for line in lines.iter_mut().filter(|line| line.kind == Kind::Text) {
        if is_page_mark(&line.text) || is_leader(&line.text) || line.text.contains("www.tcpdf.org") {
            line.kind = Kind::Furniture;
        } else if let Some(code) = running_head(&line.text) {
            *heads.entry(code).or_default() += 1;
        }
    }
    // The number of the standard itself recurs on every page; one that is only referred to does not.
    for at in 0..lines.len() {
        if lines[at].kind == Kind::Text
            && let Some(code) = running_head(&lines[at].text)
            && (heads[&code] > 1 || beside_furniture(lines, at))
        {
            lines[at].kind = Kind::Furniture;
        }
    }
    mark_recurring(lines);
    // A roman page number that was read wrongly, such as `in` for III.
    for at in 0..lines.len() {
        let text = &lines[at].text;
        if lines[at].kind == Kind::Text
            && text.len() <= 3
            && text.bytes().all(|byte| byte.is_ascii_alphabetic())
            && beside_furniture(lines, at)
        {
            lines[at].kind = Kind::Furniture;
        }
    }
}

fn mark_recurring(lines: &mut [Line]) {
    let mut recurring: HashMap<&str, (usize, usize)> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        if line.kind == Kind::Text && line.text.len() <= 300 {
            let (all, beside) = recurring.entry(line.text.as_str()).or_default();
            *all += 1;
            *beside += usize::from(beside_furniture(lines, at));
        }
    }
    let marked: Vec<usize> = (0..lines.len())
        .filter(|&at| {
            lines[at].kind == Kind::Text
                && recurring
                    .get(lines[at].text.as_str())
                    .is_some_and(|&(all, beside)| all >= RECURS && beside + 1 >= all)
        })
        .collect();
    for at in marked {
        lines[at].kind = Kind::Furniture;
    }
}

fn beside_furniture(lines: &[Line], at: usize) -> bool {
    let is_furniture = |at: usize| lines.get(at).is_some_and(|line| line.kind == Kind::Furniture);
    is_furniture(at + 1) || at.checked_sub(1).is_some_and(is_furniture)
}

/// The number of the standard, if the line holds nothing else but a page number.
fn running_head(text: &str) -> Option<String> {
    if text.len() > 80 || !text.contains(['/', '∕', '／', ' ']) {
        return None;
    }
    let code = text.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    let code = if code.len() < text.len() && code.starts_with(|c: char| c.is_ascii_uppercase()) {
        code
    } else {
        text
    };
    let (number, rest) = standard::parse(code)?;
    (rest.trim().chars().all(|c| c.is_ascii_digit()) && number.is_complete())
        .then(|| fold::key(&number.citation()))
}

/// A page number: `5`, `— 5 —`, `第 5 页`, `IV`, or an address with one.
pub(super) fn is_page_mark(text: &str) -> bool {
    if text.len() > 200 {
        return false;
    }
    if text.starts_with("http") && text.ends_with('页') {
        return true;
    }
    let inner =
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '—' | '－' | '–' | '·' | '─'));
    let count = inner.chars().count();
    if count > 0 && count <= 4 && inner.chars().all(|c| characters::digit(c).is_some()) {
        return true;
    }
    let roman = |c: char| matches!(c, 'I' | 'V' | 'X' | 'Ⅰ'..='Ⅻ');
    if count > 0
        && count <= 6
        && (inner.chars().all(roman) || matches!(inner, "i" | "ii" | "iii" | "iv" | "vi"))
    {
        return true;
    }
    let key = fold::key(inner);
    key.starts_with('第')
        && key.ends_with('页')
        && key.chars().all(|c| c.is_ascii_digit() || matches!(c, '第' | '页' | '共' | '/' | ' ' | '，' | ','))
}

/// A line of a table of contents: dots that lead to a page number.
pub(super) fn is_leader(text: &str) -> bool {
    let mut run = 0;
    let mut end = None;
    for (at, c) in text.char_indices() {
        match c {
            '.' | '．' | '·' | '‥' | '⋯' | '_' => run += 1,
            // Two of them are an ellipsis.
            '…' => run += 2,
            ' ' => continue,
            _ => run = 0,
        }
        if run >= 6 {
            end = Some(at + c.len_utf8());
        }
    }
    end.is_some_and(|end| {
        let page = text[end..].trim();
        page.chars().count() <= 6
            && page.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, 'Ⅰ'..='Ⅻ' | '(' | ')' | ' '))
    })
}
