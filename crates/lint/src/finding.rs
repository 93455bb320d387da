//! What a rule reports, over a document or over a folder.

use zhengming_reading::prose;
use zhengming_reading::summary::{Site, Summary};
use zhengming_text::diagnostic::{ConceptRef, Diagnostic, Elsewhere, Fix, Help, Related, Severity};
use zhengming_text::document::Document;
use zhengming_text::message::Text;
use zhengming_text::span::{Span, TextRange};

use crate::meta::RuleMeta;

/// A finding on its way to the report: at a place of a document, for rules over a folder of a summary, and for rules
/// over dictionaries at an entry.
#[derive(Debug)]
pub struct Finding<At = DocumentPlace> {
    /// Where it is.
    pub at: At,
    /// The severity that the rule gives it, if it is not the usual one.
    pub severity: Option<Severity>,
    /// What is wrong, quoting the text.
    pub message: Text,
    label: Text,
    /// Why, and the ways out.
    pub help: Help,
    key: Option<String>,
    sureness: Option<u8>,
    concept: Option<ConceptRef>,
    fixes: Vec<Fix>,
    /// Other places that belong to it, each with what stands there.
    pub related: Vec<(At, Text)>,
}

/// Where in a document a finding is.
#[derive(Debug)]
pub enum DocumentPlace {
    /// In the text of a block.
    Text {
        /// The number of the block.
        block: usize,
        /// Bytes of its text.
        range: TextRange,
    },
    /// At a comment, which is no part of a block: bytes of the source.
    Comment(Span),
}

/// Where in a folder a finding is.
#[derive(Debug)]
pub struct FolderPlace {
    pub(crate) path: String,
    pub(crate) site: Site,
}

impl Finding {
    /// A finding at `range` of the text of block number `block`. `message` quotes the text and says
    /// what is wrong; `label` says what is expected there.
    pub fn new(block: usize, range: TextRange, message: Text, label: Text) -> Self {
        Self::at(DocumentPlace::Text { block, range }, message, label)
    }

    /// A finding about the comment at `span` of the source, which is no part of a block.
    pub fn at_comment(span: Span, message: Text, label: Text) -> Self {
        Self::at(DocumentPlace::Comment(span), message, label)
    }

    /// Another place of the document that belongs to it.
    #[must_use]
    pub fn related(mut self, block: usize, range: TextRange, message: Text) -> Self {
        self.related.push((DocumentPlace::Text { block, range }, message));
        self
    }
}

impl Finding<FolderPlace> {
    /// A finding at `site` of `document`. `message` quotes the text and says what is wrong; `label` says
    /// in a few words what contradicts it.
    pub fn across(document: &Summary, site: &Site, message: Text, label: Text) -> Self {
        Self::at(FolderPlace { path: document.path.clone(), site: site.clone() }, message, label)
    }

    /// A place that belongs to it, in this document or another one.
    #[must_use]
    pub fn related(mut self, document: &Summary, site: &Site, message: Text) -> Self {
        let place = FolderPlace { path: document.path.clone(), site: site.clone() };
        self.related.push((place, message));
        self
    }
}

impl<At> Finding<At> {
    /// A finding at `at`. `message` quotes the text and says what is wrong; `label` says what is expected there.
    pub fn at(at: At, message: Text, label: Text) -> Self {
        Self {
            at,
            severity: None,
            message,
            label,
            help: Help::default(),
            key: None,
            sureness: None,
            concept: None,
            fixes: Vec::new(),
            related: Vec::new(),
        }
    }

    /// What it rests on: dictionary, clause and edition, or what is known of the expression.
    #[must_use]
    pub fn basis(mut self, basis: Text) -> Self {
        self.help.basis = Some(basis);
        self
    }

    /// What the author can do.
    #[must_use]
    pub fn help(mut self, help: Text) -> Self {
        self.help.author = Some(help);
        self
    }

    /// What those who run the program can do, with options or configuration.
    #[must_use]
    pub fn operator(mut self, operator: Text) -> Self {
        self.help.operator = Some(operator);
        self
    }

    /// What it says, as data. Findings of one rule with the same key are one for a reader, who is told once and looks
    /// for the rest; comments act on each place before.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// How sure the rule is, of 100, where it weighs evidence.
    #[must_use]
    pub fn sureness(mut self, sureness: u8) -> Self {
        self.sureness = Some(sureness);
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

    /// The finding as it is shown, of the rule `meta` and at a place that the caller knows.
    pub(crate) fn told(
        self,
        meta: &RuleMeta,
        severity: Severity,
        (block, span, sentence): (usize, Span, String),
        related: impl Fn(At, Text) -> Option<Related>,
    ) -> Diagnostic {
        Diagnostic {
            rule: meta.id,
            family: meta.family,
            severity,
            message: self.message,
            label: self.label,
            help: self.help,
            span,
            block,
            sentence,
            key: self.key,
            concept: self.concept,
            fixes: self.fixes,
            related: self.related.into_iter().filter_map(|(at, message)| related(at, message)).collect(),
            sureness: self.sureness,
        }
    }
}

impl FolderPlace {
    /// The place as one that belongs to a finding elsewhere.
    pub(crate) fn related(self, message: Text) -> Related {
        let place = self.site.place.as_ref().map(|place| place.words.clone());
        let elsewhere = Elsewhere { path: self.path, start: self.site.start, end: self.site.end, place };
        Related { span: self.site.span(), message, elsewhere: Some(elsewhere) }
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
        let Some(place) = self.locate(&finding.at) else { return };
        let severity = self.meta.severity_of(finding.severity, self.severity);
        let related = |at: DocumentPlace, message| {
            let (_, span, _) = self.locate(&at)?;
            Some(Related { span, message, elsewhere: None })
        };
        let told = finding.told(self.meta, severity, place, related);
        self.out.push(told);
    }

    /// The block of a finding, its bytes of the source, and the sentence around it.
    fn locate(&self, place: &DocumentPlace) -> Option<(usize, Span, String)> {
        match *place {
            DocumentPlace::Text { block, range } => {
                let text = self.document.block(block).text();
                let sentence = text[prose::sentence_around(text, range).range()].to_owned();
                Some((block, self.document.block(block).span(range), sentence))
            }
            DocumentPlace::Comment(span) => {
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
