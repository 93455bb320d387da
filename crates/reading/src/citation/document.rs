//! The citations of a whole document: which of them name the document itself, which are short forms.

use std::collections::{HashMap, HashSet};

use zhengming_terms::register::Register;
use zhengming_text::document::{BlockKind, BlockRef, Document};
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;

use super::{Citation, Kind, Role, citations, citations_seen};
use zhengming_text::fold::canonical;
use zhengming_text::zh::mark;

/// Blocks that belong to the cover.
const COVER: usize = 4;
/// Longest line that is nothing but the number of a standard, in bytes.
const LONGEST_NUMBER: usize = 48;

/// Bytes of empty lines at most between the head of a page and its number.
const BESIDE: usize = 8;
/// Fewest cells with nothing but a number in a register of editions.
const REGISTER: usize = 3;

/// What a block must hold to cite anything.
const CITING: Signs = Signs::LETTER.or(Signs::NUMBER).or(Signs::TITLE).or(Signs::STATE).or(Signs::NAMED);

/// What stands before the title that a notice issues.
const ISSUES: [&str; 6] = ["印发", "发布", "公布", "颁布", "下发", "转发"];

/// A citation with its place in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// The number of the block.
    pub block: usize,
    /// The citation, its ranges in the text of that block.
    pub citation: Citation,
}

/// All citations of `document`, whose blocks have these signs, in reading order.
pub(crate) fn citations_in(
    document: &Document,
    register: Option<&Register>,
    signs: impl Fn(usize) -> Signs,
) -> Vec<Cited> {
    let mut found: Vec<Cited> = Vec::new();
    for block in document.blocks() {
        let index = block.index();
        if !signs(index).any(CITING) {
            continue;
        }
        let citations = citations_seen(block.text(), register, signs(index));
        found.extend(citations.into_iter().map(|citation| Cited { block: index, citation }));
    }
    split_decrees(document, &signs, &mut found);
    // Only a standard that is cited at all can be the document itself.
    let cites_standard = found.iter().any(|one| one.citation.kind == Kind::Standard);
    let own = if cites_standard { own(document, &found, register) } else { HashSet::new() };
    let titles = own_titles(document);
    let shorts = declared_shorts(document, &found);
    for Cited { block, citation } in &mut found {
        let is_title = citation.kind == Kind::Title;
        if (!is_title && own.contains(&citation.normal)) || (is_title && titles.contains(&citation.normal)) {
            citation.role = Role::Own;
        } else if is_title && shorts.get(&citation.normal).is_some_and(|from| from <= block) {
            citation.role = Role::ShortForm;
        }
    }
    mark_registers(document, &mut found);
    found
}

/// Gives what stands in a register of editions the role of a listed one: a table of which several cells hold
/// nothing but a number, one standard in more than one edition.
fn mark_registers(document: &Document, found: &mut [Cited]) {
    let is_cell = |index: usize| matches!(document.block(index).kind(), BlockKind::TableCell);
    let mut rest = found;
    while let Some(first) = rest.iter().position(|cited| is_cell(cited.block)) {
        rest = &mut rest[first..];
        let table_end = (rest[0].block..document.blocks().len()).find(|&index| !is_cell(index));
        let count = rest.partition_point(|cited| table_end.is_none_or(|end| cited.block < end));
        let (table, after) = rest.split_at_mut(count);
        rest = after;
        if is_register(document, table) {
            let relies = |cited: &&mut Cited| cited.citation.role.is_relied_on();
            table.iter_mut().filter(relies).for_each(|cited| cited.citation.role = Role::Listed);
        }
    }
}

fn is_register(document: &Document, table: &[Cited]) -> bool {
    let fills = |cited: &&Cited| {
        cited.citation.kind == Kind::Standard
            && document.block(cited.block).text().trim().len() == cited.citation.range.len()
    };
    let numbers: Vec<&Citation> = table.iter().filter(fills).map(|cited| &cited.citation).collect();
    let mut editions: HashMap<&str, HashSet<Option<&str>>> = HashMap::new();
    for number in &numbers {
        editions.entry(&number.series).or_default().insert(number.edition.as_deref());
    }
    numbers.len() >= REGISTER && editions.values().any(|editions| editions.len() > 1)
}

/// Decrees whose number stands on a line of its own: 中华人民共和国国务院令 and, below, 第809号.
fn split_decrees(document: &Document, signs: &impl Fn(usize) -> Signs, found: &mut Vec<Cited>) {
    let mut before: Option<BlockRef<'_>> = None;
    for block in document.blocks() {
        let head = before.replace(block).filter(|head| {
            signs(head.index()).any(Signs::NUMBER)
                && head.text().len() < 120
                && head.text().trim_end().ends_with('令')
        });
        let Some(head) = head else { continue };
        let text = block.text();
        // 第809号, （第九十一号）.
        let number = text.trim_start().trim_start_matches(mark::OPEN_ROUND);
        if text.len() > 60 || !number.starts_with('第') {
            continue;
        }
        let joined = format!("{}{}", head.text().trim(), text.trim());
        let Some(mut citation) = citations(&joined, None).into_iter().find(|one| one.kind == Kind::Decree)
        else {
            continue;
        };
        let start = head.text().len() - head.text().trim_start().len() + citation.range.start;
        citation.range = TextRange::new(start, head.text().trim_end().len());
        let at =
            found.partition_point(|cited| (cited.block, cited.citation.range.start) < (head.index(), start));
        found.insert(at, Cited { block: head.index(), citation });
    }
}

/// The numbers under which `document` itself is published: they stand alone on lines, on the cover or in
/// the title.
pub(crate) fn own_numbers(
    document: &Document,
    register: Option<&Register>,
    signs: impl Fn(usize) -> Signs,
) -> Vec<String> {
    let cover = document.blocks().take(COVER).flat_map(|block| {
        let found = citations_seen(block.text(), register, signs(block.index()));
        found.into_iter().map(move |citation| Cited { block: block.index(), citation })
    });
    let own = own(document, &cover.collect::<Vec<_>>(), register);
    let mut own: Vec<String> = own.into_iter().collect();
    own.sort();
    own
}

fn own(document: &Document, found: &[Cited], register: Option<&Register>) -> HashSet<String> {
    let alone = standing_alone(document, register);
    let mut own: HashSet<String> = alone.into_iter().map(|citation| citation.normal).collect();
    if own.is_empty() {
        for Cited { block, citation } in found.iter().take_while(|cited| cited.block < COVER) {
            let text = document.block(*block).text();
            let is_title = matches!(document.block(*block).kind(), BlockKind::Heading(1));
            let opens = text[..citation.range.start]
                .trim_matches(|c: char| c.is_whitespace() || "《〈".contains(c))
                .is_empty();
            if citation.kind == Kind::Standard
                && citation.dated()
                && citation.role != Role::History
                && (opens || is_title)
            {
                own.insert(citation.normal.clone());
            }
        }
    }
    own
}

/// The numbers of standards that stand alone on lines of the cover, or again and again as a running head. A lone
/// reference further down is neither.
fn standing_alone(document: &Document, register: Option<&Register>) -> Vec<Citation> {
    let mut alone: HashMap<String, (usize, usize, Citation)> = HashMap::new();
    // Running heads are no blocks, so the lines are those of the source.
    let lines = lines(document.source()).enumerate();
    // A line that begins with a Chinese character is no number, whatever its length.
    let is_han = |line: &str| line.as_bytes().first().is_none_or(|byte| (0xE4..0xEF).contains(byte));
    let lines =
        lines.filter(|(_, (_, line))| !is_han(line)).map(|(number, (at, line))| (number, at, line.trim()));
    for (number, at, line) in lines.filter(|(_, _, line)| line.len() <= LONGEST_NUMBER && may_be_number(line))
    {
        let citation = citations(line, register).pop();
        if let Some(citation) =
            citation.filter(|one| one.kind == Kind::Standard && one.range.len() == line.len() && one.dated())
        {
            let number = if is_running_head(document.source(), at) { 0 } else { number };
            let seen = alone.entry(citation.normal.clone()).or_insert((0, number, citation));
            seen.0 += 1;
            seen.1 = seen.1.min(number);
        }
    }
    let is_own = |(count, first, _): &(usize, usize, Citation)| *count > 1 || *first < 40;
    alone.into_values().filter(is_own).map(|(_, _, citation)| citation).collect()
}

/// The year of `document` as the number tells under which it is published, if that is one, and stands alone on
/// lines or before the title.
pub(crate) fn own_year(document: &Document, register: Option<&Register>) -> Option<u16> {
    let mut own = standing_alone(document, register);
    if own.is_empty() {
        let mut cover = document.blocks().take(COVER);
        let title = cover.find(|block| matches!(block.kind(), BlockKind::Heading(1)))?;
        let numbers = citations(title.text(), register).into_iter();
        own.extend(numbers.filter(|one| one.kind == Kind::Standard && one.range.start == 0).take(1));
    }
    let (first, rest) = own.split_first()?;
    let is_one = rest.iter().all(|other| other.series == first.series);
    own.iter().map(|one| one.year).max().flatten().filter(|_| is_one)
}

/// Whether the line that begins at `at` is the head of a page: beside it stands nothing but the number of the page.
fn is_running_head(source: &str, at: usize) -> bool {
    let is_page = |line: Option<&str>| {
        line.is_some_and(|line| {
            (1..=3).contains(&line.len()) && line.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let near = |text: &str| text.len() <= BESIDE;
    let before = source[..at].trim_end();
    let after = source[at..].split_once('\n').map_or("", |(_, rest)| rest);
    let gap = after.len() - after.trim_start().len();
    is_page(before.rsplit('\n').next().map(str::trim).filter(|_| near(&source[before.len()..at])))
        || is_page(after.trim_start().lines().next().map(str::trim).filter(|_| near(&after[..gap])))
}

/// The lines of `text`, each with its first byte; white space at their ends is left to the reader.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    ends.scan(0, |start, end| {
        let from = std::mem::replace(start, end + 1);
        Some((from, &text[from..end]))
    })
}

/// Whether a line looks like nothing but a number: it begins with its code.
fn may_be_number(line: &str) -> bool {
    line.starts_with(|c: char| super::scan::plain(c).is_ascii_uppercase())
        && line.contains(|c: char| c.is_ascii_digit())
}

fn own_titles(document: &Document) -> HashSet<String> {
    let headings = document.blocks().take(40).filter(|block| matches!(block.kind(), BlockKind::Heading(1)));
    let names = headings
        .map(|block| canonical(block.text()))
        .chain(document.metadata().title.as_deref().map(canonical));
    names
        .filter(|name| !name.is_empty())
        .flat_map(|name| {
            // A notice is called 关于印发《…》的通知; the title in it is its own.
            let inner = name
                .split_once('《')
                .filter(|(before, _)| ISSUES.iter().any(|word| before.ends_with(word)))
                .and_then(|(_, rest)| rest.split_once('》'))
                .map(|(inner, _)| inner.to_owned());
            [Some(name), inner].into_iter().flatten().map(|name| format!("《{name}》"))
        })
        .collect()
}

/// Titles that are only short forms, with the block that declares them.
fn declared_shorts(document: &Document, found: &[Cited]) -> HashMap<String, usize> {
    let declares = |cited: &&Cited| {
        let before = document.block(cited.block).text()[..cited.citation.range.start].trim_end();
        ["简称", "称", "统称", "称为", "简称为"]
            .iter()
            .any(|cue| before.trim_end_matches(['：', ':', '“']).ends_with(cue))
    };
    let titles = found.iter().filter(|cited| cited.citation.kind == Kind::Title);
    let mut shorts = HashMap::new();
    for cited in titles.filter(declares) {
        shorts.entry(cited.citation.normal.clone()).or_insert(cited.block);
    }
    shorts
}
