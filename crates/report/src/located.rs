//! The place of a finding in a document that is no text file, where line and column mean nothing to a reader.

use std::borrow::Cow;

use zhengming::Finding;
use zhengming_text::document::Document;
use zhengming_text::message::{Lang, Text};
use zhengming_text::span::Span;

use crate::printable::one_line;
use crate::words::{Words, explained};

/// The words for the place of a finding; nothing in a text file.
pub(crate) fn words(finding: &Finding, lang: Lang) -> Option<Cow<'_, str>> {
    shown(&finding.location.as_ref()?.words, lang)
}

/// Whether line and column say nothing of a finding, because it is in no text file: a place in a container names its
/// part or its page.
pub(crate) fn is_without_lines(finding: &Finding) -> bool {
    finding.location.as_ref().is_some_and(|place| place.part.is_some() || place.page.is_some())
}

/// The words for block number `block` of a document; nothing in a text file.
pub(crate) fn words_of(document: &Document, block: usize, lang: Lang) -> Option<Cow<'_, str>> {
    let place = (block < document.blocks().len()).then(|| document.block(block).place())?;
    shown(&place?.words, lang)
}

/// The words for the block in which `span` begins; nothing in a text file.
pub(crate) fn words_at(document: &Document, span: Span, lang: Lang) -> Option<Cow<'_, str>> {
    let block = document.blocks().find(|block| span.start < block.source_span().end)?;
    shown(&block.place()?.words, lang)
}

/// The finding in one text, its place first where a tool shows only line and column.
pub(crate) fn described(finding: &Finding, lang: Lang) -> String {
    let text = explained(lang, finding);
    match words(finding, lang) {
        Some(words) => format!("{words}{}{text}", Words::of(lang).colon),
        None => text,
    }
}

fn shown(words: &Text, lang: Lang) -> Option<Cow<'_, str>> {
    Some(one_line(words.get(lang))).filter(|words| !words.is_empty())
}
