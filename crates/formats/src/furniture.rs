//! What belongs to the page and not to the text: page numbers, running heads, tables of contents.

use std::collections::HashMap;

use zhengming_text::fold;

/// How often an unremarkable line must recur next to page numbers to be a running head.
const RECURS: usize = 3;

/// Lines longer than this are no running heads.
const LONGEST_HEAD: usize = 300;

/// Which of the lines of a text are no part of it. `head` names the standard, if a line holds nothing else.
pub fn find(texts: &[&str], head: impl Fn(&str) -> Option<String>) -> Vec<bool> {
    let mut found: Vec<bool> = texts.iter().map(|text| is_page_mark(text) || is_leader(text)).collect();
    let mut heads: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, text) in texts.iter().enumerate().filter(|&(at, _)| !found[at]) {
        if let Some(number) = head(text) {
            heads.entry(number).or_default().push(at);
        }
    }
    // The number of the standard itself recurs on every page; one that is only referred to does not.
    for at in heads.values().flat_map(|places| places.iter().filter(move |_| places.len() > 1)) {
        found[*at] = true;
    }
    let mut single: Vec<usize> = heads.into_values().filter(|it| it.len() == 1).flatten().collect();
    single.sort_unstable();
    for at in single {
        found[at] = is_beside(&found, at);
    }
    mark_recurring(texts, &mut found);
    // A roman page number that was read wrongly, such as `in` for III.
    for (at, text) in texts.iter().enumerate() {
        if !found[at] && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            found[at] = is_beside(&found, at);
        }
    }
    found
}

/// Lines that stand next to page marks nearly every time they occur.
fn mark_recurring(texts: &[&str], found: &mut [bool]) {
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for (at, text) in texts.iter().enumerate() {
        if !found[at] && text.len() <= LONGEST_HEAD && is_beside(found, at) {
            counts.entry(text).or_default().1 += 1;
        }
    }
    counts.retain(|_, (_, beside)| *beside + 1 >= RECURS);
    if counts.is_empty() {
        return;
    }
    for text in texts {
        if let Some((all, _)) = counts.get_mut(text) {
            *all += 1;
        }
    }
    for (text, found) in texts.iter().zip(found) {
        *found |= counts.get(text).is_some_and(|&(all, beside)| all >= RECURS && beside + 1 >= all);
    }
}

fn is_beside(found: &[bool], at: usize) -> bool {
    let is = |at: usize| found.get(at).copied().unwrap_or(false);
    is(at + 1) || at.checked_sub(1).is_some_and(is)
}

/// Whether a line is a page number: `5`, `— 5 —`, `第 5 页`, `IV`, or an address with one.
pub fn is_page_mark(text: &str) -> bool {
    if text.len() > 200 {
        return false;
    }
    // Programs that make PDF files sign every page.
    if text.starts_with("http") && text.ends_with(['页', '⻚']) || text.contains("www.tcpdf.org") {
        return true;
    }
    let inner =
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '—' | '－' | '–' | '·' | '─'));
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    if !inner.is_empty() && inner.chars().count() <= 4 && inner.chars().all(is_digit) {
        return true;
    }
    let roman = |c: char| matches!(c, 'I' | 'V' | 'X' | 'Ⅰ'..='Ⅻ');
    if !inner.is_empty()
        && inner.chars().count() <= 6
        && (inner.chars().all(roman) || matches!(inner, "i" | "ii" | "iii" | "iv" | "vi"))
    {
        return true;
    }
    if !inner.starts_with('第') || inner.len() > 60 {
        return false;
    }
    let key = fold::key(inner);
    key.ends_with('页')
        && key.chars().all(|c| c.is_ascii_digit() || matches!(c, '第' | '页' | '共' | '/' | ' ' | '，' | ','))
}

/// Whether a line belongs to a table of contents: dots that lead to a page number.
pub fn is_leader(text: &str) -> bool {
    let mut run = 0;
    let mut is_drawn = false;
    // Where the last run of dots that is long enough ends.
    let mut end = None;
    for (at, c) in text.char_indices() {
        match c {
            '_' => {
                run += 1;
                is_drawn = true;
            }
            '.' | '．' | '·' | '‥' | '⋯' => run += 1,
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
        // A line to be filled in has nothing behind it.
        page.chars().count() <= 6
            && !(is_drawn && page.is_empty())
            && page.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, 'Ⅰ'..='Ⅻ' | '(' | ')' | ' '))
    })
}

/// The number of the standard, if the line holds nothing else but a page number.
pub(crate) fn running_head(text: &str) -> Option<String> {
    if text.len() > 80 {
        return None;
    }
    let is_page = |page: &str| page.len() <= 4 && page.chars().all(|c| c.is_ascii_digit());
    let before = text.rsplit_once(char::is_whitespace).filter(|(_, page)| is_page(page)).map(|it| it.0);
    let after = text.split_once(char::is_whitespace).filter(|(page, _)| is_page(page)).map(|it| it.1);
    let candidates = [Some(text), before, after];
    candidates.into_iter().flatten().map(str::trim).find(|text| is_standard_number(text)).map(fold::key)
}
/// A bare number of a standard with its year: `DB33/T 2350—2021`.
pub(crate) fn is_standard_number(text: &str) -> bool {
    standard_number(text).is_some_and(str::is_empty)
}

/// What follows the number of a standard at the beginning of a line.
pub(crate) fn standard_number(text: &str) -> Option<&str> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    if !(1..=4).contains(&letters) {
        return None;
    }
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = &text[letters..];
    rest = &rest[digits(rest)..];
    if let Some(kind) = rest.strip_prefix(['/', '∕']) {
        let letters = kind.bytes().take_while(u8::is_ascii_uppercase).count();
        rest = &kind[letters..];
    }
    let number = rest.trim_start();
    let is_spaced = number.len() < rest.len();
    let body = number.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    // `DB3312` alone is no number of a standard, but the mark of the region.
    if body == 0 || (!is_spaced && !text.contains(['/', '∕'])) {
        return None;
    }
    let rest = &number[body..];
    let after = rest.trim_start();
    let Some(year) = after.strip_prefix(['—', '-', '–', '－', '一']) else {
        return text.contains(['/', '∕']).then_some(rest).filter(|rest| !rest.is_empty());
    };
    let year = year.trim_start();
    match digits(year) {
        4 => Some(year[4..].trim_end()),
        // A placeholder on the head of a draft: T/TAF xxx—2023 does not get here, its number is missing.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_marks_are_told_from_clause_numbers() {
        for mark in
            ["5", "— 5 —", "- 12 -", "第 5 页", "第1页 共6页", "II", "Ⅳ", "https://www.gov.cn/a.htm 第1/6⻚"]
        {
            assert!(is_page_mark(mark), "{mark}");
        }
        for other in ["3.1", "2021年", "V字模型", "第五条", "—— 5 个"] {
            assert!(!is_page_mark(other), "{other}");
        }
    }

    #[test]
    fn leaders_are_told_from_an_ellipsis() {
        assert!(is_leader("1 范围.................... 1"));
        assert!(is_leader("前言 ………………………… II"));
        assert!(!is_leader("数据共享……应当依法开展"));
        assert!(!is_leader("等等……"));
        assert!(!is_leader("单位名称：__________"));
        assert!(is_leader("1 范围__________ 1"));
    }

    #[test]
    fn numbers_of_standards_are_recognised() {
        for number in [
            "DB33/T 2350—2021",
            "GB/T 45574-2025",
            "T/TAF 269—2025",
            "DB3212/T 1176—2025",
            "GB 18030-2022",
            "DB33∕T 2474-2022",
        ] {
            assert!(is_standard_number(number), "{number}");
        }
        for other in ["DB3312", "GB/T 22239 信息安全技术", "APP 2021", "V2", "ICS 35.240.01", "GB/T 25069"]
        {
            assert!(!is_standard_number(other), "{other}");
        }
        assert_eq!(standard_number("GB/T 22239 信息安全技术"), Some(" 信息安全技术"));
    }
}
