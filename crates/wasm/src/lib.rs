//! The linter as JavaScript sees it: bytes in, plain objects out.
//!
//! Nothing here is for Rust programs to call, which embed `zhengming`. What is written to JavaScript goes through JSON:
//! one call for a document, whatever its size. The types that TypeScript sees are in `types.ts`.

#![allow(missing_docs, reason = "the types in types.ts document what is here")]

mod checked;
#[cfg(feature = "desk")]
mod desk;
mod error;
mod fixes;
mod linter;
mod options;
mod session;

use serde::Serialize;
use wasm_bindgen::prelude::*;

pub use linter::Linter;
pub use session::Session;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.ts");

/// A panic is told on the console before the module stops: the trap itself says nothing.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|panic| {
        error(&format!("zhengming: {panic}"));
    }));
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(text: &str);
}

/// The version of the package.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The languages of messages.
#[wasm_bindgen(unchecked_return_type = "Lang[]")]
pub fn languages() -> JsValue {
    to_js(&["zh", "en"])
}

/// All rules over documents, and over folders.
#[wasm_bindgen(unchecked_return_type = "Rule[]")]
pub fn rules() -> JsValue {
    #[derive(Serialize)]
    struct Rule {
        id: &'static str,
        name: [&'static str; 2],
        family: &'static str,
        #[serde(rename = "familyName")]
        family_name: [&'static str; 2],
        severity: zhengming::Severity,
        summary: [&'static str; 2],
        page: [&'static str; 2],
    }
    use zhengming::Lang::{En, Zh};
    use zhengming_lint::rule::family_name;
    let documents = zhengming_rules::RULES.iter().map(|rule| rule.meta);
    let folders = zhengming_rules::folder::FOLDER_RULES.iter().map(|rule| rule.meta);
    let rules: Vec<Rule> = documents
        .chain(folders)
        .map(|meta| Rule {
            id: meta.id,
            name: [meta.name(Zh), meta.name(En)],
            family: meta.family,
            family_name: [family_name(meta.family, Zh), family_name(meta.family, En)],
            severity: meta.severity,
            summary: [meta.summary(Zh), meta.summary(En)],
            page: [meta.page(Zh), meta.page(En)],
        })
        .collect();
    to_js(&rules)
}

/// Gives a small build the words in use, from `words.bin`. Says whether it could use them.
#[cfg(not(feature = "words"))]
#[wasm_bindgen(js_name = giveWords)]
pub fn give_words(words: Vec<u8>) -> bool {
    zhengming_rules::give_words(words.leak())
}

/// A value as a plain object of JavaScript.
fn to_js(value: &impl Serialize) -> JsValue {
    let text = serde_json::to_string(value).expect("strings, numbers and lists of them");
    js_sys::JSON::parse(&text).expect("JSON was just written")
}
