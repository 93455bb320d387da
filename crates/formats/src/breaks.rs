//! Which of the line breaks that stand in a document were made by layout: somebody pasted lines as they were
//! set, and ended each with `<br>`, a new line in the cell, Shift+Enter. One judgement for all formats.

use zhengming_text::document::{Block, TYPED_BREAK};

use crate::plain::{self, Marker};

/// Lines narrower than this were not broken because they were full, in columns.
const NARROWEST: usize = 20;

/// Two lines that are full may differ by this much: a full-width character that did not fit, or a mark that may
/// not begin a line.
const RAGGED: usize = 4;

/// Turns typed breaks that look like layout into breaks of layout.
pub(crate) fn soften(source: &str, blocks: &mut [Block]) {
    let has_break = |block: &Block| block.text(source).contains(TYPED_BREAK);
    if !blocks.iter().any(has_break) {
        return;
    }
    let reaches = blocks.iter().filter(|block| has_break(block)).flat_map(|block| {
        let lines: Vec<&str> = block.text(source).split(TYPED_BREAK).collect();
        lines.into_iter().map(|line| plain::columns_of(line.trim()))
    });
    let margin = plain::margin(reaches);
    for block in blocks.iter_mut().filter(|block| has_break(block)) {
        let joined = joined(&block.text(source).split(TYPED_BREAK).collect::<Vec<_>>(), margin);
        if joined.contains(&true) {
            block.soften(source, |number| joined.get(number).copied().unwrap_or(false));
        }
    }
}

/// For each break between two of the lines, whether the second goes on with the first. `margin` is the width at
/// which the lines of the document are broken, if it has one.
pub(crate) fn joined(lines: &[&str], margin: Option<usize>) -> Vec<bool> {
    let margin = margin.or_else(|| own_margin(lines));
    lines.windows(2).map(|pair| goes_on(pair[0], pair[1], margin)).collect()
}

fn goes_on(before: &str, after: &str, margin: Option<usize>) -> bool {
    let (text, next) = (before.trim(), after.trim());
    if text.is_empty() || next.is_empty() || plain::is_complete(text) {
        return false;
    }
    // No line begins with these, so the break is in the wrong place.
    if next.starts_with(['，', '、', '。', '；', '！', '？', '”', '’', '）', '》', '〉', '」', '』', '】'])
    {
        return true;
    }
    let indent = plain::columns_of(&after[..after.len() - after.trim_start().len()]);
    if indent >= 2 || plain::marker_of(next).is_some_and(|marker| marker != Marker::Article) {
        return false;
    }
    margin.is_some_and(|margin| plain::columns_of(before.trim_end()) + RAGGED >= margin)
}

/// The width at which the lines of one block are broken: all but the last are about as wide, and the last is
/// no wider.
fn own_margin(lines: &[&str]) -> Option<usize> {
    let (last, full) = lines.split_last()?;
    let widths = || full.iter().map(|line| plain::columns_of(line.trim_end()));
    let (least, most) = (widths().min()?, widths().max()?);
    let is_even = full.len() >= 2 && least >= NARROWEST && least + RAGGED >= most;
    (is_even && plain::columns_of(last.trim()) <= most + RAGGED).then_some(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_were_full_go_on_and_lines_that_were_typed_do_not() {
        let wrapped = [
            "　　各单位应当加强协同办公系统的统筹管理规划建设部",
            "负责系统的日常运行维护和安全保障工作，各单位通过浙政",
            "盯办理会议通知并反馈情况，其他软件一律停止使用，并且",
            "向上级部门报告办理情况。",
            "附件：名单",
        ];
        assert_eq!(joined(&wrapped, Some(52)), [true, true, true, false]);
        assert_eq!(joined(&wrapped[..4], None), [true, true, true]);
        for lines in [["数字政府", "数字社会", "数字经济"], ["一、总体要求", "二、主要任务", "三、保障措施"]]
        {
            assert_eq!(joined(&lines, None), [false, false], "{lines:?}");
        }
        assert_eq!(joined(&["建设数字政府", "，推进改革"], None), [true]);
    }
}
