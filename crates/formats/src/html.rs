//! HTML, a page or a fragment: tokens with offsets in, blocks out.
//!
//! There is no tree and no repair. Where blocks begin and end comes from a list of tag names, and a small
//! stack knows what the text stands in.

use std::borrow::Cow;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use zhengming_text::document::BlockKind;
use zhengming_text::span::Span;

use crate::parts::Parts;
use flow::Flow;
use tags::Role;

mod entity;
mod flow;
mod shown;
mod tags;

pub(crate) use shown::{Effect, start_tag};

/// Elements nested deeper than this have no effect of their own, which bounds every search in the stack.
const MAX_DEPTH: usize = 256;

/// Reads a whole page.
pub(crate) fn read(source: &str, parts: &mut Parts) {
    let mut reader = Reader::new(source, parts, Context::default());
    reader.feed(Span::new(0, source.len()));
    reader.finish();
}

/// Whether `text` begins with a tag that has a meaning here, or with one of the usual inline tags.
pub(crate) fn is_tag(text: &str) -> bool {
    const INLINE: [&[u8]; 8] = [b"span", b"b", b"strong", b"font", b"a", b"sup", b"sub", b"u"];
    let name = text.as_bytes().get(1..).unwrap_or_default();
    let name = name.strip_prefix(b"/").unwrap_or(name);
    let length = name.iter().take(12).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let closes = matches!(name.get(length), Some(b'>' | b' ' | b'/'));
    let name = name[..length].to_ascii_lowercase();
    closes && text.contains('>') && (tags::find(&name).is_some() || INLINE.contains(&&*name))
}

/// Whether the element called `name`, in small letters, holds no prose: scripts, templates, fields of forms.
pub(crate) fn is_silent_element(name: &[u8]) -> bool {
    matches!(tags::find(name), Some((_, Role::Hidden | Role::Raw)) if name != b"title")
}

/// What the text of a fragment stands in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context {
    pub(crate) kind: BlockKind,
    pub(crate) quoted: bool,
}

impl Default for Context {
    fn default() -> Self {
        Self { kind: BlockKind::Paragraph, quoted: false }
    }
}

/// Reads one or several pieces of HTML that belong together.
pub(crate) struct Reader<'s, 'p> {
    source: &'s str,
    parts: &'p mut Parts,
    base: Context,
    stack: Vec<Open>,
    flow: Flow,
    /// The open element whose content is not markup, such as `script`.
    raw: Option<Vec<u8>>,
    /// Where the outermost open code element starts.
    opaque_start: Option<usize>,
}

struct Open {
    name: Cow<'static, str>,
    context: Context,
    hidden: bool,
    opaque: bool,
    /// Line breaks of the source are those of the page.
    preformatted: bool,
}

impl<'s, 'p> Reader<'s, 'p> {
    pub(crate) fn new(source: &'s str, parts: &'p mut Parts, base: Context) -> Self {
        Self { source, parts, base, stack: Vec::new(), flow: Flow::new(base), raw: None, opaque_start: None }
    }

    /// Reads the markup at `span`.
    pub(crate) fn feed(&mut self, span: Span) {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let mut read = span.start;
        for token in Tokenizer::new_with_emitter(&self.source[span.range()], emitter).flatten() {
            match token {
                Token::StartTag(tag) => {
                    let place = self.place(span, &mut read, tag.span);
                    self.start(&tag, place, span.start);
                }
                Token::EndTag(tag) => {
                    let place = self.place(span, &mut read, tag.span);
                    self.end(&tag.name, place);
                }
                Token::String(text) => {
                    let place = self.place(span, &mut read, text.span);
                    self.text(&text, place);
                }
                Token::Comment(comment) => {
                    let place = self.place(span, &mut read, comment.span);
                    if self.source[place.range()].starts_with("<!--") {
                        self.parts.comment(self.source, place);
                    }
                }
                Token::Doctype(_) | Token::Error(_) => {}
            }
        }
    }

    /// Ends the last block.
    pub(crate) fn finish(mut self) {
        self.leave_to(0, self.source.len());
        self.flow.finish(self.parts, self.base);
    }

    /// The token's place in the source. The tokenizer's word is not taken for it that places are in order
    /// and between characters.
    fn place(&self, feed: Span, read: &mut usize, token: html5gum::Span<usize>) -> Span {
        use zhengming_text::line_index::floor_boundary;
        let start = floor_boundary(self.source, (feed.start + token.start).clamp(*read, feed.end));
        let end = floor_boundary(self.source, (feed.start + token.end).clamp(start, feed.end));
        *read = end;
        Span::new(start, end)
    }

    fn context(&self) -> Context {
        self.stack.last().map_or(self.base, |open| open.context)
    }

    fn is_silent(&self) -> bool {
        self.raw.is_some() || self.stack.last().is_some_and(|open| open.hidden || open.opaque)
    }

    fn flush(&mut self) {
        let context = self.context();
        self.flow.finish(self.parts, context);
    }

    fn text(&mut self, decoded: &[u8], span: Span) {
        let is_shown = !self.stack.last().is_some_and(|open| open.hidden || open.opaque);
        let is_in_svg = || self.stack.iter().any(|open| open.name == "svg");
        let is_field = self.raw.as_deref() == Some(b"textarea");
        let is_label = self.raw.as_deref() == Some(b"title") && is_in_svg();
        if is_shown && (is_field || is_label) {
            // What a form is filled in with, the name of a drawing.
            self.flow.text(self.source, span, self.parts);
        } else if self.raw.as_deref() == Some(b"title") && is_shown {
            let title = String::from_utf8_lossy(decoded).split_whitespace().collect::<Vec<_>>().join(" ");
            if self.parts.metadata.title.is_none() && !title.is_empty() {
                self.parts.metadata.title = Some(title);
                self.flow.text(self.source, span, self.parts);
            }
        } else if !self.is_silent() {
            let preformatted = self.stack.last().is_some_and(|open| open.preformatted);
            self.flow.read(self.source, span, preformatted, self.parts);
        }
    }

    fn start(&mut self, tag: &StartTag<usize>, place: Span, feed_start: usize) {
        let known = tags::find(&tag.name);
        let is_void = tags::is_void(&tag.name) || tag.self_closing;
        self.leave_paragraph(known, place.start);
        // A cell or item that is hidden ends where the next one begins.
        if let Some((name, _)) = known.filter(|_| self.raw.is_none() && self.is_silent()) {
            self.leave_implied(name, place.start);
        }
        // Inside what is hidden, an element only matters for where it ends.
        let inside_hidden = self.raw.is_none() && self.stack.last().is_some_and(|open| open.hidden);
        if inside_hidden && !is_void && !known.is_some_and(|(_, role)| role.is_nested()) {
            if let Some((_, Role::Raw)) = known {
                self.raw = Some(tag.name.to_vec());
            } else {
                self.enter(tags::name_of(&tag.name), place, self.context(), true, false);
            }
            return;
        }
        let before = self.source[..place.start].chars().next_back();
        if !self.is_silent() && shown::is_hidden(tag, before, &self.source[place.end..]) {
            if is_void {
                return;
            }
            if let Some((name, role)) = known
                && !matches!(role, Role::Inline | Role::Hidden | Role::Opaque | Role::Break | Role::Image)
            {
                self.leave_implied(name, place.start);
                self.flush();
            }
            self.enter(tags::name_of(&tag.name), place, self.context(), true, false);
            if let Some((_, Role::Raw)) = known {
                self.raw = Some(tag.name.to_vec());
            }
            return;
        }
        if !self.is_silent() {
            let quoted = self.context().quoted;
            for block in shown::attributes(self.source, tag, place, feed_start) {
                self.flow.caption(block.quoted(quoted), self.parts);
            }
        }
        let Some((name, role)) = known else {
            return;
        };
        match role {
            Role::Raw => {
                if matches!(name, "title" | "textarea") && !self.is_silent() {
                    self.flush();
                    self.flow.begin(Context { kind: BlockKind::Caption, quoted: false });
                }
                self.raw = Some(name.as_bytes().to_vec());
            }
            Role::Break if !self.is_silent() => self.flow.line_break(place),
            Role::Image if !self.is_silent() => {
                let caption = shown::attribute(self.source, tag, "alt", place, feed_start);
                let caption = caption.map(|(_, block)| block.quoted(self.context().quoted));
                self.flow.image(self.source, place, caption, self.parts);
            }
            Role::Break | Role::Image => {}
            Role::Block => self.flush(),
            Role::Kind(kind) => {
                self.leave_implied(name, place.start);
                self.flush();
                self.enter(name.into(), place, Context { kind, ..self.context() }, false, false);
                let context = self.context();
                self.flow.begin(context);
            }
            Role::Quote => {
                self.flush();
                self.enter(name.into(), place, Context { quoted: true, ..self.context() }, false, false);
                let context = self.context();
                self.flow.begin(context);
            }
            Role::Group => {
                self.leave_implied(name, place.start);
                self.flush();
                self.enter(name.into(), place, self.context(), false, false);
            }
            Role::Inline => self.enter(name.into(), place, self.context(), false, false),
            Role::Hidden if tag.self_closing => {}
            Role::Hidden => {
                self.leave_implied(name, place.start);
                self.enter(name.into(), place, self.context(), true, false);
            }
            Role::Opaque => self.enter(name.into(), place, self.context(), false, true),
            Role::Preformatted => {
                self.flush();
                let rest = &self.source[place.end..];
                let is_prose = shown::is_prose(rest.find("</pre").map_or(rest, |end| &rest[..end]));
                self.enter(name.into(), place, self.context(), false, !is_prose);
                if let Some(open) = self.stack.last_mut() {
                    open.preformatted = is_prose;
                }
            }
        }
    }

    fn end(&mut self, name: &[u8], place: Span) {
        if self.raw.as_deref() == Some(name) {
            self.raw = None;
            if matches!(name, b"title" | b"textarea") {
                self.flush();
            }
            // What is raw may have been entered because it is hidden.
        }
        let known = tags::find(name);
        let depth = self.stack.iter().rposition(|open| open.name.as_bytes() == name);
        match known {
            Some((_, Role::Break | Role::Image)) => return,
            Some((_, Role::Block)) => self.flush(),
            _ => {}
        }
        let Some(depth) = depth else { return };
        let is_block = known
            .is_some_and(|(_, role)| !matches!(role, Role::Inline | Role::Hidden | Role::Opaque | Role::Raw));
        if is_block && !self.stack[depth].hidden {
            self.flush();
        }
        self.leave_to(depth, place.end);
        let context = self.context();
        self.flow.begin(context);
    }

    /// A paragraph that is hidden ends where the next block begins.
    fn leave_paragraph(&mut self, next: Option<(&'static str, Role)>, at: usize) {
        let is_block = next.is_some_and(|(_, role)| {
            matches!(role, Role::Block | Role::Kind(_) | Role::Quote | Role::Group | Role::Preformatted)
        });
        if is_block && self.stack.last().is_some_and(|open| open.name == "p") {
            self.leave_to(self.stack.len() - 1, at);
        }
    }

    fn enter(&mut self, name: Cow<'static, str>, place: Span, context: Context, hidden: bool, opaque: bool) {
        if self.stack.len() == MAX_DEPTH {
            return;
        }
        let outer = self.stack.last();
        let hidden = hidden || outer.is_some_and(|open| open.hidden);
        if opaque && !hidden && self.opaque_start.is_none() {
            self.opaque_start = Some(place.start);
        }
        let opaque = opaque || outer.is_some_and(|open| open.opaque);
        let preformatted = outer.is_some_and(|open| open.preformatted);
        self.stack.push(Open { name, context, hidden, opaque, preformatted });
    }

    /// Closes the elements that may be left open where `name` starts: a cell at the next cell.
    fn leave_implied(&mut self, name: &str, at: usize) {
        let Some((closed, boundaries)) = tags::implied_ends(name) else {
            return;
        };
        let depth = self
            .stack
            .iter()
            .rposition(|open| closed.contains(&&*open.name) || boundaries.contains(&&*open.name));
        if let Some(depth) = depth.filter(|&depth| closed.contains(&&*self.stack[depth].name)) {
            self.flush();
            self.leave_to(depth, at);
        }
    }

    fn leave_to(&mut self, depth: usize, at: usize) {
        self.stack.truncate(depth);
        if !self.stack.last().is_some_and(|open| open.opaque)
            && let Some(start) = self.opaque_start.take()
        {
            self.flow.opaque(self.source, Span::new(start, at.max(start)));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::properties::{blocks, texts};
    use crate::{Format, read_str};
    use zhengming_text::document::BlockKind;

    #[test]
    fn blocks_come_from_tags() {
        let page = "<h2>总则</h2><p>第一条 <b>数据</b>高铁</p><ul><li>甲<li>乙</ul>\
                    <table><tr><th>名词<td>定义</table><blockquote><p>引文</p></blockquote>尾";
        assert_eq!(
            blocks(page, Format::Html),
            [
                (BlockKind::Heading(2), "总则".to_owned()),
                (BlockKind::Paragraph, "第一条 数据高铁".to_owned()),
                (BlockKind::ListItem, "甲".to_owned()),
                (BlockKind::ListItem, "乙".to_owned()),
                (BlockKind::TableCell, "名词".to_owned()),
                (BlockKind::TableCell, "定义".to_owned()),
                (BlockKind::Paragraph, "引文".to_owned()),
                (BlockKind::Paragraph, "尾".to_owned()),
            ]
        );
        let document = read_str("a", page.to_owned(), Format::Html);
        assert!(document.block(6).quoted() && !document.block(7).quoted());
    }

    #[test]
    fn a_plain_paragraph_is_one_slice() {
        let document = read_str("a", "<p>\n  　　数据归集应当及时。\n</p>".to_owned(), Format::Html);
        assert_eq!(document.block(0).text(), "数据归集应当及时。");
        assert!(document.block(0).is_slice());
    }

    #[test]
    fn white_space_collapses() {
        assert_eq!(texts("<p> 甲\n  <b> 乙</b> <i>丙</i> </p>", Format::Html), ["甲 乙 丙"]);
    }

    #[test]
    fn line_breaks_stay_in_the_block_unless_they_make_a_paragraph() {
        assert_eq!(texts("<p>数据<br>高铁<br/></p>", Format::Html), ["数据\u{2028}高铁"]);
        assert_eq!(texts("甲。<br><br>乙。<br>　　丙。", Format::Html), ["甲。", "乙。", "丙。"]);
    }

    #[test]
    fn entities_are_mapped_one_by_one() {
        let document = read_str("a", "<p>甲&amp;乙&nbsp;丙&#x4e01;&nosuch;</p>".to_owned(), Format::Html);
        let block = document.block(0);
        assert_eq!(block.text(), "甲&乙\u{a0}丙丁&nosuch;");
        let at = block.text().find('丁').unwrap();
        let span = block.span(zhengming_text::span::TextRange::new(at, at + 3));
        assert_eq!(&document.source()[span.range()], "&#x4e01;");
    }

    #[test]
    fn scripts_styles_and_templates_are_not_prose() {
        let page = "<style>p{}</style><script>if(a<b){}</script><template><p>甲</p></template><p>乙</p><svg><path d='M0'/></svg>";
        assert_eq!(texts(page, Format::Html), ["乙"]);
    }

    #[test]
    fn code_is_opaque_and_preformatted_text_is_no_block() {
        assert_eq!(
            texts("<p>用<code>a<b>b</b></code>表示</p><pre>x = 1</pre>", Format::Html),
            ["用\u{fffc}表示"]
        );
    }

    #[test]
    fn the_alternative_text_of_an_image_is_a_caption() {
        let page = "<div><img src=a alt=\"平台截图\"><span>说明</span></div><p>前<img alt='图'>后</p>";
        assert_eq!(
            blocks(page, Format::Html),
            [
                (BlockKind::Caption, "平台截图".to_owned()),
                (BlockKind::Paragraph, "说明".to_owned()),
                (BlockKind::Paragraph, "前\u{fffc}后".to_owned()),
                (BlockKind::Caption, "图".to_owned()),
            ]
        );
    }

    #[test]
    fn title_and_comments_are_taken_out() {
        let page = "<title>某某条例 &amp; 说明\n</title><p>甲<!-- zhengming-disable -->乙</p>";
        let document = read_str("a", page.to_owned(), Format::Html);
        assert_eq!(document.metadata().title.as_deref(), Some("某某条例 & 说明"));
        let texts: Vec<&str> = document.blocks().map(zhengming_text::document::BlockRef::text).collect();
        assert_eq!(texts, ["某某条例 & 说明", "甲乙"]);
        let annotation = &document.annotations()[0];
        assert_eq!(annotation.text, "zhengming-disable");
        assert_eq!(&page[annotation.span.range()], "<!-- zhengming-disable -->");
    }

    #[test]
    fn what_is_hidden_or_struck_out_is_no_text() {
        for (page, expected) in [
            ("<p hidden>甲<p>乙", vec!["乙"]),
            ("<div style='display: none'><div>甲</div>丙<p>丁</p></div>乙", vec!["乙"]),
            ("<p>甲<span style=\"Visibility:hidden\">丙<b>丁</b></span>乙</p>", vec!["甲乙"]),
            ("<p>甲<del>丙</del>乙<s>丁</s></p>", vec!["甲乙"]),
            ("<p>甲<sup>[1]</sup>乙<sup>2</sup>m<sup>3</sup></p>", vec!["甲乙m3"]),
            ("<div hidden><script>a</script><br><img alt=丙></div><p>乙", vec!["乙"]),
            ("<div hidden>甲</div></div><p>乙</p>", vec!["乙"]),
            ("<table><tr><td hidden>甲<td>乙</table>", vec!["乙"]),
        ] {
            assert_eq!(texts(page, Format::Html), expected, "{page}");
        }
    }

    #[test]
    fn attributes_that_a_page_shows_are_text() {
        let page = "<head><title>题</title><meta name=Description content='述&amp;要'><meta name=keywords content=丙></head>\
                    <p>甲<a title=\"注\" href=丁>乙</a></p><input type=hidden value=戊><input placeholder=填 value=己>";
        assert_eq!(texts(page, Format::Html), ["题", "述&要", "甲乙", "注", "填", "己"]);
    }

    #[test]
    fn drawings_and_fields_of_forms_are_read() {
        let page = "<p>甲<svg><defs><text>丙</text></defs><path d='M0'/></svg>乙</p>\
                    <svg><title>图题</title><text x=1>丁<tspan>戊</tspan></text><style>.己{}</style></svg>\
                    <form><textarea>庚 &amp; 辛</textarea></form>";
        assert_eq!(texts(page, Format::Html), ["甲乙", "图题", "丁戊", "庚 & 辛"]);
        let document = read_str("a", page.to_owned(), Format::Html);
        assert_eq!(document.metadata().title, None);
    }

    #[test]
    fn preformatted_prose_is_read_by_its_lines() {
        let page = "<pre>\n　　各单位应当统一报送。\n　　不得拖延，及时反馈。\n</pre><pre>let 甲 = 乙;</pre>";
        assert_eq!(texts(page, Format::Html), ["各单位应当统一报送。", "不得拖延，及时反馈。"]);
    }

    #[test]
    fn the_date_stands_in_the_cell_after_its_label() {
        let page = "<table><tr><td><b>发布日期：</b></td><td>2018年12月29日</td>\
                    <td><b>成文日期：</b></td><td>2018年12月21日</td></tr></table>";
        let document = read_str("a", page.to_owned(), Format::Html);
        assert_eq!(document.date().unwrap().to_string(), "2018-12-21");
    }
}
