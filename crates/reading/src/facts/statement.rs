//! Sentences that speak of a word instead of using it: renaming, forbidding, defining.

use crate::prose::{after_quotes, before_quotes};
use zhengming_text::fold;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::span::TextRange;
use zhengming_text::zh::cue;
use zhengming_text::zh::spoken::{
    CHANGED, HANDLED_AFTER, LABELS, MIXED, NAMED_AFTER, NAMED_BEFORE, QUOTED_AFTER, QUOTED_BEFORE,
};

/// A label is not longer than this, in characters.
const LONGEST_LABEL: usize = 8;

/// Bytes after a word within which its clause, or a bracket behind it, must end.
const REACH: usize = 300;

/// Nobody lists more wrong forms than this in one breath.
const LONGEST_LIST: usize = 16;

/// Whether the sentence speaks of the word at `range` rather than using it.
pub(super) fn is_about_the_word(text: &str, range: TextRange) -> bool {
    let (before, after) = outside_list(text, range);
    let quoted = before.ends_with(fold::is_quote) || after.starts_with(fold::is_quote);
    let (before, after) = (before_quotes(before), after_quotes(after));
    let is_labelled = before.ends_with(['：', ':']) && is_label(before);
    let before = before.trim_end_matches(['：', ':']);
    let near = &after[..floor_boundary(after, REACH)];
    let clause = &near[..near.find(['，', '。', '；', '、', '！', '？', ',', ';']).unwrap_or(near.len())];
    let quoted_clause = || {
        let handled = cue::ends_with_any(before, &HANDLED_AFTER).is_some();
        quoted && handled && CHANGED.iter().any(|word| clause.contains(word))
    };
    is_labelled
        || cue::ends_with_any(before, &NAMED_AFTER).is_some() && (quoted || !goes_on_using(before, after))
        || quoted_clause()
        || quoted && MIXED.iter().any(|word| clause.contains(word))
        || after.starts_with("中的") && ["应为", "应改", "误", "错"].iter().any(|word| clause.contains(word))
        || cue::RENAMED.iter().any(|word| clause.contains(word))
        || cue::starts_with_any(after, &NAMED_BEFORE).is_some()
        || (quoted
            && (cue::starts_with_any(after, &QUOTED_BEFORE).is_some()
                || cue::ends_with_any(before, &QUOTED_AFTER).is_some()))
}

/// Whether what stands before a colon says that something wrong follows.
fn is_label(before: &str) -> bool {
    let label = before.trim_end_matches(['：', ':']);
    let label = label.rsplit(['。', '；', '，', '、', '\n', ' ', '\u{3000}']).next().unwrap_or_default();
    label.chars().count() <= LONGEST_LABEL && LABELS.iter().any(|word| label.contains(word))
}

/// Whether something is forbidden that is done with the thing, and not the word: 严禁使用浙政钉｜传输涉密文件.
fn goes_on_using(before: &str, after: &str) -> bool {
    let goes_on = after.starts_with(fold::is_han)
        && cue::starts_with_any(
            after,
            &["等", "的", "一词", "一语", "字样", "这", "或", "和", "及", "与", "代替", "替代"],
        )
        .is_none();
    before.ends_with('用') && goes_on
}

/// What stands before and after the word, or before and after the list of quoted words that it is part
/// of: in 不得写作“数字农村”“未来小区” both words are named.
fn outside_list(text: &str, range: TextRange) -> (&str, &str) {
    let mut before = &text[..range.start];
    let mut after = &text[range.end..];
    for _ in 0..LONGEST_LIST {
        let Some(open) = before.strip_suffix('“') else { break };
        let items = open.trim_end_matches(['、', '或', '和', '及', '与', '，']);
        let Some(start) = items.strip_suffix('”').and_then(|inner| inner.rfind('“')) else { break };
        before = &items[..start + '“'.len_utf8()];
    }
    for _ in 0..LONGEST_LIST {
        let Some(close) = after.strip_prefix('”') else { break };
        let items = close.trim_start_matches(['、', '或', '和', '及', '与', '，']);
        let Some(end) = items.strip_prefix('“').and_then(|inner| inner.find('”')) else { break };
        after = &items['“'.len_utf8() + end..];
    }
    (before, after)
}

/// Whether the text defines the word at `range`: 所称X，是指…; X是指…; X，指….
pub(super) fn defines(text: &str, range: TextRange) -> bool {
    let before = before_quotes(&text[..range.start]);
    let after = after_quotes(&text[range.end..]);
    let after = skip_bracket(&after[..floor_boundary(after, REACH)]);
    let after = after.trim_start_matches(['，', ',', '：', ':']).trim_start();
    if after.starts_with("是指") || after.starts_with("系指") {
        return true;
    }
    // 本条所称多跨协作，见相关定义 defines nothing.
    let is_called = cue::ends_with_any(before, &["所称", "所称的", "所指", "所指的"]).is_some();
    if is_called
        && cue::starts_with_any(
            after,
            &["是", "即", "包括", "为", "系", "主要指", "特指", "仅指", "专指", "均指"],
        )
        .is_some()
    {
        return true;
    }
    after.strip_prefix('指').is_some_and(|rest| !cue::is_pointing(rest, false))
}

/// `text` without the bracket that it begins with, if it does.
fn skip_bracket(text: &str) -> &str {
    for (open, close) in [('（', '）'), ('(', ')')] {
        if text.starts_with(open)
            && let Some(end) = text.find(close)
        {
            return after_quotes(&text[end + close.len_utf8()..]);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(marked: &str) -> (String, TextRange) {
        let start = marked.find('«').unwrap();
        let end = marked.find('»').unwrap() - '«'.len_utf8();
        (marked.replace(['«', '»'], ""), TextRange::new(start, end))
    }

    #[test]
    fn words_that_are_named_are_told_from_words_that_are_used() {
        for named in [
            "“«电子政府»”一词不再使用",
            "旧称“«数据仓库»”的资源集合",
            "不得写作“«数字农村»”",
            "不得写作“数字农村”、“«未来小区»”",
            "将“«业务协作»”修改为“业务协同”",
            "将“«业务协作»”“协同办公”统一表述为业务协同",
            "2018年以前的文件中称“«数据公开»”的，按数据开放理解",
            "由«政务钉钉»更名而来",
            "“«浙理办»”应改为“浙里办”",
            "“«数字乡衬»”系笔误",
            "“«浙理办»这一写法是错误的”",
            "“«数据高铁»”是旧称",
            "“«视连网»会商室”自4月起更名为“视联网会商室”",
            "（以下简称“«专题门户»”）",
            "（以下统称«多跨应用»）",
            "把“«业务协作»”统一改为业务协同",
            "文中“«业务协作»”一律更正",
            "请勿使用“«数码政府»”",
            "错误写法：«浙理办»",
            "误：«浙理办»",
            "常见错误有“«浙理办»”“里浙办”等",
            "“«浙理办»”属于错别字",
            "“«浙理办»”中的“理”应为“里”",
            "“«浙理办»”与“浙里办”混用",
            "禁止使用«浙理办»等名称",
        ] {
            let (text, range) = at(named);
            assert!(is_about_the_word(&text, range), "{named}");
        }
        for used in [
            "要以“«电子政府»”建设为牵引",
            "依托«公共数据平台»开展工作",
            "将«业务协作»机制改为常态化",
            "要把“«数码政府»”作为重要抓手",
            "严禁使用«浙理办»传输涉密文件",
            "按照下列方式办理：«浙理办»",
            "将“«数码政府»”建设纳入考核",
            "由“«数码政府»”牵引",
            "形成“«两图两单»”，再谋划",
            "名称为云上的«公共数据平台»（以下简称平台）",
        ] {
            let (text, range) = at(used);
            assert!(!is_about_the_word(&text, range), "{used}");
        }
    }

    #[test]
    fn definitions_are_told_from_look_alikes() {
        for defining in [
            "本条例所称«政务数据»，是指政府部门收集的数据",
            "“«公共数据平台»”是指：支撑",
            "«数据归集»（以下简称归集），是指汇聚",
            "«政务云平台»指统一提供",
            "所称«政务数据»，包括下列数据",
        ] {
            let (text, range) = at(defining);
            assert!(defines(&text, range), "{defining}");
        }
        for using in
            ["本条所称«多跨协作»，见相关定义", "«政务数据»指标体系", "«数据归集»是基础", "«公共数据平台»包括"]
        {
            let (text, range) = at(using);
            assert!(!defines(&text, range), "{using}");
        }
    }
}
