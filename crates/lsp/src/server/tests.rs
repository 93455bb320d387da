//! A server in this process, with a request that only tests know.

use std::thread;

use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};
use zhengming::Lang;

use crate::{Options, serve};

fn ask(client: &Connection, id: i32, method: &str, params: Value) {
    let request = Request { id: RequestId::from(id), method: method.to_owned(), params };
    client.sender.send(request.into()).unwrap();
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

#[test]
fn a_panic_is_answered_and_logged_and_the_server_goes_on() {
    let (here, there) = Connection::memory();
    let options = Options { lang: Lang::En, today: || None, cache: None };
    let server = thread::spawn(move || serve(there, options));
    ask(&here, 1, "initialize", json!({ "capabilities": {} }));
    let (welcome, _) = answer(&here);
    assert!(welcome.response_result.is_ok());

    ask(&here, 2, "test/panic", Value::Null);
    let (response, logged) = answer(&here);
    let error = response.response_result.unwrap_err();
    assert_eq!((error.code, error.message.as_str()), (-32603, "internal error: asked for"));
    assert_eq!(logged, ["test/panic: asked for"]);

    let document = json!({ "uri": "file:///a.md", "languageId": "markdown", "version": 1, "text": "浙政盯" });
    let opened = json!({ "textDocument": document });
    here.sender.send(Notification::new("textDocument/didOpen".to_owned(), opened).into()).unwrap();
    let place =
        json!({ "textDocument": { "uri": "file:///a.md" }, "position": { "line": 0, "character": 0 } });
    ask(&here, 3, "textDocument/hover", place);
    let (response, _) = answer(&here);
    assert!(
        response.response_result.unwrap()["contents"]["value"].as_str().unwrap().starts_with("**浙政钉**")
    );

    ask(&here, 4, "shutdown", Value::Null);
    answer(&here);
    here.sender.send(Notification::new("exit".to_owned(), Value::Null).into()).unwrap();
    assert!(server.join().unwrap().is_ok());
}
