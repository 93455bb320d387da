//! Numbers of standards: `GB/T 45574—2025`, `DB3212/T 1176-2025`, `GBT37932-2025`.

use zhengming_terms::dictionary::Authority;

/// A number of a standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standard {
    /// `GB/T`, `DB33/T`, `T/TAF`.
    pub(super) code: String,
    /// `1.1`, `2350`.
    pub(super) serial: String,
    pub(super) year: Option<String>,
}

impl Standard {
    /// The number without the year.
    pub(super) fn series(&self) -> String {
        format!("{} {}", self.code, self.serial)
    }

    /// The number as it is cited.
    pub(super) fn citation(&self) -> String {
        match &self.year {
            Some(year) => format!("{}—{year}", self.series()),
            None => self.series(),
        }
    }

    /// The number as an id: `db33t-2350-2021`.
    pub(super) fn id(&self) -> String {
        let code: String = self.code.chars().filter(char::is_ascii_alphanumeric).collect();
        let year = self.year.iter().map(|year| format!("-{year}"));
        let serial = self.serial.replace(' ', "");
        format!("{code}-{serial}{}", year.collect::<String>()).to_ascii_lowercase()
    }

    pub(super) fn is_complete(&self) -> bool {
        self.year.is_some()
    }

    /// The rank of standards of this kind.
    pub(super) fn authority(&self) -> Authority {
        if self.code.starts_with("GB") {
            Authority::NationalStandard
        } else if self.code.starts_with("DB") {
            Authority::LocalStandard
        } else if self.code.starts_with("Q/") {
            Authority::House
        } else {
            Authority::IndustryStandard
        }
    }
}

/// The number with which `text` begins, and what follows it.
pub(super) fn parse(text: &str) -> Option<(Standard, &str)> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    if !(1..=6).contains(&letters) {
        return None;
    }
    let region = text[letters..].bytes().take_while(u8::is_ascii_digit).count();
    // DB33/T 2350, but GB 18030.
    let prefix = letters + if text.starts_with("DB") && region <= 6 { region } else { 0 };
    let mut code = text[..prefix].to_owned();
    let mut rest = &text[prefix..];
    let after_space = rest.trim_start_matches(' ');
    let mut has_slash = false;
    if let Some(kind) = after_space.strip_prefix(['/', '∕', '／', '⁄']) {
        let kind = kind.trim_start_matches(' ');
        let letters = kind.bytes().take_while(u8::is_ascii_uppercase).count();
        if letters == 0 || letters > 8 {
            return None;
        }
        code.push('/');
        code.push_str(&kind[..letters]);
        rest = &kind[letters..];
        has_slash = true;
    }
    let number = rest.trim_start_matches(' ');
    let is_spaced = number.len() < rest.len();
    let (serial, after) = serial(number)?;
    if !has_slash && !is_spaced && !matches!(code.as_str(), "GB" | "GBT" | "GBZ") {
        return None;
    }
    if !has_slash {
        code = match code.as_str() {
            "GBT" => "GB/T".into(),
            "GBZ" if !is_spaced => "GB/Z".into(),
            _ => code,
        };
    }
    let dashed = after.trim_start_matches(' ');
    let year =
        dashed.strip_prefix("--").or_else(|| dashed.strip_prefix(['—', '-', '–', '－', '一', '─', '―']));
    if let Some(year) = year {
        let year = year.trim_start_matches(['—', ' ']);
        let digits = year.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 4 && (year.starts_with("19") || year.starts_with("20")) {
            return Some((Standard { code, serial, year: Some(year[..4].to_owned()) }, &year[4..]));
        }
    }
    // The dash was lost: 23502021 is 2350—2021.
    if (7..=9).contains(&serial.len()) && !serial.contains('.') {
        let (number, year) = serial.split_at(serial.len() - 4);
        if ("1985".."2050").contains(&year) {
            return Some((Standard { code, serial: number.to_owned(), year: Some(year.to_owned()) }, after));
        }
    }
    Some((Standard { code, serial, year: None }, after))
}

/// `1176`, `1.1`, `1. 1`.
fn serial(text: &str) -> Option<(String, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 9 {
        return None;
    }
    let mut serial = text[..digits].to_owned();
    let mut rest = &text[digits..];
    while let Some(part) = rest.strip_prefix('.') {
        let part = part.trim_start_matches(' ');
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 3 {
            break;
        }
        serial.push('.');
        serial.push_str(&part[..digits]);
        rest = &part[digits..];
    }
    Some((serial, rest))
}

/// The first number of a standard in `text`.
pub(super) fn find(text: &str) -> Option<Standard> {
    find_all(text).next()
}

/// Every number of a standard in `text`.
pub(super) fn find_all(text: &str) -> impl Iterator<Item = Standard> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(step) = text.as_bytes().get(at..)?.iter().position(u8::is_ascii_uppercase) {
            let start = at + step;
            let word =
                text.as_bytes()[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            if let Some((standard, rest)) = parse(&text[start..]) {
                at = text.len() - rest.len();
                return Some(standard);
            }
            at = start + word.max(1);
        }
        None
    })
}

/// The number in a file's name, where slashes and spaces are lost: `DB3212T1176-2025公共数据….txt`.
pub(super) fn in_file_name(name: &str) -> Option<Standard> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let name = name
        .replace("GBT", "GB/T")
        .replace("_T", "/T")
        .replace("-T", "/T")
        .replace("/T-", "/T ")
        .replace('_', " ");
    if let Some(found) = find(&name).filter(Standard::is_complete) {
        return Some(found);
    }
    let start = name.find("DB").or_else(|| name.find("GB"))?;
    let text = &name[start..];
    let letters = text[2..].find('T')? + 2;
    let region = &text[2..letters];
    if region.len() > 6 || !region.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let slashed = format!("{}/{}", &text[..letters], &text[letters..]);
    parse(&slashed).map(|(standard, _)| standard).filter(Standard::is_complete)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_spelling() {
        for (text, citation) in [
            ("GB/T 45574—2025", "GB/T 45574—2025"),
            ("DB33∕T 2474-2022", "DB33/T 2474—2022"),
            ("GB/T 1. 1-2020", "GB/T 1.1—2020"),
            ("GB50157—2013", "GB 50157—2013"),
            ("GBT37932-2025", "GB/T 37932—2025"),
            ("T/TAF 269—2025", "T/TAF 269—2025"),
            ("GB/T1.1一2020", "GB/T 1.1—2020"),
            ("CJ/T407——2012", "CJ/T 407—2012"),
            ("DB33/T 23502021", "DB33/T 2350—2021"),
            ("GB/T 25069", "GB/T 25069"),
        ] {
            assert_eq!(
                parse(text).map(|(standard, _)| standard.citation()).as_deref(),
                Some(citation),
                "{text}"
            );
        }
        for text in ["DB3312", "ICS 35", "V2", "APP", "数据"] {
            assert!(parse(text).is_none_or(|(standard, _)| !standard.is_complete()), "{text}");
        }
    }

    #[test]
    fn file_names_have_lost_slash_and_space() {
        for (name, id) in [
            ("x/DB3212T1176-2025公共数据.md", "db3212t-1176-2025"),
            ("GB_T-37932-2025《数据》.md", "gbt-37932-2025"),
            ("GBT-45574-2025.md", "gbt-45574-2025"),
            ("GB／T 1.1-2020.txt", "gbt-1.1-2020"),
        ] {
            assert_eq!(in_file_name(name).map(|standard| standard.id()).as_deref(), Some(id), "{name}");
        }
        assert_eq!(in_file_name("数据交易通用指南.md"), None);
    }
}
