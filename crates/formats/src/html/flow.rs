//! The text of one block of HTML: white space collapsed, references decoded, each piece with its place.

use zhengming_text::document::BlockBuilder;
use zhengming_text::span::Span;

use super::{Context, entity};
use crate::parts::{HARD_BREAK, Parts};

/// Collects the block that is being read. White space waits until something follows it.
pub(super) struct Flow {
    context: Context,
    block: BlockBuilder,
    pending: Vec<Pending>,
    /// Whether the block holds anything but white space.
    solid: bool,
    /// Images inside the block, whose captions come after it.
    captions: Vec<BlockBuilder>,
}

enum Pending {
    /// White space that collapses: one plain space in the source, or something else.
    Space { span: Span, plain: bool },
    /// White space that does not collapse.
    Blank { span: Span, decoded: Option<String> },
    /// `<br>`.
    Break(Span),
}

impl Flow {
    pub(super) fn new(context: Context) -> Self {
        Self { context, block: builder(context), pending: Vec::new(), solid: false, captions: Vec::new() }
    }

    /// Says what the text that follows stands in. Has no effect inside a block.
    pub(super) fn begin(&mut self, context: Context) {
        if !self.solid {
            self.context = context;
            self.block = builder(context);
        }
    }

    /// Hands over the block, if there is one; what follows stands in `context`.
    pub(super) fn finish(&mut self, parts: &mut Parts, context: Context) {
        self.pending.clear();
        if self.solid {
            parts.push(std::mem::replace(&mut self.block, builder(context)));
        }
        self.captions.drain(..).for_each(|caption| parts.push(caption));
        self.solid = false;
        self.begin(context);
    }

    /// Reads text; each line of a preformatted one ends where it ends in the source.
    pub(super) fn read(&mut self, source: &str, span: Span, preformatted: bool, parts: &mut Parts) {
        let mut at = span.start;
        while preformatted
            && let Some(end) = memchr::memchr(b'\n', &source.as_bytes()[at..span.end]).map(|end| at + end)
        {
            self.text(source, Span::new(at, end), parts);
            self.line_break(Span::new(end, end + 1));
            at = end + 1;
        }
        self.text(source, Span::new(at, span.end), parts);
    }

    pub(super) fn text(&mut self, source: &str, span: Span, parts: &mut Parts) {
        let mut at = span.start;
        while at < span.end {
            let rest = &source[at..span.end];
            let collapsible =
                rest.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)).count();
            if collapsible > 0 {
                self.space(Span::new(at, at + collapsible), rest.starts_with(' ') && collapsible == 1);
                at += collapsible;
                continue;
            }
            if rest.starts_with('&')
                && let Some((length, decoded)) = entity::decode(rest)
            {
                let place = Span::new(at, at + length);
                if decoded.trim().is_empty() {
                    self.blank(place, Some(decoded));
                } else {
                    self.settle(source, parts);
                    self.block.decoded(source, place, &decoded);
                }
                at += length;
                continue;
            }
            // A lone `&` is taken along with what follows it.
            let length = 1 + rest.as_bytes()[1..]
                .iter()
                .position(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C | b'&'))
                .unwrap_or(rest.len() - 1);
            self.word(source, Span::new(at, at + length), parts);
            at += length;
        }
    }

    pub(super) fn line_break(&mut self, span: Span) {
        while matches!(self.pending.last(), Some(Pending::Space { .. })) {
            self.pending.pop();
        }
        if self.solid {
            self.pending.push(Pending::Break(span));
        }
    }

    /// Code at `span`. At the beginning of a block there is nothing to keep apart.
    pub(super) fn opaque(&mut self, source: &str, span: Span) {
        if self.solid {
            self.emit_pending(source);
            self.block.opaque(source, span);
        }
    }

    pub(super) fn image(
        &mut self,
        source: &str,
        span: Span,
        caption: Option<BlockBuilder>,
        parts: &mut Parts,
    ) {
        if self.solid {
            self.opaque(source, span);
        }
        if let Some(caption) = caption {
            self.caption(caption, parts);
        }
    }

    /// A text that stands beside the block: after it, if it has begun.
    pub(super) fn caption(&mut self, caption: BlockBuilder, parts: &mut Parts) {
        if self.solid {
            self.captions.push(caption);
        } else {
            parts.push(caption);
        }
    }

    fn space(&mut self, span: Span, plain: bool) {
        let repeated = matches!(self.pending.last(), Some(Pending::Space { .. } | Pending::Break(_)));
        if self.solid && !repeated {
            self.pending.push(Pending::Space { span, plain });
        }
    }

    fn blank(&mut self, span: Span, decoded: Option<String>) {
        if self.solid {
            self.pending.push(Pending::Blank { span, decoded });
        }
    }

    /// Text without white space that collapses; ideographic spaces around it wait as well.
    fn word(&mut self, source: &str, span: Span, parts: &mut Parts) {
        let text = &source[span.range()];
        let start = span.end - text.trim_start().len();
        let end = span.start + text.trim_end().len();
        if start > span.start {
            self.blank(Span::new(span.start, start.min(span.end)), None);
        }
        if start >= end {
            return;
        }
        self.settle(source, parts);
        self.block.verbatim(source, Span::new(start, end));
        if end < span.end {
            self.blank(Span::new(end, span.end), None);
        }
    }

    /// Makes the block ready for text: white space before it is written, or ends the block.
    fn settle(&mut self, source: &str, parts: &mut Parts) {
        if self.starts_paragraph(source) {
            let context = self.context;
            self.finish(parts, context);
        }
        self.emit_pending(source);
        self.solid = true;
    }

    /// Two line breaks in a row, or one with an indentation after it, are how pages without `<p>` are written.
    fn starts_paragraph(&self, source: &str) -> bool {
        let breaks = self.pending.iter().filter(|it| matches!(it, Pending::Break(_))).count();
        let indent: usize = self
            .pending
            .iter()
            .skip_while(|it| !matches!(it, Pending::Break(_)))
            .map(|it| match it {
                Pending::Blank { decoded: None, span } => source[span.range()].chars().count() * 2,
                Pending::Blank { decoded: Some(text), .. } => {
                    if text == "\u{2003}" {
                        2
                    } else {
                        1
                    }
                }
                _ => 0,
            })
            .sum();
        breaks >= 2 || (breaks == 1 && indent >= 4)
    }

    fn emit_pending(&mut self, source: &str) {
        for piece in self.pending.drain(..) {
            match piece {
                Pending::Space { span, plain: true } | Pending::Blank { span, decoded: None } => {
                    self.block.verbatim(source, span);
                }
                Pending::Space { span, plain: false } => self.block.decoded(source, span, " "),
                Pending::Blank { span, decoded: Some(text) } => self.block.decoded(source, span, &text),
                Pending::Break(span) => self.block.decoded(source, span, HARD_BREAK),
            }
        }
    }
}

fn builder(context: Context) -> BlockBuilder {
    BlockBuilder::new(context.kind).quoted(context.quoted)
}
