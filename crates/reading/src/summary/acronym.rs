//! Acronyms with what they stand for: 城市信息模型（CIM）, IoT（物联网）,
//! 建筑信息模型（Building Information Modeling，BIM）.

use serde::{Deserialize, Serialize};

use zhengming_text::fold;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::span::TextRange;

use super::Site;

/// An acronym and its expansion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acronym {
    /// The acronym: `CIM`.
    pub acronym: String,
    /// What it stands for, in Chinese: `城市信息模型`.
    pub expansion: String,
    /// Whether marks show where the expansion begins; else words before it may have come along.
    pub exact: bool,
    /// Where the acronym stands.
    pub site: Site,
}

/// An acronym in the text of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) range: TextRange,
    pub(super) acronym: String,
    pub(super) expansion: String,
    pub(super) exact: bool,
}

/// Longest bracket that is read, in bytes.
const LONGEST_BRACKET: usize = 120;
/// Longest expansion in quotation marks that is looked for, with its mark, in bytes.
const LONGEST_QUOTED: usize = 4 * LONGEST + '“'.len_utf8();
/// Longest expansion, in characters.
const LONGEST: usize = 16;
/// Shortest expansion, in characters.
const SHORTEST: usize = 3;

/// Words before an expansion that are no part of it, longer ones first.
const LEADS: [&str; 43] = [
    "以及", "推进", "推动", "基于", "利用", "运用", "采用", "通过", "建设", "构建", "结合", "依托", "搭建",
    "完善", "建立", "加强", "开展", "实施", "使用", "包括", "按照", "根据", "支持", "形成", "提升", "实现",
    "探索", "推广", "融合", "打造", "强化", "部署", "引入", "以", "和", "与", "及", "的", "或", "为", "对",
    "将", "用",
];

/// The acronyms in `text`, in order.
pub(super) fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for (open, mark) in text.match_indices(['（', '(']) {
        let start = open + mark.len();
        let window = &text[start..floor_boundary(text, start + LONGEST_BRACKET)];
        let Some(length) = window.find(['）', ')']) else { continue };
        let inner = TextRange::new(start, start + length);
        found.extend(acronym_inside(text, open, inner).or_else(|| acronym_before(text, open, inner)));
    }
    found
}

/// 全称（ABC）, 全称（Full Form，ABC）, 全称（以下简称ABC）.
fn acronym_inside(text: &str, open: usize, inner: TextRange) -> Option<Found> {
    let raw = &text[inner.range()];
    let last = raw.rsplit(['，', ',', '、', '；', ':', '：']).next()?;
    let name = last.trim().trim_start_matches("以下简称").trim_start_matches("简称");
    let name = name.trim_matches(|c| fold::is_quote(c) || c.is_whitespace());
    if !is_acronym(name) || raw.chars().filter(|&c| fold::is_han(c)).count() > 4 {
        return None;
    }
    let (expansion, exact) = expansion_before(&text[..open])?;
    let start = inner.start + raw.rfind(name)?;
    Some(Found {
        range: TextRange::new(start, start + name.len()),
        acronym: name.to_owned(),
        expansion,
        exact,
    })
}

/// ABC（全称）
fn acronym_before(text: &str, open: usize, inner: TextRange) -> Option<Found> {
    let head = text[..open].trim_end_matches(|c| fold::is_space(c) || fold::is_quote(c));
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let name = &head[head.trim_end_matches(letters).len()..];
    let expansion = text[inner.range()].split(['，', ',', '；']).next()?.trim();
    let length = expansion.chars().count();
    let all_han = expansion.chars().all(fold::is_han);
    // GDP（现价）, APP（浙里办）: what is said of it, not what it stands for, is short.
    if !is_acronym(name) || !all_han || !(SHORTEST + 1..=LONGEST).contains(&length) {
        return None;
    }
    let start = head.len() - name.len();
    Some(Found {
        range: TextRange::new(start, head.len()),
        acronym: name.to_owned(),
        expansion: expansion.to_owned(),
        exact: true,
    })
}

/// Two to eight characters, of which at least two are capital letters: CIM, IoT, B2B.
fn is_acronym(name: &str) -> bool {
    (2..=8).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && name.bytes().filter(u8::is_ascii_uppercase).count() >= 2
}

/// The Chinese words at the end of `before`, and whether marks show where they begin.
fn expansion_before(before: &str) -> Option<(String, bool)> {
    let before = before.trim_end_matches(fold::is_space);
    if let Some(rest) = before.strip_suffix('”') {
        let tail = &rest[floor_boundary(rest, rest.len().saturating_sub(LONGEST_QUOTED))..];
        let name = &tail[tail.rfind('“')? + '“'.len_utf8()..];
        let fits = name.chars().all(fold::is_han) && (SHORTEST..=LONGEST).contains(&name.chars().count());
        return fits.then(|| (name.to_owned(), true));
    }
    let start = before.len()
        - before.chars().rev().take_while(|&c| fold::is_han(c)).map(char::len_utf8).sum::<usize>();
    let mut run = &before[start..];
    let mut exact = run.chars().count() <= LONGEST;
    for lead in LEADS {
        // The last such word counts: 完善以建筑信息模型 begins after 以.
        if let Some(at) = run.rfind(lead).map(|at| at + lead.len())
            && run[at..].chars().count() > SHORTEST
        {
            run = &run[at..];
            exact = false;
        }
    }
    let excess = run.chars().count().saturating_sub(LONGEST);
    if excess > 0 {
        run = &run[run.char_indices().nth(excess)?.0..];
    }
    (run.chars().count() >= SHORTEST).then(|| (run.to_owned(), exact))
}
