//! Terms clauses: number, term, definition, as GB/T 1.1 and GB/T 20001.1 lay them out.

use zhengming_text::document::{BlockKind, Document};
use zhengming_text::fold;
use zhengming_text::span::TextRange;

use super::{Definition, Pattern, sentence_end, without_layout};
use zhengming_text::zh::{mark, numeral};

/// Longest term with its English equivalent, in characters.
const LONGEST: usize = 90;

/// What says that the terms of another document apply.
const LEAD_IN: &str = "术语和定义适用于";

/// Longest heading of a terms clause, in characters.
const LONGEST_HEADING: usize = 20;

/// Longest number of an entry, in characters.
const LONGEST_NUMBER: usize = 24;

/// Adds the entries of terms clauses.
pub(super) fn find(document: &Document, found: &mut Vec<Definition>) {
    let count = document.blocks().len();
    let mut chapter = None;
    let mut at = 0;
    while at < count {
        let block = document.block(at);
        let text = block.text();
        if let Some(number) = terms_heading(text, block.kind()) {
            chapter = Some(number);
        } else if let Some(own) = &chapter {
            if ends_clause(text, block.kind(), own) {
                chapter = None;
            } else if let Some((definition, next)) = entry(document, at, own) {
                found.push(definition);
                at = next;
                continue;
            }
        }
        at += 1;
    }
    let lead_in = memchr::memmem::Finder::new(LEAD_IN);
    for block in document.blocks().filter(|block| lead_in.find(block.text().as_bytes()).is_some()) {
        inline(block.text(), block.index(), found);
    }
}

/// The number of the chapter, if the block is the heading of a terms clause.
fn terms_heading(text: &str, kind: BlockKind) -> Option<String> {
    let letters = text.chars().filter(|&c| !fold::is_space(c) && !fold::is_zero_width(c));
    if letters.take(LONGEST_HEADING + 1).count() > LONGEST_HEADING {
        return None;
    }
    let heading = without_layout(text);
    let title = heading
        .trim_start_matches(|c: char| numeral::is_numeral(c) || matches!(c, '.' | ' ' | '、' | '第' | '章'));
    let number: String = heading.chars().take_while(char::is_ascii_digit).collect();
    let is_title = ["术语和定义", "术语与定义", "术语、定义", "术语及定义", "术语和缩略语", "术语定义"]
        .iter()
        .any(|word| title.starts_with(word))
        || title == "术语";
    (is_title
        && heading.chars().count() <= LONGEST_HEADING
        && (matches!(kind, BlockKind::Heading(_)) || !number.is_empty()))
    .then_some(number)
}

/// Whether the block begins another chapter.
fn ends_clause(text: &str, kind: BlockKind, own: &str) -> bool {
    let heading = without_layout(text);
    if heading.chars().count() > 40 {
        return false;
    }
    let number: String = heading.chars().take_while(char::is_ascii_digit).collect();
    let rest = &heading[number.len()..];
    let is_heading = matches!(kind, BlockKind::Heading(_));
    let other_chapter = !number.is_empty()
        && number != own
        && !rest.is_empty()
        && !rest.starts_with('.')
        && number.len() <= 2;
    (is_heading && other_chapter)
        || heading.starts_with("参考文献")
        || heading.starts_with("附录")
        || (is_heading && rest.trim() == "缩略语")
}

/// What stands in `text` from byte `from` on, without white space around it.
fn inside(text: &str, from: usize) -> TextRange {
    let rest = text[from..].trim_start();
    let start = text.len() - rest.len();
    TextRange::new(start, start + rest.trim_end().len())
}

/// The entry whose number stands in block `at`, and the block after it.
fn entry(document: &Document, at: usize, chapter: &str) -> Option<(Definition, usize)> {
    let count = document.blocks().len();
    let text = document.block(at).text();
    let number = number_of(text, chapter)?;
    let mut term_block = at;
    let rest = text[number..].trim();
    let mut term = inside(text, number);
    let mut body_from = None;
    if rest.is_empty() {
        term_block = at + 1;
        if term_block >= count || number_of(document.block(term_block).text(), chapter).is_some() {
            return None;
        }
        term = inside(document.block(term_block).text(), 0);
    }
    let text = document.block(term_block).text();
    // Term and definition may share a block, on lines of their own.
    if let Some(line) = text[term.range()].find('\n').map(|at| term.start + at)
        && text[term.range()].chars().count() > 30
    {
        let head = &text[term.start..line];
        if !head.contains(['，', '。']) {
            body_from = Some(line + 1);
            term.end = term.start + head.trim_end().len();
        }
    }
    let raw = &text[term.range()];
    if raw.chars().count() > LONGEST || raw.contains(['。', '；']) {
        return None;
    }
    term.end = term.start + chinese_part(raw).len();
    let name = without_layout(&text[term.range()]);
    let mut body = Vec::new();
    if let Some(from) = body_from {
        body.push((term_block, TextRange::new(from, text.trim_end().len())));
    }
    let mut next = term_block + 1;
    while next < count {
        let block = document.block(next);
        let text = block.text();
        let trimmed = text.trim_start();
        let is_body = !trimmed.starts_with(mark::OPEN_SQUARE)
            && !trimmed.starts_with("注")
            && !trimmed.starts_with("示例")
            && !trimmed.starts_with("来源")
            && block.kind() != BlockKind::Note
            && number_of(text, chapter).is_none()
            && !ends_clause(text, block.kind(), chapter);
        if !is_body {
            break;
        }
        // A second designation on a line of its own is no definition.
        if matches!(block.kind(), BlockKind::Heading(_)) && body.is_empty() && !trimmed.ends_with('。') {
            next += 1;
            continue;
        }
        let complete = trimmed.trim_end().ends_with('。');
        body.push((next, TextRange::new(text.len() - trimmed.len(), text.trim_end().len())));
        next += 1;
        if complete {
            break;
        }
    }
    if body.is_empty() || name.is_empty() {
        return None;
    }
    Some((Definition { block: term_block, term, text: name, body, pattern: Pattern::TermsClause }, next))
}

/// Bytes of the number of an entry at the beginning of `text`: `3.1`, `3. 1`, of the chapter given.
fn number_of(text: &str, chapter: &str) -> Option<usize> {
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    let mut end = 0;
    let mut dots = 0;
    for (at, c) in rest.char_indices().take(LONGEST_NUMBER) {
        if c.is_ascii_digit() {
            end = at + 1;
        } else if c == '.' || c == '．' {
            dots += 1;
        } else if !(c == ' ' && (rest[..at].ends_with('.') || rest[at..].trim_start().starts_with('.'))) {
            break;
        }
    }
    let number = &rest[..end];
    let own = chapter.is_empty() || number.split('.').next().is_some_and(|first| first.trim() == chapter);
    (dots >= 1 && number.contains('.') && own && !number.ends_with('.')).then_some(start + end)
}

/// The term without the English after it: up to the last Chinese character, bracket or quotation mark.
fn chinese_part(text: &str) -> &str {
    let last =
        text.char_indices().rev().find(|&(_, c)| fold::is_han(c) || matches!(c, '）' | '”' | '》' | '〉'));
    match last {
        Some((at, c)) => &text[..at + c.len_utf8()],
        None => text,
    }
}

/// Entries in a text that lost its line breaks: `3.3 集成应用 针对…。来源：…`.
fn inline(text: &str, block: usize, found: &mut Vec<Definition>) {
    let Some(from) = text.find(LEAD_IN) else { return };
    let Some(mut at) = text[from..].find('。').map(|end| from + end + '。'.len_utf8()) else { return };
    while let Some(number) = number_of(&text[at..], "") {
        let rest = &text[at + number..];
        let start = at + number + (rest.len() - rest.trim_start().len());
        let Some(length) = text[start..].find(fold::is_space) else { return };
        let term = TextRange::new(start, start + length);
        let body_start = term.end + (text[term.end..].len() - text[term.end..].trim_start().len());
        let end = sentence_end(text, body_start);
        let name = without_layout(&text[term.range()]);
        if name.chars().count() > 20 || name.contains(mark::CLAUSE_ENDS) || end <= body_start {
            return;
        }
        found.push(Definition {
            block,
            term,
            text: name,
            body: vec![(block, TextRange::new(body_start, end))],
            pattern: Pattern::TermsClause,
        });
        // The source of an entry stands before the number of the next.
        at = end;
        let window = &text[at..zhengming_text::line_index::floor_boundary(text, at + 200)];
        if window.trim_start().starts_with("来源")
            && let Some(next) = window.find('。')
        {
            at += next + '。'.len_utf8();
        }
        at += text[at..].len() - text[at..].trim_start().len();
    }
}
