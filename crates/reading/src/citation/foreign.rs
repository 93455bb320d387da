//! Series of other bodies than those of the Chinese system: TC260-PG-20211A, NIST SP 800-53, RFC 8446, ITU-T X.509.

use zhengming_text::span::TextRange;

use super::scan::{Scan, is_word};
use super::{Citation, Kind, Role, clause};

/// Words before the number, and whether a letter begins it.
const SERIES: [(&str, bool); 13] = [
    ("NIST SP", false),
    ("NIST FIPS", false),
    ("NIST IR", false),
    ("FIPS", false),
    ("RFC", false),
    ("ITU-T", true),
    ("ITU-R", true),
    ("ETSI EN", false),
    ("ETSI TS", false),
    ("ETSI TR", false),
    ("ANSI", true),
    ("IEEE", false),
    ("3GPP TS", false),
];
/// Shortest number of a series, in digits: RFC 8446, FIPS 140.
const SHORTEST: usize = 2;

/// The number of a series that begins at `start`.
pub(super) fn read(text: &str, start: usize) -> Option<Citation> {
    committee(text, start).or_else(|| {
        let rest = &text[start..];
        let (series, letter) = SERIES.iter().find(|(series, _)| rest.starts_with(series))?;
        numbered(text, start, series, *letter)
    })
}

/// Documents that a technical committee numbers itself: TC260-003, TC260-PG-20211A.
fn committee(text: &str, start: usize) -> Option<Citation> {
    let rest = text[start..].strip_prefix("TC")?;
    let mut scan = Scan::new(text, text.len() - rest.len());
    let number = scan.digits(4);
    if !(2..=3).contains(&number.len()) || !scan.eat('-') {
        return None;
    }
    let kind = scan.letters(3);
    if !kind.is_empty() && !scan.eat('-') {
        return None;
    }
    let serial = scan.digits(8);
    if serial.len() < 3 {
        return None;
    }
    let suffix = scan.letters(1);
    if scan.raw().is_some_and(is_word) {
        return None;
    }
    let series = if kind.is_empty() { format!("TC{number}") } else { format!("TC{number}-{kind}") };
    let year = serial.get(..4).filter(|_| !kind.is_empty()).and_then(|year| year.parse().ok());
    let year = year.filter(|year| (1950..2050).contains(year));
    Some(citation(text, TextRange::new(start, scan.at), &series, format!("{serial}{suffix}"), year, '-'))
}

fn numbered(text: &str, start: usize, series: &str, letter: bool) -> Option<Citation> {
    let mut scan = Scan::new(text, start + series.len());
    scan.spaces();
    let mut number = String::new();
    if letter {
        number = scan.letters(2);
        // ITU-R 401-403 are frequencies; recommendations have a letter.
        if number.is_empty() {
            return None;
        }
        if scan.eat('.') {
            number.push('.');
        }
    }
    let digits = scan.digits(6);
    if digits.is_empty() || (number.is_empty() && digits.len() < SHORTEST) {
        return None;
    }
    number += &digits;
    loop {
        let mut ahead = scan;
        let mark = match ahead.peek() {
            Some(mark @ ('-' | '.')) => mark,
            _ => break,
        };
        ahead.bump();
        let part = ahead.digits(4);
        let letters = ahead.letters(2);
        if part.is_empty() && letters.is_empty() {
            break;
        }
        number = format!("{number}{mark}{part}{letters}");
        scan = ahead;
    }
    if scan.raw().is_some_and(is_word) {
        return None;
    }
    let mut end = scan.at;
    let mut year = None;
    let mut ahead = scan;
    if ahead.eat(':') {
        ahead.spaces();
        let digits = ahead.digits(5);
        year = digits.parse().ok().filter(|year| digits.len() == 4 && (1950..2050).contains(year));
        end = if year.is_some() { ahead.at } else { end };
    }
    Some(citation(text, TextRange::new(start, end), series, number, year, ' '))
}

fn citation(
    text: &str,
    range: TextRange,
    series: &str,
    number: String,
    year: Option<u16>,
    joint: char,
) -> Citation {
    let series = format!("{series}{joint}{number}");
    let dated = year.filter(|_| joint == ' ');
    let clause = clause::after_number(text, range.end);
    Citation {
        range,
        kind: Kind::Standard,
        normal: dated.map_or_else(|| series.clone(), |year| format!("{series}:{year}")),
        series,
        number: Some(number),
        year,
        edition: year.map(|year| year.to_string()),
        clause: clause.as_ref().map(|(_, clause)| clause.clone()),
        clause_range: clause.map(|(range, _)| range),
        repaired: None,
        role: Role::Reference,
    }
}
