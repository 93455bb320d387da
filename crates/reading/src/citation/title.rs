//! Titles: `《浙江省公共数据条例》`, laws named without marks, and named documents of the register.

use memchr::memmem;

use zhengming_terms::register::Register;
use zhengming_text::fold;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;

use super::scan::Scan;
use super::{Citation, Kind, Role, clause};
use zhengming_text::fold::canonical;
use zhengming_text::zh::mark;

/// Longest title that is believed, in bytes.
const LONGEST_TITLE: usize = 400;
/// What a law without marks begins with.
const STATE: &str = "中华人民共和国";
/// Longest name of a law without marks, in characters after the name of the state.
const LONGEST_LAW: usize = 40;
/// How the name of a law ends.
const LAWS: [&str; 5] = ["法", "条例", "办法", "规定", "实施细则"];
/// What in brackets after a title says which version of it is meant.
const VERSIONS: [&str; 8] = ["版", "稿", "草案", "试行", "暂行", "修正", "修订", "试用"];

/// What forms, certificates, contracts and newspapers are called: 《采矿许可证》 is a title and no document to go by.
const PAPERS: [&str; 42] = [
    "证",
    "证书",
    "通知书",
    "决定书",
    "批准书",
    "申请书",
    "承诺书",
    "委托书",
    "告知书",
    "责任书",
    "保证书",
    "确认书",
    "意向书",
    "协议书",
    "倡议书",
    "卡",
    "发票",
    "执照",
    "牌照",
    "申请表",
    "登记表",
    "审批表",
    "备案表",
    "申报表",
    "信息表",
    "推荐表",
    "汇总表",
    "统计表",
    "登记簿",
    "登记册",
    "户口簿",
    "联单",
    "日报",
    "晚报",
    "合同",
    "协议",
    "隐私政策",
    "隐私条款",
    "服务条款",
    "证明",
    "回执",
    "笔录",
];

/// Whether what is named in marks is a paper that is issued or signed, and no document that a text relies on. What is said
/// in brackets at the end of a name (试行, 格式一) says nothing about its kind.
fn is_paper(name: &str) -> bool {
    let bracket = mark::bracket_before(name.trim());
    // 合同（示范文本） is published for everybody.
    if bracket
        .is_some_and(|(_, inner)| inner.contains("文本") || inner.contains("范本") || inner.ends_with('稿'))
    {
        return false;
    }
    let name = bracket.map_or(name, |(outer, _)| outer).trim();
    // 验证 and 认证 are activities.
    let is_activity =
        ["验证", "认证", "论证", "保证", "查证", "公证", "举证"].iter().any(|word| name.ends_with(word));
    !is_activity && PAPERS.iter().any(|paper| name.ends_with(paper))
}

/// Adds the titles in `text`.
pub(super) fn find(text: &str, signs: Signs, register: Option<&Register>, found: &mut Vec<Citation>) {
    let first = found.len();
    if signs.any(Signs::TITLE) {
        marked(text, found);
    }
    let titles: Vec<TextRange> = found[first..].iter().map(|citation| citation.range).collect();
    // Titles are in order and apart, so only the last one before the end can overlap.
    let is_free = |range: TextRange| {
        let before = titles.partition_point(|title| title.start < range.end);
        before.checked_sub(1).is_none_or(|last| !titles[last].overlaps(range))
    };
    if signs.any(Signs::STATE) {
        laws(text, &is_free, found);
    }
    if let Some(register) = register.filter(|_| signs.any(Signs::NAMED)) {
        named(text, register, &is_free, found);
    }
}

/// 《…》
fn marked(text: &str, found: &mut Vec<Citation>) {
    let mut open: Vec<usize> = Vec::new();
    let Some(first) = memmem::find(text.as_bytes(), "《".as_bytes()) else { return };
    let marks = text[first..].char_indices().filter(|(_, c)| matches!(c, '《' | '》' | '。'));
    for (at, c) in marks.map(|(at, c)| (first + at, c)) {
        match c {
            '《' => open.push(at),
            '。' => open.clear(),
            _ => {
                let Some(start) = open.pop() else { continue };
                let inner = &text[start + '《'.len_utf8()..at];
                let is_whole = open.is_empty() && at - start <= LONGEST_TITLE && !inner.trim().is_empty();
                if is_whole && !is_paper(&canonical(inner)) {
                    found.push(title(text, TextRange::new(start, at + '》'.len_utf8()), inner));
                }
            }
        }
    }
}

/// Laws of the state that are named without marks, as lists of references do.
fn laws(text: &str, is_free: &impl Fn(TextRange) -> bool, found: &mut Vec<Citation>) {
    let mut from = 0;
    while let Some((start, after)) = state(text, from) {
        from = after;
        // After an opening mark it is the part of a title that was cut in two.
        if !text[..start].ends_with('《')
            && let Some(end) = law_end(text, from, after - start > STATE.len())
            && is_free(TextRange::new(start, end))
        {
            let name = canonical(&text[start..end]);
            let mut law = title(text, TextRange::new(start, end), &text[start..end]);
            law.normal = name;
            found.push(law);
            from = end;
        }
    }
}

/// Where the name of the state next begins and ends, also in spaced-out print: 中 华 人 民 共 和 国.
fn state(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = &text.as_bytes()[from..];
    let plain = memmem::find(bytes, STATE.as_bytes()).map(|at| (from + at, from + at + STATE.len()));
    let spaced = memmem::find_iter(bytes, "中 ".as_bytes()).find_map(|at| {
        let mut scan = Scan::new(text, from + at);
        scan.eat_str(STATE).then_some((from + at, scan.at))
    });
    plain.into_iter().chain(spaced).min()
}

/// Where the name of a law ends that begins at `start`: after 法 or 条例, where no word goes on. In spaced-out print a space
/// ends no word.
fn law_end(text: &str, start: usize, spaced: bool) -> Option<usize> {
    let mut end = start;
    let mut name = String::new();
    let longest = if spaced { 2 * LONGEST_LAW } else { LONGEST_LAW };
    for c in text[start..].chars().take(longest) {
        if !fold::is_han(c) && !fold::is_space(c) {
            break;
        }
        end += c.len_utf8();
        if !fold::is_han(c) {
            continue;
        }
        name.push(c);
        let rest = text[end..].chars().find(|&c| c != '\n' && c != '\r' && !(spaced && c == ' '));
        let goes_on = rest.is_some_and(|c| fold::is_han(c) && !"第的和及与等规有中已所以或".contains(c));
        let is_law = LAWS.iter().any(|law| name.ends_with(law)) && !name.ends_with("法律法");
        if !goes_on && is_law && name.chars().count() >= 2 {
            return Some(end);
        }
    }
    None
}

/// Documents that the register knows by name: 数字社会定义集（5.0版）.
fn named(text: &str, register: &Register, is_free: &impl Fn(TextRange) -> bool, found: &mut Vec<Citation>) {
    for (start, length) in register.names_in(text) {
        let end = start + length;
        let end = version_after(text, end).map_or(end, |(_, after)| after);
        let range = TextRange::new(start, end);
        if is_free(range) {
            found.push(title(text, range, &text[range.range()]));
        }
    }
}

/// The citation at `range` of which the name is `inner`.
fn title(text: &str, range: TextRange, inner: &str) -> Citation {
    let name = canonical(inner);
    let (series, edition) = split_version(&name);
    let (series, mut edition) = (series.to_owned(), edition.map(str::to_owned));
    let mut end = range.end;
    if edition.is_none()
        && let Some((version, after)) = version_after(text, end)
    {
        edition = Some(version);
        end = after;
    }
    if edition.is_none() && series.contains("暂行") {
        edition = Some("暂行".to_owned());
    }
    let clause = clause::articles(text, end);
    let year = period_or_year(&name);
    Citation {
        range,
        kind: Kind::Title,
        normal: format!("《{name}》"),
        series,
        number: None,
        year,
        edition,
        clause: clause.as_ref().map(|(_, clause)| clause.clone()),
        clause_range: clause.map(|(range, _)| range),
        repaired: None,
        role: Role::Reference,
    }
}

/// The version in brackets at the end of a name; a period of years is none.
fn split_version(name: &str) -> (&str, Option<&str>) {
    let version = name.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match version.filter(|(series, version)| !series.is_empty() && is_version(version)) {
        Some((series, version)) => (series, Some(version)),
        None => match name.find(|c: char| c.is_ascii_digit()).map(|at| name.split_at(at)) {
            Some((series, version))
                if !series.is_empty() && version.ends_with('版') && version.contains('.') =>
            {
                (series, Some(version))
            }
            _ => (name, None),
        },
    }
}

fn is_version(text: &str) -> bool {
    text.chars().count() <= 12 && VERSIONS.iter().any(|version| text.ends_with(version))
}

/// `（6.0版）` or `6.0版` after a name.
fn version_after(text: &str, at: usize) -> Option<(String, usize)> {
    let rest = text[at..].trim_start_matches(fold::is_space);
    let start = text.len() - rest.len();
    if let Some(inner) = rest.strip_prefix(mark::OPEN_BRACKETS) {
        let length = inner.find(mark::CLOSE_BRACKETS).filter(|&length| length <= 40)?;
        let version = canonical(&inner[..length]);
        let close = inner[length..].chars().next().map_or(0, char::len_utf8);
        let end = start + (rest.len() - inner.len()) + length + close;
        return is_version(&version).then_some((version, end));
    }
    let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let version = &rest[..digits];
    (version.contains('.') && rest[digits..].starts_with('版'))
        .then(|| (format!("{version}版"), start + digits + '版'.len_utf8()))
}

/// The first year in a name, of an edition or of a period.
fn period_or_year(name: &str) -> Option<u16> {
    let start = name.find(|c: char| c.is_ascii_digit())?;
    let digits = &name[start..start + name[start..].bytes().take_while(u8::is_ascii_digit).count()];
    digits.parse().ok().filter(|year| digits.len() == 4 && (1950..2050).contains(year))
}
