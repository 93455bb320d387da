//! Terms, citations and definitions: from the digests of documents to the tables of a report.

use std::collections::HashMap;

use zhengming_reading::summary::{Defined, Site, Summary, Usage};
use zhengming_terms::diff::{Change, word_diff};
use zhengming_terms::register::Standing;
use zhengming_text::diagnostic::Diagnostic;
use zhengming_text::fold;
use zhengming_text::span::Span;

use crate::input::Checked;
use crate::located;
use zhengming_text::places::{Places, clamp};

use super::FolderReport;
use super::model::{CitationRow, ConceptRow, ConflictRow, GivenRow, SpellingRow, TermRow, Use};

/// The rule whose findings are shown as definitions side by side.
const CONFLICT: &str = "conflicting-definitions";

impl FolderReport<'_> {
    /// The number of a concept in the report, which is given one if it has none.
    pub(super) fn concept(&mut self, id: &str) -> Option<usize> {
        if let Some(index) = self.numbers.get(id) {
            return Some(*index);
        }
        let &known = self.concepts.get(id)?;
        let entry = self.termbase.definition(known);
        self.model.concepts.push(ConceptRow {
            id: id.to_owned(),
            preferred: self.termbase.concept(known).preferred.clone(),
            citation: entry.map(|(dictionary, concept)| dictionary.cite(concept.clause.as_deref())),
            definition: entry.and_then(|(_, concept)| concept.definition.clone()),
        });
        let index = self.model.concepts.len() - 1;
        self.numbers.insert(id.to_owned(), index);
        Some(index)
    }

    /// Adds how the document writes its terms: of a spelling that is not allowed, the places that findings name, so
    /// that the table never says otherwise than they do.
    pub(super) fn add_terms(
        &mut self,
        document: usize,
        checked: &Checked<'_>,
        places: &Places<'_>,
        summary: &Summary,
    ) {
        let faults = faults(checked, summary);
        for (number, mention) in summary.mentions.iter().enumerate() {
            let (count, one) = if mention.standing.is_allowed() {
                let count = mention.count + mention.exempt;
                (count, self.used(document, count, &mention.site))
            } else {
                let Some(spans) = faults.get(&number) else { continue };
                let start = places.span(spans[0]).start;
                let words = located::words_at(checked.document, spans[0], self.lang);
                let place = words.map(|words| self.model.texts.add(&words));
                let count = spans.len();
                (count, Use { document, count, line: start.line, column: start.column, place })
            };
            let Some(concept) = self.concept(&mention.concept).filter(|_| count > 0) else { continue };
            let (terms, row) = (&mut self.model.terms, self.term_rows.len());
            let row = *self.term_rows.entry(concept).or_insert_with(|| {
                terms.push(TermRow { concept, spellings: Vec::new() });
                row
            });
            let spellings = &mut terms[row].spellings;
            let index = spellings.iter().position(|spelling| spelling.text == mention.spelling);
            let index = index.unwrap_or_else(|| {
                spellings.push(SpellingRow {
                    text: mention.spelling.clone(),
                    standing: standing(mention.standing),
                    count: 0,
                    uses: Vec::new(),
                });
                spellings.len() - 1
            });
            spellings[index].count += count;
            spellings[index].uses.push(one);
        }
    }

    pub(super) fn add_citations(&mut self, document: usize, summary: &Summary) {
        for cited in &summary.citations {
            let citations = &mut self.model.citations;
            // What was in force for one document may be withdrawn for a later one: two rows.
            let key = (cited.normal.clone(), cited.standing_then);
            let index = *self.citation_rows.entry(key).or_insert_with(|| {
                citations.push(CitationRow {
                    normal: cited.normal.clone(),
                    kind: cited.kind.as_str(),
                    edition: cited.edition.clone(),
                    standing: cited.standing_then,
                    successor: cited
                        .successor
                        .clone()
                        .filter(|_| cited.standing_then != Some(Standing::Current)),
                    count: 0,
                    uses: Vec::new(),
                });
                citations.len() - 1
            });
            citations[index].count += cited.count;
            let one = self.used(document, cited.count, &cited.site);
            self.model.citations[index].uses.push(one);
        }
    }

    /// Sets the two definitions side by side that a finding says differ.
    pub(super) fn add_conflict(
        &mut self,
        document: usize,
        site: &Site,
        diagnostic: &Diagnostic,
        summaries: &HashMap<&str, &Summary>,
        numbers: &HashMap<String, usize>,
    ) {
        let other = diagnostic.related.first().and_then(|related| related.elsewhere.as_ref());
        let Some(other) = other.filter(|_| diagnostic.rule == CONFLICT) else { return };
        let defined =
            |path: &str, start| summaries.get(path)?.definitions.iter().find(|one| one.site.start == start);
        let path = &self.model.documents[document].path;
        let (Some(here), Some(there)) = (defined(path, site.start), defined(&other.path, other.start)) else {
            return;
        };
        let Some(&elsewhere) = numbers.get(&other.path) else { return };
        let changes = word_diff(&there.body, &here.body).into_iter().map(|change| match change {
            Change::Same(text) => ('=', text),
            Change::Removed(text) => ('-', text),
            Change::Added(text) => ('+', text),
        });
        let changes = changes.collect();
        let (here_row, there_row) = (self.given(document, here), self.given(elsewhere, there));
        self.model.conflicts.push(ConflictRow {
            term: here.term.clone(),
            changes,
            here: here_row,
            there: there_row,
        });
    }

    fn given(&mut self, document: usize, defined: &Defined) -> GivenRow {
        let Use { line, column, place, .. } = self.used(document, 1, &defined.site);
        GivenRow { document, line, column, place, body: defined.body.clone() }
    }

    fn used(&mut self, document: usize, count: usize, site: &Site) -> Use {
        let place = site.place.as_ref().map(|place| self.model.texts.add(place.words.get(self.lang)));
        Use { document, count, line: site.start.line, column: site.start.column, place }
    }
}

/// The places at which findings in a document name a spelling that is not allowed, in the order of the text, by the
/// number of its mention in the digest.
fn faults(checked: &Checked<'_>, summary: &Summary) -> HashMap<usize, Vec<Span>> {
    let keys: Vec<_> = summary
        .mentions
        .iter()
        .enumerate()
        .filter(|(_, mention)| !mention.standing.is_allowed())
        .map(|(number, mention)| (number, mention.concept.as_str(), fold::key(&mention.spelling)))
        .collect();
    let source = checked.document.source();
    let mut found: HashMap<usize, Vec<Span>> = HashMap::new();
    for diagnostic in checked.diagnostics {
        let Some(concept) = &diagnostic.concept else { continue };
        let others = diagnostic.related.iter().filter(|related| related.elsewhere.is_none());
        for span in std::iter::once(diagnostic.span).chain(others.map(|related| related.span)) {
            let surface = fold::key(&source[clamp(source, span).range()]);
            let named =
                keys.iter().filter(|(_, id, key)| *id == concept.id && surface.contains(key.as_str()));
            if let Some((number, ..)) = named.max_by_key(|(.., key)| key.len()) {
                found.entry(*number).or_default().push(span);
            }
        }
    }
    for spans in found.values_mut() {
        spans.sort_unstable();
        spans.dedup();
    }
    found
}

fn standing(usage: Usage) -> &'static str {
    match usage {
        Usage::Preferred => "preferred",
        Usage::Admitted => "admitted",
        Usage::Deprecated => "deprecated",
        Usage::Superseded => "superseded",
        Usage::Variant => "variant",
    }
}
