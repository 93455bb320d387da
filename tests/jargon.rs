//! Jargon from file to report: rules, facts, suggestions, configuration.

mod support;

use std::fs;

use support::{json, zhengming};

const DRAFT: &str = "# 工作方案\n\n按照“1+5+2”架构，建设“三溪四桥”，建立“警媒企社”会商机制，接入VSAT卫星站。\n\n三溪四桥由县里统建。\n";

fn findings(arguments: &[&str]) -> Vec<(String, String)> {
    let report = json(&zhengming(arguments).out);
    let all = report["files"][0]["diagnostics"].as_array().unwrap().clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    all.iter().map(|one| (text(&one["rule"]), text(&one["message"]))).collect()
}

#[test]
fn jargon_is_reported_and_silenced_by_allow_list_and_glossary() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("草稿.md");
    fs::write(&draft, DRAFT).unwrap();
    let check = ["check", "--format", "json", "--select", "jargon", draft.to_str().unwrap()];
    let found = findings(&check);
    let terms: Vec<_> = found.iter().map(|(_, message)| message.split(['“', '”']).nth(1).unwrap()).collect();
    assert_eq!(terms, ["1+5+2", "三溪四桥", "警媒企社", "VSAT"]);
    assert_eq!(found[3].0, "unexpanded-acronym");

    fs::write(folder.path().join("术语表.md"), "“三溪四桥”，是指县级治理的三条主线和四个枢纽。").unwrap();
    let configuration = "definitions = [\"术语表.md\"]\n[terms]\nallow = [\"警媒企社\"]\n[rules]\nunexpanded-acronym = \"off\"\n";
    fs::write(folder.path().join("zhengming.toml"), configuration).unwrap();
    let found = findings(&check);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].1.contains("1+5+2"));
}

#[test]
fn a_glossary_that_is_missing_is_an_error_with_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("草稿.md"), DRAFT).unwrap();
    fs::write(folder.path().join("zhengming.toml"), "\ndefinitions = [\"没有.md\"]\n").unwrap();
    let run = zhengming(&["check", folder.path().join("草稿.md").to_str().unwrap()]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("zhengming.toml:2") && run.err.contains("没有.md"), "{}", run.err);
}

#[test]
fn facts_list_candidates_and_full_forms() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    fs::write(&path, format!("{DRAFT}\n一体化服务总平台（以下简称“总平台”）。\n")).unwrap();
    let facts = json(&zhengming(&["facts", "--format", "json", path.to_str().unwrap()]).out);
    let candidate = &facts["candidates"][0];
    assert_eq!((candidate["text"].as_str(), candidate["kind"].as_str()), (Some("1+5+2"), Some("code")));
    assert_eq!(candidate["confidence"], "confident");
    assert_eq!(facts["candidates"][1]["count"], 2);
    assert_eq!(facts["abbreviations"][0]["full"], "一体化服务总平台");
}

#[test]
fn a_folder_suggests_terms_for_a_dictionary() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..3 {
        let text = format!("第{number}份。加强渔船组团编队，渔船组团编队出海须备案。建设“溪安大脑”。");
        fs::write(folder.path().join(format!("{number}.md")), text).unwrap();
    }
    let path = folder.path().to_str().unwrap();
    let table = zhengming(&["terms", "suggest", path]).out;
    assert!(table.contains("溪安大脑") && table.contains("渔船组团编队"), "{table}");
    let csv = zhengming(&["terms", "suggest", "--format", "csv", path]).out;
    assert!(csv.lines().any(|line| line.starts_with("\"溪安大脑\",3,3,")), "{csv}");
    let skeleton = zhengming(&["terms", "suggest", "--format", "toml", path]).out;
    let dictionary = folder.path().join("house.toml");
    fs::write(&dictionary, skeleton).unwrap();
    let run =
        zhengming(&["check", "--dict", dictionary.to_str().unwrap(), "--select", "undefined-term", path]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    assert_eq!(zhengming(&["terms", "suggest", "没有这个文件夹"]).code, 2);
}
