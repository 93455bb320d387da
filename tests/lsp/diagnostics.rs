//! Findings while one types.

use serde_json::{Value, json};

use crate::client::{Client, Start, Unit, codes, path};

/// A dictionary that knows every standing of a spelling.
pub(crate) const HOUSE: &str = r#"[dictionary]
id = "house"
title = "云溪市用语"
[[concept]]
id = "suban"
term = "溪事速办"
definition = "云溪市统一的办事入口。"
clause = "2.1"
superseded = [{ text = "云溪办事", since = "2020-01-01" }]
deprecated = ["溪办"]
variants = [{ surface = "溪事速版", kind = "homophone", fix = "safe" }]
"#;

pub(crate) const CONFIG: &str = "dictionaries = [\"builtin:zhejiang\", \"terms/house.toml\"]\n";

pub(crate) fn house() -> Vec<(&'static str, String)> {
    vec![("zhengming.toml", CONFIG.to_owned()), ("terms/house.toml", HOUSE.to_owned())]
}

#[test]
fn a_finding_says_what_why_and_where_to_read_on() {
    let mut client = Client::start(Start { files: house(), ..Start::default() });
    let text = "通过浙政盯发送，再用浙政盯确认。\n\n接入云溪办事。\n";
    let (uri, found) = client.check("a.md", "markdown", text);
    assert_eq!(codes(&found), ["nonstandard-variant", "superseded-term"]);
    let first = &found[0];
    assert_eq!(first["source"], "正名");
    let message = first["message"].as_str().unwrap();
    assert!(message.starts_with("“浙政盯”不是规范用语"), "{message}");
    assert!(message.contains("；应为“浙政钉”（不规范用语）\nDB33/T 2350—2021，3.1.3.9"), "{message}");
    let page = std::fs::read_to_string(path(first["codeDescription"]["href"].as_str().unwrap())).unwrap();
    assert!(page.starts_with("# nonstandard-variant"), "{page}");
    let related = &first["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], uri);
    assert_eq!(client.at(&uri, &related["location"]["range"]), "浙政盯");
    assert_eq!(found[1]["tags"], json!([2]), "superseded is struck through");
    assert_eq!(first.get("tags"), None);
}

#[test]
fn edits_anywhere_give_what_opening_the_new_text_gives() {
    for unit in Unit::ALL {
        let mut client = Client::start(Start { unit, ..Start::default() });
        let text = "# 题😀\r\n\r\n𠮷通过浙政盯发送。\r\n\r\n- 甲\r\n- 依托公共\r\n  数据平台\r\n";
        let (uri, found) = client.check("a.md", "markdown", text);
        assert_eq!(codes(&found)[0], "nonstandard-variant");
        let steps = [
            // At the beginning, at the end, on both sides of a break, through a break, of two blocks one.
            ("# 题", "# 新题"),
            ("平台\r\n", "平台\r\n\r\n浙政盯"),
            ("发送。\r\n", "发送。"),
            ("\r\n- 甲", "，浙政盯，"),
            ("😀\r\n\r\n𠮷通过浙政盯", "😀浙政盯"),
            ("浙政盯", "浙政钉"),
            ("，浙政盯，\r\n- 依托公共\r\n  数据平台", ""),
        ];
        for (number, (old, new)) in steps.into_iter().enumerate() {
            client.replace(&uri, old, new);
            let found = client.diagnostics(&uri);
            let text = client.text(&uri).to_owned();
            let (other, fresh) = client.check(&format!("fresh-{number}.md"), "markdown", &text);
            let shown = |found: &[Value]| -> Vec<(Value, Value)> {
                found.iter().map(|one| (one["range"].clone(), one["message"].clone())).collect()
            };
            assert_eq!(shown(&found), shown(&fresh), "{unit:?} {old:?} → {new:?}: {text:?}");
            for one in &found {
                assert_eq!(client.at(&uri, &one["range"]), client.at(&other, &one["range"]));
            }
        }
    }
}

#[test]
fn the_latest_state_wins() {
    let mut client = Client::new();
    let text = format!("甲通过浙政盯发送。\n\n{}", "依托公共数据平台归集数据。\n\n".repeat(300));
    let (uri, found) = client.check("a.md", "markdown", &text);
    assert!(codes(&found).contains(&"nonstandard-variant"));
    for _ in 0..60 {
        client.replace(&uri, "甲", "甲乙");
    }
    client.replace(&uri, "浙政盯", "浙政钉");
    let found = client.diagnostics(&uri);
    assert!(found.iter().all(|one| !one["message"].as_str().unwrap().contains("浙政盯")));
}

#[test]
fn the_language_says_how_a_text_is_read() {
    let mut client = Client::new();
    let text = "<p>通过<b>浙政</b>盯发送。</p>\n<pre><code>浙政盯</code></pre>\n`浙政盯`\n";
    let (_, html) = client.check("a", "html", text);
    assert_eq!(html.len(), 1, "the rest is code");
    assert!(html[0].get("relatedInformation").is_some() || html.len() == 1);
    let (_, markdown) = client.check("b", "markdown", "`浙政盯`和浙政盯");
    assert_eq!(markdown[0]["range"]["start"]["character"], 6);
    let indented = "正文。\n\n    通过浙政盯发送。\n";
    assert_eq!(client.check("c.md", "markdown", indented).1.len(), 0, "code");
    assert_eq!(client.check("c.txt", "plaintext", indented).1.len(), 1, "prose");
    // A text in a language without prose is not checked, and asking about it is no mistake.
    let uri = client.open("d.rs", "rust", "// 浙政盯");
    assert_eq!(client.ask_at("textDocument/hover", &uri, "浙政盯"), Value::Null);
}

#[test]
fn closing_takes_the_findings_away() {
    let mut client = Client::new();
    let (uri, found) = client.check("a.md", "markdown", "通过浙政盯发送。");
    assert_eq!(found.len(), 1);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    let empty = client.notice("textDocument/publishDiagnostics", |params| params["uri"] == uri);
    assert_eq!(empty["diagnostics"], json!([]));
}

#[test]
fn an_editor_that_asks_is_sent_nothing_unasked() {
    let capabilities = json!({ "textDocument": { "diagnostic": {} }, "workspace": { "diagnostics": { "refreshSupport": true } } });
    let mut client = Client::start(Start { capabilities, ..Start::default() });
    assert_eq!(client.capabilities["diagnosticProvider"]["identifier"], "zhengming");
    let uri = client.open("a.md", "markdown", "通过浙政盯发送。");
    let ask = |client: &mut Client, previous: &Value| {
        let params = json!({ "textDocument": { "uri": uri }, "previousResultId": previous });
        client.request("textDocument/diagnostic", params).unwrap()
    };
    let report = ask(&mut client, &Value::Null);
    assert_eq!(report["kind"], "full");
    assert_eq!(report["items"].as_array().unwrap().len(), 1);
    let again = ask(&mut client, &report["resultId"]);
    assert_eq!(again, json!({ "kind": "unchanged", "resultId": report["resultId"] }));
    client.replace(&uri, "浙政盯", "浙政钉");
    let mended = ask(&mut client, &report["resultId"]);
    assert_eq!((mended["kind"].as_str(), mended["items"].as_array().unwrap().len()), (Some("full"), 0));
    assert!(!client.has_notice("textDocument/publishDiagnostics"));
}
