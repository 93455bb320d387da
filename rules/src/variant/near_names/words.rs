//! What is known of the words that names are made of (`rules/lexicon/naming.txt`).

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashSet;
use zhengming_terms::lexicon::Lexicon;

use super::hash;

static NAMING: &str = include_str!("../../../lexicon/naming.txt");
static STANDING: &str = include_str!("../../../lexicon/standing.txt");

/// A name that official prose writes in one order of words only.
#[derive(Debug)]
pub(in crate::variant) struct Standing {
    pub(in crate::variant) name: Cow<'static, [char]>,
    /// In how many documents of the background it stands.
    pub(in crate::variant) documents: Option<u32>,
    /// The law that has it.
    pub(in crate::variant) law: Option<&'static str>,
}

impl Standing {
    /// A name that a law has.
    pub(super) const fn of_law(name: &'static [char], law: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), documents: None, law: Some(law) }
    }

    fn read(line: &'static str) -> Option<Self> {
        let mut fields = line.split('\t');
        let name = fields.next()?.chars().collect();
        let documents = fields.next()?.parse().ok();
        Some(Self { name, documents, law: fields.next().filter(|law| !law.is_empty()) })
    }
}

/// The lists of `naming.txt`, and the lexicon that tells words apart.
pub(super) struct NameWords {
    heads: FxHashSet<[char; 2]>,
    stops: FxHashSet<&'static str>,
    verbs: FxHashSet<&'static str>,
    /// Words that add little to a name, each with the heads before which it does.
    weak: Vec<([char; 2], Vec<[char; 2]>)>,
    affixes: Vec<char>,
    alike: Vec<([char; 2], Vec<[char; 2]>)>,
    /// Words that are joined in pairs without a mark.
    joined: FxHashSet<[char; 2]>,
    /// Names that are known of old, and the forms with two words changed round: hash, form, name.
    standing: Vec<Standing>,
    disordered: Vec<(u64, Vec<char>, usize)>,
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
        let standing: Vec<Standing> =
            STANDING.lines().filter(|line| !line.starts_with('#')).filter_map(Standing::read).collect();
        let mut disordered: Vec<(u64, Vec<char>, usize)> = Vec::new();
        for (number, standing) in standing.iter().enumerate() {
            // The head stays where it is.
            for at in 0..standing.name.len().saturating_sub(5) {
                let mut form = standing.name.to_vec();
                form[at..at + 4].rotate_left(2);
                if form != *standing.name {
                    disordered.push((hash(&form), form, number));
                }
            }
        }
        disordered.sort_unstable();
        Self {
            heads: words("heads").filter_map(pair).collect(),
            stops: words("stops").collect(),
            verbs: words("verbs").collect(),
            weak: section("weak")
                .lines()
                .filter_map(|line| {
                    let mut words = line.split_whitespace().filter_map(pair);
                    Some((words.next()?, words.collect()))
                })
                .collect(),
            affixes: words("affixes").filter_map(|word| word.chars().next()).collect(),
            alike: groups
                .iter()
                .flat_map(|group| group.iter().map(|&word| (word, others(group, word))))
                .collect(),
            joined: words("joined").filter_map(pair).collect(),
            standing,
            disordered,
            lexicon: crate::builtin_lexicon(),
        }
    }

    /// Whether names that end in these two characters are compared.
    pub(super) fn is_head(&self, end: [char; 2]) -> bool {
        self.heads.contains(&end)
    }

    /// Whether the word adds little to a name with this head.
    pub(super) fn adds_little(&self, word: [char; 2], head: [char; 2]) -> bool {
        self.weak.iter().any(|(weak, heads)| *weak == word && heads.contains(&head))
    }

    /// Whether the character adds little to the word it is part of.
    pub(super) fn is_affix(&self, c: char) -> bool {
        self.affixes.contains(&c)
    }

    /// The words that may stand in a name for `word`.
    pub(super) fn alike(&self, word: [char; 2]) -> &[[char; 2]] {
        self.alike.iter().find(|(one, _)| *one == word).map_or(&[], |(_, others)| others)
    }

    /// Whether the word is one that is joined with others in pairs.
    pub(super) fn is_joined(&self, word: [char; 2]) -> bool {
        self.joined.contains(&word)
    }

    /// Whether the word ends a name that stands before it, and begins none.
    pub(super) fn is_stop(&self, word: &str) -> bool {
        self.stops.contains(word)
    }

    /// Whether the word may be the verb that a name depends on.
    pub(super) fn is_verb(&self, word: &str) -> bool {
        self.verbs.contains(word)
    }

    /// The name that `form`, of this hash, has with two words changed round.
    pub(super) fn disordered(&'static self, hash: u64, form: &[char]) -> Option<&'static Standing> {
        let from = self.disordered.partition_point(|one| one.0 < hash);
        let mut alike = self.disordered[from..].iter().take_while(|one| one.0 == hash);
        alike.find(|one| one.1 == form).map(|one| &self.standing[one.2])
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
