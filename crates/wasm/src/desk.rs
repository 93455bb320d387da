//! What goes back to the desk: Word files with comments, reports, facts.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use zhengming::{Document, Text};
use zhengming_formats::encoding;
use zhengming_report::folder::{Day, FolderFormat, FolderReport};
use zhengming_report::{Checked, Comments, DictionaryInfo, FileReport, OutputFormat, Run, Style};
use zhengming_rules::folder::check_summaries;

use crate::linter::Linter;
use crate::options::bytes;
use crate::{error, to_js};

#[wasm_bindgen]
impl Linter {
    /// The Word file with comments: all findings but those that `decisions` leave, chosen fixes as tracked changes.
    /// Without decisions, with `tracked` all safe fixes as tracked changes.
    pub fn annotate(
        &self,
        name: &str,
        bytes: &[u8],
        tracked: Option<bool>,
        #[wasm_bindgen(unchecked_param_type = "Decisions | undefined")] decisions: &JsValue,
    ) -> Result<Vec<u8>, JsValue> {
        let tracked = tracked.unwrap_or_default();
        let written = match self.decisions(decisions)? {
            None => {
                let comments = Comments { tracked, all: false };
                zhengming_report::annotated(&self.inner, name, bytes, comments, self.lang)
            }
            Some(decisions) => zhengming_report::annotated_as(&self.inner, name, bytes, self.lang, |found| {
                decisions.verdicts(found)
            }),
        };
        written.map(|one| one.annotated.bytes).map_err(|why| error::error("DocumentError", &why, self.lang))
    }

    /// What the linter reads in a document: mentions, definitions, short forms, citations, candidates, its head.
    #[wasm_bindgen(unchecked_return_type = "any")]
    pub fn facts(&self, name: &str, bytes: &[u8]) -> Result<JsValue, JsValue> {
        let document = self.read(name, bytes)?;
        Ok(to_js(&zhengming_report::facts_json(&self.inner, name, &document, self.lang)))
    }

    /// The findings in a file as the command prints them with `--format json`, or in another format of `check`.
    pub fn render(&self, name: &str, bytes: &[u8], format: &str) -> Result<String, JsValue> {
        let format: OutputFormat = format.parse().map_err(|_| self.no_format(format))?;
        let document = Document::read(name, bytes).map_err(|why| why.text());
        let dictionaries = self.infos();
        let rules: Vec<_> = self.inner.rules().collect();
        let run = Run { dictionaries: &dictionaries, rules: &rules, lang: self.lang, ..Run::new(VERSION) };
        let mut out = Vec::new();
        let write = |file: FileReport<'_>, out: &mut Vec<u8>| {
            zhengming_report::write(format, run, &[file], Style::default(), out)
                .expect("a vector takes all that is written");
        };
        match &document {
            Err(why) => write(FileReport::unreadable(name, why.clone()), &mut out),
            Ok(document) => {
                let found = self.inner.check(document);
                let inner = document.inner();
                let stored_len = |text: &str| encoding::stored_len(text, inner.encoding());
                let checked = Checked::of(inner, &found, &stored_len);
                write(FileReport { path: name, outcome: Ok(checked) }, &mut out);
            }
        }
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    /// One report on all documents of `files`, which gives `{name, data}` or `{name, error}` one by one: each is read,
    /// checked and forgotten. `format` is `html`, `xlsx`, `json`, `csv` or `md`.
    pub fn report(
        &self,
        format: &str,
        #[wasm_bindgen(unchecked_param_type = "Iterable<ReportInput>")] files: &JsValue,
    ) -> Result<Vec<u8>, JsValue> {
        let format: FolderFormat = format.parse().map_err(|()| self.no_format(format))?;
        let dictionaries = self.infos();
        let over_folders = zhengming_rules::folder::FOLDER_RULES.iter().map(|rule| rule.meta);
        let rules: Vec<_> = self.inner.rules().chain(over_folders).collect();
        let run = Run {
            dictionaries: &dictionaries,
            rules: &rules,
            lang: self.lang,
            all: true,
            ..Run::new(VERSION)
        };
        let mut report = FolderReport::new(run, self.inner.termbase());
        let day = self.options.as_of.map_or(Day::Own(self.options.today), Day::All);
        report.about(Vec::new(), day, self.options.today);
        if format == FolderFormat::Html {
            report.keep_text();
        }
        let mut summaries = Vec::new();
        let iterator = js_sys::try_iter(files)?
            .ok_or_else(|| error::options("files 应可逐个取出", "`files` has to be iterable", self.lang))?;
        for file in iterator {
            let file = file?;
            let name = Reflect::get(&file, &"name".into())?.as_string().unwrap_or_default();
            if let Some(why) = Reflect::get(&file, &"error".into())?.as_string() {
                report.unreadable(&name, &Text::new(why.clone(), why));
                continue;
            }
            let data = bytes(&Reflect::get(&file, &"data".into())?);
            let document = match Document::read(&name, &data) {
                Ok(document) => document,
                Err(why) => {
                    report.unreadable(&name, &why.text());
                    continue;
                }
            };
            drop(data);
            let (found, summary) = self.inner.inner().check_and_summarize(document.inner());
            let inner = document.inner();
            let stored_len = |text: &str| encoding::stored_len(text, inner.encoding());
            let checked = Checked::of(inner, &found, &stored_len);
            report.document(&name, &checked, &summary);
            summaries.push(summary);
        }
        let found = check_summaries(&summaries, |_| &self.options);
        report.folder(&found, &summaries);
        Ok(report.render(format))
    }

    /// What documents say against one another, from the summaries that `check` gave, as the command's JSON.
    #[wasm_bindgen(unchecked_return_type = "any")]
    pub fn compare(&self, summaries: Vec<String>) -> Result<JsValue, JsValue> {
        let reduced = zhengming_report::reduced(&summaries.join("\n"), &self.options, self.lang);
        let text = reduced.map_err(|why| error::error("DocumentError", &why, self.lang))?;
        js_sys::JSON::parse(&text)
    }
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

impl Linter {
    fn infos(&self) -> Vec<DictionaryInfo> {
        let dictionaries = self.inner.termbase().dictionaries().iter();
        dictionaries.map(|dictionary| DictionaryInfo::from(&**dictionary)).collect()
    }

    fn no_format(&self, format: &str) -> JsValue {
        error::options(format!("没有格式“{format}”"), format!("no format `{format}`"), self.lang)
    }
}
