//! Flags spellings that a dictionary lists as variants, and official terms in a deviating shape.

use std::cell::LazyCell;

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::facts::{Deviation, Mention};
use zhengming_reading::prose;
use zhengming_terms::dictionary::{Status, VariantFix, VariantKind};
use zhengming_terms::termbase::Role;
use zhengming_text::diagnostic::{Applicability, Severity};
use zhengming_text::fold::{self, is_quote};
use zhengming_text::message::{Text, quoted};

use super::{definition_line, is_elsewhere, judged, replace};
use crate::region::is_foreign;

/// Variants, and official terms in full width, other case or traditional
/// characters.
#[derive(Debug, Default)]
pub struct NonstandardVariant;

impl NonstandardVariant {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "nonstandard-variant",
        name: ("不规范用语", "Nonstandard term"),
        family: "variant",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: Some(Applicability::Safe),
        summary: ("不规范的异写、截短、旧称或近义替换", "a variant of an official term"),
        page: (include_str!("nonstandard_variant.md"), include_str!("nonstandard_variant.en.md")),
    };
}

impl Rule for NonstandardVariant {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let script = LazyCell::new(|| Script::of_document(cx));
        for mention in judged(cx) {
            if let Some(fault) = Fault::of(cx, mention).filter(|fault| fault.holds(cx, mention, &script)) {
                sink.report(finding(cx, mention, fault));
            }
        }
    }
}

/// What is wrong with a mention.
enum Fault {
    Variant(VariantKind, VariantFix),
    Shape(Deviation),
}

impl Fault {
    fn of(cx: &Context<'_>, mention: &Mention) -> Option<Self> {
        match &mention.spelling(cx.termbase()).role {
            Role::Variant { kind, fix, .. } => Some(Self::Variant(*kind, *fix)),
            Role::Designation { status: Status::Preferred | Status::Admitted, .. } => {
                mention.deviation.map(Self::Shape)
            }
            Role::Designation { status: Status::Deprecated | Status::Superseded, .. } => None,
        }
    }

    /// Whether it is one on the day of the document and where it is from: wording is free before the first
    /// standard that fixes it, and in another province; spelling never is.
    fn holds(
        &self,
        cx: &Context<'_>,
        mention: &Mention,
        script: &LazyCell<Script, impl FnOnce() -> Script>,
    ) -> bool {
        let concept = mention.spelling(cx.termbase()).concept;
        let before = &cx.block(mention).text()[..mention.range.start];
        match self {
            Self::Variant(kind, _) if !kind.is_misspelling() => {
                let clipped_word = *kind == VariantKind::Truncation && is_word(&cx.surface(mention));
                cx.is_in_force(concept)
                    && !is_elsewhere(before)
                    && !is_foreign(cx, concept)
                    && (!clipped_word || is_of_the_trade(cx, mention))
            }
            Self::Shape(Deviation::Traditional) => !script.is_traditional_around(&cx.surface(mention)),
            // Marks are the style of a dictionary.
            Self::Shape(Deviation::Unquoted) => !is_foreign(cx, concept),
            Self::Variant(..) | Self::Shape(_) => true,
        }
    }

    /// What kind of fault it is, as the first words of the explanation.
    fn explanation(&self) -> Text {
        let (zh, en) = match self {
            Self::Variant(VariantKind::Order, _) => ("语序与规范用语不同", "the order of its parts differs"),
            Self::Variant(VariantKind::Truncation, _) => ("是略写", "it is a truncated form"),
            Self::Variant(VariantKind::Addition, _) => ("多了字", "it has more characters"),
            Self::Variant(VariantKind::Homophone, _) => ("疑为音近致误", "probably a homophone"),
            Self::Variant(VariantKind::Shape, _) => ("疑为形近致误", "probably a look-alike character"),
            Self::Variant(VariantKind::Synonym, _) => {
                ("用了近义词替换", "a word was replaced by a near-synonym")
            }
            Self::Variant(VariantKind::OldName, _) => ("是旧称", "it is an old name"),
            Self::Variant(VariantKind::Punctuation, _) => ("标点与规范用语不同", "its punctuation differs"),
            Self::Shape(Deviation::Unquoted) => {
                ("少了名称里的引号", "the quotation marks of the name are missing")
            }
            Self::Variant(VariantKind::Traditional, _) | Self::Shape(Deviation::Traditional) => {
                ("用了繁体字", "it has traditional characters")
            }
            Self::Variant(VariantKind::Width, _) | Self::Shape(Deviation::Width) => {
                ("用了全角字母或数字", "it has full-width letters or digits")
            }
            Self::Variant(VariantKind::Case, _) | Self::Shape(Deviation::Case) => {
                ("字母大小写与规范用语不同", "its letter case differs")
            }
            Self::Variant(VariantKind::Other, _) => ("", ""),
        };
        Text::new(zh, en)
    }

    fn applicability(&self) -> Option<Applicability> {
        match self {
            // Marks are the style of a dictionary; many write the words without them.
            Self::Shape(Deviation::Unquoted) => Some(Applicability::Suggestion),
            Self::Shape(_) | Self::Variant(_, VariantFix::Safe) => Some(Applicability::Safe),
            Self::Variant(_, VariantFix::Suggest) => Some(Applicability::Suggestion),
            Self::Variant(_, VariantFix::None) => None,
        }
    }
}

/// Whether a truncated term is an ordinary word as well: 驾驶舱, of which every aeroplane has one.
fn is_word(surface: &str) -> bool {
    crate::builtin_lexicon().frequency(surface).is_some()
}

/// Words in whose company, within one sentence, an ordinary word is the truncated term of digital government. Of nine
/// places in policies of 2023–2026 the two about systems have one, the seven about vehicles and simulators none.
const TRADE: [&str; 12] =
    ["数据", "数字", "大屏", "指标", "平台", "治理", "决策", "领导", "政务", "看板", "一屏", "指挥"];

/// Whether the sentence speaks of digital government: marks around the word, the whole term, or a word of the trade.
fn is_of_the_trade(cx: &Context<'_>, mention: &Mention) -> bool {
    let text = cx.block(mention).text();
    let marked =
        text[mention.range.range()].starts_with(is_quote) || text[..mention.range.start].ends_with(is_quote);
    let concept = mention.spelling(cx.termbase()).concept;
    let sentence = &text[prose::sentence_around(text, mention.range).range()];
    let has_term = || {
        let mut others = cx.facts().mentions_of(concept);
        others.any(|other| other.spelling(cx.termbase()).role.is_allowed())
    };
    marked || TRADE.iter().any(|word| sentence.contains(word)) || has_term()
}

/// How many Chinese characters there are, and how many of them have a simplified form.
#[derive(Clone, Copy)]
struct Script {
    all: usize,
    traditional: usize,
}

impl Script {
    fn of(text: &str) -> Self {
        let han = || text.chars().filter(|c| fold::is_han(*c));
        Self { all: han().count(), traditional: han().filter(|c| fold::simplified(*c).is_some()).count() }
    }

    fn of_document(cx: &Context<'_>) -> Self {
        cx.document().blocks().map(|block| Self::of(block.text())).fold(
            Self { all: 0, traditional: 0 },
            |sum, one| Self { all: sum.all + one.all, traditional: sum.traditional + one.traditional },
        )
    }

    /// Whether the document is written in traditional characters throughout, and the term `own` with it. Of the
    /// characters of such a text a third have a simplified form; an eighth is more than a few names bring into another.
    fn is_traditional_around(self, own: &str) -> bool {
        let own = Self::of(own);
        let (all, traditional) = (self.all - own.all, self.traditional - own.traditional);
        traditional > 1 && traditional * 8 >= all
    }
}

fn finding(cx: &Context<'_>, mention: &Mention, fault: Fault) -> Finding {
    let spelling = mention.spelling(cx.termbase());
    let surface = cx.surface(mention);
    // Another shape of an admitted name is mended to that name, not to the preferred one.
    let preferred = match fault {
        Fault::Shape(_) => spelling.text.as_str(),
        Fault::Variant(..) => cx.preferred(spelling.concept),
    };
    // A name with marks of its own is shown as the fix writes it.
    let right = if preferred.contains('“') { preferred.to_owned() } else { quoted(preferred) };
    let wrong = quoted(&surface);
    let explanation = fault.explanation();
    let message = Text::new(
        format!("{wrong}不是规范用语{}{}", if explanation.zh.is_empty() { "" } else { "，" }, explanation.zh),
        format!(
            "`{surface}` is not the standard term{}{}",
            if explanation.en.is_empty() { "" } else { ": " },
            explanation.en
        ),
    );
    let label = Text::new(format!("应为{right}"), format!("the standard term is `{preferred}`"));
    let mut finding =
        Finding::new(mention.block, mention.range, message, label).concept(cx.concept_ref(spelling.concept));
    let listed = cx.termbase().dictionaries()[spelling.dictionary].cite(None);
    finding = finding.basis(match definition_line(cx, spelling.concept) {
        Some(line) => line,
        None => Text::new(format!("依据：{listed}"), format!("listed in {listed}")),
    });
    if let Some(fix) = fault.applicability().and_then(|wanted| replace(cx, mention, preferred, wanted)) {
        finding = finding.fix(fix);
    }
    finding
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
        term = "一体化智能化公共数据平台"
        clause = "3.1.1"
        definition = "省域治理的基础平台。"
        variants = [{ surface = "公共数据平台", kind = "truncation", fix = "suggest" }]
        [[concept]]
        term = "浙政钉"
        variants = [{ surface = "浙政盯", kind = "homophone", fix = "safe" }]
        [[concept]]
        term = "V字模型"
        [[concept]]
        term = "数字政府"
        [[concept]]
        term = "教育“一张图”"
        variants = [{ surface = "教育一张图", kind = "punctuation", fix = "safe" }]
        [[concept]]
        term = "管理驾驶舱"
        deprecated = ["领导驾驶舱"]
        variants = [{ surface = "驾驶舱", kind = "truncation", fix = "suggest", unless = ["客机"] }]
    "#;

    #[test]
    fn variants_are_flagged_and_the_terms_that_contain_them_are_not() {
        check::<NonstandardVariant>(DICTIONARY)
            .pass("依托一体化智能化公共数据平台建设")
            .pass("**一体化智能化**\n公共数据平台")
            .pass("一体化智能化\u{200b}公共数据平台")
            .fail("依托省市两级«公共数据平台»建设")
            .fail("«浙政盯»和«公共\n数据平台»")
            .fail("一体化智能化公共数据平台、«公共数据平台»");
    }

    #[test]
    fn what_is_named_quoted_or_code_is_not_flagged() {
        check::<NonstandardVariant>(DICTIONARY)
            .pass("按照《公共数据平台建设规范》执行")
            .pass("原称“公共数据平台”的，不再沿用")
            .pass("调用 `浙政盯` 接口")
            .pass("见 https://example.gov.cn/浙政盯/api。")
            .pass("一体化智能化公共数据平台（以下简称公共数据平台）建成，公共数据平台运行")
            .pass("本办法所称公共数据平台，是指数据枢纽。公共数据平台由市局管理。")
            .fail("«公共数据平台»先建成。一体化智能化公共数据平台（以下简称公共数据平台）");
    }

    #[test]
    fn shape_is_told_from_wording() {
        check::<NonstandardVariant>(DICTIONARY)
            .fail("按«Ｖ字模型»和«v字模型»")
            .fail("建设«數字政府»")
            .fail("参考«教育一张图»")
            .pass("参考教育“一张图”")
            .pass("按V字模型")
            .pass("通过浙\n政钉和浙 政 钉");
    }

    #[test]
    fn another_shape_of_an_admitted_name_stays_that_name() {
        let dictionary = DICTIONARY
            .replace(r#"term = "数字政府""#, "term = \"数字政府\"\n        admitted = [\"政务APP\"]");
        check::<NonstandardVariant>(&dictionary).fix("上线政務app", "上线政务APP");
    }

    #[test]
    fn a_definition_does_not_make_a_misspelling_right() {
        check::<NonstandardVariant>(DICTIONARY).fail("“«浙政盯»”是指移动办公平台。用«浙政盯»办公。");
    }

    #[test]
    fn an_official_term_goes_before_a_variant_of_equal_length() {
        let dictionary = DICTIONARY.replace(
            r#"surface = "公共数据平台", kind = "truncation""#,
            r#"surface = "政府数字", kind = "order""#,
        );
        check::<NonstandardVariant>(&dictionary).pass("建设政府数字政府");
    }

    #[test]
    fn company_shows_another_sense() {
        check::<NonstandardVariant>(DICTIONARY)
            .pass("民航客机驾驶舱应当配备定位机")
            .pass("研制模拟驾驶舱和地铁列车驾驶舱。")
            .fail("司法行政“«驾驶舱»”上线。")
            .fail("大屏«驾驶舱»和领导驾驶舱");
    }

    #[test]
    fn fixes_keep_markup_and_line_breaks() {
        check::<NonstandardVariant>(DICTIONARY)
            .fix("用浙政盯办公", "用浙政钉办公")
            .fix("用浙\n政盯办公", "用浙\n政钉办公")
            .fix("用浙政**盯**办公", "用浙政**钉**办公")
            .fix("按Ｖ字模型、v字模型", "按V字模型、V字模型")
            .fix("参考“教育一张图”", "参考“教育‘一张图’”")
            .fix("> 用浙政盯办公", "> 用浙政盯办公")
            .fix("“浙政盯”上线", "“浙政钉”上线")
            .fix("他说：“我们要用好浙政盯，人人都要会用。”", "他说：“我们要用好浙政盯，人人都要会用。”")
            .fix("依托公共数据平台", "依托公共数据平台");
    }

    #[test]
    fn a_replacement_never_repeats_what_stands_before() {
        let rule = check::<NonstandardVariant>(DICTIONARY);
        assert!(rule.lint("建设一体化的公共数据平台")[0].fixes.is_empty());
        // A near miss of the whole term, which another rule mends.
        assert!(rule.lint("建设一体化智能公共数据平台").is_empty());
        assert_eq!(rule.lint("建设市级公共数据平台")[0].fixes.len(), 1);
        assert!(rule.lint("公共数据平台与一体化智能化公共数据平台衔接")[0].fixes.is_empty());
    }

    #[test]
    fn other_provinces_have_platforms_of_their_own() {
        check::<NonstandardVariant>(DICTIONARY)
            .pass("对接江苏省公共数据平台和国家公共数据平台")
            .pass("建成全国公共数据平台，打通各省公共数据平台和外省公共数据平台")
            .fail("依托全省«公共数据平台»办理。\n\n接入全市«公共数据平台»")
            .fail("江苏省«浙政盯»");
    }

    #[test]
    fn wording_is_judged_by_the_standard_of_its_day() {
        let dictionary =
            DICTIONARY.replace("title = \"词典\"", "title = \"词典\"\n        effective = \"2021-08-05\"");
        check::<NonstandardVariant>(&dictionary)
            .pass("---\ndate: 2020-12-24\n---\n\n依托公共数据平台")
            .fail("---\ndate: 2020-12-24\n---\n\n使用«浙政盯»")
            .fail("---\ndate: 2021-08-05\n---\n\n依托«公共数据平台»");
    }

    #[test]
    fn messages_quote_the_text_and_cite_the_entry() {
        let found = check::<NonstandardVariant>(DICTIONARY).lint("依托公共\n数据平台");
        assert_eq!(found[0].message.zh, "“公共数据平台”不是规范用语，是略写");
        assert_eq!(found[0].label.zh, "应为“一体化智能化公共数据平台”");
        assert_eq!(found[0].help.whole(Lang::Zh).unwrap(), "DB33/T 1—2021，3.1.1：“省域治理的基础平台。”");
        let unsourced = check::<NonstandardVariant>(DICTIONARY).lint("浙政盯");
        assert_eq!(unsourced[0].help.whole(Lang::En).unwrap(), "listed in DB33/T 1—2021");
    }
}
