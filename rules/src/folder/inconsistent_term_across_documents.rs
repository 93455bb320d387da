//! Points out documents that call a concept by another of its names than most documents of the folder.

use std::collections::{HashMap, HashSet};

use zhengming_lint::finding::{Finding, FolderPlace};
use zhengming_lint::folder::{Folder, FolderRule, FolderSink, grouped};
use zhengming_lint::rule::RuleMeta;
use zhengming_reading::summary::{Mentioned, Summary, Usage};
use zhengming_text::diagnostic::{ConceptRef, Severity};
use zhengming_text::message::{Text, quoted};

use super::{list_en, list_zh};

/// One concept, two allowed names, in different documents.
#[derive(Debug, Default)]
pub struct InconsistentTermAcrossDocuments;

impl InconsistentTermAcrossDocuments {
    /// What is the same for every folder.
    pub const META: RuleMeta = RuleMeta {
        id: "inconsistent-term-across-documents",
        name: ("文稿之间名称不一", "Documents name a thing differently"),
        family: "folder",
        severity: Severity::Info,
        also: None,
        default: true,
        fix: None,
        summary: (
            "几份文稿对同一概念用了不同的名称",
            "documents of a folder call one concept by different names",
        ),
        page: (
            include_str!("inconsistent_term_across_documents.md"),
            include_str!("inconsistent_term_across_documents.en.md"),
        ),
    };
}

type Used<'a> = (&'a Summary, &'a Mentioned);

impl FolderRule for InconsistentTermAcrossDocuments {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, folder: &Folder<'_>, sink: &mut FolderSink<'_>) {
        let used = folder
            .documents()
            .flat_map(|document| document.mentions.iter().map(move |mention| (document, mention)))
            .filter(|(_, mention)| {
                mention.count > 0 && !mention.organization && mention.standing.is_allowed()
            });
        let concepts = grouped(used, |(_, mention)| mention.concept.as_str());
        for group in &concepts {
            compare(group, sink);
        }
        near_pairs(&concepts, sink);
    }
}

/// Concepts that are easily confused, of which some documents use only one and some only the other.
fn near_pairs(concepts: &[Vec<Used<'_>>], sink: &mut FolderSink<'_>) {
    let by_id: HashMap<&str, &Vec<Used<'_>>> =
        concepts.iter().map(|group| (group[0].1.concept.as_str(), group)).collect();
    for group in concepts {
        for target in &group[0].1.confusable {
            let Some(other) = by_id.get(target.as_str()) else { continue };
            let (here, there) = (only(group, other), only(other, group));
            let rare_first = if here.len() <= there.len() { (here, there) } else { (there, here) };
            let (rare, usual) = rare_first;
            if usual.len() <= rare.len() {
                continue;
            }
            for one in grouped(rare.iter(), |(document, _)| document.path.as_str()) {
                sink.report(near_pair(one[0], &usual));
            }
        }
    }
}

/// The uses in documents that have no use of the other name.
fn only<'a>(one: &[Used<'a>], other: &[Used<'a>]) -> Vec<Used<'a>> {
    let paths: HashSet<&str> = other.iter().map(|(document, _)| document.path.as_str()).collect();
    one.iter().filter(|(document, _)| !paths.contains(document.path.as_str())).copied().collect()
}

fn near_pair<'a>(one: &Used<'a>, usual: &[Used<'a>]) -> Finding<FolderPlace> {
    let (document, mention) = *one;
    let expected = &usual[0].1.spelling;
    let (here, there) = (quoted(&mention.spelling), quoted(expected));
    let documents: Vec<&str> = usual.iter().map(|(document, _)| document.name()).collect();
    let message = Text::new(
        format!("本文用{here}（{}次），{}用{there}，两者容易混淆", mention.count, list_zh(&documents)),
        format!(
            "`{}` here ({} times), `{expected}` in {}; the two are easily confused",
            mention.spelling,
            mention.count,
            list_en(&documents)
        ),
    );
    let label = Text::new(format!("其他文稿用{there}"), format!("`{expected}` in other documents"));
    let help = Text::new(
        "指同一事物的，统一用一个；不是的，不必修改",
        "use one of them if one thing is meant; nothing is to be changed if not",
    );
    let mut finding = Finding::across(document, &mention.site, message, label).help(help);
    for (other, mention) in usual.iter().take(3) {
        let place = Text::new(
            format!("{}用{there}（{}次）", other.name(), mention.count),
            format!("`{expected}` in {} ({} times)", other.name(), mention.count),
        );
        finding = finding.related(other, &mention.site, place);
    }
    finding
}

/// Reports the documents that use only another name than the one that most documents use.
fn compare<'a>(group: &[Used<'a>], sink: &mut FolderSink<'_>) {
    let names = grouped(group.iter(), |(_, mention)| mention.spelling.as_str());
    if names.len() < 2 {
        return;
    }
    let usual = names.iter().max_by_key(|used| {
        let count: usize = used.iter().map(|(_, mention)| mention.count).sum();
        let preferred = used[0].1.standing == Usage::Preferred;
        (used.len(), preferred, count, std::cmp::Reverse(used[0].1.spelling.as_str()))
    });
    let Some(usual) = usual else { return };
    let expected = usual[0].1.spelling.as_str();
    for one in grouped(group.iter(), |(document, _)| document.path.as_str()) {
        // A document that uses both is the business of inconsistent-term.
        if one.iter().all(|(_, mention)| mention.spelling != expected) {
            sink.report(finding(one[0], usual));
        }
    }
}

fn finding<'a>(one: &Used<'a>, usual: &[&Used<'a>]) -> Finding<FolderPlace> {
    let (document, mention) = *one;
    let expected = &usual[0].1.spelling;
    let (here, there) = (quoted(&mention.spelling), quoted(expected));
    let documents: Vec<&str> = usual.iter().map(|(document, _)| document.name()).collect();
    let total: usize = usual.iter().map(|(_, mention)| mention.count).sum();
    let message = Text::new(
        format!("本文用{here}（{}次），{}用{there}（共{total}次）", mention.count, list_zh(&documents)),
        format!(
            "`{}` here ({} times), `{expected}` in {} ({total} times in all)",
            mention.spelling,
            mention.count,
            list_en(&documents)
        ),
    );
    let label = Text::new(format!("其他文稿用{there}"), format!("`{expected}` in other documents"));
    let help = Text::new(
        format!("两个名称指同一概念，一套文件宜统一用{there}；用简称的，在首次出现处写明“（以下简称……）”"),
        format!("both name one concept: use `{expected}` throughout, or declare the short form at first use"),
    );
    let concept = ConceptRef {
        id: mention.concept.clone(),
        preferred: mention.preferred.clone(),
        dictionary: None,
        clause: None,
    };
    let mut finding = Finding::across(document, &mention.site, message, label).help(help).concept(concept);
    for (other, mention) in usual.iter().take(3) {
        let place = Text::new(
            format!("{}用{there}（{}次）", other.name(), mention.count),
            format!("`{expected}` in {} ({} times)", other.name(), mention.count),
        );
        finding = finding.related(other, &mention.site, place);
    }
    finding
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use zhengming_terms::dictionary::Dictionary;

    use super::super::testing::Check;
    use super::*;

    fn check() -> Check {
        let dictionary = Dictionary::from_toml(
            "d.toml",
            r#"
            [dictionary]
            id = "d"
            title = "词典"
            [[concept]]
            term = "一体化智能化公共数据平台"
            definition = "公共数据的总平台。"
            admitted = ["数据总平台"]
            "#,
        );
        Check::new(vec![Arc::new(dictionary.unwrap())], Box::new(InconsistentTermAcrossDocuments))
    }

    #[test]
    fn the_document_with_the_rarer_name_is_pointed_out() {
        check().fail(
            "=== a.md\n建设一体化智能化公共数据平台。\n=== b.md\n依托一体化智能化公共数据平台。\n\
             === c.md\n依托«数据总平台»开展，接入数据总平台。\n",
        );
    }

    #[test]
    fn the_rarer_of_two_confusable_names_is_pointed_out() {
        super::super::testing::check::<InconsistentTermAcrossDocuments>()
            .fail("=== a.md\n推进一网统管。\n=== b.md\n推进城市一网统管。\n=== c.md\n推进«一网通管»。\n")
            .pass("=== a.md\n推进一网统管。\n=== c.md\n推进一网通管。\n")
            .pass("=== a.md\n一网统管。\n=== b.md\n一网统管。\n=== c.md\n一网统管，又称一网通管。\n");
    }

    #[test]
    fn short_forms_that_are_declared_and_documents_with_both_are_left_alone() {
        check()
            .pass("=== a.md\n一体化智能化公共数据平台（以下简称数据总平台）。数据总平台上线。\n=== b.md\n一体化智能化公共数据平台。\n")
            .pass("=== a.md\n建设数据总平台。\n=== b.md\n依托数据总平台。\n");
    }
}
