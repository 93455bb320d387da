//! Flags expressions that a reader outside the office would need explained and that nothing explains.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;
use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::jargon::{Candidate, Family};
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::{Text, quoted};

use super::defined_but_unused::is_terminology;
use super::reporting::{self, Audience};

/// Jargon that no loaded dictionary has and the document does not explain.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UndefinedTerm {
    /// 读者是谁：public（大众，行业和全国通用的术语也提示）、officials（其他地方的机关干部，缺省）、trade（同行） || Who reads it: public (terms of trades and of national policy are hinted at, too), officials (of other places, the default), trade (colleagues)
    pub audience: Audience,
    /// 低于此分（0 到 1）的不报告；缺省 0，即按内置的分界 || Leave out what scores below this (0 to 1); by default 0, the built-in limit
    #[schemars(range(min = 0.0, max = 1.0))]
    pub min_score: f64,
}

/// Warnings in one document; what is less sure is hints. No labelled document has more opaque expressions, and a wall of
/// warnings is read by nobody: work reports of cities have forty.
const MOST_WARNINGS: usize = 7;

impl UndefinedTerm {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "undefined-term",
        name: ("没有解释的说法", "Unexplained expression"),
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
        let warned = reporting::surest(cx, |family| family != Family::Letters, MOST_WARNINGS);
        let title = reporting::title(cx);
        for candidate in cx.candidates() {
            if candidate.family != Family::Letters
                && candidate.confidence >= self.audience.least()
                && candidate.score >= self.min_score
                && !cx.is_defined_elsewhere(&candidate.text)
            {
                // A title cannot explain its words; the text below it can.
                let Some(finding) = finding(cx, candidate, &title) else { continue };
                // In a glossary the words of the trade are at home.
                let is_glossary = *is_glossary.get_or_insert_with(|| is_terminology(cx));
                let is_hint = is_glossary || !warned.contains(&candidate.text.as_str());
                sink.report(if is_hint { finding.severity(Severity::Info) } else { finding });
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
    use std::sync::Arc;

    use zhengming_terms::dictionary::Dictionary;

    use super::*;
    use crate::testing::{Check, check};
    use zhengming_text::message::Lang;

    const DICTIONARY: &str = r#"
        [dictionary]
        id = "d"
        title = "词典"
        [[concept]]
        term = "城市大脑"
        definition = "城市治理的中枢。"
    "#;

    /// The findings for these readers.
    fn told(audience: Audience, text: &str) -> Vec<(String, Severity)> {
        let dictionary = Dictionary::from_toml("test.toml", DICTIONARY).unwrap();
        let rule = UndefinedTerm { audience, ..UndefinedTerm::default() };
        let found = Check::new(vec![Arc::new(dictionary)], vec![Box::new(rule)]).lint(text);
        found
            .iter()
            .map(|one| (one.message.zh.split(['“', '”']).nth(1).unwrap().to_owned(), one.severity))
            .collect()
    }

    #[test]
    fn codes_and_slogans_that_count_are_found() {
        check::<UndefinedTerm>(DICTIONARY)
            .fail("构建“«五横四纵»”标准体系，完善“«六横三纵»”布局")
            .fail("聚焦“«三高四新»”，实施“«七优享»”工程")
            .fail("按照“«1+5+2»”架构推进，建立«3+X»机制")
            .fail("发展«415X»产业集群")
            .fail("培育«４１５Ｘ»企业")
            .fail("落实省委“«1310»”部署，推行“«五专»”服务")
            .fail("打造«“33618”现代制造业集群体系»，升级数据产业");
    }

    #[test]
    fn blends_and_clipped_lists_are_found() {
        check::<UndefinedTerm>(DICTIONARY)
            .fail("推进“«星箭场用»”一体发展，完善“«采洗标测用»”工具链")
            .fail("建立“«警媒企社»”会商机制");
    }

    #[test]
    fn what_two_provinces_use_or_common_words_make_up_is_no_warning() {
        check::<UndefinedTerm>(DICTIONARY)
            .pass("培育专精特新企业，深化放管服改革，建设数字孪生城市，实施“东数西算”工程")
            .pass("开展授权运营试点，推行“揭榜挂帅”机制，完善态势感知能力，推行同态加密")
            .pass("建设“城市+社区”综合体，推广“人工智能+医疗健康”“产品+服务”模式")
            .pass("打造“掌上社区”，推动“数字信访”建设，做到“一图统览”")
            .pass("落实“四个革命、一个合作”能源安全新战略")
            .pass("“8·22”重大垮塌事故应急救援处置有效，兜牢基层“三保”底线")
            .pass("建成“疆电入渝”工程，推进“西菜东运”工程")
            .pass("依托“鲁惠通”“鲁企帮”等政策服务平台，完善服务");
    }

    #[test]
    fn the_public_is_told_of_what_trades_and_the_nation_know() {
        let text = "推行同态加密，落实“1+5+2”架构。";
        let both = [("同态加密".to_owned(), Severity::Info), ("1+5+2".to_owned(), Severity::Warning)];
        assert_eq!(told(Audience::Public, text), both);
        assert_eq!(told(Audience::Officials, text), both[1..]);
    }

    #[test]
    fn a_glossary_is_only_given_hints() {
        let rule = check::<UndefinedTerm>(DICTIONARY);
        let severity = |text: &str| rule.lint(text)[0].severity;
        assert_eq!(severity("# 常用名词解释\n\n推进“1+5+2”架构。"), Severity::Info);
        assert_eq!(severity("# 工作方案\n\n推进“1+5+2”架构。"), Severity::Warning);
    }

    #[test]
    fn what_the_document_explains_is_left_alone() {
        check::<UndefinedTerm>(DICTIONARY)
            .pass("“五横四纵”，是指五个层级和四个领域的标准。建设“五横四纵”体系")
            .pass("以“1+3+X”为总体架构，构建1个平台、3大体系和若干应用")
            .pass("用能监测分析平台（以下简称“溪能达”）。建设“溪能达”机制")
            .pass("推进“三园联动”（园区、校区、社区协同发展和治理）机制")
            .pass("落实“1310”部署。\n\n“1”个总目标。\n\n“3”项改革。\n\n“10”方面任务。")
            .pass("实施“135”行动。“1”个平台统管，“3”级联动，“5”大场景应用。")
            .pass("加大银行卡、通信卡“两卡”融合推广。")
            .pass("推行“三专”服务。一是专人。二是专窗。三是专线。")
            .pass("推进“星箭场用”。\n\n本方案所称的星箭场用，是指卫星、火箭、发射场和应用的全链条。")
            .fail("推行“«三专»”服务。一是专人。二是专窗。")
            .fail("落实“«1310»”部署。\n\n“1”个总目标。");
    }

    #[test]
    fn sentences_and_glossaries_that_say_what_it_is_explain_it() {
        check::<UndefinedTerm>(DICTIONARY)
            .pass("货物从境外进入特区免于申报，即“五专放开”。实行五专放开。")
            .pass("货物从境外进入特区免于申报。这就是“五专放开”。实行五专放开。")
            .pass("“三张单”包括重大需求清单、应用需求清单和改革任务清单。")
            .pass("推进“三张单”建设，包括重大需求清单、应用需求清单和改革任务清单。")
            .pass("落实“双百攻坚”，即一百个项目、一百家企业。")
            .pass("推行“五专”。\n\n| 中文术语 | 术语解释 |\n|---|---|\n| 五专 | 五项专门服务 |")
            .pass("保洁做到“三无三净”，无纸屑、无积水、无粪便，路面净、墙面净、门前净。")
            .fail("保洁做到“«三无三净»”，无纸屑、无积水，路面净、墙面净。")
            .fail("推进“«三张单»”，即将启动。");
    }

    #[test]
    fn the_title_is_not_asked_to_explain_its_words() {
        check::<UndefinedTerm>(DICTIONARY)
            .pass("# “1+5+2”建设方案\n\n按期完成。")
            .fail("# “1+5+2”建设方案\n\n推进“«1+5+2»”建设。")
            .fail("# 建设方案\n\n按期完成。\n\n## “«1+5+2»”\n\n按期上线。");
    }

    #[test]
    fn what_everybody_knows_or_a_dictionary_has_is_left_alone() {
        check::<UndefinedTerm>(DICTIONARY)
            .pass("“十四五”时期，推进“互联网+政务服务”和“最多跑一次”改革，赋能基层，形成闭环")
            .pass("运用大数据、云计算、人工智能，完善监测预警")
            .pass("建设城市大脑，推广杭州城市大脑经验")
            .pass("落实“一楼一档”，推进“跨省通办”")
            .pass("按照《关于建设“1+5+2”架构的通知》执行")
            .pass("落实“谁产生、谁负责”的责任，让企业“少跑腿”，解决“不敢贷”问题")
            .pass("共3+5=8项，第三百一十五条")
            .pass("智慧交通、数字金融、公共服务平台")
            .pass("拨打“12369”热线，“120”“122”联动；“999”为红十字会的呼叫号码");
    }

    #[test]
    fn pieces_of_longer_words_are_left_alone() {
        check::<UndefinedTerm>(DICTIONARY)
            .pass("民办学校变更学校地址，应当备案")
            .pass("医学研究机构，非物质文化遗产学校")
            .pass("危险化学品码头，驻京办事机构")
            .pass("型号DS415X2，合同415X-1号，图415X.png");
    }

    #[test]
    fn the_finding_is_at_the_first_use_with_the_others_beside_it() {
        let found = check::<UndefinedTerm>(DICTIONARY)
            .lint("我市实施“三高四新”机制。\n\n“三高四新”启动后，三高四新试运行。");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].related.len(), 2);
        let help = &found[0].help.whole(Lang::Zh).unwrap();
        for part in ["带引号", "出现3次", "没有第二个省份用过", "前面写明“我市”", "[terms] allow"]
        {
            assert!(help.contains(part), "{help}");
        }
    }
}
