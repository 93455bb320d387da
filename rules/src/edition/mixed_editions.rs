//! Flags documents that rely on two editions of one standard.

use std::collections::HashMap;

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::citation::{Cited, Kind};
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Text;

use super::{grouped, shown};

/// Two editions of one standard in one document.
#[derive(Debug, Default)]
pub struct MixedEditions;

impl MixedEditions {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "mixed-editions",
        name: ("版次混用", "Mixed editions"),
        family: "edition",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: None,
        summary: ("同一标准引用了两个版次", "two editions of one standard in one document"),
        page: (include_str!("mixed_editions.md"), include_str!("mixed_editions.en.md")),
    };
}

impl Rule for MixedEditions {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let mut first: HashMap<&str, &Cited> = HashMap::new();
        for group in grouped(cx) {
            let cited = group[0];
            let citation = &cited.citation;
            let is_version = citation.kind == Kind::Title
                && citation.edition.as_deref().is_some_and(|it| it.ends_with('版'));
            if citation.edition.is_none() || !(citation.kind == Kind::Standard || is_version) {
                continue;
            }
            let Some(other) = first.get(citation.series.as_str()) else {
                first.insert(&citation.series, cited);
                continue;
            };
            let (one, two) = (shown(&other.citation), shown(citation));
            let message = Text::new(
                format!("前面引用的是 {one}，这里引用的是 {two}"),
                format!("{one} is cited before, here it is {two}"),
            );
            let label = Text::new("与前文版次不一致", "another edition than before");
            let help = Text::new(
                "请统一为一个版次；对照两个版次的，请写明“与……相比”“代替……”",
                "use one edition; where the two are compared, say so with 与…相比 or 代替…",
            );
            let before = Text::new(format!("前文引用 {one}"), format!("{one} is cited here"));
            for cited in group {
                let (message, label) = (message.clone(), label.clone());
                sink.report(
                    Finding::new(cited.block, cited.citation.range, message, label)
                        .help(help.clone())
                        .key(format!("{one} {two}"))
                        .related(other.block, other.citation.range, before.clone()),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    #[test]
    fn the_second_edition_is_flagged() {
        check::<MixedEditions>("[dictionary]\nid = \"d\"\ntitle = \"t\"")
            .fail("见GB/T 35273—2017。\n\n又见«GB/T 35273—2020»和GB/T 35273—2017。")
            .pass("GB/T 35273—2020代替GB/T 35273—2017")
            .pass("| 号 |\n|---|\n| GB/T 35273—2017 |\n| GB/T 35273—2020 |\n| GB/T 35274—2023 |\n")
            .fail("| 依据 |\n|---|\n| 按GB/T 35273—2017 |\n| 按«GB/T 35273—2020» |\n| 按GB/T 35274—2023 |\n")
            .pass("GB/T 35273—2020、GB/T 35273和GB/T 35274—2023");
    }
}
