//! The report as a workbook: one table a sheet, each with filters.

use zhengming_text::message::Lang;
use zhengming_workbook::{Cell, Column, Sheet, workbook};

use crate::generator::GENERATOR;

use super::model::{GivenRow, Model, Use};
use super::words::{about, edition, say, severity, spelling};

/// Documents that a cell names.
const NAMED: usize = 20;

/// The workbook.
pub(super) fn render(model: &Model, lang: Lang) -> Vec<u8> {
    workbook(
        GENERATOR,
        vec![
            overview(model, lang),
            findings(model, lang),
            documents(model, lang),
            terms(model, lang),
            citations(model, lang),
            conflicts(model, lang),
            jargon(model, lang),
        ],
    )
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
        ("概览", "Overview"),
        &[
            ("项目", "Figure", 44),
            ("说明", "Meaning", 60),
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
    for rule in &model.rules {
        out.push(vec![
            rule.name.as_str().into(),
            rule.summary.as_str().into(),
            Cell::Number(rule.findings),
            Cell::Number(rule.documents),
        ]);
    }
    out
}

fn findings(model: &Model, lang: Lang) -> Sheet {
    let mut out = sheet(
        lang,
        ("问题", "Findings"),
        &[
            ("文稿", "Document", 36),
            ("行", "Line", 7),
            ("列", "Column", 7),
            ("位置", "Place", 20),
            ("级别", "Severity", 9),
            ("类别", "Family", 11),
            ("规则", "Rule", 22),
            ("标识", "Rule id", 26),
            ("原文", "Text", 20),
            ("问题", "Message", 44),
            ("应为", "Expected", 30),
            ("上下文", "Context", 60),
            ("依据和办法", "Help", 60),
            ("规范用语", "Preferred term", 20),
            ("可自动修改", "Fixable", 11),
        ],
    );
    for row in &model.findings {
        let text = |index: usize| model.texts.get(index);
        let rule = &model.rules[row.rule];
        out.push(vec![
            model.documents[row.document].path.as_str().into(),
            Cell::Number(row.line),
            Cell::Number(row.column),
            model.place(row).unwrap_or_default().into(),
            severity(lang, row.severity).into(),
            rule.family_name.as_str().into(),
            rule.name.as_str().into(),
            rule.id.into(),
            row.text.as_str().into(),
            text(row.message).into(),
            text(row.label).into(),
            format!("{}{}{}", row.before, row.text, row.after).into(),
            row.help.map_or("", text).into(),
            row.concept.map_or("", |concept| model.concepts[concept].preferred.as_str()).into(),
            (if row.fixable { say(lang, "是", "yes") } else { "" }).into(),
        ]);
    }
    out
}

fn documents(model: &Model, lang: Lang) -> Sheet {
    let mut out = sheet(
        lang,
        ("文稿", "Documents"),
        &[
            ("文稿", "Document", 44),
            ("标题", "Title", 44),
            ("日期", "Date", 12),
            ("字数", "Characters", 10),
            ("错误", "Errors", 8),
            ("警告", "Warnings", 8),
            ("提示", "Infos", 8),
            ("已抑制", "Suppressed", 8),
            ("未能读取、没有读到的内容", "What could not be read, and why", 40),
            ("读到的内容", "What was read", 40),
        ],
    );
    for row in &model.documents {
        let read = row.read.as_ref().map_or_else(String::new, |read| read.text().get(lang).to_owned());
        out.push(vec![
            row.path.as_str().into(),
            row.title.as_deref().unwrap_or_default().into(),
            row.date.as_deref().unwrap_or_default().into(),
            Cell::Number(row.characters),
            Cell::Number(row.errors),
            Cell::Number(row.warnings),
            Cell::Number(row.infos),
            Cell::Number(row.suppressed),
            row.error.as_deref().or(row.missed.as_deref()).unwrap_or_default().into(),
            read.as_str().into(),
        ]);
    }
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
