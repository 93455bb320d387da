//! Lists of explained terms: `1.X，是指…`, `X：…` with the term in bold, `【X】…`.

use zhengming_text::span::Span;

use super::entry::Entry;
use super::lines::{Kind, Line};
use super::number::{self, MarkerKind};
use super::{Notice, Reading, characters, designation, header, headings, items, notice, parts, term};

/// An entry and the lines that belong to it.
struct Open {
    entry: Entry,
    rows: Vec<(usize, String)>,
}

/// Reads the glossary, if the document is one.
pub(super) fn read(name: &str, lines: &[Line]) -> Option<Reading> {
    let start = heading(lines);
    let style = style(&lines[start..])?;
    let mut entries: Vec<Open> = Vec::new();
    let mut notices: Vec<Notice> = Vec::new();
    let mut last = 0;
    let mut first = None;
    for (at, line) in lines.iter().enumerate().skip(start) {
        match line.kind {
            Kind::Furniture if !entries.is_empty() => {
                notices.push(notice::page_artefact(line.number, &line.text));
            }
            Kind::Picture if !entries.is_empty() && line.text.contains(['!', '<']) => {
                notices.push(notice::picture(line.number));
            }
            _ => {}
        }
        if line.kind != Kind::Text {
            continue;
        }
        if !entries.is_empty() && headings::is_back_matter(&line.text) {
            break;
        }
        if let Some((number, rest)) = opens(line, style, last)
            && let Some((open, value)) = entry(line, number, rest, lines.get(at + 1))
        {
            if let Some(value) = value {
                if last > 0 && value > last + 1 {
                    notices.push(notice::gap(line.number, &(last + 1).to_string(), &value.to_string()));
                } else if last > 0 && value <= last && value != 1 {
                    notices.push(notice::doubled_number(line.number, &value.to_string()));
                }
                last = value;
            }
            first.get_or_insert(at);
            entries.push(open);
            continue;
        }
        if is_heading(line) {
            continue;
        }
        if let Some(open) = entries.last_mut() {
            open.entry.span.end = line.span.end;
            open.rows.push((line.number, line.text.clone()));
        }
    }
    // One explained term makes no glossary.
    if entries.len() < 2 && start == 0 {
        return None;
    }
    let header = header::of_glossary(name, lines, first?);
    let entries = entries.into_iter().filter_map(|open| finish(open, &mut notices)).collect();
    Some(Reading { entries, header, notices, certain: false })
}

fn finish(open: Open, notices: &mut Vec<Notice>) -> Option<Entry> {
    let Open { mut entry, mut rows } = open;
    for (number, text) in &mut rows {
        super::entry::repair(text, *number, notices);
    }
    let mut parts = parts::read(rows.iter().map(|(number, text)| (*number, text.as_str())));
    for (number, text) in std::mem::take(&mut parts.left) {
        notices.push(notice::not_read(number, &text));
    }
    entry.set_parts(parts);
    if entry.definition.is_none() {
        notices.push(notice::no_term(entry.line, entry.term()));
        return None;
    }
    Some(entry)
}

/// Where the glossary begins: after its heading, if it is a part of a document.
fn heading(lines: &[Line]) -> usize {
    const HEADINGS: [&str; 7] =
        ["名词解释", "术语解释", "名词注释", "术语表", "词汇表", "名词术语解释", "有关名词解释"];
    // The last one: before it stand a table of contents and references to the annex.
    let found = lines.iter().rposition(|line| {
        let text = line.text.trim_end_matches(['：', ':']);
        let text = number::marker(text).map_or(text, |marker| &text[marker.rest..]);
        let text = text
            .trim_start_matches("附件")
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '：'));
        line.kind == Kind::Text && HEADINGS.contains(&text)
    });
    found.map_or(0, |at| at + 1)
}

/// How the entries begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Marker(MarkerKind),
    Bold,
    Bracketed,
    Plain,
}

/// So many lines show how the entries begin.
const SAMPLE: usize = 4000;

/// The way in which most entries begin.
fn style(lines: &[Line]) -> Option<Style> {
    let mut counts = [
        (Style::Marker(MarkerKind::Figure), 0usize),
        (Style::Marker(MarkerKind::BracketedFigure), 0),
        (Style::Marker(MarkerKind::BracketedChinese), 0),
        (Style::Marker(MarkerKind::Chinese), 0),
        (Style::Bold, 0),
        (Style::Bracketed, 0),
        (Style::Plain, 0),
    ];
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.kind == Kind::Text).take(SAMPLE) {
        for (style, count) in &mut counts {
            if let Some((number, rest)) = opens(line, *style, 0)
                && let Some((open, _)) = entry(line, number, rest, lines.get(at + 1))
            {
                // A marker alone proves nothing: plans are numbered too.
                let is_explained = open.rows.first().is_some_and(|(_, text)| is_explanation(text));
                *count += usize::from(is_explained || !matches!(style, Style::Marker(_)));
            }
        }
    }
    let (style, count) = counts.into_iter().rev().max_by_key(|(_, count)| *count)?;
    (count >= 2).then_some(style)
}

fn is_explanation(text: &str) -> bool {
    ["是指", "指", "是", "即", "为", "系指", "泛指"].iter().any(|verb| text.starts_with(verb))
}

/// The number and the text of a line that begins as entries of this style do.
fn opens(line: &Line, style: Style, last: u32) -> Option<(Option<u32>, &str)> {
    match style {
        Style::Marker(kind) => {
            let marker = number::marker(line.body()).filter(|marker| marker.kind == kind)?;
            // A wrapped line may begin with a figure; the numbers only go up.
            let fits = last == 0 || marker.value == 1 || (marker.value > last && marker.value <= last + 5);
            fits.then(|| (Some(marker.value), &line.body()[marker.rest..]))
        }
        Style::Bold => line.bold.then(|| {
            let raw = line.body().trim_start_matches(['-', '*', '+', ' ']);
            number::marker(raw).map_or((None, raw), |marker| (Some(marker.value), &raw[marker.rest..]))
        }),
        Style::Bracketed => line.body().starts_with('【').then_some((None, line.body())),
        Style::Plain => line.body().starts_with(characters::is_wide).then_some((None, line.body())),
    }
}

/// The entry that a line opens, with the first row of its definition.
fn entry(line: &Line, number: Option<u32>, text: &str, next: Option<&Line>) -> Option<(Open, Option<u32>)> {
    let (printed, definition) = explained(text, number.is_some() || line.bold, next)?;
    let split = term::split(&printed);
    let is_term = (1..=term::LONGEST_TERM).contains(&split.chinese.chars().count())
        && !characters::has_sentence_mark(&split.chinese)
        && split.rest.is_none();
    if !is_term || parts::note(&split.chinese).is_some() {
        return None;
    }
    let mut entry = Entry::new(
        number.map(|number| number.to_string()),
        Span::new(line.span.start, line.span.end),
        line.number,
    );
    entry.set_term(split.chinese.trim_matches(['“', '”']).trim());
    entry.english = split.english;
    let mut rows = Vec::new();
    let mut definition = characters::despaced(definition.trim());
    // 数据（以下简称D），…
    if let Some(names) = entry.heading.is_none().then(|| designation::labelled(&definition)).flatten() {
        entry.terms.extend(names);
        definition.clear();
    }
    if !definition.is_empty() {
        rows.push((line.number, definition));
    }
    Some((Open { entry, rows }, number))
}

/// The term and the beginning of its explanation.
fn explained<'t>(text: &'t str, is_marked: bool, next: Option<&Line>) -> Option<(String, &'t str)> {
    let head = characters::head(text, 240);
    if let Some(inner) = head.strip_prefix('【')
        && let Some(end) = inner.find('】')
    {
        let after = '【'.len_utf8() + end + '】'.len_utf8();
        return Some((inner[..end].to_owned(), text[after..].trim_start_matches(['：', ':', ' '])));
    }
    let mut cut: Option<(usize, usize)> = None;
    let mut consider = |at: Option<usize>, skip: usize| {
        if let Some(at) = at.filter(|&at| at > 0 && cut.is_none_or(|(best, _)| at < best)) {
            cut = Some((at, skip));
        }
    };
    for verb in ["，是指", "，指", "，是", "，即", "：是指", "：指"] {
        consider(head.find(verb), '，'.len_utf8());
    }
    consider(head.find("是指"), 0);
    if is_marked {
        for (mark, length) in [("：", 3), (":", 1), ("——", 6), ("，", 3)] {
            consider(head.find(mark), length);
        }
    }
    if let Some((at, skip)) = cut {
        return Some((text[..at].trim().to_owned(), text[at + skip..].trim_start()));
    }
    // The term stands in a line of its own.
    let next = next.filter(|next| next.kind == Kind::Text)?;
    let is_alone = is_marked && items::is_term_like(text) && number::marker(next.body()).is_none();
    (is_alone && (characters::ends_sentence(&next.text) || next.text.chars().count() > 20))
        .then(|| (text.trim().to_owned(), ""))
}

/// A heading between the entries.
fn is_heading(line: &Line) -> bool {
    let is_numbered = number::marker(line.body()).is_some_and(|marker| {
        marker.kind == MarkerKind::Chinese && headings::is_heading_text(line.body()[marker.rest..].trim())
    });
    is_numbered || (line.heading && headings::is_heading_text(&line.text))
}
