//! Reading a text character by character with one shape for every stroke, slash, width and space.

use zhengming_text::fold;

/// White space that may stand inside a number: a line break with its indentation.
const LONGEST_GAP: usize = 8;

/// A place in a text. Copying it marks a place to go back to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }

    /// The next character as it is meant.
    pub(super) fn peek(self) -> Option<char> {
        self.raw().map(plain)
    }

    /// The next character as it stands.
    pub(super) fn raw(self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    pub(super) fn bump(&mut self) {
        self.at += self.raw().map_or(0, char::len_utf8);
    }

    pub(super) fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        if found {
            self.bump();
        }
        found
    }

    pub(super) fn eat_str(&mut self, word: &str) -> bool {
        let mut ahead = *self;
        for c in word.chars() {
            ahead.spaces();
            if ahead.raw() != Some(c) {
                return false;
            }
            ahead.bump();
        }
        *self = ahead;
        true
    }

    /// Passes white space and says how much; more than a line break with its indentation stays.
    pub(super) fn spaces(&mut self) -> usize {
        let start = *self;
        let mut count = 0;
        while self.raw().is_some_and(|c| fold::is_space(c) || fold::is_zero_width(c)) {
            self.bump();
            count += 1;
            if count > LONGEST_GAP {
                *self = start;
                return 0;
            }
        }
        count
    }

    /// At most `most` digits.
    pub(super) fn digits(&mut self, most: usize) -> String {
        let mut digits = String::new();
        while digits.len() < most
            && let Some(c) = self.peek().filter(char::is_ascii_digit)
        {
            digits.push(c);
            self.bump();
        }
        digits
    }

    /// At most `most` letters, in upper case.
    pub(super) fn letters(&mut self, most: usize) -> String {
        let mut letters = String::new();
        while letters.len() < most
            && let Some(c) = self.peek().filter(char::is_ascii_alphabetic)
        {
            letters.push(c.to_ascii_uppercase());
            self.bump();
        }
        letters
    }

    pub(super) fn is_digit(self) -> bool {
        self.peek().is_some_and(|c| c.is_ascii_digit())
    }
}

/// The character as it is meant: strokes are `-`, slashes `/`, full width is half.
pub(super) fn plain(c: char) -> char {
    match c {
        '—' | '–' | '‐' | '‑' | '‒' | '―' | '─' | '−' | '﹣' | '－' | '━' | 'ー' => '-',
        '∕' | '⁄' | '／' | '╱' => '/',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ if fold::is_space(c) => ' ',
        _ => c,
    }
}

/// Whether a character continues a Latin word or an identifier.
pub(super) fn is_word(c: char) -> bool {
    plain(c).is_ascii_alphanumeric() || c == '_'
}
