//! `zhengming standards`: what the register knows of a standard and its editions.

use std::io::{self, Write};

use zhengming::Lang;
use zhengming::core::citation::citations;
use zhengming::core::register::{Edition, Register, Standard, Standing};

use crate::FOUND;
use crate::failure::Failure;

/// Prints every standard that `query` names, with its editions.
pub(crate) fn run(query: &str, lang: Lang) -> Result<u8, Failure> {
    let register = zhengming_rules::builtin_register();
    let mut out = io::stdout().lock();
    let mut found: Vec<&Standard> = register.search(query).collect();
    if found.is_empty() {
        // A number with its year, in any of the forms in which people write them.
        let cited = citations(query, Some(&register));
        found.extend(cited.iter().filter_map(|one| register.standard(&one.series)));
    }
    if found.is_empty() {
        let day = register.as_of();
        match lang {
            Lang::Zh => writeln!(out, "标准登记表（截至{}）没有“{query}”", day.in_chinese())?,
            Lang::En => writeln!(out, "the register of standards (as of {day}) has no `{query}`")?,
        }
        return Ok(FOUND);
    }
    for standard in found {
        writeln!(out, "{}  {}", standard.number, standard.title.as_deref().unwrap_or_default())?;
        for edition in &standard.editions {
            writeln!(out, "  {}", line(&register, standard, edition, lang))?;
        }
    }
    Ok(0)
}

fn line(register: &Register, standard: &Standard, edition: &Edition, lang: Lang) -> String {
    let standing = standing(register.standing_on(edition, Some(register.as_of())), lang);
    let mut line = format!("{}  {standing}", standard.cite(&edition.edition));
    if let Some(next) = &edition.superseded_by {
        line += &match (lang, edition.inferred) {
            (Lang::Zh, true) => format!("，推定由 {next} 代替"),
            (Lang::Zh, false) => format!("，由 {next} 代替"),
            (Lang::En, true) => format!(", probably superseded by {next}"),
            (Lang::En, false) => format!(", superseded by {next}"),
        };
    }
    if let Some(note) = &edition.note {
        line += &format!("  {note}");
    }
    line
}

fn standing(standing: Standing, lang: Lang) -> &'static str {
    let (zh, en) = match standing {
        Standing::Draft => ("草案", "draft"),
        Standing::Pending => ("即将实施", "pending"),
        Standing::Current => ("现行", "current"),
        Standing::Superseded => ("被代替", "superseded"),
        Standing::Withdrawn => ("废止", "withdrawn"),
        Standing::Nonexistent => ("查无此版", "no such edition"),
        Standing::Unknown => ("状态未查到", "status not found"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
