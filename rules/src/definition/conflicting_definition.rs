//! Flags definitions that give an official term another meaning.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::{Text, ahead, amid, quoted};

use super::restatement::{Restatement, restatements};
use super::successor::{is_conflicting, notice, replaced_by};

/// The same name for another concept.
#[derive(Debug, Default)]
pub struct ConflictingDefinition;

impl ConflictingDefinition {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "conflicting-definition",
        name: ("与官方定义冲突", "Conflict with the official definition"),
        family: "definition",
        severity: Severity::Error,
        also: Some(Severity::Warning),
        default: true,
        fix: None,
        summary: ("用官方术语之名，定义了另一个概念", "an official term defined as another concept"),
        page: (include_str!("conflicting_definition.md"), include_str!("conflicting_definition.en.md")),
    };
}

impl Rule for ConflictingDefinition {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let all = restatements(cx);
        for restatement in all.iter().filter(|one| is_conflicting(one)) {
            sink.report(finding(cx, restatement, &notice(cx, &all, restatement)));
        }
    }
}

fn finding(cx: &Context<'_>, restatement: &Restatement<'_>, notice: &Text) -> Finding {
    let entry = &restatement.entry;
    let definition = restatement.definition;
    let term = quoted(&definition.text);
    let source = entry.cite();
    let message = Text::new(
        format!("{term}在{}中另有定义，两者不是同一概念", amid(&source)),
        format!("{term} is another concept in {source}"),
    );
    let label = Text::new(
        format!("{}的定义：“{}”", ahead(&source), entry.official),
        format!("{source}: “{}”", entry.official),
    );
    let help = Text::new(
        format!(
            "{}指同一概念的，照录官方定义；另有所指的，换一个名称，或在术语前用〈专业领域〉限定并注明来源",
            notice.zh
        ),
        format!(
            "{}if the official concept is meant, quote its definition; if not, use another name, or restrict it by domain and name the source",
            notice.en
        ),
    );
    let finding = Finding::new(definition.block, definition.term, message, label).help(help);
    let finding = finding.concept(cx.concept_ref(restatement.concept));
    // The newer edition, which is not loaded, may have redefined the term.
    let finding =
        if replaced_by(cx, restatement).is_some() { finding.severity(Severity::Warning) } else { finding };
    match entry.place {
        Some((block, range)) => finding.related(block, range, Text::new("本文的定义", "the definition here")),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;
    use zhengming_text::message::Lang;

    const DICTIONARY: &str = r#"
        [dictionary]
        id = "d"
        title = "词典"
        citation = "DB33/T 1—2021"
        [[concept]]
        term = "视联网"
        definition = "以视频为主要信息载体，按照统一标准汇聚感知设备形成的网络。"
        [[concept]]
        term = "应用"
        match = "off"
        definition = "面向用户提供功能的软件。"
    "#;

    #[test]
    fn another_concept_under_the_same_name_is_flagged() {
        check::<ConflictingDefinition>(DICTIONARY)
            .fail("注：«视联网»是互联网的更高级形态，能够实现全网高清实时传输。")
            .fail("本办法所称“«视联网»”，是指各级单位自建的内部会商专线。")
            .pass("视联网是指以视频为主要信息载体，按照统一的标准汇聚感知设备形成的网络。")
            .pass("视联网是重要的基础设施。")
            .pass("应用是指把理论用到实际工作当中去的过程。");
    }

    #[test]
    fn a_newer_edition_that_is_not_loaded_is_told_once() {
        let dictionary = DICTIONARY.replace("DB33/T 1—2021", "DB33/T 2350—2021");
        let rule = check::<ConflictingDefinition>(&dictionary);
        let text = "本办法所称视联网，是指各级单位自建的内部会商专线。\n\n视联网，是指互联网的更高级形态。";
        let told = |text: &str| {
            let helps = rule.lint(text).into_iter().map(|found| found.help.whole(Lang::Zh).unwrap());
            helps.map(|help| help.contains("可能已被 DB33/T 2350—2022 代替")).collect::<Vec<_>>()
        };
        assert_eq!(told(text), [true, false]);
        // Where the edition itself is cited, stale-edition says it.
        assert_eq!(told(&format!("术语采用DB33/T 2350—2021的规定。\n\n{text}")), [false, false]);
        assert_eq!(rule.lint(text)[0].severity, Severity::Warning);
    }
}
