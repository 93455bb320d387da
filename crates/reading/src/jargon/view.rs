//! A block's text as the scanner sees it: layout and compatibility characters gone, quotation marks kept.

use std::borrow::Cow;

use zhengming_text::fold;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;

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
        let (mut at, mut gap) = (0, false);
        while let Some(c) = raw[at..].chars().next() {
            if fold::is_zero_width(c) || fold::is_space(c) {
                gap |= fold::is_space(c);
                at += c.len_utf8();
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
            let meant = shown(c);
            let length = if meant == c { unchanged(&raw[at..]) } else { c.len_utf8() };
            let end = at + length;
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
            if meant == c {
                text.push_str(&raw[at..end]);
            } else {
                text.push(meant);
            }
            at = end;
        }
        Self { text: Cow::Owned(text), runs }
    }

    /// Whether it is a text of its own.
    pub(super) fn is_owned(&self) -> bool {
        matches!(self.text, Cow::Owned(_))
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

/// How many bytes of `raw` the view takes as they stand, from its first on. Most characters are told by their
/// first byte: from U+4000 to U+9FFF and visible ones of ASCII all stay as they are.
fn unchanged(raw: &str) -> usize {
    let mut at = 0;
    while let Some(&first) = raw.as_bytes().get(at) {
        if (0xE4..=0xE9).contains(&first) {
            at += 3;
            continue;
        }
        if first.is_ascii_graphic() {
            at += 1;
            continue;
        }
        match raw[at..].chars().next() {
            Some(c) if !changes(c) => at += c.len_utf8(),
            _ => break,
        }
    }
    at
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
