//! A server in this process, with a request that only tests know.

use std::thread::{self, JoinHandle};

use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};
use zhengming::Lang;

use crate::{Options, ServeError, serve};

fn ask(client: &Connection, id: i32, method: &str, params: Value) {
    let request = Request { id: RequestId::from(id), method: method.to_owned(), params };
    client.sender.send(request.into()).unwrap();
}

fn tell(client: &Connection, method: &str, params: Value) {
    client.sender.send(Notification::new(method.to_owned(), params).into()).unwrap();
}

/// The next answer, and what was logged before it.
fn answer(client: &Connection) -> (Response, Vec<String>) {
    let mut logged = Vec::new();
    loop {
        match client.receiver.recv().unwrap() {
            Message::Response(response) => return (response, logged),
            Message::Notification(notice) if notice.method == "window/logMessage" => {
                logged.push(notice.params["message"].as_str().unwrap().to_owned());
            }
            _ => {}
        }
    }
}

/// The version of the state that findings are published for next, and their number.
fn published(client: &Connection) -> (i64, usize) {
    loop {
        if let Message::Notification(notice) = client.receiver.recv().unwrap()
            && notice.method == "textDocument/publishDiagnostics"
        {
            let found = notice.params["diagnostics"].as_array().unwrap().len();
            return (notice.params["version"].as_i64().unwrap(), found);
        }
    }
}

fn start() -> (Connection, JoinHandle<Result<(), ServeError>>) {
    let (here, there) = Connection::memory();
    let options = Options { lang: Lang::En, today: || None, cache: None };
    let server = thread::spawn(move || serve(there, options));
    ask(&here, 1, "initialize", json!({ "capabilities": {} }));
    let (welcome, _) = answer(&here);
    assert!(welcome.response_result.is_ok());
    (here, server)
}

fn stop(client: &Connection, server: JoinHandle<Result<(), ServeError>>) {
    ask(client, 99, "shutdown", Value::Null);
    answer(client);
    tell(client, "exit", Value::Null);
    assert!(server.join().unwrap().is_ok());
}

#[test]
fn a_panic_is_answered_and_logged_and_the_server_goes_on() {
    let (here, server) = start();
    ask(&here, 2, "test/panic", Value::Null);
    let (response, logged) = answer(&here);
    let error = response.response_result.unwrap_err();
    assert_eq!((error.code, error.message.as_str()), (-32603, "internal error: asked for"));
    assert_eq!(logged, ["test/panic: asked for"]);

    let document = json!({ "uri": "file:///a.md", "languageId": "markdown", "version": 1, "text": "浙政盯" });
    tell(&here, "textDocument/didOpen", json!({ "textDocument": document }));
    let place =
        json!({ "textDocument": { "uri": "file:///a.md" }, "position": { "line": 0, "character": 0 } });
    ask(&here, 3, "textDocument/hover", place);
    let (response, _) = answer(&here);
    assert!(
        response.response_result.unwrap()["contents"]["value"].as_str().unwrap().starts_with("**浙政钉**")
    );

    stop(&here, server);
}

#[test]
fn a_text_that_cannot_be_linted_is_answered_with_an_error_until_it_changes() {
    let (here, server) = start();
    let document =
        json!({ "uri": "file:///a.md", "languageId": "markdown", "version": 1, "text": "test/panic" });
    tell(&here, "textDocument/didOpen", json!({ "textDocument": document }));
    let place =
        json!({ "textDocument": { "uri": "file:///a.md" }, "position": { "line": 0, "character": 0 } });
    // The one that waited, and one that comes when the outcome is known.
    for id in [2, 3] {
        ask(&here, id, "textDocument/hover", place.clone());
        let (response, _) = answer(&here);
        let error = response.response_result.unwrap_err();
        assert_eq!((error.code, error.message.as_str()), (-32603, "internal error: asked for"));
    }
    let change = json!({
        "textDocument": { "uri": "file:///a.md", "version": 2 },
        "contentChanges": [{ "text": "浙政盯" }],
    });
    tell(&here, "textDocument/didChange", change);
    ask(&here, 4, "textDocument/hover", place);
    let (response, _) = answer(&here);
    assert!(response.response_result.unwrap()["contents"].is_object());
    stop(&here, server);
}

#[test]
fn findings_of_an_older_state_are_taken_back_when_linting_fails() {
    let (here, server) = start();
    let document = json!({ "uri": "file:///a.md", "languageId": "markdown", "version": 1, "text": "浙政盯" });
    tell(&here, "textDocument/didOpen", json!({ "textDocument": document }));
    assert_eq!(published(&here), (1, 1));
    let change = json!({
        "textDocument": { "uri": "file:///a.md", "version": 2 },
        "contentChanges": [{ "text": "test/panic" }],
    });
    tell(&here, "textDocument/didChange", change);
    assert_eq!(published(&here), (2, 0));
    stop(&here, server);
}
