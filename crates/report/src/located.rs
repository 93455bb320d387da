//! The place of a finding in a document that is no text file, where line and column mean nothing to a reader.

use std::borrow::Cow;

use serde::Serialize;
use zhengming_text::diagnostic::Diagnostic;
use zhengming_text::document::Document;
use zhengming_text::message::Lang;
use zhengming_text::place::{Cell, Place};
use zhengming_text::span::Span;

use crate::printable::one_line;
use crate::words::{Words, explained};

/// The place of a block as JSON.
#[derive(Serialize)]
pub(crate) struct Location<'a> {
    part: Option<&'a str>,
    paragraph: Option<u32>,
    table: Option<CellShown>,
    page: Option<u32>,
    words: &'a str,
}

#[derive(Serialize)]
struct CellShown {
    table: u32,
    row: u32,
    column: u32,
}

impl<'a> Location<'a> {
    /// The place of a finding; nothing in a text file.
    pub(crate) fn of(document: &'a Document, diagnostic: &Diagnostic, lang: Lang) -> Option<Self> {
        let place = place(document, diagnostic.block)?;
        let cell = |Cell { table, row, column }| CellShown { table, row, column };
        Some(Self {
            part: place.part.as_deref(),
            paragraph: place.paragraph,
            table: place.cell.map(cell),
            page: place.page,
            words: place.words.get(lang),
        })
    }
}

/// The words for the place of a finding; nothing in a text file.
pub(crate) fn words<'a>(document: &'a Document, diagnostic: &Diagnostic, lang: Lang) -> Option<Cow<'a, str>> {
    shown(place(document, diagnostic.block)?, lang)
}

/// Whether line and column say nothing of a finding, because it is in no text file.
pub(crate) fn is_without_lines(document: &Document, diagnostic: &Diagnostic) -> bool {
    place(document, diagnostic.block).is_some_and(|place| !place.is_in_text())
}

/// The words for the block in which `span` begins; nothing in a text file.
pub(crate) fn words_at(document: &Document, span: Span, lang: Lang) -> Option<Cow<'_, str>> {
    let block = document.blocks().find(|block| span.start < block.source_span().end)?;
    shown(block.place()?, lang)
}

/// The finding in one text, its place first where a tool shows only line and column.
pub(crate) fn described(document: &Document, diagnostic: &Diagnostic, lang: Lang) -> String {
    let text = explained(lang, diagnostic);
    match words(document, diagnostic, lang) {
        Some(words) => format!("{words}{}{text}", Words::of(lang).colon),
        None => text,
    }
}

fn place(document: &Document, block: usize) -> Option<&Place> {
    (block < document.blocks().len()).then(|| document.block(block).place())?
}

fn shown(place: &Place, lang: Lang) -> Option<Cow<'_, str>> {
    Some(one_line(place.words.get(lang))).filter(|words| !words.is_empty())
}
