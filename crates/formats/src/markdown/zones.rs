//! Stretches of a Markdown source that site generators and editors take out or fill in before a reader sees
//! the page: templates, shortcodes, attributes, comments of Obsidian, imports of MDX.

use zhengming_text::span::Span;

/// A stretch that is no prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Zone {
    pub(super) span: Span,
    /// Whether something is put in its place; otherwise the text goes on behind it.
    pub(super) shows: bool,
}

/// How something begins and ends, and whether it shows something.
const BRACKETS: [(&str, &str, bool); 7] = [
    ("{{", "}}", true),
    ("{%", "%}", true),
    ("${", "}", true),
    ("{#", "}", false),
    ("{:", "}", false),
    ("{.", "}", false),
    ("%%", "%%", false),
];

/// A template is not longer than this, in bytes; an opening bracket that is never closed must not cost the rest.
const LONGEST: usize = 4000;

/// The zones of `source` from `start` on, in order and without overlap.
pub(super) fn find(source: &str, start: usize) -> Vec<Zone> {
    let mut found = Vec::new();
    let bytes = source.as_bytes();
    let mut at = start;
    while let Some(mark) = memchr::memchr3(b'{', b'$', b'%', &bytes[at..]).map(|offset| at + offset) {
        at = mark + 1;
        let rest = &source[mark..];
        if let Some((length, shows)) = expression(rest) {
            at = mark + length;
            found.push(Zone { span: Span::new(mark, at), shows });
            continue;
        }
        let Some((open, close, shows)) = BRACKETS.iter().find(|(open, ..)| rest.starts_with(open)) else {
            continue;
        };
        let inner = &rest[open.len()..];
        let inner = &inner[..zhengming_text::line_index::floor_boundary(inner, LONGEST)];
        let Some(length) = inner.find(close) else { continue };
        let text = &inner[..length];
        // A comment may hold paragraphs; the others are of one piece, and attributes of one line.
        let fits = match *open {
            "%%" => !text.is_empty(),
            "{#" | "{." | "{:" => !text.contains(['\n', '。', '，']),
            _ => !text.contains("\n\n"),
        };
        if fits {
            at = mark + open.len() + length + close.len();
            found.push(Zone { span: Span::new(mark, at), shows: *shows });
        }
    }
    lines(source, start, &mut found);
    found.sort_by_key(|zone| zone.span);
    let mut end = 0;
    found.retain(|zone| {
        let is_free = zone.span.start >= end;
        end = if is_free { zone.span.end } else { end };
        is_free
    });
    found
}

/// How long the expression of MDX is with which `text` begins, and whether it shows something: `{props.title}`,
/// `{t("甲")}`, `{/* 甲 */}`. Braces of prose hold Chinese characters outside of quotation marks.
fn expression(text: &str) -> Option<(usize, bool)> {
    let inner = text.strip_prefix('{')?;
    if let Some(comment) = inner.strip_prefix("/*") {
        let length = comment[..zhengming_text::line_index::floor_boundary(comment, LONGEST)].find("*/}")?;
        return Some((1 + 2 + length + 3, false));
    }
    inner
        .starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '(' | '"' | '\'' | '`'))
        .then_some(())?;
    let (mut depth, mut quote) = (1_usize, None);
    for (at, c) in text.char_indices().skip(1).take(LONGEST) {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), '\n') => return None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') => depth -= 1,
            (None, c) if !c.is_ascii() => return None,
            (None, _) => {}
        }
        if depth == 0 {
            return Some((at + 1, true));
        }
    }
    None
}

/// What takes up a line or its beginning: `import X from '…'` of MDX, `::: tip` of containers.
fn lines(source: &str, start: usize, found: &mut Vec<Zone>) {
    let has = |text: &str| memchr::memmem::find(&source.as_bytes()[start..], text.as_bytes()).is_some();
    if !has(":::") && !has("import ") && !has("export ") {
        return;
    }
    let mut at = start;
    for line in source[start..].split_inclusive('\n') {
        let text = line.trim_end();
        let indent = text.len() - text.trim_start().len();
        let colons = text[indent..].bytes().take_while(|byte| *byte == b':').count();
        let is_import = text.starts_with("import ")
            && (text.contains(" from ") || text.contains(['\'', '"']))
            || text.starts_with("export ") && (text.contains('=') || text.contains(" default "));
        if is_import {
            found.push(Zone { span: Span::new(at, at + text.len()), shows: false });
        } else if colons >= 3 {
            let after = &text[indent + colons..];
            let name = after.len() - after.trim_start().len();
            let name = name
                + after[name..]
                    .bytes()
                    .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
                    .count();
            found.push(Zone { span: Span::new(at + indent, at + indent + colons + name), shows: false });
        }
        at += line.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_and_comments_are_found_with_their_ends() {
        let text = "{{< ref \"甲\" >}}乙{% link 丙 %}，增长5%和6%%%丁%%。\n::: tip 戊\n## 己 {#庚 .x}\nimport A from './a.md'\n价格${甲}";
        let zones = find(text, 0);
        let found: Vec<_> = zones.iter().map(|zone| (&text[zone.span.range()], zone.shows)).collect();
        assert_eq!(
            found,
            [
                ("{{< ref \"甲\" >}}", true),
                ("{% link 丙 %}", true),
                ("%%%丁%%", false),
                ("::: tip", false),
                ("{#庚 .x}", false),
                ("import A from './a.md'", false),
                ("${甲}", true),
            ]
        );
    }

    #[test]
    fn expressions_of_mdx_are_no_prose() {
        let text = "用{props.甲 ? 1 : 2}，{props.title}和{t(\"甲}\", {a: 1})}。{/* 乙 */}";
        let found: Vec<_> = find(text, 0).iter().map(|zone| (&text[zone.span.range()], zone.shows)).collect();
        assert_eq!(found, [("{props.title}", true), ("{t(\"甲}\", {a: 1})}", true), ("{/* 乙 */}", false)]);
    }

    #[test]
    fn braces_of_prose_are_left_alone() {
        for text in ["集合{甲，乙}", "100%", "{{未闭合", "$5{甲}", "{a、乙}", "{\"甲"] {
            assert_eq!(find(text, 0), [], "{text}");
        }
    }
}
