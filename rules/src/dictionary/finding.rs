//! What rules over dictionaries report.

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_text::diagnostic::{Help, Severity};
use zhengming_text::message::Text;

use super::entry::Entry;

/// Where in a dictionary a finding is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPlace {
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
    /// Edition and clause, e.g. `DB33/T 2350—2021，3.1.3.2`.
    pub citation: String,
}

impl EntryPlace {
    fn of(entry: &Entry<'_>) -> Self {
        Self {
            dictionary: entry.dictionary.header().id.clone(),
            file: entry.dictionary.file().to_owned(),
            line: entry.concept.line,
            concept: entry.concept.id.clone(),
            term: entry.term().to_owned(),
            clause: entry.concept.clause.clone(),
            citation: entry.cite(),
        }
    }
}

/// One finding in one dictionary, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DictionaryDiagnostic {
    /// The rule's id, e.g. `circular-definition`.
    pub rule: &'static str,
    /// How much it matters, unless configured otherwise.
    pub severity: Severity,
    /// Where it is.
    pub place: EntryPlace,
    /// What is wrong, quoting the text.
    pub message: Text,
    /// Why, and the ways out.
    pub help: Help,
    /// Other entries that belong to the finding.
    pub related: Vec<EntryPlace>,
}

/// Takes the findings of one rule over dictionaries.
#[derive(Debug)]
pub struct DictionarySink<'a> {
    pub(super) meta: &'static RuleMeta,
    pub(super) out: &'a mut Vec<DictionaryDiagnostic>,
}

impl DictionarySink<'_> {
    /// Reports a finding.
    pub fn report(&mut self, finding: Finding<EntryPlace>) {
        let told = |text: Text| Text::new(nested(&text.zh), text.en);
        let Help { basis, author, operator } = finding.help;
        self.out.push(DictionaryDiagnostic {
            rule: self.meta.id,
            severity: finding.severity.unwrap_or(self.meta.severity),
            place: finding.at,
            message: told(finding.message),
            help: Help { basis: basis.map(told), author: author.map(told), operator },
            related: finding.related.into_iter().map(|(place, _)| place).collect(),
        });
    }

    /// Reports several.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding<EntryPlace>>) {
        for finding in findings {
            self.report(finding);
        }
    }
}

/// How rules over dictionaries make their findings.
pub(super) trait AtEntry: Sized {
    /// A finding at `entry`.
    fn at_entry(entry: &Entry<'_>, message: Text) -> Self;

    /// The line of a variant or relation of the entry; 0 is none.
    #[must_use]
    fn line(self, line: usize) -> Self;

    /// Other entries that belong to it.
    #[must_use]
    fn beside<'e, 'd: 'e>(self, entries: impl IntoIterator<Item = &'e Entry<'d>>) -> Self;
}

impl AtEntry for Finding<EntryPlace> {
    fn at_entry(entry: &Entry<'_>, message: Text) -> Self {
        Self::at(EntryPlace::of(entry), message, Text::default())
    }

    fn line(mut self, line: usize) -> Self {
        if line > 0 {
            self.at.line = line;
        }
        self
    }

    fn beside<'e, 'd: 'e>(mut self, entries: impl IntoIterator<Item = &'e Entry<'d>>) -> Self {
        let places = entries.into_iter().map(|entry| (EntryPlace::of(entry), Text::default()));
        self.related.extend(places);
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
