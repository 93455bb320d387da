//! Pairs of names, known to no dictionary, by which a document seems to call one thing.
//!
//! Names that end in one of some hundred words (系统, 平台, 场景 …) are compared. First every window before such a
//! word is noted by its hash, so that asking whether the document also has the name with a word less, with a word
//! for another, or with two words changed round costs a look-up; only where it has is the clause segmented to see
//! whether both are whole names.

mod labels;
mod order;
mod plain;
pub(super) mod words;

use std::collections::HashSet;
use zhengming_text::zh::cue;

use zhengming_lint::rule::Context;
use zhengming_reading::prose::{self, ZoneKind};
use zhengming_text::fold::is_han;
use zhengming_text::span::TextRange;

use plain::Plain;
use words::{NAME_WORDS, NameWords, Standing};

/// Shortest and longest window before the end of a name, in characters.
const SHORTEST: usize = 4;
const LONGEST: usize = 12;
/// Characters before a difference that make it one of names, wherever they begin.
const SPECIFIC: usize = 4;
/// Characters on either side of a name that bear on where it begins and ends.
const REACH: usize = 16;
/// Places of a window that are looked at.
const PLACES: usize = 6;
/// Provinces from which on a name is established, and names another thing than one that is established as well.
const ESTABLISHED: u64 = 15;

/// A name that the document writes with two words changed round.
#[derive(Debug)]
pub(super) struct Disordered {
    pub(super) surface: String,
    pub(super) block: usize,
    pub(super) range: TextRange,
    pub(super) standing: &'static Standing,
}

/// How two names differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Difference {
    /// One has a word more that adds little.
    Added(String),
    /// Words that name the same thing.
    Alike(String, String),
    /// Two words changed round.
    Swapped,
}

/// One of the two names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NearName {
    pub(super) text: String,
    pub(super) count: usize,
    pub(super) block: usize,
    pub(super) range: TextRange,
}

/// Two names for what seems one thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NearPair {
    /// The one that is written less often, or later.
    pub(super) rare: NearName,
    pub(super) usual: NearName,
    pub(super) difference: Difference,
}

/// Names that official prose writes in another order of words.
pub(super) fn disordered(cx: &Context<'_>) -> Vec<Disordered> {
    // Folding a document whole is dear, and two rules walk it.
    let plain = cx.facts().shared(|| Plain::of(cx));
    let words = &*NAME_WORDS;
    let mut found = Vec::new();
    for end in ends(&plain, words) {
        let mut hash = 0;
        for length in 1..=plain.han_before(end, LONGEST) {
            let from = end - length;
            hash = step(hash, plain.characters[from]);
            if length >= 6
                && let Some(standing) = words.disordered(hash, &plain.characters[from..end])
            {
                let (block, range) = plain.place(cx, from, end);
                found.push(Disordered { surface: plain.text(from, end), block, range, standing });
            }
        }
    }
    found.extend(graded(cx, &plain));
    found
}

/// 数据分级分类: the law has 数据分类分级. Where the document has both orders, that is another finding.
fn graded(cx: &Context<'_>, plain: &Plain) -> Vec<Disordered> {
    const WRITTEN: [char; 4] = ['分', '级', '分', '类'];
    const RIGHT: [char; 4] = ['分', '类', '分', '级'];
    // 公共数据资源实行分级分类: as far before as one noun phrase reaches.
    const NEAR: usize = 8;
    if !plain.places_of(&RIGHT).is_empty() {
        return Vec::new();
    }
    let of_data = |at: &usize| plain.text(at - plain.han_before(*at, NEAR), *at).contains("数据");
    static GRADED: Standing = Standing::of_law(&RIGHT, "《数据安全法》第二十一条");
    let places = plain.places_of(&WRITTEN).into_iter().filter(of_data);
    let found = places.map(|at| {
        let (block, range) = plain.place(cx, at, at + WRITTEN.len());
        Disordered { surface: WRITTEN.iter().collect(), block, range, standing: &GRADED }
    });
    found.collect()
}

/// The pairs of a document, by the place of the rarer name.
pub(super) fn near_names(cx: &Context<'_>) -> Vec<NearPair> {
    // Folding a document whole is dear, and two rules walk it.
    let plain = cx.facts().shared(|| Plain::of(cx));
    let mut pairs = Comparison::new(&plain).pairs(cx);
    pairs.extend(labels::unlike_labels(cx));
    pairs.extend(order::in_both_orders(cx, &plain, &NAME_WORDS));
    pairs.retain(|pair| !is_renaming(cx, pair));
    pairs.sort_by_key(|pair| (pair.rare.block, pair.rare.range.start));
    pairs
}

/// Whether one sentence names both because it says that the one is now called the other.
fn is_renaming(cx: &Context<'_>, pair: &NearPair) -> bool {
    let (rare, usual) = (&pair.rare, &pair.usual);
    if rare.block != usual.block {
        return false;
    }
    let text = cx.block_at(rare.block).text();
    let sentence = prose::sentence_around(text, rare.range);
    sentence.contains(usual.range) && cue::RENAMED.iter().any(|word| text[sentence.range()].contains(word))
}

/// A difference at one place, before it is known whether it is one of names.
struct Guess {
    /// The difference begins here, in the longer or first spelling.
    at: usize,
    /// Where that spelling ends.
    end: usize,
    /// Where the difference begins in the other spelling, and where that ends.
    other: (usize, usize),
    difference: Difference,
}

struct Comparison<'p> {
    plain: &'p Plain,
    words: &'static NameWords,
    /// Hash and end of every window that ends in a head.
    windows: Vec<(u64, u32)>,
}

impl<'p> Comparison<'p> {
    fn new(plain: &'p Plain) -> Self {
        let words = &*NAME_WORDS;
        let mut windows = Vec::new();
        for end in ends(plain, words) {
            let mut hash = 0;
            for length in 1..=plain.han_before(end, LONGEST) {
                hash = step(hash, plain.characters[end - length]);
                if length >= SHORTEST {
                    windows.push((hash, end as u32));
                }
            }
        }
        windows.sort_unstable();
        Self { plain, words, windows }
    }

    /// The ends of the windows with this hash.
    fn ends_of(&self, hash: u64) -> impl Iterator<Item = usize> {
        let from = self.windows.partition_point(|&(one, _)| one < hash);
        self.windows[from..]
            .iter()
            .take_while(move |&&(one, _)| one == hash)
            .take(PLACES)
            .map(|&(_, end)| end as usize)
    }

    fn pairs(&self, cx: &Context<'_>) -> Vec<NearPair> {
        let mut found: Vec<(String, String)> = Vec::new();
        let mut known = HashSet::new();
        let mut pairs = Vec::new();
        for end in ends(self.plain, self.words) {
            let mut guesses = Vec::new();
            self.guess(end, &mut guesses);
            for guess in guesses {
                let Some((name, other)) = self.names(&guess) else { continue };
                let (a, b) = (self.text(name), self.text(other));
                if !known.insert((a.clone(), b.clone())) || found.contains(&(b.clone(), a.clone())) {
                    continue;
                }
                // The shortest names that differ so stand for all that contain them.
                if found.iter().any(|(x, y)| a.contains(x.as_str()) && b.contains(y.as_str())) {
                    continue;
                }
                found.push((a, b));
                pairs.extend(self.pair(cx, name, other, guess.difference));
            }
        }
        pairs
    }

    fn text(&self, (from, to): (usize, usize)) -> String {
        self.plain.text(from, to)
    }

    /// Differences of the name that ends at `end` from others of the document.
    fn guess(&self, end: usize, guesses: &mut Vec<Guess>) {
        let characters = &self.plain.characters;
        let from = end - self.plain.han_before(end, LONGEST);
        let head = [characters[end - 2], characters[end - 1]];
        for at in from..end.saturating_sub(2) {
            let word = [characters[at], characters[at + 1]];
            let behind = end - at - 2;
            let before = at - from;
            if before >= 2 && behind >= 2 && self.words.adds_little(word, head) {
                self.look(at, end, 2, &[], guesses, || Difference::Added(word.iter().collect()));
            }
            if behind >= 2 && before.min(2) + behind >= SPECIFIC {
                for other in self.words.alike(word) {
                    let alike = || Difference::Alike(word.iter().collect(), other.iter().collect());
                    self.look(at, end, 2, other, guesses, alike);
                }
            }
            if self.words.is_affix(characters[at]) && before >= 2 && end - at > 2 {
                let added = || Difference::Added(characters[at].to_string());
                self.look(at, end, 1, &[], guesses, added);
            }
            if behind >= 4 {
                let next = [characters[at + 2], characters[at + 3]];
                if next != word {
                    let swapped = [next[0], next[1], word[0], word[1]];
                    self.look(at, end, 4, &swapped, guesses, || Difference::Swapped);
                }
            }
        }
    }

    /// Looks for the name that ends at `end` with `length` characters from `at` on replaced by `other`.
    fn look(
        &self,
        at: usize,
        end: usize,
        length: usize,
        other: &[char],
        guesses: &mut Vec<Guess>,
        difference: impl Fn() -> Difference,
    ) {
        let characters = &self.plain.characters;
        let common = &characters[at + length..end];
        // What is specific by itself may stand after anything.
        let least = if common.len() >= SPECIFIC && length == other.len() { 0 } else { 2 };
        let before = self.plain.han_before(at, least);
        let wanted = [&characters[at - before..at], other, common].concat();
        if wanted.len() < SHORTEST {
            return;
        }
        for other_end in self.ends_of(hash(&wanted)) {
            let other_at = other_end - common.len() - other.len();
            let is_same = characters[..other_end].ends_with(&wanted);
            if is_same && other_end != end {
                guesses.push(Guess { at, end, other: (other_at, other_end), difference: difference() });
            }
        }
    }

    /// The two names around a difference, if both are whole.
    fn names(&self, guess: &Guess) -> Option<((usize, usize), (usize, usize))> {
        let must_be_bounded = guess.difference == Difference::Swapped;
        let mine = self.beginnings(guess.at, guess.end, must_be_bounded)?;
        let (other_at, other_end) = guess.other;
        let theirs = self.beginnings(other_at, other_end, must_be_bounded)?;
        let characters = &self.plain.characters;
        let least = match guess.difference {
            Difference::Added(_) => 2,
            Difference::Alike(..) | Difference::Swapped => 0,
        };
        let mut lengths = mine.into_iter().filter(|length| *length >= least && theirs.contains(length));
        let length = lengths.find(|length| {
            characters[guess.at - length..guess.at] == characters[other_at - length..other_at]
        })?;
        let name = (guess.at - length, guess.end);
        let other = (other_at - length, other_end);
        let long_enough = match guess.difference {
            Difference::Swapped => guess.end - name.0 >= 6,
            Difference::Alike(..) => guess.end - name.0 >= SHORTEST + 2,
            Difference::Added(_) => other.1 - other.0 >= SHORTEST,
        };
        // 推广应用｜平台 is no 推广平台 with a word more.
        let verb = length >= 2 && self.words.is_verb(&self.plain.text(guess.at - 2, guess.at));
        let is_verb = verb && matches!(guess.difference, Difference::Added(_));
        (long_enough && !is_verb).then_some((name, other))
    }

    /// How many characters before `at` the name may begin that ends at `end`; nothing if it does not end there.
    fn beginnings(&self, at: usize, end: usize, must_be_bounded: bool) -> Option<Vec<usize>> {
        let from = at - self.plain.han_before(at, REACH);
        let to = end + self.plain.han_after(end, REACH);
        let text = self.plain.text(from, to);
        let mut cuts = Vec::new();
        let mut count = from;
        let bytes = self.words.cuts(&text);
        for cut in bytes.windows(2) {
            cuts.push((count, &text[cut[0]..cut[1]]));
            count += text[cut[0]..cut[1]].chars().count();
        }
        // A noun that follows is made of the name (中介超市标准化); a single character may belong to it.
        let is_whole = |word: &str| self.words.is_stop(word) || word.chars().count() >= 2;
        let ends_here = to == end || cuts.iter().any(|&(start, word)| start == end && is_whole(word));
        if !ends_here {
            return None;
        }
        let last = cuts.iter().rposition(|&(start, _)| start < end)?;
        let mut lengths = Vec::new();
        for index in (0..=last).rev() {
            let (start, word) = cuts[index];
            if self.words.is_stop(word) || word.chars().count() == 1 && start + 1 == end {
                break;
            }
            if start > at {
                continue;
            }
            let before = index.checked_sub(1).map(|index| cuts[index].1);
            let bounded = before.is_none_or(|word| self.words.is_stop(word) || self.words.is_verb(word));
            // What differs at its beginning, and is specific after that, may follow any word.
            let differs_first = start == at && end - at >= SPECIFIC + 2;
            if bounded || ((at - start >= SPECIFIC || differs_first) && !must_be_bounded) {
                lengths.push(at - start);
            }
        }
        Some(lengths)
    }

    /// The finding's two sides, unless something shows that they are two things on purpose.
    fn pair(
        &self,
        cx: &Context<'_>,
        name: (usize, usize),
        other: (usize, usize),
        difference: Difference,
    ) -> Option<NearPair> {
        let (first, last) = if name.0 < other.0 { (name, other) } else { (other, name) };
        if self.are_listed_together(first, last)
            || self.are_both_terms(cx, name, other)
            || self.are_both_established(cx, name, other, &difference)
            || self.is_told_elsewhere(name, other, &difference)
        {
            return None;
        }
        let mine = self.side(cx, name)?;
        let theirs = self.side(cx, other)?;
        let is_rare = (mine.count, std::cmp::Reverse(name.0)) < (theirs.count, std::cmp::Reverse(other.0));
        let (rare, usual) = if is_rare { (mine, theirs) } else { (theirs, mine) };
        Some(NearPair { rare, usual, difference })
    }

    fn side(&self, cx: &Context<'_>, (from, to): (usize, usize)) -> Option<NearName> {
        let name = &self.plain.characters[from..to];
        let places = self.plain.places_of(name);
        let count = places.len();
        // Titles of other documents say what they say.
        let own = places.into_iter().take(PLACES).find_map(|at| {
            let (block, range) = self.plain.place(cx, at, at + name.len());
            let zones = prose::zones(cx.block_at(block).text());
            let is_title = prose::zone_at(&zones, range) == Some(ZoneKind::Title);
            (!is_title).then_some((block, range))
        });
        let (block, range) = own?;
        Some(NearName { text: name.iter().collect(), count, block, range })
    }

    /// 检测设备、检验设备: who writes both side by side means two things.
    fn are_listed_together(&self, first: (usize, usize), last: (usize, usize)) -> bool {
        let between = self.plain.characters.get(first.1..last.0).unwrap_or_default();
        between.len() <= 2 && between.iter().all(|c| "、和与及或/以和".contains(*c))
    }

    /// 数字基础设施 and 数据基础设施: what half of the provinces say each stands for itself. 场景 and 应用场景 are one
    /// thing to all of them.
    fn are_both_established(
        &self,
        cx: &Context<'_>,
        name: (usize, usize),
        other: (usize, usize),
        difference: &Difference,
    ) -> bool {
        let applied = matches!(difference, Difference::Added(word) if word == "应用");
        !applied
            && is_known(cx, &self.text(name), ESTABLISHED)
            && is_known(cx, &self.text(other), ESTABLISHED)
    }

    /// Whether the name is a slip of one that is known of old, which another rule tells.
    fn is_told_elsewhere(
        &self,
        name: (usize, usize),
        other: (usize, usize),
        difference: &Difference,
    ) -> bool {
        let is_slip = |(from, to): (usize, usize)| {
            let name = &self.plain.characters[from..to];
            self.words.disordered(hash(name), name).is_some()
        };
        *difference == Difference::Swapped && (is_slip(name) || is_slip(other))
    }

    fn are_both_terms(&self, cx: &Context<'_>, name: (usize, usize), other: (usize, usize)) -> bool {
        let is_term = |name| !cx.termbase().lookup(&self.text(name)).is_empty();
        is_term(name) && is_term(other)
    }
}

/// Whether `provinces` or more use the name.
fn is_known(cx: &Context<'_>, name: &str, provinces: u64) -> bool {
    cx.facts().knowledge().jargon().is_some_and(|jargon| jargon.provinces(name) >= provinces)
}

/// Where names end: after each word that is a head.
fn ends<'p>(plain: &'p Plain, words: &'static NameWords) -> impl Iterator<Item = usize> + 'p {
    let pairs = plain.characters.windows(2).enumerate();
    let heads =
        pairs.filter(|(_, pair)| is_han(pair[0]) && is_han(pair[1]) && words.is_head([pair[0], pair[1]]));
    heads.map(|(at, _)| at + 2)
}

/// The hash of a name.
fn hash(name: &[char]) -> u64 {
    name.iter().rev().fold(0, |hash, &c| step(hash, c))
}

/// The hash of a name that is read from its end: one character further.
fn step(hash: u64, c: char) -> u64 {
    (hash.rotate_left(5) ^ u64::from(u32::from(c))).wrapping_mul(0x517c_c1b7_2722_0a95)
}
