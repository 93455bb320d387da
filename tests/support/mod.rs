//! Running the program on fixtures.

#![allow(dead_code, reason = "each test program uses a part")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What a run of the program gave.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the program in the project's folder.
pub(crate) fn zhengming(arguments: &[&str]) -> Run {
    zhengming_with_input(arguments, b"")
}

/// Runs the program with something on standard input.
pub(crate) fn zhengming_with_input(arguments: &[&str], input: &[u8]) -> Run {
    let output = output(arguments, input);
    Run {
        code: output.status.code().expect("not ended by a signal"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What the program writes to standard output, in whatever encoding.
pub(crate) fn raw(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    output(arguments, input).stdout
}

fn output(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_zhengming"))
        // Messages are tested in Chinese, whatever the machine speaks.
        .env("LC_ALL", "zh_CN.UTF-8")
        .args(arguments)
        .env("ZHENGMING_CACHE_DIR", "")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // From a thread of its own: the program may write before it has read everything, or not read at all.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// The path of a fixture.
pub(crate) fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name).display().to_string()
}

/// Parses what the program printed.
pub(crate) fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A copy of a fixture in a folder that goes away.
pub(crate) struct Scratch {
    pub(crate) path: PathBuf,
    _folder: tempfile::TempDir,
}

impl Scratch {
    pub(crate) fn with(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(Path::new(name).file_name().unwrap());
        std::fs::copy(fixture(name), &path).unwrap();
        Self { path, _folder: folder }
    }

    pub(crate) fn path(&self) -> &str {
        self.path.to_str().unwrap()
    }
}

/// Says why a test did nothing: an optional program is missing.
#[allow(clippy::print_stderr, reason = "this is what it is for")]
pub(crate) fn skip(missing: &str) {
    eprintln!("{missing} is not installed: skipped");
}
