//! Taking a comment out of a text so that nothing else changes.

use zhengming_text::diagnostic::Edit;
use zhengming_text::span::Span;

/// The edit that removes the comment at `span`: the whole line of one that stands alone. Nothing, if the
/// text above and the text below would run together.
pub(super) fn removal(source: &str, span: Span) -> Option<Edit> {
    let start = source[..span.start].rfind(is_break).map_or(0, |at| at + 1);
    let end = source[span.end..].find(is_break).map_or(source.len(), |at| span.end + at);
    let (before, after) = (&source[start..span.start], &source[span.end..end]);
    let span = if before.trim().is_empty() && after.trim().is_empty() {
        let next = after_break(source, end);
        let above_is_blank = is_blank_above(&source[..start]);
        let line_below = &source[next..source[next..].find(is_break).map_or(source.len(), |at| next + at)];
        let below_is_blank = line_below.trim().is_empty();
        if !above_is_blank && !below_is_blank {
            return None;
        }
        // Of the blank lines around it, one is enough.
        let last = if above_is_blank && below_is_blank && next < source.len() {
            after_break(source, next + line_below.len())
        } else {
            next
        };
        Span::new(start, last)
    } else if before.trim().is_empty() || before.ends_with([' ', '\t']) {
        let spaces = after.len() - after.trim_start_matches([' ', '\t']).len();
        Span::new(span.start, span.end + spaces)
    } else {
        span
    };
    Some(Edit { span, text: String::new() })
}

/// Whether the last line of `above`, which ends with a line break, is blank.
fn is_blank_above(above: &str) -> bool {
    let line_end = above.strip_suffix("\r\n").or_else(|| above.strip_suffix(is_break)).unwrap_or(above);
    let text = line_end.trim_end_matches([' ', '\t']);
    text.is_empty() || text.ends_with(is_break)
}

fn is_break(c: char) -> bool {
    c == '\n' || c == '\r'
}

/// Where the line after the break at `at` begins.
fn after_break(source: &str, at: usize) -> usize {
    let rest = &source[at..];
    let length = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with(is_break)) };
    at + length
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text without the comment, which is marked as `<!--x-->`.
    fn removed(text: &str) -> Option<String> {
        let at = text.find("<!--x-->").unwrap();
        let edit = removal(text, Span::new(at, at + 8))?;
        Some(format!("{}{}{}", &text[..edit.span.start], edit.text, &text[edit.span.end..]))
    }

    #[test]
    fn a_comment_takes_its_line_along_unless_paragraphs_would_join() {
        for (text, expected) in [
            ("甲\n\n<!--x-->\n乙\n", Some("甲\n\n乙\n")),
            ("甲\n\n<!--x-->\n\n乙\n", Some("甲\n\n乙\n")),
            ("甲\r\n\r\n<!--x-->\r\n\r\n乙\r\n", Some("甲\r\n\r\n乙\r\n")),
            ("甲\r\n<!--x-->\r\n\r\n乙", Some("甲\r\n\r\n乙")),
            ("<!--x-->\n乙", Some("乙")),
            ("甲\n<!--x-->", Some("甲\n")),
            ("甲\n<!--x-->\n乙", None),
            ("甲\r\n<!--x-->\r\n乙", None),
            ("甲<!--x-->乙", Some("甲乙")),
            ("甲 <!--x--> 乙", Some("甲 乙")),
            ("<!--x--> 乙", Some("乙")),
            ("| 甲 <!--x--> | 乙 |", Some("| 甲 | 乙 |")),
        ] {
            assert_eq!(removed(text).as_deref(), expected, "{text:?}");
        }
    }
}
