//! Completion of official terms, and renaming.

use serde_json::{Value, json};

use crate::client::{Client, Start, Unit, apply};
use crate::diagnostics::house;

/// What is offered at the end of `text`, typed into an empty document.
fn offered(client: &mut Client, uri: &str, text: &str, trigger: Option<&str>) -> Value {
    client.change(uri, vec![json!({ "text": text })]);
    let context = match trigger {
        Some(character) => json!({ "triggerKind": 2, "triggerCharacter": character }),
        None => json!({ "triggerKind": 1 }),
    };
    let position = client.position(uri, text.len());
    let params = json!({ "textDocument": { "uri": uri }, "position": position, "context": context });
    client.request("textDocument/completion", params).unwrap()
}

fn labels(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().map(|item| item["label"].as_str().unwrap()).collect()
}

#[test]
fn terms_are_completed_from_their_characters_and_from_initials() {
    for unit in Unit::ALL {
        let mut client = Client::start(Start { unit, ..Start::default() });
        let uri = client.open("a.md", "markdown", "");
        for (typed, rest, source) in [
            ("😀𠮷开展数据归", "数据归集", "正名变体表"),
            ("甲\r\n😀 sjgj", "数据归集", "正名变体表"),
            ("ZZD", "浙政钉", "DB33/T 2350—2021，3.1.3.9"),
        ] {
            let list = offered(&mut client, &uri, typed, None);
            let item = list["items"].as_array().unwrap().iter().find(|item| item["label"] == rest);
            let item = item.unwrap_or_else(|| panic!("{typed}: {list}"));
            assert_eq!(item["detail"], source);
            assert!(item["documentation"]["value"].as_str().unwrap().starts_with(&format!("**{rest}**")));
            let before = client.text(&uri).to_owned();
            let after = apply(&before, &[item["textEdit"].clone()], unit);
            assert!(after.ends_with(rest) && !after.contains("sjgj") && !after.contains("归数"), "{after}");
            let filter = item["filterText"].as_str().unwrap();
            assert!(typed.ends_with(filter), "the editor filters by what was typed: {filter}");
        }
        assert_eq!(labels(&offered(&mut client, &uri, "sjgj", None))[0], "数据归集");
    }
}

#[test]
fn one_character_offers_terms_only_when_asked() {
    let mut client = Client::new();
    let triggers = client.capabilities["completionProvider"]["triggerCharacters"].as_array().unwrap();
    assert!(triggers.contains(&json!("据")));
    let uri = client.open("a.md", "markdown", "");
    assert_eq!(offered(&mut client, &uri, "数", Some("数")), Value::Null);
    assert!(labels(&offered(&mut client, &uri, "数", None)).contains(&"数据归集"));
    assert!(labels(&offered(&mut client, &uri, "开展数据", Some("据"))).contains(&"数据归集"));
    assert_eq!(offered(&mut client, &uri, "数据归集。", None), Value::Null);
    assert_eq!(offered(&mut client, &uri, "s", None), Value::Null);
}

#[test]
fn terms_of_the_project_are_offered_and_those_given_up_are_not() {
    let mut client = Client::start(Start { files: house(), ..Start::default() });
    let uri = client.open("a.md", "markdown", "");
    assert_eq!(labels(&offered(&mut client, &uri, "xssb", None)), ["溪事速办"]);
    assert_eq!(offered(&mut client, &uri, "云溪办", None), Value::Null);
}

#[test]
fn a_spelling_is_renamed_to_the_preferred_one_in_the_whole_folder() {
    let files = vec![
        ("甲.md", "# 题\r\n\r\n😀浙政盯、浙政钉和《浙政盯》。\r\n".to_owned()),
        ("乙.txt", "与此无关。".to_owned()),
    ];
    for unit in Unit::ALL {
        let mut client = Client::start(Start { unit, files: files.clone(), ..Start::default() });
        let (uri, _) = client.check("a.md", "markdown", "𠮷通过浙政盯发送，浙**政盯**不动。");
        let prepared = client.ask_at("textDocument/prepareRename", &uri, "浙政盯");
        assert_eq!(prepared["placeholder"], "浙政钉");
        assert_eq!(client.at(&uri, &prepared["range"]), "浙政盯");
        let params = |client: &Client, name: &str| {
            json!({
                "textDocument": { "uri": uri },
                "position": client.inside(&uri, "浙政盯"),
                "newName": name,
            })
        };
        let refused = client.request("textDocument/rename", params(&client, "钉钉")).unwrap_err();
        assert!(refused["message"].as_str().unwrap().contains("规范用语是“浙政钉”"), "{refused}");
        let edit = client.request("textDocument/rename", params(&client, "浙政钉")).unwrap();
        client.apply_edit(&edit);
        assert_eq!(client.text(&uri), "𠮷通过浙政钉发送，浙**政盯**不动。");
        let other = std::fs::read_to_string(client.path("甲.md")).unwrap();
        assert_eq!(other, "# 题\r\n\r\n😀浙政钉、浙政钉和《浙政盯》。\r\n", "titles stay as they are");
        assert_eq!(edit["documentChanges"].as_array().unwrap().len(), 2);
    }
}

#[test]
fn edits_of_a_rename_do_not_overlap() {
    let mut client = Client::start(Start { files: house(), ..Start::default() });
    let text = "溪事速办、云溪市溪事速版办、溪事事速办和溪事溪办速办。";
    let (uri, _) = client.check("a.md", "markdown", text);
    let position = client.inside(&uri, "溪事速办");
    let params = json!({ "textDocument": { "uri": uri }, "position": position, "newName": "溪事速办" });
    let edit = client.request("textDocument/rename", params).unwrap();
    let edits = edit["documentChanges"][0]["edits"].as_array().unwrap();
    let column = |edit: &Value, end: &str| edit["range"][end]["character"].as_u64().unwrap();
    assert!(edits.windows(2).all(|pair| column(&pair[0], "end") <= column(&pair[1], "start")), "{edits:#?}");
}

#[test]
fn the_name_that_was_preferred_on_the_day_of_the_document_is_offered_and_taken() {
    let house = "[dictionary]\nid = \"house\"\ntitle = \"本单位\"\nlayer = \"overlay\"\n[[concept]]\n\
                 term = \"溪事速办\"\nsuperseded = [{ text = \"云溪办事\", since = \"2022-01-01\" }]\n\
                 variants = [{ surface = \"溪事速版\", kind = \"homophone\", fix = \"safe\" }]\n";
    let config = "dictionaries = [\"house.toml\"]\n";
    let files = vec![("zhengming.toml", config.to_owned()), ("house.toml", house.to_owned())];
    let mut client = Client::start(Start { files, ..Start::default() });
    let (uri, _) = client.check("a.md", "markdown", "---\ndate: 2021-05-01\n---\n\n接入溪事速版。\n");
    let prepared = client.ask_at("textDocument/prepareRename", &uri, "溪事速版");
    assert_eq!(prepared["placeholder"], "云溪办事");
    let position = client.inside(&uri, "溪事速版");
    let params = json!({ "textDocument": { "uri": uri }, "position": position, "newName": "云溪办事" });
    let edit = client.request("textDocument/rename", params).unwrap();
    client.apply_edit(&edit);
    assert!(client.text(&uri).ends_with("接入云溪办事。\n"), "{}", client.text(&uri));
}

#[test]
fn excluded_documents_are_not_renamed_in() {
    let files = vec![
        ("zhengming.toml", "exclude = [\"archive/\"]\n".to_owned()),
        ("archive/甲.md", "通过浙政盯发送。".to_owned()),
        ("乙.md", "通过浙政盯发送。".to_owned()),
    ];
    let mut client = Client::start(Start { files, ..Start::default() });
    let (uri, _) = client.check("a.md", "markdown", "通过浙政盯发送。");
    let place = json!({
        "textDocument": { "uri": uri },
        "position": client.inside(&uri, "浙政盯"),
        "newName": "浙政钉",
        "context": { "includeDeclaration": true },
    });
    let edit = client.request("textDocument/rename", place.clone()).unwrap();
    let changed = edit["documentChanges"].as_array().unwrap();
    let changed: Vec<&Value> = changed.iter().map(|one| &one["textDocument"]["uri"]).collect();
    assert_eq!(changed, [&json!(uri), &json!(client.uri("乙.md"))]);
    let found = client.request("textDocument/references", place).unwrap();
    assert_eq!(found.as_array().unwrap().len(), 2, "{found}");
}

#[test]
fn renaming_a_preferred_term_to_itself_unifies_its_spellings() {
    let mut client = Client::start(Start { files: house(), ..Start::default() });
    let (uri, _) = client.check("a.md", "markdown", "溪事速办、溪事速版、溪办和云溪办事。");
    let position = client.inside(&uri, "溪事速办");
    let params = json!({ "textDocument": { "uri": uri }, "position": position, "newName": "溪事速办" });
    let edit = client.request("textDocument/rename", params).unwrap();
    client.apply_edit(&edit);
    assert_eq!(client.text(&uri), "溪事速办、溪事速办、溪事速办和溪事速办。");
}

#[test]
fn an_editor_without_versioned_edits_gets_plain_ones() {
    let capabilities = json!({ "workspace": { "workspaceEdit": { "documentChanges": false } } });
    let mut client = Client::start(Start { capabilities, ..Start::default() });
    let (uri, _) = client.check("a.md", "markdown", "通过浙政盯发送。");
    let position = client.inside(&uri, "浙政盯");
    let params = json!({ "textDocument": { "uri": uri }, "position": position, "newName": "浙政钉" });
    let edit = client.request("textDocument/rename", params).unwrap();
    assert_eq!(edit["changes"][&uri][0]["newText"], "浙政钉");
}
