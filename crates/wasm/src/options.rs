//! What a linter is made of, as JavaScript says it.

use std::collections::HashMap;

use js_sys::{Array, JSON, Object, Reflect, Uint8Array};
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};
use zhengming::{Date, Lang, Options as Core, Severity};
use zhengming_rules::options::unknown;

use crate::error;

/// The options but for the dictionaries, which are bytes.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(crate) struct Options {
    lang: Option<String>,
    builtin: Option<bool>,
    select: Vec<String>,
    ignore: Vec<String>,
    severities: HashMap<String, String>,
    min_severity: Option<String>,
    as_of: Option<String>,
    today: Option<String>,
    allow: Vec<String>,
    all: bool,
}

/// Options that were read.
pub(crate) struct Read {
    pub(crate) lang: Lang,
    pub(crate) builtin: bool,
    pub(crate) core: Core,
    /// Name and content of each dictionary.
    pub(crate) dictionaries: Vec<(String, Vec<u8>)>,
}

impl Read {
    /// Reads the object that JavaScript gives.
    pub(crate) fn from_js(given: &JsValue) -> Result<Self, JsValue> {
        if given.is_undefined() || given.is_null() {
            return Options::default().read(Vec::new());
        }
        let object = Object::assign(&Object::new(), given.unchecked_ref());
        let dictionaries = Reflect::get(&object, &"dictionaries".into())?;
        Reflect::delete_property(&object, &"dictionaries".into())?;
        let text = String::from(JSON::stringify(&object)?);
        let options: Options = serde_json::from_str(&text)
            .map_err(|why| error::options(format!("选项有误：{why}"), format!("options: {why}"), Lang::En))?;
        options.read(files(&dictionaries)?)
    }
}

impl Options {
    fn read(self, dictionaries: Vec<(String, Vec<u8>)>) -> Result<Read, JsValue> {
        let lang = match self.lang.as_deref() {
            None | Some("zh") => Lang::Zh,
            Some("en") => Lang::En,
            Some(other) => return Err(wrong("lang", other, "\"zh\", \"en\"", Lang::En)),
        };
        let names = self.select.iter().chain(&self.ignore).chain(self.severities.keys());
        known(names, lang)?;
        let level = |value: &str| severity(value).ok_or_else(|| wrong("severity", value, SEVERITIES, lang));
        let mut severities = HashMap::new();
        for (rule, value) in self.severities {
            let level = if value == "off" { None } else { Some(level(&value)?) };
            severities.insert(rule, level);
        }
        let day = |value: Option<String>, name| match value {
            None => Ok(None),
            Some(day) => match day.parse::<Date>() {
                Ok(day) => Ok(Some(day)),
                Err(_) => Err(wrong(name, &day, "\"2026-01-31\"", lang)),
            },
        };
        let core = Core {
            severities,
            select: self.select,
            ignore: self.ignore,
            min_severity: self.min_severity.as_deref().map(level).transpose()?,
            as_of: day(self.as_of, "asOf")?,
            today: day(self.today, "today")?,
            all: self.all,
            allow: self.allow,
            ..Core::default()
        };
        Ok(Read { lang, builtin: self.builtin.unwrap_or(true), core, dictionaries })
    }
}

const SEVERITIES: &str = "\"info\", \"warning\", \"error\", \"off\"";

fn severity(name: &str) -> Option<Severity> {
    [Severity::Info, Severity::Warning, Severity::Error].into_iter().find(|one| one.name() == name)
}

fn wrong(name: &str, value: &str, expected: &str, lang: Lang) -> JsValue {
    error::options(
        format!("{name} 的值是“{value}”，应为 {expected}"),
        format!("`{name}` is `{value}`, expected {expected}"),
        lang,
    )
}

/// Refuses names of rules and families that there are not.
fn known<'n>(mut names: impl Iterator<Item = &'n String>, lang: Lang) -> Result<(), JsValue> {
    let documents = zhengming_rules::RULES.iter().map(|rule| rule.meta);
    let folders = zhengming_rules::folder::FOLDER_RULES.iter().map(|rule| rule.meta);
    let mut known: Vec<String> =
        documents.chain(folders).flat_map(|meta| [meta.id.to_owned(), meta.family.to_owned()]).collect();
    known.sort();
    known.dedup();
    let Some(name) = names.find(|name| !known.contains(name)) else { return Ok(()) };
    Err(error::error("OptionsError", &unknown(("规则或类别", "rule or family"), name, &known), lang))
}

/// `{name, data}` of each dictionary; `data` is bytes or a text.
fn files(list: &JsValue) -> Result<Vec<(String, Vec<u8>)>, JsValue> {
    let mut files = Vec::new();
    if list.is_undefined() || list.is_null() {
        return Ok(files);
    }
    for one in Array::from(list).iter() {
        let get = |key: &str| Reflect::get(&one, &key.into());
        let name = get("name")?.as_string().unwrap_or_default();
        let data = get("data")?;
        files.push((name, bytes(&data)));
    }
    Ok(files)
}

/// The bytes of a text or of an array of bytes.
pub(crate) fn bytes(data: &JsValue) -> Vec<u8> {
    match data.as_string() {
        Some(text) => text.into_bytes(),
        None => Uint8Array::new(data).to_vec(),
    }
}
