//! Whole expressions: what somebody wants to cut out of a text may be a piece of a longer word, compound, name or
//! series, and then it is no expression of its own.

use crate::lexicon::Lexicon;
use zhengming_text::fold::is_han;
use zhengming_text::span::TextRange;
use zhengming_text::zh::cue::GOVERNING;

/// Characters on either side of a place that are looked at: longer than any name that is kept.
const WINDOW: usize = 24;
/// Longest expression, in characters: names of systems and posts of real documents have 16 at most.
const LONGEST: usize = 16;
/// Shortest name that begins after a verb, in characters: 推行｜制 is no name.
const SHORTEST: usize = 3;
/// Most words of a phrase that may lie across an end.
const PHRASE: usize = 4;
/// Most parts of a slogan in quotation marks.
const PARTS: std::ops::RangeInclusive<usize> = 2..=8;
/// Characters of one part of a slogan.
const PART: std::ops::RangeInclusive<usize> = 2..=8;

/// Single characters that never belong to a name.
pub const PARTICLES: &str = "个项条家类种张座套的和与及等对在以为将把被由从到向是有按就并或且其各该此本至于所可应须宜需不未已均每经又上下中内外前后时了着过让使给之";

/// What is done with anything that has a name; it follows the name and is no part of it.
const DONE_WITH: &[&str] = &[
    "建设", "管理", "服务", "应用", "工作", "改革", "发展", "推广", "运行", "使用", "运营", "开发", "试点",
    "实施", "培育", "创建", "升级", "改造", "布局", "对接", "接入", "上线", "保障", "支撑", "赋能", "落地",
    "运用", "编制", "等", "项目", "行动", "领域", "方面", "情况",
];

/// The whole that `range` of `text` belongs to: the range itself where it is an expression of its own, a longer one
/// where a word, compound, name or quoted series runs over one of its ends; nothing where no whole can be made out.
pub fn whole(lexicon: &Lexicon, text: &str, range: TextRange) -> Option<TextRange> {
    if let Some(series) = quoted_series(text, range) {
        return Some(series);
    }
    let clause = Clause::around(lexicon, text, range);
    let (mut start, mut end) = (range.start - clause.offset, range.end - clause.offset);
    // Each step takes in at least one word.
    loop {
        let grown = (clause.grown_left(start, end), clause.grown_right(start, end));
        if grown == (start, end) {
            break;
        }
        (start, end) = grown;
        if clause.text[start..end].chars().count() > LONGEST {
            return None;
        }
    }
    let whole = TextRange::new(start + clause.offset, end + clause.offset);
    let added = [&text[whole.start..range.start], &text[range.end..whole.end]];
    let is_name = !added.iter().any(|part| GOVERNING.contains(part));
    is_name.then_some(whole)
}

/// The name that ends at byte `end` of `text`, before a bracket with its short form perhaps: it begins after the verb
/// that governs it, 推行｜企业首席数据官（CDO）. Nothing where hardly anything is left of it.
pub fn name_before(lexicon: &Lexicon, text: &str, end: usize) -> Option<TextRange> {
    let clause = Clause::around(lexicon, text, TextRange::new(end, end));
    let end_of_name = end - clause.offset;
    let mut start = end_of_name;
    for pair in clause.cuts.windows(2).rev().filter(|pair| pair[1] <= end_of_name) {
        let word = &clause.text[pair[0]..pair[1]];
        let length = clause.text[pair[0]..end_of_name].chars().count();
        let has_enough = clause.text[pair[1]..end_of_name].chars().count() >= SHORTEST;
        // 公共数据｜授权｜运营平台: what holds together with the words before is a part of the name.
        let governs = has_enough
            && GOVERNING.contains(&word)
            && clause.phrase_over(pair[0], (pair[0], end_of_name)).is_none();
        if length > LONGEST || is_particle(word) || governs {
            break;
        }
        start = pair[0];
    }
    let name = TextRange::new(start + clause.offset, end);
    (text[name.range()].chars().count() >= SHORTEST).then_some(name)
}

/// `range` from behind the last verb in it that governs what follows: 参与｜国际标准化组织; but not 应用｜程序接口, which holds
/// together.
pub fn after_verbs(lexicon: &Lexicon, text: &str, range: TextRange) -> TextRange {
    let clause = Clause::around(lexicon, text, range);
    let (first, last) = (range.start - clause.offset, range.end - clause.offset);
    let inside = clause.cuts.windows(2).filter(|pair| pair[0] >= first && pair[1] < last);
    let start = inside.rev().find_map(|pair| {
        let has_enough = clause.text[pair[1]..last].chars().count() >= SHORTEST;
        let governs = has_enough
            && GOVERNING.contains(&&clause.text[pair[0]..pair[1]])
            && clause.phrase_over(pair[0], (pair[0], last)).is_none()
            && clause.phrase_over(pair[1], (pair[1], last)).is_none();
        governs.then_some(pair[1] + clause.offset)
    });
    TextRange::new(start.unwrap_or(range.start), range.end)
}

/// Whether a word is one that never belongs to a name.
fn is_particle(word: &str) -> bool {
    is_single(word) && PARTICLES.contains(word)
}

fn is_single(word: &str) -> bool {
    word.chars().nth(1).is_none()
}

/// The slogan in quotation marks that `range` is a part of: “一湾引领、四极辐射、山海互济” is one, and its parts are
/// as long as one another.
fn quoted_series(text: &str, range: TextRange) -> Option<TextRange> {
    let open = text[..range.start].rfind(['“', '”']).filter(|&at| text[at..].starts_with('“'))?;
    let from = open + '“'.len_utf8();
    let close = from + text[from..].find(['“', '”'])?;
    if !text[close..].starts_with('”') || close < range.end {
        return None;
    }
    let parts: Vec<&str> = text[from..close].split(['、', '，', ' ', '·']).collect();
    let length = parts[0].chars().count();
    let is_even = parts.iter().all(|part| part.chars().all(is_han) && part.chars().count() == length);
    (is_even && PARTS.contains(&parts.len()) && PART.contains(&length)).then(|| TextRange::new(from, close))
}

/// The run of Chinese characters around a place, with the words that it is likeliest made of.
struct Clause<'t> {
    lexicon: &'t Lexicon,
    text: &'t str,
    /// Where it begins in the whole text.
    offset: usize,
    cuts: Vec<usize>,
}

impl<'t> Clause<'t> {
    fn around(lexicon: &'t Lexicon, text: &'t str, range: TextRange) -> Self {
        let length = |characters: &mut dyn Iterator<Item = char>| -> usize {
            characters.take(WINDOW).take_while(|&c| is_han(c)).map(char::len_utf8).sum()
        };
        let offset = range.start - length(&mut text[..range.start].chars().rev());
        let end = range.end + length(&mut text[range.end..].chars());
        let text = &text[offset..end];
        Self { lexicon, text, offset, cuts: lexicon.cuts(text) }
    }

    /// The words before and after a cut.
    fn words_at(&self, cut: usize) -> Option<(&'t str, &'t str)> {
        let at = self.cuts.binary_search(&cut).ok()?;
        let (before, after) = (*self.cuts.get(at.checked_sub(1)?)?, *self.cuts.get(at + 1)?);
        Some((&self.text[before..cut], &self.text[cut..after]))
    }

    /// Where the word or phrase begins that runs over the beginning of `start..end`; `start` if there is none.
    fn grown_left(&self, start: usize, end: usize) -> usize {
        if start == 0 {
            return start;
        }
        let Some((before, after)) = self.words_at(start) else {
            return if self.stands_alone(start, end) { start } else { self.cut_before(start) };
        };
        if is_particle(before) || GOVERNING.contains(&before) {
            return start;
        }
        // 政企｜银大脑, 企｜业码: a single character is a piece of what it stands beside.
        if is_single(after) && !is_numeral(after) {
            return start - before.len();
        }
        self.phrase_over(start, (start, end)).map_or(start, |(from, _)| from)
    }

    /// Where the word or phrase ends that runs over the end of `start..end`; `end` if there is none.
    fn grown_right(&self, start: usize, end: usize) -> usize {
        if end == self.text.len() {
            return end;
        }
        let Some((_, after)) = self.words_at(end) else {
            return if self.stands_alone(start, end) { end } else { self.cut_after(end) };
        };
        if is_particle(after) || DONE_WITH.contains(&after) || GOVERNING.contains(&after) {
            return end;
        }
        self.phrase_over(end, (start, end)).map_or(end, |(_, to)| to)
    }

    fn stands_alone(&self, start: usize, end: usize) -> bool {
        self.lexicon.stands_alone(self.text, start, end)
    }

    fn cut_before(&self, at: usize) -> usize {
        self.cuts[self.cuts.partition_point(|&cut| cut < at).saturating_sub(1)]
    }

    fn cut_after(&self, at: usize) -> usize {
        self.cuts[self.cuts.partition_point(|&cut| cut <= at).min(self.cuts.len() - 1)]
    }

    /// The longest phrase that holds together and lies across the cut `at` of `range`, which does not.
    fn phrase_over(&self, at: usize, range: (usize, usize)) -> Option<(usize, usize)> {
        if self.holds_together(range.0, range.1) {
            return None;
        }
        let middle = self.cuts.binary_search(&at).ok()?;
        let first = middle.saturating_sub(PHRASE - 1);
        let mut found: Option<(usize, usize)> = None;
        for &from in &self.cuts[first..middle] {
            for &to in self.cuts[middle + 1..].iter().take(PHRASE - 1) {
                // What lies across the other end, too, says nothing of this one.
                let is_inside = if at == range.0 { to <= range.1 } else { from >= range.0 };
                let is_longer = found.is_none_or(|(start, end)| to - from > end - start);
                if is_inside && is_longer && self.holds_together(from, to) {
                    found = Some((from, to));
                }
            }
        }
        found
    }

    fn holds_together(&self, from: usize, to: usize) -> bool {
        self.lexicon.holds_together(&self.text[from..to])
    }
}

fn is_numeral(word: &str) -> bool {
    word.chars().all(zhengming_text::zh::numeral::is_han)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slogan_in_quotation_marks_is_one() {
        let text = "构建“一湾引领、四极辐射、山海互济”格局，用好“数据、算力”和“三个一、四到位”";
        let place = |part: &str| {
            let start = text.find(part).unwrap();
            quoted_series(text, TextRange::new(start, start + part.len())).map(|range| &text[range.range()])
        };
        for part in ["一湾引领", "四极辐射", "山海互济"] {
            assert_eq!(place(part), Some("一湾引领、四极辐射、山海互济"));
        }
        assert_eq!(place("算力"), Some("数据、算力"));
        assert_eq!(place("格局"), None, "between two quotations");
    }
}
