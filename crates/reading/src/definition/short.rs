//! Short forms: （以下简称X）, ，简称X。, 全称（ABC）, 全称（“X”）.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use zhengming_text::fold;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;

use super::sentence::CALLED;
use super::{Definition, Pattern, window, without_layout};

/// Longest short form, in characters.
const LONGEST: usize = 20;
/// Longest full form before a gloss, in characters.
const LONGEST_FULL: usize = 30;

static WIDE_BRACKET: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("（"));

/// Adds the short forms declared in `text`.
pub(super) fn find(text: &str, block: usize, signs: Signs, found: &mut Vec<Definition>) {
    if signs.any(Signs::CALLED) {
        for at in CALLED.find_iter(text.as_bytes()) {
            declared(text, at, block, found);
        }
    }
    // A gloss begins with a quotation mark or a capital.
    if signs.any(Signs::BRACKET) && signs.any(Signs::QUOTE.or(Signs::CAPITAL)) {
        for at in WIDE_BRACKET.find_iter(text.as_bytes()) {
            gloss(text, at, at + '（'.len_utf8(), block, found);
        }
        for at in memchr::memchr_iter(b'(', text.as_bytes()) {
            gloss(text, at, at + 1, block, found);
        }
    }
}

fn declared(text: &str, at: usize, block: usize, found: &mut Vec<Definition>) {
    let cue = ["以下简称", "以下统称", "以下合称", "以下称", "下称", "简称", "统称", "合称", "又称", "通称"];
    let end = at + '称'.len_utf8();
    let Some(cue) = cue.iter().find(|cue| text[..end].ends_with(*cue)) else { return };
    let before = text[..end - cue.len()].trim_end_matches(fold::is_space);
    let bracketed = before.ends_with(['（', '(', '〔', '[', '［']);
    if !bracketed && !before.ends_with(['，', ',', '、', '）']) {
        return;
    }
    let rest = text[end..].trim_start_matches(|c| fold::is_space(c) || matches!(c, '为' | '：' | ':' | '作'));
    let start = text.len() - rest.len();
    let rest = window(text, start, 200);
    let Some(stop) = rest.find(['）', ')', '〕', '。', '，', '；', ',', ';', ']', '］']) else {
        return;
    };
    let mut at = start;
    // 公共管理和服务机构 is one name, “甲”和“乙” are two.
    let declared = &text[start..start + stop];
    let several = declared.matches('“').count() > 1;
    for part in declared.split_inclusive(|c| several && matches!(c, '、' | '或' | '和')) {
        let word = part.strip_prefix('者').unwrap_or(part);
        let word = if several { word.trim_end_matches(['、', '或', '和']) } else { word };
        let shift = part.find(word).unwrap_or(0);
        push_short(text, TextRange::new(at + shift, at + shift + word.len()), before, block, found);
        at += part.len();
    }
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
        && let Some(close) =
            before.trim_end_matches(['（', '(', '〔', '，', ',']).trim_end().strip_suffix('》')
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

/// `全称（ABC）` and `全称（“X”）`, with the bracket at `open`.
fn gloss(text: &str, open: usize, inner_start: usize, block: usize, found: &mut Vec<Definition>) {
    if !text[inner_start..].trim_start().starts_with(|c: char| c == '“' || c.is_ascii_uppercase()) {
        return;
    }
    let Some(length) = window(text, inner_start, 64).find(['）', ')']).filter(|&length| length >= 2) else {
        return;
    };
    let raw = &text[inner_start..inner_start + length];
    let inner = raw.trim();
    let acronym = inner.len() >= 2
        && inner.len() <= 10
        && inner.starts_with(|c: char| c.is_ascii_uppercase())
        && inner.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-'))
        && inner.chars().filter(char::is_ascii_uppercase).count() >= 2;
    let quoted = inner.strip_prefix('“').and_then(|rest| rest.strip_suffix('”'));
    let quoted = quoted.filter(|name| !name.contains(['“', '，', '。', '、']) && name.chars().count() <= 12);
    let term = match quoted {
        Some(name) => name,
        None if acronym => inner,
        None => return,
    };
    let full = full_before(text, open);
    if full.len() < 6 {
        return;
    }
    let start = inner_start + raw.find(term).unwrap_or(0);
    found.push(Definition {
        block,
        term: TextRange::new(start, start + term.len()),
        text: without_layout(term),
        body: vec![(block, full)],
        pattern: Pattern::Gloss,
    });
}

/// The full form before a bracket: the quotation that ends there, or the Chinese words.
fn full_before(text: &str, open: usize) -> TextRange {
    let before = text[..open].trim_end_matches(fold::is_space);
    if before.ends_with('”')
        && let Some(quote) = before.rfind('“').filter(|quote| before.len() - quote < 120)
    {
        return TextRange::new(quote, before.len());
    }
    let mut start = before.len();
    for c in before.chars().rev().take(LONGEST_FULL) {
        if !fold::is_han(c) && !fold::is_space(c) && !c.is_ascii_alphanumeric() {
            break;
        }
        start -= c.len_utf8();
    }
    TextRange::new(start, before.len())
}
