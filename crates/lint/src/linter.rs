//! Rules, terms and configuration put together: document in, findings out.

mod gather;

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::allowed::AllowedWords;
use crate::rule::{Context, Rule, RuleMeta, Sink, days};
use crate::suppression::{KnownRule, KnownRules, Suppressed, Suppressions};
use zhengming_reading::citation::Kind;
use zhengming_reading::facts::Facts;
use zhengming_reading::jargon::Jargon;
use zhengming_reading::knowledge::Knowledge;
use zhengming_reading::summary::{Site, Summary};
use zhengming_terms::register::Register;
use zhengming_terms::termbase::TermBase;
use zhengming_text::date::Date;
use zhengming_text::diagnostic::{Diagnostic, Help, Severity};
use zhengming_text::document::Document;
use zhengming_text::message::Text;
use zhengming_text::span::Span;

/// Checks documents. Made once; shared by any number of threads.
pub struct Linter {
    knowledge: Arc<Knowledge>,
    rules: Vec<(Box<dyn Rule>, Option<Severity>)>,
    options: Options,
    known: KnownRules,
    /// The rules that run elsewhere, over a folder.
    elsewhere: Vec<&'static RuleMeta>,
    allowed: AllowedWords,
    defined: HashSet<String>,
}

/// What a document gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// The findings to report, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// What comments in the document keep out of the report, in the order of the text, each place by itself.
    pub suppressed: Vec<Suppressed>,
    /// Numbers of standards that the document relies on and the register does not hold, so that nothing was said of them.
    pub unregistered: Vec<String>,
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
    /// Every place a finding of its own; else those of one concept in one block are one finding, and so are
    /// those of a rule that say the same ([`Finding::key`](crate::finding::Finding::key)).
    pub all: bool,
    /// Words never reported, as variants or otherwise, nor is what they contain.
    pub allow: Vec<String>,
    /// Terms that other documents of the run define, so that this one need not.
    pub defined: Vec<String>,
}

impl Linter {
    /// A linter of `rules` over the terms of `matcher`.
    pub fn new(knowledge: Arc<Knowledge>, rules: Vec<Box<dyn Rule>>, options: Options) -> Self {
        let keys = options.allow.iter().map(|word| zhengming_text::fold::key(word));
        let allowed = AllowedWords::new(keys.filter(|key| !key.is_empty()).collect());
        let mut known = KnownRules {
            rules: rules.iter().map(|rule| KnownRule::of(rule.meta(), false)).collect(),
            narrowed: !options.select.is_empty() || !options.ignore.is_empty(),
        };
        let rules: Vec<_> = rules
            .into_iter()
            .filter(|rule| is_selected(rule.meta(), &options))
            .filter_map(|rule| match options.severities.get(rule.meta().id) {
                None => Some((rule, None)),
                Some(None) => None,
                Some(severity) => Some((rule, *severity)),
            })
            .collect();
        for rule in &mut known.rules {
            rule.runs = rules.iter().any(|(one, _)| one.meta().id == rule.id);
        }
        let defined = options.defined.iter().map(|term| zhengming_text::fold::key(term)).collect();
        Self { knowledge, rules, options, known, elsewhere: Vec::new(), allowed, defined }
    }

    /// Lets directives name rules that run elsewhere, such as those over a folder.
    #[must_use]
    pub fn knowing(mut self, others: impl IntoIterator<Item = &'static RuleMeta>) -> Self {
        let before = self.elsewhere.len();
        self.elsewhere.extend(others);
        self.known.rules.extend(self.elsewhere[before..].iter().map(|meta| KnownRule::of(meta, false)));
        self
    }

    /// The compiled terms, to share with other linters.
    pub fn knowledge(&self) -> &Arc<Knowledge> {
        &self.knowledge
    }

    /// The terms that it knows.
    pub fn termbase(&self) -> &TermBase {
        self.knowledge.termbase()
    }

    /// What a document says, as the rules see it.
    pub fn facts<'d>(&'d self, document: &'d Document) -> Facts<'d> {
        Facts::read(document, &self.knowledge)
    }

    /// What is known of jargon, if anything.
    pub fn jargon(&self) -> Option<&Jargon> {
        self.knowledge.jargon()
    }

    /// The register of standards, if it was given one.
    pub fn register(&self) -> Option<&Register> {
        self.knowledge.register()
    }

    /// The rules that it runs.
    pub fn rules(&self) -> impl Iterator<Item = &'static RuleMeta> {
        self.rules.iter().map(|(rule, _)| rule.meta())
    }

    /// The findings in `document`, in the order of the text. Cannot fail, and gives the same answer on
    /// any thread at any time.
    pub fn lint(&self, document: &Document) -> Vec<Diagnostic> {
        self.check(document).diagnostics
    }

    /// The findings in `document`, and those that comments in it suppress. Cannot fail, and gives the same
    /// answer on any thread at any time.
    pub fn check(&self, document: &Document) -> Findings {
        self.judge(&self.facts(document))
    }

    /// The findings in `document` together with its digest, for rules over a folder.
    pub fn check_and_summarize(&self, document: &Document) -> (Findings, Summary) {
        let facts = self.facts(document);
        let found = self.judge(&facts);
        let (as_of, today) = (self.options.as_of, self.options.today);
        let day = days(&facts, as_of, today).map(|(_, latest)| latest);
        let mut summary = Summary::read(&facts, day);
        self.silence(document, &mut summary);
        (found, summary)
    }

    /// Notes in the digest where comments and allowed words silence rules over a folder, which will not have the
    /// document at hand.
    fn silence(&self, document: &Document, summary: &mut Summary) {
        if document.annotations().is_empty() && self.options.allow.is_empty() {
            return;
        }
        let finding = |meta: &'static RuleMeta, site: &Site| Diagnostic {
            rule: meta.id,
            family: meta.family,
            severity: meta.severity,
            message: Text::default(),
            label: Text::default(),
            help: Help::default(),
            span: site.span(),
            block: site.block,
            sentence: String::new(),
            key: None,
            concept: None,
            fixes: Vec::new(),
            related: Vec::new(),
            sureness: None,
        };
        let sites: Vec<&Site> = summary.sites_mut().map(|site| &*site).collect();
        let wanted = self.elsewhere.iter().flat_map(|meta| sites.iter().map(|site| finding(meta, site)));
        let heard = self.suppressed_in(document, wanted.collect()).diagnostics;
        let heard: HashSet<(Span, &str)> = heard.into_iter().map(|one| (one.span, one.rule)).collect();
        for site in summary.sites_mut() {
            let silenced = self.elsewhere.iter().filter(|meta| !heard.contains(&(site.span(), meta.id)));
            site.silenced = silenced.map(|meta| meta.id.to_owned()).collect();
        }
    }

    /// The findings in a document whose facts are at hand: those of [`facts`](Self::facts), or read with the same
    /// knowledge in another way.
    pub fn judge(&self, facts: &Facts<'_>) -> Findings {
        let document = facts.document();
        let cx =
            Context { facts, defined: &self.defined, as_of: self.options.as_of, today: self.options.today };
        let mut found = Vec::new();
        for (rule, severity) in &self.rules {
            rule.check(&cx, &mut Sink { document, meta: rule.meta(), severity: *severity, out: &mut found });
        }
        let (mut found, mut suppressed) = self.suppress(&cx, self.without_allowed(document, found));
        if let Some(least) = self.options.min_severity {
            found.retain(|diagnostic| diagnostic.severity >= least);
            suppressed.retain(|suppressed| suppressed.diagnostic.severity >= least);
        }
        let diagnostics = if self.options.all { found } else { self.gathered(found) };
        Findings { diagnostics, suppressed, unregistered: self.unregistered(&cx) }
    }

    /// The numbers, each once, that rules about editions would have looked up in vain.
    fn unregistered(&self, cx: &Context<'_>) -> Vec<String> {
        let judged = self.rules.iter().any(|(rule, _)| rule.meta().family == "edition");
        let Some(register) = cx.register().filter(|_| judged) else { return Vec::new() };
        let numbers = cx.citations().iter().map(|cited| &cited.citation);
        let mut missing: Vec<String> = numbers
            .filter(|citation| citation.kind == Kind::Standard && citation.role.is_relied_on())
            .filter(|citation| !register.holds(&citation.series, citation.edition.as_deref()))
            .map(|citation| citation.normal.clone())
            .collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }

    /// Of findings that were made with [`Options::all`], those that are one for a reader made one.
    pub fn gathered(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        gather::gather(found)
    }

    /// Of findings in `document` that come from elsewhere, such as rules over a folder: those to report, and
    /// those that comments in the document suppress. Allowed words are left out as well.
    pub fn suppressed_in(&self, document: &Document, found: Vec<Diagnostic>) -> Findings {
        let found = self.without_allowed(document, found);
        let (diagnostics, suppressed) = Suppressions::read(document, &self.known).apply(document, found);
        Findings { diagnostics, suppressed, unregistered: Vec::new() }
    }

    /// The findings in the order of the text, less those about words that are allowed.
    fn without_allowed(&self, document: &Document, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        found.sort_by(in_order);
        let mut allowed = self.allowed.finder(document);
        found.retain(|diagnostic| allowed.covering(diagnostic).is_empty());
        found
    }

    /// Takes out what directives of the document suppress, each place by itself, and adds what is wrong with
    /// the directives. That comes last: only when all rules have run is it known which of them is unused.
    fn suppress(&self, cx: &Context<'_>, found: Vec<Diagnostic>) -> (Vec<Diagnostic>, Vec<Suppressed>) {
        if cx.document().annotations().is_empty() {
            return (found, Vec::new());
        }
        let mut suppressions = Suppressions::read(cx.document(), &self.known);
        let (mut found, mut suppressed) = suppressions.apply(cx.document(), found);
        let faults = suppressions.faults(&self.known);
        if !faults.is_empty() {
            let mut reviewed = Vec::new();
            for (rule, severity) in &self.rules {
                let (document, meta) = (cx.document(), rule.meta());
                let mut sink = Sink { document, meta, severity: *severity, out: &mut reviewed };
                rule.review(&faults, cx, &mut sink);
            }
            let (reviewed, more) = suppressions.apply_to_review(cx.document(), reviewed);
            found.extend(reviewed);
            suppressed.extend(more);
            found.sort_by(in_order);
            suppressed.sort_by(|a, b| in_order(&a.diagnostic, &b.diagnostic));
        }
        (found, suppressed)
    }
}

fn in_order(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    (a.span, a.rule).cmp(&(b.span, b.rule))
}

pub(crate) fn is_selected(meta: &RuleMeta, options: &Options) -> bool {
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
