//! Flags numbers of things that do not agree with the things listed beside them.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold::{self, is_han};
use zhengming_text::message::Text;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;
use zhengming_text::zh::{mark, numeral};

/// 四项机制（甲、乙、丙）: four are announced, three listed.
#[derive(Debug, Default)]
pub struct CountMismatch;

impl CountMismatch {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "count-mismatch",
        name: ("个数不符", "Number and list disagree"),
        family: "consistency",
        severity: Severity::Info,
        also: None,
        default: true,
        fix: None,
        summary: ("写明的个数与列出的不符", "a number of things and a list beside it that do not agree"),
        page: (include_str!("count_mismatch.md"), include_str!("count_mismatch.en.md")),
    };
}

impl Rule for CountMismatch {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        for block in cx.blocks().filter(|block| cx.facts().signs(block.index()).any(Signs::COUNTED)) {
            let text = block.text();
            if PAUSE.find(text.as_bytes()).is_none() && !text.contains(ORDINALS[0]) {
                continue;
            }
            for count in counts(text) {
                let listed = [
                    listed_after(text, &count),
                    listed_before(text, &count),
                    listed_by_ordinals(text, &count),
                ];
                if let Some(list) = listed.into_iter().flatten().next()
                    && !list.how_many.contains(&count.number)
                {
                    sink.report(finding(block.index(), text, &count, &list));
                }
            }
        }
    }
}

static PAUSE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("、"));

/// A number of things in the text: 四项, 6大.
#[derive(Debug)]
struct Count {
    number: usize,
    /// From the number to its measure word.
    range: TextRange,
}

/// A list, and how many things it may be of, however 和 is read.
#[derive(Debug)]
struct List {
    how_many: RangeInclusive<usize>,
    range: TextRange,
}

/// Measure words after which things are counted. 条 is none: 第三、四、五条 are articles.
const MEASURES: [&str; 8] = ["个", "项", "类", "种", "大", "张", "套", "级"];
/// What the items of a list in sentences begin with.
const ORDINALS: [&str; 12] =
    ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是", "十一是", "十二是"];
/// Fewest and most things that are counted: two are seldom a list, and lists of more are seldom complete.
const COUNTED: RangeInclusive<usize> = 3..=12;
/// Longest item, in characters.
const ITEM: usize = 16;
/// Characters between a number and the mark that opens its list.
const REACH: usize = 14;

/// The numbers with a measure word in `text`, except 第三类, 近四项, 五大多 and the like.
fn counts(text: &str) -> Vec<Count> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find(numeral::is_numeral).map(|at| rest + at) {
        let length: usize =
            text[start..].chars().take_while(|&c| numeral::is_numeral(c)).map(char::len_utf8).sum();
        let end = start + length;
        rest = end;
        let after = text[end..].trim_start_matches(fold::is_space);
        let Some(measure) = MEASURES.iter().find(|measure| after.starts_with(**measure)) else { continue };
        let vague = text[..start].ends_with([
            '第', '近', '约', '超', '前', '每', '各', '余', '.', '—', '-', '～', '至', '十', '年', '或',
        ]) || after[measure.len()..].starts_with(['以', '多', '余', '左', '月', '数'])
            || after[measure.len()..].starts_with("工作日");
        let Some(number) = number(&text[start..end]).filter(|number| COUNTED.contains(number)) else {
            continue;
        };
        if !vague {
            let end = text.len() - after.len() + measure.len();
            found.push(Count { number, range: TextRange::new(start, end) });
        }
    }
    found
}

fn number(text: &str) -> Option<usize> {
    numeral::value(text).and_then(|value| usize::try_from(value).ok())
}

/// 四项机制（甲、乙、丙）, “四张清单”：甲、乙、丙、丁。
fn listed_after(text: &str, count: &Count) -> Option<List> {
    let after = &text[count.range.end..];
    let mut opens = after.char_indices().take(REACH).skip_while(|&(_, c)| is_han(c) || "“”".contains(c));
    let (at, mark) = opens.next()?;
    let start = count.range.end + at + mark.len_utf8();
    let rest = &text[start..];
    let length = match mark {
        '（' => rest.find('）')?,
        '：' => rest.find(mark::CLAUSE_ENDS)?,
        _ => return None,
    };
    let body = &rest[..length];
    // A sentence, or a list of examples, need not be complete.
    let is_closed = !body.contains(['等', '，', '。', '；', '：', '（']) && !body.ends_with("如");
    (is_closed && body.contains('、')).then(|| list(body, start)).flatten()
}

/// 甲、乙、丙四类空间; with 等 before the number the list may stop short, but not go on.
fn listed_before(text: &str, count: &Count) -> Option<List> {
    let before = &text[..count.range.start];
    let from = before
        .rfind(['。', '；', '，', '：', '（', '）', '“', '”', '《', '》'])
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let body = &before[from..];
    let (body, is_open) = match body.strip_suffix('等') {
        Some(body) => (body, true),
        None => (body, false),
    };
    if body.matches('、').count() < 2 || body.contains("等") {
        return None;
    }
    let mut list = list(body, from)?;
    if is_open {
        list.how_many = *list.how_many.start()..=usize::MAX;
    }
    Some(list)
}

/// The items of `body`, which begins at `start`: by 、 alone at least, and with each 和 between two at most.
fn list(body: &str, start: usize) -> Option<List> {
    let items: Vec<&str> = body.split('、').collect();
    // The first item has the words of the sentence before it.
    if items.len() < 2 || !items.iter().skip(1).all(|item| (1..=ITEM).contains(&item.trim().chars().count()))
    {
        return None;
    }
    let least = items.len();
    let joined = ['和', '与', '及', '或', '并', '/', '以', '同'];
    let most = least + items.iter().map(|item| item.matches(joined).count()).sum::<usize>();
    Some(List { how_many: least..=most, range: TextRange::new(start, start + body.len()) })
}

/// 抓好四项工作：一是…。二是…。三是…。
fn listed_by_ordinals(text: &str, count: &Count) -> Option<List> {
    let after = &text[count.range.end..];
    let first = after.find(ORDINALS[0])?;
    if after[..first].chars().count() > REACH || after[..first].contains('。') {
        return None;
    }
    let mut at = first;
    let mut how_many = 0;
    for ordinal in ORDINALS {
        let Some(next) = after[at..].find(ordinal) else { break };
        at += next + ordinal.len();
        how_many += 1;
    }
    // One that is last in its block may go on in the next.
    let ends = text.trim_end().ends_with(['。', '；']);
    (how_many >= 2 && ends).then(|| List {
        how_many: how_many..=how_many,
        range: TextRange::new(count.range.end + first, count.range.end + at),
    })
}

fn finding(block: usize, text: &str, count: &Count, list: &List) -> Finding {
    let written = &text[count.range.range()];
    let (least, most) = (*list.how_many.start(), *list.how_many.end());
    let listed =
        if least == most || most == usize::MAX { least.to_string() } else { format!("{least}—{most}") };
    let message = Text::new(
        format!("写的是“{written}”，列出的是{listed}个"),
        format!("`{written}` is what the text says, and {listed} are listed"),
    );
    let label = Text::new("个数与列出的不符", "not as many as are listed");
    let help = Text::new(
        "核对是个数写错了，还是漏列、多列；只举例的，在末尾加“等”",
        "Check whether the number is wrong or the list; if it gives examples only, end it with 等",
    );
    let place = Text::new("列举在此", "the list");
    Finding::new(block, count.range, message, label).help(help).related(block, list.range, place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    const DICTIONARY: &str = "[dictionary]\nid = \"d\"\ntitle = \"词典\"\n[[concept]]\nterm = \"云\"";

    #[test]
    fn numbers_and_lists_that_disagree_are_found() {
        check::<CountMismatch>(DICTIONARY)
            .fail("建立«四项»机制（会商、通报、考核）。")
            .fail("编制“«四张»清单”：权力清单、责任清单、服务清单。")
            .fail("建设企业、行业、城市、个人«五类»可信数据空间。")
            .fail("抓好«四项»工作：一是摸底。二是建库。三是上线。");
    }

    #[test]
    fn every_measure_is_a_sign() {
        assert!(MEASURES.iter().all(|measure| numeral::COUNTERS.contains(measure)));
    }

    #[test]
    fn numbers_and_lists_that_agree_are_fine() {
        check::<CountMismatch>(DICTIONARY)
            .pass("建立四项机制（会商、通报、考核和问责）。")
            .pass("建设企业、行业、城市、个人、跨境五类可信数据空间。")
            .pass("杭州、宁波、温州等十一个市开展试点。")
            .pass("近四项机制（会商、通报、考核）。")
            .pass("第三类（甲、乙、丙、丁）。")
            .pass("省、市、县三级联动。")
            .pass("抓好三项工作：一是摸底。二是建库。三是上线。");
    }
}
