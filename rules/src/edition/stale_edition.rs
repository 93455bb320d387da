//! Flags references to an edition that another one has replaced.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::citation::{Citation, Cited, Kind};
use zhengming_reading::prose;
use zhengming_terms::register::{Edition, Register, Standard, Standing};
use zhengming_text::diagnostic::{Applicability, Edit, Fix, Severity};
use zhengming_text::fold::canonical;
use zhengming_text::message::Text;
use zhengming_text::span::TextRange;

use super::law::{self, Newer};
use super::{grouped, registered, replace, shown};
use crate::advice;

/// References to a superseded edition, on the day of the document.
#[derive(Debug, Default)]
pub struct StaleEdition;

impl StaleEdition {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "stale-edition",
        name: ("过期版次", "Outdated edition"),
        family: "edition",
        severity: Severity::Warning,
        also: Some(Severity::Info),
        default: true,
        fix: Some(Applicability::Suggestion),
        summary: ("引用了已被新版代替的版次", "a reference to an edition that another one replaced"),
        page: (include_str!("stale_edition.md"), include_str!("stale_edition.en.md")),
    };
}

impl Rule for StaleEdition {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        for group in grouped(cx) {
            let first = group[0];
            if let Some(newer) = law::newer_version(cx, &first.citation) {
                for cited in &group {
                    sink.report(amended(cited, &newer, cx.register()));
                }
                continue;
            }
            let Some((register, standard, edition)) = registered(cx, &first.citation) else { continue };
            let standing = register.standing_on(edition, cx.earliest());
            if !matches!(standing, Standing::Superseded | Standing::Withdrawn) {
                continue;
            }
            if let Some((successor, next)) = register.successor(edition) {
                let stale = Stale { register, standard, edition, successor, next };
                for cited in &group {
                    sink.report(stale.finding(cx, cited, &group));
                }
            }
        }
    }
}

/// 《公司法》（2018年修正）, of which there is a newer version.
fn amended(cited: &Cited, newer: &Newer<'_>, register: Option<&Register>) -> Finding {
    let citation = &cited.citation;
    let name = shown(citation);
    let edition = citation.edition.as_deref().unwrap_or_default();
    let (date, law) = (newer.date, &newer.law.number);
    let message = Text::new(
        format!("{name}（{edition}）之后，《{law}》又在{date}修改过"),
        format!("《{law}》 was amended on {date}, after the version cited ({edition})"),
    );
    let label = Text::new(format!("最近的版本是{date}的"), format!("the latest version is of {date}"));
    let since =
        newer.effective.map(|day| Text::new(format!("{day}起施行；"), format!("in force since {day}; ")));
    let since = since.unwrap_or_default();
    let as_of = register.map(|register| register.as_of().to_string()).unwrap_or_default();
    let help = Text::new(
        format!("{}请核对所引条文的条号和内容（法规登记表，{as_of}）", since.zh),
        format!("{}check numbers and wording of the articles cited (register of {as_of})", since.en),
    );
    Finding::new(cited.block, citation.range, message, label)
        .help(help)
        .operator(advice::other_day())
        .key(name)
}

struct Stale<'a> {
    register: &'a Register,
    standard: &'a Standard,
    edition: &'a Edition,
    successor: &'a str,
    next: Option<&'a Edition>,
}

impl Stale<'_> {
    fn finding(&self, cx: &Context<'_>, cited: &Cited, group: &[&Cited]) -> Finding {
        let citation = &cited.citation;
        let (old, new) = (shown(&group[0].citation), self.successor);
        let (message, label) = if self.edition.inferred {
            (
                Text::new(
                    format!("{old} 可能已被 {new} 代替"),
                    format!("{old} was probably replaced by {new}"),
                ),
                Text::new(
                    format!("推定的现行版次为 {new}"),
                    format!("the present edition, as inferred, is {new}"),
                ),
            )
        } else {
            (
                Text::new(format!("{old} 已被 {new} 代替"), format!("{old} was replaced by {new}")),
                Text::new(format!("现行版次为 {new}"), format!("the present edition is {new}")),
            )
        };
        let has_clause = group.iter().any(|cited| cited.citation.clause.is_some());
        let finding = Finding::new(cited.block, citation.range, message, label)
            .help(self.help(cx, has_clause))
            .operator(advice::other_day())
            .key(old);
        // Nobody has seen that it was replaced; that is a question, no fault.
        let finding = if self.edition.inferred { finding.severity(Severity::Info) } else { finding };
        match self.fix(cx, cited) {
            Some(fix) => finding.fix(fix),
            None => finding,
        }
    }

    fn help(&self, cx: &Context<'_>, has_clause: bool) -> Text {
        let mut zh = String::new();
        let mut en = String::new();
        if let Some(since) = self.next.and_then(|next| next.effective) {
            zh += &format!("新版自{since}起实施；");
            en += &format!("the new edition is in force since {since}; ");
        }
        if self.edition.inferred {
            let (why, why_en) = self.reason();
            zh += &format!("代替关系是推定的：{why}，请核对；");
            en += &format!("the replacement is inferred ({why_en}): check it; ");
        } else if let Some(basis) = self.edition.source.as_deref().filter(|_| self.standard.is_mined) {
            zh += &format!("依据：{basis}；");
            en += &format!("according to {basis}; ");
        }
        let own = self.edition.title.as_deref().filter(|title| !title.is_empty());
        if let (Some(_), Some(title)) = (own, self.standard.title.as_deref()) {
            zh += &format!("题名已改为《{title}》；");
            en += &format!("the title is now 《{title}》; ");
        }
        if has_clause {
            zh += "条号可能已变，请核对；";
            en += "clause numbers may have changed, check them; ";
        }
        if is_loaded(cx, &self.standard.cite(&self.edition.edition)) && !is_loaded(cx, self.successor) {
            zh += "新版文字未收录，其他提示所引的条文、条号都是旧版的；";
            en += "the text of the new edition is not loaded, so other findings quote the old one; ";
        }
        zh.truncate(zh.trim_end_matches('；').len());
        en.truncate(en.trim_end_matches("; ").len());
        zh += &format!("（登记表截至{}）", self.register.as_of());
        en += &format!(" (register of {})", self.register.as_of());
        Text::new(zh, en)
    }

    /// From what it is inferred that the edition was replaced.
    fn reason(&self) -> (&str, &str) {
        if self.standard.is_mined {
            return (
                "文件里引用过更新的版次，未见代替声明",
                "a newer edition has been cited, no statement was seen",
            );
        }
        ("未见新版原件", "the new edition was not seen")
    }

    /// The new number in place of the old one, where only the edition changes and no clause hangs on it.
    fn fix(&self, cx: &Context<'_>, cited: &Cited) -> Option<Fix> {
        let citation = &cited.citation;
        if citation.clause.is_some() {
            return None;
        }
        let block = cx.block_at(cited.block);
        let replacement = replacement(&block.text()[citation.range.range()], citation, self)?;
        let mut edits = replace(block, citation.range, &replacement)?;
        edits.extend(self.title_edit(cx, cited)?);
        let title = Text::new(format!("改为 {replacement}"), format!("replace with {replacement}"));
        Some(Fix { title, applicability: Applicability::Suggestion, edits })
    }
}

impl Stale<'_> {
    /// The edit of the title that stands beside the number, where the new edition has another: number and title
    /// change together. Nothing if the title is there and cannot be changed; no edit if it is not there.
    fn title_edit(&self, cx: &Context<'_>, cited: &Cited) -> Option<Vec<Edit>> {
        let Some(old) = self.edition.title.as_deref().filter(|title| !title.is_empty()) else {
            return Some(Vec::new());
        };
        let block = cx.block_at(cited.block);
        let text = block.text();
        let sentence = prose::sentence_around(text, cited.citation.range);
        let inside = &text[sentence.range()];
        let new = self.next.and_then(|next| next.title.as_deref()).or(self.standard.title.as_deref());
        if let Some(at) = inside.find(old) {
            let start = sentence.start + at;
            return replace(block, TextRange::new(start, start + old.len()), new?);
        }
        let before = text[..cited.citation.range.start].trim_end_matches([' ', '（', '(']);
        let after = text[cited.citation.range.end..].trim_start();
        let is_titled = before.ends_with('》')
            || after.starts_with('《')
            || prose::without_layout(inside).replace(' ', "").contains(&old.replace([' ', '\u{3000}'], ""));
        (!is_titled).then(Vec::new)
    }
}

/// Whether the text of the edition cited so is loaded.
fn is_loaded(cx: &Context<'_>, citation: &str) -> bool {
    let name = canonical(citation);
    let mut headers = cx.termbase().dictionaries().iter().map(|dictionary| dictionary.header());
    headers.any(|header| header.citation.as_deref().is_some_and(|own| canonical(own) == name))
}

fn replacement(surface: &str, citation: &Citation, stale: &Stale<'_>) -> Option<String> {
    match citation.kind {
        Kind::Standard => Some(stale.successor.to_owned()),
        Kind::Title => {
            let (old, new) = (citation.edition.as_deref()?, stale.next?.edition.as_str());
            surface.contains(old).then(|| surface.replacen(old, new, 1))
        }
        Kind::DocumentNumber | Kind::Decree => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;
    use zhengming_text::message::Lang;

    const NOTHING: &str = "[dictionary]\nid = \"d\"\ntitle = \"t\"";

    #[test]
    fn the_day_of_the_document_decides() {
        check::<StaleEdition>(NOTHING)
            .fail("---\ndate: 2024-01-01\n---\n\n按照«GB/T 1.1—2009»起草")
            .pass("---\ndate: 2015-01-01\n---\n\n按照GB/T 1.1—2009起草")
            .fail("---\ndate: 2024-01-01\n---\n\n采用«DB33/T 2350—2021»的术语")
            .pass("---\ndate: 2021-09-01\n---\n\n采用DB33/T 2350—2021的术语")
            .pass("DB33/T 9001—2015\n\n按照GB/T 1.1—2009起草")
            .fail("DB33/T 9001—2023\n\n按照«GB/T 1.1—2009»起草");
    }

    #[test]
    fn a_register_of_editions_relies_on_none() {
        let row = |number: &str| format!("| {number} | 有新旧两版，见GB/T 1.1—2000 |\n");
        let table = |numbers: &[&str]| {
            let rows: String = numbers.iter().map(|number| row(number)).collect();
            format!("| 标准号 | 备注 |\n|---|---|\n{rows}")
        };
        let rule = check::<StaleEdition>(NOTHING);
        assert!(rule.lint(&table(&["GB/T 1.1—2009", "GB/T 1.1—2020", "GB/T 22239—2019"])).is_empty());
        // One edition of each: the standards that the document goes by.
        assert!(!rule.lint(&table(&["GB/T 1.1—2009", "GB/T 22240—2020", "GB/T 22239—2019"])).is_empty());
    }

    #[test]
    fn every_written_form_is_found_and_history_is_not() {
        check::<StaleEdition>(NOTHING)
            .fail("符合«GB/T22239-2008»的要求")
            .fail("界定的术语见«DB33/T 23502021»")
            .fail("依据«数字社会定义集（5.0版）»推进")
            .pass("本文件代替GB/T 22239—2008")
            .pass("与GB/T 22239—2008相比，主要变化如下")
            .pass("在《数字社会定义集（5.0版）》的基础上，新增三个定义");
    }

    #[test]
    fn inferred_replacement_is_called_inferred() {
        let found = check::<StaleEdition>(NOTHING).lint("术语采用DB33/T 2350—2021，又见DB33/T 2350—2021。");
        assert_eq!(found.len(), 2, "each place, for comments to act on");
        assert_eq!(found[0].message, found[1].message);
        assert_eq!(found[0].message.zh, "DB33/T 2350—2021 可能已被 DB33/T 2350—2022 代替");
        assert!(found[0].help.whole(Lang::Zh).unwrap().contains("推定"));
    }

    #[test]
    fn nothing_is_claimed_in_the_year_of_an_edition_without_a_day() {
        check::<StaleEdition>(NOTHING)
            .pass("---\ndate: 2022-03-01\n---\n\n采用DB33/T 2350—2021的术语")
            .pass("---\ndate: 2022-12-31\n---\n\n采用DB33/T 2350—2021的术语")
            .fail("---\ndate: 2023-01-01\n---\n\n采用«DB33/T 2350—2021»的术语");
    }

    #[test]
    fn it_is_said_that_other_findings_quote_the_old_text() {
        let loaded = "[dictionary]\nid = \"d\"\ntitle = \"t\"\ncitation = \"DB33/T 2350—2021\"";
        let help = |dictionary: &str| {
            let found = check::<StaleEdition>(dictionary).lint("术语采用DB33/T 2350—2021。");
            found[0].help.whole(Lang::Zh).unwrap()
        };
        assert!(help(loaded).contains("其他提示所引的条文、条号都是旧版的"));
        assert!(!help(NOTHING).contains("旧版的"));
    }

    #[test]
    fn a_law_is_cited_in_its_latest_version() {
        check::<StaleEdition>(NOTHING)
            .fail("---\ndate: 2025-01-01\n---\n\n依据«《中华人民共和国公司法》»（2018年修正）办理")
            .pass("---\ndate: 2023-01-01\n---\n\n依据《中华人民共和国公司法》（2018年修正）办理")
            .pass("---\ndate: 2025-01-01\n---\n\n依据《中华人民共和国公司法》（2023年修订）办理")
            .pass("---\ndate: 2025-01-01\n---\n\n依据《中华人民共和国公司法》办理");
    }

    #[test]
    fn a_clause_must_be_checked_by_hand() {
        let rule = check::<StaleEdition>(NOTHING);
        assert!(rule.lint("见DB33/T 2350—2021，3.1.1.3")[0].fixes.is_empty());
        let fixes = &rule.lint("见GB/T 1.1—2000")[0].fixes;
        assert_eq!(fixes[0].edits[0].text, "GB/T 1.1—2020");
    }
}
