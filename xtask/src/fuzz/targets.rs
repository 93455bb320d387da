//! What is fuzzed: functions of bytes that hold for any bytes. `cargo xtask fuzz` runs them with a mutator of its own on
//! a stable toolchain, `fuzz/` with libFuzzer.

use std::io::Cursor;
use std::sync::OnceLock;

use lsp_server::{Connection, Message, Notification, Request, RequestId};
use zhengming::internal::fix;
use zhengming::{Document, Lang, Linter};
use zhengming_exchange::interchange;
use zhengming_report::{Comments, annotated};
use zhengming_text::span::TextRange;

/// One function of bytes, which panics if something does not hold.
pub(crate) struct Target {
    /// Its name.
    pub(crate) name: &'static str,
    /// The endings of files that are good to begin with.
    pub(crate) seeds: &'static [&'static str],
    /// The function.
    pub(crate) run: fn(&[u8]),
}

/// All of them.
pub(crate) const TARGETS: [Target; 16] = [
    Target { name: "read-markdown", seeds: &["md"], run: |bytes| read("a.md", bytes) },
    Target { name: "read-text", seeds: &["txt", "md"], run: |bytes| read("a.txt", bytes) },
    Target { name: "read-html", seeds: &["html", "htm"], run: |bytes| read("a.html", bytes) },
    Target { name: "read-csv", seeds: &["csv", "tsv"], run: |bytes| read("a.csv", bytes) },
    Target { name: "read-docx", seeds: &["docx"], run: |bytes| read("a.docx", bytes) },
    Target { name: "read-xlsx", seeds: &["xlsx"], run: |bytes| read("a.xlsx", bytes) },
    Target { name: "read-odt", seeds: &["odt"], run: |bytes| read("a.odt", bytes) },
    Target { name: "read-ofd", seeds: &["ofd"], run: |bytes| read("a.ofd", bytes) },
    Target { name: "read-pdf", seeds: &["pdf"], run: |bytes| read("a.pdf", bytes) },
    Target { name: "dictionary-toml", seeds: &["toml"], run: |bytes| dictionary("a.toml", bytes) },
    Target { name: "dictionary-tbx", seeds: &["tbx"], run: |bytes| dictionary("a.tbx", bytes) },
    Target { name: "dictionary-xlsx", seeds: &["xlsx"], run: |bytes| dictionary("a.xlsx", bytes) },
    Target { name: "fix-markdown", seeds: &["md"], run: |bytes| fix_then_lint("a.md", bytes) },
    Target { name: "fix-html", seeds: &["html"], run: |bytes| fix_then_lint("a.html", bytes) },
    Target { name: "annotate", seeds: &["docx"], run: annotate_then_read },
    Target { name: "lsp", seeds: &["lsp"], run: lsp },
];

fn linter() -> &'static Linter {
    static LINTER: OnceLock<Linter> = OnceLock::new();
    LINTER.get_or_init(|| Linter::builder().build().expect("the built-in dictionaries are sound"))
}

/// A file is a document, of which every place leads into its text, or there is a reason why not.
fn read(name: &str, bytes: &[u8]) {
    match zhengming_formats::read(name, bytes) {
        Err(error) => assert!(!error.text().zh.is_empty() && !error.text().en.is_empty()),
        Ok(document) => {
            let source = document.source();
            for block in document.blocks() {
                let span = block.span(TextRange::new(0, block.text().len()));
                assert!(span.start <= span.end && span.end <= source.len(), "{span:?}");
                assert!(source.is_char_boundary(span.start) && source.is_char_boundary(span.end));
            }
        }
    }
}

/// A file is a dictionary that a linter can be made of, or there is a reason why not.
fn dictionary(name: &str, bytes: &[u8]) {
    match interchange::read(name, bytes) {
        Err(error) => assert!(!error.text().zh.is_empty()),
        Ok((dictionary, _)) => {
            let _ = Linter::builder().builtin(false).dictionary(dictionary).build();
        }
    }
}

/// What was mended needs no mending any more.
fn fix_then_lint(name: &str, bytes: &[u8]) {
    let Ok(document) = Document::read(name, bytes) else { return };
    let found = linter().check(&document).diagnostics;
    let Some(fixed) = fix(linter(), &document, &found, false) else { return };
    let again = fix(linter(), &fixed.document, &fixed.diagnostics, false);
    assert!(
        again.is_none(),
        "{:?}\nbecame\n{:?}\nbecame\n{:?}",
        document.text(),
        fixed.text,
        again.map(|it| it.text)
    );
}

/// A Word file with comments is a Word file with the same text; with comments once more it is the same file.
fn annotate_then_read(bytes: &[u8]) {
    for comments in [Comments::default(), Comments { tracked: true, all: true }] {
        let Ok(once) = annotated(linter(), "a.docx", bytes, comments, Lang::Zh) else { return };
        let once = once.annotated.bytes;
        let twice =
            annotated(linter(), "a.docx", &once, comments, Lang::Zh).expect("what was written can be read");
        assert!(once == twice.annotated.bytes, "annotating twice gives another file");
    }
}

/// A server that is sent anything answers, or ends with a reason.
fn lsp(bytes: &[u8]) {
    let (client, server) = Connection::memory();
    let options = zhengming_lsp::Options { lang: Lang::Zh, today: || None, cache: None };
    let serving = std::thread::spawn(move || zhengming_lsp::serve(server, options));
    let initialize = serde_json::json!({ "capabilities": {} });
    let send = |message: Message| client.sender.send(message).is_ok();
    send(Request { id: RequestId::from(-1), method: "initialize".to_owned(), params: initialize }.into());
    send(Notification { method: "initialized".to_owned(), params: serde_json::json!({}) }.into());
    let mut frames = Cursor::new(bytes);
    while let Ok(Some(message)) = Message::read(&mut frames) {
        if !send(message) {
            break;
        }
    }
    send(
        Request { id: RequestId::from(-2), method: "shutdown".to_owned(), params: serde_json::Value::Null }
            .into(),
    );
    send(Notification { method: "exit".to_owned(), params: serde_json::Value::Null }.into());
    drop(client.sender);
    // Whatever it says is heard, so that it never waits for its listener.
    while client.receiver.recv().is_ok() {}
    assert!(serving.join().is_ok(), "the server panicked");
}

/// Runs the target called `name`, for fuzzers that have one program each.
#[allow(dead_code, reason = "libFuzzer's programs ask for it")]
pub(crate) fn run(name: &str, bytes: &[u8]) {
    if let Some(target) = TARGETS.iter().find(|target| target.name == name) {
        (target.run)(bytes);
    }
}
