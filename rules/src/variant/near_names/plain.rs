//! The folded text of a document without its addresses, and the names that end in it.

use rustc_hash::FxHashMap;
use zhengming_lint::rule::Context;
use zhengming_terms::matcher::Placed;
use zhengming_text::fold;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;

use super::LONGEST;

/// A stretch of the folded text of one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch {
    pub(super) block: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Where a name ends, with the last Chinese characters of the run that ends there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    pub(super) block: usize,
    pub(super) end: usize,
    /// How many characters there are.
    pub(super) length: usize,
    /// From the last one on.
    letters: [char; LONGEST],
}

impl Head {
    /// The last `count` characters in reading order.
    pub(super) fn last(&self, count: usize) -> impl Iterator<Item = char> {
        self.backwards(count).iter().rev().copied()
    }

    /// The last `count` characters, from the last one on.
    #[inline]
    pub(super) fn backwards(&self, count: usize) -> &[char] {
        &self.letters[..count.min(self.length)]
    }

    /// The character that is `before` characters before the last one.
    #[inline]
    pub(super) fn letter(&self, before: usize) -> char {
        self.letters[before]
    }

    /// The stretch of the last `count` characters.
    pub(super) fn stretch(&self, count: usize) -> Stretch {
        let length: usize = self.backwards(count).iter().map(|c| c.len_utf8()).sum();
        Stretch { block: self.block, start: self.end - length, end: self.end }
    }
}

/// What names of a document are read from.
pub(super) struct Plain {
    /// The texts of the blocks that hold addresses, by block.
    cut: FxHashMap<usize, String>,
    heads: Vec<Head>,
}

impl Plain {
    pub(super) fn of(cx: &Context<'_>) -> Self {
        let mut plain = Self { cut: FxHashMap::default(), heads: Vec::new() };
        let placed = cx.facts().placed();
        let finder = memchr::memmem::Finder::new("://");
        let mut last = None;
        for (block, place) in placed {
            if last.replace(*block) != Some(*block) {
                let text = cx.facts().folded_text(cx.block_at(*block));
                if finder.find(text.as_bytes()).is_some() {
                    plain.cut.insert(*block, without_addresses(text));
                }
            }
            if place.sign.any(Signs::HEAD) {
                let text = plain.text(cx, *block);
                let mut letters = ['\0'; LONGEST];
                let run = text[..place.end].chars().rev().take_while(|&c| fold::is_han(c));
                let length = letters.iter_mut().zip(run).map(|(letter, c)| *letter = c).count();
                // In an address there is none.
                if length >= 2 {
                    plain.heads.push(Head { block: *block, end: place.end, length, letters });
                }
            }
        }
        plain
    }

    /// Where names end, in reading order.
    pub(super) fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// The folded text of a block.
    pub(super) fn text<'t>(&'t self, cx: &Context<'t>, block: usize) -> &'t str {
        match self.cut.get(&block) {
            Some(text) => text,
            None => cx.facts().folded_text(cx.block_at(block)),
        }
    }

    /// The text of a stretch.
    pub(super) fn at<'t>(&'t self, cx: &Context<'t>, stretch: Stretch) -> &'t str {
        &self.text(cx, stretch.block)[stretch.start..stretch.end]
    }

    /// Two words of the list of joined ones without anything between them, in reading order.
    pub(super) fn joined(&self, cx: &Context<'_>) -> Vec<Stretch> {
        let mut pairs = Vec::new();
        let is_joined = |placed: &&(usize, Placed)| placed.1.sign.any(Signs::JOINED);
        let words: Vec<_> = cx.facts().placed().iter().filter(is_joined).collect();
        for (index, (block, first)) in words.iter().enumerate() {
            let near =
                words[index + 1..].iter().take_while(|(of, next)| of == block && next.start <= first.end);
            for (_, second) in near.filter(|(_, next)| next.start == first.end) {
                let pair = Stretch { block: *block, start: first.start, end: second.end };
                if !self.at(cx, pair).contains(BETWEEN) {
                    pairs.push(pair);
                }
            }
        }
        pairs
    }

    /// Where in its block a stretch stands.
    pub(super) fn place(&self, cx: &Context<'_>, stretch: Stretch) -> (usize, TextRange) {
        let folded = cx.facts().folded(cx.block_at(stretch.block));
        (stretch.block, folded.original(stretch.start, stretch.end))
    }

    /// Where `name` stands, which ends in a head, in reading order.
    pub(super) fn places_of(&self, cx: &Context<'_>, name: &str) -> Vec<Stretch> {
        let ends = self.heads.iter().filter(|head| self.text(cx, head.block)[..head.end].ends_with(name));
        ends.map(|head| Stretch { block: head.block, start: head.end - name.len(), end: head.end }).collect()
    }

    /// Bytes of the Chinese characters before `at`, at most `most` of them.
    pub(super) fn han_before(&self, cx: &Context<'_>, block: usize, at: usize, most: usize) -> usize {
        let before = self.text(cx, block)[..at].chars().rev().take(most);
        before.take_while(|&c| fold::is_han(c)).map(char::len_utf8).sum()
    }

    /// Bytes of the Chinese characters from `at` on, at most `most` of them.
    pub(super) fn han_after(&self, cx: &Context<'_>, block: usize, at: usize, most: usize) -> usize {
        let after = self.text(cx, block)[at..].chars().take(most);
        after.take_while(|&c| fold::is_han(c)).map(char::len_utf8).sum()
    }
}

/// What stands in the place of addresses: no name runs across it.
const BETWEEN: char = '\n';

/// Blanks the addresses in `text`, each byte of them: what they hold names nothing.
fn without_addresses(text: &str) -> String {
    const ENDS: [char; 8] = ['>', '<', '）', ')', '》', '”', '，', '。'];
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        plain.push_str(&rest[..at]);
        let end = rest[at..].find(|c: char| c.is_whitespace() || ENDS.contains(&c));
        let end = end.map_or(rest.len(), |length| at + length);
        plain.extend(std::iter::repeat_n(BETWEEN, end - at));
        rest = &rest[end..];
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_blanked_byte_by_byte() {
        let text = "见https://a.b/平台 数据平台（http://c）://";
        let plain = without_addresses(text);
        assert_eq!(plain.len(), text.len());
        assert_eq!(plain.replace(BETWEEN, ""), "见https 数据平台（http）");
    }
}
