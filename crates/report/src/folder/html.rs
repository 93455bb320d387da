//! The report as one page for a browser: markup, style, script and data in one file.
//!
//! The data is JSON in an element that browsers do not run; the script makes text nodes of it and never
//! markup, so nothing that a document says can become part of the page.

use serde_json::{Value, json};
use zhengming_text::diagnostic::Severity;
use zhengming_text::message::Lang;

use crate::generator::generator;
use crate::shown::MOST;

use super::first::sure;
use super::model::{FindingRow, Model};
use super::words::{about, say};

const PAGE: &str = include_str!("../html/page.html");
const STYLE: &str = include_str!("../html/style.css");
/// The parts of the script, each using those before it.
const SCRIPT: [&str; 13] = [
    include_str!("../html/words.js"),
    include_str!("../html/dom.js"),
    include_str!("../html/data.js"),
    include_str!("../html/table.js"),
    include_str!("../html/charts.js"),
    include_str!("../html/notes.js"),
    include_str!("../html/parts.js"),
    include_str!("../html/overview.js"),
    include_str!("../html/findings.js"),
    include_str!("../html/documents.js"),
    include_str!("../html/views.js"),
    include_str!("../html/print.js"),
    include_str!("../html/main.js"),
];

/// Bytes of text that a page holds at most: some 500 documents of 8,000 characters. Beyond them it has the paragraphs
/// with marks only, so that a browser still opens it at once.
const MOST_TEXT: usize = 12_000_000;

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
            row.issuer,
            row.link,
            row.read.as_ref().map(|read| read.text().get(lang).to_owned())
        ])
    });
    let texts = KeptText::of(model);
    let value = json!({
        "lang": lang,
        "version": model.tool_version,
        "made": model.made,
        "about": about(lang, model),
        "dictionaries": model.dictionaries,
        "totals": model.totals,
        "first": model.first,
        "folders": model.folders,
        "issuers": model.issuers,
        "comparison": model.comparison,
        "history": model.history,
        "most": MOST,
        "whole": texts.is_whole,
        "rules": model.rules,
        "documents": documents.collect::<Vec<_>>(),
        "blocks": texts.blocks(model),
        "findings": model.findings.iter().map(|row| finding(model, &texts, row)).collect::<Vec<_>>(),
        "texts": model.texts.all(),
        "concepts": model.concepts,
        "terms": model.terms,
        "citations": model.citations,
        "conflicts": model.conflicts,
        "jargon": model.jargon,
    });
    value.to_string().replace('<', "\\u003c")
}

/// Which blocks of the documents a page holds.
struct KeptText {
    /// Whether it is all of them.
    is_whole: bool,
    /// The numbers of the blocks that are held, by document.
    kept: Vec<Vec<usize>>,
}

impl KeptText {
    fn of(model: &Model) -> Self {
        let size: usize = model.blocks.iter().flatten().map(|block| block.text.len()).sum();
        if size <= MOST_TEXT {
            let kept = model.blocks.iter().map(|blocks| (0..blocks.len()).collect()).collect();
            return Self { is_whole: true, kept };
        }
        let mut kept = vec![Vec::new(); model.blocks.len()];
        for row in &model.findings {
            let places = row.related.iter().filter_map(|related| related.at).chain(row.at);
            kept[row.document].extend(places.map(|(block, ..)| block));
        }
        for blocks in &mut kept {
            blocks.sort_unstable();
            blocks.dedup();
        }
        Self { is_whole: false, kept }
    }

    /// For each document its blocks: the level of a heading, the text, the number in the document.
    fn blocks(&self, model: &Model) -> Vec<Vec<Value>> {
        let documents = self.kept.iter().zip(&model.blocks).map(|(kept, blocks)| {
            kept.iter().map(|&index| json!([blocks[index].level, blocks[index].text, index])).collect()
        });
        documents.collect()
    }

    /// Where a finding stands: which of the blocks that are held, and characters of it as scripts count them.
    fn place(
        &self,
        model: &Model,
        document: usize,
        at: Option<(usize, usize, usize)>,
    ) -> Option<(usize, usize, usize)> {
        let (block, start, end) = at?;
        let held = self.kept[document].binary_search(&block).ok()?;
        let text = &model.blocks[document][block].text;
        let start_units = text[..start].encode_utf16().count();
        Some((held, start_units, start_units + text[start..end].encode_utf16().count()))
    }
}

/// A finding as an array; `data.js` names its parts. The words around it are left out where the text of the document
/// has them.
fn finding(model: &Model, texts: &KeptText, row: &FindingRow) -> Value {
    let severity = match row.severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    };
    let place = texts.place(model, row.document, row.at);
    let around = |text: &str| if place.is_some() { Value::Null } else { text.into() };
    let related = row.related.iter().map(|one| {
        let place = texts.place(model, row.document, one.at);
        json!([one.path, one.line, one.column, one.place, one.message, place])
    });
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
        around(&row.before),
        row.text,
        around(&row.after),
        row.concept,
        row.fix,
        u8::from(row.fixable),
        related.collect::<Vec<_>>(),
        sure(row),
        row.fingerprint,
        place,
        row.is_new.map(u8::from)
    ])
}
