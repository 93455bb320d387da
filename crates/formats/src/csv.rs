//! Tables as text, fields separated by commas, semicolons or tabs: every field a block, with its place in
//! the file, so that it can be mended there.

use zhengming_text::document::{BlockBuilder, BlockKind};
use zhengming_text::place::{Cell, Place};
use zhengming_text::span::Span;

use crate::cells;
use crate::parts::{HARD_BREAK, Parts};

/// So many rows show what a text is.
const SAMPLE: usize = 20;

pub(crate) fn read(source: &str, parts: &mut Parts) {
    let records = Records::new(source, delimiter(source));
    let mut header = cells::Header::default();
    let mut row = 0u32;
    for record in records {
        row = row.saturating_add(1);
        let texts: Vec<&str> = record.iter().map(|field| field.text(source)).collect();
        let is_header = header.offer(&texts);
        for (index, field) in record.iter().enumerate() {
            if !cells::is_prose(&source[field.inner.range()]) {
                continue;
            }
            let column = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let kind = if is_header { BlockKind::Caption } else { BlockKind::TableCell };
            let place = Place {
                cell: Some(Cell { table: 1, row, column }),
                words: cells::words(None, row, column, header.name(index).filter(|_| !is_header)),
                ..Place::default()
            };
            let mut block = BlockBuilder::new(kind).at(place);
            field.read(source, &mut block);
            parts.push(block);
        }
    }
}

/// Whether `text` is a table: the first rows have the same number of fields, and no field is a clause after
/// a comma in a sentence.
pub(crate) fn is_table(text: &str) -> bool {
    let delimiter = delimiter(text);
    // Tables with tabs are read as plain text, which may hold prose above and below them.
    if delimiter == b'\t' {
        return false;
    }
    let mut records = Records::new(text, delimiter);
    let Some(first) = records.next().filter(|first| first.len() >= 2) else {
        return false;
    };
    let is_name = |field: &Field| {
        let text = field.text(text);
        !text.is_empty() && text.chars().count() <= 30
    };
    let mut rows = 0;
    for record in records.take(SAMPLE) {
        // The sample may end within a record.
        if record.len() != first.len() {
            return rows >= 2 && record.last().is_some_and(|field| field.inner.end >= text.len());
        }
        // After a comma in a sentence comes a blank.
        if record.iter().skip(1).any(|field| text[..field.inner.start].ends_with([' ', '\t'])) {
            return false;
        }
        rows += 1;
    }
    rows >= 2 && first.iter().all(is_name)
}

/// The separator that the first line with any has most of.
fn delimiter(text: &str) -> u8 {
    let count = |line: &str, byte: u8| memchr::memchr_iter(byte, line.as_bytes()).count();
    for line in text.lines().take(SAMPLE) {
        let (commas, semicolons) = (count(line, b','), count(line, b';'));
        if line.contains('\t') {
            return b'\t';
        }
        if commas + semicolons > 0 {
            return if semicolons > commas { b';' } else { b',' };
        }
    }
    b','
}

/// One field. `inner` leaves out the quotation marks around it and blanks at both ends.
struct Field {
    inner: Span,
    is_quoted: bool,
}

impl Field {
    fn new(source: &str, inner: Span, is_quoted: bool) -> Self {
        let text = &source[inner.range()];
        let is_edge = |c: char| c.is_whitespace() || c == '\u{feff}';
        let start = inner.end - text.trim_start_matches(is_edge).len();
        let end = start + source[start..inner.end].trim_end_matches(is_edge).len();
        Self { inner: Span::new(start, end), is_quoted }
    }

    /// The text; doubled quotation marks stay as they are.
    fn text<'s>(&self, source: &'s str) -> &'s str {
        &source[self.inner.range()]
    }

    /// In a quoted field, two quotation marks are one, and a line break is one that the author made.
    fn read(&self, source: &str, block: &mut BlockBuilder) {
        let mut at = self.inner.start;
        while let Some(offset) = memchr::memchr3(b'"', b'\r', b'\n', &source.as_bytes()[at..self.inner.end])
            .filter(|_| self.is_quoted)
        {
            let mark = at + offset;
            block.verbatim(source, Span::new(at, mark));
            let rest = &source[mark..self.inner.end];
            let (length, text) = match rest.starts_with('"') {
                true => (2, "\""),
                false => (rest.len() - rest.trim_start_matches(['\r', '\n']).len(), HARD_BREAK),
            };
            block.decoded(source, Span::new(mark, mark + length), text);
            at = mark + length;
        }
        block.verbatim(source, Span::new(at, self.inner.end));
    }
}

/// The records of a table, as RFC 4180 and spreadsheets write them. A quotation mark that is never closed
/// is a character like any other.
struct Records<'s> {
    source: &'s str,
    delimiter: u8,
    at: usize,
    /// From here on no quotation mark is closed.
    unclosed_from: usize,
}

impl<'s> Records<'s> {
    fn new(source: &'s str, delimiter: u8) -> Self {
        Self { source, delimiter, at: 0, unclosed_from: usize::MAX }
    }

    /// The end of the quoted field whose opening mark stands at `open`: where its closing mark stands.
    fn closing(&mut self, open: usize) -> Option<usize> {
        let bytes = self.source.as_bytes();
        let mut at = open + 1;
        if open >= self.unclosed_from {
            return None;
        }
        while let Some(offset) = memchr::memchr(b'"', &bytes[at..]) {
            let mark = at + offset;
            if bytes.get(mark + 1) != Some(&b'"') {
                return Some(mark);
            }
            at = mark + 2;
        }
        self.unclosed_from = open;
        None
    }

    /// The next field and what follows it.
    fn field(&mut self) -> (Field, Option<u8>) {
        let bytes = self.source.as_bytes();
        let start = self.at;
        let mut from = start;
        let mut inner = None;
        if bytes.get(start) == Some(&b'"')
            && let Some(close) = self.closing(start)
        {
            from = close + 1;
            inner = Some(Span::new(start + 1, close));
        }
        let end = memchr::memchr3(self.delimiter, b'\n', b'\r', &bytes[from..])
            .map_or(bytes.len(), |offset| from + offset);
        // After the closing mark only blanks may follow; else the marks belong to the text.
        let is_quoted = inner.is_some() && self.source[from..end].trim().is_empty();
        let inner = inner.filter(|_| is_quoted).unwrap_or(Span::new(start, end));
        self.at = (end + 1).min(bytes.len());
        let after = bytes.get(end).copied();
        if after == Some(b'\r') && bytes.get(end + 1) == Some(&b'\n') {
            self.at = end + 2;
        }
        (Field::new(self.source, inner, is_quoted), after)
    }
}

impl Iterator for Records<'_> {
    type Item = Vec<Field>;

    fn next(&mut self) -> Option<Vec<Field>> {
        if self.at >= self.source.len() {
            return None;
        }
        let mut fields = Vec::new();
        loop {
            let (field, after) = self.field();
            fields.push(field);
            if after != Some(self.delimiter) {
                return Some(fields);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use zhengming_text::document::{BlockKind, Document};
    use zhengming_text::span::TextRange;

    use super::*;
    use crate::properties::check;
    use crate::{Format, read, read_str};

    fn csv(text: &str) -> Document {
        let document = read_str("表.csv", text.to_owned(), Format::Csv);
        check(&document);
        document
    }

    fn cells(document: &Document) -> Vec<(&str, &str)> {
        document.blocks().map(|block| (block.place().unwrap().words.zh.as_str(), block.text())).collect()
    }

    #[test]
    fn fields_are_blocks_with_the_names_of_their_cells() {
        let document =
            csv("术语,定义,序号\n浙政钉,协同办公平台,1\n\n一网通办,\"政务服务，\"\"一次办\"\"\",2\r\n");
        assert_eq!(
            cells(&document),
            [
                ("单元格 A1", "术语"),
                ("单元格 B1", "定义"),
                ("单元格 C1", "序号"),
                ("单元格 A2（术语）", "浙政钉"),
                ("单元格 B2（定义）", "协同办公平台"),
                ("单元格 A4（术语）", "一网通办"),
                ("单元格 B4（定义）", "政务服务，\"一次办\""),
            ]
        );
        assert_eq!(document.block(0).kind(), BlockKind::Caption);
        assert_eq!(document.block(3).kind(), BlockKind::TableCell);
    }

    #[test]
    fn definitions_are_read_by_their_columns() {
        let document =
            csv("序号,名词,类别,定义\n1,数据专区,,依托公共平台建设的特定区域\n2,,平台,没有名词的一行\n");
        let found = zhengming_reading::definition::definitions(&document);
        let shown: Vec<_> = found.iter().map(|one| (one.text.as_str(), one.body_text(&document))).collect();
        assert_eq!(shown, [("数据专区", "依托公共平台建设的特定区域".to_owned())]);
        let tasks = csv("序号,名称,说明\n1,云溪大脑,年底前完成改造并接入平台\n");
        assert_eq!(zhengming_reading::definition::definitions(&tasks), []);
    }

    #[test]
    fn a_wide_header_costs_no_more_than_its_width() {
        let row = |cell: &str| vec![cell; 50_000].join(",");
        let document = csv(&format!("{}\n{}\n", row("名"), row("甲乙")));
        assert_eq!(zhengming_reading::definition::definitions(&document), []);
    }

    #[test]
    fn positions_are_those_of_the_file() {
        let source = "a;b\n\"甲\"\"数据高铁\"\"\n乙\";丙\n";
        let document = csv(source);
        let block = document.block(2);
        assert_eq!(block.text(), "甲\"数据高铁\"\u{2028}乙");
        let at = block.text().find("数据高铁").unwrap();
        let range = TextRange::new(at, at + "数据高铁".len());
        assert_eq!(&source[block.span(range).range()], "数据高铁");
        assert!(block.editable(range));
        assert!(!block.editable(TextRange::new(0, at)), "the quotation mark is two in the file");
    }

    #[test]
    fn marks_that_quote_nothing_are_text() {
        assert_eq!(cells(&csv("甲,\"乙\n丙,丁\n"))[1].1, "\"乙");
        assert_eq!(cells(&csv("\"甲\"乙,丙\n"))[0].1, "\"甲\"乙");
    }

    #[test]
    fn tables_are_told_from_prose() {
        assert!(is_table("术语,定义\n甲,乙\n丙,丁\n"));
        assert!(is_table("术语;定义\n甲;\"乙;丙\"\n丁;戊\n己;庚\n"));
        assert!(!is_table("Dear all,\nplease find attached, as promised,\nthe terms, and more.\n"));
        assert!(!is_table("第一，甲\n第二，乙\n第三，丙\n"));
        assert!(!is_table("甲,乙\n丙\n丁,戊,己\n"));
        assert!(!is_table("a, b\nc, d\ne, f\n"));
    }

    #[test]
    fn the_ending_or_the_content_decides() {
        let table = "术语,定义\n甲,乙\n丙,丁\n";
        for (name, text, format) in [
            ("a.csv", "甲", "csv"),
            ("a.TSV", "甲\t乙", "csv"),
            ("-", table, "csv"),
            ("a.txt", table, "csv"),
            ("a.md", table, "markdown"),
            ("a.txt", "甲，乙\n丙，丁\n", "text"),
        ] {
            assert_eq!(read(name, text.as_bytes()).unwrap().format(), format, "{name} {text}");
        }
    }
}
