//! Tables of definitions: 序号｜名词名称｜定义｜解释单位, and others with a term and a definition column.

use zhengming_terms::dictionary::Status;
use zhengming_text::span::Span;

use super::characters::PARAGRAPH;
use super::entry::Entry;
use super::lines::{Kind, Line};
use super::{Notice, Reading, characters, designation, header, notice, parts, rows, term};
use zhengming_text::zh::mark;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Number,
    Term,
    English,
    Definition,
    Admitted,
    Unit,
    Note,
    Source,
    Other,
}

/// Reads the definition tables of the document.
pub(super) fn read(name: &str, lines: &[Line]) -> Option<Reading> {
    let mut reader = Reader::default();
    let mut first = None;
    for (at, line) in lines.iter().enumerate() {
        if reader.line(line) {
            first.get_or_insert(at);
        }
    }
    reader.finish();
    let first = first?;
    let header = header::of_table(name, lines, first);
    Some(Reading { entries: reader.entries, header, notices: reader.notices, certain: false })
}

#[derive(Default)]
struct Reader {
    columns: Vec<Column>,
    /// The row that may go on in the next line.
    open: Option<Row>,
    last_number: Option<u32>,
    entries: Vec<Entry>,
    notices: Vec<Notice>,
}

struct Row {
    cells: Vec<String>,
    span: Span,
    line: usize,
}

impl Reader {
    /// Reads one line; whether it is the first header row.
    fn line(&mut self, line: &Line) -> bool {
        let Some(cells) = rows::cells(line) else {
            self.text(line);
            return false;
        };
        if rows::is_rule(&cells) {
            return false;
        }
        if let Some(columns) = columns(&cells) {
            let is_first = self.columns.is_empty();
            if columns == self.columns {
                self.notices.push(notice::repeated_header(line.number));
            } else {
                self.finish();
            }
            self.columns = columns;
            return is_first;
        }
        if !self.columns.is_empty() {
            self.row(line, cells);
        }
        false
    }

    /// A line without cells: the rest of a cell, where the row before it is not complete.
    fn text(&mut self, line: &Line) {
        let width = self.columns.len();
        if line.kind != Kind::Text || line.blank_before {
            return;
        }
        if let Some(open) = self.open.as_mut().filter(|open| open.cells.len() < width) {
            let cell = open.cells.last_mut().expect("a row has cells");
            characters::join(cell, &line.raw);
            open.span.end = line.span.end;
        }
    }

    fn row(&mut self, line: &Line, mut cells: Vec<String>) {
        let width = self.columns.len();
        let is_empty = |kind: Column, columns: &[Column]| {
            columns
                .iter()
                .position(|&column| column == kind)
                .is_none_or(|at| cells.get(at).is_none_or(String::is_empty))
        };
        let continues = is_empty(Column::Number, &self.columns) && is_empty(Column::Term, &self.columns);
        if let Some(open) = self.open.as_mut() {
            // The row was broken inside a cell, and its other cells follow here.
            if open.cells.len() < width && open.cells.len() + cells.len() == width + 1 {
                let rest = cells.split_off(1);
                characters::join(open.cells.last_mut().expect("a row has cells"), &cells[0]);
                open.cells.extend(rest);
                open.span.end = line.span.end;
                self.notices.push(notice::continued_row(line.number));
                return;
            }
            if continues {
                if cells.iter().any(|cell| !cell.is_empty()) {
                    for (to, from) in open.cells.iter_mut().zip(&cells) {
                        characters::join(to, from);
                    }
                    open.span.end = line.span.end;
                    self.notices.push(notice::continued_row(line.number));
                }
                return;
            }
        }
        self.finish();
        if cells.iter().all(String::is_empty) {
            return;
        }
        self.open = Some(Row { cells, span: line.span, line: line.number });
    }

    /// Makes entries of the open row.
    fn finish(&mut self) {
        let Some(row) = self.open.take() else { return };
        let cell = |kind: Column| {
            let at = self.columns.iter().position(|&column| column == kind)?;
            row.cells.get(at).filter(|cell| !cell.is_empty())
        };
        let number = cell(Column::Number).map(|cell| rows::text(cell));
        let Some(printed) = cell(Column::Term) else {
            self.notices.push(notice::row_unread(row.line, &row.cells.join(" ")));
            return;
        };
        if let Some(value) = number.as_deref().and_then(|number| number.parse::<u32>().ok()) {
            match self.last_number {
                Some(last) if value <= last && value != 1 => {
                    self.notices.push(notice::doubled_number(row.line, &value.to_string()));
                }
                Some(last) if value > last.saturating_add(1) => {
                    self.notices.push(notice::gap(
                        row.line,
                        &last.saturating_add(1).to_string(),
                        &value.to_string(),
                    ));
                }
                _ => {}
            }
            self.last_number = Some(value);
        }
        let line = term::split(&printed.replace(PARAGRAPH, " "));
        let mut entry = Entry::new(number, row.span, row.line);
        entry.set_term(&line.chinese);
        entry.english = line.english;
        if let Some(english) = cell(Column::English) {
            entry.english.extend(term::equivalents(&rows::text(english)));
        }
        entry.responsible = cell(Column::Unit).map(|cell| rows::text(cell));
        let paragraphs: Vec<String> =
            cell(Column::Definition).map(|cell| rows::paragraphs(cell).collect()).unwrap_or_default();
        entry.set_parts(parts::read(paragraphs.iter().map(|text| (row.line, text.as_str()))));
        if let Some(text) = line.rest {
            entry.definition.get_or_insert(text);
        }
        if let Some(names) = cell(Column::Admitted) {
            let names = rows::text(names);
            let names = names
                .split(['、', '；', ';', '，'])
                .map(str::trim)
                .filter(|name| !matches!(*name, "" | "-" | "—" | "无" | "/"));
            entry.terms.extend(names.map(|name| designation::term(name, Status::Admitted, None)));
        }
        entry.notes.extend(cell(Column::Note).map(|cell| rows::text(cell)));
        if entry.source.is_none() {
            entry.source = cell(Column::Source).map(|cell| rows::text(cell));
        }
        if entry.definition.is_none() {
            self.notices.push(notice::no_definition(row.line, entry.term()));
        }
        match two_terms(entry.term(), entry.definition.as_deref().unwrap_or_default()) {
            None => self.entries.push(entry),
            Some(split) => self.push_two(entry, &split),
        }
    }

    fn push_two(&mut self, entry: Entry, split: &TwoTerms) {
        let printed = entry.term().to_owned();
        self.notices.push(match split.definitions {
            Some(_) => notice::two_terms(entry.line, &printed),
            None => notice::two_terms_one_definition(entry.line, &printed),
        });
        for side in 0..2 {
            let mut half = entry.clone();
            half.heading = Some(printed.clone());
            half.terms = vec![designation::term(&split.terms[side], Status::Preferred, None)];
            if let Some(definitions) = &split.definitions {
                half.definition = Some(definitions[side].clone());
            }
            self.entries.push(half);
        }
    }
}

/// The columns that a header row names; it must name a term and a definition.
fn columns(cells: &[String]) -> Option<Vec<Column>> {
    if cells.len() < 2 || cells.len() > 40 || cells.iter().any(|cell| cell.len() > 60) {
        return None;
    }
    let mut columns: Vec<Column> = cells.iter().map(|cell| column(&rows::text(cell))).collect();
    // 名称｜说明｜备注: of two columns of one kind the first counts.
    for at in 1..columns.len() {
        if columns[at] != Column::Other && columns[..at].contains(&columns[at]) {
            columns[at] = Column::Other;
        }
    }
    (columns.contains(&Column::Term) && columns.contains(&Column::Definition)).then_some(columns)
}

fn column(title: &str) -> Column {
    let title: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let title = title.trim_matches(['*', '：', ':']);
    let title = title.split(['（', '(']).next().unwrap_or(title);
    match title.to_ascii_lowercase().as_str() {
        "序号" | "编号" | "条目编号" | "条目号" | "no." | "no" | "#" | "号" => Column::Number,
        "术语" | "名词" | "名词名称" | "术语名称" | "名称" | "中文名称" | "中文术语" | "中文" | "词条"
        | "词语" | "用语" | "概念" | "概念名称" | "主要指标" | "指标" | "指标名称" | "定义名称"
        | "关键术语" | "专业术语" | "名词术语" | "术语/名词" | "term" => Column::Term,
        "英文" | "英文名称" | "英文术语" | "英文对应词" | "对应英文" | "英文全称" | "english" => {
            Column::English
        }
        "定义" | "解释" | "含义" | "释义" | "说明" | "指标说明" | "名词解释" | "术语定义" | "术语解释"
        | "定义解释" | "定义内涵" | "内涵" | "描述" | "指标解释" | "指标定义" | "定义或说明"
        | "定义及说明" | "定义/说明" | "名词定义" | "概念解释" | "definition" => {
            Column::Definition
        }
        "许用术语" | "同义词" | "简称" | "别名" | "又称" | "缩略语" => Column::Admitted,
        "解释单位" | "责任单位" | "牵头单位" | "归口单位" | "负责单位" | "解释部门" | "责任部门"
        | "主管部门" => Column::Unit,
        "备注" | "注" | "附注" => Column::Note,
        "来源" | "出处" | "依据" | "定义来源" | "参考标准" => Column::Source,
        _ => Column::Other,
    }
}

struct TwoTerms {
    terms: [String; 2],
    definitions: Option<[String; 2]>,
}

/// Words that form names with a plus: 互联网+医疗健康.
const NAME_PREFIXES: [&str; 8] =
    ["互联网", "人工智能", "大数据", "物联网", "区块链", "数据要素", "智能", "标准化"];

/// The terms of an entry such as 养老大脑+智慧养老, and its definition split where that is evident.
fn two_terms(text: &str, definition: &str) -> Option<TwoTerms> {
    let mut depth = 0i32;
    let mut plus = None;
    for (at, c) in text.char_indices() {
        match c {
            c if mark::opens(c) => depth += 1,
            c if mark::closes(c) => depth -= 1,
            '+' | '＋' if depth == 0 => {
                if plus.is_some() {
                    return None;
                }
                plus = Some((at, c));
            }
            _ => {}
        }
    }
    let (at, c) = plus?;
    let (first, second) = (text[..at].trim(), text[at + c.len_utf8()..].trim());
    if characters::count_han(first) < 2 || characters::count_han(second) < 2 {
        return None;
    }
    let cut = ["，是指", "是指", "指", "是"].iter().find_map(|verb| {
        definition
            .find(&format!("。{second}{verb}"))
            .or_else(|| definition.find(&format!("。“{second}”{verb}")))
    });
    let definitions = cut.filter(|_| definition.starts_with(first)).map(|cut| {
        let cut = cut + '。'.len_utf8();
        [definition[..cut].to_owned(), definition[cut..].to_owned()]
    });
    if definitions.is_none() && NAME_PREFIXES.contains(&first) {
        return None;
    }
    Some(TwoTerms { terms: [first.to_owned(), second.to_owned()], definitions })
}
