//! What changed between two texts, in stretches that a person can read.

use crate::lexicon::Lexicon;
use zhengming_text::fold::is_han;

/// A stretch of a text and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// In both texts.
    Same(String),
    /// Only in the old text.
    Removed(String),
    /// Only in the new text.
    Added(String),
}

/// Cells of the comparison table above which whole clauses are compared instead of characters, and
/// above that nothing: a definition of a hundred thousand characters is no reason to wait.
const MOST_CELLS: usize = 4_000_000;

/// The stretches that lead from `old` to `new`, in order; removed before added.
///
/// Chinese is compared by characters, Latin words and numbers as wholes. What only happens to recur
/// between two changes is made part of them.
pub fn word_diff(old: &str, new: &str) -> Vec<Change> {
    diff(&units(old), &units(new))
}

/// As [`word_diff`], but Chinese is compared by the words of `lexicon`: 收集 becomes 归集, not 收 归.
pub fn word_diff_in(lexicon: &Lexicon, old: &str, new: &str) -> Vec<Change> {
    diff(&words(lexicon, old), &words(lexicon, new))
}

/// Single characters, but runs of Latin letters and digits in one piece.
fn units(text: &str) -> Vec<&str> {
    pieces(text, |a, b| is_latin(a) && is_latin(b))
}

fn words<'t>(lexicon: &Lexicon, text: &'t str) -> Vec<&'t str> {
    let runs = pieces(text, |a, b| is_latin(a) && is_latin(b) || is_han(a) && is_han(b));
    let mut words = Vec::new();
    for run in runs {
        if !run.starts_with(is_han) {
            words.push(run);
            continue;
        }
        let cuts = lexicon.cuts(run);
        words.extend(cuts.windows(2).map(|cut| &run[cut[0]..cut[1]]));
    }
    words
}

/// Stretches up to and with the next punctuation mark.
fn clauses(text: &str) -> Vec<&str> {
    pieces(text, |a, _| !is_punctuation(a))
}

/// `text` cut wherever two neighbouring characters do not belong together.
fn pieces(text: &str, together: impl Fn(char, char) -> bool) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((_, c)) = chars.next() {
        let end = chars.peek().map_or(text.len(), |&(at, _)| at);
        if chars.peek().is_none_or(|&(_, next)| !together(c, next)) {
            pieces.push(&text[start..end]);
            start = end;
        }
    }
    pieces
}

fn is_latin(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

fn is_punctuation(c: char) -> bool {
    "，。；：、！？,.;:!?﹐﹑\n".contains(c)
}

fn diff(old: &[&str], new: &[&str]) -> Vec<Change> {
    let prefix = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[prefix..], &new[prefix..]);
    let suffix = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_middle, new_middle) =
        (&old_rest[..old_rest.len() - suffix], &new_rest[..new_rest.len() - suffix]);
    let mut hunks = vec![Hunk::same(&old[..prefix].concat(), prefix)];
    hunks.extend(middle(old_middle, new_middle));
    hunks.push(Hunk::same(&old[old.len() - suffix..].concat(), suffix));
    changes(absorb(hunks))
}

/// What differs, with what recurs in between.
fn middle(old: &[&str], new: &[&str]) -> Vec<Hunk> {
    if old.is_empty() || new.is_empty() {
        return vec![Hunk::changed(&old.concat(), &new.concat(), old.len().max(new.len()))];
    }
    if old.len().saturating_mul(new.len()) <= MOST_CELLS {
        return align(old, new);
    }
    let (old, new) = (old.concat(), new.concat());
    let (old_clauses, new_clauses) = (clauses(&old), clauses(&new));
    if old_clauses.len().saturating_mul(new_clauses.len()) <= MOST_CELLS {
        return align(&old_clauses, &new_clauses);
    }
    vec![Hunk::changed(&old, &new, old.len().max(new.len()))]
}

/// A stretch of both texts: the same, or one that takes the place of the other.
#[derive(Debug)]
struct Hunk {
    old: String,
    new: String,
    same: bool,
    /// Its length in units.
    units: usize,
}

impl Hunk {
    fn same(text: &str, units: usize) -> Self {
        Self { old: text.to_owned(), new: text.to_owned(), same: true, units }
    }

    fn changed(old: &str, new: &str, units: usize) -> Self {
        Self { old: old.to_owned(), new: new.to_owned(), same: false, units }
    }

    /// Whether a stretch that recurs is chance rather than what was kept: a lone character that is no
    /// punctuation, or little beside the changes around it.
    fn is_chance(&self, before: &Self, after: &Self) -> bool {
        let lone = self.old.chars().nth(1).is_none() && !self.old.starts_with(is_punctuation);
        lone || self.units * 4 <= before.units.min(after.units)
    }
}

/// The longest common subsequence, as stretches.
fn align(old: &[&str], new: &[&str]) -> Vec<Hunk> {
    let width = new.len() + 1;
    // longest[i][j]: units that old[i..] and new[j..] have in common.
    let mut longest = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i * width + j] = if old[i] == new[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let mut hunks: Vec<Hunk> = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        let both = i < old.len() && j < new.len();
        let same = both && old[i] == new[j];
        if hunks.last().is_none_or(|hunk| hunk.same != same) {
            hunks.push(Hunk { old: String::new(), new: String::new(), same, units: 0 });
        }
        let hunk = hunks.last_mut().expect("pushed above");
        hunk.units += 1;
        if same {
            hunk.old.push_str(old[i]);
            hunk.new.push_str(new[j]);
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || both && longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            hunk.old.push_str(old[i]);
            i += 1;
        } else {
            hunk.new.push_str(new[j]);
            j += 1;
        }
    }
    hunks
}

/// Joins changes that only chance separates, until nothing is left to join.
fn absorb(hunks: Vec<Hunk>) -> Vec<Hunk> {
    let mut out: Vec<Hunk> = Vec::new();
    for hunk in hunks {
        if hunk.units == 0 {
            continue;
        }
        out.push(hunk);
        while let [.., before, between, after] = &out[..]
            && !before.same
            && between.same
            && !after.same
            && between.is_chance(before, after)
        {
            let (after, between) = (out.pop().expect("matched"), out.pop().expect("matched"));
            let before = out.last_mut().expect("matched");
            before.old += &(between.old + &after.old);
            before.new += &(between.new + &after.new);
            before.units += between.units + after.units;
        }
    }
    out
}

fn changes(hunks: Vec<Hunk>) -> Vec<Change> {
    let mut changes = Vec::new();
    for Hunk { old, new, same, .. } in hunks {
        if same {
            changes.push(Change::Same(old));
            continue;
        }
        if !old.is_empty() {
            changes.push(Change::Removed(old));
        }
        if !new.is_empty() {
            changes.push(Change::Added(new));
        }
    }
    changes
}
