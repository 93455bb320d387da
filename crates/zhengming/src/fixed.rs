//! A text after its fixes, and its bytes.

use zhengming_formats::{Format, encoding};
use zhengming_lint::linter::Findings;
use zhengming_text::diagnostic::{Applicability, Diagnostic, Fix, apply_fixes};
use zhengming_text::message::Text;

use crate::{Document, Linter};

/// Runs after which a text that still changes is left alone.
const MOST_RUNS: usize = 8;

/// A text after its fixes.
#[derive(Debug)]
pub struct Fixed {
    /// The new text.
    pub text: String,
    /// The same as a document.
    pub document: Document,
    /// What is found in it.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings are left that comments suppress.
    pub suppressed: usize,
    /// How many fixes were applied.
    pub applied: usize,
}

/// Applies fixes until none is left, so that a second run of the program changes nothing. Nothing comes
/// back if there is none to apply.
pub fn fix(
    linter: &Linter,
    document: &Document,
    diagnostics: &[Diagnostic],
    suggestions: bool,
) -> Option<Fixed> {
    fix_in(MOST_RUNS, linter, document, diagnostics, suggestions)
}

/// Applies the fixes of these findings and of no others: not of what is found afterwards either.
pub fn fix_once(
    linter: &Linter,
    document: &Document,
    diagnostics: &[Diagnostic],
    suggestions: bool,
) -> Option<Fixed> {
    fix_in(1, linter, document, diagnostics, suggestions)
}

fn fix_in(
    runs: usize,
    linter: &Linter,
    document: &Document,
    diagnostics: &[Diagnostic],
    suggestions: bool,
) -> Option<Fixed> {
    let original = document.inner();
    let format = Format::from_name(original.format()).filter(|format| format.is_text())?;
    let mut fixed: Option<Fixed> = None;
    for _ in 0..runs {
        let (source, found) = match &fixed {
            Some(fixed) => (fixed.text.as_str(), fixed.diagnostics.as_slice()),
            None => (original.source(), diagnostics),
        };
        let chosen = found.iter().filter_map(|diagnostic| choose(diagnostic, suggestions));
        let (text, applied) = apply_fixes(source, chosen);
        if applied == 0 || text == source {
            break;
        }
        let mut read = zhengming_formats::read_str(original.name(), text.clone(), format);
        read.set_encoding(original.encoding().clone());
        let document = read.into();
        let Findings { diagnostics, suppressed, .. } = linter.check(&document);
        let applied = applied + fixed.map_or(0, |fixed| fixed.applied);
        fixed = Some(Fixed { text, document, diagnostics, suppressed: suppressed.len(), applied });
    }
    fixed
}

/// The safe fix of a finding; else its only suggestion, if suggestions are wanted. Comments that suppress
/// findings are left to their author: one that is misspelt would take its text with it.
fn choose(diagnostic: &Diagnostic, suggestions: bool) -> Option<&Fix> {
    if diagnostic.family == "suppression" {
        return None;
    }
    let safe = diagnostic.fixes.iter().find(|fix| fix.applicability == Applicability::Safe);
    safe.or(match diagnostic.fixes.as_slice() {
        [only] if suggestions => Some(only),
        _ => None,
    })
}

/// The bytes of `text` in the encoding that the file had.
///
/// # Errors
/// If the bytes of the file cannot be made again, or the text not be written in its encoding.
pub fn stored_bytes(original: &[u8], document: &Document, text: &str) -> Result<Vec<u8>, Text> {
    let stored = document.inner().encoding();
    if text == document.inner().source() {
        return Ok(original.to_vec());
    }
    // A file that cannot be reproduced byte for byte would change where nobody asked for it.
    let reproduced = encoding::encode(document.inner().source(), stored).ok();
    if reproduced.as_deref() != Some(original) {
        return Err(Text::new(
            format!("{} 编码的内容无法逐字节还原，没有修改", stored.name),
            format!("left as it is: its {} bytes cannot be reproduced exactly", stored.name),
        ));
    }
    encoding::encode(text, stored).map_err(|_| {
        Text::new(
            format!("修改后的文字无法用 {} 编码，没有修改", stored.name),
            format!("left as it is: the new text cannot be written in {}", stored.name),
        )
    })
}
