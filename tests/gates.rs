//! What a folder from strangers may make the program read and write: nothing outside itself, nothing without an end.

#![cfg(unix)]

mod support;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const DRAFT: &str = "# 通知\n\n统一使用浙政盯发送。\n";

/// A folder with a folder of documents in it, `documents`, and what is outside.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        fs::create_dir(place.path("documents")).unwrap();
        place.write("documents/a.md", DRAFT);
        place.write("outside.tsv", "variant\tpreferred\n溪事快办\t溪事速办\n");
        place.write("outside.md", DRAFT);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn pipe(&self, name: &str) {
        assert!(Command::new("mkfifo").arg(self.path(name)).status().unwrap().success());
    }

    fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        command.current_dir(self.path("documents")).args([
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.org",
        ]);
        for variable in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
            command.env_remove(variable);
        }
        let output = command.args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// The status and all that was said of a run in the folder of documents, which must not wait for anything.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_zhengming"))
            .args(arguments)
            .current_dir(self.path("documents"))
            .env("ZHENGMING_CACHE_DIR", "")
            .env("LC_ALL", "zh_CN.UTF-8")
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let began = Instant::now();
        while child.try_wait().unwrap().is_none() {
            if began.elapsed() > Duration::from_secs(60) {
                child.kill().unwrap();
                panic!("{arguments:?} waits without end");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let output = child.wait_with_output().unwrap();
        (output.status.code().unwrap(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    }
}

#[test]
fn a_configuration_that_was_found_names_nothing_outside_the_project() {
    let place = Place::new();
    let outside = place.path("outside.tsv");
    for line in [
        "dictionaries = [\"../outside.tsv\"]".to_owned(),
        format!("dictionaries = [{outside:?}]"),
        "definitions = [\"../outside.md\"]".to_owned(),
        "extends = \"../outside.toml\"".to_owned(),
        "dictionaries = [\"link.tsv\"]".to_owned(),
    ] {
        place.write("outside.toml", "lang = \"zh\"\n");
        let _ = symlink(&outside, place.path("documents/link.tsv"));
        place.write("documents/zhengming.toml", &format!("lang = \"zh\"\n{line}\n"));
        let (code, said) = place.run(&["check", "."]);
        assert_eq!(code, 2, "{line}: {said}");
        assert!(said.contains("zhengming.toml:2: ") && said.contains("在项目之外"), "{line}: {said}");
        assert!(said.contains("--trust-config") && said.contains("--config"), "{said}");
        for trusting in [&["--trust-config"][..], &["--config", "zhengming.toml"]] {
            let (code, said) = place.run(&[&["check", "."], trusting].concat());
            assert_eq!(code, 1, "{line}: {said}");
        }
    }
}

#[test]
fn devices_and_pipes_are_refused_where_nobody_chose_them() {
    let place = Place::new();
    place.pipe("documents/pipe.tsv");
    place.pipe("documents/pipe.md");
    for line in [
        "dictionaries = [\"/dev/zero\"]",
        "dictionaries = [\"pipe.tsv\"]",
        "definitions = [\"pipe.md\"]",
        "extends = \"/dev/zero\"",
    ] {
        place.write("documents/zhengming.toml", &format!("{line}\n"));
        let (code, said) = place.run(&["check", ".", "--trust-config"]);
        assert!(code == 2 && said.contains("不是普通文件"), "{line}: {said}");
        assert_eq!(place.run(&["check", "."]).0, 2, "{line}");
    }
    fs::remove_file(place.path("documents/zhengming.toml")).unwrap();
    // Pipes in a folder are no documents.
    let (code, said) = place.run(&["check", "."]);
    assert!(code == 1 && said.contains("1 个文件"), "{said}");
    place.write("list", "pipe.md\na.md\n");
    let (code, said) = place.run(&["check", "--file-list", "../list"]);
    assert!(code == 2 && said.contains("pipe.md") && said.contains("不是普通文件"), "{said}");
    assert!(said.contains("浙政盯"), "the others are checked: {said}");
    // Nothing is named by a configuration that is a pipe itself.
    place.pipe("documents/zhengming.toml");
    assert_eq!(place.run(&["check", "."]).0, 1);
}

#[test]
fn what_one_names_oneself_may_be_a_pipe() {
    let place = Place::new();
    let script = format!(
        "{} check --dict <(printf 'variant\\tpreferred\\n溪事快办\\t溪事速办\\n') <(printf '接入溪事快办。\\n')",
        env!("CARGO_BIN_EXE_zhengming")
    );
    let Ok(output) = Command::new("bash")
        .args(["-c", &script])
        .current_dir(place.path("documents"))
        .env("ZHENGMING_CACHE_DIR", "")
        .output()
    else {
        return support::skip("bash");
    };
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    // The table is no table by its name, but it was read.
    assert!(!said.contains("不是普通文件") && output.status.code().is_some(), "{said}");
    assert_eq!(place.run(&["check", "--file-list", "/dev/null"]).0, 0);
}

#[test]
fn mending_follows_no_link_out_of_the_repository() {
    if Command::new("git").arg("--version").output().is_err() {
        return support::skip("git");
    }
    let place = Place::new();
    place.git(&["init", "--quiet"]);
    place.git(&["add", "."]);
    place.git(&["commit", "--quiet", "-m", "draft"]);
    symlink("../outside.md", place.path("documents/out.md")).unwrap();
    symlink("nowhere.md", place.path("documents/dangling.md")).unwrap();
    symlink("a.md", place.path("documents/in.md")).unwrap();
    place.write("documents/b.md", DRAFT);
    place.git(&["add", "."]);
    // A repository inside, under the name of a document.
    let inner = "160000,1111111111111111111111111111111111111111,inner.md";
    place.git(&["update-index", "--add", "--cacheinfo", inner]);
    fs::create_dir(place.path("documents/inner.md")).unwrap();
    for arguments in [&["check", "--staged"][..], &["check", "--diff-base", "HEAD"]] {
        let (code, said) = place.run(arguments);
        assert!(code == 1 && said.contains("b.md:3") && said.contains("1 个文件"), "{arguments:?}: {said}");
    }
    let (code, said) = place.run(&["check", "--fix", "--diff-base", "HEAD"]);
    assert!(code == 0 && said.contains("1 个文件"), "{said}");
    assert_eq!(fs::read_to_string(place.path("outside.md")).unwrap(), DRAFT);
    // As a hook names what is tracked.
    let (code, said) = place.run(&["check", "--fix", "out.md", "in.md", "dangling.md"]);
    assert!(code == 2 && said.contains("out.md") && said.contains("仓库之外"), "{said}");
    assert_eq!(fs::read_to_string(place.path("outside.md")).unwrap(), DRAFT);
    assert_eq!(fs::read_to_string(place.path("documents/a.md")).unwrap(), DRAFT.replace('盯', "钉"));
    assert!(is_link(&place.path("documents/in.md")) && is_link(&place.path("documents/out.md")));
}

fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).unwrap().is_symlink()
}

#[test]
fn a_document_beyond_the_limit_is_refused_with_a_sentence() {
    let place = Place::new();
    for name in ["large.md", "large.pdf"] {
        fs::File::create(place.path("documents").join(name)).unwrap().set_len(1 << 34).unwrap();
    }
    let (code, said) = place.run(&["check", "."]);
    assert!(code == 2 && said.matches("文件过大：16384 MiB").count() == 2, "{said}");
    assert!(said.contains("浙政盯"), "the others are checked: {said}");
}
