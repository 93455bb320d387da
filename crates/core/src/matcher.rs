//! The automaton: every spelling of every dictionary, found in one pass over a text.

use std::sync::Arc;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::dictionary::Matching;
use crate::fold;
use crate::lexicon::Lexicon;
use crate::span::TextRange;
use crate::termbase::{Key, KeyId, Role, TermBase};

/// Finds the spellings of a [`TermBase`] in texts. Made once, shared by all documents and threads.
#[derive(Debug)]
pub struct Matcher {
    automaton: AhoCorasick,
    /// The key of every pattern.
    keys: Vec<KeyId>,
    /// Whether a pattern must be read as words of its own.
    guarded: Vec<bool>,
    termbase: Arc<TermBase>,
    lexicon: Option<Arc<Lexicon>>,
}

/// A spelling found in a text, the longest at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// What was found.
    pub key: KeyId,
    /// Where, in the text as it was given.
    pub range: TextRange,
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    pattern: usize,
    start: usize,
    end: usize,
}

impl Matcher {
    /// Compiles the spellings of `termbase`. Without a lexicon, no spelling is doubted for the words
    /// around it.
    pub fn new(termbase: Arc<TermBase>, lexicon: Option<Arc<Lexicon>>) -> Self {
        let mut keys = Vec::new();
        let mut guarded = Vec::new();
        let mut patterns = Vec::new();
        for (id, key) in termbase.keys() {
            if is_matched(&termbase, key) {
                keys.push(id);
                guarded.push(is_guarded(&termbase, key));
                patterns.push(key.text.as_str());
            }
        }
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::Standard)
            .prefilter(false)
            .build(&patterns)
            .expect("the patterns of a dictionary fit into the automaton's 2^31 states");
        Self { automaton, keys, guarded, termbase, lexicon }
    }

    /// The terms that it looks for.
    pub fn termbase(&self) -> &Arc<TermBase> {
        &self.termbase
    }

    /// Number of patterns in the automaton.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The spellings in `text`, in order and without overlap. Where candidates overlap, the longest
    /// claims its text, so that an official term protects what is inside it.
    pub fn find(&self, text: &str) -> Vec<Match> {
        let folded = fold::fold(text);
        let haystack = folded.text();
        let mut candidates: Vec<Candidate> = self
            .automaton
            .find_overlapping_iter(haystack)
            .map(|found| Candidate {
                pattern: found.pattern().as_usize(),
                start: found.start(),
                end: found.end(),
            })
            .collect();
        if candidates.is_empty() {
            return Vec::new();
        }
        candidates
            .sort_by_key(|candidate| (std::cmp::Reverse(candidate.end - candidate.start), candidate.start));
        let mut claimed: Vec<Candidate> = Vec::new();
        for candidate in candidates {
            let at = claimed.partition_point(|other| other.end <= candidate.start);
            let free = claimed.get(at).is_none_or(|other| other.start >= candidate.end);
            if free && self.is_whole(text, &folded, candidate) {
                claimed.insert(at, candidate);
            }
        }
        claimed
            .into_iter()
            .map(|candidate| Match {
                key: self.keys[candidate.pattern],
                range: folded.original(candidate.start, candidate.end),
            })
            .collect()
    }

    /// Whether the candidate is no piece of a longer word.
    fn is_whole(&self, text: &str, folded: &fold::Folded<'_>, candidate: Candidate) -> bool {
        let range = folded.original(candidate.start, candidate.end);
        if is_glued(&text[..range.start], &text[range.range()])
            || is_glued(&text[..range.end], &text[range.end..])
        {
            return false;
        }
        match &self.lexicon {
            Some(lexicon) if self.guarded[candidate.pattern] => {
                lexicon.stands_alone(folded.text(), candidate.start, candidate.end)
            }
            _ => true,
        }
    }
}

/// Single characters and the concepts that are known but never matched stay out of the automaton.
fn is_matched(termbase: &TermBase, key: &Key) -> bool {
    let matched = key
        .spellings
        .first()
        .is_none_or(|spelling| termbase.concept(spelling.concept).matching == Matching::Literal);
    matched && key.text.chars().nth(1).is_some()
}

/// Spellings that lead to a finding must be words of their own. A preferred term that is none of them
/// only protects its text, and one in another shape is no accident.
fn is_guarded(termbase: &TermBase, key: &Key) -> bool {
    key.spellings.iter().any(|spelling| match &spelling.role {
        Role::Variant { kind, .. } => !kind.is_shape(),
        role => !role.is_allowed() || termbase.confusable_with(spelling.concept).next().is_some(),
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
        Matcher::new(Arc::new(TermBase::new(vec![Arc::new(dictionary)]).unwrap()), None)
    }

    fn found(text: &str) -> Vec<&str> {
        matcher().find(text).iter().map(|found| &text[found.range.range()]).collect()
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
        let found = matcher.find("数据高铁站");
        assert!(matcher.termbase().key(found[0].key).spellings.is_empty());
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn ordinary_words_are_never_matched() {
        assert_eq!(found("应用空间治理"), Vec::<&str>::new());
    }
}
