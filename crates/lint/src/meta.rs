//! The header of a rule: what is known of it without running it.

use std::sync::{Mutex, PoisonError};

use zhengming_text::diagnostic::{Applicability, Severity};
use zhengming_text::message::Lang;

/// Everything about a rule that is the same for every document. Written once, beside its code; that of a rule made
/// from data is [`kept`](RuleMeta::kept), its texts by [`kept`].
#[derive(Debug, PartialEq, Eq)]
pub struct RuleMeta {
    /// The id, e.g. `nonstandard-variant`; reads well after “allow”.
    pub id: &'static str,
    /// What people call it, in a few words: Chinese, English. Configuration and comments use the id.
    pub name: (&'static str, &'static str),
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

/// A text made at run time, e.g. the id of a rule that a file describes, for as long as the process lives. Equal texts
/// are kept once, so a server that reads the file again and again does not grow.
pub fn kept(text: &str) -> &'static str {
    static KEPT: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
    let mut all = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = all.iter().find(|known| **known == text) {
        return known;
    }
    let text: &'static str = Box::leak(text.into());
    all.push(text);
    text
}

impl RuleMeta {
    /// The header of a rule made from data, for as long as the process lives; equal headers are kept once.
    pub fn kept(self) -> &'static Self {
        static KEPT: Mutex<Vec<&'static RuleMeta>> = Mutex::new(Vec::new());
        let mut all = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.iter().find(|known| ***known == self) {
            return known;
        }
        let meta: &'static Self = Box::leak(Box::new(self));
        all.push(meta);
        meta
    }

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

    /// What people call the rule.
    pub fn name(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.name.0,
            Lang::En => self.name.1,
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

/// The families of rules with what people call them: id, Chinese, English.
const FAMILIES: [(&str, &str, &str); 9] = [
    ("variant", "用语", "Wording"),
    ("consistency", "前后一致", "Consistency"),
    ("edition", "标准和版次", "Standards and editions"),
    ("citation", "引用", "Citations"),
    ("definition", "定义", "Definitions"),
    ("jargon", "说法的解释", "Explanations"),
    ("folder", "文稿之间", "Across documents"),
    ("suppression", "忽略注释", "Suppressions"),
    ("dictionary", "词典", "Dictionaries"),
];

/// What people call the family of rules with this id; the id itself if there is no such family.
pub fn family_name(id: &str, lang: Lang) -> &str {
    match (FAMILIES.iter().find(|family| family.0 == id), lang) {
        (Some((_, zh, _)), Lang::Zh) => zh,
        (Some((_, _, en)), Lang::En) => en,
        (None, _) => id,
    }
}
