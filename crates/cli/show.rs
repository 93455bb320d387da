//! `zhengming rules` and `zhengming explain`.

use std::io::{self, Write};

use zhengming::{Applicability, Lang, RULES, Text};

use crate::failure::Failure;

/// All rules with family, severity and kind of fix.
pub(crate) fn rules(lang: Lang) -> Result<u8, Failure> {
    let mut out = io::stdout().lock();
    for rule in RULES {
        let fix = match (rule.meta.fix, lang) {
            (Some(Applicability::Safe), Lang::Zh) => "可自动修改",
            (Some(Applicability::Safe), Lang::En) => "fixable",
            (Some(Applicability::Suggestion), Lang::Zh) => "给出建议",
            (Some(Applicability::Suggestion), Lang::En) => "suggestion",
            (None, Lang::Zh) => "不修改",
            (None, Lang::En) => "no fix",
        };
        let (id, severity) = (rule.meta.id, rule.meta.severity.name());
        writeln!(out, "{id:<22} {:<8} {severity:<8} {fix}  {}", rule.meta.family, rule.meta.summary(lang))?;
    }
    Ok(0)
}

/// The page of one rule.
pub(crate) fn explain(id: &str, lang: Lang) -> Result<u8, Failure> {
    let Some(rule) = RULES.iter().find(|rule| rule.meta.id == id) else {
        return Err(Text::new(
            format!("没有规则“{id}”；zhengming rules 列出全部规则"),
            format!("no rule `{id}`; `zhengming rules` lists them"),
        )
        .into());
    };
    io::stdout().lock().write_all(rule.meta.page(lang).as_bytes())?;
    Ok(0)
}
