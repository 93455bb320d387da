//! Lists of corrections: a wrong form beside the right one, in a sentence or in the cells of a row.

use zhengming_text::document::{BlockKind, BlockRef, Document};
use zhengming_text::fold;
use zhengming_text::span::TextRange;
use zhengming_text::zh::spoken::{RIGHT_HEADS, RIGHT_MARKS, TO_RIGHT, TO_WRONG, WRONG_HEADS, WRONG_MARKS};

use crate::prose::{after_quotes, before_quotes};

/// Two forms are no further apart than this, in characters.
const REACH: usize = 24;

/// A head is not longer than this, in characters.
const LONGEST_HEAD: usize = 10;

/// Whether the sentence sets the form at `range` against `right`, the form to be used: 浙政盯→浙政钉,
/// “浙政盯”系“浙政钉”之误, 误：浙政盯 正：浙政钉.
pub(super) fn is_set_against(text: &str, range: TextRange, right: &str) -> bool {
    let before = before_quotes(&text[..range.start]);
    let after = after_quotes(&text[range.end..]);
    if before.trim_end_matches(['：', ':', '.', '．', ')', '）']).ends_with(WRONG_MARKS) {
        return true;
    }
    let head = near(after, right, true);
    if let Some(between) = head {
        let bare = between.trim_matches(|c: char| fold::is_quote(c) || fold::is_space(c));
        let says_so = ["改", "——", "—", "－", "-"].contains(&bare)
            || TO_RIGHT.iter().any(|cue| between.contains(cue))
            || between.contains(RIGHT_MARKS);
        let rest = &after[between.len()..];
        let rest = after_quotes(rest.strip_prefix(right).unwrap_or(rest));
        let is_slip =
            ["之误", "的误写", "的笔误", "的错写", "的误称", "的旧称", "的原名", "的曾用名", "的俗称"];
        if says_so || is_slip.iter().any(|cue| rest.starts_with(cue)) {
            return true;
        }
    }
    near(before, right, false).is_some_and(|between| {
        TO_WRONG.iter().any(|cue| between.contains(cue)) || between.contains(WRONG_MARKS)
    })
}

/// What stands between the edge of `text` and `right`, if that is near: at the beginning of what comes
/// after, or at the end of what comes before.
fn near<'t>(text: &'t str, right: &str, is_after: bool) -> Option<&'t str> {
    // Only what is near is looked at: a block may be long, and hold many places.
    let reach = REACH + right.chars().count();
    let between = if is_after {
        let end = text.char_indices().nth(reach).map_or(text.len(), |(at, _)| at);
        &text[..text[..end].find(right)?]
    } else {
        let start = text.char_indices().rev().nth(reach - 1).map_or(0, |(at, _)| at);
        &text[start + text[start..].rfind(right)? + right.len()..]
    };
    let is_near = between.chars().count() <= REACH && !between.contains(['。', '！', '？']);
    is_near.then_some(between)
}

/// Whether the cell at `block` is one of a list of corrections: the cell beside it says the same with the right form,
/// or the heads of the columns say so.
pub(super) fn is_cell_of_corrections(
    document: &Document,
    block: BlockRef<'_>,
    range: TextRange,
    right: &str,
) -> bool {
    if !matches!(block.kind(), BlockKind::TableCell) {
        return false;
    }
    let text = block.text();
    let mended = fold::key(&format!("{}{right}{}", &text[..range.start], &text[range.end..]));
    let neighbours = [block.index().checked_sub(1), Some(block.index() + 1)];
    let beside = neighbours.into_iter().flatten().filter(|index| *index < document.blocks().len());
    let is_pair = beside.map(|index| document.block(index)).any(|other| {
        other.kind() == BlockKind::TableCell && {
            let key = fold::key(other.text());
            // A revised sentence may differ in more than this; its right form stands in the same company.
            key == mended
                || key.contains(&fold::key(right))
                    && key.chars().count().abs_diff(mended.chars().count()) <= 6
                    && shares_company(&key, &mended)
        }
    });
    is_pair || stands_under_wrong(document, block)
}

/// Whether two cells begin or end alike.
fn shares_company(one: &str, other: &str) -> bool {
    let length = one.chars().count().min(other.chars().count());
    let head = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let tail = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b).count();
    (head + tail) * 2 >= length
}

/// Whether the cell stands in a column of wrong forms, beside one of right forms. The cells of a row stand on one
/// line, or know their row.
fn stands_under_wrong(document: &Document, block: BlockRef<'_>) -> bool {
    let is_cell =
        |index: usize| matches!(document.block(index).kind(), BlockKind::TableCell | BlockKind::Caption);
    let row_of = |index: usize| {
        let block = document.block(index);
        let cell = block.place().and_then(|place| place.cell);
        match cell {
            Some(cell) => (cell.table as usize, cell.row as usize),
            None => (usize::MAX, document.lines().line(block.source_span().start)),
        }
    };
    let mut first = block.index();
    while first > 0 && block.index() - first < FARTHEST && is_cell(first - 1) {
        first -= 1;
    }
    let row = |from: usize| {
        let line = row_of(from);
        (from..document.blocks().len()).take_while(|&index| is_cell(index) && row_of(index) == line).count()
    };
    let width = row(first);
    let mut start = block.index();
    while start > first && row_of(start - 1) == row_of(block.index()) {
        start -= 1;
    }
    let column = block.index() - start;
    if width < 2 || row(start) != width || start == first {
        return false;
    }
    let head = |column: usize| fold::key(document.block(first + column).text());
    let says = |head: &str, words: &[&str]| {
        head.chars().count() <= LONGEST_HEAD && words.iter().any(|word| head.contains(word))
    };
    let is_wrong = |head: &str| says(head, &WRONG_HEADS);
    is_wrong(&head(column))
        && (0..width)
            .filter(|other| *other != column)
            .map(head)
            .any(|head| says(&head, &RIGHT_HEADS) && !is_wrong(&head))
}

/// The head of a column is looked for among so many cells before one.
const FARTHEST: usize = 600;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_that_are_set_against_each_other_are_told_from_uses() {
        for (marked, expected) in [
            ("«浙政盯»→浙政钉", true),
            ("“«浙政盯»”系“浙政钉”之误", true),
            ("误：«浙政盯»；正：浙政钉", true),
            ("正：浙政钉；误：«浙政盯»", true),
            ("× «浙政盯»　√ 浙政钉", true),
            ("应写浙政钉，不写«浙政盯»", true),
            ("第3页“«浙政盯»”应为“浙政钉”", true),
            ("“«浙政盯»”改“浙政钉”", true),
            ("1. «浙政盯»——浙政钉", true),
            ("是浙政钉而不是«浙政盯»", true),
            ("通过«浙政盯»发送，浙政钉接收", false),
            ("浙政钉和«浙政盯»同步使用", false),
            ("在«浙政盯»上办事", false),
        ] {
            let start = marked.find('«').unwrap();
            let end = marked.find('»').unwrap() - '«'.len_utf8();
            let text = marked.replace(['«', '»'], "");
            assert_eq!(is_set_against(&text, TextRange::new(start, end), "浙政钉"), expected, "{marked}");
        }
    }
}
