//! The report's own words, in both languages.

use zhengming_text::diagnostic::{Diagnostic, Severity};
use zhengming_text::message::Lang;

use crate::printable::{one_line, printable};
use crate::summary::Summary;

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
pub(crate) fn headline(lang: Lang, diagnostic: &Diagnostic) -> String {
    let (message, label) = (diagnostic.message.get(lang), diagnostic.label.get(lang));
    let mut line = one_line(message).into_owned();
    if !label.is_empty() && label != message {
        line += Words::of(lang).then;
        line += &one_line(label);
    }
    line
}

/// The headline, and below it why.
pub(crate) fn explained(lang: Lang, diagnostic: &Diagnostic) -> String {
    let mut text = headline(lang, diagnostic);
    if let Some(help) = diagnostic.help.whole(lang) {
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

/// The last line of a report for people.
pub(crate) fn summary_line(lang: Lang, summary: &Summary) -> String {
    match lang {
        Lang::Zh => summary_zh(summary),
        Lang::En => summary_en(summary),
    }
}

fn summary_zh(summary: &Summary) -> String {
    let mut line = format!("共检查 {} 个文件，", summary.files);
    if summary.findings() == 0 {
        line += "未发现问题";
    } else {
        line +=
            &format!("发现 {} 个错误、{} 个警告、{} 条提示", summary.errors, summary.warnings, summary.infos);
    }
    if summary.fixable > 0 {
        line += &format!("；其中 {} 处可用 --fix 自动修改", summary.fixable);
    }
    if summary.suppressed > 0 {
        line += &format!("；另有 {} 处已按要求忽略", summary.suppressed);
    }
    if !summary.unregistered.is_empty() {
        line += &format!("；{} 个标准号未收录，没有核对", summary.unregistered.len());
    }
    if summary.unreadable > 0 {
        line += &format!("；{} 个文件无法读取", summary.unreadable);
    }
    if summary.folders > 0 {
        line += &format!("；{} 个文件夹无法读取", summary.folders);
    }
    line
}

fn summary_en(summary: &Summary) -> String {
    let mut line = format!("checked {}, ", count(summary.files, "file"));
    if summary.findings() == 0 {
        line += "no problems found";
    } else {
        line += &format!(
            "found {}, {} and {}",
            count(summary.errors, "error"),
            count(summary.warnings, "warning"),
            count(summary.infos, "info")
        );
    }
    if summary.fixable > 0 {
        line += &format!("; --fix can mend {}", summary.fixable);
    }
    if summary.suppressed > 0 {
        line += &format!("; {} suppressed", summary.suppressed);
    }
    if !summary.unregistered.is_empty() {
        let numbers = count(summary.unregistered.len(), "standard number");
        line += &format!("; {numbers} not in the register, not checked");
    }
    if summary.unreadable > 0 {
        line += &format!("; {} could not be read", count(summary.unreadable, "file"));
    }
    if summary.folders > 0 {
        line += &format!("; {} could not be read", count(summary.folders, "folder"));
    }
    line
}

fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
