//! What a rule reports.

use zhengming_reading::prose;
use zhengming_text::diagnostic::{ConceptRef, Diagnostic, Fix, Related, Severity};
use zhengming_text::document::Document;
use zhengming_text::message::Text;
use zhengming_text::span::{Span, TextRange};

use super::RuleMeta;

/// A finding on its way to the report.
#[derive(Debug)]
pub struct Finding {
    place: FindingPlace,
    severity: Option<Severity>,
    message: Text,
    label: Text,
    help: Option<Text>,
    concept: Option<ConceptRef>,
    fixes: Vec<Fix>,
    related: Vec<(usize, TextRange, Text)>,
}

/// Where a finding is.
#[derive(Debug)]
enum FindingPlace {
    Text { block: usize, range: TextRange },
    Comment(Span),
}

impl Finding {
    /// A finding at `range` of the text of block number `block`. `message` quotes the text and says
    /// what is wrong; `label` says what is expected there.
    pub fn new(block: usize, range: TextRange, message: Text, label: Text) -> Self {
        Self::at(FindingPlace::Text { block, range }, message, label)
    }

    /// A finding about the comment at `span` of the source, which is no part of a block.
    pub fn at_comment(span: Span, message: Text, label: Text) -> Self {
        Self::at(FindingPlace::Comment(span), message, label)
    }

    fn at(place: FindingPlace, message: Text, label: Text) -> Self {
        Self {
            place,
            severity: None,
            message,
            label,
            help: None,
            concept: None,
            fixes: Vec::new(),
            related: Vec::new(),
        }
    }

    /// Why, with dictionary and clause, and the ways out.
    #[must_use]
    pub fn help(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }

    /// The concept that the finding is about.
    #[must_use]
    pub fn concept(mut self, concept: ConceptRef) -> Self {
        self.concept = Some(concept);
        self
    }

    /// The other severity of the rule ([`RuleMeta::also`]), e.g. a mere hint, which configuration can lower
    /// and not raise.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// A way to mend it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Another place of the document that belongs to it.
    #[must_use]
    pub fn related(mut self, block: usize, range: TextRange, message: Text) -> Self {
        self.related.push((block, range, message));
        self
    }
}

/// Takes the findings of one rule in one document.
#[derive(Debug)]
pub struct Sink<'a> {
    pub(crate) document: &'a Document,
    pub(crate) meta: &'static RuleMeta,
    /// The configured severity, if it was configured.
    pub(crate) severity: Option<Severity>,
    pub(crate) out: &'a mut Vec<Diagnostic>,
}

impl Sink<'_> {
    /// Reports a finding. One about a comment in a document without any prose is left out: there is no
    /// block that it could belong to.
    pub fn report(&mut self, finding: Finding) {
        let Some((block, span, sentence)) = self.locate(&finding.place) else { return };
        let related = finding.related.into_iter().map(|(block, range, message)| Related {
            span: self.document.block(block).span(range),
            message,
            elsewhere: None,
        });
        let severity = self.meta.severity_of(finding.severity, self.severity);
        self.out.push(Diagnostic {
            rule: self.meta.id,
            family: self.meta.family,
            severity,
            message: finding.message,
            label: finding.label,
            help: finding.help,
            span,
            block,
            sentence,
            concept: finding.concept,
            fixes: finding.fixes,
            related: related.collect(),
        });
    }

    /// The block of a finding, its bytes of the source, and the sentence around it.
    fn locate(&self, place: &FindingPlace) -> Option<(usize, Span, String)> {
        match *place {
            FindingPlace::Text { block, range } => {
                let text = self.document.block(block).text();
                let sentence = text[prose::sentence_around(text, range).range()].to_owned();
                Some((block, self.document.block(block).span(range), sentence))
            }
            FindingPlace::Comment(span) => {
                let count = self.document.blocks().len();
                let (mut first, mut end) = (0, count);
                while first < end {
                    let middle = first.midpoint(end);
                    let is_before = self.document.block(middle).source_span().start <= span.start;
                    if is_before { first = middle + 1 } else { end = middle }
                }
                let sentence = self.document.source()[span.range()].to_owned();
                (count > 0).then(|| (first.saturating_sub(1), span, sentence))
            }
        }
    }
}
