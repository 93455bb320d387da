//! Flags documents that rely on an older edition of a standard than others of the folder.

use zhengming_lint::finding::{Finding, FolderPlace};
use zhengming_lint::folder::{Folder, FolderRule, FolderSink, grouped};
use zhengming_lint::rule::RuleMeta;
use zhengming_reading::citation::Kind;
use zhengming_reading::summary::{Referred, Summary};
use zhengming_terms::register::Standing;
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Text;

use super::{list_en, list_zh};

/// Two editions of one standard in one folder.
#[derive(Debug, Default)]
pub struct MixedEditionsAcrossDocuments;

impl MixedEditionsAcrossDocuments {
    /// What is the same for every folder.
    pub const META: RuleMeta = RuleMeta {
        id: "mixed-editions-across-documents",
        name: ("文稿之间版次不一", "Documents cite different editions"),
        family: "folder",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: None,
        summary: (
            "几份文稿引用了同一标准的不同版次",
            "documents of a folder cite different editions of one standard",
        ),
        page: (
            include_str!("mixed_editions_across_documents.md"),
            include_str!("mixed_editions_across_documents.en.md"),
        ),
    };
}

/// Documents that a finding points to.
const RELATED: usize = 3;

impl FolderRule for MixedEditionsAcrossDocuments {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, folder: &Folder<'_>, sink: &mut FolderSink<'_>) {
        let cited = folder.documents().flat_map(|document| {
            let relied = document.citations.iter().filter(|one| is_relied_upon(one));
            relied.map(move |citation| (document, citation))
        });
        for group in grouped(cited, |(_, citation)| citation.series.as_str()) {
            compare(&group, sink);
        }
    }
}

fn is_relied_upon(citation: &Referred) -> bool {
    let is_version =
        citation.kind == Kind::Title && citation.edition.as_deref().is_some_and(|it| it.ends_with('版'));
    citation.role.is_relied_on()
        && citation.edition.is_some()
        && (citation.kind == Kind::Standard || is_version)
}

/// Reports the documents that cite nothing newer than an edition older than the newest one cited.
fn compare(group: &[(&Summary, &Referred)], sink: &mut FolderSink<'_>) {
    let Some((_, newest)) = group.iter().max_by(|a, b| order(a.1).cmp(&order(b.1))) else { return };
    let with_newest: Vec<&(&Summary, &Referred)> =
        group.iter().filter(|(_, citation)| citation.edition == newest.edition).collect();
    for older in grouped(group.iter(), |(document, _)| document.path.as_str()) {
        // A document that cites both is the business of mixed-editions.
        if older.iter().any(|(_, citation)| citation.edition == newest.edition) {
            continue;
        }
        let (document, citation) = older[0];
        if was_right(document, citation, newest) {
            continue;
        }
        sink.report(finding(document, citation, newest, &with_newest));
    }
}

/// Editions in order: 5.0版 before 6.0版, 2009 before 2020.
fn order(citation: &Referred) -> (Vec<u32>, &str) {
    let edition = citation.edition.as_deref().unwrap_or_default();
    let numbers = edition.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok());
    (numbers.collect(), edition)
}

/// Whether the edition was the one in force on the day of the document, as far as is known.
fn was_right(document: &Summary, citation: &Referred, newest: &Referred) -> bool {
    let Some(day) = document.date else { return false };
    if let Some(standing) = citation.standing_then {
        return matches!(standing, Standing::Current);
    }
    let year = newest.edition.as_deref().and_then(|edition| edition.parse::<u16>().ok());
    year.is_some_and(|year| day.year() <= year)
}

fn finding<'a>(
    document: &'a Summary,
    citation: &'a Referred,
    newest: &Referred,
    others: &[&(&Summary, &Referred)],
) -> Finding<FolderPlace> {
    let mut names: Vec<&str> = others.iter().map(|(document, _)| document.name()).collect();
    names.dedup();
    let message = Text::new(
        format!("本文引用 {}，{}引用的是 {}", citation.normal, list_zh(&names), newest.normal),
        format!("{} is cited here, {} in {}", citation.normal, newest.normal, list_en(&names)),
    );
    let label = Text::new("与其他文稿引用的版次不一致", "another edition than in other documents");
    let help = Text::new(
        format!("请统一为 {}；确需引用旧版的，写明理由", newest.normal),
        format!("use {} throughout, or say why the older edition is meant", newest.normal),
    );
    let mut finding = Finding::across(document, &citation.site, message, label).help(help);
    for (other, cited) in others.iter().take(RELATED) {
        let place = Text::new(
            format!("{}引用 {}", other.name(), cited.normal),
            format!("{} is cited in {}", cited.normal, other.name()),
        );
        finding = finding.related(other, &cited.site, place);
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn the_older_edition_is_flagged() {
        check::<MixedEditionsAcrossDocuments>().fail(
            "=== a.md\n个人信息保护按照«GB/T 35273—2017»执行。\n=== b.md\n个人信息保护按照GB/T 35273—2020执行。\n",
        );
    }

    #[test]
    fn what_was_in_force_on_the_day_of_the_document_is_right() {
        check::<MixedEditionsAcrossDocuments>()
            .pass(
                "=== a.md\n---\ndate: 2018-05-01\n---\n按照GB/T 35273—2017执行。\n\
                 === b.md\n---\ndate: 2022-05-01\n---\n按照GB/T 35273—2020执行。\n",
            )
            .pass("=== a.md\nGB/T 35273—2020代替GB/T 35273—2017。\n=== b.md\n按照GB/T 35273—2020执行。\n")
            .pass("=== a.md\n按照GB/T 35273执行。\n=== b.md\n按照GB/T 35273—2020、GB/T 35274—2017执行。\n");
    }

    #[test]
    fn versions_are_ordered_by_number() {
        let rule = check::<MixedEditionsAcrossDocuments>();
        let found = rule.findings(
            "=== a.md\n依据《数字社会定义集（9.0版）》。\n=== b.md\n依据《数字社会定义集（10.0版）》。\n",
        );
        assert_eq!(found.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), ["a.md"]);
    }
}
