//! Flags definitions that name another term than their entry.

use zhengming_lint::finding::Finding;
use zhengming_lint::rule::RuleMeta;
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Text;

use super::finding::AtEntry;
use super::{DictionaryContext, DictionaryRule, DictionarySink};

/// An entry called X whose text begins with Y是指.
#[derive(Debug, Default)]
pub struct TermDefiniendumMismatch;

impl TermDefiniendumMismatch {
    /// What is the same for every dictionary.
    pub const META: RuleMeta = RuleMeta {
        id: "term-definiendum-mismatch",
        name: ("条目名与定义不符", "Entry and definition disagree"),
        family: "dictionary",
        severity: Severity::Warning,
        also: Some(Severity::Info),
        default: true,
        fix: None,
        summary: ("条目名与定义里所定义的术语不一致", "a definition that names another term than its entry"),
        page: (include_str!("term_definiendum_mismatch.md"), include_str!("term_definiendum_mismatch.en.md")),
    };
}

impl DictionaryRule for TermDefiniendumMismatch {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &DictionaryContext<'_>, sink: &mut DictionarySink<'_>) {
        for entry in cx.entries() {
            let Some(lead) = &entry.lead else { continue };
            let Some(name) = lead.definiendum.filter(|_| !lead.names_exactly(entry.concept)) else {
                continue;
            };
            let (term, cite) = (entry.term(), entry.cite());
            let message = Text::new(
                format!("条目名是“{term}”，定义里写的是“{name}”"),
                format!("the entry is called `{term}`, its definition defines `{name}`"),
            );
            let finding = Finding::at_entry(entry, message);
            sink.report(if lead.names(entry.concept) {
                finding.severity(Severity::Info).help(Text::new(
                    format!("只有引号或字符形式不同（{cite}）；请统一为一种写法"),
                    format!(
                        "only quotation marks or the shape of characters differ ({cite}); write both alike"
                    ),
                ))
            } else {
                finding.help(Text::new(
                    format!("请确认条目定义的是哪一个（{cite}），并改成同一名称"),
                    format!("decide which of the two the entry is about ({cite}) and name it alike"),
                ))
            });
        }
    }
}
