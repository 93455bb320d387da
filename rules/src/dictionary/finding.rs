//! A finding in a dictionary, on its way to the report.

use zhengming_lint::rule::RuleMeta;
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Text;

use super::context::Entry;

/// One finding in one dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DictionaryFinding {
    /// The rule's id, e.g. `circular-definition`.
    pub rule: &'static str,
    /// How much it matters, unless configured otherwise.
    pub severity: Severity,
    /// The id of the dictionary.
    pub dictionary: String,
    /// The dictionary's file.
    pub file: String,
    /// The line in that file, from 1; 0 if the dictionary was not read from one.
    pub line: usize,
    /// The concept's id.
    pub concept: String,
    /// Its preferred designation.
    pub term: String,
    /// The clause or row number of its entry.
    pub clause: Option<String>,
    /// What is wrong, quoting the text.
    pub message: Text,
    /// Why, and the ways out.
    pub help: Option<Text>,
    /// Other entries that belong to the finding.
    pub related: Vec<RelatedEntry>,
}

/// An entry that belongs to a finding elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedEntry {
    /// The clause or row number.
    pub clause: Option<String>,
    /// The preferred designation.
    pub term: String,
    /// Edition and clause, e.g. `DB33/T 2350—2021，3.1.3.2`.
    pub citation: String,
    /// The file of its dictionary.
    pub file: String,
    /// The line in that file, from 1.
    pub line: usize,
}

impl DictionaryFinding {
    /// A finding of the rule `meta` at `entry`.
    pub(super) fn new(meta: &RuleMeta, entry: &Entry<'_>, message: Text) -> Self {
        Self {
            rule: meta.id,
            severity: meta.severity,
            dictionary: entry.dictionary.header().id.clone(),
            file: entry.dictionary.file().to_owned(),
            line: entry.concept.line,
            concept: entry.concept.id.clone(),
            term: entry.term().to_owned(),
            clause: entry.concept.clause.clone(),
            message: Text::new(nested(&message.zh), message.en),
            help: None,
            related: Vec::new(),
        }
    }

    /// Why, and the ways out.
    #[must_use]
    pub(super) fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Some(Text::new(nested(&zh.into()), en));
        self
    }

    /// A severity other than the rule's.
    #[must_use]
    pub(super) fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The line of a variant or relation of the entry.
    #[must_use]
    pub(super) fn line(mut self, line: usize) -> Self {
        if line > 0 {
            self.line = line;
        }
        self
    }

    /// Other entries that belong to it.
    #[must_use]
    pub(super) fn related<'e, 'd: 'e>(mut self, entries: impl IntoIterator<Item = &'e Entry<'d>>) -> Self {
        self.related.extend(entries.into_iter().map(|entry| RelatedEntry {
            clause: entry.concept.clause.clone(),
            term: entry.term().to_owned(),
            citation: entry.cite(),
            file: entry.dictionary.file().to_owned(),
            line: entry.concept.line,
        }));
        self
    }
}

/// `text` with quotation marks inside quotation marks made single ones (GB/T 15834—2011): terms such as
/// 教育“一张图” have marks of their own, and messages quote them.
fn nested(text: &str) -> String {
    let mut depth = 0_usize;
    let turn = |c| match c {
        '“' => {
            depth += 1;
            if depth % 2 == 1 { '“' } else { '‘' }
        }
        '”' => {
            let inner = depth > 0 && depth.is_multiple_of(2);
            depth = depth.saturating_sub(1);
            if inner { '’' } else { '”' }
        }
        c => c,
    };
    text.chars().map(turn).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_alternate() {
        assert_eq!(nested("“教育“一张图””和“浙里家”"), "“教育‘一张图’”和“浙里家”");
        assert_eq!(nested("““总对总”服务”"), "“‘总对总’服务”");
        assert_eq!(nested("一张图”"), "一张图”");
    }
}
