//! Slogans with a number that the text unpacks: “三多三全”：一是…; …等“N张清单”; …“三位一体”; 甲、乙、丙三类场景.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use zhengming_text::fold;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;
use zhengming_text::zh::{cue, mark, numeral};

use super::{Definition, Pattern, name, sentence_end, window, without_layout};

/// Longest slogan, in characters.
const LONGEST: usize = 12;
/// Longest noun between a slogan and what unpacks it, in characters: “一核四极”算力布局，以….
const LONGEST_BETWEEN: usize = 10;
/// Bytes before a slogan in which its members may stand.
const REACH: usize = 400;
/// Bytes after a slogan in which it may be unpacked.
const AHEAD: usize = 900;
/// Plans of five years: numbers, but no slogans.
const PLANS: [&str; 4] = ["十三五", "十四五", "十五五", "十二五"];
/// Words that count what a list before them names: 甲、乙、丙三类场景.
const COUNTERS: [char; 8] = ['大', '类', '种', '项', '个', '张', ARTICLE, '方'];
/// The one among them that numbers the articles of laws, too, and is no sign of anything.
const ARTICLE: char = '条';
/// What a bracket after a slogan holds that names who does it, not what it is.
const WHO: [&str; 4] = ["牵头", "责任", "负责", "单位"];

static PAUSE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("、"));
static ARTICLES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("条"));

/// Adds the slogans that `text` unpacks.
pub(super) fn find(text: &str, block: usize, signs: Signs, found: &mut Vec<Definition>) {
    let mut push = |term: TextRange, body: TextRange| {
        let text = without_layout(&text[term.range()]);
        found.push(Definition { block, term, text, body: vec![(block, body)], pattern: Pattern::Slogan });
    };
    counted(text, signs, &mut push);
    if !signs.any(Signs::QUOTE) {
        return;
    }
    let mut from = 0;
    while let Some(open) = text[from..].find('“').map(|at| from + at) {
        let start = open + '“'.len_utf8();
        from = start;
        let Some(length) =
            window(text, start, 120).find(['”', '“', '。']).filter(|&at| text[start + at..].starts_with('”'))
        else {
            continue;
        };
        let term = TextRange::new(start, start + length);
        let name = without_layout(&text[term.range()]);
        let close = term.end + '”'.len_utf8();
        if name.chars().count() > LONGEST || !has_number(&name) {
            continue;
        }
        let body = after(text, close)
            .or_else(|| before(text, open, close, &name))
            .or_else(|| keys_before(text, open, close, &name))
            .or_else(|| keys_after(text, close, &name))
            .or_else(|| steps(text, close, &name));
        if let Some(body) = body {
            push(term, body);
        }
    }
}

/// 三位一体, 1+5+2, N张清单, “四横”.
fn has_number(name: &str) -> bool {
    name.starts_with(numeral::begins_slogan)
        && name.chars().count() >= 2
        && !PLANS.iter().any(|plan| name.starts_with(plan))
}

/// The members after the slogan: `：一是…`, `架构，即…`, `（…、…）`.
fn after(text: &str, close: usize) -> Option<TextRange> {
    let rest = &text[close..];
    let head: String = rest.chars().take(8).collect();
    let cue = head.find(|c| mark::COLONS.contains(&c) || mark::OPEN_ROUND.contains(&c))?;
    let cue_at = close + cue;
    let mark = text[cue_at..].chars().next()?;
    let start = cue_at + mark.len_utf8();
    let end = match mark::COLONS.contains(&mark) {
        false => start + window(text, start, 600).find(mark::CLOSE_ROUND)?,
        true => sentence_end(text, start),
    };
    let body = &text[start..end];
    let lists = body.contains(['、', '；']) || body.contains("一是");
    (lists && !WHO.iter().any(|word| body.contains(word))).then(|| TextRange::new(start, end))
}

/// The members before the slogan: 甲、乙和丙“三位一体”的平台.
fn before(text: &str, open: usize, close: usize, name: &str) -> Option<TextRange> {
    let from = floor_boundary(text, open.saturating_sub(REACH));
    let head = &text[from..open];
    let start = head
        .rfind(|c| mark::CLAUSE_ENDS.contains(&c) || c == '”')
        .map_or(from, |at| from + at + head[at..].chars().next().map_or(0, char::len_utf8));
    let list = text[start..open].trim_end_matches(fold::is_space);
    let (list, is_open) = list.strip_suffix('等').map_or((list, false), |list| (list, true));
    let first = name.chars().next()?;
    let fits = match numeral::digit(first) {
        Some(wanted) => is_list_of(list, wanted as usize) && wanted >= 2,
        None => matches!(first, 'N' | 'X') && list.matches('、').count() >= 2,
    };
    (fits || (is_open && list.matches('、').count() >= 2)).then(|| with_list(text, start, close))
}

/// Whether `list` has `count` members: those between 、 and, last of all, 和.
fn is_list_of(list: &str, count: usize) -> bool {
    list.contains('、') && 1 + list.matches(|c| c == '、' || mark::JOINTS.contains(&c)).count() == count
}

fn with_list(text: &str, start: usize, close: usize) -> TextRange {
    let rest = window(text, close, 600);
    let end = close + rest.find(mark::PART_ENDS).unwrap_or(rest.trim_end().len());
    TextRange::new(start + (text[start..].len() - text[start..].trim_start().len()), end)
}

/// What the parts of a slogan count: 核, 极 and 点 of 一核四极多点. Fewer than two count nothing.
fn keys(name: &str) -> Vec<char> {
    let mut keys = Vec::new();
    let mut counting = false;
    // 一数一源, 一业一策: each has its own, and nothing is counted.
    let mut others = false;
    for c in name.chars() {
        if numeral::begins_slogan(c) || matches!(c, '多' | '全' | '+') {
            counting = true;
            others |= c != '一';
        } else if std::mem::replace(&mut counting, false) && fold::is_han(c) {
            keys.push(c);
        }
    }
    if others { keys } else { Vec::new() }
}

/// Whether `text` says these words one after another, each at the end of a word of its own.
fn holds_in_order(text: &str, keys: &[char]) -> bool {
    let mut rest = text;
    keys.iter().all(|key| match rest.find(*key) {
        Some(at) => {
            rest = &rest[at + key.len_utf8()..];
            true
        }
        None => false,
    })
}

/// The sentence before a slogan that says what each of its parts is: 以郑州为核心，洛阳为增长极，多点发展的“一核四极多点”.
fn keys_before(text: &str, open: usize, close: usize, name: &str) -> Option<TextRange> {
    let keys = keys(name);
    let from = floor_boundary(text, open.saturating_sub(REACH));
    let head = &text[from..open];
    let start =
        head.rfind(mark::STOPS).map_or(0, |at| at + head[at..].chars().next().map_or(0, char::len_utf8));
    let clauses = head[start..].matches(|c| mark::COMMAS.contains(&c)).count();
    let is_told = keys.len() >= 2
        && head.trim_end_matches(fold::is_space).ends_with('的')
        && clauses + 1 >= keys.len()
        && holds_in_order(&head[start..], &keys);
    is_told.then(|| with_list(text, from + start, close))
}

/// The sentence after a slogan that says what each of its parts is: “一核四极多点”布局，以郑州为核心，….
fn keys_after(text: &str, close: usize, name: &str) -> Option<TextRange> {
    let keys = keys(name);
    let ahead = window(text, close, AHEAD);
    let sentences: usize = ahead.split_inclusive(mark::SENTENCE_ENDS).take(2).map(str::len).sum();
    let ahead = &ahead[..sentences];
    // Each part in a clause or member of its own, in the order of the slogan.
    let members: Vec<&str> = ahead.split(mark::PART_ENDS).collect();
    let mut rest = members.as_slice();
    let told = keys.iter().all(|key| {
        let at = rest.iter().position(|member| member.contains(*key) && member.chars().count() > 3);
        rest = at.map_or(&[], |at| &rest[at + 1..]);
        at.is_some()
    });
    let start = close + ahead.find(mark::PART_ENDS).map_or(0, |at| at + 3);
    // “一府两院”的要求, “一府两院”应当: only a noun of kind stands between the slogan and what unpacks it.
    let between = ahead.split(mark::PART_ENDS).next().unwrap_or_default();
    let leads = between.chars().count() <= LONGEST_BETWEEN && !between.contains(['的', '应', '要', '等']);
    (keys.len() >= 2 && leads && told && start < close + ahead.len())
        .then(|| TextRange::new(floor_boundary(text, start), close + ahead.trim_end().len()))
}

/// What the steps of “两步走” are: sentences that begin with 第一步 or a period of years.
fn steps(text: &str, close: usize, name: &str) -> Option<TextRange> {
    let count = numeral::digit(name.chars().next()?).filter(|_| name.ends_with("步走"))? as usize;
    let ahead = window(text, close, AHEAD);
    let is_step = |sentence: &&str| {
        let sentence = sentence.trim_start();
        sentence.starts_with("第")
            || (sentence.starts_with("20") && sentence.contains('年'))
            || sentence.starts_with("到20")
    };
    let steps: Vec<&str> = ahead.split_inclusive(mark::STOPS).skip(1).take_while(is_step).collect();
    let length: usize = steps.iter().map(|step| step.len()).sum();
    let start = close + ahead.split_inclusive(mark::STOPS).next().map_or(0, str::len);
    (steps.len() >= count.min(2) && count >= 2).then(|| TextRange::new(start, start + length))
}

/// 企业、行业、城市三类数据空间, 甲、乙、丙等6大领域: a number without quotation marks that a list before it names.
fn counted(text: &str, signs: Signs, push: &mut impl FnMut(TextRange, TextRange)) {
    if PAUSE.find(text.as_bytes()).is_none() {
        return;
    }
    let places: Vec<usize> = if signs.any(Signs::COUNTED) {
        text.match_indices(COUNTERS).map(|(at, _)| at).collect()
    } else {
        ARTICLES.find_iter(text.as_bytes()).collect()
    };
    for at in places {
        let counter = text[at..].chars().next().unwrap_or(ARTICLE);
        let head = &text[..at];
        let number = head.trim_end_matches(|c| numeral::is_numeral(c) || c == ' ');
        if number.len() == head.len() || number.ends_with('第') {
            continue;
        }
        let start = number.len() + (head[number.len()..].len() - head[number.len()..].trim_start().len());
        let Some(wanted) = numeral::value(head[start..].trim_end()).filter(|count| (2..=20).contains(count))
        else {
            continue;
        };
        let from = floor_boundary(text, number.len().saturating_sub(REACH));
        let before = text[from..number.len()].trim_end_matches(fold::is_space);
        let list_start = before
            .rfind(|c| mark::CLAUSE_ENDS.contains(&c) || mark::opens(c))
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        let list = &before[list_start..];
        let (list, is_open) = list.strip_suffix('等').map_or((list, false), |list| (list, true));
        let fits = is_list_of(list, wanted as usize)
            || (is_open && list.matches('、').count() + 1 >= (wanted as usize).min(3) && list.contains('、'));
        if !fits {
            continue;
        }
        let term = name::after(text, at + counter.len_utf8());
        // 三个阶段, 第三方服务, 五个部分组成: only what names a kind of thing is a name that a text counts out.
        let noun = without_layout(&text[term.range()]);
        let is_named = cue::ends_with_any(&noun, &cue::CLASSES).is_some() && noun.chars().count() > 2
            || (counter == '大' && noun.chars().count() >= 2);
        // 五个维度构建标准, 两种或两种以上组合的技术: a phrase, no name.
        let is_phrase = noun.contains(['的', '或', '对', '在', '等'])
            || cue::LEADS.iter().any(|lead| noun.contains(lead));
        if is_named && !is_phrase {
            push(TextRange::new(start, term.end), TextRange::new(from + list_start, term.end));
        }
    }
}
