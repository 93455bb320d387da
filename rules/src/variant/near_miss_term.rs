//! Flags what is listed nowhere and yet is one slip away from an official term.

use schemars::JsonSchema;
use serde::Deserialize;
use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::facts::NearMiss;
use zhengming_terms::near_miss::Change;
use zhengming_text::confusion::Likeness;
use zhengming_text::diagnostic::{Applicability, Fix, Severity};
use zhengming_text::fold;
use zhengming_text::message::{Text, quoted};

use super::definition_line;
use crate::region::is_foreign;

/// One or two characters, or one word, replaced, added or missing in a term of at least four characters.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct NearMissTerm {
    /// 最多差几个字：1 只报差一个字的，2 连同差两个字或一个词的 || How many characters may differ: 1, or 2 (two characters, or one word)
    #[schemars(range(min = 1, max = 2))]
    pub max_distance: u8,
}

impl Default for NearMissTerm {
    fn default() -> Self {
        Self { max_distance: 2 }
    }
}

impl NearMissTerm {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "near-miss-term",
        name: ("疑似笔误", "Likely slip"),
        family: "variant",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: Some(Applicability::Suggestion),
        summary: ("与某个术语只差一两个字，疑为笔误", "one slip away from an official term"),
        page: (include_str!("near_miss_term.md"), include_str!("near_miss_term.en.md")),
    };
}

impl Rule for NearMissTerm {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let near_misses = cx.facts().near_misses().iter();
        let slips = near_misses.filter(|near| near.exemption.is_none() && near.change != Change::Swapped);
        for near in slips.filter(|near| distance(&near.change) <= usize::from(self.max_distance)) {
            // What sounds or looks alike is a slip anywhere; another word is the wording of another province.
            let is_slip = matches!(near.change, Change::Alike(..))
                || (!is_foreign(cx, near.concept) && !is_in_use(cx, near));
            if is_slip {
                sink.report(finding(cx, near));
            }
        }
    }
}

/// Whether two provinces or more write what was found, which makes it a wording and no slip: 分级分类.
pub(super) fn is_in_use(cx: &Context<'_>, near: &NearMiss) -> bool {
    let surface = fold::key(&cx.surface_at(cx.block_at(near.block), near.range));
    cx.facts().knowledge().jargon().is_some_and(|jargon| jargon.provinces(&surface) > 0)
}

/// How many characters differ.
fn distance(change: &Change) -> usize {
    match change {
        Change::Swapped => 1,
        Change::Alike(_, found, meant) | Change::Replaced(found, meant) => {
            found.chars().count().max(meant.chars().count())
        }
        Change::Added(text) | Change::Missing(text) => text.chars().count(),
    }
}

/// The finding for a near miss, also of [`super::MorphemeOrderVariant`].
pub(super) fn finding(cx: &Context<'_>, near: &NearMiss) -> Finding {
    let block = cx.block_at(near.block);
    let surface = cx.surface_at(block, near.range);
    let preferred = cx.preferred(near.concept);
    let (wrong, right) = (quoted(&surface), quoted(preferred));
    let explanation = explanation(&near.change);
    let message = Text::new(
        format!("{wrong}疑为{right}之误：{}", explanation.zh),
        format!("`{surface}` looks like a slip for `{preferred}`: {}", explanation.en),
    );
    let label = Text::new(format!("应为{right}？"), format!("`{preferred}`?"));
    let way_out = Text::new(
        "指别的事物的，请写明全称或定义",
        "if something else is meant, write its full name or define it",
    );
    let help = match definition_line(cx, near.concept) {
        None => way_out,
        Some(line) => {
            Text::new(format!("{}。{}", line.zh, way_out.zh), format!("{}. {}", line.en, way_out.en))
        }
    };
    let finding =
        Finding::new(near.block, near.range, message, label).help(help).concept(cx.concept_ref(near.concept));
    match cx.edits(block, near.range, preferred) {
        None => finding,
        Some(edits) => finding.fix(Fix {
            title: Text::new(format!("改为{right}"), format!("replace with `{preferred}`")),
            applicability: Applicability::Suggestion,
            edits,
        }),
    }
}

fn explanation(change: &Change) -> Text {
    match change {
        Change::Alike(Likeness::Sound, found, meant) => {
            Text::new(format!("“{found}”与“{meant}”音近"), format!("`{found}` sounds like `{meant}`"))
        }
        Change::Alike(Likeness::Shape, found, meant) => {
            Text::new(format!("“{found}”与“{meant}”形近"), format!("`{found}` looks like `{meant}`"))
        }
        Change::Swapped => Text::new("字序颠倒", "two characters changed places"),
        Change::Replaced(found, meant) => {
            Text::new(format!("“{meant}”写成了“{found}”"), format!("`{found}` in place of `{meant}`"))
        }
        Change::Added(added) => Text::new(format!("多了“{added}”"), format!("`{added}` was added")),
        Change::Missing(missing) => Text::new(format!("少了“{missing}”"), format!("`{missing}` is missing")),
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
        term = "一体化智能化公共数据平台"
        definition = "省域治理的基础平台。"
        [[concept]]
        term = "系统重构"
        definition = "结构性改造。"
        [[concept]]
        term = "数据共享"
        definition = "使用其他机构数据的行为。"
        [[concept]]
        term = "数字化改革门户"
        definition = "总入口。"
        [[concept]]
        term = "未来社区智慧服务平台"
        definition = "面向单体项目的平台。"
        [[concept]]
        term = "党政机关整体智治"
        definition = "一项数字化改革。"
    "#;

    #[test]
    fn slips_of_sound_and_shape_are_found_in_short_terms() {
        check::<NearMissTerm>(DICTIONARY)
            .fail("实施«系统重购»，不搞修修补补")
            .fail("推进«数据共亨»")
            .fail("推进«数剧\n共享»");
    }

    #[test]
    fn a_word_off_is_found_in_long_terms() {
        check::<NearMissTerm>(DICTIONARY)
            .fail("依托«一体化智能化公共服务平台»")
            .fail("建设«未来社区智能服务平台»")
            .fail("统一使用«数字改革门户»")
            .fail("登录«数字化改革总门户»");
    }

    #[test]
    fn ordinary_words_and_other_things_are_left_alone() {
        check::<NearMissTerm>(DICTIONARY)
            .pass("建设公共服务平台")
            .pass("推进数据共用、数据分享、数据共建")
            .pass("系统重复建设、系统重启")
            .pass("推进党政机关整体搬迁")
            .pass("未来社区教育服务平台")
            .pass("数字化改革专家")
            .pass("落实《数据共亨管理办法》")
            .pass("“数据共亨”一词系笔误");
    }

    #[test]
    fn the_message_says_what_kind_of_slip_it_is() {
        let found = check::<NearMissTerm>(DICTIONARY).lint("实施系统重购");
        assert_eq!(found[0].message.zh, "“系统重购”疑为“系统重构”之误：“购”与“构”音近");
        let found = check::<NearMissTerm>(DICTIONARY).lint("依托一体化智能化公共服务平台");
        assert!(found[0].message.zh.ends_with("“数据”写成了“服务”"), "{}", found[0].message.zh);
        assert_eq!(found[0].fixes[0].applicability, Applicability::Suggestion);
    }

    #[test]
    fn one_character_only_if_so_configured() {
        let strict = NearMissTerm { max_distance: 1 };
        let dictionary = zhengming_terms::dictionary::Dictionary::from_toml("test.toml", DICTIONARY).unwrap();
        crate::testing::Check::new(vec![std::sync::Arc::new(dictionary)], vec![Box::new(strict)])
            .fail("实施«系统重购»，不搞修修补补")
            .fail("统一使用«数字改革门户»")
            .pass("依托一体化智能化公共服务平台");
    }
}
