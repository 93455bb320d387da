//! The linter as embedders see it, and what it is made of.

use std::sync::{Arc, OnceLock};

use zhengming_lint::linter::{self, Findings, Options};
use zhengming_lint::rule::{Rule, RuleMeta};
use zhengming_reading::knowledge::{Background, Knowledge};
use zhengming_rules::{RULES, builtin_background, builtin_dictionaries};
use zhengming_terms::dictionary::{Dictionary, DictionaryError};
use zhengming_terms::register::Register;
use zhengming_terms::termbase::TermBase;

use crate::Document;
use crate::finding::Finding;
use crate::lookup::KnownTerm;

/// Checks documents. Made once by [`Linter::builder`] and shared between threads.
///
/// ```
/// use zhengming::{Document, Linter};
///
/// let linter = Linter::builder().build()?;
/// for finding in linter.lint(&Document::markdown("会议通知统一通过浙政盯发送。")) {
///     println!("{}:{} {}", finding.start.line, finding.start.column, finding.message.zh);
/// }
/// # Ok::<(), zhengming::DictionaryError>(())
/// ```
#[derive(Debug)]
pub struct Linter(linter::Linter);

impl Linter {
    /// A linter with the built-in dictionaries and all rules, unless told otherwise.
    ///
    /// ```
    /// let linter = zhengming::Linter::builder().build()?;
    /// assert!(linter.rules().count() > 20);
    /// # Ok::<(), zhengming::DictionaryError>(())
    /// ```
    pub fn builder() -> Builder {
        Builder { builtin: true, background: true, ..Builder::default() }
    }

    /// The findings in `document`, in the order of the text. It cannot fail, and gives the same answer on any thread.
    ///
    /// ```
    /// use zhengming::{Document, Linter};
    ///
    /// let linter = Linter::builder().build()?;
    /// let found = linter.lint(&Document::markdown("会议通知统一通过浙政盯发送。"));
    /// assert_eq!(found[0].label.en, "the standard term is `浙政钉`");
    /// # Ok::<(), zhengming::DictionaryError>(())
    /// ```
    pub fn lint(&self, document: &Document) -> Vec<Finding> {
        document.findings(&self.0.lint(document.inner()))
    }

    /// A linter of just these dictionaries, the later over the earlier, and these rules; `register` in place of the
    /// built-in register of standards.
    ///
    /// # Errors
    /// If the dictionaries contradict one another; the error names file, line and value.
    #[doc(hidden)]
    pub fn of(
        dictionaries: Vec<Arc<Dictionary>>,
        rules: Vec<Box<dyn Rule>>,
        options: Options,
        register: Option<Arc<Register>>,
    ) -> Result<Self, DictionaryError> {
        let mut background = background();
        background.register = register.or(background.register);
        let knowledge = Knowledge::new(Arc::new(TermBase::new(dictionaries)?), background);
        Ok(Self(core_linter(Arc::new(knowledge), rules, options)))
    }

    /// A linter of other rules over the same terms, which need not be compiled again.
    #[doc(hidden)]
    #[must_use]
    pub fn with(&self, rules: Vec<Box<dyn Rule>>, options: Options) -> Self {
        Self(core_linter(Arc::clone(self.0.knowledge()), rules, options))
    }

    /// The findings in `document`, and those that comments in it suppress.
    #[doc(hidden)]
    pub fn check(&self, document: &Document) -> Findings {
        self.0.check(document.inner())
    }

    /// The linter of the core, for facts and the register of standards.
    #[doc(hidden)]
    pub fn inner(&self) -> &linter::Linter {
        &self.0
    }

    /// What the dictionaries say of `term`, whatever its width, case, script or quotation marks; nothing if none
    /// lists it.
    ///
    /// ```
    /// let linter = zhengming::Linter::builder().build()?;
    /// assert!(linter.lookup("“浙政钉”")[0].definition.is_some());
    /// assert!(linter.lookup("今天").is_empty());
    /// # Ok::<(), zhengming::DictionaryError>(())
    /// ```
    pub fn lookup(&self, term: &str) -> Vec<KnownTerm> {
        let terms = self.0.termbase();
        terms.lookup(term).iter().map(|spelling| KnownTerm::new(terms, spelling)).collect()
    }

    /// The terms that it knows.
    #[doc(hidden)]
    pub fn termbase(&self) -> &TermBase {
        self.0.termbase()
    }

    /// The rules that it runs.
    ///
    /// ```
    /// let linter = zhengming::Linter::builder().build()?;
    /// let rule = linter.rules().find(|rule| rule.id == "nonstandard-variant").unwrap();
    /// assert_eq!(rule.family, "variant");
    /// assert!(rule.page.0.contains("## "));
    /// # Ok::<(), zhengming::DictionaryError>(())
    /// ```
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
    ///
    /// ```
    /// use zhengming::{Document, Linter};
    ///
    /// let linter = Linter::builder().builtin(false).build()?;
    /// assert!(linter.lint(&Document::markdown("通过浙政盯发送。")).is_empty());
    /// # Ok::<(), zhengming::DictionaryError>(())
    /// ```
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
    ///
    /// ```
    /// use zhengming::{Dictionary, Document, Linter};
    ///
    /// let house = Dictionary::from_table("本单位.tsv", "variant\tpreferred\n溪事快办\t溪事速办\n")?;
    /// let linter = Linter::builder().dictionary(house).build()?;
    /// assert_eq!(linter.lint(&Document::markdown("接入溪事快办。"))[0].text, "溪事快办");
    /// # Ok::<(), zhengming::DictionaryError>(())
    /// ```
    #[must_use]
    pub fn dictionary(mut self, dictionary: Dictionary) -> Self {
        self.dictionaries.push(Arc::new(dictionary));
        self
    }

    /// Adds a rule of your own: the trait and what a rule sees are in the crate `zhengming-lint`, which may change
    /// in any minor version.
    #[must_use]
    pub fn rule(mut self, rule: Box<dyn Rule>) -> Self {
        self.rules.push(rule);
        self
    }

    /// Severities, selection, dates.
    ///
    /// ```
    /// use zhengming::{Document, Linter, Options};
    ///
    /// let options = Options { allow: vec!["浙政盯".to_owned()], ..Options::default() };
    /// let linter = Linter::builder().options(options).build()?;
    /// assert!(linter.lint(&Document::markdown("通过浙政盯发送。")).is_empty());
    /// # Ok::<(), zhengming::DictionaryError>(())
    /// ```
    #[must_use]
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Joins the dictionaries and compiles their spellings.
    ///
    /// # Errors
    /// If the dictionaries contradict one another; the error names file, line and value.
    pub fn build(self) -> Result<Linter, DictionaryError> {
        let mut dictionaries = if self.builtin { builtin_dictionaries() } else { Vec::new() };
        dictionaries.extend(self.dictionaries);
        let termbase = Arc::new(TermBase::new(dictionaries)?);
        let knowledge =
            Knowledge::new(termbase, if self.background { background() } else { Background::default() });
        let mut rules: Vec<Box<dyn Rule>> = RULES.iter().map(zhengming_rules::Registration::make).collect();
        rules.extend(self.rules);
        Ok(Linter(core_linter(Arc::new(knowledge), rules, self.options)))
    }
}

impl std::fmt::Debug for Builder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Builder").field("options", &self.options).finish_non_exhaustive()
    }
}

/// Directives in documents may name the rules over folders as well.
fn core_linter(knowledge: Arc<Knowledge>, rules: Vec<Box<dyn Rule>>, options: Options) -> linter::Linter {
    let others = zhengming_rules::folder::FOLDER_RULES.iter().map(|rule| rule.meta);
    linter::Linter::new(knowledge, rules, options).knowing(others)
}

/// Read-only data of the program; one handle serves every linter.
fn background() -> Background {
    static BACKGROUND: OnceLock<Background> = OnceLock::new();
    // Words that are not compiled in may still be given.
    if zhengming_rules::has_words() {
        BACKGROUND.get_or_init(builtin_background).clone()
    } else {
        builtin_background()
    }
}
