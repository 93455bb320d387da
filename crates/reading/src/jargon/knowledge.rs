//! What is known of jargon before any document is read: families, lists, background, weights.

use std::fmt;
use std::sync::{Arc, OnceLock};

use fst::Map;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use zhengming_terms::lexicon::Lexicon;
use zhengming_terms::words::Words;
use zhengming_text::fold::{self, is_han};

use super::Weights;

/// Provinces from which on everybody knows a word: of labelled expressions made of such words alone none is opaque.
const COMMON: u64 = 15;
/// Longest phrase of the background, in characters.
const LONGEST: usize = 8;

/// The data that [`Jargon`] is made of, as text.
#[derive(Debug, Clone, Copy)]
pub struct Sources {
    /// Heads, prefixes, class words (TOML).
    pub families: &'static str,
    /// What each family and feature is worth (TOML).
    pub weights: &'static str,
    /// National formulas and popular words, one a line: never jargon.
    pub formulas: &'static str,
    /// Terms of trades, one a line.
    pub specialist: &'static str,
    /// Letter words that general dictionaries and school books have, one a line.
    pub familiar: &'static str,
    /// Letter words that need no expansion, one a line.
    pub letters: &'static str,
    /// In how many provinces phrases and letter words are used: a map made by `cargo xtask background`.
    pub background: &'static [u8],
}

/// Knowledge of jargon. Read only when a document is first searched for candidates.
pub struct Jargon {
    pub(super) lexicon: Arc<Lexicon>,
    background: Map<&'static [u8]>,
    sources: Sources,
    data: OnceLock<Data>,
}

/// Why the data of [`Jargon`] cannot be used.
#[derive(Debug)]
pub struct JargonError(String);

impl fmt::Display for JargonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for JargonError {}

impl Jargon {
    /// Knowledge from `sources`, over the words of `lexicon`. The texts are read later, when they are needed.
    ///
    /// # Errors
    /// If the background is no map.
    pub fn new(lexicon: Arc<Lexicon>, sources: Sources) -> Result<Self, JargonError> {
        let background = Map::new(sources.background).map_err(|error| JargonError(error.to_string()))?;
        Ok(Self { lexicon, background, sources, data: OnceLock::new() })
    }

    /// Reads all texts now.
    ///
    /// # Errors
    /// The first text that is not in its form.
    pub fn check(&self) -> Result<(), JargonError> {
        Data::read(&self.sources, &self.lexicon).map(|_| ())
    }

    /// The words that make what stands around them look coined.
    pub(crate) fn coining(&self) -> impl Iterator<Item = &str> {
        let data = self.data();
        // A formula only takes the place of what it contains.
        let coins = |(_, trigger): &(usize, &Trigger)| **trigger != Trigger::Formula;
        data.triggers.iter().enumerate().filter(coins).map(|(word, _)| data.words.text(word))
    }

    /// How many provinces use `text` at least: 0 where no second one does, else 2, 4, 8 or 15. Most compounds that
    /// common words make up are not in the background.
    pub fn provinces(&self, text: &str) -> u64 {
        // Letter words are held in capitals: IPV6 is as well known as IPv6.
        let capitals = text.contains(|c: char| c.is_ascii_lowercase()).then(|| text.to_ascii_uppercase());
        let text = capitals.as_deref().unwrap_or(text);
        if text.contains(|c| fold::simplified(c).is_some()) {
            let simplified: String = text.chars().map(|c| fold::simplified(c).unwrap_or(c)).collect();
            return self.background.get(&simplified).unwrap_or(0);
        }
        self.background.get(text).unwrap_or(0)
    }

    /// How many characters of `text` stand in words that everybody knows, and how many there are. A run of letters
    /// and digits counts as one; marks do not count.
    pub(super) fn covered(&self, text: &str) -> (usize, usize) {
        let (mut covered, mut all) = (0, 0);
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let is_same = |c: char| if is_han(first) { is_han(c) } else { c.is_ascii_alphanumeric() };
            let length = rest.find(|c| !is_same(c)).unwrap_or(rest.len());
            let (run, after) = rest.split_at(length.max(first.len_utf8()));
            if is_han(first) {
                let (known, count) = self.covered_run(run);
                covered += known;
                all += count;
            } else if length > 0 {
                covered += usize::from(self.provinces(run) > 0 || self.data().letters.contains(run));
                all += 1;
            }
            rest = after;
        }
        (covered, all)
    }

    /// The same for a run of Chinese characters: the words may not overlap.
    fn covered_run(&self, run: &str) -> (usize, usize) {
        let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
        let count = starts.len() - 1;
        let mut best = vec![0; starts.len()];
        for from in 0..count {
            best[from + 1] = best[from + 1].max(best[from]);
            for to in from + 2..=count.min(from + LONGEST) {
                if self.provinces(&run[starts[from]..starts[to]]) >= COMMON {
                    best[to] = best[to].max(best[from] + to - from);
                }
            }
        }
        (best[count], count)
    }

    /// Whether `text` looks coined: no word or compound in use, and not made of ordinary words either.
    pub fn is_coined(&self, text: &str) -> bool {
        if self.lexicon.is_ordinary(text) || self.provinces(text) > 0 {
            return false;
        }
        let cuts = self.lexicon.cuts(text);
        let is_single = |pair: &[usize]| text[pair[0]..pair[1]].chars().nth(1).is_none();
        let words: Vec<bool> = cuts.windows(2).map(is_single).collect();
        !text.chars().all(fold::is_han) || words.windows(2).any(|pair| pair[0] && pair[1])
    }

    /// Whether `start..end` of `text` is no piece of longer words: 出让方 in 出让｜方案.
    pub fn stands_alone(&self, text: &str, start: usize, end: usize) -> bool {
        self.lexicon.stands_alone(text, start, end)
    }

    pub(super) fn data(&self) -> &Data {
        // Data that cannot be read finds nothing; a test holds that the shipped data can.
        self.data.get_or_init(|| Data::read(&self.sources, &self.lexicon).unwrap_or_default())
    }
}

impl fmt::Debug for Jargon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jargon").finish_non_exhaustive()
    }
}

/// What a place in the text is a sign of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trigger {
    /// A metaphor as head.
    Head,
    /// The first characters of a brand.
    Brand,
    /// Two bodies clipped to one character each.
    Clipped,
    /// What the parts of a slogan do: 联动, 融合.
    Union,
    /// A term of some trade.
    Specialist,
    /// A coined word.
    Coined,
    /// A national formula or popular word: it takes the place of what it contains.
    Formula,
}

/// On which side a coined word is part of a longer name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
    None,
}

/// The lists of `families.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Families {
    /// Metaphors as heads, with the compounds in which they are none.
    heads: FxHashMap<String, Vec<String>>,
    /// How brands begin.
    pub(super) brand_prefixes: Vec<String>,
    /// How brands of three or four characters end.
    pub(super) brand_ends: Vec<String>,
    /// Bodies that are clipped to one character.
    pub(super) bodies: String,
    /// Two of them side by side.
    body_pairs: Vec<String>,
    /// What counted parts do together.
    unions: Vec<String>,
    /// Words that are coined.
    coined: Vec<String>,
    /// What a coinage is said to be: 模式, 机制.
    pub(super) classes: Vec<String>,
    /// Parts of slogans that say literally what they mean: 通办.
    pub(super) literal: Vec<String>,
    /// Words that begin or end a noun phrase and are no part of it: 打造, 推进.
    pub(super) borders: Vec<String>,
    /// Characters that make a quotation a sentence.
    pub(super) sentence: String,
    /// Names of provinces.
    pub(super) places: Vec<String>,
    /// How names of organisations end.
    pub(super) organisations: Vec<String>,
}

/// The keys of a list; they are made when a quotation is first looked up, since many documents have none.
#[derive(Debug, Default)]
pub(super) struct Listed {
    list: &'static str,
    keys: OnceLock<FxHashSet<String>>,
}

impl Listed {
    fn new(list: &'static str) -> Self {
        Self { list, keys: OnceLock::new() }
    }

    /// Whether the list has an entry with this key.
    pub(super) fn contains(&self, key: &str) -> bool {
        self.keys.get_or_init(|| lines(self.list).map(fold::key).collect()).contains(key)
    }
}

/// The knowledge in the form that is searched.
#[derive(Debug, Default)]
pub(super) struct Data {
    pub(super) words: Words,
    /// What each word is a sign of.
    pub(super) triggers: Vec<Trigger>,
    pub(super) families: Families,
    pub(super) heads: FxHashMap<String, Vec<String>>,
    pub(super) formulas: Listed,
    pub(super) specialist: Listed,
    pub(super) familiar: Listed,
    pub(super) letters: FxHashSet<String>,
    /// Words that are coined, with what they are joined to: the word after, the word before, or nothing.
    pub(super) coined: FxHashMap<String, Side>,
    pub(super) borders: FxHashSet<String>,
    pub(super) weights: Option<Weights>,
}

impl Data {
    fn read(sources: &Sources, lexicon: &Lexicon) -> Result<Self, JargonError> {
        let mut families: Families =
            toml::from_str(sources.families).map_err(|error| JargonError(format!("families: {error}")))?;
        let weights: Weights =
            toml::from_str(sources.weights).map_err(|error| JargonError(format!("weights: {error}")))?;
        let mut texts: Vec<String> = Vec::new();
        let mut triggers = Vec::new();
        let mut add = |trigger: Trigger, list: &mut dyn Iterator<Item = &str>| {
            for text in list {
                texts.push(text.to_owned());
                triggers.push(trigger);
            }
        };
        add(Trigger::Head, &mut families.heads.keys().map(String::as_str));
        add(Trigger::Brand, &mut families.brand_prefixes.iter().map(String::as_str));
        add(Trigger::Clipped, &mut families.body_pairs.iter().map(String::as_str));
        // “多跨-” is part of what follows, “-画像” of what goes before.
        let coined: FxHashMap<String, Side> = families
            .coined
            .iter()
            .map(|word| match (word.strip_prefix('-'), word.strip_suffix('-')) {
                (Some(word), _) => (word.to_owned(), Side::Before),
                (_, Some(word)) => (word.to_owned(), Side::After),
                _ => (word.clone(), Side::None),
            })
            .collect();
        add(Trigger::Coined, &mut coined.keys().map(String::as_str));
        add(Trigger::Union, &mut families.unions.iter().map(String::as_str));
        add(Trigger::Specialist, &mut lines(sources.specialist));
        add(Trigger::Formula, &mut lines(sources.formulas));
        let words = Words::by_rarity(&texts, |first, second| lexicon.commonness(first, second));
        Ok(Self {
            words,
            triggers,
            heads: std::mem::take(&mut families.heads),
            coined,
            borders: families.borders.iter().cloned().collect(),
            families,
            formulas: Listed::new(sources.formulas),
            specialist: Listed::new(sources.specialist),
            familiar: Listed::new(sources.familiar),
            letters: lines(sources.letters).map(str::to_owned).collect(),
            weights: Some(weights),
        })
    }
}

/// The entries of a list: no comments, no empty lines.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}
