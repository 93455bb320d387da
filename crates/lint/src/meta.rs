//! The header of a rule: what is known of it without running it.

use zhengming_text::diagnostic::{Applicability, Severity};
use zhengming_text::message::Lang;

/// Everything about a rule that is the same for every document. Written once, beside its code.
#[derive(Debug)]
pub struct RuleMeta {
    /// The id, e.g. `nonstandard-variant`; reads well after “allow”.
    pub id: &'static str,
    /// The family, e.g. `variant`.
    pub family: &'static str,
    /// How much its findings matter unless configured otherwise.
    pub severity: Severity,
    /// How much some of its findings matter instead, e.g. as a mere hint; nothing if all are alike.
    pub also: Option<Severity>,
    /// Whether it runs unless configured otherwise.
    pub default: bool,
    /// The best fix it can offer; nothing if it offers none.
    pub fix: Option<Applicability>,
    /// What it finds, in one line: Chinese, English.
    pub summary: (&'static str, &'static str),
    /// Its page: Chinese, English.
    pub page: (&'static str, &'static str),
}

impl RuleMeta {
    /// How much its findings matter unless configured otherwise: the usual severity first.
    pub fn severities(&self) -> impl Iterator<Item = Severity> {
        std::iter::once(self.severity).chain(self.also)
    }

    /// How much a finding matters, given what the rule says of it (`own`) and what is configured. A hint
    /// stays a hint: configuration raises or lowers what the rule reports by default.
    pub(crate) fn severity_of(&self, own: Option<Severity>, configured: Option<Severity>) -> Severity {
        let own = own.unwrap_or(self.severity);
        debug_assert!(self.severities().any(|told| told == own), "{} does not tell of {own:?}", self.id);
        match configured {
            Some(configured) if own < self.severity => configured.min(own),
            Some(configured) => configured,
            None => own,
        }
    }

    /// What the rule finds, in one line.
    pub fn summary(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.summary.0,
            Lang::En => self.summary.1,
        }
    }

    /// The rule's page, in Markdown.
    pub fn page(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.page.0,
            Lang::En => self.page.1,
        }
    }
}
