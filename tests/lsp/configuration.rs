//! Settings of the editor, configuration files and dictionaries, while the server runs.

use serde_json::{Value, json};

use crate::client::{Client, Start, codes};
use crate::diagnostics::{HOUSE, house};

#[test]
fn messages_are_in_the_language_that_the_editor_asks_for() {
    let mut client = Client::start(Start { options: json!({ "language": "en" }), ..Start::default() });
    let (uri, found) = client.check("a.md", "markdown", "通过浙政盯发送。");
    let message = found[0]["message"].as_str().unwrap();
    assert!(message.starts_with("`浙政盯` is not"), "{message}");
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "zhengming": { "language": "zh" } } }),
    );
    let message = client.diagnostics(&uri)[0]["message"].to_string();
    assert!(message.contains("不是规范用语"), "{message}");
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "zhengming": { "language": 7 } } }),
    );
    let logged = client.notice("window/logMessage", |_| true);
    assert!(logged["message"].as_str().unwrap().starts_with("zhengming: "), "{logged}");
}

#[test]
fn settings_are_fetched_where_the_editor_wants_to_be_asked() {
    let capabilities = json!({ "workspace": {
        "configuration": true,
        "didChangeWatchedFiles": { "dynamicRegistration": true },
        "inlayHint": { "refreshSupport": true },
    } });
    let mut client = Client::start(Start { capabilities, ..Start::default() });
    let (uri, _) = client.check("a.md", "markdown", "通过浙政盯发送。");
    assert!(client.asked.contains(&"client/registerCapability".to_owned()));
    assert!(client.asked.contains(&"workspace/configuration".to_owned()));
    client.settings = json!({ "language": "en" });
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    let message = client.diagnostics(&uri)[0]["message"].to_string();
    assert!(message.contains("is not"), "{message}");
    assert!(client.asked.contains(&"workspace/inlayHint/refresh".to_owned()));
}

#[test]
fn configuration_and_dictionaries_are_read_again_when_they_change() {
    let mut client = Client::start(Start { files: house(), ..Start::default() });
    let (uri, found) = client.check("a.md", "markdown", "溪事速版与溪事快办。");
    assert_eq!(codes(&found), ["nonstandard-variant"]);
    client.write("terms/house.toml", &HOUSE.replace("溪事速版", "溪事快办"));
    client.touched(&["terms/house.toml"]);
    let found = client.diagnostics(&uri);
    assert!(found.iter().any(|one| client.at(&uri, &one["range"]) == "溪事快办"), "{found:#?}");
    client.write("zhengming.toml", "[rules]\nnonstandard-variant = \"off\"\n");
    client.touched(&["zhengming.toml"]);
    assert_eq!(client.diagnostics(&uri), Vec::<Value>::new());
}

#[test]
fn a_broken_file_is_reported_at_its_place_and_the_last_state_goes_on() {
    let mut client = Client::start(Start { files: house(), ..Start::default() });
    let (uri, found) = client.check("a.md", "markdown", "溪事速版。");
    assert_eq!(found.len(), 1);
    client.write("zhengming.toml", "[rules]\nnonstandard-varient = \"off\"\n");
    client.touched(&["zhengming.toml"]);
    assert_eq!(client.diagnostics(&uri).len(), 1);
    let config = client.uri("zhengming.toml");
    let problem = client.notice("textDocument/publishDiagnostics", |params| params["uri"] == config);
    assert_eq!(problem["diagnostics"][0]["range"]["start"]["line"], 1, "{problem}");
    assert!(problem["diagnostics"][0]["message"].as_str().unwrap().contains("nonstandard-varient"));
    assert!(client.has_notice("window/showMessage"));

    client.write("zhengming.toml", "dictionaries = [\"terms/house.toml\"]\n");
    client.write(
        "terms/house.toml",
        "[dictionary]\nid = \"house\"\ntitle = \"甲\"\n[[concept]]\nname = \"乙\"\n",
    );
    client.touched(&["zhengming.toml"]);
    client.diagnostics(&uri);
    let dictionary = client.uri("terms/house.toml");
    let problem = client.notice("textDocument/publishDiagnostics", |params| params["uri"] == dictionary);
    assert_eq!(problem["diagnostics"].as_array().unwrap().len(), 1, "{problem}");
    let mended = client.notice("textDocument/publishDiagnostics", |params| params["uri"] == config);
    assert_eq!(mended["diagnostics"], json!([]));
}

#[test]
fn a_configuration_that_breaks_while_no_draft_is_open_stays_reported() {
    let mut client = Client::start(Start { files: house(), ..Start::default() });
    let config = client.uri("zhengming.toml");
    client.write("zhengming.toml", "[rule]\n");
    client.touched(&["zhengming.toml"]);
    let broken = |params: &Value| params["uri"] == config;
    let problem = client.notice("textDocument/publishDiagnostics", broken);
    assert_eq!(problem["diagnostics"].as_array().unwrap().len(), 1, "{problem}");
    client.touched(&["zhengming.toml"]);
    client.write("zhengming.toml", "");
    client.touched(&["zhengming.toml"]);
    let mended = client.notice("textDocument/publishDiagnostics", broken);
    assert_eq!(mended["diagnostics"], json!([]));
    let (_, found) = client.check("a.md", "markdown", "通过浙政盯发送。");
    assert_eq!(found.len(), 1);
}

#[test]
fn documents_whose_definitions_count_are_read_again_when_they_change() {
    let files = vec![
        ("zhengming.toml", "definitions = [\"词汇.md\"]\n".to_owned()),
        ("词汇.md", "正文。\n".to_owned()),
    ];
    let mut client = Client::start(Start { files, ..Start::default() });
    let (uri, _) = client.check("a.md", "markdown", "推进一网统揽建设。");
    client.write("词汇.md", "本办法所称一网统揽，是指统一管理。\n");
    client.touched(&["词汇.md"]);
    // Linted again; what rules make of it is their own affair.
    client.diagnostics(&uri);
}

#[test]
fn each_folder_has_its_own_configuration() {
    let files = vec![
        ("一/zhengming.toml", "[terms]\nallow = [\"浙政盯\"]\n".to_owned()),
        ("二/a.md", "浙政盯".to_owned()),
    ];
    let mut client = Client::start(Start { files, folders: vec!["一"], ..Start::default() });
    let text = "通过浙政盯发送。";
    assert_eq!(client.check("一/a.md", "markdown", text).1.len(), 0);
    let (uri, found) = client.check("二/a.md", "markdown", text);
    assert_eq!(found.len(), 1);
    let added = json!([{ "uri": client.uri("二"), "name": "二" }]);
    client
        .notify("workspace/didChangeWorkspaceFolders", json!({ "event": { "added": added, "removed": [] } }));
    assert_eq!(client.diagnostics(&uri).len(), 1);
    let params = json!({
        "textDocument": { "uri": uri },
        "position": client.inside(&uri, "浙政盯"),
        "context": { "includeDeclaration": true },
    });
    assert_eq!(client.request("textDocument/references", params).unwrap().as_array().unwrap().len(), 2);
}

#[test]
fn a_configuration_of_the_editors_choice_holds_for_all() {
    let files = vec![("本处.toml", "[terms]\nallow = [\"浙政盯\"]\n".to_owned())];
    let options = json!({ "configuration": "本处.toml" });
    let mut client = Client::start(Start { files, options, ..Start::default() });
    assert_eq!(client.check("文/a.md", "markdown", "通过浙政盯发送。").1.len(), 0);
    client.open_uri("untitled:Untitled-1", "markdown", "通过浙政盯发送，依托公共数据平台。");
    assert_eq!(codes(&client.diagnostics("untitled:Untitled-1")), ["nonstandard-variant"]);
}

#[test]
fn excluded_documents_are_left_alone() {
    let files = vec![("zhengming.toml", "exclude = [\"archive/\"]\n".to_owned())];
    let mut client = Client::start(Start { files, ..Start::default() });
    let uri = client.open("archive/2021/a.md", "markdown", "通过浙政盯发送。");
    assert_eq!(client.ask_at("textDocument/hover", &uri, "浙政盯"), Value::Null);
    client.write("zhengming.toml", "");
    client.touched(&["zhengming.toml"]);
    let found = client.notice("textDocument/publishDiagnostics", |params| {
        params["uri"] == uri && params["diagnostics"] != json!([])
    });
    assert_eq!(found["diagnostics"].as_array().unwrap().len(), 1);
}
