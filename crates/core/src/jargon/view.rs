//! A block's text as the scanner sees it: layout and compatibility characters gone, quotation marks kept.

use std::borrow::Cow;

use crate::fold;
use crate::signs::Signs;
use crate::span::TextRange;

/// A text without layout, and the way back.
#[derive(Debug)]
pub(super) struct View<'t> {
    pub(super) text: Cow<'t, str>,
    /// Where the view and the text part ways, in order; empty if the text is unchanged.
    runs: Vec<Run>,
}

/// Text of the view, and the range that it came from: a slice taken as it stands, or one character that
/// takes another number of bytes.
#[derive(Debug)]
struct Run {
    view: usize,
    start: usize,
    end: usize,
}

impl<'t> View<'t> {
    /// The view of a text with these `signs`.
    pub(super) fn new(raw: &'t str, signs: Signs) -> Self {
        if !signs.any(Signs::LAYOUT) {
            return Self { text: Cow::Borrowed(raw), runs: Vec::new() };
        }
        let mut text = String::with_capacity(raw.len());
        let mut runs: Vec<Run> = Vec::new();
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
                runs.push(Run { view: text.len(), start: at, end: at });
                text.push(' ');
            }
            let (meant, end) = (shown(c), at + c.len_utf8());
            match runs.last_mut() {
                Some(run)
                    if run.end == at
                        && text.len() - run.view == at - run.start
                        && meant.len_utf8() == c.len_utf8() =>
                {
                    run.end = end;
                }
                _ => runs.push(Run { view: text.len(), start: at, end }),
            }
            text.push(meant);
        }
        Self { text: Cow::Owned(text), runs }
    }

    /// The range of the raw text that `start..end` of the view was made from.
    pub(super) fn raw(&self, start: usize, end: usize) -> TextRange {
        if self.runs.is_empty() {
            return TextRange::new(start, end);
        }
        let last_before = |at: usize| {
            let index = self.runs.partition_point(|run| run.view <= at).saturating_sub(1);
            let length = self.runs.get(index + 1).map_or(self.text.len(), |next| next.view);
            let run = &self.runs[index];
            (run, length - run.view == run.end - run.start)
        };
        let (first, is_slice) = last_before(start);
        let from = if is_slice { first.start + (start - first.view) } else { first.start };
        let (last, is_slice) = last_before(end.saturating_sub(1));
        let to = if is_slice { last.start + (end - last.view) } else { last.end };
        TextRange::new(from, to.max(from))
    }
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
