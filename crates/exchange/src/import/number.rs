//! Clause numbers as they are printed and as they are scanned: `3.1.2`, `3. 1`, `3 .1`, `3．1`, `A.1`, `3.l`.

use std::fmt;

use zhengming_text::zh::marker;

use super::characters::digit;

/// A clause number at the beginning of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// The letter of an annex.
    pub(super) letter: Option<char>,
    pub(super) parts: Vec<u32>,
    /// Where the text after the number begins.
    pub(super) rest: usize,
    /// The line ends, or the text begins, after a dot.
    pub(super) open: bool,
    /// It has spaces inside, or letters for digits.
    pub(super) repaired: bool,
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", written(self.letter, &self.parts))
    }
}

/// A clause number as it should be printed.
pub(super) fn written(letter: Option<char>, parts: &[u32]) -> String {
    let letter = letter.map(String::from);
    let parts = parts.iter().map(u32::to_string);
    letter.into_iter().chain(parts).collect::<Vec<_>>().join(".")
}

const MOST_PARTS: usize = 8;
const MOST_DIGITS: usize = 3;

/// The number with which `line` begins.
pub(super) fn parse(line: &str) -> Option<Number> {
    let mut scan = Scan { chars: line.char_indices().collect::<Head>(), at: 0, len: line.len() };
    let mut number = Number { letter: None, parts: Vec::new(), rest: 0, open: false, repaired: false };
    if let Some(letter) = scan.peek().filter(char::is_ascii_uppercase) {
        scan.at += 1;
        if !scan.dot() {
            return None;
        }
        number.letter = Some(letter);
    }
    number.parts.push(scan.digits(number.letter.is_some(), &mut number.repaired)?);
    loop {
        let before = scan.at;
        let spaced = scan.spaces();
        if !scan.dot() {
            scan.at = before;
            break;
        }
        let after_dot = scan.at;
        let spaced = scan.spaces() || spaced;
        match scan.digits(true, &mut number.repaired) {
            Some(part) if number.parts.len() < MOST_PARTS => {
                number.repaired |= spaced;
                number.parts.push(part);
            }
            Some(_) => return None,
            None => {
                scan.at = after_dot;
                number.open = true;
                break;
            }
        }
    }
    // 3.1%, 3.1～3.5, 3.1-2 are no clause numbers.
    if scan
        .peek()
        .is_some_and(|c| matches!(c, '%' | '％' | '.' | '～' | '~' | '-' | '—' | '/' | '+' | '×' | '='))
    {
        return None;
    }
    scan.spaces();
    number.rest = scan.offset();
    Some(number)
}

/// The first characters of a line: more are never part of a number.
#[derive(Debug, Default)]
struct Head(Vec<(usize, char)>);

impl FromIterator<(usize, char)> for Head {
    fn from_iter<T: IntoIterator<Item = (usize, char)>>(iter: T) -> Self {
        Self(iter.into_iter().take(80).collect())
    }
}

struct Scan {
    chars: Head,
    at: usize,
    len: usize,
}

impl Scan {
    fn peek(&self) -> Option<char> {
        self.chars.0.get(self.at).map(|&(_, c)| c)
    }

    fn offset(&self) -> usize {
        self.chars.0.get(self.at).map_or(self.len, |&(offset, _)| offset)
    }

    fn spaces(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_some_and(|c| c == ' ' || c == '\t') {
            self.at += 1;
        }
        self.at > start
    }

    fn dot(&mut self) -> bool {
        let is_dot = self.peek().is_some_and(|c| matches!(c, '.' | '．' | '。' | '·' | '﹒'));
        self.at += usize::from(is_dot);
        is_dot
    }

    /// One part. `lenient` reads l and I as 1 and O as 0, where nothing but the end or a dot follows.
    fn digits(&mut self, lenient: bool, repaired: &mut bool) -> Option<u32> {
        let start = self.at;
        let mut value = 0;
        let mut letters = false;
        while let Some(c) = self.peek() {
            let value_of = match c {
                'l' | 'I' | '|' if lenient => {
                    letters = true;
                    1
                }
                'O' | 'o' if lenient && self.at > start => {
                    letters = true;
                    0
                }
                _ => match digit(c) {
                    Some(value) => value,
                    None => break,
                },
            };
            value = value * 10 + value_of;
            self.at += 1;
            if self.at - start > MOST_DIGITS {
                return None;
            }
        }
        let is_word = letters && self.peek().is_some_and(|c| c.is_ascii_alphabetic());
        if self.at == start || is_word {
            self.at = start;
            return None;
        }
        *repaired |= letters;
        Some(value)
    }
}

/// How an item of a list is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkerKind {
    /// `1.`, `1、`
    Figure,
    /// `（1）`, `1）`
    BracketedFigure,
    /// `一、`
    Chinese,
    /// `（一）`
    BracketedChinese,
}

/// The mark of an item of a list at the beginning of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marker {
    pub(super) kind: MarkerKind,
    pub(super) value: u32,
    /// Where the text after it begins.
    pub(super) rest: usize,
}

/// The mark of a list item with which `line` begins.
pub(super) fn marker(line: &str) -> Option<Marker> {
    let found = marker::read(line)?;
    let kind = match found.kind {
        marker::Kind::Figure => MarkerKind::Figure,
        marker::Kind::BracketedFigure => MarkerKind::BracketedFigure,
        marker::Kind::Han => MarkerKind::Chinese,
        marker::Kind::BracketedHan => MarkerKind::BracketedChinese,
        _ => return None,
    };
    let value = u32::try_from(found.value?).ok()?;
    let rest = line[found.rest..].trim_start_matches([' ', '、']);
    Some(Marker { kind, value, rest: line.len() - rest.len() })
}

/// What can follow `last` with no entry missing in between.
pub(super) fn is_successor(last: &[u32], next: &[u32]) -> bool {
    let common = last.iter().zip(next).take_while(|(a, b)| a == b).count();
    let rest_is_first = |from: usize| next[from.min(next.len())..].iter().all(|&part| part == 1);
    if common == last.len() {
        return next.len() > common && rest_is_first(common);
    }
    common < next.len() && next[common] == last[common] + 1 && rest_is_first(common + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(String, &str)> {
        parse(line).map(|number| (number.to_string(), &line[number.rest..]))
    }

    #[test]
    fn numbers_are_read_as_they_are_scanned() {
        for (line, number, rest) in [
            ("3.1.1.1", "3.1.1.1", ""),
            ("3. 1", "3.1", ""),
            ("3 .10 数据", "3.10", "数据"),
            ("3．2数据", "3.2", "数据"),
            ("３.２ 数据", "3.2", "数据"),
            ("3.l2 数据", "3.12", "数据"),
            ("3.1. 数据", "3.1", "数据"),
            ("A.1 数据", "A.1", "数据"),
            ("3.1 IP地址", "3.1", "IP地址"),
            ("4总体要求", "4", "总体要求"),
        ] {
            assert_eq!(read(line), Some((number.to_owned(), rest)), "{line}");
        }
    }

    #[test]
    fn other_figures_are_no_numbers() {
        for line in ["3.1%的数据", "2021年", "3.1～3.5", "数据", "3.1-2", ""] {
            assert_eq!(
                parse(line).filter(|number| number.rest < line.len() || line.is_empty()),
                None,
                "{line}"
            );
        }
    }

    #[test]
    fn successors_leave_nothing_out() {
        for (last, next) in
            [("3.1", "3.2"), ("3.1.9", "3.2"), ("3.1.9", "3.2.1"), ("3.1", "3.1.1"), ("3.1.2.15", "3.1.3.1")]
        {
            let parts = |text: &str| parse(text).unwrap().parts;
            assert!(is_successor(&parts(last), &parts(next)), "{last} {next}");
        }
        assert!(!is_successor(&[3, 1], &[3, 3]));
        assert!(!is_successor(&[3, 1], &[3, 1]));
        assert!(!is_successor(&[3, 2], &[3, 1]));
    }
}
