//! What the register knows of a law that a document cites by its title.

use zhengming_lint::rule::Context;
use zhengming_reading::citation::{Citation, Kind};
use zhengming_terms::register::{Standard, Standing};
use zhengming_text::date::Date;

/// A version of a law that came after the one cited.
pub(super) struct Newer<'a> {
    /// The day of adoption or amendment.
    pub(super) date: Date,
    /// The day from which it is in force, if it is known.
    pub(super) effective: Option<Date>,
    pub(super) law: &'a Standard,
}

/// The newest version of the law that is cited as of an earlier year (2018年修正), if it was in force when the document was
/// written.
pub(super) fn newer_version<'a>(cx: &Context<'a>, citation: &Citation) -> Option<Newer<'a>> {
    let year = cited_year(citation)?;
    let law = cx.register()?.law(&citation.series)?;
    let versions = law.editions.iter().flat_map(|edition| {
        let own = edition.edition.parse().ok().map(|date| (date, edition.effective));
        let next =
            edition.superseded_by.as_deref().and_then(|next| next.parse().ok()).map(|date| (date, None));
        own.into_iter().chain(next)
    });
    // Of one version known twice, the entry with the day from which it is in force.
    let (date, effective): (Date, Option<Date>) =
        versions.max_by_key(|&(date, effective)| (date, effective))?;
    let since = effective.unwrap_or(date);
    let in_force = cx.earliest().is_none_or(|day| since <= day);
    (date.year() > year && in_force).then_some(Newer { date, effective, law })
}

/// The year of the version that a title is cited with: 2018年修正, 2018年.
fn cited_year(citation: &Citation) -> Option<u16> {
    if citation.kind != Kind::Title {
        return None;
    }
    let edition = citation.edition.as_deref()?;
    let (year, rest) = edition.split_once('年')?;
    let is_version = ["修正", "修订", "修改", ""]
        .iter()
        .any(|word| rest == *word || rest.strip_suffix('版') == Some(word));
    year.parse().ok().filter(|year| (1949..2100).contains(year) && is_version)
}

/// The law cited, if every version that is known was repealed. On which day is not known, so nothing is said of
/// documents of before the register.
pub(super) fn repealed<'a>(cx: &Context<'a>, citation: &Citation) -> Option<&'a Standard> {
    if citation.kind != Kind::Title {
        return None;
    }
    let register = cx.register()?;
    let law = register.law(&citation.series)?;
    let may_be_older = cx.earliest().is_some_and(|day| day.year() < register.as_of().year());
    let all = law.editions.iter().all(|edition| edition.status == Standing::Withdrawn);
    (all && !law.editions.is_empty() && !may_be_older).then_some(law)
}
