use std::fs;
use std::path::Path;

use serde_json::json;
use zhengming::Linter;
use zhengming_rules::builtin_register;

use super::*;
use crate::Folders;

fn desk(folder: Option<&Path>) -> Desk {
    let folders: Vec<_> = folder.map(Path::to_owned).into_iter().collect();
    Desk {
        linter: Arc::new(Linter::builder().build().unwrap()),
        register: Arc::new(builtin_register()),
        folders: Folders::new(&folders).unwrap(),
        lang: Lang::Zh,
        today: || "2026-01-31".parse().ok(),
    }
}

fn ask(desk: &Desk, tool: &str, arguments: Value) -> Result<Value, Text> {
    let tool = of(desk).find(|one| one.name == tool).expect("the tool is offered");
    (tool.answer)(desk, arguments)
}

#[test]
fn every_tool_has_both_languages_and_schemas_without_references() {
    for tool in &TOOLS {
        for text in [tool.title, tool.about] {
            assert!(text.contains(BETWEEN), "{}", tool.name);
        }
        for schema in [(tool.takes)(), (tool.gives)()] {
            let written = schema.to_string();
            assert!(!written.contains("$ref"), "{}: {written}", tool.name);
            assert_eq!(schema["type"], "object", "{}", tool.name);
            for (name, property) in schema["properties"].as_object().unwrap() {
                let text = property["description"].as_str().unwrap_or_default();
                assert!(text.contains(BETWEEN), "{}.{name}", tool.name);
            }
        }
        let described = serde_json::to_string(&tool.described(Lang::En)).unwrap();
        assert!(!described.contains(BETWEEN), "{described}");
        assert!(described.contains("\"readOnlyHint\":true"), "{described}");
    }
}

#[test]
fn a_text_is_checked_and_mended() {
    let desk = desk(None);
    let text = "会议通知统一通过浙政盯发送。";
    let checked = ask(&desk, "check_text", json!({ "text": text })).unwrap();
    let found = &checked["findings"][0];
    assert_eq!((&found["name"], &found["text"]), (&json!("不规范用语"), &json!("浙政盯")), "{checked}");
    assert_eq!((&found["line"], &found["column"]), (&json!(1), &json!(9)));
    let mended = ask(&desk, "suggest_fixes", json!({ "text": text })).unwrap();
    assert_eq!(mended["text"], "会议通知统一通过浙政钉发送。");
    assert_eq!((&mended["mended"], &mended["left_out"]), (&json!(1), &json!(0)));
}

#[test]
fn what_is_too_long_or_not_as_described_is_refused_in_words() {
    let desk = desk(None);
    let long = "长".repeat(limits::TEXT / 3 + 1);
    assert!(ask(&desk, "check_text", json!({ "text": long })).unwrap_err().zh.contains("请分几次"));
    assert!(ask(&desk, "check_text", json!({})).unwrap_err().zh.starts_with("参数不对"));
    assert!(ask(&desk, "check_text", json!({ "text": "字", "write": true })).is_err());
    assert!(ask(&desk, "lookup_term", json!({ "term": " " })).is_err());
    assert!(ask(&desk, "lookup_term", json!({ "term": "词".repeat(101) })).is_err());
    assert!(ask(&desk, "cite_standard", json!({ "standard": "GB/T 1.1", "as_of": "昨天" })).is_err());
}

#[test]
fn grave_and_sure_findings_come_first_and_the_rest_is_counted() {
    let desk = desk(None);
    let text = "推广浙政盯和数据高铁。\n\n".to_owned()
        + &"用管理驾驶仓办公。\n\n依据GB/T 35273—2017执行。\n\n".repeat(3);
    let all = ask(&desk, "check_text", json!({ "text": text, "limit": 200 })).unwrap();
    let some = ask(&desk, "check_text", json!({ "text": text, "limit": 1 })).unwrap();
    let count = all["findings"].as_array().unwrap().len();
    assert!(count > 2, "{all}");
    assert_eq!(some["findings"].as_array().unwrap().len(), 1);
    assert_eq!(some["left_out"], count - 1);
    assert_eq!(some["findings"][0], all["findings"][0]);
    let grade = |one: &Value| ["info", "warning", "error"].iter().position(|name| one["severity"] == *name);
    let grades: Vec<_> = all["findings"].as_array().unwrap().iter().map(grade).collect();
    assert!(grades.is_sorted_by(|a, b| a >= b), "{grades:?}");
}

#[test]
fn files_are_offered_only_with_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), "# 通知\n\n通过浙政盯发送。\n").unwrap();
    assert!(of(&desk(None)).all(|tool| tool.name != "check_file"));
    let desk = desk(Some(folder.path()));
    let checked = ask(&desk, "check_file", json!({ "path": "a.md" })).unwrap();
    assert_eq!(
        (&checked["title"], &checked["findings"][0]["line"]),
        (&json!("通知"), &json!(3)),
        "{checked}"
    );
    assert!(ask(&desk, "check_file", json!({ "path": "/etc/passwd" })).unwrap_err().zh.contains("不在"));
    assert!(instructions(&desk).contains("check_file"));
}

#[test]
fn terms_are_known_defined_and_quoted_with_their_clause() {
    let desk = desk(None);
    let known = ask(&desk, "lookup_term", json!({ "term": "浙政盯" })).unwrap();
    assert_eq!(
        (&known["known"][0]["allowed"], &known["known"][0]["preferred"]),
        (&json!(false), &json!("浙政钉"))
    );
    let unknown = ask(&desk, "lookup_term", json!({ "term": "公共数据平" })).unwrap();
    assert!(
        unknown["known"].as_array().unwrap().is_empty() && !unknown["near"].as_array().unwrap().is_empty()
    );
    let defined = ask(&desk, "define", json!({ "term": "浙政钉" })).unwrap();
    let first = &defined["definitions"][0];
    assert_eq!(first["citation"], "DB33/T 2350—2021，3.1.3.9", "{defined}");
    let (quote, definition) = (first["quote"].as_str().unwrap(), first["definition"].as_str().unwrap());
    assert!(
        quote.starts_with("浙政钉，是指") && quote.contains(definition.trim_end_matches('。')),
        "{quote}"
    );
    let nothing = ask(&desk, "define", json!({ "term": "溪事速办" })).unwrap();
    assert_eq!(nothing["definitions"], json!([]));
}

#[test]
fn standards_stand_as_on_the_day_and_clauses_are_known() {
    let desk = desk(None);
    let standing = |day: &str| {
        let found =
            ask(&desk, "cite_standard", json!({ "standard": "GB/T 35273—2017", "as_of": day })).unwrap();
        let editions = found["standards"][0]["editions"].as_array().unwrap();
        let edition = editions.iter().find(|one| one["citation"] == "GB/T 35273—2017").unwrap();
        (edition["standing"].clone(), edition["superseded_by"].clone())
    };
    assert_eq!(standing("2019-01-01"), (json!("current"), Value::Null));
    assert_eq!(standing("2026-01-31").1, "GB/T 35273—2020");
    let found = ask(&desk, "cite_standard", json!({ "standard": "DB33/T 2350—2021第3.1.3.9条" })).unwrap();
    assert_eq!(found["clause"]["term"], "浙政钉", "{found}");
    let nothing = ask(&desk, "cite_standard", json!({ "standard": "DB99/T 99999—1999" })).unwrap();
    assert!(
        nothing["standards"].as_array().unwrap().is_empty()
            && nothing["note"].as_str().unwrap().contains("不等于")
    );
}
