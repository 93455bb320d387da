//! Numbers and bullets before articles, clauses and items: 第三条, （一）, 1., 一、, ①, ——.

use crate::fold;

use super::{mark, numeral};

/// Longest number of an article or item, in characters.
const LONGEST: usize = 8;
/// What an ordinal counts.
pub const ORDINAL_UNITS: [char; 8] = ['编', '章', '节', '条', '款', '项', '目', '点'];
/// What stands before an item that is not counted.
pub const BULLETS: [char; 17] =
    ['—', '–', '-', '●', '•', '·', '■', '◆', '○', '★', '※', '▪', '◇', '□', '►', '➢', '*'];

/// How an item is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 第三条, 第一章.
    Ordinal(char),
    /// `1.`, `1、`
    Figure,
    /// `（1）`, `1）`
    BracketedFigure,
    /// `一、`
    Han,
    /// `（一）`
    BracketedHan,
    /// `3.1.2`
    Clause,
    /// `①`
    Circled,
    /// `——`, `●`
    Bullet,
}

/// The number or bullet with which a text begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// How it is written.
    pub kind: Kind,
    /// Its number, if it has one.
    pub value: Option<u64>,
    /// Where the text after it begins.
    pub rest: usize,
}

/// The number or bullet with which `text` begins, after white space.
pub fn read(text: &str) -> Option<Marker> {
    let body = text.trim_start_matches(fold::is_space);
    let skipped = text.len() - body.len();
    let (kind, value, end) = ordinal(body)
        .map(|(unit, value, end)| (Kind::Ordinal(unit), Some(value), end))
        .or_else(|| item(body))
        .or_else(|| clause(body))
        .or_else(|| bullet(body))?;
    let rest = body[end..].trim_start_matches(fold::is_space);
    Some(Marker { kind, value, rest: text.len() - rest.len() }).filter(|marker| marker.rest > skipped)
}

/// `text` without the numbers and bullets with which it begins: 第三条 （一）数据桥 → 数据桥.
pub fn strip(text: &str) -> &str {
    let mut rest = text.trim_start_matches(fold::is_space);
    while let Some(marker) = read(rest) {
        rest = &rest[marker.rest..];
    }
    rest
}

/// 第三条, 第 12 章, 第二条之一: unit, number, end. The numbers of articles are numerals, nothing vague.
pub fn ordinal(text: &str) -> Option<(char, u64, usize)> {
    let rest = text.strip_prefix('第')?;
    let inner = rest.trim_start_matches(fold::is_space);
    let length = numeral::leading(inner);
    let digits: String = inner[..length].chars().filter(|&c| !fold::is_space(c)).collect();
    let value = numeral::value(&digits).filter(|_| digits.chars().count() <= LONGEST)?;
    let after = inner[length..].trim_start_matches(fold::is_space);
    let unit = after.chars().next().filter(|unit| ORDINAL_UNITS.contains(unit))?;
    let mut end = text.len() - after.len() + unit.len_utf8();
    if let Some(branch) = text[end..].strip_prefix('之') {
        let digits = numeral::leading(branch);
        if digits > 0 && branch[..digits].chars().all(numeral::is_han) {
            end += '之'.len_utf8() + digits;
        }
    }
    Some((unit, value, end))
}

/// The articles that `text` begins with: `第十二条第二款`, and where they end.
pub fn articles(text: &str) -> usize {
    let mut end = 0;
    while let Some((_, _, length)) = ordinal(text[end..].trim_start_matches(fold::is_space)) {
        end += (text[end..].len() - text[end..].trim_start_matches(fold::is_space).len()) + length;
    }
    end
}

fn item(text: &str) -> Option<(Kind, Option<u64>, usize)> {
    let open = text.chars().next().filter(|c| mark::OPEN_BRACKETS.contains(c));
    let inner = text[open.map_or(0, char::len_utf8)..].trim_start_matches(fold::is_space);
    let length = numeral::leading(inner);
    let digits: String = inner[..length].chars().filter(|&c| !fold::is_space(c)).collect();
    let value = numeral::value(&digits).filter(|_| digits.chars().count() <= LONGEST)?;
    let is_han = digits.chars().any(numeral::is_han);
    let after = inner[length..].trim_start_matches(fold::is_space);
    let closer = after.chars().next()?;
    let end = text.len() - after.len() + closer.len_utf8();
    let is_closed = mark::CLOSE_BRACKETS.contains(&closer);
    // （2023） is a year.
    let is_year = open.is_some() && value > 999;
    let kind = match (open.is_some(), is_closed, is_han) {
        (_, true, false) if !is_year => Kind::BracketedFigure,
        (true, true, true) if !is_year => Kind::BracketedHan,
        (false, false, han) if matches!(closer, '、' | '.' | '．') => {
            // 1.2 and 1.5倍 are no item numbers.
            if closer != '、' && goes_on(&text[end..]) {
                return None;
            }
            if han { Kind::Han } else { Kind::Figure }
        }
        _ => return None,
    };
    Some((kind, Some(value), end))
}

/// Whether the dot before `text` stands inside a number: 1.2, 1.5倍, 3. 1 as a scan leaves it; but 1. 5G网络 is an item.
fn goes_on(text: &str) -> bool {
    let next = text.trim_start_matches(' ');
    let rest = next.trim_start_matches(numeral::is_arabic);
    let digits = next.chars().count() - rest.chars().count();
    digits > 0
        && (next.len() == text.len()
            || (digits <= 2
                && !rest.starts_with(|c: char| c.is_ascii_alphabetic())
                && !numeral::is_measured(rest)))
}

/// `3.1.2` with white space or a Chinese word after it.
fn clause(text: &str) -> Option<(Kind, Option<u64>, usize)> {
    let number = text.trim_start_matches(|c| numeral::is_arabic(c) || matches!(c, '.' | '．'));
    let end = text.len() - number.len();
    let marker = &text[..end];
    let dotted = marker.contains(['.', '．']) && marker.starts_with(numeral::is_arabic);
    let spaced = number.starts_with([' ', '\u{3000}']);
    let is_number = if dotted {
        (number.starts_with(fold::is_han) && !numeral::is_measured(number))
            || (spaced && !marker.ends_with(['.', '．']))
    } else {
        end > 0 && spaced
    };
    (is_number && marker.len() <= 24).then_some((Kind::Clause, None, end))
}

fn bullet(text: &str) -> Option<(Kind, Option<u64>, usize)> {
    let first = text.chars().next()?;
    if ('①'..='⓿').contains(&first) || ('❶'..='❿').contains(&first) {
        return Some((Kind::Circled, None, first.len_utf8()));
    }
    let is_bullet = BULLETS.contains(&first);
    let end = text.len() - text.trim_start_matches(first).len();
    is_bullet.then_some((Kind::Bullet, None, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_taken_off() {
        for (text, kind, rest) in [
            ("第三条　一表通", Kind::Ordinal('条'), "一表通"),
            ("第 十 二 章 总则", Kind::Ordinal('章'), "总则"),
            ("第三条之一 数据", Kind::Ordinal('条'), "数据"),
            ("（一）数据", Kind::BracketedHan, "数据"),
            ("(2) 数据", Kind::BracketedFigure, "数据"),
            ("3）数据", Kind::BracketedFigure, "数据"),
            ("一、数据", Kind::Han, "数据"),
            ("十二．数据", Kind::Han, "数据"),
            ("1.数据", Kind::Figure, "数据"),
            ("12、数据", Kind::Figure, "数据"),
            ("3.1.2 数据", Kind::Clause, "数据"),
            ("3.1数据", Kind::Clause, "数据"),
            ("1. 5G网络", Kind::Figure, "5G网络"),
            ("1. 2025年目标", Kind::Figure, "2025年目标"),
            ("①数据", Kind::Circled, "数据"),
            ("——数据", Kind::Bullet, "数据"),
            ("⼀、数据", Kind::Han, "数据"),
        ] {
            let marker = read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((marker.kind, &text[marker.rest..]), (kind, rest), "{text}");
        }
        assert_eq!(strip("第三条 （一）——数据桥"), "数据桥");
    }

    #[test]
    fn numbers_that_belong_to_the_text_stay() {
        for text in
            ["一件事", "1.5倍", "2021年", "（2021）3号", "百日攻坚", "第几条", "5G网络", "三张清单", ""]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn articles_are_read_with_their_parts() {
        let text = "第十二条第二款规定";
        assert_eq!(&text[..articles(text)], "第十二条第二款");
        assert_eq!(articles("规定"), 0);
        assert_eq!(ordinal("第百条"), None);
    }
}
