//! What a text names a document for: to rely on it, as a source, or to tell what was.

use std::sync::LazyLock;

use memchr::memmem::{Finder, FinderRev};

use zhengming_text::line_index::floor_boundary;

use super::{Citation, Role, cues};
use zhengming_text::zh::mark;

/// Bytes on either side that are looked at.
const REACH: usize = 240;

/// Words before a document that was replaced, or of which the past is told.
const BEFORE: [&str; 16] = [
    "代替",
    "替代",
    "取代",
    "废止",
    "作废",
    "历次版本",
    "首次发布",
    "第一次修订",
    "第二次修订",
    "曾于",
    "此前",
    "原依据",
    "原执行",
    "前身",
    "曾用",
    "相较于",
];
/// Words after it.
const AFTER: [&str; 20] = [
    "相比",
    "的基础上",
    "基础上",
    "同时废止",
    "予以废止",
    "废止",
    "作废",
    "代替",
    "已被",
    "停止执行",
    "停止使用",
    "更名为",
    "修订为",
    "修订而",
    "修改而",
    "年版的",
    "版的基础",
    "不再适用",
    "失效",
    "旧版",
];
/// Words that end what a word of the past reaches: from here on the document is relied upon.
const RELIES: [&str; 10] = ["依据", "按照", "根据", "参照", "执行", "符合", "遵循", "遵照", "应当", "适用"];

/// What the text names `citation` for.
pub(super) fn of(text: &str, citation: &Citation) -> Role {
    let from = floor_boundary(text, citation.range.start.saturating_sub(REACH));
    let to = floor_boundary(text, citation.range.end + REACH);
    let before = &text[from..citation.range.start];
    let before = before.rsplit(mark::STOPS).next().unwrap_or(before);
    static CUES: LazyLock<[FinderRev<'static>; 16]> = LazyLock::new(|| BEFORE.map(FinderRev::new));
    static SOURCE: LazyLock<FinderRev<'static>> = LazyLock::new(|| FinderRev::new("来源"));
    if SOURCE.rfind(before.as_bytes()).is_some_and(|at| {
        let between = before[at + "来源".len()..].trim_start();
        between.starts_with(['：', ':']) && !between.contains(mark::CLOSE_SQUARE)
    }) {
        return Role::Source;
    }
    let reached = |cue: &FinderRev<'_>| {
        let Some(at) = cue.rfind(before.as_bytes()) else { return false };
        let between = &before[at + cue.needle().len()..];
        !RELIES.iter().any(|word| between.contains(word))
    };
    // One character of each cue: most citations stand near none of them.
    static CUES_BEFORE: cues::Characters<12> =
        cues::Characters::new(['替', '取', '废', '历', '首', '修', '曾', '此', '原', '身', '作', '较']);
    let told = CUES_BEFORE.held_in(before);
    if told.contains(&true) && CUES.iter().any(reached) {
        return Role::History;
    }
    let end = citation.clause_range.map_or(citation.range.end, |range| range.end);
    let after = &text[end.min(to)..to];
    let after = after.split(mark::STOPS).next().unwrap_or(after);
    static CUES_AFTER: cues::Characters<13> =
        cues::Characters::new(['比', '础', '废', '作', '替', '被', '停', '更', '修', '版', '再', '失', '旧']);
    let told = CUES_AFTER.held_in(after);
    if !told.contains(&true) {
        return Role::Reference;
    }
    static CUES_LATER: LazyLock<[Finder<'static>; 20]> = LazyLock::new(|| AFTER.map(Finder::new));
    let cue = CUES_LATER.iter().filter_map(|cue| cue.find(after.as_bytes())).min();
    if cue.is_some_and(|at| {
        at <= 150 && !RELIES.iter().any(|word| after[..at].contains(word)) && is_own_clause(&after[..at])
    }) {
        return Role::History;
    }
    Role::Reference
}

/// Whether nothing but the title and further numbers stands between a number and what is said of it: a
/// comma at most, and the word right after it.
fn is_own_clause(between: &str) -> bool {
    let mut depth = 0_i32;
    let mut after_comma = None;
    for c in between.chars() {
        match c {
            '《' | '（' | '(' => depth += 1,
            '》' | '）' | ')' => depth -= 1,
            '，' | ',' if depth <= 0 && after_comma.is_some() => return false,
            '，' | ',' if depth <= 0 => after_comma = Some(0),
            _ => after_comma = after_comma.map(|count| count + 1),
        }
    }
    after_comma.is_none_or(|count| count <= 8)
}
