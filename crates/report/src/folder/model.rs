//! What a folder report shows, as plain data.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};
use zhengming_reading::prose::without_layout;
use zhengming_text::diagnostic::Severity;
use zhengming_text::document::Ledger;

use super::Day;
use crate::input::DictionaryInfo;

/// The rules whose findings are expressions that no dictionary and no document explains.
const UNEXPLAINED: [&str; 2] = ["undefined-term", "unexpanded-acronym"];

/// Everything that a report shows.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) tool_version: String,
    pub(super) about: Option<About>,
    /// The day on which the report is made.
    pub(super) made: Option<String>,
    pub(super) dictionaries: Vec<DictionaryInfo>,
    pub(super) totals: Totals,
    pub(super) rules: Vec<RuleRow>,
    pub(super) documents: Vec<DocumentRow>,
    /// Numbers of standards that the register does not hold.
    pub(super) unregistered: BTreeSet<String>,
    pub(super) findings: Vec<FindingRow>,
    pub(super) concepts: Vec<ConceptRow>,
    pub(super) terms: Vec<TermRow>,
    pub(super) citations: Vec<CitationRow>,
    pub(super) conflicts: Vec<ConflictRow>,
    pub(super) jargon: Vec<JargonRow>,
    /// What to do first.
    pub(super) first: Vec<FirstRow>,
    /// Documents by folder, and by the organ that issued them.
    pub(super) folders: Vec<GroupRow>,
    pub(super) issuers: Vec<GroupRow>,
    /// What an earlier report had, and the runs up to this one.
    pub(super) comparison: Option<Comparison>,
    pub(super) history: Vec<RunRow>,
    /// The text of each document, where it is kept.
    pub(super) blocks: Vec<Vec<BlockRow>>,
    pub(super) texts: Texts,
    is_complete: bool,
}

/// What was read, and for which day.
#[derive(Debug)]
pub(super) struct About {
    pub(super) folders: Vec<String>,
    pub(super) day: Day,
}

/// Headline figures.
#[derive(Debug, Default, Serialize)]
pub(super) struct Totals {
    pub(super) documents: usize,
    pub(super) unreadable: usize,
    pub(super) clean: usize,
    pub(super) characters: usize,
    pub(super) findings: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) infos: usize,
    pub(super) fixable: usize,
    pub(super) suppressed: usize,
    /// Numbers of standards that the register does not hold.
    pub(super) unregistered: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct RuleRow {
    pub(super) id: &'static str,
    /// What people call it, and its family.
    pub(super) name: String,
    pub(super) family: &'static str,
    pub(super) family_name: String,
    /// The highest of its findings.
    pub(super) severity: Severity,
    pub(super) summary: String,
    pub(super) findings: usize,
    pub(super) documents: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct DocumentRow {
    pub(super) path: String,
    pub(super) title: Option<String>,
    pub(super) date: Option<String>,
    /// The organ that issued it.
    pub(super) issuer: Option<String>,
    pub(super) characters: usize,
    /// Why it could not be read.
    pub(super) error: Option<String>,
    /// What of it was not read.
    pub(super) missed: Option<String>,
    /// What of it was read.
    pub(super) read: Option<Ledger>,
    /// Whether it is a folder, which only an error makes a row.
    #[serde(skip)]
    pub(super) is_folder: bool,
    /// Where it lies from the folder of the report, with `/` between folders.
    #[serde(skip)]
    pub(super) link: Option<String>,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) infos: usize,
    pub(super) suppressed: usize,
}

impl DocumentRow {
    pub(super) fn new(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            title: None,
            date: None,
            issuer: None,
            characters: 0,
            error: None,
            missed: None,
            read: None,
            is_folder: false,
            link: None,
            errors: 0,
            warnings: 0,
            infos: 0,
            suppressed: 0,
        }
    }

    pub(super) fn findings(&self) -> usize {
        self.errors + self.warnings + self.infos
    }
}

/// A finding; texts that recur are numbers in [`Texts`].
#[derive(Debug)]
pub(super) struct FindingRow {
    pub(super) document: usize,
    pub(super) rule: usize,
    pub(super) severity: Severity,
    pub(super) message: usize,
    pub(super) label: usize,
    pub(super) help: Option<usize>,
    pub(super) line: usize,
    pub(super) column: usize,
    /// The place in words, in documents that have no lines.
    pub(super) place: Option<usize>,
    pub(super) before: String,
    pub(super) text: String,
    pub(super) after: String,
    pub(super) concept: Option<usize>,
    /// What its first fix does.
    pub(super) fix: Option<usize>,
    pub(super) fixable: bool,
    pub(super) related: Vec<RelatedRow>,
    /// How sure the rule is, of 100, where it weighs evidence.
    pub(super) sureness: Option<u8>,
    pub(super) fingerprint: String,
    /// Where it stands in the text that is kept: the block and bytes of it.
    pub(super) at: Option<(usize, usize, usize)>,
    /// Whether an earlier report did not have it; nothing where there is none.
    pub(super) is_new: Option<bool>,
}

/// A block of a document.
#[derive(Debug)]
pub(super) struct BlockRow {
    /// The level of a heading; 0 for other text.
    pub(super) level: u8,
    pub(super) text: String,
}

#[derive(Debug)]
pub(super) struct RelatedRow {
    /// The path, if it is not that of the finding.
    pub(super) path: Option<usize>,
    pub(super) line: usize,
    pub(super) column: usize,
    /// The place in words, in documents that have no lines.
    pub(super) place: Option<usize>,
    pub(super) message: usize,
    /// Where it stands in the text that is kept, if that is the text of the finding's document.
    pub(super) at: Option<(usize, usize, usize)>,
}

/// A concept that findings or documents name.
#[derive(Debug, Serialize)]
pub(super) struct ConceptRow {
    pub(super) id: String,
    pub(super) preferred: String,
    pub(super) citation: Option<String>,
    pub(super) definition: Option<String>,
}

/// How the documents write one concept.
#[derive(Debug, Serialize)]
pub(super) struct TermRow {
    pub(super) concept: usize,
    pub(super) spellings: Vec<SpellingRow>,
}

#[derive(Debug, Serialize)]
pub(super) struct SpellingRow {
    pub(super) text: String,
    pub(super) standing: &'static str,
    pub(super) count: usize,
    pub(super) uses: Vec<Use>,
}

/// How often one document has something. The page has it as an array.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(into = "(usize, usize, usize, usize, Option<usize>)")]
pub(super) struct Use {
    pub(super) document: usize,
    pub(super) count: usize,
    /// Line and column of the first place.
    pub(super) line: usize,
    pub(super) column: usize,
    /// The first place in words, in documents that have no lines.
    pub(super) place: Option<usize>,
}

impl From<Use> for (usize, usize, usize, usize, Option<usize>) {
    fn from(Use { document, count, line, column, place }: Use) -> Self {
        (document, count, line, column, place)
    }
}

/// A document that the documents cite, in one edition.
#[derive(Debug, Serialize)]
pub(super) struct CitationRow {
    pub(super) normal: String,
    pub(super) kind: &'static str,
    pub(super) edition: Option<String>,
    pub(super) standing: Option<zhengming_terms::register::Standing>,
    pub(super) successor: Option<String>,
    pub(super) count: usize,
    pub(super) uses: Vec<Use>,
}

/// A term that two documents define differently.
#[derive(Debug, Serialize)]
pub(super) struct ConflictRow {
    pub(super) term: String,
    pub(super) here: GivenRow,
    pub(super) there: GivenRow,
    /// `=`, `-` or `+` with a stretch of text, from `there` to `here`.
    pub(super) changes: Vec<(char, String)>,
}

#[derive(Debug, Serialize)]
pub(super) struct GivenRow {
    pub(super) document: usize,
    pub(super) line: usize,
    pub(super) column: usize,
    /// The place in words, in documents that have no lines.
    pub(super) place: Option<usize>,
    pub(super) body: String,
}

/// An expression that no dictionary explains.
#[derive(Debug, Serialize)]
pub(super) struct JargonRow {
    pub(super) text: String,
    pub(super) count: usize,
    pub(super) uses: Vec<Use>,
}

/// What one decision settles.
#[derive(Debug, Serialize)]
pub(super) struct FirstRow {
    pub(super) rule: usize,
    pub(super) severity: Severity,
    /// What the documents say.
    pub(super) text: String,
    /// What to do, a number in the texts.
    pub(super) action: usize,
    pub(super) findings: usize,
    pub(super) documents: usize,
    /// Whether all of it can be mended without asking.
    pub(super) fixable: bool,
    /// Weight times sureness, summed.
    pub(super) score: usize,
}

/// Documents that belong together.
#[derive(Debug, Default, Serialize)]
pub(super) struct GroupRow {
    /// The folder, from the one that all documents share, or the organ.
    pub(super) name: String,
    pub(super) documents: usize,
    pub(super) clean: usize,
    pub(super) characters: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) infos: usize,
}

impl GroupRow {
    pub(super) fn findings(&self) -> usize {
        self.errors + self.warnings + self.infos
    }

    pub(super) fn add(&mut self, row: &DocumentRow) {
        self.documents += 1;
        self.clean += usize::from(row.findings() == 0);
        self.characters += row.characters;
        self.errors += row.errors;
        self.warnings += row.warnings;
        self.infos += row.infos;
    }
}

/// A run in the line over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RunRow {
    pub(super) made: Option<String>,
    pub(super) documents: usize,
    pub(super) characters: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) infos: usize,
}

/// What the comparison gave.
#[derive(Debug, Default, Serialize)]
pub(super) struct Comparison {
    /// The day of the earlier report.
    pub(super) earlier: Option<String>,
    pub(super) new: usize,
    pub(super) still: usize,
    pub(super) gone: Vec<GoneRow>,
    /// Findings that went with their documents, which were not read this time.
    pub(super) gone_documents: usize,
}

/// A finding of the earlier report that is no longer there.
#[derive(Debug, Serialize)]
pub(super) struct GoneRow {
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) place: Option<String>,
    pub(super) rule: String,
    pub(super) name: String,
    pub(super) message: String,
    pub(super) text: String,
}

impl RunRow {
    pub(super) fn of(made: Option<String>, totals: &Totals) -> Self {
        let Totals { documents, characters, errors, warnings, infos, .. } = *totals;
        Self { made, documents, characters, errors, warnings, infos }
    }
}

/// Texts that occur many times, each kept once.
#[derive(Debug, Default)]
pub(super) struct Texts {
    all: Vec<String>,
    known: HashMap<String, usize>,
}

impl Texts {
    pub(super) fn add(&mut self, text: &str) -> usize {
        if let Some(&index) = self.known.get(text) {
            return index;
        }
        self.all.push(text.to_owned());
        self.known.insert(text.to_owned(), self.all.len() - 1);
        self.all.len() - 1
    }

    pub(super) fn get(&self, index: usize) -> &str {
        &self.all[index]
    }

    pub(super) fn all(&self) -> &[String] {
        &self.all
    }
}

impl Model {
    pub(super) fn new(tool_version: &str, dictionaries: Vec<DictionaryInfo>) -> Self {
        Self {
            tool_version: tool_version.to_owned(),
            about: None,
            made: None,
            dictionaries,
            totals: Totals::default(),
            unregistered: BTreeSet::new(),
            rules: Vec::new(),
            documents: Vec::new(),
            findings: Vec::new(),
            concepts: Vec::new(),
            terms: Vec::new(),
            citations: Vec::new(),
            conflicts: Vec::new(),
            jargon: Vec::new(),
            first: Vec::new(),
            folders: Vec::new(),
            issuers: Vec::new(),
            comparison: None,
            history: Vec::new(),
            blocks: Vec::new(),
            texts: Texts::default(),
            is_complete: false,
        }
    }

    /// Where a finding is, in words; nothing in a text whose lines say it.
    pub(super) fn place(&self, row: &FindingRow) -> Option<&str> {
        row.place.map(|place| self.texts.get(place))
    }

    /// `a.md:3`, or `a.docx 第1段` in a document that has no lines.
    pub(super) fn at(&self, document: usize, line: usize, place: Option<usize>) -> String {
        let path = &self.documents[document].path;
        match place {
            Some(place) => format!("{path} {}", self.texts.get(place)),
            None => format!("{path}:{line}"),
        }
    }

    /// Counts and sorts, when everything has been added; once. Says whether it was now.
    pub(super) fn complete(&mut self) -> bool {
        if std::mem::replace(&mut self.is_complete, true) {
            return false;
        }
        self.findings.sort_by_key(|row| (row.document, row.line, row.column, row.rule));
        self.count();
        self.collect_jargon();
        self.history.push(RunRow::of(self.made.clone(), &self.totals));
        for term in &mut self.terms {
            term.spellings.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        }
        let total = |term: &TermRow| term.spellings.iter().map(|spelling| spelling.count).sum::<usize>();
        let concepts = &self.concepts;
        self.terms.sort_by(|a, b| {
            total(b)
                .cmp(&total(a))
                .then_with(|| concepts[a.concept].preferred.cmp(&concepts[b.concept].preferred))
        });
        self.citations.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.normal.cmp(&b.normal)));
        true
    }

    fn count(&mut self) {
        let mut per_rule: Vec<HashSet<usize>> = vec![HashSet::new(); self.rules.len()];
        for row in &self.findings {
            let document = &mut self.documents[row.document];
            match row.severity {
                Severity::Error => document.errors += 1,
                Severity::Warning => document.warnings += 1,
                Severity::Info => document.infos += 1,
            }
            let rule = &mut self.rules[row.rule];
            rule.findings += 1;
            rule.severity = rule.severity.max(row.severity);
            per_rule[row.rule].insert(row.document);
        }
        for (rule, documents) in self.rules.iter_mut().zip(&per_rule) {
            rule.documents = documents.len();
        }
        let documents = self.documents.iter().filter(|row| !row.is_folder);
        let read = documents.clone().filter(|row| row.error.is_none());
        let sum = |field: fn(&DocumentRow) -> usize| self.documents.iter().map(field).sum::<usize>();
        self.totals = Totals {
            documents: documents.clone().count(),
            unreadable: documents.count() - read.clone().count(),
            clean: read.filter(|row| row.findings() == 0).count(),
            characters: sum(|row| row.characters),
            findings: self.findings.len(),
            errors: sum(|row| row.errors),
            warnings: sum(|row| row.warnings),
            infos: sum(|row| row.infos),
            fixable: self.findings.iter().filter(|row| row.fixable).count(),
            suppressed: sum(|row| row.suppressed),
            unregistered: self.unregistered.len(),
        };
    }

    /// Jargon by expression, ranked by the number of documents and places.
    fn collect_jargon(&mut self) {
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut rows: Vec<JargonRow> = Vec::new();
        let is_jargon = |row: &&FindingRow| UNEXPLAINED.contains(&self.rules[row.rule].id);
        for row in self.findings.iter().filter(is_jargon) {
            let text = without_layout(&row.text);
            let index = *known.entry(text.clone()).or_insert_with(|| {
                rows.push(JargonRow { text, count: 0, uses: Vec::new() });
                rows.len() - 1
            });
            let entry = &mut rows[index];
            let places = 1 + row.related.len();
            entry.count += places;
            match entry.uses.last_mut() {
                Some(last) if last.document == row.document => last.count += places,
                _ => entry.uses.push(Use {
                    document: row.document,
                    count: places,
                    line: row.line,
                    column: row.column,
                    place: row.place,
                }),
            }
        }
        rows.sort_by(|a, b| {
            (b.uses.len(), b.count).cmp(&(a.uses.len(), a.count)).then_with(|| a.text.cmp(&b.text))
        });
        self.jargon = rows;
    }
}
