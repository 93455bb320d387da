//! What an author can do about a finding.

use serde_json::{Value, json};

use crate::client::{Client, Start, Unit, codes, titled};
use crate::diagnostics::house;

#[test]
fn a_quick_fix_changes_exactly_the_words() {
    for unit in Unit::ALL {
        let mut client = Client::start(Start { unit, ..Start::default() });
        let text = "# 题\r\n\r\n😀𠮷通过浙政盯发送，再用浙政盯确认。\r\n";
        let (uri, _) = client.check("a.md", "markdown", text);
        let actions = client.actions(&uri, "浙政盯");
        let fix = titled(&actions, "改为“浙政钉”");
        assert_eq!((fix["kind"].as_str(), fix["isPreferred"].as_bool()), (Some("quickfix"), Some(true)));
        assert_eq!(codes(fix["diagnostics"].as_array().unwrap()), ["nonstandard-variant"]);
        client.run(&fix.clone());
        assert_eq!(client.text(&uri), text.replace('盯', "钉"), "{unit:?}");
        assert_eq!(client.diagnostics(&uri), Vec::<Value>::new());
    }
}

#[test]
fn a_suggestion_is_not_preferred_and_everything_about_a_place_is_offered() {
    let mut client = Client::new();
    let (uri, _) = client.check("a.md", "markdown", "依托公共数据平台归集数据。");
    let actions = client.actions(&uri, "公共数据平台");
    let titles: Vec<&str> = actions.iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert_eq!(
        titles,
        [
            "改为“一体化智能化公共数据平台”",
            "此处不检查 nonstandard-variant：引用原文",
            "此处不检查 nonstandard-variant：另有所指",
            "在本项目中允许“公共数据平台”（zhengming.toml）",
            "加入本项目词典：“公共数据平台”是“一体化智能化公共数据平台”的许用术语",
        ]
    );
    assert!(actions.iter().all(|action| action.get("isPreferred").is_none()));
    // A selection beside the finding is about something else.
    let beside = client.actions(&uri, "归集数据");
    assert_eq!(beside.len(), 1);
    titled(&beside, "把“归集数据”加入本项目词典");
}

#[test]
fn only_the_kinds_asked_for_are_offered() {
    let mut client = Client::new();
    let (uri, _) = client.check("a.md", "markdown", "通过浙政盯发送，依托公共数据平台。");
    let mut kinds = |only: &str| -> Vec<String> {
        let context = json!({ "diagnostics": [], "only": [only] });
        let range = client.range(&uri, "浙政盯");
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
        let actions = client.request("textDocument/codeAction", params).unwrap();
        let kinds =
            actions.as_array().unwrap().iter().map(|action| action["kind"].as_str().unwrap().to_owned());
        kinds.collect()
    };
    for only in ["source", "source.fixAll", "source.fixAll.zhengming"] {
        assert_eq!(kinds(only), ["source.fixAll.zhengming"], "{only}");
    }
    assert!(kinds("quickfix").iter().all(|kind| kind == "quickfix"));
    assert!(kinds("refactor").is_empty() && kinds("source.fixAll.other").is_empty());
}

#[test]
fn fix_all_applies_safe_fixes_and_nothing_else() {
    let mut client = Client::new();
    let text = "通过浙政盯发送。\n\n再用浙政盯确认，依托公共数据平台。\n";
    let (uri, found) = client.check("a.md", "markdown", text);
    assert_eq!(found.len(), 3);
    let actions = client.actions(&uri, "通过");
    let all = titled(&actions, "修改全部有把握的错写").clone();
    client.run(&all);
    assert_eq!(client.text(&uri), text.replace('盯', "钉"));
    assert_eq!(client.diagnostics(&uri).len(), 1);

    // The command does the same through the editor.
    client.replace(&uri, "通过浙政钉", "通过浙政盯");
    let command = json!({ "command": "zhengming.fixAll", "arguments": [{ "uri": uri }] });
    assert_eq!(client.request("workspace/executeCommand", command), Ok(Value::Null));
    let edit = client.applied.pop().expect("the server has the editor apply it");
    client.apply_edit(&edit);
    assert!(client.text(&uri).starts_with("通过浙政钉"));
}

#[test]
fn a_comment_with_a_reason_switches_the_rule_off_and_breaks_nothing_in_two() {
    for text in [
        "依托公共数据平台归集数据，\n推动共享。\n",
        "# 公共数据平台\r\n\r\n正文。\r\n",
        "- 依托公共数据平台\n- 乙\n",
        "| 甲 | 乙 |\n|---|---|\n| 公共数据平台 | 丁 |\n",
        "> 依托公共数据平台归集\n",
        "依托公共数据平台",
    ] {
        let mut client = Client::new();
        let (uri, found) = client.check("a.md", "markdown", text);
        assert_eq!(codes(&found), ["nonstandard-variant"], "{text}");
        let actions = client.actions(&uri, "公共数据平台");
        client.run(&titled(&actions, "此处不检查 nonstandard-variant：引用原文").clone());
        let now = client.text(&uri).to_owned();
        assert!(
            now.contains("<!-- zhengming-disable-line nonstandard-variant: 公共数据平台 -- 引用原文 -->"),
            "{now}"
        );
        assert_eq!(now.lines().count(), text.lines().count());
        let found = client.diagnostics(&uri);
        assert!(found.is_empty(), "{now}: {found:#?}");
    }
}

#[test]
fn comments_count_in_html_and_in_plain_text_as_well() {
    for (language, name, text) in [
        ("plaintext", "a.txt", "各部门：\n依托公共数据平台归集数据，\n推动共享。\n"),
        ("html", "a.html", "<p>依托公共数据平台归集数据，\n推动共享。</p>\n"),
    ] {
        let mut client = Client::new();
        let (uri, found) = client.check(name, language, text);
        assert_eq!(codes(&found), ["nonstandard-variant"], "{language}");
        let actions = client.actions(&uri, "公共数据平台");
        client.run(&titled(&actions, "另有所指").clone());
        assert_eq!(client.diagnostics(&uri), Vec::<Value>::new(), "{}", client.text(&uri));
    }
}

#[test]
fn a_word_is_allowed_in_the_project_at_once() {
    let mut client = Client::new();
    let (uri, found) = client.check("文/a.md", "markdown", "依托公共数据平台归集数据。");
    assert_eq!(found.len(), 1);
    let actions = client.actions(&uri, "公共数据平台");
    client.run(&titled(&actions, "在本项目中允许").clone());
    let written = std::fs::read_to_string(client.path("zhengming.toml")).unwrap();
    assert_eq!(written, "[terms]\nallow = [\"公共数据平台\"]\n");
    assert_eq!(client.diagnostics(&uri), Vec::<Value>::new());
    let told = client.notice("window/showMessage", |_| true);
    assert!(told["message"].as_str().unwrap().starts_with("已允许“公共数据平台”"), "{told}");
}

#[test]
fn a_configuration_that_is_open_is_changed_in_the_editor() {
    let files = vec![("zhengming.toml", "# 本处\n[terms]\nallow = []\n".to_owned())];
    let mut client = Client::start(Start { files, ..Start::default() });
    let config = client.open("zhengming.toml", "toml", "# 本处，未保存\n[terms]\nallow = []\n");
    let (uri, _) = client.check("a.md", "markdown", "依托公共数据平台归集数据。");
    let actions = client.actions(&uri, "公共数据平台");
    client.run(&titled(&actions, "在本项目中允许").clone());
    let edit = client.applied.pop().expect("the server has the editor apply it");
    let told = client.notice("window/showMessage", |_| true);
    assert!(told["message"].as_str().unwrap().ends_with("已写入编辑器，保存后生效"), "{told}");
    client.apply_edit(&edit);
    assert_eq!(client.text(&config), "# 本处，未保存\n[terms]\nallow = [\"公共数据平台\"]\n");
    let stored = std::fs::read_to_string(client.path("zhengming.toml")).unwrap();
    assert_eq!(stored, "# 本处\n[terms]\nallow = []\n");
    // Saving makes it count.
    client.write("zhengming.toml", client.text(&config));
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": config } }));
    assert_eq!(client.diagnostics(&uri), Vec::<Value>::new());
}

#[test]
fn an_open_file_is_known_however_the_editor_writes_its_address() {
    let files = vec![("(甲+乙)/zhengming.toml", String::new())];
    let mut client = Client::start(Start { files, ..Start::default() });
    let strict = client.uri("(甲+乙)/zhengming.toml");
    let config = strict.replace("%28", "(").replace("%2B", "+").replace("%29", ")").replace("%E7", "%e7");
    assert_ne!(config, strict);
    client.open_uri(&config, "toml", "# 未保存\n[terms]\nallow = []\n");
    let (uri, _) = client.check("(甲+乙)/a.md", "markdown", "依托公共数据平台归集数据。");
    let actions = client.actions(&uri, "公共数据平台");
    client.run(&titled(&actions, "在本项目中允许").clone());
    let edit = client.applied.pop().expect("the server has the editor apply it");
    client.apply_edit(&edit);
    assert_eq!(client.text(&config), "# 未保存\n[terms]\nallow = [\"公共数据平台\"]\n");
    assert_eq!(std::fs::read_to_string(client.path("(甲+乙)/zhengming.toml")).unwrap(), "");

    // What is wrong with it is shown under the same address.
    client.write("(甲+乙)/zhengming.toml", "[rule]\n");
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": config } }));
    let problem = client.notice("textDocument/publishDiagnostics", |params| params["uri"] == config);
    assert_eq!(problem["diagnostics"].as_array().unwrap().len(), 1, "{problem}");
}

#[test]
fn an_editor_that_takes_no_edits_is_told_what_to_do() {
    let files = vec![("zhengming.toml", String::new())];
    let capabilities = json!({ "workspace": { "applyEdit": false } });
    let mut client = Client::start(Start { files, capabilities, ..Start::default() });
    client.open("zhengming.toml", "toml", "");
    let (uri, _) = client.check("a.md", "markdown", "通过浙政盯发送。");
    for (command, term) in [("zhengming.allow", "浙政盯"), ("zhengming.fixAll", "")] {
        let arguments = json!([{ "uri": uri, "term": term }]);
        let params = json!({ "command": command, "arguments": arguments });
        let error = client.request("workspace/executeCommand", params).unwrap_err();
        assert!(error["message"].as_str().unwrap().contains("workspace/applyEdit"), "{error}");
    }
    assert!(client.applied.is_empty());
}

#[test]
fn only_words_are_allowed_or_added_and_comments_are_not_commented_on() {
    let mut client = Client::new();
    let text = "正文 <!-- zhengming-disable-line nonstandard-variant: 浙政盯 -- 引用原文 -->\n";
    let (uri, found) = client.check("a.md", "markdown", text);
    assert_eq!(codes(&found), ["unused-suppression"]);
    let actions = client.actions(&uri, "zhengming-disable-line");
    let titles: Vec<&str> = actions.iter().map(|action| action["title"].as_str().unwrap()).collect();
    let silencing = ["此处不检查", "在本项目中允许", "加入本项目词典"];
    assert!(!titles.iter().any(|title| silencing.iter().any(|part| title.contains(part))), "{titles:?}");

    // A citation is no word.
    let (uri, found) = client.check("b.md", "markdown", "按照DB33/T 2350—2016执行。\n");
    assert!(!found.is_empty());
    let actions = client.actions(&uri, "DB33/T 2350—2016");
    titled(&actions, "此处不检查");
    let titles: Vec<&str> = actions.iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert!(!titles.iter().any(|title| title.contains("本项目")), "{titles:?}");
}

#[test]
fn an_official_edition_is_never_written_into() {
    let official = "[dictionary]\nid = \"db\"\ntitle = \"术语\"\nedition = \"2024\"\n\
                    [[concept]]\nterm = \"溪事速办\"\n";
    let config = "dictionaries = [\"terms/db.toml\"]\n";
    let files = vec![("zhengming.toml", config.to_owned()), ("terms/db.toml", official.to_owned())];
    let mut client = Client::start(Start { files, ..Start::default() });
    let (uri, _) = client.check("a.md", "markdown", "依托公共数据平台归集数据。");
    let actions = client.actions(&uri, "公共数据平台");
    client.run(&titled(&actions, "加入本项目词典").clone());
    assert_eq!(client.diagnostics(&uri), Vec::<Value>::new());
    let read = |client: &Client, name: &str| std::fs::read_to_string(client.path(name)).unwrap();
    assert_eq!(read(&client, "terms/db.toml"), official);
    let config = read(&client, "zhengming.toml");
    assert_eq!(config, "dictionaries = [\"terms/db.toml\", \"terms/house.toml\"]\n");
}

#[test]
fn words_go_into_the_projects_dictionary_which_is_made_if_there_is_none() {
    let mut client = Client::new();
    let (uri, _) = client.check("a.md", "markdown", "依托公共数据平台，接入溪事速办。");
    let actions = client.actions(&uri, "公共数据平台");
    client.run(&titled(&actions, "加入本项目词典").clone());
    assert_eq!(client.diagnostics(&uri), Vec::<Value>::new(), "an admitted term is no variant");
    let house = std::fs::read_to_string(client.path("terms/house.toml")).unwrap();
    assert!(house.contains("admitted = [\"公共数据平台\"]"), "{house}");
    let config = std::fs::read_to_string(client.path("zhengming.toml")).unwrap();
    assert_eq!(config, "dictionaries = [\"terms/house.toml\"]\n");

    // What is selected becomes a term of its own, which can be completed from then on.
    let actions = client.actions(&uri, "溪事速办");
    client.run(&titled(&actions, "把“溪事速办”加入本项目词典").clone());
    client.diagnostics(&uri);
    let hover = client.ask_at("textDocument/hover", &uri, "溪事速办");
    assert!(hover["contents"]["value"].as_str().unwrap().starts_with("**溪事速办**"), "{hover}");
}

#[test]
fn an_entry_is_added_to_the_dictionary_that_the_project_has() {
    let mut client = Client::start(Start { files: house(), ..Start::default() });
    let (uri, _) = client.check("a.md", "markdown", "接入溪办。");
    let actions = client.actions(&uri, "溪办");
    client.run(&titled(&actions, "加入本项目词典").clone());
    let house = std::fs::read_to_string(client.path("terms/house.toml")).unwrap();
    assert_eq!(house.matches("[[concept]]").count(), 1, "{house}");
    assert!(house.contains("admitted = [\"溪办\"]"), "{house}");
}

#[test]
fn a_broken_configuration_is_not_written_over() {
    let files = vec![("zhengming.toml", "[terms\n".to_owned())];
    let mut client = Client::start(Start { files, ..Start::default() });
    let (uri, _) = client.check("a.md", "markdown", "依托公共数据平台归集数据。");
    let command =
        json!({ "command": "zhengming.allow", "arguments": [{ "uri": uri, "term": "公共数据平台" }] });
    let error = client.request("workspace/executeCommand", command).unwrap_err();
    assert!(error["message"].as_str().unwrap().contains("zhengming.toml"), "{error}");
    assert_eq!(std::fs::read_to_string(client.path("zhengming.toml")).unwrap(), "[terms\n");
}
