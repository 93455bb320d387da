//! What the linter read in a document, as JSON for scripts.

use serde_json::{Value, json};
use zhengming::{Document, Lang, Linter};
use zhengming_formats::encoding;
use zhengming_reading::head::Head;
use zhengming_terms::dictionary::Status;
use zhengming_terms::termbase::Role;
use zhengming_text::document::Document as Inner;
use zhengming_text::span::{Span, TextRange};

/// What `zhengming facts --format json` prints for one document.
pub fn facts_json(linter: &Linter, name: &str, document: &Document, lang: Lang) -> Value {
    let document = document.inner();
    let facts = linter.inner().facts(document);
    let places = Places::new(document);
    let termbase = linter.termbase();
    let text_of = |block: usize, range: TextRange| document.block(block).text()[range.range()].to_owned();
    let span_of = |block: usize, range: TextRange| places.span(document.block(block).span(range));
    // As findings have it: lines say nothing in a Word file.
    let place_of = |block: usize| {
        let place = document.block(block).place().filter(|place| !place.is_in_text())?;
        Some(place.words.get(lang)).filter(|words| !words.is_empty())
    };
    let mentions: Vec<Value> = facts
        .mentions()
        .iter()
        .map(|mention| {
            let spelling = mention.spelling(termbase);
            json!({
                "text": text_of(mention.block, mention.range),
                "concept": termbase.concept(spelling.concept).id,
                "designation": spelling.text,
                "status": status_name(&spelling.role),
                "span": span_of(mention.block, mention.range),
                "place": place_of(mention.block),
            })
        })
        .collect();
    let definitions: Vec<Value> = facts
        .definitions()
        .iter()
        .map(|definition| {
            let first = definition.body.first();
            json!({
                "term": definition.text,
                "body": definition.body_text(document),
                "pattern": definition.pattern.as_str(),
                "span": span_of(definition.block, definition.term),
                "place": place_of(definition.block),
                "body_span": first.map(|&(block, range)| span_of(block, range)),
            })
        })
        .collect();
    let abbreviations: Vec<Value> = facts
        .abbreviations()
        .iter()
        .map(|short| {
            json!({
                "short": short.short,
                "full": short.full.map(|range| text_of(short.block, range)),
                "span": span_of(short.block, short.range),
                "place": place_of(short.block),
            })
        })
        .collect();
    let citations: Vec<Value> = facts
        .citations()
        .iter()
        .map(|cited| {
            let citation = &cited.citation;
            json!({
                "text": text_of(cited.block, citation.range),
                "normal": citation.normal,
                "series": citation.series,
                "number": citation.number,
                "year": citation.year,
                "edition": citation.edition,
                "clause": citation.clause,
                "span": span_of(cited.block, citation.range),
                "place": place_of(cited.block),
            })
        })
        .collect();
    let candidates: Vec<Value> = facts
        .candidates()
        .iter()
        .map(|candidate| {
            let (block, range) = candidate.places[0];
            let evidence = candidate.evidence.iter();
            json!({
                "text": candidate.text,
                "kind": candidate.family.as_str(),
                "score": (candidate.score * 1_000.0).round() / 1_000.0,
                "confidence": candidate.confidence.as_str(),
                "features": evidence.map(|one| one.feature.as_str()).collect::<Vec<_>>(),
                "count": candidate.places.len(),
                "span": span_of(block, range),
                "place": place_of(block),
            })
        })
        .collect();
    let head = head_json(facts.head());
    json!({
        "path": name, "head": head, "mentions": mentions, "definitions": definitions, "abbreviations": abbreviations,
        "citations": citations, "candidates": candidates,
    })
}

/// What the head of the document says; what it does not say is null.
fn head_json(head: &Head) -> Value {
    let region = head.region.map(|region| {
        json!({
            "code": region.code,
            "name": region.name(),
            "by": region.by.as_str(),
            "confidence": region.by.confidence(),
        })
    });
    json!({
        "title": head.title,
        "issuer": head.issuer,
        "number": head.number,
        "date": head.date.map(|(date, _)| date.to_string()),
        "date_kind": head.date.map(|(_, kind)| kind.as_str()),
        "region": region,
    })
}

/// The name of the standing of a spelling, as JSON has it.
pub fn status_name(role: &Role) -> &'static str {
    match role {
        Role::Variant { .. } => "variant",
        Role::Designation { status, .. } => match status {
            Status::Preferred => "preferred",
            Status::Admitted => "admitted",
            Status::Deprecated => "deprecated",
            Status::Superseded => "superseded",
        },
    }
}

/// Positions as reports give them, with what stands before each line counted once.
struct Places<'a> {
    document: &'a Inner,
    /// Characters and stored bytes before each line.
    before: Vec<(usize, usize)>,
}

impl<'a> Places<'a> {
    fn new(document: &'a Inner) -> Self {
        let stored = document.encoding();
        let mark = if stored.bom { encoding::stored_len("\u{FEFF}", stored) } else { 0 };
        let mut before = vec![(0, mark)];
        for line in 1..=document.lines().lines() {
            let text = &document.source()[document.lines().line_range(line)];
            let (chars, bytes) = before[line - 1];
            before.push((chars + text.chars().count(), bytes + encoding::stored_len(text, stored)));
        }
        Self { document, before }
    }

    fn span(&self, span: Span) -> Value {
        json!({ "start": self.position(span.start), "end": self.position(span.end) })
    }

    fn position(&self, offset: usize) -> Value {
        let source = self.document.source();
        let position = self.document.lines().position(source, offset);
        let start = self.document.lines().line_range(position.line).start;
        let (chars, bytes) = self.before[position.line - 1];
        let within = encoding::stored_len(&source[start..offset], self.document.encoding());
        json!({
            "byte": bytes + within,
            "char": chars + position.column - 1,
            "line": position.line,
            "column": position.column,
            "utf16": position.utf16,
        })
    }
}
