//! Front matter of a page in YAML, TOML or JSON: the title, the date, and the values that the page shows.
//!
//! It is split off by hand because it may follow blank lines, and because a Markdown parser with this
//! option on takes text between any two rules for metadata.

mod value;

use zhengming_text::date::Date;
use zhengming_text::document::{BlockBuilder, BlockKind, Metadata};
use zhengming_text::span::Span;

use value::Value;

/// Front matter and the offset at which the text after it begins.
pub(crate) struct FrontMatter<'t> {
    text: &'t str,
    kind: Kind,
    /// Where its entries stand.
    inner: Span,
    pub(crate) end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Yaml,
    Toml,
    Json,
}

/// Keys whose values the page shows as text. All others hold identifiers: slugs, aliases, tags, paths.
const SHOWN: [&str; 18] = [
    "title",
    "subtitle",
    "linktitle",
    "description",
    "desc",
    "summary",
    "abstract",
    "excerpt",
    "intro",
    "tagline",
    "details",
    "caption",
    "headline",
    "标题",
    "副标题",
    "摘要",
    "描述",
    "简介",
];

/// The front matter of `text`, if it begins with one.
pub(crate) fn split(text: &str) -> Option<FrontMatter<'_>> {
    let mut at = 0;
    let mut start = None;
    let mut kind = Kind::Yaml;
    let mut fence = "---";
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        at += line.len();
        let Some(start) = start else {
            match content {
                "" => {}
                "---" | "---yaml" | "---yml" => start = Some(at),
                "---toml" => (start, kind, fence) = (Some(at), Kind::Toml, "---"),
                "---json" => (start, kind) = (Some(at), Kind::Json),
                "+++" => (start, kind, fence) = (Some(at), Kind::Toml, "+++"),
                _ => return None,
            }
            continue;
        };
        let is_end = content == fence || kind == Kind::Yaml && content == "...";
        let inner = Span::new(start, at - line.len());
        if is_end && kind == Kind::Json {
            let object = &text[inner.range()];
            let (open, close) = (object.find('{')?, object.rfind('}')?);
            let inner = Span::new(start + open + 1, (start + close).max(start + open + 1));
            return Some(FrontMatter { text, kind, inner, end: at });
        }
        if is_end {
            let first = text[inner.range()].lines().next();
            return first.is_some_and(|line| is_entry(kind, line)).then_some(FrontMatter {
                text,
                kind,
                inner,
                end: at,
            });
        }
        if inner.is_empty() && kind != Kind::Json && !is_entry(kind, content) {
            return None;
        }
    }
    None
}

/// The front matter of a page that begins with an object of JSON, which only a file called so can.
pub(crate) fn split_json(text: &str) -> Option<FrontMatter<'_>> {
    let start = text.find(|c: char| !c.is_whitespace()).filter(|&at| text[at..].starts_with('{'))?;
    let first = text[start + 1..].trim_start();
    let is_key = first.strip_prefix('"').and_then(|rest| rest.split_once('"'));
    is_key.filter(|(_, rest)| rest.trim_start().starts_with(':'))?;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        at += line.len();
        if line.trim_end() == "}" {
            return Some(FrontMatter {
                text,
                kind: Kind::Json,
                inner: Span::new(start + 1, at - line.len()),
                end: at,
            });
        }
    }
    None
}

fn is_entry(kind: Kind, line: &str) -> bool {
    let mark = if kind == Kind::Toml { '=' } else { ':' };
    line.starts_with('#')
        || kind == Kind::Toml && line.starts_with('[')
        || line.split_once(mark).is_some_and(|(key, _)| !key.is_empty() && !key.contains(['。', '，']))
}

impl FrontMatter<'_> {
    /// The title and the date that it states.
    pub(crate) fn metadata(&self) -> Metadata {
        Metadata {
            title: self.value("title").filter(|title| !title.is_empty()),
            date: self.value("date").and_then(|date| Date::find(&date)),
        }
    }

    /// The values that the page shows, each a block.
    pub(crate) fn blocks(&self) -> Vec<BlockBuilder> {
        let mut found = Vec::new();
        for (key, value) in self.entries() {
            if SHOWN.contains(&key.to_lowercase().as_str()) {
                let mut block = BlockBuilder::new(BlockKind::Caption);
                value.write(self.text, &mut block);
                found.push(block);
            }
        }
        found
    }

    /// The value of a key that stands on the outermost level.
    fn value(&self, wanted: &str) -> Option<String> {
        let found = self.entries().into_iter().find(|(key, value)| *key == wanted && value.is_outermost)?;
        Some(found.1.text(self.text))
    }

    /// Keys and values, in the order of the file. A list or a table is no value, but its entries are.
    fn entries(&self) -> Vec<(&str, Value)> {
        match self.kind {
            Kind::Yaml => value::yaml(self.text, self.inner),
            Kind::Toml => value::toml(self.text, self.inner),
            Kind::Json => value::json(self.text, self.inner),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Format, read_str};

    #[test]
    fn title_and_date_are_read_after_blank_lines() {
        let text = "\n\n---\ntitle: '云溪市工作要点  第二批'\ndate: Thu, 08 Jul 2021 13:01:39 GMT\n---\n正文";
        let front = split(text).unwrap();
        let metadata = front.metadata();
        assert_eq!(metadata.title.as_deref(), Some("云溪市工作要点  第二批"));
        assert_eq!(metadata.date.unwrap().to_string(), "2021-07-08");
        assert_eq!(&text[front.end..], "正文");
    }

    #[test]
    fn rules_around_prose_are_not_front_matter() {
        assert!(split("---\n数据归集是指：汇聚数据。\n\n---\n").is_none());
        assert!(split("---\n\n数据归集。\n---\n").is_none());
        assert!(split("正文\n---\ntitle: 甲\n---\n").is_none());
        assert!(split("---\ntitle: 甲\n").is_none());
    }

    #[test]
    fn values_that_the_page_shows_are_text_in_every_notation() {
        for (text, expected) in [
            (
                "---\ntitle: 甲乙 # 注\nslug: 丙\ndescription: >-\n  丁\n  戊\ntags:\n  - 己\n---\n正文",
                vec!["甲乙", "丁\n戊"],
            ),
            (
                "---\ntitle: '甲''乙'\nseo:\n  description: \"丙\\\"丁\\u4e01\"\n---\n正文",
                vec!["甲'乙", "丙\"丁丁"],
            ),
            ("---\nsummary: 甲\n  乙\nurl: /丙\n---\n正文", vec!["甲\n乙"]),
            (
                "+++\ntitle = \"甲\"\nslug = \"乙\"\n[params]\ndescription = '''\n丙\n丁'''\n+++\n正文",
                vec!["甲", "丙\n丁"],
            ),
            ("---json\n{\n  \"title\": \"甲\",\n  \"slug\": \"乙\"\n}\n---\n正文", vec!["甲"]),
            ("---toml\ntitle = \"甲\"\n---\n正文", vec!["甲"]),
            (
                "{\n  \"title\": \"甲\",\n  \"aliases\": [\"乙\"],\n  \"summary\": \"丙\\n丁\"\n}\n正文",
                vec!["甲", "丙\u{2028}丁"],
            ),
        ] {
            let document = read_str("a.md", text.to_owned(), Format::Markdown);
            crate::properties::check(&document);
            let mut blocks: Vec<&str> =
                document.blocks().map(zhengming_text::document::BlockRef::text).collect();
            assert_eq!(blocks.pop(), Some("正文"), "{text}");
            assert_eq!(blocks, expected, "{text}");
        }
    }
}
