//! What is read only where a sign of it was seen is all there is to read.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use zhengming::{Format, Linter};
use zhengming_formats::{read, read_str};
use zhengming_reading::facts::Facts;
use zhengming_reading::summary::Summary;
use zhengming_text::document::Document;
use zhengming_text::signs::Signs;

static LINTER: LazyLock<Linter> = LazyLock::new(|| Linter::builder().build().unwrap());

/// All that is read of a document and found in it; with every sign in every block, nothing is passed over.
fn read_and_found(document: &Document, thorough: bool) -> Vec<String> {
    let linter = LINTER.inner();
    let knowledge = linter.knowledge();
    let facts = Facts::read_with(document, knowledge, |text| {
        let mut found = knowledge.matcher().find(text);
        if thorough {
            found.signs = Signs::ALL;
        }
        found
    });
    let mut all: Vec<String> = Vec::new();
    all.extend(facts.citations().iter().map(|one| format!("{one:?}")));
    all.extend(facts.own_numbers().iter().cloned());
    all.extend(facts.definitions().iter().map(|one| format!("{one:?}")));
    all.extend(facts.abbreviations().iter().map(|one| format!("{one:?}")));
    all.extend(facts.candidates().iter().map(|one| format!("{one:?}")));
    all.push(format!("{:?}", Summary::read(&facts, None)));
    all.extend(linter.judge(&facts).diagnostics.iter().map(|one| format!("{one:?}")));
    all
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// Drafts, official texts and the pages of the rules, whose examples show everything that rules look for.
#[test]
fn nothing_is_missed_in_documents() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let mut paths = Vec::new();
    for folder in ["fixtures", "rules/src", "rules/dictionaries/sources", "docs"] {
        files(&root.join(folder), &mut paths);
    }
    let mut seen = 0;
    for path in paths {
        let name = path.to_string_lossy();
        if name.ends_with(".rs") {
            continue;
        }
        let Ok(document) = read(&name, &std::fs::read(&path).unwrap()) else { continue };
        let lazy = read_and_found(&document, false);
        seen += lazy.len();
        let thorough = read_and_found(&document, true);
        let difference = lazy.iter().zip(&thorough).find(|(lazy, thorough)| lazy != thorough);
        assert_eq!(difference, None, "{name}");
        assert_eq!(lazy.len(), thorough.len(), "{name}");
    }
    assert!(seen > 1_000, "only {seen}");
}

/// What is a sign, what stands around it, and what hides it.
const PIECES: [&str; 70] = [
    "\u{fffc}",
    "號",
    "稱",
    "\u{f9a8}",
    "１２",
    "2021年3月4日",
    "浙政盯",
    "都市大脑",
    "数据",
    "高铁",
    "政企",
    "协同",
    "三医",
    "联动",
    "四横四纵",
    "四横",
    "三纵",
    "“1+5+2”",
    "1＋5",
    "“三多三全”",
    "“",
    "”",
    "「",
    "」",
    "『智治』",
    "CIM",
    "ＣＩＭ",
    "c",
    "（",
    "(",
    "）",
    ")",
    "（以下简称“平台”）",
    "，以下统称",
    "简称",
    "称",
    "的简称",
    "本办法所称数据归集，是指数据的汇聚。",
    "指",
    "是指",
    "即",
    "，即",
    "注：",
    "注1：平台是指",
    "术语和定义",
    "3 术　语",
    "\n\n3.1 ",
    "\n\n# 术语和定义\n\n",
    "《",
    "》",
    "《某省条例》",
    "GB/T 1.1—2020",
    "GB／T",
    "DB33/T 2350",
    "国发〔2018〕43号",
    "国务院令",
    "\n\n第809号\n\n",
    "中华人民共和国数据安全法",
    "数字社会定义集（5.0版）",
    "数字社会\n定义集",
    "数据治理体系、",
    "数据资源体系",
    "平台（",
    "、",
    "。",
    "\n",
    "\n\n",
    "\u{3000}",
    "\u{200b}",
    "⽹",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_is_missed_wherever_a_sign_stands(
        pieces in prop::collection::vec(select(&PIECES[..]), 0..30),
        format in select(&[Format::Markdown, Format::PlainText, Format::Html][..]),
    ) {
        let document = read_str("a", pieces.concat(), format);
        prop_assert_eq!(read_and_found(&document, false), read_and_found(&document, true));
    }
}
