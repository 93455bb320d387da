//! The document as embedders see it.

use zhengming_formats::{Format, ReadError};
use zhengming_text::date::Date;
use zhengming_text::diagnostic::Diagnostic;
use zhengming_text::message::Text;

use crate::finding::{Bytes, Finding, findings};

/// A document to check.
///
/// ```
/// use zhengming::{Document, Format};
///
/// // The format is recognised by content first, by the ending of the name second.
/// let document = Document::read("通知.txt", "各县（市、区）：\n  统一使用浙政钉。\n".as_bytes())?;
/// assert_eq!(document.format(), Format::PlainText);
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

    /// What it was called when it was read; empty for a text at hand.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// The format that it was read as.
    ///
    /// ```
    /// use zhengming::{Document, Format};
    ///
    /// let page = Document::read("index", b"<!doctype html><p>\xe6\xb5\x99\xe6\x94\xbf\xe9\x92\x89</p>")?;
    /// assert_eq!(page.format(), Format::Html);
    /// # Ok::<(), zhengming::ReadError>(())
    /// ```
    pub fn format(&self) -> Format {
        Format::from_name(self.0.format()).expect("documents come from the readers of these formats")
    }

    /// The text in which places count: that of a text file, decoded; of an office file, what the reader took out of
    /// it, one line for each paragraph or row.
    ///
    /// ```
    /// use zhengming::Document;
    ///
    /// let utf16 = [0xFF, 0xFE, 0x32, 0x75]; // 甲 after a byte order mark
    /// assert_eq!(Document::read("a.txt", &utf16)?.text(), "甲");
    /// # Ok::<(), zhengming::ReadError>(())
    /// ```
    pub fn text(&self) -> &str {
        self.0.source()
    }

    /// The title that the document gives itself, from front matter or its first heading.
    ///
    /// ```
    /// use zhengming::Document;
    ///
    /// assert_eq!(Document::markdown("# 工作方案\n\n一、总体要求").title(), Some("工作方案"));
    /// ```
    pub fn title(&self) -> Option<&str> {
        self.0.metadata().title.as_deref()
    }

    /// The day of the document, by which editions and names of terms are judged.
    ///
    /// ```
    /// use zhengming::Document;
    ///
    /// let document = Document::markdown("---\ndate: 2021-07-05\n---\n\n# 工作方案\n");
    /// assert_eq!(document.date().unwrap().to_string(), "2021-07-05");
    /// ```
    pub fn date(&self) -> Option<Date> {
        self.0.date()
    }

    /// What the reader left out or repaired, in both languages.
    ///
    /// ```
    /// use zhengming::Document;
    ///
    /// assert_eq!(Document::markdown("浙政钉").notes().count(), 0);
    /// ```
    pub fn notes(&self) -> impl Iterator<Item = &Text> {
        self.0.notes().iter().map(|note| &note.message)
    }

    /// The document as rules and reports see it: source, blocks, lines, encoding.
    #[doc(hidden)]
    pub fn inner(&self) -> &zhengming_text::document::Document {
        &self.0
    }
}

impl Document {
    /// Findings in it as front ends show them.
    pub(crate) fn findings(&self, diagnostics: &[Diagnostic]) -> Vec<Finding> {
        findings(&self.0, self.0.name(), diagnostics, Bytes::OfText).collect()
    }
}

impl From<zhengming_text::document::Document> for Document {
    fn from(document: zhengming_text::document::Document) -> Self {
        Self(document)
    }
}
