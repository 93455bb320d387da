//! Dictionaries as Python sees them.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde_json::{Value, json};
use zhengming::{Lang, Text};
use zhengming_exchange::export;
use zhengming_exchange::import::{self, ImportError, ImportOptions, Layout};
use zhengming_exchange::interchange::{self, ExchangeError};
use zhengming_report::{EditionDiffFormat, dictionaries_json, edition_diff};
use zhengming_rules::dictionary::{DictionaryDiagnostic, check_dictionaries};
use zhengming_terms::diff;

use crate::error::{self, raise};
use crate::linter::language;

/// A dictionary with what was noticed when it was read.
#[pyclass(frozen, module = "zhengming._zhengming")]
pub(crate) struct Dictionary {
    dictionary: Arc<zhengming::Dictionary>,
    notices: Vec<(Option<usize>, Text)>,
}

#[pymethods]
impl Dictionary {
    #[getter]
    fn id(&self) -> &str {
        &self.dictionary.header().id
    }

    #[getter]
    fn title(&self) -> &str {
        &self.dictionary.header().title
    }

    #[getter]
    fn edition(&self) -> Option<&str> {
        self.dictionary.header().edition.as_deref()
    }

    fn __len__(&self) -> usize {
        self.dictionary.concept_count()
    }

    fn __repr__(&self) -> String {
        format!("<Dictionary {:?} {:?}: {} concepts>", self.id(), self.title(), self.__len__())
    }

    /// Remarks of the reader, each with its line if it has one.
    fn notices(&self, lang: &str) -> PyResult<Vec<(Option<usize>, String)>> {
        let lang = language(lang)?;
        Ok(self.notices.iter().map(|(line, text)| (*line, text.get(lang).to_owned())).collect())
    }

    /// The dictionary as a file of one of the formats.
    fn export(&self, py: Python<'_>, format: &str) -> PyResult<Vec<u8>> {
        let dictionary = &*self.dictionary;
        py.detach(|| match format {
            "toml" => Ok(export::to_toml(dictionary).into_bytes()),
            "json" => Ok(export::to_json(dictionary).into_bytes()),
            "csv" => Ok(export::to_csv(dictionary).into_bytes()),
            "tbx" => Ok(export::to_tbx(dictionary).into_bytes()),
            "xlsx" => Ok(export::to_xlsx(dictionary)),
            "md" => Ok(export::to_markdown(dictionary).into_bytes()),
            "html" => Ok(export::to_html(dictionary).into_bytes()),
            _ => Err(PyValueError::new_err(format!(
                "format is {format:?}, expected toml, json, csv, tbx, xlsx, md or html"
            ))),
        })
    }

    /// The concepts, as `zhengming dict list --format json` prints them.
    fn concepts(&self, py: Python<'_>) -> String {
        py.detach(|| dictionaries_json(std::slice::from_ref(&self.dictionary)))
    }

    /// What is wrong with the dictionary itself.
    fn check(&self, py: Python<'_>, lang: &str) -> PyResult<String> {
        let lang = language(lang)?;
        let found = py.detach(|| check_dictionaries(std::slice::from_ref(&self.dictionary), None));
        let found: Vec<Value> = found.iter().map(|one| finding_json(one, lang)).collect();
        Ok(Value::from(found).to_string())
    }

    /// What a newer edition changes.
    fn diff(&self, py: Python<'_>, newer: &Self, lang: &str) -> PyResult<String> {
        let lang = language(lang)?;
        Ok(py.detach(|| {
            let lexicon = zhengming_rules::builtin_lexicon();
            let difference = diff::compare_words(&self.dictionary, &newer.dictionary, Some(&lexicon));
            edition_diff(&difference, EditionDiffFormat::Json, lang)
        }))
    }
}

/// A dictionary in a file: TOML, TBX, a spreadsheet, JSON, a variant table; or `builtin:ID`.
#[pyfunction]
pub(crate) fn load_dictionary(py: Python<'_>, path: PathBuf, lang: &str) -> PyResult<Dictionary> {
    let lang = language(lang)?;
    py.detach(|| {
        let mut notices = Vec::new();
        let read = zhengming_config::load_dictionary(&path, &mut notices);
        let dictionary = Arc::new(read.map_err(|error| error::configuration(lang, &error))?);
        Ok(Dictionary { dictionary, notices: notices.into_iter().map(|text| (None, text)).collect() })
    })
}

/// A dictionary from an official document: a standard, a definition set, a glossary, a statute.
#[pyfunction]
pub(crate) fn import_document(
    py: Python<'_>,
    bytes: &[u8],
    name: &str,
    layout: Option<&str>,
    id: Option<String>,
    title: Option<String>,
    lang: &str,
) -> PyResult<Dictionary> {
    let lang = language(lang)?;
    let layout =
        layout.map(|layout| Layout::from_name(layout).ok_or_else(|| not_a_layout(layout))).transpose()?;
    let options = ImportOptions { layout, id, title };
    py.detach(|| imported(bytes, name, &options, lang))
}

fn imported(bytes: &[u8], name: &str, options: &ImportOptions, lang: Lang) -> PyResult<Dictionary> {
    let failed = |text: &Text| raise::<error::DictionaryError>(lang, Some(name), None, text);
    match interchange::read(name, bytes) {
        Ok((dictionary, notices)) => Ok(Dictionary {
            dictionary: Arc::new(dictionary),
            notices: notices.iter().map(|notice| (None, notice.text())).collect(),
        }),
        Err(ExchangeError::NotADictionary { .. }) => {
            let text = interchange::text(name, bytes).map_err(|error| failed(&error.text()))?;
            let imported = import::import(name, &text, options).map_err(|error| match error {
                ImportError::Invalid(error) => error::dictionary(lang, &error),
                error => failed(&error.text()),
            })?;
            let notices = imported.notices.into_iter().map(|one| (Some(one.line), one.message)).collect();
            Ok(Dictionary { dictionary: Arc::new(imported.dictionary), notices })
        }
        Err(error) => Err(failed(&error.text())),
    }
}

fn not_a_layout(name: &str) -> PyErr {
    let known: Vec<_> = Layout::ALL.iter().map(|layout| layout.name()).collect();
    PyValueError::new_err(format!("layout is {name:?}, expected one of {}", known.join(", ")))
}

fn finding_json(found: &DictionaryDiagnostic, lang: Lang) -> Value {
    json!({
        "rule": found.rule,
        "severity": found.severity.name(),
        "dictionary": found.place.dictionary,
        "file": found.place.file,
        "line": found.place.line,
        "concept": found.place.concept,
        "term": found.place.term,
        "clause": found.place.clause,
        "message": found.message.get(lang),
        "help": found.help.whole(lang),
    })
}
