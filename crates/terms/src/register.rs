//! The register of standards and documents: which editions there are, and how each of them stands.

mod compact;
mod table;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::words::Words;
use zhengming_text::date::Date;
use zhengming_text::fold;
use zhengming_text::fold::canonical;

use compact::Compact;

pub use table::standards as standards_of_table;

/// The editions of standards and documents, as they were known on one day.
#[derive(Debug)]
pub struct Register {
    as_of: Date,
    standards: Vec<Standard>,
    by_number: FxHashMap<String, usize>,
    /// The first characters of all numbers.
    firsts: Vec<char>,
    /// The numbers that are names (数字社会定义集), ready to be looked for.
    names: Words,
    /// What is known from lists and citations besides, read only when it is asked for.
    compact: Compact,
    /// Laws and regulations by title; an edition is the day of adoption or amendment.
    laws: Compact,
}

/// One number with its editions, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// The number without year, e.g. `GB/T 1.1`, or the name of a document without version.
    pub number: String,
    /// The title of the present edition, if it is known.
    pub title: Option<String>,
    /// Remarks.
    pub note: Option<String>,
    /// What is known of each edition.
    #[serde(default, rename = "edition")]
    pub editions: Vec<Edition>,
    /// Whether it comes from lists and citations, which may lack editions, and was not looked up by hand.
    #[serde(skip)]
    pub is_mined: bool,
    /// Whether a list or several citations attest its title.
    #[serde(skip)]
    pub is_attested: bool,
}

/// One edition of a standard or document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// Year or version label, e.g. `2020` or `6.0版`.
    pub edition: String,
    /// How it stands.
    pub status: Standing,
    /// Whether the status is inferred; `note` says from what.
    #[serde(default)]
    pub inferred: bool,
    /// Citation of what takes its place.
    pub superseded_by: Option<String>,
    /// Its own title, where it differs from the present one; empty if it differs and is not known.
    pub title: Option<String>,
    /// The day it was published.
    pub published: Option<Date>,
    /// The day from which it is in force.
    pub effective: Option<Date>,
    /// The day on which it was withdrawn.
    pub withdrawn: Option<Date>,
    /// Where this was looked up.
    pub source: Option<String>,
    /// Remarks.
    pub note: Option<String>,
}

/// How an edition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// 征求意见稿、草案
    Draft,
    /// 已发布、未实施
    Pending,
    /// 现行
    Current,
    /// 被代替
    Superseded,
    /// 废止
    Withdrawn,
    /// 查无此版
    Nonexistent,
    /// 未查到
    Unknown,
}

/// Why a register could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterError(String);

impl std::fmt::Display for RegisterError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RegisterError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    as_of: Date,
    #[serde(default, rename = "standard")]
    standards: Vec<Standard>,
}

/// Longest chain of editions that is followed; a register that runs in a circle is no reason to hang.
const LONGEST_CHAIN: usize = 16;

impl Register {
    /// Reads the TOML form.
    ///
    /// # Errors
    /// TOML that does not parse, unknown keys, a number or an edition that is listed twice.
    pub fn from_toml(text: &str) -> Result<Self, RegisterError> {
        let File { as_of, standards } =
            toml::from_str(text).map_err(|error| RegisterError(error.to_string()))?;
        let mut by_number = FxHashMap::default();
        for (index, standard) in standards.iter().enumerate() {
            let twice = |what: &str| RegisterError(format!("`{what}` is listed twice"));
            if by_number.insert(key(&standard.number), index).is_some() {
                return Err(twice(&standard.number));
            }
            let mut editions: Vec<_> = standard.editions.iter().map(|one| one.edition.as_str()).collect();
            editions.sort_unstable();
            if let Some(pair) = editions.windows(2).find(|pair| pair[0] == pair[1]) {
                return Err(twice(&cite(&standard.number, pair[0])));
            }
        }
        let mut firsts: Vec<char> =
            by_number.keys().filter_map(|number: &String| number.chars().next()).collect();
        firsts.sort_unstable();
        firsts.dedup();
        let numbers = standards.iter().map(|standard| standard.number.as_str());
        let names = Words::new(&numbers.filter(|number| is_name(number)).collect::<Vec<_>>());
        Ok(Self {
            as_of,
            standards,
            by_number,
            firsts,
            names,
            compact: Compact::default(),
            laws: Compact::default(),
        })
    }

    /// The same with what `text` knows besides, the compact form that `cargo xtask register` writes. What stands in both
    /// is as this register has it.
    #[must_use]
    pub fn with_compact(mut self, text: &'static str) -> Self {
        self.compact = Compact::new(text);
        self
    }

    /// The same with the laws and regulations of `text`, in the same form.
    #[must_use]
    pub fn with_laws(mut self, text: &'static str) -> Self {
        self.laws = Compact::new(text);
        self
    }

    /// The law or regulation of this title, with or without 中华人民共和国; its editions are days.
    pub fn law(&self, title: &str) -> Option<&Standard> {
        self.laws.standard(&key(title.strip_prefix("中华人民共和国").unwrap_or(title)))
    }

    /// The compact form of `standards`, with `remark` at its head.
    pub fn write_compact(standards: &[Standard], remark: &str) -> String {
        compact::write(standards, remark)
    }

    /// The same with the editions of `standards`, which go before what it knew of them.
    #[must_use]
    pub fn updated(mut self, standards: Vec<Standard>) -> Self {
        for new in standards {
            let mut merged = self
                .standard(&new.number)
                .cloned()
                .unwrap_or_else(|| Standard { editions: Vec::new(), ..new.clone() });
            merged.editions.retain(|edition| new.edition(&edition.edition).is_none());
            merged.editions.extend(new.editions);
            merged.editions.sort_by(|a, b| a.edition.cmp(&b.edition));
            merged.title = new.title.or(merged.title);
            let at = *self.by_number.entry(key(&merged.number)).or_insert(self.standards.len());
            match self.standards.get_mut(at) {
                Some(known) => *known = merged,
                None => {
                    self.firsts.extend(merged.number.chars().next());
                    self.standards.push(merged);
                }
            }
        }
        self
    }

    /// The day of its newest fact. Editions published later are not in it.
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// The numbers that were looked up by hand, in the order of the file.
    pub fn standards(&self) -> &[Standard] {
        &self.standards
    }

    /// All numbers: those that were looked up by hand, then those known from lists and citations.
    pub fn all(&self) -> impl Iterator<Item = &Standard> {
        let looked_up = |standard: &&Standard| !self.by_number.contains_key(&key(&standard.number));
        self.standards.iter().chain(self.compact.standards().filter(looked_up))
    }

    /// The names of documents that have no number.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.standards.iter().map(|standard| standard.number.as_str()).filter(|name| is_name(name))
    }

    /// Where the names of documents that have no number stand in `text`: byte offset and length.
    pub fn names_in(&self, text: &str) -> impl Iterator<Item = (usize, usize)> {
        self.names.find(text).into_iter().map(|found| (found.start, found.end - found.start))
    }

    /// The standard called `number`, however its spaces and width are.
    pub fn standard(&self, number: &str) -> Option<&Standard> {
        // Laws and notices are cited by the hundred, and none of them is here: their first character tells.
        let first =
            number.chars().find(|&c| !fold::is_space(c) && !fold::is_zero_width(c) && !c.is_whitespace())?;
        if fold::is_han(first) && !self.firsts.contains(&first) && !fold::is_compatibility(first) {
            return None;
        }
        let key = key(number);
        match self.by_number.get(&key) {
            Some(&index) => Some(&self.standards[index]),
            None => self.compact.standard(&key),
        }
    }

    /// Whether it knows the standard called `number`, and this edition of it if one is given.
    pub fn holds(&self, number: &str, edition: Option<&str>) -> bool {
        let standard = self.standard(number);
        standard.is_some_and(|standard| edition.is_none_or(|edition| standard.edition(edition).is_some()))
    }

    /// Number and edition that a citation such as `GB/T 1.1—2020` or `数字社会定义集（6.0版）` names.
    pub fn cited(&self, citation: &str) -> Option<(&Standard, &Edition)> {
        let (number, edition) = match citation.rsplit_once(['—', ':']) {
            Some(parts) => parts,
            None => citation.strip_suffix(['）', ')'])?.rsplit_once(['（', '('])?,
        };
        let standard = self.standard(number)?;
        Some((standard, standard.edition(edition)?))
    }

    /// What takes the place of an edition today, at the end of the chain; how it is cited, and its entry
    /// if there is one.
    pub fn successor<'r>(&'r self, edition: &'r Edition) -> Option<(&'r str, Option<&'r Edition>)> {
        let mut citation = edition.superseded_by.as_deref()?;
        for _ in 0..LONGEST_CHAIN {
            let Some((_, next)) = self.cited(citation) else { return Some((citation, None)) };
            match next.superseded_by.as_deref() {
                None => return Some((citation, Some(next))),
                Some(further) => citation = further,
            }
        }
        Some((citation, None))
    }

    /// How an edition stood on `day`; without a day, how it stands. Where only the year of an edition is known,
    /// nothing is claimed of the days in that year.
    pub fn standing_on(&self, edition: &Edition, day: Option<Date>) -> Standing {
        let Some(day) = day else { return edition.status };
        match edition.status {
            Standing::Current | Standing::Superseded | Standing::Withdrawn
                if edition.began_by(day) == Some(false) =>
            {
                Standing::Pending
            }
            Standing::Superseded | Standing::Withdrawn if self.replaced_after(edition, day) => {
                Standing::Current
            }
            status => status,
        }
    }

    /// Whether `edition` was, for all that is known, replaced only after `day`.
    fn replaced_after(&self, edition: &Edition, day: Date) -> bool {
        if let Some(withdrawn) = edition.withdrawn {
            return day < withdrawn;
        }
        let Some(next) = edition.superseded_by.as_deref() else { return false };
        if let Some((_, next)) = self.cited(next) {
            return next.began_by(day) != Some(true);
        }
        let digits = next.trim_end_matches(['）', ')']);
        let year = digits.get(digits.len().saturating_sub(4)..).and_then(|year| year.parse::<u16>().ok());
        year.is_some_and(|year| day.year() <= year)
    }

    /// Standards of which number, with or without its year, or title contains `query`; case, white space and
    /// punctuation make no difference. Nothing contains a query without letters and digits.
    pub fn search<'r>(&'r self, query: &str) -> impl Iterator<Item = &'r Standard> {
        let query = loose(query);
        self.all().filter(move |standard| {
            let has = |name: &str| loose(name).contains(&query);
            let titles = standard.editions.iter().filter_map(|edition| edition.title.as_deref());
            let mut names = titles.chain(standard.title.as_deref()).chain([standard.number.as_str()]);
            let mut editions = standard.editions.iter();
            query.contains(char::is_alphanumeric)
                && (names.any(has) || editions.any(|edition| has(&standard.cite(&edition.edition))))
        })
    }
}

impl Edition {
    /// Whether it had come into force by `day`: its day is known, or else its year. Nothing where neither
    /// decides.
    pub fn began_by(&self, day: Date) -> Option<bool> {
        if let Some(since) = self.effective.or(self.published) {
            return Some(since <= day);
        }
        let year: u16 = self.edition.parse().ok().filter(|year| (1900..2100).contains(year))?;
        (day.year() != year).then_some(day.year() > year)
    }
}

impl Standard {
    /// The edition of this year or version.
    pub fn edition(&self, edition: &str) -> Option<&Edition> {
        self.editions.iter().find(|one| one.edition == edition)
    }

    /// The edition in force on `day`; without a day, the present one.
    pub fn current(&self, register: &Register, day: Option<Date>) -> Option<&Edition> {
        let mut editions = self.editions.iter().rev();
        editions.find(|edition| register.standing_on(edition, day) == Standing::Current)
    }

    /// How an edition of this standard is cited.
    pub fn cite(&self, edition: &str) -> String {
        cite(&self.number, edition)
    }

    /// The title of an edition, if it is known.
    pub fn title_of<'s>(&'s self, edition: Option<&'s Edition>) -> Option<&'s str> {
        let own = edition.and_then(|edition| edition.title.as_deref());
        own.or(self.title.as_deref()).filter(|title| !title.is_empty())
    }
}

/// `GB/T 1.1—2020`, `ISO 704:2022`, `数字社会定义集（6.0版）`.
fn cite(number: &str, edition: &str) -> String {
    if number.contains(|c: char| zhengming_text::fold::is_han(c)) {
        format!("{number}（{edition}）")
    } else if number.starts_with("ISO") || number.starts_with("IEC") {
        format!("{number}:{edition}")
    } else {
        format!("{number}—{edition}")
    }
}

fn key(text: &str) -> String {
    let key = canonical(text);
    let is_lower = |c: char| !fold::is_han(c) && c.is_lowercase();
    if key.contains(is_lower) { key.to_uppercase() } else { key }
}

/// The letters and digits of `text`, and the points that numbers have.
fn loose(text: &str) -> String {
    let key = fold::key(&text.replace('．', "."));
    key.chars().filter(|&c| c.is_alphanumeric() || c == '.').flat_map(char::to_uppercase).collect()
}

/// Whether the number of a standard is the name of a document: 数字社会定义集.
fn is_name(number: &str) -> bool {
    number.starts_with(fold::is_han)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGISTER: &str = r#"
        as_of = "2025-12-02"
        [[standard]]
        number = "GB/T 1.1"
        [[standard.edition]]
        edition = "2000"
        status = "withdrawn"
        superseded_by = "GB/T 1.1—2009"
        [[standard.edition]]
        edition = "2009"
        status = "withdrawn"
        superseded_by = "GB/T 1.1—2020"
        [[standard.edition]]
        edition = "2020"
        status = "current"
        published = "2020-03-31"
        effective = "2020-10-01"
        [[standard]]
        number = "DB33/T 2350"
        [[standard.edition]]
        edition = "2021"
        status = "superseded"
        superseded_by = "DB33/T 2350—2022"
    "#;

    #[test]
    fn chains_of_editions_are_followed_to_their_end() {
        let register = Register::from_toml(REGISTER).unwrap();
        let (_, edition) = register.cited("GB/T 1.1—2000").unwrap();
        let (citation, successor) = register.successor(edition).unwrap();
        assert_eq!((citation, successor.unwrap().edition.as_str()), ("GB/T 1.1—2020", "2020"));
        assert!(register.standard("gb／t1.1").is_some());
    }

    #[test]
    fn numbers_are_found_however_they_are_typed() {
        let register = Register::from_toml(REGISTER).unwrap();
        let found = |query: &str| -> Vec<_> {
            register.search(query).map(|standard| standard.number.as_str()).collect()
        };
        for query in ["gbt1.1", "GB/T1.1", "ｇｂ／ｔ 1．1", "GB T 1.1-2009", "gb/t1.1—2020", "GB∕T 1.1–2000"]
        {
            assert_eq!(found(query), ["GB/T 1.1"], "{query}");
        }
        assert_eq!(found("2350"), ["DB33/T 2350"]);
        assert!(found("").is_empty() && found(" —/ ").is_empty() && found("GB/T 1.2").is_empty());
    }

    #[test]
    fn the_day_decides_how_an_edition_stands() {
        let register = Register::from_toml(REGISTER).unwrap();
        for (citation, day, expected) in [
            ("GB/T 1.1—2009", Some((2020, 9, 30)), Standing::Current),
            ("GB/T 1.1—2009", Some((2020, 10, 1)), Standing::Withdrawn),
            ("GB/T 1.1—2020", Some((2020, 4, 1)), Standing::Pending),
            ("GB/T 1.1—2020", None, Standing::Current),
            ("DB33/T 2350—2021", Some((2021, 12, 31)), Standing::Current),
            ("DB33/T 2350—2021", Some((2022, 12, 31)), Standing::Current),
            ("DB33/T 2350—2021", Some((2023, 1, 1)), Standing::Superseded),
            ("DB33/T 2350—2021", Some((2021, 1, 1)), Standing::Current),
            ("DB33/T 2350—2021", Some((2020, 12, 31)), Standing::Pending),
            ("GB/T 1.1—2009", Some((2008, 12, 31)), Standing::Pending),
            ("GB/T 1.1—2000", Some((2009, 12, 31)), Standing::Current),
            ("GB/T 1.1—2000", Some((2010, 1, 1)), Standing::Withdrawn),
        ] {
            let (_, edition) = register.cited(citation).unwrap();
            let day = day.and_then(|(year, month, day)| Date::new(year, month, day));
            assert_eq!(register.standing_on(edition, day), expected, "{citation}");
        }
    }

    #[test]
    fn a_number_listed_twice_is_an_error() {
        let twice = format!("{REGISTER}\n[[standard]]\nnumber = \"GB/T 1.1\"");
        assert_eq!(Register::from_toml(&twice).unwrap_err().to_string(), "`GB/T 1.1` is listed twice");
    }
}
