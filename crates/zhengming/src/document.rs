//! The document as embedders see it.

use zhengming_formats::{Format, ReadError};

/// A document to check.
///
/// ```
/// use zhengming::Document;
///
/// // The format is recognised by content first, by the ending of the name second.
/// let document = Document::read("通知.txt", "各县（市、区）：\n  统一使用浙政钉。\n".as_bytes())?;
/// assert_eq!(document.inner().format(), "text");
/// # Ok::<(), zhengming::ReadError>(())
/// ```
#[derive(Debug)]
pub struct Document(zhengming_text::document::Document);

impl Document {
    /// Reads a file's bytes. The format is recognised by content first, by the ending of `name` second.
    ///
    /// # Errors
    /// If the bytes are no text, or in no encoding that is known.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, ReadError> {
        zhengming_formats::read(name, bytes).map(Self)
    }

    /// A Markdown text at hand.
    pub fn markdown(text: impl Into<String>) -> Self {
        Self(zhengming_formats::read_str("", text.into(), Format::Markdown))
    }

    /// A plain text at hand.
    pub fn plain_text(text: impl Into<String>) -> Self {
        Self(zhengming_formats::read_str("", text.into(), Format::PlainText))
    }

    /// The document as the core and the reports see it: source, blocks, lines, encoding.
    ///
    /// ```
    /// use zhengming::Document;
    ///
    /// let document = Document::markdown("# 题\n\n依托公共\n数据平台归集数据。");
    /// let texts: Vec<&str> = document.inner().blocks().map(|block| block.text()).collect();
    /// assert_eq!(texts, ["题", "依托公共\n数据平台归集数据。"]);
    /// ```
    pub fn inner(&self) -> &zhengming_text::document::Document {
        &self.0
    }
}

impl From<zhengming_text::document::Document> for Document {
    fn from(document: zhengming_text::document::Document) -> Self {
        Self(document)
    }
}
