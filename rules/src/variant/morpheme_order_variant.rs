//! Flags terms whose characters or words stand in another order.

use zhengming_lint::rule::{Context, Rule, RuleMeta, Sink};
use zhengming_terms::near_miss::Change;
use zhengming_text::diagnostic::{Applicability, Severity};

use super::near_miss_term::finding;

/// The same parts as a term, two neighbours swapped.
#[derive(Debug, Default)]
pub struct MorphemeOrderVariant;

impl MorphemeOrderVariant {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "morpheme-order-variant",
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
            sink.report(finding(cx, near));
        }
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
    fn two_words_that_may_stand_either_way_are_left_alone() {
        check::<MorphemeOrderVariant>(DICTIONARY)
            .pass("共享数据和资源")
            .pass("打造多跨应用场景")
            .pass("按《多跨场景应用管理办法》");
    }
}
