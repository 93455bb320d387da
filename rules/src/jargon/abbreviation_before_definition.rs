//! Flags short forms that are used before they are declared.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_reading::definition::Pattern;
use zhengming_reading::prose;
use zhengming_terms::words::Words;
use zhengming_text::diagnostic::Severity;
use zhengming_text::document::{BlockKind, BlockRef};
use zhengming_text::fold::{self, is_han};
use zhengming_text::message::{Text, quoted};
use zhengming_text::signs::Signs;
use zhengming_text::span::TextRange;

use super::uses::{Use, each_use, uses};

/// Shortest short form, in characters: 平台 and 方案 are words of their own.
const SHORTEST: usize = 3;

/// Short forms before 以下简称.
#[derive(Debug, Default)]
pub struct AbbreviationBeforeDefinition;

impl AbbreviationBeforeDefinition {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "abbreviation-before-definition",
        name: ("简称用在说明之前", "Short form before it is declared"),
        family: "jargon",
        severity: Severity::Info,
        also: None,
        default: true,
        fix: None,
        summary: (
            "简称用在说明之前，或者与全称混用而没有说明",
            "a short form used before it is declared, or beside its full form and never declared",
        ),
        page: (
            include_str!("abbreviation_before_definition.md"),
            include_str!("abbreviation_before_definition.en.md"),
        ),
    };
}

impl Rule for AbbreviationBeforeDefinition {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        used_too_early(cx, sink);
        used_beside(cx, sink);
    }
}

/// A short form that the document declares, with the place.
struct Declared {
    short: String,
    block: usize,
    range: TextRange,
}

/// What the document declares with 以下简称, and names in quotation marks that explain the words before them:
/// 政务服务平台（“浙里办”）.
fn declared(cx: &Context<'_>) -> Vec<Declared> {
    let by_cue = cx.facts().abbreviations().iter();
    let by_cue = by_cue.map(|one| Declared { short: one.short.clone(), block: one.block, range: one.range });
    let glosses = cx.definitions().iter().filter(|one| one.pattern == Pattern::Gloss);
    let glosses = glosses.filter(|one| one.text.chars().all(is_han) && is_set_off(cx, one.block, one.term));
    let by_gloss = glosses.map(|one| Declared { short: one.text.clone(), block: one.block, range: one.term });
    let mut seen = HashSet::new();
    by_cue
        .chain(by_gloss)
        .filter(|one| one.short.chars().count() >= SHORTEST && seen.insert(one.short.clone()))
        .collect()
}

/// Whether the bracket holds nothing but the name in its quotation marks.
fn is_set_off(cx: &Context<'_>, block: usize, range: TextRange) -> bool {
    let text = cx.block_at(block).text();
    let before = text[..range.start].strip_suffix('“');
    before.is_some_and(|before| before.ends_with(['（', '('])) && text[range.end..].starts_with('”')
}

/// Short forms before their declaration.
fn used_too_early(cx: &Context<'_>, sink: &mut Sink<'_>) {
    let declared: Vec<Declared> = declared(cx)
        .into_iter()
        .filter(|one| cx.is_coined(&one.short) && !is_in_full_form(cx, one))
        .collect();
    let names: Vec<String> = declared.iter().map(|one| one.short.clone()).collect();
    let places = uses(cx, &names);
    for (number, one) in declared.iter().enumerate() {
        let first = places[number].iter().find(|&&(block, range)| {
            (block, range.end) <= (one.block, one.range.start)
                && !matches!(cx.block_at(block).kind(), BlockKind::Heading(_))
                && cx.stands_alone(cx.block_at(block).text(), range)
        });
        let Some(&(block, range)) = first else { continue };
        let name = &one.short;
        let message = Text::new(
            format!("简称{}用在说明之前", quoted(name)),
            format!("the short form `{name}` is used before it is declared"),
        );
        let label = Text::new("此处应用全称", "write the full form here");
        let help = Text::new(
            "把“以下简称”移到首次出现处，或者在这里用全称",
            "Move the declaration to the first use, or write the full form here",
        );
        let place = Text::new("声明在此", "declared here");
        sink.report(
            Finding::new(block, range, message, label).help(help).related(one.block, one.range, place),
        );
    }
}

static CLIPPED: &str = include_str!("../../lexicon/clipped.txt");

/// Short forms in common use, each with a full form.
static PAIRS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    CLIPPED.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect()
});

/// The forms, with the sign by which documents are looked through for them.
pub(crate) fn cues() -> impl Iterator<Item = (&'static str, Signs)> {
    PAIRS.iter().flat_map(|&(short, full)| [short, full]).map(|form| (form, Signs::CLIPPED))
}

/// Every form once, and the search for them.
static FORMS: LazyLock<(Vec<&str>, Words)> = LazyLock::new(|| {
    let mut forms: Vec<&str> = PAIRS.iter().flat_map(|&(short, full)| [short, full]).collect();
    forms.sort_unstable();
    forms.dedup();
    let search = Words::new(&forms);
    (forms, search)
});

/// Short forms in common use beside their full forms, none of which the document declares.
fn used_beside(cx: &Context<'_>, sink: &mut Sink<'_>) {
    let is_there = |block: BlockRef<'_>| cx.facts().signs(block.index()).any(Signs::CLIPPED);
    if !cx.blocks().any(is_there) {
        return;
    }
    let (forms, search) = &*FORMS;
    let mut first: HashMap<&str, Use> = HashMap::new();
    each_use(cx, search, is_there, |number, (block, range)| {
        let (form, text) = (forms[number], cx.block_at(block).text());
        // 工信部联消费〔2025〕1号 names nobody.
        let is_named = !prose::is_document_number(text, range)
            && !text[range.end..].starts_with(['联', '函', '规', '发', '办', '〔'])
            && cx.stands_alone(text, range);
        if is_named {
            first.entry(form).or_insert((block, range));
        }
    });
    if first.len() < 2 {
        return;
    }
    let known: HashSet<String> = declared(cx).into_iter().map(|one| one.short).collect();
    // Of two full forms of one short form the document may have either.
    let mut told = HashSet::new();
    for &(short, full) in PAIRS.iter() {
        let (Some(&at), Some(&other)) = (first.get(short), first.get(full)) else { continue };
        if known.contains(short) || follows_in_bracket(cx, at, other) || !told.insert(short) {
            continue;
        }
        sink.report(beside(short, full, at, other));
    }
}

/// 自由贸易试验区（自贸区）: declared well enough.
fn follows_in_bracket(cx: &Context<'_>, (block, range): Use, (full_block, full): Use) -> bool {
    block == full_block
        && full.end <= range.start
        && cx.block_at(block).text()[full.end..range.start].starts_with(['（', '('])
        && range.start - full.end < 24
}

fn beside(short: &str, full: &str, at: Use, other: Use) -> Finding {
    let (a, b) = (quoted(short), quoted(full));
    let message = Text::new(
        format!("文中既写全称{b}又写简称{a}，没有写明简称"),
        format!("the text has both `{full}` and its short form `{short}`, and does not declare it"),
    );
    let label = Text::new(format!("全称是{b}？"), format!("short for `{full}`?"));
    let help = Text::new(
        format!(
            "全文统一用一个；用简称的，在首次出现处写明“{full}（以下简称{short}）”；指另一事物的，不必修改"
        ),
        format!(
            "Use one throughout, or declare the short form at first use: {full}（以下简称{short}）; nothing to change if another thing is meant"
        ),
    );
    let place = Text::new("全称在此", "the full form");
    Finding::new(at.0, at.1, message, label).help(help).related(other.0, other.1, place)
}

/// Whether the words that the short form stands for hold it: 整体智治｜专题门户. It says what they say.
fn is_in_full_form(cx: &Context<'_>, one: &Declared) -> bool {
    let before = &cx.block_at(one.block).text()[..one.range.start];
    let sentence = before.rsplit(['。', '；']).next().unwrap_or(before);
    // Layout may break the full form.
    fold::key(sentence).contains(&fold::key(&one.short))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    const DICTIONARY: &str = "[dictionary]\nid = \"d\"\ntitle = \"词典\"\n[[concept]]\nterm = \"云\"";

    #[test]
    fn a_short_form_before_its_declaration_is_found() {
        check::<AbbreviationBeforeDefinition>(DICTIONARY)
            .fail("核定«低边户»范围。\n\n最低生活保障边缘家庭（以下简称“低边户”）按月复核。");
    }

    #[test]
    fn a_name_in_a_bracket_declares_itself() {
        check::<AbbreviationBeforeDefinition>(DICTIONARY)
            .fail("推广“«湘办通»”。\n\n建设湖南党政智慧办公平台（“湘办通”）。")
            .pass("建设湖南党政智慧办公平台（“湘办通”）。\n\n推广“湘办通”。");
    }

    #[test]
    fn a_short_form_beside_its_full_form_is_found() {
        check::<AbbreviationBeforeDefinition>(DICTIONARY)
            .fail("支持«自贸试验区»长沙片区。\n\n对接中国（湖南）自由贸易试验区。")
            .pass("中国（湖南）自由贸易试验区（以下简称自贸试验区）。\n\n支持自贸试验区长沙片区。")
            .pass("自由贸易试验区（自贸试验区）先行先试。")
            .pass("支持自贸试验区长沙片区，建设自贸试验区。")
            .pass("建设粤港澳大湾区。");
    }

    #[test]
    fn full_forms_titles_and_ordinary_words_are_fine() {
        check::<AbbreviationBeforeDefinition>(DICTIONARY)
            .pass("登录整体智治专题门户。\n\n整体智治专题门户（简称“专题门户”）每月更新。")
            .pass("印发《三年行动方案》。\n\n《三年行动方案》（以下简称《行动方案》）提出目标。")
            .pass("公布土地使用权出让方案。\n\n土地管理部门（以下简称出让方）负责实施。")
            .pass("维护用人单位的权益。\n\n有雇工的个体工商户（以下称用人单位）应当参保。")
            .pass("区（市）负责保护。\n\n确定的部门（以下简称区（市）主管部门）负责养护。")
            .pass("建设平台。\n\n一体化平台（以下简称“平台”）按月升级。")
            .pass("最低生活保障边缘家庭（以下简称“低边户”）按月复核，低边户享受救助。");
    }
}
