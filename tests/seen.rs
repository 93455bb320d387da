//! What people see, kept as text files in `tests/snapshots` so that a change of it is read before it is accepted: every
//! output format, every rule's first example in `pretty`, the help of every command.
//!
//! After a change that is meant: `INSTA_UPDATE=always cargo test --test seen`, then read the difference.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

/// Findings of several severities, one of them fixable, over two lines; a definition and a citation.
const DRAFT: &str = "\
# 关于加快数字化改革的实施方案

依托省市两级公共数据平台归集数据，通知统一通过浙政盯发送。
按照DB33/T 2350—2016的规定，推进用能大脑建设，
打造“五横四纵”体系。
";

/// What the program prints in `folder`, in Chinese unless `arguments` say otherwise.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_zhengming"))
        .current_dir(folder)
        .env("LC_ALL", "zh_CN.UTF-8")
        .env("COLUMNS", "100")
        .env("ZHENGMING_CACHE_DIR", "")
        .args(arguments)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    // The version is no news of the outputs.
    text.replace(env!("CARGO_PKG_VERSION"), "[version]")
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn every_output_format() {
    let folder = folder(&[("方案.md", DRAFT), ("空.md", "# 题\n")]);
    for format in ["pretty", "concise", "json", "jsonl", "sarif", "github", "rdjson", "junit", "checkstyle"] {
        for lang in ["zh", "en"] {
            // Formats for machines are the same but for their messages.
            if lang == "en" && !["pretty", "concise"].contains(&format) {
                continue;
            }
            let arguments =
                ["check", "--isolated", "--as-of", "2024-01-01", "--format", format, "--lang", lang];
            let text = printed(folder.path(), &[&arguments[..], &["方案.md", "空.md"]].concat());
            let text = if format == "sarif" { without_pages(&text) } else { text };
            insta::assert_snapshot!(format!("format_{format}_{lang}"), text);
        }
    }
}

/// SARIF without the pages of all rules but one, which are seen elsewhere.
fn without_pages(sarif: &str) -> String {
    let (sarif, summary) = sarif.rsplit_once('}').unwrap();
    let mut value = support::json(&format!("{sarif}}}"));
    value["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap().truncate(1);
    format!("{}{summary}", serde_json::to_string_pretty(&value).unwrap())
}

/// The first example of a page that shows a finding.
fn example(page: &str) -> Option<&str> {
    let blocks = page.split("\n```").skip(1).step_by(2);
    blocks.filter_map(|block| block.strip_prefix("fail\n")).next()
}

/// The documents of an example of a rule over folders, and else the one document.
fn documents(example: &str) -> Vec<(String, String)> {
    let text = example.replace(['«', '»'], "");
    if !text.trim_start().starts_with("=== ") {
        return vec![("文稿.md".to_owned(), text)];
    }
    let parts = text.trim_start().split("=== ").skip(1);
    let named = parts.filter_map(|part| part.split_once('\n'));
    named.map(|(name, text)| (name.trim().to_owned(), text.to_owned())).collect()
}

#[test]
fn the_first_example_of_every_rule() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/src");
    let mut shown = 0;
    for family in fs::read_dir(root).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
        for page in fs::read_dir(family.path()).unwrap().flatten() {
            let name = page.file_name().into_string().unwrap();
            let Some(rule) = name.strip_suffix(".md").filter(|rule| !rule.ends_with(".en")) else { continue };
            let text = fs::read_to_string(page.path()).unwrap();
            let Some(example) = example(&text) else { continue };
            let rule = rule.replace('_', "-");
            let is_of_dictionaries = family.file_name() == "dictionary";
            let text = if is_of_dictionaries {
                of_dictionaries(&rule, example)
            } else {
                of_documents(&rule, example)
            };
            insta::assert_snapshot!(format!("rule_{rule}"), text);
            shown += 1;
        }
    }
    assert!(shown > 40, "{shown}");
}

fn of_documents(rule: &str, example: &str) -> String {
    let documents = documents(example);
    let files: Vec<(&str, &str)> =
        documents.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = folder(&files);
    let mut arguments = vec!["check", "--isolated", "--as-of", "2024-01-01", "--format", "pretty"];
    // Whether a comment did nothing is only known where all rules ran.
    if rule != "unused-suppression" {
        arguments.extend(["--select", rule]);
    }
    arguments.extend(files.iter().map(|(name, _)| *name));
    printed(folder.path(), &arguments)
}

fn of_dictionaries(rule: &str, example: &str) -> String {
    let parts: Vec<(String, String)> = example
        .split("\n---\n")
        .enumerate()
        .map(|(number, part)| {
            let header = format!("[dictionary]\nid = \"d{number}\"\ntitle = \"词典\"\n");
            let text = if part.contains("[dictionary]") { part.to_owned() } else { header + part };
            (format!("{number}.toml"), text)
        })
        .collect();
    let files: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = folder(&files);
    let mut arguments = vec!["dict", "check"];
    arguments.extend(files.iter().map(|(name, _)| *name));
    // Other rules see other things in an example.
    let text = printed(folder.path(), &arguments);
    format!("{rule}\n\n{text}")
}

/// The commands that a help text lists.
fn commands(help: &str) -> Vec<String> {
    let list =
        help.lines().skip_while(|line| !["命令：", "命令:", "Commands:"].contains(&line.trim())).skip(1);
    let list = list.take_while(|line| !line.trim().is_empty());
    let names = list.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .filter(|name| name != "help")
        .collect()
}

#[test]
fn the_help_of_every_command() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for lang in ["zh", "en"] {
        let mut pending: Vec<Vec<String>> = vec![Vec::new()];
        let mut shown = 0;
        while let Some(command) = pending.pop() {
            let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
            arguments.extend(["--help", "--lang", lang]);
            let help = printed(here, &arguments);
            pending.extend(commands(&help).into_iter().map(|name| [command.clone(), vec![name]].concat()));
            let name = if command.is_empty() { "zhengming".to_owned() } else { command.join("_") };
            insta::assert_snapshot!(format!("help_{lang}_{name}"), help);
            shown += 1;
        }
        assert!(shown > 15, "{shown} commands in {lang}");
    }
}
