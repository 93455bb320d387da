//! A stand-in for a document that is not at hand: blank, but for the places that are known of it.

use zhengming_text::document::{BlockBuilder, BlockKind, Document};
use zhengming_text::line_index::floor_boundary;
use zhengming_text::place::Place;
use zhengming_text::span::Span;

use super::Site;
use zhengming_text::point::Point;

/// Filling of one, two, three and four bytes.
const FILLING: [char; 4] = [' ', '\u{A0}', '\u{3000}', '\u{1D159}'];

/// A document in which each of `sites` has the line, column, offsets and place that it has in the document at
/// `path`, and says what it says there. Reports can be written for it.
pub fn stand_in<'s>(path: &str, sites: impl IntoIterator<Item = &'s Site>) -> Document {
    let mut sites: Vec<&Site> = sites.into_iter().collect();
    sites.sort_by_key(|site| (site.start, site.end));
    let mut text = String::new();
    let mut places: Vec<(Span, &Place)> = Vec::new();
    let mut at = Point { line: 1, column: 1, utf16: 1, ..Point::default() };
    for site in sites.into_iter().filter(|site| is_sound(site)) {
        if let Some(place) = &site.place {
            match places.last_mut() {
                Some((span, known)) if *known == place || site.start.byte < span.end => {
                    span.end = span.end.max(site.end.byte);
                }
                _ => places.push((site.span(), place)),
            }
        }
        // Of places that overlap, the first is written out; both keep their offsets.
        if site.start.byte >= at.byte {
            fill(&mut text, at, site.start);
            let one_line = site.start.line == site.end.line;
            if one_line && site.text.len() == site.end.byte - site.start.byte {
                text.push_str(&site.text);
            } else {
                fill(&mut text, site.start, site.end);
            }
            at = site.end;
        } else if site.end.byte > at.byte {
            fill(&mut text, at, site.end);
            at = site.end;
        }
    }
    let mut document = Document::new(path, "summary", text);
    if places.is_empty() {
        let whole = Span::new(0, document.source().len());
        push(&mut document, whole, None);
    }
    for (span, place) in places {
        push(&mut document, span, Some(place));
    }
    document
}

fn push(document: &mut Document, span: Span, place: Option<&Place>) {
    let source = document.source();
    // What no document can have said may end inside a character.
    let (start, end) = (floor_boundary(source, span.start), floor_boundary(source, span.end));
    let mut block = BlockBuilder::new(BlockKind::Paragraph);
    if let Some(place) = place {
        block = block.at(place.clone());
    }
    block.verbatim(source, Span::new(start, end.max(start)));
    if let Some(block) = block.finish() {
        document.push(block);
    }
}

/// Largest text that is made up; a summary that asks for more was not written by this program.
const MOST: usize = 1 << 28;

/// Whether the numbers of a site can be those of a text.
fn is_sound(site: &Site) -> bool {
    let sound = |point: &Point| {
        let Point { byte, char, line, column, utf16 } = *point;
        byte <= MOST
            && char <= byte
            && (1..=char + 1).contains(&line)
            && (1..=char + 1).contains(&column)
            && (column..=2 * column).contains(&utf16)
    };
    let (start, end) = (&site.start, &site.end);
    sound(start) && sound(end) && start <= end && start.char <= end.char && start.line <= end.line
}

/// Adds text that leads from one point to another: as many bytes, characters, lines and columns as lie
/// between them.
fn fill(text: &mut String, from: Point, to: Point) {
    let lines = to.line.saturating_sub(from.line);
    let (start_column, start_utf16) = if lines > 0 { (1, 1) } else { (from.column, from.utf16) };
    let last = to.column.saturating_sub(start_column);
    // Only characters of four bytes take two units of UTF-16.
    let wide = to.utf16.saturating_sub(start_utf16).saturating_sub(last);
    let others = to.char.saturating_sub(from.char).saturating_sub(lines + wide);
    let bytes = to.byte.saturating_sub(from.byte).saturating_sub(lines + 4 * wide);
    let before = others.saturating_sub(last.saturating_sub(wide));
    let mut spare = bytes.saturating_sub(others);
    // What is on lines of its own may be of any width; what shares the last line is of one unit each.
    for index in 0..before {
        let left = before - index;
        let most = if spare > 2 * (left + last) { 3 } else { 2 };
        let extra = spare.min(most);
        spare -= extra;
        text.push(FILLING[extra]);
    }
    text.extend(std::iter::repeat_n('\n', lines));
    for _ in 0..others - before {
        let extra = spare.min(2);
        spare -= extra;
        text.push(FILLING[extra]);
    }
    text.extend(std::iter::repeat_n(FILLING[3], wide));
}
