//! 正名: a terminology linter for official Chinese documents, to embed.
//!
//! ```
//! use zhengming::{Document, Linter};
//!
//! let linter = Linter::builder().build()?;
//! let found = linter.lint(&Document::markdown("会议通知统一通过浙政盯发送。"));
//! assert_eq!(found[0].label.zh, "应为“浙政钉”");
//! # Ok::<(), zhengming::DictionaryError>(())
//! ```
//!
//! A [`Linter`] is made once and shared: it is `Send + Sync`, [`Linter::lint`] cannot fail and gives
//! the same answer on any thread. The library reads no file, clock or environment.

use std::sync::{Arc, OnceLock};

use zhengming_core::linter;
use zhengming_core::matcher::{Background, Matcher};
use zhengming_core::rule::{Rule, RuleMeta};
use zhengming_core::termbase::TermBase;

pub use zhengming_core as core;
pub use zhengming_core::date::Date;
pub use zhengming_core::diagnostic::{
    Applicability, ConceptRef, Diagnostic, Edit, Fix, Related, Severity, apply_fixes,
};
pub use zhengming_core::dictionary::{Dictionary, DictionaryError};
pub use zhengming_core::linter::Options;
pub use zhengming_core::message::{Lang, Text};
pub use zhengming_core::span::{Span, TextRange};
pub use zhengming_formats as formats;
pub use zhengming_formats::{Format, ReadError};
pub use zhengming_rules::{RULES, builtin_background, builtin_dictionaries};

/// A document to check.
#[derive(Debug)]
pub struct Document(zhengming_core::document::Document);

impl Document {
    /// Reads a file's bytes. The format is recognised by content first, by the ending of `name` second.
    ///
    /// # Errors
    /// If the bytes are no text, or in no encoding that is known.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, ReadError> {
        zhengming_formats::read(name, bytes).map(Self)
    }

    /// A Markdown text at hand.
    pub fn markdown(text: impl Into<String>) -> Self {
        Self(zhengming_formats::read_str("", text.into(), Format::Markdown))
    }

    /// A plain text at hand.
    pub fn plain_text(text: impl Into<String>) -> Self {
        Self(zhengming_formats::read_str("", text.into(), Format::PlainText))
    }

    /// The document as the core and the reports see it.
    pub fn inner(&self) -> &zhengming_core::document::Document {
        &self.0
    }
}

impl From<zhengming_core::document::Document> for Document {
    fn from(document: zhengming_core::document::Document) -> Self {
        Self(document)
    }
}

/// Checks documents. Made by [`Linter::builder`].
#[derive(Debug)]
pub struct Linter(linter::Linter);

impl Linter {
    /// A linter with the built-in dictionaries and all rules, unless told otherwise.
    pub fn builder() -> Builder {
        Builder { builtin: true, background: true, ..Builder::default() }
    }

    /// The findings in `document`, in the order of the text.
    pub fn lint(&self, document: &Document) -> Vec<Diagnostic> {
        self.0.lint(&document.0)
    }

    /// The linter of the core, for facts and the register of standards.
    pub fn inner(&self) -> &linter::Linter {
        &self.0
    }

    /// The terms that it knows.
    pub fn termbase(&self) -> &TermBase {
        self.0.termbase()
    }

    /// The rules that it runs.
    pub fn rules(&self) -> impl Iterator<Item = &'static RuleMeta> {
        self.0.rules()
    }
}

/// What a [`Linter`] is made of.
#[derive(Default)]
pub struct Builder {
    builtin: bool,
    background: bool,
    dictionaries: Vec<Arc<Dictionary>>,
    rules: Vec<Box<dyn Rule>>,
    options: Options,
}

impl Builder {
    /// Whether to load DB33/T 2350—2021, 数字社会定义集（6.0版） and the project's overlay. Default: yes.
    #[must_use]
    pub fn builtin(mut self, wanted: bool) -> Self {
        self.builtin = wanted;
        self
    }

    /// Whether to use what is known of ordinary Chinese: to doubt spellings that a longer word runs into
    /// (数字化｜社会治理), and to look for near misses. Default: yes.
    #[must_use]
    pub fn background(mut self, wanted: bool) -> Self {
        self.background = wanted;
        self
    }

    /// Adds a dictionary over those before it.
    #[must_use]
    pub fn dictionary(mut self, dictionary: Dictionary) -> Self {
        self.dictionaries.push(Arc::new(dictionary));
        self
    }

    /// Adds a rule of your own.
    #[must_use]
    pub fn rule(mut self, rule: Box<dyn Rule>) -> Self {
        self.rules.push(rule);
        self
    }

    /// Severities, selection, dates.
    #[must_use]
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Joins the dictionaries and compiles the automaton.
    ///
    /// # Errors
    /// If the dictionaries contradict one another; the error names file, line and value.
    pub fn build(self) -> Result<Linter, DictionaryError> {
        let mut dictionaries = if self.builtin { builtin_dictionaries() } else { Vec::new() };
        dictionaries.extend(self.dictionaries);
        let termbase = Arc::new(TermBase::new(dictionaries)?);
        let matcher =
            Matcher::new(termbase, if self.background { background() } else { Background::default() });
        let mut rules: Vec<Box<dyn Rule>> = RULES.iter().map(zhengming_rules::Registration::make).collect();
        rules.extend(self.rules);
        Ok(Linter(linter::Linter::new(Arc::new(matcher), rules, self.options)))
    }
}

impl std::fmt::Debug for Builder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Builder").field("options", &self.options).finish_non_exhaustive()
    }
}

/// Read-only data of the program; one handle serves every linter.
fn background() -> Background {
    static BACKGROUND: OnceLock<Background> = OnceLock::new();
    BACKGROUND.get_or_init(builtin_background).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linters_and_documents_can_be_shared_between_threads() {
        fn assert_shared<T: Send + Sync>() {}
        assert_shared::<Linter>();
        assert_shared::<Document>();
        assert_shared::<Diagnostic>();
    }

    #[test]
    fn a_dictionary_of_ones_own_stands_alone() {
        let text = "[dictionary]\nid = \"house\"\ntitle = \"本单位\"\n[[concept]]\nterm = \"主节点\"\n\
                    variants = [{ surface = \"主结点\", kind = \"homophone\", fix = \"safe\" }]";
        let dictionary = Dictionary::from_toml("house.toml", text).unwrap();
        let linter = Linter::builder().builtin(false).dictionary(dictionary).build().unwrap();
        let found = linter.lint(&Document::plain_text("主结点与浙政盯"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].concept.as_ref().unwrap().preferred, "主节点");
    }
}
