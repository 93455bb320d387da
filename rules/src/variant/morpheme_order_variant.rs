//! Flags terms whose characters or words stand in another order.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_terms::near_miss::Change;
use zhengming_text::diagnostic::{Applicability, Severity};
use zhengming_text::message::{Text, quoted};

use super::near_miss_term::{finding, is_in_use};
use super::near_names::{Disordered, disordered};

/// The same parts as a term, two neighbours swapped.
#[derive(Debug, Default)]
pub struct MorphemeOrderVariant;

impl MorphemeOrderVariant {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "morpheme-order-variant",
        name: ("词序颠倒", "Words in another order"),
        family: "variant",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: Some(Applicability::Suggestion),
        summary: ("词序或字序与某个术语不同", "the parts of an official term in another order"),
        page: (include_str!("morpheme_order_variant.md"), include_str!("morpheme_order_variant.en.md")),
    };
}

impl Rule for MorphemeOrderVariant {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let near_misses = cx.facts().near_misses().iter();
        for near in near_misses.filter(|near| near.exemption.is_none() && near.change == Change::Swapped) {
            if !is_in_use(cx, near) {
                sink.report(finding(cx, near));
            }
        }
        for name in disordered(cx) {
            sink.report(out_of_order(&name));
        }
    }
}

/// 关键基础信息设施, which every law calls 关键信息基础设施.
fn out_of_order(name: &Disordered) -> Finding {
    let right: String = name.standing.name.iter().collect();
    let (a, b) = (quoted(&name.surface), quoted(&right));
    let message = Text::new(
        format!("{a}疑为{b}之误：词序颠倒"),
        format!("`{}` looks like a slip for `{right}`: two words changed places", name.surface),
    );
    let label = Text::new(format!("应为{b}？"), format!("`{right}`?"));
    let used = name.standing.documents.map(|documents| {
        Text::new(
            format!("三万份公文里{documents}份写{b}，没有一份写{a}"),
            format!("of 30,000 official documents {documents} have `{right}` and none `{}`", name.surface),
        )
    });
    let law = name.standing.law.map(|law| Text::new(format!("{law}用{b}"), format!("{law} has `{right}`")));
    let way_out = Text::new(
        "指别的事物的，请写明全称或定义",
        "if something else is meant, write its full name or define it",
    );
    let parts: Vec<Text> = law.into_iter().chain(used).chain([way_out]).collect();
    let zh = parts.iter().map(|part| part.zh.as_str()).collect::<Vec<_>>().join("。");
    let en = parts.iter().map(|part| part.en.as_str()).collect::<Vec<_>>().join(". ");
    Finding::new(name.block, name.range, message, label).help(Text::new(zh, en)).key(&name.surface)
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
        term = "多跨应用场景"
        definition = "跨业务的应用场景。"
        [[concept]]
        term = "多跨场景"
        definition = "多跨应用场景的简称。"
        [[concept]]
        term = "数字养老驾驶舱应用"
        definition = "综合反映养老态势的应用。"
        [[concept]]
        term = "数据共享"
        definition = "使用其他机构数据的行为。"
    "#;

    #[test]
    fn swapped_words_and_characters_are_found() {
        check::<MorphemeOrderVariant>(DICTIONARY)
            .fail("打造«多跨场景应用»")
            .fail("梳理«跨多场景»清单")
            .fail("上线«养老数字驾驶舱应用»");
    }

    #[test]
    fn the_order_of_a_law_counts_from_its_day() {
        check::<MorphemeOrderVariant>(DICTIONARY)
            .fail("---\ndate: 2024-05-20\n---\n\n推进数据«分级分类»管理。")
            .pass("---\ndate: 2019-05-20\n---\n\n推进数据分级分类管理。")
            .pass("---\ndate: 2024-05-20\n---\n\n推进垃圾分级分类处理。");
    }

    #[test]
    fn two_words_that_may_stand_either_way_are_left_alone() {
        check::<MorphemeOrderVariant>(DICTIONARY)
            .pass("共享数据和资源")
            .pass("打造多跨应用场景")
            .pass("按《多跨场景应用管理办法》");
    }
}
