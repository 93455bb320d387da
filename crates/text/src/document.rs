//! What a reader hands over: continuous prose in blocks, with the way back to the bytes of the file.

mod block;
mod builder;
mod ledger;

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::date::{Date, DateKind};
use crate::line_index::LineIndex;
use crate::message::Text;
use crate::span::Span;

pub use block::{Block, BlockKind, BlockRef, OPAQUE, RunKind, TYPED_BREAK};
pub use builder::BlockBuilder;
pub use ledger::{Confidence, Ledger, PartRead};

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
    pages: Option<usize>,
    is_inferred: bool,
    /// What was read of it, where it was read at another time.
    recorded: Option<Ledger>,
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
            pages: None,
            is_inferred: false,
            recorded: None,
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

    /// Says how many pages the file has.
    pub fn set_pages(&mut self, pages: Option<usize>) {
        self.pages = pages;
    }

    /// Says that the order of the text, or its encoding, was inferred and stands nowhere in the file.
    pub fn set_inferred(&mut self) {
        self.is_inferred = true;
    }

    /// Says what was read, of a document whose blocks are not kept.
    pub fn set_ledger(&mut self, ledger: Ledger) {
        self.recorded = Some(ledger);
    }

    /// What was read: parts, pages and characters, and how sure that is.
    pub fn ledger(&self) -> Ledger {
        self.recorded.clone().unwrap_or_else(|| Ledger::of(self))
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
