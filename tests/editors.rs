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
    let said = neovim("nvim.lua", folder.path(), &draft);
    assert!(said.contains("“浙政盯”"), "the range is that of the words: {said}");
    assert_eq!(std::fs::read_to_string(&draft).unwrap(), DRAFT.replace('盯', "钉"));
}

#[test]
fn the_hook_of_the_page_for_neovim_mends_what_is_saved() {
    if Command::new("nvim").arg("--version").stdout(Stdio::null()).status().is_err() {
        eprintln!("skipped: nvim is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/neovim.md");
    let page = std::fs::read_to_string(page).unwrap();
    let snippet = page.split("```lua\n").find(|part| part.contains("BufWritePre")).unwrap();
    std::fs::write(folder.path().join("hook.lua"), snippet.split("```").next().unwrap()).unwrap();
    let draft = folder.path().join("通知.md");
    neovim("nvim_save.lua", folder.path(), &draft);
    assert_eq!(std::fs::read_to_string(&draft).unwrap(), DRAFT.replace('盯', "钉"));
}

/// Has Neovim run a script of `tests/editors` on the draft; gives what it says.
fn neovim(script: &str, folder: &Path, draft: &Path) -> String {
    std::fs::write(draft, DRAFT).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editors").join(script);
    let output = Command::new("nvim")
        .args(["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c"])
        .arg(format!("luafile {}", script.display()))
        .env("ZHENGMING", env!("CARGO_BIN_EXE_zhengming"))
        .env("DRAFT", draft)
        .env("LANG", "C.UTF-8")
        // Nothing of the user's own is read or written.
        .env("HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .env("XDG_STATE_HOME", folder)
        .env("ZHENGMING_CACHE_DIR", folder.join("cache"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let noted = String::from_utf8_lossy(&output.stderr);
    eprintln!("{said}{noted}");
    assert!(output.status.success(), "{said}{noted}");
    assert!(said.lines().any(|line| line == "done"), "{said}{noted}");
    said
}
