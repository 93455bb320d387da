//! The title of a document, and which lines look like one.

use zhengming_text::document::{BlockKind, BlockRef, Document};
use zhengming_text::fold;
use zhengming_text::zh::mark;

/// How titles of official documents end.
const ENDINGS: [&str; 42] = [
    "通知",
    "意见",
    "方案",
    "办法",
    "条例",
    "规定",
    "决定",
    "细则",
    "规划",
    "计划",
    "要点",
    "指南",
    "规范",
    "标准",
    "定义",
    "定义集",
    "术语",
    "解释",
    "要求",
    "导则",
    "规则",
    "规程",
    "公告",
    "通告",
    "通报",
    "报告",
    "请示",
    "批复",
    "复函",
    "的函",
    "纪要",
    "制度",
    "清单",
    "章程",
    "公报",
    "指引",
    "准则",
    "大纲",
    "措施",
    "目录",
    "技术要求",
    "决议",
];

/// How many blocks may come before the title: the cover of a standard, the head of a web page.
const HEAD: usize = 25;

/// The title of a document that does not name it: the first heading of the first level, the first heading,
/// a cell after 标题, or the first line.
pub(crate) fn find(document: &Document) -> Option<String> {
    // 前言 and 目次 are headings too, and come first; so does the letterhead.
    let mut top = document.blocks().take(HEAD).filter(|block| block.kind() == BlockKind::Heading(1));
    let first = top.next();
    let title = first.into_iter().chain(top).find(|block| is_title(block.text()));
    title
        .or(first)
        .or_else(|| document.blocks().find(|block| matches!(block.kind(), BlockKind::Heading(_))))
        .or_else(|| labelled(document))
        .or_else(|| {
            document.blocks().take(HEAD).find(|block| {
                !block.text().contains("://") && !is_route(block.text()) && block.text().len() <= 300
            })
        })
        .map(|block| whole(document, block))
}

/// Most lines of a title before or after the one that was found.
const LINES: usize = 3;
/// Longest line of a title, in characters.
const LINE: usize = 50;
/// How names of places and organs end, which stand on a line of their own above 关于…的通知 or 管理办法.
const OWNERS: [&str; 14] = [
    "省",
    "市",
    "县",
    "区",
    "片区",
    "新区",
    "试验区",
    "委员会",
    "厅",
    "局",
    "办公室",
    "人民政府",
    "国务院",
    "委",
];

/// The title that the line in `block` belongs to: PDF cuts one in two where a line is full.
fn whole(document: &Document, block: BlockRef<'_>) -> String {
    let mut title = one_line(block.text());
    let kind = block.kind();
    for before in (0..block.index()).rev().take(LINES) {
        let line = document.block(before);
        let text = one_line(line.text());
        let is_owner = line.kind() == kind && OWNERS.iter().any(|end| text.ends_with(end));
        let is_first = begins_inside(&title) || (is_owner && !is_route(&text) && !title.starts_with(&text));
        if !is_first || text.chars().count() > LINE || text.contains(mark::STATEMENT_ENDS) {
            break;
        }
        title.insert_str(0, &text);
    }
    for after in block.index() + 1..document.blocks().len().min(block.index() + 1 + LINES) {
        let text = one_line(document.block(after).text());
        let goes_on = title.matches('《').count() > title.matches('》').count();
        if !goes_on || text.chars().count() > LINE || text.contains(mark::STATEMENT_ENDS) {
            break;
        }
        title.push_str(&text);
    }
    title
}

/// Whether a line can only be the rest of a title: 的管理办法》意见的通知.
fn begins_inside(title: &str) -> bool {
    title.starts_with(['的', '》', '、', '和', '及', '与'])
        || title.matches('》').count() > title.matches('《').count()
}

/// Whether a line says by what way a page is reached: 首页>政务公开>通知公告.
fn is_route(text: &str) -> bool {
    text.contains("首页") || text.matches(['>', '＞', '›', '»']).count() > 1
}

/// The title that a page gives itself, without the name of the site behind it: 推进会召开-云溪发布.
pub(crate) fn without_site(title: String, document: &Document) -> String {
    let heading = document.blocks().take(HEAD).find(|block| block.kind() == BlockKind::Heading(1));
    let heading = heading.map(|block| one_line(block.text())).filter(|heading| !heading.is_empty());
    heading.filter(|heading| title.starts_with(heading.as_str())).unwrap_or(title)
}

/// Whether a short text reads like the title of a document.
pub(crate) fn is_title(text: &str) -> bool {
    let key = fold::key(text);
    let stem = strip_remark(&key);
    let length = stem.chars().count();
    (6..=80).contains(&length)
        && !stem.starts_with(['《', '“'])
        && stem.chars().next().is_some_and(fold::is_han)
        && !key.contains(mark::STATEMENT_ENDS)
        && !is_route(&key)
        && ENDINGS.iter().any(|ending| stem.ends_with(ending))
        && !["国家标准", "行业标准", "地方标准", "团体标准", "企业标准"]
            .iter()
            .any(|level| stem.ends_with(level))
}

/// Whether a line may be the first part of a title that goes on: 关于…, not yet at 的通知.
pub(crate) fn is_unfinished_title(line: &str) -> bool {
    line.contains("关于") && !is_title(line) && !line.contains(mark::CLAUSE_ENDS)
}

fn strip_remark(key: &str) -> &str {
    if !key.ends_with(['）', ')']) {
        return key;
    }
    key.rfind(['（', '(']).map_or(key, |at| &key[..at])
}

fn labelled(document: &Document) -> Option<BlockRef<'_>> {
    let mut cells = document.blocks().take(HEAD);
    cells.find(|block| {
        block.kind() == BlockKind::TableCell
            && matches!(&*fold::key(block.text()), "标题：" | "标题:" | "名称：")
    })?;
    cells.next().filter(|block| block.kind() == BlockKind::TableCell)
}

/// Line breaks, and white space between Chinese characters, are layout and no part of a title.
fn one_line(text: &str) -> String {
    let mut title = String::new();
    let mut gap = false;
    for c in text.chars().filter(|&c| !fold::is_zero_width(c)) {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        let between_han = !c.is_ascii() || title.chars().next_back().is_none_or(|last| !last.is_ascii());
        if gap && !between_han {
            title.push(' ');
        }
        gap = false;
        title.push(c);
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Format, read_str};

    #[test]
    fn titles_are_told_from_other_lines() {
        for title in [
            "关于开展整合工作的通知",
            "数据领域常用名词解释（第二批）",
            "数字社会 定义集（6.0版）",
            "数 据 交 易 通 用 指 南",
        ] {
            assert!(is_title(title), "{title}");
        }
        for other in [
            "《数字化改革术语定义》",
            "泰州市地方标准",
            "总体要求：",
            "GB/T 33481 党政机关电子印章应用规范",
            "一般要求",
        ] {
            assert!(!is_title(other), "{other}");
        }
    }

    #[test]
    fn a_title_over_several_lines_is_read_whole() {
        let title = |text: &str| {
            read_str("a", text.to_owned(), Format::Markdown).metadata().title.clone().unwrap_or_default()
        };
        let cut =
            "关于公开征求《云溪市数据流通交易和授权运营\n\n# 管理办法（征求意见稿）》意见的通知\n\n正文。";
        assert_eq!(
            title(cut),
            "关于公开征求《云溪市数据流通交易和授权运营管理办法（征求意见稿）》意见的通知"
        );
        let owner = "# 云溪自由贸易试验区\n\n# 数据出境负面清单管理办法（试行）\n\n正文。";
        assert_eq!(title(owner), "云溪自由贸易试验区数据出境负面清单管理办法（试行）");
        assert_eq!(title("首页>政务公开>通知公告>通知\n\n# 云溪市工作要点\n\n正文。"), "云溪市工作要点");
        assert_eq!(title("# 云溪市\n\n概况。\n\n# 云溪市工作要点\n\n正文。"), "云溪市工作要点");
    }

    #[test]
    fn the_name_of_the_site_is_no_part_of_the_title() {
        let page = "<title>推进会召开-云溪发布</title><h1>推进会召开</h1>";
        assert_eq!(
            read_str("a", page.to_owned(), Format::Html).metadata().title.as_deref(),
            Some("推进会召开")
        );
    }

    #[test]
    fn the_title_is_found_without_a_heading() {
        let page = "<table><tr><td>标　　题：<td>某某<br>决定</table><p>国务院关于某某的决定</p>";
        assert_eq!(
            read_str("a", page.to_owned(), Format::Html).metadata().title.as_deref(),
            Some("某某决定")
        );
        let text = "各部门的业务\n协作事项应当明确。";
        assert_eq!(
            read_str("a", text.to_owned(), Format::PlainText).metadata().title.as_deref(),
            Some("各部门的业务协作事项应当明确。")
        );
    }
}
