//! What a rule is, what it sees, and how it reports.

use std::collections::HashSet;

use crate::suppression::Fault;
use zhengming_reading::citation::Cited;
use zhengming_reading::definition::Definition;
use zhengming_reading::facts::{Facts, Mention};
use zhengming_reading::head::Head;
use zhengming_reading::jargon::{Candidate, Jargon};
use zhengming_terms::register::Register;
use zhengming_terms::termbase::{ConceptId, TermBase};
use zhengming_text::date::Date;
use zhengming_text::diagnostic::{ConceptRef, Edit};
use zhengming_text::document::{BlockRef, Document, Metadata};
use zhengming_text::fold;
use zhengming_text::span::TextRange;

pub use crate::finding::{Finding, Sink};
pub use crate::meta::{RuleMeta, family_name, kept};

/// A rule over one document. A rule never sees a format, a file or the clock.
pub trait Rule: Send + Sync {
    /// What is the same for every document.
    fn meta(&self) -> &'static RuleMeta;

    /// Reports every finding in the document of `cx` to `sink`.
    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>);

    /// Reports directives that do not do what their author meant. Called once every rule has checked the
    /// document, because only then is it known what each directive suppressed.
    fn review(&self, _faults: &[Fault], _cx: &Context<'_>, _sink: &mut Sink<'_>) {}
}

/// What a rule sees of a document.
#[derive(Debug)]
pub struct Context<'a> {
    pub(crate) facts: &'a Facts<'a>,
    pub(crate) defined: &'a HashSet<String>,
    pub(crate) as_of: Option<Date>,
    pub(crate) today: Option<Date>,
}

impl<'a> Context<'a> {
    /// The document, for facts that are read from the whole of it. What a rule says must not depend on
    /// its name, format or encoding.
    pub fn document(&self) -> &'a Document {
        self.facts.document()
    }

    /// The blocks of the document, in reading order.
    pub fn blocks(&self) -> impl ExactSizeIterator<Item = BlockRef<'a>> {
        self.document().blocks()
    }

    /// Block number `index`.
    ///
    /// # Panics
    /// If there is no such block.
    pub fn block_at(&self, index: usize) -> BlockRef<'a> {
        self.document().block(index)
    }

    /// The title of the document, and what else its file states.
    pub fn metadata(&self) -> &'a Metadata {
        self.document().metadata()
    }

    /// The loaded terms.
    pub fn termbase(&self) -> &'a TermBase {
        self.facts.knowledge().termbase()
    }

    /// What the document says.
    pub fn facts(&self) -> &'a Facts<'a> {
        self.facts
    }

    /// The register of standards, if there is one.
    pub fn register(&self) -> Option<&'a Register> {
        self.facts.knowledge().register()
    }

    fn jargon(&self) -> Option<&'a Jargon> {
        self.facts.knowledge().jargon()
    }

    /// What the document cites, in reading order.
    pub fn citations(&self) -> &'a [Cited] {
        self.facts.citations()
    }

    /// What the head and the foot say of the document.
    pub fn head(&self) -> &'a Head {
        self.facts.head()
    }

    /// The numbers under which the document itself is published, e.g. `DB33/T 2474—2022`.
    pub fn own_numbers(&self) -> &'a [String] {
        self.facts.own_numbers()
    }

    /// The defining text of a definition as it stands.
    pub fn body_text(&self, definition: &Definition) -> String {
        definition.body_text(self.document())
    }

    /// What the document defines, in reading order.
    pub fn definitions(&self) -> &'a [Definition] {
        self.facts.definitions()
    }

    /// Whether a document that counts for the whole run defines `term` ([`Options::defined`]).
    ///
    /// [`Options::defined`]: crate::linter::Options::defined
    pub fn is_defined_elsewhere(&self, term: &str) -> bool {
        !self.defined.is_empty() && self.defined.contains(&fold::key(term))
    }

    /// Where the noun phrase begins that ends at byte `end` of `text`; `end` where nothing is known of words.
    pub fn phrase_before(&self, text: &str, end: usize) -> usize {
        self.jargon().map_or(end, |jargon| jargon.phrase_before(text, end))
    }

    /// Whether `text` looks coined: no word in use, and not made of ordinary words.
    pub fn is_coined(&self, text: &str) -> bool {
        self.jargon().is_none_or(|jargon| jargon.is_coined(text))
    }

    /// Whether `range` of `text` is no piece of longer words.
    pub fn stands_alone(&self, text: &str, range: TextRange) -> bool {
        self.jargon().is_none_or(|jargon| jargon.stands_alone(text, range.start, range.end))
    }

    /// Expressions that a reader may need explained, in the order of their first use.
    pub fn candidates(&self) -> &'a [Candidate] {
        self.facts.candidates()
    }

    /// The day the dictionaries are read for: configured, else the document's own date, else the last day of the
    /// year in its own number, else today. Nothing if none of them is known; then the latest state counts.
    pub fn as_of(&self) -> Option<Date> {
        self.days().map(|(_, latest)| latest)
    }

    /// The earliest day that the document may be of: [`as_of`](Self::as_of), unless only the year is known. What is
    /// held against the document must have been so by then.
    pub fn earliest(&self) -> Option<Date> {
        self.days().map(|(earliest, _)| earliest)
    }

    fn days(&self) -> Option<(Date, Date)> {
        days(self.facts, self.as_of, self.today)
    }

    /// The block that holds a mention.
    pub fn block(&self, mention: &Mention) -> BlockRef<'a> {
        self.document().block(mention.block)
    }

    /// The text of a mention as the document writes it, without line breaks and invisible characters.
    pub fn surface(&self, mention: &Mention) -> String {
        self.surface_at(self.block(mention), mention.range)
    }

    /// The text at `range` of a block, without line breaks and invisible characters.
    pub fn surface_at(&self, block: BlockRef<'_>, range: TextRange) -> String {
        clean(&block.text()[range.range()])
    }

    /// Dictionary and clause of a concept, e.g. `DB33/T 2350—2021，3.1.3.9`; nothing if no dictionary
    /// has an entry for it.
    pub fn citation(&self, concept: ConceptId) -> Option<String> {
        let (dictionary, entry) = self.termbase().definition(concept)?;
        Some(dictionary.cite(entry.clause.as_deref()))
    }

    /// The designation of a concept to use in this document, given its day.
    pub fn preferred(&self, concept: ConceptId) -> &'a str {
        self.termbase().preferred_on(concept, self.as_of())
    }

    /// Whether some dictionary had fixed the concept's name by the day of the document. A dictionary
    /// without a date always counts.
    pub fn is_in_force(&self, concept: ConceptId) -> bool {
        self.termbase().is_in_force_on(concept, self.earliest())
    }

    /// The concept as findings name it.
    pub fn concept_ref(&self, concept: ConceptId) -> ConceptRef {
        let entry = self.termbase().definition(concept);
        ConceptRef {
            id: self.termbase().concept(concept).id.clone(),
            preferred: self.preferred(concept).to_owned(),
            dictionary: entry.map(|(dictionary, _)| dictionary.header().id.clone()),
            clause: entry.and_then(|(_, entry)| entry.clause.clone()),
        }
    }

    /// The edits that turn `range` of `block` into `replacement`, or nothing if its bytes cannot be
    /// edited in place.
    ///
    /// Where layout or markup splits the text, only the characters that differ are replaced.
    pub fn edits(&self, block: BlockRef<'_>, range: TextRange, replacement: &str) -> Option<Vec<Edit>> {
        let text = block.text();
        let raw = &text[range.range()];
        let range = if raw.contains(is_layout) || !block.editable(range) {
            let (inner, replacement) = differing(raw, replacement);
            let inner = TextRange::new(range.start + inner.start, range.start + inner.end);
            let clean = !text[inner.range()].contains(is_layout) && block.editable(inner);
            return clean.then(|| vec![Edit { span: block.span(inner), text: replacement.to_owned() }]);
        } else {
            range
        };
        Some(vec![Edit { span: block.span(range), text: replacement.to_owned() }])
    }
}

/// The earliest and the latest day that the document of `facts` may be of: `as_of`, its own date, the year in its
/// own number, or today.
pub(crate) fn days(facts: &Facts<'_>, as_of: Option<Date>, today: Option<Date>) -> Option<(Date, Date)> {
    if let Some(day) = as_of.or_else(|| facts.document().date()) {
        return Some((day, day));
    }
    let of_year = |year| Some((Date::new(year, 1, 1)?, Date::new(year, 12, 31)?));
    let numbered = facts.own_year().and_then(of_year);
    let numbered = numbered.filter(|(first, _)| today.is_none_or(|today| *first <= today));
    let numbered = numbered.map(|(first, last)| (first, today.map_or(last, |today| last.min(today))));
    numbered.or_else(|| today.map(|today| (today, today)))
}

/// `text` without line breaks, ideographic spaces and invisible characters.
fn clean(text: &str) -> String {
    text.chars().filter(|&c| !fold::is_zero_width(c) && !matches!(c, '\n' | '\r' | '\u{3000}')).collect()
}

/// White space and invisible characters, which split a word without changing it.
fn is_layout(c: char) -> bool {
    fold::is_space(c) || fold::is_zero_width(c)
}

/// The part of `raw` that must change, and what it becomes: common ends are left alone, layout at the
/// ends of the part as well.
fn differing<'r>(raw: &str, replacement: &'r str) -> (TextRange, &'r str) {
    let letters: Vec<(usize, char)> = raw.char_indices().filter(|&(_, c)| !is_layout(c)).collect();
    let wanted: Vec<(usize, char)> = replacement.char_indices().collect();
    let prefix = letters.iter().zip(&wanted).take_while(|(a, b)| a.1 == b.1).count();
    let rest = letters.len().min(wanted.len()) - prefix;
    let suffix =
        letters.iter().rev().zip(wanted.iter().rev()).take(rest).take_while(|(a, b)| a.1 == b.1).count();
    let (first, last) = (prefix, letters.len() - suffix);
    let end_of = |index: usize| letters[index].0 + letters[index].1.len_utf8();
    let range = if first < last {
        TextRange::new(letters[first].0, end_of(last - 1))
    } else {
        // Nothing goes away: insert after the common beginning.
        let at = if first == 0 { 0 } else { end_of(first - 1) };
        TextRange::new(at, at)
    };
    let start = wanted.get(prefix).map_or(replacement.len(), |letter| letter.0);
    let end = wanted.get(wanted.len() - suffix).map_or(replacement.len(), |letter| letter.0);
    (range, &replacement[start..end.max(start)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhengming_text::diagnostic::Severity;

    #[test]
    fn a_hint_can_be_lowered_and_not_raised() {
        let meta = |severity, also| RuleMeta {
            id: "rule-a",
            name: ("", ""),
            family: "variant",
            severity,
            also: Some(also),
            default: true,
            fix: None,
            summary: ("", ""),
            page: ("", ""),
        };
        use Severity::{Error, Info, Warning};
        let (hinting, raising) = (meta(Warning, Info), meta(Info, Warning));
        for (meta, own, configured, expected) in [
            (&hinting, None, None, Warning),
            (&hinting, Some(Info), None, Info),
            (&hinting, Some(Info), Some(Error), Info),
            (&hinting, Some(Warning), Some(Error), Error),
            (&hinting, None, Some(Info), Info),
            (&raising, Some(Warning), None, Warning),
            (&raising, Some(Warning), Some(Error), Error),
            (&raising, Some(Warning), Some(Info), Info),
            (&raising, None, Some(Error), Error),
        ] {
            assert_eq!(meta.severity_of(own, configured), expected, "{own:?} {configured:?}");
        }
    }

    #[test]
    fn only_the_differing_characters_are_replaced_where_layout_splits_a_word() {
        for (raw, replacement, part, text) in [
            ("数字\n化经济", "数字经济", "化", ""),
            ("领导\u{200b}驾驶舱", "管理驾驶舱", "领导", "管理"),
            ("业务\n协作", "业务协同", "作", "同"),
            ("都市\u{3000}大脑", "城市大脑", "都", "城"),
        ] {
            let (range, replaced) = differing(raw, replacement);
            assert_eq!((&raw[range.range()], replaced), (part, text), "{raw}");
        }
    }

    #[test]
    fn a_missing_character_is_inserted_after_the_common_beginning() {
        let (range, inserted) = differing("公共数\n据平台", "一体化公共数据平台");
        assert_eq!((range, inserted), (TextRange::new(0, 0), "一体化"));
        let (range, inserted) = differing("数据\n台", "数据中台");
        assert_eq!((range, inserted), (TextRange::new(6, 6), "中"));
    }
}
