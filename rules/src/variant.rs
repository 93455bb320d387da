//! The variant family: the right concept under the wrong name.

mod confusable_term;
mod deprecated_term;
mod inconsistent_term;
mod morpheme_order_variant;
mod near_miss_term;
mod near_names;
mod nonstandard_variant;
mod organization_name_variant;
mod superseded_term;
mod term_quotation;

pub use confusable_term::ConfusableTerm;
pub use deprecated_term::DeprecatedTerm;
pub use inconsistent_term::InconsistentTerm;
pub use morpheme_order_variant::MorphemeOrderVariant;
pub use near_miss_term::NearMissTerm;
pub(crate) use near_names::words::cues as naming_cues;
pub use nonstandard_variant::NonstandardVariant;
pub use organization_name_variant::OrganizationNameVariant;
pub use superseded_term::SupersededTerm;
pub use term_quotation::TermQuotation;

use zhengming_lint::rule::Context;
use zhengming_reading::facts::Mention;
use zhengming_reading::prose;
use zhengming_terms::dictionary::Subject;
use zhengming_terms::termbase::{ConceptId, Role, Spelling};
use zhengming_text::date::Date;
use zhengming_text::diagnostic::{Applicability, Fix};
use zhengming_text::document::BlockRef;
use zhengming_text::message::{Text, quoted};
use zhengming_text::span::TextRange;

use crate::region::other_provinces;

/// How much of a definition a finding quotes, in characters.
const QUOTED_DEFINITION: usize = 48;

/// The mentions of terms that are not exempt; organisations have a rule of their own. What stands inside a near
/// miss is what is left intact of the longer term, and mended with it.
fn judged<'a>(cx: &'a Context<'_>) -> impl Iterator<Item = &'a Mention> {
    let near = cx.facts().near_misses();
    let is_part = |mention: &&Mention| {
        let from = near.partition_point(|near| near.block < mention.block);
        let here = near[from..].iter().take_while(|near| near.block == mention.block);
        here.filter(|near| near.exemption.is_none()).any(|near| near.range.contains(mention.range))
    };
    let is_term = |mention: &&Mention| {
        cx.termbase().concept(mention.spelling(cx.termbase()).concept).subject == Subject::Terms
    };
    let judged = cx.facts().mentions().iter().filter(|mention| mention.exemption.is_none());
    judged.filter(is_term).filter(move |mention| !is_part(mention))
}

/// Longest expression, in bytes, that quotation marks around it merely set off; a longer one is quoted.
const SET_OFF: usize = 36;

/// Replacing the mention by `preferred`, a designation of its concept, if its bytes can be edited in place.
fn replace(cx: &Context<'_>, mention: &Mention, preferred: &str, wanted: Applicability) -> Option<Fix> {
    let block = cx.block(mention);
    let concept = mention.spelling(cx.termbase()).concept;
    // A later layer may have taken the name away; then there is nothing to put in its place.
    let ours =
        |spelling: &&Spelling| spelling.concept == concept && !matches!(spelling.role, Role::Variant { .. });
    let is_name = cx.termbase().lookup(preferred).iter().any(|spelling| ours(&spelling));
    let sentence = prose::sentence_around(block.text(), mention.range);
    let (before, after) = (sentence.start..mention.range.start, mention.range.end..sentence.end);
    // Beside the full name, the short one is told apart from it, or stands for another thing.
    let is_beside = [before, after].into_iter().any(|part| block.text()[part].contains(preferred));
    let is_short = preferred.contains(&cx.surface(mention));
    if !is_name || is_beside && is_short || repeats(block.text(), mention.range, preferred) {
        return None;
    }
    let text = nested_quotes(block, mention, preferred);
    let edits = cx.edits(block, mention.range, &text)?;
    // What is quoted is somebody else's wording; and a short form may be meant as one.
    let is_doubtful = is_quoted(block, mention.range) || is_beside || is_short;
    let applicability = if is_doubtful { Applicability::Suggestion } else { wanted };
    let right = if text.contains(['“', '‘']) { text } else { quoted(preferred) };
    let title = Text::new(format!("改为{right}"), format!("replace with `{preferred}`"));
    Some(Fix { title, applicability, edits })
}

/// Words that make what follows nobody's in particular, or the whole country's.
const NOBODY: [&str; 12] = ["国家", "全国", "各", "外", "跨", "邻", "两", "三", "四", "五", "该", "兄弟"];

/// Whether the text before a name gives it to another province, or to the whole country.
fn is_elsewhere(before: &str) -> bool {
    let before = before.trim_end_matches(['省', '市', '区']);
    other_provinces().chain(NOBODY).any(|place| before.ends_with(place))
}

/// Whether the sentence speaks of a time before `since`, or of the change itself: 原……, 2019年……, 时任…….
fn is_history(text: &str, range: TextRange, since: Option<Date>) -> bool {
    let before = prose::before_quotes(&text[..range.start]);
    let before = before.strip_suffix("浙江").unwrap_or(before);
    if ["原", "时任", "曾任", "撤销", "前身为", "前身是"].iter().any(|word| before.ends_with(word))
    {
        return true;
    }
    let sentence = &text[prose::sentence_around(text, range).range()];
    let changed = ["更名", "撤销", "合并", "改组", "划入", "成立于", "组建于"];
    if changed.iter().any(|word| sentence.contains(word)) {
        return true;
    }
    let year_before = |at: usize| {
        let digits = sentence.get(at.saturating_sub(4)..at)?;
        digits.parse::<u16>().ok().filter(|year| (1900..2100).contains(year))
    };
    let mut years = sentence.match_indices('年').filter_map(|(at, _)| year_before(at));
    since.is_some_and(|since| years.any(|year| year < since.year()))
}

/// Whether the words before `range` already say part of what the replacement would: 一体化的｜公共数据平台
/// must not become 一体化的一体化智能化公共数据平台.
fn repeats(text: &str, range: TextRange, preferred: &str) -> bool {
    let inside = &text[range.range()];
    let Some(head) = preferred.strip_suffix(inside).filter(|head| !head.is_empty()) else { return false };
    let before = text[..range.start].trim_end_matches(['的', '和', '、', '与', '，']);
    let tail: Vec<char> = before.chars().rev().take(2).collect();
    let pair: String = tail.into_iter().rev().collect();
    pair.chars().count() == 2 && head.contains(&pair)
}

/// Whether `range` is somebody else's wording: inside a block quotation, or a quotation longer than a mere name.
pub(crate) fn is_quoted(block: BlockRef<'_>, range: TextRange) -> bool {
    let quotation = prose::quotation_around(block.text(), range);
    block.quoted() || quotation.is_some_and(|quotation| quotation.len() > range.len() + SET_OFF)
}

/// A designation with quotation marks of its own takes single ones inside others (GB/T 15834—2011).
fn nested_quotes(block: BlockRef<'_>, mention: &Mention, preferred: &str) -> String {
    let text = block.text();
    let inside = text[..mention.range.start].ends_with('“') && text[mention.range.end..].starts_with('”');
    if inside { preferred.replace('“', "‘").replace('”', "’") } else { preferred.to_owned() }
}

/// `DB33/T 2350—2021，3.1.3.9：“各级党政机关……”`, or nothing if no dictionary defines the concept.
fn definition_line(cx: &Context<'_>, concept: ConceptId) -> Option<Text> {
    let (_, entry) = cx.termbase().definition(concept)?;
    let citation = cx.citation(concept)?;
    let definition = shortened(entry.definition.as_deref()?);
    Some(Text::new(format!("{citation}：“{definition}”"), format!("{citation}: “{definition}”")))
}

fn shortened(definition: &str) -> String {
    let mut short: String = definition.chars().take(QUOTED_DEFINITION).collect();
    if short.len() < definition.len() {
        short.push('…');
    }
    short
}
