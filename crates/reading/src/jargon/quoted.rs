//! What stands in quotation marks, and what its company says of it.

use zhengming_text::fold::{self, is_han};
use zhengming_text::line_index::floor_boundary;
use zhengming_text::zh::{mark, numeral};

use super::evidence::Use;
use super::hit::{Hit, after_marks};
use super::knowledge::{Data, Jargon};
use super::{Family, slogan};

/// Longest quotation that can be a name, in characters.
const LONGEST: usize = 10;
/// Longest quotation without a family of its own that can be a name, in characters.
const LONGEST_COINAGE: usize = 8;
/// Bytes before an expression in which its owner is looked for.
const OWNER: usize = 30;
/// Those who have slogans of their own.
const OWNERS: [&str; 12] =
    ["省委", "市委", "区委", "县委", "我省", "我市", "我区", "我县", "全省", "全市", "本省", "本市"];
/// Longest head of an item on either side of an expression, in characters.
const ITEM: usize = 16;
/// Provinces and large cities by one character, as brands begin with them; not those that are ordinary words (新, 青, 宁).
const REGIONS: &str = "京津冀晋蒙辽吉黑沪申苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔滇藏陕秦陇穗甬杭";
/// Bytes within which a quotation must close.
const REACH: usize = 120;

/// Adds what the quotation that opens at `open` claims.
pub(super) fn read(text: &str, open: usize, jargon: &Jargon, hits: &mut Vec<Hit>) {
    let start = open + '“'.len_utf8();
    let window = &text[start..floor_boundary(text, (start + REACH).min(text.len())).max(start)];
    let Some(length) = window.find(['“', '”']).filter(|&at| window[at..].starts_with('”')) else {
        return;
    };
    let end = start + length;
    let inner = &text[start..end];
    if inner.contains(['。', '，', '；', '：', '？', '！', '《', '（']) {
        return;
    }
    let mut push = |family: Option<Family>, start: usize, end: usize| {
        hits.push(Hit { family, start, end, quoted: true });
    };
    let data = jargon.data();
    // “数据要素×” is the name of a national programme, as “互联网+” is.
    if data.formulas.contains(&fold::key(inner)) || inner.ends_with(['+', '×']) {
        return push(None, start, end);
    }
    match inner.matches('、').count() {
        0 => {
            if is_telephone(text, start, end) {
                return;
            }
            if let Some(family) = family(inner, jargon) {
                push(Some(family), start, end);
            }
        }
        1 if slogan::is_number(inner) && !slogan::is_pairwise(inner) => {
            push(Some(Family::Number), start, end);
        }
        _ => {
            // “整体智治、唯实惟先”: each is a slogan of its own.
            let mut at = start;
            for part in inner.split('、') {
                // 应汇尽汇、应治尽治 and 多格合一、多员合一 are phrases that explain each other.
                let is_name =
                    |family: &Family| matches!(family, Family::Brand | Family::Specialist | Family::Coined);
                if (3..=6).contains(&part.chars().count())
                    && let Some(family) = family(part, jargon).filter(is_name)
                {
                    push(Some(family), at, at + part.len());
                }
                at += part.len() + '、'.len_utf8();
            }
        }
    }
}

/// Whether the quotation is a number to call: 12369 by its form, “999”为…呼叫号码 by its sentence.
fn is_telephone(text: &str, start: usize, end: usize) -> bool {
    let inner = &text[start..end];
    if !(3..=5).contains(&inner.len()) || !inner.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let known = match inner.len() {
        3 => inner.starts_with("11") || inner.starts_with("12"),
        5 => ["121", "123", "95", "96"].iter().any(|series| inner.starts_with(series)),
        _ => false,
    };
    let before = text[..start].rsplit(['。', '；']).next().unwrap_or_default();
    let after = text[end..].split(['。', '；']).next().unwrap_or_default();
    let cues = ["热线", "电话", "拨打", "呼叫", "报警", "号码", "急救"];
    known || cues.iter().any(|cue| before.contains(cue) || after.contains(cue))
}

/// The family of a quotation without punctuation.
fn family(inner: &str, jargon: &Jargon) -> Option<Family> {
    let data = jargon.data();
    let count = inner.chars().count();
    let key = fold::key(inner);
    if !(2..=LONGEST).contains(&count) || !inner.chars().any(|c| is_han(c) || c.is_ascii_alphanumeric()) {
        return None;
    }
    // 互联网+旅游 is as well known as 互联网+, and AI+ as AI.
    let sum = key
        .split_inclusive('+')
        .next()
        .is_some_and(|head| head.len() < key.len() && data.formulas.contains(head));
    // “8·22”重大事故 names a day.
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = key.split_once('·').is_some_and(|(month, day)| is_number(month) && is_number(day));
    if sum || is_day || slogan::says_where_to(inner) || data.formulas.contains(&key) {
        return None;
    }
    // Half of the quotation or more.
    let has_part = |text: &str, is_listed: &dyn Fn(&str) -> bool| {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let least = starts.len().div_ceil(2).max(2) - 1;
        (least..starts.len())
            .any(|length| starts.windows(length + 1).any(|part| is_listed(&text[part[0]..part[length]])))
    };
    if data.specialist.contains(&key) {
        Some(Family::Specialist)
    } else if slogan::is_code(inner) {
        Some(Family::Code)
    } else if slogan::is_number(inner) && !slogan::is_sum(inner) && !slogan::is_measured(inner) {
        Some(Family::Number)
    } else if is_brand(inner, count, jargon) {
        Some(Family::Brand)
    } else if data.heads.keys().any(|head| inner.ends_with(head.as_str())) {
        Some(Family::Metaphor)
    } else if (count >= 3 && inner.chars().all(|c| data.families.bodies.contains(c)))
        || is_blend(inner, count, jargon)
    {
        Some(Family::Clipped)
    } else if has_part(&key, &|part| data.specialist.contains(part)) {
        Some(Family::Specialist)
    } else if has_part(inner, &|part| data.coined.contains_key(part)) {
        Some(Family::Coined)
    } else if inner.chars().all(|c| c.is_ascii_alphanumeric()) {
        let letters = inner.chars().filter(char::is_ascii_alphabetic).count();
        (letters >= 2 && !data.letters.contains(inner)).then_some(Family::Letters)
    } else {
        let counted = inner.contains(|c: char| c.is_ascii_digit());
        (count <= LONGEST_COINAGE && !counted).then_some(Family::Quoted)
    }
}

/// 星箭场用, 采洗标测用: four characters or more, of which no two are a word. 善行义举 is made of words, and 应汇尽汇 says
/// what is done.
fn is_blend(inner: &str, count: usize, jargon: &Jargon) -> bool {
    let cuts = jargon.lexicon.cuts(inner);
    let is_single = |pair: &[usize]| inner[pair[0]..pair[1]].chars().nth(1).is_none();
    if !cuts.windows(2).any(is_single) || slogan::is_exhaustive(inner) || slogan::is_pairwise(inner) {
        return false;
    }
    count >= 4
        && inner.chars().all(is_han)
        && jargon.covered(inner).0 == 0
        && !jargon.lexicon.is_ordinary(inner)
}

/// 浙里好玩, 湘办通: the beginning of a brand, or a province and the end of one in a word that nobody knows. 跨域办 is
/// a way to do things.
fn is_brand(inner: &str, count: usize, jargon: &Jargon) -> bool {
    let data = jargon.data();
    let begins = data.families.brand_prefixes.iter().any(|prefix| inner.starts_with(prefix.as_str()));
    let ends = (3..=4).contains(&count)
        && inner.starts_with(|c| REGIONS.contains(c))
        && data.families.brand_ends.iter().any(|end| inner.ends_with(end.as_str()))
        && !data.families.literal.iter().any(|part| inner.contains(part.as_str()))
        && inner.chars().all(is_han)
        && jargon.lexicon.frequency(inner).is_none()
        && jargon.lexicon.cuts(inner).windows(3).any(|cut| cut[2] - cut[0] == 6);
    begins || ends
}

/// What the text around `start..end` says of the expression there.
pub(super) fn company(text: &str, hit: &Hit, data: &Data) -> Use {
    let mut rest = after_marks(text, hit.end);
    // “揭榜挂帅”和“赛马争先”机制: the class comes after the last of them.
    for _ in 0..4 {
        let Some(next) = rest.strip_prefix(['和', '与', '、', '及']).unwrap_or(rest).strip_prefix('“')
        else {
            break;
        };
        let near = &next[..floor_boundary(next, REACH.min(next.len()))];
        let Some(close) = near.find('”').filter(|&close| close <= 40) else { break };
        rest = &next[close + '”'.len_utf8()..];
    }
    // “鲁惠通”“鲁企帮”等政策服务平台.
    let rest = rest.strip_prefix('等').map_or(rest, |rest| rest.strip_prefix("为代表的").unwrap_or(rest));
    let class = data.families.classes.iter().find(|class| rest.starts_with(class.as_str()));
    let (before, after) = (&text[..hit.start], &text[hit.end..]);
    let quoted = hit.quoted || (before.ends_with(fold::is_quote) && after.starts_with(fold::is_quote));
    let before = before.strip_suffix('“').unwrap_or(before);
    let after = after.strip_prefix('”').unwrap_or(after);
    Use {
        quoted,
        class: class.cloned(),
        informative: class.is_none() && is_informative(rest, data),
        owner: owner(before),
        in_row: quoted && is_in_row(before, after),
        in_heading: is_head_of_item(before, after),
        after: after.chars().take(4).collect(),
    }
}

/// Whose an expression is that follows `before`: 省委“1310”, 我市“两区”.
fn owner(before: &str) -> Option<&'static str> {
    let near = &before[floor_boundary(before, before.len().saturating_sub(OWNER))..];
    let near = near.rsplit(['。', '，', '；', '：', '”', '\n']).next().unwrap_or(near);
    OWNERS.iter().copied().find(|owner| near.contains(owner))
}

/// Whether another quotation stands right before or after.
fn is_in_row(before: &str, after: &str) -> bool {
    let before = before.trim_end_matches(['、', '和', '与', '及']);
    before.ends_with('”') || after.trim_start_matches(['、', '和', '与', '及']).starts_with('“')
}

/// Whether an item begins shortly before and its head ends shortly after: （一）实施“数基固本”行动，筑牢….
fn is_head_of_item(before: &str, after: &str) -> bool {
    let line = before.rsplit(['。', '；', '\n']).next().unwrap_or(before);
    let head: usize = after.chars().take_while(|c| !(mark::CLAUSE_ENDS.contains(c) || *c == '\n')).count();
    let is_marked = ["（", "(", "."].iter().any(|mark| line.contains(mark)) || line.contains('、');
    let begins = line.trim_start().starts_with(|c: char| numeral::is_numeral(c) || matches!(c, '（' | '('));
    begins && is_marked && line.chars().count() <= ITEM && head <= ITEM
}

/// Whether `rest` begins with several words and then a class: 智慧养老服务系统.
fn is_informative(rest: &str, data: &Data) -> bool {
    let phrase: String = rest.chars().take_while(|&c| is_han(c)).take(12).collect();
    let classes = ["系统", "平台", "小程序", "数据库", "应用", "品牌", "工程", "项目", "热线"];
    classes.iter().any(|class| {
        phrase.find(class).is_some_and(|at| {
            let words = &phrase[..at];
            words.chars().count() >= 3
                && !words.contains(['的', '和', '与', '等', '在', '为'])
                && !data.borders.iter().any(|border| words.starts_with(border.as_str()))
        })
    })
}
