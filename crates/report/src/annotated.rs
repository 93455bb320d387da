//! A Word file back with review comments, and tracked changes if asked.

mod comment;

use zhengming::{Applicability, Document, Lang, Linter, Text};
use zhengming_formats::docx::annotate::{Annotated, Note, annotate, strip};
use zhengming_text::diagnostic::Diagnostic;

use crate::shown;

/// What is written into a Word file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Comments {
    /// Safe fixes as tracked changes as well.
    pub tracked: bool,
    /// All findings that weigh evidence, and not the surest few.
    pub all: bool,
}

/// What becomes of one finding in a Word file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing is said of it.
    Leave,
    /// A comment.
    Comment,
    /// A comment, and the fix of this number as a tracked change.
    Change(usize),
}

/// A Word file with comments.
#[derive(Debug)]
pub struct Commented {
    /// The file, and how many comments it has.
    pub annotated: Annotated,
    /// Findings without a comment.
    pub hidden: usize,
    /// What of the document was not read.
    pub missed: Vec<Text>,
}

/// The Word file `bytes` with what `linter` finds in it as comments.
///
/// # Errors
/// If it is no Word file that can be read and written.
pub fn annotated(
    linter: &Linter,
    name: &str,
    bytes: &[u8],
    comments: Comments,
    lang: Lang,
) -> Result<Commented, Text> {
    annotated_as(linter, name, bytes, lang, |found| {
        let (told, _) = shown(found, comments.all);
        let is_told = |one: &Diagnostic| told.iter().any(|told| std::ptr::eq(*told, one));
        found
            .iter()
            .map(|one| if is_told(one) { verdict(one, comments.tracked) } else { Verdict::Leave })
            .collect()
    })
}

/// The same with a verdict for each finding, in their order; one without a verdict gets a comment.
///
/// # Errors
/// If it is no Word file that can be read and written.
pub fn annotated_as(
    linter: &Linter,
    name: &str,
    bytes: &[u8],
    lang: Lang,
    judge: impl FnOnce(&[Diagnostic]) -> Vec<Verdict>,
) -> Result<Commented, Text> {
    if Document::read(name, bytes).map_err(|error| error.text())?.inner().format() != "docx" {
        return Err(Text::new("只能批注 .docx 文件", "only .docx files can be annotated"));
    }
    // What an earlier run wrote goes first, so that nothing stacks up.
    let clean = strip(bytes).map_err(|error| error.text())?;
    let document = Document::read(name, &clean).map_err(|error| error.text())?;
    let missed = document.inner().notes().iter().filter(|note| note.missed);
    let missed = missed.map(|note| note.message.clone()).collect();
    let found = linter.check(&document).diagnostics;
    let verdicts = judge(&found).into_iter().chain(std::iter::repeat(Verdict::Comment));
    let notes: Vec<Note> =
        found.iter().zip(verdicts).filter_map(|(one, verdict)| note(one, verdict, &document, lang)).collect();
    let annotated = annotate(&clean, &notes).map_err(|error| error.text())?;
    Ok(Commented { annotated, hidden: found.len() - notes.len(), missed })
}

fn verdict(found: &Diagnostic, tracked: bool) -> Verdict {
    let safe = found.fixes.iter().position(|fix| fix.applicability == Applicability::Safe);
    safe.filter(|_| tracked).map_or(Verdict::Comment, Verdict::Change)
}

fn note(found: &Diagnostic, verdict: Verdict, document: &Document, lang: Lang) -> Option<Note> {
    let edits = match verdict {
        Verdict::Leave => return None,
        Verdict::Comment => Vec::new(),
        Verdict::Change(fix) => found.fixes.get(fix).map(|fix| fix.edits.clone()).unwrap_or_default(),
    };
    Some(Note { span: found.span, text: comment::text(found, document, lang), edits })
}
