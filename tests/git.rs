//! What is staged, what changed, and the hook, on repositories made for the purpose.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A repository in a folder that goes away, with one committed draft.
struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    /// Nothing where git is not installed, which is said.
    fn new() -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            support::skip("git");
            return None;
        }
        let repository = Self { folder: tempfile::tempdir().unwrap() };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.git(&["config", "user.name", "drafter"]);
        repository.git(&["config", "user.email", "drafter@example.org"]);
        repository.write("draft.md", "# 通知\n\n旧稿里的浙政盯。\n\n请各单位办理。\n");
        repository.git(&["add", "."]);
        repository.git(&["commit", "--quiet", "--message", "draft"]);
        Some(repository)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    fn git(&self, arguments: &[&str]) -> Output {
        let output = self.try_git(arguments);
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        output
    }

    fn try_git(&self, arguments: &[&str]) -> Output {
        git_at(self.folder.path()).args(arguments).output().unwrap()
    }

    /// The status and what was printed, findings as `path:line:column: …`.
    fn zhengming(&self, below: &str, arguments: &[&str]) -> (i32, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_zhengming"))
            .args(arguments)
            .current_dir(self.path(below))
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .env("ZHENGMING_CACHE_DIR", "")
            .output()
            .unwrap();
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.code().unwrap(), text)
    }
}

/// git in `folder`, without the settings of the user or of a hook that runs these tests.
fn git_at(folder: &Path) -> Command {
    let mut git = Command::new("git");
    git.current_dir(folder).env_remove("GIT_DIR").env_remove("GIT_INDEX_FILE");
    git.env("GIT_CONFIG_GLOBAL", folder.join("no-such-file")).env("GIT_CONFIG_NOSYSTEM", "1");
    git
}

#[test]
fn the_staged_text_is_checked_not_the_file() {
    let Some(repository) = Repository::new() else { return };
    repository.write("new.md", "会议通知通过浙政盯发送。\n");
    repository.git(&["add", "new.md"]);
    repository.write("new.md", "会议通知通过浙政钉发送。\n");
    let (code, text) = repository.zhengming(".", &["check", "--staged"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("new.md:1:7") && !text.contains("draft.md"), "{text}");

    repository.git(&["add", "new.md"]);
    repository.write("new.md", "会议通知通过浙政盯发送。\n");
    let (code, text) = repository.zhengming(".", &["check", "--staged"]);
    assert_eq!((code, text.as_str()), (0, "共检查 1 个文件，未发现问题\n"));
}

#[test]
fn nothing_staged_is_nothing_to_complain_of() {
    let Some(repository) = Repository::new() else { return };
    repository.write("picture.png", "no document");
    repository.git(&["add", "."]);
    let (code, text) = repository.zhengming(".", &["check", "--staged"]);
    assert_eq!((code, text.as_str()), (0, ""));
}

#[test]
fn staged_files_have_names_as_seen_from_the_folder() {
    let Some(repository) = Repository::new() else { return };
    repository.write("文稿/讲话 稿.md", "通过浙政盯发送。\n");
    repository.git(&["add", "."]);
    let (_, text) = repository.zhengming("文稿", &["check", "--staged"]);
    assert!(text.starts_with("讲话 稿.md:1:3"), "{text}");
    let (_, text) = repository.zhengming(".", &["check", "--staged", "文稿"]);
    assert!(text.starts_with("文稿/讲话 稿.md:1:3"), "{text}");
}

#[test]
fn only_changed_lines_count() {
    let Some(repository) = Repository::new() else { return };
    repository.write("draft.md", "# 通知\n\n旧稿里的浙政盯。\n\n请各单位通过浙政盯办理。\n");
    repository.write("untracked.md", "新稿里的浙政盯。\n");
    let (code, text) = repository.zhengming(".", &["check", "--diff-base", "HEAD"]);
    assert_eq!(code, 1, "{text}");
    let places: Vec<&str> = text.lines().filter_map(|line| Some(line.split_once(": ")?.0)).collect();
    assert_eq!(places, ["draft.md:5:7", "untracked.md:1:5"]);

    let (code, text) = repository.zhengming(".", &["check", "--diff-base", "no-such-branch"]);
    assert_eq!(code, 2);
    assert!(text.contains("no-such-branch"), "{text}");
}

#[test]
fn settings_and_names_of_the_user_change_nothing() {
    let Some(repository) = Repository::new() else { return };
    repository.git(&["config", "diff.relative", "true"]);
    repository.git(&["config", "diff.interHunkContext", "5"]);
    repository.write("below/1:稿.md", "一\n\n通过浙政盯。\n\n五\n");
    repository.git(&["add", "."]);
    let (code, text) = repository.zhengming("below", &["check", "--staged"]);
    assert!(code == 1 && text.starts_with("1:稿.md:3:3"), "{text}");
    repository.git(&["commit", "--quiet", "--message", "below"]);
    repository.write("below/1:稿.md", "壹\n\n通过浙政盯。\n\n伍\n");
    let (code, text) = repository.zhengming("below", &["check", "--diff-base", "HEAD"]);
    assert_eq!(
        (code, text.as_str()),
        (0, "共检查 1 个文件，未发现问题\n"),
        "only the lines around it changed"
    );
}

#[test]
fn only_changed_lines_are_fixed() {
    let Some(repository) = Repository::new() else { return };
    repository.write("a.md", "旧的浙政盯。\n\n没有问题。\n\n旧的浙政盯也在。\n");
    repository.git(&["add", "."]);
    repository.git(&["commit", "-qm", "first"]);
    repository.write("a.md", "旧的浙政盯。\n\n新的浙政盯。\n\n旧的浙政盯也在。\n");
    let (code, text) = repository.zhengming(".", &["check", "--fix", "--diff-base", "HEAD"]);
    assert_eq!(code, 0, "{text}");
    let mended = std::fs::read_to_string(repository.path("a.md")).unwrap();
    assert_eq!(mended, "旧的浙政盯。\n\n新的浙政钉。\n\n旧的浙政盯也在。\n");
}

#[test]
fn a_changed_line_is_judged_though_the_paragraph_had_the_fault_before() {
    let Some(repository) = Repository::new() else { return };
    repository.write("draft.md", "# 通知\n\n旧稿里的浙政盯。\n新句里的浙政盯。\n\n请各单位办理。\n");
    let (code, text) = repository.zhengming(".", &["check", "--diff-base", "HEAD"]);
    assert!(code == 1 && text.starts_with("draft.md:4:5"), "{text}");
}

#[test]
fn a_branch_is_compared_with_where_it_began() {
    let Some(repository) = Repository::new() else { return };
    repository.git(&["switch", "--quiet", "--create", "topic"]);
    repository.write("topic.md", "新稿里的浙政盯。\n");
    repository.git(&["add", "."]);
    repository.git(&["commit", "--quiet", "--message", "topic"]);
    repository.git(&["switch", "--quiet", "main"]);
    repository.write("draft.md", "# 通知\n\n旧稿里的浙政钉。\n\n请各单位办理。\n");
    repository.git(&["commit", "--quiet", "--all", "--message", "mended"]);
    repository.git(&["switch", "--quiet", "topic"]);
    let (_, text) = repository.zhengming(".", &["check", "--diff-base", "main"]);
    assert!(text.contains("topic.md:1:5") && !text.contains("draft.md"), "{text}");
}

#[test]
fn the_hook_stops_a_commit_and_lets_a_mended_one_pass() {
    let Some(repository) = Repository::new() else { return };
    let (code, text) = repository.zhengming(".", &["hook", "install"]);
    assert_eq!(code, 0, "{text}");
    repository.write("new.md", "会议通知通过浙政盯发送。\n");
    repository.git(&["add", "."]);
    let refused = repository.try_git(&["commit", "--message", "new"]);
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&[refused.stdout, refused.stderr].concat()).into_owned();
    assert!(said.contains("浙政钉"), "{said}");

    repository.write("new.md", "会议通知通过浙政钉发送。\n");
    repository.git(&["commit", "--quiet", "--all", "--message", "new"]);

    assert_eq!(repository.zhengming(".", &["hook", "uninstall"]).0, 0);
    assert!(!repository.path(".git/hooks/pre-commit").exists());
}

#[test]
fn a_hook_of_somebody_else_stays() {
    let Some(repository) = Repository::new() else { return };
    repository.git(&["config", "core.hooksPath", "hooks"]);
    repository.write("hooks/pre-commit", "#!/bin/sh\nexit 0\n");
    for command in ["install", "uninstall"] {
        let (code, text) = repository.zhengming(".", &["hook", command]);
        assert_eq!(code, 2, "{text}");
        assert_eq!(fs::read_to_string(repository.path("hooks/pre-commit")).unwrap(), "#!/bin/sh\nexit 0\n");
    }
    fs::remove_file(repository.path("hooks/pre-commit")).unwrap();
    assert_eq!(repository.zhengming(".", &["hook", "install"]).0, 0);
    let script = fs::read_to_string(repository.path("hooks/pre-commit")).unwrap();
    assert!(script.contains("check --staged"), "{script}");
}

#[test]
fn outside_of_a_repository_git_is_quoted() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_zhengming"))
        .args(["check", "--staged", "--lang", "en"])
        .current_dir(folder.path())
        .env("GIT_CEILING_DIRECTORIES", folder.path())
        .env("ZHENGMING_CACHE_DIR", "")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("git says: not a git repository"), "{text}");
}
