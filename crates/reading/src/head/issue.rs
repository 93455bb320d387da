//! The organ that issued a document and the number that it issued it under.

use zhengming_text::document::BlockKind;
use zhengming_text::fold;

use super::place::{FOOT, HEAD, Lines, ORGANS, bare, ends};
use zhengming_text::zh::mark;

/// Blocks from the beginning in which a notice is signed; the rest are its annexes, but for the foot.
const SIGNED: usize = 150;
/// Longest name of an organ, in characters.
const LONGEST: usize = 30;
/// Longest code before the year of a number, in characters: 国市监网监发.
const CODE: usize = 14;
/// What names the number in a line of the head.
const NUMBER_LABELS: [&str; 6] = ["发文字号", "文件编号", "发文文号", "文号", "字号", "文件号"];
/// What names the organ.
const ORGAN_LABELS: [&str; 8] =
    ["发文机关", "发文机构", "发文单位", "发布机构", "发布机关", "发布单位", "制定机关", "公开责任部门"];
/// What an organ does with a document before 关于: 省政府印发关于….
const ISSUES: [&str; 4] = ["印发", "转发", "批转", "发布"];

/// The number of the document: of a line of the head or the foot that is nothing else, behind a label, or behind the
/// title: 浙政办发〔2023〕5号, 发文字号：国办发〔2024〕3号.
pub(super) fn number(lines: &Lines<'_>, title: Option<&str>) -> Option<String> {
    let document = lines.document();
    let title = title.map(fold::canonical);
    let whole = ends(document).find_map(|block| {
        let line = lines.short(block)?;
        let line = line.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
        let (start, number) = number_in(line)?;
        (start == 0 && number_length(line) == Some(line.len())).then_some(number)
    });
    let labelled = || {
        let mut is_labelled = false;
        ends(document).find_map(|block| {
            let line = lines.line(block)?;
            let after = NUMBER_LABELS.iter().find_map(|label| line.split_once(label).map(|(_, rest)| rest));
            let is_below = is_labelled && block.kind() == BlockKind::TableCell;
            is_labelled = after.is_some_and(|rest| rest.trim_matches(is_mark).is_empty());
            let rest = after.map_or_else(|| is_below.then_some(line), Some)?;
            let (start, number) = number_in(rest.trim_start_matches(is_mark))?;
            (start == 0).then_some(number)
        })
    };
    let behind_title = || {
        document.blocks().take(HEAD).find_map(|block| {
            let line = bare(block.text().get(..block.text().floor_char_boundary(600))?);
            let rest = line.split_once(title.as_deref()?)?.1;
            let rest = rest.trim_start_matches("的通知").trim_start_matches(is_mark);
            let (start, number) = number_in(rest)?;
            (start == 0).then_some(number)
        })
    };
    labelled().or(whole).or_else(behind_title)
}

/// Marks between a label and what it names.
fn is_mark(c: char) -> bool {
    "：:[]【】（(".contains(c)
}

/// The first number of a document in `line` and where it begins.
fn number_in(line: &str) -> Option<(usize, String)> {
    let open = line.find(mark::OPEN_SQUARE)?;
    let length = number_length(&line[open..]).or_else(|| number_length(line).map(|end| end - open))?;
    let code: usize =
        line[..open].chars().rev().take(CODE + 1).take_while(|&c| fold::is_han(c)).map(char::len_utf8).sum();
    let start = open - code;
    let is_code = (1..=CODE).contains(&line[start..open].chars().count());
    let written: String = line[start..open + length].chars().map(bracket).collect();
    is_code.then_some((start, written))
}

/// Where the number ends whose bracket is the first one in `line`.
fn number_length(line: &str) -> Option<usize> {
    let open = line.find(mark::OPEN_SQUARE)?;
    let close = open + line[open..].find(mark::CLOSE_SQUARE)?;
    let year = line[open..close].chars().skip(1);
    let is_year = year.clone().count() == 4 && year.clone().all(|c| c.is_ascii_digit());
    let after = line[close..].chars().next()?.len_utf8() + close;
    let end = line[after..].find('号')? + after;
    let counts = |c: char| c.is_ascii_digit() || c == '第';
    (is_year && end > after && line[after..end].chars().all(counts)).then_some(end + '号'.len_utf8())
}

/// The brackets of a number as they should be.
fn bracket(c: char) -> char {
    match c {
        _ if mark::OPEN_SQUARE.contains(&c) => '〔',
        _ if mark::CLOSE_SQUARE.contains(&c) => '〕',
        other => other,
    }
}

/// The organ that a label names, of the letterhead, of the title, of the signature, of the line of issue of a
/// standard, or that adopted a law.
pub(super) fn issuer(lines: &Lines<'_>, title: Option<&str>) -> Option<String> {
    labelled(lines)
        .or_else(|| letterhead(lines))
        .or_else(|| title.and_then(of_title))
        .or_else(|| signature(lines))
        .or_else(|| of_standard(lines))
        .or_else(|| speaker(lines))
        .or_else(|| congress(lines))
}

/// 发文机关：云溪市数据局, in a line or in two cells.
fn labelled(lines: &Lines<'_>) -> Option<String> {
    let mut is_labelled = false;
    ends(lines.document()).find_map(|block| {
        let line = lines.line(block)?;
        let after = ORGAN_LABELS.iter().find_map(|label| line.split_once(label).map(|(_, rest)| rest));
        let is_below = is_labelled && block.kind() == BlockKind::TableCell;
        is_labelled = after.is_some_and(|rest| rest.trim_matches(is_mark).is_empty());
        let rest = after.map_or_else(|| is_below.then_some(line), Some)?;
        let rest = rest.trim_start_matches(is_mark);
        // What else the line tells begins with a label of its own.
        let others = NUMBER_LABELS.iter().chain(&["[", "【", "成文", "发布", "发文", "标题", "生成", "信息"]);
        let end =
            others.filter_map(|label| rest.find(label)).filter(|&at| at > 0).min().unwrap_or(rest.len());
        let organ = rest[..end].split(['、', '，', ';', '；', ',']).next()?;
        is_organ(organ).then(|| organ.to_owned())
    })
}

/// 浙江省人民政府办公厅文件.
fn letterhead(lines: &Lines<'_>) -> Option<String> {
    lines.document().blocks().take(HEAD).find_map(|block| {
        let line = lines.short(block)?;
        let organ = line.strip_suffix("文件")?;
        is_organ(organ).then(|| organ.to_owned())
    })
}

/// What a title says before 关于: 国务院办公厅关于…, 云溪市数据局等部门印发《….
fn of_title(title: &str) -> Option<String> {
    let title = bare(title);
    let end = title.find("关于").into_iter().chain(title.find("印发《")).min()?;
    let mut organ = &title[..end];
    for word in ISSUES {
        organ = organ.strip_suffix(word).unwrap_or(organ);
    }
    // 等七部门: the first one stands for all.
    let organ = organ.split_once('等').map_or(organ, |(first, _)| first);
    is_organ(organ).then(|| organ.to_owned())
}

/// The first of the organs above the first date that stands below or behind one.
fn signature(lines: &Lines<'_>) -> Option<String> {
    let document = lines.document();
    let mut organs: Vec<String> = Vec::new();
    let count = document.blocks().len();
    let foot = (count.saturating_sub(FOOT).max(SIGNED)..count).map(|index| document.block(index));
    for block in document.blocks().take(SIGNED).chain(foot) {
        let line = lines.short(block).filter(|_| block.kind() != BlockKind::TableCell);
        let line = line.unwrap_or_default();
        let day = line.find(|c: char| c.is_ascii_digit() || c == '二').unwrap_or(line.len());
        let (name, date) = line.split_at(day);
        // 国家互联网信息办公室主任 张三.
        let name = OFFICES.iter().find_map(|office| name.split_once(office)).map_or(name, |(organ, _)| organ);
        let is_date = date.contains('年') && date.ends_with(['日', '月']);
        if is_organ(name) {
            organs.push(name.to_owned());
        } else if !(is_date && name.is_empty()) {
            organs.clear();
        }
        if is_date && !organs.is_empty() {
            return organs.into_iter().next();
        }
    }
    None
}

/// Who speaks for an organ.
const OFFICES: [&str; 10] = ["主任", "部长", "局长", "市长", "省长", "主席", "行长", "署长", "总理", "代理"];

/// 云溪市市场监督管理局 发布.
fn of_standard(lines: &Lines<'_>) -> Option<String> {
    lines.document().blocks().take(HEAD).find_map(|block| {
        let line = lines.short(block)?;
        // 2025-04-25 发布 2025-11-01 实施, and the organ below it.
        let is_issue = line.starts_with(|c: char| c.is_ascii_digit() || c == 'X') && line.contains("发布");
        let below = block.index() + 1;
        let below =
            (is_issue && below < lines.document().blocks().len()).then(|| lines.document().block(below));
        let below = below.and_then(|block| lines.short(block));
        let organ = below.or_else(|| line.strip_suffix("发布"))?;
        let organ = organ.strip_suffix("发布").unwrap_or(organ).split(['、', '，']).next()?;
        is_organ(organ).then(|| organ.to_owned())
    })
}

/// 云溪市人民政府市长 张三, below the title of a report.
fn speaker(lines: &Lines<'_>) -> Option<String> {
    lines.document().blocks().take(HEAD).find_map(|block| {
        let line = lines.short(block)?;
        let (organ, _) = OFFICES.iter().find_map(|office| line.split_once(office))?;
        is_organ(organ).then(|| organ.to_owned())
    })
}

/// Who adopted a law: 浙江省第十三届人民代表大会常务委员会第二十六次会议通过, 国务院令第95号公布.
pub(super) fn congress(lines: &Lines<'_>) -> Option<String> {
    lines.document().blocks().take(HEAD).find_map(|block| {
        let line = lines.line(block)?;
        of_session(line).or_else(|| of_decree(line)).or_else(|| in_brackets(line))
    })
}

fn of_session(line: &str) -> Option<String> {
    const CONGRESS: &str = "人民代表大会";
    let at = line.find(CONGRESS)?;
    let end = line[..at].rfind('届')? + '届'.len_utf8();
    let start = line[..end].rfind('第')?;
    // 第十三届全国人民代表大会, 浙江省第十三届人民代表大会.
    let place = if at > end { &line[end..at] } else { last_name(&line[..start]) };
    let place = place.strip_prefix('在').unwrap_or(place);
    // A report to the congress is the government's.
    if line.trim_end_matches(['）', ')']).ends_with('上') {
        return Some(format!("{place}人民政府"));
    }
    let rest = &line[at + CONGRESS.len()..];
    let committee = if rest.starts_with("常务委员会") { "常务委员会" } else { "" };
    let is_place = (2..=8).contains(&place.chars().count());
    is_place.then(|| format!("{place}{CONGRESS}{committee}"))
}

fn of_decree(line: &str) -> Option<String> {
    let at = line.find("令第").or_else(|| line.find("令（第"))?;
    // 国务院、中央军事委员会令: the first stands for both.
    let organ = line[..at].split('、').next().map(last_name)?;
    let organ = organ.strip_prefix("中华人民共和国").unwrap_or(organ);
    is_organ(organ).then(|| organ.to_owned())
}

/// （2025年9月11日 云溪市数据局）
fn in_brackets(line: &str) -> Option<String> {
    let inner = line.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    let organ = last_name(inner);
    (inner.starts_with(|c: char| c.is_ascii_digit()) && is_organ(organ)).then(|| organ.to_owned())
}

/// The name with which `text` ends, after a date or a mark.
fn last_name(text: &str) -> &str {
    let before = text.char_indices().rev().find(|&(_, c)| !fold::is_han(c) || c == '日');
    before.map_or(text, |(at, c)| &text[at + c.len_utf8()..])
}

/// Whether a text is the name of an organ and nothing else.
fn is_organ(text: &str) -> bool {
    let is_name = (3..=LONGEST).contains(&text.chars().count())
        && text.chars().all(|c| fold::is_han(c) || "、（）()".contains(c));
    is_name && ORGANS.iter().any(|end| text.ends_with(end)) && !text.starts_with(['各', '由', '和', '与'])
}
