//! Markdown: CommonMark with tables, footnotes, strikethrough, task lists and formulas.

mod anchors;
mod formula;
mod marks;
mod simple;
mod zones;

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use zhengming_text::document::{BlockBuilder, BlockKind};
use zhengming_text::span::Span;

use crate::parts::{HARD_BREAK, Parts};
use crate::{front_matter, html};
use anchors::Anchors;
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
        anchors: Anchors::of(source, start),
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
    anchors: Anchors,
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
        let text = &self.source[span.range()];
        self.anchors.lead_to(text.trim_matches(|c: char| c == '#' || c.is_whitespace()))
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

#[cfg(test)]
mod tests;
