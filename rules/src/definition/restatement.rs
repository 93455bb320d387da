//! Definitions of dictionary terms that a document gives, each with what the dictionaries say.

use std::sync::Arc;

use zhengming_lint::rule::Context;
use zhengming_reading::definition::{Definition, Pattern};
use zhengming_terms::dictionary::{Concept, Dictionary, Matching, Subject};
use zhengming_terms::diff::{ADAPTED, Bigrams, SAME, UNRELATED, comparable};
use zhengming_terms::termbase::{ConceptId, Role};
use zhengming_text::fold;
use zhengming_text::span::TextRange;

use super::binding::{Standing, age, rank};
use super::kept::Kept;
use super::sourcing::Sourcing;

/// Shortest text that is compared, in characters: less says too little.
const SHORTEST: usize = 8;
/// Share of a text that must recur in another one of which it is a part.
const CONTAINED: f64 = 0.85;
/// From this share on, a text is no other concept, however much shorter it is.
const AKIN: f64 = 0.4;

/// A definition of a dictionary term.
pub(super) struct Restatement<'a> {
    pub(super) definition: &'a Definition,
    pub(super) concept: ConceptId,
    /// The entry that governs.
    pub(super) entry: Compared<'a>,
    /// Other entries of the same concept.
    pub(super) others: Vec<Compared<'a>>,
    /// What the document names as its source.
    pub(super) sourcing: Sourcing<'a>,
}

/// One entry held against the document's words.
pub(super) struct Compared<'a> {
    pub(super) dictionary: &'a Dictionary,
    pub(super) concept: &'a Concept,
    /// The document's words, without X是指, as far as they answer to the entry.
    pub(super) words: Arc<str>,
    /// Where they stand, if in one piece.
    pub(super) place: Option<(usize, TextRange)>,
    /// The entry's words, without X是指.
    pub(super) official: Arc<str>,
    pub(super) verdict: Verdict,
    pub(super) likeness: f64,
}

/// How the document's words stand to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// The same words.
    Same,
    /// The same text with changes.
    Altered,
    /// Not to be told by counting.
    Unclear,
    /// Another concept.
    Conflicting,
}

impl Compared<'_> {
    /// How the entry is cited.
    pub(super) fn cite(&self) -> String {
        self.dictionary.cite(self.concept.clause.as_deref())
    }
}

/// All of them in the document of `cx`. Several rules ask for them and comparing texts is dear, so they are
/// worked out once; what is kept names definitions, entries and citations by their numbers.
pub(super) fn restatements<'a>(cx: &Context<'a>) -> Vec<Restatement<'a>> {
    let kept = cx.facts().shared(|| Kept::of(cx, &all(cx)));
    kept.restatements(cx)
}

fn all<'a>(cx: &Context<'a>) -> Vec<Restatement<'a>> {
    let mut found = Vec::new();
    // A document that mentions no defined concept restates none; reading its definitions would be in vain.
    let mentions_one = cx
        .facts()
        .mentions()
        .iter()
        .any(|mention| cx.termbase().definition(mention.spelling(cx.termbase()).concept).is_some());
    if !mentions_one {
        return found;
    }
    let mut standing = None;
    for definition in cx.definitions().iter().filter(|definition| definition.pattern.explains()) {
        let Some(concept) = concept(cx, definition) else { continue };
        let standing = standing.get_or_insert_with(|| Standing::of(cx));
        // The dictionary's own source is no restatement of it.
        if cx.termbase().entries(concept).any(|(dictionary, _)| standing.is_text_of(dictionary)) {
            continue;
        }
        let entries = cx
            .termbase()
            .entries(concept)
            .filter(|(dictionary, entry)| entry.definition.is_some() && standing.is_bound_by(cx, dictionary));
        let mut compared: Vec<_> =
            entries.filter_map(|(dictionary, entry)| compare(cx, definition, dictionary, entry)).collect();
        if compared.is_empty() {
            continue;
        }
        // The higher rank governs, and of one rank the newer edition.
        let order = |one: &Compared<'_>| (rank(one.dictionary), std::cmp::Reverse(age(one.dictionary)));
        compared.sort_by_key(order);
        let entry = compared.remove(0);
        let sourcing = Sourcing::of(cx, definition, entry.dictionary);
        found.push(Restatement { definition, concept, entry, others: compared, sourcing });
    }
    found
}

/// Whether the document is one that names its sources: a standard, or anything with a terms clause.
pub(super) fn names_sources(cx: &Context<'_>) -> bool {
    let lead_in = |text: &str| text.contains("术语和定义适用于");
    cx.definitions().iter().any(|definition| definition.pattern == Pattern::TermsClause)
        || cx.blocks().any(|block| lead_in(block.text()))
        || Standing::of(cx).is_standard()
}

/// The concept that a definition names by one of its designations.
fn concept(cx: &Context<'_>, definition: &Definition) -> Option<ConceptId> {
    let spellings = cx.termbase().lookup(&definition.text).iter();
    let mut named = spellings.filter(|spelling| matches!(spelling.role, Role::Designation { .. }));
    let id = named.next()?.concept;
    let concept = cx.termbase().concept(id);
    // 应用, 平台 and 链 mean what the context says.
    (concept.matching == Matching::Literal && concept.subject == Subject::Terms).then_some(id)
}

fn compare<'a>(
    cx: &Context<'a>,
    definition: &'a Definition,
    dictionary: &'a Dictionary,
    concept: &'a Concept,
) -> Option<Compared<'a>> {
    let official = unframed(&definition.text, concept.definition.as_deref()?);
    let wanted = Reading::of(&official);
    let mut best: Option<(bool, f64, _, String, Reading)> = None;
    for (place, words) in readings(cx, definition) {
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
    Some(Compared {
        dictionary,
        concept,
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
    cx: &Context<'a>,
    definition: &'a Definition,
) -> impl Iterator<Item = (Option<(usize, TextRange)>, String)> {
    let body = cx.body_text(definition);
    let single = match definition.body[..] {
        [(block, range)] => Some((block, range)),
        _ => None,
    };
    let first = (single, unframed(&definition.text, &body));
    let mut reached = single.map(|(block, range)| (block, range, cx.block_at(block).text()));
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
pub(crate) fn unframed(term: &str, text: &str) -> String {
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

/// Whether another entry, older or of lower rank, says what the document says better than the governing one.
pub(super) fn older<'r, 'a>(restatement: &'r Restatement<'a>) -> Option<&'r Compared<'a>> {
    let entry = &restatement.entry;
    if entry.verdict == Verdict::Same {
        return None;
    }
    restatement.others.iter().find(|other| {
        age(other.dictionary) < age(entry.dictionary)
            && (other.verdict == Verdict::Same || other.likeness >= SAME && other.likeness > entry.likeness)
    })
}

/// Whether a newer entry, though of lower rank, says just that: then it is not wrong to say it.
pub(super) fn is_said_elsewhere(restatement: &Restatement<'_>) -> bool {
    restatement.others.iter().any(|other| {
        other.verdict == Verdict::Same && age(other.dictionary) >= age(restatement.entry.dictionary)
    })
}
