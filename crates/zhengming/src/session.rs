//! A document that is being edited: what is found in it, after every edit.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use zhengming_formats::Format;
use zhengming_reading::facts::{FactStore, Facts};
use zhengming_terms::matcher::Found;
use zhengming_text::diagnostic::{Diagnostic, Fix};
use zhengming_text::document::BlockRef;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::span::Span;

use crate::finding::Finding;
use crate::{Document, Linter};

/// A text under the author's hands, and what is found in it.
///
/// After every edit the findings equal those of a full [`Linter::lint`] of the new text, so nothing that is
/// true of a whole document (definitions, short forms, mixed editions) is lost by working in steps.
///
/// ```
/// use std::sync::Arc;
/// use zhengming::{Format, Linter, Session};
///
/// let linter = Arc::new(Linter::builder().build()?);
/// let mut session = Session::new(linter, "a.md", "会议通知用浙政钉发送。", Format::Markdown);
/// assert!(session.findings().is_empty());
///
/// // The author types 盯 over 钉.
/// let changes = session.edit(21..24, "盯");
/// assert_eq!(changes.added[0].label.zh, "应为“浙政钉”");
/// assert!(changes.removed.is_empty());
/// # Ok::<(), zhengming::DictionaryError>(())
/// ```
#[derive(Debug)]
pub struct Session {
    linter: Arc<Linter>,
    name: String,
    format: Format,
    checked: Arc<Checked>,
    /// What each block of the present text holds, so that only changed ones need to be searched.
    found: Vec<Found>,
}

/// One state of a document with everything that was found in it. It can be kept and read on another thread
/// while the session goes on.
#[derive(Debug)]
pub struct Checked {
    linter: Arc<Linter>,
    document: Document,
    diagnostics: Vec<Diagnostic>,
    facts: Arc<FactStore>,
}

/// What an edit changed in the findings.
///
/// ```
/// use std::sync::Arc;
/// use zhengming::{Format, Linter, Session};
///
/// let linter = Arc::new(Linter::builder().build()?);
/// let mut session = Session::new(linter, "a.md", "会议通知用浙政盯发送。", Format::Markdown);
/// let changes = session.replace("会议通知用浙政钉发送。");
/// assert_eq!((changes.added.len(), changes.removed[0].text.as_str()), (0, "浙政盯"));
/// # Ok::<(), zhengming::DictionaryError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Findings that were not there before; their places count in the new text.
    pub added: Vec<Finding>,
    /// Findings that are gone, or that the edit touched; their places count in the old text.
    pub removed: Vec<Finding>,
}

impl Changes {
    /// Whether every finding is still there, and none came.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }
}

impl Session {
    /// Opens `text`. `name` is what reports call the document; it decides nothing here.
    ///
    /// A format that [is no text](Format::is_text) is read as plain text.
    pub fn new(
        linter: Arc<Linter>,
        name: impl Into<String>,
        text: impl Into<String>,
        format: Format,
    ) -> Self {
        let name = name.into();
        let (checked, found) =
            Checked::new(Arc::clone(&linter), &name, text.into(), format, &Known::default());
        Self { linter, name, format, checked: Arc::new(checked), found }
    }

    /// The text as it stands.
    pub fn text(&self) -> &str {
        self.checked.document.inner().source()
    }

    /// What is found in the text as it stands, in the order of the text.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use zhengming::{Format, Linter, Session};
    ///
    /// let linter = Arc::new(Linter::builder().build()?);
    /// let session = Session::new(linter, "a.txt", "会议通知用浙政盯发送。", Format::PlainText);
    /// assert_eq!(session.findings()[0].text, "浙政盯");
    /// # Ok::<(), zhengming::DictionaryError>(())
    /// ```
    pub fn findings(&self) -> Vec<Finding> {
        self.checked.findings()
    }

    /// The same as rules report it.
    #[doc(hidden)]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.checked.diagnostics
    }

    /// The format that the text is read as.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The present state, to be kept.
    #[doc(hidden)]
    pub fn checked(&self) -> Arc<Checked> {
        Arc::clone(&self.checked)
    }

    /// Replaces `bytes` of the text by `replacement` and says what that changes. An end of `bytes` that is
    /// past the text or inside a character is moved back to the nearest boundary.
    pub fn edit(&mut self, bytes: Range<usize>, replacement: &str) -> Changes {
        let text = self.text();
        let start = floor_boundary(text, bytes.start);
        let end = floor_boundary(text, bytes.end).max(start);
        let mut new = String::with_capacity(text.len() - (end - start) + replacement.len());
        new.push_str(&text[..start]);
        new.push_str(replacement);
        new.push_str(&text[end..]);
        self.replace(new)
    }

    /// Replaces the whole text and says what that changes. What is the same at its beginning and end counts
    /// as untouched, so several edits may be made at once.
    pub fn replace(&mut self, text: impl Into<String>) -> Changes {
        let text = text.into();
        if text == self.text() {
            return Changes::default();
        }
        let step = Step::between(self.text(), &text);
        self.read(text, step, false)
    }

    /// Goes on with another linter: the configuration or a dictionary changed.
    pub fn set_linter(&mut self, linter: Arc<Linter>) -> Changes {
        self.linter = linter;
        self.read(self.text().to_owned(), Step::default(), true)
    }

    /// Takes `text` as the new state, which `step` leads to. What is known of the old one holds unless the terms
    /// are others.
    fn read(&mut self, text: String, step: Step, other_terms: bool) -> Changes {
        let known = if other_terms {
            Known::default()
        } else {
            Known { texts: blocks(&self.checked.document), found: &self.found }
        };
        let (checked, found) = Checked::new(Arc::clone(&self.linter), &self.name, text, self.format, &known);
        let before = std::mem::replace(&mut self.checked, Arc::new(checked));
        self.found = found;
        changes(&before, &self.checked, step)
    }
}

/// What the blocks of an earlier state hold.
#[derive(Default)]
struct Known<'s> {
    texts: Vec<&'s str>,
    found: &'s [Found],
}

impl Known<'_> {
    /// What block `index` of `count` holds, if it says the same as the one that stood as far from the beginning or
    /// from the end. An edit leaves nearly all blocks in one of the two places, so that no text needs to be kept.
    fn get(&self, index: usize, count: usize, text: &str) -> Option<&Found> {
        let from_end = (index + self.texts.len()).checked_sub(count);
        [Some(index), from_end]
            .into_iter()
            .flatten()
            .find(|&at| self.texts.get(at) == Some(&text))
            .and_then(|at| self.found.get(at))
    }
}

fn blocks(document: &Document) -> Vec<&str> {
    document.inner().blocks().map(BlockRef::text).collect()
}

impl Checked {
    /// Reads and judges `text`; gives also what each of its blocks holds.
    fn new(
        linter: Arc<Linter>,
        name: &str,
        text: String,
        format: Format,
        known: &Known<'_>,
    ) -> (Self, Vec<Found>) {
        let document = Document::from(zhengming_formats::read_str(name, text, format));
        let knowledge = linter.inner().knowledge();
        let count = document.inner().blocks().count();
        let mut found = Vec::with_capacity(count);
        let mut finder = knowledge.finder();
        let facts = Facts::read_with(document.inner(), knowledge, |text| {
            let one = known.get(found.len(), count, text).cloned().unwrap_or_else(|| finder.find(text));
            found.push(one.clone());
            one
        });
        let diagnostics = linter.inner().judge(&facts).diagnostics;
        let facts = Arc::clone(facts.store());
        (Self { linter, document, diagnostics, facts }, found)
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What was found in it, in the order of the text.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The same as front ends show it.
    pub fn findings(&self) -> Vec<Finding> {
        self.document.findings(&self.diagnostics)
    }

    /// One of them, or another one in the same text, as front ends show it.
    pub fn finding(&self, diagnostic: &Diagnostic) -> Finding {
        self.document.findings(std::slice::from_ref(diagnostic)).swap_remove(0)
    }

    /// The linter that found it.
    pub fn linter(&self) -> &Arc<Linter> {
        &self.linter
    }

    /// What the document says: its mentions of terms, definitions, citations.
    pub fn facts(&self) -> Facts<'_> {
        Facts::resume(self.document.inner(), self.linter.inner().knowledge(), &self.facts)
    }
}

/// What one edit did: bytes `start..old_end` became `start..new_end`.
#[derive(Debug, Clone, Copy, Default)]
struct Step {
    start: usize,
    old_end: usize,
    new_end: usize,
}

impl Step {
    /// The smallest step from `old` to `new`.
    fn between(old: &str, new: &str) -> Self {
        let shorter = old.len().min(new.len());
        let start = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
        let same = old.bytes().rev().zip(new.bytes().rev()).take(shorter - start);
        let end = same.take_while(|(a, b)| a == b).count();
        Self { start, old_end: old.len() - end, new_end: new.len() - end }
    }

    /// Where `span` of the old text stands in the new one; nothing if the step touched it.
    fn moved(self, span: Span) -> Option<Span> {
        if span.end <= self.start {
            return Some(span);
        }
        let shift = |at: usize| at - self.old_end + self.new_end;
        (span.start >= self.old_end).then(|| Span::new(shift(span.start), shift(span.end)))
    }

    /// Whether `new` is what `old` became, but for the number of its block, which says nothing to an author.
    fn carries(self, old: &Diagnostic, new: &Diagnostic) -> bool {
        // Taken apart by name, so that a new field is not forgotten.
        let Diagnostic {
            rule,
            family,
            severity,
            message,
            label,
            help,
            span,
            block: _,
            sentence,
            concept,
            fixes,
            related,
            key,
            sureness,
        } = old;
        let moves = |old: Span, new: Span| self.moved(old) == Some(new);
        let same_edits = |old: &Fix, new: &Fix| {
            let edits = || old.edits.iter().zip(&new.edits);
            old.edits.len() == new.edits.len()
                && edits().all(|(a, b)| moves(a.span, b.span) && a.text == b.text)
        };
        let same_fix = |old: &Fix, new: &Fix| {
            old.title == new.title && old.applicability == new.applicability && same_edits(old, new)
        };
        moves(*span, new.span)
            && (rule, family, severity, message) == (&new.rule, &new.family, &new.severity, &new.message)
            && (label, help, sentence, concept, key)
                == (&new.label, &new.help, &new.sentence, &new.concept, &new.key)
            && *sureness == new.sureness
            && fixes.len() == new.fixes.len()
            && fixes.iter().zip(&new.fixes).all(|(a, b)| same_fix(a, b))
            && related.len() == new.related.len()
            && related.iter().zip(&new.related).all(|(a, b)| moves(a.span, b.span) && a.message == b.message)
    }
}

fn changes(before: &Checked, after: &Checked, step: Step) -> Changes {
    let mut known: HashMap<(Span, &str), Vec<&Diagnostic>> = HashMap::new();
    let mut removed: Vec<&Diagnostic> = Vec::new();
    for old in &before.diagnostics {
        match step.moved(old.span) {
            Some(span) => known.entry((span, old.rule)).or_default().push(old),
            None => removed.push(old),
        }
    }
    let mut added = Vec::new();
    for new in &after.diagnostics {
        let candidates = known.get_mut(&(new.span, new.rule));
        let found = candidates.and_then(|list| {
            let at = list.iter().position(|old| step.carries(old, new))?;
            Some(list.swap_remove(at))
        });
        if found.is_none() {
            added.push(new.clone());
        }
    }
    removed.extend(known.into_values().flatten());
    removed.sort_by(|a, b| (a.span, a.rule).cmp(&(b.span, b.rule)));
    let removed: Vec<Diagnostic> = removed.into_iter().cloned().collect();
    Changes { added: after.document.findings(&added), removed: before.document.findings(&removed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(text: &str) -> Session {
        Session::new(Arc::new(Linter::builder().build().unwrap()), "a.md", text, Format::Markdown)
    }

    #[test]
    fn a_finding_that_only_moves_is_no_change() {
        let mut session = session("# 甲\n\n统一通过浙政盯发送。\n");
        assert_eq!(session.diagnostics().len(), 1);
        assert!(session.edit(5..5, "乙😀").is_empty());
        assert!(session.edit(0..0, "新的一段。\n\n").is_empty());
        assert_eq!(&session.text()[session.diagnostics()[0].span.range()], "浙政盯");
    }

    #[test]
    fn mending_removes_the_finding_and_undoing_brings_it_back() {
        let mut session = session("统一通过浙政盯发送。");
        let at = session.text().find('盯').unwrap();
        let mended = session.edit(at..at + 3, "钉");
        assert_eq!((mended.added.len(), mended.removed.len()), (0, 1));
        let undone = session.edit(at..at + 3, "盯");
        assert_eq!((undone.added.len(), undone.removed.len()), (1, 0));
    }

    #[test]
    fn edits_beyond_the_text_or_inside_a_character_are_moved_to_a_boundary() {
        let mut session = session("甲");
        session.edit(99..200, "乙");
        session.edit(1..2, "丙");
        assert_eq!(session.text(), "丙甲乙");
    }

    #[test]
    fn another_linter_judges_the_same_text() {
        let mut session = session("统一通过浙政盯发送。");
        let none = Linter::builder().builtin(false).build().unwrap();
        assert_eq!(session.set_linter(Arc::new(none)).removed.len(), 1);
        assert!(session.diagnostics().is_empty());
    }
}
