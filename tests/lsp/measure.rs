//! Latency and memory, printed and not asserted: `cargo test --release --test lsp measure -- --nocapture`.

use std::time::{Duration, Instant};

use serde_json::json;
use zhengming_text::line_index::floor_boundary;

use crate::client::Client;

/// A document without end: the largest one only where the program was built to be fast.
const LARGEST: usize = if cfg!(debug_assertions) { 100 << 10 } else { 1 << 20 };
const SIZES: [usize; 3] = [1 << 10, 100 << 10, 1 << 20];
const REPEATED: usize = if cfg!(debug_assertions) { 3 } else { 21 };

/// About `bytes` of prose in paragraphs, with a finding here and there.
fn prose(bytes: usize) -> String {
    let mut text = "# 2024年数字化改革工作要点\n\n".to_owned();
    let mut number = 0;
    while text.len() < bytes {
        number += 1;
        text += &format!(
            "## （{number}）持续深化改革\n\n各县（市、区）要按照统一部署，做好第{number}项工作，明确责任单位和完成时限，\
             推动各类应用贯通落地。数据归集以后应当按照《浙江省公共数据条例》的要求开放。\n\n",
        );
        if number % 20 == 0 {
            text += "会议通知统一通过浙政盯发送，依托公共数据平台归集数据。\n\n";
        }
    }
    text
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// The time from a change to the findings for the text that it leads to.
fn change(client: &mut Client, uri: &str, at: usize, length: usize, text: &str) -> Duration {
    let range = json!({ "start": client.position(uri, at), "end": client.position(uri, at + length) });
    let started = Instant::now();
    client.change(uri, vec![json!({ "range": range, "text": text })]);
    client.diagnostics(uri);
    started.elapsed()
}

#[test]
fn latency_of_keystroke_paste_and_undo() {
    const PASTED: &str =
        "\n\n会议通知统一通过浙政盯发送。本办法所称数据归集，是指将数据汇聚到一处的过程。\n\n";
    for size in SIZES.into_iter().filter(|&size| size <= LARGEST) {
        let mut client = Client::new();
        let text = prose(size);
        let (uri, found) = client.check("a.md", "markdown", &text);
        let half = floor_boundary(&text, text.len() / 2);
        let at = text[..half].rfind("做好").unwrap();
        let (mut keys, mut pastes, mut undos) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..REPEATED {
            keys.push(change(&mut client, &uri, at, 0, "数"));
            pastes.push(change(&mut client, &uri, at, 0, PASTED));
            undos.push(change(&mut client, &uri, at, PASTED.len(), ""));
        }
        assert_eq!(client.text(&uri).len(), text.len() + REPEATED * "数".len());
        let (size, found) = (text.len() >> 10, found.len());
        let (key, paste, undo) = (median(keys), median(pastes), median(undos));
        eprintln!(
            "{size:>5} KiB, {found:>4} findings: keystroke {key:.1?}, paste {paste:.1?}, undo {undo:.1?}"
        );
    }
}

#[test]
fn memory_with_fifty_open_documents() {
    let mut client = Client::new();
    client.check("first.md", "markdown", "正文。");
    let before = memory(client.process());
    let text = prose(100 << 10);
    let count = if cfg!(debug_assertions) { 5 } else { 50 };
    for number in 0..count {
        client.check(&format!("{number}.md"), "markdown", &text);
    }
    match (before, memory(client.process())) {
        (Some(before), Some(after)) => {
            eprintln!("{count} documents of 100 KiB: {} MiB, before them {} MiB", after >> 10, before >> 10);
        }
        _ => eprintln!("memory: skipped, no /proc"),
    }
}

/// Resident memory in KiB.
fn memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
