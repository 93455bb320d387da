//! The clause of abbreviations of a standard: 下列缩略语适用于本文件。, and below ERP：企业资源计划（Enterprise Resource Planning）.

use zhengming_text::document::{BlockKind, Document};
use zhengming_text::fold;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;
use zhengming_text::zh::{mark, marker};

use super::{Definition, Pattern, without_layout};

/// What announces the clause.
pub(super) const LEAD: &str = "缩略语适用于";
/// Longest letters, in bytes.
const LONGEST: usize = 16;
/// Characters of the words for which letters stand.
const WORDS: std::ops::RangeInclusive<usize> = 2..=30;

/// Adds the entries of the clauses in `document`.
pub(super) fn find(document: &Document, signs: impl Fn(usize) -> Signs, found: &mut Vec<Definition>) {
    let mut within = false;
    for block in document.blocks() {
        let text = block.text();
        if signs(block.index()).any(Signs::WORDS) && text.contains(LEAD) {
            within = true;
        } else if within {
            let before = found.len();
            let mut start = 0;
            for line in text.split_inclusive('\n') {
                found.extend(entry(text, TextRange::new(start, start + line.len()), block.index()));
                start += line.len();
            }
            within = found.len() > before || matches!(block.kind(), BlockKind::TableCell);
        }
    }
}

/// The letters and the words for which they stand in the line that fills `range`.
fn entry(text: &str, range: TextRange, block: usize) -> Option<Definition> {
    let line = marker::strip(&text[range.range()]).trim_end();
    let start = range.start + (text[range.range()].trim_end().len() - line.len());
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '+' | '.');
    let letters = &line[..line.find(|c| !is_letter(c))?];
    let is_acronym =
        (2..=LONGEST).contains(&letters.len()) && letters.contains(|c: char| c.is_ascii_uppercase());
    let is_link = |c: char| fold::is_space(c) || mark::COLONS.contains(&c) || matches!(c, '—' | '-' | '–');
    let rest = line[letters.len()..].trim_start_matches(is_link);
    let words =
        rest.split(mark::OPEN_ROUND).next().unwrap_or(rest).trim_end_matches(|c: char| !fold::is_han(c));
    let count = words.chars().filter(|&c| fold::is_han(c)).count();
    if !is_acronym
        || !WORDS.contains(&count)
        || !words.starts_with(|c: char| fold::is_han(c) || c.is_ascii_alphanumeric())
    {
        return None;
    }
    let term = TextRange::new(start, start + letters.len());
    let body = start + line.len() - rest.len();
    Some(Definition {
        block,
        term,
        text: without_layout(letters),
        body: vec![(block, TextRange::new(body, body + words.len()))],
        pattern: Pattern::Gloss,
    })
}
