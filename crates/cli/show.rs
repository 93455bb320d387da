//! `zhengming rules` and `zhengming explain`.

use std::io::{self, Write};

use zhengming::core::rule::RuleMeta;
use zhengming::{Applicability, Lang, RULES, Text};
use zhengming_rules::dictionary::DICTIONARY_RULES;

use crate::failure::Failure;

/// The rules over documents, then those over dictionaries.
fn metas() -> impl Iterator<Item = &'static RuleMeta> {
    let documents = RULES.iter().map(|rule| rule.meta);
    documents.chain(DICTIONARY_RULES.iter().map(|rule| rule.meta))
}

/// All rules with family, severity and kind of fix.
pub(crate) fn rules(lang: Lang) -> Result<u8, Failure> {
    let mut out = io::stdout().lock();
    for meta in metas() {
        let fix = match (meta.fix, lang) {
            (Some(Applicability::Safe), Lang::Zh) => "可自动修改",
            (Some(Applicability::Safe), Lang::En) => "fixable",
            (Some(Applicability::Suggestion), Lang::Zh) => "给出建议",
            (Some(Applicability::Suggestion), Lang::En) => "suggestion",
            (None, Lang::Zh) => "不修改",
            (None, Lang::En) => "no fix",
        };
        let (id, severity) = (meta.id, meta.severity.name());
        writeln!(out, "{id:<28} {:<11} {severity:<8} {fix}  {}", meta.family, meta.summary(lang))?;
    }
    Ok(0)
}

/// The page of one rule.
pub(crate) fn explain(id: &str, lang: Lang) -> Result<u8, Failure> {
    let Some(meta) = metas().find(|meta| meta.id == id) else {
        return Err(Text::new(
            format!("没有规则“{id}”；zhengming rules 列出全部规则"),
            format!("no rule `{id}`; `zhengming rules` lists them"),
        )
        .into());
    };
    io::stdout().lock().write_all(meta.page(lang).as_bytes())?;
    Ok(0)
}
