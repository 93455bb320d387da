//! Pages set in columns, as gazettes are.

use super::row::{self, Line, Row};
use super::{Item, median};

/// Fewer lines than this make a column only if all of them are full.
const LINES: usize = 6;

/// Columns in columns.
const MAX_DEPTH: usize = 2;

/// Puts the rows in reading order: where they stand in two columns, the left one first. `known` is the gutter
/// of earlier pages, for a page with a few lines.
pub(super) fn push(rows: Vec<Row>, known: &mut Option<f32>, items: &mut Vec<Item>) {
    let mut whole = Vec::new();
    push_within(&rows, known, 0, &mut whole, items);
    close(&mut whole, items);
}

fn close(whole: &mut Vec<Line>, items: &mut Vec<Item>) {
    if !whole.is_empty() {
        items.push(Item::Column(std::mem::take(whole)));
    }
}

fn push_within(
    rows: &[Row],
    known: &mut Option<f32>,
    depth: usize,
    whole: &mut Vec<Line>,
    items: &mut Vec<Item>,
) {
    let mut at = 0;
    while at < rows.len() {
        let band = Band::from(&rows[at..], *known);
        let end = at + band.rows;
        let columns = band.gutter.and_then(|gutter| columns(&rows[at..end], gutter, *known));
        match columns.filter(|_| depth <= MAX_DEPTH) {
            Some((left, right)) => {
                close(whole, items);
                for side in [left, right] {
                    push_within(&side, &mut None, depth + 1, whole, items);
                    close(whole, items);
                }
                *known = band.gutter;
            }
            None => whole.extend(rows[at..end].iter().map(Row::line)),
        }
        at = end;
    }
}

/// Rows one below the other that leave the same place free.
struct Band {
    rows: usize,
    /// The middle of that place; of the known one, if the rows leave it free.
    gutter: Option<f32>,
}

impl Band {
    /// The longest band at the beginning of `rows`, which are at least one.
    fn from(rows: &[Row], known: Option<f32>) -> Self {
        let glyphs = || rows.iter().flat_map(|row| &row.glyphs).filter(|glyph| !glyph.c.is_whitespace());
        let left = glyphs().map(|glyph| glyph.x).fold(f32::INFINITY, f32::min);
        let right = glyphs().map(|glyph| glyph.x + glyph.width).fold(f32::NEG_INFINITY, f32::max);
        let quarter = (right - left) / 4.0;
        let size = median(rows[0].glyphs.iter().map(|glyph| glyph.size).collect()).unwrap_or(1.0);
        let (left, right) = (left + quarter, right - quarter);
        let mut free = rows[0].free(left, right, size);
        let mut count = 1;
        for row in &rows[1..] {
            if free.is_empty() {
                break;
            }
            let both = common(&free, &row.free(left, right, size), size);
            if both.is_empty() {
                break;
            }
            free = both;
            count += 1;
        }
        let widest = free.iter().max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
        let is_free = |x: &f32| free.iter().any(|&(from, to)| from <= *x && *x <= to);
        let gutter = known.filter(is_free).or(widest.map(|(from, to)| (from + to) / 2.0));
        Self { rows: count, gutter }
    }
}

/// What two lists of stretches have in common, as far as there is room for a character of `size`.
fn common(a: &[(f32, f32)], b: &[(f32, f32)], size: f32) -> Vec<(f32, f32)> {
    let mut found = Vec::new();
    for &(from, to) in a {
        for &(other, end) in b {
            let (from, to) = (from.max(other), to.min(end));
            if to - from >= size {
                found.push((from, to));
            }
        }
    }
    found.truncate(64);
    found
}

/// The rows of both sides of a gutter, if these are columns.
fn columns(rows: &[Row], gutter: f32, known: Option<f32>) -> Option<(Vec<Row>, Vec<Row>)> {
    let parts: Vec<_> = rows.iter().map(|row| row.split(gutter)).collect::<Option<_>>()?;
    let (left, right): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    let left: Vec<Row> = left.into_iter().flatten().collect();
    let right: Vec<Row> = right.into_iter().flatten().collect();
    // Once a page was set in columns, a short end of it on the next is no table.
    let is_known = known.is_some_and(|known| (known - gutter).abs() < 10.0);
    let continues = is_known && !left.is_empty() && !right.is_empty();
    (continues || is_column(&left) && is_column(&right)).then_some((left, right))
}

/// Prose fills its column; the cells of a table do not.
fn is_column(rows: &[Row]) -> bool {
    let lines: Vec<Line> = rows.iter().map(Row::line).collect();
    let widest = lines.iter().map(Line::width).fold(0.0, f32::max);
    let usual = median(lines.iter().map(Line::width).collect()).unwrap_or(0.0);
    let size = median(lines.iter().map(|line| line.size).collect()).unwrap_or(1.0);
    let is_long = lines.len() >= LINES && usual >= 0.75 * widest && widest >= 9.0 * size;
    let full =
        lines.iter().filter(|line| widest - line.width() < 1.2 * size && !row::ends_sentence(&line.text));
    is_long || lines.len() >= 3 && full.count() + 1 >= lines.len() && widest >= 7.0 * size
}
