//! Brackets that give a name its other name or its parts: 全称（ABC）, ABC（全称）, 全称（“X”）, 平台（X）, X（含…）.

use zhengming_terms::lexicon::Lexicon;
use zhengming_text::fold;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;
use zhengming_text::zh::{cue, mark};

use super::{Definition, Pattern, name, window, without_layout};

/// Longest bracket that is read, in bytes.
const LONGEST_BRACKET: usize = 240;
/// Longest other name in a bracket, in characters.
const LONGEST_NAME: usize = 12;
/// Most digits among letters that stand for words: ISO20000 is the number of a standard.
const MOST_DIGITS: usize = 2;
/// Units of measurement: letters that stand for no name.
const UNITS: [&str; 6] = ["Hz", "Wh", "MW", "GW", "KW", "URL"];
/// Shortest words for which letters stand, in characters: GDP（现价） gives none.
const SHORTEST_WORDS: usize = 4;
/// What begins a bracket that lists what belongs to the name before it.
const PARTS: [&str; 4] = ["包括", "包含", "含", "涵盖"];
/// How a bracket ends that holds a place, a body, a stage or a kind, and no name.
const NO_NAMES: [&str; 34] = [
    "省", "市", "县", "区", "州", "盟", "旗", "镇", "乡", "村", "局", "委", "厅", "办", "部", "署", "院",
    "会", "年", "月", "日", "版", "稿", "公司", "大学", "类", "级", "等", "部分", "人", "期", "性", "型",
    "处",
];

/// Adds what the brackets in `text` give.
pub(super) fn find(
    text: &str,
    block: usize,
    signs: Signs,
    lexicon: Option<&Lexicon>,
    found: &mut Vec<Definition>,
) {
    if !signs.any(Signs::BRACKET) {
        return;
    }
    for open in mark::round_brackets(text) {
        let Some((inner, _)) = mark::bracket_at(window(text, open, LONGEST_BRACKET)) else { continue };
        let start = open + text[open..].chars().next().map_or(0, char::len_utf8);
        // （一）, （二十）: too short for anything but letters.
        if inner.len() <= 2 * '一'.len_utf8() && inner.starts_with(fold::is_han) {
            continue;
        }
        let inner = TextRange::new(start, start + inner.len());
        let mut push = |term: TextRange, body: TextRange, pattern: Pattern| {
            let label = without_layout(&text[term.range()]);
            if !term.is_empty()
                && !body.is_empty()
                && label.chars().any(|c| fold::is_han(c) || c.is_alphabetic())
            {
                found.push(Definition { block, term, text: label, body: vec![(block, body)], pattern });
            }
        };
        if let Some(letters) = letters_in(text, inner) {
            let Some(full) = name::before(text, open, lexicon).filter(|full| full.len() >= 6) else {
                continue;
            };
            push(letters, full, Pattern::Gloss);
            if is_name(&text[full.range()]) {
                push(full, letters, Pattern::Gloss);
            }
        } else if let Some(quoted) = quoted_in(text, inner) {
            if let Some(full) = name::before(text, open, lexicon).filter(|full| full.len() >= 6) {
                push(quoted, full, Pattern::Gloss);
            }
        } else if let Some(letters) = letters_before(text, open).filter(|_| is_words(&text[inner.range()])) {
            push(letters, inner, Pattern::Gloss);
        } else if is_list(&text[inner.range()]) {
            let whole = name::before(text, open, lexicon);
            if let Some(whole) = whole.filter(|&whole| is_thing(text, whole, open)) {
                push(whole, inner, Pattern::Includes);
            }
        } else if let Some(meaning) = meaning_in(text, inner) {
            // “1+3+N”的平台体系（即…）: the slogan is meant, not what it is of.
            let name = name::before(text, open, lexicon).filter(|name| !text[..name.start].ends_with('的'));
            if let Some(name) = name.filter(|name| is_name(&text[name.range()])) {
                push(name, meaning, Pattern::Means);
            }
        } else if is_alias(text, open, inner)
            && let Some(full) = name::before(text, open, lexicon).filter(|full| is_name(&text[full.range()]))
        {
            push(inner, full, Pattern::Gloss);
        }
    }
}

/// The letters in a bracket, alone or after their words: `CIM`, `Form，CIM`.
fn letters_in(text: &str, inner: TextRange) -> Option<TextRange> {
    let raw = &text[inner.range()];
    let last = raw.rsplit(|c| mark::PART_ENDS.contains(&c)).next().unwrap_or(raw);
    let word = last.trim_matches(|c| fold::is_space(c) || fold::is_quote(c));
    // English words before the letters are their expansion; Chinese ones are something else.
    let head = &raw[..raw.len() - last.len()];
    let start = inner.start + head.len() + last.find(word)?;
    (is_acronym(word) && !head.contains(fold::is_han)).then(|| TextRange::new(start, start + word.len()))
}

/// The name in quotation marks that is all that a bracket holds.
fn quoted_in(text: &str, inner: TextRange) -> Option<TextRange> {
    let raw = text[inner.range()].trim();
    let open = raw.chars().next().filter(|c| mark::OPEN_QUOTES.contains(c))?;
    let name = raw.strip_prefix(open)?.strip_suffix(mark::CLOSE_QUOTES)?;
    let one = !name.contains(mark::OPEN_QUOTES) && !name.contains(mark::PART_ENDS);
    let start = inner.start + text[inner.range()].find(name)?;
    (one && !name.is_empty() && name.chars().count() <= LONGEST_NAME)
        .then(|| TextRange::new(start, start + name.len()))
}

/// The letters right before the bracket at `open`, perhaps with a class: MaaS（模型即服务）.
fn letters_before(text: &str, open: usize) -> Option<TextRange> {
    let head = text[..open].trim_end_matches(|c| fold::is_space(c) || fold::is_quote(c));
    let start = head.trim_end_matches(is_letter).len();
    let before = text[..start].chars().next_back();
    (is_acronym(&head[start..]) && before.is_none_or(|c| !matches!(c, '.' | '/' | '_')))
        .then(|| TextRange::new(start, head.len()))
}

fn is_letter(c: char) -> bool {
    let plain = fold::folded_char(c).unwrap_or(c);
    plain.is_ascii_alphanumeric() || matches!(c, '+' | '-')
}

/// Two to ten letters and digits, of either width, that begin with a capital and have another one: CIM, MaaS, ＣＩＭ.
fn is_acronym(word: &str) -> bool {
    let is_capital = |c: char| c.is_ascii_uppercase() || ('Ａ'..='Ｚ').contains(&c);
    (2..=10).contains(&word.chars().count())
        && word.starts_with(is_capital)
        && word.chars().all(is_letter)
        && word.chars().filter(|&c| is_capital(c)).count() >= 2
        && word.chars().filter(char::is_ascii_digit).count() <= MOST_DIGITS
        && cue::ends_with_any(word, &UNITS).is_none()
}

/// Whether a bracket holds the Chinese words for which letters stand.
fn is_words(inner: &str) -> bool {
    let inner = without_layout(inner);
    let length = inner.chars().count();
    (SHORTEST_WORDS..=20).contains(&length)
        && inner.chars().all(fold::is_han)
        && cue::starts_with_any(&inner, &cue::QUALIFIES).is_none()
        && !inner.ends_with(['年', '月', '版', '稿', '期'])
}

/// Whether a bracket lists what belongs to the name before it.
fn is_list(inner: &str) -> bool {
    let inner = without_layout(inner);
    let list = PARTS.iter().find_map(|cue| inner.strip_prefix(cue));
    // （含5年）, （含税）, （含）: a limit or a condition.
    list.is_some_and(|list| {
        list.chars().filter(|&c| fold::is_han(c)).count() >= 4
            && !list.starts_with(zhengming_text::zh::numeral::is_numeral)
    })
}

/// What a bracket says that a name means: （指配偶、子女）.
fn meaning_in(text: &str, inner: TextRange) -> Option<TextRange> {
    let raw = text[inner.range()].trim();
    let rest = ["是指", "指", "即"].iter().find_map(|cue| raw.strip_prefix(cue))?;
    let is_word = cue::is_pointing(rest, raw.starts_with('是')) || cue::is_soon(rest);
    let start = inner.start + text[inner.range()].find(raw)? + raw.len() - rest.len();
    (!is_word && rest.chars().filter(|&c| fold::is_han(c)).count() >= SHORTEST_WORDS)
        .then(|| TextRange::new(start, start + rest.len()))
}

/// Whether `whole` names a thing with parts: in quotation marks or with a noun of kind, 省一体化平台（含…）. Of bodies,
/// people and matters a bracket only says how far the sentence reaches: 各部门（含直属单位）.
fn is_thing(text: &str, whole: TextRange, open: usize) -> bool {
    let name = &text[whole.range()];
    let quoted = whole.end < open && text[whole.end..open].contains(mark::CLOSE_QUOTES);
    is_name(name) && (quoted || cue::ends_with_any(&without_layout(name), &cue::CLASSES).is_some())
}

/// Whether a name stands before a list of its parts or another name: of some length, and no verb alone.
fn is_name(name: &str) -> bool {
    let name = without_layout(name);
    let length = name.chars().filter(|&c| fold::is_han(c)).count();
    (SHORTEST_WORDS..=20).contains(&length)
        && !name.starts_with(['其', '该', '这', '此', '于', '如', '任', '各'])
}

/// Whether a bracket holds another name of what its class word names: 地理信息公共服务（天地图河南）等平台.
fn is_alias(text: &str, open: usize, inner: TextRange) -> bool {
    let alias = without_layout(&text[inner.range()]);
    let length = alias.chars().count();
    if !(3..=LONGEST_NAME).contains(&length)
        || !alias.chars().all(fold::is_han)
        || cue::starts_with_any(&alias, &cue::QUALIFIES).is_some()
        || cue::ends_with_any(&alias, &NO_NAMES).is_some()
    {
        return false;
    }
    // A platform has a brand; 产业园（海阳市） has a place and 意见（修订） a stage.
    const BRANDED: [&str; 9] =
        ["平台", "系统", "网站", "门户", "小程序", "客户端", "公共服务", "应用", "大模型"];
    let near = zhengming_text::line_index::floor_boundary(text, open.saturating_sub(60));
    let head = without_layout(&text[near..open]);
    let after: String = text[inner.end..].chars().skip(1).filter(|&c| !fold::is_space(c)).take(6).collect();
    let after = after.trim_start_matches('等');
    cue::ends_with_any(&head, &BRANDED).is_some() || cue::starts_with_any(after, &BRANDED).is_some()
}
