//! Small readings of running text that several rules need: sentences, titles, code, quotation marks.

mod bare_title;
mod unwrapped;

use std::sync::LazyLock;

use memchr::memmem::Finder;

use zhengming_text::fold;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::span::TextRange;
use zhengming_text::zh::mark;

pub use unwrapped::Unwrapped;

/// Longest title that is believed; an unclosed 《 would otherwise swallow the rest of a paragraph.
const LONGEST_TITLE: usize = 400;

/// Most bytes of a sentence that are looked at on either side: text without any end mark must not make
/// every finding cost as much as the whole.
const LONGEST_REACH: usize = 600;

/// The sentence around `range`, without its end mark and surrounding white space; of a very long one,
/// the part near the range.
pub fn sentence_around(text: &str, range: TextRange) -> TextRange {
    let from = floor_boundary(text, range.start.saturating_sub(LONGEST_REACH));
    let to = floor_boundary(text, range.end + LONGEST_REACH).max(range.end);
    let before = &text[from..range.start];
    let after = &text[range.end..to];
    let start =
        before.rfind(mark::STOPS).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let before = &before[start..];
    let after = &after[..after.find(mark::STOPS).unwrap_or(after.len())];
    TextRange::new(range.start - before.trim_start().len(), range.end + after.trim_end().len())
}

/// The quotation around `range`, without its marks, if it stands between “ and ”.
pub fn quotation_around(text: &str, range: TextRange) -> Option<TextRange> {
    let from = floor_boundary(text, range.start.saturating_sub(LONGEST_REACH));
    let to = floor_boundary(text, range.end + LONGEST_REACH).max(range.end);
    let open =
        from + text[from..range.start].rfind(['“', '”']).filter(|&at| text[from + at..].starts_with('“'))?;
    let close = range.end
        + text[range.end..to].find(['“', '”']).filter(|&at| text[range.end + at..].starts_with('”'))?;
    Some(TextRange::new(open + '“'.len_utf8(), close))
}

static TITLE_END: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("》"));
static SOURCE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("来源"));

/// A stretch of text whose words are not the author's own choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZoneKind {
    /// Between 《 and 》, or after the number of a standard: the name of a document is what it is.
    Title,
    /// An address, a path, data or a command.
    Code,
    /// A bracket that names a source: ［来源：…］.
    Source,
}

/// The titles, addresses, sources and pieces of data in `text`, in order and without overlap: of two that
/// overlap, the one that begins first.
pub fn zones(text: &str) -> Vec<(TextRange, ZoneKind)> {
    let mut zones = Vec::new();
    titles(text, &mut zones);
    bare_title::find(text, |title| zones.push((title, ZoneKind::Title)));
    addresses(text, &mut zones);
    enclosed(text, &mut zones);
    sources(text, &mut zones);
    zones.sort_by_key(|(zone, _)| *zone);
    let mut end = 0;
    zones.retain(|(zone, _)| {
        let free = zone.start >= end;
        end = if free { zone.end } else { end };
        free
    });
    zones
}

/// The zone that holds `range`, of the zones of a text as [`zones`] gives them.
pub fn zone_at(zones: &[(TextRange, ZoneKind)], range: TextRange) -> Option<ZoneKind> {
    let after = zones.partition_point(|(zone, _)| zone.start <= range.start);
    let (zone, kind) = zones.get(after.checked_sub(1)?)?;
    zone.contains(range).then_some(*kind)
}

fn titles(text: &str, zones: &mut Vec<(TextRange, ZoneKind)>) {
    if TITLE_END.find(text.as_bytes()).is_none() {
        return;
    }
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '《' | '》' | '。')) {
        match c {
            '《' => open.push(at),
            // No title runs over the end of a sentence; what was open was never closed.
            '。' => open.clear(),
            _ => {
                let Some(start) = open.pop() else { continue };
                if open.is_empty() && at - start <= LONGEST_TITLE {
                    zones.push((TextRange::new(start, at + c.len_utf8()), ZoneKind::Title));
                }
            }
        }
    }
}

fn addresses(text: &str, zones: &mut Vec<(TextRange, ZoneKind)>) {
    for (first, scheme) in [(b':', "://"), (b'w', "www.")] {
        let mut from = 0;
        for at in memchr::memchr_iter(first, text.as_bytes()) {
            if at < from || !text[at..].starts_with(scheme) {
                continue;
            }
            let before = text[from..at].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
            let end = text[at..]
                .find(|c: char| c.is_whitespace() || "，。；、）》”’！？」<>\"".contains(c))
                .map_or(text.len(), |length| at + length);
            zones.push((TextRange::new(at - before, end), ZoneKind::Code));
            from = end;
        }
    }
}

fn sources(text: &str, zones: &mut Vec<(TextRange, ZoneKind)>) {
    for at in SOURCE.find_iter(text.as_bytes()) {
        if !text[at + "来源".len()..].starts_with(['：', ':']) {
            continue;
        }
        let Some(open) = text[..at].chars().next_back().filter(|c| "[［（(【〔".contains(*c)) else {
            continue;
        };
        let inner = &text[at..];
        let end = inner
            .find(|c: char| mark::CLOSE_BRACKETS.contains(&c) || c == '\n')
            .map_or(text.len(), |length| at + length);
        zones.push((TextRange::new(at - open.len_utf8(), end), ZoneKind::Source));
    }
}

/// Text between backticks, and JSON-like data between braces.
fn enclosed(text: &str, zones: &mut Vec<(TextRange, ZoneKind)>) {
    let mut ticks = memchr::memchr_iter(b'`', text.as_bytes());
    while let (Some(start), Some(end)) = (ticks.next(), ticks.next()) {
        zones.push((TextRange::new(start, end + 1), ZoneKind::Code));
    }
    let mut from = 0;
    while let Some(start) = memchr::memchr(b'{', &text.as_bytes()[from..]).map(|at| from + at) {
        let Some(end) = memchr::memchr(b'}', &text.as_bytes()[start..]).map(|at| start + at + 1) else {
            return;
        };
        let inside = &text[start..end];
        let is_template = inside.contains("{{") || inside.starts_with("{%") || text[..start].ends_with('$');
        if inside.contains('"') || is_template {
            zones.push((TextRange::new(start, end), ZoneKind::Code));
        }
        from = end;
    }
}

/// Whether the range begins the number of a document: 浙里办〔2022〕3号, 浙里办发〔2021〕15号.
pub fn is_document_number(text: &str, range: TextRange) -> bool {
    let after = &text[range.end..];
    let after = after.strip_prefix(['发', '函', '办', '字', '规', '通']).unwrap_or(after);
    let mut rest = after.chars();
    rest.next().is_some_and(|c| mark::OPEN_BRACKETS.contains(&c))
        && rest.next().is_some_and(|c| matches!(c, '1' | '2' | '１' | '２'))
        && rest.take(3).all(char::is_numeric)
}

/// Whether the range is part of a file name or identifier: glued to `_`, `\`, an extension or `@`, a tag, a
/// placeholder, the label of a reference.
pub fn is_identifier(text: &str, range: TextRange) -> bool {
    let before = &text[..range.start];
    let after = &text[range.end..];
    let previous = before.chars().next_back();
    let mut following = after.chars();
    let next = following.next();
    let second = following.next();
    matches!(previous, Some('_' | '\\' | '@' | '#' | '$' | '^'))
        || matches!(next, Some('_' | '\\'))
        || (next == Some('.') && second.is_some_and(|c| c.is_ascii_lowercase()))
        || (matches!(next, Some('@' | '=')) && second.is_some_and(|c| c.is_ascii_alphanumeric()))
        || (previous == Some('<') && next == Some('>'))
        || (previous == Some(':') && next == Some(':'))
        || (previous == Some('[') && after.starts_with("]:"))
        || is_path(before, after)
}

/// Whether a word stands in a path: `/浙政钉/`, `docs/浙政钉/a.md`. A stroke between two words is none.
fn is_path(before: &str, after: &str) -> bool {
    let in_path = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '~' | '%');
    let head = before.len()
        - before.chars().rev().take(200).take_while(|c| in_path(*c)).map(char::len_utf8).sum::<usize>();
    let tail = after.chars().take(200).take_while(|c| in_path(*c)).map(char::len_utf8).sum::<usize>();
    let (head, tail) = (&before[head..], &after[..tail]);
    if !head.ends_with('/') && !tail.starts_with('/') {
        return false;
    }
    let extension = tail.rsplit_once('.').map_or("", |(_, extension)| extension);
    let has_extension =
        (1..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    head.starts_with(['/', '.', '~']) || has_extension
}

/// `text` without white space next to Chinese, line breaks and invisible characters.
pub fn without_layout(text: &str) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in text.chars().filter(|&c| !fold::is_zero_width(c)) {
        if fold::is_space(c) {
            gap = true;
            continue;
        }
        let ascii = |c: char| c.is_ascii_graphic();
        if gap && ascii(c) && out.ends_with(ascii) {
            out.push(' ');
        }
        gap = false;
        out.push(if fold::is_compatibility(c) { fold::folded_char(c).unwrap_or(c) } else { c });
    }
    out
}

/// `text` before a quoted expression, with its opening quotation marks and white space removed.
pub fn before_quotes(text: &str) -> &str {
    text.trim_end_matches(|c| fold::is_quote(c) || fold::is_space(c))
}

/// `text` after a quoted expression, with its closing quotation marks and white space removed.
pub fn after_quotes(text: &str) -> &str {
    text.trim_start_matches(|c| fold::is_quote(c) || fold::is_space(c))
}

/// The range with the quotation mark that its text opens but does not close, or the reverse:
/// `总对总”服务` stands for `“总对总”服务`.
pub fn with_quotes(text: &str, range: TextRange) -> TextRange {
    let mut depth = 0_i32;
    let mut lowest = 0;
    for c in text[range.range()].chars() {
        match c {
            c if mark::OPEN_QUOTES.contains(&c) => depth += 1,
            c if mark::CLOSE_QUOTES.contains(&c) => depth -= 1,
            _ => {}
        }
        lowest = lowest.min(depth);
    }
    let mut extended = range;
    if lowest < 0
        && let Some(mark) = text[..range.start].chars().next_back().filter(|&c| fold::is_quote(c))
    {
        extended.start -= mark.len_utf8();
        depth += 1;
    }
    if depth > 0
        && let Some(mark) = text[range.end..].chars().next().filter(|&c| fold::is_quote(c))
    {
        extended.end += mark.len_utf8();
    }
    extended
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range_of(text: &str, part: &str) -> TextRange {
        let start = text.find(part).unwrap();
        TextRange::new(start, start + part.len())
    }

    #[test]
    fn a_sentence_ends_at_its_marks() {
        let text = "第一句。 要用浙政盯办公；第三句。";
        assert_eq!(&text[sentence_around(text, range_of(text, "浙政盯")).range()], "要用浙政盯办公");
        let long = format!("{}浙政盯", "甲".repeat(100_000));
        assert!(sentence_around(&long, range_of(&long, "浙政盯")).len() < 1_000);
    }

    #[test]
    fn identifiers_are_told_from_words_beside_marks() {
        for text in [
            "图见./浙政盯.png",
            "见docs/浙政盯/a.md",
            "邮箱 浙政盯@zj.gov.cn",
            "请@浙政盯",
            "#浙政盯",
            ":浙政盯:",
            "变量<浙政盯>",
            "浙政盯=1",
            "[浙政盯]: /x",
            "重定向到 /浙政盯",
            "D:\\资料\\浙政盯\\a.docx",
        ] {
            assert!(is_identifier(text, range_of(text, "浙政盯")), "{text}");
        }
        for text in [
            "浙里办/浙政盯",
            "浙政盯/浙里办",
            "平台：浙政盯：办公",
            "用浙政盯。",
            "浙政盯 = 平台",
            "[浙政盯]",
        ] {
            assert!(!is_identifier(text, range_of(text, "浙政盯")), "{text}");
        }
        for text in ["取值${浙政盯}", "{% link 浙政盯 %}", "{{ 浙政盯 }}"] {
            assert_eq!(zone_at(&zones(text), range_of(text, "浙政盯")), Some(ZoneKind::Code), "{text}");
        }
    }

    #[test]
    fn document_numbers_are_told_from_years_in_brackets() {
        for text in ["浙里办〔2022〕3号", "浙里办发〔2021〕15号", "浙里办函[2021]2号"] {
            assert!(is_document_number(text, range_of(text, "浙里办")), "{text}");
        }
        for text in ["浙里办（移动端）", "浙里办发布"] {
            assert!(!is_document_number(text, range_of(text, "浙里办")), "{text}");
        }
    }

    #[test]
    fn the_innermost_quotation_is_found() {
        let text = "他说：“用浙政盯最方便。”浙政盯好";
        let first = range_of(text, "浙政盯");
        assert_eq!(&text[quotation_around(text, first).unwrap().range()], "用浙政盯最方便。");
        let last = text.rfind("浙政盯").unwrap();
        assert_eq!(quotation_around(text, TextRange::new(last, last + 9)), None);
    }

    #[test]
    fn zones_hold_what_is_not_the_authors_wording() {
        for (text, zone) in [
            ("根据《关于〈数据〉的\n意见》要求", "《关于〈数据〉的\n意见》"),
            ("地址为https://a.cn/公共数据平台/v1，须", "https://a.cn/公共数据平台/v1"),
            ("执行`mkdir 政务数据`后", "`mkdir 政务数据`"),
            ("示例：{\"场景\":\"电子政府\"}，", "{\"场景\":\"电子政府\"}"),
            ("《没有合上。按照《公共数据平台规范》执行", "《公共数据平台规范》"),
            ("定义。［来源：公共数据平台规定］", "［来源：公共数据平台规定"),
        ] {
            let zones = zones(text);
            assert_eq!(zones.len(), 1, "{text}");
            assert_eq!(&text[zones[0].0.range()], zone);
        }
        assert!(zones("一个《没有合上的标题").is_empty());
        assert!(zones("集合{甲，乙}").is_empty());
    }

    #[test]
    fn unbalanced_quotes_are_completed() {
        for (text, part, whole) in [
            ("依托“总对总”服务", "总对总”服务", "“总对总”服务"),
            ("参考教育“一张图”", "教育“一张图", "教育“一张图”"),
            ("推广“浙里办”", "浙里办", "浙里办"),
        ] {
            assert_eq!(&text[with_quotes(text, range_of(text, part)).range()], whole);
        }
    }

    #[test]
    fn file_names_are_identifiers() {
        let text = "见公共数据平台.docx。公共数据平台.";
        assert!(is_identifier(text, range_of(text, "公共数据平台")));
        let last = text.rfind('公').unwrap();
        assert!(!is_identifier(text, TextRange::new(last, text.len() - 1)));
    }
}
