//! The title of a document, and which lines look like one.

mod chrome;

use zhengming_text::document::{BlockKind, BlockRef, Document};
use zhengming_text::zh::mark;
use zhengming_text::{fold, zh};

use crate::dates;

/// How titles of official documents end.
const ENDINGS: [&str; 51] = [
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
    "政策",
    "预案",
    "纲要",
    "说明书",
    "白皮书",
    "政策宣言",
    "工作报告",
    "标准体系",
    "说明",
];

/// How many blocks may come before the title: the cover of a standard, the head of a web page.
const HEAD: usize = 40;
/// Most lines of a title.
const LINES: usize = 4;
/// Longest line that is not prose, and longest title, in characters.
const LONGEST: usize = 90;
/// Shortest first line of a title that goes on below, in characters: shorter ones are buttons of web pages.
const FIRST: usize = 8;
/// Shortest title that does not read like one, in characters: 下载 and 打印 are buttons.
const SHORTEST: usize = 4;
/// How names of places and organs end, which stand on a line of their own above 关于…的通知 or 管理办法.
const OWNERS: [&str; 15] = [
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
    "部",
    "办公室",
    "人民政府",
    "国务院",
    "委",
];
/// What a title that issues or asks about another document ends with.
const NOTICES: [&str; 6] = ["通知", "公告", "通告", "决定", "函", "说明"];

/// The title of a document that does not name it: the first lines that read like one, in formats with headings
/// those of the first level before others; a cell after 标题; a heading; the first line that could be one.
pub(crate) fn find(document: &Document) -> Option<String> {
    let lines: Vec<Line> = document.blocks().take(HEAD).map(Line::of).collect();
    let is_heading = |line: &Line| matches!(line.kind, BlockKind::Heading(1));
    let has_headings = !matches!(document.format(), "text" | "pdf" | "ofd");
    let prose = lines.iter().position(|line| line.is_prose).unwrap_or(lines.len());
    let all = 0..lines.len();
    let headings = all.clone().filter(|&at| has_headings && is_heading(&lines[at]));
    // Where a decree comes before the title, it is prose.
    let title = headings.chain(0..prose).chain(prose..lines.len()).find_map(|at| title_at(&lines, at));
    let could_be = |line: &&Line| !line.is_apart && !line.is_prose;
    let first = |wanted: &dyn Fn(&Line) -> bool| {
        lines.iter().filter(could_be).find(|line| wanted(line)).map(|line| line.text.clone())
    };
    title
        .or_else(|| first(&|line| is_heading(line)))
        .or_else(|| labelled(document))
        .or_else(|| first(&|line| matches!(line.kind, BlockKind::Heading(_))))
        .or_else(|| {
            let mut front = lines[..prose].iter().filter(could_be);
            let is_told =
                |line: &&Line| line.text.chars().count() >= SHORTEST && !names_a_speaker(&line.text);
            front.find(is_told).map(|line| line.text.clone())
        })
}

/// A line of the head of a document.
struct Line {
    text: String,
    kind: BlockKind,
    /// Running text: a decree, the first paragraph.
    is_prose: bool,
    /// A line that is no part of a title: a date, a number, a label, 附件1.
    is_apart: bool,
}

impl Line {
    fn of(block: BlockRef<'_>) -> Self {
        let raw = block.text();
        let is_long = raw.len() > 8 * LONGEST;
        let text = if is_long { String::new() } else { one_line(chrome::without(raw)) };
        let is_prose = is_long || text.chars().count() > LONGEST || text.contains(['。', '；']);
        Self { is_apart: is_apart(&text), is_prose, text, kind: block.kind() }
    }
}

/// Whether a line is no part of a title.
fn is_apart(text: &str) -> bool {
    const FRONT: [&str; 7] = ["目录", "目次", "前言", "引言", "附件", "附录", "附表"];
    let is_front = |word: &&str| {
        text.strip_prefix(*word).is_some_and(|rest| {
            rest.chars().all(|c| c.is_ascii_digit() || "：:".contains(c) || zh::numeral::is_han(c))
        })
    };
    let is_number = text.contains(['〔', '［']) && text.trim_end_matches(['）', ')']).ends_with('号');
    !text.contains(fold::is_han)
        || text.contains(['：', ':', '@', '！', '？', '|', '…'])
        || text.contains("....")
        || text.ends_with("文件")
        || matches!(mark::bracket_at(text), Some((_, "")))
        || is_level(text)
        || FRONT.iter().any(is_front)
        || is_number
        || dates::is_date(text)
        || zh::marker::read(text).is_some_and(|marker| marker.rest > 0)
        || is_route(text)
}

/// The title that begins with the line at `first`, if one does.
fn title_at(lines: &[Line], first: usize) -> Option<String> {
    let begins = &lines[first];
    if begins.is_apart || begins.is_prose || begins_inside(&begins.text) {
        return None;
    }
    let mut title = String::new();
    let mut found = None;
    let is_first_long = is_owner(&begins.text) || begins.text.chars().count() >= FIRST;
    for (count, line) in lines[first..].iter().take(LINES).enumerate() {
        let is_part = !line.is_prose && (!line.is_apart || is_remark(&line.text));
        let goes_on = count == 0 || (is_first_long && is_part);
        // 海南省…: a line that can only be the first one.
        let is_new = count > 0 && begins_title(&line.text) && !is_owner(&lines[first + count - 1].text);
        if !goes_on || (is_new && !is_open(&title)) {
            break;
        }
        if count > 0 && found.is_some() && !(begins_inside(&line.text) || is_open(&title)) {
            break;
        }
        title.push_str(&line.text);
        if let Some(name) = name_of(&title) {
            found = Some((name, count + 1));
            if !is_open(&title) && !lines.get(first + count + 1).is_some_and(|next| begins_inside(&next.text))
            {
                break;
            }
        }
    }
    let (mut title, count) = found?;
    for line in lines[first + count..].iter().take(2) {
        if !is_remark(&line.text) || title.ends_with(line.text.as_str()) {
            break;
        }
        title.push_str(&line.text);
    }
    Some(title)
}

/// The name of a document that `title` is, without the marks around it and the remark of its adoption.
fn name_of(title: &str) -> Option<String> {
    let title = ["名称", "标题"].iter().find_map(|label| title.strip_prefix(label)).unwrap_or(title);
    let inner = title.strip_prefix('《').and_then(|rest| rest.strip_suffix('》'));
    let name = inner.filter(|inner| !inner.contains('《')).unwrap_or(title);
    let (stem, said) = mark::bracket_before(name).unwrap_or((name, ""));
    let tells = ["公布", "通过", "施行", "发布", "〔", "［"];
    let name = if tells.iter().any(|word| said.contains(word)) { stem } else { name };
    let is_law = |name: &str| name.starts_with("中华人民共和国") && strip_remark(name).ends_with('法');
    let is_whole = !begins_inside(name)
        && name.matches('《').count() == name.matches('》').count()
        && mark::is_balanced(name);
    // 2026年云溪市政府工作报告
    let year = name.strip_prefix(|c: char| c.is_ascii_digit()).and_then(|rest| rest.split_once('年'));
    let dated = year.filter(|(year, _)| year.len() == 3 && year.bytes().all(|byte| byte.is_ascii_digit()));
    let undated = dated.map_or(name, |(_, rest)| rest);
    (is_whole && (is_title(undated) || is_law(name))).then(|| name.to_owned())
}

/// Whether a title that is not over issues another document: 关于印发…计划, before 的通知.
fn is_open(title: &str) -> bool {
    let issues = ["关于印发", "关于公布", "关于转发", "关于公开征求", "关于征求"];
    let stem = strip_remark(title);
    (issues.iter().any(|word| title.contains(word)) && !NOTICES.iter().any(|end| stem.ends_with(end)))
        || title.matches('《').count() > title.matches('》').count()
}

/// Whether a line can only be the rest of a title: 的管理办法》意见的通知.
fn begins_inside(line: &str) -> bool {
    line.starts_with(['的', '》', '、', '和', '及', '与', '）', ')'])
        || line.matches('》').count() > line.matches('《').count()
        || (mark::bracket_at(line).is_some_and(|(_, rest)| rest.starts_with(['的', '》'])))
}

/// Whether a line begins as titles do: with a place, with 关于, with the state.
fn begins_title(line: &str) -> bool {
    const STARTS: [&str; 7] = ["关于", "《", "国务院", "国家", "中共", "中华人民共和国", "全国"];
    STARTS.iter().any(|start| line.starts_with(start))
        || line.chars().take(5).skip(2).any(|c| matches!(c, '省' | '市' | '县'))
}

/// Whether a line is the name of a place or an organ.
fn is_owner(line: &str) -> bool {
    OWNERS.iter().any(|end| line.ends_with(end)) && !line.contains(['，', '《'])
}

/// 云溪市人民政府市长 张三, below the title of a report.
fn names_a_speaker(line: &str) -> bool {
    ["市长", "省长", "县长", "区长", "主席", "主任", "书记"].iter().any(|office| line.contains(office))
}

/// Whether a line is a remark below a title: （征求意见稿）, （2025年—2027年）.
fn is_remark(line: &str) -> bool {
    let Some((inner, "")) = mark::bracket_at(line) else { return false };
    let tells = ["公布", "通过", "施行", "发布", "〔", "此件", "会议", "号", "日"];
    inner.chars().count() <= 20 && !tells.iter().any(|word| inner.contains(word))
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
        && !is_level(stem)
}

/// Whether a line says of what level a standard is: 中华人民共和国国家标准.
fn is_level(line: &str) -> bool {
    ["国家标准", "行业标准", "地方标准", "团体标准", "企业标准"].iter().any(|level| line.ends_with(level))
}

/// Whether a line may be the first part of a title that goes on: 关于…, not yet at 的通知.
pub(crate) fn is_unfinished_title(line: &str) -> bool {
    line.contains("关于") && !is_title(line) && !line.contains(mark::CLAUSE_ENDS)
}

/// `key` without the brackets at its end: 清单（负面清单）（2024版）.
fn strip_remark(key: &str) -> &str {
    let mut stem = key;
    while stem.ends_with(['）', ')']) {
        let Some(at) = stem.rfind(['（', '(']) else { break };
        stem = &stem[..at];
    }
    stem
}

/// What stands in the cell after 标题.
fn labelled(document: &Document) -> Option<String> {
    let mut cells = document.blocks().take(HEAD);
    cells.find(|block| {
        block.kind() == BlockKind::TableCell
            && matches!(&*fold::key(block.text()), "标题：" | "标题:" | "名称：")
    })?;
    cells.next().filter(|block| block.kind() == BlockKind::TableCell).map(|block| one_line(block.text()))
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
        // A radical is the character that it stands for.
        let c = if fold::is_compatibility(c) { fold::folded_char(c).unwrap_or(c) } else { c };
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
    fn what_stands_above_and_below_is_no_part_of_the_title() {
        let title = |text: &str| {
            read_str("a", text.to_owned(), Format::PlainText).metadata().title.clone().unwrap_or_default()
        };
        for (text, expected) in [
            ("（2024年1月29日在云溪市第十四届人民代表大会第四次会议上）\n\n各位代表：\n\n现在报告工作。", ""),
            (
                "云溪市数字经济促进条例（专家建议\n\n稿）\n\n云溪市数字经济促进条例\n\n（专家建议稿）\n\n第一章 总则\n\n第一条 略。",
                "云溪市数字经济促进条例（专家建议稿）",
            ),
            (
                "下载\n\n打印\n\n2026年云溪市政府工作报告\n\n——2026年2月3日在云溪市第十六届人民代表大会第四次会议上\n\n各位代表：",
                "2026年云溪市政府工作报告",
            ),
            ("附件1\n\n数据提供合同管理办法\n\n征求意见稿\n\n第一条 略。", "数据提供合同管理办法"),
            (
                "首页\n\n云溪市加快构建具有特色和优势的现代产业体\n\n系三年行动方案（2025-2027年）\n\n为推进工作，制定本方案。",
                "云溪市加快构建具有特色和优势的现代产业体系三年行动方案（2025-2027年）",
            ),
            (
                "市人民政府关于印发云溪市数据资源\n\n管理实施细则（试行）的通知\n\n各区人民政府：\n\n请贯彻。",
                "市人民政府关于印发云溪市数据资源管理实施细则（试行）的通知",
            ),
        ] {
            assert_eq!(title(text), expected, "{text}");
        }
    }

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
        let title = |page: &str| {
            read_str("a", page.to_owned(), Format::Html).metadata().title.clone().unwrap_or_default()
        };
        let label = "<table><tr><td>标　　题：<td>某某<br>决定</table>";
        assert_eq!(title(&format!("{label}<p>国务院关于某某的决定</p>")), "国务院关于某某的决定");
        assert_eq!(title(&format!("{label}<p>正文。</p>")), "某某决定");
        let text = "各部门的业务\n协作事项应当明确。";
        assert_eq!(read_str("a", text.to_owned(), Format::PlainText).metadata().title.as_deref(), None);
    }
}
