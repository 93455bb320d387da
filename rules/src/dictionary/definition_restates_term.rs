//! Flags definitions that begin with 是, 指 or the term itself.

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Text;

use super::definition::Lead;
use super::finding::AtEntry;
use super::{DictionaryContext, DictionaryRule, DictionarySink, Entry, EntryPlace};

/// Definitions that cannot take the place of the term because they repeat it or begin with a verb.
#[derive(Debug, Default)]
pub struct DefinitionRestatesTerm;

impl DefinitionRestatesTerm {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "definition-restates-term",
        name: ("定义开头重复术语", "Definition that restates its term"),
        family: "dictionary",
        severity: Severity::Info,
        also: None,
        default: true,
        fix: None,
        summary: ("定义以“是”“指”或“X是指”开头", "a definition that begins with 是, 指 or X是指"),
        page: (include_str!("definition_restates_term.md"), include_str!("definition_restates_term.en.md")),
    };
}

/// From so many entries on, a dictionary in which most definitions begin so does it on purpose.
const HOUSE_STYLE: usize = 5;

impl DictionaryRule for DefinitionRestatesTerm {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        for number in 0..cx.dictionaries().len() {
            let defined = cx.entries_of(number).filter(|entry| entry.is_defined()).count();
            let restating: Vec<(&Entry<'_>, Lead<'_>)> =
                cx.entries_of(number).filter_map(|entry| Some((entry, entry.lead?))).collect();
            if restating.len() >= HOUSE_STYLE && restating.len() * 2 > defined {
                sink.report(house_style(&restating, defined));
            } else {
                sink.extend(restating.iter().map(|(entry, lead)| single(entry, *lead)));
            }
        }
    }
}

fn single(entry: &Entry<'_>, lead: Lead<'_>) -> Finding<EntryPlace> {
    let term = entry.term();
    let opening = format!("{}{}", lead.definiendum.unwrap_or_default(), lead.verb);
    let message = Text::new(
        format!("“{term}”的定义以“{opening}”开头"),
        format!("the definition of `{term}` begins with `{opening}`"),
    );
    Finding::at_entry(entry, message).help(Text::new(
        format!("定义应能在上下文中代替术语（{}），请删去开头的“{opening}”", entry.cite()),
        format!(
            "a definition should be able to take the place of the term ({}); drop `{opening}`",
            entry.cite()
        ),
    ))
}

/// One finding for all, because a table that always writes X是指 has decided to.
fn house_style(restating: &[(&Entry<'_>, Lead<'_>)], defined: usize) -> Finding<EntryPlace> {
    let (first, _) = restating[0];
    let count = restating.len();
    let title = first.dictionary.cite(None);
    let message = Text::new(
        format!("{title}的{defined}条定义中有{count}条以“X是指”等开头"),
        format!("{count} of the {defined} definitions in {title} begin with X是指 or the like"),
    );
    Finding::at_entry(first, message)
        .help(Text::new(
            "看来是本词典的体例，只报告一次。标准的术语条目不写“X是指”，定义应能在上下文中代替术语",
            "this seems to be the style of the dictionary and is reported once; in a standard, a definition should be able to take the place of the term",
        ))
        .beside(restating.iter().skip(1).map(|(entry, _)| *entry))
}
