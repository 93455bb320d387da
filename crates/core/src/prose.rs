//! Small readings of running text that several rules need: sentences, titles, code, quotation marks.

use crate::fold;
use crate::span::TextRange;

/// Characters that end a sentence or set off a clause of its own.
const SENTENCE_ENDS: [char; 7] = ['。', '！', '？', '；', '!', '?', ';'];

/// Longest title that is believed; an unclosed 《 would otherwise swallow the rest of a paragraph.
const LONGEST_TITLE: usize = 400;

/// The sentence around `range`, without its end mark and surrounding white space.
pub fn sentence_around(text: &str, range: TextRange) -> TextRange {
    let start = text[..range.start]
        .rfind(SENTENCE_ENDS)
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[range.end..].find(SENTENCE_ENDS).map_or(text.len(), |at| range.end + at);
    let inner = &text[start..end];
    let lead = inner.len() - inner.trim_start().len();
    TextRange::new(
        start + lead.min(range.start - start),
        end - (inner.len() - inner.trim_end().len()).min(end - range.end),
    )
}

/// A stretch of text whose words are not the author's own choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZoneKind {
    /// Between 《 and 》: the name of a document is what it is.
    Title,
    /// An address, a path, data or a command.
    Code,
}

/// The titles, addresses and pieces of data in `text`, in order of kind.
pub fn zones(text: &str) -> Vec<(TextRange, ZoneKind)> {
    let mut zones = Vec::new();
    titles(text, &mut zones);
    addresses(text, &mut zones);
    enclosed(text, &mut zones);
    zones
}

fn titles(text: &str, zones: &mut Vec<(TextRange, ZoneKind)>) {
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '《' | '》')) {
        if c == '《' {
            open.push(at);
        } else if let Some(start) = open.pop()
            && open.is_empty()
            && at - start <= LONGEST_TITLE
        {
            zones.push((TextRange::new(start, at + c.len_utf8()), ZoneKind::Title));
        }
    }
}

fn addresses(text: &str, zones: &mut Vec<(TextRange, ZoneKind)>) {
    for scheme in ["://", "www."] {
        for (at, _) in text.match_indices(scheme) {
            let before = text[..at].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
            let end = text[at..]
                .find(|c: char| c.is_whitespace() || "，。；、）》”’！？」<>\"".contains(c))
                .map_or(text.len(), |length| at + length);
            zones.push((TextRange::new(at - before, end), ZoneKind::Code));
        }
    }
}

/// Text between backticks, and JSON-like data between braces.
fn enclosed(text: &str, zones: &mut Vec<(TextRange, ZoneKind)>) {
    let mut ticks = text.match_indices('`').map(|(at, _)| at);
    while let (Some(start), Some(end)) = (ticks.next(), ticks.next()) {
        zones.push((TextRange::new(start, end + 1), ZoneKind::Code));
    }
    let mut from = 0;
    while let Some(start) = text[from..].find('{').map(|at| from + at) {
        let Some(end) = text[start..].find('}').map(|at| start + at + 1) else { return };
        if text[start..end].contains('"') || text[start..end].contains("{{") {
            zones.push((TextRange::new(start, end), ZoneKind::Code));
        }
        from = end;
    }
}

/// Whether the range is part of a file name or identifier: glued to `_`, `\` or an extension.
pub fn is_identifier(text: &str, range: TextRange) -> bool {
    let before = text[..range.start].chars().next_back();
    let mut after = text[range.end..].chars();
    let next = after.next();
    matches!(before, Some('_' | '\\'))
        || matches!(next, Some('_' | '\\'))
        || (next == Some('.') && after.next().is_some_and(|c| c.is_ascii_lowercase()))
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
            '“' | '‘' | '「' | '『' => depth += 1,
            '”' | '’' | '」' | '』' => depth -= 1,
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
        assert_eq!(&text[sentence_around(text, range_of(text, " 要")).range()], " 要用浙政盯办公");
    }

    #[test]
    fn zones_hold_what_is_not_the_authors_wording() {
        for (text, zone) in [
            ("根据《关于〈数据〉的\n意见》要求", "《关于〈数据〉的\n意见》"),
            ("地址为https://a.cn/公共数据平台/v1，须", "https://a.cn/公共数据平台/v1"),
            ("执行`mkdir 政务数据`后", "`mkdir 政务数据`"),
            ("示例：{\"场景\":\"电子政府\"}，", "{\"场景\":\"电子政府\"}"),
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
