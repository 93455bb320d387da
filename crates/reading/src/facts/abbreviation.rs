//! Short forms that a document declares: 全称（以下简称X）.

use zhengming_text::document::Document;
use zhengming_text::fold;
use zhengming_text::line_index::floor_boundary;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;

/// A short form with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abbreviation {
    /// The short form, without quotation marks.
    pub short: String,
    /// The number of the block.
    pub block: usize,
    /// Where the short form stands in its declaration.
    pub range: TextRange,
    /// Where the full form stands, as far as it can be told: the title or the words before the bracket.
    pub full: Option<TextRange>,
}

const CUES: [&str; 3] = ["简称", "统称", "下称"];
/// A longer “short form” is a sentence that happens to hold the cue.
const LONGEST: usize = 20;

/// Longest full form without marks, in characters.
const LONGEST_FULL: usize = 30;

/// Bytes after a cue within which a declaration must end.
const REACH: usize = 400;

/// All declarations of the document, in reading order.
pub(super) fn read(document: &Document, signs: impl Fn(usize) -> Signs) -> Vec<Abbreviation> {
    let finder = memchr::memmem::Finder::new("称");
    let mut found = Vec::new();
    for block in document.blocks().filter(|block| signs(block.index()).any(Signs::CALLED)) {
        let text = block.text();
        for at in finder.find_iter(text.as_bytes()) {
            let end = at + "称".len();
            if CUES.iter().any(|cue| text[..end].ends_with(cue)) {
                let full = full_before(text, at);
                declared(text, end, |range| {
                    found.push(Abbreviation {
                        short: text[range.range()].to_owned(),
                        block: block.index(),
                        range,
                        full,
                    });
                });
            }
        }
    }
    found
}

/// The title or the words before the bracket or comma that holds the cue at `at`.
fn full_before(text: &str, at: usize) -> Option<TextRange> {
    let before = text[..at].trim_end_matches(['以', '下', '简', '统', '合', '又']);
    let before = before.trim_end_matches(|c| fold::is_space(c) || "（(〔[，,".contains(c));
    let start = if before.ends_with('》') {
        before.rfind('《')?
    } else if before.ends_with('”') {
        before.rfind('“')?
    } else {
        let word = |c: &char| fold::is_han(*c) || c.is_ascii_alphanumeric();
        before.len()
            - before.chars().rev().take(LONGEST_FULL).take_while(word).map(char::len_utf8).sum::<usize>()
    };
    (start < before.len() && before.len() - start <= REACH).then(|| TextRange::new(start, before.len()))
}

/// Calls `found` for each short form declared from `from` on: `“甲”或者“乙”` are two.
fn declared(text: &str, from: usize, mut found: impl FnMut(TextRange)) {
    let rest = &text[from..];
    let skipped = rest.len() - rest.trim_start_matches(['为', '：', ':', ' ']).len();
    let start = from + skipped;
    let tail = &text[start..];
    let tail = &tail[..floor_boundary(tail, REACH)];
    let Some(length) = tail.find(['）', ')', '〕', '。', '，', '；', ',', ';', '\n', ']']) else {
        return;
    };
    let mut at = start;
    // 和 is part of a name as often as not, and inside quotation marks everything is.
    let mut open = false;
    let separates = |c: char| {
        open = match c {
            '“' => true,
            '”' => false,
            _ => open,
        };
        !open && matches!(c, '、' | '或')
    };
    for part in tail[..length].split_inclusive(separates) {
        let word = part.trim_start_matches('者').trim_end_matches(['、', '或']);
        let inner = word.trim_matches(|c| fold::is_quote(c) || fold::is_space(c) || matches!(c, '《' | '》'));
        if !inner.is_empty() && inner.chars().count() <= LONGEST && is_name(inner) {
            let offset = at + part.find(inner).unwrap_or(0);
            found(TextRange::new(offset, offset + inner.len()));
        }
        at += part.len();
    }
}

/// Whether brackets pair and no colon or slash shows that what follows the cue is no name.
fn is_name(text: &str) -> bool {
    let count = |marks: [char; 2]| text.matches(marks).count();
    count(['（', '(']) == count(['）', ')']) && !text.contains(['：', ':', '/'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhengming_text::document::{BlockBuilder, BlockKind};
    use zhengming_text::span::Span;

    fn shorts(text: &str) -> Vec<String> {
        let mut document = Document::new("t", "text", text.to_owned());
        let mut block = BlockBuilder::new(BlockKind::Paragraph);
        block.verbatim(text, Span::new(0, text.len()));
        document.push(block.finish().unwrap());
        let found = read(&document, |_| Signs::ALL);
        for one in &found {
            assert_eq!(&text[one.range.range()], one.short);
        }
        found.into_iter().map(|one| one.short).collect()
    }

    #[test]
    fn declared_short_forms_are_read_without_their_marks() {
        assert_eq!(shorts("整体智治专题门户（简称“专题门户”）每月更新"), ["专题门户"]);
        assert_eq!(shorts("建设方案（以下简称《方案》），平台（以下统称多跨应用）"), ["方案", "多跨应用"]);
        assert_eq!(shorts("（以下简称“两中心”或者“双中心”）"), ["两中心", "双中心"]);
        assert_eq!(shorts("（以下简称：平台）"), ["平台"]);
        assert_eq!(shorts("（以下简称“协同或业务协作”）"), ["协同或业务协作"]);
        assert_eq!(shorts("（以下统称公共管理和服务机构）"), ["公共管理和服务机构"]);
    }

    #[test]
    fn the_full_form_stands_before_the_bracket() {
        let full = |text: &str| {
            full_before(text, text.find('称').unwrap()).map(|range| text[range.range()].to_owned())
        };
        assert_eq!(full("整体智治专题门户（简称“专题门户”）").as_deref(), Some("整体智治专题门户"));
        assert_eq!(full("印发《建设方案》（以下简称《方案》）").as_deref(), Some("《建设方案》"));
        assert_eq!(full("（以下简称平台）"), None);
    }

    #[test]
    fn a_cue_with_nothing_after_it_declares_nothing() {
        assert!(shorts("请勿使用简称").is_empty());
    }

    #[test]
    fn half_a_bracket_and_lists_of_kinds_are_no_short_forms() {
        assert!(shorts("（以下称区（市）古树名木管理部门）").is_empty());
        assert!(shorts("异名（全称/简称/又称/俗称）").is_empty());
        assert!(shorts("简称须先用全称并注明：网文引其条款").is_empty());
    }
}
