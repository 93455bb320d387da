//! A small editor: starts the server, keeps its own copy of each text, and applies what the server tells it to.

use std::collections::{HashMap, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

pub(crate) use crate::text::{Unit, apply, path, uri};
use crate::text::{offset, position};

/// Longer than any answer may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// The editor.
pub(crate) struct Client {
    child: Child,
    stdin: ChildStdin,
    messages: Receiver<Value>,
    /// Notices that nobody has asked for yet.
    notices: VecDeque<Value>,
    next: i64,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) capabilities: Value,
    unit: Unit,
    texts: HashMap<String, (i64, String)>,
    /// The answer to `workspace/configuration`.
    pub(crate) settings: Value,
    /// Edits that the server asked to be applied.
    pub(crate) applied: Vec<Value>,
    /// Methods that the server asked for.
    pub(crate) asked: Vec<String>,
}

/// How an editor is started.
pub(crate) struct Start {
    pub(crate) unit: Unit,
    /// Put over the capabilities below.
    pub(crate) capabilities: Value,
    pub(crate) options: Value,
    /// Files of the folder before the server starts.
    pub(crate) files: Vec<(&'static str, String)>,
    /// Folders, below the temporary one; the temporary one itself if there are none.
    pub(crate) folders: Vec<&'static str>,
}

impl Default for Start {
    fn default() -> Self {
        Self {
            unit: Unit::Utf16,
            capabilities: json!({}),
            options: Value::Null,
            files: Vec::new(),
            folders: Vec::new(),
        }
    }
}

impl Client {
    pub(crate) fn new() -> Self {
        Self::start(Start::default())
    }

    pub(crate) fn start(start: Start) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in &start.files {
            write(&folder.path().join(name), text);
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_zhengming"))
            .args(["lsp", "--lang", "zh"])
            .env("ZHENGMING_CACHE_DIR", folder.path().join(".cache"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let stdin = child.stdin.take().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut stdout) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let mut client = Self {
            child,
            stdin,
            messages,
            notices: VecDeque::new(),
            next: 1,
            folder,
            capabilities: Value::Null,
            unit: start.unit,
            texts: HashMap::new(),
            settings: Value::Null,
            applied: Vec::new(),
            asked: Vec::new(),
        };
        let root = client.folder.path().to_owned();
        let roots: Vec<PathBuf> = match start.folders.as_slice() {
            [] => vec![root],
            folders => folders.iter().map(|folder| root.join(folder)).collect(),
        };
        let folders: Vec<Value> =
            roots.iter().map(|root| json!({ "uri": uri(root), "name": "文稿" })).collect();
        let mut capabilities = json!({
            "general": { "positionEncodings": [start.unit.name(), "utf-16"] },
            "workspace": { "applyEdit": true, "workspaceEdit": { "documentChanges": true } },
            "textDocument": {
                "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
                "definition": { "linkSupport": true },
            },
        });
        merge(&mut capabilities, start.capabilities);
        let result = client
            .request(
                "initialize",
                json!({
                    "processId": null,
                    "rootUri": null,
                    "capabilities": capabilities,
                    "initializationOptions": start.options,
                    "workspaceFolders": folders,
                }),
            )
            .unwrap();
        client.capabilities = result["capabilities"].clone();
        client.notify("initialized", json!({}));
        client
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn uri(&self, name: &str) -> String {
        uri(&self.path(name))
    }

    /// Writes a file into the folder, behind the server's back.
    pub(crate) fn write(&self, name: &str, text: &str) {
        write(&self.path(name), text);
    }

    /// Tells the server that files have changed.
    pub(crate) fn touched(&mut self, names: &[&str]) {
        let changes: Vec<Value> =
            names.iter().map(|name| json!({ "uri": self.uri(name), "type": 2 })).collect();
        self.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    }

    pub(crate) fn open(&mut self, name: &str, language: &str, text: &str) -> String {
        let uri = self.uri(name);
        self.open_uri(&uri, language, text);
        uri
    }

    pub(crate) fn open_uri(&mut self, uri: &str, language: &str, text: &str) {
        self.texts.insert(uri.to_owned(), (1, text.to_owned()));
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Opens a text and gives what is found in it.
    pub(crate) fn check(&mut self, name: &str, language: &str, text: &str) -> (String, Vec<Value>) {
        let uri = self.open(name, language, text);
        let found = self.diagnostics(&uri);
        (uri, found)
    }

    /// Types `text` in place of the first `old`, in the editor and at the server.
    pub(crate) fn replace(&mut self, uri: &str, old: &str, text: &str) {
        let current = &self.texts[uri].1;
        let at = current.find(old).unwrap_or_else(|| panic!("no {old} in {current}"));
        let range = json!({ "start": self.position(uri, at), "end": self.position(uri, at + old.len()) });
        self.change(uri, vec![json!({ "range": range, "text": text })]);
    }

    /// Applies changes in the editor and at the server.
    pub(crate) fn change(&mut self, uri: &str, changes: Vec<Value>) {
        for change in &changes {
            let (_, text) = &self.texts[uri];
            let new = match change.get("range") {
                None => change["text"].as_str().unwrap().to_owned(),
                Some(_) => {
                    apply(text, &[json!({ "range": change["range"], "newText": change["text"] })], self.unit)
                }
            };
            self.texts.get_mut(uri).unwrap().1 = new;
        }
        let version = &mut self.texts.get_mut(uri).unwrap().0;
        *version += 1;
        let document = json!({ "uri": uri, "version": *version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    pub(crate) fn text(&self, uri: &str) -> &str {
        &self.texts[uri].1
    }

    pub(crate) fn version(&self, uri: &str) -> i64 {
        self.texts[uri].0
    }

    /// The position of byte `at` of an open text.
    pub(crate) fn position(&self, uri: &str, at: usize) -> Value {
        position(&self.texts[uri].1, at, self.unit)
    }

    /// The position just inside the first `word`.
    pub(crate) fn inside(&self, uri: &str, word: &str) -> Value {
        let text = &self.texts[uri].1;
        let at = text.find(word).unwrap_or_else(|| panic!("no {word} in {text}"));
        position(text, at + word.chars().next().unwrap().len_utf8(), self.unit)
    }

    /// The range of the first `word`.
    pub(crate) fn range(&self, uri: &str, word: &str) -> Value {
        let at = self.texts[uri].1.find(word).unwrap();
        json!({ "start": self.position(uri, at), "end": self.position(uri, at + word.len()) })
    }

    /// What stands at `range` of an open text.
    pub(crate) fn at<'t>(&'t self, uri: &str, range: &Value) -> &'t str {
        let text = &self.texts[uri].1;
        &text[offset(text, &range["start"], self.unit)..offset(text, &range["end"], self.unit)]
    }

    /// What is at `method`, asked for the first `word` of an open text.
    pub(crate) fn ask_at(&mut self, method: &str, uri: &str, word: &str) -> Value {
        let position = self.inside(uri, word);
        self.request(method, json!({ "textDocument": { "uri": uri }, "position": position })).unwrap()
    }

    /// Code actions at the first `word` of an open text.
    pub(crate) fn actions(&mut self, uri: &str, word: &str) -> Vec<Value> {
        let range = self.range(uri, word);
        let context = json!({ "diagnostics": [] });
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
        self.request("textDocument/codeAction", params).unwrap().as_array().unwrap().clone()
    }

    /// Does what an action says: edits, then command.
    pub(crate) fn run(&mut self, action: &Value) {
        if let Some(edit) = action.get("edit") {
            self.apply_edit(edit);
        }
        if let Some(command) = action.get("command") {
            let params = json!({ "command": command["command"], "arguments": command["arguments"] });
            self.request("workspace/executeCommand", params).unwrap();
        }
    }

    /// Applies an edit of the workspace to the open texts, and tells the server; files that are not open are
    /// written.
    pub(crate) fn apply_edit(&mut self, edit: &Value) {
        for document in edit["documentChanges"].as_array().expect("we said that we know them") {
            let uri = document["textDocument"]["uri"].as_str().unwrap().to_owned();
            let edits = document["edits"].as_array().unwrap();
            if self.texts.contains_key(&uri) {
                assert_eq!(document["textDocument"]["version"], self.version(&uri), "for another state");
                let new = apply(self.text(&uri), edits, self.unit);
                self.change(&uri, vec![json!({ "text": new })]);
            } else {
                assert_eq!(document["textDocument"]["version"], Value::Null);
                let path = path(&uri);
                let new = apply(&std::fs::read_to_string(&path).unwrap(), edits, self.unit);
                std::fs::write(path, new).unwrap();
            }
        }
    }

    /// What is published for the present state of an open text.
    pub(crate) fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        let version = self.version(uri);
        let found = self.notice("textDocument/publishDiagnostics", |params| {
            params["uri"] == uri && params["version"] == version
        });
        found["diagnostics"].as_array().unwrap().clone()
    }

    /// The parameters of the next notice that fits; older ones of its method are dropped.
    pub(crate) fn notice(&mut self, method: &str, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let at = self.notices.iter().position(|it| it["method"] == method && fits(&it["params"]));
            if let Some(at) = at {
                return self.notices.remove(at).unwrap()["params"].take();
            }
            let message = self.receive();
            self.notices.push_back(message);
        }
    }

    /// Whether a notice of this kind came so far.
    pub(crate) fn has_notice(&self, method: &str) -> bool {
        self.notices.iter().any(|notice| notice["method"] == method)
    }

    pub(crate) fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.send_request(method, params);
        self.answer(id)
    }

    pub(crate) fn send_request(&mut self, method: &str, params: Value) -> i64 {
        let id = self.next;
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The result of request `id`, or its error.
    pub(crate) fn answer(&mut self, id: i64) -> Result<Value, Value> {
        loop {
            let at = self.notices.iter().position(|it| it["id"] == id && it.get("method").is_none());
            if let Some(at) = at {
                let mut message = self.notices.remove(at).unwrap();
                return match message.get("error") {
                    Some(error) => Err(error.clone()),
                    None => Ok(message["result"].take()),
                };
            }
            let message = self.receive();
            self.notices.push_back(message);
        }
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    pub(crate) fn send(&mut self, message: &Value) {
        self.send_raw(&frame(message));
    }

    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        self.stdin.write_all(bytes).unwrap();
        self.stdin.flush().unwrap();
    }

    /// The next message that is no request; requests are answered at once.
    fn receive(&mut self) -> Value {
        loop {
            let message = self.messages.recv_timeout(PATIENCE).expect("the server answers in time");
            let (Some(method), Some(id)) = (message["method"].as_str(), message.get("id")) else {
                return message;
            };
            let result = match method {
                "workspace/configuration" => json!([self.settings]),
                "workspace/applyEdit" => json!({ "applied": true }),
                _ => Value::Null,
            };
            let (method, id) = (method.to_owned(), id.clone());
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
            if method == "workspace/applyEdit" {
                self.applied.push(message["params"]["edit"].clone());
            }
            self.asked.push(method);
        }
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Says goodbye as the protocol wants it.
    pub(crate) fn stop(mut self) -> ExitStatus {
        assert_eq!(self.request("shutdown", Value::Null), Ok(Value::Null));
        self.notify("exit", Value::Null);
        self.child.wait().unwrap()
    }

    /// Waits until the server has ended by itself.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A message with its header.
pub(crate) fn frame(message: &Value) -> Vec<u8> {
    let text = message.to_string();
    let mut bytes = format!("Content-Length: {}\r\n\r\n", text.len()).into_bytes();
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

fn read(from: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => {
                if let Some(value) = line.strip_prefix("Content-Length: ") {
                    length = value.parse().ok()?;
                }
            }
        }
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes).ok()?;
    Some(serde_json::from_slice(&bytes).expect("the server sends JSON"))
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (_, Value::Null) => {}
        (into, from) => *into = from,
    }
}

/// The rules of findings, in order.
pub(crate) fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().map(|one| one["code"].as_str().unwrap()).collect()
}

/// The action whose title holds `part`.
pub(crate) fn titled<'a>(actions: &'a [Value], part: &str) -> &'a Value {
    let titles: Vec<_> = actions.iter().map(|action| action["title"].to_string()).collect();
    actions
        .iter()
        .find(|action| action["title"].as_str().unwrap().contains(part))
        .unwrap_or_else(|| panic!("no {part} in {titles:?}"))
}
