//! Flags designations that a newer edition replaced, in documents dated since then.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::facts::Mention;
use zhengming_terms::dictionary::Status;
use zhengming_terms::termbase::Role;
use zhengming_text::date::Date;
use zhengming_text::diagnostic::{Applicability, Severity};
use zhengming_text::message::{Text, quoted};

use super::{is_history, judged, replace};
use crate::advice;
use crate::region::is_foreign;

/// Designations replaced by another one for the same concept.
#[derive(Debug, Default)]
pub struct SupersededTerm;

impl SupersededTerm {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "superseded-term",
        name: ("旧名称", "Old name"),
        family: "variant",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: Some(Applicability::Suggestion),
        summary: ("已被新版名称取代的术语", "a designation that a newer one has replaced"),
        page: (include_str!("superseded_term.md"), include_str!("superseded_term.en.md")),
    };
}

impl Rule for SupersededTerm {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        for mention in judged(cx) {
            let Role::Designation { status: Status::Superseded, since, note } =
                &mention.spelling(cx.termbase()).role
            else {
                continue;
            };
            // Right in its own day: a text from before the change is history, not a fault.
            let before = matches!((since, cx.earliest()), (Some(since), Some(day)) if day < *since);
            let text = cx.block(mention).text();
            let binds = || !is_foreign(cx, mention.spelling(cx.termbase()).concept);
            if !before && !is_history(text, mention.range, *since) && binds() {
                sink.report(finding(cx, mention, *since, note.as_deref()));
            }
        }
    }
}

fn finding(cx: &Context<'_>, mention: &Mention, since: Option<Date>, note: Option<&str>) -> Finding {
    let concept = mention.spelling(cx.termbase()).concept;
    let surface = cx.surface(mention);
    let preferred = cx.preferred(concept);
    let (wrong, right) = (quoted(&surface), quoted(preferred));
    let (since_zh, since_en) = match since {
        Some(day) => (format!("自{}起", day.in_chinese()), format!(" since {day}")),
        None => (String::new(), String::new()),
    };
    let message = Text::new(
        format!("{wrong}{since_zh}已改称{right}"),
        format!("`{surface}` has been called `{preferred}`{since_en}"),
    );
    let label = Text::new("用现在的名称", "use the present name");
    let way_out = Text::new("写的是过去的事，可写成“原称……”", "If the text is history, write 原称…");
    let mut finding = Finding::new(mention.block, mention.range, message, label)
        .help(way_out)
        .operator(advice::other_day())
        .concept(cx.concept_ref(concept));
    if let Some(note) = note {
        let note = note.trim_end_matches('。');
        finding = finding.basis(Text::new(note, note));
    }
    match replace(cx, mention, preferred, Applicability::Suggestion) {
        Some(fix) => finding.fix(fix),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    const DICTIONARY: &str = r#"
        [dictionary]
        id = "d"
        title = "词典"
        [[concept]]
        term = "党建统领整体智治"
        superseded = [{ text = "党政机关整体智治", since = "2022-01-01", note = "2022年版改名。" }]
        [[concept]]
        term = "党政机关整体智治综合应用"
    "#;

    #[test]
    fn a_replaced_name_is_flagged_from_its_day_on() {
        check::<SupersededTerm>(DICTIONARY)
            .fail("---\ndate: 2022-01-01\n---\n\n推进«党政机关整体智治»建设")
            .pass("---\ndate: 2021-07-08\n---\n\n推进党政机关整体智治建设")
            .fail("推进«党政机关整体智治»建设");
    }

    #[test]
    fn longer_terms_and_renaming_statements_are_left_alone() {
        check::<SupersededTerm>(DICTIONARY)
            .pass("党政机关整体智治综合应用")
            .pass("由党政机关整体智治更名而来")
            .pass("2021年8月，推进党政机关整体智治系统建设")
            .fail("2023年，推进«党政机关整体智治»系统建设")
            .pass("党建统领整体智治（原称党政机关整体智治）");
    }
}
