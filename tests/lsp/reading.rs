//! What an author can learn about a place: card, definition, other places, what the document defines.

use serde_json::{Value, json};

use crate::client::{Client, Start, Unit, path};
use crate::diagnostics::house;

#[test]
fn a_card_has_definition_clause_edition_and_history() {
    for unit in Unit::ALL {
        let mut client = Client::start(Start { unit, files: house(), ..Start::default() });
        let (uri, _) = client.check("a.md", "markdown", "😀𠮷通过浙政盯发送，接入云溪办事。");
        let card = client.ask_at("textDocument/hover", &uri, "浙政盯");
        assert_eq!(client.at(&uri, &card["range"]), "浙政盯");
        let text = card["contents"]["value"].as_str().unwrap();
        assert!(text.starts_with("**浙政钉** — “浙政盯”是不规范写法"), "{text}");
        assert!(text.contains("DB33/T 2350—2021，3.1.3.9"), "{text}");
        let card = client.ask_at("textDocument/hover", &uri, "云溪办事");
        let text = card["contents"]["value"].as_str().unwrap();
        assert!(
            text.contains("云溪市统一的办事入口。")
                && text.contains("2020年1月1日起由“云溪办事”改称“溪事速办”"),
            "{text}"
        );
        assert_eq!(client.ask_at("textDocument/hover", &uri, "发送"), Value::Null);
    }
}

#[test]
fn definitions_are_found_in_the_document_the_project_and_the_built_in_dictionaries() {
    let mut client = Client::start(Start { files: house(), ..Start::default() });
    let text = "本办法所称云溪码，是指云溪市统一的身份码。\n\n凭云溪码办理，接入溪事速办，开展数据归集。\n";
    let (uri, _) = client.check("a.md", "markdown", text);

    let own = client.request(
        "textDocument/definition",
        json!({
            "textDocument": { "uri": uri }, "position": client.inside(&uri, "云溪码办理"),
        }),
    );
    let own = own.unwrap();
    assert_eq!(own[0]["targetUri"], uri);
    assert_eq!(client.at(&uri, &own[0]["targetSelectionRange"]), "云溪码");

    let entry = client.ask_at("textDocument/definition", &uri, "溪事速办");
    assert_eq!(entry[0]["targetUri"], client.uri("terms/house.toml"));
    assert_eq!(entry[0]["targetRange"]["start"], json!({ "line": 5, "character": 0 }));

    let page = client.ask_at("textDocument/definition", &uri, "数据归集");
    let page = path(page[0]["targetUri"].as_str().unwrap());
    assert!(std::fs::metadata(&page).unwrap().permissions().readonly());
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.starts_with("# 数据归集\n") && page.contains("DB33/T 2350—2021"), "{page}");
    assert_eq!(client.ask_at("textDocument/definition", &uri, "统一"), Value::Null);
}

#[test]
fn an_editor_without_links_gets_locations() {
    let capabilities = json!({ "textDocument": { "definition": { "linkSupport": false } } });
    let mut client = Client::start(Start { capabilities, files: house(), ..Start::default() });
    let (uri, _) = client.check("a.md", "markdown", "接入溪事速办。");
    let entry = client.ask_at("textDocument/definition", &uri, "溪事速办");
    assert_eq!(entry[0]["uri"], client.uri("terms/house.toml"));
}

#[test]
fn references_are_all_spellings_in_open_texts_and_files() {
    let files = vec![
        ("甲.md", "😀浙政钉和浙政盯。\r\n浙政钉".to_owned()),
        ("文/乙.txt", "通过浙政钉发送。".to_owned()),
        ("丙.md", "在磁盘上是浙政钉。".to_owned()),
        (".git/丁.md", "浙政钉".to_owned()),
    ];
    for unit in Unit::ALL {
        let mut client = Client::start(Start { unit, files: files.clone(), ..Start::default() });
        let (uri, _) = client.check("a.md", "markdown", "𠮷通过浙政盯发送。");
        client.check("丙.md", "markdown", "在编辑器里没有。");
        let params = json!({
            "textDocument": { "uri": uri },
            "position": client.inside(&uri, "浙政盯"),
            "context": { "includeDeclaration": true },
        });
        let found = client.request("textDocument/references", params).unwrap();
        let found = found.as_array().unwrap();
        let mut files: Vec<String> =
            found.iter().map(|one| one["uri"].as_str().unwrap().to_owned()).collect();
        assert_eq!(files[0], uri, "the author's own text first");
        files.sort();
        let mut expected = vec![uri.clone(), client.uri("文/乙.txt")];
        expected.extend(std::iter::repeat_n(client.uri("甲.md"), 3));
        expected.sort();
        assert_eq!(files, expected);
        assert_eq!(client.at(&uri, &found[0]["range"]), "浙政盯");
    }
}

#[test]
fn the_same_concept_is_highlighted_under_every_name() {
    let mut client = Client::new();
    let text = "😀浙政钉、浙政盯、\r\n浙政\n钉和数据归集";
    let (uri, _) = client.check("a.md", "markdown", text);
    let found = client.ask_at("textDocument/documentHighlight", &uri, "浙政盯");
    let words: Vec<&str> =
        found.as_array().unwrap().iter().map(|one| client.at(&uri, &one["range"])).collect();
    assert_eq!(words, ["浙政钉", "浙政盯", "浙政\n钉"]);
}

#[test]
fn the_symbols_of_a_document_are_its_definitions() {
    let text = "# 办法\n\n本办法所称数据归集，是指将数据汇聚的过程。\n\n云溪码是指统一的身份码。\n";
    let mut client = Client::new();
    let (uri, _) = client.check("a.md", "markdown", text);
    let params = json!({ "textDocument": { "uri": uri } });
    let symbols = client.request("textDocument/documentSymbol", params.clone()).unwrap();
    let names: Vec<_> = symbols.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["数据归集", "云溪码"]);
    assert_eq!(client.at(&uri, &symbols[0]["selectionRange"]), "数据归集");
    assert!(client.at(&uri, &symbols[0]["range"]).contains("将数据汇聚的过程"));

    let capabilities =
        json!({ "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": false } } });
    let mut client = Client::start(Start { capabilities, ..Start::default() });
    let (uri, _) = client.check("a.md", "markdown", text);
    let params = json!({ "textDocument": { "uri": uri } });
    let flat = client.request("textDocument/documentSymbol", params).unwrap();
    assert_eq!(flat[1]["location"]["uri"], uri);
}

#[test]
fn hints_lenses_and_tokens_are_off_until_asked_for() {
    let text = "# 总则\n\n😀浙政钉发送，浙政钉接收。\n\n通过浙政盯确认。\n\n# 附则\n\n正文。\n";
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let ask = |client: &mut Client, method: &str, uri: &str| {
        let params = json!({ "textDocument": { "uri": uri }, "range": whole });
        client.request(method, params).unwrap()
    };
    let mut client = Client::new();
    let (uri, _) = client.check("a.md", "markdown", text);
    for method in ["textDocument/inlayHint", "textDocument/codeLens", "textDocument/semanticTokens/full"] {
        assert_eq!(ask(&mut client, method, &uri), Value::Null, "{method}");
    }

    let options = json!({ "inlayHints": true, "codeLens": true, "semanticTokens": true });
    let mut client = Client::start(Start { options, ..Start::default() });
    let (uri, _) = client.check("a.md", "markdown", text);
    let hints = ask(&mut client, "textDocument/inlayHint", &uri);
    assert_eq!(hints.as_array().unwrap().len(), 1, "once in a paragraph: {hints}");
    assert_eq!(hints[0]["label"], "3.1.3.9");
    assert_eq!(hints[0]["position"], json!({ "line": 2, "character": 5 }));
    let lenses = ask(&mut client, "textDocument/codeLens", &uri);
    assert_eq!(lenses.as_array().unwrap().len(), 1);
    assert_eq!(lenses[0]["command"]["title"], "1 处提示，1 处可自动修改");
    assert_eq!(lenses[0]["range"]["start"]["line"], 0);
    assert_eq!(lenses[0]["command"]["command"], "zhengming.fixAll");
    let tokens = ask(&mut client, "textDocument/semanticTokens/full", &uri);
    assert_eq!(tokens["data"], json!([2, 2, 3, 0, 0, 0, 6, 3, 0, 0, 2, 2, 3, 0, 1]));
    let none = json!({ "start": { "line": 6, "character": 0 }, "end": { "line": 8, "character": 0 } });
    let params = json!({ "textDocument": { "uri": uri }, "range": none });
    let tokens = client.request("textDocument/semanticTokens/range", params).unwrap();
    assert_eq!(tokens["data"], json!([]));
}

#[test]
fn the_numbers_above_a_heading_are_of_its_section_and_so_is_the_fix() {
    let options = json!({ "codeLens": true });
    let mut client = Client::start(Start { options, ..Start::default() });
    let text = "# 甲\n\n通过浙政盯发送。\n\n# 乙\n\n再用浙政盯确认。\n\n# 丙\n\n依托公共数据平台。\n";
    let (uri, _) = client.check("a.md", "markdown", text);
    let params = json!({ "textDocument": { "uri": uri } });
    let lenses = client.request("textDocument/codeLens", params).unwrap();
    let titles: Vec<&Value> =
        lenses.as_array().unwrap().iter().map(|lens| &lens["command"]["title"]).collect();
    assert_eq!(titles, ["1 处提示，1 处可自动修改", "1 处提示，1 处可自动修改", "1 处提示"]);
    assert_eq!(lenses[2]["command"]["command"], "", "nothing to be done");
    client.run(&lenses[1].clone());
    let edit = client.applied.pop().expect("the server has the editor apply it");
    client.apply_edit(&edit);
    assert_eq!(client.text(&uri), text.replace("再用浙政盯", "再用浙政钉"));
}
