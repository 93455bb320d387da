//! Flags 示例词. Say here in one sentence what the rule flags.

use zhengming_lint::rule::{Context, Finding, Rule, RuleMeta, Sink};
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::{Text, quoted};
use zhengming_text::span::TextRange;

/// What the rule looks for, in the words of those who write drafts.
#[derive(Debug, Default)]
pub struct NewRule;

impl NewRule {
    /// What is the same for every document.
    pub const META: RuleMeta = RuleMeta {
        id: "new-rule",
        name: ("示例词", "Sample word"),
        family: "template",
        severity: Severity::Warning,
        also: None,
        default: true,
        fix: None,
        summary: ("写了示例词", "the text says 示例词"),
        page: (include_str!("new_rule.md"), include_str!("new_rule.en.md")),
    };
}

impl Rule for NewRule {
    fn meta(&self) -> &'static RuleMeta {
        &Self::META
    }

    fn check(&self, cx: &Context<'_>, sink: &mut Sink<'_>) {
        for block in cx.blocks() {
            for (at, found) in block.text().match_indices(WORD) {
                sink.report(finding(block.index(), TextRange::new(at, at + found.len())));
            }
        }
    }
}

/// What is looked for.
const WORD: &str = "示例词";

fn finding(block: usize, range: TextRange) -> Finding {
    let message = Text::new(format!("文中写了{}", quoted(WORD)), format!("the text says `{WORD}`"));
    let label = Text::new("应为实际用语", "expected a real word");
    let help = Text::new("改成实际用语", "Replace it with a real word");
    Finding::new(block, range, message, label).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    const DICTIONARY: &str = "[dictionary]\nid = \"d\"\ntitle = \"词典\"";

    #[test]
    fn the_word_is_found() {
        check::<NewRule>(DICTIONARY).fail("请用«示例词»代替。").fail("«示例词»和«示例词»。");
    }

    #[test]
    fn what_only_looks_like_it_is_fine() {
        check::<NewRule>(DICTIONARY).pass("示例中的词。").pass("以示例说明。");
    }
}
