//! A block in the making.

use crate::place::Place;
use crate::span::{Span, TextRange};

use super::block::{Block, BlockKind, Content, OPAQUE, Run, RunKind};

/// Collects the runs of one block, in order.
#[derive(Debug)]
pub struct BlockBuilder {
    kind: BlockKind,
    quoted: bool,
    place: Option<Box<Place>>,
    text: String,
    runs: Vec<Run>,
    /// Set while the block is still one slice of the source, so that `text` is not filled.
    slice: Option<Span>,
}

impl BlockBuilder {
    /// An empty block.
    pub fn new(kind: BlockKind) -> Self {
        Self { kind, quoted: false, place: None, text: String::new(), runs: Vec::new(), slice: None }
    }

    /// Marks the block as quoting another text.
    #[must_use]
    pub fn quoted(mut self, quoted: bool) -> Self {
        self.quoted = quoted;
        self
    }

    /// Says where a person finds the block.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(Box::new(place));
        self
    }

    /// Whether nothing was added so far.
    pub fn is_empty(&self) -> bool {
        self.slice.is_none() && self.runs.is_empty()
    }

    /// Appends `source[span]` as it stands.
    pub fn verbatim(&mut self, source: &str, span: Span) {
        if span.is_empty() {
            return;
        }
        if self.is_empty() {
            self.slice = Some(span);
            return;
        }
        if let Some(slice) = &mut self.slice {
            if slice.end == span.start {
                slice.end = span.end;
                return;
            }
            self.join(source);
        }
        if let Some(last) = self.runs.last_mut()
            && last.kind == RunKind::Verbatim
            && last.source.end == span.start
        {
            last.source.end = span.end;
        } else {
            self.runs.push(Run { kind: RunKind::Verbatim, text_start: self.text.len(), source: span });
        }
        self.text.push_str(&source[span.range()]);
    }

    /// Appends what `range` of another block holds.
    pub fn append(&mut self, source: &str, block: &Block, range: TextRange) {
        let runs = match &block.content {
            Content::Slice(span) => {
                let span = Span::new(span.start + range.start, span.start + range.end);
                return self.verbatim(source, span);
            }
            Content::Joined { runs, .. } => runs,
        };
        let text = block.text(source);
        for (index, run) in runs.iter().enumerate() {
            let end = runs.get(index + 1).map_or(text.len(), |next| next.text_start).min(range.end);
            let start = run.text_start.max(range.start);
            if start >= end {
                continue;
            }
            let span = match (run.source_of(start), run.source_of(end)) {
                (Some(start), Some(end)) => Span::new(start, end),
                _ => run.source,
            };
            match run.kind {
                RunKind::Verbatim => self.verbatim(source, span),
                RunKind::Fixed => self.fixed(source, span),
                RunKind::Decoded => self.decoded(source, span, &text[start..end]),
                RunKind::Opaque => self.opaque(source, span),
            }
        }
    }

    /// The same block in the same place, but empty.
    #[must_use]
    pub fn like(block: &Block) -> Self {
        Self { place: block.place.clone(), ..Self::new(block.kind).quoted(block.quoted) }
    }

    /// Appends `source[span]` as it stands, which is not to be changed: see [`RunKind::Fixed`].
    pub fn fixed(&mut self, source: &str, span: Span) {
        if span.is_empty() {
            return;
        }
        self.join(source);
        self.runs.push(Run { kind: RunKind::Fixed, text_start: self.text.len(), source: span });
        self.text.push_str(&source[span.range()]);
    }

    /// Appends `text`, which `source[span]` says in other bytes.
    pub fn decoded(&mut self, source: &str, span: Span, text: &str) {
        if text.is_empty() {
            return;
        }
        self.join(source);
        self.runs.push(Run { kind: RunKind::Decoded, text_start: self.text.len(), source: span });
        self.text.push_str(text);
    }

    /// Appends one U+FFFC for the code, image or formula at `span`.
    pub fn opaque(&mut self, source: &str, span: Span) {
        self.join(source);
        self.runs.push(Run { kind: RunKind::Opaque, text_start: self.text.len(), source: span });
        self.text.push(OPAQUE);
    }

    /// The finished block, or nothing if it is empty.
    pub fn finish(self) -> Option<Block> {
        let content = match self.slice {
            Some(span) => Content::Slice(span),
            None if self.runs.is_empty() => return None,
            None => Content::Joined { text: self.text, runs: self.runs },
        };
        Some(Block { kind: self.kind, quoted: self.quoted, place: self.place, content })
    }

    fn join(&mut self, source: &str) {
        if let Some(span) = self.slice.take() {
            self.text.push_str(&source[span.range()]);
            self.runs.push(Run { kind: RunKind::Verbatim, text_start: 0, source: span });
        }
    }
}
