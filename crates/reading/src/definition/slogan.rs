//! Slogans with a number that the text unpacks: “三多三全”：一是…; …等“N张清单”; …“三位一体”.

use zhengming_text::fold;
use zhengming_text::span::TextRange;

use super::{Definition, Pattern, sentence_end, window, without_layout};

/// Longest slogan, in characters.
const LONGEST: usize = 12;
/// Bytes before a slogan in which its members may stand.
const REACH: usize = 400;

/// Adds the slogans that `text` unpacks.
pub(super) fn find(text: &str, block: usize, found: &mut Vec<Definition>) {
    let mut from = 0;
    while let Some(open) = text[from..].find('“').map(|at| from + at) {
        let start = open + '“'.len_utf8();
        from = start;
        let Some(length) =
            window(text, start, 120).find(['”', '“', '。']).filter(|&at| text[start + at..].starts_with('”'))
        else {
            continue;
        };
        let term = TextRange::new(start, start + length);
        let name = without_layout(&text[term.range()]);
        let close = term.end + '”'.len_utf8();
        if name.chars().count() > LONGEST || !has_number(&name) {
            continue;
        }
        let body = after(text, close).or_else(|| before(text, open, close, &name));
        if let Some(body) = body {
            found.push(Definition {
                block,
                term,
                text: name,
                body: vec![(block, body)],
                pattern: Pattern::Slogan,
            });
        }
    }
}

/// 三位一体, 1+5+2, N张清单, “四横”.
fn has_number(name: &str) -> bool {
    let first = name.chars().next().unwrap_or_default();
    let numeral =
        |c: char| "一二三四五六七八九十两双百".contains(c) || c.is_ascii_digit() || matches!(c, 'N' | 'X');
    numeral(first)
        && name.chars().count() >= 2
        && !name.starts_with("十三五")
        && !name.starts_with("十四五")
        && !name.starts_with("十五五")
}

/// The members after the slogan: `：一是…`, `架构，即…`, `（…、…）`.
fn after(text: &str, close: usize) -> Option<TextRange> {
    let rest = &text[close..];
    let head: String = rest.chars().take(8).collect();
    let cue = head.find(['：', ':', '（', '('])?;
    let cue_at = close + cue;
    let mark = text[cue_at..].chars().next()?;
    let start = cue_at + mark.len_utf8();
    let end = match mark {
        '（' | '(' => start + window(text, start, 600).find(['）', ')'])?,
        _ => sentence_end(text, start),
    };
    let body = &text[start..end];
    (body.contains(['、', '；']) || body.contains("一是")).then(|| TextRange::new(start, end))
}

/// The members before the slogan: 甲、乙和丙“三位一体”的平台.
fn before(text: &str, open: usize, close: usize, name: &str) -> Option<TextRange> {
    let from = zhengming_text::line_index::floor_boundary(text, open.saturating_sub(REACH));
    let head = &text[from..open];
    let start = head
        .rfind(['。', '；', '，', '：', '”'])
        .map_or(from, |at| from + at + head[at..].chars().next().map_or(0, char::len_utf8));
    let list = text[start..open].trim_end_matches(fold::is_space);
    let list = list.strip_suffix("等").unwrap_or(list);
    let members = 1 + list.matches(['、', '和', '与', '及']).count();
    let wanted = match name.chars().next()? {
        'N' | 'X' => None,
        c => "一二三四五六七八九十".chars().position(|numeral| numeral == c).map(|at| at + 1),
    };
    let fits = match wanted {
        None => name.starts_with(['N', 'X']) && list.matches('、').count() >= 2,
        Some(wanted) => wanted >= 2 && list.contains('、') && members == wanted,
    };
    if !fits {
        return None;
    }
    let rest = window(text, close, 600);
    let end = close + rest.find(['，', '。', '；', '、']).unwrap_or(rest.trim_end().len());
    Some(TextRange::new(start + (text[start..].len() - text[start..].trim_start().len()), end))
}
