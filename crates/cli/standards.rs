//! `zhengming standards`: what the register knows of a standard and its editions.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zhengming::{Date, Lang, Text};
use zhengming_reading::citation::citations;
use zhengming_terms::register::{Edition, Register, Standard, Standing};

use crate::failure::Failure;
use crate::{FOUND, configure, output, own_register};

#[derive(Debug, clap::Args)]
pub(crate) struct StandardsArgs {
    /// 标准号或题名的一部分，如 "GB/T 1.1"、gbt1.1 || A number or part of a title, e.g. "GB/T 1.1" or gbt1.1
    query: String,
    /// 与 update 连用：并入自己的表（TSV、XLSX，列名 标准号、年份、标准名称、状态、代替、依据） || With `update`: a table to merge (TSV, XLSX; columns number, year, title, status, superseded_by, basis)
    file: Option<PathBuf>,
    /// 按哪一天的状态（YYYY-MM-DD）；缺省为今天 || The day for which the standing is told (YYYY-MM-DD); default: today
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

/// Prints every standard that the query names, with its editions as they stand on the day.
pub(crate) fn run(args: &StandardsArgs, lang: Lang) -> Result<u8, Failure> {
    let query = args.query.trim();
    if let Some(file) = &args.file {
        return update(query, file, lang);
    }
    if !query.contains(char::is_alphanumeric) {
        return Err(Text::new(
            format!("“{query}”里没有可查的字：请写标准号或题名的一部分，如 \"GB/T 1.1\"、“公共数据”"),
            format!(
                "nothing to look for in `{query}`: give a number or part of a title, such as \"GB/T 1.1\""
            ),
        )
        .into());
    }
    let own = own_register::register();
    let register = own.unwrap_or_else(|| Arc::new(zhengming_rules::builtin_register()));
    let register = register.as_ref();
    let day = args.as_of.or_else(configure::today);
    let mut out = output::text();
    let mut found: Vec<&Standard> = register.search(query).collect();
    if found.is_empty() {
        // A number with its year, in any of the forms in which people write them.
        let cited = citations(query, Some(register));
        found.extend(cited.iter().filter_map(|one| register.standard(&one.series)));
    }
    let known = register.as_of();
    if found.is_empty() {
        match lang {
            Lang::Zh => writeln!(
                out,
                "标准登记表（截至{}）没有“{query}”。没有收录不等于没有这项标准：登记表只收公文常引用的标准，请到全国标准信息公共服务平台（std.samr.gov.cn）核对。要补收，用 zhengming standards update 表.tsv 并入自己的表",
                known.in_chinese()
            )?,
            Lang::En => writeln!(
                out,
                "the register of standards (as of {known}) has no `{query}`. That does not mean that there is no such standard: the register holds those that official documents often cite; look it up at std.samr.gov.cn. To add it, merge a table of your own with zhengming standards update TABLE.tsv"
            )?,
        }
        return Ok(FOUND);
    }
    for standard in found {
        writeln!(out, "{}  {}", standard.number, standard.title.as_deref().unwrap_or_default())?;
        for edition in &standard.editions {
            writeln!(out, "  {}", line(register, standard, edition, day, lang))?;
        }
    }
    let day = day.unwrap_or(known);
    match lang {
        Lang::Zh => writeln!(
            out,
            "（{}的状态；登记表截至{}，此后的变化未收录）",
            day.in_chinese(),
            known.in_chinese()
        )?,
        Lang::En => writeln!(out, "(as of {day}; the register knows nothing after {known})")?,
    }
    Ok(0)
}

/// Merges a table of the user's own into the register.
fn update(word: &str, file: &Path, lang: Lang) -> Result<u8, Failure> {
    if word != "update" {
        return Err(Text::new(
            format!("多了一个参数“{}”；要并入自己的表，写 zhengming standards update 文件", file.display()),
            format!(
                "unexpected `{}`; to merge a table of your own: zhengming standards update FILE",
                file.display()
            ),
        )
        .into());
    }
    let (count, path) = own_register::update(file)?;
    let mut out = output::text();
    match lang {
        Lang::Zh => writeln!(out, "已并入 {count} 个版次，存在 {}；检查时先用这张表", path.display())?,
        Lang::En => {
            writeln!(out, "merged {count} editions into {}; checks go by this table first", path.display())?;
        }
    }
    Ok(0)
}

fn line(
    register: &Register,
    standard: &Standard,
    edition: &Edition,
    day: Option<Date>,
    lang: Lang,
) -> String {
    let stands = register.standing_on(edition, day);
    let is_unborn = day.is_some_and(|day| edition.published.is_some_and(|published| day < published));
    let told = match (is_unborn, lang) {
        (true, Lang::Zh) => "尚未发布",
        (true, Lang::En) => "not yet published",
        (false, _) => standing(stands, lang),
    };
    let mut line = format!("{}  {told}", standard.cite(&edition.edition));
    // What it gives way to later is not yet so on that day.
    let is_over = matches!(stands, Standing::Superseded | Standing::Withdrawn);
    if let Some(next) = edition.superseded_by.as_ref().filter(|_| is_over) {
        line += &match (lang, edition.inferred) {
            (Lang::Zh, true) => format!("，推定由 {next} 代替"),
            (Lang::Zh, false) => format!("，由 {next} 代替"),
            (Lang::En, true) => format!(", probably superseded by {next}"),
            (Lang::En, false) => format!(", superseded by {next}"),
        };
    }
    for (date, zh, en) in [
        (edition.published, "发布", "published"),
        (edition.effective, "实施", "in force from"),
        (edition.withdrawn, "废止", "withdrawn"),
    ] {
        if let Some(date) = date {
            line += &match lang {
                Lang::Zh => format!("，{date} {zh}"),
                Lang::En => format!(", {en} {date}"),
            };
        }
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
