//! Short forms that a text declares: （以下简称X）, ，简称X。, （以下统称X，包括…）.

use zhengming_text::fold;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;
use zhengming_text::zh::{cue, mark};

use super::sentence::CALLED;
use super::{Definition, Pattern, window, without_layout};

/// Longest short form, in characters.
const LONGEST: usize = 20;
/// Bytes in which a declaration must end.
const REACH: usize = 200;
/// What may stand between a cue and what it declares.
const LINKS: [char; 3] = ['为', '作', '是'];

/// Adds the short forms declared in `text`.
pub(super) fn find(text: &str, block: usize, signs: Signs, found: &mut Vec<Definition>) {
    if signs.any(Signs::CALLED) {
        for at in CALLED.find_iter(text.as_bytes()) {
            declared(text, at, block, found);
        }
    }
}

fn declared(text: &str, at: usize, block: usize, found: &mut Vec<Definition>) {
    let end = at + '称'.len_utf8();
    let Some(cue) = cue::ends_with_any(&text[..end], &cue::SHORT_FORMS) else { return };
    let before = text[..end - cue.len()].trim_end_matches(fold::is_space);
    let is_set_off = before.ends_with(mark::PART_ENDS)
        || before.ends_with(mark::OPEN_BRACKETS)
        || before.ends_with(mark::CLOSE_BRACKETS);
    if !is_set_off {
        return;
    }
    let is_link = |c: char| fold::is_space(c) || LINKS.contains(&c) || mark::COLONS.contains(&c);
    let rest = text[end..].trim_start_matches(is_link);
    let start = text.len() - rest.len();
    let Some(declared) = declaration(window(text, start, REACH)) else { return };
    let mut at = start;
    // 公共管理和服务机构 is one name, “甲”和“乙” are two.
    let several = declared.matches(mark::OPEN_QUOTES).count() > 1;
    let divides = |c: char| mark::PAUSES.contains(&c) || mark::JOINTS.contains(&c);
    for part in declared.split_inclusive(|c| several && divides(c)) {
        let word = part.strip_prefix('者').unwrap_or(part);
        let word = if several { word.trim_end_matches(divides) } else { word };
        let shift = part.find(word).unwrap_or(0);
        push_short(text, TextRange::new(at + shift, at + shift + word.len()), before, block, found);
        at += part.len();
    }
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

fn push_short(text: &str, body: TextRange, before: &str, block: usize, found: &mut Vec<Definition>) {
    let raw = text[body.range()].trim_start();
    let start = body.end - raw.len();
    let body = TextRange::new(start, start + raw.trim_end().len());
    if body.is_empty() {
        return;
    }
    let raw = &text[body.range()];
    let inner = raw.trim_matches(|c| fold::is_quote(c) || fold::is_space(c));
    let name = without_layout(inner);
    if name.is_empty() || name.chars().count() > LONGEST || name.contains(['是', '？']) {
        return;
    }
    let offset = body.start + raw.find(inner).unwrap_or(0);
    let mut term = TextRange::new(offset, offset + inner.len());
    let mut text_of = name;
    // 《全名》（以下简称《方案》）: the full name is what is being given another one.
    if inner.starts_with('《')
        && let Some(close) = before
            .trim_end_matches(|c| mark::OPEN_BRACKETS.contains(&c) || mark::COMMAS.contains(&c))
            .trim_end()
            .strip_suffix('》')
        && let Some(open) = close.rfind('《').filter(|open| close.len() - open < 400)
    {
        term = TextRange::new(open, close.len() + '》'.len_utf8());
        text_of = without_layout(&text[term.range()]);
    }
    found.push(Definition {
        block,
        term,
        text: text_of,
        body: vec![(block, body)],
        pattern: Pattern::ShortForm,
    });
}
