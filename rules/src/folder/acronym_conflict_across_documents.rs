//! Flags acronyms that two documents of a folder expand differently.

use std::collections::{HashMap, HashSet};

use zhengming_lint::finding::{Finding, FolderPlace};
use zhengming_lint::folder::{Folder, FolderRule, FolderSink, grouped};
use zhengming_lint::rule::RuleMeta;
use zhengming_reading::summary::{Acronym, Summary};
use zhengming_terms::diff::similarity;
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold::canonical;
use zhengming_text::message::{Text, quoted};

/// One acronym, two expansions.
#[derive(Debug, Default)]
pub struct AcronymConflictAcrossDocuments;

impl AcronymConflictAcrossDocuments {
    /// What is the same for every folder.
    pub const META: RuleMeta = RuleMeta {
        id: "acronym-conflict-across-documents",
        name: ("文稿之间缩略语不一", "Documents expand an acronym differently"),
        family: "folder",
        severity: Severity::Warning,
        also: Some(Severity::Info),
        default: true,
        fix: None,
        summary: ("几份文稿对同一缩略语的解释不同", "documents of a folder expand one acronym differently"),
        page: (
            include_str!("acronym_conflict_across_documents.md"),
            include_str!("acronym_conflict_across_documents.en.md"),
        ),
    };
}

/// From here on, two expansions are two wordings of one thing; below, two things.
const ONE_THING: f64 = 0.3;

type Expanded<'a> = (&'a Summary, &'a Acronym);

impl FolderRule for AcronymConflictAcrossDocuments {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, folder: &Folder<'_>, sink: &mut FolderSink<'_>) {
        let all =
            folder.documents().flat_map(|document| document.acronyms.iter().map(move |it| (document, it)));
        for group in grouped(all, |(_, it)| it.acronym.to_ascii_uppercase()) {
            compare(&group, sink);
        }
    }
}

/// Reports the documents that depart from the expansion that most documents give.
fn compare<'a>(group: &[Expanded<'a>], sink: &mut FolderSink<'_>) {
    let expansions: Vec<String> = group.iter().map(|(_, it)| plain(&it.expansion)).collect();
    // What a folder expands again and again in one way is compared once.
    let wordings = grouped(0..group.len(), |&index| expansions[index].as_str());
    let supporters = |expansion: &str| {
        let agree = wordings.iter().filter(|members| is_same(expansion, &expansions[members[0]]));
        agree.flatten().map(|&index| group[index].0.path.as_str()).collect::<HashSet<_>>().len()
    };
    let supporters: HashMap<&str, usize> = wordings
        .iter()
        .map(|members| expansions[members[0]].as_str())
        .map(|expansion| (expansion, supporters(expansion)))
        .collect();
    let usual = (0..group.len()).max_by_key(|&index| {
        (supporters[expansions[index].as_str()], group[index].1.exact, std::cmp::Reverse(index))
    });
    let Some(usual) = usual else { return };
    for one in grouped(0..group.len(), |&index| group[index].0.path.as_str()) {
        if one.iter().all(|&index| !is_same(&expansions[index], &expansions[usual])) {
            sink.report(finding(group[one[0]], group[usual]));
        }
    }
}

/// An expansion without the words that people add and leave out.
fn plain(expansion: &str) -> String {
    canonical(expansion).replace("技术", "").replace("系统", "")
}

/// Whether one plain expansion ends in the other: words before it may have come along.
fn is_same(a: &str, b: &str) -> bool {
    a.ends_with(b) || b.ends_with(a)
}

fn finding<'a>(one: Expanded<'a>, usual: Expanded<'a>) -> Finding<FolderPlace> {
    let ((document, here), (other, there)) = (one, usual);
    let (acronym, name) = (&here.acronym, other.name());
    let message = Text::new(
        format!(
            "{acronym} 在本文解释为{}，在{name}解释为{}",
            quoted(&here.expansion),
            quoted(&there.expansion)
        ),
        format!("{acronym} stands for `{}` here and for `{}` in {name}", here.expansion, there.expansion),
    );
    let label = Text::new(
        format!("另一份文稿为{}", quoted(&there.expansion)),
        format!("`{}` elsewhere", there.expansion),
    );
    let help = Text::new(
        "指同一事物的，统一中文名称；不是同一事物的，至少有一处改用中文全称",
        "give one Chinese name if one thing is meant; if not, write one of the two in full",
    );
    let place = Text::new(
        format!("{name}解释为{}", quoted(&there.expansion)),
        format!("stands for `{}` in {name}", there.expansion),
    );
    let finding =
        Finding::across(document, &here.site, message, label).help(help).related(other, &there.site, place);
    // Two fields may each have an acronym of that name; and words that came along prove nothing.
    let certain = here.exact && there.exact && similarity(&here.expansion, &there.expansion) >= ONE_THING;
    if certain { finding } else { finding.severity(Severity::Info) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn two_wordings_of_one_expansion_are_flagged() {
        let rule = check::<AcronymConflictAcrossDocuments>();
        let text = "=== a.md\n采用“城市信息模型”（CIM）。\n=== b.md\n采用“城市信息建模”（«CIM»）。\n";
        let found = rule.fail(text).findings(text);
        assert_eq!(found[0].diagnostic.severity, Severity::Warning);
    }

    #[test]
    fn two_things_of_one_acronym_are_a_hint() {
        let found = check::<AcronymConflictAcrossDocuments>()
            .findings("=== a.md\nPMI（采购经理指数）回升。\n=== b.md\nPMI（项目管理协会）认证。\n");
        assert_eq!(found[0].diagnostic.severity, Severity::Info);
    }

    #[test]
    fn words_before_an_expansion_make_no_other_one() {
        check::<AcronymConflictAcrossDocuments>()
            .pass("=== a.md\n推进城市信息模型（CIM）平台建设。\n=== b.md\n依托城市信息模型（CIM）平台。\n")
            .pass("=== a.md\n建设物联网（IoT）平台。\n=== b.md\nIoT（物联网）平台。\n=== c.md\n城市信息模型（CIM）\n")
            .pass("=== a.md\n升级制造执行系统（MES）。\n=== b.md\n升级制造执⾏系统（MES）。\n")
            .pass("=== a.md\n按照标准（GB/T 1）执行。\n=== b.md\n企业（CEO）代表。\n");
    }
}
