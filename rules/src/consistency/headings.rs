//! The lines of a document that stand by themselves: titles and numbered headings.

use zhengming_lint::rule::Context;
use zhengming_text::document::BlockKind;
use zhengming_text::fold;
use zhengming_text::span::TextRange;
use zhengming_text::zh::numeral;

/// Longest heading, in characters.
const LONGEST: usize = 40;

/// A heading without its number.
#[derive(Debug, Clone)]
pub(super) struct Heading<'a> {
    pub(super) block: usize,
    /// Where its words stand in the block.
    pub(super) range: TextRange,
    pub(super) words: &'a str,
    /// What its number looks like: 一、 and （一） are of two kinds. Nothing without a number.
    pub(super) shape: Option<Shape>,
}

/// The shape of a number before a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// 一、
    Comma,
    /// （一）
    Bracket,
    /// 1. and 1、
    Digit,
    /// 第一章
    Chapter,
}

/// The headings of a document, in reading order: blocks that are headings by their format, and short ones that
/// begin with a number. Of one that the text runs on after, the words up to 。.
pub(super) fn headings<'a>(cx: &Context<'a>) -> Vec<Heading<'a>> {
    cx.blocks()
        .filter_map(|block| {
            let text = block.text();
            let (start, shape) = match numbered(text) {
                Some((start, shape)) => (start, Some(shape)),
                None if matches!(block.kind(), BlockKind::Heading(_)) => (0, None),
                None => return None,
            };
            let words = text[start..].trim_start();
            let start = text.len() - words.len();
            let words = words.split(['。', '：', '\n']).next().unwrap_or(words).trim_end();
            let fits = !words.is_empty() && words.chars().count() <= LONGEST;
            let range = TextRange::new(start, start + words.len());
            fits.then_some(Heading { block: block.index(), range, words, shape })
        })
        .collect()
}

/// Where the words begin after a number, and what that looks like.
pub(super) fn numbered(text: &str) -> Option<(usize, Shape)> {
    let rest = text.trim_start_matches(|c| fold::is_space(c) || c == '\n');
    let from = text.len() - rest.len();
    // Hardly a line begins so.
    if !rest.starts_with(|c: char| matches!(c, '（' | '(' | '第') || c.is_ascii_digit() || numeral::is_han(c))
    {
        return None;
    }
    if let Some(inner) = rest.strip_prefix(['（', '(']) {
        let after = inner.trim_start_matches(numeral::is_han);
        let close = after.strip_prefix(['）', ')'])?;
        return (after.len() < inner.len()).then_some((text.len() - close.len(), Shape::Bracket));
    }
    if let Some(inner) = rest.strip_prefix('第') {
        let after = inner.trim_start_matches(numeral::is_han);
        let close = after.strip_prefix(['章', '节'])?;
        return (after.len() < inner.len()).then_some((text.len() - close.len(), Shape::Chapter));
    }
    let after = rest.trim_start_matches(numeral::is_han);
    if after.len() < rest.len() {
        let close = after.strip_prefix('、')?;
        return Some((text.len() - close.len(), Shape::Comma));
    }
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let close = after.strip_prefix(['.', '．', '、'])?;
    let is_number = after.len() < rest.len() && rest.len() - after.len() <= 3 && from < text.len();
    (is_number && !close.starts_with(|c: char| c.is_ascii_digit()))
        .then_some((text.len() - close.len(), Shape::Digit))
}

/// The characters of a title that count: no white space, marks or remarks in brackets.
pub(super) fn essential(text: &str) -> Vec<char> {
    let bare = text.split(['（', '(']).next().unwrap_or(text);
    fold::key(bare).chars().filter(|c| matches!(c, '一'..='龥') || c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_headings_are_read() {
        for (text, words) in [
            ("一、总体要求", Some(("总体要求", Shape::Comma))),
            ("（十二）完善机制", Some(("完善机制", Shape::Bracket))),
            ("23.数据驱动的决策", Some(("数据驱动的决策", Shape::Digit))),
            ("第三章 附则", Some((" 附则", Shape::Chapter))),
            ("3.5亿元", None),
            ("一体化平台", None),
            ("（以下简称平台）", None),
        ] {
            assert_eq!(numbered(text).map(|(start, shape)| (&text[start..], shape)), words, "{text}");
        }
    }
}
