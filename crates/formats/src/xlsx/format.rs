//! Number formats of workbooks, as far as tables of terms meet them: decimals, percentages and dates.

/// How a number is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Format {
    /// As short as possible.
    General,
    /// With so many decimals, perhaps with thousands separators or as a percentage.
    Decimal {
        /// Decimals.
        places: usize,
        /// Thousands separators.
        grouped: bool,
        /// As a percentage.
        percent: bool,
    },
    /// A date, written as its code says.
    Date(String),
}

impl Format {
    /// The format that workbooks refer to only by number, as a Chinese system shows it.
    pub(super) fn built_in(id: u32) -> Self {
        match id {
            1 => Self::parse("0"),
            2 => Self::parse("0.00"),
            3 => Self::parse("#,##0"),
            4 => Self::parse("#,##0.00"),
            9 => Self::parse("0%"),
            10 => Self::parse("0.00%"),
            14 => Self::parse("yyyy/m/d"),
            15 => Self::parse("d-mmm-yy"),
            22 => Self::parse("yyyy/m/d h:mm"),
            27 | 36 | 50 | 52 | 57 => Self::parse("yyyy\"年\"m\"月\""),
            28 | 29 | 51 | 53 | 58 => Self::parse("m\"月\"d\"日\""),
            30 => Self::parse("m-d-yy"),
            31 => Self::parse("yyyy\"年\"m\"月\"d\"日\""),
            18..=21 | 32..=35 | 45..=47 | 55 | 56 => Self::parse("h:mm:ss"),
            _ => Self::General,
        }
    }

    pub(super) fn parse(code: &str) -> Self {
        // The first section is that of positive numbers.
        let section = first_section(code);
        let bare = bare(&section);
        if bare.eq_ignore_ascii_case("general") || bare == "@" {
            return Self::General;
        }
        if bare.contains(['y', 'Y', 'd', 'D', 'h', 'H'])
            || (bare.contains(['m', 'M']) && !bare.contains(['0', '#']))
        {
            return Self::Date(section);
        }
        if !bare.contains(['0', '#', '?']) || bare.contains(['E', 'e', '/']) {
            return Self::General;
        }
        let places = bare.split_once('.').map_or(0, |(_, rest)| {
            rest.chars().take_while(|c| matches!(c, '0' | '#' | '?')).filter(|&c| c == '0').count()
        });
        Self::Decimal { places: places.min(15), grouped: bare.contains(','), percent: bare.contains('%') }
    }

    /// The number written in the file as `raw`, as it is shown.
    pub(super) fn show(&self, raw: &str, from_1904: bool) -> String {
        let Some(number) = raw.parse::<f64>().ok().filter(|number| number.is_finite()) else {
            return raw.to_owned();
        };
        match self {
            Self::General => general(number),
            Self::Decimal { places, grouped, percent } => {
                let number = if *percent { number * 100.0 } else { number };
                let plain = format!("{number:.places$}");
                let shown = if *grouped { group(&plain) } else { plain };
                if *percent { format!("{shown}%") } else { shown }
            }
            Self::Date(code) => date(number, code, from_1904).unwrap_or_else(|| general(number)),
        }
    }
}

fn general(number: f64) -> String {
    // Eleven digits is what a cell shows; the sixteenth is noise of binary fractions.
    let rounded: f64 = format!("{number:.10e}").parse().unwrap_or(number);
    if rounded != 0.0 && !(1e-9..1e15).contains(&rounded.abs()) {
        return format!("{rounded:E}");
    }
    format!("{rounded}")
}

fn group(plain: &str) -> String {
    let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let (sign, digits) = whole.split_at(whole.len() - whole.trim_start_matches('-').len());
    let mut out = sign.to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

/// The code up to the first `;` that is not quoted, without conditions and locales in brackets.
fn first_section(code: &str) -> String {
    let mut out = String::new();
    let (mut quoted, mut bracketed) = (false, false);
    for character in code.chars().take(256) {
        match character {
            '"' => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' if bracketed => {
                bracketed = false;
                continue;
            }
            ';' if !quoted => break,
            _ => {}
        }
        if !bracketed {
            out.push(character);
        }
    }
    out
}

/// A code without its literal text.
fn bare(section: &str) -> String {
    let mut out = String::new();
    let mut quoted = false;
    let mut characters = section.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => quoted = !quoted,
            '\\' | '_' | '*' if !quoted => drop(characters.next()),
            _ if !quoted => out.push(character),
            _ => {}
        }
    }
    out
}

/// Days since 1899-12-30 (or 1904-01-01) written as `code` says.
fn date(number: f64, code: &str, from_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    let seconds = (number.fract() * 86_400.0).round() as u32;
    let mut days = number.trunc() as i64 + if from_1904 { 1_462 } else { 0 };
    // Day 60 is the 29 February 1900 that never was.
    if days < 60 && !from_1904 {
        days += 1;
    }
    let day = zhengming_text::date::Date::from_unix_days(days - 25_569)?.to_string();
    let (year, month, day) = (&day[..4], &day[5..7], &day[8..]);
    let mut out = String::new();
    let mut after_hour = false;
    let characters: Vec<char> = code.chars().collect();
    let mut at = 0;
    while let Some(&character) = characters.get(at) {
        let letter = character.to_ascii_lowercase();
        let same = |c: &&char| c.eq_ignore_ascii_case(&letter);
        let run = characters[at..].iter().take_while(same).count();
        let short =
            |text: &str| if run == 1 { text.trim_start_matches('0').to_owned() } else { text.to_owned() };
        let clock = |value: u32| if run == 1 { value.to_string() } else { format!("{value:02}") };
        match letter {
            'y' | 'e' => out.push_str(if run <= 2 && letter == 'y' { &year[2..] } else { year }),
            'm' if after_hour => out.push_str(&clock(seconds / 60 % 60)),
            'm' => out.push_str(&short(month)),
            'd' if run <= 2 => out.push_str(&short(day)),
            'h' => out.push_str(&clock(seconds / 3_600 % 24)),
            's' => out.push_str(&clock(seconds % 60)),
            'd' | 'a' | '*' => {}
            '"' => {
                let end = characters[at + 1..].iter().position(|&c| c == '"')?;
                out.extend(&characters[at + 1..at + 1 + end]);
                at += end + 2;
                continue;
            }
            '\\' => {
                out.extend(characters.get(at + 1));
                at += 2;
                continue;
            }
            '_' | ';' | '@' => {}
            _ => {
                out.push(character);
                at += 1;
                continue;
            }
        }
        if letter.is_ascii_alphabetic() {
            after_hour = letter == 'h';
        }
        at += run;
    }
    Some(out.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_in_the_sheet() {
        for (code, raw, shown) in [
            ("General", "3.1", "3.1"),
            ("General", "3.1000000000000001", "3.1"),
            ("General", "12", "12"),
            ("0.00", "3.1", "3.10"),
            ("#,##0", "1234567", "1,234,567"),
            ("0.0%", "0.256", "25.6%"),
            ("yyyy/m/d", "44413", "2021/8/5"),
            ("yyyy\\-mm\\-dd;@", "44413", "2021-08-05"),
            ("[$-804]yyyy\"年\"m\"月\"d\"日\"", "44413", "2021年8月5日"),
            ("yyyy/m/d h:mm", "44413.5", "2021/8/5 12:00"),
            ("@", "3.10", "3.1"),
        ] {
            assert_eq!(Format::parse(code).show(raw, false), shown, "{code} {raw}");
        }
        assert_eq!(Format::parse("yyyy/m/d").show("42951", true), "2021/8/5");
    }
}
