//! A text as it would stand on one line: cues and names are read in it, whatever lines the layout breaks.

use std::borrow::Cow;

use zhengming_text::fold;
use zhengming_text::span::TextRange;

/// A text without the line breaks that lie between Chinese characters and their marks and without the blanks of print that
/// is spaced out, and with every character as it
/// is commonly written (⽤ → 用); and the way back to the places of the text it was made of.
#[derive(Debug)]
pub struct Unwrapped<'t> {
    text: Cow<'t, str>,
    /// Where a stretch begins that is copied as it stands: here and in the original.
    starts: Vec<(usize, usize)>,
}

impl<'t> Unwrapped<'t> {
    /// Unwraps `text`; one that has nothing to unwrap is borrowed.
    pub fn of(text: &'t str) -> Self {
        let has_layout = |c| fold::is_space(c) || fold::is_compatibility(c) || fold::is_zero_width(c);
        let is_plain = !text.contains(has_layout);
        if is_plain { Self::plain(text) } else { Self::joined(text) }
    }

    /// A text that is known to have nothing to unwrap.
    pub fn plain(text: &'t str) -> Self {
        Self { text: Cow::Borrowed(text), starts: Vec::new() }
    }

    fn joined(text: &str) -> Self {
        let mut out = String::with_capacity(text.len());
        let mut starts = Vec::new();
        let mut chars = text.char_indices().peekable();
        let mut copies = false;
        // Where the text has come to if a blank stands before its last character.
        let mut gap_before = None;
        while let Some((at, c)) = chars.next() {
            let skips = if fold::is_zero_width(c) {
                true
            } else if fold::is_space(c) {
                let rest = text[at..].trim_start_matches(fold::is_space);
                let gap = &text[at..text.len() - rest.len()];
                let wide = |c: char| !c.is_ascii_alphanumeric();
                let before = out.chars().next_back();
                let meets = before.is_none_or(wide) || rest.is_empty() || rest.starts_with(wide);
                let broken = gap.contains(['\n', '\r']) && meets;
                // 本 方 案 所 称: print that is spaced out.
                let mut after = rest.chars();
                let both = before.is_some_and(wide) && after.next().is_some_and(wide);
                let spaced =
                    both && (gap_before == Some(out.len()) || after.next().is_some_and(fold::is_space));
                let joins = broken || spaced;
                gap_before = Some(out.len() + rest.chars().next().map_or(0, char::len_utf8));
                // A gap goes or stays as a whole, so that a long one is looked at once.
                if !joins {
                    if !copies {
                        starts.push((out.len(), at));
                    }
                    copies = true;
                    out.push_str(gap);
                }
                while chars.peek().is_some_and(|&(next, _)| next < at + gap.len()) {
                    chars.next();
                }
                if !joins {
                    continue;
                }
                true
            } else {
                false
            };
            if skips {
                copies = false;
                continue;
            }
            let plain = if fold::is_compatibility(c) { fold::folded_char(c).unwrap_or(c) } else { c };
            if !copies {
                starts.push((out.len(), at));
            }
            copies = plain.len_utf8() == c.len_utf8();
            out.push(plain);
        }
        Self { text: Cow::Owned(out), starts }
    }

    /// The text on one line.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where `range` of this text stands in the original.
    pub fn original(&self, range: TextRange) -> TextRange {
        let start = self.place(range.start);
        if range.is_empty() {
            return TextRange::new(start, start);
        }
        // The end belongs to the last character, not to what a line break sets after it.
        let last = zhengming_text::line_index::floor_boundary(&self.text, range.end - 1);
        let next = self.starts.partition_point(|&(here, _)| here <= last);
        let end = self.place(last) + (range.end - last);
        let end = self.starts.get(next).map_or(end, |&(_, there)| end.min(there));
        TextRange::new(start, end.max(start))
    }

    fn place(&self, at: usize) -> usize {
        match self.starts.partition_point(|&(here, _)| here <= at).checked_sub(1) {
            Some(index) => self.starts[index].1 + (at - self.starts[index].0),
            None => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_and_places_lead_back() {
        for (text, flat, part, original) in [
            ("甲（以\n　下简称乙）", "甲（以下简称乙）", "以下", "以\n　下"),
            ("甲\n\n乙", "甲乙", "甲", "甲"),
            ("use\nthis 词", "use\nthis 词", "this", "this"),
            ("\n⽤语\u{200B}的", "用语的", "用语", "⽤语"),
            ("本 方 案 所 称 数据", "本方案所称数据", "所称", "所 称"),
            ("5 归零 归零是指", "5 归零 归零是指", "归零", "归零"),
            ("一行", "一行", "行", "行"),
        ] {
            let unwrapped = Unwrapped::of(text);
            assert_eq!(unwrapped.text(), flat);
            let start = flat.find(part).unwrap();
            let range = unwrapped.original(TextRange::new(start, start + part.len()));
            assert_eq!(&text[range.range()], original, "{text}");
        }
        assert_eq!(Unwrapped::of("").original(TextRange::new(0, 0)), TextRange::new(0, 0));
    }
}
