//! Which parts of a long line to show.

use std::ops::Range;

use crate::wrap::columns;

/// What the picture of a line must hold.
pub(super) struct Wanted {
    /// Columns of the line at most.
    pub(super) columns: usize,
    /// Columns of the terminal for line and label.
    pub(super) room: usize,
    /// Columns of the label under the line; 0 if it has none.
    pub(super) label: usize,
}

/// The parts of `line` to show, one or two, so that both ends of `piece` are seen, with some text
/// before it, and so that there is room for the label.
///
/// Costs the same for any length of line.
pub(super) fn cut(
    line: &str,
    piece: Option<Range<usize>>,
    wanted: &Wanted,
) -> (Range<usize>, Option<Range<usize>>) {
    let width = wanted.columns;
    let Some(piece) = piece else { return (0..forward(line, 0, width), None) };
    if forward(line, piece.start, width * 2 / 3) < piece.end && forward(line, 0, width) < line.len() {
        let head = back(line, piece.start, width / 6)..forward(line, piece.start, width / 3);
        let tail = back(line, piece.end, width / 3)..forward(line, piece.end, width / 6);
        return (head, Some(tail));
    }
    let fits = forward(line, 0, width) == line.len();
    let start = if fits {
        0
    } else {
        let start = back(line, piece.start, width / 3);
        // Near the end of the line the room that is left goes to the text before.
        if forward(line, start, width) == line.len() { back(line, line.len(), width) } else { start }
    };
    let start = if wanted.label == 0 { start } else { start.max(label_start(line, &piece, wanted)) };
    (start..forward(line, start, width), None)
}

/// Where a line must start at the earliest so that the label under the middle of `piece` has room. A
/// long label is broken, so it need not have room for all of it.
fn label_start(line: &str, piece: &Range<usize>, wanted: &Wanted) -> usize {
    let half = line[piece.clone()].chars().map(columns).sum::<usize>() / 2;
    let label = wanted.label.min(wanted.room * 2 / 5);
    let before = wanted.room.saturating_sub(half + super::HOOK + label + 1);
    back(line, piece.start, before)
}

/// How far `width` columns reach from `from` to the right.
fn forward(line: &str, from: usize, width: usize) -> usize {
    let mut taken = 0;
    for (at, c) in line[from..].char_indices() {
        taken += columns(c);
        if taken > width {
            return from + at;
        }
    }
    line.len()
}

/// How far `width` columns reach from `from` to the left.
fn back(line: &str, from: usize, width: usize) -> usize {
    let mut taken = 0;
    for (at, c) in line[..from].char_indices().rev() {
        taken += columns(c);
        if taken > width {
            return at + c.len_utf8();
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line as shown, for the piece marked `«so»`.
    #[track_caller]
    fn check(marked: &str, label: usize, expected: &str) {
        let line = marked.replace(['«', '»'], "");
        let start = marked.find('«').unwrap();
        let end = marked.find('»').unwrap() - '«'.len_utf8();
        let (part, more) = cut(&line, Some(start..end), &Wanted { columns: 24, room: 24, label });
        let more = more.map(|part| format!("…{}", &line[part])).unwrap_or_default();
        assert_eq!(format!("{}{more}", &line[part]), expected);
    }

    #[test]
    fn a_line_that_fits_is_shown_whole() {
        check("甲乙丙«丁戊己庚辛壬癸»子丑", 0, "甲乙丙丁戊己庚辛壬癸子丑");
    }

    #[test]
    fn some_text_stands_before_a_piece_of_a_long_line() {
        check("一二三四五六七八九«丁戊»子丑寅卯辰巳午未申酉", 0, "六七八九丁戊子丑寅卯辰巳");
        check("一二三四五六七八九十«丁戊»子丑", 0, "三四五六七八九十丁戊子丑");
    }

    #[test]
    fn a_long_piece_is_shortened_in_the_middle() {
        check("一二三四«丁戊己庚辛壬癸甲乙丙寅卯»五六七八", 0, "三四丁戊己庚…乙丙寅卯五六");
    }

    #[test]
    fn a_label_gets_room() {
        check("一二三四五六七八九十«丁戊»", 8, "七八九十丁戊");
    }
}
