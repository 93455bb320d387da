//! Marks of emphasis that CommonMark leaves as characters, because next to Chinese punctuation its rules for
//! where emphasis may begin and end do not hold: `**强化培训。**全年`, `浙_政_盯`, `==重点==`.

use std::collections::HashMap;

use zhengming_text::fold;
use zhengming_text::span::Span;

/// One run of a character that may mark something.
struct Mark {
    span: Span,
    byte: u8,
    opens: bool,
    closes: bool,
}

/// What of `source[block]` is no text: pairs of marks, doubled asterisks also alone, and what two tildes strike out.
pub(super) fn find(source: &str, block: Span) -> Vec<Span> {
    let text = &source[block.range()];
    let has_mark = memchr::memchr3(b'*', b'_', b'=', text.as_bytes()).is_some();
    if !has_mark && !text.contains("++") && !text.contains("~~") {
        return Vec::new();
    }
    let mut found: Vec<Span> = Vec::new();
    // The last mark of a sort that is still open.
    let mut open: HashMap<(u8, usize), Span> = HashMap::new();
    for mark in marks(source, block) {
        let sort = (mark.byte, mark.span.len());
        if mark.byte == b'*' && mark.span.len() > 1 {
            found.push(mark.span);
        } else if mark.closes
            && let Some(start) = open.remove(&sort)
        {
            if mark.byte == b'~' {
                found.push(Span::new(start.start, mark.span.end));
            } else {
                found.extend([start, mark.span]);
            }
        } else if mark.opens {
            open.insert(sort, mark.span);
        }
    }
    found.sort_unstable();
    let mut end = 0;
    found.retain(|span| {
        let is_free = span.start >= end;
        end = end.max(span.end);
        is_free
    });
    found
}

fn marks(source: &str, block: Span) -> Vec<Mark> {
    let bytes = source.as_bytes();
    let mut found = Vec::new();
    let mut at = block.start;
    while at < block.end {
        let byte = bytes[at];
        if !matches!(byte, b'*' | b'_' | b'=' | b'+' | b'~') || at > 0 && bytes[at - 1] == b'\\' {
            at += 1;
            continue;
        }
        let length = bytes[at..block.end].iter().take_while(|other| **other == byte).count();
        let span = Span::new(at, at + length);
        at = span.end;
        let fits = match byte {
            b'*' => true,
            // Three and more are a blank to be filled in.
            b'_' => length <= 2,
            _ => length == 2,
        };
        let before = source[block.start..span.start].chars().next_back();
        let after = source[span.end..block.end].chars().next();
        if !fits || length == 1 && !touches_chinese(source, block, span) {
            continue;
        }
        let is_solid = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        found.push(Mark { span, byte, opens: is_solid(after), closes: is_solid(before) });
    }
    found
}

/// A single mark must stand between Chinese characters or their punctuation, and in no name of a file or
/// variable: `数据_v2`, `3*5`.
fn touches_chinese(source: &str, block: Span, span: Span) -> bool {
    let is_chinese = |c: char| {
        fold::is_han(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF5E}' | '“' | '”')
    };
    let is_edge = |c: Option<char>| c.is_none_or(|c| is_chinese(c) || c.is_whitespace());
    let before = source[block.start..span.start].chars().next_back();
    let after = source[span.end..block.end].chars().next();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '/' | '\\');
    let head = source[block.start..span.start].chars().rev().take_while(|c| is_name(*c));
    let tail = source[span.end..block.end].chars().take_while(|c| is_name(*c));
    let has_latin = head.chain(tail).take(80).any(|c| c.is_ascii_alphanumeric());
    is_edge(before) && is_edge(after) && !(has_latin && source.as_bytes()[span.start] == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_marks_and_single_characters_are_text() {
        for (text, expected) in [
            ("通过浙__政盯，__发送", "通过浙政盯，发送"),
            ("通过浙_政_盯发送", "通过浙政盯发送"),
            ("通过==浙==政盯", "通过浙政盯"),
            ("通过*浙政盯，*发送", "通过浙政盯，发送"),
            ("浙***政盯，***", "浙政盯，"),
            ("**强化", "强化"),
            ("通过~~“浙政盯”~~发送", "通过发送"),
            ("数据_归集_v2.docx", "数据_归集_v2.docx"),
            ("姓名：____，电话：____", "姓名：____，电话：____"),
            ("3*5*2 = 30", "3*5*2 = 30"),
            ("带*的为必填项", "带*的为必填项"),
            ("a == b", "a == b"),
        ] {
            let mut kept = String::new();
            let mut at = 0;
            for mark in find(text, Span::new(0, text.len())) {
                kept += &text[at..mark.start];
                at = mark.end;
            }
            kept += &text[at..];
            assert_eq!(kept, expected, "{text}");
        }
    }
}
