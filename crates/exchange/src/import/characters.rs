//! Characters as the importer tells them apart, and the repairs that concern single characters.

use zhengming_text::fold;
use zhengming_text::zh::{mark, numeral};

/// The paragraph mark inside a table cell.
pub(super) const PARAGRAPH: char = '\u{2029}';

/// A character that needs no space beside it: ideographs and Chinese punctuation.
pub(super) fn is_wide(c: char) -> bool {
    fold::is_han(c) || is_wide_punctuation(c)
}

fn is_wide_punctuation(c: char) -> bool {
    let is_mark = mark::PART_ENDS.contains(&c) || mark::opens(c) || mark::closes(c);
    (is_mark && !c.is_ascii()) || matches!(c, '…' | '—')
}

/// Punctuation that ends a sentence, or closes what does.
pub(super) fn is_terminal(c: char) -> bool {
    // A source stands in square brackets.
    mark::STOPS.contains(&c)
        || mark::COLONS.contains(&c)
        || (mark::CLOSE_SQUARE.contains(&c) && c != '〕')
        || matches!(c, '.' | '…')
}

/// Whether the text ends as a finished sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '’', '）', ')', '"', '」']);
    text.chars().next_back().is_some_and(is_terminal)
}

/// Whether the text has punctuation that only sentences have.
pub(super) fn has_sentence_mark(text: &str) -> bool {
    text.contains(|c| (mark::STOPS.contains(&c) || mark::COMMAS.contains(&c)) && !c.is_ascii())
}

/// At most `bytes` bytes of the beginning of `text`.
pub(super) fn head(text: &str, bytes: usize) -> &str {
    &text[..zhengming_text::line_index::floor_boundary(text, bytes)]
}

pub(super) fn count_han(text: &str) -> usize {
    text.chars().filter(|&c| fold::is_han(c)).count()
}

pub(super) fn has_han(text: &str) -> bool {
    text.chars().any(fold::is_han)
}

pub(super) fn has_latin(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_alphabetic())
}

/// The digit that a character is, half or full width.
pub(super) fn digit(c: char) -> Option<u32> {
    numeral::digit(c).filter(|_| numeral::is_arabic(c))
}

/// White space and invisible characters gone from both ends, full-width and odd spaces made plain,
/// radicals and compatibility ideographs replaced. Returns the text and how many were replaced.
pub(super) fn plain(text: &str) -> (String, usize) {
    let mut out = String::with_capacity(text.len());
    let mut replaced = 0;
    for c in text.chars() {
        if fold::is_zero_width(c) || (c.is_control() && c != '\t') {
            continue;
        }
        if fold::is_space(c) {
            out.push(if c == '\t' { '\t' } else { ' ' });
        } else if let Some(usual) = fold::folded_char(c).filter(|_| fold::is_compatibility(c)) {
            replaced += 1;
            out.push(usual);
        } else {
            out.push(c);
        }
    }
    (out, replaced)
}

/// Characters after which a dash was an 一: —般, —种, —体化.
const AFTER_ONE: &str = "般个种致次定体旦律样切系组项类套直起方";

/// Repairs 一 and — that were taken for each other. Returns what was repaired: (一 for —, — for 一).
pub(super) fn repair_dashes(text: &mut String) -> (bool, bool) {
    if !text.contains(['—', '一']) {
        return (false, false);
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let (mut one, mut dash) = (false, false);
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1).copied();
        let is_one = c == '—'
            && before.is_none_or(|c| c != '—' && (fold::is_han(c) || c == '、' || c == '，' || c == ' '))
            && after.is_some_and(|c| AFTER_ONE.contains(c));
        let is_dash = c == '一'
            && before.is_some_and(|c| c.is_ascii_digit())
            && chars.get(at + 1..at + 5).is_some_and(is_year)
            && chars.get(at + 5).is_none_or(|c| !c.is_ascii_digit());
        one |= is_one;
        dash |= is_dash;
        out.push(if is_one {
            '一'
        } else if is_dash {
            '—'
        } else {
            c
        });
    }
    if one || dash {
        *text = out;
    }
    (dash, one)
}

fn is_year(chars: &[char]) -> bool {
    (chars[0] == '1' || chars[0] == '2') && chars.iter().all(char::is_ascii_digit)
}

/// The text without the spaces that a scan put between Chinese characters.
///
/// In a line that is spaced out as a whole, spaces beside any Chinese character go, and those between
/// single letters and digits; elsewhere only those that no one would type.
pub(super) fn despaced(text: &str) -> String {
    if !text.contains([' ', '\t']) {
        return text.to_owned();
    }
    let is_spaced_out = is_spaced_out(text);
    let mut out = String::with_capacity(text.len());
    // Characters since the last space.
    let mut word = 0;
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        if c != ' ' && c != '\t' {
            word += 1;
            out.push(c);
            continue;
        }
        while chars.next_if(|&c| c == ' ' || c == '\t').is_some() {}
        let is_single = std::mem::take(&mut word) == 1;
        let (Some(before), Some(&after)) = (out.chars().next_back(), chars.peek()) else { continue };
        let no_one_types =
            (fold::is_han(before) || is_stop(before)) && (fold::is_han(after) || is_stop(after));
        if !(no_one_types || (is_spaced_out && (is_wide(before) || is_wide(after) || is_single))) {
            out.push(' ');
        }
    }
    out
}

/// Punctuation beside which nobody types a space.
fn is_stop(c: char) -> bool {
    mark::PART_ENDS.contains(&c) && !c.is_ascii()
}

/// Whether most characters of the line stand alone between spaces.
pub(super) fn is_spaced_out(text: &str) -> bool {
    let (mut han, mut spaced) = (0usize, 0usize);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if fold::is_han(c) {
            han += 1;
            spaced += usize::from(chars.peek() == Some(&' '));
        }
    }
    han >= 4 && spaced * 2 > han
}

/// Joins a line to the text before it as a reader would: a space only between Latin words.
pub(super) fn join(text: &mut String, line: &str) {
    let line = line.trim();
    if let (Some(last), Some(first)) = (text.chars().next_back(), line.chars().next())
        && !is_wide(last)
        && !is_wide(first)
        && last != '-'
        && (last.is_ascii_alphanumeric() || matches!(last, ',' | ';' | ')' | '.'))
        && (first.is_ascii_alphanumeric() || first == '(')
    {
        text.push(' ');
    }
    text.push_str(line);
}

/// The number of an article or chapter, of at most eight characters.
pub(super) fn chinese_number(text: &str) -> Option<u32> {
    let value = numeral::value(text).filter(|_| text.chars().count() <= 8)?;
    u32::try_from(value).ok()
}
