//! The report as Markdown, for reading and for other documents.

use std::fmt::Write;

use zhengming_text::leaving::Leaving;
use zhengming_text::message::Lang;

use crate::generator::comment;

use super::SEVERITIES;
use super::model::{Model, Use};
use super::words::{about, edition, say, severity, spelling};

/// Rows of a table that lists what can be endless.
const MOST: usize = 200;

/// The report.
pub(super) fn render(model: &Model, lang: Lang) -> String {
    let mut out = String::new();
    write_all(model, lang, &mut out).expect("writing to a string does not fail");
    out
}

fn write_all(model: &Model, lang: Lang, out: &mut String) -> std::fmt::Result {
    let totals = &model.totals;
    out.push_str(&comment());
    writeln!(out, "# {}\n", say(lang, "术语检查报告", "Terminology report"))?;
    for (name, text) in about(lang, model) {
        writeln!(out, "{name}{}{}\n", say(lang, "：", ": "), plain(&text))?;
    }
    match lang {
        Lang::Zh => writeln!(
            out,
            "共检查 {} 份文稿、{} 字，发现 {} 个问题：错误 {}，警告 {}，提示 {}；其中 {} 个可自动修改。{} 份文稿没有问题，{} 份未能读取。\n",
            totals.documents,
            totals.characters,
            totals.findings,
            totals.errors,
            totals.warnings,
            totals.infos,
            totals.fixable,
            totals.clean,
            totals.unreadable
        )?,
        Lang::En => writeln!(
            out,
            "{} documents with {} characters were checked and {} findings made: {} errors, {} warnings, {} infos; {} can be fixed automatically. {} documents have none, {} could not be read.\n",
            totals.documents,
            totals.characters,
            totals.findings,
            totals.errors,
            totals.warnings,
            totals.infos,
            totals.fixable,
            totals.clean,
            totals.unreadable
        )?,
    }
    if totals.unregistered > 0 {
        match lang {
            Lang::Zh => writeln!(out, "{} 个标准号未收录，没有核对。\n", totals.unregistered)?,
            Lang::En => writeln!(
                out,
                "{} standard numbers are not in the register and were not checked.\n",
                totals.unregistered
            )?,
        }
    }
    let mut rules: Vec<_> = model.rules.iter().collect();
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.findings));
    section(
        out,
        lang,
        ("规则", "Rules"),
        &[("规则", "Rule"), ("问题", "Findings"), ("文稿", "Documents"), ("说明", "Meaning")],
    )?;
    for rule in rules {
        row(out, &[&rule.name, &rule.findings.to_string(), &rule.documents.to_string(), &rule.summary])?;
    }
    tables(model, lang, out)?;
    findings(model, lang, out)
}

fn tables(model: &Model, lang: Lang, out: &mut String) -> std::fmt::Result {
    let faulty = |term: &&super::model::TermRow| {
        term.spellings.iter().any(|one| !matches!(one.standing, "preferred" | "admitted"))
    };
    section(
        out,
        lang,
        ("不规范的写法", "Spellings at fault"),
        &[("规范用语", "Preferred term"), ("写法", "Spellings"), ("依据", "Source")],
    )?;
    for term in model.terms.iter().filter(faulty).take(MOST) {
        let concept = &model.concepts[term.concept];
        let spellings: Vec<String> = term
            .spellings
            .iter()
            .map(|one| match lang {
                Lang::Zh => format!("{}（{}）×{}", one.text, spelling(lang, one.standing), one.count),
                Lang::En => format!("{} ({}) ×{}", one.text, spelling(lang, one.standing), one.count),
            })
            .collect();
        row(
            out,
            &[
                &concept.preferred,
                &spellings.join(say(lang, "；", "; ")),
                concept.citation.as_deref().unwrap_or_default(),
            ],
        )?;
    }
    section(
        out,
        lang,
        ("引用的标准和文件", "Documents cited"),
        &[
            ("引用文件", "Document cited"),
            ("状态", "Standing"),
            ("现行替代", "Replaced by"),
            ("次数", "Count"),
            ("文稿", "Documents"),
        ],
    )?;
    for cited in
        model.citations.iter().filter(|cited| cited.kind == "standard" || cited.standing.is_some()).take(MOST)
    {
        row(
            out,
            &[
                &cited.normal,
                edition(lang, cited),
                cited.successor.as_deref().unwrap_or_default(),
                &cited.count.to_string(),
                &places(model, lang, &cited.uses),
            ],
        )?;
    }
    section(
        out,
        lang,
        ("冲突的定义", "Definitions in conflict"),
        &[
            ("术语", "Term"),
            ("文稿", "Document"),
            ("定义", "Definition"),
            ("另一文稿", "Other document"),
            ("另一定义", "Other definition"),
        ],
    )?;
    for conflict in model.conflicts.iter().take(MOST) {
        let path = |document: usize| model.documents[document].path.as_str();
        row(
            out,
            &[
                &conflict.term,
                path(conflict.here.document),
                &conflict.here.body,
                path(conflict.there.document),
                &conflict.there.body,
            ],
        )?;
    }
    if !model.jargon.is_empty() {
        section(
            out,
            lang,
            ("未定义的用语", "Jargon"),
            &[("用语", "Expression"), ("次数", "Count"), ("文稿", "Documents")],
        )?;
        for jargon in model.jargon.iter().take(MOST) {
            row(out, &[&jargon.text, &jargon.count.to_string(), &places(model, lang, &jargon.uses)])?;
        }
    }
    Ok(())
}

fn findings(model: &Model, lang: Lang, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\n## {}", say(lang, "逐份文稿", "By document"))?;
    let mut rest = model.findings.as_slice();
    for (index, document) in model.documents.iter().enumerate() {
        let (own, others) = rest.split_at(rest.partition_point(|row| row.document <= index));
        rest = others;
        if let Some(error) = &document.error {
            writeln!(out, "\n### {}\n\n{}", plain(&document.path), plain(error))?;
        }
        if let Some(missed) = &document.missed {
            let kind = say(lang, "没有全部读到", "not read in full");
            writeln!(out, "\n### {}\n\n**{kind}** {}", plain(&document.path), plain(missed))?;
        }
        if own.is_empty() {
            continue;
        }
        writeln!(out, "\n### {}\n", plain(&document.path))?;
        for grade in SEVERITIES {
            for row in own.iter().filter(|row| row.severity == grade) {
                let place = model.place(row).map(plain);
                let place = place.unwrap_or_else(|| format!("{}:{}", row.line, row.column));
                writeln!(
                    out,
                    "- {place} {} [{}] {}{}{}",
                    severity(lang, grade),
                    model.rules[row.rule].name,
                    plain(model.texts.get(row.message)),
                    say(lang, "；", "; "),
                    plain(model.texts.get(row.label))
                )?;
            }
        }
    }
    Ok(())
}

fn section(
    out: &mut String,
    lang: Lang,
    title: (&'static str, &'static str),
    columns: &[(&'static str, &'static str)],
) -> std::fmt::Result {
    writeln!(out, "\n## {}\n", say(lang, title.0, title.1))?;
    let headings: Vec<&str> = columns.iter().map(|&(zh, en)| say(lang, zh, en)).collect();
    row(out, &headings)?;
    writeln!(out, "|{}", " --- |".repeat(columns.len()))
}

fn row(out: &mut String, cells: &[&str]) -> std::fmt::Result {
    for cell in cells {
        write!(out, "| {} ", plain(cell))?;
    }
    writeln!(out, "|")
}

/// Text that Markdown shows as it is.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in Leaving(text).line().chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

fn places(model: &Model, lang: Lang, uses: &[Use]) -> String {
    let paths: Vec<&str> =
        uses.iter().take(5).map(|one| model.documents[one.document].path.as_str()).collect();
    paths.join(say(lang, "；", "; ")) + if uses.len() > 5 { "…" } else { "" }
}
