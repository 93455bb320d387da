//! Running heads, feet and page numbers: what recurs at the edge of page after page.

use std::collections::HashMap;

use super::row::Row;
use crate::furniture;

/// So many rows at either edge may be running heads.
const ROWS: usize = 3;

/// The share of the page in which running heads stand.
const EDGE: f32 = 0.14;

/// Which rows of every page are running heads or page numbers.
pub(super) fn find(pages: &[Vec<Row>], shapes: &[(u32, f32)]) -> Vec<Vec<bool>> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut found: Vec<Vec<bool>> = pages.iter().map(|rows| vec![false; rows.len()]).collect();
    let mut candidates: Vec<(usize, usize, String)> = Vec::new();
    for (page, (rows, &(_, height))) in pages.iter().zip(shapes).enumerate() {
        for at in edge_rows(rows, height) {
            let text = rows[at].line().text;
            if furniture::is_page_mark(&text) {
                found[page][at] = true;
                continue;
            }
            let key = key(&text);
            *counts.entry(key.clone()).or_default() += 1;
            candidates.push((page, at, key));
        }
    }
    let enough = pages.len().clamp(2, 3);
    for (page, at, key) in candidates {
        found[page][at] = counts[&key] >= enough && !key.is_empty();
    }
    found
}

fn edge_rows(rows: &[Row], height: f32) -> Vec<usize> {
    let first = (0..rows.len()).take(ROWS).take_while(|&at| rows[at].y < EDGE * height);
    let last = (0..rows.len()).rev().take(ROWS).take_while(|&at| rows[at].y > (1.0 - EDGE) * height);
    let mut all: Vec<usize> = first.chain(last).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The text without the page number at either end, and without blanks.
fn key(text: &str) -> String {
    let is_number = |word: &str| furniture::is_page_mark(word);
    let mut words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > 1 && words.last().is_some_and(|word| is_number(word)) {
        words.pop();
    }
    if words.len() > 1 && is_number(words[0]) {
        words.remove(0);
    }
    words.concat()
}
