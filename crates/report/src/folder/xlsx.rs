//! The report as a workbook: one table a sheet, each with filters, with links between the sheets and to the documents.

mod chart;
mod findings;

use zhengming_text::message::Lang;
use zhengming_workbook::{Cell, Column, Sheet, workbook};

use crate::generator::GENERATOR;

use super::groups::rate;
use super::model::{GivenRow, GroupRow, Model, Use};
use super::words::{about, edition, say, spelling};

/// Documents that a cell names.
const NAMED: usize = 20;

/// The sheets to which others lead.
const OVERVIEW: (&str, &str) = ("概览", "Overview");
const FINDINGS: (&str, &str) = ("问题", "Findings");
const RUNS: (&str, &str) = ("历次变化", "Runs");

/// The workbook.
pub(super) fn render(model: &Model, lang: Lang) -> Vec<u8> {
    let mut sheets = vec![
        overview(model, lang),
        findings::first(model, lang),
        findings::findings(model, lang),
        findings::documents(model, lang),
        groups(lang, ("文件夹", "Folders"), &model.folders),
        groups(lang, ("发文机关", "Organs"), &model.issuers),
    ];
    if let Some(comparison) = &model.comparison {
        sheets.push(runs(model, lang));
        sheets.push(findings::gone(comparison, lang));
    }
    sheets.extend([terms(model, lang), citations(model, lang), conflicts(model, lang), jargon(model, lang)]);
    // A sheet without rows is one more to open in vain.
    sheets.retain(|sheet| sheet.rows() > 0);
    workbook(GENERATOR, sheets)
}

fn sheet(
    lang: Lang,
    name: (&'static str, &'static str),
    columns: &[(&'static str, &'static str, u32)],
) -> Sheet {
    let columns: Vec<Column> =
        columns.iter().map(|&(zh, en, width)| Column::new(say(lang, zh, en), width)).collect();
    Sheet::new(say(lang, name.0, name.1), &columns)
}

fn overview(model: &Model, lang: Lang) -> Sheet {
    let mut out = sheet(
        lang,
        OVERVIEW,
        &[
            ("项目", "Figure", 30),
            ("说明", "Meaning", 50),
            ("问题", "Findings", 10),
            ("文稿", "Documents", 10),
        ],
    );
    for (name, text) in about(lang, model) {
        out.push(vec![name.into(), text.as_str().into(), "".into(), "".into()]);
    }
    let totals = &model.totals;
    for (zh, en, value) in [
        ("文稿", "documents", totals.documents),
        ("未能读取", "unreadable", totals.unreadable),
        ("没有问题的文稿", "documents without findings", totals.clean),
        ("字数", "characters", totals.characters),
        ("问题", "findings", totals.findings),
        ("错误", "errors", totals.errors),
        ("警告", "warnings", totals.warnings),
        ("提示", "infos", totals.infos),
        ("可自动修改", "fixable", totals.fixable),
        ("已抑制", "suppressed", totals.suppressed),
        ("标准号未收录，没有核对", "standard numbers not in the register", totals.unregistered),
    ] {
        out.push(vec![say(lang, zh, en).into(), "".into(), Cell::Number(value)]);
    }
    let before = out.rows();
    let mut rules: Vec<_> = model.rules.iter().collect();
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.findings));
    for rule in &rules {
        out.push(vec![
            rule.name.as_str().into(),
            rule.summary.as_str().into(),
            Cell::Number(rule.findings),
            Cell::Number(rule.documents),
        ]);
    }
    let last = out.rows();
    chart::rules(&mut out, lang, OVERVIEW, (before + 1, last));
    out
}

/// Documents by folder or organ, with the rate that makes long and short ones comparable.
fn groups(lang: Lang, name: (&'static str, &'static str), rows: &[GroupRow]) -> Sheet {
    let mut out = sheet(
        lang,
        name,
        &[
            (name.0, name.1, 44),
            ("文稿", "Documents", 10),
            ("没有问题的文稿", "Without findings", 16),
            ("字数", "Characters", 12),
            ("错误", "Errors", 8),
            ("警告", "Warnings", 8),
            ("提示", "Infos", 8),
            ("每千字问题数", "Per 1,000 characters", 14),
        ],
    );
    for row in rows {
        out.push(vec![
            row.name.as_str().into(),
            Cell::Number(row.documents),
            Cell::Number(row.clean),
            Cell::Number(row.characters),
            Cell::Number(row.errors),
            Cell::Number(row.warnings),
            Cell::Number(row.infos),
        ]);
        chart::decimal(&mut out, 7, rate(row.findings(), row.characters));
    }
    chart::scale(&mut out, 7);
    out
}

/// The runs up to this one, with their line.
fn runs(model: &Model, lang: Lang) -> Sheet {
    let mut out = sheet(
        lang,
        RUNS,
        &[
            ("日期", "Date", 14),
            ("文稿", "Documents", 10),
            ("字数", "Characters", 12),
            ("错误", "Errors", 8),
            ("警告", "Warnings", 8),
            ("提示", "Infos", 8),
        ],
    );
    for run in &model.history {
        out.push(vec![
            run.made.as_deref().unwrap_or("—").into(),
            Cell::Number(run.documents),
            Cell::Number(run.characters),
            Cell::Number(run.errors),
            Cell::Number(run.warnings),
            Cell::Number(run.infos),
        ]);
    }
    chart::runs(&mut out, lang, RUNS);
    out
}

fn terms(model: &Model, lang: Lang) -> Sheet {
    let mut out = sheet(
        lang,
        ("术语", "Terms"),
        &[
            ("规范用语", "Preferred term", 28),
            ("写法", "Spelling", 28),
            ("规范情况", "Standing", 10),
            ("次数", "Count", 8),
            ("文稿数", "Documents", 8),
            ("文稿", "Where", 60),
            ("依据", "Source", 30),
            ("定义", "Definition", 60),
        ],
    );
    for term in &model.terms {
        let concept = &model.concepts[term.concept];
        for one in &term.spellings {
            out.push(vec![
                concept.preferred.as_str().into(),
                one.text.as_str().into(),
                spelling(lang, one.standing).into(),
                Cell::Number(one.count),
                Cell::Number(one.uses.len()),
                places(model, lang, &one.uses).into(),
                concept.citation.as_deref().unwrap_or_default().into(),
                concept.definition.as_deref().unwrap_or_default().into(),
            ]);
        }
    }
    out
}

fn citations(model: &Model, lang: Lang) -> Sheet {
    let mut out = sheet(
        lang,
        ("引用", "Citations"),
        &[
            ("引用文件", "Document cited", 44),
            ("版次", "Edition", 10),
            ("状态", "Standing", 12),
            ("现行替代", "Replaced by", 30),
            ("次数", "Count", 8),
            ("文稿数", "Documents", 8),
            ("文稿", "Where", 60),
        ],
    );
    for row in &model.citations {
        out.push(vec![
            row.normal.as_str().into(),
            row.edition.as_deref().unwrap_or_default().into(),
            edition(lang, row).into(),
            row.successor.as_deref().unwrap_or_default().into(),
            Cell::Number(row.count),
            Cell::Number(row.uses.len()),
            places(model, lang, &row.uses).into(),
        ]);
    }
    out
}

fn conflicts(model: &Model, lang: Lang) -> Sheet {
    let mut out = sheet(
        lang,
        ("定义冲突", "Definitions in conflict"),
        &[
            ("术语", "Term", 20),
            ("文稿", "Document", 36),
            ("定义", "Definition", 60),
            ("另一文稿", "Other document", 36),
            ("另一定义", "Other definition", 60),
        ],
    );
    for row in &model.conflicts {
        let at = |given: &GivenRow| model.at(given.document, given.line, given.place);
        out.push(vec![
            row.term.as_str().into(),
            at(&row.here).into(),
            row.here.body.as_str().into(),
            at(&row.there).into(),
            row.there.body.as_str().into(),
        ]);
    }
    out
}

fn jargon(model: &Model, lang: Lang) -> Sheet {
    let mut out = sheet(
        lang,
        ("未定义用语", "Jargon"),
        &[
            ("用语", "Expression", 28),
            ("次数", "Count", 8),
            ("文稿数", "Documents", 8),
            ("文稿", "Where", 60),
        ],
    );
    for row in &model.jargon {
        out.push(vec![
            row.text.as_str().into(),
            Cell::Number(row.count),
            Cell::Number(row.uses.len()),
            places(model, lang, &row.uses).into(),
        ]);
    }
    out
}

/// `a.md:3；b.md:7…`
fn places(model: &Model, lang: Lang, uses: &[Use]) -> String {
    let shown = uses.iter().take(NAMED);
    let shown: Vec<String> = shown.map(|one| model.at(one.document, one.line, one.place)).collect();
    let more = if uses.len() > NAMED { "…" } else { "" };
    shown.join(say(lang, "；", "; ")) + more
}
