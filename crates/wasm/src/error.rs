//! What can be wrong, as errors of JavaScript that carry both languages.

use js_sys::{Error, Reflect};
use wasm_bindgen::JsValue;
use zhengming::{DictionaryError, Lang, ReadError, Text};

/// An error with `text` in `lang` as its message, and both languages as its `zh` and `en`.
pub(crate) fn error(name: &str, text: &Text, lang: Lang) -> JsValue {
    let error = Error::new(text.get(lang));
    error.set_name(name);
    set(&error, "zh", &text.zh.as_str().into());
    set(&error, "en", &text.en.as_str().into());
    error.into()
}

/// A document that cannot be read; `kind` says why in a word.
pub(crate) fn unreadable(why: &ReadError, lang: Lang) -> JsValue {
    let kind = match why {
        ReadError::Binary => "binary",
        ReadError::Undecodable { .. } => "undecodable",
        ReadError::Unreadable(_) => "unreadable",
        ReadError::Legacy => "legacy",
        ReadError::TooLarge { .. } => "too-large",
    };
    let error = error("DocumentError", &why.text(), lang);
    set(&error, "kind", &kind.into());
    error
}

/// A defect of a dictionary, with file and line.
pub(crate) fn dictionary(why: &DictionaryError, lang: Lang) -> JsValue {
    let error = error("DictionaryError", &why.text(), lang);
    set(&error, "file", &why.file.as_str().into());
    set(&error, "line", &(why.line as u32).into());
    error
}

/// What the caller got wrong.
pub(crate) fn options(zh: impl Into<String>, en: impl Into<String>, lang: Lang) -> JsValue {
    error("OptionsError", &Text::new(zh, en), lang)
}

fn set(target: &JsValue, key: &str, value: &JsValue) {
    // Setting a property of a fresh object cannot fail.
    drop(Reflect::set(target, &key.into(), value));
}
