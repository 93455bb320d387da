//! The report as one page for a browser: markup, style, script and data in one file.
//!
//! The data is JSON in an element that browsers do not run; the script makes text nodes of it and never
//! markup, so nothing that a document says can become part of the page.

use serde_json::{Value, json};
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Lang;

use crate::generator::generator;

use super::model::{FindingRow, Model};
use super::words::{about, say};

const PAGE: &str = include_str!("../html/page.html");
const STYLE: &str = include_str!("../html/style.css");
/// The parts of the script, each using those before it.
const SCRIPT: [&str; 7] = [
    include_str!("../html/words.js"),
    include_str!("../html/dom.js"),
    include_str!("../html/data.js"),
    include_str!("../html/table.js"),
    include_str!("../html/charts.js"),
    include_str!("../html/views.js"),
    include_str!("../html/main.js"),
];

/// The page.
pub(super) fn render(model: &Model, lang: Lang) -> String {
    let script = SCRIPT.concat();
    let data = data(model, lang);
    let mut page = String::with_capacity(PAGE.len() + STYLE.len() + script.len() + data.len());
    // Each mark once and in order: what is put in is never searched for marks.
    let mut rest = PAGE;
    for (mark, text) in [
        ("{{lang}}", say(lang, "zh-CN", "en")),
        ("{{generator}}", &generator()),
        ("{{title}}", say(lang, "术语检查报告", "Terminology report")),
        ("{{style}}", STYLE),
        ("{{noscript}}", &without_script(model, lang)),
        ("{{data}}", &data),
        ("{{script}}", &script),
    ] {
        let (before, after) = rest.split_once(mark).expect("the page has every mark");
        page.push_str(before);
        page.push_str(text);
        rest = after;
    }
    page + rest
}

/// What a browser shows that runs no script: the headline figures and the rules.
fn without_script(model: &Model, lang: Lang) -> String {
    let title = say(lang, "术语检查报告", "Terminology report");
    let why = say(
        lang,
        "浏览器没有运行 JavaScript，只显示概览。查看逐条结果、术语和引用，请启用 JavaScript，或者导出 .xlsx、.md 报告。",
        "This browser runs no JavaScript, so this is an overview only. For findings, terms and citations switch it on, or write the report as .xlsx or .md.",
    );
    let mut out = format!("<div><h1>{title}</h1>\n<p>{why}</p>\n");
    for (name, text) in about(lang, model) {
        out += &format!("<p>{name}{}{}</p>\n", say(lang, "：", ": "), escaped(&text));
    }
    let totals = &model.totals;
    out += "<table>\n";
    for (zh, en, value) in [
        ("文稿", "Documents", totals.documents),
        ("未能读取", "Unreadable", totals.unreadable),
        ("没有问题的文稿", "Documents without findings", totals.clean),
        ("问题", "Findings", totals.findings),
        ("错误", "Errors", totals.errors),
        ("警告", "Warnings", totals.warnings),
        ("提示", "Infos", totals.infos),
        ("可自动修改", "Fixable", totals.fixable),
        ("标准号未收录", "Numbers not in the register", totals.unregistered),
    ] {
        out += &format!("<tr><th scope=\"row\">{}</th><td>{value}</td></tr>\n", say(lang, zh, en));
    }
    let headings = say(
        lang,
        "<th>规则</th><th>说明</th><th>问题</th><th>文稿</th>",
        "<th>Rule</th><th>Meaning</th><th>Findings</th><th>Documents</th>",
    );
    out += &format!("</table>\n<table>\n<tr>{headings}</tr>\n");
    let mut rules: Vec<_> = model.rules.iter().collect();
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.findings));
    for rule in rules {
        let (name, summary, findings, documents) =
            (escaped(&rule.name), escaped(&rule.summary), rule.findings, rule.documents);
        out +=
            &format!("<tr><td>{name}</td><td>{summary}</td><td>{findings}</td><td>{documents}</td></tr>\n");
    }
    out + "</table></div>"
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The data as JSON without a `<`, so that no document can end the element that holds it.
fn data(model: &Model, lang: Lang) -> String {
    let documents = model.documents.iter().map(|row| {
        json!([
            row.path,
            row.title,
            row.date,
            row.characters,
            row.error,
            row.errors,
            row.warnings,
            row.infos,
            row.suppressed,
            row.missed,
            row.read.as_ref().map(|read| read.text().get(lang).to_owned())
        ])
    });
    let value = json!({
        "lang": lang,
        "version": model.tool_version,
        "about": about(lang, model),
        "dictionaries": model.dictionaries,
        "totals": model.totals,
        "rules": model.rules,
        "documents": documents.collect::<Vec<_>>(),
        "findings": model.findings.iter().map(finding).collect::<Vec<_>>(),
        "texts": model.texts.all(),
        "concepts": model.concepts,
        "terms": model.terms,
        "citations": model.citations,
        "conflicts": model.conflicts,
        "jargon": model.jargon,
    });
    value.to_string().replace('<', "\\u003c")
}

/// A finding as an array; `data.js` names its parts.
fn finding(row: &FindingRow) -> Value {
    let severity = match row.severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    };
    let related =
        row.related.iter().map(|one| json!([one.path, one.line, one.column, one.place, one.message]));
    json!([
        row.document,
        row.rule,
        severity,
        row.message,
        row.label,
        row.help,
        row.line,
        row.column,
        row.place,
        row.before,
        row.text,
        row.after,
        row.concept,
        row.fix,
        u8::from(row.fixable),
        related.collect::<Vec<_>>()
    ])
}
