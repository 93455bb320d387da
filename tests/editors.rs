//! Editors that are installed drive the language server through their own clients.

#![allow(clippy::print_stderr, reason = "skipped tests and transcripts are told")]

use std::path::Path;
use std::process::{Command, Stdio};

/// A draft with what makes positions hard: an emoji, a character beyond the first plane, before the place.
const DRAFT: &str = "# 会议通知\n\n😀𠮷通过浙政盯发送。\n";

#[test]
fn neovim_opens_sees_findings_applies_an_action_and_saves() {
    if Command::new("nvim").arg("--version").stdout(Stdio::null()).status().is_err() {
        eprintln!("skipped: nvim is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("通知.md");
    std::fs::write(&draft, DRAFT).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editors/nvim.lua");
    let output = Command::new("nvim")
        .args(["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c"])
        .arg(format!("luafile {}", script.display()))
        .env("ZHENGMING", env!("CARGO_BIN_EXE_zhengming"))
        .env("DRAFT", &draft)
        .env("LANG", "C.UTF-8")
        // Nothing of the user's own is read or written.
        .env("HOME", folder.path())
        .env("XDG_CONFIG_HOME", folder.path())
        .env("XDG_STATE_HOME", folder.path())
        .env("ZHENGMING_CACHE_DIR", folder.path().join("cache"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let noted = String::from_utf8_lossy(&output.stderr);
    eprintln!("{said}{noted}");
    assert!(output.status.success(), "{said}{noted}");
    assert!(said.contains("“浙政盯”"), "the range is that of the words: {said}");
    assert!(said.lines().any(|line| line == "done"), "{said}{noted}");
    assert_eq!(std::fs::read_to_string(&draft).unwrap(), DRAFT.replace('盯', "钉"));
}
