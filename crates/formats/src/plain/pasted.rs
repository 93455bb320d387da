//! Lines that were pasted into a document of another format: joined as the lines of a text are.

use super::layout::Layout;
use super::{lines, mark_furniture, read_paragraphs};
use zhengming_text::document::BlockRef;

use crate::Format;
use crate::parts::Parts;

/// A line, as it stood in the text that it was pasted from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PastedLine<'t> {
    pub(crate) text: &'t str,
    /// Empty lines before it.
    pub(crate) blank: usize,
    /// Columns of white space before the text.
    pub(crate) indent: usize,
}

/// For each line but the first, whether it goes on with the one before it, in a text that is broken at `margin`.
pub(crate) fn goes_on(pasted: &[PastedLine<'_>], margin: usize) -> Vec<bool> {
    let mut source = String::new();
    let mut starts = Vec::with_capacity(pasted.len());
    for line in pasted {
        // More blanks mean nothing more.
        source.extend(std::iter::repeat_n('\n', line.blank.min(8)));
        source.extend(std::iter::repeat_n(' ', line.indent.min(80)));
        starts.push(source.len());
        // What would be markup in a text is none in a line of a document.
        source.extend(line.text.trim().chars().map(|c| match c {
            '\n' | '\r' | '\t' | '\u{2028}' => ' ',
            '<' => '〈',
            '`' => '\'',
            c => c,
        }));
        source.push('\n');
    }
    let mut lines = lines::split(&source, &[]);
    mark_furniture(&source, &mut lines);
    let mut parts = Parts::default();
    read_paragraphs(&source, &mut parts, Vec::new(), &lines, &[], Layout::wrapped(margin, &lines));
    let document = parts.into_document("", Format::PlainText, source);
    let spans: Vec<_> = document.blocks().map(BlockRef::source_span).collect();
    let both_in_one = |pair: &[usize]| {
        let block = spans.partition_point(|span| span.end <= pair[1]);
        spans.get(block).is_some_and(|span| span.start <= pair[0])
    };
    starts.windows(2).map(both_in_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_over_empty_ones_and_not_where_a_paragraph_begins() {
        let line = |text| PastedLine { text, blank: 0, indent: 0 };
        let lines = [
            line("各单位应当加强协同办公系统的统筹管理规划建设部"),
            PastedLine { blank: 1, ..line("署，负责系统的日常运行维护。") },
            line("一、总体要求"),
            line("数字政府建设"),
        ];
        assert_eq!(goes_on(&lines, 46), [true, false, false]);
    }
}
