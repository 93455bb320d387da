//! Text of documents, dictionaries and paths on its way out: whatever shows it must not obey it.

use std::borrow::Cow;

/// Text from elsewhere. Each method gives it in a form that is only text to where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaving<'t>(pub &'t str);

/// What spreadsheets take for the beginning of a formula, or skip before one.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

impl<'t> Leaving<'t> {
    /// For a terminal: U+FFFD stands for what it might obey; tabs and line feeds stay.
    pub fn shown(self) -> Cow<'t, str> {
        let text = self.0;
        if !text.chars().any(|c| is_obeyed(c) && c != '\n' && c != '\t') {
            return Cow::Borrowed(text);
        }
        let text = text.replace("\r\n", "\n");
        let disarmed =
            |c| if is_obeyed(c) && c != '\n' && c != '\t' { char::REPLACEMENT_CHARACTER } else { c };
        Cow::Owned(text.chars().map(disarmed).collect())
    }

    /// The same on one line, with a space for every tab and line break.
    pub fn line(self) -> Cow<'t, str> {
        if !self.0.chars().any(is_obeyed) {
            return Cow::Borrowed(self.0);
        }
        Cow::Owned(self.shown().replace(['\n', '\t'], " "))
    }

    /// For a cell of a table that spreadsheets open: an apostrophe stands before what they would take for a formula.
    /// What looks as if it had one already gets one more, so that [`arrived`] gives the text back.
    pub fn cell(self) -> Cow<'t, str> {
        if is_formula(self.0) { Cow::Owned(format!("'{}", self.0)) } else { Cow::Borrowed(self.0) }
    }

    /// Whether a spreadsheet would take the text for a formula, were it typed into a cell.
    pub fn is_formula(self) -> bool {
        is_formula(self.0)
    }
}

/// The text that [`Leaving::cell`] made a cell of.
pub fn arrived(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_formula(text) => text,
        _ => cell,
    }
}

fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// Whether a terminal might obey the character instead of showing it: the control characters, with
/// which escape sequences begin, and the marks that reverse the direction of a line.
fn is_obeyed(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_are_disarmed() {
        assert_eq!(
            Leaving("甲\u{1b}[31m乙\u{9b}0m\r\n\t丙\u{202e}").shown(),
            "甲\u{fffd}[31m乙\u{fffd}0m\n\t丙\u{fffd}"
        );
        assert_eq!(Leaving("甲\r\n乙\t丙\u{7}").line(), "甲 乙 丙\u{fffd}");
    }

    #[test]
    fn cells_are_no_formulas_and_come_back_as_they_were() {
        for text in
            ["=1+1", "+甲", "-乙", "@丙", "\t=1", "\r=1", "'=1", "''@", "'甲", "甲=1", "", "'", "——丁"]
        {
            let cell = Leaving(text).cell();
            assert!(!cell.starts_with(FORMULA), "{cell}");
            assert_eq!(arrived(&cell), text);
            assert_eq!(cell != text, Leaving(text).is_formula());
        }
    }
}
