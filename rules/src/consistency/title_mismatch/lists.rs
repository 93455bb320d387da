//! Lists that announce headings, against those headings: 围绕甲、乙、丙等方面, and below 一、甲 二、乙 三、丁.

use std::collections::HashSet;

use rustc_hash::FxHashSet;
use zhengming_lint::rule::{Context, Finding, Sink};
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold::{self, is_han};
use zhengming_text::message::{Text, quoted};
use zhengming_text::span::TextRange;
use zhengming_text::zh::mark;

use crate::consistency::headings::{Heading, essential, headings};

/// Fewest items of a list that announces headings, and how many of them may be named otherwise.
const FEWEST: usize = 4;
const MOST_OTHERWISE: usize = 1;

/// 围绕甲、乙、丙等方面 against the headings 一、甲 二、乙 三、丁.
pub(super) fn announced_headings(cx: &Context<'_>, sink: &mut Sink<'_>) {
    let headings = headings(cx);
    if headings.len() < FEWEST {
        return;
    }
    let mut words = None;
    for block in cx.blocks().filter(|block| may_list(block.text())) {
        for list in lists(block.text()) {
            let words = words.get_or_insert_with(|| HeadingWords::of(&headings));
            let unknown = list.iter().filter(|item| !words.end(item.1));
            let otherwise = unknown.take(MOST_OTHERWISE + 1).count();
            if otherwise == 0 || otherwise > MOST_OTHERWISE {
                continue;
            }
            for &(start, item) in list.iter().filter(|item| !words.end(item.1)) {
                if let Some(heading) = left_over(&headings, &list, item) {
                    let range = TextRange::new(start, start + item.len());
                    sink.report(otherwise_headed(item, block.index(), range, heading));
                }
            }
        }
    }
}

/// What items may end with: the words of headings.
struct HeadingWords {
    words: Vec<Vec<char>>,
    /// The last characters of them.
    last: FxHashSet<char>,
}

impl HeadingWords {
    fn of(headings: &[Heading<'_>]) -> Self {
        let words = headings.iter().map(|heading| essential(heading.words));
        let words: Vec<Vec<char>> = words.filter(|words| words.len() >= 3).collect();
        let last = words.iter().filter_map(|words| words.last().copied()).collect();
        Self { words, last }
    }

    /// Whether an item ends with the words of a heading: the words of the sentence may stand before it.
    fn end(&self, item: &str) -> bool {
        // Of most items the last character counts and stands for itself.
        let last = item.chars().next_back().filter(|c| matches!(c, '一'..='龥'));
        let is_plain = last.is_some_and(|last| fold::folded_char(last) == Some(last));
        if is_plain && !last.is_some_and(|last| self.last.contains(&last)) && !item.contains(mark::OPEN_ROUND)
        {
            return false;
        }
        let item = essential(item);
        item.last().is_some_and(|last| self.last.contains(last))
            && self.words.iter().any(|words| item.ends_with(words))
    }
}

/// Whether some clause of `text` may hold a list that [`lists`] takes for one. Marks are told by their first bytes.
fn may_list(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut pauses = 0;
    for at in memchr::memchr2_iter(0xE3, 0xEF, bytes) {
        match bytes.get(at..at + 3) {
            Some([0xE3, 0x80, 0x81]) => pauses += 1,
            // 。；，：
            Some([0xE3, 0x80, 0x82] | [0xEF, 0xBC, 0x9B | 0x8C | 0x9A]) => pauses = 0,
            _ => {}
        }
        if pauses + 1 >= FEWEST {
            return true;
        }
    }
    false
}

/// The heading among those of the list that no item names, if it has words of `item`.
fn left_over<'h, 'a>(
    headings: &'h [Heading<'a>],
    list: &[(usize, &str)],
    item: &str,
) -> Option<&'h Heading<'a>> {
    let named =
        |heading: &Heading<'_>| list.iter().any(|(_, one)| essential(one) == essential(heading.words));
    let first = headings.iter().find(|heading| named(heading))?;
    let shape = first.shape;
    let from = headings.iter().position(named)?.saturating_sub(2);
    let to = headings.iter().rposition(|heading| named(heading) && heading.shape == shape)? + 3;
    let of_shape = headings[from..to.min(headings.len())].iter().filter(|heading| heading.shape == shape);
    let pairs =
        |words: &[char]| -> HashSet<[char; 2]> { words.windows(2).map(|pair| [pair[0], pair[1]]).collect() };
    let mine = pairs(&essential(item));
    let begins = essential(item);
    of_shape
        // What breaks off at the end of a line is no other name.
        .filter(|heading| !named(heading) && !essential(heading.words).starts_with(&begins))
        .find(|heading| pairs(&essential(heading.words)).intersection(&mine).count() >= 2)
}

/// Runs of items that 、 separates, each with where it begins. The first item begins after a verb of announcing or a
/// mark, the last ends before 等 or the next mark.
fn lists(text: &str) -> Vec<Vec<(usize, &str)>> {
    let mut found = Vec::new();
    let mut at = 0;
    for clause in text.split_inclusive(mark::CLAUSE_ENDS) {
        let body = clause.trim_end_matches(mark::CLAUSE_ENDS);
        let mut items: Vec<(usize, &str)> = Vec::new();
        let mut from = at;
        for part in body.split('、') {
            items.push((from, part));
            from += part.len() + '、'.len_utf8();
        }
        if items.len() >= FEWEST {
            if let Some(first) = items.first_mut() {
                let skipped = ["围绕", "包括", "聚焦", "涵盖", "分为", "面向", "突出", "从", "在"]
                    .iter()
                    .find_map(|verb| first.1.rfind(verb).map(|at| at + verb.len()))
                    .unwrap_or(0);
                *first = (first.0 + skipped, &first.1[skipped..]);
            }
            if let Some(last) = items.last_mut() {
                let cut = last.1.find(['等', '（', '(']).unwrap_or(last.1.len());
                last.1 = &last.1[..cut];
                let tail = last.1;
                if let Some(and) =
                    tail.find(['和', '与', '及']).filter(|&and| and >= 6 && tail.len() - and >= 9)
                {
                    let word = tail[and..].chars().next().map_or(3, char::len_utf8);
                    let second = (last.0 + and + word, &tail[and + word..]);
                    last.1 = &tail[..and];
                    items.push(second);
                }
            }
            let fits = |item: &&(usize, &str)| (6..=60).contains(&item.1.len()) && item.1.chars().any(is_han);
            if items.iter().all(|item| fits(&item)) {
                found.push(items);
            }
        }
        at += clause.len();
    }
    found
}

fn otherwise_headed(item: &str, block: usize, range: TextRange, heading: &Heading<'_>) -> Finding {
    let (a, b) = (quoted(item), quoted(heading.words));
    let message = Text::new(
        format!("此处列举的{a}，对应的小标题是{b}，其余各项都与小标题相同"),
        format!(
            "`{item}` of this list is headed `{}`; all other items are the words of their headings",
            heading.words
        ),
    );
    let label = Text::new(format!("小标题是{b}"), format!("the heading is `{}`", heading.words));
    let help = Text::new("列举与小标题统一一个说法", "Call it alike in the list and in the heading");
    let place = Text::new("小标题在此", "the heading");
    Finding::new(block, range, message, label).severity(Severity::Info).help(help).related(
        heading.block,
        heading.range,
        place,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_looked_for_where_there_may_be_one() {
        assert!(may_list("围绕甲、乙、丙、丁等方面"));
        assert!(!may_list("围绕甲、乙、丙，丁、戊。己、庚"));
        for text in ["围绕医药研发、医药生产、经营决策、药品流通。", "甲，乙、丙、丁"]
        {
            assert_eq!(may_list(text), !lists(text).is_empty(), "{text}");
        }
    }
}
