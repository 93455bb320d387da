//! Numbers that are set spaced out, as on covers of standards and in old scans: `G B / T 1 . 1 — 2 0 2 0`,
//! `2 0 2 5 年 5 月`. The blanks are no text. Between Chinese characters they are none anyway.

use zhengming_text::document::Block;
use zhengming_text::span::TextRange;

/// Single characters in a row, with a blank between each two, that are no coincidence.
const ENOUGH: usize = 6;

/// The shortest number in such a row, a year: `a / b` is none.
const SHORTEST: usize = 4;

/// Takes the blanks out of numbers that are spaced out.
pub(crate) fn close(source: &str, block: &mut Block) {
    let text = block.text(source);
    // Hardly a text has so many blanks.
    if memchr::memchr_iter(b' ', text.as_bytes()).nth(ENOUGH - 2).is_none() {
        return;
    }
    let blanks = blanks(text);
    if !blanks.is_empty() {
        let changes: Vec<(TextRange, &str)> =
            blanks.into_iter().map(|at| (TextRange::new(at, at + 1), "")).collect();
        block.reread(source, &changes);
    }
}

/// The blanks inside numbers that are spaced out. Around a stretch other text may stand without a blank.
fn blanks(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    // Characters of which each stands one blank after the one before.
    let mut stretch: Vec<(usize, char)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| *c != ' ') {
        let goes_on = stretch.last().is_some_and(|(last, c)| {
            let end = last + c.len_utf8();
            end + 1 == at && text.as_bytes()[end] == b' '
        });
        if !goes_on {
            take(&mut stretch, &mut found);
        }
        stretch.push((at, c));
    }
    take(&mut stretch, &mut found);
    found
}

/// Whether a character may be part of a number of a standard, a document or a date.
fn is_figure(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '—' | '–' | '-' | '－' | '〔' | '〕' | '[' | ']')
}

/// Ends a stretch, and adds the blanks in it if it is a number.
fn take(stretch: &mut Vec<(usize, char)>, found: &mut Vec<usize>) {
    let all = std::mem::take(stretch);
    let tells = |c: &char| matches!(c, '/' | '—' | '–' | '-' | '－' | '〔' | '年');
    if all.len() < ENOUGH || !all.iter().any(|(_, c)| tells(c)) {
        return;
    }
    let numbers = all.chunk_by(|(_, a), (_, b)| is_figure(*a) && is_figure(*b));
    numbers.filter(|number| number.len() >= SHORTEST).for_each(|number| close_number(number, found));
}

fn close_number(number: &[(usize, char)], found: &mut Vec<usize>) {
    let mut after_stroke = false;
    for pair in number.windows(2) {
        let ((before, a), (_, b)) = (pair[0], pair[1]);
        after_stroke |= a == '/';
        // The blank of GB/T 1.1 is one of the text.
        let is_own = after_stroke && a.is_ascii_alphabetic() && b.is_ascii_digit();
        after_stroke &= !is_own;
        if !is_own {
            found.push(before + a.len_utf8());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Format;
    use crate::properties::texts;

    #[test]
    fn numbers_that_are_spaced_out_are_closed_up() {
        for (text, expected) in [
            ("按照G B / T 1 . 1 — 2 0 2 0《标准化》起草。", "按照GB/T 1.1—2020《标准化》起草。"),
            ("依据 D B 3 3 / T 2 3 5 0 — 2 0 2 1 。", "依据 DB33/T 2350—2021 。"),
            ("浙 发 〔 2 0 2 1 〕 1 2 号", "浙 发 〔2021〕12 号"),
            ("于 2 0 2 5 年 5 月施行", "于 2025 年 5 月施行"),
            ("选项 A B C D E F 之一", "选项 A B C D E F 之一"),
            ("1 2 3 4 5 6 7", "1 2 3 4 5 6 7"),
            ("a / b 和 c / d", "a / b 和 c / d"),
            ("GB/T 1.1—2020 与 GB/T 20000", "GB/T 1.1—2020 与 GB/T 20000"),
        ] {
            assert_eq!(texts(text, Format::PlainText), [expected], "{text}");
        }
    }
}
