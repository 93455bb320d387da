//! A document under an author's hands: `cargo run --example editor`.

#![allow(clippy::print_stdout, reason = "an example speaks to its reader")]

use std::sync::Arc;

use zhengming::{Document, Format, Linter, Session};

const DRAFT: &str = "# 2024年工作要点\r\n\r\n😀会议通知统一通过浙政盯发送。\r\n";

/// What the author does: the text to find, and what to put in its place.
const SCRIPT: [(&str, &str); 5] = [
    ("发送", "发送，数据经数据高铁归集"),
    ("浙政盯", "浙政钉"),
    ("\r\n😀", "\r\n依托公共\r\n数据平台。\r\n\r\n😀"),
    ("公共\r\n数据平台", "一体化智能化公共数据平台"),
    ("# ", "## "),
];

fn main() -> Result<(), zhengming::DictionaryError> {
    let linter = Arc::new(Linter::builder().build()?);
    let mut session = Session::new(Arc::clone(&linter), "要点.md", DRAFT, Format::Markdown);
    for (wanted, replacement) in SCRIPT {
        let at = session.text().find(wanted).expect("the script fits the draft");
        let changes = session.edit(at..at + wanted.len(), replacement);
        println!("{wanted:?} → {replacement:?}");
        for gone in &changes.removed {
            println!("  - {}", gone.message.zh);
        }
        for new in &changes.added {
            println!("  + {}（{}）", new.message.zh, new.label.zh);
        }
        // An editor relies on this; a property test in crates/zhengming/tests holds it for any edit.
        assert_eq!(session.findings(), linter.lint(&Document::markdown(session.text())));
    }
    Ok(())
}
