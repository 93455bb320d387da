//! Short forms that a document declares: 全称（以下简称X）.

use zhengming_text::document::Document;
use zhengming_text::fold;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;
use zhengming_text::zh::mark;

use crate::definition::short_forms;
use crate::prose::Unwrapped;

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

/// All declarations of the document, in reading order.
pub(super) fn read(document: &Document, signs: impl Fn(usize) -> Signs) -> Vec<Abbreviation> {
    let mut found = Vec::new();
    for block in document.blocks().filter(|block| signs(block.index()).any(Signs::CALLED)) {
        let line = Unwrapped::of(block.text());
        for short in short_forms(line.text()) {
            let range = without_marks(line.text(), short.name);
            found.push(Abbreviation {
                short: line.text()[range.range()].to_owned(),
                block: block.index(),
                range: line.original(range),
                full: short.full.map(|full| line.original(full)),
            });
        }
    }
    found
}

/// `range` without the marks of a title around it.
fn without_marks(text: &str, range: TextRange) -> TextRange {
    let raw = &text[range.range()];
    let is_mark = |c: char| mark::OPEN_TITLES.contains(&c) || mark::CLOSE_TITLES.contains(&c);
    let inner = raw.trim_matches(|c: char| is_mark(c) || fold::is_quote(c));
    if inner.is_empty() {
        return range;
    }
    let start = range.start + raw.find(inner).unwrap_or(0);
    TextRange::new(start, start + inner.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhengming_text::document::{BlockBuilder, BlockKind};
    use zhengming_text::span::Span;

    fn of(text: &str) -> Document {
        let mut document = Document::new("t", "text", text.to_owned());
        let mut block = BlockBuilder::new(BlockKind::Paragraph);
        block.verbatim(text, Span::new(0, text.len()));
        document.push(block.finish().unwrap());
        document
    }

    fn shorts(text: &str) -> Vec<String> {
        let found = read(&of(text), |_| Signs::ALL);
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
            let found = read(&of(text), |_| Signs::ALL);
            found[0].full.map(|range| text[range.range()].to_owned())
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
        assert_eq!(shorts("（以下称区（市）古树名木管理部门）"), ["区（市）古树名木管理部门"]);
        assert_eq!(shorts("甲局、乙局统称主管部门，负责备案。"), ["主管部门"]);
        assert!(shorts("数据、算力是资源的统称，很多。").is_empty());
        assert!(shorts("异名（全称/简称/又称/俗称）").is_empty());
        assert!(shorts("简称须先用全称并注明：网文引其条款").is_empty());
    }
}
