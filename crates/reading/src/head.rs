//! What the head and the foot of a document say of it: title, issuer, number, day and province.

mod issue;
mod names;
mod place;

use zhengming_text::date::{Date, DateKind};
use zhengming_text::document::Document;

pub use names::{STATE_CODE, begins as province_at_beginning, of_code as province_of_code, other_provinces};
pub use place::titles;

/// The head of a document, as far as it says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The title, its lines joined.
    pub title: Option<String>,
    /// The organ that issued it: of its letterhead, its title or its signature.
    pub issuer: Option<String>,
    /// The number under which it was issued: 浙政办发〔2023〕5号.
    pub number: Option<String>,
    /// Its day, and what happened on that day.
    pub date: Option<(Date, DateKind)>,
    /// The province that it is of.
    pub region: Option<Region>,
}

/// The province of a document, and what tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// The code of its local standards: 33.
    pub code: &'static str,
    /// What tells it.
    pub by: Witness,
}

/// What tells the province of a document, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Witness {
    /// Its title names the province or one of its cities.
    Title,
    /// The number under which it was issued, or that of the local standard that it is.
    Number,
    /// The organ that stands alone on a line of the head or the foot.
    Organ,
    /// It is the only province that a text names which speaks of 我省.
    Text,
}

impl Witness {
    /// The witness as one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Number => "number",
            Self::Organ => "organ",
            Self::Text => "text",
        }
    }

    /// How sure it makes us, as one word: `sure`, `likely`, `guess`.
    pub fn confidence(self) -> &'static str {
        match self {
            Self::Title | Self::Number => "sure",
            Self::Organ => "likely",
            Self::Text => "guess",
        }
    }
}

impl Region {
    /// The name of the province: 浙江.
    pub fn name(self) -> &'static str {
        names::name_of(self.code).unwrap_or_default()
    }
}

impl Head {
    /// The head of `document`, which is itself the standard with one of `own_numbers` if it is one.
    pub fn of(document: &Document, own_numbers: &[String]) -> Self {
        let title = document.metadata().title.clone();
        let issuer = issue::issuer(document, title.as_deref());
        let number = issue::number(document);
        Self { title, issuer, number, date: document.dated(), region: region(document, own_numbers) }
    }
}

/// The province that the document is of: by its title, the number it is published under, or the organ that issued
/// it; if they are silent, by the only province that it speaks of as its own.
pub fn region(document: &Document, own_numbers: &[String]) -> Option<Region> {
    region_of_titles(&titles(document))
        .or_else(|| region_of_issue(document, own_numbers))
        .or_else(|| place::by_ourselves(document).map(|code| Region { code, by: Witness::Text }))
}

/// The province that one of the titles names as its own.
pub fn region_of_titles(titles: &[String]) -> Option<Region> {
    let code = titles.iter().find_map(|title| names::of_title(title))?;
    Some(Region { code, by: Witness::Title })
}

/// The province by number or organ.
pub fn region_of_issue(document: &Document, own_numbers: &[String]) -> Option<Region> {
    let by_number = || {
        // DB32/T 1176—2025 is of Jiangsu; a list of standards is of nobody.
        let codes = own_numbers.iter().filter_map(|number| number.strip_prefix("DB")?.get(..2));
        names::of_code(place::only(codes)?)
    };
    let number = place::by_document_number(document).or_else(by_number);
    let number = number.map(|code| Region { code, by: Witness::Number });
    number.or_else(|| place::by_organ(document).map(|code| Region { code, by: Witness::Organ }))
}

/// Whether a title names the state as its author.
pub fn is_of_the_state(titles: &[String]) -> bool {
    names::is_of_the_state(titles)
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhengming_text::document::{BlockBuilder, BlockKind};
    use zhengming_text::span::Span;

    fn document(lines: &[&str]) -> Document {
        let source = lines.join("\n");
        let mut document = Document::new("t", "text", source);
        let mut at = 0;
        for line in lines {
            let mut block = BlockBuilder::new(BlockKind::Paragraph);
            block.verbatim(line, Span::new(at, at + line.len()));
            document.push(block.finish().unwrap());
            at += line.len() + 1;
        }
        document
    }

    #[test]
    fn issuer_number_and_province_are_read_from_the_head() {
        let mut notice = document(&[
            "江苏省人民政府办公厅文件",
            "苏政办发〔2023〕5号",
            "关于推进数据工作的通知",
            "正文。",
        ]);
        notice.metadata_mut().title = Some("关于推进数据工作的通知".to_owned());
        let head = Head::of(&notice, &[]);
        assert_eq!(head.issuer.as_deref(), Some("江苏省人民政府办公厅"));
        assert_eq!(head.number.as_deref(), Some("苏政办发〔2023〕5号"));
        let region = head.region.unwrap();
        assert_eq!((region.name(), region.by, region.by.confidence()), ("江苏", Witness::Number, "sure"));
    }

    #[test]
    fn what_the_head_does_not_say_is_not_made_up() {
        let head = Head::of(&document(&["工作要点", "按照苏政办发〔2023〕5号文件执行。"]), &[]);
        assert_eq!((head.issuer, head.number, head.region), (None, None, None));
    }
}
