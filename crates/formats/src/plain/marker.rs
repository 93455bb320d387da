//! Structural markers at the beginning of a line: numbers of clauses and articles, bullets, 注.

use zhengming_text::fold;

use super::lines::columns;
use zhengming_text::zh::{mark, numeral};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marker {
    /// 第一章, 第二节, with the level of its heading.
    Chapter(u8),
    /// 第一条.
    Article,
    /// 3.1.2, with the number of its parts; `bare` if nothing follows.
    Clause { depth: u8, bare: bool },
    /// 1 范围.
    Integer(u16),
    /// 一、
    HanNumber,
    /// （一）
    HanParenthesis,
    /// 1) a) — and the like.
    Item,
    /// 注：
    Note,
    /// 示例：
    Example,
    /// [来源：…]
    Source,
    /// 附录 A, 附件 1.
    Annex,
    /// 图 1, 表 A.1.
    Caption,
    /// 前言, 参考文献.
    Section,
}

/// The marker with which a line begins. A number that goes on as part of a sentence is none.
pub(crate) fn of(text: &str) -> Option<Marker> {
    ordinal(text)
        .or_else(|| clause(text))
        .or_else(|| han_number(text))
        .or_else(|| parenthesis(text))
        .or_else(|| reference(text))
        .or_else(|| item(text))
        .or_else(|| integer(text))
        .or_else(|| labelled(text))
}

/// Whether the line has no punctuation of a sentence.
pub(super) fn is_headline(text: &str) -> bool {
    !text.contains(mark::CLAUSE_ENDS)
        && !text.ends_with(['：', ':', '、', '—'])
        && text.chars().map(columns).sum::<usize>() <= 64
}

fn is_numeral(c: char) -> bool {
    numeral::is_numeral(c)
}

/// The text after the characters that fit, and how many there were.
fn after(text: &str, fits: impl Fn(char) -> bool) -> (&str, usize) {
    let rest = text.trim_start_matches(fits);
    (rest, text[..text.len() - rest.len()].chars().count())
}

fn first(text: &str) -> Option<char> {
    text.chars().next()
}

fn begins(text: &str, any: &str) -> bool {
    first(text).is_some_and(|c| any.contains(c))
}

fn ordinal(text: &str) -> Option<Marker> {
    let rest = text.strip_prefix('第')?.trim_start();
    let (rest, count) = after(rest, |c| is_numeral(c) || c == ' ');
    if !(1..=12).contains(&count) {
        return None;
    }
    let unit = first(rest)?;
    let rest = &rest[unit.len_utf8()..];
    match unit {
        '编' | '章' if !begins(rest, "的规、，和所中第") => Some(Marker::Chapter(2)),
        '节' if !begins(rest, "的规、，和所中第") => Some(Marker::Chapter(3)),
        '条' if !begins(rest, "的规、，和所中第款项至或及之。；）)—～~") => {
            Some(Marker::Article)
        }
        _ => None,
    }
}

/// 3.1.2 with one to three digits a part, also where a scan has torn it apart: `5 . 3.1`. An annex counts
/// with a letter: A.1.
fn clause(text: &str) -> Option<Marker> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = text;
    if first(rest).is_some_and(|c| c.is_ascii_uppercase()) {
        rest = &rest[1..];
    } else {
        let count = digits(rest);
        if !(1..=2).contains(&count) {
            return None;
        }
        rest = &rest[count..];
    }
    let mut depth = 1u8;
    while depth < 10
        && let Some(next) = rest.trim_start_matches(' ').strip_prefix(['.', '．'])
    {
        let next = next.trim_start_matches(' ');
        let count = digits(next);
        if !(1..=3).contains(&count) {
            break;
        }
        rest = &next[count..];
        depth += 1;
    }
    if depth < 2 || begins(rest, ".．、，,。；;：:)）%％—-～~/") {
        return None;
    }
    let body = rest.trim_start();
    if body.is_empty() {
        return Some(Marker::Clause { depth, bare: true });
    }
    // “按 3.1.2 的规定”, “1.5 倍”: the number belongs to the sentence.
    let refers = begins(body, "的中和及或与至，。、；）)所规");
    let measures =
        begins(body, "万亿倍％%") || (depth == 2 && rest.len() == body.len() && numeral::is_measured(body));
    (!refers && !measures).then_some(Marker::Clause { depth, bare: false })
}

fn han_number(text: &str) -> Option<Marker> {
    let (rest, count) = after(text, numeral::is_han);
    let rest = (1..=4).contains(&count).then(|| rest.strip_prefix(['、', '．', '.']))??;
    let goes_on = first(rest).is_some_and(is_numeral) || begins(rest, "级类等");
    (!goes_on).then_some(Marker::HanNumber)
}

fn parenthesis(text: &str) -> Option<Marker> {
    let inner = text.strip_prefix(mark::OPEN_BRACKETS)?.trim_start();
    let (rest, han) = after(inner, numeral::is_han);
    let (rest, other) = if han > 0 { (rest, 0) } else { after(inner, |c| c.is_ascii_alphanumeric()) };
    let rest = rest.trim_start().strip_prefix(['）', ')'])?;
    if begins(rest, "项款目、至和或的之，。") || !(1..=4).contains(&(han + other)) {
        return None;
    }
    if han > 0 {
        return Some(Marker::HanParenthesis);
    }
    // （2023）is a year and（APP）an abbreviation.
    let is_number = inner.bytes().take(other).all(|byte| byte.is_ascii_digit()) && other <= 3;
    (is_number || other == 1).then_some(Marker::Item)
}

/// [3] in a bibliography, also where a scan has lost half of the bracket.
fn reference(text: &str) -> Option<Marker> {
    let inner = text.strip_prefix(['[', '［', '〔', '：', ':'])?;
    let (rest, count) = after(inner.trim_start(), |c| c.is_ascii_digit());
    let closes = rest.trim_start().starts_with(mark::CLOSE_SQUARE);
    (closes && (1..=3).contains(&count)).then_some(Marker::Item)
}

fn item(text: &str) -> Option<Marker> {
    let c = first(text)?;
    let tail = &text[c.len_utf8()..];
    match c {
        '①'..='⑳' | '⑴'..='⒇' | '❶'..='❿' => return Some(Marker::Item),
        '●' | '•' | '■' | '◆' | '○' | '★' | '※' | '▪' | '◇' | '□' | '►' | '➢' | '·' | '—' | '–' =>
        {
            return Some(Marker::Item);
        }
        '-' | '*' | '+' if tail.starts_with(' ') || tail.starts_with(c) => return Some(Marker::Item),
        _ => {}
    }
    if c.is_ascii_alphabetic() {
        let rest = tail.trim_start_matches(' ');
        let is_item = rest.starts_with([')', '）']) || (c.is_ascii_lowercase() && tail.starts_with(". "));
        return is_item.then_some(Marker::Item);
    }
    let (rest, count) = after(text, |c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    if !(1..=3).contains(&count) {
        return None;
    }
    let close = rest.trim_start_matches(' ');
    let follows = close.strip_prefix([')', '）']).or_else(|| {
        let next = close.strip_prefix(['.', '．', '、'])?;
        (!begins(next.trim_start(), "0123456789０１２３４５６７８９")
            || next.chars().take(5).filter(char::is_ascii_digit).count() == 4)
            .then_some(next)
    })?;
    (!begins(follows, "、，。")).then_some(Marker::Item)
}

/// 1 范围: only a short line can be one, and whether it is one depends on what stands before.
fn integer(text: &str) -> Option<Marker> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&count) {
        return None;
    }
    let title = text[count..].trim_start();
    let is_heading = first(title).is_some_and(fold::is_han)
        && !numeral::is_measured(title)
        && is_headline(text)
        && columns_of(text) <= 44;
    is_heading.then(|| Marker::Integer(text[..count].parse().unwrap_or(0)))
}

fn columns_of(text: &str) -> usize {
    text.chars().map(columns).sum()
}

fn labelled(text: &str) -> Option<Marker> {
    if let Some(rest) = text.strip_prefix('注') {
        let (rest, count) = after(rest.trim_start(), |c| c.is_ascii_digit());
        let is_note = rest.trim_start().starts_with(['：', ':'])
            || (count > 0 && (rest.is_empty() || rest.starts_with(' ')));
        return is_note.then_some(Marker::Note);
    }
    if let Some(rest) = text.strip_prefix("示例") {
        let (rest, _) = after(rest.trim_start(), |c| c.is_ascii_digit());
        return (rest.is_empty() || rest.trim_start().starts_with(['：', ':'])).then_some(Marker::Example);
    }
    if text.starts_with(mark::OPEN_BRACKETS) {
        let inner = text.trim_start_matches(mark::OPEN_BRACKETS).trim_start();
        return (inner.starts_with("来源") || inner.starts_with("源自") || inner.starts_with("SOURCE"))
            .then_some(Marker::Source);
    }
    if let Some(rest) = text.strip_prefix("附件") {
        let (rest, count) = after(rest.trim_start(), is_numeral);
        let ends = rest.is_empty() || rest.starts_with(['：', ':', ' ', '\u{3000}', '.', '、']);
        return (ends && count <= 2).then_some(Marker::Annex);
    }
    if let Some(rest) = text.strip_prefix("附录") {
        let rest = rest.trim_start();
        let rest = rest.strip_prefix(|c: char| c.is_ascii_uppercase())?;
        return (rest.is_empty() || rest.starts_with([' ', '\u{3000}', '（', '('])).then_some(Marker::Annex);
    }
    if text.starts_with(['图', '表']) {
        return caption(&text['图'.len_utf8()..]).then_some(Marker::Caption);
    }
    const SECTIONS: [&str; 9] = ["前言", "引言", "目次", "目录", "参考文献", "索引", "总则", "附则", "附录"];
    (text.len() <= 40 && SECTIONS.contains(&&*fold::key(text))).then_some(Marker::Section)
}

fn caption(rest: &str) -> bool {
    let rest = rest.trim_start();
    let rest = rest.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(rest);
    let rest = rest.strip_prefix(['.', '．']).unwrap_or(rest).trim_start();
    let (rest, count) = after(rest, |c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    (1..=5).contains(&count)
        && !begins(rest.trim_start(), "所中的给列示、，。和及或至）)")
        && is_headline(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_recognised() {
        for (text, expected) in [
            ("第一章　总则", Marker::Chapter(2)),
            ("第⼗四条 本办法", Marker::Article),
            ("3.1.1.1", Marker::Clause { depth: 4, bare: true }),
            ("3. 1", Marker::Clause { depth: 2, bare: true }),
            ("5 . 3.1通过非正常手段", Marker::Clause { depth: 3, bare: false }),
            ("4.2 个人信息界定", Marker::Clause { depth: 2, bare: false }),
            ("A.1危害国家安全的数据", Marker::Clause { depth: 2, bare: false }),
            ("1范围", Marker::Integer(1)),
            ("2 规范性引用文件", Marker::Integer(2)),
            ("一、总体目标", Marker::HanNumber),
            ("（一）政务数据，是指", Marker::HanParenthesis),
            ("(1) 对终端上", Marker::Item),
            ("1）一旦遭到", Marker::Item),
            ("b ） 应 向", Marker::Item),
            ("1.完善数据要素基础设施。", Marker::Item),
            ("1.2025年底前完成", Marker::Item),
            ("——需要确保", Marker::Item),
            ("[3] GB/T 36343—2018 信息技术", Marker::Item),
            ("：1］ 江苏省公共数据管理办法", Marker::Item),
            ("注：包括", Marker::Note),
            ("注 1 :生物识别", Marker::Note),
            ("［来源：GB/T 1］", Marker::Source),
            ("附录A（资料性）禁止", Marker::Annex),
            ("附件：1. 登记表", Marker::Annex),
            ("表A.1 脱敏方法示例（续）", Marker::Caption),
            ("前    言", Marker::Section),
        ] {
            assert_eq!(of(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn numbers_inside_a_sentence_are_no_markers() {
        for text in [
            "第三十六条的规定，对先行区",
            "第十二条、第十三条",
            "3.1.2的规定执行",
            "1.5倍以上",
            "12.5 万户",
            "2021年底前",
            "30天。",
            "5 家以上",
            "2年。",
            "一、二级保护",
            "（一）项规定",
            "（2023）36号",
            "（APP）",
            "注日期的引用文件，",
            "注意事项",
            "附录A的要求",
            "图1所示",
            "表 2 中的",
            "DB33/T 2350",
            "1、2、3号",
            "数据归集",
            "",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
