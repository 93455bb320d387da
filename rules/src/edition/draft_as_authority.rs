//! Flags drafts on which a document relies as if they were in force.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::citation::{Cited, Kind, Role};
use zhengming_terms::register::Standing;
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::{Text, ahead};

use super::{references, shown};
use zhengming_text::zh::mark;

/// 征求意见稿, 草案 and the like, cited as a basis.
#[derive(Debug, Default)]
pub struct DraftAsAuthority;

impl DraftAsAuthority {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "draft-as-authority",
        name: ("以征求意见稿为依据", "Draft as authority"),
        family: "edition",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: None,
        summary: ("以草案、征求意见稿为依据", "a draft cited as if it were in force"),
        page: (include_str!("draft_as_authority.md"), include_str!("draft_as_authority.en.md")),
    };
}

const DRAFTS: [&str; 7] = ["征求意见稿", "草案", "送审稿", "讨论稿", "报批稿", "审议稿", "修订稿征求意见稿"];
/// Words with which a document relies on another.
const RELIES: [&str; 12] =
    ["根据", "依据", "按照", "依照", "遵照", "执行", "落实", "贯彻", "参照", "符合", "遵循", "适用"];
/// Words that speak of the making of the draft.
const MAKING: [&str; 14] = [
    "征求", "起草", "审议", "印发", "形成", "修改", "公开", "发布", "编制", "制定", "研究", "讨论", "反馈",
    "提出",
];
/// Characters before the title in which such words count.
const REACH: usize = 16;

impl Rule for DraftAsAuthority {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        for cited in references(cx) {
            let citation = &cited.citation;
            let edition = citation.edition.as_deref().unwrap_or_default();
            if citation.kind == Kind::Title
                && DRAFTS.iter().any(|draft| edition.ends_with(draft))
                && (citation.clause.is_some() || citation.role == Role::Source || is_relied_upon(cx, cited))
            {
                sink.report(finding(cx, cited, edition));
            }
        }
    }
}

fn is_relied_upon(cx: &Context<'_>, cited: &Cited) -> bool {
    let text = cx.block_at(cited.block).text();
    let before = &text[..cited.citation.range.start];
    let clause = before.rsplit(mark::CLAUSE_ENDS).next().unwrap_or(before);
    let near: Vec<char> = clause.chars().rev().take(REACH).collect();
    let near: String = near.into_iter().rev().collect();
    let relies = RELIES.iter().filter_map(|word| near.rfind(word)).max();
    let after = text[cited.citation.range.end..].trim_start_matches(|c: char| "，（）()".contains(c));
    let made = MAKING.iter().any(|word| after.starts_with(word))
        || after.starts_with('的') && MAKING.iter().any(|word| after[3..].starts_with(word));
    relies.is_some_and(|at| !MAKING.iter().any(|word| near[at..].contains(word))) && !made
}

fn finding(cx: &Context<'_>, cited: &Cited, edition: &str) -> Finding {
    let citation = &cited.citation;
    let name = shown(citation);
    let message = Text::new(
        format!("{}是{edition}，不能作为依据", ahead(&name)),
        format!("{name} is a draft ({edition}) and no basis"),
    );
    let label = Text::new("未生效的文稿", "not in force");
    let enacted = cx.register().and_then(|register| {
        let standard = register.standard(&citation.series)?;
        let current = standard
            .editions
            .iter()
            .rev()
            .find(|one| register.standing_on(one, cx.as_of()) == Standing::Current)?;
        Some(format!("《{}》已正式发布（{}），请改引正式文本并核对条文；", standard.number, current.edition))
    });
    let help = Text::new(
        format!(
            "{}介绍征求意见情况的，请写明“征求意见”“起草”",
            enacted.unwrap_or_else(|| "请改引已经发布的正式文本；".to_owned())
        ),
        "cite the text that was enacted; if the draft itself is the subject, say so (征求意见, 起草)",
    );
    Finding::new(cited.block, citation.range, message, label).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    #[test]
    fn a_draft_is_no_basis_but_may_be_spoken_of() {
        check::<DraftAsAuthority>("[dictionary]\nid = \"d\"\ntitle = \"t\"")
            .fail("根据«《浙江省公共数据条例（草案）》»第三条")
            .fail("按照«《数据分类指南（征求意见稿）》»开展工作")
            .pass("现就《数据分类指南（征求意见稿）》公开征求意见")
            .pass("起草形成了《数据分类指南（征求意见稿）》")
            .pass("根据《浙江省公共数据条例》第三条")
            .pass("按照《公文处理办法（试行）》办理");
    }
}
