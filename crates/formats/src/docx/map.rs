//! The way from the extracted text back to the bytes of the parts, for writing into a Word file.

use std::ops::Range;

/// Pieces of the text with the runs that hold them.
#[derive(Debug, Default)]
pub(super) struct Map {
    /// The names of the parts.
    pub(super) parts: Vec<String>,
    /// In the order of the text.
    pub(super) pieces: Vec<Piece>,
    pub(super) runs: Vec<Run>,
    /// The `w:t` elements.
    pub(super) texts: Vec<TextElement>,
}

/// A stretch of the text that stands in one element of one run.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Bytes of the extracted text.
    pub(super) text: Range<usize>,
    /// Bytes of the part.
    pub(super) raw: Range<usize>,
    pub(super) run: usize,
    /// The `w:t` it stands in; nothing for a tab, a break and other elements that count as text.
    pub(super) element: Option<usize>,
}

impl Piece {
    /// Whether the same bytes stand in the part, so that the piece can be cut anywhere.
    pub(super) fn is_verbatim(&self) -> bool {
        self.element.is_some() && self.text.len() == self.raw.len()
    }
}

/// A `w:r`, in bytes of its part.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) part: usize,
    pub(super) raw: Range<usize>,
    /// Its start tag.
    pub(super) tag: Range<usize>,
    /// Its `w:rPr`; empty if it has none.
    pub(super) properties: Range<usize>,
    /// The run that holds the text box in which this one stands.
    pub(super) outer: Option<usize>,
    /// The run that refers to the footnote or endnote in which this one stands.
    pub(super) reference: Option<usize>,
}

/// A `w:t`, in bytes of its part.
#[derive(Debug, Clone)]
pub(super) struct TextElement {
    pub(super) open: Range<usize>,
    pub(super) close: Range<usize>,
}

impl Map {
    /// The pieces that overlap `text`.
    pub(super) fn pieces_of(&self, text: &Range<usize>) -> &[Piece] {
        let first = self.pieces.partition_point(|piece| piece.text.end <= text.start);
        let end = self.pieces.partition_point(|piece| piece.text.start < text.end);
        &self.pieces[first..end.max(first)]
    }
}
