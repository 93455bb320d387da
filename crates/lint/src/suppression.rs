//! Comments by which an author switches rules off at a place, and what each of them suppressed.
//!
//! A comment that stands in the text holds its own words; it acts on the lines around it. A remark about a
//! stretch of text, as reviewers write it in Word, acts on exactly that stretch.

mod reach;
mod scope;

use std::collections::HashMap;
use std::sync::Arc;

use crate::allowed::AllowedWords;
use crate::meta::RuleMeta;
use zhengming_text::diagnostic::Diagnostic;
use zhengming_text::document::{Annotation, Document};
use zhengming_text::span::Span;

use scope::{Item, Scopes, Selector};
use zhengming_text::directive::{self, Parsed};

pub use zhengming_text::directive::{Action, Directive, MAX_TARGETS, Target, is_directive};

/// A finding that a directive keeps out of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// Where the comment stands, or the text that the remark is about.
    pub directive: Span,
    /// Why, in the words of the author.
    pub reason: Option<String>,
}

/// A name that directives may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownRule {
    /// The rule's id.
    pub id: &'static str,
    /// Its family.
    pub family: &'static str,
    /// Whether it runs; a suppression of a rule that does not cannot be told to be unused.
    pub runs: bool,
}

impl KnownRule {
    pub(crate) fn of(meta: &RuleMeta, runs: bool) -> Self {
        Self { id: meta.id, family: meta.family, runs }
    }
}

/// The rules that directives may name.
#[derive(Debug, Clone, Default)]
pub struct KnownRules {
    /// All of them.
    pub rules: Vec<KnownRule>,
    /// Whether only some of the rules were asked for, so that a suppression of all may be of use otherwise.
    pub narrowed: bool,
}

/// What is wrong with a directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The word after `zhengming-` means nothing.
    UnknownAction {
        /// The word as it is written, `zhengming-` included.
        written: String,
        /// The word that was probably meant.
        nearest: Option<&'static str>,
    },
    /// No rule or family has the name.
    UnknownRule {
        /// The name as it is written.
        written: String,
        /// The name that was probably meant.
        nearest: Option<&'static str>,
    },
    /// It names more targets than [`MAX_TARGETS`], or longer ones than anyone writes; it does nothing.
    TooManyTargets,
    /// Nothing is switched off that it could switch on again.
    NothingToEnable,
    /// It suppresses nothing: no target does, or only the ones given.
    Unused {
        /// The targets without effect; empty if the directive has no effect at all.
        targets: Vec<Target>,
    },
}

/// A directive that does not do what its author meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where the comment stands, or the text that the remark is about.
    pub span: Span,
    /// Whether it is a remark about the text at `span`, which cannot be removed by an edit.
    pub is_remark: bool,
    /// What the comment says; shared by the faults of one comment.
    pub text: Arc<str>,
    /// The rules and families that it names; nothing stands for all.
    pub rules: Arc<[String]>,
    /// What is wrong.
    pub problem: Problem,
}

impl Fault {
    fn of(directive: &Directive, problem: Problem) -> Self {
        Self::sharing(directive, rules_of(directive), problem)
    }

    fn sharing(directive: &Directive, rules: Arc<[String]>, problem: Problem) -> Self {
        let Directive { span, is_remark, .. } = *directive;
        Self { span, is_remark, text: Arc::clone(&directive.text), rules, problem }
    }
}

fn rules_of(directive: &Directive) -> Arc<[String]> {
    directive.targets.iter().filter_map(|target| target.rule.clone()).collect()
}

/// The directives of one document.
#[derive(Debug, Default)]
pub struct Suppressions {
    directives: Vec<Directive>,
    items: Vec<Item>,
    scopes: Scopes,
    /// The terms that directives name, by their number in `items`.
    terms: AllowedWords,
    faults: Vec<Fault>,
}

impl Suppressions {
    /// Reads the directives among the comments of `document`.
    pub fn read(document: &Document, known: &KnownRules) -> Self {
        let mut suppressions = Self::default();
        let mut terms: Vec<String> = Vec::new();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut annotations: Vec<&Annotation> = document.annotations().iter().collect();
        annotations.sort_by_key(|annotation| annotation.span);
        for annotation in annotations {
            let is_remark = annotation.is_remark(document.source());
            let span = annotation.span;
            let text = || Arc::from(annotation.text.as_str());
            let parsed = match directive::parse(&annotation.text) {
                Parsed::Other => continue,
                Parsed::UnknownAction { written, nearest } => {
                    Err(Problem::UnknownAction { written, nearest })
                }
                Parsed::TooMany => Err(Problem::TooManyTargets),
                Parsed::Directive { action, targets, reason } => {
                    Ok(Directive { span, text: text(), is_remark, action, targets, reason })
                }
            };
            let directive = match parsed {
                Ok(directive) => directive,
                Err(problem) => {
                    let rules = Arc::default();
                    suppressions.faults.push(Fault { span, is_remark, text: text(), rules, problem });
                    continue;
                }
            };
            let mut rules: Option<Arc<[String]>> = None;
            for target in &directive.targets {
                let selector = match Selector::of(target.rule.as_deref(), known) {
                    Ok(selector) => selector,
                    Err(nearest) => {
                        let written = target.rule.clone().unwrap_or_default();
                        let rules = rules.get_or_insert_with(|| rules_of(&directive));
                        let problem = Problem::UnknownRule { written, nearest };
                        suppressions.faults.push(Fault::sharing(&directive, Arc::clone(rules), problem));
                        continue;
                    }
                };
                let term =
                    target.term.as_deref().map(zhengming_text::fold::key).filter(|key| !key.is_empty());
                let term = term.map(|key| {
                    *numbers.entry(key.clone()).or_insert_with(|| {
                        terms.push(key);
                        terms.len() - 1
                    })
                });
                let directive = suppressions.directives.len();
                suppressions.items.push(Item {
                    directive,
                    target: target.clone(),
                    selector,
                    term,
                    used: false,
                });
            }
            suppressions.directives.push(directive);
        }
        if suppressions.directives.is_empty() {
            return suppressions;
        }
        suppressions.terms = AllowedWords::new(terms);
        suppressions.scopes =
            Scopes::of(document, &known.rules, &suppressions.directives, &suppressions.items);
        for directive in suppressions.scopes.idle_enables() {
            let directive = &suppressions.directives[directive];
            suppressions.faults.push(Fault::of(directive, Problem::NothingToEnable));
        }
        suppressions
    }

    /// Takes the suppressed ones out of `found`, which is sorted by place.
    pub fn apply(
        &mut self,
        document: &Document,
        found: Vec<Diagnostic>,
    ) -> (Vec<Diagnostic>, Vec<Suppressed>) {
        self.split(document, found, false)
    }

    /// The same for findings about the directives themselves: a directive about all rules must not hide
    /// that it is of no use.
    pub(crate) fn apply_to_review(
        &mut self,
        document: &Document,
        found: Vec<Diagnostic>,
    ) -> (Vec<Diagnostic>, Vec<Suppressed>) {
        self.split(document, found, true)
    }

    fn split(
        &mut self,
        document: &Document,
        found: Vec<Diagnostic>,
        must_be_named: bool,
    ) -> (Vec<Diagnostic>, Vec<Suppressed>) {
        if self.items.is_empty() {
            return (found, Vec::new());
        }
        let (mut kept, mut suppressed) = (Vec::new(), Vec::new());
        let mut finder = self.terms.finder(document);
        let mut sweep = self.scopes.sweep();
        for diagnostic in found {
            let terms = finder.covering(&diagnostic);
            let by = sweep.suppressing(&diagnostic, &terms, must_be_named);
            let Some(&first) = by.first() else {
                kept.push(diagnostic);
                continue;
            };
            for &item in &by {
                self.items[item].used = true;
            }
            let directive = &self.directives[self.items[first].directive];
            suppressed.push(Suppressed {
                diagnostic,
                directive: directive.span,
                reason: directive.reason.clone(),
            });
        }
        (kept, suppressed)
    }

    /// The directives that do not do what their author meant, in the order of the text. What is unused is
    /// known once [`apply`](Self::apply) has seen every finding.
    pub fn faults(&self, known: &KnownRules) -> Vec<Fault> {
        let mut faults = self.faults.clone();
        let mut at = 0;
        while at < self.items.len() {
            let number = self.items[at].directive;
            let count = self.items[at..].partition_point(|item| item.directive == number);
            let items = &self.items[at..at + count];
            at += count;
            let directive = &self.directives[number];
            if directive.action == Action::Enable {
                continue;
            }
            let is_idle = |item: &&Item| !item.used && item.selector.is_judged(known);
            let idle: Vec<Target> = items.iter().filter(is_idle).map(|item| item.target.clone()).collect();
            if idle.is_empty() {
                continue;
            }
            // A name that is unknown is another fault; until it is mended the comment has to stay.
            let whole = idle.len() == directive.targets.len();
            let targets = if whole { Vec::new() } else { idle };
            faults.push(Fault::of(directive, Problem::Unused { targets }));
        }
        faults.sort_by_key(|fault| fault.span);
        faults
    }
}

#[cfg(test)]
mod tests;
