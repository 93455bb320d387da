//! What one edit costs in a document that is open: `cargo bench --bench session`.
//!
//! The text is the Markdown fixtures, repeated; with `ZHENGMING_BENCH_CORPUS=DIR` it is every Markdown file below a
//! folder of yours, in the order of their names.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use divan::Bencher;
use zhengming::{Format, Linter, Session};
use zhengming_text::line_index::floor_boundary;

fn main() {
    divan::main();
}

/// Bytes of the documents.
const SIZES: [usize; 3] = [1 << 10, 100 << 10, 1 << 20];

/// What is pasted: a paragraph with a finding and a definition.
const PASTED: &str =
    "\n\n会议通知统一通过浙政盯发送。本办法所称数据归集，是指将分散的数据汇聚到一处的过程。\n\n";

static LINTER: LazyLock<Arc<Linter>> = LazyLock::new(|| Arc::new(Linter::builder().build().unwrap()));

static TEXT: LazyLock<String> = LazyLock::new(|| {
    let corpus = std::env::var("ZHENGMING_BENCH_CORPUS");
    let folder =
        corpus.unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/drafts").to_owned());
    let mut text = String::new();
    collect(Path::new(&folder), &mut text);
    assert!(!text.is_empty(), "no Markdown below {folder}");
    while text.len() < SIZES[2] {
        text.push_str(&text.clone());
    }
    text
});

fn collect(folder: &Path, text: &mut String) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, text);
        } else if text.len() < SIZES[2] && path.extension().is_some_and(|ending| ending == "md") {
            text.push_str(&std::fs::read_to_string(&path).unwrap_or_default());
            text.push_str("\n\n");
        }
    }
}

fn session(size: usize) -> Session {
    let text = &TEXT[..floor_boundary(&TEXT, size)];
    Session::new(Arc::clone(&LINTER), "a.md", text, Format::Markdown)
}

/// A place in the middle, at the beginning of a character.
fn middle(session: &Session) -> usize {
    floor_boundary(session.text(), session.text().len() / 2)
}

/// One character typed; the next time another, so that no two texts are alike.
#[divan::bench(args = SIZES, sample_count = 50)]
fn keystroke(bencher: Bencher<'_, '_>, size: usize) {
    let mut session = session(size);
    let at = middle(&session);
    bencher.bench_local(|| session.edit(at..at, "数"));
}

#[divan::bench(args = SIZES, sample_count = 50)]
fn paste(bencher: Bencher<'_, '_>, size: usize) {
    let mut session = session(size);
    let at = middle(&session);
    bencher.bench_local(|| session.edit(at..at, PASTED));
}

/// The paste taken back.
#[divan::bench(args = SIZES, sample_count = 50)]
fn undo(bencher: Bencher<'_, '_>, size: usize) {
    let mut first = session(size);
    let at = middle(&first);
    first.edit(at..at, PASTED);
    let pasted = first.text().to_owned();
    bencher
        .with_inputs(|| Session::new(Arc::clone(&LINTER), "a.md", pasted.clone(), Format::Markdown))
        .bench_local_values(|mut session| {
            session.edit(at..at + PASTED.len(), "");
            session
        });
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn open(bencher: Bencher<'_, '_>, size: usize) {
    bencher.bench_local(|| session(size));
}
