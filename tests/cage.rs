//! Foreign engines: what they may do, and what is left of them.

#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A folder with something in the place of LibreOffice that writes down what it may do.
struct Office(tempfile::TempDir);

impl Office {
    fn new(end: &str) -> Self {
        let office = Self(tempfile::tempdir().unwrap());
        let record = office.path("record");
        let script = format!(
            "#!/bin/sh\nfor word; do case $word in -env:*) profile=${{word#-env:UserInstallation=file://}};; esac; done\n\
             folder=$(dirname \"$profile\")\n\
             {{ echo \"folder $folder\"; stat -c 'mode %a' \"$folder\"; echo \"memory $(ulimit -v)\"; echo \"time $(ulimit -t)\"\n\
             echo \"proxy $http_proxy\"; echo \"network $(tail -n +3 /proc/net/dev | grep -cv ' lo:')\"; cat \"$profile/user/registrymodifications.xcu\"\n\
             echo done; }} > {record:?}.new && mv {record:?}.new {record:?}\n{end}\n"
        );
        fs::write(office.path("soffice"), script).unwrap();
        fs::set_permissions(office.path("soffice"), fs::Permissions::from_mode(0o755)).unwrap();
        fs::create_dir(office.path("temporary")).unwrap();
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn check(&self) -> Child {
        Command::new(env!("CARGO_BIN_EXE_zhengming"))
            .args(["check", &support::fixture("office/plan.doc")])
            .env("ZHENGMING_CACHE_DIR", "")
            .env("ZHENGMING_SOFFICE", self.path("soffice"))
            .env("TMPDIR", self.path("temporary"))
            .env("LC_ALL", "zh_CN.UTF-8")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// What was written down, once it was.
    fn record(&self) -> String {
        let began = Instant::now();
        while !self.path("record").exists() {
            assert!(began.elapsed() < Duration::from_secs(60), "the office was not started");
            sleep(Duration::from_millis(20));
        }
        fs::read_to_string(self.path("record")).unwrap()
    }

    fn left(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("temporary")).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

#[test]
fn an_office_works_in_private_within_limits_and_without_macros() {
    let docx = support::fixture("office/plan.runs.docx");
    let office = Office::new(&format!("cp {docx:?} \"$folder/document.docx\""));
    let output = office.check().wait_with_output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    let record = office.record();
    assert!(record.contains("\nmode 700\n"), "{record}");
    let number = |name: &str| {
        let line = record.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim().parse::<u64>().unwrap_or(u64::MAX)
    };
    assert!(number("memory ") <= 6 << 20 && number("time ") <= 120, "{record}");
    assert!(record.contains("proxy http://127.0.0.1:9"), "{record}");
    for closed in
        ["DisableMacrosExecution", "BlockUntrustedRefererLinks", "DisableActiveContent", "ooInetProxyType"]
    {
        assert!(record.contains(closed), "{record}");
    }
    let may_unshare = [&["--net"][..], &["--map-root-user", "--net"]].iter().any(|words| {
        Command::new("unshare")
            .args(*words)
            .args(["--pid", "--fork", "true"])
            .status()
            .is_ok_and(|it| it.success())
    });
    if may_unshare {
        assert_eq!(number("network "), 0, "{record}");
    }
    assert_eq!(office.left(), [""; 0], "the folder is gone");
}

#[test]
fn an_interrupted_run_leaves_no_office_and_no_folder() {
    let office = Office::new("echo $$ > \"$0.pid\"; sleep 300 & wait");
    let mut child = office.check();
    let record = office.record();
    let folder = record.lines().find_map(|line| line.strip_prefix("folder ")).unwrap();
    assert!(PathBuf::from(folder).join("document.doc").exists());
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(!PathBuf::from(folder).exists() && office.left().is_empty(), "{:?}", office.left());
    assert!(!is_running(&office), "the office outlives the run");
}

#[test]
fn an_office_ends_with_the_program_that_is_killed() {
    let office = Office::new("sleep 300 & wait");
    let mut child = office.check();
    office.record();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!is_running(&office), "the office outlives the run");
}

/// Whether a process has the script among its arguments, for longer than it takes to end.
fn is_running(office: &Office) -> bool {
    let script = office.path("soffice").display().to_string();
    let runs = || {
        let processes = fs::read_dir("/proc").unwrap().flatten();
        processes.filter_map(|it| fs::read(it.path().join("cmdline")).ok()).any(|line| {
            let line = String::from_utf8_lossy(&line).into_owned();
            line.contains(&script) && line.contains("sh")
        })
    };
    let began = Instant::now();
    while runs() {
        if began.elapsed() > Duration::from_secs(10) {
            return true;
        }
        sleep(Duration::from_millis(50));
    }
    false
}

#[test]
fn pdf_files_are_read_in_another_process_with_the_same_result() {
    let plan = support::fixture("office/plan.pdf");
    let caged = support::zhengming(&["check", "--format", "json", &plan]);
    assert!(caged.code == 1 && caged.out.contains("第1页"), "{}", caged.err);
    // The engine says nothing that was not asked for, and ends when nobody asks any more.
    let engine = support::zhengming_with_input(&["__read-pdf"], b"");
    assert_eq!((engine.code, engine.out.as_str()), (0, ""));
    let long = [u64::MAX.to_le_bytes().as_slice(), b"%PDF-1.7"].concat();
    assert_eq!(support::zhengming_with_input(&["__read-pdf"], &long).out, "");
    let document = zhengming::Document::read("plan.pdf", &fs::read(&plan).unwrap()).unwrap();
    let report = support::json(&caged.out);
    let found = report["files"][0]["findings"].as_array().map(Vec::len);
    let linter = zhengming::Linter::builder().build().unwrap();
    assert!(found.is_none_or(|found| found == linter.lint(&document).len()), "{report}");
}
