//! An import as JSON, in the form that scripts rely on.

use zhengming_text::line_index::LineIndex;
use zhengming_text::message::Lang;
use zhengming_text::span::Span;

use super::Import;
use crate::export::json;
use crate::wire::Node;

/// Where something stands in the text, in every unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    byte: usize,
    char: usize,
    line: usize,
    column: usize,
    utf16: usize,
}

/// Where something begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    start: Place,
    end: Place,
}

/// The places of the spans, found in one pass over the text.
pub(super) fn extents(text: &str, spans: &[Span]) -> Vec<Extent> {
    let mut offsets: Vec<usize> = spans.iter().flat_map(|span| [span.start, span.end]).collect();
    offsets.sort_unstable();
    offsets.dedup();
    let index = LineIndex::new(text);
    let mut places: Vec<Place> = Vec::with_capacity(offsets.len());
    let (mut at, mut chars) = (0, 0);
    let (mut line_start, mut column, mut utf16) = (0, 1, 1);
    for offset in offsets {
        let offset = zhengming_text::line_index::floor_boundary(text, offset);
        let line = index.line(offset);
        let start = index.line_range(line).start;
        let piece = &text[at..offset];
        chars += piece.chars().count();
        // Columns go on from the place before, if it is on the same line.
        let from = if start > line_start || places.is_empty() { start } else { at };
        if from == start {
            (line_start, column, utf16) = (start, 1, 1);
        }
        let piece = &text[from..offset];
        column += piece.chars().count();
        utf16 += piece.chars().map(char::len_utf16).sum::<usize>();
        at = offset;
        places.push(Place { byte: offset, char: chars, line, column, utf16 });
    }
    let find = |offset: usize| {
        let offset = zhengming_text::line_index::floor_boundary(text, offset);
        let at = places.partition_point(|place| place.byte < offset);
        places[at.min(places.len() - 1)]
    };
    spans.iter().map(|span| Extent { start: find(span.start), end: find(span.end) }).collect()
}

/// The dictionary and the notices as JSON, the messages in `lang`.
pub fn to_json(import: &Import, lang: Lang) -> String {
    let key = |key: &str| key.to_owned();
    let entries = import.dictionary.concepts().iter().zip(&import.places);
    let concepts = entries.map(|(concept, extent)| {
        let mut table = json::concept(concept);
        let span = vec![(key("start"), place(extent.start)), (key("end"), place(extent.end))];
        table.push((key("span"), Node::Table(span)));
        Node::Table(table)
    });
    let mut dictionary = json::header(import.dictionary.header());
    dictionary.push((key("layout"), import.layout.name().into()));
    dictionary.push((key("concepts"), Node::List(concepts.collect())));
    let notices = import.notices.iter().map(|notice| {
        let message = notice.message.get(lang).into();
        Node::Table(vec![(key("line"), number(notice.line)), (key("message"), message)])
    });
    json::pretty(&Node::Table(vec![
        (key("dictionaries"), Node::List(vec![Node::Table(dictionary)])),
        (key("notices"), Node::List(notices.collect())),
    ]))
}

fn place(place: Place) -> Node {
    let Place { byte, char, line, column, utf16 } = place;
    let units = [("byte", byte), ("char", char), ("line", line), ("column", column), ("utf16", utf16)];
    Node::Table(units.into_iter().map(|(key, value)| (key.to_owned(), number(value))).collect())
}

fn number(value: usize) -> Node {
    Node::Number(value as u64)
}
