//! Pages whose text stands in one line, as some extractors leave them: where their lines would break.

use super::{characters, headings, number};

/// Shorter lines are lines.
const SHORTEST: usize = 300;

const LEAD_INS: [&str; 2] = ["适用于本文件。", "适用于本标准。"];

/// The bytes at which a line of a whole page is broken: before clause numbers, around headings, after the
/// sentence that opens the terms clause. `is_page` says whether a line before it held a page of the clause.
pub(super) fn breaks(line: &str, is_page: &mut bool) -> Vec<usize> {
    let is_long = line.len() >= SHORTEST
        && !line.contains('\t')
        && !line.starts_with(['|', '<', '#'])
        && characters::has_han(line);
    if !is_long {
        return Vec::new();
    }
    *is_page |= line.contains("术语和定义") || LEAD_INS.iter().any(|sentence| line.contains(sentence));
    if !*is_page {
        return Vec::new();
    }
    let mut breaks = Vec::new();
    for sentence in LEAD_INS {
        breaks.extend(line.match_indices(sentence).map(|(at, text)| at + text.len()));
    }
    let mut before = None;
    let mut is_after_space = true;
    for (at, c) in line.char_indices() {
        let begins = c.is_ascii_digit() && (is_after_space || before.is_some_and(is_end));
        if begins && before.is_none_or(|c| is_end(c) || c.is_ascii_digit() || characters::is_wide(c)) {
            breaks_at(line, at, before, &mut breaks);
        }
        is_after_space = c == ' ';
        if c != ' ' {
            before = Some(c);
        }
    }
    breaks.sort_unstable();
    breaks.dedup();
    breaks.retain(|&at| at > 0 && at < line.len());
    breaks
}

/// The number that some sites put before each of their pieces of a page: `5、`.
pub(super) fn piece_mark(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) && line[digits..].starts_with('、') { digits + '、'.len_utf8() } else { 0 }
}

fn is_end(c: char) -> bool {
    matches!(c, '。' | ']' | '］' | '】')
}

/// A clause number at `at`, as far as it is one.
fn breaks_at(line: &str, at: usize, before: Option<char>, breaks: &mut Vec<usize>) {
    let Some(number) = number::parse(&line[at..]) else { return };
    let rest = &line[at + number.rest..];
    if !rest.chars().next().is_some_and(characters::is_wide) {
        return;
    }
    if number.parts.len() > 1 {
        if before.is_none_or(is_end) {
            breaks.push(at);
            // The term ends at a space too.
            let term: String = rest.chars().take(24).take_while(|&c| c != ' ').collect();
            let after = rest[term.len()..].trim_start();
            let is_term = !characters::has_sentence_mark(&term) && !term.contains(',');
            if is_term && after.len() < rest.len() - term.len() && after.starts_with(characters::is_wide) {
                breaks.push(at + number.rest + term.len());
            }
        }
        return;
    }
    // The heading of a clause ends at a space: `4 总则 运用……`.
    let heading: String = rest.chars().take(24).take_while(|&c| c != ' ').collect();
    let is_closed = rest[heading.len()..].starts_with(' ');
    let is_heading = headings::is_terms_heading(&heading)
        || (before.is_some_and(|c| is_end(c) || c.is_ascii_digit()) && headings::is_heading_text(&heading));
    if is_closed && is_heading {
        breaks.push(at);
        breaks.push(at + number.rest + heading.len());
    }
}
