//! Rules, terms and configuration put together: document in, findings out.

mod gather;

use std::collections::HashMap;
use std::sync::Arc;

use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::facts::Facts;
use crate::matcher::Matcher;
use crate::register::Register;
use crate::rule::{Context, Rule, RuleMeta, Sink};
use crate::termbase::TermBase;

/// Checks documents. Made once; shared by any number of threads.
pub struct Linter {
    matcher: Arc<Matcher>,
    rules: Vec<(Box<dyn Rule>, Option<Severity>)>,
    options: Options,
}

/// What the caller decides about a run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Severity by rule id; nothing switches the rule off.
    pub severities: HashMap<String, Option<Severity>>,
    /// The only rules to run, by id or family; empty means all.
    pub select: Vec<String>,
    /// Rules to leave out, by id or family.
    pub ignore: Vec<String>,
    /// Findings below this severity are dropped.
    pub min_severity: Option<Severity>,
    /// The day the dictionaries are read for, whatever the documents say.
    pub as_of: Option<Date>,
    /// Today, for documents without a date. The linter itself has no clock.
    pub today: Option<Date>,
    /// Every place a finding of its own; else those of one concept in one block are one finding.
    pub all: bool,
    /// Words never reported as variants.
    pub allow: Vec<String>,
}

impl Linter {
    /// A linter of `rules` over the terms of `matcher`.
    pub fn new(matcher: Arc<Matcher>, rules: Vec<Box<dyn Rule>>, mut options: Options) -> Self {
        options.allow.iter_mut().for_each(|word| *word = crate::fold::key(word));
        let rules = rules
            .into_iter()
            .filter(|rule| is_selected(rule.meta(), &options))
            .filter_map(|rule| match options.severities.get(rule.meta().id) {
                None => Some((rule, None)),
                Some(None) => None,
                Some(severity) => Some((rule, *severity)),
            })
            .collect();
        Self { matcher, rules, options }
    }

    /// The terms that it knows.
    pub fn termbase(&self) -> &TermBase {
        self.matcher.termbase()
    }

    /// What a document says, as the rules see it.
    pub fn facts(&self, document: &Document) -> Facts {
        Facts::read(document, &self.matcher)
    }

    /// The register of standards, if it was given one.
    pub fn register(&self) -> Option<&Register> {
        self.matcher.register()
    }

    /// The rules that it runs.
    pub fn rules(&self) -> impl Iterator<Item = &'static RuleMeta> {
        self.rules.iter().map(|(rule, _)| rule.meta())
    }

    /// The findings in `document`, in the order of the text. Cannot fail, and gives the same answer on
    /// any thread at any time.
    pub fn lint(&self, document: &Document) -> Vec<Diagnostic> {
        let facts = Facts::read(document, &self.matcher);
        let cx = Context {
            document,
            termbase: self.termbase(),
            facts: &facts,
            register: self.matcher.register(),
            as_of: self.options.as_of.or(document.metadata().date).or(self.options.today),
        };
        let mut found = Vec::new();
        for (rule, severity) in &self.rules {
            let mut sink = Sink { document, meta: rule.meta(), severity: *severity, out: &mut found };
            rule.check(&cx, &mut sink);
        }
        if let Some(least) = self.options.min_severity {
            found.retain(|diagnostic| diagnostic.severity >= least);
        }
        if !self.options.allow.is_empty() {
            found.retain(|diagnostic| !self.is_allowed(&document.source()[diagnostic.span.range()]));
        }
        found.sort_by(|a, b| (a.span, a.rule).cmp(&(b.span, b.rule)));
        if self.options.all { found } else { gather::gather(found) }
    }

    fn is_allowed(&self, text: &str) -> bool {
        let key = crate::fold::key(text);
        self.options.allow.contains(&key)
    }
}

fn is_selected(meta: &RuleMeta, options: &Options) -> bool {
    let names = |list: &[String]| list.iter().any(|name| name == meta.id || name == meta.family);
    // A rule that is off by default is switched on by its own name only.
    let wanted = if options.select.is_empty() {
        meta.default || matches!(options.severities.get(meta.id), Some(Some(_)))
    } else {
        options.select.iter().any(|name| name == meta.id || (meta.default && name == meta.family))
    };
    wanted && !names(&options.ignore)
}

impl std::fmt::Debug for Linter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rules: Vec<_> = self.rules().map(|meta| meta.id).collect();
        f.debug_struct("Linter")
            .field("rules", &rules)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
