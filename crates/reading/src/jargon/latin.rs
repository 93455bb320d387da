//! Letter words in Chinese text: CIM, IoT, eHub.

use zhengming_text::fold::is_han;

use super::knowledge::Data;

/// Longest letter word, in characters.
const LONGEST: usize = 8;

/// Calls `found` with the letter words of `text`.
pub(super) fn words(text: &str, data: &Data, mut found: impl FnMut(usize, usize)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(start) = bytes[at..].iter().position(u8::is_ascii_alphabetic).map(|more| at + more) {
        let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let end = start + length;
        at = end;
        let word = &text[start..end];
        if is_letter_word(word) && !data.letters.contains(word) && stands_in_chinese(text, start, end) {
            found(start, end);
        }
    }
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
