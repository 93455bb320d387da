//! Codes of digits and slogans that count.

use zhengming_text::fold::is_han;
use zhengming_text::zh::numeral;

/// Counting words after which a numeral is only a number.
const MEASURES: &str = "年月日天周倍元岁人次户亿万千";
/// Most characters of one part of a code.
const LONGEST_PART: usize = 3;

/// Whether the character is a numeral with which slogans count: up to 千, for 万 and 亿 give amounts.
pub(super) fn is_numeral(c: char) -> bool {
    (numeral::is_han(c) && !matches!(c, '零' | '〇' | '○' | '万' | '亿')) || c == '双'
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, 'N' | 'X' | 'n')
}

/// The code around the plus sign at `at`: 1+5+2, 3+X, 10+N.
pub(super) fn code(text: &str, at: usize) -> Option<(usize, usize)> {
    let start = at - part_before(&text[..at])?;
    // A long sum is read once, from its first sign.
    if text[..start].ends_with('+') {
        return None;
    }
    let mut end = at;
    let mut parts = 1;
    while text[end..].starts_with('+') {
        let part = part_after(&text[end + 1..])?;
        end += 1 + part;
        parts += 1;
    }
    let outside = |c: char| c.is_ascii_alphanumeric() || "=.+-*/×%（(".contains(c);
    let before = text[..start].chars().next_back();
    let free = before.is_none_or(|c| !outside(c)) && !text[end..].starts_with(['=', '.', '%', '-', '*', '/']);
    let counts = text[start..end].contains(|c: char| c.is_ascii_digit() || is_numeral(c));
    (free && counts && parts > 1).then_some((start, end))
}

fn part_before(text: &str) -> Option<usize> {
    let length: usize = text.chars().rev().take_while(|&c| is_digit(c)).map(char::len_utf8).sum();
    if (1..=LONGEST_PART).contains(&length) {
        return Some(length);
    }
    let last = text.chars().next_back().filter(|&c| length == 0 && is_numeral(c))?;
    Some(last.len_utf8())
}

fn part_after(text: &str) -> Option<usize> {
    let length: usize = text.chars().take_while(|&c| is_digit(c)).map(char::len_utf8).sum();
    if (1..=LONGEST_PART).contains(&length) {
        return Some(length);
    }
    let first = text.chars().next().filter(|&c| length == 0 && is_numeral(c))?;
    Some(first.len_utf8())
}

/// Provinces in one character.
const PLACES: &str = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔滇藏陕甘陇青宁新疆港澳台";
/// Parts of the country.
const DIRECTIONS: &str = "东西南北";

/// Whether a contraction says from where to where something goes: 疆电入渝, 西菜东运.
pub(super) fn says_where_to(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let [from, _, third, to] = letters[..] else { return false };
    let is_from = PLACES.contains(from) || DIRECTIONS.contains(from);
    is_from && (DIRECTIONS.contains(third) || ("入进出送".contains(third) && PLACES.contains(to)))
}

/// The codes of a number and the letter that stands for more of them: 415X, 51020N.
pub(super) fn lettered_codes(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let letters = text.match_indices(['X', 'N']);
    letters.filter_map(|(at, letter)| {
        let digits = text[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        let (start, end) = (at - digits, at + letter.len());
        let is_outside = |c: char| c.is_ascii_alphanumeric() || "=.+-—–_*/×%:#".contains(c);
        let before = text[..start].chars().next_back();
        let free = before.is_none_or(|c| !is_outside(c)) && !text[end..].starts_with(is_outside);
        // 202X is a year that is not known yet.
        let is_year = digits <= 3 && (text[start..].starts_with("19") || text[start..].starts_with("20"));
        (free && !is_year && (2..=5).contains(&digits)).then_some((start, end))
    })
}

/// A framework of N横M纵 around the 横 or 纵 at `at`, which is the first of the two.
pub(super) fn axes(text: &str, at: usize) -> Option<(usize, usize)> {
    let before = text[..at].chars().next_back().filter(|&c| is_numeral(c))?;
    let mut rest = text[at..].chars();
    let (axis, second, other) = (rest.next()?, rest.next()?, rest.next()?);
    let fits = is_numeral(second) && other != axis && "横纵".contains(other);
    let length = axis.len_utf8() + second.len_utf8() + other.len_utf8();
    fits.then(|| (at - before.len_utf8(), at + length))
}

/// Where a slogan begins whose counted parts do what stands at `at`: 三医｜联动, 四链｜融合.
pub(super) fn union(text: &str, at: usize) -> Option<usize> {
    let mut before = text[..at].chars().rev();
    let (part, count) = (before.next()?, before.next()?);
    let start = at - part.len_utf8() - count.len_utf8();
    let is_count = is_numeral(count) && count != '一';
    // 第三方协同, 二十大融合: the numeral belongs to what stands before.
    let free = before.next().is_none_or(|c| !is_numeral(c) && c != '第');
    (is_count && free && is_han(part) && !"者方个种级类地家大次年".contains(part)).then_some(start)
}

/// Whether a quotation is a code: 1+11, 152.
pub(super) fn is_code(text: &str) -> bool {
    let digits = text.chars().all(|c| c.is_ascii_digit());
    let year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    let signs = text.matches(['+', '×']).count();
    let counted = signs > 0 && text.chars().all(|c| is_digit(c) || is_numeral(c) || matches!(c, '+' | '×'));
    let open = text
        .strip_suffix(['X', 'N'])
        .is_some_and(|head| (2..=5).contains(&head.len()) && head.bytes().all(|byte| byte.is_ascii_digit()));
    counted || open || (digits && (3..=5).contains(&text.len()) && !year)
}

/// Whether a quotation adds names up: 医疗+旅游, 数据要素×.
pub(super) fn is_sum(text: &str) -> bool {
    text.contains(['+', '×']) && text.chars().any(is_han)
}

/// Whether a quotation is a slogan that counts: 七个关键, 四张清单一张网, 双随机、一公开.
pub(super) fn is_number(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let [first, second, ..] = chars[..] else { return false };
    let counts = is_numeral(first) || (first.is_ascii_digit() && !second.is_ascii_digit()) || first == 'N';
    // 1万亿, 30亿: a digit before a unit is an amount.
    let amount = first.is_ascii_digit() && "万亿千百".contains(second);
    let dated = amount
        || text.contains(['年', '月', '日', '时', '第', '%', '％', '到', '至'])
        || chars.iter().all(|&c| is_numeral(c));
    // Of two characters only what counts more than one says nothing: 五专, 两区.
    let least = if is_numeral(first) && first != '一' { 2 } else { 3 };
    counts && (least..=12).contains(&chars.len()) && !dated
}

/// Whether a slogan says only that all of something is done: 应编尽编, 能放尽放, 凡进必检.
pub(super) fn is_exhaustive(text: &str) -> bool {
    let pairs =
        [("应", "尽"), ("能", "尽"), ("可", "尽"), ("愿", "尽"), ("凡", "必"), ("宜", "则"), ("逢", "必")];
    text.chars().count() <= 8
        && pairs
            .iter()
            .any(|(first, second)| text.strip_prefix(first).is_some_and(|rest| rest.contains(second)))
}

/// Whether a slogan says the same number twice, as 一楼一档 and 应编尽编 do: such are literal.
pub(super) fn is_pairwise(text: &str) -> bool {
    let numerals: Vec<char> = text.chars().filter(|&c| is_numeral(c)).collect();
    let first = text.chars().next().unwrap_or_default();
    numerals.len() >= 2 && numerals.iter().all(|&c| c == '一') && first == '一'
}

/// The counted parts of a slogan: 五横 and 四纵 of 五横四纵, 1 and 5 of 1+5.
pub(super) fn parts(text: &str) -> Vec<&str> {
    if text.contains('+') {
        return text.split('+').collect();
    }
    let mut starts: Vec<usize> =
        text.char_indices().filter(|&(_, c)| is_numeral(c)).map(|(at, _)| at).collect();
    starts.push(text.len());
    starts.windows(2).map(|pair| text[pair[0]..pair[1]].trim_end_matches('、')).collect()
}

/// The ways in which `part` of a code may be counted in running text: 5个, 五大.
pub(super) fn is_counted(part: &str, text: &str) -> bool {
    if part.chars().any(|c| matches!(c, 'N' | 'X' | 'n')) {
        return text.contains("若干")
            || text.contains("N个")
            || text.contains("X个")
            || text.contains("多个");
    }
    let chinese = match part {
        "1" | "一" => "一",
        "2" | "二" => "两",
        "3" | "三" => "三",
        "4" | "四" => "四",
        "5" | "五" => "五",
        "6" | "六" => "六",
        "7" | "七" => "七",
        "8" | "八" => "八",
        "9" | "九" => "九",
        "10" | "十" => "十",
        _ => part,
    };
    let classes = ["个", "大", "套", "张", "类", "项", "条", "支", "批", "种", "座", "级", "端", "库"];
    [part, chinese]
        .iter()
        .any(|number| classes.iter().any(|class| text.contains(&format!("{number}{class}"))))
}

/// Whether a numeral is followed by a mere counting word.
pub(super) fn is_measured(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_numeral) && chars.next().is_some_and(|c| MEASURES.contains(c))
}
