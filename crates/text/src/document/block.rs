//! One stretch of continuous prose, and how its text relates to the bytes of the file.

use crate::place::Place;
use crate::span::{Span, TextRange};

use super::{BlockBuilder, Document};

/// What kind of prose a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A heading, with its level from 1.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// One item of a list.
    ListItem,
    /// One cell of a table.
    TableCell,
    /// A caption, or the text that stands for an image.
    Caption,
    /// A footnote or a 注.
    Note,
}

/// How a stretch of a block's text relates to the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunKind {
    /// The same bytes stand in the source.
    Verbatim,
    /// The same bytes stand in the source, but they also name something, such as the page that a link leads to:
    /// another wording would break it.
    Fixed,
    /// The source says it in other bytes: an entity, a line break with its indentation.
    Decoded,
    /// Code, an image, a formula: one U+FFFC that nothing matches across.
    Opaque,
}

/// The character that stands for what is not prose.
pub const OPAQUE: char = '\u{FFFC}';

/// The character that stands for a line break that somebody typed, inside one block: `<br>`, a new line in a cell, a
/// title over two lines. A break of layout, where a line was only full, is white space; a break between blocks is
/// no character at all. An official term is read across all that stand inside a block.
pub const TYPED_BREAK: char = '\u{2028}';

#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) kind: RunKind,
    pub(super) text_start: usize,
    pub(super) source: Span,
}

/// One block. Made by [`BlockBuilder`], read through [`BlockRef`].
#[derive(Debug)]
pub struct Block {
    pub(super) kind: BlockKind,
    pub(super) quoted: bool,
    pub(super) place: Option<Box<Place>>,
    pub(super) content: Content,
}

/// Most blocks are one untouched slice of the source; those are never copied.
#[derive(Debug)]
pub(super) enum Content {
    Slice(Span),
    Joined { text: String, runs: Vec<Run> },
}

impl Block {
    /// A block that is one untouched slice of the source.
    pub fn slice(kind: BlockKind, span: Span) -> Self {
        Self { kind, quoted: false, place: None, content: Content::Slice(span) }
    }

    /// What kind of prose it is.
    pub fn kind(&self) -> BlockKind {
        self.kind
    }

    /// The prose of the block, which was read from `source`.
    pub fn text<'s>(&'s self, source: &'s str) -> &'s str {
        match &self.content {
            Content::Slice(span) => &source[span.range()],
            Content::Joined { text, .. } => text,
        }
    }

    pub(super) fn is_blank(&self, source: &str) -> bool {
        self.text(source).chars().all(char::is_whitespace)
    }

    /// Reads each of `changes`, which are in order, as another text: nothing, or a break of another sort.
    pub fn reread(&mut self, source: &str, changes: &[(TextRange, &str)]) {
        let mut builder = BlockBuilder::new(self.kind);
        let mut at = 0;
        for (range, text) in changes {
            builder.append(source, self, TextRange::new(at, range.start));
            builder.decoded(source, self.source(*range), text);
            at = range.end;
        }
        builder.append(source, self, TextRange::new(at, self.text(source).len()));
        if let Some(block) = builder.finish() {
            self.content = block.content;
        }
    }

    /// The bytes of the source from which `range` of the text was read, whatever stands between.
    pub fn source(&self, range: TextRange) -> Span {
        let runs = match &self.content {
            Content::Slice(span) => return Span::new(span.start + range.start, span.start + range.end),
            Content::Joined { runs, .. } => runs,
        };
        let first = &runs[run_at(runs, range.start)];
        let start = first.source_of(range.start).unwrap_or(first.source.start);
        if range.is_empty() {
            return Span::new(start, start);
        }
        let last = &runs[run_at(runs, range.end - 1)];
        let end = last.source_of(range.end).unwrap_or(last.source.end);
        Span::new(start, end.max(start))
    }
}

impl Run {
    /// Where the place `at` of the text stands in the source, if the same bytes stand there.
    pub(super) fn source_of(&self, at: usize) -> Option<usize> {
        match self.kind {
            RunKind::Verbatim | RunKind::Fixed => Some(self.source.start + (at - self.text_start)),
            RunKind::Decoded | RunKind::Opaque => None,
        }
    }
}

/// A block together with the document that it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct BlockRef<'d> {
    pub(super) document: &'d Document,
    pub(super) block: &'d Block,
    pub(super) index: usize,
}

impl<'d> BlockRef<'d> {
    /// The number of the block in its document, from 0.
    pub fn index(self) -> usize {
        self.index
    }

    /// What kind of prose it is.
    pub fn kind(self) -> BlockKind {
        self.block.kind
    }

    /// Whether the block quotes another text (a block quotation).
    pub fn quoted(self) -> bool {
        self.block.quoted
    }

    /// Where a person finds it, if the document is no text file.
    pub fn place(self) -> Option<&'d Place> {
        self.block.place.as_deref()
    }

    /// The prose of the block.
    pub fn text(self) -> &'d str {
        self.block.text(&self.document.source)
    }

    /// Whether the block is one untouched slice of the source.
    pub fn is_slice(self) -> bool {
        matches!(self.block.content, Content::Slice(_))
    }

    /// The bytes of the source from which the whole block was read.
    pub fn source_span(self) -> Span {
        self.span(TextRange::new(0, self.text().len()))
    }

    /// The bytes of the source from which `range` of the text was read, whatever stands between.
    pub fn span(self, range: TextRange) -> Span {
        self.block.source(range)
    }

    /// Whether replacing the bytes of `span(range)` replaces exactly the text of `range`.
    pub fn editable(self, range: TextRange) -> bool {
        if self.document.is_read_only {
            return false;
        }
        let runs = match &self.block.content {
            Content::Slice(_) => return true,
            Content::Joined { runs, .. } => runs,
        };
        if range.is_empty() {
            return runs[run_at(runs, range.start)].kind == RunKind::Verbatim;
        }
        let (first, last) = (run_at(runs, range.start), run_at(runs, range.end - 1));
        runs[first..=last].iter().all(|run| run.kind == RunKind::Verbatim)
            && runs[first..=last].windows(2).all(|pair| pair[0].source.end == pair[1].source.start)
    }
}

pub(super) fn run_at(runs: &[Run], offset: usize) -> usize {
    runs.partition_point(|run| run.text_start <= offset).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(source: &str, build: impl FnOnce(&mut BlockBuilder)) -> Document {
        let mut builder = BlockBuilder::new(BlockKind::Paragraph);
        build(&mut builder);
        let mut document = Document::new("test", "test", source.to_owned());
        document.push(builder.finish().unwrap());
        document
    }

    #[test]
    fn adjacent_verbatim_runs_stay_one_slice() {
        let source = "数据归集";
        let document = document(source, |block| {
            block.verbatim(source, Span::new(0, 6));
            block.verbatim(source, Span::new(6, 12));
        });
        assert!(document.block(0).is_slice());
        assert_eq!(document.block(0).text(), source);
    }

    #[test]
    fn a_range_across_markup_covers_the_markup_and_is_not_editable() {
        let source = "数据**高铁**";
        let document = document(source, |block| {
            block.verbatim(source, Span::new(0, 6));
            block.verbatim(source, Span::new(8, 14));
        });
        let block = document.block(0);
        let range = TextRange::new(0, 12);
        assert_eq!(block.text(), "数据高铁");
        assert_eq!(&source[block.span(range).range()], "数据**高铁");
        assert!(!block.editable(range));
        assert!(block.editable(TextRange::new(6, 12)));
    }

    #[test]
    fn text_that_names_something_has_its_place_and_is_not_editable() {
        let source = "见[[浙政盯]]。";
        let document = document(source, |block| {
            block.verbatim(source, Span::new(0, 3));
            block.fixed(source, Span::new(5, 14));
            block.verbatim(source, Span::new(16, 19));
        });
        let block = document.block(0);
        let range = TextRange::new(6, 12);
        assert_eq!(&source[block.span(range).range()], "政盯");
        assert!(!block.editable(range));
        assert!(block.editable(TextRange::new(12, 15)));
    }

    #[test]
    fn a_typed_break_that_layout_made_becomes_white_space_with_its_place() {
        for (source, is_slice) in [("数据\u{2028}归集\u{2028}完成", true), ("数据<br>归集<br>完成", false)]
        {
            let mut builder = BlockBuilder::new(BlockKind::Paragraph);
            if is_slice {
                builder.verbatim(source, Span::new(0, source.len()));
            } else {
                builder.verbatim(source, Span::new(0, 6));
                builder.decoded(source, Span::new(6, 10), "\u{2028}");
                builder.verbatim(source, Span::new(10, 16));
                builder.decoded(source, Span::new(16, 20), "\u{2028}");
                builder.verbatim(source, Span::new(20, 26));
            }
            let mut block = builder.finish().unwrap();
            block.reread(source, &[(TextRange::new(6, 9), "\n")]);
            let mut document = Document::new("test", "test", source.to_owned());
            document.push(block);
            let block = document.block(0);
            assert_eq!(block.text(), "数据\n归集\u{2028}完成");
            let at = block.text().find("归集").unwrap();
            assert_eq!(&source[block.span(TextRange::new(at, at + 6)).range()], "归集");
            assert!(block.editable(TextRange::new(at, at + 6)));
            let across = block.span(TextRange::new(3, at + 3));
            assert!(source[across.range()].starts_with('据') && source[across.range()].ends_with('归'));
        }
    }

    #[test]
    fn blocks_are_put_together_of_pieces_of_others() {
        let source = "甲&amp;乙 丙丁";
        let mut first = BlockBuilder::new(BlockKind::Paragraph);
        first.verbatim(source, Span::new(0, 3));
        first.decoded(source, Span::new(3, 8), "&");
        first.verbatim(source, Span::new(8, 11));
        let (first, second) =
            (first.finish().unwrap(), Block::slice(BlockKind::Paragraph, Span::new(12, 18)));
        let mut whole = BlockBuilder::new(BlockKind::Paragraph);
        whole.append(source, &first, TextRange::new(3, 7));
        whole.append(source, &second, TextRange::new(3, 6));
        let mut document = Document::new("test", "test", source.to_owned());
        document.push(whole.finish().unwrap());
        let block = document.block(0);
        assert_eq!(block.text(), "&乙丁");
        assert_eq!(block.span(TextRange::new(0, 1)), Span::new(3, 8));
        assert_eq!(block.span(TextRange::new(4, 7)), Span::new(15, 18));
    }

    #[test]
    fn decoded_text_leads_back_to_the_whole_of_its_source() {
        let source = "甲&amp;乙";
        let document = document(source, |block| {
            block.verbatim(source, Span::new(0, 3));
            block.decoded(source, Span::new(3, 8), "&");
            block.verbatim(source, Span::new(8, 11));
        });
        let block = document.block(0);
        assert_eq!(block.text(), "甲&乙");
        assert_eq!(block.span(TextRange::new(3, 4)), Span::new(3, 8));
        assert!(!block.editable(TextRange::new(3, 7)));
        assert!(block.editable(TextRange::new(4, 7)));
    }

    #[test]
    fn a_block_of_white_space_is_dropped() {
        let mut document = Document::new("test", "test", " \n".to_owned());
        let mut builder = BlockBuilder::new(BlockKind::Paragraph);
        builder.verbatim(" \n", Span::new(0, 2));
        document.push(builder.finish().unwrap());
        assert_eq!(document.blocks().len(), 0);
    }
}
