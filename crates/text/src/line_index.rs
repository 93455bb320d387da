//! Byte offsets to lines and columns, in the units that editors and reports ask for.

/// Where every line of a text starts.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
    len: usize,
}

/// A place in a text, in every unit that a consumer may want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, counted from 1. Lines end at `\n`, `\r\n` or a lone `\r`.
    pub line: usize,
    /// Column in Unicode scalar values, counted from 1.
    pub column: usize,
    /// Column in UTF-16 code units, counted from 1.
    pub utf16: usize,
    /// Column in UTF-8 bytes, counted from 1.
    pub utf8: usize,
}

impl LineIndex {
    /// Finds the lines of `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
                continue;
            }
            starts.push(at + 1);
        }
        Self { starts, len: text.len() }
    }

    /// Number of lines; a text that ends in a line break has an empty last line.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The line (from 1) that holds byte `offset`. An offset past the end is on the last line.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset)
    }

    /// Bytes of line `line` (from 1), its line break included; empty if there is no such line.
    pub fn line_range(&self, line: usize) -> std::ops::Range<usize> {
        match self.starts.get(line.wrapping_sub(1)) {
            None => self.len..self.len,
            Some(&start) => start..self.starts.get(line).copied().unwrap_or(self.len),
        }
    }

    /// The position of byte `offset` in `text`, the text this index was made from.
    ///
    /// An offset past the end, or inside a character, is moved back to the nearest boundary.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = floor_boundary(text, offset);
        let line = self.line(offset);
        let before = &text[self.starts[line - 1]..offset];
        Position {
            line,
            column: before.chars().count() + 1,
            utf16: before.chars().map(char::len_utf16).sum::<usize>() + 1,
            utf8: before.len() + 1,
        }
    }
}

/// The last character boundary of `text` at or before `offset`.
pub fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_each_unit() {
        let text = "甲\r\n𠮷😀浙政盯";
        let index = LineIndex::new(text);
        let position = index.position(text, text.find('浙').unwrap());
        assert_eq!(position, Position { line: 2, column: 3, utf16: 5, utf8: 9 });
    }

    #[test]
    fn every_kind_of_line_break_ends_one_line() {
        let index = LineIndex::new("a\nb\r\nc\rd");
        assert_eq!(index.lines(), 4);
        assert_eq!(index.line_range(2), 2..5);
        assert_eq!(index.line_range(9), 8..8);
    }

    #[test]
    fn offsets_inside_a_character_or_past_the_end_are_clamped() {
        let text = "甲乙";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, 4).column, 2);
        assert_eq!(index.position(text, 99).column, 3);
    }
}
