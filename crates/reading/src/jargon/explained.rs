//! Whether the document itself says what an expression means.

use rustc_hash::FxHashSet;
use zhengming_text::zh::numeral;

use crate::definition::{Definition, Pattern};
use zhengming_text::fold::{self, is_han};
use zhengming_text::line_index::floor_boundary;

use super::Family;
use super::{members, slogan};

/// Bytes after a slogan in which its members may be counted out.
const REACH: usize = 600;

/// The names that a document defines.
#[derive(Debug, Default)]
pub(super) struct Explained {
    keys: FxHashSet<String>,
}

impl Explained {
    pub(super) fn new(definitions: &[Definition], classes: &[String]) -> Self {
        let mut keys = FxHashSet::default();
        let names = definitions.iter().flat_map(|definition| {
            // One row may define several names, or one with its letter word: 同态加密（HE）.
            let parts = definition.text.split(['、', '/', '／', '（', '）', '(', ')']).map(str::trim);
            let parts = parts.filter(|part| matches!(definition.pattern, Pattern::Table) && part.len() > 1);
            std::iter::once(definition.text.as_str()).chain(parts)
        });
        for name in names {
            let key = fold::key(name.trim_start_matches('《').trim_end_matches('》'));
            // “1+5”架构，即…: what is defined is 1+5.
            for class in classes {
                if let Some(shorter) = key.strip_suffix(class.as_str()).filter(|shorter| !shorter.is_empty())
                {
                    keys.insert(shorter.to_owned());
                }
            }
            keys.insert(key);
        }
        Self { keys }
    }

    /// Whether `text`, or every counted part of it, is defined.
    pub(super) fn defines(&self, text: &str, family: Family) -> bool {
        let has = |text: &str| self.keys.contains(&fold::key(text));
        if has(text) {
            return true;
        }
        let parts = if family == Family::Number { slogan::parts(text) } else { Vec::new() };
        parts.len() > 1 && parts.iter().all(|part| has(part))
    }
}

/// Whether the text around `start..end` expands or unpacks the expression there.
pub(super) fn is_unpacked(text: &str, start: usize, end: usize, family: Family) -> bool {
    match family {
        Family::Letters => is_expanded(text, start, end),
        Family::Code | Family::Number => {
            is_counted_out(text, start, end)
                || is_sum_of_the_name_before(text, start)
                || is_glossed(text, end)
                || (family == Family::Number
                    && (members::is_listed_in_full(text, end, &text[start..end])
                        || members::is_listed_before(text, start, &text[start..end])))
        }
        // What a trade calls something is no contraction of the words around it.
        Family::Specialist => is_glossed(text, end),
        _ => is_glossed(text, end) || members::is_spelled_out(text, start, end),
    }
}

/// The part of `text` in which a bracket must close.
fn near(text: &str) -> &str {
    &text[..floor_boundary(text, REACH.min(text.len()))]
}

/// 城市信息模型（CIM）, CIM（城市信息模型）, （CIM，City Information Modeling）.
fn is_expanded(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].trim_end_matches(|c| fold::is_quote(c) || fold::is_space(c));
    let inside = before.strip_suffix(['（', '(']).is_some_and(|full| full.ends_with(is_han));
    let called = before.ends_with("简称") || before.ends_with("缩写为") || before.ends_with("英文缩写");
    let after = text[end..].trim_start_matches(|c| fold::is_quote(c) || fold::is_space(c));
    // CIM平台（城市信息模型平台）
    let classes = ["平台", "系统", "技术", "模型", "软件", "终端", "设备"];
    let behind = classes.iter().find_map(|class| after.strip_prefix(class));
    let after = behind.filter(|rest| rest.starts_with(['（', '('])).unwrap_or(after);
    let bracket = after.strip_prefix(['（', '(']).and_then(|rest| near(rest).split(['）', ')']).next());
    let explained = bracket.is_some_and(|inner| {
        inner.chars().filter(|&c| is_han(c)).count() >= 3
            && !inner.starts_with('见')
            && !inner.starts_with("包括")
            && !inner.contains(['：', ':'])
    });
    inside || called || explained
}

/// 知识图谱（以结构化形式描述…）: a bracket with a gloss of some length that is no mere list of examples.
fn is_glossed(text: &str, end: usize) -> bool {
    let after = text[end..].trim_start_matches(fold::is_quote);
    let Some(inner) = after.strip_prefix(['（', '(']).and_then(|rest| near(rest).split(['）', ')']).next())
    else {
        return false;
    };
    let starts = ["包括", "含", "见", "试行", "牵头", "责任", "如", "详见"];
    (6..80).contains(&inner.chars().filter(|&c| is_han(c)).count())
        && !starts.iter().any(|start| inner.starts_with(start))
        && !inner.contains("单位")
}

/// Whether every number of a code is counted out after it: 构建一个平台，三大体系和若干应用.
fn is_counted_out(text: &str, start: usize, end: usize) -> bool {
    let code = &text[start..end];
    let parts = slogan::parts(code);
    if parts.len() < 2 {
        return false;
    }
    // 建设1个平台、落实N个场景的“1+N”模式.
    let before = text[..start].rsplit(['。', '\n']).next().unwrap_or_default();
    if code.contains('+') && parts.iter().all(|part| slogan::is_counted(part, before)) {
        return true;
    }
    let reach = floor_boundary(text, (end + REACH).min(text.len()));
    let after: String = text[end..reach].split_inclusive('。').take(2).collect();
    if code.contains('+') {
        return parts.iter().all(|part| slogan::is_counted(part, &after));
    }
    // 五横四纵, …“五横”包括…，“四纵”包括…. Saying it again counts nothing out.
    let after = after.replace(code, "");
    parts.iter().all(|part| after.contains(part))
}

/// Whether a code stands in brackets behind what it adds up: 东盟与中日韩（10+3）.
fn is_sum_of_the_name_before(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches(fold::is_quote);
    before.strip_suffix(['（', '(']).is_some_and(|name| name.ends_with(is_han))
}

/// Whether the text after a code or slogan says later on what it counts: “1”个… “3”级… in items of their own, “三高”是…
/// “四新”是…, or 一是… 二是… to the number that it counts.
pub(super) fn is_counted_later(after: &str, code: &str) -> bool {
    let parts = slogan::parts(code);
    let is_quoted = |part: &&str| after.contains(&format!("“{part}”"));
    if parts.len() > 1 {
        return parts.iter().all(is_quoted);
    }
    if code.bytes().all(|byte| byte.is_ascii_digit()) {
        return code.len() > 2 && quoted_numbers(after).starts_with(code);
    }
    let first = code.chars().next().unwrap_or_default();
    let count = numeral::value(&first.to_string()).filter(|&count| numeral::is_han(first) && count > 1);
    count.is_some_and(|count| members::is_itemised(after, count as usize))
}

/// The numbers that stand in quotation marks, one after the other.
fn quoted_numbers(text: &str) -> String {
    let quoted = text.split('“').skip(1).filter_map(|rest| rest.split('”').next());
    quoted.filter(|inner| inner.bytes().all(|byte| byte.is_ascii_digit())).collect()
}

/// Whether `start..end` is the head of a numbered entry: `3.5 数商 data provider`, `10.数据场外交易，数据供需方…`.
pub(super) fn is_entry(text: &str, start: usize, end: usize) -> bool {
    let (before, after) = (&text[..start], &text[end..]);
    let is_marker = before.len() <= 16 && !before.contains(is_han);
    let equivalent =
        !after.is_empty() && after.starts_with(|c: char| c.is_ascii_alphabetic()) && after.is_ascii();
    is_marker && (equivalent || (before.contains(|c: char| c.is_ascii_digit()) && after.starts_with('，')))
}
