//! Markdown: CommonMark with tables, footnotes, strikethrough, task lists and formulas.

mod formula;
mod marks;
mod simple;
mod zones;

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use zhengming_text::document::{BlockBuilder, BlockKind};
use zhengming_text::fold;
use zhengming_text::span::Span;

use crate::parts::{HARD_BREAK, Parts};
use crate::{front_matter, html};
use html::Effect;
use zones::Zone;

pub(crate) fn read(source: &str, parts: &mut Parts) {
    let mut start = 0;
    if let Some(front) = front_matter::split(source).or_else(|| front_matter::split_json(source)) {
        parts.metadata = front.metadata();
        front.blocks().into_iter().for_each(|block| parts.push(block));
        start = front.end;
    }
    if !simple::read(source, start, parts) {
        parse(source, start, parts);
    }
}

/// Reads `source` from `start` on, whatever is in it.
fn parse(source: &str, start: usize, parts: &mut Parts) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
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
        is_name: false,
        marks: Vec::new(),
        zones: zones::find(source, start),
        last_zone: usize::MAX,
        anchors: anchors(source, start),
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
    /// Whether the text also names the page that a link leads to, or a heading that one leads to.
    is_name: bool,
    /// Marks in the open block that are no text.
    marks: Vec<Span>,
    zones: Vec<Zone>,
    /// Where the zone began that was last shown.
    last_zone: usize,
    /// Folded names of headings that links lead to.
    anchors: HashSet<String>,
}

/// Why text is not prose at the moment.
enum Silence {
    None,
    CodeBlock,
    /// Struck out, or the name of a file that is put in here.
    Removed,
    /// Inside inline HTML such as `<code>`, which starts here.
    Element {
        name: String,
        start: usize,
        /// How many elements of this name are open.
        depth: usize,
        /// Whether something is shown in its place.
        shows: bool,
    },
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(&tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => self.text(span, &text),
            Event::InlineMath(_) if !formula::is_formula(self.source, span) => {
                let source = self.source;
                self.text(span, &source[span.range()]);
            }
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
            Tag::Heading { level, .. } => {
                self.open_leaf(BlockKind::Heading(*level as u8));
                self.is_name = self.is_anchor(span);
                self.marks = marks::find(self.source, span);
            }
            Tag::TableCell => {
                self.open_leaf(BlockKind::TableCell);
                self.marks = marks::find(self.source, span);
            }
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
            Tag::Paragraph => {
                self.flush();
                self.marks = marks::find(self.source, span);
            }
            Tag::HtmlBlock
            | Tag::List(_)
            | Tag::DefinitionList
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow => self.flush(),
            Tag::Image { link_type: LinkType::WikiLink { .. }, .. } => {
                self.opaque(span);
                self.silent = Silence::Removed;
            }
            Tag::Image { title, .. } => {
                self.title(title, span);
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
            Tag::Strikethrough if matches!(self.silent, Silence::None) => self.silent = Silence::Removed,
            Tag::Link { link_type: LinkType::WikiLink { has_pothole: false }, .. } => self.is_name = true,
            Tag::Link { title, .. } => self.title(title, span),
            Tag::Strikethrough | Tag::Emphasis | Tag::Strong | Tag::Superscript | Tag::Subscript => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Heading(_) | TagEnd::TableCell => {
                self.flush();
                self.leaf = None;
                self.is_name = false;
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
            TagEnd::Image | TagEnd::Strikethrough if matches!(self.silent, Silence::Removed) => {
                self.silent = Silence::None;
            }
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
            TagEnd::Link => self.is_name = matches!(self.leaf, Some(BlockKind::Heading(_))) && self.is_name,
            TagEnd::Strikethrough
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
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

    /// Text less what only marks it: emphasis that CommonMark does not see, templates, comments.
    fn text(&mut self, span: Span, text: &str) {
        let source = self.source;
        if source[span.range()] != *text {
            if self.zone_at(span.start).is_none() {
                self.piece(span, text);
            }
            return;
        }
        let mut at = span.start;
        while at < span.end {
            if let Some(zone) = self.zone_at(at) {
                if zone.shows && (at == zone.span.start || at == span.start) {
                    self.opaque_once(zone.span);
                }
                at = zone.span.end.min(span.end);
                continue;
            }
            let mark = self.marks.partition_point(|mark| mark.end <= at);
            if let Some(mark) = self.marks.get(mark).filter(|mark| mark.start <= at) {
                at = mark.end.min(span.end);
                continue;
            }
            let next = self.zones.partition_point(|zone| zone.span.start < at);
            let zone = self.zones.get(next).map_or(span.end, |zone| zone.span.start);
            let mark = self.marks.get(mark).map_or(span.end, |mark| mark.start);
            let end = zone.min(mark).min(span.end);
            self.piece(Span::new(at, end), &source[at..end]);
            at = end;
        }
    }

    fn zone_at(&self, at: usize) -> Option<Zone> {
        let next = self.zones.partition_point(|zone| zone.span.end <= at);
        self.zones.get(next).copied().filter(|zone| zone.span.start <= at)
    }

    /// One sign for a template of which the parser makes several pieces.
    fn opaque_once(&mut self, span: Span) {
        if self.last_zone != span.start {
            self.last_zone = span.start;
            self.opaque(span);
        }
    }

    /// Text that stands in the source as it is, unless it was an escape or an entity.
    fn piece(&mut self, span: Span, text: &str) {
        let source = self.source;
        let is_name = self.is_name;
        if let Some(block) = self.target() {
            if source[span.range()] != *text {
                block.decoded(source, span, text);
            } else if is_name {
                block.fixed(source, span);
            } else {
                block.verbatim(source, span);
            }
        }
    }

    /// Whether a link of the document leads to the heading at `span`.
    fn is_anchor(&self, span: Span) -> bool {
        !self.anchors.is_empty() && {
            let text = self.source[span.range()].trim_matches(|c: char| c == '#' || c.is_whitespace());
            self.anchors.contains(&anchor(text))
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

    /// The title of a link or an image, which the page shows beside it: `[甲](a.md "题")`.
    fn title(&mut self, title: &str, link: Span) {
        let source = self.source;
        if title.trim().is_empty() || !matches!(self.silent, Silence::None) {
            return;
        }
        // Of a reference the title stands elsewhere.
        let Some(at) = source[link.range()].rfind(title).map(|at| link.start + at) else { return };
        if source[..at].ends_with(['"', '\'', '(']) {
            let mut block = BlockBuilder::new(BlockKind::Caption).quoted(self.quotes > 0);
            block.verbatim(source, Span::new(at, at + title.len()));
            self.images.push(block);
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
        if self.zone_at(span.start).is_some() {
            // `{{< ref "…" >}}` holds what looks like a tag.
            let source = self.source;
            return self.text(span, &source[span.range()]);
        }
        let source = self.source;
        if let Some(name) = text.strip_prefix("</") {
            let name = name.trim_end_matches(['>', ' ']);
            if let Silence::Element { name: open, start, depth, shows } = &mut self.silent
                && open.eq_ignore_ascii_case(name)
            {
                *depth -= 1;
                if *depth == 0 {
                    let (start, shows) = (*start, *shows);
                    self.silent = Silence::None;
                    if shows {
                        self.opaque(Span::new(start, span.end));
                    }
                }
            }
            return;
        }
        let before = source[..span.start].chars().next_back();
        let Some((name, effect)) = html::start_tag(before, &source[span.start..]) else { return };
        match (&mut self.silent, effect) {
            (Silence::Element { name: open, depth, .. }, _) if *open == name => *depth += 1,
            (Silence::None, Effect::Break) => self.decoded(span, HARD_BREAK),
            (Silence::None, Effect::Hidden | Effect::Opaque) => {
                let shows = effect == Effect::Opaque;
                self.silent = Silence::Element { name, start: span.start, depth: 1, shows };
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
        if let Silence::Element { start, shows, .. } = self.silent {
            // An element that is never closed ends with its block, as it does on a page.
            self.silent = Silence::None;
            if shows {
                self.opaque(Span::new(start, start));
            }
        }
        if matches!(self.silent, Silence::Removed) {
            self.silent = Silence::None;
        }
        if let Some(block) = self.text.take() {
            self.parts.push(block);
        }
        for caption in self.images.drain(..) {
            self.parts.push(caption);
        }
    }
}

/// The names of headings that links of the document lead to: `[见](#标题)`, `[[页面#标题]]`.
fn anchors(source: &str, start: usize) -> HashSet<String> {
    let mut found = HashSet::new();
    for at in memchr::memchr_iter(b'#', &source.as_bytes()[start..]).map(|at| start + at) {
        let rest = &source[at + 1..];
        let line = rest.lines().next().unwrap_or_default();
        let before = &source[source[..at].rfind('\n').map_or(0, |end| end + 1)..at];
        if before.ends_with(['(', '<']) {
            found.insert(anchor(line.split([')', '>', ' ']).next().unwrap_or_default()));
        } else if before.rfind("[[").is_some_and(|open| !before[open..].contains("]]")) {
            found.insert(anchor(line.split([']', '|']).next().unwrap_or_default()));
        }
    }
    found
}

/// A heading as links name it, whatever becomes of its marks: letters and digits.
fn anchor(text: &str) -> String {
    let letters: String = percent_decoded(text).chars().filter(|c| c.is_alphanumeric()).collect();
    fold::key(&letters)
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let code = text.get(at + 1..at + 3).and_then(|code| u8::from_str_radix(code, 16).ok());
        match code.filter(|_| text.as_bytes()[at] == b'%') {
            Some(byte) => {
                bytes.push(byte);
                at += 3;
            }
            None => {
                bytes.push(text.as_bytes()[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
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
        assert_eq!(texts(text, Format::Markdown), ["数据高链接乙，3~5年10~15年，https://b.cn"]);
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
        assert_eq!(found, [("甲", false), ("数据\u{a0}高铁", false), ("乙", false), ("丙 丁", true)]);
        assert_eq!(document.metadata().title.as_deref(), Some("甲"));
    }

    #[test]
    fn what_names_something_is_no_prose_or_not_to_be_changed() {
        for (text, expected) in [
            ("见[[手册#甲|说明]]和![[甲.png]]。", "见说明和\u{fffc}。"),
            ("## 标题 {#甲 .乙}", "标题"),
            ("用{{ 甲 }}和{% link 乙 %}", "用\u{fffc}和\u{fffc}"),
            ("甲%%乙%%丙", "甲丙"),
            ("甲~~乙~~丙<del>丁</del>", "甲丙"),
            ("甲~~“乙”~~丙", "甲丙"),
            ("<ruby>甲<rt>a</rt></ruby>乙<span hidden>丙</span>", "甲乙"),
            ("单价US$500，软件US$300。", "单价US$500，软件US$300。"),
        ] {
            assert_eq!(texts(text, Format::Markdown), [expected], "{text}");
        }
        let document = read("## 甲乙\n\n## 丙丁\n\n见[上文](#甲乙)和[[戊己]]。\n");
        let editable = |block: usize, text: &str| {
            let block = document.block(block);
            let at = block.text().find(text).unwrap();
            block.editable(TextRange::new(at, at + text.len()))
        };
        assert_eq!([editable(0, "甲乙"), editable(1, "丙丁")], [false, true]);
        assert_eq!([editable(2, "上文"), editable(2, "戊己")], [true, false]);
    }

    #[test]
    fn titles_of_links_are_text() {
        let text = "见[甲](a.md \"乙题\")。\n\n![丙](b.png '丁题')\n\n[戊]\n\n[戊]: a \"己题\"\n";
        assert_eq!(texts(text, Format::Markdown), ["见甲。", "乙题", "丙", "丁题", "戊"]);
    }

    #[test]
    fn the_first_heading_is_the_title() {
        assert_eq!(read("前文\n\n## 云溪市工作要点\n").metadata().title.as_deref(), Some("云溪市工作要点"));
    }
}
