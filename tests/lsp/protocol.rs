//! Beginning, end, refusals, cancellation, and the units of columns.

use serde_json::{Value, json};

use crate::client::{Client, Start, Unit, frame};

#[test]
fn columns_are_counted_in_the_unit_agreed_on() {
    for (unit, start, end) in [(Unit::Utf8, 14, 23), (Unit::Utf16, 6, 9), (Unit::Utf32, 4, 7)] {
        let mut client = Client::start(Start { unit, ..Start::default() });
        assert_eq!(client.capabilities["positionEncoding"], unit.name());
        let (uri, found) = client.check("a.md", "markdown", "# 题\r\n\r\n😀𠮷通过浙政盯发送。\r\n");
        let line = |character: u32| json!({ "line": 2, "character": character });
        assert_eq!(found[0]["range"], json!({ "start": line(start), "end": line(end) }), "{unit:?}");
        assert_eq!(client.at(&uri, &found[0]["range"]), "浙政盯");
    }
}

#[test]
fn an_editor_that_offers_no_unit_counts_in_utf_16() {
    let capabilities = json!({ "general": { "positionEncodings": [] } });
    let client = Client::start(Start { capabilities, ..Start::default() });
    assert_eq!(client.capabilities["positionEncoding"], "utf-16");
}

#[test]
fn what_is_wrong_with_a_request_is_answered_and_the_server_goes_on() {
    let mut client = Client::new();
    assert_eq!(client.request("textDocument/fold", json!({})).unwrap_err()["code"], -32601);
    assert_eq!(client.request("textDocument/hover", json!({})).unwrap_err()["code"], -32602);
    let nowhere =
        json!({ "textDocument": { "uri": "file:///none.md" }, "position": { "line": 9, "character": 9 } });
    assert_eq!(client.request("textDocument/hover", nowhere), Ok(Value::Null));
    client.notify("textDocument/didChange", json!({ "nonsense": true }));
    client.notify("$/setTrace", json!({ "value": "off" }));
    let (uri, _) = client.check("a.md", "markdown", "通过浙政盯发送。");
    let far = json!({ "textDocument": { "uri": uri }, "position": { "line": 999, "character": 999 } });
    assert_eq!(client.request("textDocument/hover", far), Ok(Value::Null));
    assert!(client.stop().success());
}

#[test]
fn a_request_that_is_taken_back_is_not_answered_with_a_result() {
    let mut client = Client::new();
    // In one go: the text is long enough that nobody can have linted it before the request is taken back.
    let text = "会议通知统一通过浙政盯发送，数据经公共数据平台归集。\n\n".repeat(4_000);
    let uri = client.uri("a.md");
    let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
    let place = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 9 } });
    let messages = [
        json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": document } }),
        json!({ "jsonrpc": "2.0", "id": 901, "method": "textDocument/hover", "params": place }),
        json!({ "jsonrpc": "2.0", "id": 902, "method": "textDocument/hover", "params": place }),
        json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 901 } }),
    ];
    let bytes: Vec<u8> = messages.iter().flat_map(frame).collect();
    client.send_raw(&bytes);
    assert_eq!(client.answer(901).unwrap_err()["code"], -32800);
    let hover = client.answer(902).unwrap();
    assert!(hover["contents"]["value"].as_str().unwrap().contains("浙政钉"), "{hover}");
}

#[test]
fn closing_a_text_answers_those_who_wait_for_it() {
    let mut client = Client::new();
    let text = "会议通知统一通过浙政盯发送。\n\n".repeat(4_000);
    let uri = client.open("a.md", "markdown", &text);
    let place = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 9 } });
    let id = client.send_request("textDocument/hover", place);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    // Either it was answered just before, or with the error that says that the text is gone.
    if let Err(error) = client.answer(id) {
        assert_eq!(error["code"], -32801);
    }
}

#[test]
fn the_end_is_a_success_only_after_shutdown() {
    assert!(Client::new().stop().success());
    let mut client = Client::new();
    client.notify("exit", Value::Null);
    assert_eq!(client.wait().code(), Some(2));
    let mut client = Client::new();
    assert_eq!(client.request("shutdown", Value::Null), Ok(Value::Null));
    assert_eq!(client.request("textDocument/hover", json!({})).unwrap_err()["code"], -32600);
}

#[test]
fn addresses_with_characters_left_as_they_are_name_the_same_file() {
    let mut client = Client::new();
    let raw = format!("file://{}/文 稿.md", client.folder.path().display());
    client.open_uri(&raw, "markdown", "通过浙政盯发送。");
    let encoded = client.uri("文 稿.md");
    let found = client.notice("textDocument/publishDiagnostics", |params| params["uri"] == encoded);
    assert_eq!(found["diagnostics"].as_array().unwrap().len(), 1);
}
