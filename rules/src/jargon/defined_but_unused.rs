//! Flags terms and short forms that are defined and then not used.

use std::collections::HashSet;

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::definition::{Definition, Pattern};
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold;
use zhengming_text::message::{Text, quoted};
use zhengming_text::span::TextRange;

use super::uses::uses;
use zhengming_text::zh::mark;

/// Words of a title that say that the document is there to define terms.
const TERMINOLOGY: [&str; 8] = ["术语", "词汇", "名词", "定义", "用语", "释义", "解释", "词典"];
/// A document of which every so many blocks is a definition is a list of terms.
const LIST: usize = 4;

/// How the document begins to speak of itself, which is no part of what a term means: ，本规范重点关注….
const OWN: [&str; 5] = ["，本规范", "，本文件", "，本标准", "，本指南", "，本规程"];

/// Definitions that nothing in the document needs.
#[derive(Debug, Default)]
pub struct DefinedButUnused;

impl DefinedButUnused {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "defined-but-unused",
        name: ("定义后没有使用", "Defined and not used"),
        family: "jargon",
        severity: Severity::Info,
        also: None,
        default: true,
        fix: None,
        summary: ("定义了的术语、简称没有用到", "a term or short form that is defined and never used"),
        page: (include_str!("defined_but_unused.md"), include_str!("defined_but_unused.en.md")),
    };
}

/// A term or short form with the place where it is declared.
struct Declared {
    name: String,
    block: usize,
    range: TextRange,
    /// The blocks that define it, each with the end of the defining sentence: uses of the name before it do not
    /// count.
    body: Vec<(usize, usize)>,
    is_short_form: bool,
}

impl Rule for DefinedButUnused {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        let declared = declared(cx);
        if declared.is_empty() || is_terminology(cx) {
            return;
        }
        let names: Vec<String> = declared.iter().map(|one| one.name.clone()).collect();
        let places = uses(cx, &names);
        for (number, one) in declared.iter().enumerate() {
            let used = places[number].iter().any(|&(block, range)| {
                let declares = block == one.block && range.overlaps(one.range);
                let defines = |&(of, end): &(usize, usize)| of == block && range.start < end;
                !declares && (one.is_short_form || !one.body.iter().any(defines))
            });
            if !used {
                sink.report(finding(one));
            }
        }
    }
}

fn declared(cx: &Context<'_>) -> Vec<Declared> {
    let terms =
        cx.definitions().iter().filter(|one| one.pattern == Pattern::TermsClause).map(|one| Declared {
            name: one.text.clone(),
            block: one.block,
            range: one.term,
            body: defining(cx, one),
            is_short_form: false,
        });
    let shorts = cx.facts().abbreviations().iter().map(|one| Declared {
        name: one.short.clone(),
        block: one.block,
        range: one.range,
        body: Vec::new(),
        is_short_form: true,
    });
    let mut seen = HashSet::new();
    let mut is_new = |one: &Declared| one.name.chars().count() >= 2 && seen.insert(fold::key(&one.name));
    terms.chain(shorts).filter(|one| is_new(one)).collect()
}

/// The blocks of a definition with the end of its own sentence in each. What comes after it there uses the term.
fn defining(cx: &Context<'_>, definition: &Definition) -> Vec<(usize, usize)> {
    let mut ends = vec![(definition.block, definition.term.end)];
    for &(block, range) in &definition.body {
        let body = &cx.block_at(block).text()[range.range()];
        let end = body
            .find(mark::SENTENCE_ENDS)
            .into_iter()
            .chain(OWN.iter().filter_map(|own| body.find(own)))
            .min();
        ends.push((block, end.map_or(range.end, |at| range.start + at)));
        if end.is_some() {
            break;
        }
    }
    ends
}

/// Whether the document is there to define terms.
pub(super) fn is_terminology(cx: &Context<'_>) -> bool {
    let title = cx.metadata().title.as_deref().unwrap_or_default();
    TERMINOLOGY.iter().any(|word| title.contains(word)) || cx.definitions().len() * LIST > cx.blocks().len()
}

fn finding(one: &Declared) -> Finding {
    let name = &one.name;
    let (message, help) = if one.is_short_form {
        (
            Text::new(
                format!("简称{}后文没有用过", quoted(name)),
                format!("the short form `{name}` is never used"),
            ),
            Text::new("后文改用简称，或者删去这个简称", "Use the short form from here on, or leave it out"),
        )
    } else {
        (
            Text::new(
                format!("术语{}定义之后没有用过", quoted(name)),
                format!("the term `{name}` is defined and never used"),
            ),
            Text::new(
                "术语和定义一章只列正文用到的术语；用不到的删去",
                "A clause of terms lists what the text uses; leave out the rest",
            ),
        )
    };
    Finding::new(one.block, one.range, message, Text::new("定义在此", "defined here")).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    const DICTIONARY: &str = "[dictionary]\nid = \"d\"\ntitle = \"词典\"\n[[concept]]\nterm = \"云\"";

    #[test]
    fn unused_short_forms_are_found() {
        check::<DefinedButUnused>(DICTIONARY)
            .fail("一体化平台（以下简称“«总平台»”）按月升级。\n\n各县做好保障。\n\n按时报送。\n\n完善机制。\n\n加强培训。");
    }

    const TERMS: &str = "# 应急规范\n\n# 1 范围\n\n本文件适用于应急管理。\n\n按时报送。\n\n完善机制。\n\n加强培训。\n\n\
                         # 3 术语和定义\n\n3.1\n\n";

    #[test]
    fn the_sentences_after_a_definition_use_its_term() {
        check::<DefinedButUnused>(DICTIONARY)
            .pass(&format!("{TERMS}关键要素\n\n预案中必须规范的内容。关键要素必须符合规定。"))
            .fail(&format!("{TERMS}«关键要素»\n\n预案中必须规范的内容。其他要素可以省略。"))
            .pass(&format!("{TERMS}舆情\n\n公众的言论和观点，本规范重点关注互联网舆情。"))
            .fail(&format!("{TERMS}«关键要素»\n\n预案中作为关键要素而必须规范的内容。"));
    }

    #[test]
    fn used_ones_and_lists_of_terms_are_fine() {
        check::<DefinedButUnused>(DICTIONARY)
            .pass("一体化平台（以下简称“总平台”）按月升级。\n\n各县接入总平台。\n\n按时报送。\n\n完善机制。\n\n加强培训。")
            .pass("《工作方案》（以下简称《方案》）已印发。\n\n《方案》提出，按时报送。\n\n完善机制。\n\n加强培训。")
            .pass("# 常用术语\n\n一体化平台（以下简称“总平台”）按月升级。");
    }
}
