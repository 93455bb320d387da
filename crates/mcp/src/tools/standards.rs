//! `cite_standard`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use zhengming::{Date, Text as Said};
use zhengming_reading::citation::citations;
use zhengming_terms::register::{Edition, Standard, Standing};

use crate::{Desk, limits};

use super::word;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cited {
    /// 标准号或题名的一部分，可以带年份和条号，如“GB/T 35273—2017”“DB33/T 2350—2021 3.1.3.9” || A number or part of a title, with or without year and clause, e.g. `GB/T 35273—2017`
    standard: String,
    /// 按哪一天的状态（YYYY-MM-DD），缺省为今天 || The day for which the standing is told (YYYY-MM-DD), default: today
    #[serde(default)]
    as_of: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Found {
    /// 查到的标准；空表示没有收录 || The standards found; empty where none is known
    standards: Vec<ShownStandard>,
    /// 问到的条款，如已收录 || The clause that was asked for, where it is known
    clause: Option<Clause>,
    /// 按哪一天 || The day for which the standing is told
    as_of: String,
    /// 登记表收到哪一天为止 || The register knows nothing after this day
    known_until: String,
    /// 要注意什么 || What to keep in mind
    note: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ShownStandard {
    /// 标准号，不带年份 || The number without a year
    number: String,
    /// 名称 || The title
    title: Option<String>,
    /// 现行版次的引用写法 || How to cite the edition in force
    current: Option<String>,
    /// 全部版次 || All editions
    editions: Vec<ShownEdition>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ShownEdition {
    /// 引用写法 || How it is cited
    citation: String,
    /// 状态 || How it stands
    standing: &'static str,
    /// 状态（中文） || How it stands, in Chinese
    standing_zh: &'static str,
    /// 由什么代替 || What replaces it
    superseded_by: Option<String>,
    /// 代替关系是否出于推定 || Whether the replacement is inferred
    inferred: bool,
    /// 发布日期 || Published
    published: Option<String>,
    /// 实施日期 || In force from
    effective: Option<String>,
    /// 废止日期 || Withdrawn
    withdrawn: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Clause {
    /// 引用写法 || How it is cited
    citation: String,
    /// 术语 || The term
    term: String,
    /// 定义 || The definition
    definition: Option<String>,
}

pub(crate) fn cite(desk: &Desk, asked: Cited) -> Result<Found, Said> {
    let query = word(&asked.standard)?;
    let day = match asked.as_of.as_deref().map(str::parse::<Date>) {
        Some(Ok(day)) => Some(day),
        Some(Err(_)) => {
            return Err(Said::new(
                "as_of 应为 2026-01-31 这样的日期",
                "as_of has to be a date such as 2026-01-31",
            ));
        }
        None => (desk.today)(),
    };
    let register = &*desk.register;
    let cited = citations(query, Some(register));
    let mut found: Vec<&Standard> = cited.iter().filter_map(|one| register.standard(&one.series)).collect();
    if found.is_empty() {
        found.extend(register.search(query).take(limits::ROWS));
    }
    let standards: Vec<ShownStandard> = found.into_iter().map(|one| shown(desk, one, day)).collect();
    let clause = cited.iter().find_map(|one| {
        let clause = one.clause.as_deref()?;
        clause_of(desk, &one.normal, clause)
    });
    let note = if standards.is_empty() {
        Said::new(
            "登记表没有收录，不等于没有这项标准；请到全国标准信息公共服务平台（std.samr.gov.cn）核对",
            "The register does not have it, which does not mean that there is none: look it up at std.samr.gov.cn",
        )
    } else {
        Said::new(
            "登记表截止日以后的变化没有收录；推定的代替关系请核对",
            "Nothing is known after the last day of the register; check replacements that are inferred",
        )
    };
    Ok(Found {
        standards,
        clause,
        as_of: day.unwrap_or(register.as_of()).to_string(),
        known_until: register.as_of().to_string(),
        note: note.get(desk.lang).to_owned(),
    })
}

fn shown(desk: &Desk, standard: &Standard, day: Option<Date>) -> ShownStandard {
    let current = standard.current(&desk.register, day);
    ShownStandard {
        number: standard.number.clone(),
        title: standard.title_of(current).map(str::to_owned),
        current: current.map(|edition| standard.cite(&edition.edition)),
        editions: standard
            .editions
            .iter()
            .map(|edition| shown_edition(desk, standard, edition, day))
            .collect(),
    }
}

fn shown_edition(desk: &Desk, standard: &Standard, edition: &Edition, day: Option<Date>) -> ShownEdition {
    let standing = desk.register.standing_on(edition, day);
    let (name, zh) = match standing {
        Standing::Draft => ("draft", "草案"),
        Standing::Pending => ("pending", "即将实施"),
        Standing::Current => ("current", "现行"),
        Standing::Superseded => ("superseded", "被代替"),
        Standing::Withdrawn => ("withdrawn", "废止"),
        Standing::Nonexistent => ("nonexistent", "查无此版"),
        Standing::Unknown => ("unknown", "状态未查到"),
    };
    // What it gives way to later is not yet so on that day.
    let is_over = matches!(standing, Standing::Superseded | Standing::Withdrawn);
    let date = |date: Option<Date>| date.map(|date| date.to_string());
    ShownEdition {
        citation: standard.cite(&edition.edition),
        standing: name,
        standing_zh: zh,
        superseded_by: edition.superseded_by.clone().filter(|_| is_over),
        inferred: edition.inferred && is_over,
        published: date(edition.published),
        effective: date(edition.effective),
        withdrawn: date(edition.withdrawn),
    }
}

/// What a dictionary of the standard says in the clause.
fn clause_of(desk: &Desk, standard: &str, clause: &str) -> Option<Clause> {
    let dictionaries = desk.linter.termbase().dictionaries();
    let dictionary = dictionaries.iter().find(|dictionary| {
        let header = dictionary.header();
        header.citation.as_deref() == Some(standard) || header.series.as_deref() == Some(standard)
    })?;
    let entry = dictionary.concepts().iter().find(|entry| entry.clause.as_deref() == Some(clause))?;
    Some(Clause {
        citation: dictionary.cite(Some(clause)),
        term: entry.preferred().to_owned(),
        definition: entry.definition.clone(),
    })
}
