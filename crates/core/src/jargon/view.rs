//! A block's text as the scanner sees it: layout and compatibility characters gone, quotation marks kept.

use std::borrow::Cow;

use crate::fold;
use crate::span::TextRange;

/// A text without layout, and the way back.
#[derive(Debug)]
pub(super) struct View<'t> {
    pub(super) text: Cow<'t, str>,
    /// For every character of the view, its offset there and the range it came from; empty if the text
    /// is unchanged.
    steps: Vec<(usize, usize, usize)>,
}

impl<'t> View<'t> {
    pub(super) fn new(raw: &'t str) -> Self {
        if !raw.chars().any(changes) {
            return Self { text: Cow::Borrowed(raw), steps: Vec::new() };
        }
        let mut text = String::with_capacity(raw.len());
        let mut steps = Vec::new();
        let mut gap = false;
        for (at, c) in raw.char_indices() {
            if fold::is_zero_width(c) {
                continue;
            }
            if fold::is_space(c) {
                gap = true;
                continue;
            }
            // A blank between two Latin words is part of the text, one next to Chinese is layout.
            if std::mem::take(&mut gap)
                && c.is_ascii_graphic()
                && text.ends_with(|c: char| c.is_ascii_graphic())
            {
                steps.push((text.len(), at, at));
                text.push(' ');
            }
            steps.push((text.len(), at, at + c.len_utf8()));
            text.push(shown(c));
        }
        Self { text: Cow::Owned(text), steps }
    }

    /// The range of the raw text that `start..end` of the view was made from.
    pub(super) fn raw(&self, start: usize, end: usize) -> TextRange {
        if self.steps.is_empty() {
            return TextRange::new(start, end);
        }
        let first = self.steps.partition_point(|step| step.0 < start);
        let last = self.steps.partition_point(|step| step.0 < end).saturating_sub(1);
        let from = self.steps.get(first).map_or(0, |step| step.1);
        TextRange::new(from, self.steps.get(last).map_or(from, |step| step.2).max(from))
    }
}

fn changes(c: char) -> bool {
    fold::is_space(c) || fold::is_zero_width(c) || shown(c) != c
}

fn shown(c: char) -> char {
    match c {
        '「' | '『' => '“',
        '」' | '』' => '”',
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' | '＋' => {
            char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
        }
        _ if fold::is_compatibility(c) => fold::folded_char(c).unwrap_or(c),
        _ => c,
    }
}
