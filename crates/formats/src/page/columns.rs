//! Pages set in two columns, as gazettes are.

use super::row::{Line, Row};
use super::{Item, median};

/// Fewer lines than this make no column.
const LINES: usize = 6;

/// Puts the rows in reading order: where they stand in two columns, the left one first. `known` is the gutter
/// of earlier pages, for a page with a few lines.
pub(super) fn push(rows: Vec<Row>, known: &mut Option<f32>, items: &mut Vec<Item>) {
    if rows.is_empty() {
        return;
    }
    let Some(gutter) = gutter(&rows).or(*known) else {
        items.push(Item::Column(rows.iter().map(Row::line).collect()));
        return;
    };
    let mut whole: Vec<Line> = Vec::new();
    let mut band: Vec<&Row> = Vec::new();
    for row in &rows {
        if row.split(gutter).is_some() {
            band.push(row);
        } else {
            close(&mut band, gutter, known, &mut whole, items);
            whole.push(row.line());
        }
    }
    close(&mut band, gutter, known, &mut whole, items);
    if !whole.is_empty() {
        items.push(Item::Column(whole));
    }
}

/// Ends a band of rows that leave the gutter free: two columns, or lines that happen to be short.
fn close(
    band: &mut Vec<&Row>,
    gutter: f32,
    known: &mut Option<f32>,
    whole: &mut Vec<Line>,
    items: &mut Vec<Item>,
) {
    let rows = std::mem::take(band);
    let (left, right): (Vec<_>, Vec<_>) = rows.iter().filter_map(|row| row.split(gutter)).unzip();
    let left: Vec<Line> = left.into_iter().flatten().collect();
    let right: Vec<Line> = right.into_iter().flatten().collect();
    let (first, second) = (is_column(&left), is_column(&right));
    let is_known = known.is_some_and(|known| (known - gutter).abs() < 10.0);
    // Once a page was set in columns, a short end of it on the next is no table.
    let continues = is_known && !left.is_empty() && !right.is_empty();
    if !(first && second || continues) {
        whole.extend(rows.iter().map(|row| row.line()));
        return;
    }
    *known = Some(gutter);
    if !whole.is_empty() {
        items.push(Item::Column(std::mem::take(whole)));
    }
    items.extend([Item::Column(left), Item::Column(right)]);
}

/// Prose fills its column; the cells of a table do not.
fn is_column(lines: &[Line]) -> bool {
    let widest = lines.iter().map(Line::width).fold(0.0, f32::max);
    let usual = median(lines.iter().map(Line::width).collect()).unwrap_or(0.0);
    let size = median(lines.iter().map(|line| line.size).collect()).unwrap_or(1.0);
    lines.len() >= LINES && usual >= 0.75 * widest && widest >= 9.0 * size
}

/// Where hardly any row has a glyph, in the middle of the page.
fn gutter(rows: &[Row]) -> Option<f32> {
    const BINS: usize = 200;
    if rows.len() < LINES {
        return None;
    }
    let glyphs = || rows.iter().flat_map(|row| &row.glyphs).filter(|glyph| !glyph.c.is_whitespace());
    let left = glyphs().map(|glyph| glyph.x).fold(f32::INFINITY, f32::min);
    let right = glyphs().map(|glyph| glyph.x + glyph.width).fold(f32::NEG_INFINITY, f32::max);
    let size = median(glyphs().map(|glyph| glyph.size).collect())?;
    let bin = (right - left) / BINS as f32;
    if !bin.is_finite() || bin <= 0.0 {
        return None;
    }
    let at = |x: f32| (((x - left) / bin) as usize).min(BINS - 1);
    let mut rows_at = [0usize; BINS];
    for row in rows {
        let mut covered = [false; BINS];
        for glyph in row.glyphs.iter().filter(|glyph| !glyph.c.is_whitespace()) {
            covered[at(glyph.x)..=at(glyph.x + glyph.width)].fill(true);
        }
        rows_at.iter_mut().zip(covered).for_each(|(rows, covered)| *rows += usize::from(covered));
    }
    let few = rows.len() / 4;
    let mut best: Option<(usize, usize)> = None;
    let mut start = None;
    let is_free = |place: usize| place < BINS * 3 / 4 && rows_at[place] <= few;
    for place in BINS / 4..=BINS * 3 / 4 {
        if is_free(place) {
            start.get_or_insert(place);
        } else if let Some(from) = start.take()
            && best.is_none_or(|(from, to)| to - from < place - from)
        {
            best = Some((from, place));
        }
    }
    let (from, to) = best?;
    ((to - from) as f32 * bin >= size).then(|| left + bin * (from + to) as f32 / 2.0)
}
