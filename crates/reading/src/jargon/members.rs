//! Whether a slogan that counts is followed by as many members as it counts, or a contraction by its full words.

use zhengming_text::fold::is_han;
use zhengming_text::line_index::floor_boundary;

use super::slogan;
use zhengming_text::zh::{mark, numeral};

/// Bytes on either side of an expression that are looked at.
const REACH: usize = 900;
/// What divides the members of a list.
const BETWEEN: [char; 11] = ['、', '，', ',', '；', ';', '。', '：', ':', '（', '）', '\n'];
/// What may stand before the first member: 做到无积水、无垃圾.
const BEFORE: [&str; 10] = ["做到", "实现", "达到", "确保", "坚持", "即", "包括", "分别是", "分别为", "就是"];
/// Counting words between a number and what it counts: 四本预算.
const MEASURES: &str = "个大项种类张本条支批";
/// Longest stretch of text that spells a contraction out, in characters.
const LONGEST: usize = 16;
/// Characters that a contraction is joined with, which its full words say otherwise: 免申即享.
const JOINING: &str = "即而则就后先再";

/// Whether what follows `end` lists the members of `slogan` in the number that it counts: 六无六净 with six that
/// begin with 无 and six that end with 净, 七个关键 with seven after a colon.
pub(super) fn is_listed_in_full(text: &str, end: usize, slogan: &str) -> bool {
    let parts: Option<Vec<(usize, &str)>> = slogan::parts(slogan).into_iter().map(counted).collect();
    let Some(parts) = parts.filter(|parts| !parts.is_empty()) else { return false };
    let after = &text[end..floor_boundary(text, (end + REACH).min(text.len())).max(end)];
    let two: usize = after.split_inclusive('。').take(2).map(str::len).sum();
    let members: Vec<&str> = after[..two].split(BETWEEN).map(bare).collect();
    let has_all = |&(count, key): &(usize, &str)| {
        let is_member = |member: &&&str| {
            let is_longer = member.chars().count() > key.chars().count();
            is_longer && (member.starts_with(key) || member.ends_with(key))
        };
        count > 1 && members.iter().filter(is_member).count() == count
    };
    parts.iter().all(has_all) || is_list_of(after, parts.iter().map(|(count, _)| count).sum())
}

/// Whether the members stand right before `start` in the number that the slogan counts: 银行卡、通信卡“两卡”.
pub(super) fn is_listed_before(text: &str, start: usize, slogan: &str) -> bool {
    let parts = slogan::parts(slogan);
    let [part] = parts[..] else { return false };
    let Some((count, key)) = counted(part).filter(|(count, _)| *count > 1) else { return false };
    let before =
        text[floor_boundary(text, start.saturating_sub(REACH))..start].trim_end_matches(['“', '”', '等']);
    let clause =
        before.rsplit(|c: char| mark::CLAUSE_ENDS.contains(&c) || c == '\n').next().unwrap_or(before);
    let members: Vec<&str> = clause.split(['、', '和', '与', '及']).map(bare).collect();
    let last = &members[members.len().saturating_sub(count)..];
    let is_member = |member: &&str| {
        member.chars().count() > key.chars().count() && (member.ends_with(key) || member.contains(key))
    };
    members.len() >= count && last.iter().all(is_member)
}

/// Whether `text` goes on with 一是… 二是… to just this `count`.
pub(super) fn is_itemised(text: &str, count: usize) -> bool {
    const ORDINALS: [&str; 11] =
        ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是", "十一是"];
    let mut at = 0;
    for ordinal in &ORDINALS[..count.min(10)] {
        let Some(next) = text[at..].find(ordinal) else { return false };
        at += next + ordinal.len();
    }
    !text[at..].contains(ORDINALS[count.min(10)])
}

/// The number in a part of a slogan, and what it counts: 6 and 无, 4 and 预算 of 四本预算.
fn counted(part: &str) -> Option<(usize, &str)> {
    let first = part.chars().next()?;
    let count = numeral::value(first.encode_utf8(&mut [0; 4]))? as usize;
    let rest = &part[first.len_utf8()..];
    let key = rest.strip_prefix(|c| MEASURES.contains(c)).filter(|key| !key.is_empty()).unwrap_or(rest);
    (!key.is_empty() && key.chars().all(is_han)).then_some((count, key))
}

/// A member without what leads to it.
fn bare(member: &str) -> &str {
    let member = member.trim_matches(|c: char| c.is_whitespace() || matches!(c, '“' | '”'));
    BEFORE.iter().find_map(|lead| member.strip_prefix(lead)).unwrap_or(member)
}

/// Whether `after` begins with a colon or a dash and goes on with a list of `count` members, the last of which may
/// follow 和.
fn is_list_of(after: &str, count: usize) -> bool {
    let after = after.trim_start_matches('”');
    let Some(list) = ["：", ":", "——"].iter().find_map(|mark| after.strip_prefix(mark)) else {
        return false;
    };
    let list = list.split(['。', '\n']).next().unwrap_or(list);
    let mark = if list.contains(['；', ';']) { ['；', ';'] } else { ['、', '、'] };
    let members: Vec<&str> = list.split(mark).collect();
    let joined = members.last().is_some_and(|last| last.contains(['和', '及', '与']));
    count > 1 && (members.len() == count || (joined && members.len() + 1 == count))
}

/// Whether the sentence around `start..end` says in full words what the contraction there says in single
/// characters: 免申即享 beside 免予申报、直接享受.
pub(super) fn is_spelled_out(text: &str, start: usize, end: usize) -> bool {
    let chars: Vec<char> = text[start..end].chars().collect();
    let telling: Vec<char> = chars.iter().copied().filter(|&c| !JOINING.contains(c)).collect();
    let distinct = telling.iter().enumerate().all(|(at, c)| !telling[..at].contains(c));
    if chars.len() != 4 || telling.len() < 3 || !distinct || !chars.iter().all(|&c| is_han(c)) {
        return false;
    }
    let is_end = |c: char| mark::STOPS.contains(&c) || c == '\n';
    let before = &text[floor_boundary(text, start.saturating_sub(REACH))..start];
    let after = &text[end..floor_boundary(text, (end + REACH).min(text.len())).max(end)];
    let before = before.rsplit(is_end).next().unwrap_or(before);
    let after = after.split(is_end).next().unwrap_or(after);
    [before, after].iter().any(|side| spells(side, &telling))
}

/// Whether `text` has these characters in their order close together, each followed by another one of its word.
fn spells(text: &str, telling: &[char]) -> bool {
    text.match_indices(telling[0]).any(|(at, _)| {
        let mut wanted = telling.iter().peekable();
        let mut is_word_open = false;
        for c in text[at..].chars().take(LONGEST) {
            if "“”（）《》".contains(c) {
                return false;
            }
            if is_word_open {
                // 一照多址 puts the next character where the rest of the word should be.
                if !is_han(c) || wanted.peek() == Some(&&c) {
                    return false;
                }
                is_word_open = false;
            } else if wanted.next_if_eq(&&c).is_some() {
                is_word_open = true;
            }
            if wanted.peek().is_none() && !is_word_open {
                return true;
            }
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text without marks, and where the marked expression stands in it.
    fn marked(text: &str) -> (String, usize, usize) {
        let start = text.find('«').unwrap();
        let end = text.find('»').unwrap() - '«'.len_utf8();
        (text.replace(['«', '»'], ""), start, end)
    }

    #[test]
    fn members_are_counted_against_the_slogan() {
        for (text, expected) in [
            ("做到“«三无三净»”标准，做到无纸屑、无积水、无粪便；路面净、墙面净、门前净。", true),
            ("落实“«两减两增»”。减少煤炭、增加清洁能源，减少化肥、增加有机肥。", true),
            ("统筹“«三本预算»”：一般公共预算、基金预算和保险预算。", true),
            ("抓好“«三个关键»”：机制顺畅、数据共享、考核到位。", true),
            ("抓好“«四张清单»”——需求、场景、改革和问题。", true),
            ("做到“«三无三净»”标准，做到无纸屑、无积水；路面净、墙面净、门前净。", false),
            ("抓好“«三个关键»”：机制顺畅、数据共享。", false),
            ("抓好“«三个关键»”，完善机制、数据、考核。", false),
            ("按照“«两减两增»”的要求，减少煤炭。", false),
            ("落实“«两减两增»”。做好服务。减少煤炭、减少化肥，增加清洁能源、增加有机肥。", false),
        ] {
            let (text, start, end) = marked(text);
            assert_eq!(is_listed_in_full(&text, end, &text[start..end]), expected, "{text}");
        }
    }

    #[test]
    fn full_words_explain_a_contraction() {
        for (text, expected) in [
            ("推行“«免申即享»”，实现符合条件的企业免予申报，直接享受政策。", true),
            ("对符合条件的实行免予申报、直接享受政策，推行“«免申即享»”办理模式", true),
            ("推行“«免申即享»”，优化政策兑现。", false),
            ("推行“«免申即享»”。企业免予申报，直接享受政策。", false),
            ("推行“«免申即享»”，推广免申快享。", false),
            ("推行“«一址多照»”，规范一址管理、多照登记。", false),
            ("推行“«容缺受理»”，实行容缺办理、告知承诺。", false),
        ] {
            let (text, start, end) = marked(text);
            assert_eq!(is_spelled_out(&text, start, end), expected, "{text}");
        }
    }
}
