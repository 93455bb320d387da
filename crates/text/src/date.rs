//! Calendar days, as far as editions and documents need them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// What the day of a document is the day of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateKind {
    /// Stated by front matter or the properties of the file.
    Stated,
    /// 成文日期, or the date under the signature: when it was written.
    Written,
    /// 印发日期: when it was sent out.
    Issued,
    /// 发布日期, 发布时间: when it was made public.
    Published,
    /// When a law was adopted or amended.
    Adopted,
    /// When a report was given: （2024年1月29日在市第十四届人民代表大会第四次会议上）.
    Delivered,
    /// The line of a news page: 浙江经信 2018-09-05.
    Media,
}

impl DateKind {
    /// The kind as one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Written => "written",
            Self::Issued => "issued",
            Self::Published => "published",
            Self::Adopted => "adopted",
            Self::Delivered => "delivered",
            Self::Media => "media",
        }
    }
}

impl Date {
    /// The day, or nothing if the calendar has no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        (1..=days).contains(&day).then_some(Self { year, month, day })
    }

    /// The day that lies `days` after 1970-01-01.
    pub fn from_unix_days(days: i64) -> Option<Self> {
        // Howard Hinnant's `civil_from_days`.
        let shifted = days.checked_add(719_468)?;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// As official texts write it: 2022年1月1日.
    pub fn in_chinese(self) -> String {
        format!("{}年{}月{}日", self.year, self.month, self.day)
    }

    /// The first written date in `text`: `2022年3月18日`, `2022-03-18`, `2022/3/18`, or the
    /// `18 Mar 2022` of feeds.
    pub fn find(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if !bytes[at].is_ascii_digit() {
                at += 1;
                continue;
            }
            let end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            let found = match end - at {
                4 => year_first(&text[at..]),
                1 | 2 => feed_date(&text[at..]),
                _ => None,
            };
            if found.is_some() {
                return found;
            }
            at = end;
        }
        None
    }
}

fn year_first(text: &str) -> Option<Date> {
    let (year, rest) = number(text)?;
    let rest = rest.trim_start().strip_prefix(['年', '-', '/', '.'])?;
    let (month, rest) = number(rest.trim_start())?;
    let rest = rest.trim_start().strip_prefix(['月', '-', '/', '.'])?;
    let (day, _) = number(rest.trim_start())?;
    Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

fn feed_date(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (day, rest) = number(text)?;
    let rest = rest.strip_prefix(' ')?;
    let month = MONTHS.iter().position(|name| rest.starts_with(name))? + 1;
    let (year, _) = number(rest[3..].trim_start())?;
    Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

fn number(text: &str) -> Option<(u16, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..digits].parse().ok()?, &text[digits..]))
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let strict = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
        strict
            .then(|| year_first(text))
            .flatten()
            .ok_or_else(|| format!("`{text}` is not a date of the form YYYY-MM-DD"))
    }
}

impl TryFrom<String> for Date {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_dates_are_found() {
        for (text, expected) in [
            ("成文日期：2018年12月21日", "2018-12-21"),
            ("date: Thu, 08 Jul 2021 13:01:39 GMT", "2021-07-08"),
            ("2024 - 12 - 25 发布", "2024-12-25"),
            ("编号 20211，2022/3/8", "2022-03-08"),
        ] {
            assert_eq!(Date::find(text).unwrap().to_string(), expected, "{text}");
        }
        assert_eq!(Date::find("2021年13月1日，2021—2025年"), None);
    }

    #[test]
    fn unix_days_follow_the_calendar() {
        assert_eq!(Date::from_unix_days(0).unwrap().to_string(), "1970-01-01");
        assert_eq!(Date::from_unix_days(19_782).unwrap().to_string(), "2024-02-29");
    }

    #[test]
    fn impossible_days_are_refused() {
        assert!("2023-02-29".parse::<Date>().is_err());
        assert!("2023-2-9".parse::<Date>().is_err());
        assert!("2024-02-29".parse::<Date>().is_ok());
    }
}
