//! Fixes seen as one piece of text that another piece replaces.

use zhengming_text::diagnostic::Fix;
use zhengming_text::span::Span;

use zhengming_text::places::clamp;

/// The text at `span` once the fix was made; nothing if the fix has no edits, or they overlap or lie
/// elsewhere.
pub(crate) fn rewritten(source: &str, span: Span, fix: &Fix) -> Option<String> {
    let mut out = String::new();
    let mut at = span.start;
    for edit in &fix.edits {
        let place = clamp(source, edit.span);
        if place.start < at || place.end > span.end {
            return None;
        }
        out += &source[at..place.start];
        out += &edit.text;
        at = place.end;
    }
    if fix.edits.is_empty() {
        return None;
    }
    out += &source[at..span.end];
    Some(out)
}

/// The first of all bytes that the fix touches to the last, and what stands there afterwards.
pub(crate) fn whole(source: &str, fix: &Fix) -> Option<(Span, String)> {
    let (first, last) = (fix.edits.first()?, fix.edits.last()?);
    let start = clamp(source, first.span).start;
    let end = clamp(source, last.span).end.max(start);
    let span = Span { start, end };
    Some((span, rewritten(source, span, fix)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhengming_text::diagnostic::{Applicability, Edit};
    use zhengming_text::message::Text;

    fn fix(edits: &[(usize, usize, &str)]) -> Fix {
        let edit = |&(start, end, text): &(usize, usize, &str)| Edit {
            span: Span::new(start, end),
            text: text.to_owned(),
        };
        Fix {
            title: Text::default(),
            applicability: Applicability::Safe,
            edits: edits.iter().map(edit).collect(),
        }
    }

    #[test]
    fn several_edits_become_one() {
        let both = fix(&[(1, 2, "X"), (3, 3, "YZ")]);
        assert_eq!(whole("abcdef", &both), Some((Span::new(1, 3), "XcYZ".to_owned())));
        assert_eq!(rewritten("abcdef", Span::new(0, 4), &both).unwrap(), "aXcYZd");
    }

    #[test]
    fn nothing_is_made_of_no_edits_and_of_overlapping_ones() {
        assert_eq!(whole("abcdef", &fix(&[])), None);
        assert_eq!(whole("abcdef", &fix(&[(2, 4, "X"), (3, 5, "Y")])), None);
        assert_eq!(rewritten("abcdef", Span::new(3, 4), &fix(&[(2, 4, "X")])), None);
    }
}
