//! Glyphs gathered into rows and lines.

use zhengming_text::fold;

use super::{Glyph, median};
use zhengming_text::zh::mark;

/// A gap of so many characters separates two texts on one row.
const WIDE_GAP: f32 = 2.0;

/// Letters set so far apart, in ems, are spaced out, if all of a word are.
const SPACED: std::ops::Range<f32> = 0.2..4.0;

/// Glyphs on one baseline, from left to right.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) y: f32,
    pub(super) glyphs: Vec<Glyph>,
}

/// A row, or the part of it in one column, as text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) x: f32,
    pub(super) end: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    /// How wide the first character or Latin word is: it would have stood on the line before if there had been room.
    pub(super) first_word: f32,
    /// Where the text begins after the number or bullet of a list item.
    pub(super) hang: Option<f32>,
}

impl Line {
    pub(super) fn width(&self) -> f32 {
        self.end - self.x
    }

    /// Whether `next`, which goes on with this line, is indented like the whole of its list item or passage,
    /// and not like the first line of a paragraph, in a column that begins at `left`.
    pub(super) fn is_above(&self, next: &Self, left: f32) -> bool {
        let near = |a: f32, b: f32| (a - b).abs() < 0.5 * next.size;
        let is_first_indent = near(next.x, left + 2.0 * next.size);
        self.hang.is_some_and(|hang| near(hang, next.x)) || near(self.x, next.x) && !is_first_indent
    }

    /// Whether as much room is left before the line as after it.
    pub(super) fn is_centred(&self, (left, right): (f32, f32)) -> bool {
        let (before, after) = (self.x - left, right - self.end);
        before > 2.0 * self.size && (before - after).abs() < 1.5 * self.size
    }
}

/// The rows of a page from top to bottom. Glyphs that are nowhere are left out.
pub(super) fn rows(mut glyphs: Vec<Glyph>) -> Vec<Row> {
    glyphs.retain(|glyph| {
        let is_sane = |value: f32| value.is_finite() && value.abs() < 1e6;
        is_sane(glyph.x)
            && is_sane(glyph.y)
            && is_sane(glyph.width)
            && glyph.width >= 0.0
            && glyph.size > 0.1
            && is_sane(glyph.size)
    });
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let em = median(glyphs.iter().map(|glyph| glyph.size).collect()).unwrap_or(0.0);
    let mut rows: Vec<Row> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            // Raised and lowered figures belong to their row.
            Some(row) if glyph.y - row.y <= 0.45 * em.min(glyph.size.max(row.glyphs[0].size)) => {
                row.glyphs.push(glyph);
            }
            _ => rows.push(Row { y: glyph.y, glyphs: vec![glyph] }),
        }
    }
    for row in &mut rows {
        row.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        // Bold type is often the same glyph twice.
        row.glyphs.dedup_by(|b, a| {
            a.c == b.c
                && a.c != char::REPLACEMENT_CHARACTER
                && b.x - a.x < 0.2 * a.size
                && (a.y - b.y).abs() < 0.2 * a.size
        });
    }
    rows.retain(|row| row.glyphs.iter().any(|glyph| !glyph.c.is_whitespace()));
    rows
}

impl Row {
    /// The row as one line; wide gaps become tabs.
    pub(super) fn line(&self) -> Line {
        line(&self.glyphs, self.y)
    }

    /// The parts of the row before and after `x`, if nothing stands there.
    pub(super) fn split(&self, x: f32) -> Option<(Option<Self>, Option<Self>)> {
        let at = self.glyphs.partition_point(|glyph| glyph.x < x);
        let (before, after) = self.glyphs.split_at(at);
        let is_blank = |glyphs: &[Glyph]| glyphs.iter().all(|glyph| glyph.c.is_whitespace());
        let crosses = before.iter().any(|glyph| !glyph.c.is_whitespace() && glyph.x + glyph.width > x + 0.5);
        let part =
            |glyphs: &[Glyph]| (!is_blank(glyphs)).then(|| Self { y: self.y, glyphs: glyphs.to_vec() });
        (!crosses).then(|| (part(before), part(after)))
    }

    /// Where nothing stands between `left` and `right`, as far as there is room for a character of `size`.
    pub(super) fn free(&self, left: f32, right: f32, size: f32) -> Vec<(f32, f32)> {
        let mut free = Vec::new();
        let mut at = left;
        for glyph in self.glyphs.iter().filter(|glyph| !glyph.c.is_whitespace()) {
            if glyph.x.min(right) - at >= size {
                free.push((at, glyph.x.min(right)));
            }
            at = at.max(glyph.x + glyph.width);
        }
        if right - at >= size {
            free.push((at, right));
        }
        free
    }
}

fn line(glyphs: &[Glyph], y: f32) -> Line {
    let visible = || glyphs.iter().filter(|glyph| !glyph.c.is_whitespace());
    let size = median(visible().map(|glyph| glyph.size).collect()).unwrap_or(1.0);
    let mut text = String::new();
    let mut before: Option<&Glyph> = None;
    let mut blank = false;
    let mut end = f32::NEG_INFINITY;
    let mut first_word = 0.0;
    let mut is_first_word = true;
    let mut hang = None;
    let spaced = spaced_out(glyphs, size);
    for (at, glyph) in glyphs.iter().enumerate() {
        if glyph.c.is_whitespace() {
            blank = true;
            continue;
        }
        if let Some(before) = before {
            let gap = (glyph.x - end) / size;
            let is_latin = is_narrow(before.c) || is_narrow(glyph.c);
            if hang.is_none() && is_marker(&text) {
                hang = Some(glyph.x);
            }
            if spaced[at] {
                // One word, but for the blank of GB/T 1.1.
                let mut last = text.chars().rev();
                let is_letter = last.next().is_some_and(|c| c.is_ascii_alphabetic());
                if is_letter && last.next() == Some('/') && glyph.c.is_ascii_digit() {
                    text.push(' ');
                }
            } else if gap > WIDE_GAP && !is_marker(&text) && !is_dot(before.c) && !is_dot(glyph.c) {
                text.push('\t');
            } else if is_latin && (gap > 0.2 || blank && gap > 0.08) || gap > if blank { 0.6 } else { 0.9 } {
                text.push(' ');
                is_first_word = false;
            }
        }
        // Bullets of fonts of symbols have no character of their own.
        let is_bullet = text.is_empty() && ('\u{F020}'..='\u{F0FF}').contains(&glyph.c);
        let c = if is_bullet { '•' } else { glyph.c };
        text.push(c);
        end = end.max(glyph.x + glyph.width);
        let is_first = before.is_none();
        is_first_word &= is_narrow(c);
        if is_first || is_first_word {
            first_word = end - glyphs[0].x.min(glyph.x);
        }
        before = Some(glyph);
        blank = false;
    }
    let x = visible().next().map_or(0.0, |glyph| glyph.x);
    Line { text, x, end: end.max(x), y, size, first_word, hang }
}

/// Which glyphs follow the one before them in a word that is spaced out, as titles and numbers of standards
/// on covers are: one glyph after the other at the same distance.
fn spaced_out(glyphs: &[Glyph], size: f32) -> Vec<bool> {
    let mut found = vec![false; glyphs.len()];
    let visible: Vec<usize> = (0..glyphs.len()).filter(|&at| !glyphs[at].c.is_whitespace()).collect();
    let gap = |pair: usize| {
        let (before, after) = (&glyphs[visible[pair]], &glyphs[visible[pair + 1]]);
        (after.x - before.x - before.width) / size
    };
    // Whether a blank was typed between two glyphs: then it was between all of them.
    let is_typed = |pair: usize| visible[pair + 1] > visible[pair] + 1;
    let pairs = visible.len().saturating_sub(1);
    let mut start = 0;
    while start < pairs {
        let first = gap(start);
        let mut end = start + 1;
        while end < pairs
            && is_typed(end) == is_typed(start)
            && SPACED.contains(&gap(end))
            && (gap(end) - first).abs() < 0.12 * first.max(1.0)
        {
            end += 1;
        }
        let word = &visible[start..=end];
        let is_han = word.iter().all(|&at| fold::is_han(glyphs[at].c));
        let is_figures = word.iter().all(|&at| glyphs[at].c.is_ascii_digit());
        // Blanks that were typed are closed up where those of other formats are.
        let is_left = is_typed(start) && !is_han;
        let enough = if is_han && first < WIDE_GAP { 3 } else { 4 };
        if SPACED.contains(&first) && word.len() >= enough && !is_figures && !is_left {
            word[1..].iter().for_each(|&at| found[at] = true);
        }
        start = end;
    }
    found
}

/// Whether a character is set narrower than a square and keeps a space beside it.
fn is_narrow(c: char) -> bool {
    c.is_ascii() || c.is_alphanumeric() && !fold::is_han(c)
}

fn is_dot(c: char) -> bool {
    matches!(c, '.' | '·' | '…' | '⋯' | '‥' | '_' | '．')
}

/// The number of a list item or clause, after which typesetters leave any gap.
fn is_marker(text: &str) -> bool {
    // Asked for every glyph of a row: a long text is not read to its end.
    text.chars().nth(8).is_none()
        && (text.ends_with(['.', '、', '．', ')', '）', '—', '•', '●', '■', '·'])
            || text.chars().all(|c| c.is_ascii_digit() || c == '.')
            || text.starts_with('第') && text.ends_with(['条', '章', '节']))
}

/// Whether a line ends as sentences end.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '）', '》']).ends_with(mark::STATEMENT_ENDS)
}
