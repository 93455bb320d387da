//! Flags terms that are easily mistaken for one another, where the document does not say which is meant.
//!
//! Neither term is wrong in itself, so nothing is ever replaced automatically. Which use is reported,
//! and what tells a general use from a specific one, is said by the relation in the dictionary.

use std::collections::HashSet;

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::facts::{Exemption, Mention};
use zhengming_reading::prose::{after_quotes, before_quotes};
use zhengming_terms::dictionary::{ConfusableWhen, Relation};
use zhengming_terms::termbase::{ConceptId, TermRelation};
use zhengming_text::diagnostic::{Applicability, Fix, Severity};
use zhengming_text::fold;
use zhengming_text::message::{Text, quoted};

use crate::region::is_foreign;
use zhengming_text::zh::{mark, numeral};

/// Pairs of terms that a dictionary records as confusable.
#[derive(Debug, Default)]
pub struct ConfusableTerm;

impl ConfusableTerm {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "confusable-term",
        name: ("易混用语", "Easily confused term"),
        family: "variant",
        severity: Severity::Warning,
        also: Some(Severity::Info),
        default: true,
        fix: Some(Applicability::Suggestion),
        summary: (
            "易混术语：未说明所指，或两词混用",
            "easily confused terms, used without saying which is meant",
        ),
        page: (include_str!("confusable_term.md"), include_str!("confusable_term.en.md")),
    };
}

impl Rule for ConfusableTerm {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let mentions = cx.facts().mentions().iter();
        let used: HashSet<ConceptId> = mentions.map(|one| one.spelling(cx.termbase()).concept).collect();
        for &concept in cx.termbase().confusable_concepts() {
            let mut pair = cx.termbase().confusable_with(concept).map(|relation| relation.target);
            if !used.contains(&concept) && !pair.any(|target| used.contains(&target)) {
                continue;
            }
            // A later layer may have given the name to another concept; then the pair is decided.
            let preferred = &cx.termbase().concept(concept).preferred;
            if cx.termbase().concept_named(preferred) != Some(concept) {
                continue;
            }
            for relation in cx.termbase().confusable_with(concept) {
                // A pair that names itself from both sides is judged once.
                let mirrored =
                    cx.termbase().confusable_with(relation.target).any(|back| back.target == concept);
                if mirrored && relation.target < concept {
                    continue;
                }
                if let Some(finding) = (Pair { cx, concept, relation }).finding() {
                    sink.report(finding);
                }
            }
        }
    }
}

/// How a mention uses the term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// 数据高铁率, 应高铁尽高铁: any kind of the superordinate concept.
    Generic,
    /// 开通12条数据高铁, 数据高铁专线: the thing that the dictionary defines.
    Specific,
    Open,
}

/// A relation as one document bears on it.
struct Pair<'a> {
    cx: &'a Context<'a>,
    concept: ConceptId,
    relation: &'a TermRelation,
}

impl Pair<'_> {
    fn finding(&self) -> Option<Finding> {
        let when = self.relation.relation.when;
        let mine = self.used(self.concept);
        let other = self.used(self.relation.target);
        let nothing = mine.is_empty() && other.is_empty();
        if nothing || self.is_explained(self.concept) || is_foreign(self.cx, self.concept) {
            return None;
        }
        match (mine.first(), other.first(), when) {
            (Some(first), Some(other), _) => Some(self.mixed(first, other)),
            (Some(_), None, ConfusableWhen::Undefined) => self.undefined(&mine),
            (None, Some(first), ConfusableWhen::Undefined) => {
                let known = self.cx.termbase().definition(self.relation.target).is_some();
                (!known && !self.is_explained(self.relation.target)).then(|| self.hint(first))
            }
            _ => None,
        }
    }

    /// The mentions that use a name of the concept as such.
    fn used(&self, concept: ConceptId) -> Vec<&Mention> {
        let allowed = |mention: &&Mention| {
            mention.exemption.is_none() && mention.spelling(self.cx.termbase()).role.is_allowed()
        };
        self.cx.facts().mentions_of(concept).filter(allowed).collect()
    }

    /// Whether the document defines the concept, or gives its source where it first uses it.
    fn is_explained(&self, concept: ConceptId) -> bool {
        let mut mentions = self
            .cx
            .facts()
            .mentions_of(concept)
            .filter(|mention| !matches!(mention.exemption, Some(Exemption::Title | Exemption::Code)))
            .peekable();
        let sourced = mentions.peek().is_some_and(|first| self.has_source(first));
        sourced
            || mentions.any(|mention| {
                matches!(mention.exemption, Some(Exemption::DefinedHere | Exemption::OwnSource))
            })
    }

    /// Whether the mention is followed by a bracket that names a standard or the entry's dictionary.
    fn has_source(&self, mention: &Mention) -> bool {
        let text = self.cx.block(mention).text();
        let after = after_quotes(&text[mention.range.end..]);
        let Some(open) = after.chars().next().filter(|c| "（(〔[【".contains(*c)) else { return false };
        let inner = &after[open.len_utf8()..];
        let inner = &inner[..inner.find(mark::CLOSE_BRACKETS).unwrap_or(inner.len())];
        let series = self
            .cx
            .termbase()
            .entries(self.concept)
            .filter_map(|(dictionary, _)| dictionary.header().series.as_deref());
        names_standard(inner) || series.into_iter().any(|series| inner.contains(series))
    }

    fn undefined(&self, mine: &[&Mention]) -> Option<Finding> {
        let slots: Vec<Slot> = mine.iter().map(|mention| self.slot(mention)).collect();
        if let Some(at) = slots.iter().position(|&slot| slot == Slot::Generic) {
            return Some(self.generic(mine[at]));
        }
        // A document that takes over the whole dictionary has said what it means by the specific use.
        let settled = self.imports_dictionary() && slots[0] == Slot::Specific;
        (!settled).then(|| self.specific(mine[0]))
    }

    fn slot(&self, mention: &Mention) -> Slot {
        let Relation { generic_after, specific_before, specific_after, .. } = &self.relation.relation;
        let text = self.cx.block(mention).text();
        let after = after_quotes(&text[mention.range.end..]);
        let before = before_quotes(&text[..mention.range.start]);
        if starts_with_any(after, specific_after) {
            return Slot::Specific;
        }
        // 应X尽X and 完成X三百亿条 speak of doing, whatever X is.
        let doing = (before.ends_with('应') && after.starts_with('尽')) || before.ends_with("完成");
        if doing || starts_with_any(after, generic_after) {
            return Slot::Generic;
        }
        let number = before.strip_suffix('条');
        let quantity = numeral::without_count(number.unwrap_or(before));
        let verb = quantity.unwrap_or(before).trim_end_matches(['了', '批', '首']);
        let counted = number.is_some() && quantity.is_some() && !verb.ends_with('第');
        if counted || ends_with_any(verb, specific_before) {
            return Slot::Specific;
        }
        Slot::Open
    }

    /// Whether the document says that the terms of the concept's dictionary apply to it (GB/T 1.1).
    fn imports_dictionary(&self) -> bool {
        let Some((dictionary, _)) = self.cx.termbase().definition(self.concept) else { return false };
        let Some(series) = dictionary.header().series.as_deref() else { return false };
        self.cx.blocks().any(|block| {
            let text = block.text();
            text.contains("界定的")
                && text.contains("适用于")
                && fold::key(&text.replace(['∕', '／'], "/")).contains(&fold::key(series))
        })
    }

    fn names(&self) -> (&str, &str) {
        let termbase = self.cx.termbase();
        (&termbase.concept(self.concept).preferred, &termbase.concept(self.relation.target).preferred)
    }

    /// The dictionary's explanation with the entry's citation, and the way out.
    fn help(&self, way_out: Text) -> Text {
        let note = self.relation.relation.note.as_deref().unwrap_or_default().trim_end_matches('。');
        let source = self.cx.citation(self.concept).filter(|citation| !note.contains(citation.as_str()));
        let source = source.map_or(String::new(), |citation| format!("（{citation}）"));
        Text::new(format!("{note}{source}。{}", way_out.zh), format!("{note}{source}. {}", way_out.en))
    }

    fn specific(&self, mention: &Mention) -> Finding {
        let (mine, other) = self.names();
        let (mine_zh, other_zh) = (quoted(mine), quoted(other));
        let message = Text::new(
            format!("{mine_zh}易与{other_zh}相混，全文未给出定义或出处"),
            format!(
                "`{mine}` is easily confused with `{other}`, and the document gives neither definition nor source"
            ),
        );
        let label =
            Text::new(format!("确指，还是泛指{other_zh}？"), format!("this, or `{other}` in general?"));
        let help = self.help(Text::new(
            format!("泛指请用{other_zh}；确指请在首次出现处注明定义或出处"),
            format!("Write `{other}` for the general sense; else give the definition or source at first use"),
        ));
        Finding::new(mention.block, mention.range, message, label)
            .help(help)
            .concept(self.cx.concept_ref(self.concept))
    }

    fn generic(&self, mention: &Mention) -> Finding {
        let (mine, other) = self.names();
        let (mine_zh, other_zh) = (quoted(mine), quoted(other));
        let message = Text::new(
            format!("此处{mine_zh}似为泛指，应为{other_zh}"),
            format!("`{mine}` seems to mean `{other}` in general here"),
        );
        let label = Text::new(format!("泛指用{other_zh}"), format!("`{other}` for the general sense"));
        let help = self.help(Text::new(
            format!("确指{mine_zh}的，请在首次出现处注明定义或出处"),
            format!("If `{mine}` itself is meant, give its definition or source at first use"),
        ));
        let finding = Finding::new(mention.block, mention.range, message, label)
            .help(help)
            .concept(self.cx.concept_ref(self.concept));
        match self.cx.edits(self.cx.block(mention), mention.range, other) {
            Some(edits) => finding.fix(Fix {
                title: Text::new(format!("改为{other_zh}"), format!("replace with `{other}`")),
                applicability: Applicability::Suggestion,
                edits,
            }),
            None => finding,
        }
    }

    fn mixed(&self, first: &Mention, second: &Mention) -> Finding {
        let (mine, other) = self.names();
        let (mine_zh, other_zh) = (quoted(mine), quoted(other));
        let message = Text::new(
            format!("{mine_zh}与{other_zh}在文中混用，两者不是同义词"),
            format!("`{mine}` and `{other}` are mixed in this document, and do not mean the same"),
        );
        let label = Text::new(
            format!("{mine_zh}，下文又作{other_zh}？"),
            format!("`{mine}` here, `{other}` elsewhere"),
        );
        let help = self.help(Text::new(
            format!("请核对每一处；确有区别的，在首次出现处注明{mine_zh}的定义或出处"),
            format!(
                "Check every place; if both are meant, give the definition or source of `{mine}` at first use"
            ),
        ));
        let place = Text::new(format!("此处用{other_zh}"), format!("`{other}` here"));
        let finding = Finding::new(first.block, first.range, message, label)
            .help(help)
            .concept(self.cx.concept_ref(self.concept))
            .related(second.block, second.range, place);
        // Where each term alone is right, both together often are as well.
        match self.relation.relation.when {
            ConfusableWhen::Mixed => finding.severity(Severity::Info),
            ConfusableWhen::Undefined => finding,
        }
    }

    /// The other term alone is right in nearly every text; a hint, never more.
    fn hint(&self, mention: &Mention) -> Finding {
        let (mine, other) = self.names();
        let (mine_zh, other_zh) = (quoted(mine), quoted(other));
        let source = self.cx.citation(self.concept).unwrap_or_default();
        let message = Text::new(
            format!("{other_zh}是泛指，还是特指{mine_zh}？"),
            format!("`{other}` in general, or `{mine}` in particular?"),
        );
        let label = Text::new(format!("泛指不必修改，特指用{mine_zh}"), format!("`{mine}` if that is meant"));
        let help = self.help(Text::new(
            format!("{other_zh}是法规和公文的通用说法，泛指不必修改；特指的，用{mine_zh}（{source}）"),
            format!(
                "`{other}` is the wording of statutes; nothing to change for the general sense (`{mine}`: {source})"
            ),
        ));
        Finding::new(mention.block, mention.range, message, label)
            .help(help)
            .severity(Severity::Info)
            .concept(self.cx.concept_ref(self.relation.target))
    }
}

/// Whether the text gives the number of a standard (DB33/T 2350, GB 12021.2) or says that it names a source.
fn names_standard(text: &str) -> bool {
    let has_number = |code: &str| {
        text.match_indices(code).any(|(at, _)| {
            let after = text[at + code.len()..].trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = after.trim_start_matches(['/', '∕', '／', 'T', 'Z', ' ']);
            !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
                && digits.len() < after.len()
                && digits.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    text.contains("来源") || text.contains("定义集") || has_number("GB") || has_number("DB")
}

fn ends_with_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.ends_with(word.as_str()))
}

fn starts_with_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.starts_with(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    const DICTIONARY: &str = r#"
        [dictionary]
        id = "d"
        title = "词典"
        series = "DB33/T 2350"
        citation = "DB33/T 2350—2021"
        stop_compounds = ["大数据高铁"]
        [[concept]]
        term = "数据高铁"
        clause = "3.2.2.7"
        definition = "一种数据归集模式。"
        relations = [{ kind = "confusable", target = "数据归集", when = "undefined", note = "专指一种归集模式。", generic_after = ["率", "工作"], specific_before = ["开通", "建设"], specific_after = ["专线"] }]
        [[concept]]
        term = "数据归集"
        [[concept]]
        term = "公共数据"
        [[concept]]
        term = "一网通管"
        relations = [{ kind = "confusable", target = "一网统管", note = "两个不同的工程。" }]
        [[concept]]
        term = "一网统管"
    "#;

    fn severities(text: &str) -> Vec<Severity> {
        check::<ConfusableTerm>(DICTIONARY).lint(text).iter().map(|found| found.severity).collect()
    }

    #[test]
    fn every_reading_of_the_pair_is_reported_and_only_the_defensible_one_can_fail() {
        for (text, expected) in [
            ("开通12条“数据高铁”，提升时效", Severity::Warning),
            ("数据高铁率达到90%", Severity::Warning),
            ("完成数据高铁300亿条", Severity::Warning),
            ("开通数据高铁（每日传输500GB）", Severity::Warning),
            ("开通12条公共数据高铁", Severity::Warning),
            ("开通数据高铁，完成数据归集", Severity::Warning),
            ("做好数据归集工作", Severity::Info),
        ] {
            assert_eq!(severities(text), [expected], "{text}");
        }
    }

    #[test]
    fn every_way_to_count_is_a_specific_use() {
        // A document that takes the dictionary over has said what a counted one is.
        for count in [
            "12",
            "十二",
            "百",
            "几十",
            "上百",
            "千",
            "近千",
            "1,200",
            "两百多",
            "若干",
            "N",
            "１２",
            "首批3",
        ] {
            let text = format!("DB33/T 2350—2021界定的术语和定义适用于本文件。\n\n全省开通{count}条数据高铁");
            check::<ConfusableTerm>(DICTIONARY).pass(&text);
        }
    }

    #[test]
    fn a_definition_or_source_settles_it() {
        check::<ConfusableTerm>(DICTIONARY)
            .pass("开通“数据高铁”（DB33/T 2350—2021，3.2.2.7）12条，完成数据归集")
            .pass("数据高铁是指一种归集模式。数据高铁率达到90%")
            .pass("DB33/T 2350—2021界定的术语和定义适用于本文件。\n\n开通12条数据高铁")
            .fail("DB33/T 2350—2021界定的术语和定义适用于本文件。\n\n完成«数据高铁»工作");
    }

    #[test]
    fn look_alikes_are_silent() {
        check::<ConfusableTerm>(DICTIONARY)
            .pass("推进大数据高铁出行分析")
            .pass("落实《数据高铁建设方案》")
            .pass("落实《数据归集指南》")
            .pass("推进一网统管");
    }

    #[test]
    fn a_general_use_gets_a_proposal_and_mixing_names_both_places() {
        for text in ["数据高铁工作有序推进", "应数据高铁尽数据高铁"] {
            let found = check::<ConfusableTerm>(DICTIONARY).lint(text);
            assert_eq!(found[0].fixes.len(), 1, "{text}");
        }
        let found = check::<ConfusableTerm>(DICTIONARY).lint("数据高铁工作有序推进");
        assert_eq!(found[0].fixes[0].applicability, Applicability::Suggestion);
        assert_eq!(found[0].fixes[0].edits[0].text, "数据归集");
        let found = check::<ConfusableTerm>(DICTIONARY).lint("推进一网通管和一网统管");
        assert_eq!((found.len(), found[0].related.len()), (1, 1));
        assert_eq!(found[0].severity, Severity::Info);
    }

    #[test]
    fn a_house_rule_decides_the_pair() {
        let house = r#"
            [dictionary]
            id = "d"
            title = "词典"
            [[concept]]
            term = "数据归集"
            deprecated = ["数据高铁"]
        "#;
        check::<ConfusableTerm>(house).pass("开通12条数据高铁，完成数据归集");
    }

    #[test]
    fn a_title_behind_the_number_of_a_standard_is_no_prose() {
        check::<ConfusableTerm>(DICTIONARY)
            .pass("GB/T 12345—2020 信息安全技术 数据高铁安全要求")
            .pass("按照 GB/T 12345—2020 信息安全技术 数据高铁安全要求 执行。")
            .fail("按照 GB/T 12345—2020 开通“«数据高铁»”，提升时效")
            .fail("按照 GB/T 12345—2020 信息安全技术 传输要求，开通“«数据高铁»”");
    }
}
