//! Numbers of documents (国发〔2018〕43号) and decrees (江苏省人民政府令第148号).

use std::sync::LazyLock;

use memchr::memmem::Finder;

use zhengming_text::fold;
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;

use super::scan::Scan;
use super::{Citation, Defect, Kind, Repair, Role};

/// Longest code of an issuer, in characters.
const LONGEST_ISSUER: usize = 16;

/// What stands before the code of an issuer and is no part of it.
const BEFORE: [&str; 24] = [
    "根据", "按照", "依据", "依照", "遵照", "参照", "参见", "详见", "落实", "贯彻", "执行", "印发", "转发",
    "以及", "文件", "文号", "字号", "下发", "发布", "公布", "施行", "实施", "见", "的",
];
/// Single words before the code of a document; names of issuers may hold them: 工业和信息化部.
const JOINTS: [char; 16] =
    ['和', '与', '及', '以', '在', '由', '对', '将', '把', '据', '按', '照', '于', '为', '从', '号'];

/// Letters that end the code of an issuer. After other words, a year in round brackets is something else.
const ENDS: &str = "发函办字规通批复政文公综标议令督备审报电告法改数信";

static DECREE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("令"));

/// Adds the numbers of documents and decrees in `text`, which has these `signs`.
pub(super) fn find(text: &str, signs: Signs, found: &mut Vec<Citation>) {
    // Without a year in digits, of whatever width, only decrees are left: most blocks order (责令) and cite nothing.
    let has_year = signs.any(Signs::LAYOUT) || text.bytes().any(|byte| byte.is_ascii_digit());
    let next = |from: usize| {
        let at = match has_year {
            true => text[from..].find(['〔', '﹝', '[', '［', '【', '(', '（', '令']),
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
    let digits = scan.digits(5);
    let year: u16 = digits.parse().ok().filter(|year| digits.len() == 4 && (1950..2050).contains(year))?;
    scan.spaces();
    if !matches!(scan.raw()?, '〕' | '﹞' | ']' | '］' | '】' | ')' | '）') {
        return None;
    }
    let close = scan.raw()?;
    scan.bump();
    let after = scan.at;
    scan.spaces();
    scan.eat('第');
    scan.spaces();
    let number = scan.digits(5);
    scan.spaces();
    if number.is_empty() || !scan.eat('号') {
        return None;
    }
    let issuer = without_joints(text, issuer_before(text, at)?);
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
    while scan.peek().is_some_and(|c| c.is_ascii_digit() || "一二三四五六七八九十百零〇".contains(c))
    {
        scan.bump();
    }
    let number = zhengming_text::fold::canonical(&text[start..scan.at]);
    scan.spaces();
    if number.is_empty() || number.len() > 24 || !scan.eat('号') {
        return None;
    }
    let issuer = issuer_before(text, at)?;
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

/// `issuer` without the words that join it to what stands before: 43号和浙政发.
fn without_joints(text: &str, issuer: TextRange) -> TextRange {
    let word = &text[issuer.range()];
    let joint = word.char_indices().rev().find(|&(at, c)| {
        let rest = &word[at + c.len_utf8()..];
        let joins = matches!(c, '和' | '与' | '及' | '号') || at == 0;
        joins && JOINTS.contains(&c) && rest.chars().count() >= 2
    });
    joint.map_or(issuer, |(at, c)| TextRange::new(issuer.start + at + c.len_utf8(), issuer.end))
}

/// The Chinese characters right before `at` that name an issuer.
fn issuer_before(text: &str, at: usize) -> Option<TextRange> {
    let end = text[..at].trim_end_matches(fold::is_space).len();
    let mut start = end;
    for c in text[..end].chars().rev().take(LONGEST_ISSUER) {
        if !fold::is_han(c) {
            break;
        }
        start -= c.len_utf8();
    }
    let word = &text[start..end];
    if let Some(at) = word.find("中华人民共和国") {
        return Some(TextRange::new(start + at, end));
    }
    let cut = BEFORE.iter().filter_map(|before| word.rfind(before).map(|at| at + before.len()));
    // The code itself may end in such a word; what is left must still name someone.
    let start = start + cut.filter(|cut| word[*cut..].chars().count() >= 2).max().unwrap_or(0);
    (text[start..end].chars().count() >= 2).then(|| TextRange::new(start, end))
}

fn fold_radicals(text: &str) -> String {
    zhengming_text::fold::canonical(text)
}
