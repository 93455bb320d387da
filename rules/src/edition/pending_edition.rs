//! Tells of references to an edition that is published and not yet in force.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::prose;
use zhengming_terms::register::Standing;
use zhengming_text::date::Date;
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Text;

use super::{grouped, registered, shown};
use crate::advice;

/// References to an edition before the day of its implementation.
#[derive(Debug, Default)]
pub struct PendingEdition;

impl PendingEdition {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "pending-edition",
        name: ("尚未实施的版次", "Edition not yet in force"),
        family: "edition",
        severity: Severity::Info,
        also: None,
        default: true,
        fix: None,
        summary: ("引用的版次在文稿日期尚未实施", "a reference to an edition not yet in force"),
        page: (include_str!("pending_edition.md"), include_str!("pending_edition.en.md")),
    };
}

/// Words that show that the author knows.
const KNOWN: [&str; 6] = ["实施", "施行", "生效", "即将", "已发布", "新版"];

impl Rule for PendingEdition {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        for group in grouped(cx) {
            let cited = group[0];
            let Some((register, standard, edition)) = registered(cx, &cited.citation) else { continue };
            // Of a document that tells only its year no day can be named.
            let Some(day) = cx.as_of().filter(|_| cx.as_of() == cx.earliest()) else { return };
            if register.standing_on(edition, Some(day)) != Standing::Pending {
                continue;
            }
            let text = cx.block_at(cited.block).text();
            let sentence = &text[prose::sentence_around(text, cited.citation.range).range()];
            if KNOWN.iter().any(|word| sentence.contains(word)) {
                continue;
            }
            let name = shown(&cited.citation);
            let present =
                standard.current(register, Some(day)).map(|edition| standard.cite(&edition.edition));
            let (message, help) = match (edition.effective, edition.published) {
                (Some(since), _) => since_day(&name, ("实施", "in force"), since, day, present),
                (None, Some(since)) => since_day(&name, ("发布", "published"), since, day, present),
                (None, None) => of_year(&name, &edition.edition, day, present),
            };
            let label = Text::new("当时尚未实施", "not yet in force then");
            for cited in group {
                let (message, label) = (message.clone(), label.clone());
                sink.report(
                    Finding::new(cited.block, cited.citation.range, message, label)
                        .help(help.clone())
                        .operator(advice::other_day())
                        .key(&name),
                );
            }
        }
    }
}

/// What is said of an edition whose day is known, of its `event`: 实施 or 发布.
fn since_day(
    name: &str,
    (event, event_en): (&str, &str),
    since: Date,
    day: Date,
    present: Option<String>,
) -> (Text, Text) {
    let message = Text::new(
        format!("{name} 到{since}才{event}，文稿的日期是{day}"),
        format!("{name}: {event_en} since {since}, the document is of {day}"),
    );
    let (present, present_en) = then(present);
    let help = Text::new(
        format!("{present}确实要用新版的，请写明{since}{event}"),
        format!("{present_en}if the new edition is meant, say {since}{event}"),
    );
    (message, help)
}

/// What is said of an edition of which only the year is known.
fn of_year(name: &str, year: &str, day: Date, present: Option<String>) -> (Text, Text) {
    let message = Text::new(
        format!("{name} 是{year}年的版次，文稿日期为{day}"),
        format!("{name} is an edition of {year}, the document is of {day}"),
    );
    let (present, present_en) = then(present);
    let help = Text::new(format!("{present}请核对年份"), format!("{present_en}check the year"));
    (message, help)
}

fn then(present: Option<String>) -> (String, String) {
    present.map_or_else(<_>::default, |present| {
        (format!("当时有效的是 {present}；"), format!("{present} was in force; "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    #[test]
    fn only_between_publication_and_implementation() {
        check::<PendingEdition>("[dictionary]\nid = \"d\"\ntitle = \"t\"")
            .fail("---\ndate: 2024-05-01\n---\n\n按照«GB/T 20001.1—2024»起草")
            .pass("---\ndate: 2024-05-01\n---\n\nGB/T 20001.1—2024自2024年10月1日起实施")
            .pass("---\ndate: 2024-10-01\n---\n\n按照GB/T 20001.1—2024起草");
    }

    #[test]
    fn an_edition_without_a_day_is_bounded_by_its_year() {
        let rule = check::<PendingEdition>("[dictionary]\nid = \"d\"\ntitle = \"t\"")
            .fail("---\ndate: 2018-12-31\n---\n\n按照«GB/T 37932—2019»执行")
            .pass("---\ndate: 2019-01-01\n---\n\n按照GB/T 37932—2019执行");
        let found = rule.lint("---\ndate: 2018-05-01\n---\n\n按照GB/T 37932—2019执行");
        assert_eq!(found[0].message.zh, "GB/T 37932—2019 是2019年的版次，文稿日期为2018-05-01");
    }
}
