//! One finding as JSON, the same in every format that writes our own schema.

use serde::Serialize;
use zhengming::internal::{Bytes, NamedPoint, findings, rule_name};
use zhengming::{
    Applicability, Cell, ConceptRef, Edit, Finding, Fix, Lang, Location, Point, Related, Severity,
};

use crate::input::{Checked, Run};

/// The findings of a checked document, whose places count the file as it is stored.
pub(crate) fn stored<'a>(path: &'a str, checked: &Checked<'a>) -> impl Iterator<Item = Finding> + use<'a> {
    findings(checked.document, path, checked.diagnostics, Bytes::AsStored(checked.stored_len))
}

/// The findings of a checked document, whose places count its text.
pub(crate) fn decoded<'a>(path: &'a str, checked: &Checked<'a>) -> impl Iterator<Item = Finding> + use<'a> {
    findings(checked.document, path, checked.diagnostics, Bytes::OfText)
}

/// A finding in one language, in the shape and order of the schema.
#[derive(Serialize)]
pub(crate) struct FindingShown<'a> {
    rule: &'a str,
    /// What people call the rule.
    name: &'a str,
    family: &'a str,
    severity: Severity,
    message: &'a str,
    label: &'a str,
    help: Option<String>,
    url: Option<String>,
    text: &'a str,
    span: SpanShown,
    concept: Option<&'a ConceptRef>,
    fixes: Vec<FixShown<'a>>,
    related: Vec<RelatedShown<'a>>,
    location: Option<LocationShown<'a>>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct SpanShown {
    #[serde(with = "NamedPoint")]
    start: Point,
    #[serde(with = "NamedPoint")]
    end: Point,
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
    span: SpanShown,
    message: &'a str,
}

#[derive(Serialize)]
struct LocationShown<'a> {
    part: Option<&'a str>,
    paragraph: Option<u32>,
    table: Option<Cell>,
    page: Option<u32>,
    words: &'a str,
}

impl<'a> FindingShown<'a> {
    pub(crate) fn new(finding: &'a Finding, run: &Run<'_>) -> Self {
        let lang = run.lang;
        Self {
            rule: &finding.rule,
            name: rule_name(&finding.rule, lang),
            family: &finding.family,
            severity: finding.severity,
            message: finding.message.get(lang),
            label: finding.label.get(lang),
            help: finding.help.whole(lang),
            url: run.rule_page(&finding.rule),
            text: &finding.text,
            span: SpanShown { start: finding.start, end: finding.end },
            concept: finding.concept.as_ref(),
            fixes: finding.fixes.iter().map(|fix| FixShown::new(fix, lang)).collect(),
            related: finding.related.iter().map(|related| RelatedShown::new(related, lang)).collect(),
            location: finding.location.as_ref().map(|location| LocationShown::new(location, lang)),
            fingerprint: &finding.fingerprint,
        }
    }
}

impl<'a> FixShown<'a> {
    fn new(fix: &'a Fix, lang: Lang) -> Self {
        let edits = fix.edits.iter().map(EditShown::new).collect();
        Self { title: fix.title.get(lang), applicability: fix.applicability, edits }
    }
}

impl<'a> EditShown<'a> {
    fn new(edit: &'a Edit) -> Self {
        Self { start: edit.start.byte, end: edit.end.byte, text: &edit.text }
    }
}

impl<'a> RelatedShown<'a> {
    fn new(related: &'a Related, lang: Lang) -> Self {
        let span = SpanShown { start: related.start, end: related.end };
        Self { path: &related.path, span, message: related.message.get(lang) }
    }
}

impl<'a> LocationShown<'a> {
    fn new(location: &'a Location, lang: Lang) -> Self {
        Self {
            part: location.part.as_deref(),
            paragraph: location.paragraph,
            table: location.table,
            page: location.page,
            words: location.words.get(lang),
        }
    }
}
