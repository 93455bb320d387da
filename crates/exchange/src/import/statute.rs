//! Definitions in the articles of statutes: 本条例所称X，是指…；下列用语的含义：（一）X，是指…. They are read as linting reads
//! them; what is added is the article, the short names, and what a definition that ends with a colon goes on with.

use zhengming_reading::definition::{Definition, Pattern, definitions};
use zhengming_terms::dictionary::Status;
use zhengming_text::document::{BlockBuilder, BlockKind, Document};
use zhengming_text::span::{Span, TextRange};
use zhengming_text::zh::{cue, mark, marker, numeral};

use super::entry::Entry;
use super::lines::{Kind, Line};

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
    let paragraphs = paragraphs(lines, &mut reader.notices);
    let document = document(name, &paragraphs);
    let mut found = definitions(&document).into_iter().filter(|one| gives_entry(&document, one)).peekable();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let mut own = Vec::new();
        while let Some(one) = found.next_if(|one| one.block == index) {
            own.push(one);
        }
        reader.paragraph(paragraph, &own);
    }
    if reader.entries.is_empty() {
        return None;
    }
    let header = header::of_statute(name, lines);
    Some(Reading { entries: reader.entries, header, notices: reader.notices, certain: false })
}

/// The paragraphs as a document, a block each.
fn document(name: &str, paragraphs: &[Paragraph]) -> Document {
    let source: String = paragraphs.iter().flat_map(|paragraph| [paragraph.text.as_str(), "\n"]).collect();
    let mut blocks = Vec::with_capacity(paragraphs.len());
    let mut start = 0;
    for paragraph in paragraphs {
        let mut block = BlockBuilder::new(BlockKind::Paragraph);
        block.verbatim(&source, Span::new(start, start + paragraph.text.len()));
        blocks.extend(block.finish());
        start += paragraph.text.len() + 1;
    }
    Document::new(name, "text", source).with_blocks(blocks)
}

/// Whether a statement of the statute makes an entry: a definition in form, or what 所称 introduces.
fn gives_entry(document: &Document, one: &Definition) -> bool {
    let text = document.block(one.block).text();
    let before = text[..one.term.start].trim_end_matches(|c| c == ' ' || mark::OPEN_QUOTES.contains(&c));
    let so_called = cue::ends_with_any(before, &cue::SO_CALLED).is_some();
    // 前款规定的措施是指…: what another paragraph says, in other words.
    let refers = before.ends_with("规定的") || before.ends_with('该');
    match one.pattern {
        Pattern::SoCalled | Pattern::Listed => true,
        Pattern::Is => !refers,
        // 即 and 指 alone define where a list of terms has them.
        Pattern::Means | Pattern::Namely => item_before(text, one.term.start).is_some(),
        Pattern::Includes => so_called,
        _ => false,
    }
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
                // Cells of a flattened page may stand in another order than in the source.
                paragraph.span.end = paragraph.span.end.max(line.span.end);
            }
            None => paragraphs.push(Paragraph { text, span: line.span, line: line.number }),
        }
    }
    paragraphs
}

fn begins_paragraph(text: &str) -> bool {
    let is_named = || {
        let rest = cue::SUBJECTS.iter().find_map(|subject| text.strip_prefix(subject));
        rest.is_some_and(|rest| rest.trim_start_matches(['中', ' ']).starts_with("所称"))
    };
    article(text).is_some()
        || marker::ordinal(text).is_some_and(|(unit, ..)| matches!(unit, '编' | '章' | '节'))
        || item_marker(text).is_some_and(|marker| marker.kind != marker::Kind::Figure)
        || is_named()
}

/// The number of an article and the text after it: 第十五条, 第三条之一.
fn article(text: &str) -> Option<(&str, &str)> {
    let (_, _, end) = marker::ordinal(text).filter(|(unit, ..)| *unit == '条')?;
    let body = text[end..].trim_start();
    // 第三条规定的…… refers to an article and opens none.
    let refers = body.len() == text[end..].len()
        && body.starts_with(['规', '所', '的', '第', '、', '和', '至', '中', '，', '款'])
        && !body.starts_with("所谓");
    (!refers).then_some((&text[..end], body))
}

/// The number of an item of a list with which `text` begins.
fn item_marker(text: &str) -> Option<marker::Marker> {
    use marker::Kind::{BracketedFigure, BracketedHan, Figure, Han};
    marker::read(text).filter(|marker| matches!(marker.kind, BracketedFigure | BracketedHan | Figure | Han))
}

#[derive(Default)]
struct Reader {
    article: Option<String>,
    /// Whether the definition goes on in the items that follow.
    goes_on: bool,
    entries: Vec<Entry>,
    notices: Vec<Notice>,
}

impl Reader {
    /// Makes entries of the definitions that begin in a paragraph.
    fn paragraph(&mut self, paragraph: &Paragraph, found: &[Definition]) {
        let text = paragraph.text.as_str();
        if let Some((number, _)) = article(text) {
            self.goes_on = false;
            self.article = Some(number.replace(' ', ""));
        } else if self.goes_on && item_marker(text).is_some() {
            self.append(paragraph);
            return;
        }
        self.goes_on = false;
        for (at, one) in found.iter().enumerate() {
            let next = found.get(at + 1).map_or(text.len(), |next| statement_start(text, next.term.start));
            self.enter(paragraph, one, next);
        }
    }

    /// Adds the entry of a definition; what is said up to `next` may belong to it.
    fn enter(&mut self, paragraph: &Paragraph, one: &Definition, next: usize) {
        let text = paragraph.text.as_str();
        let Some(&(_, body)) = one.body.first() else { return };
        if let Some(number) = last_article(&text[..one.term.start]) {
            self.article = Some(number);
        }
        // Outside articles a sentence with 是指 is one of any text.
        if one.pattern == Pattern::Is && self.article.is_none() {
            return;
        }
        let listed = one.pattern == Pattern::Listed || item_before(text, one.term.start).is_some();
        let body =
            if listed { body } else { TextRange::new(body.start, with_what_belongs(text, body.end, next)) };
        let after = text[body.end..next.max(body.end)].trim();
        if !listed && !after.is_empty() && body.end > body.start {
            self.notices.push(notice::after_definition(paragraph.line, after));
        }
        let definition = text[body.range()].trim();
        let (printed, names) = short_names(text, one, body.start);
        let is_term = (1..=term::LONGEST_TERM).contains(&printed.chars().count())
            && !characters::has_sentence_mark(&printed);
        if !is_term || characters::count_han(definition) < 2 {
            return;
        }
        let item = item_before(text, one.term.start);
        let clause = self.article.as_ref().map(|article| match item {
            Some(item) => format!("{article}第{item}项"),
            None => article.clone(),
        });
        let mut entry = Entry::new(clause, paragraph.span, paragraph.line);
        entry.set_term(&printed);
        entry.terms.extend(names);
        entry.definition = Some(definition.to_owned());
        self.goes_on = definition.ends_with(mark::COLONS);
        self.entries.push(entry);
    }

    /// An item of a definition that ends with a colon.
    fn append(&mut self, paragraph: &Paragraph) {
        let Some(entry) = self.entries.last_mut() else { return };
        if let Some(definition) = &mut entry.definition {
            characters::join(definition, &paragraph.text);
            entry.span.end = entry.span.end.max(paragraph.span.end);
        }
        self.goes_on = !paragraph.text.ends_with('。');
    }
}

/// The number of the item whose term begins at `at`: 一 of （一）.
fn item_before(text: &str, at: usize) -> Option<&str> {
    let before =
        text[..at].trim_end_matches(|c| c == ' ' || c == '\u{3000}' || mark::OPEN_QUOTES.contains(&c));
    let number = match mark::bracket_before(before) {
        Some((_, inner)) => inner.trim(),
        None => {
            let item = before.trim_end_matches(['.', '．', '、']);
            let number = &item[item.trim_end_matches(numeral::is_numeral).len()..];
            if item.len() == before.len() { "" } else { number }
        }
    };
    numeral::value(number).map(|_| number)
}

/// The number of the last article that begins in `text`, at its beginning or after a stop.
fn last_article(text: &str) -> Option<String> {
    let at = text.rfind('第').filter(|&at| at > 0 && text[..at].trim_end().ends_with(mark::STOPS))?;
    article(&text[at..]).map(|(number, _)| number.replace(' ', ""))
}

/// Where the sentence begins in which a term stands at `at`.
fn statement_start(text: &str, at: usize) -> usize {
    text[..at]
        .rfind(mark::STOPS)
        .map_or(0, |stop| stop + text[stop..].chars().next().map_or(0, char::len_utf8))
}

/// Where a definition ends that its first sentence, up to `end`, does not: one that says what belongs to the concept is a
/// part of it.
fn with_what_belongs(text: &str, mut end: usize, next: usize) -> usize {
    const GOES_ON: [&str; 6] = ["包括", "其中", "主要包括", "具体包括", "但是", "前述"];
    while end < next {
        let rest = &text[end..next];
        let after = rest.trim_start();
        if cue::starts_with_any(after, &GOES_ON).is_none() {
            break;
        }
        let sentence = mark::until(after, &['。']);
        let length = rest.len() - after.len() + (sentence.len() + '。'.len_utf8()).min(after.len());
        end += length;
    }
    end
}

/// The term of a definition, and the short names that a bracket behind it gives: 市民服务热线（以下简称热线）.
fn short_names(text: &str, one: &Definition, body: usize) -> (String, Vec<super::designation::Term>) {
    let behind = text[one.term.end..body].trim_start_matches(|c| c == ' ' || mark::CLOSE_QUOTES.contains(&c));
    let inner = mark::bracket_at(behind).map(|(inner, _)| inner).unwrap_or_default();
    let inner = inner.split(mark::COMMAS).find(|part| part.starts_with("以下")).unwrap_or(inner);
    let names = designation::labelled(inner).unwrap_or_default();
    let admitted = |name| super::designation::Term { status: Status::Admitted, ..name };
    (one.text.clone(), names.into_iter().map(admitted).collect())
}
