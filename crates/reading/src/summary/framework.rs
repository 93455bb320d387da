//! Expressions that count the parts of a framework: 四横四纵, “1+5+2”工作体系, “152”体系.

use serde::{Deserialize, Serialize};

use zhengming_text::fold;
use zhengming_text::span::TextRange;

use super::Site;
use zhengming_text::zh::numeral;

/// What such an expression looks like without its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// 四横四纵
    Grid,
    /// 1+5+2
    Sum,
    /// “1612”体系
    Code,
}

/// An expression with what it is said of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framework {
    /// The expression: `四横四纵`.
    pub text: String,
    /// Its shape.
    pub shape: Shape,
    /// What it is said of: `工作体系`. Empty if no such word follows.
    pub head: String,
    /// Whether the sentence tells of the past, or of a change.
    pub past: bool,
    /// The dictionary that has the expression as a term, and the clause.
    #[serde(default)]
    pub official: Option<String>,
    /// How often it stands there with this head.
    pub count: usize,
    /// The first place.
    pub site: Site,
}

/// An expression in the text of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) range: TextRange,
    pub(super) text: String,
    pub(super) shape: Shape,
    pub(super) head: String,
    pub(super) past: bool,
}

/// What frameworks are called, longer names first.
const HEADS: [&str; 30] = [
    "工作体系",
    "标准体系",
    "体系架构",
    "总体架构",
    "系统架构",
    "技术架构",
    "政策体系",
    "产业体系",
    "平台体系",
    "应用体系",
    "改革体系",
    "治理体系",
    "制度体系",
    "组织体系",
    "规划体系",
    "空间格局",
    "产业集群",
    "总体框架",
    "总体布局",
    "工作机制",
    "工作格局",
    "架构",
    "体系",
    "框架",
    "格局",
    "布局",
    "机制",
    "模式",
    "平台",
    "工程",
];

/// Words that tell of the past or of a change.
const PAST: [&str; 10] =
    ["原有", "原来", "此前", "过去", "升级为", "迭代为", "调整为", "拓展为", "扩展为", "由原"];

/// Characters before a head that may still belong to its name.
const MOST_QUALIFYING: usize = 4;
/// Longest sum or code, in bytes.
const LONGEST: usize = 16;

/// The expressions in `text`, in order.
pub(super) fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('横') {
        grid(text, at, &mut found);
    }
    for (at, open) in text.match_indices(['“', '「']) {
        quoted(text, at, at + open.len(), &mut found);
    }
    found.sort_by_key(|one| one.range.start);
    found
}

/// `四横四纵`, with its 横 at `at`.
fn grid(text: &str, at: usize, found: &mut Vec<Found>) {
    let Some(first) = text[..at].chars().next_back().filter(|&c| numeral::begins_slogan(c)) else { return };
    let rest = &text[at + '横'.len_utf8()..];
    let mut next = rest.chars();
    let (Some(second), Some('纵')) = (next.next().filter(|&c| numeral::begins_slogan(c)), next.next())
    else {
        return;
    };
    let start = at - first.len_utf8();
    let end = at + '横'.len_utf8() + second.len_utf8() + '纵'.len_utf8();
    push(text, TextRange::new(start, end), Shape::Grid, found);
}

/// A sum or a code in the quotation marks that open at `open`.
fn quoted(text: &str, open: usize, start: usize, found: &mut Vec<Found>) {
    let window = &text[start..zhengming_text::line_index::floor_boundary(text, start + LONGEST)];
    let Some(length) = window.find(['”', '」']) else { return };
    let inner = &window[..length];
    let range = TextRange::new(start, start + length);
    let is_part = |part: &str| {
        (1..=2).contains(&part.chars().count())
            && part.chars().all(|c| c.is_ascii_digit() || matches!(c, 'N' | 'n' | 'X' | 'x'))
    };
    let parts = inner.split(['+', '＋']);
    if parts.clone().count() >= 2 && parts.clone().all(is_part) {
        push(text, range, Shape::Sum, found);
    } else if (3..=5).contains(&inner.len()) && inner.bytes().all(|byte| byte.is_ascii_digit()) {
        // “2025”, “315” name a year or a day as often as a framework: only a head tells.
        let before = found.len();
        push(text, range, Shape::Code, found);
        if found.last().is_some_and(|one| one.head.is_empty()) || text[..open].ends_with('第') {
            found.truncate(before);
        }
    }
}

fn push(text: &str, range: TextRange, shape: Shape, found: &mut Vec<Found>) {
    let after = text[range.end..].trim_start_matches(|c| fold::is_quote(c) || fold::is_space(c) || c == '的');
    let ahead: String = after.chars().take(10).take_while(|&c| fold::is_han(c)).collect();
    // “四横四纵”数字政府体系架构: the first name of a framework, and of those that begin there the longest.
    let heads = HEADS.iter().filter_map(|head| ahead.find(head).map(|at| (at, *head)));
    let head = heads.min_by_key(|&(at, head)| (at, std::cmp::Reverse(head.len())));
    let head = head.map_or("", |(at, head)| qualified(&ahead[..at + head.len()], at));
    let sentence = &text[crate::prose::sentence_around(text, range).range()];
    found.push(Found {
        range,
        text: plain(&text[range.range()]),
        shape,
        head: head.to_owned(),
        past: PAST.iter().any(|word| sentence.contains(word)),
    });
}

/// The head with the words before it that say of what, if they are few: 标准化体系.
fn qualified(words: &str, head: usize) -> &str {
    let start = words[..head].rfind('的').map_or(0, |at| at + '的'.len_utf8());
    if words[start..head].chars().count() <= MOST_QUALIFYING { &words[start..] } else { "" }
}

/// The expression with half-width signs and capital letters.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c == '＋' { '+' } else { c.to_ascii_uppercase() }).collect()
}
