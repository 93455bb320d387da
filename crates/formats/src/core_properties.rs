//! What a file says of itself beside its text: title, subject, keywords and description, which people see in
//! lists of files and on web pages.

use zhengming_text::fold;
use zhengming_text::message::Text;

use crate::package::Package;
use crate::part_error::PartError;
use crate::xml::Xml;

/// A property with its name.
pub(crate) struct Property {
    pub(crate) words: Text,
    pub(crate) text: String,
}

/// The properties that hold Chinese text, in the part `part`; none if there is no such part.
pub(crate) fn read(package: &mut Package<'_>, part: &str) -> Result<Vec<Property>, PartError> {
    let Some(text) = package.text(part)? else { return Ok(Vec::new()) };
    let mut xml = Xml::in_part(&text, part);
    let mut found = Vec::new();
    while let Some(node) = xml.node()? {
        let crate::xml::Node::Open(tag) = node else { continue };
        let words = match tag.local() {
            "title" | "Title" => Text::new("文档属性：标题", "document property: title"),
            "subject" | "Subject" => Text::new("文档属性：主题", "document property: subject"),
            "keywords" | "keyword" | "Keyword" => {
                Text::new("文档属性：关键词", "document property: keywords")
            }
            "description" | "Abstract" => Text::new("文档属性：备注", "document property: description"),
            _ => continue,
        };
        let text = xml.element(&tag)?.text().replace(['\n', '\r', '\t'], " ");
        if text.chars().any(fold::is_han) {
            found.push(Property { words, text });
        }
    }
    Ok(found)
}
