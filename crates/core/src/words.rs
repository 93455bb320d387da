//! Words that the user names (allowed ones, those of a directive), looked for around findings.

use aho_corasick::AhoCorasick;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::fold;
use crate::span::{Span, TextRange};

/// A list of words, found in whatever shape they are written.
#[derive(Debug, Default)]
pub(crate) struct Words {
    keys: Vec<String>,
    automaton: Option<AhoCorasick>,
}

impl Words {
    /// The words with these [keys](fold::key), none of them empty.
    pub(crate) fn new(keys: Vec<String>) -> Self {
        // Nothing is looked for without patterns, nor if they are too many for an automaton.
        let automaton = if keys.is_empty() { None } else { AhoCorasick::new(&keys).ok() };
        Self { keys, automaton }
    }

    /// Looks for the words in `document`.
    pub(crate) fn finder<'a>(&'a self, document: &'a Document) -> Finder<'a> {
        Finder { words: self, document, block: None, places: Vec::new() }
    }
}

/// The places of the words in one block at a time; findings come in order, so each block is read once.
#[derive(Debug)]
pub(crate) struct Finder<'a> {
    words: &'a Words,
    document: &'a Document,
    block: Option<usize>,
    places: Vec<(Span, usize)>,
}

impl Finder<'_> {
    /// The numbers of the words that `diagnostic` is about: those that cover its text, and the preferred
    /// name of its concept. A longer word covers what is inside it.
    pub(crate) fn covering(&mut self, diagnostic: &Diagnostic) -> Vec<usize> {
        if self.words.automaton.is_none() {
            return Vec::new();
        }
        self.read(diagnostic.block);
        let span = diagnostic.span;
        let covers = |place: &Span| place.start <= span.start && span.end <= place.end;
        let mut numbers: Vec<usize> =
            self.places.iter().filter(|(place, _)| covers(place)).map(|&(_, number)| number).collect();
        if let Some(concept) = &diagnostic.concept {
            let key = fold::key(&concept.preferred);
            numbers.extend(self.words.keys.iter().position(|word| *word == key));
        }
        numbers
    }

    fn read(&mut self, number: usize) {
        if self.block == Some(number) || number >= self.document.blocks().len() {
            return;
        }
        self.block = Some(number);
        self.places.clear();
        let Some(automaton) = &self.words.automaton else { return };
        let block = self.document.block(number);
        let folded = fold::fold(block.text());
        for hit in automaton.find_overlapping_iter(folded.text()) {
            let range = quoted_range(block.text(), folded.original(hit.start(), hit.end()));
            self.places.push((block.span(range), hit.pattern().as_usize()));
        }
    }
}

/// The range with the quotation marks that set it off, which a finding may include.
fn quoted_range(text: &str, range: TextRange) -> TextRange {
    let before = text[..range.start].trim_end_matches(fold::is_quote).len();
    let after = text.len() - text[range.end..].trim_start_matches(fold::is_quote).len();
    TextRange::new(before, after)
}
