//! Letter words in Chinese text: CIM, IoT, eHub.

use zhengming_text::fold::is_han;

use super::knowledge::Data;

/// Longest letter word, in characters.
const LONGEST: usize = 8;

/// Longest label of a series, in letters.
const LABEL: usize = 4;

/// Calls `found` with the letter words of `text`.
pub(super) fn words(text: &str, data: &Data, mut found: impl FnMut(usize, usize)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(start) = bytes[at..].iter().position(u8::is_ascii_alphabetic).map(|more| at + more) {
        let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let end = start + length;
        at = end;
        let word = &text[start..end];
        let is_unknown = is_letter_word(word) && !data.letters.contains(word);
        if is_unknown && (stands_in_chinese(text, start, end) || is_behind_its_name(text, start, end)) {
            found(start, end);
        }
    }
}

/// Whether a word stands in brackets behind what it is short for: in 车辆识别码（VIN） nothing needs explaining, and
/// neither does VIN in the next cell.
fn is_behind_its_name(text: &str, start: usize, end: usize) -> bool {
    let name = text[..start].trim_end().strip_suffix(['（', '(']).map(str::trim_end);
    name.is_some_and(|name| name.ends_with(is_han)) && text[end..].trim_start().starts_with(['）', ')'])
}

/// Whether a word is one of a series of labels, as EB is in EA、EB and BFB beside BFA.
pub(super) fn is_in_series(text: &str, word: &str) -> bool {
    let last = word.as_bytes()[word.len() - 1];
    let stem = &word[..word.len() - 1];
    let is_label = word.len() <= LABEL && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let has = |last: u8| {
        let other = format!("{stem}{}", char::from(last));
        text.match_indices(&other).any(|(at, _)| {
            let glued = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            !glued(text[..at].chars().next_back()) && !glued(text[at + other.len()..].chars().next())
        })
    };
    is_label && [last - 1, last + 1].into_iter().any(|other| other.is_ascii_uppercase() && has(other))
}

fn is_letter_word(word: &str) -> bool {
    let upper = word.chars().filter(char::is_ascii_uppercase).count();
    let digits = word.chars().filter(char::is_ascii_digit).count();
    (2..=LONGEST).contains(&word.len())
        // eHub and iBuilding are letter words, Word and word are not.
        && (upper >= 2 || (upper == 1 && word.starts_with(|c: char| c.is_ascii_lowercase())))
        && digits <= 1
        // 2020A and A4 are numbers, XXX and AAAA are blanks and grades.
        && !word.bytes().all(|byte| byte == word.as_bytes()[0])
        && !word.chars().all(|c| "IVXLC".contains(c))
}

/// Whether Chinese stands on either side, and neither a number, an address nor an English sentence.
fn stands_in_chinese(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let joins = |c: Option<char>| {
        c.is_some_and(|c| c.is_ascii_alphanumeric() || "/∕_.@-—–\\:#&=+*<>{}[]|".contains(c))
    };
    if joins(before) || joins(after) {
        return false;
    }
    if before == Some(' ') || after == Some(' ') {
        // What is left of blanks stands between Latin words: English, or a number.
        return false;
    }
    let han = |c: Option<char>| c.is_some_and(is_han);
    let near = |c: Option<char>| c.is_none_or(|c| is_han(c) || "“”（）、，。；：《》".contains(c));
    (han(before) || han(after) || (before == Some('“') || before == Some('、')))
        && near(before)
        && near(after)
}
