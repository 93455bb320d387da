//! One stretch of continuous prose, and how its text relates to the bytes of the file.

use crate::place::Place;
use crate::span::{Span, TextRange};

use super::Document;

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

    /// Makes breaks of layout of those [typed breaks](TYPED_BREAK) that `is_layout` names by their number.
    pub fn soften(&mut self, source: &str, is_layout: impl Fn(usize) -> bool) {
        let old = self.text(source);
        let whole = |span: Span| vec![Run { kind: RunKind::Verbatim, text_start: 0, source: span }];
        let old_runs = match &self.content {
            Content::Slice(span) => whole(*span),
            Content::Joined { runs, .. } => runs.clone(),
        };
        let (mut text, mut runs) = (String::with_capacity(old.len()), Vec::with_capacity(old_runs.len() + 2));
        let mut count = 0;
        for (index, run) in old_runs.iter().enumerate() {
            let end = old_runs.get(index + 1).map_or(old.len(), |next| next.text_start);
            let mut from = run.text_start;
            // Where a stretch of the run stands in the source; of what was decoded, the whole.
            let place = |start: usize, end: usize| match run.kind {
                RunKind::Verbatim | RunKind::Fixed => {
                    let at = run.source.start - run.text_start;
                    Span::new(start + at, end + at)
                }
                RunKind::Decoded | RunKind::Opaque => run.source,
            };
            for (at, mark) in old[run.text_start..end].match_indices(TYPED_BREAK) {
                let (at, mark) = (run.text_start + at, mark.len());
                count += 1;
                if !is_layout(count - 1) {
                    continue;
                }
                if at > from {
                    runs.push(Run { kind: run.kind, text_start: text.len(), source: place(from, at) });
                    text.push_str(&old[from..at]);
                }
                runs.push(Run {
                    kind: RunKind::Decoded,
                    text_start: text.len(),
                    source: place(at, at + mark),
                });
                text.push('\n');
                from = at + mark;
            }
            if end > from {
                runs.push(Run { kind: run.kind, text_start: text.len(), source: place(from, end) });
                text.push_str(&old[from..end]);
            }
        }
        self.content = Content::Joined { text, runs };
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
        let runs = match &self.block.content {
            Content::Slice(span) => return Span::new(span.start + range.start, span.start + range.end),
            Content::Joined { runs, .. } => runs,
        };
        let first = run_at(runs, range.start);
        let start = match runs[first].kind {
            RunKind::Verbatim | RunKind::Fixed => {
                runs[first].source.start + (range.start - runs[first].text_start)
            }
            RunKind::Decoded | RunKind::Opaque => runs[first].source.start,
        };
        if range.is_empty() {
            return Span::new(start, start);
        }
        let last = run_at(runs, range.end - 1);
        let end = match runs[last].kind {
            RunKind::Verbatim | RunKind::Fixed => {
                runs[last].source.start + (range.end - runs[last].text_start)
            }
            RunKind::Decoded | RunKind::Opaque => runs[last].source.end,
        };
        Span::new(start, end.max(start))
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

fn run_at(runs: &[Run], offset: usize) -> usize {
    runs.partition_point(|run| run.text_start <= offset).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::super::BlockBuilder;
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
            block.soften(source, |number| number == 0);
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
