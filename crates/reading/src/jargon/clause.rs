//! The words around a place, and the noun phrase that a word there belongs to.

use zhengming_terms::lexicon::Lexicon;
use zhengming_text::fold::is_han;

use super::knowledge::{Data, Jargon};
use zhengming_text::zh::numeral;

/// Characters on either side of a place that are looked at.
const WINDOW: usize = 12;
/// Longest extension of a word to either side, in characters.
const LONGEST: usize = 8;
/// Single characters that never belong to a name.
const PARTICLES: &str = "个项条家类种张座套的和与及等对在以为将把被由从到向是有按就并或且其各该此本至于所可应须宜需不未已均每经又上下中内外前后时了着过让使给之";
/// Suffixes that are part of the word before them.
const SUFFIXES: &str = "化型性式度率链网云端群圈";

/// Most words of a noun phrase.
const PHRASE: usize = 4;

impl Jargon {
    /// Where the noun phrase begins that ends at byte `end` of `text`.
    pub fn phrase_before(&self, text: &str, end: usize) -> usize {
        left(text, end, PHRASE, self.data(), &self.lexicon)
    }
}

/// Where the noun phrase that ends at `start` begins: at most `words` words further left.
pub(super) fn left(text: &str, start: usize, words: usize, data: &Data, lexicon: &Lexicon) -> usize {
    let length: usize =
        text[..start].chars().rev().take(WINDOW).take_while(|&c| is_han(c)).map(char::len_utf8).sum();
    let clause = &text[start - length..start];
    let cuts = lexicon.cuts(clause);
    let mut from = clause.len();
    let (mut taken, mut single) = (0, false);
    for pair in cuts.windows(2).rev() {
        let word = &clause[pair[0]..pair[1]];
        let is_single = word.chars().nth(1).is_none();
        // Single characters side by side are one unknown word.
        taken += usize::from(!(is_single && single));
        if taken > words || !is_part(word, data) || clause[pair[0]..].chars().count() > LONGEST {
            break;
        }
        single = is_single;
        from = pair[0];
    }
    start - (clause.len() - from)
}

/// Where the noun phrase that begins before `end` ends: at most one word further right.
pub(super) fn right(text: &str, end: usize, data: &Data, lexicon: &Lexicon) -> usize {
    let length: usize = text[end..].chars().take(WINDOW).take_while(|&c| is_han(c)).map(char::len_utf8).sum();
    let clause = &text[end..end + length];
    let cuts = lexicon.cuts(clause);
    let Some(&stop) = cuts.get(1) else { return end };
    let word = &clause[..stop];
    let is_single = word.chars().nth(1).is_none();
    let wanted = if is_single { word.chars().all(|c| SUFFIXES.contains(c)) } else { is_part(word, data) };
    if wanted && word.chars().count() <= 4 { end + stop } else { end }
}

/// Whether a word can be part of a name.
pub(super) fn is_part(word: &str, data: &Data) -> bool {
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => !PARTICLES.contains(c) && !numeral::is_han(c),
        _ => !data.borders.contains(word),
    }
}
