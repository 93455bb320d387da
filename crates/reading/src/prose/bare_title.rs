//! Titles of standards without their marks: GB/T 22239—2019 信息安全技术 网络安全等级保护基本要求.

use crate::citation::standard_numbers;
use zhengming_text::fold::{self, is_han};
use zhengming_text::line_index::floor_boundary;
use zhengming_text::span::TextRange;
use zhengming_text::zh::mark;

/// Longest title that is believed, in bytes.
const LONGEST: usize = 240;
/// Shortest one.
const SHORTEST: usize = 12;
/// What stands between a number and the rest of the sentence, where no title follows.
const LINKS: [&str; 36] = [
    "的", "中", "和", "与", "及", "或", "等", "以及", "规定", "界定", "要求", "执行", "进行", "给出", "确定",
    "开展", "实施", "标准", "第", "附录", "表", "图", "条", "已", "将", "为", "是", "由", "在", "对", "代替",
    "相比", "发布", "起草", "作为", "适用",
];
/// Words that begin like one of these and may begin a title.
const NO_LINKS: [&str; 14] = [
    "标准化",
    "标准物质",
    "等级",
    "图书",
    "图像",
    "图形",
    "图纸",
    "中文",
    "中国",
    "中小",
    "在线",
    "条码",
    "表面",
    "对外",
];
/// What leads from a title back into the sentence.
const RETURNS: [&str; 16] = [
    "的规定",
    "的要求",
    "的有关",
    "的相关",
    "的内容",
    "的术语",
    "等标准",
    "等国家标准",
    "等行业标准",
    "等地方标准",
    "等文件",
    "规定的",
    "界定的",
    "中的",
    "已被",
    "进行",
];
/// What a title ends with.
const KINDS: [&str; 30] = [
    "要求",
    "规范",
    "指南",
    "规则",
    "术语",
    "导则",
    "通则",
    "规程",
    "方法",
    "标准",
    "模型",
    "框架",
    "架构",
    "编码",
    "格式",
    "定义",
    "总则",
    "原则",
    "词汇",
    "准则",
    "目录",
    "元数据",
    "部分",
    "接口",
    "协议",
    "代码",
    "用法",
    "程序",
    "条件",
    "体系",
];
/// Verbs that may follow a title without anything between.
const VERBS: [&str; 6] = ["执行", "实施", "办理", "建设", "开展", "推进"];

/// Adds the titles that follow the number of a standard in `text`.
pub(super) fn find(text: &str, mut found: impl FnMut(TextRange)) {
    if !may_hold_numbers(text.as_bytes()) {
        return;
    }
    let numbers = standard_numbers(text);
    // Whether nothing but numbers and marks stands before a number.
    let mut opens = true;
    let mut from = 0;
    for (index, number) in numbers.iter().enumerate() {
        let until = numbers.get(index + 1).map_or(text.len(), |next| next.start);
        opens &= !text[from..number.start].contains(|c: char| is_han(c) || "，。；：".contains(c));
        from = number.end;
        if let Some(title) = title(&text[..until], number.end, opens) {
            // What follows in a list begins a line of its own.
            opens &= text[title.end..until].trim_start_matches(fold::is_space).is_empty();
            from = title.end;
            found(title);
        }
    }
}

/// Whether a digit stands so near after a capital that they may be a number: GB/T 1, T/ABCDEF 1, ISO/IEC TR 1.
fn may_hold_numbers(bytes: &[u8]) -> bool {
    // Digits of full width begin with the byte 0xEF.
    let is_digit = |byte: &u8| byte.is_ascii_digit() || *byte == 0xEF;
    let is_near = |at: usize| bytes[at..].iter().take(24).any(is_digit);
    bytes.iter().enumerate().any(|(at, byte)| byte.is_ascii_uppercase() && is_near(at))
}

/// The title after the number that ends at `at`. It is set apart by a space, or the number begins the line.
fn title(text: &str, at: usize, opens: bool) -> Option<TextRange> {
    let rest = text[at..].trim_start_matches(fold::is_space);
    let start = text.len() - rest.len();
    let begins = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    let is_apart = start > at || opens;
    if !is_apart || !rest.starts_with(is_han) || (begins(&LINKS) && !begins(&NO_LINKS)) {
        return None;
    }
    let near = &rest[..floor_boundary(rest, LONGEST.min(rest.len()))];
    let end = near.char_indices().find(|&(at, c)| stops(near, at, c)).map_or(near.len(), |(at, _)| at);
    let mut title = &near[..end];
    for word in RETURNS {
        title = &title[..title.find(word).unwrap_or(title.len())];
    }
    // 要求｜执行, and the same after a space.
    let before_verb = |verb: &&str| {
        title.match_indices(*verb).map(|(at, _)| at).find(|&at| {
            let before = &title[..at];
            before.ends_with(fold::is_space) || KINDS.iter().any(|kind| before.ends_with(kind))
        })
    };
    let end = VERBS.iter().filter_map(before_verb).min().unwrap_or(title.len());
    let title = title[..end].trim_end_matches(fold::is_space);
    // In a sentence, 按照 GB/T 1.1—2020 建设平台 names no title; one tells by its last word.
    let kind = title.trim_end_matches(['）', ')']);
    // Elsewhere than at the head of a line all that follows may be a sentence.
    let rest = text[start + title.len()..]
        .trim_start_matches(|c: char| matches!(c, ' ' | '\u{3000}') || mark::PART_ENDS.contains(&c));
    let ends_line = opens && (rest.is_empty() || rest.starts_with('\n'));
    let is_title = ends_line || KINDS.iter().any(|word| kind.ends_with(word)) || title.contains("部分：");
    // 明确了…的要求 is a sentence.
    let is_sentence = title.contains('了');
    (is_title && !is_sentence && title.len() >= SHORTEST).then(|| TextRange::new(start, start + title.len()))
}

/// Whether the character at `at` ends a title; 第1部分：总则 goes on.
fn stops(text: &str, at: usize, c: char) -> bool {
    match c {
        '：' | ':' => !text[..at].ends_with("部分"),
        '\n' => text[at..].trim_start().starts_with(|c: char| !is_han(c)),
        _ => "，。；？！、,;《》“”【】［］[]|\t".contains(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(text: &str) -> Vec<&str> {
        let mut all = Vec::new();
        find(text, |range| all.push(&text[range.range()]));
        all
    }

    #[test]
    fn a_title_runs_to_its_end() {
        for (text, title) in [
            (
                "GB/T 22239—2019 信息安全技术 网络安全等级保护基本要求",
                "信息安全技术 网络安全等级保护基本要求",
            ),
            ("GB/T 22239—2019信息安全技术 网络安全等级保护基本要求", "信息安全技术 网络安全等级保护基本要求"),
            ("[1] GB/T 37043—2018　智慧城市　术语", "智慧城市　术语"),
            ("按照 GB/T 12345—2020 信息技术 数据平台要求 执行，按期完成", "信息技术 数据平台要求"),
            ("按照 GB/T 12345—2020 信息技术 数据平台要求执行。", "信息技术 数据平台要求"),
            ("符合 GB/T 12345—2020 信息技术 数据平台要求的规定", "信息技术 数据平台要求"),
            (
                "GB/T 1.1—2020 标准化工作导则 第1部分：标准化文件的结构和起草规则",
                "标准化工作导则 第1部分：标准化文件的结构和起草规则",
            ),
            (
                "见 GB/T 25058 信息安全技术 网络安全等级保护实施指南，另见附件",
                "信息安全技术 网络安全等级保护实施指南",
            ),
        ] {
            assert_eq!(titles(text), [title], "{text}");
        }
        let list = "GB/T 22239—2019 网络安全等级保护基本要求\nGB/T 22240—2020 网络安全等级保护定级指南";
        assert_eq!(titles(list), ["网络安全等级保护基本要求", "网络安全等级保护定级指南"]);
    }

    #[test]
    fn the_rest_of_a_sentence_is_no_title() {
        for text in [
            "按照GB/T 1.1—2020给出的规则起草",
            "按照GB/T 22239—2019建设公共数据平台",
            "按照 GB/T 22239—2019 建设公共数据平台，按期完成",
            "GB/T 1.1—2020 界定的术语和定义适用于本文件",
            "符合 GB/T 22239—2019 的要求，建设公共数据平台",
            "GB/T 22239—2019 第5.6条规定的公共数据平台",
            "GB/T 1.1—2020 规定了公共数据平台的要求",
            "GB/T 22239—2019《信息安全技术》规定的平台",
            "公共数据平台（5G）建设",
        ] {
            assert_eq!(titles(text), [] as [&str; 0], "{text}");
        }
    }
}
