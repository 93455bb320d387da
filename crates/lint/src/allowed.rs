//! Words that the user names (allowed ones, those of a directive), looked for around findings.

use std::collections::HashMap;

use zhengming_terms::words::Words;
use zhengming_text::diagnostic::Diagnostic;
use zhengming_text::document::Document;
use zhengming_text::fold;
use zhengming_text::span::{Span, TextRange};

/// A list of words, found in whatever shape they are written.
#[derive(Debug, Default)]
pub(crate) struct AllowedWords {
    /// The number of each key.
    numbers: HashMap<String, usize>,
    /// Nothing if there are none.
    words: Option<Words>,
}

impl AllowedWords {
    /// The words with these [keys](fold::key).
    pub(crate) fn new(keys: Vec<String>) -> Self {
        let words = (!keys.is_empty()).then(|| Words::new(&keys));
        let mut numbers = HashMap::with_capacity(keys.len());
        for (number, key) in keys.into_iter().enumerate() {
            numbers.entry(key).or_insert(number);
        }
        Self { numbers, words }
    }

    /// Looks for the words in `document`.
    pub(crate) fn finder<'a>(&'a self, document: &'a Document) -> Finder<'a> {
        Finder { allowed: self, document, block: None, places: Vec::new(), longest: 0 }
    }
}

/// The places of the words in one block at a time; findings come in order, so each block is read once.
#[derive(Debug)]
pub(crate) struct Finder<'a> {
    allowed: &'a AllowedWords,
    document: &'a Document,
    block: Option<usize>,
    /// By where they begin.
    places: Vec<(Span, usize)>,
    /// The length of the longest place.
    longest: usize,
}

impl Finder<'_> {
    /// The numbers of the words that `diagnostic` is about: those that cover its text, and the preferred
    /// name of its concept. A longer word covers what is inside it.
    pub(crate) fn covering(&mut self, diagnostic: &Diagnostic) -> Vec<usize> {
        if self.allowed.words.is_none() {
            return Vec::new();
        }
        self.read(diagnostic.block);
        let span = diagnostic.span;
        let covering = self.near(span).iter().filter(|(place, _)| span.end <= place.end);
        let mut numbers: Vec<usize> = covering.map(|&(_, number)| number).collect();
        numbers.extend(self.quoted_at(span));
        if let Some(concept) = &diagnostic.concept {
            let key = fold::key(&concept.preferred);
            numbers.extend(self.allowed.numbers.get(&key));
        }
        numbers
    }

    /// The words that are all of the quotation with which `span` begins: a code is named by its number alone, 33618 of
    /// “33618”现代制造业集群体系.
    fn quoted_at(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let source = self.document.source();
        let quote = source.get(span.range()).filter(|text| text.starts_with('“')).map(|_| '“'.len_utf8());
        let start = span.start + quote.unwrap_or_default();
        let from = self.places.partition_point(|(place, _)| place.start < start);
        let here = self.places[from..].iter().take_while(move |(place, _)| place.start == start);
        let is_whole = move |place: &Span| {
            quote.is_some()
                && place.end < span.end
                && source.get(place.end..).is_some_and(|rest| rest.starts_with('”'))
        };
        here.filter(move |(place, _)| is_whole(place)).map(|&(_, number)| number)
    }

    /// The places that begin where one that covers `span` can begin.
    fn near(&self, span: Span) -> &[(Span, usize)] {
        let first = span.end.saturating_sub(self.longest);
        let from = self.places.partition_point(|(place, _)| place.start < first);
        let to = self.places.partition_point(|(place, _)| place.start <= span.start);
        self.places.get(from..to).unwrap_or_default()
    }

    fn read(&mut self, number: usize) {
        if self.block == Some(number) || number >= self.document.blocks().len() {
            return;
        }
        self.block = Some(number);
        self.places.clear();
        let Some(words) = &self.allowed.words else { return };
        let block = self.document.block(number);
        let folded = fold::fold(block.text());
        for found in words.find(folded.text()) {
            let range = quoted_range(block.text(), folded.original(found.start, found.end));
            self.places.push((block.span(range), found.word));
        }
        self.places.sort_unstable();
        self.longest = self.places.iter().map(|(place, _)| place.len()).max().unwrap_or(0);
    }
}

/// The range with the quotation marks that set it off, which a finding may include.
fn quoted_range(text: &str, range: TextRange) -> TextRange {
    let before = text[..range.start].trim_end_matches(fold::is_quote).len();
    let after = text.len() - text[range.end..].trim_start_matches(fold::is_quote).len();
    TextRange::new(before, after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhengming_text::document::{BlockBuilder, BlockKind};

    #[test]
    fn only_the_words_around_a_finding_are_looked_at() {
        let source = "数据高铁".repeat(1_000);
        let mut block = BlockBuilder::new(BlockKind::Paragraph);
        block.verbatim(&source, Span::new(0, source.len()));
        let mut document = Document::new("test", "test", source.clone());
        document.push(block.finish().unwrap());
        let words = AllowedWords::new(["数据高铁", "高铁", "数据"].map(fold::key).to_vec());
        let mut finder = words.finder(&document);
        finder.read(0);
        assert_eq!(finder.places.len(), 3_000);
        for start in (0..source.len()).step_by(12) {
            let near = finder.near(Span::new(start + 6, start + 12));
            let covering: Vec<usize> =
                near.iter().filter(|(place, _)| place.end >= start + 12).map(|&(_, number)| number).collect();
            assert_eq!(covering, [0, 1]);
            assert!(near.len() <= 3);
        }
    }
}
