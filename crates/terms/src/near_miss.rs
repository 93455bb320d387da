//! Spellings that stand nowhere and yet are meant for a term: one or two characters or one word off.
//!
//! An edit of k characters leaves one of k + 1 pieces of a term intact. The pieces are patterns
//! like any other; where one is found, the text around it is compared with the rest of the term. What
//! survives must read like a slip, not like ordinary Chinese (`NearMissIndex::judge`).

mod align;
pub(crate) mod doubled;

use std::sync::Arc;

use crate::lexicon::Lexicon;
use crate::termbase::{ConceptId, KeyTraits, TermBase};
use zhengming_text::confusion::{Confusions, Likeness};
use zhengming_text::fold::is_han;

use align::{Alignment, Step, align, least_cost};

/// Shortest term, in characters of its key, that near misses are looked for.
const SHORTEST: usize = 4;
/// From this length on, two edits or one word of two characters may differ.
const LONG: usize = 8;
/// From this length on, an affix may be added or missing, and a word replaced by one that shares a
/// character with it.
const MIDDLE: usize = 6;
/// From this length on, any one word may be replaced: what is left is specific enough.
const VERY_LONG: usize = 12;
/// Characters that make a word of a word: 化 in 数字化.
const AFFIXES: &str = "化性型式新总大";

/// What stands after a term as a word of its own and makes no compound with it.
const PARTICLES: &str =
    "的和与及等之为在或是应将可须由以并对从向把被而其中内外上下后前时需要有能都也只无不未已";
/// Characters behind the next one that decide whether it is a word by itself.
const REST: usize = 4;

/// How a near miss differs from the term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Characters that sound or look alike: found, meant.
    Alike(Likeness, String, String),
    /// Two neighbouring characters or words changed places.
    Swapped,
    /// Another word: found, meant.
    Replaced(String, String),
    /// Something added.
    Added(String),
    /// Something missing.
    Missing(String),
}

/// A near miss in a folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// The concept that is meant.
    pub concept: ConceptId,
    /// First byte in the folded text.
    pub start: usize,
    /// One past the last byte in the folded text.
    pub end: usize,
    /// How it differs.
    pub change: Change,
}

/// What a pattern is a sign of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sign {
    /// A term may stand around this piece of it.
    Piece(Piece),
    /// This is the concept's term with two words changed round.
    Reordered(ConceptId),
    /// This is a term in another wording, with this number.
    Reworded(u32),
}

/// A piece of a term.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    term: u32,
    /// Characters of the term before the piece, and after its end.
    from: u8,
    to: u8,
}

#[derive(Debug)]
struct Term {
    concept: ConceptId,
    letters: Vec<char>,
    /// The letters from the last to the first, for reading on before a piece.
    reversed: Vec<char>,
    /// Offsets, in characters, between words.
    cuts: Vec<usize>,
}

impl Term {
    fn new(concept: ConceptId, letters: Vec<char>, cuts: Vec<usize>) -> Self {
        let reversed = letters.iter().rev().copied().collect();
        Self { concept, letters, reversed, cuts }
    }
}

/// The terms that near misses are looked for, in pieces.
#[derive(Debug)]
pub struct NearMissIndex {
    terms: Vec<Term>,
    /// Terms with one word replaced: the number of the term, the word found, the word meant.
    rewordings: Vec<(u32, &'static str, String)>,
    lexicon: Arc<Lexicon>,
    confusions: Arc<Confusions>,
}

impl NearMissIndex {
    /// Cuts every allowed designation of at least four characters into pieces, and gives to `add` each
    /// piece, and each reordering of the term's words, with what it is a sign of.
    pub(crate) fn new(
        termbase: &TermBase,
        lexicon: Arc<Lexicon>,
        confusions: Arc<Confusions>,
        mut add: impl FnMut(&str, Sign),
    ) -> Self {
        let (mut terms, mut rewordings) = (Vec::new(), Vec::new());
        for (key, text) in termbase.keys_that(KeyTraits::DEFINED) {
            let Some(spelling) = termbase.spellings(key).first() else { continue };
            let letters: Vec<char> = text.chars().collect();
            if letters.len() < SHORTEST || !letters.iter().all(|&c| is_han(c)) {
                continue;
            }
            let cuts = character_cuts(text, &lexicon);
            for (from, to) in pieces(letters.len()) {
                let piece: String = letters[from..to].iter().collect();
                let place = Piece { term: terms.len() as u32, from: from as u8, to: to as u8 };
                add(&piece, Sign::Piece(place));
            }
            for other in reorderings(&letters, &cuts) {
                if termbase.lookup(&other).is_empty() {
                    add(&other, Sign::Reordered(spelling.concept));
                }
            }
            for other in lexicon.rewordings(text) {
                if termbase.lookup(&other.text).is_empty() {
                    add(&other.text, Sign::Reworded(rewordings.len() as u32));
                    rewordings.push((terms.len() as u32, other.found, other.meant));
                }
            }
            terms.push(Term::new(spelling.concept, letters, cuts));
        }
        Self { terms, rewordings, lexicon, confusions }
    }

    /// Reads what a sign found at `start..end` of the folded `text` stands for.
    pub(crate) fn check(&self, text: &str, start: usize, end: usize, sign: Sign) -> Option<Near> {
        let near = match sign {
            Sign::Piece(place) => self.compare(text, start, end, place)?,
            Sign::Reordered(concept) => Near { concept, start, end, change: Change::Swapped },
            Sign::Reworded(number) => self.reworded(text, start, end, number as usize)?,
        };
        let surface = &text[near.start..near.end];
        let is_slip =
            !self.lexicon.is_ordinary(surface) && self.lexicon.stands_alone(text, near.start, near.end);
        is_slip.then_some(near)
    }

    /// The term in another wording at `start..end` of the folded `text`, unless a phrase goes on after it.
    fn reworded(&self, text: &str, start: usize, end: usize, number: usize) -> Option<Near> {
        let (term, found, meant) = &self.rewordings[number];
        let term = &self.terms[*term as usize];
        let key: String = term.letters.iter().collect();
        let change = Change::Replaced((*found).to_owned(), meant.clone());
        let is_sure = !self.lexicon.goes_on(text, start, end, &key) && !self.is_compounded(text, end);
        is_sure.then_some(Near { concept: term.concept, start, end, change })
    }

    /// Whether one character goes on after `end` that makes a compound of what stands before it: 公用数据｜网.
    fn is_compounded(&self, text: &str, end: usize) -> bool {
        let mut after = text[end..].chars().take_while(|&c| is_han(c));
        let Some(next) = after.next().filter(|c| !PARTICLES.contains(*c)) else { return false };
        let clause: String = std::iter::once(next).chain(after.take(REST)).collect();
        self.lexicon.cuts(&clause).get(1) == Some(&next.len_utf8())
    }

    /// Compares the folded `text` around a piece found at `start..end` with the piece's term.
    fn compare(&self, text: &str, start: usize, end: usize, piece: Piece) -> Option<Near> {
        let term = &self.terms[piece.term as usize];
        let (from, to) = (piece.from as usize, piece.to as usize);
        let budget = if term.letters.len() >= LONG { 2 } else { 1 };
        let only_substitution = term.letters.len() == SHORTEST;
        let (left, right) = (&term.reversed[term.letters.len() - from..], &term.letters[to..]);
        // Most pieces are ordinary words, and most places have nothing to do with the term.
        let least = least_cost(left, text[..start].chars().rev(), only_substitution);
        if least > budget {
            return None;
        }
        let least = least + least_cost(right, text[end..].chars(), only_substitution);
        // Nothing: the term itself, of which every piece leads here.
        if least == 0 || least > budget {
            return None;
        }
        let before = align(left, text[..start].chars().rev(), budget, only_substitution)?;
        let rest = budget - before.cost;
        let after = align(right, text[end..].chars(), rest, only_substitution)?;
        let change = self.judge(term, from, to, &before, &after)?;
        Some(Near { concept: term.concept, start: start - before.bytes, end: end + after.bytes, change })
    }

    /// What the difference is, if a careful reader would take it for a slip: characters that sound or
    /// look alike or changed places; in longer terms an affix added or missing, one word replaced by a
    /// near-synonym; in very long ones any one word.
    fn judge(
        &self,
        term: &Term,
        from: usize,
        to: usize,
        before: &Alignment,
        after: &Alignment,
    ) -> Option<Change> {
        // Positions of the steps before the piece count backwards from it.
        let mut steps: Vec<(usize, Step)> = Vec::new();
        steps.extend(before.steps.iter().rev().map(|&(at, step)| (from - 1 - at.min(from - 1), step)));
        steps.extend(after.steps.iter().map(|&(at, step)| (to + at, step)));
        if let Some(change) = self.alike(term, &steps) {
            return Some(change);
        }
        if let [(at, Step::Added(c))] = steps[..]
            && is_doubled(term, at, c)
        {
            return Some(Change::Added(c.to_string()));
        }
        let length = term.letters.len();
        if length < MIDDLE {
            return None;
        }
        let added: String = steps.iter().filter_map(|(_, step)| step.added()).collect();
        let missing: String =
            steps.iter().filter(|(_, step)| step.is_missing()).map(|&(at, _)| term.letters[at]).collect();
        let substituted = steps.iter().any(|(_, step)| step.substituted().is_some());
        match (substituted, added.is_empty(), missing.is_empty()) {
            (false, false, true) => {
                let affix = added.chars().all(|c| AFFIXES.contains(c));
                (affix || length >= VERY_LONG).then_some(Change::Added(added))
            }
            (false, true, false) => {
                let affix = missing.chars().all(|c| AFFIXES.contains(c));
                (affix || length >= VERY_LONG).then_some(Change::Missing(missing))
            }
            (true, true, true) => replaced_word(term, &steps),
            _ => None,
        }
    }

    fn alike(&self, term: &Term, steps: &[(usize, Step)]) -> Option<Change> {
        if let [(_, Step::Swapped)] = steps {
            return Some(Change::Swapped);
        }
        let mut likeness = None;
        let (mut found, mut meant) = (String::new(), String::new());
        for &(at, step) in steps {
            let c = step.substituted()?;
            likeness = Some(self.confusions.likeness(c, term.letters[at])?);
            found.push(c);
            meant.push(term.letters[at]);
        }
        likeness.map(|likeness| Change::Alike(likeness, found, meant))
    }
}

/// Whether the character that stands by the term's letter number `at` and is not in the term is a letter beside it,
/// written twice.
fn is_doubled(term: &Term, at: usize, c: char) -> bool {
    let from = at.saturating_sub(1);
    term.letters[from..term.letters.len().min(at + 2)].contains(&c)
}

/// The one word of the term that was replaced, if the replacement is near enough.
fn replaced_word(term: &Term, steps: &[(usize, Step)]) -> Option<Change> {
    let (first, last) = (steps.first()?.0, steps.last()?.0);
    let mut start = term.cuts.iter().rev().copied().find(|&cut| cut <= first)?;
    let mut end = term.cuts.iter().copied().find(|&cut| cut > last)?;
    // The lexicon has compounds of four characters; half of one is a word, too.
    if end - start == 4 {
        start += (first - start) / 2 * 2;
        end = start + 2;
    }
    if end - start > 3 || last >= end {
        return None;
    }
    let mut word: Vec<char> = term.letters[start..end].to_vec();
    for &(at, step) in steps {
        word[at - start] = step.substituted()?;
    }
    let meant: String = term.letters[start..end].iter().collect();
    let found: String = word.iter().collect();
    // Another head noun is another thing (交易机制, 交易机构); a function word makes a phrase of the name.
    let is_head = end == term.letters.len();
    if found.contains(|c| "的和与及等之为在或是".contains(c)) {
        return None;
    }
    let shares = steps.len() < end - start && !is_head;
    (shares || term.letters.len() >= VERY_LONG).then_some(Change::Replaced(found, meant))
}

/// Offsets, in characters, at which the likeliest segmentation of a term cuts.
fn character_cuts(text: &str, lexicon: &Lexicon) -> Vec<usize> {
    lexicon.cuts(text).into_iter().map(|cut| text[..cut].chars().count()).collect()
}

/// The term with two neighbouring words changed round. Terms of two words are left out: 共享数据 is no
/// slip for 数据共享.
fn reorderings(letters: &[char], cuts: &[usize]) -> Vec<String> {
    if cuts.len() < 4 || letters.len() < MIDDLE {
        return Vec::new();
    }
    cuts.windows(3)
        .map(|cut| {
            let (head, left) = (&letters[..cut[0]], &letters[cut[0]..cut[1]]);
            let (right, tail) = (&letters[cut[1]..cut[2]], &letters[cut[2]..]);
            [head, right, left, tail].concat().iter().collect()
        })
        .filter(|other: &String| !other.chars().eq(letters.iter().copied()))
        .collect()
}

/// One more piece than edits are allowed, of nearly equal length.
fn pieces(length: usize) -> impl Iterator<Item = (usize, usize)> {
    let count = if length >= LONG { 3 } else { 2 };
    (0..count).map(move |piece| (length * piece / count, length * (piece + 1) / count))
}
