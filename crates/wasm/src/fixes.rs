//! What a reader decided about findings, and the text or Word file that comes of it.

use std::collections::HashMap;

use zhengming::internal::{fix, stored_bytes};
use zhengming::{Document, Linter, Text};
use zhengming_text::diagnostic::{Diagnostic, Fix, apply_fixes};

use crate::checked::Keys;

/// By the key of a finding: the number of the fix to apply, or one of the words below.
#[derive(Debug, Default)]
pub(crate) struct Decisions(HashMap<String, serde_json::Value>);

/// A text with its fixes, as it is stored.
#[derive(Debug)]
pub(crate) struct Mended {
    pub(crate) bytes: Vec<u8>,
    pub(crate) applied: usize,
}

impl Decisions {
    pub(crate) fn from_json(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().map(Self)
    }

    /// The fix that was chosen for each finding.
    pub(crate) fn chosen<'f>(&self, found: &'f [Diagnostic]) -> Vec<&'f Fix> {
        let mut keys = Keys::default();
        let mut chosen = Vec::new();
        for one in found {
            let decision = self.0.get(&keys.next(&one.fingerprint()));
            let number = decision.and_then(serde_json::Value::as_u64);
            chosen.extend(number.and_then(|number| one.fixes.get(number as usize)));
        }
        chosen
    }

    /// What is written of each finding into a Word file: nothing of one that is left.
    #[cfg(feature = "desk")]
    pub(crate) fn verdicts(&self, found: &[Diagnostic]) -> Vec<zhengming_report::Verdict> {
        use zhengming_report::Verdict;
        let mut keys = Keys::default();
        let verdict = |one: &Diagnostic| match self.0.get(&keys.next(&one.fingerprint())) {
            Some(serde_json::Value::String(word)) if word == "leave" => Verdict::Leave,
            Some(number) => {
                number.as_u64().map_or(Verdict::Comment, |number| Verdict::Change(number as usize))
            }
            None => Verdict::Comment,
        };
        found.iter().map(verdict).collect()
    }
}

/// The fixes that were chosen; without a choice all safe ones, until none is left.
pub(crate) fn mend(
    linter: &Linter,
    document: &Document,
    original: &[u8],
    decisions: Option<&Decisions>,
) -> Result<Mended, Text> {
    if !document.format().is_text() {
        return Err(Text::new(
            "这种文件不能直接改写，请导出批注或清单，在原文中修改",
            "such a file cannot be rewritten: export comments or a list, and change the original",
        ));
    }
    let found = linter.check(document).diagnostics;
    let (text, applied) = match decisions {
        Some(decisions) => apply_fixes(document.text(), decisions.chosen(&found)),
        None => match fix(linter, document, &found, false) {
            Some(fixed) => (fixed.text, fixed.applied),
            None => (document.text().to_owned(), 0),
        },
    };
    Ok(Mended { bytes: stored_bytes(original, document, &text)?, applied })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_chosen_is_changed() {
        let linter = Linter::builder().build().unwrap();
        let text = "会议通知统一通过浙政盯发送。\n\n推动整体智制。\n";
        let document = Document::read("a.md", text.as_bytes()).unwrap();
        let found = linter.check(&document).diagnostics;
        assert_eq!(found.len(), 2);
        let chosen = format!("{{\"{}#0\": 0}}", found[1].fingerprint());
        let decisions = Decisions::from_json(&chosen).unwrap();
        let mended = mend(&linter, &document, text.as_bytes(), Some(&decisions)).unwrap();
        assert_eq!(String::from_utf8(mended.bytes).unwrap(), text.replace("智制", "智治"));
        assert_eq!(mended.applied, 1);
        let all = mend(&linter, &document, text.as_bytes(), None).unwrap();
        assert_eq!(all.applied, 2);
    }

    #[test]
    fn the_encoding_of_the_file_stays() {
        let linter = Linter::builder().build().unwrap();
        let bytes: Vec<u8> = "\u{feff}通过浙政盯发送。".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let document = Document::read("a.txt", &bytes).unwrap();
        let mended = mend(&linter, &document, &bytes, None).unwrap();
        assert_eq!(mended.bytes.len(), bytes.len());
        assert_eq!(mended.bytes[..2], [0xFF, 0xFE]);
    }
}
