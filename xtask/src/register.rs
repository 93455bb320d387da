//! The compact registers of standards and laws, from the tables of what lists and citations say.

use std::path::Path;

use std::collections::BTreeMap;

use zhengming_terms::register::{Edition, Register, Standard, Standing, standards_of_table};

const SOURCE: &str = "rules/dictionaries/sources/standards.tsv";
const COMPACT: &str = "rules/dictionaries/standards.txt";
const REMARK: &str = "\
What lists and citations say of standards and their editions: made by `cargo xtask register` from sources/standards.tsv.
What was looked up by hand stands in standards.toml and is left out here.
KEY, number, title (? before one that too few citations attest), then the editions: year|c current, s superseded, w withdrawn,
a capital if that is inferred, u seen in citations only|basis|what replaces it|own title. Sorted by KEY.";

/// What the table says of the basis of a fact, and what findings say of it.
const BASES: [(&str, &str); 5] = [
    ("no newer edition seen", "引用"),
    ("newer edition of the same number seen", "见到更新的版次"),
    ("RyanHaoo/SimpleStdCN 目录", "标准目录2023-02"),
    ("SCUT-HCC/smart-construction-ai", "建设工程标准汇编"),
    ("代替 statement in text", "新版前言的代替声明"),
];

const LAWS: &str = "rules/dictionaries/sources/laws.tsv";
const COMPACT_LAWS: &str = "rules/dictionaries/laws.txt";
const REMARK_LAWS: &str = "\
Laws, regulations and interpretations by title, without 中华人民共和国: made by `cargo xtask register` from sources/laws.tsv.
The form is that of standards.txt; an edition is the day of adoption or amendment, u means that nobody marked it.";

/// Writes the compact registers.
pub(crate) fn build() -> Result<(), String> {
    build_standards()?;
    build_laws()
}

fn build_laws() -> Result<(), String> {
    let table = std::fs::read_to_string(LAWS).map_err(|error| format!("{LAWS}: {error}"))?;
    let mut laws: BTreeMap<String, Standard> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [title, date, effective, status, newer, source] = fields[..] else {
            return Err(format!("{LAWS}: {line}"));
        };
        let law = laws.entry(title.to_owned()).or_insert_with(|| Standard {
            number: title.to_owned(),
            title: None,
            note: None,
            editions: Vec::new(),
            is_mined: true,
            is_attested: true,
        });
        if law.editions.iter().any(|edition| edition.edition == date) {
            continue;
        }
        let (status, inferred) = match (status, newer) {
            ("现行有效", _) => (Standing::Current, false),
            ("已废止" | "废止或失效", "") => (Standing::Withdrawn, false),
            ("已废止" | "废止或失效" | "已被同名新版本取代（推定）" | "历史版本", _) => {
                (Standing::Superseded, true)
            }
            _ => (Standing::Unknown, true),
        };
        law.editions.push(Edition {
            edition: date.to_owned(),
            status,
            inferred,
            superseded_by: Some(newer.to_owned()).filter(|newer| !newer.is_empty()),
            title: None,
            published: None,
            effective: effective.parse().ok(),
            withdrawn: None,
            source: Some(source.to_owned()).filter(|_| status != Standing::Unknown),
            note: None,
        });
    }
    let mut laws: Vec<Standard> = laws.into_values().collect();
    for law in &mut laws {
        law.editions.sort_by(|a, b| a.edition.cmp(&b.edition));
    }
    let compact = Register::write_compact(&laws, REMARK_LAWS);
    std::fs::write(COMPACT_LAWS, compact).map_err(|error| format!("{COMPACT_LAWS}: {error}"))
}

fn build_standards() -> Result<(), String> {
    let table = std::fs::read_to_string(SOURCE).map_err(|error| format!("{SOURCE}: {error}"))?;
    let rows: Vec<Vec<String>> =
        table.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect();
    let mut standards = standards_of_table(&rows).map_err(|error| error.to_string())?;
    let by_hand = zhengming_rules::looked_up_register();
    // A name or a decree is no number that the citations of standards could have.
    let is_number = |standard: &Standard| standard.number.starts_with(|c: char| c.is_ascii_uppercase());
    standards.retain(|standard| is_number(standard) && by_hand.standard(&standard.number).is_none());
    for edition in standards.iter_mut().flat_map(|standard| &mut standard.editions) {
        let basis = edition.source.take().unwrap_or_default();
        edition.source =
            BASES.iter().find(|(from, _)| basis.starts_with(from)).map(|(_, to)| (*to).to_owned());
    }
    let compact = Register::write_compact(&standards, REMARK);
    std::fs::write(Path::new(COMPACT), compact).map_err(|error| format!("{COMPACT}: {error}"))
}
