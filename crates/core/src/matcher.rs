//! Every spelling of every dictionary, found in one pass over a text.

mod sieve;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::confusion::Confusions;
use crate::dictionary::{Matching, Subject};
use crate::fold::{self, Folded};
use crate::jargon::Jargon;
use crate::lexicon::Lexicon;
use crate::near_miss::{Change, Near, NearMissIndex, Sign};
use crate::register::Register;
use crate::signs::{self, Signs};
use crate::span::TextRange;
use crate::termbase::{ConceptId, Key, KeyId, Role, Spelling, TermBase};

use sieve::{Hit, Sieve};

/// Finds the spellings of a [`TermBase`] in texts. Made once, shared by all documents and threads.
#[derive(Debug)]
pub struct Matcher {
    sieve: Sieve,
    patterns: Vec<Pattern>,
    termbase: Arc<TermBase>,
    lexicon: Option<Arc<Lexicon>>,
    near: Option<NearMissIndex>,
    register: Option<Arc<Register>>,
    jargon: Option<Arc<Jargon>>,
}

/// What a pattern is for.
#[derive(Debug, Default)]
struct Pattern {
    /// The spelling that it is, if it is one.
    key: Option<KeyId>,
    /// Whether the spelling must be read as words of its own.
    guarded: bool,
    /// Which of two spellings of equal length has the better claim; less is better.
    rank: u8,
    /// The near misses that it may be a sign of.
    signs: Vec<Sign>,
    /// What a text that holds it is worth reading for.
    cue: Signs,
}

/// Background knowledge that a matcher may use.
#[derive(Debug, Default, Clone)]
pub struct Background {
    /// Ordinary words. Without them no spelling is doubted for the words around it.
    pub lexicon: Option<Arc<Lexicon>>,
    /// Characters taken for one another. Without them, or without a lexicon, near misses are not looked for.
    pub confusions: Option<Arc<Confusions>>,
    /// Standards and their editions. Without it no citation is judged.
    pub register: Option<Arc<Register>>,
    /// What sets jargon apart. Without it no jargon is looked for.
    pub jargon: Option<Arc<Jargon>>,
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
}

/// Looks at one text after the other with the same memory.
#[derive(Debug)]
pub struct Finder<'m> {
    matcher: &'m Matcher,
    ends: Vec<(usize, u64)>,
    hits: Vec<Hit>,
}

impl Finder<'_> {
    /// What [`Matcher::find`] says of `text`.
    pub fn find(&mut self, text: &str) -> Found {
        self.ends.clear();
        let folded = self.matcher.sieve.look(text, &mut self.ends);
        if self.ends.is_empty() {
            return Found { signs: folded.signs(), ..Found::default() };
        }
        self.hits.clear();
        self.matcher.sieve.compare(folded.text(), &self.ends, &mut self.hits);
        self.matcher.found(text, &folded, &self.hits)
    }
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    pattern: usize,
    start: usize,
    end: usize,
}

impl Matcher {
    /// Compiles the spellings of `termbase`.
    pub fn new(termbase: Arc<TermBase>, background: Background) -> Self {
        let mut collector = Collector::new(&termbase);
        for (id, key) in termbase.keys() {
            if is_matched(&termbase, key) {
                let pattern = collector.key(id);
                pattern.guarded = is_guarded(&termbase, key);
                pattern.rank = rank(&termbase, key);
            }
        }
        let Background { lexicon, confusions, register, jargon } = background;
        let near = lexicon.clone().zip(confusions).map(|(lexicon, confusions)| {
            NearMissIndex::new(&termbase, lexicon, confusions, |text, sign| {
                collector.pattern(text).signs.push(sign);
            })
        });
        let coining = jargon.iter().flat_map(|jargon| jargon.coining()).map(|word| (word, Signs::JARGON));
        let named = register.iter().flat_map(|register| register.names()).map(|name| (name, Signs::NAMED));
        for (word, sign) in coining.chain(named).chain([("术语", Signs::TERMS)]) {
            collector.cue(&fold::key(word), sign);
        }
        for head in signs::HEADS {
            for mark in signs::MARKS {
                collector.cue(&format!("{head}{mark}"), Signs::SET_OFF);
            }
        }
        let commonness = |a, b| lexicon.as_ref().map_or(0, |lexicon| lexicon.commonness(a, b));
        let sieve = Sieve::new(collector.texts(), commonness);
        let patterns = collector.patterns;
        Self { sieve, patterns, termbase, lexicon, near, register, jargon }
    }

    /// The terms that it looks for.
    pub fn termbase(&self) -> &Arc<TermBase> {
        &self.termbase
    }

    /// The register of standards, if it was given one.
    pub fn register(&self) -> Option<&Register> {
        self.register.as_deref()
    }

    /// What is known of jargon, if anything.
    pub fn jargon(&self) -> Option<&Jargon> {
        self.jargon.as_deref()
    }

    /// What `text` holds. Where candidates overlap, the longest claims its text, so that an official
    /// term protects what is inside it.
    pub fn find(&self, text: &str) -> Found {
        self.finder().find(text)
    }

    /// For one text after the other.
    pub fn finder(&self) -> Finder<'_> {
        Finder { matcher: self, ends: Vec::new(), hits: Vec::new() }
    }

    fn found(&self, text: &str, folded: &Folded<'_>, hits: &[Hit]) -> Found {
        let mut signs = folded.signs();
        let haystack = folded.text();
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut near: Vec<Near> = Vec::new();
        for &Hit { pattern: index, start, end } in hits {
            let pattern = &self.patterns[index];
            signs = signs.and(pattern.cue);
            if pattern.key.is_some() {
                candidates.push(Candidate { pattern: index, start, end });
            }
            if let Some(index) = &self.near {
                let checked = pattern.signs.iter().map(|&sign| index.check(haystack, start, end, sign));
                near.extend(checked.flatten());
            }
        }
        if candidates.is_empty() && near.is_empty() {
            return Found { signs, ..Found::default() };
        }
        let claimed = self.claim(text, folded, candidates);
        let near = unclaimed(near, &claimed);
        let near = near.into_iter().map(|near| NearMatch {
            concept: near.concept,
            range: folded.original(near.start, near.end),
            change: near.change,
        });
        Found {
            signs,
            near: near.collect(),
            matches: claimed
                .into_iter()
                .filter_map(|candidate| {
                    let key = self.patterns[candidate.pattern].key?;
                    Some(Match { key, range: folded.original(candidate.start, candidate.end) })
                })
                .collect(),
        }
    }

    /// The candidates that are words of their own, the longest first come first served, in order.
    fn claim(&self, text: &str, folded: &Folded<'_>, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
        candidates.sort_by_key(|candidate| {
            let rank = self.patterns[candidate.pattern].rank;
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

    /// Whether no longer word runs into the candidate.
    fn stands_alone(&self, folded: &Folded<'_>, candidate: Candidate) -> bool {
        match &self.lexicon {
            Some(lexicon) if self.patterns[candidate.pattern].guarded => {
                lexicon.stands_alone(folded.text(), candidate.start, candidate.end)
            }
            _ => true,
        }
    }

    /// The texts of all patterns, for measuring the automaton alone.
    pub fn patterns(&self) -> impl Iterator<Item = &str> {
        self.sieve.texts()
    }
}

fn is_part_of_word(text: &str, folded: &Folded<'_>, candidate: Candidate) -> bool {
    let range = folded.original(candidate.start, candidate.end);
    is_glued(&text[..range.start], &text[range.range()]) || is_glued(&text[..range.end], &text[range.end..])
}

/// Of spellings that overlap and are equally long, one that matters goes before one that only protects
/// its text, and an allowed one before a variant: in 公共数据高铁 it is 数据高铁 that must be judged.
fn rank(termbase: &TermBase, key: &Key) -> u8 {
    match key.spellings.first() {
        None => 1,
        Some(spelling) if matches!(spelling.role, Role::Variant { .. }) => 2,
        Some(spelling) => u8::from(spelling.role.is_allowed() && !termbase.is_confusable(spelling.concept)),
    }
}

/// Patterns with what they are for; equal texts are one pattern.
struct Collector<'t> {
    termbase: &'t TermBase,
    patterns: Vec<Pattern>,
    /// The number of the pattern of each key, once it has one.
    by_key: Vec<Option<u32>>,
    /// The texts of patterns that are no keys, with their numbers.
    others: FxHashMap<String, u32>,
}

impl<'t> Collector<'t> {
    fn new(termbase: &'t TermBase) -> Self {
        let keys = termbase.keys().count();
        Self {
            termbase,
            patterns: Vec::with_capacity(keys),
            by_key: vec![None; keys],
            others: FxHashMap::default(),
        }
    }

    /// The pattern that is looked for as the key `id`.
    fn key(&mut self, id: KeyId) -> &mut Pattern {
        self.by_key[id.index()] = Some(self.patterns.len() as u32);
        self.patterns.push(Pattern { key: Some(id), ..Pattern::default() });
        self.patterns.last_mut().expect("just pushed")
    }

    /// The pattern of `text`, which may be a key.
    fn pattern(&mut self, text: &str) -> &mut Pattern {
        let next = self.patterns.len() as u32;
        let key = self.termbase.key_of(text).and_then(|key| self.by_key[key.index()]);
        let index = match key {
            Some(index) => index,
            None => *self.others.entry(text.to_owned()).or_insert(next),
        };
        if index == next {
            self.patterns.push(Pattern::default());
        }
        &mut self.patterns[index as usize]
    }

    /// Makes `text` a sign of what a text that holds it is worth reading for.
    fn cue(&mut self, text: &str, sign: Signs) {
        let pattern = self.pattern(text);
        pattern.cue = pattern.cue.and(sign);
    }

    /// The texts of the patterns, in their order.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let mut others = vec![""; self.patterns.len()];
        for (text, &index) in &self.others {
            others[index as usize] = text;
        }
        let patterns = self.patterns.iter().zip(others);
        patterns.map(|(pattern, other)| pattern.key.map_or(other, |key| &*self.termbase.key(key).text))
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

/// Single characters and the concepts that are known but never matched stay out of the automaton.
fn is_matched(termbase: &TermBase, key: &Key) -> bool {
    let matched = key.spellings.first().is_none_or(|spelling| {
        matches!(spelling.role, Role::Variant { .. })
            || termbase.concept(spelling.concept).matching == Matching::Literal
    });
    matched && key.text.chars().nth(1).is_some()
}

/// Spellings that lead to a finding must be words of their own. A preferred term that is none of them
/// only protects its text, and one in another shape is no accident.
fn is_guarded(termbase: &TermBase, key: &Key) -> bool {
    let is_term = |spelling: &&Spelling| termbase.concept(spelling.concept).subject == Subject::Terms;
    // 浙江省 runs into every 省人社厅; the rule for organisations looks at what stands before.
    key.spellings.iter().filter(is_term).any(|spelling| match &spelling.role {
        Role::Variant { kind, .. } => !kind.is_shape(),
        role => !role.is_allowed() || termbase.is_confusable(spelling.concept),
    })
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
        Matcher::new(Arc::new(TermBase::new(vec![Arc::new(dictionary)]).unwrap()), Background::default())
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
        assert!(matcher.termbase().key(found[0].key).spellings.is_empty());
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn ordinary_words_are_never_matched() {
        assert_eq!(found("应用空间治理"), Vec::<&str>::new());
    }
}
