//! Hostile text through every writer: what a terminal, a spreadsheet, a browser shows is text to it.

#![cfg(unix)]

mod support;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// What a terminal would obey.
const COLOUR: &str = "\u{1b}[31m";
const TITLE: &str = "\u{1b}]0;owned\u{7}";
const MARKUP: &str = "<script>alert(1)</script>";

/// A folder of documents in which everything is hostile: names, titles, text, configuration, dictionary.
struct Hostile(tempfile::TempDir);

impl Hostile {
    fn new() -> Self {
        let hostile = Self(tempfile::tempdir().unwrap());
        let text = format!(
            "# =HYPERLINK(\"http://x\") {MARKUP}{COLOUR}\u{202e}\n\n@SUM(1) 本办法所称=cmd{TITLE}，是指浙政盯|`{MARKUP}`。\n\n\
             +1 按照《-2{COLOUR}办法》，使用浙政盯{COLOUR}\u{9b}31m发送{MARKUP}]]>&amp;。\n"
        );
        fs::write(hostile.path(&format!("=a{TITLE}{COLOUR}<b>\n::error::x.md")), &text).unwrap();
        fs::write(hostile.path("+b.md"), text.replace("是指", "指的是")).unwrap();
        let dictionary = format!(
            "[dictionary]\nid = \"house\"\ntitle = {}\n[[concept]]\nterm = {}\ndefinition = {}\n\
             variants = [{{ surface = \"=溪事快办\", kind = \"truncation\", fix = \"safe\" }}]\n",
            quoted(&format!("=本市{COLOUR}")),
            quoted(&format!("=溪事速办{MARKUP}")),
            quoted(&format!("@办事{TITLE}。"))
        );
        fs::write(hostile.path("house.toml"), dictionary).unwrap();
        hostile
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> (Vec<u8>, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_zhengming"))
            .args(arguments)
            .current_dir(self.0.path())
            .env("ZHENGMING_CACHE_DIR", "")
            .env("LC_ALL", "zh_CN.UTF-8")
            .output()
            .unwrap();
        (output.stdout, String::from_utf8(output.stderr).unwrap())
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Nothing in the text moves a cursor, sets a title or turns a line round.
fn is_disarmed(what: &str, text: &str) {
    let bad = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r') || c == '\u{202e}';
    assert!(!text.contains(bad), "{what}: {text:?}");
}

#[test]
fn reports_of_findings_hold_nothing_that_is_obeyed() {
    let hostile = Hostile::new();
    for format in ["pretty", "concise", "github", "junit", "checkstyle", "rdjson", "sarif", "json", "jsonl"] {
        let (out, err) = hostile.run(&["check", ".", "--format", format, "--color", "never"]);
        let out = String::from_utf8(out).unwrap();
        assert!(
            out.contains("浙政盯") && !out.contains('\u{1b}') && !out.contains('\u{7}'),
            "{format}: {out:?}"
        );
        is_disarmed(format, &err);
        match format {
            "pretty" | "concise" | "github" => is_disarmed(format, &out),
            "junit" | "checkstyle" => {
                is_disarmed(format, &out);
                assert!(!out.contains(MARKUP), "{out}");
            }
            "jsonl" => out.lines().for_each(|line| drop(support::json(line))),
            _ => drop(support::json(&out)),
        }
        if format == "github" {
            // The name of a file gives no command of its own.
            assert!(!out.lines().any(|line| line.starts_with("::error::")), "{out}");
        }
    }
}

#[test]
fn reports_on_folders_are_text_to_browsers_and_spreadsheets() {
    let hostile = Hostile::new();
    for format in ["html", "md", "csv", "xlsx", "json"] {
        let target = format!("../report-{}.{format}", std::process::id());
        let (_, err) = hostile.run(&["report", ".", "--dict", "house.toml", "-o", &target]);
        is_disarmed(format, &err);
        let bytes = fs::read(hostile.path(&target)).unwrap();
        fs::remove_file(hostile.path(&target)).unwrap();
        if format == "xlsx" {
            let sheets = parts(&bytes);
            assert!(sheets.contains("浙政盯") && !sheets.contains("<f>") && !sheets.contains(MARKUP));
            assert!(sheets.contains("quotePrefix"), "cells like formulas stay text when they are edited");
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains("浙政盯") && !text.contains('\u{1b}'), "{format}: {text:?}");
        match format {
            "html" | "md" => assert!(!text.contains(MARKUP), "{format}: {text}"),
            "csv" => no_formulas(&text),
            _ => drop(support::json(&text)),
        }
    }
}

#[test]
fn lists_of_facts_and_dictionaries_hold_nothing_that_is_obeyed() {
    let hostile = Hostile::new();
    let house = ["--dict", "house.toml"];
    for arguments in [
        &["facts", "+b.md"][..],
        &["terms", "suggest", ".", "--min-frequency", "1"],
        &[&["terms", "lookup", "溪事速办"][..], &house].concat(),
        &[&["dict", "list"][..], &house].concat(),
        &["dict", "check", "house.toml"],
        &["dict", "diff", "house.toml", "builtin:db33t-2350-2021"],
        &["check", "\u{1b}[31m.md"],
        &["rules", "--lang", "en"],
    ] {
        let (out, err) = hostile.run(arguments);
        is_disarmed(&format!("{arguments:?}"), &String::from_utf8(out).unwrap());
        is_disarmed(&format!("{arguments:?}"), &err);
    }
    let (out, _) = hostile.run(&["dict", "export", "house.toml", "--to", "csv"]);
    no_formulas(&String::from_utf8(out).unwrap());
    let (out, _) = hostile.run(&["terms", "suggest", ".", "--format", "csv", "--min-frequency", "1"]);
    no_formulas(&String::from_utf8(out).unwrap());
    fs::write(hostile.path("zhengming.toml"), format!("{} = 1\n", quoted(&format!("{COLOUR}{TITLE}key"))))
        .unwrap();
    let (_, err) = hostile.run(&["check", "."]);
    assert!(err.contains("key"), "{err}");
    is_disarmed("an unknown key", &err);
}

/// No cell of the table begins as a formula does.
fn no_formulas(table: &str) {
    let table = table.trim_start_matches('\u{feff}');
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    for c in table.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' | '\n' if !is_quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    assert!(cells.len() > 6, "no table: {table}");
    let formula =
        cells.iter().find(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.trim() != "");
    assert_eq!(formula, None, "{table}");
}

fn parts(bytes: &[u8]) -> String {
    let mut package = zhengming_formats::package::Package::open(bytes).unwrap();
    let names = package.names();
    names.iter().filter_map(|name| package.text(name).ok().flatten()).collect()
}
