//! Short forms that a text declares: （以下简称X）, ，简称X。, （以下统称X，包括…）, 甲、乙统称X.

use zhengming_text::fold;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;
use zhengming_text::zh::{cue, mark};

use super::sentence::CALLED;
use super::{Definition, Pattern, name, window, without_layout};

/// Longest short form, in characters.
const LONGEST: usize = 20;
/// Bytes in which a declaration must end.
const REACH: usize = 200;
/// Longest title that is given a short form, in bytes.
const LONGEST_TITLE: usize = 400;
/// What may stand between a cue and what it declares.
const LINKS: [char; 3] = ['为', '作', '是'];

/// A short form that a text declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShortForm {
    /// The short form without its marks.
    pub(crate) name: TextRange,
    /// What is declared, with its marks.
    pub(crate) declared: TextRange,
    /// What it is short for, as far as can be told: a title with its marks, or the name before the cue.
    pub(crate) full: Option<TextRange>,
}

/// Adds the short forms declared in `text`.
pub(super) fn find(text: &str, block: usize, signs: Signs, found: &mut Vec<Definition>) {
    if !signs.any(Signs::CALLED) {
        return;
    }
    for short in short_forms(text) {
        // 《全名》（以下简称《方案》）: the full name is what is being given another one.
        let is_title = text[short.declared.range()].starts_with('《');
        let title = short.full.filter(|full| is_title && text[full.range()].starts_with('《'));
        let term = title.unwrap_or(short.name);
        let label = without_layout(&text[term.range()]);
        let body = vec![(block, short.declared)];
        found.push(Definition { block, term, text: label, body, pattern: Pattern::ShortForm });
    }
}

/// The short forms that `text` declares, in order.
pub(crate) fn short_forms(text: &str) -> Vec<ShortForm> {
    let mut found = Vec::new();
    for at in CALLED.find_iter(text.as_bytes()) {
        declared(text, at, &mut found);
    }
    found
}

fn declared(text: &str, at: usize, found: &mut Vec<ShortForm>) {
    let end = at + '称'.len_utf8();
    let Some(cue) = cue::ends_with_any(&text[..end], &cue::SHORT_FORMS) else { return };
    let before = text[..end - cue.len()].trim_end_matches(fold::is_space);
    let is_set_off = before.ends_with(mark::PART_ENDS)
        || before.ends_with(mark::OPEN_BRACKETS)
        || before.ends_with(mark::CLOSE_BRACKETS)
        || before.is_empty();
    let is_link = |c: char| fold::is_space(c) || LINKS.contains(&c) || mark::COLONS.contains(&c);
    let rest = text[end..].trim_start_matches(is_link);
    let start = text.len() - rest.len();
    let link = text[end..].chars().next();
    if !is_set_off && !gathers(before, cue, link, rest) {
        return;
    }
    let Some(declared) = declaration(window(text, start, REACH)) else { return };
    let full = full_before(text, before);
    let mut at = start;
    // 公共管理和服务机构 is one name, “甲”和“乙” are two, and so is what is 分别简称.
    let several = declared.matches(mark::OPEN_QUOTES).count() > 1 || cue.contains("分别");
    let divides = |c: char| mark::PAUSES.contains(&c) || mark::JOINTS.contains(&c);
    for part in declared.split_inclusive(|c| several && divides(c)) {
        let word = part.strip_prefix('者').unwrap_or(part);
        let word = if several { word.trim_end_matches(divides) } else { word };
        let shift = part.find(word).unwrap_or(0);
        found.extend(short_form(text, TextRange::new(at + shift, at + shift + word.len()), full));
        at += part.len();
    }
}

/// Whether a cue that nothing sets off gathers the members before it under one name: 甲局、乙局统称主管部门; or names one
/// in quotation marks: 大脑简称“智脑”.
fn gathers(before: &str, cue: &str, link: Option<char>, rest: &str) -> bool {
    let near = &before[floor_boundary(before, before.len().saturating_sub(REACH))..];
    let clause = near.rsplit(mark::CLAUSE_ENDS).next().unwrap_or(near);
    // 基金会的基金和见义勇为基金以下统称见义勇为基金: the cue can be nothing else.
    if cue.starts_with("以下") {
        return true;
    }
    let is_noun = before.ends_with(['的', '用', '和', '或', '及', '其', '与', '被', '应', '可', '为']);
    let has_members = clause.contains(mark::PAUSES) && matches!(cue, "统称" | "合称" | "并称" | "以下统称");
    // 前两款规定的部门统称为主管部门.
    let is_named = cue == "统称" && link == Some('为') && !clause.is_empty();
    !is_noun && (has_members || is_named || (cue == "简称" && rest.starts_with(mark::OPEN_QUOTES)))
}

/// What `text` declares: up to a mark or the bracket that closes around it. A bracket of its own belongs to the name:
/// 区（市）主管部门.
fn declaration(text: &str) -> Option<&str> {
    let mut open = 0u32;
    for (at, c) in text.char_indices() {
        if mark::OPEN_BRACKETS.contains(&c) {
            open += 1;
        } else if mark::CLOSE_BRACKETS.contains(&c) {
            if open == 0 {
                return Some(&text[..at]);
            }
            open -= 1;
        } else if open == 0 && mark::CLAUSE_ENDS.contains(&c) && !mark::COLONS.contains(&c) {
            return Some(&text[..at]);
        }
    }
    None
}

/// What stands before a declaration: the title that closes there, or the name with which the words before end.
fn full_before(text: &str, before: &str) -> Option<TextRange> {
    let is_between = |c| fold::is_space(c) || mark::OPEN_BRACKETS.contains(&c) || mark::COMMAS.contains(&c);
    let before = before.trim_end_matches(is_between);
    if !before.ends_with('》') {
        return name::before(text, before.len(), None);
    }
    let from = floor_boundary(before, before.len().saturating_sub(LONGEST_TITLE));
    let open = from + before[from..].rfind('《')?;
    Some(TextRange::new(open, before.len()))
}

fn short_form(text: &str, body: TextRange, full: Option<TextRange>) -> Option<ShortForm> {
    let raw = text[body.range()].trim_start();
    let start = body.end - raw.len();
    let declared = TextRange::new(start, start + raw.trim_end().len());
    let raw = &text[declared.range()];
    let inner = raw.trim_matches(|c| fold::is_quote(c) || fold::is_space(c));
    let label = without_layout(inner);
    let is_name = !label.is_empty()
        && label.chars().count() <= LONGEST
        && !label.contains(['是', '？', '/'])
        && mark::is_balanced(&label);
    let offset = declared.start + raw.find(inner).unwrap_or(0);
    is_name.then(|| ShortForm { name: TextRange::new(offset, offset + inner.len()), declared, full })
}
