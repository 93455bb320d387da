//! Flags names of departments that are neither their full name nor their official short form.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::facts::Mention;
use zhengming_terms::dictionary::{Status, Subject, VariantFix};
use zhengming_terms::termbase::Role;
use zhengming_text::diagnostic::{Applicability, Fix, Severity};
use zhengming_text::document::BlockRef;
use zhengming_text::message::{Text, quoted};

use super::{is_elsewhere, is_history, is_quoted};
use crate::region::{is_foreign, other_provinces};

/// Names of the provincial departments of Zhejiang, judged by an authority file.
#[derive(Debug, Default)]
pub struct OrganizationNameVariant;

impl OrganizationNameVariant {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "organization-name-variant",
        name: ("机构名称不规范", "Name of an organisation"),
        family: "variant",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: Some(Applicability::Safe),
        summary: (
            "机构名称不是规定的全称或简称",
            "a department's name that is neither its full name nor its short form",
        ),
        page: (include_str!("organization_name_variant.md"), include_str!("organization_name_variant.en.md")),
    };
}

impl Rule for OrganizationNameVariant {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let suspects: Vec<&Mention> = cx.facts().mentions().iter().filter(|it| is_suspect(cx, it)).collect();
        if suspects.is_empty() {
            return;
        }
        // 省人社厅 is right in many another province; only a document about Zhejiang is judged.
        let is_of_zhejiang = cx.blocks().any(|block| block.text().contains("浙江"));
        for mention in suspects.into_iter().filter(|it| is_of_zhejiang || !is_provincial(cx, it)) {
            sink.report(finding(cx, mention));
        }
    }
}

fn is_suspect(cx: &Context<'_>, mention: &Mention) -> bool {
    let spelling = mention.spelling(cx.termbase());
    let wrong = match &spelling.role {
        Role::Variant { .. } | Role::Designation { status: Status::Deprecated, .. } => true,
        Role::Designation { status: Status::Superseded, since, .. } => {
            let before = matches!((since, cx.earliest()), (Some(since), Some(day)) if day < *since);
            // Laws and notices of before a reform are read everywhere, many of them without their head.
            let may_be_older = !is_provincial(cx, mention) && !is_dated(cx);
            !before && !may_be_older && !is_history(cx.block(mention).text(), mention.range, *since)
        }
        Role::Designation { .. } => false,
    };
    wrong
        && mention.exemption.is_none()
        && cx.termbase().concept(spelling.concept).subject == Subject::Organizations
        && !belongs_elsewhere(cx.block(mention), mention)
        && !is_foreign(cx, spelling.concept)
}

/// Whether the body is one of a province: its full name says so.
fn is_provincial(cx: &Context<'_>, mention: &Mention) -> bool {
    let concept = mention.spelling(cx.termbase()).concept;
    let full = &cx.termbase().concept(concept).preferred;
    other_provinces().chain(["浙江"]).any(|province| full.contains(province))
}

/// Whether the day of the document is known from its head or number, and not merely today.
fn is_dated(cx: &Context<'_>) -> bool {
    cx.document().date().is_some() || !cx.own_numbers().is_empty()
}

/// Whether the 省 that the name begins with is another province's, or no particular one's: the province
/// named last before it decides.
fn belongs_elsewhere(block: BlockRef<'_>, mention: &Mention) -> bool {
    let text = block.text();
    if !text[mention.range.range()].starts_with('省') {
        return false;
    }
    let before = &text[..mention.range.start];
    let home = before.rfind("浙江");
    let away = other_provinces().filter_map(|province| before.rfind(province)).max();
    is_elsewhere(before) || away > home
}

fn finding(cx: &Context<'_>, mention: &Mention) -> Finding {
    let spelling = mention.spelling(cx.termbase());
    let surface = cx.surface(mention);
    let full = cx.preferred(spelling.concept);
    let name = cx.termbase().name_for(spelling.concept, &surface, cx.as_of());
    let message = match &spelling.role {
        Role::Designation { status: Status::Superseded, .. } => {
            Text::new(format!("{}已更名", quoted(&surface)), format!("`{surface}` has been renamed"))
        }
        _ => Text::new(
            format!("{}不是规范的机构名称", quoted(&surface)),
            format!("`{surface}` is not the department's official name"),
        ),
    };
    let label = Text::new(format!("应为{}", quoted(name)), format!("the official form is `{name}`"));
    let source = cx.termbase().dictionaries()[spelling.dictionary].cite(None);
    let superseded = matches!(spelling.role, Role::Designation { status: Status::Superseded, .. });
    let (past_zh, past_en) = match superseded {
        true => ("；写的是更名以前的事，可写“原……”", "; write 原…… of the time before"),
        false => ("", ""),
    };
    let help = Text::new(
        format!("全称{}（{source}，本项目整理）{past_zh}", quoted(full)),
        format!("full name `{full}` ({source}, compiled by this project){past_en}"),
    );
    let finding = Finding::new(mention.block, mention.range, message, label)
        .help(help)
        .concept(cx.concept_ref(spelling.concept));
    let applicability = match spelling.role {
        Role::Variant { fix: VariantFix::None, .. } => return finding,
        Role::Variant { fix: VariantFix::Safe, .. } if !is_quoted(cx.block(mention), mention.range) => {
            Applicability::Safe
        }
        _ => Applicability::Suggestion,
    };
    match cx.edits(cx.block(mention), mention.range, name) {
        None => finding,
        Some(edits) => finding.fix(Fix {
            title: Text::new(format!("改为{}", quoted(name)), format!("replace with `{name}`")),
            applicability,
            edits,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    const DICTIONARY: &str = r#"
        [dictionary]
        id = "d"
        title = "机构名称表"
        layer = "overlay"
        subject = "organizations"
        [[concept]]
        term = "浙江省人力资源和社会保障厅"
        admitted = [{ text = "省人力社保厅", usage = "简称" }, { text = "省人力资源和社会保障厅", usage = "全称" }]
        variants = [
          { surface = "省人社厅", kind = "truncation", fix = "suggest" },
          { surface = "浙江人力资源和社会保障厅", kind = "truncation", fix = "safe" },
        ]
        [[concept]]
        term = "浙江省数据局"
        admitted = [{ text = "省数据局", usage = "简称" }]
        superseded = [{ text = "省大数据局", since = "2024-03-22" }]
    "#;

    #[test]
    fn unofficial_names_are_flagged_in_documents_about_zhejiang() {
        check::<OrganizationNameVariant>(DICTIONARY)
            .fail("浙江各市：由«省人社厅»牵头")
            .fail("浙江«省人社厅»印发通知")
            .pass("由省人社厅牵头")
            .pass("浙江与江苏省人社厅、各省人社厅会商")
            .pass("浙江、江西两省人社厅，江苏由省人社厅牵头")
            .pass("浙江省人力资源和社会保障厅（省人力社保厅）")
            .pass("浙江：按《省人社厅办事指南》办理");
    }

    #[test]
    fn what_begins_with_the_province_becomes_the_short_form() {
        let rule = check::<OrganizationNameVariant>(DICTIONARY);
        let fix = |text: &str| rule.lint(text)[0].fixes[0].edits[0].text.clone();
        assert_eq!(fix("浙江：由省人社厅牵头"), "省人力社保厅");
        assert_eq!(fix("由浙江人力资源和社会保障厅牵头"), "浙江省人力资源和社会保障厅");
    }

    #[test]
    fn a_renaming_counts_from_its_day() {
        check::<OrganizationNameVariant>(DICTIONARY)
            .pass("浙江省数据局（原省大数据局）负责，2022年省大数据局印发")
            .pass("---\ndate: 2022-04-12\n---\n\n浙江：省大数据局负责")
            .fail("---\ndate: 2024-05-20\n---\n\n浙江：«省大数据局»负责");
    }

    const CENTRAL: &str = r#"
        [dictionary]
        id = "d"
        title = "中央机构名称表"
        layer = "overlay"
        subject = "organizations"
        stop_compounds = ["环境保护部门"]
        [[concept]]
        term = "生态环境部"
        superseded = [{ text = "环境保护部", since = "2018-03-17" }]
        [[concept]]
        term = "应急管理部"
        variants = [{ surface = "国家应急部", kind = "addition", fix = "suggest" }]
    "#;

    #[test]
    fn central_bodies_are_judged_everywhere() {
        check::<OrganizationNameVariant>(CENTRAL)
            .fail("江苏：按照«国家应急部»的要求")
            .fail("---\ndate: 2024-05-20\n---\n\n报«环境保护部»备案")
            .pass("---\ndate: 2017-05-20\n---\n\n报环境保护部备案")
            .pass("报环境保护部备案")
            .pass("---\ndate: 2024-05-20\n---\n\n报环境保护部门备案，原环境保护部2016年印发");
    }

    #[test]
    fn the_year_in_its_own_number_bounds_the_day_of_a_standard() {
        check::<OrganizationNameVariant>(DICTIONARY)
            .pass("DB33/T 9001—2021\n\n浙江：省大数据局负责")
            .pass("# DB33/T 9001—2021 机关事务指南\n\n浙江：省大数据局负责")
            .fail("# 关于DB33/T 9001—2021的解读\n\n浙江：«省大数据局»负责")
            .pass(&format!(
                "浙江：省大数据局负责{}DB33/T 9001—2021\n\n5\n\n正文。",
                "\n\n正文。".repeat(30) + "\n\n"
            ))
            .fail(&format!(
                "浙江：«省大数据局»负责{}DB33/T 9001—2021\n\n正文。",
                "\n\n正文。".repeat(30) + "\n\n"
            ))
            .pass("DB33/T 9001—2024\n\n浙江：省大数据局负责")
            .fail("DB33/T 9001—2025\n\n浙江：«省大数据局»负责")
            .fail("按DB33/T 9001—2021执行。\n\n浙江：«省大数据局»负责")
            .fail("DB33/T 9001—2021\n\nGB/T 9002—2019\n\n浙江：«省大数据局»负责")
            .fail("---\ndate: 2024-05-20\n---\n\nDB33/T 9001—2021\n\n浙江：«省大数据局»负责");
    }
}
