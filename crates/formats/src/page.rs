//! From glyphs at places on pages (PDF, OFD) to lines in reading order, and on to the reader of plain text.
//!
//! What the reader of plain text guesses from blanks is known here from positions, so it is told in blanks:
//! an empty line where a paragraph ends, spaces where a line is indented.

use zhengming_text::document::ReadNote;
use zhengming_text::message::Text;
use zhengming_text::place::Cell;
use zhengming_text::span::Span;

use crate::ReadError;
use crate::parts::Parts;
use crate::plain::paged::{self, LineRole, PageLine};
use row::{Line, Row};

mod columns;
mod garbled;
mod grid;
mod heads;
mod row;
mod turned;

pub(crate) use turned::{Drawn, Sheet, Turn};

/// One character where it stands. Lengths are in one unit, y grows downwards.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "pdf", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Glyph {
    pub(crate) c: char,
    /// The left end of the baseline.
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    /// The size of the type.
    pub(crate) size: f32,
}

/// A drawn line, horizontal or vertical, as the borders of tables are.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "pdf", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Rule {
    pub(crate) from: (f32, f32),
    pub(crate) to: (f32, f32),
}

/// What stands on one page.
#[derive(Debug, Default)]
#[cfg_attr(feature = "pdf", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Page {
    /// From 1.
    pub(crate) number: u32,
    pub(crate) height: f32,
    pub(crate) glyphs: Vec<Glyph>,
    pub(crate) rules: Vec<Rule>,
    /// Whether it is text of another direction on the page before, with which it does not go on.
    pub(crate) is_apart: bool,
    /// Whether its lines were columns.
    pub(crate) is_vertical: bool,
}

/// Columns with fewer lines may not reach their margins.
const LINES: usize = 5;

/// A page cut into lines.
struct Cut {
    number: u32,
    is_apart: bool,
    is_vertical: bool,
    /// Running head and page number.
    heads: Vec<Line>,
    items: Vec<Item>,
}

/// Lines of text in one column, or one paragraph in a cell.
enum Item {
    Column(Vec<Line>),
    Cell { cell: Cell, lines: Vec<Line> },
}

/// What could be taken out of a file.
#[derive(Debug, Default)]
#[cfg_attr(feature = "pdf", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Extracted {
    pub(crate) pages: Vec<Page>,
    /// How many pages the file has.
    pub(crate) count: usize,
    /// What stands beside the pages, such as comments, with the number of the page.
    pub(crate) beside: Vec<(u32, String)>,
    /// What else was not read.
    pub(crate) missed: Vec<Text>,
    /// Glyphs of which the file does not say which character they are; U+FFFD stands for them.
    pub(crate) unmapped: usize,
    /// Characters at an angle, which are left out.
    pub(crate) slanted: usize,
    /// The numbers of the pages that hold images and no text.
    pub(crate) scanned: Vec<usize>,
}

impl Extracted {
    /// Adds a page, once for each direction of its text.
    pub(crate) fn push(&mut self, sheet: Sheet) {
        self.count += 1;
        self.pages.extend(turned::pages(sheet));
    }
}

/// Reads the pages of a file in `format` into `parts`; what comes back is the extracted text, which all spans
/// count.
///
/// # Errors
/// A scan, or a text of which most cannot be extracted.
pub(crate) fn read(format: &str, extracted: Extracted, parts: &mut Parts) -> Result<String, ReadError> {
    parts.pages = Some(extracted.count);
    let all: usize = extracted.pages.iter().map(|page| page.glyphs.len()).sum();
    let scanned = &extracted.scanned;
    if all == 0 && extracted.beside.is_empty() && !scanned.is_empty() {
        return Err(ReadError::Unreadable(Text::new(
            format!("{format} 中只有图像、没有文字（扫描件），请先做文字识别（OCR）"),
            format!("the {format} holds images and no text (a scan): run text recognition (OCR) first"),
        )));
    }
    let unmapped = extracted.unmapped;
    if unmapped > 20 && unmapped * 2 > all {
        return Err(ReadError::Unreadable(Text::new(
            format!("文本不可提取：{format} 没有给出 {unmapped} 个字形（共 {all} 个）对应的字符"),
            format!(
                "the text cannot be extracted: {unmapped} of {all} glyphs have no character in the {format}"
            ),
        )));
    }
    let start = Span::new(0, 0);
    if unmapped > 0 {
        let message = Text::new(
            format!("{unmapped} 个字形的文本不可提取，这些位置未检查"),
            format!("{unmapped} glyphs have no character in the {format} and are not checked"),
        );
        parts.note(ReadNote { span: start, missed: true, message });
    }
    if let Some(first) = scanned.first() {
        let count = scanned.len();
        let message = Text::new(
            format!("{count} 页只有图像、没有文字，未检查（第一个是第{first}页）"),
            format!("{count} pages hold images and no text and are not checked (the first is page {first})"),
        );
        parts.note(ReadNote { span: start, missed: true, message });
    }
    if let Some(message) = garbled::find(&extracted.pages) {
        parts.missed(message);
    }
    extracted.missed.iter().for_each(|message| parts.missed(message.clone()));
    if extracted.slanted > 0 {
        let count = extracted.slanted;
        let message = Text::new(
            format!("略去 {count} 个斜排的字（多为水印）"),
            format!("left out {count} characters that are set at an angle, as watermarks are"),
        );
        // A watermark is a line or two on a page; more is text.
        let is_text = count > 60 * extracted.count.max(1);
        parts.note(ReadNote { span: start, missed: is_text, message });
    }
    Ok(read_pages(extracted.pages, &extracted.beside, parts))
}

fn read_pages(pages: Vec<Page>, beside: &[(u32, String)], parts: &mut Parts) -> String {
    let mut rows: Vec<Vec<Row>> = Vec::with_capacity(pages.len());
    let mut cells = Vec::with_capacity(pages.len());
    let mut shapes = Vec::with_capacity(pages.len());
    let mut kinds = Vec::with_capacity(pages.len());
    for mut page in pages {
        let tables = grid::tables(&page.rules);
        cells.push(grid::take_cells(&tables, &mut page.glyphs));
        shapes.push((page.number, page.height));
        kinds.push((page.is_apart, page.is_vertical));
        rows.push(row::rows(page.glyphs));
    }
    let heads = heads::find(&rows, &shapes);
    let mut cuts = Vec::with_capacity(rows.len());
    let mut gutter = None;
    for (((rows, cells), heads), (number, _)) in rows.into_iter().zip(cells).zip(heads).zip(shapes) {
        cuts.push(cut(rows, cells, &heads, number, &mut gutter));
    }
    cuts.iter_mut().zip(kinds).for_each(|(cut, kind)| (cut.is_apart, cut.is_vertical) = kind);
    let mut text = Typescript::new(&cuts);
    for cut in &cuts {
        text.page(cut);
    }
    text.footnotes();
    text.heads(&cuts);
    text.beside(beside);
    let Typescript { source, pages, .. } = text;
    paged::read(&source, &pages, parts);
    source
}

/// Puts the rows, without the `heads` among them, and the cells in reading order. The `gutter` is where the
/// pages so far were set in two columns.
fn cut(
    rows: Vec<Row>,
    tables: Vec<grid::Filled>,
    heads: &[bool],
    number: u32,
    gutter: &mut Option<f32>,
) -> Cut {
    let mut found = Cut { number, is_apart: false, is_vertical: false, heads: Vec::new(), items: Vec::new() };
    let mut body = Vec::with_capacity(rows.len());
    for (row, &is_head) in rows.into_iter().zip(heads) {
        if is_head { found.heads.push(row.line()) } else { body.push(row) }
    }
    let mut tables = tables.into_iter().peekable();
    let mut above = Vec::new();
    for row in body {
        while let Some(table) = tables.next_if(|table| table.top <= row.y) {
            columns::push(std::mem::take(&mut above), gutter, &mut found.items);
            push_table(table, &mut found.items);
        }
        above.push(row);
    }
    columns::push(above, gutter, &mut found.items);
    tables.for_each(|table| push_table(table, &mut found.items));
    found
}

fn push_table(table: grid::Filled, items: &mut Vec<Item>) {
    for cell in table.cells {
        let lines: Vec<Line> = row::rows(cell.glyphs).iter().map(Row::line).collect();
        let widest = lines.iter().map(Line::width).fold(0.0, f32::max);
        let mut paragraph: Vec<Line> = Vec::new();
        for line in lines {
            let goes_on = paragraph.last().is_some_and(|last| {
                let room = (widest - last.width()).max(cell.width - last.width() - 12.0 - last.size);
                room < 1.5 * last.size && !row::ends_sentence(&last.text)
            });
            if !goes_on && !paragraph.is_empty() {
                items.push(Item::Cell { cell: cell.place, lines: std::mem::take(&mut paragraph) });
            }
            paragraph.push(line);
        }
        if !paragraph.is_empty() {
            items.push(Item::Cell { cell: cell.place, lines: paragraph });
        }
    }
}

/// The text in the making, as a careful typist would copy the pages.
struct Typescript {
    source: String,
    pages: Vec<PageLine>,
    /// The usual distance of two lines in units of their size.
    pitch: f32,
    /// The left and right margins of columns with enough lines to reach them.
    margins: Vec<(f32, f32)>,
    /// The usual size of the type.
    size: f32,
    tables: u32,
    paragraphs: u32,
    /// Footnotes stand between two lines of a paragraph, so they come last.
    footnotes: Vec<(Line, u32)>,
    /// The last line of text, with its margins.
    last: Option<(Line, (f32, f32), u32)>,
    /// Whether the next line begins a paragraph.
    begins: bool,
    /// Whether the lines of the page were columns.
    is_vertical: bool,
}

impl Typescript {
    fn new(cuts: &[Cut]) -> Self {
        let columns = || cuts.iter().flat_map(|cut| &cut.items).filter_map(Item::column);
        let pitches = columns().flat_map(|lines| lines.windows(2)).filter_map(|pair| {
            let pitch = (pair[1].y - pair[0].y) / pair[1].size;
            (0.5..4.0).contains(&pitch).then_some(pitch)
        });
        let mut margins: Vec<(f32, f32)> = Vec::new();
        for edges in columns().filter(|lines| lines.len() >= LINES).map(margins_of) {
            let is_known = |known: &(f32, f32)| (known.0 - edges.0).abs() + (known.1 - edges.1).abs() < 5.0;
            if margins.len() < 64 && !margins.iter().any(is_known) {
                margins.push(edges);
            }
        }
        Self {
            source: String::new(),
            pages: Vec::new(),
            pitch: median(pitches.collect()).unwrap_or(1.5),
            margins,
            size: median(columns().flatten().map(|line| line.size).collect()).unwrap_or(1.0),
            footnotes: Vec::new(),
            tables: 0,
            paragraphs: 0,
            last: None,
            begins: false,
            is_vertical: false,
        }
    }

    fn page(&mut self, cut: &Cut) {
        let page = cut.number;
        if cut.is_apart && self.last.take().is_some() {
            self.line("", page, LineRole::Text);
            self.begins = true;
        }
        self.is_vertical = cut.is_vertical;
        let mut table = 0;
        for item in &cut.items {
            match item {
                Item::Column(lines) => self.column(lines, page),
                Item::Cell { cell, lines } => {
                    if cell.table != table {
                        table = cell.table;
                        self.tables += 1;
                    }
                    self.paragraphs += 1;
                    let cell = Cell { table: self.tables, ..*cell };
                    for line in lines {
                        let text = line.text.replace('\t', " ");
                        self.line(&text, page, LineRole::Cell { paragraph: self.paragraphs, cell });
                    }
                    self.last = None;
                }
            }
        }
    }

    /// The margins of a column; of one with a few lines, those of the narrowest column that it fits into.
    fn margins_of(&self, lines: &[Line]) -> (f32, f32) {
        let (left, right) = margins_of(lines);
        if lines.len() >= LINES {
            return (left, right);
        }
        let fitting = self.margins.iter().filter(|it| it.0 <= left + 5.0 && right <= it.1 + 5.0);
        let narrowest = fitting.min_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
        narrowest.copied().unwrap_or((left, right))
    }

    fn column(&mut self, lines: &[Line], page: u32) {
        let margins = self.margins_of(lines);
        let notes = lines.iter().rev().take_while(|line| line.size < 0.9 * self.size).count();
        let (lines, notes) = lines.split_at(lines.len() - if notes < lines.len() { notes } else { 0 });
        self.footnotes.extend(notes.iter().map(|note| (note.clone(), page)));
        for line in lines {
            let (mut hangs, mut role) = (false, LineRole::Text);
            if std::mem::take(&mut self.begins) {
                role = LineRole::Begin;
            }
            if let Some((before, edges, last_page)) = self.last.take() {
                if self.ends(&before, edges, line, margins, last_page == page) {
                    self.line("", page, LineRole::Text);
                    role = LineRole::Begin;
                } else {
                    hangs = before.is_above(line, margins.0);
                }
            }
            let columns = ((line.x - margins.0) / (line.size / 2.0)).round();
            // Letters and digits are narrower than the grid, so half a character is no indent.
            let indent = if hangs || columns < 2.0 { 0 } else { (columns as usize).min(80) };
            let text = format!("{:indent$}{}", "", line.text);
            self.line(&text, page, role);
            self.last = Some((line.clone(), margins, page));
        }
    }

    fn footnotes(&mut self) {
        let notes = std::mem::take(&mut self.footnotes);
        let left = notes.iter().map(|(note, _)| note.x).fold(f32::INFINITY, f32::min);
        let mut role = LineRole::Begin;
        for (note, page) in notes {
            // A note begins with its number; its other lines hang below the text.
            let begins = note.text.starts_with(|c: char| !c.is_alphabetic()) && note.x - left < note.size;
            // The raised number stands close to the text, of which it is no part.
            let rest = note.text.trim_start_matches(|c: char| c.is_ascii_digit());
            let number = &note.text[..note.text.len() - rest.len()];
            let text =
                if number.is_empty() { rest.to_owned() } else { format!("{number} {}", rest.trim_start()) };
            self.line(&text, page, if begins { LineRole::Begin } else { role });
            role = LineRole::Text;
        }
    }

    /// Running heads and page numbers come after the text, so that nothing of them stands in a sentence that
    /// goes on over the end of a page.
    fn heads(&mut self, cuts: &[Cut]) {
        for cut in cuts {
            for head in &cut.heads {
                self.line(&head.text, cut.number, LineRole::Furniture);
            }
        }
    }

    /// Comments and the like, each a block.
    fn beside(&mut self, texts: &[(u32, String)]) {
        for (page, text) in texts {
            self.paragraphs += 1;
            let paragraph = self.paragraphs;
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                self.line(&line.replace('\t', " "), *page, LineRole::Beside { paragraph });
            }
        }
    }

    /// Whether a paragraph ends with the line `before`, and `line` begins another.
    fn ends(
        &self,
        before: &Line,
        edges: (f32, f32),
        line: &Line,
        margins: (f32, f32),
        same_page: bool,
    ) -> bool {
        let size = before.size;
        let is_same_size = (line.size / size - 1.0).abs() < 0.15;
        if !is_same_size
            || same_page && line.y > before.y && line.y - before.y > self.pitch * 1.35 * line.size
        {
            return true;
        }
        if before.is_centred(edges) && line.is_centred(margins) {
            return false;
        }
        // Columns are set with blanks out of respect, so one that is short may go on.
        let is_torn = self.is_vertical && !row::ends_sentence(&before.text) && line.x - margins.0 < size;
        edges.1 - before.end > line.first_word + 1.5 * size && !is_torn
    }

    fn line(&mut self, text: &str, page: u32, role: LineRole) {
        self.source.push_str(text);
        self.source.push('\n');
        self.pages.push(PageLine { page, role });
    }
}

impl Item {
    fn column(&self) -> Option<&[Line]> {
        match self {
            Self::Column(lines) => Some(lines),
            Self::Cell { .. } => None,
        }
    }
}

/// Where the first lines begin, and where the full ones end.
fn margins_of(lines: &[Line]) -> (f32, f32) {
    let left = lines.iter().map(|line| line.x).fold(f32::INFINITY, f32::min);
    (left, right_margin(lines))
}

/// The end of the longest line; but a text that was pasted with the lines that it had ends its lines short of what the
/// page leaves room for, and a few others (an address, a head of the site) run on. Then it is where a third of the
/// lines end, if hardly one is longer.
fn right_margin(lines: &[Line]) -> f32 {
    let mut ends: Vec<f32> = lines.iter().map(|line| line.end).collect();
    ends.sort_unstable_by(f32::total_cmp);
    let Some(&longest) = ends.last() else { return f32::NEG_INFINITY };
    let size = median(lines.iter().map(|line| line.size).collect()).unwrap_or(1.0);
    if lines.len() < LINES {
        return longest;
    }
    let near =
        |end: f32| ends.partition_point(|it| *it <= end) - ends.partition_point(|it| *it < end - 1.5 * size);
    let Some(&usual) = ends.iter().max_by_key(|end| near(**end)) else { return longest };
    let far = ends.len() - ends.partition_point(|it| *it <= usual + 1.5 * size);
    if near(usual) * 3 >= ends.len() && far * 8 <= near(usual) { usual } else { longest }
}

fn median(mut values: Vec<f32>) -> Option<f32> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f32::total_cmp).1)
}

#[cfg(test)]
mod tests;
