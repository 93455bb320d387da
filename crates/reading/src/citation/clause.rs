//! The clause that a citation points to: `，3.1.3.20`, `,定义2.3.1`, `第3章`, `（见5.6）`, `第三条`.

use zhengming_text::span::TextRange;

use super::scan::{Scan, is_word};
use zhengming_text::zh::numeral;

/// What may stand between the number of a standard and the number of a clause.
const LINKS: [&str; 10] = ["定义", "条款", "中的", "中", "的", "第", "之", "参见", "见", "术语"];

/// The clause after the number of a standard that ends at `at`.
pub(super) fn after_number(text: &str, at: usize) -> Option<(TextRange, String)> {
    let mut scan = Scan::new(text, at);
    title(&mut scan);
    let mut linked = false;
    let mut comma = false;
    for _ in 0..4 {
        scan.spaces();
        if scan.eat(',') || scan.eat('、') || scan.eat('(') {
            if comma {
                return None;
            }
            comma = true;
            continue;
        }
        match LINKS.iter().find(|link| {
            let mut ahead = scan;
            ahead.eat_str(link)
        }) {
            Some(link) => {
                // 第 belongs to the clause itself: 第3章.
                if *link == "第" {
                    return chapter(scan);
                }
                scan.eat_str(link);
                linked = true;
            }
            None => break,
        }
    }
    for prefix in ["附录", "表", "图"] {
        let mut ahead = scan;
        if (comma || linked) && ahead.eat_str(prefix) {
            ahead.spaces();
            let label_start = ahead.at;
            ahead.letters(1);
            ahead.eat('.');
            ahead.digits(3);
            let label = &text[label_start..ahead.at];
            return (!label.is_empty())
                .then(|| (TextRange::new(scan.at, ahead.at), format!("{prefix}{label}")));
        }
    }
    numbered(scan, comma || linked, linked)
}

/// Passes a title in its marks: GB/T 1.1—2020《标准化工作导则》第3章.
fn title(scan: &mut Scan<'_>) {
    let mut ahead = *scan;
    ahead.spaces();
    let rest = &ahead.text[ahead.at..];
    if rest.starts_with('《')
        && let Some(end) = rest.find('》').filter(|&end| end < 300)
    {
        ahead.at += end + '》'.len_utf8();
        *scan = ahead;
    }
}

/// `3.1.3.20`, its parts perhaps set apart by spaces. A single number is one only after 定义 or 见.
fn numbered(mut scan: Scan<'_>, attached: bool, linked: bool) -> Option<(TextRange, String)> {
    let start = scan.at;
    let gap_before = scan.text[..start].ends_with(char::is_whitespace);
    if !attached && !gap_before {
        return None;
    }
    // An annex numbers its clauses A.1.
    let mut number = scan.letters(1);
    if number.is_empty() {
        number = scan.digits(3);
        if number.is_empty() || scan.is_digit() {
            return None;
        }
    }
    let mut end = scan.at;
    let mut dots = 0;
    loop {
        let mut ahead = scan;
        ahead.spaces();
        if !ahead.eat('.') {
            break;
        }
        ahead.spaces();
        let part = ahead.digits(3);
        if part.is_empty() || ahead.is_digit() {
            break;
        }
        number = format!("{number}.{part}");
        dots += 1;
        scan = ahead;
        end = scan.at;
    }
    let mut after = scan;
    after.spaces();
    let unit = after.peek();
    if unit.is_some_and(|c| "版年月日亿万%％倍个项家".contains(c)) || scan.peek().is_some_and(is_word)
    {
        return None;
    }
    let certain = dots >= 2
        || (attached && dots == 1)
        || (linked && dots == 0 && number.bytes().all(|b| b.is_ascii_digit()));
    if !certain || number.starts_with('0') {
        return None;
    }
    // `GB/T 22239—2019 1.2 网络…`: without a comma it is a clause only if nothing like a heading follows.
    if !attached
        && dots < 2
        && unit.is_some_and(zhengming_text::fold::is_han)
        && !matches!(unit, Some('的' | '规' | '中' | '条' | '要' | '给'))
    {
        return None;
    }
    Some((TextRange::new(start, end), number))
}

/// `第3章`, `第三条第二款`.
fn chapter(scan: Scan<'_>) -> Option<(TextRange, String)> {
    let (range, clause) = articles(scan.text, scan.at)?;
    // 第1部分 is part of a title, and 第 5.6 条 a clause like any other.
    let inner = clause.trim_start_matches('第');
    let dotted = &inner[..inner.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(inner.len())];
    let number = if dotted.contains('.') { dotted.to_owned() } else { clause.clone() };
    Some((range, number))
}

/// `第三条`, `第十二条第二款`, after a title that ends at `at`.
pub(super) fn articles(text: &str, at: usize) -> Option<(TextRange, String)> {
    let mut scan = Scan::new(text, at);
    scan.spaces();
    let start = scan.at;
    let mut end = start;
    loop {
        let mut ahead = scan;
        if !ahead.eat_str("第") {
            break;
        }
        ahead.spaces();
        let number_start = ahead.at;
        while ahead.peek().is_some_and(|c| numeral::is_numeral(c) || c == '.') {
            ahead.bump();
        }
        if ahead.at == number_start || ahead.at - number_start > 24 {
            break;
        }
        ahead.spaces();
        if !['条', '章', '节', '款', '项', '目'].into_iter().any(|unit| ahead.eat(unit)) {
            break;
        }
        scan = ahead;
        end = ahead.at;
        scan.spaces();
    }
    let clause: String = text[start..end].chars().filter(|c| !c.is_whitespace()).collect();
    (end > start).then(|| (TextRange::new(start, end), clause))
}
