//! A finding as an assistant gets it: what somebody who has the document and no configuration can use, and no more.

use schemars::JsonSchema;
use serde::Serialize;
use zhengming::{Finding, Lang, Severity};
use zhengming_rules::registry::rule_name;

/// 一处问题 || A finding
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Shown {
    /// 规则的标识 || The rule's id
    rule: String,
    /// 规则的名称 || The rule's name
    name: String,
    /// 级别：error、warning、info || Severity: error, warning or info
    severity: &'static str,
    /// 文中的原文 || What the document says
    text: String,
    /// 行，从 1 起；Word、Excel、PDF 以 place 为准 || Line from 1; in Word, Excel and PDF files see place
    line: usize,
    /// 列（字符），从 1 起 || Column in characters, from 1
    column: usize,
    /// 在 Word、Excel、PDF 文件里的位置 || The place in a Word, Excel or PDF file
    place: Option<String>,
    /// 什么不对 || What is wrong
    message: String,
    /// 应为什么 || What is expected
    label: String,
    /// 依据和办法 || What it rests on, and the ways out
    help: Option<String>,
    /// 怎样改 || What fixes would do
    fixes: Vec<ShownFix>,
}

/// 一种改法 || A fix
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ShownFix {
    /// 做什么 || What it does
    title: String,
    /// 是否有把握（不会改变意思） || Whether it is safe: it cannot change the meaning
    safe: bool,
}

impl Shown {
    pub(crate) fn new(finding: &Finding, lang: Lang) -> Self {
        let fixes = finding.fixes.iter().map(|fix| ShownFix {
            title: fix.title.get(lang).to_owned(),
            safe: fix.applicability == zhengming::Applicability::Safe,
        });
        Self {
            rule: finding.rule.to_string(),
            name: rule_name(&finding.rule, lang).to_owned(),
            severity: finding.severity.name(),
            text: finding.text.clone(),
            line: finding.start.line,
            column: finding.start.column,
            place: finding.location.as_ref().map(|location| location.words.get(lang).to_owned()),
            message: finding.message.get(lang).to_owned(),
            label: finding.label.get(lang).to_owned(),
            help: finding.help.for_author(lang),
            fixes: fixes.collect(),
        }
    }
}

/// The gravest first, then the surest, then as they stand in the text.
pub(crate) fn sort(findings: &mut [Finding]) {
    let rank = |finding: &Finding| {
        let place = (finding.start.line, finding.start.column);
        (std::cmp::Reverse((finding.severity, finding.sureness.unwrap_or(100))), place)
    };
    findings.sort_by_key(rank);
}

/// How many of each severity.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Counts {
    /// 错误 || Errors
    errors: usize,
    /// 警告 || Warnings
    warnings: usize,
    /// 提示 || Infos
    infos: usize,
}

impl Counts {
    pub(crate) fn of(findings: &[Finding]) -> Self {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
        }
    }
}
