//! Which format a text is in: by the name where it says so, else by the text itself.

use crate::{Format, csv, ending, front_matter};

/// Beyond this many bytes nothing is looked at; a format shows at the beginning.
const SAMPLE: usize = 64 * 1024;

pub(crate) fn format(name: &str, text: &str) -> Format {
    // A text may be called anything; only what its writer means by an ending of text is believed.
    match Format::from_ending(ending(name)) {
        Some(named) if named.is_text() && named != Format::PlainText => return named,
        _ => {}
    }
    if front_matter::split(text).is_some() {
        return Format::Markdown;
    }
    let sample = &text[..zhengming_text::line_index::floor_boundary(text, SAMPLE.min(text.len()))];
    if is_html(sample) {
        Format::Html
    } else if is_markdown(sample) {
        Format::Markdown
    } else if csv::is_table(sample) {
        Format::Csv
    } else {
        Format::PlainText
    }
}

/// A page begins with markup; a table of plain text may hold a `<p>` in its cells.
fn is_html(sample: &str) -> bool {
    let mut opening = sample.lines().map(str::trim_start).filter(|line| !line.is_empty()).take(3);
    let Some(first) = opening.next() else {
        return false;
    };
    let starts =
        |line: &str, start: &str| line.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start));
    if starts(first, "<!doctype html") || starts(first, "<html") || starts(first, "<?xml") {
        return true;
    }
    let begins = |line: &str| line.as_bytes().first() == Some(&b'<');
    (begins(first) || opening.any(begins)) && block_tags(sample) >= 5
}

fn block_tags(sample: &str) -> usize {
    const NAMES: [&[u8]; 14] = [
        b"p", b"div", b"td", b"th", b"tr", b"li", b"table", b"body", b"head", b"ul", b"h1", b"h2", b"h3",
        b"section",
    ];
    memchr::memchr_iter(b'<', sample.as_bytes())
        .filter(|&at| {
            let rest = &sample.as_bytes()[at + 1..];
            let length = rest.iter().take(8).take_while(|byte| byte.is_ascii_alphanumeric()).count();
            NAMES.iter().any(|name| rest[..length].eq_ignore_ascii_case(name))
        })
        .count()
}

/// Several headings make a text Markdown, or one at the top with a blank line after it.
fn is_markdown(sample: &str) -> bool {
    let heading = |line: &str| {
        let level = line.bytes().take_while(|&byte| byte == b'#').count();
        (1..=6).contains(&level) && line[level..].starts_with(' ') && !line[level..].trim().is_empty()
    };
    let mut lines = sample.lines().enumerate().peekable();
    let mut count = 0;
    while let Some((at, line)) = lines.next() {
        if heading(line) {
            count += 1;
            let is_title = at < 5 && lines.peek().is_some_and(|(_, next)| next.trim().is_empty());
            if is_title || count == 2 {
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_decides_where_it_can() {
        assert_eq!(format("a.md", "<html>"), Format::Markdown);
        assert_eq!(format("a.HTM", "# 标题"), Format::Html);
    }

    #[test]
    fn the_text_decides_otherwise() {
        for (text, expected) in [
            ("\n---\ntitle: 甲\n---\n<div><p>乙</p></div>", Format::Markdown),
            ("<!DOCTYPE html><p>甲", Format::Html),
            ("#SOURCE x\n<div><table><tr><td>甲</td><td>乙</td></tr></table></div>", Format::Html),
            ("# 某某条例\n\n## 第一章 总则\n\n第一条 略", Format::Markdown),
            ("1\t甲\t<p>乙</p>\n2\t甲\t<p>乙</p>\n3\t甲\t<p>乙</p><p>丙</p><p>丁</p>", Format::PlainText),
            ("# 某某条例\n\n第一条 略", Format::Markdown),
            ("# 只有一行\n正文", Format::PlainText),
            ("", Format::PlainText),
        ] {
            assert_eq!(format("a.txt", text), expected, "{text}");
        }
    }
}
