//! Text that does not run from left to right: turned pages and tables, and columns that are read from top to
//! bottom. Every direction of a page becomes a page of its own, turned so that its lines are level.

use zhengming_text::fold;

use super::{Glyph, Page, Rule};

/// How the text of a glyph runs on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// From left to right.
    Upright,
    /// Upright characters below each other, in columns from right to left.
    Vertical,
    /// Turned to the right: the text runs downwards.
    Right,
    /// Turned to the left: the text runs upwards.
    Left,
    /// Upside down.
    Over,
}

impl Turn {
    const ALL: [Self; 5] = [Self::Upright, Self::Vertical, Self::Right, Self::Left, Self::Over];

    /// The direction in which a glyph moves on, if it is along an edge of the page; y grows downwards.
    pub(crate) fn of(dx: f32, dy: f32) -> Option<Self> {
        let is_along = |main: f32, side: f32| main > 0.0 && side.abs() <= 0.2 * main;
        if is_along(dx, dy) {
            Some(Self::Upright)
        } else if is_along(dy, dx) {
            Some(Self::Right)
        } else if is_along(-dy, dx) {
            Some(Self::Left)
        } else if is_along(-dx, dy) {
            Some(Self::Over)
        } else {
            None
        }
    }

    /// Where a point of a page of this width and height is, once the page is turned.
    fn point(self, (x, y): (f32, f32), (width, height): (f32, f32)) -> (f32, f32) {
        match self {
            Self::Upright => (x, y),
            Self::Vertical | Self::Right => (y, width - x),
            Self::Left => (height - y, x),
            Self::Over => (width - x, height - y),
        }
    }
}

/// A glyph with the direction of its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drawn {
    pub(crate) glyph: Glyph,
    pub(crate) turn: Turn,
}

/// What stands on a page, whatever its direction.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// From 1.
    pub(crate) number: u32,
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) glyphs: Vec<Drawn>,
    pub(crate) rules: Vec<Rule>,
}

/// The page once for each direction of its text, the one with the most text first.
pub(super) fn pages(mut sheet: Sheet) -> Vec<Page> {
    mark_vertical(&mut sheet.glyphs);
    let count = |turn: Turn| sheet.glyphs.iter().filter(|drawn| drawn.turn == turn).count();
    let mut turns: Vec<(Turn, usize)> = Turn::ALL.into_iter().map(|turn| (turn, count(turn))).collect();
    turns.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let (first, all) = turns[0];
    if all == sheet.glyphs.len() {
        return vec![page(&sheet, first, false)];
    }
    let turns = turns.into_iter().filter(|(_, count)| *count > 0).enumerate();
    turns.map(|(index, (turn, _))| page(&sheet, turn, index > 0)).collect()
}

fn page(sheet: &Sheet, turn: Turn, is_apart: bool) -> Page {
    let shape = (sheet.width, sheet.height);
    let glyphs = sheet.glyphs.iter().filter(|drawn| drawn.turn == turn).map(|drawn| {
        let glyph = drawn.glyph;
        let origin = match turn {
            // The character stands above its baseline, in the middle of its column.
            Turn::Vertical => (glyph.x + glyph.size / 2.0, glyph.y - glyph.size),
            _ => (glyph.x, glyph.y),
        };
        let (x, y) = turn.point(origin, shape);
        let width = if turn == Turn::Vertical { glyph.size } else { glyph.width };
        Glyph { x, y, width, ..glyph }
    });
    let rules = sheet
        .rules
        .iter()
        .map(|rule| Rule { from: turn.point(rule.from, shape), to: turn.point(rule.to, shape) });
    let height = match turn {
        Turn::Upright | Turn::Over => sheet.height,
        Turn::Vertical | Turn::Right | Turn::Left => sheet.width,
    };
    let is_vertical = turn == Turn::Vertical;
    let (glyphs, rules) = (glyphs.collect(), rules.collect());
    Page { number: sheet.number, height, glyphs, rules, is_apart, is_vertical }
}

/// So many characters below each other are a column.
const COLUMN: usize = 3;

/// Characters that were set one by one below each other are columns. Rows of a table stand farther apart.
fn mark_vertical(glyphs: &mut [Drawn]) {
    let mut start = 0;
    while start < glyphs.len() {
        let mut end = start + 1;
        while end < glyphs.len() && is_below(&glyphs[end - 1], &glyphs[end]) {
            end += 1;
        }
        let column = &mut glyphs[start..end];
        let han = column.iter().filter(|drawn| fold::is_han(drawn.glyph.c)).count();
        if han >= COLUMN && han * 2 >= column.len() {
            column.iter_mut().for_each(|drawn| drawn.turn = Turn::Vertical);
        }
        start = end;
    }
}

fn is_below(before: &Drawn, after: &Drawn) -> bool {
    let (a, b) = (&before.glyph, &after.glyph);
    before.turn == Turn::Upright
        && after.turn == Turn::Upright
        && (b.x - a.x).abs() < 0.3 * a.size
        && (b.size / a.size - 1.0).abs() < 0.1
        && (0.85..1.4).contains(&((b.y - a.y) / a.size))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(c: char, x: f32, y: f32, turn: Turn) -> Drawn {
        Drawn { glyph: Glyph { c, x, y, width: 10.0, size: 10.0 }, turn }
    }

    fn sheet(glyphs: Vec<Drawn>) -> Sheet {
        Sheet { number: 1, width: 200.0, height: 300.0, glyphs, rules: Vec::new() }
    }

    #[test]
    fn turned_text_becomes_level() {
        for (turn, second) in
            [(Turn::Right, (50.0, 70.0)), (Turn::Left, (50.0, 50.0)), (Turn::Over, (40.0, 60.0))]
        {
            let glyphs = vec![drawn('甲', 50.0, 60.0, turn), drawn('乙', second.0, second.1, turn)];
            let pages = pages(sheet(glyphs));
            let [a, b] = pages[0].glyphs[..] else { panic!("two glyphs") };
            assert_eq!((pages.len(), b.x - a.x, b.y - a.y), (1, 10.0, 0.0), "{turn:?}");
        }
        assert_eq!(Turn::of(1.0, 1.0), None);
    }

    #[test]
    fn columns_set_character_by_character_are_lines() {
        let column = |text: &str, x: f32, pitch: f32| -> Vec<Drawn> {
            let glyphs = text
                .chars()
                .zip(0u8..)
                .map(|(c, at)| drawn(c, x, 20.0 + pitch * f32::from(at), Turn::Upright));
            glyphs.collect()
        };
        let found = pages(sheet([column("各单位", 100.0, 10.0), column("通过它", 80.0, 12.0)].concat()));
        assert_eq!(found.len(), 1);
        assert!(found[0].glyphs[0].y < found[0].glyphs[3].y);
        // Rows of a table, and the figures of a list.
        for (text, pitch) in [("是否是", 16.0), ("123", 10.0)] {
            let found = pages(sheet(column(text, 100.0, pitch)));
            assert_eq!(found[0].glyphs[1].x, 100.0, "{text}");
        }
    }
}
