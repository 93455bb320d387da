//! An import as JSON, in the form that scripts rely on.

use serde_json::{Value, json};
use zhengming_terms::dictionary::Status;
use zhengming_text::line_index::LineIndex;
use zhengming_text::message::Lang;
use zhengming_text::span::Span;

use super::Import;

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
    let header = import.dictionary.header();
    let concepts: Vec<Value> = import
        .dictionary
        .concepts()
        .iter()
        .zip(&import.places)
        .map(|(concept, extent)| {
            let mut terms: Vec<Value> = concept
                .designations
                .iter()
                .map(|it| json!({"text": it.text, "status": status(it.status), "lang": "zh"}))
                .collect();
            terms.extend(concept.english.iter().enumerate().map(|(at, text)| {
                let status = if at == 0 { Status::Preferred } else { Status::Admitted };
                json!({"text": text, "status": self::status(status), "lang": "en"})
            }));
            json!({
                "id": concept.id,
                "clause": concept.clause,
                "heading": concept.heading,
                "domain": concept.domain,
                "responsible": concept.responsible,
                "terms": terms,
                "definition": concept.definition,
                "notes": concept.notes,
                "examples": concept.examples,
                "source": concept.source,
                "span": {"start": place(extent.start), "end": place(extent.end)},
            })
        })
        .collect();
    let notices: Vec<Value> = import
        .notices
        .iter()
        .map(|notice| json!({"line": notice.line, "message": notice.message.get(lang)}))
        .collect();
    let value = json!({
        "dictionaries": [{
            "id": header.id,
            "title": header.title,
            "edition": header.edition,
            "series": header.series,
            "citation": header.citation,
            "layout": import.layout.name(),
            "imports": header.imports,
            "concepts": concepts,
        }],
        "notices": notices,
    });
    serde_json::to_string_pretty(&value).expect("a value of strings and numbers")
}

fn place(place: Place) -> Value {
    json!({"byte": place.byte, "char": place.char, "line": place.line, "column": place.column, "utf16": place.utf16})
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Preferred => "preferred",
        Status::Admitted => "admitted",
        Status::Deprecated => "deprecated",
        Status::Superseded => "superseded",
    }
}
