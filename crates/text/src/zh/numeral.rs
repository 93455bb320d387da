//! Numerals: which characters count, what they are worth, where a quantity begins and ends.

use crate::fold;

/// The digits in the order of their value.
const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/// What multiplies the digit before it.
const UNITS: [(char, u64); 5] = [('十', 10), ('百', 100), ('千', 1_000), ('万', 10_000), ('亿', 100_000_000)];
/// Longest numeral that is given a value, in characters.
const LONGEST: usize = 16;
/// What stands for a number that is not said: 几十, 数百, 若干, “N张清单”.
const UNSAID: [&str; 8] = ["若干", "几", "数", "多", "N", "X", "Ｎ", "Ｘ"];
/// What makes a number about: 近百, 上百, 约12, 超过十, 百余.
const ABOUT_BEFORE: [&str; 12] =
    ["超过", "不少于", "达到", "共计", "近", "约", "上", "超", "逾", "过", "达", "首批"];
const ABOUT_AFTER: [char; 4] = ['余', '多', '来', '几'];

/// What a number before it counts or measures.
const MEASURES: &str = "年月日个家项条章次天人户类种级件名处台套米周岁位份批轮篇字页万亿千百元倍％%";
const MEASURE_WORDS: [&str; 6] = ["小时", "分钟", "公里", "人次", "所学", "年度"];
/// Words that begin like a measure.
const NO_MEASURES: [&str; 2] = ["个人", "人"];

/// The value of one digit: 7, ７, 七, 两; 〇 and 零 are 0.
pub fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        '〇' | '○' => Some(0),
        '两' | '双' | '兩' => Some(2),
        _ => DIGITS.iter().position(|&digit| digit == plain(c)).map(|value| value as u32),
    }
}

/// A digit of half or full width.
pub fn is_arabic(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// A Chinese numeral: a digit, 十, 百, 千, 万, 亿, also as a compatibility radical (`⼗`).
pub fn is_han(c: char) -> bool {
    is_listed(c) || (fold::is_compatibility(c) && is_listed(plain(c)))
}

/// One bit for each character from 〇 to 零 that counts: texts are looked through for them character by character.
static LISTED: [u64; (LAST - FIRST) / 64 + 1] = {
    let mut bits = [0; (LAST - FIRST) / 64 + 1];
    let others = ['〇', '两'];
    let mut number = 0;
    while number < DIGITS.len() + UNITS.len() + others.len() {
        let c = if number < DIGITS.len() {
            DIGITS[number]
        } else if number < DIGITS.len() + UNITS.len() {
            UNITS[number - DIGITS.len()].0
        } else {
            others[number - DIGITS.len() - UNITS.len()]
        };
        let bit = c as usize - FIRST;
        bits[bit / 64] |= 1 << (bit % 64);
        number += 1;
    }
    bits
};
const FIRST: usize = '〇' as usize;
const LAST: usize = '零' as usize;

fn is_listed(c: char) -> bool {
    let bit = (c as usize).wrapping_sub(FIRST);
    bit <= LAST - FIRST && LISTED[bit / 64] >> (bit % 64) & 1 != 0
}

/// Words between a number and what it counts that make a list or a slogan of it. 条 is none: it numbers the articles of
/// laws.
pub const COUNTERS: [&str; 9] = ["个", "项", "类", "种", "大", "张", "套", "级", "方"];
/// How the numbers from 2 to 20 end, whatever digits they are written with: what is looked for before a word that counts.
pub const SMALL_ENDINGS: [&str; 28] = [
    "二", "三", "四", "五", "六", "七", "八", "九", "十", "两", "〇", "零", "十一", "一一", "1一", "零一",
    "〇一", "0一", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
];

/// A character of a number, of whatever script.
pub fn is_numeral(c: char) -> bool {
    is_arabic(c) || is_han(c)
}

/// What a number slogan may begin with: 四横四纵, 双百行动, 1+5+2, N张清单.
pub fn begins_slogan(c: char) -> bool {
    is_numeral(c) || matches!(c, '双' | 'N' | 'X' | 'Ｎ' | 'Ｘ')
}

fn plain(c: char) -> char {
    if fold::is_compatibility(c) { fold::folded_char(c).unwrap_or(c) } else { c }
}

fn unit(c: char) -> Option<u64> {
    UNITS.iter().find(|(sign, _)| *sign == c).map(|(_, value)| *value)
}

/// The number that `text` says as a whole: 12, ３, 十二, 一百零五, 二〇二一, 3万. A unit with nothing before it
/// (百, 万亿) is no number, but for 十.
pub fn value(text: &str) -> Option<u64> {
    if text.is_empty() || text.chars().count() > LONGEST {
        return None;
    }
    // What the units so far add up to, below 万 and above, and the digits since the last unit.
    let (mut above, mut below, mut digits) = (0u64, 0u64, None::<u64>);
    for c in text.chars() {
        let c = plain(c);
        if let Some(value) = digit(c) {
            digits = Some(digits.unwrap_or(0) * 10 + u64::from(value));
            continue;
        }
        let unit = unit(c)?;
        if unit < 10_000 {
            let count = digits.take().filter(|&count| count > 0);
            // 十二, but no 百二.
            let count = count.or((unit == 10 && below % 100 == 0).then_some(1))?;
            below += count * unit;
        } else {
            let count = below + digits.take().unwrap_or(0);
            // 万 counts what stands since the last unit above it, 亿 all before it.
            above = match unit {
                10_000 if count > 0 => above + count * unit,
                100_000_000 if count + above > 0 => (above + count).checked_mul(unit)?,
                _ => return None,
            };
            below = 0;
        }
    }
    Some(above + below + digits.unwrap_or(0))
}

/// Whether `text`, which follows a number, begins with what the number counts or measures: 5 年, 1.5 倍, 3 个; but not
/// 3.1 个人信息, 2 人工智能, which are headings.
pub fn is_measured(text: &str) -> bool {
    let counted = text.starts_with(|c| MEASURES.contains(c));
    let is_word = NO_MEASURES.iter().any(|word| text.starts_with(word));
    (counted && !is_word) || MEASURE_WORDS.iter().any(|unit| text.starts_with(unit))
}

/// Bytes of the numeral with which `text` begins, white space inside it included.
pub fn leading(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if is_numeral(c) {
            end = at + c.len_utf8();
        } else if !(fold::is_space(c) && end > 0) || c == '\n' {
            break;
        }
    }
    end
}

/// `text` without the quantity with which it ends, exact or not: 12, 十二, 1,200, 几十, 上百, 近千, 百余, N, 若干. Nothing
/// if it ends with none.
pub fn without_count(text: &str) -> Option<&str> {
    let number = text.trim_end_matches(ABOUT_AFTER);
    let mut rest = number.trim_end_matches(is_numeral);
    // 1,200 and 3.5: the mark stands between digits.
    while rest.len() < number.len()
        && let Some(before) = rest.strip_suffix([',', '，', '.', '．'])
        && before.ends_with(is_arabic)
    {
        rest = before.trim_end_matches(is_numeral);
    }
    let unsaid = UNSAID.iter().find_map(|word| rest.strip_suffix(word));
    let is_count = rest.len() < number.len() || unsaid.is_some() || number.len() < text.len();
    let mut rest = unsaid.unwrap_or(rest);
    for word in ABOUT_BEFORE {
        rest = rest.strip_suffix(word).unwrap_or(rest);
    }
    is_count.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_have_values() {
        for (text, expected) in [
            ("7", Some(7)),
            ("１２", Some(12)),
            ("十", Some(10)),
            ("十二", Some(12)),
            ("二十三", Some(23)),
            ("一百零五", Some(105)),
            ("一百一十", Some(110)),
            ("二〇二一", Some(2021)),
            ("两千", Some(2_000)),
            ("3万", Some(30_000)),
            ("十二万三千", Some(123_000)),
            ("一亿二千万", Some(120_000_000)),
            ("⼗⼆", Some(12)),
            ("百", None),
            ("万亿", None),
            ("第三", None),
            ("", None),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn characters_that_count_are_told_from_others() {
        for c in "〇零一二三四五六七八九十百千万亿两⼗⼆".chars() {
            assert!(is_han(c), "{c}");
        }
        for c in "第个双、。字5龘\u{2E81}\u{F967}".chars() {
            assert!(!is_han(c), "{c}");
        }
    }

    #[test]
    fn every_small_number_ends_as_is_listed() {
        let digits = ["", "0", "1", "2", "9", "零", "〇", "一", "二", "九", "十", "两", "百", "万"];
        let count = digits.len();
        for number in 0..count * count * count {
            let text = format!(
                "{}{}{}",
                digits[number / count / count],
                digits[number / count % count],
                digits[number % count]
            );
            let is_small = value(&text).is_some_and(|value| (2..=20).contains(&value));
            let ends = SMALL_ENDINGS.iter().any(|ending| text.ends_with(ending));
            assert!(ends || !is_small, "{text}");
        }
    }

    #[test]
    fn a_quantity_is_taken_off_the_end() {
        for text in [
            "12",
            "十二",
            "１２",
            "1,200",
            "3.5万",
            "百",
            "千",
            "万",
            "几十",
            "几",
            "数百",
            "上百",
            "近千",
            "约200",
            "百余",
            "两百多",
            "N",
            "若干",
            "首批",
            "⼗⼆",
        ] {
            if text == "首批" {
                continue;
            }
            assert_eq!(without_count(&format!("全省开通{text}")), Some("全省开通"), "{text}");
        }
        for text in ["全省开通", "条", "第", "各", "数据"] {
            assert_eq!(without_count(text), None, "{text}");
        }
        assert_eq!(without_count("第3"), Some("第"));
    }

    #[test]
    fn a_numeral_is_measured_from_the_front() {
        assert_eq!(leading("十二条"), "十二".len());
        assert_eq!(leading("1 2条"), "1 2".len());
        assert_eq!(leading("条十二"), 0);
    }
}
