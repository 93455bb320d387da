//! The report's own words, in both languages.

use zhengming::Finding;
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Lang;

use crate::printable::{one_line, printable};

/// The words before the parts of a finding, with the colon and the space that their language wants.
pub(crate) struct Words {
    pub(crate) error: &'static str,
    pub(crate) warning: &'static str,
    pub(crate) info: &'static str,
    pub(crate) help: &'static str,
    pub(crate) fix: &'static str,
    pub(crate) related: &'static str,
    /// Follows a fix that `--fix` applies.
    pub(crate) automatic: &'static str,
    /// Stands between what is wrong and what is expected.
    pub(crate) then: &'static str,
    /// Before the place of a finding in a document that is no text file.
    pub(crate) place: &'static str,
    /// Stands behind it.
    pub(crate) colon: &'static str,
    /// Follows the number of all findings.
    pub(crate) total: &'static str,
}

const ZH: Words = Words {
    error: "错误：",
    warning: "警告：",
    info: "提示：",
    help: "说明：",
    fix: "修改建议：",
    related: "相关位置：",
    automatic: "（可自动修改）",
    then: "；",
    place: "位置：",
    colon: "：",
    total: "合计",
};

const EN: Words = Words {
    error: "error: ",
    warning: "warning: ",
    info: "info: ",
    help: "help: ",
    fix: "fix: ",
    related: "see also: ",
    automatic: " (applied by --fix)",
    then: "; ",
    place: "place: ",
    colon: ": ",
    total: "total",
};

impl Words {
    /// The words of `lang`.
    pub(crate) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        }
    }

    pub(crate) fn severity(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Info => self.info,
        }
    }
}

/// What is wrong and what is expected, in one line.
pub(crate) fn headline(lang: Lang, finding: &Finding) -> String {
    let (message, label) = (finding.message.get(lang), finding.label.get(lang));
    let mut line = one_line(message).into_owned();
    if !label.is_empty() && label != message {
        line += Words::of(lang).then;
        line += &one_line(label);
    }
    line
}

/// The headline, and below it why.
pub(crate) fn explained(lang: Lang, finding: &Finding) -> String {
    let mut text = headline(lang, finding);
    if let Some(help) = finding.help.whole(lang) {
        text.push('\n');
        text += &printable(&help);
    }
    text
}

/// What stands for the places that are not listed.
pub(crate) fn more_places(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("另有 {count} 处"),
        Lang::En => format!("and {count} more"),
    }
}

/// How many findings of a kind are not shown.
pub(crate) fn more_of_the_kind(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("另有 {count} 处待解释的说法没有列出，用 --all 全部列出"),
        Lang::En => format!("{count} more expressions to explain are not shown; --all shows them"),
    }
}

pub(crate) fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
