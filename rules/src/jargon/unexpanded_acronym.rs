//! Flags letter words without a Chinese explanation.

use zhengming_lint::rule::{Context, Rule, RuleMeta, Sink};
use zhengming_reading::jargon::{Confidence, Family};
use zhengming_text::diagnostic::Severity;
use zhengming_text::document::BlockKind;
use zhengming_text::message::{Text, quoted};

use super::reporting;

/// Letter words that the document expands nowhere.
#[derive(Debug, Default)]
pub struct UnexpandedAcronym;

impl UnexpandedAcronym {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "unexpanded-acronym",
        family: "jargon",
        severity: Severity::Warning,
        also: Some(Severity::Info),
        default: true,
        fix: None,
        summary: ("字母词首次出现时没有中文注释", "a letter word without a Chinese explanation"),
        page: (include_str!("unexpanded_acronym.md"), include_str!("unexpanded_acronym.en.md")),
    };
}

impl Rule for UnexpandedAcronym {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let letters = cx.candidates().iter().filter(|candidate| candidate.family == Family::Letters);
        for candidate in letters.filter(|candidate| candidate.confidence > Confidence::Doubtful) {
            let text = &candidate.text;
            if cx.is_defined_elsewhere(text) {
                continue;
            }
            let message = Text::new(
                format!("字母词{}没有中文注释", quoted(text)),
                format!("the letter word `{text}` is not explained in Chinese"),
            );
            let label = Text::new(
                format!("写作“中文全称（{text}）”"),
                format!("write the Chinese name, then `（{text}）`"),
            );
            let ways_out =
                Text::new("首次出现时写出中文全称，括注字母词", "Give the Chinese name at first use");
            // A heading is no place to expand a word in.
            let in_text = |block| !matches!(cx.block_at(block).kind(), BlockKind::Heading(_));
            if let Some(finding) = reporting::finding(cx, candidate, in_text, message, label, ways_out) {
                sink.report(finding);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    const DICTIONARY: &str = "[dictionary]\nid = \"d\"\ntitle = \"词典\"\n[[concept]]\nterm = \"CIM应用\"";

    #[test]
    fn letter_words_without_explanation_are_found() {
        check::<UnexpandedAcronym>(DICTIONARY)
            .fail("汇聚«GIS»信息、«BIM»模型和«IoT»数据")
            .fail("配备“«VSAT»”卫星站");
    }

    #[test]
    fn explained_and_common_ones_are_left_alone() {
        check::<UnexpandedAcronym>(DICTIONARY)
            .pass("建设城市信息模型（CIM）平台，CIM平台年内上线")
            .pass("推广BIM（建筑信息模型）技术，BIM成果存档")
            .pass("接入APP、GPS、PDF、5G、AI，符合GB/T 22239—2019")
            .pass("建设CIM应用")
            .pass("见https://a.example/BIM/x，字段名`VSAT_ID`")
            .pass("The BIM model is used by the CIM platform.");
    }

    #[test]
    fn familiar_ones_are_hints() {
        let rule = check::<UnexpandedAcronym>(DICTIONARY);
        let severity = |text: &str| rule.lint(text)[0].severity;
        assert_eq!(severity("开放API接口，完善API目录。"), Severity::Info);
        assert_eq!(severity("配备VSAT终端。"), Severity::Warning);
    }

    #[test]
    fn headings_are_not_asked_to_expand() {
        check::<UnexpandedAcronym>(DICTIONARY)
            .pass("# VSAT建设方案\n\n## 一、VSAT卫星站\n\n建设甚小口径终端（VSAT）卫星站。")
            .pass("## 一、VSAT卫星站\n\n建设VSAT终端（甚小口径卫星终端站），按期完成。")
            .pass("## 一、VSAT\n\n按期完成。")
            .fail("# VSAT建设方案\n\n## 一、VSAT卫星站\n\n建设«VSAT»卫星站。")
            .fail("建设«VSAT»终端（责任单位：县数据局）。");
    }
}
