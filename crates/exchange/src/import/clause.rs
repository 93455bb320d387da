//! The terms clause of a standard: found by its heading, read entry by entry.

use zhengming_text::span::Span;

use super::entry::{self, Entry, Row};
use super::items::{self, Clause, Item, Items};
use super::lines::{Kind, Line};
use super::{Notice, Reading, characters, header, headings, notice, number, parts, standard, unnumbered};

/// More headings than this are not looked at; they are those of a table of contents, or of no standard.
const MOST_HEADINGS: usize = 24;

/// Reads the terms clause, if the document has one.
pub(super) fn read(name: &str, lines: &[Line]) -> Option<Reading> {
    let mut header = header::of_standard(name, lines);
    let is_terminology = header::is_terminology(&header.title);
    let mut best: Option<(Vec<Entry>, Items)> = None;
    let openings: Vec<Clause> = openings(lines, is_terminology).into_iter().take(MOST_HEADINGS).collect();
    for &clause in &openings {
        let mut items = items::read(lines, clause);
        let entries = entries(lines, &mut items);
        let count = |entries: &[Entry]| entries.iter().filter(|entry| entry.definition.is_some()).count();
        let is_better = best.as_ref().is_none_or(|(found, before)| {
            (count(&entries), has_lead_in(&items)) > (count(found), has_lead_in(before))
        });
        if is_better {
            best = Some((entries, items));
        }
    }
    let (mut entries, mut items) = best?;
    if entries.is_empty() {
        // The last heading is that of the text, not of the table of contents.
        for clause in openings.iter().rev() {
            entries = unnumbered::read(lines, clause.at, &mut items);
            if !entries.is_empty() {
                break;
            }
        }
    }
    header.imports = imports(&items.lead);
    let certain = has_lead_in(&items);
    Some(Reading { entries, header, notices: items.notices, certain })
}

fn has_lead_in(items: &Items) -> bool {
    items.lead.contains("术语") && ["适用于", "界定", "定义"].iter().any(|word| items.lead.contains(word))
}

/// The headings that may open a terms clause.
fn openings(lines: &[Line], is_terminology: bool) -> Vec<Clause> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.kind != Kind::Text || line.text.len() > 160 {
            continue;
        }
        let number = number::parse(line.body());
        let rest = match &number {
            Some(number) => &line.body()[number.rest..],
            None => chinese_number_stripped(line.body()),
        };
        if !headings::is_terms_heading(&characters::despaced(rest)) {
            continue;
        }
        let mut parts = number.as_ref().map(|number| number.parts[0]);
        // The number stands in a line of its own.
        if parts.is_none()
            && rest.len() == line.body().len()
            && let Some(before) = at.checked_sub(1).map(|at| &lines[at])
        {
            parts = number::parse(before.body())
                .filter(|number| number.parts.len() == 1 && number.rest == before.body().len())
                .map(|number| number.parts[0])
                .filter(|_| !is_decimal_other(lines, at));
        }
        found.push(Clause { at, parts, goes_on: is_terminology });
    }
    if found.is_empty() {
        found = if is_terminology { chapters(lines) } else { lead_in(lines) };
    }
    found
}

/// The first chapters of a terminology standard, whose headings name the kinds of terms.
fn chapters(lines: &[Line]) -> Vec<Clause> {
    const OTHERS: [&str; 7] = ["范围", "适用范围", "规范性引用文件", "引用标准", "引用文件", "总则", "前言"];
    let chapter = |(at, line): (usize, &Line)| {
        let number =
            number::parse(line.body()).filter(|number| number.parts.len() == 1 && number.letter.is_none())?;
        let text = characters::despaced(&line.body()[number.rest..]);
        let is_chapter =
            line.kind == Kind::Text && headings::is_heading_text(&text) && !OTHERS.contains(&text.as_str());
        is_chapter.then_some(Clause { at, parts: Some(number.parts[0]), goes_on: true })
    };
    lines.iter().enumerate().filter_map(chapter).take(6).collect()
}

/// The sentence that opens the clause, if the heading above it was lost.
fn lead_in(lines: &[Line]) -> Vec<Clause> {
    let at = lines.iter().position(|line| {
        line.text.len() < 600 && line.text.contains("下列术语") && line.text.contains("适用于本")
    });
    // The line before it takes the place of the heading, so that the sentence itself is read.
    at.and_then(|at| at.checked_sub(1))
        .map(|at| Clause { at, parts: None, goes_on: false })
        .into_iter()
        .collect()
}

/// Whether the first entry after the heading is numbered otherwise than the line before the heading says,
/// which is then a page number.
fn is_decimal_other(lines: &[Line], heading: usize) -> bool {
    let claimed = number::parse(lines[heading - 1].body()).map(|number| number.parts[0]);
    let mut following = lines[heading + 1..].iter().take(12).filter_map(|line| number::parse(line.body()));
    following.find(|number| number.parts.len() > 1).is_some_and(|number| Some(number.parts[0]) != claimed)
}

/// A heading without 三、, （三）, 第三章.
fn chinese_number_stripped(raw: &str) -> &str {
    if let Some(marker) = number::marker(raw) {
        return &raw[marker.rest..];
    }
    let chapter = raw.strip_prefix('第').and_then(|text| text.split_once(['章', '节', '条']));
    match chapter {
        Some((number, rest)) if characters::chinese_number(number.trim()).is_some() => rest.trim_start(),
        _ => raw,
    }
}

/// The entries among the items.
fn entries(lines: &[Line], items: &mut Items) -> Vec<Entry> {
    let mut notices = std::mem::take(&mut items.notices);
    move_stray_terms(lines, &mut items.items, &mut notices);
    let mut entries = Vec::new();
    let mut groups: Vec<(Vec<u32>, String)> = Vec::new();
    let mut skipped: Option<Vec<u32>> = None;
    for (at, item) in items.items.iter().enumerate() {
        let parts = &item.number.parts;
        if skipped.as_ref().is_some_and(|skipped| parts.starts_with(skipped)) {
            continue;
        }
        groups.retain(|(group, _)| parts.starts_with(group));
        let first = item.pieces.first().map(|piece| characters::despaced(&piece.raw)).unwrap_or_default();
        if headings::is_abbreviations_heading(&first) {
            notices.push(notice::abbreviations(lines[item.at].number));
            skipped = Some(parts.clone());
            continue;
        }
        let child_follows = items.items.get(at + 1).is_some_and(|next| {
            next.number.parts.len() > parts.len() && next.number.parts.starts_with(parts)
        });
        if is_group(item, &first, child_follows) {
            if items.lead.is_empty() {
                let texts = item.pieces.iter().skip(1).map(|piece| piece.raw.trim());
                items.lead = texts.collect();
            }
            notices.push(notice::group(lines[item.at].number, &item.number.to_string(), &first));
            groups.push((parts.clone(), first));
            continue;
        }
        let Some(last) = item.pieces.last() else {
            notices.push(notice::no_term(lines[item.at].number, &item.number.to_string()));
            continue;
        };
        let span = Span::new(lines[item.at].span.start, lines[last.at].span.end);
        let mut new = Entry::new(Some(item.number.to_string()), span, lines[item.at].number);
        new.group = groups.last().map(|(_, title)| title.clone());
        let cut = abbreviations_from(item);
        if let Some(cut) = cut {
            notices.push(notice::abbreviations(lines[item.pieces[cut].at].number));
        }
        let pieces = &item.pieces[..cut.unwrap_or(item.pieces.len())];
        let rows: Vec<Row<'_>> =
            pieces.iter().map(|piece| Row { raw: &piece.raw, number: lines[piece.at].number }).collect();
        entries.extend(entry::read(new, &rows, &mut notices));
    }
    items.notices = notices;
    entries
}

/// Where the sentence 下列缩略语适用于本文件 stands in an item, which has come to its end there.
fn abbreviations_from(item: &Item) -> Option<usize> {
    let cut = item.pieces.iter().position(|piece| {
        piece.raw.len() < 200 && piece.raw.contains("缩略语") && piece.raw.contains("适用于")
    })?;
    // The heading 缩略语 before it has lost its number.
    let heading = cut
        .checked_sub(1)
        .filter(|&at| headings::is_abbreviations_heading(&characters::despaced(&item.pieces[at].raw)));
    Some(heading.unwrap_or(cut)).filter(|&at| at > 0)
}

/// Whether the item is the heading of those that follow.
fn is_group(item: &Item, first: &str, child_follows: bool) -> bool {
    let body: String = item.pieces.iter().skip(1).map(|piece| piece.raw.as_str()).collect();
    let is_lead_in = body.contains("适用于本") || body.contains("术语和定义");
    if headings::is_terms_heading(first) && (child_follows || body.is_empty() || is_lead_in) {
        return true;
    }
    child_follows && (body.trim().is_empty() || is_lead_in) && items::is_term_like(first)
}

/// A term with its English that stands before its number belongs to the item that follows, if that one
/// begins with its definition.
fn move_stray_terms(lines: &[Line], items: &mut [Item], notices: &mut Vec<Notice>) {
    for at in 1..items.len() {
        let (before, after) = items.split_at_mut(at);
        let (Some(before), Some(after)) = (before.last_mut(), after.first_mut()) else { continue };
        let Some(last) = before.pieces.last().filter(|_| before.pieces.len() >= 3) else { continue };
        let lacks_term = after.pieces.first().is_some_and(|piece| {
            !items::is_term_like(&piece.raw)
                && characters::ends_sentence(&piece.raw)
                && !piece.raw.contains(['：', ' '])
        });
        let is_term = characters::has_latin(&last.raw)
            && characters::has_han(&last.raw)
            && items::is_term_like(&last.raw);
        let is_after_end = characters::ends_sentence(&before.pieces[before.pieces.len() - 2].raw);
        if lacks_term && is_term && is_after_end && parts::note(&last.raw).is_none() {
            let term = before.pieces.pop().expect("looked at above");
            notices.push(notice::term_before_number(lines[term.at].number, &term.raw));
            after.pieces.insert(0, term);
        }
    }
}

/// The sources that the sentence before the first entry takes over.
fn imports(lead: &str) -> Vec<String> {
    let lead = characters::head(lead, 3000);
    let Some(end) = ["界定的", "确立的", "规定的", "给出的", "中的"]
        .iter()
        .filter_map(|verb| lead.find(verb))
        .filter(|&at| lead[at..].contains("术语"))
        .min()
    else {
        return Vec::new();
    };
    let mut imports: Vec<String> = Vec::new();
    for part in lead[..end].split(['、', '和', '与', '及', '，', ',']) {
        let found: Vec<String> = standard::find_all(part).map(|standard| standard.citation()).collect();
        let titled = part.trim().trim_end_matches('中');
        let names = match (found.is_empty(), titled.starts_with('《')) {
            (true, true) => vec![titled.to_owned()],
            _ => found,
        };
        for name in names {
            if !imports.contains(&name) {
                imports.push(name);
            }
        }
    }
    imports
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imported_standards_are_listed() {
        let lead = "GB/T 25069—2022、GB/T 1. 1和DB33/T 2350-2021界定的以及下列术语和定义适用于本文件。";
        assert_eq!(imports(lead), ["GB/T 25069—2022", "GB/T 1.1", "DB33/T 2350—2021"]);
        assert!(imports("下列术语和定义适用于本文件。").is_empty());
    }
}
