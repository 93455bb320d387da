//! What is known of the words that names are made of (`rules/lexicon/naming.txt`).

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use zhengming_core::lexicon::Lexicon;

static NAMING: &str = include_str!("../../../lexicon/naming.txt");

/// The lists of `naming.txt`, and the lexicon that tells words apart.
pub(super) struct NameWords {
    heads: HashSet<[char; 2]>,
    stops: HashSet<&'static str>,
    verbs: HashSet<&'static str>,
    /// Words that add little to a name.
    pub(super) weak: Vec<[char; 2]>,
    affixes: Vec<char>,
    alike: Vec<([char; 2], Vec<[char; 2]>)>,
    lexicon: Arc<Lexicon>,
}

/// Read when a document first asks for it.
pub(super) static NAME_WORDS: LazyLock<NameWords> = LazyLock::new(NameWords::read);

impl NameWords {
    fn read() -> Self {
        let section = |name: &str| {
            let marked = NAMING.split("## ").find(|part| part.starts_with(name)).unwrap_or_default();
            marked.split_once('\n').map_or("", |(_, words)| words)
        };
        let words = |name: &str| section(name).split_whitespace();
        let groups = section("alike").lines().map(|line| line.split_whitespace().filter_map(pair).collect());
        let groups: Vec<Vec<[char; 2]>> = groups.collect();
        let others = |group: &Vec<[char; 2]>, word: [char; 2]| {
            group.iter().copied().filter(|&other| other != word).collect::<Vec<_>>()
        };
        Self {
            heads: words("heads").filter_map(pair).collect(),
            stops: words("stops").collect(),
            verbs: words("verbs").collect(),
            weak: words("weak").filter_map(pair).collect(),
            affixes: words("affixes").filter_map(|word| word.chars().next()).collect(),
            alike: groups
                .iter()
                .flat_map(|group| group.iter().map(|&word| (word, others(group, word))))
                .collect(),
            lexicon: crate::builtin_lexicon(),
        }
    }

    /// Whether names that end in these two characters are compared.
    pub(super) fn is_head(&self, end: [char; 2]) -> bool {
        self.heads.contains(&end)
    }

    /// Whether the character adds little to the word it is part of.
    pub(super) fn is_affix(&self, c: char) -> bool {
        self.affixes.contains(&c)
    }

    /// The words that may stand in a name for `word`.
    pub(super) fn alike(&self, word: [char; 2]) -> &[[char; 2]] {
        self.alike.iter().find(|(one, _)| *one == word).map_or(&[], |(_, others)| others)
    }

    /// Whether the word ends a name that stands before it, and begins none.
    pub(super) fn is_stop(&self, word: &str) -> bool {
        self.stops.contains(word)
    }

    /// Whether the word may be the verb that a name depends on.
    pub(super) fn is_verb(&self, word: &str) -> bool {
        self.verbs.contains(word)
    }

    /// Whether the word is one that names end in.
    pub(super) fn ends_in_head(&self, word: &str) -> bool {
        let mut characters = word.chars().rev();
        let (last, before) = (characters.next(), characters.next());
        before.zip(last).is_some_and(|(before, last)| self.is_head([before, last]))
    }

    /// The byte offsets between the words of `text`.
    pub(super) fn cuts(&self, text: &str) -> Vec<usize> {
        self.lexicon.cuts(text)
    }
}

fn pair(word: &str) -> Option<[char; 2]> {
    let mut characters = word.chars();
    let both = [characters.next()?, characters.next()?];
    characters.next().is_none().then_some(both)
}
