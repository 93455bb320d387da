//! Which entry of the newer edition continues which of the older one.

use rustc_hash::FxHashMap;

use super::similarity::Bigrams;
use super::{ADAPTED, Matched, UNRELATED};
use crate::dictionary::Concept;
use zhengming_text::fold;

/// For every new entry, the old one that it continues, if any.
pub(super) fn pair(old: &[Concept], new: &[Concept]) -> Vec<Option<(usize, Matched)>> {
    let mut pairing = Pairing { old, new, taken: vec![false; old.len()], pairs: vec![None; new.len()] };
    // A name with its domain first, so that homonyms find their own; then the name alone.
    pairing.by_key(
        Matched::Name,
        |concept| vec![(name(concept), domain(concept))],
        |concept| vec![(name(concept), domain(concept))],
    );
    pairing.by_key(Matched::Name, |concept| vec![name(concept)], |concept| vec![name(concept)]);
    pairing.by_id();
    pairing.by_key(
        Matched::OtherName,
        |concept| vec![name(concept)],
        |concept| concept.designations.iter().map(|designation| fold::key(&designation.text)).collect(),
    );
    pairing.by_definition();
    pairing.pairs
}

fn name(concept: &Concept) -> String {
    fold::key(concept.preferred())
}

fn domain(concept: &Concept) -> String {
    concept.domain.as_deref().map(fold::key).unwrap_or_default()
}

struct Pairing<'a> {
    old: &'a [Concept],
    new: &'a [Concept],
    taken: Vec<bool>,
    pairs: Vec<Option<(usize, Matched)>>,
}

impl Pairing<'_> {
    fn join(&mut self, old: usize, new: usize, matched: Matched) {
        self.taken[old] = true;
        self.pairs[new] = Some((old, matched));
    }

    fn free_old(&self) -> impl Iterator<Item = usize> {
        (0..self.old.len()).filter(|&index| !self.taken[index])
    }

    fn free_new(&self) -> impl Iterator<Item = usize> {
        (0..self.new.len()).filter(|&index| self.pairs[index].is_none())
    }

    /// Joins free entries that share a key, first come first served.
    fn by_key<K: std::hash::Hash + Eq>(
        &mut self,
        matched: Matched,
        old_key: fn(&Concept) -> Vec<K>,
        new_keys: fn(&Concept) -> Vec<K>,
    ) {
        let mut free: FxHashMap<K, usize> = FxHashMap::default();
        for index in self.free_old() {
            for key in old_key(&self.old[index]) {
                free.entry(key).or_insert(index);
            }
        }
        for index in self.free_new().collect::<Vec<_>>() {
            let keys = new_keys(&self.new[index]);
            let found = keys.iter().find_map(|key| free.get(key).copied().filter(|&old| !self.taken[old]));
            if let Some(old) = found {
                self.join(old, index, matched);
            }
        }
    }

    /// An id is believed where the definitions do not speak against it: importers may number concepts,
    /// and then the same id says nothing.
    fn by_id(&mut self) {
        let by_id: FxHashMap<&str, usize> =
            self.free_old().map(|index| (self.old[index].id.as_str(), index)).collect();
        for index in self.free_new().collect::<Vec<_>>() {
            let concept = &self.new[index];
            let Some(&old) = by_id.get(concept.id.as_str()) else { continue };
            let plausible = !is_running_number(&concept.id)
                || Bigrams::new(text(&self.old[old])).similarity(&Bigrams::new(text(concept))) >= UNRELATED;
            if plausible && !self.taken[old] {
                self.join(old, index, Matched::Id);
            }
        }
    }

    /// Joins the entries whose definitions are most alike, best first.
    fn by_definition(&mut self) {
        let bigrams = |concepts: &[Concept], index: usize| Bigrams::new(text(&concepts[index]));
        let old: Vec<_> = self.free_old().map(|index| (index, bigrams(self.old, index))).collect();
        let new: Vec<_> = self.free_new().map(|index| (index, bigrams(self.new, index))).collect();
        let mut likely: Vec<(f64, usize, usize)> = Vec::new();
        for (new_index, new_bigrams) in &new {
            for (old_index, old_bigrams) in &old {
                let (short, long) = sorted(old_bigrams.pairs().len(), new_bigrams.pairs().len());
                // Texts of so different length cannot reach the threshold; nearly all pairs end here.
                if short * 3 < long {
                    continue;
                }
                let similarity = old_bigrams.similarity(new_bigrams);
                if similarity >= ADAPTED {
                    likely.push((similarity, *new_index, *old_index));
                }
            }
        }
        likely.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (similarity, new, old) in likely {
            if !self.taken[old] && self.pairs[new].is_none() {
                self.join(old, new, Matched::Definition(similarity));
            }
        }
    }
}

fn text(concept: &Concept) -> &str {
    concept.definition.as_deref().unwrap_or_default()
}

fn sorted(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

/// Whether the id is a mere number: `12`, `c12`, `3.1.2`.
fn is_running_number(id: &str) -> bool {
    let digits = id.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '-' || c == '_');
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
}
