//! Tables with a column of terms and a column of definitions.

use zhengming_text::document::{BlockKind, BlockRef, Document};
use zhengming_text::fold;
use zhengming_text::place::Cell;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;
use zhengming_text::zh::numeral;

use super::{Definition, Pattern, without_layout};

const TERM_COLUMNS: [&str; 5] = ["名称", "指标名称", "主要指标", "指标", "关键词"];
const BODY_COLUMNS: [&str; 3] = ["说明", "指标说明", "具体说明"];
/// What the name of a column of terms holds, and that of a column of definitions: 中文术语, 术语解释.
const TERM_WORDS: [&str; 4] = ["术语", "名词", "缩略语", "概念"];
const BODY_WORDS: [&str; 5] = ["定义", "含义", "解释", "内涵", "释义"];
/// What a column holds that is about terms and lists neither: 术语编号, 定义来源.
const OTHER_WORDS: [&str; 10] =
    ["编号", "序号", "英文", "来源", "出处", "类别", "分类", "数量", "日期", "备注"];
/// The same in a spreadsheet, of which the columns 名称 and 说明 are about anything.
const SHEET_TERMS: [&str; 5] = ["术语", "术语名称", "名词", "名词名称", "缩略语"];
const SHEET_BODIES: [&str; 6] = ["定义", "定义内涵", "含义", "内涵", "释义", "名词解释"];
/// Longest name of a column, in bytes.
const LONGEST_NAME: usize = 60;
/// Shortest definition, in characters: 人工智能.
const SHORTEST: usize = 4;
/// Longest line that names the columns of a table, in characters.
const LONGEST_HEADER: usize = 60;
/// Widest table that is believed.
const MOST_COLUMNS: usize = 12;

/// Adds the rows of tables of definitions.
pub(super) fn find(document: &Document, found: &mut Vec<Definition>) {
    let count = document.blocks().len();
    let mut at = 0;
    while at < count {
        if document.block(at).kind() == BlockKind::Caption {
            at = sheet(document, at, found);
            continue;
        }
        let Some(table) = header(document, at) else {
            at += 1;
            continue;
        };
        at += table.columns;
        while at < count && document.block(at).kind() == BlockKind::TableCell {
            // Empty cells are no blocks, so rows are told by their lines, or by their running number.
            let row = row(document, at, &table);
            if let (Some(&term), Some(&body)) = (row.get(table.term), row.get(table.body)) {
                push(document, term, body, found);
            }
            at += row.len().max(1);
        }
    }
}

/// Adds the definitions of a spreadsheet whose header may begin with block `at`, a caption, and gives the block
/// from which to go on. The cells of a spreadsheet know where they are.
fn sheet(document: &Document, at: usize, found: &mut Vec<Definition>) -> usize {
    let Some((part, first)) = cell(document.block(at)) else { return at + 1 };
    let cells = (at..document.blocks().len()).map_while(|index| {
        let (of, cell) = cell(document.block(index))?;
        (of == part).then_some((index, cell))
    });
    let (mut term, mut body, mut next) = (None, None, at + 1);
    for (index, cell) in cells.clone().take_while(|(_, cell)| cell.row == first.row) {
        next = index + 1;
        let name = document.block(index).text();
        if name.len() <= LONGEST_NAME {
            let name = without_layout(name);
            term = term.or(SHEET_TERMS.contains(&name.as_str()).then_some(cell.column));
            body = body.or(SHEET_BODIES.contains(&name.as_str()).then_some(cell.column));
        }
    }
    let (Some(term), Some(body)) = (term, body) else { return next };
    let mut named = None;
    for (index, cell) in cells.skip_while(|(_, cell)| cell.row == first.row) {
        next = index + 1;
        if cell.column == term {
            named = Some((cell.row, index));
        } else if cell.column == body
            && let Some((_, name)) = named.filter(|(row, _)| *row == cell.row)
        {
            push(document, name, index, found);
        }
    }
    next
}

/// The cell that a block is in, with its part.
fn cell(block: BlockRef<'_>) -> Option<(Option<&str>, Cell)> {
    let place = block.place()?;
    Some((place.part.as_deref(), place.cell?))
}

/// Adds the rows of a table that lost its cells: lines below one that names its columns, `1 掌上办公比例 指通过….`.
pub(super) fn find_in_lines(
    document: &Document,
    signs: impl Fn(usize) -> Signs,
    found: &mut Vec<Definition>,
) {
    let mut below = false;
    for block in document.blocks() {
        if !below && !signs(block.index()).any(Signs::COLUMNS) {
            continue;
        }
        let text = block.text();
        if matches!(block.kind(), BlockKind::TableCell | BlockKind::Heading(_)) {
            below = below && block.kind() == BlockKind::TableCell;
            continue;
        }
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let from = start;
            start += line.len();
            // A character takes four bytes at most.
            let is_short = line.len() <= 4 * LONGEST_HEADER && line.chars().count() <= LONGEST_HEADER;
            let names: Vec<&str> = if is_short { line.split_whitespace().collect() } else { Vec::new() };
            if is_short
                && (2..=MOST_COLUMNS).contains(&names.len())
                && names.iter().any(|name| is_term_column(name))
                && names.iter().any(|name| is_body_column(name))
            {
                below = true;
            } else if below && let Some(definition) = flat_row(text, from, line, block.index()) {
                found.push(definition);
            }
        }
    }
}

/// What the names of columns of definitions hold, one or another of them.
pub(super) fn body_words() -> impl Iterator<Item = &'static str> {
    BODY_COLUMNS.into_iter().chain(BODY_WORDS)
}

/// The row in a line: a number, a name and, after what else its cells hold, a text.
fn flat_row(text: &str, from: usize, line: &str, block: usize) -> Option<Definition> {
    let mut cells = line.split_whitespace();
    let number = cells.next()?;
    let name = cells.next()?;
    let body = cells.rfind(|cell| cell.chars().filter(|&c| fold::is_han(c)).count() >= SHORTEST)?;
    let is_name =
        (2..=20).contains(&name.chars().count()) && name.chars().filter(|&c| fold::is_han(c)).count() >= 2;
    if !number.chars().all(numeral::is_arabic) || !is_name || body.chars().count() < 2 * SHORTEST {
        return None;
    }
    let at = |cell: &str| line.rfind(cell).map(|at| from + at);
    let term = from + line.find(name)?;
    let term = TextRange::new(term, term + name.len());
    let body_start = at(body)?;
    Some(Definition {
        block,
        term,
        text: without_layout(&text[term.range()]),
        body: vec![(block, TextRange::new(body_start, body_start + body.len()))],
        pattern: Pattern::Table,
    })
}

struct Header {
    columns: usize,
    term: usize,
    body: usize,
    numbered: bool,
}

/// The header of a table of definitions that begins with block `at`.
fn header(document: &Document, at: usize) -> Option<Header> {
    let block = document.block(at);
    if block.kind() != BlockKind::TableCell || block.text().len() > 40 {
        return None;
    }
    let line = document.lines().line(block.source_span().start);
    let mut names = Vec::new();
    let mut same_line = 0;
    for index in at..document.blocks().len().min(at + MOST_COLUMNS) {
        let cell = document.block(index);
        if cell.kind() != BlockKind::TableCell || cell.text().chars().count() > 12 {
            break;
        }
        if document.lines().line(cell.source_span().start) == line {
            same_line += 1;
        }
        names.push(without_layout(cell.text()));
    }
    if same_line > 1 {
        names.truncate(same_line);
    }
    let term = names.iter().position(|name| is_term_column(name))?;
    let body = names.iter().position(|name| is_body_column(name))?;
    if same_line <= 1 {
        // Without lines the header ends where the first row begins: with a 1 below 序号, or right after
        // the columns that are known.
        let first = names.iter().position(|name| name == "1").unwrap_or(names.len().min(body.max(term) + 1));
        names.truncate(first);
    }
    let numbered =
        names.first().is_some_and(|name| matches!(name.as_str(), "序号" | "编号" | "No." | "条目号"));
    (term != body && term < names.len() && body < names.len()).then_some(Header {
        columns: names.len(),
        term,
        body,
        numbered,
    })
}

fn is_body_column(name: &str) -> bool {
    let holds = |words: &[&str]| words.iter().any(|word| name.contains(word));
    BODY_COLUMNS.contains(&name) || (holds(&BODY_WORDS) && !holds(&OTHER_WORDS))
}

fn is_term_column(name: &str) -> bool {
    let holds = |words: &[&str]| words.iter().any(|word| name.contains(word));
    TERM_COLUMNS.contains(&name) || (holds(&TERM_WORDS) && !holds(&OTHER_WORDS) && !is_body_column(name))
}

/// The blocks of the row that begins with block `at`.
fn row(document: &Document, at: usize, table: &Header) -> Vec<usize> {
    let line = |index: usize| document.lines().line(document.block(index).source_span().start);
    let first = line(at);
    let cells: Vec<usize> = (at..document.blocks().len())
        .take_while(|&index| document.block(index).kind() == BlockKind::TableCell)
        .take(table.columns)
        .collect();
    let on_line = cells.iter().filter(|&&index| line(index) == first).count();
    if on_line > 1 {
        return cells[..on_line].to_vec();
    }
    if !table.numbered {
        return cells;
    }
    let is_number = |index: usize| document.block(index).text().trim().parse::<u16>().is_ok();
    let length =
        cells.iter().skip(1).position(|&index| is_number(index)).map_or(cells.len(), |next| next + 1);
    cells[..length].to_vec()
}

fn push(document: &Document, term: usize, body: usize, found: &mut Vec<Definition>) {
    let (name, text) = (document.block(term).text(), document.block(body).text());
    let start = name.len() - name.trim_start().len();
    let range = super::trimmed(name, TextRange::new(start, name.trim_end().len()));
    let label = without_layout(&name[range.range()]);
    if label.is_empty() || label.chars().count() > 40 || text.trim().chars().count() < SHORTEST {
        return;
    }
    let from = text.len() - text.trim_start().len();
    found.push(Definition {
        block: term,
        term: range,
        text: label,
        body: vec![(body, TextRange::new(from, text.trim_end().len()))],
        pattern: Pattern::Table,
    });
}
