//! What a reader hands over: continuous prose in blocks, with the way back to the bytes of the file.

mod builder;

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::date::{Date, DateKind};
use crate::line_index::LineIndex;
use crate::message::Text;
use crate::place::Place;
use crate::span::{Span, TextRange};

pub use builder::BlockBuilder;

/// A document as the rules see it. Formats differ in how they make one, not in what it is.
#[derive(Debug)]
pub struct Document {
    name: String,
    format: &'static str,
    encoding: Encoding,
    source: String,
    blocks: Vec<Block>,
    annotations: Vec<Annotation>,
    metadata: Metadata,
    date: OnceLock<Option<(Date, DateKind)>>,
    find_date: Option<FindDate>,
    notes: Vec<ReadNote>,
    is_read_only: bool,
    lines: OnceLock<LineIndex>,
}

/// How the day of a document is read from its blocks.
pub type FindDate = fn(&Document) -> Option<(Date, DateKind)>;

/// How the bytes of a file became text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoding {
    /// The name of the encoding, e.g. `UTF-8`, `GB18030`, `UTF-16LE`.
    pub name: &'static str,
    /// Whether the file began with a byte order mark, which is not part of the text.
    pub bom: bool,
}

impl Encoding {
    /// UTF-8 without a byte order mark.
    pub const UTF_8: Self = Self { name: "UTF-8", bom: false };
}

/// What is known of a document besides its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title, from front matter or the first heading.
    pub title: Option<String>,
    /// The day that front matter or the properties of the file state; see [`Document::date`].
    pub date: Option<Date>,
}

/// Something a reader found that is not prose: a comment, with its inner text.
///
/// A reader of a format whose comments are about a stretch of text gives the span of that stretch; see
/// [`is_remark`](Self::is_remark) and `docs/suppression.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// Where the comment stands, its delimiters included; of a remark, the text that it is about.
    pub span: Span,
    /// What it says, without delimiters and surrounding white space.
    pub text: String,
}

impl Annotation {
    /// Whether it is a remark about the text of `source` at its span, as reviewers write it in Word. A
    /// comment that stands in the text holds its own words.
    pub fn is_remark(&self, source: &str) -> bool {
        source.get(self.span.range()).is_none_or(|text| !text.contains(&self.text))
    }
}

/// What a reader could not do, or repaired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadNote {
    /// Where.
    pub span: Span,
    /// Whether text of the document was not read, which people are told unasked.
    pub missed: bool,
    /// What.
    pub message: Text,
}

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
struct Run {
    kind: RunKind,
    text_start: usize,
    source: Span,
}

/// One block. Made by [`BlockBuilder`], read through [`BlockRef`].
#[derive(Debug)]
pub struct Block {
    kind: BlockKind,
    quoted: bool,
    place: Option<Box<Place>>,
    content: Content,
}

/// Most blocks are one untouched slice of the source; those are never copied.
#[derive(Debug)]
enum Content {
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

    fn is_blank(&self, source: &str) -> bool {
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

impl Document {
    /// A document of `source` with the blocks that a reader found in it.
    pub fn new(name: impl Into<String>, format: &'static str, source: String) -> Self {
        Self {
            name: name.into(),
            format,
            encoding: Encoding::UTF_8,
            source,
            blocks: Vec::new(),
            annotations: Vec::new(),
            metadata: Metadata::default(),
            date: OnceLock::new(),
            find_date: None,
            notes: Vec::new(),
            is_read_only: false,
            lines: OnceLock::new(),
        }
    }

    /// Adds a block; blocks come in reading order. An empty one is dropped.
    pub fn push(&mut self, block: Block) {
        if !block.is_blank(&self.source) {
            self.blocks.push(block);
        }
    }

    /// The same document with these blocks, empty ones dropped, and no others.
    #[must_use]
    pub fn with_blocks(mut self, mut blocks: Vec<Block>) -> Self {
        blocks.retain(|block| !block.is_blank(&self.source));
        self.blocks = blocks;
        self
    }

    /// Adds a comment found by the reader.
    pub fn annotate(&mut self, annotation: Annotation) {
        self.annotations.push(annotation);
    }

    /// Adds a remark of the reader.
    pub fn note(&mut self, note: ReadNote) {
        self.notes.push(note);
    }

    /// Says that the file cannot be written back as it was, so that nothing in it can be edited.
    pub fn set_read_only(&mut self) {
        self.is_read_only = true;
    }

    /// Says how the file's bytes became the source text.
    pub fn set_encoding(&mut self, encoding: Encoding) {
        self.encoding = encoding;
    }

    /// What is known besides the text, to be filled in by the reader.
    pub fn metadata_mut(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    /// Says how the day of the document is read from its blocks, if it is ever asked for.
    pub fn set_date_finder(&mut self, find: FindDate) {
        self.date = OnceLock::new();
        self.find_date = Some(find);
    }

    /// The day of the document: as its metadata state it, else 成文日期, 发布日期 or the date under the signature.
    pub fn date(&self) -> Option<Date> {
        self.dated().map(|(date, _)| date)
    }

    /// The same with what it is the day of.
    pub fn dated(&self) -> Option<(Date, DateKind)> {
        let found = || *self.date.get_or_init(|| self.find_date.and_then(|find| find(self)));
        self.metadata.date.map(|date| (date, DateKind::Stated)).or_else(found)
    }

    /// The path or name under which the document was read.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The format's name, e.g. `markdown`.
    pub fn format(&self) -> &'static str {
        self.format
    }

    /// How the file's bytes became the source text.
    pub fn encoding(&self) -> &Encoding {
        &self.encoding
    }

    /// The decoded text of the file. All [`Span`]s count its bytes.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The blocks in reading order.
    pub fn blocks(&self) -> impl ExactSizeIterator<Item = BlockRef<'_>> {
        (0..self.blocks.len()).map(|index| self.block(index))
    }

    /// Block number `index`.
    ///
    /// # Panics
    /// If there is no such block.
    pub fn block(&self, index: usize) -> BlockRef<'_> {
        BlockRef { document: self, block: &self.blocks[index], index }
    }

    /// The comments of the document.
    pub fn annotations(&self) -> &[Annotation] {
        &self.annotations
    }

    /// What is known besides the text.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// What the reader repaired or could not read.
    pub fn notes(&self) -> &[ReadNote] {
        &self.notes
    }

    /// Where the lines of the source start; made on first use.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.source))
    }
}

/// A block together with the document that it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct BlockRef<'d> {
    document: &'d Document,
    block: &'d Block,
    index: usize,
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
