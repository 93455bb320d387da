//! Markdown: CommonMark with tables, footnotes, strikethrough, task lists and formulas.

mod simple;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use zhengming_text::document::{BlockBuilder, BlockKind};
use zhengming_text::span::Span;

use crate::parts::{HARD_BREAK, Parts};
use crate::{front_matter, html};

pub(crate) fn read(source: &str, parts: &mut Parts) {
    let mut start = 0;
    if let Some(front) = front_matter::split(source) {
        parts.metadata = front.metadata();
        start = front.end;
    }
    if !simple::read(source, start, parts) {
        parse(source, start, parts);
    }
}

/// Reads `source` from `start` on, whatever is in it.
fn parse(source: &str, start: usize, parts: &mut Parts) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH;
    let mut reader = Reader {
        source,
        parts,
        containers: Vec::new(),
        quotes: 0,
        leaf: None,
        text: None,
        image: None,
        images: Vec::new(),
        silent: Silence::None,
    };
    let mut events = Parser::new_ext(&source[start..], options).into_offset_iter();
    while let Some((event, range)) = events.next() {
        let span = Span::new(start + range.start, start + range.end);
        if matches!(event, Event::Start(Tag::HtmlBlock)) {
            reader.flush();
            reader.html_block(span, start, &mut events);
        } else {
            reader.event(event, span);
        }
    }
    reader.flush();
}

struct Reader<'s, 'p> {
    source: &'s str,
    parts: &'p mut Parts,
    /// What kind of prose each open item or footnote holds, outermost first.
    containers: Vec<BlockKind>,
    quotes: usize,
    /// The kind of the open heading or cell.
    leaf: Option<BlockKind>,
    text: Option<BlockBuilder>,
    /// The caption of the open image, with the start of the outermost image.
    image: Option<(BlockBuilder, usize, usize)>,
    /// Captions of images inside the open block, which come after it.
    images: Vec<BlockBuilder>,
    silent: Silence,
}

/// Why text is not prose at the moment.
enum Silence {
    None,
    CodeBlock,
    /// Inside inline HTML such as `<code>`, which starts here.
    Element {
        name: String,
        start: usize,
    },
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(&tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => self.text(span, &text),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.opaque(span),
            Event::SoftBreak => self.piece(span, "\n"),
            Event::HardBreak => self.decoded(span, HARD_BREAK),
            Event::InlineHtml(text) => self.inline_html(span, &text),
            Event::Rule => self.flush(),
            Event::Html(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Heading { level, .. } => self.open_leaf(BlockKind::Heading(*level as u8)),
            Tag::TableCell => self.open_leaf(BlockKind::TableCell),
            Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
                self.open(BlockKind::ListItem);
            }
            Tag::FootnoteDefinition(_) => self.open(BlockKind::Note),
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => {
                self.flush();
                self.silent = Silence::CodeBlock;
            }
            Tag::Paragraph
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::DefinitionList
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow => self.flush(),
            Tag::Image { .. } => {
                let caption = BlockBuilder::new(BlockKind::Caption).quoted(self.quotes > 0);
                match &mut self.image {
                    Some((_, _, depth)) => *depth += 1,
                    None => self.image = Some((caption, span.start, 1)),
                }
            }
            // A single tilde is how official text writes ranges: 3~5 年，10~15 年.
            Tag::Strikethrough if !self.source[span.range()].starts_with("~~") => {
                self.piece(Span::new(span.start, span.start + 1), "~");
            }
            Tag::Strikethrough
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. } => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Heading(_) | TagEnd::TableCell => {
                self.flush();
                self.leaf = None;
            }
            TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => {
                self.flush();
                self.containers.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes -= 1;
            }
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => self.silent = Silence::None,
            TagEnd::Image => self.end_image(span),
            TagEnd::Strikethrough if !self.source[span.range()].starts_with("~~") => {
                self.piece(Span::new(span.end - 1, span.end), "~");
            }
            TagEnd::Paragraph
            | TagEnd::HtmlBlock
            | TagEnd::List(_)
            | TagEnd::DefinitionList
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow => self.flush(),
            TagEnd::Strikethrough
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link => {}
        }
    }

    fn open(&mut self, kind: BlockKind) {
        self.flush();
        self.containers.push(kind);
    }

    fn open_leaf(&mut self, kind: BlockKind) {
        self.flush();
        self.leaf = Some(kind);
    }

    fn kind(&self) -> BlockKind {
        self.leaf.or(self.containers.last().copied()).unwrap_or(BlockKind::Paragraph)
    }

    /// The block that text goes to, or nothing inside code.
    fn target(&mut self) -> Option<&mut BlockBuilder> {
        if !matches!(self.silent, Silence::None) {
            return None;
        }
        let (kind, quoted) = (self.kind(), self.quotes > 0);
        if let Some((caption, _, _)) = &mut self.image {
            return Some(caption);
        }
        Some(self.text.get_or_insert_with(|| BlockBuilder::new(kind).quoted(quoted)))
    }

    /// Asterisks that should have marked strong text: `**强化培训。**全年` is none to CommonMark, because
    /// punctuation stands inside and a letter outside. To the author they are markup, not text.
    fn text(&mut self, span: Span, text: &str) {
        let source = self.source;
        let bytes = source.as_bytes();
        let doubled = |at: usize| {
            bytes.get(at + 1) == Some(&b'*') || at.checked_sub(1).is_some_and(|at| bytes[at] == b'*')
        };
        let mut at = span.start;
        if source[span.range()] == *text {
            for star in memchr::memchr_iter(b'*', text.as_bytes()).map(|offset| span.start + offset) {
                if doubled(star) {
                    self.piece(Span::new(at, star), &source[at..star]);
                    at = star + 1;
                }
            }
        }
        let rest = if at == span.start { text } else { &source[at..span.end] };
        self.piece(Span::new(at, span.end), rest);
    }

    /// Text that stands in the source as it is, unless it was an escape or an entity.
    fn piece(&mut self, span: Span, text: &str) {
        let source = self.source;
        if let Some(block) = self.target() {
            if source[span.range()] == *text {
                block.verbatim(source, span);
            } else {
                block.decoded(source, span, text);
            }
        }
    }

    fn decoded(&mut self, span: Span, text: &str) {
        let source = self.source;
        if let Some(block) = self.target() {
            block.decoded(source, span, text);
        }
    }

    fn opaque(&mut self, span: Span) {
        let source = self.source;
        if let Some(block) = self.target() {
            block.opaque(source, span);
        }
    }

    fn end_image(&mut self, span: Span) {
        let Some((caption, start, depth)) = self.image.take() else {
            return;
        };
        if depth > 1 {
            self.image = Some((caption, start, depth - 1));
        } else if self.text.is_none() {
            // Nothing comes before the image that its caption would overtake.
            self.parts.push(caption);
        } else {
            self.opaque(Span::new(start, span.end));
            self.images.push(caption);
        }
    }

    fn inline_html(&mut self, span: Span, text: &str) {
        if text.starts_with("<!--") {
            self.parts.comment(self.source, span);
            return;
        }
        let name = text.trim_start_matches(['<', '/']);
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = name[..length].to_ascii_lowercase();
        let closing = text.starts_with("</");
        match &self.silent {
            Silence::Element { name: open, start } if closing && *open == name => {
                let start = *start;
                self.silent = Silence::None;
                self.opaque(Span::new(start, span.end));
            }
            Silence::None if name == "br" => self.decoded(span, HARD_BREAK),
            Silence::None
                if !closing && ["code", "kbd", "samp", "pre", "script", "style"].contains(&name.as_str()) =>
            {
                self.silent = Silence::Element { name, start: span.start };
            }
            _ => {}
        }
    }

    /// Hands a block of HTML to the reader of HTML, line by line where quotation marks stand in between.
    fn html_block<'e>(
        &mut self,
        span: Span,
        offset: usize,
        events: &mut impl Iterator<Item = (Event<'e>, Range<usize>)>,
    ) {
        let context = html::Context { kind: self.kind(), quoted: self.quotes > 0 };
        let mut reader = html::Reader::new(self.source, self.parts, context);
        if self.quotes == 0 {
            reader.feed(span);
        }
        for (event, range) in events {
            match event {
                Event::End(TagEnd::HtmlBlock) => break,
                Event::Html(_) if self.quotes > 0 => {
                    reader.feed(Span::new(offset + range.start, offset + range.end));
                }
                _ => {}
            }
        }
        reader.finish();
    }

    fn flush(&mut self) {
        if let Silence::Element { start, .. } = self.silent {
            // An element that is never closed ends with its block, as it does on a page.
            self.silent = Silence::None;
            self.opaque(Span::new(start, start));
        }
        if let Some(block) = self.text.take() {
            self.parts.push(block);
        }
        for caption in self.images.drain(..) {
            self.parts.push(caption);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::properties::{blocks, texts};
    use crate::{Format, read_str};
    use zhengming_text::document::{BlockKind, Document};
    use zhengming_text::span::TextRange;

    fn read(text: &str) -> Document {
        read_str("a.md", text.to_owned(), Format::Markdown)
    }

    #[test]
    fn a_paragraph_of_several_lines_is_one_slice() {
        let document = read("各部门的业务\n协作事项应当逐项明确\n牵头单位。\n");
        assert!(document.block(0).is_slice());
        assert_eq!(document.block(0).text(), "各部门的业务\n协作事项应当逐项明确\n牵头单位。");
    }

    #[test]
    fn every_kind_of_block_is_read() {
        let text = "# 标题\n\n正文[^1]\n\n- 甲\n  续\n- 乙\n  1. 丙\n\n> 引文\n> 续\n\n| 名词 | 定义 |\n|-|-|\n| 丁 | 戊 |\n\n[^1]: 注文\n\n![图片说明](a.png)\n\n```\ncode\n```\n";
        assert_eq!(
            blocks(text, Format::Markdown),
            [
                (BlockKind::Heading(1), "标题".to_owned()),
                (BlockKind::Paragraph, "正文".to_owned()),
                (BlockKind::ListItem, "甲\n续".to_owned()),
                (BlockKind::ListItem, "乙".to_owned()),
                (BlockKind::ListItem, "丙".to_owned()),
                (BlockKind::Paragraph, "引文\n续".to_owned()),
                (BlockKind::TableCell, "名词".to_owned()),
                (BlockKind::TableCell, "定义".to_owned()),
                (BlockKind::TableCell, "丁".to_owned()),
                (BlockKind::TableCell, "戊".to_owned()),
                (BlockKind::Note, "注文".to_owned()),
                (BlockKind::Caption, "图片说明".to_owned()),
            ]
        );
        assert!(read(text).block(5).quoted());
    }

    #[test]
    fn markup_inside_a_sentence_is_transparent() {
        let text = "数据**高**~~铁~~[链接](https://a.cn)*乙*，3~5年10~15年，<https://b.cn>";
        assert_eq!(texts(text, Format::Markdown), ["数据高铁链接乙，3~5年10~15年，https://b.cn"]);
    }

    #[test]
    fn asterisks_that_mark_nothing_are_no_text() {
        assert_eq!(
            texts("（二）**强化培训。**全年不少于**“6期”**培训", Format::Markdown),
            ["（二）强化培训。全年不少于“6期”培训"]
        );
    }

    #[test]
    fn escapes_and_entities_lead_back_to_their_source() {
        let document = read("甲\\*乙&amp;丙&#x4e01;");
        let block = document.block(0);
        assert_eq!(block.text(), "甲*乙&丙丁");
        let span = block.span(TextRange::new(7, 8));
        assert_eq!(&document.source()[span.range()], "&amp;");
        assert!(block.editable(TextRange::new(4, 7)));
    }

    #[test]
    fn line_breaks_of_every_sort_become_one_character() {
        let document = read("数据  \n高铁\\\n建设\r\n方案");
        let block = document.block(0);
        assert_eq!(block.text(), "数据\u{2028}高铁\u{2028}建设\n方案");
    }

    #[test]
    fn code_and_formulas_are_opaque() {
        assert_eq!(
            texts("用`数据高铁`、$x$与<code>a</code>表示<br>换行", Format::Markdown),
            ["用\u{fffc}、\u{fffc}与\u{fffc}表示\u{2028}换行"]
        );
    }

    #[test]
    fn comments_are_annotations_wherever_they_stand() {
        let document = read("<!-- zhengming-disable -->\n\n甲<!-- 乙 -->丙\n");
        let found: Vec<_> = document.annotations().iter().map(|it| it.text.as_str()).collect();
        assert_eq!(found, ["zhengming-disable", "乙"]);
        assert_eq!(document.block(0).text(), "甲丙");
    }

    #[test]
    fn html_blocks_are_read_as_html() {
        let text =
            "---\ntitle: 甲\n---\n<div>\n<p>数据&nbsp;高铁</p>\n<p>乙</p></div>\n\n> <p>丙\n> 丁</p>\n";
        let document = read(text);
        let found: Vec<_> = document.blocks().map(|block| (block.text(), block.quoted())).collect();
        assert_eq!(found, [("数据\u{a0}高铁", false), ("乙", false), ("丙 丁", true)]);
        assert_eq!(document.metadata().title.as_deref(), Some("甲"));
    }

    #[test]
    fn the_first_heading_is_the_title() {
        assert_eq!(read("前文\n\n## 云溪市工作要点\n").metadata().title.as_deref(), Some("云溪市工作要点"));
    }
}
