//! Flags letter words without a Chinese explanation.

use schemars::JsonSchema;
use serde::Deserialize;
use zhengming_lint::rule::{Context, Rule, RuleMeta, Sink};
use zhengming_reading::jargon::Family;
use zhengming_text::diagnostic::Severity;
use zhengming_text::document::BlockKind;
use zhengming_text::message::{Text, quoted};

use super::defined_but_unused::is_terminology;
use super::reporting::{self, Audience};

/// Letter words that the document expands nowhere.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnexpandedAcronym {
    /// 读者是谁：public（大众，较常见的字母词也提示）、officials（其他地方的机关干部，缺省）、trade（同行，不问字母词） || Who reads it: public (letter words that many have met are hinted at, too), officials (of other places, the default), trade (colleagues, who know letter words)
    pub audience: Audience,
}

/// Warnings in one document; the others are hints.
const MOST_WARNINGS: usize = 3;

impl UnexpandedAcronym {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "unexpanded-acronym",
        name: ("没有解释的缩略语", "Unexplained acronym"),
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
        if self.audience == Audience::Trade {
            return;
        }
        let mut is_glossary = None;
        let warned = reporting::surest(cx, |family| family == Family::Letters, MOST_WARNINGS);
        let letters = cx.candidates().iter().filter(|candidate| candidate.family == Family::Letters);
        for candidate in letters.filter(|candidate| candidate.confidence >= self.audience.least()) {
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
            let Some(finding) = reporting::finding(cx, candidate, in_text, message, label, ways_out) else {
                continue;
            };
            // In a glossary the words of the trade are at home.
            let is_glossary = *is_glossary.get_or_insert_with(|| is_terminology(cx));
            let is_hint = is_glossary || !warned.contains(&text.as_str());
            sink.report(if is_hint { finding.severity(Severity::Info) } else { finding });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use zhengming_terms::dictionary::Dictionary;

    use super::*;
    use crate::testing::{Check, check};

    const DICTIONARY: &str = "[dictionary]\nid = \"d\"\ntitle = \"词典\"\n[[concept]]\nterm = \"CIM应用\"";

    #[test]
    fn letter_words_without_explanation_are_found() {
        check::<UnexpandedAcronym>(DICTIONARY)
            .fail("租赁«SPV»享受政策，建设“«CKZD»”中心")
            .fail("配备“«VSAT»”卫星站");
    }

    #[test]
    fn explained_and_common_ones_are_left_alone() {
        check::<UnexpandedAcronym>(DICTIONARY)
            .pass("建设城市信息模型（CIM）平台，CIM平台年内上线")
            .pass("推广BIM（建筑信息模型）技术，BIM成果存档")
            .pass("接入APP、GPS、PDF、5G、AI，符合GB/T 22239—2019")
            .pass("建设CIM应用，汇聚GIS信息、BIM成果和IoT数据，升级IPV6网络")
            .pass("部署DeepSeek大模型和RTX4090显卡，采用SM3算法")
            .pass("见https://a.example/BIM/x，字段名`VSAT_ID`")
            .pass("The BIM model is used by the CIM platform.");
    }

    #[test]
    fn familiar_ones_are_told_to_the_public_alone() {
        let severities = |audience: Audience, text: &str| -> Vec<Severity> {
            let rule = UnexpandedAcronym { audience };
            let dictionary = Dictionary::from_toml("test.toml", DICTIONARY).unwrap();
            let check = Check::new(vec![Arc::new(dictionary)], vec![Box::new(rule)]);
            check.lint(text).iter().map(|one| one.severity).collect()
        };
        let api = "开放API接口，完善API目录。";
        assert_eq!(severities(Audience::Public, api), [Severity::Info]);
        assert_eq!(severities(Audience::Officials, api), []);
        assert_eq!(severities(Audience::Officials, "配备VSAT终端。"), [Severity::Warning]);
        assert_eq!(severities(Audience::Trade, "配备VSAT终端。"), []);
    }

    #[test]
    fn a_text_full_of_letter_words_is_for_those_who_know_them() {
        check::<UnexpandedAcronym>(DICTIONARY).pass(
            "部署QKJ系统、WZX系统、HQB系统、YKV系统、ZPT系统、JXR系统、KQD系统、VZH系统和FGQ系统，完成对接",
        );
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
