//! Between bytes of a text and the lines and columns of an editor, in the unit that the editor counts in.

use std::cell::Cell;

use lsp_types::{Position, PositionEncodingKind, Range};
use zhengming::Point;
use zhengming_text::line_index::{LineIndex, floor_boundary};
use zhengming_text::span::Span;

/// The unit in which columns are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    /// The first unit of the editor's list that is known; UTF-16, which every editor knows, without a list.
    pub(crate) fn negotiate(offered: &[PositionEncodingKind]) -> Self {
        let known = |kind: &PositionEncodingKind| match kind.as_str() {
            "utf-8" => Some(Self::Utf8),
            "utf-16" => Some(Self::Utf16),
            "utf-32" => Some(Self::Utf32),
            _ => None,
        };
        offered.iter().find_map(known).unwrap_or(Self::Utf16)
    }

    pub(crate) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    pub(crate) fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 | Self::Utf32 => text.chars().map(|c| self.width(c)).sum(),
        }
    }
}

/// Converts between the two for one text.
pub(crate) struct Mapper<'t> {
    text: &'t str,
    lines: &'t LineIndex,
    encoding: Encoding,
    /// The offset converted last, its line and column: findings come in order, and a line may be very long.
    last: Cell<(usize, usize, usize)>,
}

impl<'t> Mapper<'t> {
    pub(crate) fn new(text: &'t str, lines: &'t LineIndex, encoding: Encoding) -> Self {
        Self { text, lines, encoding, last: Cell::new((0, 1, 0)) }
    }

    /// Where byte `offset` stands.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let offset = floor_boundary(self.text, offset);
        let line = self.lines.line(offset);
        let (known, known_line, known_column) = self.last.get();
        let (from, before) = if known_line == line && known <= offset {
            (known, known_column)
        } else {
            (self.lines.line_range(line).start, 0)
        };
        let column = before + self.encoding.length(&self.text[from..offset]);
        self.last.set((offset, line, column));
        Position::new(as_u32(line - 1), as_u32(column))
    }

    pub(crate) fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    /// Where a finding or a related place stands, whose columns are counted already.
    pub(crate) fn placed(&self, start: Point, end: Point) -> Range {
        Range::new(self.at(start), self.at(end))
    }

    fn at(&self, point: Point) -> Position {
        let column = match self.encoding {
            Encoding::Utf8 => point.byte - self.lines.line_range(point.line).start,
            Encoding::Utf16 => point.utf16 - 1,
            Encoding::Utf32 => point.column - 1,
        };
        Position::new(as_u32(point.line - 1), as_u32(column))
    }

    /// The byte at `position`. A column past the end of its line is the end of the line, its break not
    /// included; a column inside a character is its beginning; a line past the end is the end of the text.
    pub(crate) fn offset(&self, position: Position) -> usize {
        let line = position.line as usize + 1;
        if line > self.lines.lines() {
            return self.text.len();
        }
        let range = self.lines.line_range(line);
        let content = self.text[range.clone()].trim_end_matches(['\n', '\r']);
        let mut left = position.character as usize;
        for (at, c) in content.char_indices() {
            let width = self.encoding.width(c);
            if left < width {
                return range.start + at;
            }
            left -= width;
        }
        range.start + content.len()
    }

    pub(crate) fn span(&self, range: Range) -> Span {
        let start = self.offset(range.start);
        Span::new(start, self.offset(range.end).max(start))
    }
}

fn as_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "甲\r\n𠮷😀浙政盯\rb\n";

    #[test]
    fn every_boundary_leads_there_and_back_in_every_unit() {
        let lines = LineIndex::new(TEXT);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let mapper = Mapper::new(TEXT, &lines, encoding);
            for (offset, c) in TEXT.char_indices().rev() {
                // Inside a line break there is no place for a cursor.
                if c == '\n' && TEXT[..offset].ends_with('\r') {
                    continue;
                }
                assert_eq!(mapper.offset(mapper.position(offset)), offset, "{encoding:?} {offset}");
            }
        }
    }

    #[test]
    fn columns_are_counted_in_the_unit_agreed_on() {
        let lines = LineIndex::new(TEXT);
        let at = TEXT.find('浙').unwrap();
        for (encoding, column) in [(Encoding::Utf8, 8), (Encoding::Utf16, 4), (Encoding::Utf32, 2)] {
            assert_eq!(Mapper::new(TEXT, &lines, encoding).position(at), Position::new(1, column));
        }
    }

    #[test]
    fn positions_that_are_not_there_are_moved_to_the_nearest() {
        let lines = LineIndex::new(TEXT);
        let mapper = Mapper::new(TEXT, &lines, Encoding::Utf16);
        assert_eq!(mapper.offset(Position::new(0, 99)), "甲".len());
        assert_eq!(mapper.offset(Position::new(1, 1)), "甲\r\n".len());
        assert_eq!(mapper.offset(Position::new(99, 0)), TEXT.len());
        assert_eq!(mapper.offset(Position::new(u32::MAX, u32::MAX)), TEXT.len());
    }

    #[test]
    fn the_editors_first_choice_counts() {
        let kinds = [PositionEncodingKind::new("utf-7"), PositionEncodingKind::UTF32];
        assert_eq!(Encoding::negotiate(&kinds), Encoding::Utf32);
        assert_eq!(Encoding::negotiate(&[]), Encoding::Utf16);
    }
}
