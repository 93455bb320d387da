//! A linter as Python sees it: bytes in, JSON out, without the interpreter's lock.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use rayon::prelude::*;
use zhengming::{Document, Lang, Options, Severity, Text};
use zhengming_config::{CommandLine, Configurations, DictionarySource, Source, gate, known_names};
use zhengming_formats::encoding;
use zhengming_lint::linter::Findings;
use zhengming_reading::summary::Summary;
use zhengming_report::{Checked, Comments, FileReport, OutputFormat, Run, Style};
use zhengming_rules::options;
use zhengming_text::message::io_reason_zh;

use crate::error::{ConfigurationError, DocumentError, configuration, raise};

/// Checks documents with one set of dictionaries and settings.
#[pyclass(frozen, module = "zhengming._zhengming")]
pub(crate) struct Linter {
    configurations: Mutex<Configurations>,
    lang: Lang,
}

/// A document with what it is checked by.
struct Opened {
    linter: Arc<zhengming::Linter>,
    document: Document,
}

#[pymethods]
impl Linter {
    #[new]
    #[pyo3(signature = (dictionaries, builtin, config, discover, as_of, select, ignore, min_severity, all_places, lang))]
    #[allow(clippy::too_many_arguments, reason = "the Python class names each of them")]
    fn new(
        py: Python<'_>,
        dictionaries: Vec<String>,
        builtin: bool,
        config: Option<PathBuf>,
        discover: bool,
        as_of: Option<&str>,
        select: Vec<String>,
        ignore: Vec<String>,
        min_severity: Option<&str>,
        all_places: bool,
        lang: &str,
    ) -> PyResult<Self> {
        let lang = language(lang)?;
        let line = CommandLine {
            dictionaries: dictionaries
                .iter()
                .map(|name| DictionarySource::named(name, Path::new("")))
                .collect(),
            no_builtin: !builtin,
            select: known_rules(select, lang)?,
            ignore: known_rules(ignore, lang)?,
            min_severity: severity(min_severity)?,
            as_of: as_of.map(|day| day.parse().map_err(|_| not_a_day(day))).transpose()?,
            lang: Some(lang),
            all: all_places,
            ..CommandLine::default()
        };
        let source = match config {
            Some(file) => Source::File(file),
            None if discover => Source::Discovered,
            None => Source::Isolated,
        };
        let configurations = Configurations::new(source).today(zhengming_cli::today()).command_line(line);
        let linter = Self { configurations: Mutex::new(configurations), lang };
        // Wrong configurations and dictionaries are told now, not with the first document.
        py.detach(|| linter.of("-"))?;
        Ok(linter)
    }

    /// The report on one document, as the command writes it.
    fn check(&self, py: Python<'_>, bytes: &[u8], name: &str) -> PyResult<String> {
        py.detach(|| {
            let opened = self.open(bytes, name)?;
            let found = opened.linter.check(&opened.document);
            Ok(self.report(name, Ok((&opened.document, &found))))
        })
    }

    /// The reports on many files, each read, checked and forgotten; an unreadable file is a report of its error.
    /// With `summaries` each report comes with the summary of the document.
    fn check_many(
        &self,
        py: Python<'_>,
        paths: Vec<PathBuf>,
        threads: usize,
        summaries: bool,
    ) -> PyResult<Vec<(String, Option<String>)>> {
        py.detach(|| {
            let one = |path: &PathBuf| self.checked(&path.to_string_lossy(), read(path), summaries);
            pool(threads)?.install(|| paths.par_iter().map(one).collect())
        })
    }

    /// As `check_many`, of documents at hand.
    fn check_all(
        &self,
        py: Python<'_>,
        documents: Vec<(String, PyBackedBytes)>,
        threads: usize,
        summaries: bool,
    ) -> PyResult<Vec<(String, Option<String>)>> {
        py.detach(|| {
            let one = |(name, bytes): &(String, PyBackedBytes)| self.checked(name, Ok(&**bytes), summaries);
            if threads == 1 {
                return documents.iter().map(one).collect();
            }
            pool(threads)?.install(|| documents.par_iter().map(one).collect())
        })
    }

    /// What the linter reads in a document.
    fn facts(&self, py: Python<'_>, bytes: &[u8], name: &str) -> PyResult<String> {
        py.detach(|| {
            let opened = self.open(bytes, name)?;
            Ok(zhengming_report::facts_json(&opened.linter, name, &opened.document, self.lang).to_string())
        })
    }

    /// The summary of a document, for [`reduce`].
    fn summarize(&self, py: Python<'_>, bytes: &[u8], name: &str) -> PyResult<String> {
        py.detach(|| {
            let opened = self.open(bytes, name)?;
            let (_, summary) = opened.linter.inner().check_and_summarize(opened.document.inner());
            Ok(as_json(&summary))
        })
    }

    /// The Word file with review comments.
    fn annotate(
        &self,
        py: Python<'_>,
        bytes: &[u8],
        name: &str,
        tracked: bool,
        all: bool,
    ) -> PyResult<Vec<u8>> {
        py.detach(|| {
            let linter = self.of(name)?;
            let comments = Comments { tracked, all };
            let annotated = zhengming_report::annotated(&linter, name, bytes, comments, self.lang);
            annotated.map(|one| one.annotated.bytes).map_err(|why| self.unreadable(name, &why))
        })
    }

    /// What the dictionaries say of a term.
    fn lookup(&self, py: Python<'_>, term: &str) -> PyResult<String> {
        py.detach(|| Ok(zhengming_report::lookup_json(self.of("-")?.termbase(), term).to_string()))
    }
}

impl Linter {
    fn of(&self, name: &str) -> PyResult<Arc<zhengming::Linter>> {
        let mut configurations = self.configurations.lock().unwrap_or_else(PoisonError::into_inner);
        let settings = configurations.for_path(Path::new(name));
        let linter = settings.and_then(|settings| configurations.linter(&settings));
        linter.map_err(|error| configuration(self.lang, &error))
    }

    fn open(&self, bytes: &[u8], name: &str) -> PyResult<Opened> {
        let linter = self.of(name)?;
        let document =
            zhengming_cli::read_document(name, bytes).map_err(|why| self.unreadable(name, &why))?;
        Ok(Opened { linter, document })
    }

    fn unreadable(&self, name: &str, why: &Text) -> PyErr {
        raise::<DocumentError>(self.lang, Some(name), None, why)
    }

    fn checked<B: AsRef<[u8]>>(
        &self,
        name: &str,
        bytes: Result<B, Text>,
        summaries: bool,
    ) -> PyResult<(String, Option<String>)> {
        let linter = self.of(name)?;
        let document = bytes.and_then(|bytes| zhengming_cli::read_document(name, bytes.as_ref()));
        let document = match document {
            Ok(document) => document,
            Err(why) => return Ok((self.report(name, Err(why)), None)),
        };
        let (found, summary) = if summaries {
            let (found, summary) = linter.inner().check_and_summarize(document.inner());
            (found, Some(as_json(&summary)))
        } else {
            (linter.check(&document), None)
        };
        let report = self.report(name, Ok((&document, &found)));
        Ok((report, summary))
    }

    fn report(&self, name: &str, outcome: Result<(&Document, &Findings), Text>) -> String {
        let Ok((document, found)) = outcome else {
            let why = outcome.err().unwrap_or_default();
            return written(self.lang, &FileReport::unreadable(name, why));
        };
        let document = document.inner();
        let stored_len = |text: &str| encoding::stored_len(text, document.encoding());
        let checked = Checked::of(document, found, &stored_len);
        written(self.lang, &FileReport { path: name, outcome: Ok(checked) })
    }
}

/// The findings between the documents of these summaries, a report for each document that has some.
#[pyfunction]
pub(crate) fn reduce(
    py: Python<'_>,
    summaries: Vec<String>,
    select: Vec<String>,
    ignore: Vec<String>,
    min_severity: Option<&str>,
    lang: &str,
) -> PyResult<String> {
    let lang = language(lang)?;
    let options = Options {
        select: known_rules(select, lang)?,
        ignore: known_rules(ignore, lang)?,
        min_severity: severity(min_severity)?,
        ..Options::default()
    };
    py.detach(|| {
        let reduced = zhengming_report::reduced(&summaries.join("\n"), &options, lang);
        reduced.map_err(|why| raise::<DocumentError>(lang, None, None, &why))
    })
}

fn pool(threads: usize) -> PyResult<rayon::ThreadPool> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|error| PyValueError::new_err(error.to_string()))
}

fn written(lang: Lang, file: &FileReport<'_>) -> String {
    let run = Run { lang, ..Run::new(env!("CARGO_PKG_VERSION")) };
    let mut out = Vec::new();
    zhengming_report::write(OutputFormat::Json, run, std::slice::from_ref(file), Style::default(), &mut out)
        .expect("a vector takes all that is written");
    String::from_utf8(out).expect("JSON is UTF-8")
}

fn as_json(summary: &Summary) -> String {
    serde_json::to_string(summary).expect("a summary is strings and numbers")
}

/// The bytes of the file, if it is not too large.
fn read(path: &Path) -> Result<Vec<u8>, Text> {
    gate::read_named(path, gate::Kind::Document).map_err(|error| {
        Text::new(format!("无法读取：{}", io_reason_zh(&error)), format!("cannot be read: {error}"))
    })
}

pub(crate) fn language(name: &str) -> PyResult<Lang> {
    match name {
        "zh" => Ok(Lang::Zh),
        "en" => Ok(Lang::En),
        _ => Err(PyValueError::new_err(format!("lang is {name:?}, expected \"zh\" or \"en\""))),
    }
}

fn severity(name: Option<&str>) -> PyResult<Option<Severity>> {
    let severity = match name {
        None => return Ok(None),
        Some("info") => Severity::Info,
        Some("warning") => Severity::Warning,
        Some("error") => Severity::Error,
        Some(name) => {
            let message = format!("min_severity is {name:?}, expected \"info\", \"warning\" or \"error\"");
            return Err(PyValueError::new_err(message));
        }
    };
    Ok(Some(severity))
}

fn not_a_day(day: &str) -> PyErr {
    PyValueError::new_err(format!("as_of is {day:?}, expected a date such as 2024-05-01"))
}

fn known_rules(names: Vec<String>, lang: Lang) -> PyResult<Vec<String>> {
    let known = known_names();
    let unknown = names.iter().find(|name| !known.contains(name));
    let Some(name) = unknown else { return Ok(names) };
    let text = options::unknown(("规则或类别", "rule or family"), name, &known);
    Err(raise::<ConfigurationError>(lang, None, None, &text))
}
