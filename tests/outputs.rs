//! Where results are written: never over what was read, and never read again as documents.

mod support;

use std::fs;
use std::path::Path;

use support::{Run, zhengming};

const DRAFT: &str = "# 实施方案\n\n依托浙政盯推进公共数据高铁建设。\n";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    let arguments: Vec<String> = arguments
        .iter()
        .map(|argument| match argument.strip_prefix('@') {
            Some(name) => folder.join(name).display().to_string(),
            None => (*argument).to_owned(),
        })
        .collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    zhengming(&arguments)
}

#[test]
fn no_command_writes_over_what_it_reads() {
    let folder = folder(&[
        ("方案.md", DRAFT),
        ("b.md", "# 乙\n"),
        ("变体.tsv", "variant\tpreferred\n浙政盯\t浙政钉\n"),
    ]);
    let here = folder.path();
    let summaries = run(here, &["summarize", "@方案.md"]).out;
    fs::write(here.join("s.jsonl"), &summaries).unwrap();
    let dictionary =
        "[dictionary]\nid = \"house\"\ntitle = \"本单位术语\"\n\n[[concept]]\nterm = \"浙政钉\"\n";
    fs::write(here.join("a.toml"), dictionary).unwrap();
    fs::write(here.join("b.toml"), dictionary).unwrap();
    for (arguments, input, content) in [
        (&["report", "@方案.md", "-o", "@方案.md"][..], "方案.md", DRAFT),
        (&["report", "@", "-o", "@方案.md"], "方案.md", DRAFT),
        (&["report", "@方案.md", "@b.md", "-o", "@b.md"], "b.md", "# 乙\n"),
        (&["report", "@b.md", "--dict", "@a.toml", "-o", "@b.md"], "b.md", "# 乙\n"),
        (&["summarize", "@方案.md", "-o", "@方案.md"], "方案.md", DRAFT),
        (&["summarize", "@b.md", "--dict", "@a.toml", "-o", "@a.toml"], "a.toml", dictionary),
        (&["reduce", "@s.jsonl", "-o", "@s.jsonl"], "s.jsonl", &summaries),
        (&["check", "@方案.md", "-o", "@方案.md"], "方案.md", DRAFT),
        (&["check", "@b.md", "--dict", "@a.toml", "-o", "@a.toml"], "a.toml", dictionary),
        (&["dict", "import", "@a.toml", "-o", "@a.toml"], "a.toml", dictionary),
        (&["dict", "export", "@a.toml", "--to", "md", "-o", "@a.toml"], "a.toml", dictionary),
        (&["dict", "diff", "@a.toml", "@b.toml", "-o", "@b.toml"], "b.toml", dictionary),
        (&["dict", "diff", "@a.toml", "@b.toml", "--write-supersedes", "@a.toml"], "a.toml", dictionary),
    ] {
        let run = run(here, arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
        assert!(run.err.contains("会被结果覆盖"), "{arguments:?}: {}", run.err);
        assert_eq!(fs::read_to_string(here.join(input)).unwrap(), content, "{arguments:?}");
    }
}

#[test]
fn configurations_and_their_dictionaries_are_read_as_well() {
    let configuration = "dictionaries = [\"变体.tsv\"]\n";
    let variants = "variant\tpreferred\n浙政盯\t浙政钉\n";
    let folder = folder(&[("方案.md", DRAFT), ("zhengming.toml", configuration), ("变体.tsv", variants)]);
    for command in ["check", "summarize"] {
        for (name, content) in [("zhengming.toml", configuration), ("变体.tsv", variants)] {
            let run = run(folder.path(), &[command, "@方案.md", "-o", &format!("@{name}")]);
            assert_eq!(run.code, 2, "{command} {name}: {}", run.err);
            assert!(run.err.contains("会被结果覆盖"), "{command} {name}: {}", run.err);
            assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), content);
        }
    }
}

#[test]
fn a_report_in_its_own_folder_is_no_document_of_the_next_run() {
    let folder = folder(&[("方案.md", DRAFT)]);
    let here = folder.path();
    let names = ["report.md", "report.html", "report.csv", "report.xlsx", "report.json"];
    for name in names {
        assert_eq!(run(here, &["report", "@方案.md", "-o", &format!("@{name}")]).code, 0);
    }
    for name in names {
        let report = || {
            let run = run(here, &["report", "@", "-o", &format!("@{name}")]);
            assert_eq!(run.code, 0, "{name}: {}", run.err);
            assert!(run.err.contains("略过本程序写的报告 4 份"), "{}", run.err);
            assert!(run.err.contains("检查了 1 份文稿"), "{}", run.err);
            fs::read(here.join(name)).unwrap()
        };
        assert!(report() == report(), "{name}");
    }
    let check = run(here, &["check", "@", "--format", "json"]);
    assert_eq!(support::json(&check.out)["files"].as_array().unwrap().len(), 1);
    assert!(check.err.contains("略过本程序写的报告 4 份"), "{}", check.err);
    assert_eq!(run(here, &["check", "@", "-q"]).err, "");
    // A file that is named outright is read.
    let check = run(here, &["check", "@report.md", "--format", "json"]);
    assert_eq!(support::json(&check.out)["files"].as_array().unwrap().len(), 1);
    // One that would be replaced is not: `report *.md -o report.md`.
    let again = run(here, &["report", "@方案.md", "@report.md", "-o", "@report.md"]);
    assert!(again.code == 0 && again.err.contains("1 份文稿"), "{}", again.err);
}

#[test]
fn findings_in_a_text_file_are_no_document_of_the_next_run() {
    for format in ["concise", "pretty"] {
        let folder = folder(&[("方案.md", DRAFT)]);
        let arguments = ["check", "@", "--format", format, "-o", "@out.txt"];
        assert_eq!(run(folder.path(), &arguments).code, 1);
        let first = fs::read_to_string(folder.path().join("out.txt")).unwrap();
        let again = run(folder.path(), &arguments);
        assert_eq!(again.code, 1, "{}", again.err);
        assert!(again.err.contains("out.txt"), "{}", again.err);
        assert_eq!(fs::read_to_string(folder.path().join("out.txt")).unwrap(), first);
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_whole_files_and_says_how_far_it_came() {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    let folder = folder(&[("a.md", DRAFT), ("c.md", DRAFT)]);
    let path = |name: &str| folder.path().join(name);
    // Reading it waits for a writer that never comes.
    assert!(Command::new("mkfifo").arg(path("b.md")).status().unwrap().success());
    let child = Command::new(env!("CARGO_BIN_EXE_zhengming"))
        .env("LC_ALL", "zh_CN.UTF-8")
        .env("ZHENGMING_CACHE_DIR", "")
        .args(["check", "--fix", "--threads", "1", "-o"])
        .args([path("out.txt"), path("a.md"), path("b.md"), path("c.md")])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let read = |name: &str| fs::read_to_string(path(name)).unwrap();
    let began = Instant::now();
    while read("a.md") == DRAFT {
        assert!(began.elapsed() < Duration::from_secs(120), "a.md is not mended");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.contains("改好了 1 个文件，其余文件没有改动"), "{said}");
    assert_eq!(read("c.md"), DRAFT);
    let mut left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["a.md", "b.md", "c.md"]);
}
