//! What a reader collects while it borrows the text that the document will own.

use zhengming_text::document::{Annotation, Block, BlockBuilder, BlockKind, Metadata, ReadNote};
use zhengming_text::message::Text;
use zhengming_text::span::Span;

/// A line break that the author asked for: [`TYPED_BREAK`](zhengming_text::document::TYPED_BREAK).
pub(crate) const HARD_BREAK: &str = "\u{2028}";

/// The parts of a document in the making.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) blocks: Vec<Block>,
    pub(crate) annotations: Vec<Annotation>,
    pub(crate) notes: Vec<ReadNote>,
    /// How many pages there are, in formats that have them.
    pub(crate) pages: Option<usize>,
    pub(crate) metadata: Metadata,
}

impl Parts {
    /// Adds the block if there is anything in it.
    pub(crate) fn push(&mut self, block: BlockBuilder) {
        self.blocks.extend(block.finish());
    }

    /// Adds a block that is one untouched slice of the source.
    pub(crate) fn push_slice(&mut self, kind: BlockKind, span: Span) {
        self.blocks.push(Block::slice(kind, span));
    }

    pub(crate) fn note(&mut self, note: ReadNote) {
        self.notes.push(note);
    }

    /// Says what was not read.
    pub(crate) fn missed(&mut self, message: Text) {
        self.note(ReadNote { span: Span::new(0, 0), missed: true, message });
    }

    /// Says what was not read, in one sentence.
    #[cfg(feature = "office")]
    pub(crate) fn missed_all(&mut self, missed: &[Text]) {
        /// How many things are named.
        const NAMED: usize = 3;
        let count = missed.len();
        if count == 0 {
            return;
        }
        let join = |names: Vec<&str>, comma: &str| names.join(comma);
        let zh = join(missed.iter().take(NAMED).map(|it| it.zh.as_str()).collect(), "、");
        let en = join(missed.iter().take(NAMED).map(|it| it.en.as_str()).collect(), ", ");
        let (etc_zh, etc_en) = if count > NAMED { ("等", " and others") } else { ("", "") };
        self.missed(Text::new(
            format!("{count} 处内容没有读到、未检查：{zh}{etc_zh}"),
            format!("{count} things were not read and are not checked: {en}{etc_en}"),
        ));
    }

    /// Adds the comment that stands at `span`, its delimiters included.
    pub(crate) fn comment(&mut self, source: &str, span: Span) {
        let inner = &source[span.range()];
        let inner = inner.strip_prefix("<!--").unwrap_or(inner);
        let inner = inner.strip_suffix("-->").unwrap_or(inner);
        self.annotations.push(Annotation { span, text: inner.trim().to_owned() });
    }

    /// The `count` comments that were added last.
    pub(crate) fn last_comments(&self, count: usize) -> &[Annotation] {
        &self.annotations[self.annotations.len() - count..]
    }

    /// Adds a comment whose text is known, about what stands at its span.
    #[cfg(feature = "office")]
    pub(crate) fn annotation(&mut self, annotation: Annotation) {
        self.annotations.push(annotation);
    }
}
