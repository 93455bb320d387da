//! A text under the author's hands.

use std::sync::Arc;

use wasm_bindgen::prelude::*;
use zhengming::Format;

use crate::linter::Linter;
use crate::to_js;

/// Follows a text while it is edited: only changed paragraphs are read again.
#[wasm_bindgen]
pub struct Session(zhengming::Session);

#[wasm_bindgen]
impl Session {
    #[wasm_bindgen(constructor)]
    pub fn new(linter: &Linter, name: &str, text: String) -> Self {
        let format = Format::recognise(name, &text);
        Self(zhengming::Session::new(Arc::clone(&linter.inner), name, text, format))
    }

    /// Takes the new text and gives what is found in it.
    #[wasm_bindgen(unchecked_return_type = "Finding[]")]
    pub fn update(&mut self, text: String) -> JsValue {
        self.0.replace(text);
        self.findings()
    }

    /// What is found in the text as it stands.
    #[wasm_bindgen(unchecked_return_type = "Finding[]")]
    pub fn findings(&self) -> JsValue {
        to_js(&self.0.findings())
    }

    /// The same with another linter: dictionaries or options changed.
    #[wasm_bindgen(js_name = setLinter)]
    pub fn set_linter(&mut self, linter: &Linter) {
        self.0.set_linter(Arc::clone(&linter.inner));
    }
}
