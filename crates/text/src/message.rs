//! Messages in the two languages that every text of the program exists in.

mod reasons;

use serde::{Deserialize, Serialize};

pub use reasons::{io_reason_zh, io_refusal, reason_zh};

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese, the default.
    #[default]
    Zh,
    /// English.
    En,
}

/// `text` in quotation marks, those inside it made single ones (GB/T 15834—2011).
pub fn quoted(text: &str) -> String {
    format!("“{}”", text.replace('“', "‘").replace('”', "’"))
}

/// A name at the beginning of a Chinese sentence: a space parts its letters or digits from the character that follows.
pub fn ahead(name: &str) -> String {
    let is_latin = name.ends_with(|c: char| c.is_ascii_alphanumeric());
    format!("{name}{}", if is_latin { " " } else { "" })
}

/// A name within a Chinese sentence, parted on either side.
pub fn amid(name: &str) -> String {
    let is_latin = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    format!("{}{}", if is_latin { " " } else { "" }, ahead(name))
}

/// One message in both languages. Which of them is shown is the report's choice, not the rule's.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Text {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Text {
    /// The message `zh`, in English `en`.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The message in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}
