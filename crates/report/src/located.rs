//! The place of a finding in a document that is no text file, where line and column mean nothing to a reader.

use std::borrow::Cow;

use zhengming_text::diagnostic::Diagnostic;
use zhengming_text::document::Document;
use zhengming_text::message::Lang;
use zhengming_text::place::Place;
use zhengming_text::span::Span;

use crate::printable::one_line;
use crate::words::{Words, explained};

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
