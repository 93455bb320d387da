//! Tables of editions, one a row, as people keep them: number, year, title, status, what replaces it.

use std::collections::BTreeMap;

use super::{Edition, RegisterError, Standard, Standing};

/// Names of columns: the first is ours, the others are those that people use.
const COLUMNS: [(&str, &[&str]); 7] = [
    ("number", &["标准号", "编号", "标准编号"]),
    ("year", &["年份", "年代号", "版次", "edition"]),
    ("title", &["标准名称", "名称", "题名"]),
    ("status", &["状态", "标准状态"]),
    (
        "superseded_by",
        &["代替", "被代替", "替代标准", "被替代", "代替者", "代替标准", "被代替标准", "替代", "替代者"],
    ),
    ("basis", &["依据", "来源", "source"]),
    ("votes", &["title_votes"]),
];

/// Citations of a title from which on it is believed.
const ATTESTED: usize = 3;

/// The standards of a table whose first row names the columns `number`, `year`, `title`, `status`, `superseded_by`,
/// `basis`, or their Chinese names; other columns are left out. A `number` may hold the year.
///
/// # Errors
/// A table without numbers, a row without a number or year, a status that is not known.
pub fn standards(rows: &[Vec<String>]) -> Result<Vec<Standard>, RegisterError> {
    let error = |line: usize, text: String| RegisterError(format!("第{line}行：{text}"));
    let head = rows.first().ok_or_else(|| RegisterError("表里没有内容".to_owned()))?;
    let column = |name: &str| {
        let (_, others) = COLUMNS.iter().find(|(one, _)| *one == name)?;
        head.iter().position(|cell| cell.trim() == name || others.contains(&cell.trim()))
    };
    let number = column("number").ok_or_else(|| RegisterError("没有“标准号”（number）一列".to_owned()))?;
    let columns: Vec<Option<usize>> = COLUMNS.iter().map(|(name, _)| column(name)).collect();
    let mut standards: BTreeMap<String, Standard> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate().skip(1) {
        let cell =
            |column: Option<usize>| column.and_then(|column| row.get(column)).map_or("", |cell| cell.trim());
        let written = cell(Some(number));
        if written.is_empty() {
            continue;
        }
        let (number, year) = match cell(columns[1]) {
            "" => split_year(written).ok_or_else(|| error(at + 1, format!("“{written}”没有年份")))?,
            year => (written.to_owned(), year.to_owned()),
        };
        let status = cell(columns[3]);
        let (status, inferred) = standing(status)
            .ok_or_else(|| error(at + 1, format!("不认识的状态“{status}”：可写现行、被代替、废止")))?;
        let text = |column: usize| Some(cell(columns[column]).to_owned()).filter(|text| !text.is_empty());
        let next = text(4).map(|next| dashed(&next));
        // A successor of another number is believed only where the table is sure of it.
        let is_own = next.as_deref().is_none_or(|next| next.starts_with(&number));
        let (status, inferred, next) = match (status, is_own) {
            (Standing::Superseded | Standing::Withdrawn, false) if columns[6].is_some() => {
                (Standing::Unknown, true, None)
            }
            _ => (status, inferred, next),
        };
        let votes = cell(columns[6]).parse().unwrap_or(ATTESTED);
        let standard = standards.entry(number.clone()).or_insert_with(|| Standard {
            number,
            title: None,
            note: None,
            editions: Vec::new(),
            is_mined: true,
            is_attested: false,
        });
        if standard.editions.iter().any(|edition| edition.edition == year) {
            continue;
        }
        standard.is_attested |= votes >= ATTESTED || (!inferred && status != Standing::Unknown);
        standard.editions.push(Edition {
            edition: year,
            status,
            inferred,
            superseded_by: next,
            title: text(2),
            published: None,
            effective: None,
            withdrawn: None,
            source: text(5),
            note: None,
        });
    }
    Ok(standards.into_values().map(in_order).collect())
}

/// The editions oldest first; the title of the last is the standard's, and others keep theirs if it differs.
fn in_order(mut standard: Standard) -> Standard {
    standard.editions.sort_by(|a, b| a.edition.cmp(&b.edition));
    standard.title = standard.editions.iter().rev().find_map(|edition| edition.title.clone());
    for edition in &mut standard.editions {
        if edition.title == standard.title {
            edition.title = None;
        }
    }
    standard
}

/// `GB/T 1.1-2020` is number and year.
fn split_year(number: &str) -> Option<(String, String)> {
    let digits = number.len().checked_sub(4).filter(|&at| number.is_char_boundary(at))?;
    let (before, year) = number.split_at(digits);
    let series = before.trim_end_matches(['-', '—', '–', '－', ':', ' ']);
    let is_year = year.chars().all(|c| c.is_ascii_digit()) && series.len() < before.len();
    is_year.then(|| (series.to_owned(), year.to_owned()))
}

/// A citation with the dash that we write.
fn dashed(citation: &str) -> String {
    match split_year(citation) {
        Some((number, year)) if number.starts_with("ISO") || number.starts_with("IEC") => {
            format!("{number}:{year}")
        }
        Some((number, year)) => format!("{number}—{year}"),
        None => citation.to_owned(),
    }
}

/// How an edition stands, and whether that is inferred.
fn standing(status: &str) -> Option<(Standing, bool)> {
    Some(match status {
        "现行" | "现行有效" | "有效" | "current" => (Standing::Current, false),
        status if status.starts_with("现行（目录") => (Standing::Current, false),
        "现行（推定）" => (Standing::Current, true),
        "被代替" | "被替代" | "superseded" => (Standing::Superseded, false),
        "被代替（推定）" => (Standing::Superseded, true),
        "废止" | "作废" | "withdrawn" => (Standing::Withdrawn, false),
        "" | "未核" | "所见最新（未核）" | "未查到" | "草案" | "不存在" | "unknown" => {
            (Standing::Unknown, true)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn rows_become_standards_with_their_editions_in_order() {
        let table =
            "标准号\t名称\t状态\t代替\nGB/T 12-2020\t新名\t现行\t\nGB/T 12-2001\t旧名\t被代替\tGB/T 12-2020";
        let found = standards(&rows(table)).unwrap();
        let years: Vec<_> = found[0].editions.iter().map(|one| one.edition.as_str()).collect();
        assert_eq!(years, ["2001", "2020"]);
        assert_eq!(found[0].title.as_deref(), Some("新名"));
        assert_eq!(found[0].editions[0].superseded_by.as_deref(), Some("GB/T 12—2020"));
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_line() {
        let error = standards(&rows("标准号\t状态\nGB/T 12\t现行")).unwrap_err();
        assert_eq!(error.to_string(), "第2行：“GB/T 12”没有年份");
        let error = standards(&rows("标准号\t状态\nGB/T 12-2001\t大概")).unwrap_err();
        assert!(error.to_string().contains("“大概”"));
    }
}
