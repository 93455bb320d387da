//! Breaks lines the way Chinese is set, and measures text in terminal columns.

/// Characters that must not begin a line.
const NO_START: &str = "，。、；：？！”’）》〉】」』…—%％,.;:?!)]}";
/// Characters that must not end a line.
const NO_END: &str = "“‘（《〈【「『([{";

/// Columns that a character takes, near enough to cut and wrap: Han, kana, full-width forms and emoji
/// take two. Where it matters exactly, under a snippet, miette measures.
pub(crate) fn columns(c: char) -> usize {
    match c {
        '\t' => 4,
        '\u{1100}'..='\u{1FFF}' | '\u{2E80}'.. => 2,
        _ => 1,
    }
}

/// Columns of a text without tabs and line breaks.
pub(crate) fn text_columns(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// Appends `text` to `out`, where `indent` columns are already taken, in lines of at most `width`
/// columns. Further lines are indented to where the first began. Ends with a line feed.
pub(crate) fn wrap_into(out: &mut String, text: &str, indent: usize, width: usize) {
    let room = width.saturating_sub(indent).max(20);
    let mut first = true;
    for paragraph in text.lines() {
        let mut rest = paragraph.trim_end();
        loop {
            let end = line_end(rest, room);
            if !first {
                out.extend(std::iter::repeat_n(' ', indent));
            }
            first = false;
            out.push_str(rest[..end].trim_end());
            out.push('\n');
            rest = rest[end..].trim_start();
            if rest.is_empty() {
                break;
            }
        }
    }
    if first {
        out.push('\n');
    }
}

/// The text in lines of at most `width` columns.
pub(crate) fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut rest = text.trim();
    loop {
        let end = line_end(rest, width);
        out.push_str(rest[..end].trim_end());
        rest = rest[end..].trim_start();
        if rest.is_empty() {
            return out;
        }
        out.push('\n');
    }
}

/// Where the first line of `text` ends: at the last good place within `room` columns.
fn line_end(text: &str, room: usize) -> usize {
    let mut taken = 0;
    let mut good = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if at > 0 && may_break(before, c) {
            good = at;
        }
        taken += columns(c);
        if taken > room && c != ' ' && at > 0 {
            return if good > 0 { good } else { at };
        }
        before = c;
    }
    text.len()
}

fn may_break(before: char, after: char) -> bool {
    if before == ' ' {
        return true;
    }
    (columns(before) == 2 || columns(after) == 2) && !NO_START.contains(after) && !NO_END.contains(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut out = String::new();
        wrap_into(&mut out, text, 2, 22);
        assert_eq!(out, expected);
    }

    #[test]
    fn punctuation_does_not_begin_a_line() {
        check("数据归集是指按照规则，汇聚数据。", "数据归集是指按照规\n  则，汇聚数据。\n");
    }

    #[test]
    fn an_opening_quotation_mark_does_not_end_a_line() {
        check("数据归集是指按照规“则”", "数据归集是指按照规\n  “则”\n");
    }

    #[test]
    fn latin_words_stay_whole_unless_they_are_longer_than_a_line() {
        check("the primary node restarts", "the primary node\n  restarts\n");
        check("aaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaa\n  aaaaa\n");
    }

    #[test]
    fn line_breaks_stay_and_nothing_is_one_empty_line() {
        check("甲\n乙", "甲\n  乙\n");
        check("", "\n");
    }
}
