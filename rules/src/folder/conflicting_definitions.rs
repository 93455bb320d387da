//! Flags terms that two documents of a folder define differently.

use std::collections::HashSet;

use zhengming_core::definition::Pattern;
use zhengming_core::diagnostic::Severity;
use zhengming_core::diff::{Bigrams, Change, SAME, UNRELATED, comparable, word_diff};
use zhengming_core::fold;
use zhengming_core::folder::{Folder, FolderFinding, FolderRule, FolderSink, grouped};
use zhengming_core::message::{Text, quoted};
use zhengming_core::rule::RuleMeta;
use zhengming_core::summary::{Defined, Summary};

/// One term, two meanings.
#[derive(Debug, Default)]
pub struct ConflictingDefinitions;

impl ConflictingDefinitions {
    /// What is the same for every folder.
    pub const META: RuleMeta = RuleMeta {
        id: "conflicting-definitions",
        family: "folder",
        severity: Severity::Warning,
        default: true,
        fix: None,
        summary: ("两份文稿对同一术语的定义不同", "two documents define one term differently"),
        page: (include_str!("conflicting_definitions.md"), include_str!("conflicting_definitions.en.md")),
    };
}

/// Shortest defining text that is compared, in characters.
const SHORTEST: usize = 8;
/// Documents that a finding names besides its own.
const RELATED: usize = 3;

/// A definition with its document.
#[derive(Debug, Clone, Copy)]
struct Given<'a> {
    document: &'a Summary,
    definition: &'a Defined,
}

impl FolderRule for ConflictingDefinitions {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, folder: &Folder<'_>, sink: &mut FolderSink<'_>) {
        let given = folder.documents().flat_map(|document| {
            let own = document.definitions.iter().filter(|one| is_general(document, one));
            own.map(move |definition| Given { document, definition })
        });
        for group in grouped(given, |one| fold::key(&one.definition.term)) {
            compare(&group, sink);
        }
    }
}

/// Whether a definition claims to hold beyond its own document: what a statute calls 本条例所称 does not.
fn is_general(document: &Summary, definition: &Defined) -> bool {
    let told = definition.pattern == Pattern::TermsClause || !definition.scoped;
    definition.pattern.explains()
        && told
        && !super::is_statute(document)
        && definition.term.chars().count() > 1
        && definition.body.chars().count() >= SHORTEST
}

/// Whether the pattern says outright that this is a definition.
fn is_outright(definition: &Defined) -> bool {
    !matches!(definition.pattern, Pattern::Namely | Pattern::Note | Pattern::Heading)
}

/// Reports the documents that depart from the definition that most documents give.
fn compare(group: &[Given<'_>], sink: &mut FolderSink<'_>) {
    let path = |&index: &usize| group[index].document.path.as_str();
    let documents = grouped(0..group.len(), path);
    if documents.len() < 2 {
        return;
    }
    // What a folder says again and again word for word is compared once.
    let wordings = grouped(0..group.len(), |&index| group[index].definition.body.as_str());
    let mut wording = vec![0; group.len()];
    for (number, members) in wordings.iter().enumerate() {
        members.iter().for_each(|&member| wording[member] = number);
    }
    let bodies: Vec<(String, Bigrams)> = wordings
        .iter()
        .map(|members| &group[members[0]].definition.body)
        .map(|body| (comparable(body), Bigrams::new(body)))
        .collect();
    let alike = |a: usize, b: usize| {
        let (one, other) = (&bodies[a], &bodies[b]);
        // What only one of them goes on to say contradicts nothing.
        let part = |a: &str, b: &str| a.starts_with(b.trim_end_matches(['.', ';', ',']));
        part(&one.0, &other.0) || part(&other.0, &one.0) || one.1.similarity(&other.1) >= SAME
    };
    let supporters = |number: usize| {
        let agree = (0..wordings.len()).filter(|&other| alike(number, other));
        agree.flat_map(|other| &wordings[other]).map(path).collect::<HashSet<_>>().len()
    };
    let supporters: Vec<usize> = (0..wordings.len()).map(supporters).collect();
    // The first of those with the most supporters.
    let Some(usual) = (0..group.len()).max_by_key(|&index| {
        (supporters[wording[index]], is_outright(group[index].definition), std::cmp::Reverse(index))
    }) else {
        return;
    };
    let agrees: Vec<bool> = (0..wordings.len()).map(|number| alike(number, wording[usual])).collect();
    let others: Vec<&Given<'_>> =
        (0..group.len()).filter(|&other| agrees[wording[other]]).map(|other| &group[other]).collect();
    for one in documents.iter().filter(|one| one.iter().all(|&index| !agrees[wording[index]])) {
        let at = one[0];
        let similarity = bodies[wording[at]].1.similarity(&bodies[wording[usual]].1);
        sink.report(finding(&group[at], &group[usual], &others, similarity));
    }
}

fn finding<'a>(
    one: &Given<'a>,
    usual: &Given<'a>,
    others: &[&Given<'a>],
    similarity: f64,
) -> FolderFinding<'a> {
    let plain = &one.definition.term;
    let term = quoted(plain);
    let name = usual.document.name();
    let (message, label) = if similarity < UNRELATED {
        (
            Text::new(
                format!("{term}在本文和{name}中的定义不是一个意思"),
                format!("`{plain}` means one thing here and another in {name}"),
            ),
            Text::new("与另一份文稿的定义不同", "another meaning than in the other document"),
        )
    } else {
        (
            Text::new(
                format!("{term}的定义与{name}不一致"),
                format!("the definition of `{plain}` differs from that in {name}"),
            ),
            Text::new("与另一份文稿的定义措辞不同", "worded differently in the other document"),
        )
    };
    let bare = |body: &str| body.trim_end_matches(['。', '.', '；']).to_owned();
    let marked = marked(&bare(&usual.definition.body), &bare(&one.definition.body));
    let help = Text::new(
        format!("以{name}为准比较：{marked}。请统一为一个定义；确需各用各的，写明“本文件所称”，限定适用范围"),
        format!(
            "compared with {name}: {marked}. Use one definition; if both are needed, restrict each to its document with 本文件所称"
        ),
    );
    let outright = is_outright(one.definition) && is_outright(usual.definition);
    let clause = [one, usual].iter().any(|given| given.definition.pattern == Pattern::TermsClause);
    let mut finding = FolderFinding::new(one.document, &one.definition.site, message, label).help(help);
    // Each standard defines for itself; an explanation in passing is no definition.
    if !outright || clause {
        finding = finding.severity(Severity::Info);
    }
    for other in others.iter().take(RELATED) {
        let place = Text::new(
            format!("{}的定义：{}", other.document.name(), quoted(&other.definition.body)),
            format!("defined in {}: `{}`", other.document.name(), other.definition.body),
        );
        finding = finding.related(other.document, &other.definition.site, place);
    }
    finding
}

/// The text with what is missing in ［-…-］ and what was added in ｛+…+｝.
fn marked(usual: &str, here: &str) -> String {
    let mark = |change: &Change| match change {
        Change::Same(text) => text.clone(),
        Change::Removed(text) => format!("［-{text}-］"),
        Change::Added(text) => format!("｛+{text}+｝"),
    };
    word_diff(usual, here).iter().map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn two_documents_that_define_a_term_differently_are_flagged() {
        let rule = check::<ConflictingDefinitions>();
        let text = "=== a.md\n# 实施方案\n\n数据专区是指依托公共平台建设的特定领域数据开发利用区域。\n\
                    === b.md\n# 工作指南\n\n«数据专区»是指依托企业平台建设的特定行业数据开发利用区域。\n";
        let found = rule.fail(text).findings(text);
        assert_eq!(found[0].diagnostic.severity, Severity::Warning);
        assert!(found[0].diagnostic.message.zh.contains("与a.md不一致"), "{:?}", found[0].diagnostic);
        let help = &found[0].diagnostic.help.as_ref().unwrap().zh;
        assert!(help.contains("［-公共-］｛+企业+｝"), "{help}");
        assert_eq!(found[0].diagnostic.related[0].elsewhere.as_ref().unwrap().path, "a.md");
    }

    #[test]
    fn the_definition_that_most_documents_give_counts() {
        check::<ConflictingDefinitions>().fail(
            "=== a.md\n«数据专区»是指依托企业平台建设的特定行业数据开发利用区域。\n\
             === b.md\n数据专区是指依托公共平台建设的特定领域数据开发利用区域。\n\
             === c.md\n数据专区是指依托公共平台建设的特定领域数据开发利用区域。\n",
        );
    }

    #[test]
    fn what_each_document_calls_so_for_itself_is_no_contradiction() {
        check::<ConflictingDefinitions>()
            .pass(
                "=== a.md\n# 甲市公共场所管理条例\n\n本条例所称公共场所，是指供公众从事社会活动的各类场所。\n\
                 === b.md\n# 甲市控制吸烟条例\n\n本条例所称公共场所，是指向公众开放的室内营业区域。\n",
            )
            .pass(
                "=== a.md\n数据专区是指依托公共平台建设的数据开发利用区域。\n\
                 === b.md\n数据专区是指依托公共平台建设的数据开发利用区域，由市数据局管理。\n",
            )
            .pass(
                "=== a.md\n数据专区（以下简称专区）是指公共平台上的数据开发区域。\n\
                 === b.md\n数据专线是指企业自建的传输线路及其附属设施。\n",
            );
    }
}
