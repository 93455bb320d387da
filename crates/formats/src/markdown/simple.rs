//! Markdown that is hardly any: headings, paragraphs and comments, as most official texts are.
//!
//! Their structure can be seen line by line, ten times faster than it can be parsed. Whatever might mean
//! something else to CommonMark makes the whole document one for the parser; a test compares the two.

use zhengming_text::document::BlockKind;
use zhengming_text::span::Span;

use crate::parts::Parts;

/// What a line is; of text, if all of its bytes are plain.
enum Line {
    Blank,
    /// The level, and where the text begins in the line.
    Heading(u8, usize),
    Comment,
    Text,
}

/// Reads `source` from `start` on, unless it needs the parser; then nothing is read.
pub(super) fn read(source: &str, start: usize, parts: &mut Parts) -> bool {
    // Marks that are none to CommonMark; a single one of these characters is common in prose.
    let marks = ["==", "%%", "++"];
    if marks.iter().any(|mark| memchr::memmem::find(&source.as_bytes()[start..], mark.as_bytes()).is_some()) {
        return false;
    }
    let Some(lines) = lines(source, start) else { return false };
    let mut paragraph: Option<Span> = None;
    for (line, at, end) in lines {
        if let Line::Text = line {
            let span = paragraph.get_or_insert(Span::new(at, end));
            span.end = end;
            continue;
        }
        if let Some(span) = paragraph.take() {
            parts.push_slice(BlockKind::Paragraph, span);
        }
        match line {
            Line::Heading(level, text) => {
                parts.push_slice(BlockKind::Heading(level), Span::new(at + text, end));
            }
            Line::Comment => parts.comment(source, Span::new(at, end)),
            Line::Blank | Line::Text => {}
        }
    }
    if let Some(span) = paragraph {
        parts.push_slice(BlockKind::Paragraph, span);
    }
    true
}

/// All lines with their places, line breaks left out; nothing if one of them needs the parser.
fn lines(source: &str, start: usize) -> Option<Vec<(Line, usize, usize)>> {
    let bytes = source.as_bytes();
    let mut lines: Vec<(Line, usize, usize)> = Vec::with_capacity((source.len() - start) / 128);
    let mut at = start;
    // Lines of text are looked through together: the longer the stretch, the faster.
    let mut stretch = start;
    let ends = memchr::memchr_iter(b'\n', &bytes[start..]).map(|end| start + end);
    for end in ends.chain([bytes.len()]) {
        let line = line(&bytes[at..end])?;
        if !matches!(line, Line::Text | Line::Blank) {
            if !is_plain(&bytes[stretch..at]) {
                return None;
            }
            stretch = end;
        }
        // What follows a comment, or what it follows, may belong to it.
        let before = lines.last().map(|(line, ..)| line);
        let touches = match (&line, before) {
            (Line::Comment, Some(before)) => !matches!(before, Line::Blank),
            (_, Some(Line::Comment)) => !matches!(line, Line::Blank),
            _ => false,
        };
        if touches {
            return None;
        }
        lines.push((line, at, end));
        at = end + 1;
    }
    is_plain(&bytes[stretch..]).then_some(lines)
}

fn line(line: &[u8]) -> Option<Line> {
    let Some(&first) = line.first() else { return Some(Line::Blank) };
    match first {
        b'#' => {
            let level = line.iter().take_while(|&&byte| byte == b'#').count();
            let text = line[level..].strip_prefix(b" ")?;
            let is_text =
                text.first().is_some_and(|&first| first != b' ') && is_plain(text) && !ends_blank(text);
            (level <= 6 && is_text).then_some(Line::Heading(level as u8, level + 1))
        }
        b'<' => {
            let inner = line.strip_prefix(b"<!--")?.strip_suffix(b"-->")?;
            (!inner.is_empty() && inner.iter().all(|byte| *byte == b' ' || byte.is_ascii_alphanumeric()))
                .then_some(Line::Comment)
        }
        b'0'..=b'9' => {
            let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let is_item = matches!(line.get(digits), Some(b'.' | b')'));
            (!is_item && !ends_blank(line)).then_some(Line::Text)
        }
        b'A'..=b'Z' | b'a'..=b'z' | b'(' | 0x80.. => (!ends_blank(line)).then_some(Line::Text),
        _ => None,
    }
}

/// Whether white space stands at the end of a line, where it means something.
fn ends_blank(line: &[u8]) -> bool {
    line.last() == Some(&b' ')
}

/// Whether no byte of some lines means anything to Markdown but the line breaks.
fn is_plain(lines: &[u8]) -> bool {
    let special = lines.iter().fold(0_u8, |found, &byte| {
        found
            | u8::from(byte < 0x20) & u8::from(byte != b'\n')
            | u8::from(byte == b'#')
            | u8::from(byte == b'$')
            | u8::from(byte == b'&')
            | u8::from(byte == b'*')
            | u8::from(byte == b'<')
            | u8::from(byte == b'>')
            | u8::from(byte.wrapping_sub(b'[') <= b'`' - b'[')
            | u8::from(byte.wrapping_sub(b'{') <= 0x7F - b'{')
    });
    special == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Format;
    use proptest::prelude::*;
    use zhengming_text::document::Document;

    /// All that can be seen of a document's structure.
    fn seen(document: &Document) -> Vec<String> {
        let blocks = document.blocks().map(|block| {
            format!("{:?} {:?} {} {}", block.kind(), block.source_span(), block.quoted(), block.text())
        });
        let comments = document.annotations().iter().map(|one| format!("{one:?}"));
        blocks.chain(comments).chain([format!("{:?}", document.metadata())]).collect()
    }

    fn both(source: &str) -> Option<(Vec<String>, Vec<String>)> {
        let (mut simple, mut thorough) = (Parts::default(), Parts::default());
        let is_simple = read(source, 0, &mut simple);
        super::super::parse(source, 0, &mut thorough);
        let document = |parts: Parts| seen(&parts.into_document("a.md", Format::Markdown, source.to_owned()));
        is_simple.then(|| (document(simple), document(thorough)))
    }

    #[test]
    fn a_statute_is_simple() {
        let text = "# 某市条例\n\n2020年8月31日 通过\n\n<!-- INFO END -->\n\n## 第一章  总则\n第一条 为了\n规范(A/B)：\n";
        let (simple, thorough) = both(text).unwrap();
        assert_eq!(simple, thorough);
        assert_eq!(simple.len(), 6);
    }

    #[test]
    fn anything_else_is_left_to_the_parser() {
        for text in [
            "- 甲",
            "1. 甲",
            "甲*乙*",
            " 甲",
            "甲 ",
            "> 甲",
            "甲\n===",
            "#甲",
            "甲\r\n乙",
            "[甲]: 乙",
            "# 甲 #",
        ] {
            assert!(both(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_parser_sees_the_same(
            lines in prop::collection::vec(
                prop_oneof![
                    Just(String::new()),
                    Just("<!-- a -->".to_owned()),
                    "#{1,7} {1,2}[甲 a1　]{0,4}",
                    "[甲，“\u{3000}\u{a0}\u{2028}a1 .)(+=:!%'\"/?,;@-]{0,8}",
                ],
                0..8,
            ),
        ) {
            if let Some((simple, thorough)) = both(&lines.join("\n")) {
                prop_assert_eq!(simple, thorough);
            }
        }
    }
}
