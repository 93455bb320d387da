//! What a document says about itself: number, title, edition, dates, issuer.

use std::collections::HashMap;

use zhengming_terms::dictionary::{Authority, Header};
use zhengming_text::date::Date;
use zhengming_text::fold;

use super::lines::{Kind, Line};
use super::standard::{self, Standard};
use super::{characters, headings, number, rows};
use zhengming_text::zh::mark;

/// The cover and the first pages.
const COVER: usize = 80;

/// The header of a standard.
pub(super) fn of_standard(name: &str, lines: &[Line]) -> Header {
    let number = number_of(name, lines);
    let title = title_before_scope(lines).or_else(|| title_on_cover(lines)).unwrap_or_else(|| stem(name));
    let mut header = Header { title, ..Header::default() };
    match number {
        Some(standard) => {
            header.id = standard.id();
            header.series = Some(standard.series());
            header.citation = Some(standard.citation());
            header.authority = Some(standard.authority());
            header.edition = standard.year;
        }
        None => header.id = slug(&header.title),
    }
    dates(lines, &mut header);
    header.issuer = issuer(lines);
    header
}

/// Whether all chapters of a standard with this title are terms clauses.
pub(super) fn is_terminology(title: &str) -> bool {
    let title = title.trim_end_matches(['》', ' ']);
    !headings::is_terms_heading(title) && (title.contains("术语") || title.ends_with("词汇"))
}

/// The standard's own number: that of the running head, else of the cover, else of the file's name.
fn number_of(name: &str, lines: &[Line]) -> Option<Standard> {
    let mut counts: HashMap<String, (usize, usize, Standard)> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        if line.text.len() > 80 || line.text.contains("代替") {
            continue;
        }
        let text = line.text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        if let Some((standard, rest)) = standard::parse(text)
            && standard.is_complete()
            && rest.trim().chars().all(|c| c.is_ascii_digit())
        {
            counts.entry(standard.citation()).or_insert((0, at, standard)).0 += 1;
        }
    }
    let most = counts.into_values().max_by_key(|(count, at, _)| (*count, usize::MAX - at));
    if let Some((_, _, standard)) = most {
        return Some(standard);
    }
    // The cover, where the number may have company, comes before the first clause.
    let cover = lines.iter().take(COVER).take_while(|line| !line.text.ends_with("范围"));
    let on_cover = cover
        .filter(|line| line.text.len() < 120 && !line.text.contains(['，', '。', '《']))
        .find_map(|line| {
            let (standard, rest) = standard::parse(&line.text)?;
            (standard.is_complete() && (!characters::has_han(rest) || rest.contains("代替")))
                .then_some(standard)
        });
    standard::in_file_name(name).or(on_cover)
}

/// The title that is repeated before the first clause.
fn title_before_scope(lines: &[Line]) -> Option<String> {
    let is_scope = |at: usize| {
        let line = &lines[at];
        let number = number::parse(&line.raw).filter(|number| number.parts.len() == 1);
        let rest = number.map_or(line.raw.as_str(), |number| &line.raw[number.rest..]);
        line.kind == Kind::Text
            && matches!(
                characters::despaced(rest).trim_start_matches("一、"),
                "范围" | "适用范围" | "范围Scope"
            )
    };
    let found: Vec<usize> = (0..lines.len()).filter(|&at| is_scope(at)).take(8).collect();
    // In a table of contents the next clause follows at once.
    let opens_text = |at: usize| {
        lines[at + 1..].iter().take(3).any(|line| line.text.starts_with('本') || line.text.contains('。'))
    };
    let scope = found.iter().copied().find(|&at| opens_text(at)).or_else(|| found.last().copied())?;
    let mut parts: Vec<String> = Vec::new();
    for line in lines[..scope].iter().rev().take(6) {
        let text = &line.text;
        let is_number_alone = line.kind == Kind::Furniture && parts.is_empty() && text == "1";
        // The cover, if no title is repeated after it.
        let is_cover = parts.is_empty() && (text.starts_with("代替") || standard::parse(text).is_some());
        if is_number_alone
            || is_cover
            || (!characters::has_han(text)
                && line.kind == Kind::Text
                && parts.is_empty()
                && !text.contains('/'))
        {
            continue;
        }
        let is_part = line.kind == Kind::Text
            && characters::has_han(text)
            && text.chars().count() <= 50
            && !characters::has_sentence_mark(text)
            && !text.ends_with(['：', '、', '）'].as_slice())
            || (line.kind == Kind::Text
                && text.ends_with('）')
                && text.contains('（')
                && text.chars().count() <= 30);
        if !is_part
            || matches!(text.as_str(), "目次" | "目录" | "前言" | "引言")
            || number::parse(text).is_some()
        {
            break;
        }
        parts.insert(0, spaced_title(line));
        if parts.len() == 3 {
            break;
        }
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// A title keeps its spaces, unless they stand between all characters.
fn spaced_title(line: &Line) -> String {
    if characters::is_spaced_out(&line.raw) {
        return line.text.clone();
    }
    line.raw.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The line after the number on the cover.
fn title_on_cover(lines: &[Line]) -> Option<String> {
    let number = lines.iter().take(COVER).position(|line| {
        standard::parse(&line.text)
            .is_some_and(|(standard, rest)| standard.is_complete() && rest.trim().is_empty())
    })?;
    let cover = lines[number + 1..].iter().take(6).take_while(|line| number::parse(&line.text).is_none());
    cover
        .filter(|line| line.kind == Kind::Text)
        .find(|line| {
            characters::count_han(&line.text) >= 4
                && !line.text.starts_with("代替")
                && !headings::is_terms_heading(&line.text)
                && !line.text.contains(['发', '。', '，'])
                && line.text.chars().count() <= 60
        })
        .map(spaced_title)
}

/// The days before 发布 and 实施 on the cover.
fn dates(lines: &[Line], header: &mut Header) {
    for line in lines.iter().take(COVER).filter(|line| line.text.len() < 200) {
        let text = &line.text;
        let mut from = 0;
        for (verb, target) in [("发布", &mut header.published), ("实施", &mut header.effective)] {
            if let Some(at) = text[from..].find(verb) {
                if target.is_none() {
                    *target = Date::find(&text[from..from + at]);
                }
                from += at + verb.len();
            }
        }
    }
}

/// The line on the cover that ends with 发布.
fn issuer(lines: &[Line]) -> Option<String> {
    lines.iter().take(COVER).find_map(|line| {
        let name = line.text.strip_suffix("发布")?.trim();
        let is_name = characters::count_han(name) >= 3
            && name.chars().count() <= 40
            && !name.contains(|c: char| c.is_ascii_digit() || mark::PART_ENDS.contains(&c));
        is_name.then(|| name.to_owned())
    })
}

/// The header of a document with a definition table whose header row is line `first`.
pub(super) fn of_table(name: &str, lines: &[Line], first: usize) -> Header {
    let mut header = of_titled(name, title_above(lines, first).unwrap_or_else(|| stem(name)));
    header.authority = Some(Authority::Policy);
    // The notice is signed with office and day.
    for (at, line) in lines[..first].iter().enumerate().rev() {
        let is_day = line.text.chars().count() <= 24 && line.text.ends_with('日');
        if is_day && let Some(date) = Date::find(&line.text) {
            header.published = Some(date);
            let office = at.checked_sub(1).map(|at| line_text(&lines[at]));
            header.issuer = office.filter(|office| is_office(office)).map(str::to_owned);
            break;
        }
    }
    header
}

fn line_text(line: &Line) -> &str {
    &line.text
}

fn is_office(text: &str) -> bool {
    const ENDS: [&str; 9] = ["委员会", "厅", "局", "办公室", "政府", "部", "院", "署", "会"];
    text.chars().count() <= 30
        && !characters::has_sentence_mark(text)
        && ENDS.iter().any(|end| text.ends_with(end))
}

fn title_above(lines: &[Line], first: usize) -> Option<String> {
    let above =
        lines[..first].iter().rev().filter(|line| line.kind == Kind::Text && rows::cells(line).is_none());
    let mut titles = above.take(12).filter(|line| is_title(&line.text));
    titles.next().map(|line| line.text.trim_matches(['《', '》']).to_owned())
}

fn is_title(text: &str) -> bool {
    (4..=50).contains(&text.chars().count())
        && !characters::has_sentence_mark(text)
        && characters::has_han(text)
        && !text.ends_with(['：', '日'])
}

/// A header with what the title gives: `数字社会定义集（6.0版）`.
fn of_titled(name: &str, title: String) -> Header {
    let title = if title.is_empty() { stem(name) } else { title };
    let edition = title.char_indices().filter(|(_, c)| matches!(c, '（' | '(')).find_map(|(at, c)| {
        let inner = &title[at + c.len_utf8()..];
        let end = inner.find(['）', ')'])?;
        let edition = &inner[..end];
        edition.ends_with('版').then(|| {
            (edition.to_owned(), format!("{}{}", &title[..at], inner[end..].trim_start_matches(['）', ')'])))
        })
    });
    let (edition, series) = match edition {
        Some((edition, series)) => (Some(edition), series),
        None => (None, title.clone()),
    };
    Header {
        id: slug(&title),
        citation: Some(format!("《{title}》")),
        series: Some(series),
        edition,
        title,
        ..Header::default()
    }
}

/// The header of a glossary.
pub(super) fn of_glossary(name: &str, lines: &[Line], first: usize) -> Header {
    let heading = lines[..first].iter().find(|line| line.kind == Kind::Text && is_title(&line.text));
    let mut header = of_titled(
        name,
        heading.map(|line| line.text.trim_matches(['《', '》']).to_owned()).unwrap_or_default(),
    );
    header.authority = Some(Authority::Policy);
    header
}

/// The header of a statute.
pub(super) fn of_statute(name: &str, lines: &[Line]) -> Header {
    const KINDS: [&str; 10] = ["条例", "规定", "办法", "法", "细则", "决定", "规则", "规程", "指引", "规范"];
    let is_statute = |text: &str| {
        let text = text.trim_end_matches('》');
        let text = text
            .rsplit_once('（')
            .map_or(text, |(before, inner)| if inner.ends_with('）') { before } else { text });
        is_title(text)
            && KINDS.iter().any(|kind| text.ends_with(kind))
            && !text.starts_with('第')
            && !text.contains(['《', '〔'])
    };
    let heading = lines.iter().take(COVER).find(|line| is_statute(&line.text));
    let mut header = of_titled(
        name,
        heading.map(|line| line.text.trim_matches(['《', '》']).to_owned()).unwrap_or_default(),
    );
    let title = header.title.as_str();
    let is_local = ["省", "市", "自治区", "自治州", "县", "区"]
        .iter()
        .any(|place| title.find(place).is_some_and(|at| at <= 24));
    let is_national = title.starts_with("中华人民共和国") || title.starts_with("国务院") || !is_local;
    header.authority = Some(
        match (title.ends_with("条例") || title.ends_with('法') && !title.ends_with("办法"), is_national)
        {
            (true, true) => Authority::Law,
            (true, false) => Authority::LocalLaw,
            (false, _) if title.starts_with("国务院") => Authority::Law,
            (false, _) => Authority::Policy,
        },
    );
    header.published = lines.iter().take(COVER).filter(|line| line.text.len() < 400).find_map(|line| {
        let says = ["公布", "发布", "通过"].iter().any(|verb| line.text.contains(verb));
        says.then(|| Date::find(&line.text)).flatten()
    });
    if let Some(day) = last_version(lines).or_else(|| day_in_name(name)) {
        header.edition = Some(day.to_string());
    }
    header.effective =
        lines.iter().rev().take(COVER).find_map(|line| effective(&line.text, header.published));
    header
}

/// The day of the last amendment that the head of a statute tells of: 2020年10月17日……第四次修正.
fn last_version(lines: &[Line]) -> Option<Date> {
    let head = lines.iter().take(COVER).filter(|line| line.text.len() < 400);
    let amended = head.filter(|line| ["修正", "修订", "修改"].iter().any(|verb| line.text.contains(verb)));
    amended.flat_map(|line| days(&line.text)).max()
}

/// All days in a text.
fn days(text: &str) -> impl Iterator<Item = Date> {
    text.match_indices('年').filter_map(|(at, _)| {
        let start = text[..at]
            .rfind(|c: char| !c.is_ascii_digit())
            .map_or(0, |before| before + text[before..].chars().next().map_or(0, char::len_utf8));
        Date::find(&text[start..])
    })
}

/// The day in a file's name, as collections of statutes have it: 公司法(2018-10-26).md.
fn day_in_name(name: &str) -> Option<Date> {
    let stem = stem(name);
    let (_, inner) = stem.rsplit_once(['(', '（'])?;
    Date::find(inner.trim_end_matches([')', '）']))
}

/// The day in 本条例自2023年1月1日起施行, the last article of a statute.
fn effective(text: &str, published: Option<Date>) -> Option<Date> {
    let end = ["起施行", "起实施"].iter().filter_map(|verb| text.rfind(verb)).max()?;
    let since = &text[text[..end].rfind('自')?..end];
    let is_published = ["公布", "发布", "通过"].iter().any(|verb| since.contains(verb));
    if is_published { published } else { Date::find(fold::fold(since).text()) }
}

/// The file's name without folder and extension.
fn stem(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.trim().is_empty() { "dictionary".to_owned() } else { stem.trim().to_owned() }
}

/// The title as an id.
pub(super) fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.chars() {
        if fold::is_han(c)
            || c.is_alphanumeric()
            || (c == '.' && slug.ends_with(|c: char| c.is_ascii_digit()))
        {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_matches(['-', '.']).to_owned();
    if slug.is_empty() { "dictionary".to_owned() } else { slug }
}
