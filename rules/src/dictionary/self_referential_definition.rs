//! Flags definitions that use the term they define.

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_text::diagnostic::Severity;
use zhengming_text::fold;
use zhengming_text::message::Text;

use super::finding::AtEntry;
use super::{DictionaryContext, DictionaryRule, DictionarySink, Entry, EntryPlace};

/// The whole term inside its own definition.
#[derive(Debug, Default)]
pub struct SelfReferentialDefinition;

impl SelfReferentialDefinition {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "self-referential-definition",
        name: ("定义里用了本词", "Definition that uses its term"),
        family: "dictionary",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: None,
        summary: ("定义里用了被定义的术语", "a definition that uses the term it defines"),
        page: (
            include_str!("self_referential_definition.md"),
            include_str!("self_referential_definition.en.md"),
        ),
    };
}

impl DictionaryRule for SelfReferentialDefinition {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        sink.extend(cx.entries().iter().filter_map(|entry| finding(cx, entry)));
    }
}

fn finding(cx: &DictionaryContext<'_>, entry: &Entry<'_>) -> Option<Finding<EntryPlace>> {
    // Later sentences describe what the first one has defined, and then the term is in its place.
    let text = fold::key(entry.defining_sentence());
    let found = cx.finder().find(&text).into_iter().find(|found| found.identity == entry.identity)?;
    let around = around(&text, found.start, found.end);
    let term = entry.term();
    let message = Text::new(
        format!("“{term}”的定义里又用了“{term}”：“{around}”"),
        format!("the definition of `{term}` uses `{term}`: `{around}`"),
    );
    let finding = Finding::at_entry(entry, message).help(Text::new(
        format!("定义应能代替术语（{}），不能用术语说明自己；请换成上位概念或列出具体所指", entry.cite()),
        format!(
            "a definition should be able to take the place of the term ({}); use a superordinate concept or say what is meant",
            entry.cite()
        ),
    ));
    Some(finding)
}

/// The place with a few characters on either side.
fn around(text: &str, start: usize, end: usize) -> String {
    const BESIDE: usize = 6;
    let before: String = text[..start].chars().rev().take(BESIDE).collect();
    let after: String = text[end..].chars().take(BESIDE).collect();
    let before: String = before.chars().rev().collect();
    format!("{before}{}{after}", &text[start..end])
}
