//! What is wrong with a package or a part of it, with its place.

use zhengming_text::message::Text;

use crate::ReadError;

/// A place in a package, as exactly as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartPlace {
    /// The part, e.g. `word/document.xml`; nothing for the package as a whole, or for a text that is no package.
    pub part: Option<String>,
    /// The line in the part, from 1; 0 if unknown.
    pub line: usize,
}

impl PartPlace {
    /// The part called `part`, no line of it in particular.
    pub fn part(part: &str) -> Self {
        Self { part: Some(part.to_owned()), line: 0 }
    }
}

/// Why a package or a part of it cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartError {
    /// Where.
    pub place: PartPlace,
    /// Whether it is more than can be read safely, rather than damaged.
    pub limit: bool,
    /// What is wrong.
    pub message: Text,
}

impl PartError {
    /// Something damaged, truncated, or not as the format prescribes.
    pub fn malformed(place: PartPlace, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { place, limit: false, message: Text::new(zh, en) }
    }

    /// More than can be read safely.
    pub fn limit(place: PartPlace, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { place, limit: true, message: Text::new(zh, en) }
    }

    /// The message with its place.
    pub fn text(&self) -> Text {
        let Text { zh, en } = &self.message;
        match (&self.place.part, self.place.line) {
            (None, 0) => self.message.clone(),
            (None, line) => Text::new(format!("第 {line} 行：{zh}"), format!("line {line}: {en}")),
            (Some(part), 0) => Text::new(format!("{part}：{zh}"), format!("{part}: {en}")),
            (Some(part), line) => {
                Text::new(format!("{part} 第 {line} 行：{zh}"), format!("{part} line {line}: {en}"))
            }
        }
    }
}

impl From<PartError> for ReadError {
    fn from(error: PartError) -> Self {
        Self::Unreadable(error.text())
    }
}
