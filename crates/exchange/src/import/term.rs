//! The line of a term: Chinese, English, domain, and what else stands in it.

use super::characters;
use zhengming_text::zh::mark;

/// A line that holds a term.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TermLine {
    pub(super) chinese: String,
    pub(super) english: Vec<String>,
    /// What follows the English: the definition, if the line is not broken after the term.
    pub(super) rest: Option<String>,
    /// Whether no space stands between Chinese and English.
    pub(super) glued: bool,
}

/// Longer terms are sentences.
pub(super) const LONGEST_TERM: usize = 40;

/// Splits the line of a term into its languages.
pub(super) fn split(raw: &str) -> TermLine {
    let raw = raw.trim().trim_matches('\t');
    let Some((last, c)) = raw.char_indices().rev().find(|&(_, c)| is_chinese(c)) else {
        // A term in letters only: `API`, `k-anonymity`.
        return TermLine { chinese: raw.to_owned(), ..TermLine::default() };
    };
    if let Some(inside) = split_inside(raw) {
        return inside;
    }
    let end = last + c.len_utf8();
    let tail = &raw[end..];
    if let Some(inside) = bracketed_english(raw) {
        return inside;
    }
    let (chinese, english) = match is_english(tail) {
        true => (&raw[..end], tail),
        false => (raw, ""),
    };
    TermLine {
        chinese: characters::despaced(chinese.trim()),
        english: equivalents(english),
        rest: None,
        glued: !english.is_empty() && english.starts_with(|c: char| c.is_ascii_alphabetic()),
    }
}

fn is_chinese(c: char) -> bool {
    characters::is_wide(c) && !matches!(c, '；' | '，' | '、' | '：' | '。' | '’' | '‘' | '—' | '…')
}

/// Whether what follows the last Chinese character is an equivalent and no part of the term, as in
/// 虚拟专用网VPN or 移动应用App.
fn is_english(tail: &str) -> bool {
    let word = tail.trim_matches([' ', '；', ';', '，', ',', '、', '：', ':']);
    if !characters::has_latin(word) {
        return false;
    }
    let is_spaced = tail.starts_with([' ', '\t', '；', ';', '，', ',', '、', '：', ':', '/']);
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let lower = word.bytes().filter(u8::is_ascii_lowercase).count();
    is_spaced && letters > 1
        || (lower >= 2 && (letters > 4 || lower == letters) && word.len() > 3)
        || (letters > 8 && word.contains(' '))
}

/// `数据（data）`, `数据 (data)`, `数据【data】`: the English in brackets at the end.
fn bracketed_english(raw: &str) -> Option<TermLine> {
    let inner = raw.strip_suffix(mark::CLOSE_BRACKETS)?;
    let (open, c) = inner.char_indices().rev().find(|&(_, c)| mark::OPEN_BRACKETS.contains(&c))?;
    let english = &inner[open + c.len_utf8()..];
    let chinese = inner[..open].trim();
    if chinese.is_empty()
        || !characters::has_han(chinese)
        || characters::has_han(english)
        || !characters::has_latin(english)
    {
        return None;
    }
    // `数据 data (D)`: the bracket belongs to the English.
    let line = split(chinese);
    let mut all = line.english.clone();
    all.extend(equivalents(english));
    Some(TermLine { english: all, ..line })
}

/// A line that goes on in Chinese after the English: `数据 data 任何以电子……的记录。`
fn split_inside(raw: &str) -> Option<TermLine> {
    if !characters::has_sentence_mark(raw) && raw.chars().count() <= LONGEST_TERM {
        return None;
    }
    let mut start = None;
    for (at, c) in raw.char_indices() {
        let in_english =
            c.is_ascii_alphabetic() || matches!(c, ' ' | '-' | '\'' | ',' | ';' | '(' | ')' | '/' | '\t');
        match start {
            None if c.is_ascii_alphabetic() && at > 0 => start = Some(at),
            Some(from) if !in_english => {
                let english = raw[from..at].trim();
                let lower = english.bytes().filter(u8::is_ascii_lowercase).count();
                let chinese = raw[..from].trim_end_matches(['（', '(', ' ', '\t']);
                let rest = raw[at..].trim_start_matches(['）', ')', ' ', '：', ':', '，', '\t']);
                let is_term = !characters::has_sentence_mark(chinese)
                    && !chinese.contains(['：', ':', '、'])
                    && characters::has_han(chinese)
                    && chinese.chars().count() <= LONGEST_TERM;
                if lower >= 3 && is_term && characters::count_han(rest) >= 4 {
                    return Some(TermLine {
                        chinese: characters::despaced(chinese),
                        english: equivalents(english),
                        rest: Some(rest.to_owned()),
                        glued: false,
                    });
                }
                start = None;
            }
            _ => {}
        }
        // Only the beginning of a line can be a term.
        if at > 300 {
            break;
        }
    }
    None
}

/// No term has more; what follows is no list of equivalents.
const MOST_EQUIVALENTS: usize = 16;

/// The equivalents in a piece of English, without brackets and stray punctuation.
pub(super) fn equivalents(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in text.split([';', '；']).take(MOST_EQUIVALENTS) {
        let mut part = part.trim_matches([' ', '\t', '，', ',', '、', '：', ':', '/', '.', '。']);
        for (open, close) in [('(', ')'), ('（', '）'), ('【', '】'), ('[', ']')] {
            if let Some(inner) = part.strip_prefix(open).and_then(|part| part.strip_suffix(close))
                && !inner.contains(open)
            {
                part = inner.trim();
            }
        }
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        if characters::has_latin(&part) && !found.contains(&part) {
            found.push(part);
        }
    }
    found
}

/// Whether English looks as if it had been read letter by letter: `secur i ty`, `supp I i er`.
pub(super) fn is_damaged(english: &str) -> bool {
    let mut words = english.split(' ').peekable();
    let mut before: Option<&str> = None;
    while let Some(word) = words.next() {
        let is_letter = word.len() == 1
            && word.bytes().all(|byte| byte.is_ascii_alphabetic())
            && word != "a"
            && word != "A";
        let lower =
            |word: Option<&str>| word.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
        if is_letter && lower(before) && (lower(words.peek().copied()) || words.peek().is_none()) {
            return true;
        }
        before = Some(word);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        for (raw, chinese, english) in [
            ("数据data", "数据", "data"),
            ("数据安全 data security", "数据安全", "data security"),
            ("V字模型", "V字模型", ""),
            ("未来社区CIM应用", "未来社区CIM应用", ""),
            ("虚拟专用网VPN", "虚拟专用网VPN", ""),
            ("移动应用App", "移动应用App", ""),
            ("K-匿名 k-anonymity", "K-匿名", "k-anonymity"),
            ("数据（data）", "数据", "data"),
            ("灾难恢复 disaster recovery (DR)", "灾难恢复", "disaster recovery|DR"),
            ("排除级别 exclusion level; EL", "排除级别", "exclusion level|EL"),
            ("数 据 场 data field", "数据场", "data field"),
            ("“总对总”服务", "“总对总”服务", ""),
            ("API", "API", ""),
        ] {
            let line = split(raw);
            assert_eq!((line.chinese.as_str(), line.english.join("|").as_str()), (chinese, english), "{raw}");
            assert_eq!(line.rest, None, "{raw}");
        }
    }

    #[test]
    fn a_definition_on_the_line_of_the_term_is_split_off() {
        let line = split("甲烷桶 methane barrel 盛装甲烷，并有阀门的容器。");
        assert_eq!(line.chinese, "甲烷桶");
        assert_eq!(line.english, ["methane barrel"]);
        assert_eq!(line.rest.as_deref(), Some("盛装甲烷，并有阀门的容器。"));
    }

    #[test]
    fn letters_read_one_by_one_are_noticed() {
        assert!(is_damaged("data secur i ty"));
        assert!(is_damaged("supp I i er"));
        assert!(!is_damaged("class A device"));
        assert!(!is_damaged("owner of a right"));
    }
}
