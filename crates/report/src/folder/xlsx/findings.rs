//! The sheets on findings: what to do first, all of them, by document, and those that are gone.

use std::collections::HashMap;

use zhengming_text::message::Lang;
use zhengming_workbook::{Cell, Sheet};

use crate::folder::first::sure;
use crate::folder::groups::rate;
use crate::folder::model::{Comparison, DocumentRow, Model};
use crate::folder::words::{say, severity};

use super::{FINDINGS, chart, sheet};

/// What to do first, each row with a link to the first place.
pub(super) fn first(model: &Model, lang: Lang) -> Sheet {
    let mut out = sheet(
        lang,
        ("先做什么", "First"),
        &[
            ("级别", "Severity", 9),
            ("原文", "Text", 30),
            ("怎样做", "What to do", 40),
            ("规则", "Rule", 22),
            ("问题", "Findings", 8),
            ("文稿", "Documents", 8),
            ("可自动修改", "Fixable", 11),
        ],
    );
    let mut places: HashMap<(usize, &str), usize> = HashMap::new();
    for (number, row) in model.findings.iter().enumerate() {
        places.entry((row.rule, &row.text)).or_insert(number);
    }
    for row in &model.first {
        let place = places.get(&(row.rule, row.text.as_str()));
        out.push(vec![
            severity(lang, row.severity).into(),
            place.map_or_else(|| row.text.as_str().into(), |&place| to_finding(lang, &row.text, place)),
            model.texts.get(row.action).into(),
            model.rules[row.rule].name.as_str().into(),
            Cell::Number(row.findings),
            Cell::Number(row.documents),
            yes(lang, row.fixable),
        ]);
    }
    chart::severities(&mut out, lang, 0);
    out
}

pub(super) fn findings(model: &Model, lang: Lang) -> Sheet {
    let mut out = sheet(
        lang,
        FINDINGS,
        &[
            ("文稿", "Document", 36),
            ("行", "Line", 7),
            ("列", "Column", 7),
            ("位置", "Place", 20),
            ("级别", "Severity", 9),
            ("类别", "Family", 14),
            ("规则", "Rule", 22),
            ("标识", "Rule id", 26),
            ("原文", "Text", 20),
            ("问题", "Message", 44),
            ("应为", "Expected", 30),
            ("上下文", "Context", 60),
            ("依据和办法", "Help", 60),
            ("规范用语", "Preferred term", 20),
            ("可自动修改", "Fixable", 11),
            ("把握", "Sureness", 7),
            ("变化", "Change", 8),
            ("处理", "Decision", 10),
            ("备注", "Note", 30),
        ],
    );
    for row in &model.findings {
        let text = |index: usize| model.texts.get(index);
        let rule = &model.rules[row.rule];
        out.push(vec![
            document(&model.documents[row.document]),
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
            yes(lang, row.fixable),
            Cell::Number(sure(row).into()),
            row.is_new.map_or("", |new| if new { say(lang, "新增", "new") } else { "" }).into(),
        ]);
    }
    chart::severities(&mut out, lang, 4);
    let decisions = match lang {
        Lang::Zh => ["已改", "不改", "待定"],
        Lang::En => ["mended", "left", "later"],
    };
    chart::choices(&mut out, 17, &decisions);
    out
}

pub(super) fn documents(model: &Model, lang: Lang) -> Sheet {
    let mut out = sheet(
        lang,
        ("文稿", "Documents"),
        &[
            ("文稿", "Document", 44),
            ("标题", "Title", 44),
            ("日期", "Date", 12),
            ("发文机关", "Issuing organ", 24),
            ("字数", "Characters", 10),
            ("错误", "Errors", 8),
            ("警告", "Warnings", 8),
            ("提示", "Infos", 8),
            ("每千字问题数", "Per 1,000 characters", 14),
            ("首个问题", "First finding", 12),
            ("已抑制", "Suppressed", 8),
            ("未能读取、没有读到的内容", "What could not be read, and why", 40),
            ("读到的内容", "What was read", 40),
            ("签审", "Signed off", 12),
        ],
    );
    let mut places: HashMap<usize, usize> = HashMap::new();
    for (number, row) in model.findings.iter().enumerate() {
        places.entry(row.document).or_insert(number);
    }
    for (number, row) in model.documents.iter().enumerate() {
        let place = places.get(&number);
        let read = row.read.as_ref().map_or_else(String::new, |read| read.text().get(lang).to_owned());
        out.push(vec![
            document(row),
            row.title.as_deref().unwrap_or_default().into(),
            row.date.as_deref().unwrap_or_default().into(),
            row.issuer.as_deref().unwrap_or_default().into(),
            Cell::Number(row.characters),
            Cell::Number(row.errors),
            Cell::Number(row.warnings),
            Cell::Number(row.infos),
            "".into(),
            place.map_or_else(|| "".into(), |&place| to_finding(lang, say(lang, "查看", "show"), place)),
            Cell::Number(row.suppressed),
            row.error.as_deref().or(row.missed.as_deref()).unwrap_or_default().into(),
            read.into(),
        ]);
        chart::decimal(&mut out, 8, rate(row.findings(), row.characters));
    }
    chart::scale(&mut out, 8);
    out
}

/// The findings of the earlier report that are no longer there.
pub(super) fn gone(comparison: &Comparison, lang: Lang) -> Sheet {
    let mut out = sheet(
        lang,
        ("已消失", "Gone"),
        &[
            ("文稿", "Document", 44),
            ("行", "Line", 7),
            ("位置", "Place", 20),
            ("规则", "Rule", 22),
            ("原文", "Text", 24),
            ("问题", "Message", 60),
        ],
    );
    for row in &comparison.gone {
        out.push(vec![
            row.path.as_str().into(),
            Cell::Number(row.line),
            row.place.as_deref().unwrap_or_default().into(),
            row.name.as_str().into(),
            row.text.as_str().into(),
            row.message.as_str().into(),
        ]);
    }
    out
}

/// The name of a document, which leads to it.
fn document(row: &DocumentRow) -> Cell {
    match &row.link {
        Some(link) => Cell::Link { text: row.path.clone(), target: format!("file:///{link}") },
        None => row.path.as_str().into(),
    }
}

/// A cell that leads to the row of a finding.
fn to_finding(lang: Lang, text: &str, number: usize) -> Cell {
    let name = say(lang, FINDINGS.0, FINDINGS.1);
    // The header, and rows count from 1.
    Cell::Link { text: text.to_owned(), target: format!("internal:'{name}'!A{}", number + 2) }
}

fn yes(lang: Lang, is_so: bool) -> Cell {
    (if is_so { say(lang, "是", "yes") } else { "" }).into()
}
