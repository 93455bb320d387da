//! Sentences that speak of a word instead of using it: renaming, forbidding, defining.

use crate::prose::{after_quotes, before_quotes};
use zhengming_text::fold;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::span::TextRange;

/// What stands before a word that is only named.
const NAMED_AFTER: &[&str] = &[
    "原称",
    "曾称",
    "旧称",
    "原名",
    "原名为",
    "曾用名",
    "俗称",
    "又称",
    "也称",
    "亦称",
    "别称",
    "通称",
    "简称",
    "统称",
    "下称",
    "称为",
    "称作",
    "称之为",
    "写作",
    "写成",
    "写为",
    "误作",
    "误称",
    "误写",
    "更名为",
    "改名为",
    "更名",
    "改称",
    "改称为",
    "修改为",
    "替换为",
    "变更为",
    "表述为",
    "表述成",
    "前身为",
    "前身是",
    "不得使用",
    "禁止使用",
    "避免使用",
    "不再使用",
    "不宜使用",
    "不应使用",
    "停止使用",
    "不得称",
    "不再称",
    "不称",
    "废止",
    "所谓",
    "以前叫",
    "过去叫",
    "原叫",
    "叫作",
    "叫做",
    "误为",
    "误用",
    "误植",
    "错用",
    "错写",
    "错写成",
    "写错成",
    "错称",
    "讹为",
    "禁用",
    "废用",
    "慎用",
    "勿用",
    "弃用",
    "不要用",
    "不能用",
    "不应用",
    "不得用",
    "不可用",
    "不再用",
    "不要使用",
    "不能使用",
    "不可使用",
    "不准使用",
    "不许使用",
    "不建议使用",
    "不推荐使用",
    "请勿使用",
    "切勿使用",
    "严禁使用",
    "杜绝使用",
    "不要称",
    "不能称",
    "不应称",
    "不宜称",
    "不可称",
    "不叫",
    "以前称",
    "过去称",
    "曾叫",
    "旧时称",
    "取代了",
    "错误写法",
    "错误表述",
    "错误说法",
    "错误用法",
    "错误有",
    "错误包括",
    "错误如",
    "误写有",
    "不规范表述",
    "不规范用语",
];

/// What the label before a colon says, if the word after it is an example of what is wrong: 错误示例：浙政盯.
const LABELS: &[&str] = &["错", "误", "反例", "禁用", "不规范", "旧称", "原称", "曾用名", "停用词"];

/// A label is not longer than this, in characters.
const LONGEST_LABEL: usize = 8;

/// What stands before a word that is only named, if the word is in quotation marks.
const QUOTED_AFTER: &[&str] = &[
    "称",
    "叫",
    "原",
    "旧",
    "词语",
    "术语",
    "名词",
    "用语",
    "说法",
    "提法",
    "表述",
    "写法",
    "字样",
    "删去",
    "删除",
    "替代",
    "代替",
    "并非",
    "不是",
    "而非",
    "而不是",
    "不写",
    "不用",
    "搜索",
    "查找",
    "检索",
    "出现",
    "错别字",
];

/// What stands before a quoted word that something is done to: only what follows says whether the word itself is
/// changed (把“数码政府”改为…) or the thing (要把“数码政府”作为重要抓手).
const HANDLED_AFTER: &[&str] = &["将", "把", "由", "凡", "凡是", "原文", "文中", "中的", "的"];

/// What the clause after a handled or quoted word says of it, if the word is meant.
const CHANGED: &[&str] = &[
    "改为",
    "改成",
    "改作",
    "改写为",
    "改称",
    "修改为",
    "更改为",
    "更正",
    "订正",
    "替换",
    "更名",
    "统一改",
    "统一为",
    "统一表述",
    "统一称",
    "统一使用",
    "统一替换",
    "统一写",
    "规范为",
    "规范表述",
    "写成",
    "写作",
    "写为",
    "称为",
    "称作",
    "表述为",
    "删去",
    "删除",
    "误写",
    "错写",
    "写错",
    "笔误",
    "之误",
    "不再使用",
    "停止使用",
    "不得使用",
    "不应使用",
    "不宜使用",
    "不要使用",
    "禁用",
    "弃用",
];

/// What the clause says of two quoted words that are taken for one another.
const MIXED: &[&str] = &["混用", "混淆", "混写", "不统一", "不一致"];

/// What follows a word that is only named.
const NAMED_BEFORE: &[&str] = &[
    "更名",
    "改名",
    "改称",
    "修改为",
    "替换为",
    "变更为",
    "统一改",
    "统一修改",
    "统一表述",
    "统一称",
    "统一为",
    "一词",
    "一语",
    "字样",
    "等词",
    "等字样",
    "等说法",
    "等提法",
    "等表述",
    "的说法",
    "的提法",
    "的表述",
    "的称谓",
    "的名称",
    "的叫法",
    "这一说法",
    "这一提法",
    "这一表述",
    "这一名称",
    "不再使用",
    "停止使用",
    "停用",
    "应改为",
    "应当改为",
    "系笔误",
    "是笔误",
    "属笔误",
    "是错误",
    "是误写",
    "系误写",
    "是旧称",
    "为旧称",
    "系旧称",
    "这一写法",
    "的写法",
    "现称",
    "现更名",
    "现改",
    "（现称",
    "（现更名",
    "（现改",
    "（现为",
    "（已更名",
    "（已改",
    "（已停用",
    "（已废止",
    "（旧称",
    "（原称",
    "（曾用名",
    "（误",
    "（错",
    "（应为",
    "（应作",
    "（不规范",
    "之误",
    "属于错",
    "属错别字",
    "是错别字",
    "为错别字",
    "系错别字",
    "属于误",
    "属于不规范",
    "（×",
    "(×",
    "（✗",
    "的误写",
    "的笔误",
    "的旧称",
    "的原称",
    "的原名",
    "的曾用名",
    "的俗称",
    "的错写",
    "有误，应",
    "一名",
    "一称",
    "的用法",
    "这个词",
    "这个说法",
    "这个名称",
    "这种说法",
    "这种写法",
    "这种表述",
    "等写法",
    "等用语",
    "等旧称",
    "等名称已",
    "已不再使用",
    "已停止使用",
    "不得再用",
    "不得使用",
    "不应使用",
    "不要使用",
    "不宜使用",
    "不能使用",
    "不再沿用",
    "不再采用",
    "系错误",
    "为错误",
    "属错误",
    "系误用",
    "系错写",
    "为误写",
    "为笔误",
];

/// Renaming may come later in the clause: “视连网会商室”自4月起更名为….
const RENAMED: &[&str] = &["更名为", "改名为", "改称为", "更名", "改称"];

/// `改为` also means “change to” of things; it speaks of words only next to quotation marks.
const QUOTED_BEFORE: &[&str] = &["改为", "的，按", "的，统一", "的，应", "为旧称", "为曾用名", "系旧称"];

/// Bytes after a word within which its clause, or a bracket behind it, must end.
const REACH: usize = 300;

/// Nobody lists more wrong forms than this in one breath.
const LONGEST_LIST: usize = 16;

/// Words that 指 begins without defining anything.
const NOT_DEFINING: &[char] =
    &['标', '南', '挥', '导', '示', '引', '数', '定', '出', '向', '派', '明', '令', '纹', '望'];

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
        let handled = ends_with_any(before, HANDLED_AFTER);
        quoted && handled && CHANGED.iter().any(|word| clause.contains(word))
    };
    is_labelled
        || ends_with_any(before, NAMED_AFTER) && (quoted || !goes_on_using(before, after))
        || quoted_clause()
        || quoted && MIXED.iter().any(|word| clause.contains(word))
        || after.starts_with("中的") && ["应为", "应改", "误", "错"].iter().any(|word| clause.contains(word))
        || RENAMED.iter().any(|word| clause.contains(word))
        || starts_with_any(after, NAMED_BEFORE)
        || (quoted && (starts_with_any(after, QUOTED_BEFORE) || ends_with_any(before, QUOTED_AFTER)))
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
        && !starts_with_any(
            after,
            &["等", "的", "一词", "一语", "字样", "这", "或", "和", "及", "与", "代替", "替代"],
        );
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
    let is_called = ends_with_any(before, &["所称", "所称的", "所指", "所指的"]);
    if is_called
        && starts_with_any(after, &["是", "即", "包括", "为", "系", "主要指", "特指", "仅指", "专指", "均指"])
    {
        return true;
    }
    after.strip_prefix('指').is_some_and(|rest| !rest.starts_with(NOT_DEFINING))
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

fn ends_with_any(text: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| text.ends_with(end))
}

fn starts_with_any(text: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| text.starts_with(start))
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
