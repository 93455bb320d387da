//! The folded text of a whole document as characters, with the way back to its blocks.

use zhengming_lint::rule::Context;
use zhengming_text::fold;
use zhengming_text::span::TextRange;

/// What stands between two blocks: no name runs across it.
const BETWEEN: char = '\n';

/// All blocks of a document, folded, one after the other.
pub(super) struct Plain {
    pub(super) characters: Vec<char>,
    /// Where each block begins, and the number of the block.
    blocks: Vec<(usize, usize)>,
}

impl Plain {
    pub(super) fn of(cx: &Context<'_>) -> Self {
        let mut plain = Self { characters: Vec::new(), blocks: Vec::new() };
        cx.facts().each_folded(|block, folded| {
            plain.blocks.push((plain.characters.len(), block.index()));
            let from = plain.characters.len();
            plain.characters.extend(folded.text().chars());
            cut_addresses(&mut plain.characters[from..]);
            plain.characters.push(BETWEEN);
        });
        plain
    }

    /// The text of `from..to`.
    pub(super) fn text(&self, from: usize, to: usize) -> String {
        self.characters[from..to].iter().collect()
    }

    /// The block that holds `from..to`, and where in its text that stands.
    pub(super) fn place(&self, cx: &Context<'_>, from: usize, to: usize) -> (usize, TextRange) {
        let at = self.blocks.partition_point(|&(start, _)| start <= from).saturating_sub(1);
        let (start, block) = self.blocks[at];
        let folded = fold::fold(cx.block_at(block).text());
        let bytes =
            |characters: usize| -> usize { folded.text().chars().take(characters).map(char::len_utf8).sum() };
        (block, folded.original(bytes(from - start), bytes(to - start)))
    }

    /// Where `name` stands, in reading order.
    pub(super) fn places_of(&self, name: &[char]) -> Vec<usize> {
        if name.is_empty() {
            return Vec::new();
        }
        let windows = self.characters.windows(name.len()).enumerate();
        windows.filter(|(_, window)| *window == name).map(|(at, _)| at).collect()
    }

    /// How many Chinese characters stand before `at`, at most `most`.
    pub(super) fn han_before(&self, at: usize, most: usize) -> usize {
        self.characters[..at].iter().rev().take(most).take_while(|&&c| fold::is_han(c)).count()
    }

    /// How many Chinese characters stand from `at` on, at most `most`.
    pub(super) fn han_after(&self, at: usize, most: usize) -> usize {
        self.characters[at..].iter().take(most).take_while(|&&c| fold::is_han(c)).count()
    }
}

/// Puts what stands between two blocks in the place of addresses: what they hold names nothing.
fn cut_addresses(characters: &mut [char]) {
    const ENDS: [char; 8] = ['>', '<', '）', ')', '》', '”', '，', '。'];
    let mut at = 0;
    while at + 3 <= characters.len() {
        if characters[at..at + 3] != [':', '/', '/'] {
            at += 1;
            continue;
        }
        while at < characters.len() && !characters[at].is_whitespace() && !ENDS.contains(&characters[at]) {
            characters[at] = BETWEEN;
            at += 1;
        }
    }
}
