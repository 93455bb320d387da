//! The linter that JavaScript makes.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;
use wasm_bindgen::prelude::*;
use zhengming::{Dictionary, Document, Lang};
use zhengming_terms::termbase::ConceptId;

use crate::checked::{Checked, Concepts};
use crate::fixes::{Decisions, mend};
use crate::options::Read;
use crate::{error, to_js};

/// Checks documents with one set of dictionaries and options.
#[wasm_bindgen]
pub struct Linter {
    pub(crate) inner: Arc<zhengming::Linter>,
    pub(crate) lang: Lang,
    pub(crate) options: zhengming::Options,
    numbers: HashMap<String, ConceptId>,
}

#[wasm_bindgen]
impl Linter {
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "Options | undefined")] options: &JsValue,
    ) -> Result<Linter, JsValue> {
        let Read { lang, builtin, core, dictionaries } = Read::from_js(options)?;
        let mut builder = zhengming::Linter::builder().builtin(builtin).options(core.clone());
        for (name, bytes) in dictionaries {
            builder = builder.dictionary(dictionary(&name, &bytes, lang)?);
        }
        let inner = builder.build().map_err(|why| error::dictionary(&why, lang))?;
        let numbers =
            inner.termbase().concepts().map(|(number, concept)| (concept.id.clone(), number)).collect();
        Ok(Self { inner: Arc::new(inner), lang, options: core, numbers })
    }

    /// What is found in a file; with `summary` also what `compare` asks of it.
    #[wasm_bindgen(unchecked_return_type = "Checked")]
    pub fn check(&self, name: &str, bytes: &[u8], summary: Option<bool>) -> Result<JsValue, JsValue> {
        let document = self.read(name, bytes)?;
        Ok(self.checked(name, &document, summary.unwrap_or_default()))
    }

    /// What is found in a text; its format is recognised as that of a file with this name.
    #[wasm_bindgen(js_name = checkText, unchecked_return_type = "Checked")]
    pub fn check_text(&self, name: &str, text: String) -> JsValue {
        let format = zhengming::Format::recognise(name, &text);
        let document = Document::from(zhengming_formats::read_str(name, text, format));
        self.checked(name, &document, false)
    }

    /// The file with the fixes that `decisions` name; without decisions, with all safe ones.
    #[wasm_bindgen(unchecked_return_type = "Fixed")]
    pub fn fix(
        &self,
        name: &str,
        bytes: &[u8],
        #[wasm_bindgen(unchecked_param_type = "Decisions | undefined")] decisions: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let document = self.read(name, bytes)?;
        let decisions = self.decisions(decisions)?;
        let mended = mend(&self.inner, &document, bytes, decisions.as_ref())
            .map_err(|why| error::error("DocumentError", &why, self.lang))?;
        let fixed = js_sys::Object::new();
        js_sys::Reflect::set(&fixed, &"bytes".into(), &js_sys::Uint8Array::from(mended.bytes.as_slice()))?;
        js_sys::Reflect::set(&fixed, &"applied".into(), &(mended.applied as u32).into())?;
        Ok(fixed.into())
    }

    /// What the dictionaries say of a term.
    #[wasm_bindgen(unchecked_return_type = "KnownTerm[]")]
    pub fn lookup(&self, term: &str) -> JsValue {
        to_js(&self.inner.lookup(term))
    }

    /// The dictionaries, the lowest first.
    #[wasm_bindgen(unchecked_return_type = "DictionaryInfo[]")]
    pub fn dictionaries(&self) -> JsValue {
        #[derive(Serialize)]
        struct Info<'d> {
            id: &'d str,
            title: &'d str,
            edition: Option<&'d str>,
            concepts: usize,
        }
        let all = self.inner.termbase().dictionaries().iter();
        let all: Vec<Info<'_>> = all
            .map(|one| Info {
                id: &one.header().id,
                title: &one.header().title,
                edition: one.header().edition.as_deref(),
                concepts: one.concept_count(),
            })
            .collect();
        to_js(&all)
    }
}

impl Linter {
    pub(crate) fn read(&self, name: &str, bytes: &[u8]) -> Result<Document, JsValue> {
        Document::read(name, bytes).map_err(|why| error::unreadable(&why, self.lang))
    }

    pub(crate) fn decisions(&self, given: &JsValue) -> Result<Option<Decisions>, JsValue> {
        if given.is_undefined() || given.is_null() {
            return Ok(None);
        }
        let text = String::from(js_sys::JSON::stringify(given)?);
        let read = Decisions::from_json(&text);
        let wrong = || error::options("decisions 应为对象", "`decisions` has to be an object", self.lang);
        read.map(Some).ok_or_else(wrong)
    }

    fn checked(&self, name: &str, document: &Document, summary: bool) -> JsValue {
        let (found, read) = self.inner.inner().check_and_summarize(document.inner());
        let line = summary.then(|| serde_json::to_string(&read).expect("strings and numbers"));
        let concepts = Concepts { terms: self.inner.termbase(), numbers: &self.numbers };
        to_js(&Checked::new(name, document, &found, read.characters, line, &concepts))
    }
}

#[cfg(feature = "desk")]
fn dictionary(name: &str, bytes: &[u8], lang: Lang) -> Result<Dictionary, JsValue> {
    use zhengming_exchange::interchange::{ExchangeError, read_own};
    match read_own(name, bytes) {
        Ok((dictionary, _)) => Ok(dictionary),
        Err(ExchangeError::Dictionary(why)) => Err(error::dictionary(&why, lang)),
        Err(why) => Err(error::error("DictionaryError", &why.text(), lang)),
    }
}

/// TOML, or else a table of variants.
#[cfg(not(feature = "desk"))]
fn dictionary(name: &str, bytes: &[u8], lang: Lang) -> Result<Dictionary, JsValue> {
    let (text, _) =
        zhengming_formats::encoding::decode(bytes).map_err(|why| error::unreadable(&why, lang))?;
    let is_toml = name.rsplit('.').next().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    let read = if is_toml { Dictionary::from_toml(name, &text) } else { Dictionary::from_table(name, text) };
    read.map_err(|why| error::dictionary(&why, lang))
}
