//! Definitions in the articles of statutes: 本条例所称X，是指…；下列用语的含义：（一）X，是指…

use zhengming_terms::dictionary::Status;
use zhengming_text::span::Span;

use super::entry::Entry;
use super::lines::{Kind, Line};
use super::number::{self, MarkerKind};
use super::{Notice, Reading, characters, designation, header, notice, term};

/// Statutes have at least so many articles.
const FEWEST_ARTICLES: usize = 3;

/// Whether the document is made of articles.
pub(super) fn has_articles(lines: &[Line]) -> bool {
    lines
        .iter()
        .filter(|line| line.kind == Kind::Text && article(&line.text).is_some())
        .take(FEWEST_ARTICLES)
        .count()
        == FEWEST_ARTICLES
}

/// Reads the definitions of the statute.
pub(super) fn read(name: &str, lines: &[Line]) -> Option<Reading> {
    let mut reader = Reader::default();
    for paragraph in paragraphs(lines, &mut reader.notices) {
        reader.paragraph(&paragraph);
    }
    reader.finish_list();
    if reader.entries.is_empty() {
        return None;
    }
    let header = header::of_statute(name, lines);
    Some(Reading { entries: reader.entries, header, notices: reader.notices, certain: false })
}

/// A paragraph, its lines joined.
struct Paragraph {
    text: String,
    span: Span,
    line: usize,
}

fn paragraphs(lines: &[Line], notices: &mut Vec<Notice>) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for line in lines {
        if line.kind != Kind::Text {
            // Only what was taken out of a sentence is worth telling.
            if paragraphs.last().is_some_and(|paragraph| {
                !characters::ends_sentence(&paragraph.text) && paragraph.text.contains("是指")
            }) {
                notices.push(notice::page_artefact(line.number, &line.text));
            }
            continue;
        }
        let mut text = line.text.clone();
        super::entry::repair(&mut text, line.number, &mut Vec::new());
        let begins = line.heading || begins_paragraph(&text);
        match paragraphs.last_mut().filter(|paragraph| !begins && !characters::ends_sentence(&paragraph.text))
        {
            Some(paragraph) => {
                characters::join(&mut paragraph.text, &text);
                paragraph.span.end = line.span.end;
            }
            None => paragraphs.push(Paragraph { text, span: line.span, line: line.number }),
        }
    }
    paragraphs
}

fn begins_paragraph(text: &str) -> bool {
    article(text).is_some()
        || chapter(text)
        || number::marker(text).is_some_and(|marker| {
            matches!(
                marker.kind,
                MarkerKind::BracketedChinese | MarkerKind::BracketedFigure | MarkerKind::Chinese
            )
        })
        || find_named(text).is_some_and(|named| named.start == 0)
}

fn chapter(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('第') else { return false };
    let head = characters::head(rest, 30);
    head.find(['章', '节', '编']).is_some_and(|at| characters::chinese_number(head[..at].trim()).is_some())
}

/// The number of an article and the text after it: 第十五条, 第三条之一.
fn article(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix('第')?;
    let head = characters::head(rest, 40);
    let at = head.find('条')?;
    characters::chinese_number(head[..at].trim())?;
    let mut end = '第'.len_utf8() + at + '条'.len_utf8();
    if let Some(after) = text[end..].strip_prefix('之') {
        let digit = after.chars().next().filter(|c| "一二三四五六七八九十".contains(*c));
        end += digit.map_or(0, |c| '之'.len_utf8() + c.len_utf8());
    }
    let body = text[end..].trim_start();
    // 第三条规定的…… refers to an article and opens none.
    let refers = body.len() == text[end..].len()
        && body.starts_with(['规', '所', '的', '第', '、', '和', '至', '中', '，', '款']);
    (!refers).then_some((&text[..end], body))
}

#[derive(Default)]
struct Reader {
    article: Option<String>,
    /// Whether the items of a list of terms follow.
    in_list: bool,
    /// Whether the definition goes on in the items that follow.
    goes_on: bool,
    entries: Vec<Entry>,
    notices: Vec<Notice>,
}

impl Reader {
    fn paragraph(&mut self, paragraph: &Paragraph) {
        let mut text = paragraph.text.as_str();
        if let Some((number, body)) = article(text) {
            self.finish_list();
            self.article = Some(number.replace(' ', ""));
            text = body;
        } else if chapter(text) {
            self.finish_list();
            return;
        }
        let marker = number::marker(text).filter(|marker| {
            matches!(
                marker.kind,
                MarkerKind::BracketedChinese
                    | MarkerKind::BracketedFigure
                    | MarkerKind::Figure
                    | MarkerKind::Chinese
            )
        });
        if self.goes_on {
            if marker.is_some() {
                self.append(paragraph, text);
                return;
            }
            self.goes_on = false;
        }
        if self.in_list {
            self.list_item(paragraph, text, marker);
            return;
        }
        if is_list_lead(text) {
            self.in_list = true;
            return;
        }
        let found = self.named(paragraph, text);
        if !found {
            self.plain(paragraph, text);
        }
    }

    /// 本条例所称X，是指…, as often as the paragraph says so.
    fn named(&mut self, paragraph: &Paragraph, text: &str) -> bool {
        let mut rest = text;
        let mut found = false;
        while let Some(named) = find_named(rest) {
            let sentence = &rest[named.definition..];
            let next = find_named_after_sentence(sentence);
            let end = next.unwrap_or(sentence.len());
            found |= self.push(paragraph, named.term, &sentence[..end], None);
            rest = &sentence[end..];
            if end == 0 {
                break;
            }
        }
        found
    }

    /// X是指…, at the beginning of a paragraph.
    fn plain(&mut self, paragraph: &Paragraph, text: &str) {
        let head = characters::head(text, 200);
        let Some(at) = head.find("是指") else { return };
        let printed = head[..at].trim_end_matches('，');
        let is_term = (2..=24).contains(&printed.chars().count())
            && !printed.contains(['，', '。', '；', '：', '、', '其', '所'])
            && !["前款", "前条", "本条", "上款", "这", "该", "以上", "一般"]
                .iter()
                .any(|word| printed.starts_with(word))
            && self.article.is_some();
        if is_term && !printed.starts_with(['（', '(', '第']) {
            self.push(paragraph, printed, &text[at..], None);
        }
    }

    fn list_item(&mut self, paragraph: &Paragraph, text: &str, marker: Option<number::Marker>) {
        let body = marker.map_or(text, |marker| &text[marker.rest..]);
        let head = characters::head(body, 240);
        let cut = ["，是指", "，指", "，系指", "：", ":", "，包括", "，", "是指", "系指", "指", "包括"]
            .iter()
            .filter_map(|cut| head.find(cut).map(|at| (at, *cut)))
            .filter(|(at, _)| *at > 0)
            .min_by_key(|(at, cut)| (*at, std::cmp::Reverse(cut.len())));
        let Some((at, cut)) = cut else {
            if marker.is_some() {
                self.notices.push(notice::not_read(paragraph.line, text));
            } else {
                self.in_list = false;
            }
            return;
        };
        let skip = if cut.starts_with(['，', '：', ':']) {
            cut.chars().next().map_or(0, char::len_utf8)
        } else {
            0
        };
        let item = marker.map(|marker| {
            text[..marker.rest].trim().trim_matches(['（', '）', '(', ')', '.', '、', ' ']).to_owned()
        });
        let is_read = self.push(paragraph, &body[..at], &body[at + skip..], item.as_deref());
        if !is_read {
            if marker.is_some() {
                self.notices.push(notice::not_read(paragraph.line, text));
            } else {
                // A paragraph that defines nothing ends the list.
                self.in_list = false;
            }
        }
    }

    /// Adds an entry, unless its term is none.
    fn push(&mut self, paragraph: &Paragraph, printed: &str, definition: &str, item: Option<&str>) -> bool {
        let printed = printed.trim().trim_end_matches(['，', ' ']);
        let inner = printed
            .strip_prefix('“')
            .and_then(|text| text.strip_suffix('”'))
            .filter(|text| !text.contains(['“', '”']));
        let printed = inner.unwrap_or(printed).trim_start_matches('的');
        let (printed, names) = without_short_name(printed);
        let is_term = (1..=term::LONGEST_TERM).contains(&printed.chars().count())
            && !characters::has_sentence_mark(&printed);
        let definition = ["是指", "系指", "指"]
            .iter()
            .find_map(|verb| definition.strip_prefix(verb))
            .unwrap_or(definition);
        let definition = definition.trim_start_matches(['：', ':', '，', ' ']).trim();
        let mut definition = definition;
        if item.is_none() && !self.in_list {
            let end = first_sentence(definition);
            let after = definition[end..].trim();
            if !after.is_empty() {
                self.notices.push(notice::after_definition(paragraph.line, after));
                definition = &definition[..end];
            }
        }
        if !is_term || characters::count_han(definition) < 2 {
            return false;
        }
        let clause = self.article.as_ref().map(|article| match item {
            Some(item) => format!("{article}第{item}项"),
            None => article.clone(),
        });
        let mut entry = Entry::new(clause, paragraph.span, paragraph.line);
        entry.set_term(&printed);
        if let Some(names) = names {
            entry.terms.extend(names);
        }
        entry.definition = Some(definition.to_owned());
        self.goes_on = definition.ends_with(['：', ':']);
        self.entries.push(entry);
        true
    }

    /// An item of a definition that ends with a colon.
    fn append(&mut self, paragraph: &Paragraph, text: &str) {
        let Some(entry) = self.entries.last_mut() else { return };
        if let Some(definition) = &mut entry.definition {
            characters::join(definition, text);
            entry.span.end = entry.span.end.max(paragraph.span.end);
        }
        if text.ends_with('。') {
            self.goes_on = false;
        }
    }

    fn finish_list(&mut self) {
        self.in_list = false;
        self.goes_on = false;
    }
}

/// Where the sentence that defines ends; one that says what belongs to the concept is a part of it.
fn first_sentence(text: &str) -> usize {
    const GOES_ON: [&str; 6] = ["包括", "其中", "主要包括", "具体包括", "但是", "前述"];
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' | '“' | '《' => depth += 1,
            '）' | ')' | '”' | '》' => depth = depth.saturating_sub(1),
            '。' if depth == 0 => {
                let end = at + c.len_utf8();
                if !GOES_ON.iter().any(|word| text[end..].trim_start().starts_with(word)) {
                    return end;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// 下列用语的含义：, 有关术语定义如下：
fn is_list_lead(text: &str) -> bool {
    let text = text.trim_end();
    let is_about_terms = ["用语", "术语", "名词", "概念"].iter().any(|word| text.contains(word));
    let says_meaning =
        ["含义", "定义", "解释", "是指", "意义", "涵义"].iter().any(|word| text.contains(word));
    text.chars().count() <= 50
        && is_about_terms
        && says_meaning
        && (text.ends_with(['：', ':', '。']) || text.ends_with("如下"))
}

/// A definition with 所称.
struct Named<'t> {
    start: usize,
    term: &'t str,
    /// Where the definition begins.
    definition: usize,
}

/// The first `本条例所称X，是指` in the text, at the beginning of a sentence.
fn find_named(text: &str) -> Option<Named<'_>> {
    const SUBJECTS: [&str; 24] = [
        "本条例",
        "本规定",
        "本办法",
        "本法",
        "本细则",
        "本决定",
        "本规则",
        "本条",
        "本款",
        "本章",
        "本意见",
        "本通则",
        "本标准",
        "本方案",
        "本制度",
        "本指南",
        "本规范",
        "本文件",
        "本通知",
        "本规程",
        "前款",
        "前条",
        "前两款",
        "上款",
    ];
    let mut from = 0;
    while let Some(found) = text[from..].find("所称").map(|at| from + at) {
        from = found + "所称".len();
        let before = text[..found].trim_end_matches(['中', ' ']);
        let Some(subject) = SUBJECTS.iter().find(|subject| before.ends_with(**subject)) else { continue };
        let start = before.len() - subject.len();
        if !(start == 0 || text[..start].trim_end().ends_with(['。', '；', '：'])) {
            continue;
        }
        let rest = &text[from..];
        let head = characters::head(rest, 300);
        let cut = ["是指", "系指", "，指", "，是", "，包括"].iter().filter_map(|verb| head.find(verb)).min();
        let Some(at) = cut else { continue };
        let printed = head[..at].trim_end_matches('，').trim_start_matches('的');
        if outside_brackets(printed).contains(['，', '。', '；', '：']) || printed.is_empty() {
            continue;
        }
        let skip = if rest[at..].starts_with('，') { '，'.len_utf8() } else { 0 };
        return Some(Named { start, term: printed, definition: from + at + skip });
    }
    None
}

/// Where the next definition with 所称 begins, after a sentence of this one.
fn find_named_after_sentence(text: &str) -> Option<usize> {
    find_named(text).map(|named| named.start).filter(|&start| start > 0)
}

fn outside_brackets(text: &str) -> String {
    let mut depth = 0usize;
    text.chars()
        .filter(|c| {
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

/// 市民服务热线（以下简称热线）: the term and its short name.
fn without_short_name(printed: &str) -> (String, Option<Vec<super::entry::Term>>) {
    let Some(open) = printed.find(['（', '(']) else { return (printed.to_owned(), None) };
    let close = if printed[open..].starts_with('（') { '）' } else { ')' };
    let Some(end) = printed[open..].find(close).map(|at| open + at) else {
        return (printed.to_owned(), None);
    };
    let width = if close == '）' { close.len_utf8() } else { 1 };
    let inner = &printed[open + width..end];
    let inner = inner.split('，').find(|part| part.starts_with("以下")).unwrap_or(inner);
    match designation::labelled(inner) {
        Some(names) => {
            let outer = format!("{}{}", &printed[..open], &printed[end + width..]);
            (
                outer,
                Some(
                    names
                        .into_iter()
                        .map(|name| super::entry::Term { status: Status::Admitted, ..name })
                        .collect(),
                ),
            )
        }
        None => (printed.to_owned(), None),
    }
}
