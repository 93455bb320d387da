//! A finding that stands by itself: everything that a front end shows, without the document.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use zhengming_formats::Format;
use zhengming_text::diagnostic::{self, Applicability, ConceptRef, Diagnostic, Help, Severity};
use zhengming_text::document;
use zhengming_text::message::Text;
use zhengming_text::place::Cell;
use zhengming_text::places::{PlacedSpan, Places, StoredLen, clamp, related_path};
use zhengming_text::point::Point;
use zhengming_text::span::Span;

/// What is wrong at one place of a document, in both languages and in every unit that a front end counts in.
///
/// It holds all that there is to show, so it can be kept, sent and put into a table without the document. In its
/// serialised form the names are those of the JSON report (`docs/cli.md`), but for the place, which is `start` and
/// `end` beside the other fields, and for texts, which are `{"zh": …, "en": …}`.
///
/// ```
/// use zhengming::{Document, Finding, Linter, Severity};
///
/// let linter = Linter::builder().build()?;
/// let found: Vec<Finding> = linter.lint(&Document::markdown("# 题\r\n\r\n😀通过浙政盯发送。"));
/// let one = &found[0];
/// assert_eq!((&*one.rule, one.severity, &*one.text), ("nonstandard-variant", Severity::Warning, "浙政盯"));
/// assert_eq!((one.start.line, one.start.column, one.start.utf16), (3, 4, 5));
/// assert_eq!(one.label.zh, "应为“浙政钉”");
/// # Ok::<(), zhengming::DictionaryError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Finding {
    /// The document, as it was called when it was read.
    pub path: String,
    /// The rule's id, e.g. `nonstandard-variant`.
    pub rule: Cow<'static, str>,
    /// The rule's family, e.g. `variant`.
    pub family: Cow<'static, str>,
    /// How much it matters, after configuration.
    pub severity: Severity,
    /// What is wrong, quoting the text.
    pub message: Text,
    /// What is expected at that place, in a few words.
    pub label: Text,
    /// Why, with dictionary, clause and edition, and the ways out.
    pub help: Help,
    /// What stands there: the raw characters, line breaks included.
    pub text: String,
    /// Where it starts.
    #[serde(with = "NamedPoint")]
    pub start: Point,
    /// Where it ends: the first character that no longer belongs to it.
    #[serde(with = "NamedPoint")]
    pub end: Point,
    /// The concept that is meant, if the finding is about one.
    pub concept: Option<ConceptRef>,
    /// Ways to mend it. At most one is [`Applicability::Safe`].
    pub fixes: Vec<Fix>,
    /// Other places that belong to the finding.
    pub related: Vec<Related>,
    /// How sure the rule is, of 100, where it weighs evidence.
    pub sureness: Option<u8>,
    /// Where a person finds it in a document that is no text file.
    pub location: Option<Location>,
    /// A name for the finding that does not depend on where in the document it stands; a baseline stores it.
    pub fingerprint: String,
}

/// One way to mend a finding.
///
/// ```
/// use zhengming::{Applicability, Document, Linter};
///
/// let linter = Linter::builder().build()?;
/// let fix = &linter.lint(&Document::markdown("会议通知统一通过浙政盯发送。"))[0].fixes[0];
/// assert_eq!((&*fix.title.zh, fix.applicability), ("改为“浙政钉”", Applicability::Safe));
/// assert_eq!((fix.edits[0].start.char, &*fix.edits[0].text), (8, "浙政钉"));
/// # Ok::<(), zhengming::DictionaryError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Fix {
    /// What it does, e.g. `改为“浙政钉”`.
    pub title: Text,
    /// Whether it may be applied without asking.
    pub applicability: Applicability,
    /// The edits, in order, not overlapping. Empty if the text cannot be edited in place.
    pub edits: Vec<Edit>,
}

/// Replacement of a piece of the document by `text`.
///
/// ```
/// use zhengming::{Document, Linter};
///
/// let linter = Linter::builder().build()?;
/// let document = Document::markdown("会议通知统一通过浙政盯发送。");
/// let edit = &linter.lint(&document)[0].fixes[0].edits[0];
/// assert_eq!(&document.text()[edit.start.byte..edit.end.byte], "浙政盯");
/// # Ok::<(), zhengming::DictionaryError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Edit {
    /// Where the piece starts.
    #[serde(with = "NamedPoint")]
    pub start: Point,
    /// Where it ends.
    #[serde(with = "NamedPoint")]
    pub end: Point,
    /// What to put there.
    pub text: String,
}

/// Another place that belongs to a finding.
///
/// ```
/// use zhengming::{Document, Linter};
///
/// let linter = Linter::builder().build()?;
/// let found = linter.lint(&Document::plain_text("通过浙政盯发送，浙政盯办文。"));
/// assert_eq!((found.len(), found[0].related[0].start.column), (1, 9));
/// # Ok::<(), zhengming::DictionaryError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Related {
    /// The document in which it is; that of the finding, or another one of the folder.
    pub path: String,
    /// Where it starts.
    #[serde(with = "NamedPoint")]
    pub start: Point,
    /// Where it ends.
    #[serde(with = "NamedPoint")]
    pub end: Point,
    /// What stands there.
    pub message: Text,
}

/// The place of a finding in a document where line and column mean nothing to a reader. All numbers count from 1.
///
/// ```
/// use zhengming::{Document, Linter};
///
/// let linter = Linter::builder().build()?;
/// let table = Document::read("表.csv", "名称,用途\n会议,通过浙政盯发送\n".as_bytes())?;
/// let location = linter.lint(&table)[0].location.clone().expect("a cell");
/// assert_eq!(location.table.unwrap().row, 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Location {
    /// The part of the container, e.g. `word/document.xml`, or the name of a sheet.
    pub part: Option<String>,
    /// The paragraph within the part.
    pub paragraph: Option<u32>,
    /// The cell, if it stands in a table.
    pub table: Option<Cell>,
    /// The page.
    pub page: Option<u32>,
    /// The place in words that a person can follow, e.g. `第三章 一、（二） 第2段`.
    pub words: Text,
}

/// [`Point`] with the names of its fields; by itself it is written as a row of numbers.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Point")]
pub struct NamedPoint {
    byte: usize,
    char: usize,
    line: usize,
    column: usize,
    utf16: usize,
}

impl Finding {
    /// Whether a fix may be applied without asking, and which.
    ///
    /// ```
    /// use zhengming::{Document, Linter};
    ///
    /// let linter = Linter::builder().build()?;
    /// let found = linter.lint(&Document::markdown("会议通知统一通过浙政盯发送。"));
    /// assert_eq!(found[0].safe_fix().unwrap().title.en, "replace with `浙政钉`");
    /// # Ok::<(), zhengming::DictionaryError>(())
    /// ```
    pub fn safe_fix(&self) -> Option<&Fix> {
        self.fixes.iter().find(|fix| fix.applicability == Applicability::Safe)
    }
}

/// The findings of `document`, which is called `path`. Their `byte` counts the text of the document, or, where
/// `stored_len` is given, the file as it is stored.
pub fn findings<'a>(
    document: &'a document::Document,
    path: &'a str,
    diagnostics: &'a [Diagnostic],
    bytes: Bytes<'_>,
) -> impl Iterator<Item = Finding> + use<'a> {
    let places = match bytes {
        Bytes::OfText => Places::decoded(document, diagnostics),
        Bytes::AsStored(stored_len) => Places::stored(document, diagnostics, stored_len),
    };
    let editable = Format::from_name(document.format()).is_none_or(Format::is_text);
    let maker = FindingMaker { document, path, places, editable };
    diagnostics.iter().map(move |diagnostic| maker.finding(diagnostic))
}

/// What the `byte` of a place counts.
#[derive(Clone, Copy)]
pub enum Bytes<'a> {
    /// The text of the document.
    OfText,
    /// The file as it is stored, byte order mark included; how long a piece of text is there, if not as in UTF-8.
    AsStored(Option<StoredLen<'a>>),
}

/// What the findings of one document share.
struct FindingMaker<'a> {
    document: &'a document::Document,
    path: &'a str,
    places: Places<'a>,
    /// Whether edits of the text are edits of the file: bytes of what was extracted from a container are none.
    editable: bool,
}

impl FindingMaker<'_> {
    fn finding(&self, diagnostic: &Diagnostic) -> Finding {
        let PlacedSpan { start, end } = self.places.span(diagnostic.span);
        let source = self.document.source();
        Finding {
            path: self.path.to_owned(),
            rule: Cow::Borrowed(diagnostic.rule),
            family: Cow::Borrowed(diagnostic.family),
            severity: diagnostic.severity,
            message: diagnostic.message.clone(),
            label: diagnostic.label.clone(),
            help: diagnostic.help.clone(),
            text: source[clamp(source, diagnostic.span).range()].to_owned(),
            start,
            end,
            concept: diagnostic.concept.clone(),
            fixes: diagnostic.fixes.iter().map(|fix| self.fix(fix)).collect(),
            related: diagnostic.related.iter().map(|related| self.related(related)).collect(),
            sureness: diagnostic.sureness,
            location: self.location(diagnostic.block),
            fingerprint: diagnostic.fingerprint(),
        }
    }

    fn fix(&self, fix: &diagnostic::Fix) -> Fix {
        let mut edits = Vec::with_capacity(fix.edits.len());
        for edit in fix.edits.iter().filter(|_| self.editable) {
            let PlacedSpan { start, end } = self.places.span(edit.span);
            edits.push(Edit { start, end, text: edit.text.clone() });
        }
        Fix { title: fix.title.clone(), applicability: fix.applicability, edits }
    }

    fn related(&self, related: &diagnostic::Related) -> Related {
        let PlacedSpan { start, end } = self.places.related(related);
        let path = related_path(related, self.path).to_owned();
        Related { path, start, end, message: related.message.clone() }
    }

    fn location(&self, block: usize) -> Option<Location> {
        if block >= self.document.blocks().len() {
            return None;
        }
        let place = self.document.block(block).place()?;
        Some(Location {
            part: place.part.clone(),
            paragraph: place.paragraph,
            table: place.cell,
            page: place.page,
            words: place.words.clone(),
        })
    }
}

/// Applies fixes of findings that [`Linter::lint`](crate::Linter::lint) gave to the text that they were found in,
/// first come first served: a fix that touches what an earlier one changes is left out. Gives the new text and the
/// number applied.
///
/// ```
/// use zhengming::{Document, Finding, Linter, apply_fixes};
///
/// let linter = Linter::builder().build()?;
/// let document = Document::markdown("会议通知统一通过浙政盯发送。");
/// let found = linter.lint(&document);
/// let (mended, applied) = apply_fixes(document.text(), found.iter().filter_map(Finding::safe_fix));
/// assert_eq!((&*mended, applied), ("会议通知统一通过浙政钉发送。", 1));
/// assert!(linter.lint(&Document::markdown(mended)).is_empty());
/// # Ok::<(), zhengming::DictionaryError>(())
/// ```
pub fn apply_fixes<'f>(text: &str, fixes: impl IntoIterator<Item = &'f Fix>) -> (String, usize) {
    let fixes: Vec<diagnostic::Fix> = fixes.into_iter().map(|fix| as_written(text, fix)).collect();
    diagnostic::apply_fixes(text, &fixes)
}

/// The fix as rules write it. Places that are not in `text` are moved to the nearest that is.
fn as_written(text: &str, fix: &Fix) -> diagnostic::Fix {
    let mut edits = Vec::with_capacity(fix.edits.len());
    for edit in &fix.edits {
        let span = clamp(text, Span { start: edit.start.byte, end: edit.end.byte });
        edits.push(diagnostic::Edit { span, text: edit.text.clone() });
    }
    diagnostic::Fix { title: fix.title.clone(), applicability: fix.applicability, edits }
}

#[cfg(test)]
mod tests {
    use crate::{Document, Finding, Linter};

    #[test]
    fn what_is_written_is_read_back() {
        let linter = Linter::builder().build().unwrap();
        let found = linter.lint(&Document::markdown("😀会议通知统一通过浙政盯发送，\n浙政盯办文。"));
        assert!(!found[0].related.is_empty());
        let written = serde_json::to_string(&found).unwrap();
        assert!(
            written.contains(r#""start":{"byte":28,"char":9,"line":1,"column":10,"utf16":11}"#),
            "{written}"
        );
        assert_eq!(serde_json::from_str::<Vec<Finding>>(&written).unwrap(), found);
    }

    #[test]
    fn a_finding_in_a_table_says_where() {
        let linter = Linter::builder().build().unwrap();
        let document = Document::read("表.csv", "名称,用途\n会议,通过浙政盯发送\n".as_bytes()).unwrap();
        let found = linter.lint(&document);
        assert_eq!(found[0].path, "表.csv");
        assert_eq!(found[0].location.as_ref().unwrap().table.unwrap().row, 2);
    }
}
