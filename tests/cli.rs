//! The program as people and scripts use it.

mod support;

use std::fs;

use serde_json::Value;
use support::{Scratch, fixture, json, zhengming};

#[test]
fn findings_are_reported_with_place_and_the_exit_status_says_so() {
    let run = zhengming(&["check", "--format", "concise", &fixture("drafts/plan.md")]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("warning[nonstandard-variant] “浙政盯”不是规范用语"), "{}", run.out);
    assert!(run.out.lines().all(|line| line.contains("plan.md:")), "{}", run.out);
}

#[test]
fn a_clean_document_is_silent_and_succeeds() {
    let run = zhengming(&["check", "--format", "concise", &fixture("drafts/clean-plan.md")]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
}

#[test]
fn the_exit_status_is_the_same_for_every_format() {
    for format in ["pretty", "concise", "json"] {
        assert_eq!(zhengming(&["check", "--format", format, &fixture("drafts/plan.md")]).code, 1, "{format}");
        assert_eq!(
            zhengming(&["check", "--format", format, &fixture("drafts/clean-plan.md")]).code,
            0,
            "{format}"
        );
        assert_eq!(
            zhengming(&["check", "--format", format, &fixture("drafts/binary.bin")]).code,
            2,
            "{format}"
        );
    }
}

#[test]
fn unreadable_files_are_reported_and_the_rest_is_checked() {
    let paths = ["drafts/binary.bin", "drafts/broken.txt", "no-such.md", "drafts/plan.md"].map(fixture);
    let mut arguments = vec!["check", "--format", "json"];
    arguments.extend(paths.iter().map(String::as_str));
    let run = zhengming(&arguments);
    assert_eq!(run.code, 2);
    let report = json(&run.out);
    let files = report["files"].as_array().unwrap();
    let unreadable: Vec<bool> = files.iter().map(|file| !file["error"].is_null()).collect();
    assert_eq!(unreadable, [true, false, true, false]);
    // A damaged byte is told, and the rest of its file is read.
    assert_eq!(files[1]["notes"][0]["missed"], true);
    assert_eq!(files[1]["read"]["confidence"], "partial");
    assert!(!files[3]["diagnostics"].as_array().unwrap().is_empty());
}

#[test]
fn every_encoding_gives_the_same_findings_at_the_right_bytes() {
    let places = |name: &str| {
        let path = fixture(name);
        let bytes = fs::read(&path).unwrap();
        let report = json(&zhengming(&["check", "--format", "json", &path]).out);
        let found = report["files"][0]["diagnostics"].as_array().unwrap().clone();
        assert!(!found.is_empty(), "{name}");
        let texts: Vec<(Value, Value, Value)> = found
            .iter()
            .map(|one| (one["rule"].clone(), one["text"].clone(), one["span"]["start"]["char"].clone()))
            .collect();
        let at = |edge: &str| found[0]["span"][edge]["byte"].as_u64().unwrap() as usize;
        (texts, bytes[at("start")..at("end")].to_vec(), found[0]["text"].as_str().unwrap().to_owned())
    };
    let (utf8, bytes, text) = places("drafts/notice.txt");
    assert_eq!(bytes, text.as_bytes());
    for name in ["drafts/notice.gb18030.txt", "drafts/notice.utf16le.txt", "drafts/notice.utf8bom.txt"] {
        let (found, bytes, text) = places(name);
        assert_eq!(found, utf8, "{name}");
        let expected: Vec<u8> = match name {
            "drafts/notice.utf16le.txt" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "drafts/notice.gb18030.txt" => {
                let encoding = zhengming_text::document::Encoding { name: "GB18030", bom: false };
                zhengming_formats::encoding::encode(&text, &encoding).unwrap()
            }
            _ => text.into_bytes(),
        };
        assert_eq!(bytes, expected, "{name}");
    }
}

#[test]
fn output_does_not_depend_on_the_number_of_threads() {
    let all = fixture("drafts");
    let runs: Vec<String> = ["1", "2", "7"]
        .iter()
        .map(|threads| zhengming(&["check", "--format", "json", "--threads", threads, &all]).out)
        .collect();
    assert_eq!(runs[0], runs[1]);
    assert_eq!(runs[0], runs[2]);
}

#[test]
fn fixing_keeps_encoding_and_line_ends_and_a_second_run_changes_nothing() {
    for name in ["drafts/plan.md", "drafts/crlf.md", "drafts/notice.gb18030.txt", "drafts/notice.utf16le.txt"]
    {
        let scratch = Scratch::with(name);
        let before = fs::read(&scratch.path).unwrap();
        zhengming(&["check", "--fix", scratch.path()]);
        let once = fs::read(&scratch.path).unwrap();
        assert_ne!(before, once, "{name}");
        zhengming(&["check", "--fix", scratch.path()]);
        assert_eq!(once, fs::read(&scratch.path).unwrap(), "{name}");
        let breaks = |bytes: &[u8]| bytes.windows(2).filter(|pair| pair == b"\r\n").count();
        assert_eq!(breaks(&before), breaks(&once), "{name}");
        let read = |bytes: &[u8]| zhengming_formats::encoding::decode(bytes).unwrap().1;
        assert_eq!(read(&before), read(&once), "{name}");
    }
}

#[test]
fn a_diff_shows_the_fixes_and_writes_nothing() {
    let scratch = Scratch::with("drafts/plan.md");
    let before = fs::read(&scratch.path).unwrap();
    let run = zhengming(&["check", "--diff", scratch.path()]);
    assert!(run.out.contains("\n+") && run.out.contains("浙政钉"), "{}", run.out);
    assert_eq!(run.code, 1);
    assert_eq!(before, fs::read(&scratch.path).unwrap());
}

#[test]
fn standard_input_is_checked_under_the_name_given_and_mended_to_standard_output() {
    let run = support::zhengming_with_input(
        &["check", "-", "--stdin-filename", "草稿.md", "--format", "concise"],
        "用浙政盯办公".as_bytes(),
    );
    assert_eq!(
        (run.code, run.out.as_str()),
        (1, "草稿.md:1:2: warning[nonstandard-variant] “浙政盯”不是规范用语，疑为音近致误；应为“浙政钉”\n")
    );
    let run = support::zhengming_with_input(&["check", "--fix", "-"], "用浙政盯办公".as_bytes());
    assert_eq!((run.code, run.out.as_str()), (0, "用浙政钉办公"));
}

#[test]
fn broken_dictionaries_are_errors_with_file_line_and_value() {
    for (name, line, value) in [
        ("broken-syntax.toml", 14, "invalid"),
        ("broken-unknown-key.toml", 11, "varients"),
        ("broken-duplicate-term.toml", 13, "便民服务中心"),
        ("broken-ambiguous-variant.toml", 19, "服务中心"),
        ("broken-variant-is-term.toml", 16, "帮办"),
        ("broken-broader-cycle.toml", 26, "便民服务中心 → 政务服务场所 → 公共服务场所 → 便民服务中心"),
    ] {
        let path = fixture(&format!("dictionaries/{name}"));
        let run = zhengming(&["check", "--lang", "en", "--dict", &path, &fixture("drafts/plan.md")]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{name}");
        assert!(run.err.contains(&format!("{name}:{line}: ")), "{}", run.err);
        assert!(run.err.contains(value), "{}", run.err);
    }
}

#[test]
fn a_variant_table_adds_to_the_loaded_terms() {
    let scratch = tempfile::tempdir().unwrap();
    let table = scratch.path().join("table.tsv");
    fs::write(&table, "variant\tpreferred\n掌上浙里\t浙里办\n").unwrap();
    let text = "上架掌上浙里".as_bytes();
    let found = |arguments: &[&str]| {
        let run = support::zhengming_with_input(arguments, text);
        json(&run.out)["files"][0]["diagnostics"].as_array().unwrap().len()
    };
    assert_eq!(found(&["check", "-", "--format", "json"]), 0);
    assert_eq!(found(&["check", "-", "--format", "json", "--dict", table.to_str().unwrap()]), 1);
}

#[test]
fn a_house_dictionary_decides_a_confusable_pair() {
    let house = fixture("dictionaries/house.toml");
    let text = "开通12条“数据高铁”。".as_bytes();
    let rule = |arguments: &[&str]| {
        let run = support::zhengming_with_input(arguments, text);
        json(&run.out)["files"][0]["diagnostics"][0]["rule"].clone()
    };
    assert_eq!(rule(&["check", "-", "--format", "json"]), "confusable-term");
    assert_eq!(rule(&["check", "-", "--format", "json", "--dict", &house]), "deprecated-term");
}

#[test]
fn a_reader_that_goes_away_changes_neither_the_work_nor_the_status() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..300 {
        fs::write(folder.path().join(format!("{number}.md")), "用浙政盯办公，依托公共数据平台").unwrap();
    }
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_zhengming"))
        .args(["check", "--fix", "--format", "json"])
        .env("ZHENGMING_CACHE_DIR", "")
        .arg(folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
    for number in 0..300 {
        let text = fs::read_to_string(folder.path().join(format!("{number}.md"))).unwrap();
        assert!(text.contains("浙政钉"), "{number}");
    }
}

#[test]
fn one_file_under_two_names_is_checked_once() {
    let scratch = Scratch::with("drafts/plan.md");
    let again = scratch.path.parent().unwrap().join(".").join("plan.md");
    let run = zhengming(&["check", "--format", "json", scratch.path(), again.to_str().unwrap()]);
    assert_eq!(json(&run.out)["files"].as_array().unwrap().len(), 1);
}

#[test]
fn standard_input_keeps_its_encoding_when_mended() {
    let bytes = fs::read(fixture("drafts/notice.gb18030.txt")).unwrap();
    let output = support::raw(&["check", "--fix", "-"], &bytes);
    let (text, encoding) = zhengming_formats::encoding::decode(&output).unwrap();
    assert_eq!(encoding.name, "GB18030");
    assert_ne!(text, zhengming_formats::encoding::decode(&bytes).unwrap().0);
}

#[test]
fn a_mended_file_is_reported_in_its_own_encoding() {
    for (name, encoding) in
        [("drafts/notice.gb18030.txt", "GB18030"), ("drafts/notice.utf16le.txt", "UTF-16LE")]
    {
        let scratch = Scratch::with(name);
        // The first run mends, the second finds nothing to mend.
        for _ in 0..2 {
            let report = json(&zhengming(&["check", "--fix", "--format", "json", scratch.path()]).out);
            assert_eq!(report["files"][0]["encoding"], encoding);
        }
    }
}

#[test]
fn hostile_texts_are_linted_in_reasonable_time() {
    let texts = [
        "浙政盯、".repeat(5_000),
        "依托公共数据平台归集数据并按照有关规定推进工作落实到位\n".repeat(3_000),
        format!("浙{}政盯", " ".repeat(500_000)),
        "http://".repeat(40_000),
        "（以下简称".repeat(40_000),
        "“浙政盯”、".repeat(5_000),
        "《".repeat(100_000),
        "数字".repeat(200_000),
    ];
    for text in texts {
        let run = support::zhengming_with_input(&["check", "-q", "-"], text.as_bytes());
        assert!(run.code < 2, "{}", run.err);
    }
}

#[test]
fn official_documents_become_dictionaries_and_come_back_from_tbx() {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/dictionaries/sources/db33t-2350-2021.txt");
    let run = zhengming(&["dict", "import", source, "--format", "json"]);
    let dictionary = &json(&run.out)["dictionaries"][0];
    assert_eq!(dictionary["concepts"].as_array().unwrap().len(), 59);
    assert_eq!(dictionary["edition"], "2021");
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (toml, tbx, back) = (path("a.toml"), path("a.tbx"), path("b.toml"));
    for arguments in [
        &["dict", "import", source, "-o", &toml][..],
        &["dict", "export", &toml, "--to", "tbx", "-o", &tbx],
        &["dict", "import", &tbx, "-o", &back],
    ] {
        assert_eq!(zhengming(arguments).code, 0, "{arguments:?}");
    }
    let run = zhengming(&["dict", "diff", &toml, &back]);
    assert!(run.out.contains("未变 59"), "{}", run.out);
}

#[test]
fn dictionaries_are_checked_with_every_defect() {
    let run = zhengming(&["dict", "check", &fixture("dictionaries/broken-broader-cycle.toml")]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("error[relation-cycle]"), "{}", run.out);
    let set = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/dictionaries/shuzi-shehui-6.0.toml");
    let notice = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/dictionaries/sources/shuzi-shehui-6.0.txt");
    let run = zhengming(&["dict", "check", set, "--notice", notice]);
    assert!(
        run.out.contains("[changelog-table-mismatch]") && run.out.contains("智慧健身场馆"),
        "{}",
        run.out
    );
}

#[test]
fn rules_can_be_selected_ignored_and_explained() {
    let draft = fixture("drafts/plan.md");
    let run = zhengming(&["check", "--format", "concise", "--select", "confusable-term", &draft]);
    assert!(
        run.out.lines().count() >= 1 && run.out.lines().all(|line| line.contains("[confusable-term]")),
        "{}",
        run.out
    );
    let run = zhengming(&["check", "--format", "concise", "--ignore", "variant,jargon", &draft]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    let run = zhengming(&["check", "--select", "no-such-rule", &draft]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("“no-such-rule”；全部见 zhengming rules"), "{}", run.err);
    let run = zhengming(&["check", "--select", "term", &draft]);
    assert!(run.err.contains("；相近的有 ") && run.err.contains("undefined-term"), "{}", run.err);
    assert!(run.err.chars().count() < 150, "not the whole list: {}", run.err);
    assert!(zhengming(&["rules"]).out.contains("superseded-term"));
    let rules = json(&zhengming(&["rules", "--format", "json"]).out);
    let number =
        rules["rules"].as_array().unwrap().iter().find(|one| one["id"] == "malformed-standard-number");
    assert_eq!((&number.unwrap()["severity"], &number.unwrap()["also"]), (&"info".into(), &"warning".into()));
    let page = zhengming(&["explain", "malformed-standard-number"]).out;
    assert!(page.contains("\n级别：info，有的结果为 warning\n"), "{page}");
    assert!(zhengming(&["explain", "confusable-term", "--lang", "en"]).out.contains("## Ways out"));
}

#[test]
fn the_day_decides_whether_a_name_is_superseded() {
    let text = "推进党政机关整体智治建设".as_bytes();
    let code = |day: &str| support::zhengming_with_input(&["check", "-q", "--as-of", day, "-"], text).code;
    assert_eq!((code("2021-07-08"), code("2024-01-01")), (0, 1));
}

#[test]
fn terms_are_looked_up_with_definition_clause_and_edition() {
    let run = zhengming(&["terms", "lookup", "浙政钉"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("DB33/T 2350—2021，3.1.3.9"), "{}", run.out);
    assert!(run.out.contains("移动办公的总入口"), "{}", run.out);
    assert!(zhengming(&["terms", "lookup", "浙政盯"]).out.contains("应为“浙政钉”"));
    // The same name that check proposes.
    assert!(
        zhengming(&["terms", "lookup", "省人社厅"])
            .out
            .contains("应为“省人力社保厅”（全称“浙江省人力资源和社会保障厅”")
    );
    assert!(zhengming(&["terms", "lookup", "sjgt"]).out.starts_with("数据高铁  DB33/T 2350—2021，3.2.2.7"));
    assert!(zhengming(&["terms", "lookup", "驾驶舱应用"]).out.starts_with("数字养老驾驶舱应用"));
    assert_eq!(zhengming(&["terms", "lookup", "没有这个词"]).code, 1);
    let list = json(&zhengming(&["dict", "list", "--format", "json"]).out);
    assert_eq!(list["dictionaries"][0]["concepts"].as_array().unwrap().len(), 59);
    assert_eq!(list["dictionaries"][1]["concepts"].as_array().unwrap().len(), 48);
}

#[test]
fn facts_are_printed_with_their_places() {
    let text = "云计算（以下简称云）。本办法所称数据归集，是指汇聚数据。按照GB/T 1.1-2020起草，使用浙政盯。";
    let scratch = tempfile::tempdir().unwrap();
    let path = scratch.path().join("a.md");
    fs::write(&path, text).unwrap();
    let facts = json(&zhengming(&["facts", "--format", "json", path.to_str().unwrap()]).out);
    assert_eq!(facts["abbreviations"][0]["short"], "云");
    let terms: Vec<&Value> =
        facts["definitions"].as_array().unwrap().iter().map(|one| &one["term"]).collect();
    assert!(terms.contains(&&Value::from("数据归集")), "{terms:?}");
    assert_eq!(facts["citations"][0]["normal"], "GB/T 1.1—2020");
    let mention = facts["mentions"].as_array().unwrap().last().unwrap();
    assert_eq!((mention["text"].as_str(), mention["status"].as_str()), (Some("浙政盯"), Some("variant")));
    let start = mention["span"]["start"]["byte"].as_u64().unwrap() as usize;
    assert!(text[start..].starts_with("浙政盯"));
}

#[test]
fn the_register_of_standards_can_be_asked() {
    let run = zhengming(&["standards", "GB/T 1.1"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("GB/T 1.1—2009  废止，由 GB/T 1.1—2020 代替"), "{}", run.out);
    assert_eq!(zhengming(&["standards", "没有这个标准"]).code, 1);
    // Remarks in the register are for those who keep it.
    assert!(!run.out.contains("Obsolete"), "{}", run.out);
    // As people cite it, with its year and whatever dash.
    for number in ["GB/T 1.1-2020", "GB/T 1.1—2020", "GB／T1.1—2009", "gbt1.1", "gb/t 1.1-2009"] {
        let run = zhengming(&["standards", number]);
        assert!(run.code == 0 && run.out.starts_with("GB/T 1.1 "), "{number}: {}", run.out);
    }
}

#[test]
fn standards_are_told_as_they_stand_on_a_day() {
    let run = zhengming(&["standards", "GB/T 1.1", "--as-of", "2019-05-01"]);
    assert!(run.out.contains("GB/T 1.1—2009  现行") && run.out.contains("2019年5月1日"), "{}", run.out);
    assert!(run.out.contains("GB/T 1.1—2020  尚未发布"), "{}", run.out);
    let run = zhengming(&["standards", ""]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("标准号或题名"), "{}", run.err);
}

#[test]
fn one_slip_is_one_finding() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("a.md");
    std::fs::write(&draft, "完成一体化智能公共数据平台县级节点扩容。\n").unwrap();
    let run = zhengming(&["check", "--isolated", "--format", "concise", draft.to_str().unwrap()]);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    assert!(run.out.contains("near-miss-term"), "{}", run.out);
}

#[test]
fn what_is_only_called_a_word_file_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("a.docx");
    std::fs::write(&draft, "浙政盯").unwrap();
    let run = zhengming(&["check", "--isolated", draft.to_str().unwrap()]);
    assert_eq!(run.code, 2, "{}", run.out);
    // As a file manager makes a new document.
    std::fs::write(&draft, "").unwrap();
    assert_eq!(zhengming(&["check", "--isolated", draft.to_str().unwrap()]).code, 0);
}
