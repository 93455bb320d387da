//! Tables with borders: the cells that drawn lines enclose, and the glyphs in them.

use zhengming_text::place::Cell;

use super::{Glyph, Rule};

/// Borders that miss each other by less still meet.
const NEAR: f32 = 3.0;

/// Beyond this a drawing is no table.
const MAX_RULES: usize = 20_000;
const MAX_CELLS: usize = 20_000;

/// The grid of one table: the elementary cells between its lines, joined where no line is drawn.
pub(super) struct Table {
    /// Where lines stand, in ascending order.
    xs: Vec<f32>,
    ys: Vec<f32>,
    /// The number of the cell, for every elementary one, row by row.
    cells: Vec<usize>,
}

/// A table with its text.
pub(super) struct Filled {
    pub(super) top: f32,
    pub(super) cells: Vec<FilledCell>,
}

pub(super) struct FilledCell {
    pub(super) place: Cell,
    pub(super) width: f32,
    pub(super) glyphs: Vec<Glyph>,
}

/// A straight piece of a border: its place across, and from where to where it runs.
#[derive(Clone, Copy)]
struct Edge {
    across: f32,
    from: f32,
    to: f32,
}

/// The tables that the lines of a page draw, from top to bottom.
pub(super) fn tables(rules: &[Rule]) -> Vec<Table> {
    if rules.len() > MAX_RULES {
        return Vec::new();
    }
    let is_sane =
        |rule: &&Rule| [rule.from.0, rule.from.1, rule.to.0, rule.to.1].iter().all(|value| value.abs() < 1e6);
    let mut across = Vec::new();
    let mut down = Vec::new();
    for Rule { from, to } in rules.iter().filter(is_sane) {
        let (width, height) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
        if width >= height && width > NEAR {
            let across_at = (from.1 + to.1) / 2.0;
            across.push(Edge { across: across_at, from: from.0.min(to.0), to: from.0.max(to.0) });
        } else if height > NEAR {
            let across_at = (from.0 + to.0) / 2.0;
            down.push(Edge { across: across_at, from: from.1.min(to.1), to: from.1.max(to.1) });
        }
    }
    let (across, down) = (merge(across), merge(down));
    let mut tables: Vec<Table> =
        groups(&across, &down).into_iter().filter_map(|(across, down)| table(&across, &down)).collect();
    tables.sort_by(|a, b| a.ys[0].total_cmp(&b.ys[0]));
    tables
}

/// Joins pieces of one line: borders are drawn cell by cell.
fn merge(mut edges: Vec<Edge>) -> Vec<Edge> {
    edges.sort_by(|a, b| a.across.total_cmp(&b.across));
    let mut found: Vec<Edge> = Vec::new();
    let mut start = 0;
    while start < edges.len() {
        let line = edges[start].across;
        let end = start + edges[start..].partition_point(|edge| edge.across - line <= NEAR);
        let mut pieces = edges[start..end].to_vec();
        pieces.sort_by(|a, b| a.from.total_cmp(&b.from));
        let first = found.len();
        for piece in pieces {
            match found[first..].last_mut() {
                Some(last) if piece.from <= last.to + NEAR => last.to = last.to.max(piece.to),
                _ => found.push(Edge { across: line, ..piece }),
            }
        }
        start = end;
    }
    found
}

fn meet(across: &Edge, down: &Edge) -> bool {
    across.from - NEAR <= down.across
        && down.across <= across.to + NEAR
        && down.from - NEAR <= across.across
        && across.across <= down.to + NEAR
}

/// Lines that hang together.
fn groups(across: &[Edge], down: &[Edge]) -> Vec<(Vec<Edge>, Vec<Edge>)> {
    // Every pair is looked at once.
    if across.len().saturating_mul(down.len()) > 4_000_000 {
        return Vec::new();
    }
    let mut group_of: Vec<usize> = (0..across.len() + down.len()).collect();
    fn root(group_of: &mut [usize], mut at: usize) -> usize {
        while group_of[at] != at {
            group_of[at] = group_of[group_of[at]];
            at = group_of[at];
        }
        at
    }
    for (i, a) in across.iter().enumerate() {
        for (j, d) in down.iter().enumerate() {
            if meet(a, d) {
                let (a, d) = (root(&mut group_of, i), root(&mut group_of, across.len() + j));
                group_of[d] = a;
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, (Vec<Edge>, Vec<Edge>)> = Default::default();
    for at in 0..group_of.len() {
        let group = groups.entry(root(&mut group_of, at)).or_default();
        match at.checked_sub(across.len()) {
            None => group.0.push(across[at]),
            Some(at) => group.1.push(down[at]),
        }
    }
    groups.into_values().filter(|(across, down)| across.len() >= 2 && down.len() >= 2).collect()
}

fn table(across: &[Edge], down: &[Edge]) -> Option<Table> {
    let places = |edges: &[Edge]| {
        let mut places: Vec<f32> = edges.iter().map(|edge| edge.across).collect();
        places.sort_by(f32::total_cmp);
        places.dedup_by(|b, a| *b - *a <= NEAR);
        places
    };
    let (ys, xs) = (places(across), places(down));
    let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if columns == 0 || rows == 0 || columns.saturating_mul(rows) > MAX_CELLS {
        return None;
    }
    let is_drawn = |edges: &[Edge], place: f32, middle: f32| {
        edges.iter().any(|edge| {
            (edge.across - place).abs() <= NEAR && edge.from - NEAR <= middle && middle <= edge.to + NEAR
        })
    };
    // Elementary cells are numbered; one without a border towards its neighbour takes the number of it.
    let mut cells = vec![0; columns * rows];
    for row in 0..rows {
        for column in 0..columns {
            let at = row * columns + column;
            let (x, y) = ((xs[column] + xs[column + 1]) / 2.0, (ys[row] + ys[row + 1]) / 2.0);
            let joins_left = column > 0 && !is_drawn(down, xs[column], y);
            let joins_above = row > 0 && !is_drawn(across, ys[row], x);
            cells[at] = match (joins_left, joins_above) {
                (true, _) => cells[at - 1],
                (false, true) => cells[at - columns],
                (false, false) => at,
            };
        }
    }
    // A frame around a text is no table.
    let first = cells[0];
    cells.iter().any(|&cell| cell != first).then_some(Table { xs, ys, cells })
}

/// Takes the glyphs that stand in tables out of `glyphs`.
pub(super) fn take_cells(tables: &[Table], glyphs: &mut Vec<Glyph>) -> Vec<Filled> {
    let mut filled: Vec<Vec<Vec<Glyph>>> =
        tables.iter().map(|table| vec![Vec::new(); table.cells.len()]).collect();
    if !tables.is_empty() {
        glyphs.retain(|glyph| {
            let middle = (glyph.x + glyph.width / 2.0, glyph.y - 0.3 * glyph.size);
            for (table, filled) in tables.iter().zip(&mut filled) {
                if let Some(cell) = table.cell(middle) {
                    filled[cell].push(*glyph);
                    return false;
                }
            }
            true
        });
    }
    let number = |index: usize| u32::try_from(index + 1).unwrap_or(u32::MAX);
    tables
        .iter()
        .zip(filled)
        .enumerate()
        .map(|(index, (table, filled))| {
            let columns = table.xs.len() - 1;
            let cells = filled.into_iter().enumerate().filter(|(_, glyphs)| !glyphs.is_empty());
            let cells = cells.map(|(cell, glyphs)| {
                let (row, column) = (cell / columns, cell % columns);
                let place = Cell { table: number(index), row: number(row), column: number(column) };
                let in_row = &table.cells[row * columns..(row + 1) * columns];
                let last = in_row.iter().rposition(|&it| it == cell).unwrap_or(column);
                FilledCell { place, width: table.xs[last + 1] - table.xs[column], glyphs }
            });
            Filled { top: table.ys[0], cells: cells.collect() }
        })
        .collect()
}

impl Table {
    /// The number of the cell at a point.
    fn cell(&self, (x, y): (f32, f32)) -> Option<usize> {
        let column = self.xs.partition_point(|&it| it <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|&it| it <= y).checked_sub(1)?;
        let columns = self.xs.len() - 1;
        (column < columns && row < self.ys.len() - 1).then(|| self.cells[row * columns + column])
    }
}
