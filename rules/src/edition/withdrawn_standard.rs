//! Flags references to what was withdrawn and not replaced.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::citation::Cited;
use zhengming_terms::register::{Standard, Standing};
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::{Text, ahead};

use super::{grouped, law, registered, shown};
use crate::advice;

/// References to a withdrawn standard or document that has no successor.
#[derive(Debug, Default)]
pub struct WithdrawnStandard;

impl WithdrawnStandard {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "withdrawn-standard",
        name: ("已废止的标准", "Withdrawn standard"),
        family: "edition",
        severity: Severity::Error,
        also: Some(Severity::Info),
        default: true,
        fix: None,
        summary: ("引用了已经废止的标准或文件", "a reference to a withdrawn standard or document"),
        page: (include_str!("withdrawn_standard.md"), include_str!("withdrawn_standard.en.md")),
    };
}

impl Rule for WithdrawnStandard {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        for group in grouped(cx) {
            let cited = group[0];
            if let Some(law) = law::repealed(cx, &cited.citation) {
                for cited in group {
                    sink.report(repealed(cited, law));
                }
                continue;
            }
            let Some((register, _, edition)) = registered(cx, &cited.citation) else { continue };
            if register.standing_on(edition, cx.as_of()) != Standing::Withdrawn
                || edition.superseded_by.is_some()
            {
                continue;
            }
            let name = shown(&cited.citation);
            let (since, since_en) = match edition.withdrawn {
                Some(day) => (format!("自{day}起"), format!(" since {day}")),
                None => <_>::default(),
            };
            let message = Text::new(
                format!("{}{since}已经废止", ahead(&name)),
                format!("{name} is withdrawn{since_en}"),
            );
            let label = Text::new("已废止，没有代替它的文件", "withdrawn, and nothing replaced it");
            let note = edition.note.as_deref().map(|note| format!("{}；", note.trim_end_matches('。')));
            let help = Text::new(
                format!("{}请改引现行有效的依据；写的是过去的事，请写明“已废止”", note.unwrap_or_default()),
                "cite what is in force; if the text is history, write 已废止",
            );
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

/// A law that a list says was repealed; on which day it does not say.
fn repealed(cited: &Cited, law: &Standard) -> Finding {
    let name = &law.number;
    let message =
        Text::new(format!("《{name}》可能已经废止或者失效"), format!("《{name}》 was probably repealed"));
    let label = Text::new("法规登记表记为废止或者失效", "repealed, as the register of laws says");
    let help = Text::new(
        "哪一天废止、由什么代替未收录，请到国家法律法规数据库核对；写的是过去的事，请写明“已废止”",
        "when and by what is not recorded: look it up; if the text is history, write 已废止",
    );
    Finding::new(cited.block, cited.citation.range, message, label)
        .help(help)
        .severity(Severity::Info)
        .key(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    #[test]
    fn what_was_withdrawn_is_no_basis_from_that_day_on() {
        check::<WithdrawnStandard>("[dictionary]\nid = \"d\"\ntitle = \"t\"")
            .fail("---\ndate: 2023-01-01\n---\n\n根据«《浙江省信息化促进条例》»第三条")
            .pass("---\ndate: 2019-01-01\n---\n\n根据《浙江省信息化促进条例》第三条")
            .pass("《浙江省信息化促进条例》同时废止")
            .pass("根据GB/T 22239—2008")
            .fail("根据«《公司登记管理条例》»办理")
            .pass("---\ndate: 2019-01-01\n---\n\n根据《公司登记管理条例》办理");
    }
}
