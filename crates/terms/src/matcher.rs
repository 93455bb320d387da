//! Every spelling of every dictionary, found in one pass over a text.

mod patterns;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::lexicon::Lexicon;
use crate::near_miss::{Change, Near, NearMissIndex, doubled};
use crate::termbase::{ConceptId, KeyId, KeyTraits, Role, TermBase};
use crate::words::{FoundWord, Memory, Words};
use zhengming_text::confusion::Confusions;
use zhengming_text::fold::{self, Folded};
use zhengming_text::signs::{self, Signs};
use zhengming_text::span::TextRange;

use patterns::{Patterns, Served};

/// Finds the spellings of a [`TermBase`] in texts. Made once, shared by all documents and threads.
#[derive(Debug)]
pub struct Matcher {
    /// All patterns: the keys with the numbers that they have, and what else is looked for.
    words: Words,
    served: Served,
    termbase: Arc<TermBase>,
    lexicon: Option<Arc<Lexicon>>,
    near: Option<NearMissIndex>,
}

/// What a matcher may know of the language besides its terms.
#[derive(Debug, Default, Clone)]
pub struct Language {
    /// Ordinary words. Without them no spelling is doubted for the words around it.
    pub lexicon: Option<Arc<Lexicon>>,
    /// Characters taken for one another. Without them, or without a lexicon, near misses are not looked for.
    pub confusions: Option<Arc<Confusions>>,
}

/// A spelling found in a text, the longest at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// What was found.
    pub key: KeyId,
    /// Where, in the text as it was given.
    pub range: TextRange,
}

/// A near miss found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMatch {
    /// The concept that is meant.
    pub concept: ConceptId,
    /// Where, in the text as it was given.
    pub range: TextRange,
    /// How it differs from the term.
    pub change: Change,
}

/// What a text holds.
#[derive(Debug, Default, Clone)]
pub struct Found {
    /// The spellings, in order and without overlap.
    pub matches: Vec<Match>,
    /// The near misses, in order and without overlap, also with the spellings.
    pub near: Vec<NearMatch>,
    /// What else is worth reading it for.
    pub signs: Signs,
    /// The words whose signs are among [`Signs::PLACED`], in the order in which they end.
    pub placed: Vec<Placed>,
}

/// A word that stands at a place of the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is a sign of.
    pub sign: Signs,
}

/// Looks at one text after the other with the same memory.
#[derive(Debug)]
pub struct Finder<'m> {
    matcher: &'m Matcher,
    memory: Memory,
    hits: Vec<FoundWord>,
}

impl Finder<'_> {
    /// What [`Matcher::find`] says of `text`.
    pub fn find(&mut self, text: &str) -> Found {
        self.find_folded(text, |_| {})
    }

    /// The same, and shows the folded text to `see`.
    pub fn find_folded(&mut self, text: &str, see: impl FnOnce(&Folded<'_>)) -> Found {
        let folded = self.matcher.words.find_folding(text, &mut self.memory, &mut self.hits);
        let found = self.matcher.found(text, &folded, &self.hits);
        see(&folded);
        self.memory.take_back(folded);
        found
    }
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    pattern: usize,
    start: usize,
    end: usize,
}

impl Matcher {
    /// Compiles the spellings of `termbase`, and `cues`: words that only make a text worth reading for something
    /// else, each with the sign that it adds to what is found.
    pub fn new<'c>(
        termbase: Arc<TermBase>,
        language: Language,
        cues: impl IntoIterator<Item = (&'c str, Signs)>,
    ) -> Self {
        let mut patterns = Patterns::new(&termbase);
        let Language { lexicon, confusions } = language;
        let near = lexicon.clone().zip(confusions).map(|(lexicon, confusions)| {
            NearMissIndex::new(&termbase, lexicon, confusions, |text, sign| {
                patterns.sign(text, sign);
            })
        });
        for (word, sign) in cues.into_iter().chain([("术语", Signs::TERMS)]) {
            patterns.cue(&fold::key(word), sign);
        }
        for head in signs::HEADS {
            for mark in signs::MARKS {
                patterns.cue(&format!("{head}{mark}"), Signs::SET_OFF);
            }
        }
        let commonness = |a, b| lexicon.as_ref().map_or(0, |lexicon| lexicon.commonness(a, b));
        let (words, served) = patterns.compiled(commonness);
        Self { words, served, termbase, lexicon, near }
    }

    /// The terms that it looks for.
    pub fn termbase(&self) -> &Arc<TermBase> {
        &self.termbase
    }

    /// What `text` holds. Where candidates overlap, the longest claims its text, so that an official
    /// term protects what is inside it.
    pub fn find(&self, text: &str) -> Found {
        self.finder().find(text)
    }

    /// For one text after the other.
    pub fn finder(&self) -> Finder<'_> {
        Finder { matcher: self, memory: Memory::default(), hits: Vec::new() }
    }

    fn found(&self, text: &str, folded: &Folded<'_>, hits: &[FoundWord]) -> Found {
        let mut signs = folded.signs();
        let haystack = folded.text();
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut near: Vec<Near> = Vec::new();
        let mut placed: Vec<Placed> = Vec::new();
        for &FoundWord { word: index, start, end } in hits {
            let traits = self.served.traits(index);
            if traits.has(KeyTraits::MATCHED) {
                candidates.push(Candidate { pattern: index, start, end });
            }
            if traits.has(KeyTraits::CUE) {
                let cue = self.served.cue(index);
                signs = signs.or(cue);
                if cue.any(Signs::PLACED) {
                    placed.push(Placed { start, end, sign: cue });
                }
            }
            if traits.has(KeyTraits::SERVES)
                && let Some(near_misses) = &self.near
            {
                for &sign in self.served.signs(index) {
                    near.extend(near_misses.check(haystack, start, end, sign));
                }
            }
        }
        if candidates.is_empty() && near.is_empty() {
            return Found { signs, placed, ..Found::default() };
        }
        let claimed = self.claim(text, folded, candidates);
        near.extend(claimed.iter().filter_map(|candidate| self.doubled(haystack, *candidate)));
        let near = unclaimed(near, &claimed);
        let near = near.into_iter().map(|near| NearMatch {
            concept: near.concept,
            range: folded.original(near.start, near.end),
            change: near.change,
        });
        Found {
            signs,
            placed,
            near: near.collect(),
            matches: claimed
                .into_iter()
                .map(|candidate| {
                    let key = KeyId::new(candidate.pattern);
                    Match { key, range: folded.original(candidate.start, candidate.end) }
                })
                .collect(),
        }
    }

    /// A term of three and more characters, one of them written twice at its edge.
    fn doubled(&self, haystack: &str, candidate: Candidate) -> Option<Near> {
        let Candidate { pattern, start, end } = candidate;
        let traits = self.served.traits(pattern);
        // A term of two characters may well stand beside a word with the same one.
        if !traits.has(KeyTraits::DEFINED) || end - start < 3 * '字'.len_utf8() {
            return None;
        }
        let (lexicon, _) = self.lexicon.as_deref().zip(self.near.as_ref())?;
        let concept = self.termbase.spellings(KeyId::new(pattern)).first()?.concept;
        doubled::find(lexicon, haystack, start, end, concept)
    }

    /// The candidates that are words of their own, the longest first come first served, in order.
    fn claim(&self, text: &str, folded: &Folded<'_>, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
        candidates.sort_by_key(|candidate| {
            let rank = rank(self.served.traits(candidate.pattern));
            (Reverse(candidate.end - candidate.start), rank, candidate.start)
        });
        let mut claimed: BTreeMap<usize, Candidate> = BTreeMap::new();
        for candidate in candidates {
            let before = claimed.range(..candidate.end).next_back();
            let free = before.is_none_or(|(_, other)| other.end <= candidate.start);
            if free && self.stands_alone(folded, candidate) {
                claimed.insert(candidate.start, candidate);
            }
        }
        // A spelling glued to a letter or digit is none, but what it contains is no better.
        claimed.into_values().filter(|&candidate| !is_part_of_word(text, folded, candidate)).collect()
    }

    /// Whether no longer word or phrase runs into the candidate.
    fn stands_alone(&self, folded: &Folded<'_>, candidate: Candidate) -> bool {
        match &self.lexicon {
            Some(lexicon) if self.served.traits(candidate.pattern).has(KeyTraits::GUARDED) => {
                let (text, Candidate { start, end, .. }) = (folded.text(), candidate);
                lexicon.stands_alone(text, start, end)
                    && !self
                        .meant_by(candidate)
                        .is_some_and(|meant| lexicon.goes_on(text, start, end, &meant))
            }
            _ => true,
        }
    }

    /// The key of the term that a candidate is another wording of. A misspelt one is no accident of its neighbours.
    fn meant_by(&self, candidate: Candidate) -> Option<String> {
        let spelling = self.termbase.spellings(KeyId::new(candidate.pattern)).first()?;
        let is_wording = match &spelling.role {
            Role::Variant { kind, .. } => !kind.is_misspelling(),
            role @ Role::Designation { .. } => !role.is_allowed(),
        };
        is_wording.then(|| fold::key(&self.termbase.concept(spelling.concept).preferred))
    }

    /// The texts of all patterns, for measuring how long it takes to find them.
    pub fn patterns(&self) -> impl Iterator<Item = &str> {
        self.words.texts()
    }
}

fn is_part_of_word(text: &str, folded: &Folded<'_>, candidate: Candidate) -> bool {
    let range = folded.original(candidate.start, candidate.end);
    is_glued(&text[..range.start], &text[range.range()]) || is_glued(&text[..range.end], &text[range.end..])
}

/// Of spellings that overlap and are equally long, one that matters goes before one that only protects
/// its text, and an allowed one before a variant: in 公共数据高铁 it is 数据高铁 that must be judged.
fn rank(traits: KeyTraits) -> u8 {
    if !traits.has(KeyTraits::CLAIMED) {
        1
    } else if traits.has(KeyTraits::VARIANT) {
        2
    } else {
        u8::from(traits.has(KeyTraits::PROTECTS))
    }
}

/// The near misses that no spelling claims, the longest of several at one place. A spelling that lies
/// wholly inside a near miss, and is shorter, is only what was left intact of the longer term.
fn unclaimed(mut near: Vec<Near>, claimed: &[Candidate]) -> Vec<Near> {
    near.sort_by_key(|near| (Reverse(near.end - near.start), near.start, near.concept));
    let mut kept: Vec<Near> = Vec::new();
    for candidate in near {
        let at = claimed.partition_point(|other| other.end <= candidate.start);
        let mut overlapping = claimed[at..].iter().take_while(|other| other.start < candidate.end);
        let contains = |other: &Candidate| {
            candidate.start <= other.start
                && other.end <= candidate.end
                && other.end - other.start < candidate.end - candidate.start
        };
        let free = overlapping.all(contains)
            && kept.iter().all(|other| other.end <= candidate.start || candidate.end <= other.start);
        if free {
            kept.push(candidate);
        }
    }
    kept.sort_by_key(|near| near.start);
    kept
}

/// Whether the last character before a boundary and the first after it make one Latin word or number.
fn is_glued(before: &str, after: &str) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !fold::is_han(c));
    word(before.chars().next_back()) && word(after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    fn matcher() -> Matcher {
        let text = r#"
            [dictionary]
            id = "d"
            title = "t"
            stop_compounds = ["数据高铁站"]
            [[concept]]
            term = "一体化智能化公共数据平台"
            variants = [{ surface = "公共数据平台", kind = "truncation", fix = "suggest" }]
            [[concept]]
            term = "数据高铁"
            [[concept]]
            term = "CIM应用"
            [[concept]]
            term = "教育“一张图”"
            [[concept]]
            term = "应用"
            match = "off"
        "#;
        let dictionary = Dictionary::from_toml("d.toml", text).unwrap();
        Matcher::new(Arc::new(TermBase::new(vec![Arc::new(dictionary)]).unwrap()), Language::default(), [])
    }

    fn found(text: &str) -> Vec<&str> {
        matcher().find(text).matches.iter().map(|found| &text[found.range.range()]).collect()
    }

    #[test]
    fn the_long_term_protects_the_variant_inside_it() {
        assert_eq!(
            found("一体化智能化公共数据平台和公共数据平台"),
            ["一体化智能化公共数据平台", "公共数据平台"]
        );
    }

    #[test]
    fn layout_and_script_do_not_hide_a_term() {
        assert_eq!(found("建设數據\n高铁，教育“一张图”"), ["數據\n高铁", "教育“一张图"]);
    }

    #[test]
    fn latin_letters_and_digits_glue() {
        assert_eq!(found("CIM应用、BCIM应用、2CIM应用"), ["CIM应用"]);
    }

    #[test]
    fn stop_compounds_are_found_in_place_of_what_they_contain() {
        let matcher = matcher();
        let found = matcher.find("数据高铁站").matches;
        assert!(matcher.termbase().spellings(found[0].key).is_empty());
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn ordinary_words_are_never_matched() {
        assert_eq!(found("应用空间治理"), Vec::<&str>::new());
    }
}
