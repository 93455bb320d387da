//! What styles say of a paragraph or a run: heading or title, hidden, struck out or neither.

use std::collections::{HashMap, HashSet};

use crate::part_error::PartError;
use crate::xml::{Node, Tag, Xml};

/// Word allows 4,079 styles.
const MAX_STYLES: usize = 10_000;

#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// Styles of characters that are not shown, or struck out.
    hidden: HashSet<String>,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
}

/// What a style makes of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    /// With its level, from 1.
    Heading(u8),
    Caption,
    Body,
}

/// Whether a property such as `w:vanish` is on.
pub(super) fn is_on(tag: &Tag<'_>) -> bool {
    tag.attribute("val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off"))
}

/// The outline level that a tag gives, from 1; 10 is body text.
pub(super) fn outline_level(tag: &Tag<'_>) -> Option<u8> {
    tag.attribute("val").and_then(|level| level.parse::<u8>().ok()).map(|level| level.min(9) + 1)
}

impl Styles {
    pub(super) fn read(text: &str, part: &str) -> Result<Self, PartError> {
        let mut styles = Self::default();
        let mut xml = Xml::in_part(text, part);
        let mut id = String::new();
        while let Some(node) = xml.node()? {
            let Node::Open(tag) = node else { continue };
            match tag.local() {
                "style" => {
                    id = tag.attribute("styleId").unwrap_or_default();
                    if styles.styles.len() >= MAX_STYLES {
                        break;
                    }
                    styles.styles.insert(id.clone(), Style::default());
                }
                "vanish" | "strike" | "dstrike" if is_on(&tag) => drop(styles.hidden.insert(id.clone())),
                "rPrChange" | "pPrChange" => xml.skip()?,
                _ => {
                    let Some(style) = styles.styles.get_mut(&id) else { continue };
                    match tag.local() {
                        "name" => style.name = tag.attribute("val").unwrap_or_default().to_lowercase(),
                        "basedOn" => style.based_on = tag.attribute("val"),
                        "outlineLvl" => style.outline = outline_level(&tag),
                        _ => {}
                    }
                }
            }
        }
        Ok(styles)
    }

    pub(super) fn is_hidden(&self, style: &str) -> bool {
        self.hidden.contains(style)
    }

    /// The role of a paragraph of this style; the paragraph's own outline level goes first.
    pub(super) fn role(&self, style: Option<&str>, outline: Option<u8>) -> Role {
        let mut next = style.map(str::to_owned);
        let mut level = outline;
        // Styles may be based on each other in a circle.
        for step in 0..20 {
            let Some(style) = next.as_deref().and_then(|id| self.styles.get(id)) else { break };
            if step == 0 && (style.name == "title" || style.name == "标题") {
                return Role::Title;
            }
            if step == 0 && (style.name == "caption" || style.name == "题注") {
                return Role::Caption;
            }
            level = level.or(style.outline).or_else(|| named_level(&style.name));
            next.clone_from(&style.based_on);
        }
        match level {
            Some(level @ 1..=9) => Role::Heading(level),
            _ => Role::Body,
        }
    }
}

/// The level in a name such as `heading 1` or 标题 1, which Word knows without an outline level.
fn named_level(name: &str) -> Option<u8> {
    let number = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    number.trim().parse().ok().filter(|level| (1..=9).contains(level))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_level_name_and_base() {
        let styles = Styles::read(
            r#"<w:styles xmlns:w="w"><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
            <w:style w:styleId="a"><w:name w:val="标题 2"/></w:style>
            <w:style w:styleId="b"><w:name w:val="章"/><w:basedOn w:val="1"/></w:style>
            <w:style w:styleId="c"><w:name w:val="条"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
            <w:style w:styleId="d"><w:name w:val="Title"/></w:style>
            <w:style w:styleId="e"><w:name w:val="x"/><w:basedOn w:val="e"/><w:rPr><w:vanish/></w:rPr></w:style>
            </w:styles>"#,
            "s",
        )
        .unwrap();
        for (id, role) in [
            ("1", Role::Heading(1)),
            ("a", Role::Heading(2)),
            ("b", Role::Heading(1)),
            ("c", Role::Heading(3)),
            ("d", Role::Title),
            ("e", Role::Body),
        ] {
            assert_eq!(styles.role(Some(id), None), role, "{id}");
        }
        assert_eq!(styles.role(Some("1"), Some(10)), Role::Body);
        assert!(styles.is_hidden("e") && !styles.is_hidden("1"));
    }
}
