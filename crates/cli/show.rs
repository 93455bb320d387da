//! `zhengming rules` and `zhengming explain`.

use std::io::{self, Write};

use clap::ValueEnum;
use serde_json::{Value, json};
use zhengming::{Applicability, Lang, Severity};
use zhengming_lint::rule::{RuleMeta, family_name};
use zhengming_report::metas;
use zhengming_rules::dictionary::DICTIONARY_RULES;
use zhengming_rules::{options, registry};

use crate::failure::Failure;

#[derive(Debug, clap::Args)]
pub(crate) struct RulesArgs {
    /// 输出格式 || Output format
    #[arg(long, value_enum, default_value_t = RulesFormat::Text)]
    format: RulesFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RulesFormat {
    Text,
    Json,
    Md,
}

/// The rules over documents and folders with the schema of their options, then those over dictionaries.
fn rules_with_options() -> impl Iterator<Item = (&'static RuleMeta, Value)> {
    registry::configurable().chain(DICTIONARY_RULES.iter().map(|rule| (rule.meta, options::none())))
}

/// All rules with family, severity and kind of fix.
pub(crate) fn rules(args: &RulesArgs, lang: Lang) -> Result<u8, Failure> {
    let mut out = io::stdout().lock();
    match args.format {
        RulesFormat::Json => {
            let rules: Vec<Value> =
                rules_with_options().map(|(meta, options)| object(meta, &options)).collect();
            writeln!(out, "{}", json!({ "version": 1, "rules": rules }))?;
        }
        RulesFormat::Md => out.write_all(table(lang).as_bytes())?,
        RulesFormat::Text => {
            let width = metas().map(|meta| meta.id.len()).max().unwrap_or_default();
            for meta in metas() {
                let (id, family, severities) = (meta.id, meta.family, severities(meta));
                let (fix, summary) = (fix_words(meta, lang), meta.summary(lang));
                let name = meta.name(lang);
                let colon = if lang == Lang::Zh { "：" } else { ": " };
                writeln!(out, "{id:<width$} {family:<11} {severities:<12} {fix}  {name}{colon}{summary}")?;
            }
        }
    }
    Ok(0)
}

/// The severities unless configured otherwise, the usual one first.
fn severities(meta: &RuleMeta) -> String {
    if meta.default {
        meta.severities().map(Severity::name).collect::<Vec<_>>().join("/")
    } else {
        "off".into()
    }
}

/// What the page of a rule says of its severities.
fn severity_line(meta: &RuleMeta, lang: Lang) -> String {
    let usual = meta.severity.name();
    let (mut zh, mut en) = (format!("级别：{usual}"), format!("Severity: {usual}"));
    if let Some(also) = meta.also {
        zh += &format!("，有的结果为 {}", also.name());
        en += &format!(", {} for some findings", also.name());
    }
    if !meta.default {
        zh += "（缺省不运行）";
        en += " (off by default)";
    }
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn fix_words(meta: &RuleMeta, lang: Lang) -> &'static str {
    match (meta.fix, lang) {
        (Some(Applicability::Safe), Lang::Zh) => "可自动修改",
        (Some(Applicability::Safe), Lang::En) => "fixable",
        (Some(Applicability::Suggestion), Lang::Zh) => "给出建议",
        (Some(Applicability::Suggestion), Lang::En) => "suggestion",
        (None, Lang::Zh) => "不修改",
        (None, Lang::En) => "no fix",
    }
}

fn object(meta: &RuleMeta, options: &Value) -> Value {
    json!({
        "id": meta.id,
        "name": { "zh": meta.name(Lang::Zh), "en": meta.name(Lang::En) },
        "family": meta.family,
        "severity": meta.severity.name(),
        "also": meta.also.map(Severity::name),
        "default": meta.default,
        "fix": match meta.fix {
            Some(Applicability::Safe) => Some("safe"),
            Some(Applicability::Suggestion) => Some("suggestion"),
            None => None,
        },
        "summary": { "zh": meta.summary(Lang::Zh), "en": meta.summary(Lang::En) },
        "options": option_lines(options).map(|(key, value, text)| json!({
            "name": key,
            "default": value,
            "description": { "zh": half(text, Lang::Zh), "en": half(text, Lang::En) },
        })).collect::<Vec<_>>(),
    })
}

/// One Markdown table per family.
fn table(lang: Lang) -> String {
    let mut text = String::new();
    let mut family = "";
    for meta in metas() {
        if meta.family != family {
            family = meta.family;
            let head = match lang {
                Lang::Zh => "| 规则 | 名称 | 级别 | 修改 | 说明 |",
                Lang::En => "| Rule | Name | Severity | Fix | What it finds |",
            };
            let title = match family_name(family, lang) {
                named if named == family => family.to_owned(),
                named if lang == Lang::Zh => format!("{named}（{family}）"),
                named => format!("{named} ({family})"),
            };
            let blank = if text.is_empty() { "" } else { "\n" };
            text += &format!("{blank}## {title}\n\n{head}\n|---|---|---|---|---|\n");
        }
        let (id, severities) = (meta.id, severities(meta));
        let (name, fix, summary) = (meta.name(lang), fix_words(meta, lang), meta.summary(lang));
        text += &format!("| `{id}` | {name} | {severities} | {fix} | {summary} |\n");
    }
    text
}

/// Each option of a rule: name, default, meaning in both languages.
fn option_lines(schema: &Value) -> impl Iterator<Item = (&String, &Value, &str)> {
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .map(|(key, property)| (key, &property["default"], property["description"].as_str().unwrap_or("")))
}

fn half(text: &str, lang: Lang) -> &str {
    match text.split_once(" || ") {
        Some((zh, en)) => if lang == Lang::Zh { zh } else { en }.trim(),
        None => text,
    }
}

/// The page of one rule, and what its options mean.
pub(crate) fn explain(id: &str, lang: Lang) -> Result<u8, Failure> {
    let Some((meta, schema)) =
        rules_with_options().find(|(meta, _)| meta.id == id || [meta.name.0, meta.name.1].contains(&id))
    else {
        let known: Vec<String> = metas().map(|meta| meta.id.to_owned()).collect();
        let mut text = options::unknown(("规则", "rule"), id, &known);
        if !text.zh.contains("zhengming rules") {
            text.zh += "全部规则见 zhengming rules";
            text.en += " `zhengming rules` lists them all";
        }
        return Err(text.into());
    };
    let page = meta.page(lang).trim_end();
    let (_, rest) = page.split_once("\n\n").unwrap_or((page, ""));
    let title = match lang {
        Lang::Zh => format!("# {}（{}）", meta.name(lang), meta.id),
        Lang::En => format!("# {} ({})", meta.name(lang), meta.id),
    };
    let mut page = format!("{title}\n\n{}\n\n{rest}\n", severity_line(meta, lang));
    let mut options = option_lines(&schema).peekable();
    if options.peek().is_some() {
        page += match lang {
            Lang::Zh => "\n## 选项\n\n",
            Lang::En => "\n## Options\n\n",
        };
        for (key, default, text) in options {
            let text = half(text, lang);
            page += &match lang {
                Lang::Zh => format!("- `{key}`（缺省 `{default}`）：{text}\n"),
                Lang::En => format!("- `{key}` (default `{default}`): {text}\n"),
            };
        }
    }
    io::stdout().lock().write_all(page.as_bytes())?;
    Ok(0)
}
