//! Numbers of documents (国发〔2018〕43号) and decrees (江苏省人民政府令第148号).

use std::sync::LazyLock;

use memchr::memmem::Finder;

use zhengming_text::fold;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;

use super::scan::Scan;
use super::{Citation, Defect, Kind, Repair, Role};
use zhengming_text::zh::{mark, numeral};

/// Longest code of an issuer, in characters.
const LONGEST_ISSUER: usize = 16;

/// What stands before the code of an issuer and is no part of it.
const BEFORE: [&str; 24] = [
    "根据", "按照", "依据", "依照", "遵照", "参照", "参见", "详见", "落实", "贯彻", "执行", "印发", "转发",
    "以及", "文件", "文号", "字号", "下发", "发布", "公布", "施行", "实施", "见", "的",
];
/// Single words before the code of a document; names of issuers may hold them: 工业和信息化部.
const JOINTS: [char; 20] = [
    '和', '与', '及', '以', '在', '由', '对', '将', '把', '据', '按', '照', '于', '为', '从', '号', '经',
    '自', '被', '依',
];
/// How the codes of documents begin: with the state, the party or a region in one character.
const REGIONS: &str = "国中京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤琼川蜀贵黔云滇陕秦甘青蒙桂藏宁新";

/// Letters that end the code of an issuer. After other words, a year in round brackets is something else.
const ENDS: &str = "发函办字规通批复政文公综标议令督备审报电告法改数信";

static DECREE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("令"));

/// Adds the numbers of documents and decrees in `text`, which has these `signs`.
pub(super) fn find(text: &str, signs: Signs, found: &mut Vec<Citation>) {
    // Without a year in digits, of whatever width, only decrees are left: most blocks order (责令) and cite nothing.
    let has_year = signs.any(Signs::LAYOUT) || text.bytes().any(|byte| byte.is_ascii_digit());
    let next = |from: usize| {
        let at = match has_year {
            true => text[from..].find(|c| c == '令' || mark::OPEN_BRACKETS.contains(&c)),
            false => DECREE.find(&text.as_bytes()[from..]),
        };
        at.map(|at| from + at)
    };
    let mut from = 0;
    while let Some(at) = next(from) {
        let c = text[at..].chars().next().unwrap_or_default();
        let citation = if c == '令' { decree(text, at) } else { document_number(text, at) };
        from = citation.as_ref().map_or(at + c.len_utf8(), |citation| citation.range.end);
        found.extend(citation);
    }
}

fn document_number(text: &str, at: usize) -> Option<Citation> {
    let mut scan = Scan::new(text, at);
    let open = scan.raw()?;
    scan.bump();
    let inner = scan.at;
    scan.spaces();
    let digits = spaced_digits(&mut scan, 5);
    let year: u16 = digits.parse().ok().filter(|year| digits.len() == 4 && (1950..2050).contains(year))?;
    scan.spaces();
    if !scan.raw().is_some_and(|c| mark::CLOSE_BRACKETS.contains(&c)) {
        return None;
    }
    let close = scan.raw()?;
    scan.bump();
    let after = scan.at;
    scan.spaces();
    scan.eat('第');
    scan.spaces();
    let number = spaced_digits(&mut scan, 5);
    scan.spaces();
    if number.is_empty() || !scan.eat('号') {
        return None;
    }
    let issuer = issuer_before(text, at, true)?;
    let code: String = fold_radicals(&text[issuer.range()]);
    if matches!(open, '(' | '（') && !code.ends_with(|c| ENDS.contains(c)) {
        return None;
    }
    let mut defects = Vec::new();
    if (open, close) != ('〔', '〕') {
        defects.push(Defect::Bracket);
    }
    let is_plain = text[inner..].starts_with(&format!("{year}{close}"))
        && text[after..].starts_with(&format!("{number}号"));
    if !is_plain && !text[at..scan.at].contains(['\n', '\r']) {
        defects.push(Defect::Space);
    }
    Some(Citation {
        range: TextRange::new(issuer.start, scan.at),
        kind: Kind::DocumentNumber,
        normal: format!("{code}〔{year}〕{number}号"),
        series: code,
        number: Some(number),
        year: Some(year),
        edition: None,
        clause: None,
        clause_range: None,
        repaired: (!defects.is_empty()).then_some(Repair { defects, guessed: false }),
        role: Role::Reference,
    })
}

fn decree(text: &str, at: usize) -> Option<Citation> {
    let mut scan = Scan::new(text, at);
    scan.bump();
    scan.spaces();
    // 令（〔2025〕第7号）: the number as a whole is in brackets.
    let mut inside = scan;
    if inside.eat('(') && inside.raw() == Some('〔') {
        scan = inside;
    }
    let year = (scan.peek() == Some('(') || scan.raw() == Some('〔')).then(|| {
        scan.bump();
        let year = scan.digits(4);
        scan.eat(')');
        if scan.raw() == Some('〕') {
            scan.bump();
        }
        year
    });
    scan.spaces();
    if !scan.eat('第') {
        return None;
    }
    scan.spaces();
    let start = scan.at;
    while scan.peek().is_some_and(numeral::is_numeral) {
        scan.bump();
    }
    let number = zhengming_text::fold::canonical(&text[start..scan.at]);
    scan.spaces();
    if number.is_empty() || number.len() > 24 || !scan.eat('号') {
        return None;
    }
    let issuer = issuer_before(text, at, false)?;
    let series = format!("{}令", fold_radicals(&text[issuer.range()]));
    Some(Citation {
        range: TextRange::new(issuer.start, scan.at),
        kind: Kind::Decree,
        normal: format!("{series}第{number}号"),
        series,
        number: Some(number),
        year: year.and_then(|year| year.parse().ok()),
        edition: None,
        clause: None,
        clause_range: None,
        repaired: None,
        role: Role::Reference,
    })
}

/// Where the name `word` of an issuer begins behind what joins it to the text before: 43号和浙政发, 经国务院. A code has no
/// joint inside, a full name may: 工业和信息化部.
fn after_joints(word: &str, is_code: bool) -> usize {
    let mut start = 0;
    loop {
        let rest = &word[start..];
        let joint = rest.char_indices().rev().find(|&(at, c)| {
            let joins = (is_code && matches!(c, '和' | '与' | '及' | '号')) || at == 0;
            joins && JOINTS.contains(&c) && rest[at + c.len_utf8()..].chars().count() >= 2
        });
        match joint {
            Some((at, c)) => start += at + c.len_utf8(),
            None => return start,
        }
    }
}

/// The Chinese characters right before `at` that name an issuer.
fn issuer_before(text: &str, at: usize, is_code: bool) -> Option<TextRange> {
    let letters = letters_before(text, at);
    // ⽇湖南省⼈民政府: radicals of PDF stand for their characters.
    let word: String = letters.iter().map(|&(_, c)| fold::folded_char(c).unwrap_or(c)).collect();
    let end = letters.last().map(|&(at, c)| at + c.len_utf8())?;
    let from = |cut: usize| letters.get(word[..cut].chars().count()).map(|&(at, _)| TextRange::new(at, end));
    if let Some(at) = word.find("中华人民共和国") {
        return from(at);
    }
    let cut = BEFORE.iter().filter_map(|before| word.rfind(before).map(|at| at + before.len()));
    // The code itself may end in such a word; what is left must still name someone.
    let mut start = cut.filter(|cut| word[*cut..].chars().count() >= 2).max().unwrap_or(0);
    // 2019年1月1日国务院令, 二〇一九年五月六日国务院令: the day is no part of the name.
    let first = letters[0].0;
    for (at, c) in word.char_indices().filter(|(_, c)| matches!(c, '年' | '月' | '日')) {
        let before = word[..at].chars().next_back().or_else(|| text[..first].trim_end().chars().next_back());
        let after = at + c.len_utf8();
        if before.is_some_and(numeral::is_numeral) && word[after..].chars().count() >= 2 {
            start = start.max(after);
        }
    }
    start += after_joints(&word[start..], is_code);
    (word[start..].chars().count() >= 2).then(|| from(start))?
}

/// The Chinese characters right before `at`, with their places. White space ends them, unless the print is spaced out
/// (国 办 发) or the name is broken over lines (中⏎办发).
fn letters_before(text: &str, at: usize) -> Vec<(usize, char)> {
    let mut pieces = Pieces { text, end: at };
    let mut letters: Vec<(usize, char)> = Vec::new();
    let Some((mut last, _)) = pieces.next() else { return letters };
    letters.extend(last.iter().rev().copied());
    while letters.len() < LONGEST_ISSUER
        && let Some((piece, gap)) = pieces.next()
    {
        let goes_on = if gap.contains('\n') {
            is_broken(text, &last, &piece)
        } else {
            last.len() == 1 && piece.len() == 1
        };
        if !goes_on {
            break;
        }
        letters.extend(piece.iter().rev().copied());
        last = piece;
    }
    letters.truncate(LONGEST_ISSUER);
    letters.reverse();
    letters
}

/// Whether the name that ends with `last` began on the line before, with `piece`: `last` cannot begin a name, or `piece`
/// stands right behind a mark that opens something.
fn is_broken(text: &str, last: &[(usize, char)], piece: &[(usize, char)]) -> bool {
    let begins = last.first().is_some_and(|(_, c)| REGIONS.contains(*c));
    let opened = piece.first().is_some_and(|&(at, _)| text[..at].ends_with(mark::opens));
    (opened && piece.len() <= 6) || (last.len() <= 2 && !begins && !piece.is_empty())
}

/// Runs of Chinese characters from a place backwards, each with the white space behind it.
struct Pieces<'t> {
    text: &'t str,
    end: usize,
}

impl<'t> Pieces<'t> {
    fn next(&mut self) -> Option<(Vec<(usize, char)>, &'t str)> {
        let before = self.text[..self.end].trim_end_matches(fold::is_space);
        let gap = &self.text[before.len()..self.end];
        let run = before.char_indices().rev().take_while(|&(_, c)| fold::is_han(c));
        let mut piece: Vec<(usize, char)> = run.take(LONGEST_ISSUER).collect();
        piece.reverse();
        self.end = piece.first()?.0;
        Some((piece, gap))
    }
}

/// At most `most` digits, also where white space stands between them: 20 25.
fn spaced_digits(scan: &mut Scan<'_>, most: usize) -> String {
    let mut digits = scan.digits(most);
    while !digits.is_empty() && digits.len() < most {
        let mut ahead = *scan;
        if ahead.spaces() == 0 || !ahead.is_digit() {
            break;
        }
        digits += &ahead.digits(most - digits.len());
        *scan = ahead;
    }
    digits
}

fn fold_radicals(text: &str) -> String {
    zhengming_text::fold::canonical(text)
}
