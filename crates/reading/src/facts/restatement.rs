//! Definitions of dictionary terms that a document gives, each held against what the dictionaries say.

use std::sync::Arc;

use zhengming_terms::dictionary::{Concept, Matching, Subject};
use zhengming_terms::diff::{ADAPTED, Bigrams, UNRELATED, comparable};
use zhengming_terms::termbase::{ConceptId, Role, TermBase, TermConcept};
use zhengming_text::document::Document;
use zhengming_text::fold;
use zhengming_text::span::TextRange;

use crate::definition::Definition;
use crate::facts::Facts;

/// Shortest text that is compared, in characters: less says too little.
const SHORTEST: usize = 8;
/// Share of a text that must recur in another one of which it is a part.
const CONTAINED: f64 = 0.85;
/// From this share on, a text is no other concept, however much shorter it is.
const AKIN: f64 = 0.4;

/// A definition of a dictionary term. Whether a dictionary binds the document is for rules to say.
#[derive(Debug, Clone)]
pub struct Restatement {
    /// Its number among the definitions of the document.
    pub definition: usize,
    /// What it defines.
    pub concept: ConceptId,
    /// Each entry that defines the concept, held against the document's words.
    pub comparisons: Vec<Comparison>,
}

/// The words of a document held against one entry.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The number of the dictionary among those loaded.
    pub dictionary: usize,
    /// The number of the entry in it.
    pub entry: usize,
    /// The document's words, without X是指, as far as they answer to the entry.
    pub words: Arc<str>,
    /// Where they stand, if in one piece: number of the block, bytes of its text.
    pub place: Option<(usize, TextRange)>,
    /// The entry's words, without X是指.
    pub official: Arc<str>,
    /// How the one stands to the other.
    pub verdict: Verdict,
    /// How like they are, from 0 to 1: Dice's coefficient over pairs of characters.
    pub likeness: f64,
}

/// How the document's words stand to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The same words.
    Same,
    /// The same text with changes.
    Altered,
    /// Not to be told by counting.
    Unclear,
    /// Another concept.
    Conflicting,
}

pub(crate) fn read(facts: &Facts<'_>) -> Vec<Restatement> {
    let termbase = facts.knowledge().termbase();
    // A document that mentions no defined concept restates none; reading its definitions would be in vain.
    let is_defined = |concept| termbase.definition(concept).is_some();
    let is_compared = |(_, concept): (ConceptId, &TermConcept)| concept.matching == Matching::Definition;
    if !facts.mentions().iter().any(|mention| is_defined(mention.spelling(termbase).concept))
        && !termbase.concepts().any(is_compared)
    {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (number, definition) in facts.definitions().iter().enumerate() {
        if !definition.pattern.explains() {
            continue;
        }
        for concept in concepts(termbase, definition) {
            let mut comparisons = Vec::new();
            for (_, entry) in termbase.entries(concept) {
                let Some((dictionary, number)) = termbase.place_of(concept, entry) else { continue };
                let Some(compared) = compare(facts.document(), definition, entry) else { continue };
                comparisons.push(Comparison { dictionary, entry: number, ..compared });
            }
            if !comparisons.is_empty() {
                found.push(Restatement { definition: number, concept, comparisons });
            }
        }
    }
    found
}

/// The concepts that a definition names by one of their designations: the first that is looked for in documents, and all
/// that are only compared, since each act has its own.
fn concepts(termbase: &TermBase, definition: &Definition) -> Vec<ConceptId> {
    let spellings = termbase.lookup(&definition.text).iter();
    let mut named = spellings.filter(|spelling| matches!(spelling.role, Role::Designation { .. }));
    let mut found = Vec::new();
    let Some(first) = named.next() else { return found };
    let concept = termbase.concept(first.concept);
    // 应用, 平台 and 链 mean what the context says.
    if matches!(concept.matching, Matching::Literal | Matching::Definition)
        && concept.subject == Subject::Terms
    {
        found.push(first.concept);
    }
    let is_compared = |id: &ConceptId| termbase.concept(*id).matching == Matching::Definition;
    found.extend(named.map(|spelling| spelling.concept).filter(is_compared));
    found.dedup();
    found
}

fn compare(document: &Document, definition: &Definition, entry: &Concept) -> Option<Comparison> {
    let official = unframed(&definition.text, entry.definition.as_deref()?);
    let wanted = Reading::of(&official);
    let mut best: Option<(bool, f64, _, String, Reading)> = None;
    for (place, words) in readings(document, definition) {
        let reading = Reading::of(&words);
        let (is_same, likeness) = (reading.is_same(&wanted), reading.similarity(&wanted));
        if best.as_ref().is_none_or(|best| is_same || likeness >= best.1) {
            best = Some((is_same, likeness, place, words, reading));
        }
        // What comes after the same words can only be more than them.
        if is_same {
            break;
        }
    }
    let (is_same, likeness, place, words, reading) = best?;
    if words.chars().count() < SHORTEST {
        return None;
    }
    let (words_in, official_in) = (reading.contained_in(&wanted), wanted.contained_in(&reading));
    let verdict = match likeness {
        _ if is_same => Verdict::Same,
        likeness if likeness >= ADAPTED || words_in >= CONTAINED || official_in >= CONTAINED => {
            Verdict::Altered
        }
        likeness if likeness >= UNRELATED || words_in >= AKIN => Verdict::Unclear,
        _ => Verdict::Conflicting,
    };
    Some(Comparison {
        dictionary: 0,
        entry: 0,
        words: words.into(),
        place,
        official: official.into(),
        verdict,
        likeness,
    })
}

/// A text in the forms in which it is compared.
struct Reading {
    text: String,
    pairs: Bigrams,
}

impl Reading {
    fn of(text: &str) -> Self {
        let text = comparable(text);
        let pairs = Bigrams::of_comparable(&text);
        Self { text, pairs }
    }

    /// Whether two texts are the same but for punctuation and its width.
    fn is_same(&self, other: &Self) -> bool {
        let is_word = |c: &char| c.is_alphanumeric() || matches!(c, '+' | '×' | '%');
        self.text.chars().filter(is_word).eq(other.text.chars().filter(is_word))
    }

    fn similarity(&self, other: &Self) -> f64 {
        if self.text == other.text { 1.0 } else { self.pairs.similarity(&other.pairs) }
    }

    /// How much of it stands in `whole`, which is longer: a definition cut short is all there.
    fn contained_in(&self, whole: &Self) -> f64 {
        let all = self.pairs.pairs().len();
        if all < SHORTEST { 0.0 } else { self.pairs.shared(&whole.pairs) as f64 / all as f64 }
    }
}

/// The document's words as far as they may answer to an entry: the sentence, or more of the paragraph,
/// since entries may have several sentences.
fn readings<'a>(
    document: &'a Document,
    definition: &'a Definition,
) -> impl Iterator<Item = (Option<(usize, TextRange)>, String)> {
    let body = definition.body_text(document);
    let single = match definition.body[..] {
        [(block, range)] => Some((block, range)),
        _ => None,
    };
    let first = (single, unframed(&definition.text, &body));
    let mut reached = single.map(|(block, range)| (block, range, document.block(block).text()));
    let longer = std::iter::from_fn(move || {
        let (block, range, text) = reached.as_mut()?;
        let rest = &text[range.end..];
        let length = rest.find('。').filter(|&length| length < 1_500 && !rest[..length].contains("来源"))?;
        range.end += length + '。'.len_utf8();
        Some((Some((*block, *range)), unframed(&definition.text, &text[range.range()])))
    });
    std::iter::once(first).chain(longer.take(5))
}

/// A definition without layout and without X是指 in front.
pub fn unframed(term: &str, text: &str) -> String {
    let is_layout = |c: char| fold::is_space(c) || fold::is_zero_width(c);
    let text = fold::mapped(text, |c| (!is_layout(c)).then_some(c));
    let term = fold::mapped(term, |c| (!is_layout(c) && !fold::is_quote(c)).then_some(c));
    let mut rest = text.as_str();
    // The term in front, whatever its quotation marks.
    let mut left = term.as_str();
    let mut after = rest;
    while let (Some(wanted), Some(c)) = (left.chars().next(), after.chars().next()) {
        if fold::is_quote(c) {
            after = &after[c.len_utf8()..];
        } else if fold::folded_char(c) == fold::folded_char(wanted) {
            after = &after[c.len_utf8()..];
            left = &left[wanted.len_utf8()..];
        } else {
            break;
        }
    }
    if left.is_empty() {
        let cue = after.trim_start_matches(|c| fold::is_quote(c) || matches!(c, '，' | ',' | '：' | ':'));
        if ["是", "指", "即", "系指"].iter().any(|word| cue.starts_with(word)) || cue.len() < after.len()
        {
            rest = cue;
        }
    }
    for frame in ["是指", "系指", "指", "是", "即"] {
        if let Some(inner) = rest.strip_prefix(frame).filter(|_| left.is_empty() || frame.len() > 3) {
            rest = inner;
            break;
        }
    }
    rest.trim_start_matches(['：', ':', '，', ',']).trim_end_matches(['。', '；', ';', '.']).to_owned()
}
