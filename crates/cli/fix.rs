//! Applying fixes, and writing files so that nothing is lost or half-written.

use std::fs;
use std::path::Path;

use crate::failure;
use crate::output;
use zhengming::{Applicability, Document, Format, Linter, Text};
use zhengming_formats::encoding;
use zhengming_lint::linter::Findings;
use zhengming_text::diagnostic::{Diagnostic, Fix, apply_fixes};

/// Runs after which a text that still changes is left alone.
const MOST_RUNS: usize = 8;

/// A text after its fixes.
#[derive(Debug)]
pub(crate) struct Fixed {
    pub(crate) text: String,
    pub(crate) document: Document,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// How many findings are left that comments suppress.
    pub(crate) suppressed: usize,
    pub(crate) applied: usize,
}

/// Applies fixes until none is left, so that a second run of the program changes nothing. Nothing comes
/// back if there is none to apply.
pub(crate) fn fix(
    linter: &Linter,
    document: &Document,
    diagnostics: &[Diagnostic],
    suggestions: bool,
) -> Option<Fixed> {
    fix_in(MOST_RUNS, linter, document, diagnostics, suggestions)
}

/// Applies the fixes of these findings and of no others: not of what is found afterwards either.
pub(crate) fn fix_once(
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
pub(crate) fn bytes(original: &[u8], document: &Document, text: &str) -> Result<Vec<u8>, Text> {
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

/// Writes `text` in the encoding that the file had, through a temporary file beside it.
pub(crate) fn write(path: &Path, original: &[u8], document: &Document, text: &str) -> Result<(), Text> {
    let mended = bytes(original, document, text)?;
    if fs::read(path).ok().as_deref() != Some(original) {
        return Err(Text::new(
            "读取之后又被别的程序改动，没有修改",
            "left as it is: another program changed it since it was read",
        ));
    }
    output::replace(path, &mended).map_err(|error| failure::io("无法写入", "cannot be written", &error))
}
