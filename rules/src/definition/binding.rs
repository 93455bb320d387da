//! Whether a dictionary binds a document: a statute is above a standard, a province does not bind another.

use zhengming_lint::rule::Context;
use zhengming_terms::dictionary::{Authority, Concept, Dictionary, Layer, Matching};
use zhengming_text::date::Date;
use zhengming_text::fold;
use zhengming_text::zh::mark;

use crate::region;

/// What a document is, as far as its head tells.
pub(super) struct Standing<'a> {
    authority: Option<Authority>,
    /// Code of the province that it is of.
    province: Option<&'static str>,
    numbers: &'a [String],
    titles: &'a [String],
}

impl<'a> Standing<'a> {
    pub(super) fn of(cx: &Context<'a>) -> Self {
        let numbers = cx.own_numbers();
        let head = cx.head();
        let authority =
            numbers.iter().find_map(|number| of_number(number)).or_else(|| of_titles(head.titles()));
        Self { authority, province: head.standing(), numbers, titles: head.titles() }
    }

    /// Whether what an entry of `dictionary` says holds for the document, given its day.
    pub(super) fn is_bound_by(&self, cx: &Context<'_>, dictionary: &Dictionary, entry: &Concept) -> bool {
        if entry.matching == Matching::Definition {
            let version = entry.source.as_deref().and_then(Date::find);
            let is_later = matches!((cx.as_of(), version), (Some(day), Some(version)) if day < version);
            return !is_later && entry.domain.as_deref().is_some_and(|act| self.cites_act(cx, act));
        }
        let header = dictionary.header();
        if cx.as_of().is_some_and(|day| !header.is_in_force_on(day)) {
            return false;
        }
        if self.is_text_of(dictionary) {
            return false;
        }
        let cites = |series: &str| {
            let key = zhengming_text::fold::canonical(series);
            cx.citations().iter().any(|cited| zhengming_text::fold::canonical(&cited.citation.series) == key)
        };
        if header.series.as_deref().is_some_and(cites) {
            return true;
        }
        let above = matches!((self.authority, header.authority), (Some(own), Some(theirs)) if own < theirs);
        let theirs = region::province_of(dictionary);
        let elsewhere = matches!((self.province, theirs), (Some(own), Some(theirs)) if own != theirs);
        !above && !elsewhere
    }

    /// Whether the document relies on the act and is not the act itself, an older version of it or a rule under it with
    /// terms of its own rank.
    fn cites_act(&self, cx: &Context<'_>, act: &str) -> bool {
        let wanted = act_key(act);
        !self.titles.iter().any(|own| act_key(own).contains(&wanted))
            && cx.citations().iter().any(|cited| act_key(&cited.citation.series) == wanted)
    }

    /// Whether the document is the source that the dictionary was made from, or another edition of it.
    pub(super) fn is_text_of(&self, dictionary: &Dictionary) -> bool {
        let header = dictionary.header();
        let title = fold::key(&header.title);
        let series = header.series.as_deref().unwrap_or(&header.title);
        header.layer == Layer::Official
            && (self.titles.iter().any(|own| fold::key(own) == title)
                || self.numbers.iter().any(|number| number.split('—').next() == Some(series))
                || self.titles.iter().any(|own| own.contains(series) && own.contains("印发")))
    }

    /// Whether the document is a standard.
    pub(super) fn is_standard(&self) -> bool {
        !self.numbers.is_empty()
    }
}

/// The title of an act as it is compared: 《中华人民共和国公司法》 and 《公司法》 are one.
fn act_key(title: &str) -> String {
    fold::key(title.trim_matches(['《', '》']).trim_start_matches("中华人民共和国"))
}

fn of_number(number: &str) -> Option<Authority> {
    let code = number.split([' ', '/']).next()?;
    Some(match code {
        "GB" | "GBZ" => Authority::NationalStandard,
        _ if code.starts_with("DB") => Authority::LocalStandard,
        // Associations and enterprises bind themselves.
        "T" | "Q" => Authority::Policy,
        _ => Authority::IndustryStandard,
    })
}

fn of_titles(titles: &[String]) -> Option<Authority> {
    titles.iter().find_map(|title| {
        // 条例（草案）, 法（专家建议稿）
        let title = mark::bracket_before(title).map_or(title.as_str(), |(stem, _)| stem);
        let local = region::begins_with_province(title) || title.contains(['省', '市', '州']);
        if title.ends_with("条例") || title.ends_with('法') && title.starts_with("中华人民共和国") {
            return Some(if local { Authority::LocalLaw } else { Authority::Law });
        }
        (title.starts_with("国务院") && title.ends_with("规定")).then_some(Authority::Law)
    })
}

/// The rank of a dictionary, from its own words or from its number.
pub(super) fn rank(dictionary: &Dictionary) -> Authority {
    let header = dictionary.header();
    let number = header.series.as_deref().or(header.citation.as_deref());
    header.authority.or_else(|| number.and_then(of_number)).unwrap_or(Authority::House)
}

/// The day or at least the year of an edition, to tell the newer of two.
pub(super) fn age(dictionary: &Dictionary) -> (u16, String) {
    let header = dictionary.header();
    let day = header.published.or(header.effective);
    let year =
        header.edition.as_deref().and_then(|edition| edition.get(..4)).and_then(|year| year.parse().ok());
    (day.map(Date::year).or(year).unwrap_or(0), day.map_or(String::new(), |day| day.to_string()))
}
