//! The user's own table of standards: merged into by `standards update`, laid over the built-in register.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs};

use zhengming::Text;
use zhengming_formats::encoding;
use zhengming_formats::xlsx::Workbook;
use zhengming_terms::register::{Register, Standard, Standing, standards_of_table};

use crate::failure::Failure;
use crate::{interrupt, output};
use zhengming_config::gate;

const HEAD: &str = "number\tyear\ttitle\tstatus\tsuperseded_by\tbasis";

/// Where it is kept: `ZHENGMING_DATA_DIR`, else the user's folder for data of programs.
fn path() -> Option<PathBuf> {
    let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = || {
        if cfg!(windows) {
            absolute("APPDATA")
        } else if cfg!(target_os = "macos") {
            absolute("HOME").map(|home| home.join("Library/Application Support"))
        } else {
            absolute("XDG_DATA_HOME").or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
        }
    };
    let folder = absolute("ZHENGMING_DATA_DIR").or_else(|| base().map(|base| base.join("zhengming")));
    folder.map(|folder| folder.join("standards.tsv"))
}

/// Its bytes, which results depend on; nothing if there is none.
pub(crate) fn bytes() -> Vec<u8> {
    path().and_then(|path| gate::read(&path, gate::Kind::Dictionary).ok()).unwrap_or_default()
}

/// The register with the user's own table over it; nothing if there is no table.
pub(crate) fn register() -> Option<Arc<Register>> {
    let standards = standards_of_table(&rows_of_text(&String::from_utf8(bytes()).ok()?)).ok()?;
    Some(Arc::new(zhengming_rules::builtin_register().updated(standards)))
}

/// Merges the table in `file` into the user's own. Comes back with how many editions were read, and where they are kept.
pub(crate) fn update(file: &Path) -> Result<(usize, PathBuf), Failure> {
    let at = |error: &dyn std::fmt::Display| {
        Text::new(format!("{}：{error}", file.display()), format!("{}: {error}", file.display()))
    };
    let bytes = gate::read_named(file, gate::Kind::Dictionary).map_err(|error| at(&error))?;
    let is_workbook = bytes.starts_with(b"PK");
    let rows = if is_workbook {
        rows_of_workbook(&bytes).map_err(|text| at(&text.zh))?
    } else {
        rows_of_bytes(&bytes)
    };
    let new = standards_of_table(&rows).map_err(|error| at(&error))?;
    let count = new.iter().map(|standard| standard.editions.len()).sum();
    let Some(path) = path() else {
        return Err(Text::new(
            "不知道把表存在哪里：请设置 ZHENGMING_DATA_DIR",
            "nowhere to keep the table: set ZHENGMING_DATA_DIR",
        )
        .into());
    };
    let known = String::from_utf8(self::bytes()).unwrap_or_default();
    let known = standards_of_table(&rows_of_text(&known)).unwrap_or_default();
    let merged = merged(known, new);
    write(&path, &table(&merged)).map_err(|error| {
        Text::new(format!("{}：{error}", path.display()), format!("{}: {error}", path.display()))
    })?;
    Ok((count, path))
}

/// Writes the table as a whole or not at all.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = output::temporary(folder)?;
    file.write_all(text.as_bytes())?;
    interrupt::persist(file, path).map_err(|error| error.error)
}

/// The editions of both; of one that stands in both, the new one.
fn merged(mut known: Vec<Standard>, new: Vec<Standard>) -> Vec<Standard> {
    for standard in new {
        match known.iter_mut().find(|one| one.number == standard.number) {
            None => known.push(standard),
            Some(one) => {
                one.editions.retain(|edition| standard.edition(&edition.edition).is_none());
                one.editions.extend(standard.editions);
                one.editions.sort_by(|a, b| a.edition.cmp(&b.edition));
                one.title = standard.title.or(one.title.take());
            }
        }
    }
    known
}

fn table(standards: &[Standard]) -> String {
    let mut text = format!("{HEAD}\n");
    for standard in standards {
        for edition in &standard.editions {
            let status = match (edition.status, edition.inferred) {
                (Standing::Current, false) => "现行",
                (Standing::Current, true) => "现行（推定）",
                (Standing::Superseded, false) => "被代替",
                (Standing::Superseded, true) => "被代替（推定）",
                (Standing::Withdrawn, _) => "废止",
                _ => "未核",
            };
            let title = edition.title.as_ref().or(standard.title.as_ref());
            let cells = [
                standard.number.as_str(),
                edition.edition.as_str(),
                title.map_or("", String::as_str),
                status,
                edition.superseded_by.as_deref().unwrap_or_default(),
                edition.source.as_deref().unwrap_or_default(),
            ];
            text += &cells.map(|cell| cell.replace(['\t', '\n', '\r'], " ")).join("\t");
            text.push('\n');
        }
    }
    text
}

fn rows_of_bytes(bytes: &[u8]) -> Vec<Vec<String>> {
    encoding::decode(bytes).map_or_else(|_| Vec::new(), |(text, _)| rows_of_text(&text))
}

fn rows_of_text(text: &str) -> Vec<Vec<String>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| line.split('\t').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// The rows of the first sheet that people see.
fn rows_of_workbook(bytes: &[u8]) -> Result<Vec<Vec<String>>, Text> {
    let broken = || Text::new("不是可读的 Excel 工作簿", "no workbook that can be read");
    let mut workbook = Workbook::open(bytes).map_err(|_| broken())?;
    let entry = workbook.sheets().into_iter().find(|sheet| !sheet.hidden).ok_or_else(broken)?;
    let sheet = workbook.read(&entry).map_err(|_| broken())?.ok_or_else(broken)?;
    let row = |row: &zhengming_formats::xlsx::SheetRow| {
        let mut cells = Vec::new();
        for cell in &row.cells {
            if cell.column > 64 {
                break;
            }
            cells.resize(cells.len().max(cell.column + 1), String::new());
            cells[cell.column] = cell.text.clone();
        }
        cells
    };
    Ok(sheet.rows.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_table_goes_before_an_older_one() {
        let read = |text: &str| standards_of_table(&rows_of_text(text)).unwrap();
        let known = read("number\tyear\tstatus\nGB/T 1\t2001\t现行\nGB/T 2\t2001\t现行");
        let new = read("标准号\t状态\t代替\nGB/T 1-2001\t被代替\tGB/T 1-2030\nGB/T 1-2030\t现行\t");
        let all = merged(known, new);
        let text = table(&all);
        assert_eq!(read(&text), all);
        assert!(text.contains("GB/T 1\t2001\t\t被代替\tGB/T 1—2030\t"), "{text}");
        assert!(text.contains("GB/T 2\t2001"));
    }
}
