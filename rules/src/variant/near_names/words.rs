//! What is known of the words that names are made of (`rules/lexicon/naming.txt`).

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use zhengming_text::signs::Signs;

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
    stops: FxHashSet<&'static str>,
    verbs: FxHashSet<&'static str>,
    /// Words that add little to a name, each with the heads before which it does.
    weak: Vec<([char; 2], Vec<[char; 2]>)>,
    affixes: Vec<char>,
    alike: Vec<([char; 2], Vec<[char; 2]>)>,
    /// One bit for the hash of every word that adds little or has others that name the same.
    listed: [u64; 64],
    /// Names that are known of old, and the forms with two words changed round: hash, form, name.
    standing: Vec<Standing>,
    disordered: Vec<(u64, Vec<char>, usize)>,
    /// One bit for each hash of a form.
    forms: [u64; 64],
}

/// Read when a document first asks for it.
pub(super) static NAME_WORDS: LazyLock<NameWords> = LazyLock::new(NameWords::read);

/// The words with which names end, and those that are joined in pairs, with the signs by which documents are looked
/// through for them. All have two characters.
pub(crate) fn cues() -> impl Iterator<Item = (&'static str, Signs)> {
    let of = |name: &str, sign: Signs| {
        let words = section(name).split_whitespace().filter(|word| pair(word).is_some());
        words.map(move |word| (word, sign))
    };
    of("heads", Signs::HEAD).chain(of("joined", Signs::JOINED))
}

/// The words of a list.
fn section(name: &str) -> &'static str {
    let marked = NAMING.split("## ").find(|part| part.starts_with(name)).unwrap_or_default();
    marked.split_once('\n').map_or("", |(_, words)| words)
}

/// Where the bit of a hash is.
fn bit(hash: u64) -> (usize, u32) {
    ((hash >> 58) as usize, (hash >> 52) as u32 & 63)
}

fn set(bits: &mut [u64; 64], hash: u64) {
    let (word, bit) = bit(hash);
    bits[word] |= 1 << bit;
}

fn is_set(bits: &[u64; 64], hash: u64) -> bool {
    let (word, bit) = bit(hash);
    bits[word] >> bit & 1 != 0
}

impl NameWords {
    fn read() -> Self {
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
        let weak: Vec<([char; 2], Vec<[char; 2]>)> = section("weak")
            .lines()
            .filter_map(|line| {
                let mut words = line.split_whitespace().filter_map(pair);
                Some((words.next()?, words.collect()))
            })
            .collect();
        let (mut listed, mut forms) = ([0; 64], [0; 64]);
        groups
            .iter()
            .flatten()
            .chain(weak.iter().map(|(word, _)| word))
            .for_each(|word| set(&mut listed, hash(word)));
        disordered.iter().for_each(|(hash, ..)| set(&mut forms, *hash));
        Self {
            listed,
            forms,
            stops: words("stops").collect(),
            verbs: words("verbs").collect(),
            weak,
            affixes: words("affixes").filter_map(|word| word.chars().next()).collect(),
            alike: groups
                .iter()
                .flat_map(|group| group.iter().map(|&word| (word, others(group, word))))
                .collect(),
            standing,
            disordered,
        }
    }

    /// Whether the word may add little or have others that name the same.
    pub(super) fn is_listed(&self, word: [char; 2]) -> bool {
        is_set(&self.listed, super::step(super::step(0, word[1]), word[0]))
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

    /// Whether the word ends a name that stands before it, and begins none.
    pub(super) fn is_stop(&self, word: &str) -> bool {
        self.stops.contains(word)
    }

    /// Whether the word may be the verb that a name depends on.
    pub(super) fn is_verb(&self, word: &str) -> bool {
        self.verbs.contains(word)
    }

    /// The name that `form`, of this hash, has with two words changed round.
    pub(super) fn disordered(
        &'static self,
        hash: u64,
        form: impl Iterator<Item = char>,
    ) -> Option<&'static Standing> {
        if !is_set(&self.forms, hash) {
            return None;
        }
        let from = self.disordered.partition_point(|one| one.0 < hash);
        let found =
            self.disordered.get(from).filter(|one| one.0 == hash && form.eq(one.1.iter().copied()))?;
        Some(&self.standing[found.2])
    }

    /// The byte offsets between the words of `text`.
    pub(super) fn cuts(&self, text: &str) -> Vec<usize> {
        crate::builtin_lexicon().cuts(text)
    }
}

fn pair(word: &str) -> Option<[char; 2]> {
    let mut characters = word.chars();
    let both = [characters.next()?, characters.next()?];
    characters.next().is_none().then_some(both)
}
