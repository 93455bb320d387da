//! Reports over a whole folder: figures, findings, terms, editions and contradictions in one file.
//!
//! Documents are added one by one and need not be kept: what a report shows of them is copied. Then the
//! findings of the rules over the folder are added, and the report is written.

mod against;
mod csv;
mod first;
mod groups;
mod html;
mod json;
mod markdown;
mod model;
mod terms;
mod words;
mod xlsx;

use std::collections::HashMap;
use std::str::FromStr;

use zhengming::internal::rule_name;
use zhengming_lint::folder::FolderDiagnostic;
use zhengming_lint::rule::{RuleMeta, family_name};
use zhengming_reading::head::Head;
use zhengming_reading::summary::Summary;
use zhengming_terms::register::Standing;
use zhengming_terms::termbase::{ConceptId, TermBase};
use zhengming_text::date::Date;
use zhengming_text::diagnostic::{Applicability, Diagnostic, Severity};
use zhengming_text::document::{BlockKind, BlockRef, Document};
use zhengming_text::line_index::floor_boundary;
use zhengming_text::message::{Lang, Text};
use zhengming_text::span::{Span, TextRange};

use crate::input::{Checked, Run};
use crate::located;
use zhengming_text::places::{Places, clamp};

pub use against::Earlier;
pub(crate) use csv::is_table;
use model::{About, BlockRow, DocumentRow, FindingRow, Model, RelatedRow, RuleRow};

/// A way to write a folder report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FolderFormat {
    /// One page for a browser, with everything in it.
    Html,
    /// For scripts.
    Json,
    /// A workbook with one table a sheet.
    Xlsx,
    /// The findings as a table.
    Csv,
    /// For reading and for other documents.
    Markdown,
}

impl FromStr for FolderFormat {
    type Err = ();

    /// The format that the ending of a file name asks for.
    fn from_str(ending: &str) -> Result<Self, ()> {
        Ok(match ending.to_ascii_lowercase().as_str() {
            "html" | "htm" => Self::Html,
            "json" => Self::Json,
            "xlsx" => Self::Xlsx,
            "csv" => Self::Csv,
            "md" | "markdown" => Self::Markdown,
            _ => return Err(()),
        })
    }
}

/// The day for which the documents of a report are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// One day for all.
    All(Date),
    /// The day of each document; for those without one, this day if it is known.
    Own(Option<Date>),
}

/// A report that grows from document to document.
#[derive(Debug)]
pub struct FolderReport<'a> {
    lang: Lang,
    columns: Option<Lang>,
    termbase: &'a TermBase,
    concepts: HashMap<&'a str, ConceptId>,
    metas: Vec<&'static RuleMeta>,
    keeps_text: bool,
    model: Model,
    /// Rows of the model by concept id, concept row, and citation with its standing.
    numbers: HashMap<String, usize>,
    term_rows: HashMap<usize, usize>,
    citation_rows: HashMap<(String, Option<Standing>), usize>,
}

/// Characters of context on either side of a finding.
const AROUND: usize = 48;
/// Longest finding that is quoted in full, in characters.
const LONGEST: usize = 160;

impl<'a> FolderReport<'a> {
    /// An empty report of `run`, whose terms are those of `termbase`.
    pub fn new(run: Run<'_>, termbase: &'a TermBase) -> Self {
        let concepts = termbase.concepts().map(|(id, concept)| (concept.id.as_str(), id)).collect();
        let model = Model::new(run.tool_version, run.dictionaries.to_vec());
        Self {
            lang: run.lang,
            columns: None,
            termbase,
            concepts,
            metas: run.rules.to_vec(),
            keeps_text: false,
            model,
            numbers: HashMap::new(),
            term_rows: HashMap::new(),
            citation_rows: HashMap::new(),
        }
    }

    /// Says what the report is about: the `folders` that were named, for which day documents are read, and on which day
    /// the report is made.
    pub fn about(&mut self, folders: Vec<String>, day: Day, made: Option<Date>) {
        self.model.about = Some(About { folders, day });
        self.model.made = made.map(|day| day.to_string());
    }

    /// Keeps the text of documents that are added from now on, for the pages that show it with its marks.
    pub fn keep_text(&mut self) {
        self.keeps_text = true;
    }

    /// Says where the document at `path` lies from the folder of the report, with `/` between folders: page and workbook
    /// lead to it.
    pub fn link(&mut self, path: &str, target: String) {
        if let Some(row) = self.model.documents.iter_mut().rev().find(|row| row.path == path) {
            row.link = Some(target);
        }
    }

    /// Compares with an earlier report, when everything has been added.
    pub fn against(&mut self, earlier: Earlier) {
        let (comparison, history) = against::compare(&mut self.model, earlier);
        self.model.comparison = Some(comparison);
        self.model.history = history;
    }

    /// Names the columns of tables (CSV, workbook) and what is not text of findings in `lang`, whatever the
    /// language of messages is: scripts rely on the names.
    pub fn columns(&mut self, lang: Lang) {
        self.columns = Some(lang);
    }

    /// Adds a document with its findings and its digest.
    pub fn document(&mut self, path: &str, checked: &Checked<'_>, summary: &Summary) {
        let document = self.model.documents.len();
        self.model.documents.push(DocumentRow {
            title: summary.title.clone(),
            issuer: Head::of(checked.document, &summary.own_numbers).issuer,
            date: summary.date.map(|date| date.to_string()),
            characters: summary.characters,
            suppressed: checked.suppressed,
            missed: self.missed(checked),
            read: Some(checked.document.ledger()),
            ..DocumentRow::new(path)
        });
        if self.keeps_text {
            let blocks = checked.document.blocks().map(|block| BlockRow {
                level: if let BlockKind::Heading(level) = block.kind() { level } else { 0 },
                text: block.text().to_owned(),
            });
            self.model.blocks.resize_with(document, Vec::new);
            self.model.blocks.push(blocks.collect());
        }
        self.model.unregistered.extend(checked.unregistered.iter().cloned());
        let places = Places::decoded(checked.document, checked.diagnostics);
        for diagnostic in checked.diagnostics {
            let place = places.span(diagnostic.span).start;
            let at = within_block(checked.document, diagnostic);
            let (before, text, after) = quoted(checked.document, diagnostic, at);
            let row = FindingRow {
                line: place.line,
                column: place.column,
                before,
                text,
                after,
                at: at.filter(|_| self.keeps_text).map(|(start, end)| (diagnostic.block, start, end)),
                ..self.row(document, diagnostic)
            };
            let words =
                checked.document.block(diagnostic.block).place().map(|place| place.words.get(self.lang));
            let place = words.map(|words| self.model.texts.add(words));
            let related = diagnostic.related.iter().map(|related| {
                let message = self.model.texts.add(related.message.get(self.lang));
                let start = places.span(related.span).start;
                let words = located::words_at(checked.document, related.span, self.lang);
                let place = words.map(|words| self.model.texts.add(&words));
                let at = if self.keeps_text { block_of(checked.document, related.span) } else { None };
                RelatedRow { path: None, line: start.line, column: start.column, place, message, at }
            });
            let related = related.collect();
            self.model.findings.push(FindingRow { place, related, ..row });
        }
        self.add_terms(document, checked, &places, summary);
        self.add_citations(document, summary);
    }

    /// What the reader of the document missed, in one line.
    fn missed(&self, checked: &Checked<'_>) -> Option<String> {
        let notes = checked.document.notes().iter().filter(|note| note.missed);
        let told: Vec<&str> = notes.map(|note| note.message.get(self.lang)).collect();
        (!told.is_empty()).then(|| told.join(if self.lang == Lang::Zh { "；" } else { "; " }))
    }

    /// Adds a document that could not be read, and why.
    pub fn unreadable(&mut self, path: &str, why: &Text) {
        let error = Some(why.get(self.lang).to_owned());
        self.model.documents.push(DocumentRow { error, ..DocumentRow::new(path) });
    }

    /// Adds a folder that could not be read, and why. It is listed, but is no document.
    pub fn unreadable_folder(&mut self, path: &str, why: &Text) {
        let error = Some(why.get(self.lang).to_owned());
        let row = DocumentRow { error, is_folder: true, ..DocumentRow::new(path) };
        self.model.documents.push(row);
    }

    /// Adds the findings of the rules over the folder, in the documents of `summaries`. Those that a comment or
    /// an allowed word silences are only counted.
    pub fn folder(&mut self, found: &[FolderDiagnostic], summaries: &[Summary]) {
        let numbers: HashMap<String, usize> =
            self.model.documents.iter().enumerate().map(|(index, row)| (row.path.clone(), index)).collect();
        let summaries: HashMap<&str, &Summary> =
            summaries.iter().map(|summary| (summary.path.as_str(), summary)).collect();
        for one in found {
            let FolderDiagnostic { path, site, diagnostic } = one;
            let Some(&document) = numbers.get(path) else { continue };
            if one.is_silenced() {
                self.model.documents[document].suppressed += 1;
                continue;
            }
            let related = diagnostic.related.iter().map(|related| {
                let message = self.model.texts.add(related.message.get(self.lang));
                let elsewhere = related.elsewhere.as_ref();
                let start = elsewhere.map_or(site.start, |elsewhere| elsewhere.start);
                let path = elsewhere.map(|elsewhere| self.model.texts.add(&elsewhere.path));
                let words = elsewhere.and_then(|elsewhere| elsewhere.place.as_ref());
                let place = words.map(|words| self.model.texts.add(words.get(self.lang)));
                RelatedRow { path, line: start.line, column: start.column, place, message, at: None }
            });
            let related = related.collect();
            self.add_conflict(document, site, diagnostic, &summaries, &numbers);
            let row = self.row(document, diagnostic);
            let words = site.place.as_ref().map(|place| place.words.get(self.lang));
            let place = words.map(|words| self.model.texts.add(words));
            self.model.findings.push(FindingRow {
                place,
                line: site.start.line,
                column: site.start.column,
                before: site.before.clone(),
                text: site.text.clone(),
                after: site.after.clone(),
                related,
                ..row
            });
        }
    }

    /// How many findings the report has.
    pub fn found(&self) -> usize {
        self.model.findings.len()
    }

    /// The report in one of its formats. Nothing can be added afterwards.
    pub fn render(&mut self, format: FolderFormat) -> Vec<u8> {
        if self.model.complete() {
            self.model.first = first::first(&self.model);
            self.model.folders = groups::folders(&self.model.documents);
            self.model.issuers = groups::issuers(&self.model.documents);
        }
        let (model, lang) = (&self.model, self.lang);
        let columns = self.columns.unwrap_or(lang);
        match format {
            FolderFormat::Html => html::render(model, lang).into_bytes(),
            FolderFormat::Json => json::render(model).into_bytes(),
            FolderFormat::Xlsx => xlsx::render(model, columns),
            FolderFormat::Csv => csv::render(model, columns).into_bytes(),
            FolderFormat::Markdown => markdown::render(model, lang).into_bytes(),
        }
    }

    /// What a finding shows, but for its place and the words around it.
    fn row(&mut self, document: usize, diagnostic: &Diagnostic) -> FindingRow {
        let lang = self.lang;
        let rule = self.rule(diagnostic);
        let concept = diagnostic.concept.as_ref().and_then(|concept| self.concept(&concept.id));
        let fix = diagnostic.fixes.first();
        let texts = &mut self.model.texts;
        FindingRow {
            document,
            rule,
            severity: diagnostic.severity,
            message: texts.add(diagnostic.message.get(lang)),
            label: texts.add(diagnostic.label.get(lang)),
            // Whoever reads a report has neither a command line nor a configuration.
            help: diagnostic.help.for_author(lang).map(|help| texts.add(&help)),
            line: 0,
            column: 0,
            place: None,
            before: String::new(),
            text: String::new(),
            after: String::new(),
            concept,
            fix: fix.map(|fix| texts.add(fix.title.get(lang))),
            fixable: fix.is_some_and(|fix| fix.applicability == Applicability::Safe && !fix.edits.is_empty()),
            related: Vec::new(),
            sureness: diagnostic.sureness,
            fingerprint: diagnostic.fingerprint(),
            at: None,
            is_new: None,
        }
    }

    fn rule(&mut self, diagnostic: &Diagnostic) -> usize {
        if let Some(index) = self.model.rules.iter().position(|rule| rule.id == diagnostic.rule) {
            return index;
        }
        let meta = self.metas.iter().find(|meta| meta.id == diagnostic.rule);
        self.model.rules.push(RuleRow {
            id: diagnostic.rule,
            name: rule_name(diagnostic.rule, self.lang).to_owned(),
            family: diagnostic.family,
            family_name: family_name(diagnostic.family, self.lang).to_owned(),
            severity: diagnostic.severity,
            summary: meta.map_or("", |meta| meta.summary(self.lang)).to_owned(),
            findings: 0,
            documents: 0,
        });
        self.model.rules.len() - 1
    }
}

/// Where a finding stands in the text of its block; nothing where it stands beside it, as comments do.
fn within_block(document: &Document, diagnostic: &Diagnostic) -> Option<(usize, usize)> {
    let block = document.block(diagnostic.block);
    let whole = block.source_span();
    let span = clamp(document.source(), diagnostic.span);
    let is_inside = whole.start <= span.start && span.end <= whole.end;
    is_inside.then(|| {
        let start = offset_in(block, span.start);
        (start, offset_in(block, span.end).max(start))
    })
}

/// The block that holds a place of the source, and where in its text.
fn block_of(document: &Document, span: Span) -> Option<(usize, usize, usize)> {
    let span = clamp(document.source(), span);
    let (mut first, mut end) = (0, document.blocks().len());
    while first < end {
        let middle = usize::midpoint(first, end);
        let is_before = document.block(middle).source_span().start <= span.start;
        if is_before { first = middle + 1 } else { end = middle }
    }
    let block = document.block(first.checked_sub(1)?);
    let start = offset_in(block, span.start);
    (span.end <= block.source_span().end)
        .then(|| (block.index(), start, offset_in(block, span.end).max(start)))
}

/// What stands at a finding, between the words around it in the same paragraph.
pub fn context(document: &Document, diagnostic: &Diagnostic) -> (String, String, String) {
    quoted(document, diagnostic, within_block(document, diagnostic))
}

/// The same of a finding that stands `at` a place in the text of its block.
fn quoted(
    document: &Document,
    diagnostic: &Diagnostic,
    at: Option<(usize, usize)>,
) -> (String, String, String) {
    let (text, start, end) = match at {
        Some((start, end)) => (document.block(diagnostic.block).text(), start, end),
        None => {
            let span = clamp(document.source(), diagnostic.span);
            (document.source(), span.start, span.end)
        }
    };
    let plain = |c: char| if c == '\n' || c == '\r' { ' ' } else { c };
    let mut before: Vec<char> = text[..start].chars().rev().take(AROUND).map(plain).collect();
    before.reverse();
    let mut quote: String = text[start..end.max(start)].chars().take(LONGEST).map(plain).collect();
    if quote.len() < end.saturating_sub(start) {
        quote.push('…');
    }
    (before.into_iter().collect(), quote, text[end.max(start)..].chars().take(AROUND).map(plain).collect())
}

/// The place in the text of `block` that was read from byte `target` of the source, by bisection.
fn offset_in(block: BlockRef<'_>, target: usize) -> usize {
    let text = block.text();
    let (mut low, mut high) = (0, text.len());
    while low < high {
        let middle = floor_boundary(text, usize::midpoint(low, high));
        if block.span(TextRange::new(middle, middle)).start >= target {
            high = middle;
        } else {
            low = middle + text[middle..].chars().next().map_or(1, char::len_utf8);
        }
    }
    low.min(text.len())
}

/// The order in which severities are listed: the gravest first.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];
