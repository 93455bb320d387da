//! Numbers of standards: `GB/T 1.1—2020` and what typing, PDF and OCR make of it.

use zhengming_terms::register::Register;
use zhengming_text::span::TextRange;

use super::scan::{Scan, is_word};
use super::split::split;
use super::{Citation, Defect, Kind, Repair, Role, clause, foreign};

/// Codes of industry standards (行业标准代号).
const INDUSTRIES: &str = "AQ BB CB CH CJ CY DA DL DY DZ EJ FZ GA GC GD GH GM GY HB HG HJ HS HY JB JC JG JGJ JJ JJF \
    JJG JR JT JTG JTS JY LB LD LS LY MH MT MZ NB NY QB QC QJ QX RB RF SB SC SF SH SJ SL SN SW SY TB TD TY WB WH WJ \
    WM WS WW XB XF YB YC YD YJ YS YY YZ ZC ZY";

/// What stands before the serial number.
struct Code {
    /// Canonical: `GB/T`, `DB33/T`, `ISO/IEC`, `T/TAF`.
    text: String,
    family: Family,
    defects: Vec<Defect>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    /// Of any country or body, in the Chinese form: number—year.
    Chinese,
    /// A code that is so short that only a year shows that a standard is meant.
    NeedsYear,
    /// ISO and IEC: number-part:year.
    International,
}

/// Adds the numbers of standards in `text`.
pub(super) fn find(text: &str, register: Option<&Register>, found: &mut Vec<Citation>) {
    let mut from = 0;
    while let Some(at) = next_letter(text, from) {
        let before = text[..at].chars().next_back();
        let is_glued = before.is_some_and(|b| is_word(b) || matches!(b, '/' | '／' | '∕'));
        let citation = match is_glued {
            _ if is_long_word(text, at) => None,
            false => read(text, at, register),
            true if is_glued_local(text, at) => read(text, at, register).map(|mut one| {
                one.repaired
                    .get_or_insert_with(|| Repair { defects: Vec::new(), guessed: true })
                    .defects
                    .push(Defect::Glued);
                one
            }),
            true => None,
        };
        from = citation.as_ref().map_or_else(
            || at + text[at..].chars().next().map_or(1, char::len_utf8),
            |citation| citation.range.end,
        );
        found.extend(citation);
    }
}

/// The first Latin letter, of half or full width, at or after `from`.
fn next_letter(text: &str, mut from: usize) -> Option<usize> {
    loop {
        // All letters of full width begin with this byte.
        let rest = text.as_bytes().get(from..)?;
        from += rest.iter().position(|&byte| byte.is_ascii_alphabetic() || byte == 0xEF)?;
        match text[from..].chars().next()? {
            'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => return Some(from),
            c => from += c.len_utf8(),
        }
    }
}

/// Longest code, in letters: JTGT for JTG/T.
const LONGEST_CODE: usize = 4;

/// Whether a word of more letters than any code has begins at byte `at`.
fn is_long_word(text: &str, at: usize) -> bool {
    let letters = text.as_bytes()[at..].iter().take(LONGEST_CODE + 1);
    letters.filter(|byte| byte.is_ascii_alphabetic()).count() > LONGEST_CODE
}

/// A single letter glued to the code of a local standard by a page footer: `BDB33/T 24742022`.
fn is_glued_local(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    before.next().is_some_and(|c| c.is_ascii_uppercase())
        && before.next().is_none_or(|c| !is_word(c))
        && text[at..].starts_with("DB")
        && text.as_bytes().get(at + 2).is_some_and(u8::is_ascii_digit)
}

fn read(text: &str, start: usize, register: Option<&Register>) -> Option<Citation> {
    if let Some(citation) = foreign::read(text, start) {
        return Some(citation);
    }
    let mut scan = Scan::new(text, start);
    let Code { text: code, family, mut defects } = code(&mut scan)?;
    let before_gap = scan.at;
    scan.spaces();
    let gap = &text[before_gap..scan.at];
    if gap.is_empty() || (gap != " " && gap != "\u{A0}" && !gap.contains(['\n', '\r'])) {
        defects.push(Defect::Space);
    }
    // Design codes of transport have letters in the serial: JTG D70.
    let mut serial = String::new();
    if code.starts_with("JTG") || code.starts_with("JTS") {
        serial = scan.letters(1);
    }
    let number_start = scan.at;
    let run = scan.digits(12);
    if run.is_empty() || scan.is_digit() {
        return None;
    }
    serial += &run;
    let mut end = scan.at;
    let mut last_part = (run, number_start, false);
    for _ in 0..3 {
        let mut ahead = scan;
        if !ahead.eat('.') {
            break;
        }
        let gap = ahead.spaces();
        let part_start = ahead.at;
        let part = ahead.digits(8);
        if part.is_empty()
            || ahead.is_digit()
            || (gap > 0 && !part_may_follow_gap(ahead, &code, &serial, &part, register))
        {
            break;
        }
        if gap > 0 {
            defects.push(Defect::Space);
        }
        serial = format!("{serial}.{part}");
        last_part = (part, part_start, true);
        scan = ahead;
        end = scan.at;
    }
    if family == Family::International
        && let Some(part) = international_part(&mut scan)
    {
        serial = format!("{serial}-{part}");
        end = scan.at;
        last_part.2 = true;
    }
    // Parts of the standards of associations may follow a stroke: T/ABC 001-1—2021.
    if code.starts_with("T/")
        && let Some(part) = stroke_part(&mut scan)
    {
        serial = format!("{serial}-{part}");
        end = scan.at;
        last_part.2 = true;
    }
    let mut guessed = false;
    let mut year = None;
    let known = |serial: &str| register.and_then(|register| register.standard(&format!("{code} {serial}")));
    if let Some((value, after)) = dashed_year(scan, family, &mut defects) {
        (year, end) = (Some(value), after);
    } else if family != Family::International {
        let (run, run_start, is_part) = &last_part;
        let prefix = &serial[..serial.len() - run.len()];
        if run.len() > if *is_part { 3 } else { 4 } {
            if let Some(parts) = split(&format!("{code} {prefix}"), run, *is_part, register) {
                serial = format!("{prefix}{}", &run[..parts.serial]);
                year = Some(parts.year);
                guessed = parts.guessed;
                // Digits may be of full width, so bytes are counted and not digits.
                let mut digits = Scan::new(text, *run_start);
                digits.digits(parts.serial + 4);
                end = digits.at;
                defects.push(Defect::LostDash);
            } else if *is_part {
                return None;
            }
        } else if let Some(standard) = known(&serial) {
            let mut ahead = scan;
            if ahead.spaces() > 0 {
                let digits = ahead.digits(4);
                if standard.edition(&digits).is_some()
                    && !ahead.is_digit()
                    && !matches!(ahead.peek(), Some('年' | '.' | '-'))
                {
                    year = digits.parse().ok();
                    end = ahead.at;
                    defects.push(Defect::LostDash);
                }
            }
        }
    }
    let mut edition = year.map(|year| year.to_string());
    if year.is_none() {
        if text[end..].chars().next().is_some_and(|c| is_word(c) || c == '%') {
            return None;
        }
        if let Some((value, after)) = edition_suffix(text, end) {
            (year, end) = (Some(value), after);
            edition = Some(value.to_string());
        } else if family == Family::NeedsYear || !stands_undated(text, start, &code, &serial) {
            return None;
        }
    }
    let series = format!("{code} {serial}");
    let normal = match (&edition, family) {
        (None, _) => series.clone(),
        (Some(edition), Family::International) => format!("{series}:{edition}"),
        (Some(edition), _) => format!("{series}—{edition}"),
    };
    defects.sort_unstable();
    defects.dedup();
    let clause = clause::after_number(text, end);
    Some(Citation {
        range: TextRange::new(start, end),
        kind: Kind::Standard,
        normal,
        series,
        number: Some(serial),
        year,
        edition,
        clause: clause.as_ref().map(|(_, clause)| clause.clone()),
        clause_range: clause.map(|(range, _)| range),
        repaired: (!defects.is_empty()).then_some(Repair { defects, guessed }),
        role: Role::Reference,
    })
}

/// One bit for each pair of letters with which a code begins, in the word of the first letter: most words are told by it.
static BEGINNINGS: [u32; 26] = {
    let codes = INDUSTRIES.as_bytes();
    let mut bits = [0; 26];
    let mut at = 0;
    while at + 1 < codes.len() {
        let begins = at == 0 || codes[at - 1] == b' ';
        if begins && codes[at] != b' ' {
            bits[(codes[at] - b'A') as usize] |= 1 << (codes[at + 1] - b'A');
        }
        at += 1;
    }
    bits
};

fn is_industry(letters: &str) -> bool {
    let may_begin = match letters.as_bytes() {
        [first @ b'A'..=b'Z', second @ b'A'..=b'Z', ..] => {
            BEGINNINGS[(first - b'A') as usize] >> (second - b'A') & 1 != 0
        }
        _ => false,
    };
    may_begin
        && (2..LONGEST_CODE).contains(&letters.len())
        && INDUSTRIES.split_ascii_whitespace().any(|code| code == letters)
}

/// `GB/T`, `DB33/T`, `T/TAF`, `ISO/IEC`.
fn code(scan: &mut Scan<'_>) -> Option<Code> {
    let start = scan.at;
    let letters = scan.letters(9);
    if scan.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut defects = Vec::new();
    let raw = &scan.text[start..scan.at];
    if raw != letters {
        defects.push(Defect::Letter);
    }
    let is_lower = raw.chars().any(|c| super::scan::plain(c).is_ascii_lowercase());
    let (mut text, family) = match letters.as_str() {
        "GB" | "GBZ" | "GBJ" | "GJB" | "GSB" => (letters.clone(), Family::Chinese),
        "GBT" => {
            defects.push(Defect::Slash);
            return Some(Code { text: "GB/T".to_owned(), family: Family::Chinese, defects });
        }
        "DB" | "DBJ" => {
            let spaces = scan.spaces();
            let area = scan.digits(6);
            if !matches!(area.len(), 2 | 4 | 6) || scan.is_digit() {
                return None;
            }
            if spaces > 0 {
                defects.push(Defect::Space);
            }
            (format!("{letters}{area}"), Family::Chinese)
        }
        "T" | "Q" => return owner(scan, &letters, defects),
        "ISO" | "IEC" => return international(scan, letters, defects),
        "ITU" | "IEEE" | "ASTM" => (letters.clone(), Family::NeedsYear),
        _ if is_industry(&letters) => (letters.clone(), Family::NeedsYear),
        _ => {
            let bare = letters.strip_suffix('T')?;
            if bare.len() < 2 || !is_industry(bare) {
                return None;
            }
            defects.push(Defect::Slash);
            return Some(Code { text: format!("{bare}/T"), family: Family::NeedsYear, defects });
        }
    };
    let family = match kind_letter(scan, &text, &mut defects) {
        Some(letter) => {
            text = format!("{text}/{letter}");
            if letters == "ITU" || letters == "IEEE" { family } else { Family::Chinese }
        }
        None if is_lower => return None,
        None => family,
    };
    Some(Code { text, family, defects })
}

/// The T of `/T`, also where the slash became something else or was lost.
fn kind_letter(scan: &mut Scan<'_>, code: &str, defects: &mut Vec<Defect>) -> Option<char> {
    let mut ahead = *scan;
    let spaced = ahead.spaces() > 0;
    let mark = ahead.raw();
    let has_slash = ahead.eat('/');
    let has_stroke = !has_slash && ahead.eat('-');
    let spaced = ahead.spaces() > 0 || spaced;
    // OCR takes T for 丁.
    let letter = match ahead.peek()? {
        'T' | 't' | '丁' => 'T',
        'Z' | 'z' if has_slash => 'Z',
        'Q' if has_slash => 'Q',
        _ => return None,
    };
    let raw = ahead.raw();
    ahead.bump();
    if ahead.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    if !has_slash {
        let mut digits = ahead;
        digits.spaces();
        // `DB33T`, `GB T`, `DB33-T`: only with a number after it.
        if !digits.is_digit() || !(has_stroke || spaced || code.starts_with("DB")) {
            return None;
        }
    }
    if mark != Some('/') {
        defects.push(Defect::Slash);
    }
    if spaced {
        defects.push(Defect::Space);
    }
    if raw != Some(letter) {
        defects.push(Defect::Letter);
    }
    *scan = ahead;
    Some(letter)
}

/// `T/TAF`, `Q/ZJ`: standards of associations and enterprises.
fn owner(scan: &mut Scan<'_>, letters: &str, mut defects: Vec<Defect>) -> Option<Code> {
    if scan.raw() != Some('/') {
        defects.push(Defect::Slash);
    }
    if !scan.eat('/') {
        return None;
    }
    // Associations of a region begin with its number: T/31SBJ.
    let region = scan.digits(2);
    let owner = region + &scan.letters(10);
    if owner.bytes().filter(u8::is_ascii_alphabetic).count() < 2 {
        return None;
    }
    let family = if letters == "T" && owner.len() > 2 { Family::Chinese } else { Family::NeedsYear };
    Some(Code { text: format!("{letters}/{owner}"), family, defects })
}

/// `ISO/IEC`, `ISO/TS`; not the committee ISO/TC 37.
fn international(scan: &mut Scan<'_>, mut text: String, defects: Vec<Defect>) -> Option<Code> {
    for _ in 0..2 {
        let mut ahead = *scan;
        if !ahead.eat('/') {
            break;
        }
        let next = ahead.letters(6);
        if !matches!(next.as_str(), "IEC" | "TS" | "TR" | "PAS" | "IEEE" | "IWA" | "CIE") {
            return None;
        }
        text = format!("{text}/{next}");
        *scan = ahead;
    }
    Some(Code { text, family: Family::International, defects })
}

/// The part in `ISO/IEC 11179-3`: a stroke and fewer digits than a year.
fn international_part(scan: &mut Scan<'_>) -> Option<String> {
    let mut ahead = *scan;
    if !ahead.eat('-') {
        return None;
    }
    let part = ahead.digits(4);
    if !(1..=3).contains(&part.len()) {
        return None;
    }
    *scan = ahead;
    Some(part)
}

/// A part after a stroke, with another stroke and a year behind it.
fn stroke_part(scan: &mut Scan<'_>) -> Option<String> {
    let mut ahead = *scan;
    let part = ahead.eat('-').then(|| ahead.digits(3)).filter(|part| (1..=2).contains(&part.len()))?;
    let mut year = ahead;
    year.spaces();
    while year.eat('-') {}
    year.spaces();
    four_digits(&mut year)?;
    *scan = ahead;
    Some(part)
}

/// Whether a part that stands apart belongs to the number: `GB/T 1. 1—2020`, but not a sentence that ends.
fn part_may_follow_gap(
    ahead: Scan<'_>,
    code: &str,
    serial: &str,
    part: &str,
    register: Option<&Register>,
) -> bool {
    if part.len() > 2 {
        return false;
    }
    let mut dash = ahead;
    dash.spaces();
    dash.eat('-')
        || register.is_some_and(|register| register.standard(&format!("{code} {serial}.{part}")).is_some())
        || ahead.raw().is_none_or(|c| zhengming_text::fold::is_han(c) || "，,。；;、）)］]》".contains(c))
}

/// The year after a dash; `一` counts as one between a digit and a year.
fn dashed_year(scan: Scan<'_>, family: Family, defects: &mut Vec<Defect>) -> Option<(u16, usize)> {
    let mut ahead = scan;
    let before = ahead.spaces();
    let mark = ahead.raw()?;
    let international = family == Family::International;
    if international && ahead.eat(':') {
        ahead.spaces();
        let year = four_digits(&mut ahead)?;
        return Some((year, ahead.at));
    }
    let mut dash = None;
    if mark == '一' {
        ahead.bump();
        dash = Some(Defect::HanDash);
    } else {
        let mut count = 0;
        while count < 3 && ahead.eat('-') {
            count += 1;
        }
        if count == 0 {
            return None;
        }
        if mark != '—' || count > 1 {
            dash = Some(Defect::Dash);
        }
    }
    let middle = &scan.text[scan.at..ahead.at];
    let gap_start = ahead.at;
    ahead.spaces();
    let gap = &scan.text[gap_start..ahead.at];
    let mut short = ahead;
    let year = match four_digits(&mut ahead) {
        Some(year) => year,
        None if dash == Some(Defect::HanDash) || international => return None,
        None => {
            let digits = short.digits(3);
            let year: u16 = digits.parse().ok().filter(|year| digits.len() == 2 && *year >= 50)?;
            ahead = short;
            if ahead.peek().is_some_and(|c| c == '.' || is_word(c)) {
                return None;
            }
            defects.push(Defect::ShortYear);
            1900 + year
        }
    };
    defects.extend(dash);
    let is_layout = |gap: &str| gap.contains(['\n', '\r']);
    if (before > 0 && !is_layout(middle)) || (!gap.is_empty() && !is_layout(gap)) {
        defects.push(Defect::Space);
    }
    Some((year, ahead.at))
}

fn four_digits(scan: &mut Scan<'_>) -> Option<u16> {
    let mut ahead = *scan;
    let digits = ahead.digits(5);
    let year: u16 = digits.parse().ok().filter(|year| digits.len() == 4 && (1950..2050).contains(year))?;
    *scan = ahead;
    Some(year)
}

/// `（2020年版）`, `2020版` after a number without year.
fn edition_suffix(text: &str, at: usize) -> Option<(u16, usize)> {
    let mut scan = Scan::new(text, at);
    scan.spaces();
    let bracket = scan.eat('(');
    let year = four_digits(&mut scan)?;
    scan.eat('年');
    if !scan.eat('版') || (bracket && !scan.eat(')')) {
        return None;
    }
    Some((year, scan.at))
}

/// Whether a number without a year is one at all: not a character set, not a size of memory.
fn stands_undated(text: &str, start: usize, code: &str, serial: &str) -> bool {
    if code.contains('/') {
        return true;
    }
    if matches!(code, "ISO" | "IEC") {
        return serial.len() >= 3;
    }
    let glued = text.as_bytes().get(start + code.len()).is_some_and(u8::is_ascii_digit);
    let charset = matches!(serial, "2312" | "18030" | "13000" | "12345" | "2311");
    let after_number = text[..start].trim_end().ends_with(|c: char| c.is_ascii_digit());
    let telling = serial.len() >= 3 || serial.contains('.');
    telling && !after_number && (!charset || !glued)
}
