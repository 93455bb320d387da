//! A few names of one document, looked for in one text of it after the other.

use std::cmp::Reverse;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use memchr::memmem::Finder;

/// Most names that are looked for one by one.
const FEW: usize = 8;

/// Names to look for, as they stand in the texts.
#[derive(Debug)]
pub struct Names(Search);

/// Most documents have few names of their own, and an automaton takes longer to make than those take to find.
#[derive(Debug)]
enum Search {
    Few(Vec<Finder<'static>>),
    Many(Box<AhoCorasick>),
}

/// A name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// Its number among the names.
    pub name: usize,
    /// The byte at which it begins.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
}

impl Names {
    /// The names, none of them empty. Nothing if they are too many for an automaton.
    pub fn new(names: &[String]) -> Option<Self> {
        if names.len() <= FEW {
            return Some(Self(Search::Few(
                names.iter().map(|name| Finder::new(name).into_owned()).collect(),
            )));
        }
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::LeftmostLongest)
            .build(names);
        Some(Self(Search::Many(Box::new(automaton.ok()?))))
    }

    /// What is found in `text` from left to right without overlap, the longest at each place; of equal names
    /// the first.
    pub fn find(&self, text: &str) -> Vec<Named> {
        let finders = match &self.0 {
            Search::Few(finders) => finders,
            Search::Many(automaton) => {
                let hits = automaton.find_iter(text);
                let named = hits.map(|hit| Named {
                    name: hit.pattern().as_usize(),
                    start: hit.start(),
                    end: hit.end(),
                });
                return named.collect();
            }
        };
        let mut all: Vec<Named> = Vec::new();
        every_place(finders, text, |one| all.push(one));
        all.sort_unstable_by_key(|one| (one.start, Reverse(one.end), one.name));
        let mut free = 0;
        all.retain(|one| {
            let kept = one.start >= free;
            free = if kept { one.end } else { free };
            kept
        });
        all
    }
}

/// Calls `found` with every place of every name in `text`, name by name.
fn every_place(finders: &[Finder<'_>], text: &str, mut found: impl FnMut(Named)) {
    for (name, finder) in finders.iter().enumerate() {
        let mut from = 0;
        while let Some(at) = text.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
            let start = from + at;
            found(Named { name, start, end: start + finder.needle().len() });
            from = start + 1;
        }
    }
}

/// Counts how often names stand in texts, one inside the other, too.
#[derive(Debug)]
pub(crate) struct Counter(Search);

impl Counter {
    /// A counter of `names`, none of them empty. Nothing if they are too many for an automaton.
    pub(crate) fn new(names: &[&str]) -> Option<Self> {
        if names.len() <= FEW {
            return Some(Self(Search::Few(
                names.iter().map(|name| Finder::new(name).into_owned()).collect(),
            )));
        }
        let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(names);
        Some(Self(Search::Many(Box::new(automaton.ok()?))))
    }

    /// Adds how often each name stands in `text` to its place in `counts`.
    pub(crate) fn count(&self, text: &str, counts: &mut [usize]) {
        match &self.0 {
            Search::Few(finders) => every_place(finders, text, |one| counts[one.name] += 1),
            Search::Many(automaton) => {
                automaton.find_overlapping_iter(text).for_each(|hit| counts[hit.pattern()] += 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// One by one the names are found where an automaton finds them.
        #[test]
        fn few_names_are_found_as_many_are(
            names in prop::collection::vec("[甲乙丙a]{1,4}", 1..=FEW),
            text in "[甲乙丙a，]{0,40}",
        ) {
            let automaton =
                AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&names).unwrap();
            let few = Names::new(&names).unwrap().find(&text);
            prop_assert_eq!(few, Names(Search::Many(Box::new(automaton))).find(&text));
        }

        #[test]
        fn few_names_are_counted_as_many_are(
            names in prop::collection::btree_set("[甲乙a]{1,3}", 1..=FEW),
            text in "[甲乙a，]{0,40}",
        ) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let (mut few, mut many) = (vec![0; names.len()], vec![0; names.len()]);
            Counter::new(&names).unwrap().count(&text, &mut few);
            let automaton = Search::Many(Box::new(AhoCorasick::new(&names).unwrap()));
            Counter(automaton).count(&text, &mut many);
            prop_assert_eq!(few, many);
        }
    }
}
