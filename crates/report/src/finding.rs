//! One finding as JSON, the same in every format that writes our own schema.

use serde::Serialize;
use zhengming_text::diagnostic::{Applicability, ConceptRef, Diagnostic, Fix, Severity};
use zhengming_text::document::Document;
use zhengming_text::message::Lang;

use crate::input::Checked;
use crate::located::Location;
use crate::places::{PlacedSpan, Places, clamp, related_path};
use crate::summary::is_edited_in_place;

/// What the findings of one file share.
pub(crate) struct Context<'a> {
    path: &'a str,
    document: &'a Document,
    source: &'a str,
    places: Places<'a>,
    lang: Lang,
}

impl<'a> Context<'a> {
    pub(crate) fn new(path: &'a str, checked: &Checked<'a>, lang: Lang) -> Self {
        Self {
            path,
            document: checked.document,
            source: checked.document.source(),
            places: Places::stored(checked),
            lang,
        }
    }
}

/// A finding in the shape of the schema.
#[derive(Serialize)]
pub(crate) struct Finding<'a> {
    rule: &'a str,
    family: &'a str,
    severity: Severity,
    message: &'a str,
    label: &'a str,
    help: Option<String>,
    url: Option<&'a str>,
    text: &'a str,
    span: PlacedSpan,
    concept: Option<&'a ConceptRef>,
    fixes: Vec<FixShown<'a>>,
    related: Vec<RelatedShown<'a>>,
    location: Option<Location<'a>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct FixShown<'a> {
    title: &'a str,
    applicability: Applicability,
    edits: Vec<EditShown<'a>>,
}

/// `start` and `end` are bytes of the file as stored.
#[derive(Serialize)]
struct EditShown<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct RelatedShown<'a> {
    path: &'a str,
    span: PlacedSpan,
    message: &'a str,
}

impl<'a> Finding<'a> {
    pub(crate) fn new(cx: &Context<'a>, diagnostic: &'a Diagnostic) -> Self {
        let related = diagnostic.related.iter().map(|related| RelatedShown {
            path: related_path(related, cx.path),
            span: cx.places.related(related),
            message: related.message.get(cx.lang),
        });
        Self {
            rule: diagnostic.rule,
            family: diagnostic.family,
            severity: diagnostic.severity,
            message: diagnostic.message.get(cx.lang),
            label: diagnostic.label.get(cx.lang),
            help: diagnostic.help.whole(cx.lang),
            url: None,
            text: &cx.source[clamp(cx.source, diagnostic.span).range()],
            span: cx.places.span(diagnostic.span),
            concept: diagnostic.concept.as_ref(),
            fixes: diagnostic.fixes.iter().map(|fix| FixShown::new(cx, fix)).collect(),
            related: related.collect(),
            location: Location::of(cx.document, diagnostic, cx.lang),
            fingerprint: diagnostic.fingerprint(),
        }
    }
}

impl<'a> FixShown<'a> {
    fn new(cx: &Context<'a>, fix: &'a Fix) -> Self {
        // Bytes of the text that was extracted from a container are none of its file.
        let edits = fix.edits.iter().filter(|_| is_edited_in_place(cx.document)).map(|edit| {
            let span = cx.places.span(edit.span);
            EditShown { start: span.start.byte, end: span.end.byte, text: &edit.text }
        });
        Self { title: fix.title.get(cx.lang), applicability: fix.applicability, edits: edits.collect() }
    }
}
