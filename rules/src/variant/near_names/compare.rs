//! Names of one document that differ in a word that adds little, in words that name the same thing, or in the order of two
//! words.
//!
//! Every window before the end of a name is noted by its hash, so that asking whether the document also has the name with
//! a word less, with a word for another, or with two words changed round costs a look-up; only where it has is the clause
//! segmented to see whether both are whole names.

use std::cmp::Reverse;
use std::collections::HashSet;

use zhengming_lint::rule::Context;
use zhengming_reading::prose::{self, ZoneKind};

use super::plain::{Head, Plain, Stretch};
use super::windows::Windows;
use super::words::{NAME_WORDS, NameWords};
use super::{Difference, LONGEST, NearName, NearPair, hash, is_known, step};

/// Shortest window before the end of a name, in characters.
const SHORTEST: usize = 4;
/// Characters before a difference that make it one of names, wherever they begin.
const SPECIFIC: usize = 4;
/// Characters on either side of a name that bear on where it begins and ends.
const REACH: usize = 16;
/// Places of a name that are looked at.
const PLACES: usize = 6;
/// Provinces from which on a name is established, and names another thing than one that is established as well.
const ESTABLISHED: u64 = 15;

/// The pairs of names that differ so, in no certain order.
pub(super) fn pairs(cx: &Context<'_>, plain: &Plain) -> Vec<NearPair> {
    Comparison::new(cx, plain).pairs()
}

/// A spelling that ends at a head: as many characters from where the difference begins.
#[derive(Debug, Clone, Copy)]
struct Side {
    head: usize,
    count: usize,
}

/// A difference at one place, before it is known whether it is one of names.
struct Guess {
    /// The longer or first spelling.
    mine: Side,
    theirs: Side,
    difference: Difference,
}

struct Comparison<'c, 'a> {
    cx: &'c Context<'a>,
    plain: &'c Plain,
    words: &'static NameWords,
    heads: &'c [Head],
    windows: Windows,
}

/// The hashes of the last characters before the end of a name, by how many they are.
type Endings = [u64; LONGEST + 1];

fn endings(head: &Head) -> Endings {
    let mut endings = [0; LONGEST + 1];
    for (count, &c) in head.backwards(LONGEST).iter().enumerate() {
        endings[count + 1] = step(endings[count], c);
    }
    endings
}

impl<'c, 'a> Comparison<'c, 'a> {
    fn new(cx: &'c Context<'a>, plain: &'c Plain) -> Self {
        let heads = plain.heads();
        let count = heads.iter().map(|head| (head.length + 1).saturating_sub(SHORTEST)).sum();
        let mut windows = Windows::with_room(count);
        for (number, head) in heads.iter().enumerate() {
            let endings = endings(head);
            for &hash in endings.iter().take(head.length + 1).skip(SHORTEST) {
                windows.enter(hash, number);
            }
        }
        Self { cx, plain, words: &NAME_WORDS, heads, windows }
    }

    fn pairs(&self) -> Vec<NearPair> {
        let mut found: Vec<(String, String)> = Vec::new();
        let mut known = HashSet::new();
        let mut pairs = Vec::new();
        let mut guesses = Vec::new();
        for number in 0..self.heads.len() {
            self.guess(number, &mut guesses);
            for guess in guesses.drain(..) {
                let Some((name, other)) = self.names(&guess) else { continue };
                let (a, b) = (self.text(name).to_owned(), self.text(other).to_owned());
                if !known.insert((a.clone(), b.clone())) || found.contains(&(b.clone(), a.clone())) {
                    continue;
                }
                // The shortest names that differ so stand for all that contain them.
                if found.iter().any(|(x, y)| a.contains(x.as_str()) && b.contains(y.as_str())) {
                    continue;
                }
                found.push((a, b));
                pairs.extend(self.pair(name, other, guess.difference));
            }
        }
        pairs
    }

    fn text(&self, stretch: Stretch) -> &str {
        self.plain.at(self.cx, stretch)
    }

    /// Differences of the name that ends at head `number` from others of the document.
    fn guess(&self, number: usize, guesses: &mut Vec<Guess>) {
        let head = &self.heads[number];
        let endings = endings(head);
        let last = [head.letter(1), head.letter(0)];
        for count in (3..=head.length).rev() {
            let word = [head.letter(count - 1), head.letter(count - 2)];
            let behind = count - 2;
            let before = head.length - count;
            let at = Side { head: number, count };
            let is_listed = self.words.is_listed(word);
            if is_listed && before >= 2 && behind >= 2 && self.words.adds_little(word, last) {
                self.look(&endings, at, 2, &[], guesses, || Difference::Added(word.iter().collect()));
            }
            if is_listed && behind >= 2 && before.min(2) + behind >= SPECIFIC {
                for other in self.words.alike(word) {
                    let alike = || Difference::Alike(word.iter().collect(), other.iter().collect());
                    self.look(&endings, at, 2, other, guesses, alike);
                }
            }
            if before >= 2 && self.words.is_affix(word[0]) {
                self.look(&endings, at, 1, &[], guesses, || Difference::Added(word[0].to_string()));
            }
            if behind >= 4 {
                let next = [head.letter(count - 3), head.letter(count - 4)];
                if next != word {
                    let swapped = [next[0], next[1], word[0], word[1]];
                    self.look(&endings, at, 4, &swapped, guesses, || Difference::Swapped);
                }
            }
        }
    }

    /// Looks for the name of which the `length` characters with which `mine` begins are replaced by `other`.
    fn look(
        &self,
        endings: &Endings,
        mine: Side,
        length: usize,
        other: &[char],
        guesses: &mut Vec<Guess>,
        difference: impl Fn() -> Difference,
    ) {
        let head = &self.heads[mine.head];
        let common = mine.count - length;
        // What is specific by itself may stand after anything.
        let least = if common >= SPECIFIC && length == other.len() { 0 } else { 2 };
        let before = least.min(head.length - mine.count);
        let replaced = common + other.len();
        if before + replaced < SHORTEST {
            return;
        }
        let mut wanted = endings[common];
        for &c in other.iter().rev() {
            wanted = step(wanted, c);
        }
        for further in 0..before {
            wanted = step(wanted, head.letter(mine.count + further));
        }
        if !self.windows.may_hold(wanted) {
            return;
        }
        for number in self.windows.heads(wanted) {
            let one = &self.heads[number];
            let is_same = one.length >= replaced + before
                && (0..common).all(|at| one.letter(at) == head.letter(at))
                && other.iter().rev().enumerate().all(|(at, &c)| one.letter(common + at) == c)
                && (0..before).all(|at| one.letter(replaced + at) == head.letter(mine.count + at));
            if is_same && number != mine.head {
                let theirs = Side { head: number, count: replaced };
                guesses.push(Guess { mine, theirs, difference: difference() });
            }
        }
    }

    /// The two names around a difference, if both are whole.
    fn names(&self, guess: &Guess) -> Option<(Stretch, Stretch)> {
        let must_be_bounded = guess.difference == Difference::Swapped;
        let mine = self.beginnings(guess.mine, must_be_bounded)?;
        let theirs = self.beginnings(guess.theirs, must_be_bounded)?;
        let least = match guess.difference {
            Difference::Added(_) => 2,
            Difference::Alike(..) | Difference::Swapped => 0,
        };
        let mut lengths = mine.into_iter().filter(|length| *length >= least && theirs.contains(length));
        let length = lengths.find(|&length| {
            self.before(guess.mine).take(length).eq(self.before(guess.theirs).take(length))
        })?;
        let name = self.longer(guess.mine, length);
        let other = self.longer(guess.theirs, length);
        let long_enough = match guess.difference {
            Difference::Swapped => guess.mine.count + length >= 6,
            Difference::Alike(..) => guess.mine.count + length >= SHORTEST + 2,
            Difference::Added(_) => guess.theirs.count + length >= SHORTEST,
        };
        // 推广应用｜平台 is no 推广平台 with a word more.
        let verb = length >= 2 && {
            let at = self.heads[guess.mine.head].stretch(guess.mine.count);
            let from = self.longer(guess.mine, 2).start;
            self.words.is_verb(self.text(Stretch { start: from, end: at.start, ..at }))
        };
        let is_verb = verb && matches!(guess.difference, Difference::Added(_));
        (long_enough && !is_verb).then_some((name, other))
    }

    /// The characters before a spelling, backwards.
    fn before(&self, side: Side) -> impl Iterator<Item = char> {
        let stretch = self.heads[side.head].stretch(side.count);
        self.plain.text(self.cx, stretch.block)[..stretch.start].chars().rev()
    }

    /// A spelling with `more` characters before it.
    fn longer(&self, side: Side, more: usize) -> Stretch {
        let stretch = self.heads[side.head].stretch(side.count);
        let bytes: usize = self.before(side).take(more).map(char::len_utf8).sum();
        Stretch { start: stretch.start - bytes, ..stretch }
    }

    /// How many characters before a spelling its name may begin; nothing if it does not end there.
    fn beginnings(&self, side: Side, must_be_bounded: bool) -> Option<Vec<usize>> {
        let Stretch { block, start, end } = self.heads[side.head].stretch(side.count);
        let from = start - self.plain.han_before(self.cx, block, start, REACH);
        let to = end + self.plain.han_after(self.cx, block, end, REACH);
        let text = self.text(Stretch { block, start: from, end: to });
        // Characters before the spelling, and before its end.
        let at = text[..start - from].chars().count();
        let ending = at + side.count;
        let mut cuts = Vec::new();
        let mut count = 0;
        let bytes = self.words.cuts(text);
        for cut in bytes.windows(2) {
            cuts.push((count, &text[cut[0]..cut[1]]));
            count += text[cut[0]..cut[1]].chars().count();
        }
        // A noun that follows is made of the name (中介超市标准化); a single character may belong to it.
        let is_whole = |word: &str| self.words.is_stop(word) || word.chars().count() >= 2;
        let ends_here = to == end || cuts.iter().any(|&(start, word)| start == ending && is_whole(word));
        if !ends_here {
            return None;
        }
        let last = cuts.iter().rposition(|&(start, _)| start < ending)?;
        let mut lengths = Vec::new();
        for index in (0..=last).rev() {
            let (start, word) = cuts[index];
            if self.words.is_stop(word) || word.chars().count() == 1 && start + 1 == ending {
                break;
            }
            if start > at {
                continue;
            }
            let before = index.checked_sub(1).map(|index| cuts[index].1);
            let bounded = before.is_none_or(|word| self.words.is_stop(word) || self.words.is_verb(word));
            // What differs at its beginning, and is specific after that, may follow any word.
            let differs_first = start == at && ending - at >= SPECIFIC + 2;
            if bounded || ((at - start >= SPECIFIC || differs_first) && !must_be_bounded) {
                lengths.push(at - start);
            }
        }
        Some(lengths)
    }

    /// The finding's two sides, unless something shows that they are two things on purpose.
    fn pair(&self, name: Stretch, other: Stretch, difference: Difference) -> Option<NearPair> {
        let begin = |stretch: Stretch| (stretch.block, stretch.start);
        let (first, last) = if begin(name) < begin(other) { (name, other) } else { (other, name) };
        if self.are_listed_together(first, last)
            || self.are_both_terms(name, other)
            || self.are_both_established(name, other, &difference)
            || self.is_told_elsewhere(name, other, &difference)
        {
            return None;
        }
        let mine = self.side(name)?;
        let theirs = self.side(other)?;
        let is_rare = (mine.count, Reverse(begin(name))) < (theirs.count, Reverse(begin(other)));
        let (rare, usual) = if is_rare { (mine, theirs) } else { (theirs, mine) };
        Some(NearPair { rare, usual, difference })
    }

    fn side(&self, stretch: Stretch) -> Option<NearName> {
        let name = self.text(stretch);
        let places = self.plain.places_of(self.cx, name);
        let count = places.len();
        // Titles of other documents say what they say.
        let own = places.into_iter().take(PLACES).find_map(|place| {
            let (block, range) = self.plain.place(self.cx, place);
            let zones = self.cx.facts().zones(self.cx.block_at(block));
            let is_title = prose::zone_at(zones, range) == Some(ZoneKind::Title);
            (!is_title).then_some((block, range))
        });
        let (block, range) = own?;
        Some(NearName { text: name.to_owned(), count, block, range })
    }

    /// 检测设备、检验设备: who writes both side by side means two things.
    fn are_listed_together(&self, first: Stretch, last: Stretch) -> bool {
        if first.block != last.block {
            return false;
        }
        let between = self.plain.text(self.cx, first.block).get(first.end..last.start).unwrap_or_default();
        between.chars().count() <= 2 && between.chars().all(|c| "、和与及或/以和".contains(c))
    }

    /// 数字基础设施 and 数据基础设施: what half of the provinces say each stands for itself. 场景 and 应用场景 are one
    /// thing to all of them.
    fn are_both_established(&self, name: Stretch, other: Stretch, difference: &Difference) -> bool {
        let applied = matches!(difference, Difference::Added(word) if word == "应用");
        !applied
            && is_known(self.cx, self.text(name), ESTABLISHED)
            && is_known(self.cx, self.text(other), ESTABLISHED)
    }

    /// Whether the name is a slip of one that is known of old, which another rule tells.
    fn is_told_elsewhere(&self, name: Stretch, other: Stretch, difference: &Difference) -> bool {
        let is_slip = |stretch: Stretch| {
            let name: Vec<char> = self.text(stretch).chars().collect();
            self.words.disordered(hash(&name), name.iter().copied()).is_some()
        };
        *difference == Difference::Swapped && (is_slip(name) || is_slip(other))
    }

    fn are_both_terms(&self, name: Stretch, other: Stretch) -> bool {
        let is_term = |name| !self.cx.termbase().lookup(self.text(name)).is_empty();
        is_term(name) && is_term(other)
    }
}
