//! Flags expressions that a reader outside the office would need explained and that nothing explains.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;
use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::jargon::{Candidate, Confidence, Family};
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::{Text, quoted};

use super::defined_but_unused::is_terminology;
use super::reporting;

/// Jargon that no loaded dictionary has and the document does not explain.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UndefinedTerm {
    /// 低于此分（0 到 1）的不报告；缺省 0，即按内置的分界 || Leave out what scores below this (0 to 1); by default 0, the built-in limit
    #[schemars(range(min = 0.0, max = 1.0))]
    pub min_score: f64,
}

impl UndefinedTerm {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "undefined-term",
        family: "jargon",
        severity: Severity::Warning,
        also: Some(Severity::Info),
        default: true,
        fix: None,
        summary: (
            "生造词、数字口号、行业术语没有定义",
            "a coinage, slogan or term of a trade that is not defined",
        ),
        page: (include_str!("undefined_term.md"), include_str!("undefined_term.en.md")),
    };
}

impl Rule for UndefinedTerm {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let mut is_glossary = None;
        let title = reporting::title(cx);
        for candidate in cx.candidates() {
            if candidate.family != Family::Letters
                && candidate.confidence > Confidence::Doubtful
                && candidate.score >= self.min_score
                && !cx.is_defined_elsewhere(&candidate.text)
            {
                // A title cannot explain its words; the text below it can.
                let Some(finding) = finding(cx, candidate, &title) else { continue };
                // In a glossary the words of the trade are at home.
                let is_glossary = *is_glossary.get_or_insert_with(|| is_terminology(cx));
                sink.report(if is_glossary { finding.severity(Severity::Info) } else { finding });
            }
        }
    }
}

fn finding(cx: &Context<'_>, candidate: &Candidate, title: &Range<usize>) -> Option<Finding> {
    let text = &candidate.text;
    let message = Text::new(
        format!("{}没有定义，外单位的读者可能看不懂", quoted(text)),
        format!("`{text}` is not explained; readers outside the office may not understand it"),
    );
    let label = Text::new("首次出现处应说明含义", "say what it means where it is first used");
    let ways_out = Text::new(
        "在首次出现处定义或展开，或者注明出处",
        "Define or unpack it at first use, or cite its source",
    );
    reporting::finding(cx, candidate, |block| !title.contains(&block), message, label, ways_out)
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
        [[concept]]
        term = "城市大脑"
        definition = "城市治理的中枢。"
    "#;

    #[test]
    fn precise_families_are_found() {
        check::<UndefinedTerm>(DICTIONARY)
            .fail("构建“«五横四纵»”标准体系，完善«六横三纵»布局")
            .fail("聚焦“«七个关键»”，实施“«四张清单一张网»”改革")
            .fail("按照“«1+5+2»”架构推进，建立«3+X»机制")
            .fail("建设“«用能大脑»”，推行“«溪企码»”")
            .fail("上线“«浙里好玩»”，接入«皖事通»")
            .fail("建立«政银企社»会商机制")
            .fail("推进«三医联动»")
            .fail("开展«授权运营»试点");
    }

    #[test]
    fn a_glossary_is_only_given_hints() {
        let rule = check::<UndefinedTerm>(DICTIONARY);
        let severity = |text: &str| rule.lint(text)[0].severity;
        assert_eq!(severity("# 常用名词解释\n\n推进授权运营。"), Severity::Info);
        assert_eq!(severity("# 工作方案\n\n推进授权运营。"), Severity::Warning);
    }

    #[test]
    fn what_the_document_explains_is_left_alone() {
        check::<UndefinedTerm>(DICTIONARY)
            .pass("“五横四纵”，是指五个层级和四个领域的标准。建设“五横四纵”体系")
            .pass("以“1+3+X”为总体架构，构建1个平台、3大体系和若干应用")
            .pass("本办法所称授权运营，是指依法授权符合条件的法人经营公共数据的行为。推进授权运营。")
            .pass("用能监测分析平台（以下简称“用能大脑”）。建设“用能大脑”")
            .pass("推进三医联动（医保、医疗、医药协同发展和治理）");
    }

    #[test]
    fn sentences_and_glossaries_that_say_what_it_is_explain_it() {
        check::<UndefinedTerm>(DICTIONARY)
            .pass("货物从境外进入特区免于申报，即“一线放开”。实行一线放开。")
            .pass("货物从境外进入特区免于申报。这就是“一线放开”。实行一线放开。")
            .pass("“三张清单”包括重大需求清单、应用需求清单和改革任务清单。")
            .pass("推进“三张清单”建设，包括重大需求清单、应用需求清单和改革任务清单。")
            .pass("落实“双百行动”，即一百个项目、一百家企业。")
            .pass("完善元数据。\n\n## 名词解释\n\n1. 元数据：描述数据的数据。")
            .pass("完善元数据。\n\n做好工作。\n\n本方案所称的元数据，是关于数据的数据。")
            .pass("采用同态加密。\n\n| 中文术语 | 术语解释 |\n|---|---|\n| 同态加密（HE） | 密文计算 |")
            .pass("推行“免申即享”，符合条件的企业免予申报、直接享受政策。")
            .pass("推行“一址多照”改革，即同一地址登记多个市场主体。")
            .pass("保洁做到“三无三净”，无纸屑、无积水、无粪便，路面净、墙面净、门前净。")
            .fail("保洁做到“«三无三净»”，无纸屑、无积水，路面净、墙面净。")
            .fail("推进“«三张清单»”，即将启动。")
            .fail("采用«同态加密»。\n\n| 术语编号 | 备注 |\n|---|---|\n| 同态加密 | 对密文直接计算 |")
            .fail("推行«云原生»。\n\n## 重点任务\n\n1. 云原生：由县数据局牵头落实。");
    }

    #[test]
    fn the_title_is_not_asked_to_explain_its_words() {
        check::<UndefinedTerm>(DICTIONARY)
            .pass("# 用能大脑建设方案\n\n按期完成。")
            .fail("# 用能大脑建设方案\n\n推进«用能大脑»建设。")
            .fail("# 建设方案\n\n按期完成。\n\n## «用能大脑»\n\n按期上线。");
    }

    #[test]
    fn what_only_the_initiated_take_for_common_is_asked_for() {
        let rule = check::<UndefinedTerm>(DICTIONARY);
        let severity = |text: &str| rule.lint(text)[0].severity;
        for text in ["推行“揭榜挂帅”机制。", "完善态势感知能力。", "推行同态加密。"]
        {
            assert_eq!(severity(text), Severity::Warning, "{text}");
        }
    }

    #[test]
    fn what_everybody_knows_or_a_dictionary_has_is_left_alone() {
        check::<UndefinedTerm>(DICTIONARY)
            .pass("“十四五”时期，推进“互联网+政务服务”和“最多跑一次”改革，赋能基层，形成闭环")
            .pass("运用大数据、云计算、人工智能，完善监测预警")
            .pass("建设城市大脑，推广杭州城市大脑经验")
            .pass("落实“一楼一档”，推进“跨省通办”")
            .pass("按照《关于建设“用能大脑”的通知》执行")
            .pass("落实“谁产生、谁负责”的责任")
            .pass("共3+5=8项，第三百一十五条")
            .pass("智慧交通、数字金融、公共服务平台")
            .pass("拨打“12369”热线，“120”“122”联动；“999”为红十字会的呼叫号码");
    }

    #[test]
    fn pieces_of_longer_words_are_left_alone() {
        check::<UndefinedTerm>(DICTIONARY)
            .pass("民办学校变更学校地址，应当备案")
            .pass("医学研究机构，非物质文化遗产学校")
            .pass("终止其数据使用权限")
            .pass("危险化学品码头，驻京办事机构")
            .pass("应当使用标准地名")
            .fail("提升«边缘计算»能力");
    }

    #[test]
    fn the_beginning_of_a_longer_expression_is_not_reported_beside_it() {
        check::<UndefinedTerm>(DICTIONARY)
            .fail("建设«概念验证中心»，为成果转化提供概念验证服务。")
            .fail("建设«概念验证中心»。为成果转化提供«概念验证»服务。")
            .fail("建设企业«可信数据空间»，探索跨境«数据空间»。");
    }

    #[test]
    fn a_name_given_on_the_spot_is_explained() {
        check::<UndefinedTerm>(DICTIONARY).pass("提供数据的部门核对结果，并将其作为数源部门。");
    }

    #[test]
    fn the_finding_is_at_the_first_use_with_the_others_beside_it() {
        let found =
            check::<UndefinedTerm>(DICTIONARY).lint("建设“用能大脑”。\n\n用能大脑上线后，用能大脑试运行。");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].related.len(), 2);
        let help = &found[0].help.whole(Lang::Zh).unwrap();
        for part in ["带引号", "出现3次", "现有法规语料中没有出现过", "“城市大脑”（词典）", "[terms] allow"]
        {
            assert!(help.contains(part), "{help}");
        }
    }

    #[test]
    fn quoted_coinages_are_hints_and_rhetoric_is_silent() {
        let found = check::<UndefinedTerm>(DICTIONARY).lint("打造“整体协同、唯实惟先”的现代政府");
        assert_eq!(found.iter().map(|one| one.severity).collect::<Vec<_>>(), [Severity::Info]);
        check::<UndefinedTerm>(DICTIONARY).pass("让企业“少跑腿”，解决“不敢贷”问题");
    }
}
