//! How a text is laid out as a whole: where its lines were broken, and what stands between them.

use super::lines::{Line, LineKind};

/// Lines shorter than this say nothing about the width of the page.
const NARROWEST: usize = 36;
const WIDEST: usize = 150;

/// How many lines must end near the margin before there is one.
const ENOUGH: usize = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Lines were broken at about this many columns.
    Wrapped { width: usize, double_spaced: bool },
    /// Every line is a paragraph.
    Unwrapped,
    /// Too short to tell.
    Unknown,
}

impl Layout {
    pub(super) fn of(lines: &[Line]) -> Self {
        let prose = || lines.iter().filter(|line| line.kind == LineKind::Prose);
        match margin(prose().map(Line::reach)) {
            Some(width) => Self::Wrapped { width, double_spaced: is_double_spaced(lines) },
            None if prose().filter(|line| line.reach() > WIDEST).count() >= 3 => Self::Unwrapped,
            None => Self::Unknown,
        }
    }

    /// That of lines which are known to be broken at `width`.
    pub(super) fn wrapped(width: usize, lines: &[Line]) -> Self {
        Self::Wrapped { width, double_spaced: is_double_spaced(lines) }
    }

    /// How much of the line is filled, in percent; nothing where there is no margin.
    pub(super) fn filled(self, line: &Line) -> Option<usize> {
        match self {
            Self::Wrapped { width, .. } => Some(100 * line.reach() / width),
            Self::Unwrapped | Self::Unknown => None,
        }
    }

    pub(super) fn is_double_spaced(self) -> bool {
        matches!(self, Self::Wrapped { double_spaced: true, .. })
    }
}

/// The width that the most lines reach to nine tenths, if there are enough of them and few go beyond.
pub(crate) fn margin(reaches: impl Iterator<Item = usize>) -> Option<usize> {
    let mut count = [0usize; WIDEST + 1];
    let mut beyond = 0;
    for reach in reaches {
        match count.get_mut(reach) {
            Some(lines) => *lines += 1,
            None => beyond += 1,
        }
    }
    let within = |from: usize, to: usize| count[from..=to].iter().sum::<usize>();
    let near = |width: usize| within(width - width / 10, width);
    let width = (NARROWEST..=WIDEST).max_by_key(|&width| (near(width), WIDEST - width))?;
    // Notes are set smaller, so some lines are longer than the others.
    let far = beyond + within((width * 13 / 10).min(WIDEST), WIDEST);
    (near(width) >= ENOUGH && near(width) * 4 >= within(NARROWEST, WIDEST) && far * 8 <= near(width))
        .then_some(width)
}

/// Whether lines that reach the margin end where sentences do not: then the margin ended them. Paragraphs that
/// happen to be equally long end with their sentences.
pub(crate) fn is_pasted<'t>(lines: impl Iterator<Item = &'t str>, margin: usize) -> bool {
    let (mut full, mut torn) = (0, 0);
    for line in lines.map(str::trim) {
        let width = super::columns_of(line);
        if width * 10 >= margin * 9 && width <= margin + margin / 10 {
            full += 1;
            torn += usize::from(!super::is_complete(line));
        }
    }
    full >= ENOUGH && torn * 10 >= full * 7
}

/// Most lines are followed by exactly one blank line.
fn is_double_spaced(lines: &[Line]) -> bool {
    let is_prose = |at: usize| lines.get(at).is_some_and(|line: &Line| line.kind == LineKind::Prose);
    let is_blank = |at: usize| lines.get(at).is_some_and(|line: &Line| line.kind == LineKind::Blank);
    let all = (0..lines.len()).filter(|&at| is_prose(at)).count();
    let spaced = (0..lines.len()).filter(|&at| is_prose(at) && is_blank(at + 1) && is_prose(at + 2)).count();
    all >= 8 && spaced * 10 >= all * 7
}
