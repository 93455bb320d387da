//! Flags variants that can never be found in a document.

use std::collections::HashMap;

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_terms::dictionary::{Matching, Variant};
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold;
use zhengming_text::message::Text;

use super::finding::AtEntry;
use super::{DictionaryContext, DictionaryRule, DictionarySink, Entry, EntryPlace};

/// Variants that are listed in vain.
#[derive(Debug, Default)]
pub struct DeadVariant;

impl DeadVariant {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "dead-variant",
        name: ("匹配不到的变体", "Variant that is never found"),
        family: "dictionary",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: None,
        summary: ("永远匹配不到的变体", "a variant that can never be found"),
        page: (include_str!("dead_variant.md"), include_str!("dead_variant.en.md")),
    };
}

impl DictionaryRule for DeadVariant {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        // Names of the same concept or of a later dictionary take their spelling from a variant.
        let mut names: HashMap<&str, Vec<&Entry<'_>>> = HashMap::new();
        for entry in cx.entries() {
            for name in &entry.concept.designations {
                names.entry(name.text.trim()).or_default().push(entry);
            }
        }
        for entry in cx.entries() {
            for (index, variant) in entry.concept.variants.iter().enumerate() {
                let earlier = &entry.concept.variants[..index];
                let taken = || {
                    let owners = names.get(variant.surface.trim()).into_iter().flatten();
                    owners
                        .copied()
                        .find(|owner| owner.identity == entry.identity || owner.number > entry.number)
                };
                let reason = reason(entry, variant, earlier).or_else(|| taken().map(taken_by));
                if let Some(reason) = reason {
                    sink.report(finding(entry, variant, &reason));
                }
            }
        }
    }
}

/// Why a variant is never found, as far as its own entry tells.
fn reason(entry: &Entry<'_>, variant: &Variant, earlier: &[Variant]) -> Option<Text> {
    let key = fold::key(&variant.surface);
    let text = |zh: &str, en: &str| Some(Text::new(zh, en));
    if key.is_empty() {
        return text(
            "除去空白和引号就没有字了",
            "nothing is left of it without white space and quotation marks",
        );
    }
    if key.chars().nth(1).is_none() {
        return text("只有一个字，单字不参与匹配", "it is a single character, and those are not looked for");
    }
    if entry.concept.matching != Matching::Literal {
        return text("它的术语不参与匹配（match）", "its term is not looked for (`match`)");
    }
    if entry.concept.designations.iter().any(|name| written(&name.text) == written(&variant.surface)) {
        return text(
            "除去空白和两端的引号，与术语本身相同",
            "but for white space and quotation marks around it, it is the term itself",
        );
    }
    if let Some(word) = variant.unless.iter().find(|word| key.contains(&fold::key(word)) && !word.is_empty())
    {
        return Some(Text::new(
            format!("它自己含有例外词“{word}”（unless）"),
            format!("it contains its own exception `{word}` (`unless`)"),
        ));
    }
    let again = earlier.iter().any(|other| other.surface.trim() == variant.surface.trim());
    if again { text("前面已经列过", "it is listed before") } else { None }
}

fn taken_by(owner: &Entry<'_>) -> Text {
    let (term, cite) = (owner.term(), owner.cite());
    Text::new(
        format!("它是“{term}”的名称（{cite}），名称优先于变体"),
        format!("it is a name of `{term}` ({cite}), and names go before variants"),
    )
}

/// As a document may write it: without white space and the quotation marks around the whole.
fn written(text: &str) -> String {
    let plain: String = text.chars().filter(|&c| !fold::is_space(c) && !fold::is_zero_width(c)).collect();
    let inner = plain.strip_prefix('“').and_then(|rest| rest.strip_suffix('”'));
    inner.filter(|inner| !inner.contains(['“', '”'])).map_or(plain.clone(), str::to_owned)
}

fn finding(entry: &Entry<'_>, variant: &Variant, reason: &Text) -> Finding<EntryPlace> {
    let (surface, term) = (&variant.surface, entry.term());
    let message = Text::new(
        format!("“{term}”的变体“{surface}”永远匹配不到：{}", reason.zh),
        format!("variant `{surface}` of `{term}` can never be found: {}", reason.en),
    );
    Finding::at_entry(entry, message)
        .line(variant.line)
        .help(Text::new("请删去或改正这个变体", "remove or correct the variant"))
}
