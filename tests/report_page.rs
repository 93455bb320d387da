//! The report on a folder: every format, and the page as a browser shows it.

mod support;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use support::{fixture, json, skip, zhengming};

/// The report on the fixture folder in a file with this ending, and the folder that goes away.
fn report(ending: &str) -> (PathBuf, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("report.{ending}"));
    let run = zhengming(&["report", "-q", &fixture("folder"), "-o", path.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.err);
    (path, folder)
}

fn text(ending: &str) -> String {
    let (path, _folder) = report(ending);
    fs::read_to_string(path).unwrap()
}

#[test]
fn json_has_findings_terms_citations_and_conflicts() {
    let report = json(&text("json"));
    assert_eq!(report["summary"]["documents"], 5);
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(report["summary"]["findings"], findings.len());
    let variant = findings.iter().find(|one| one["text"] == "浙政盯").unwrap();
    assert_eq!(
        (&variant["rule"], &variant["concept"]),
        (&"nonstandard-variant".into(), &"zhezhengding".into())
    );
    let conflict = &report["conflicts"][0];
    assert_eq!(conflict["term"], "数据专区");
    let changes = conflict["changes"].as_array().unwrap();
    let joined = |kind: &str| -> String {
        let parts = changes.iter().filter(|part| part[0] == "=" || part[0] == kind);
        parts.map(|part| part[1].as_str().unwrap()).collect()
    };
    assert_eq!(joined("+"), conflict["here"]["body"].as_str().unwrap());
    assert_eq!(joined("-"), conflict["there"]["body"].as_str().unwrap());
    let cited = report["citations"].as_array().unwrap();
    let old = cited.iter().find(|one| one["normal"] == "GB/T 35273—2017").unwrap();
    assert_eq!((&old["standing"], &old["successor"]), (&"withdrawn".into(), &"GB/T 35273—2020".into()));
    let term = report["terms"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["concept"]["preferred"] == "浙政钉")
        .unwrap();
    assert_eq!(term["spellings"].as_array().unwrap().len(), 2, "{term}");
}

#[test]
fn tables_and_markdown_hold_the_findings() {
    let csv = text("csv");
    assert!(csv.starts_with('\u{FEFF}'));
    assert!(csv.lines().any(|line| line.contains("nonstandard-variant") && line.contains("浙政盯")), "{csv}");
    let markdown = text("md");
    assert!(markdown.contains("## 冲突的定义") && markdown.contains("| 数据专区 |"), "{markdown}");
    assert!(!markdown.contains("<script>") && !markdown.contains("<img"), "{markdown}");
    let (path, _folder) = report("xlsx");
    let bytes = fs::read(path).unwrap();
    assert!(bytes.starts_with(b"PK"));
}

#[test]
fn a_report_says_what_it_is_about_even_without_script() {
    let page = text("html");
    let plain = page.split_once("<noscript>").and_then(|(_, rest)| rest.split_once("</noscript>")).unwrap().0;
    for part in ["检查范围：folder", "没有日期的 1 份按", "<td>不规范用语</td>", "文稿</th><td>5</td>"]
    {
        assert!(plain.contains(part), "{part} in {plain}");
    }
    assert!(text("md").contains("检查范围：folder\n"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.json");
    let arguments =
        ["report", "-q", "--as-of", "2024-01-01", &fixture("folder"), "-o", path.to_str().unwrap()];
    assert_eq!(zhengming(&arguments).code, 0);
    let about = &json(&fs::read_to_string(&path).unwrap())["about"];
    assert_eq!((&about["folders"][0], &about["as_of"]), (&"folder".into(), &"2024-01-01".into()));
}

#[test]
fn citations_stand_as_on_the_day_of_their_document_and_papers_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let cites = "按照GB/T 1.1—2009、《浙江省公共数据条例》和《学术写作标准》（以下简称标准）起草，换发《采矿许可证（副本）》。\n";
    fs::write(path("a.md"), format!("---\ndate: 2015-06-01\n---\n\n{cites}")).unwrap();
    fs::write(path("b.md"), format!("---\ndate: 2023-06-01\n---\n\n{cites}")).unwrap();
    let output = path("r.json");
    zhengming(&["report", "-q", &path("a.md"), &path("b.md"), "-o", &output]);
    let report = json(&fs::read_to_string(&output).unwrap());
    let cited: Vec<_> = report["citations"].as_array().unwrap().iter().collect();
    let of = |name: &str| -> Vec<String> {
        let rows = cited.iter().filter(|row| row["normal"].as_str().unwrap().contains(name));
        rows.map(|row| format!("{} {}", row["standing"], row["uses"][0]["path"].as_str().unwrap())).collect()
    };
    let old = of("GB/T 1.1—2009");
    assert_eq!(old.len(), 2, "{cited:?}");
    assert!(old.iter().any(|row| row.starts_with("\"current\"") && row.ends_with("a.md")), "{old:?}");
    assert!(old.iter().any(|row| row.starts_with("\"withdrawn\"") && row.ends_with("b.md")), "{old:?}");
    assert_eq!((of("公共数据条例").is_empty(), of("许可证").len()), (false, 0), "{cited:?}");
}

#[test]
fn a_short_form_that_is_declared_is_no_variant_in_the_table_of_terms() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let declared = "一体化智能化公共数据平台（以下简称公共数据平台）已建成。\n\n各县接入公共数据平台。\n";
    fs::write(path("a.md"), declared).unwrap();
    fs::write(path("b.md"), "各县接入公共数据平台。\n").unwrap();
    fs::write(path("c.md"), "高 质\n量数 据集要用起来，“三 溪四 桥”也要用。\n").unwrap();
    let output = path("r.json");
    zhengming(&["report", "-q", &path("a.md"), &path("b.md"), &path("c.md"), "-o", &output]);
    let report = json(&fs::read_to_string(&output).unwrap());
    let terms = report["terms"].as_array().unwrap();
    let spellings = terms.iter().flat_map(|term| term["spellings"].as_array().unwrap());
    let variant = spellings.into_iter().find(|one| one["text"] == "公共数据平台").unwrap();
    assert_eq!(variant["uses"].as_array().unwrap().len(), 1, "{variant}");
    assert!(variant["uses"][0]["path"].as_str().unwrap().ends_with("b.md"), "{variant}");
    let jargon = report["jargon"].as_array().unwrap();
    assert!(jargon.iter().any(|one| one["text"] == "三溪四桥"), "{jargon:?}");
}

#[test]
fn the_table_of_terms_never_says_otherwise_than_the_findings() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let dictionary = "[dictionary]\nid = \"house\"\ntitle = \"机构\"\n\n[[concept]]\nterm = \"城乡建设委员会\"\nsuperseded = [{ text = \"城市建设办公室\", since = \"2022-01-01\" }]\n";
    fs::write(path("house.toml"), dictionary).unwrap();
    let old = "由城市建设办公室负责，依托浙政盯推进。\n\n城市建设办公室牵头。\n";
    fs::write(path("before.md"), format!("---\ndate: 2020-06-01\n---\n\n{old}")).unwrap();
    fs::write(path("after.md"), format!("---\ndate: 2023-06-01\n---\n\n{old}")).unwrap();
    fs::write(path("silenced.md"), format!("<!-- 正名：停用 nonstandard-variant -->\n\n{old}")).unwrap();
    // Spelling, count and first line, of what is at fault.
    let faults = |file: &str, more: &[&str]| -> Vec<(String, u64, u64)> {
        let (output, file, dict) = (path("r.json"), path(file), path("house.toml"));
        let mut arguments = vec!["report", "-q", &file, "--dict", &dict, "-o", &output];
        arguments.extend(more);
        assert_eq!(zhengming(&arguments).code, 0);
        let report = json(&fs::read_to_string(&output).unwrap());
        let terms = report["terms"].as_array().unwrap().iter();
        let spellings: Vec<_> =
            terms.flat_map(|term| term["spellings"].as_array().unwrap().clone()).collect();
        let faulty =
            |one: &&serde_json::Value| one["standing"] != "preferred" && one["standing"] != "admitted";
        let row = |one: &serde_json::Value| {
            let number = |value: &serde_json::Value| value.as_u64().unwrap();
            (one["text"].as_str().unwrap().to_owned(), number(&one["count"]), number(&one["uses"][0]["line"]))
        };
        let mut rows: Vec<_> = spellings.iter().filter(faulty).map(row).collect();
        rows.sort();
        rows
    };
    let (office, slip) = ("城市建设办公室".to_owned(), "浙政盯".to_owned());
    assert_eq!(faults("before.md", &[]), [(slip.clone(), 1, 5)]);
    assert_eq!(faults("after.md", &[]), [(office.clone(), 2, 5), (slip.clone(), 1, 5)]);
    assert_eq!(faults("silenced.md", &[]), [(office.clone(), 2, 3)]);
    assert_eq!(faults("after.md", &["--ignore", "superseded-term"]), [(slip, 1, 5)]);
    assert_eq!(faults("after.md", &["--select", "folder"]), []);
    fs::write(path("zhengming.toml"), "[terms]\nallow = [\"浙政盯\"]\n").unwrap();
    assert_eq!(faults("after.md", &[]), [(office, 2, 5)]);
}

#[test]
fn an_earlier_report_tells_what_is_new_gone_and_still_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::create_dir(path("夹")).unwrap();
    fs::write(path("夹/甲.md"), "通过浙政盯发送。\n\n用管理驾驶仓办公。\n").unwrap();
    fs::write(path("夹/乙.md"), "通过浙政盯发送。\n").unwrap();
    let (first, second) = (path("一.json"), path("二.json"));
    assert_eq!(zhengming(&["report", "-q", &path("夹"), "-o", &first]).code, 0);
    // A line more, one slip mended, a new one; a document gone.
    fs::write(path("夹/甲.md"), "# 通知\n\n通过浙政盯发送。\n\n推广两图两单。\n").unwrap();
    fs::remove_file(path("夹/乙.md")).unwrap();
    let page = path("二.html");
    let run = zhengming(&["report", "-q", &path("夹"), "-o", &second, "-o", &page, "--against", &first]);
    assert_eq!(run.code, 0, "{}", run.err);
    let report = json(&fs::read_to_string(&second).unwrap());
    let comparison = &report["comparison"];
    assert_eq!((&comparison["new"], &comparison["still"]), (&1.into(), &1.into()), "{comparison}");
    let gone: Vec<_> =
        comparison["gone"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap()).collect();
    assert_eq!(
        (gone, &comparison["gone_documents"]),
        (vec!["浙政盯", "管理驾驶仓"], &1.into()),
        "{comparison}"
    );
    let new = report["findings"].as_array().unwrap().iter().filter(|one| one["new"] == true);
    assert_eq!(new.map(|one| one["text"].as_str().unwrap()).collect::<Vec<_>>(), ["两图两单"]);
    assert_eq!(report["history"].as_array().unwrap().len(), 2);
    assert!(fs::read_to_string(&page).unwrap().contains("\"gone_documents\":1"));
    // The earlier report may be written over; the line grows by one run.
    assert_eq!(zhengming(&["report", "-q", &path("夹"), "-o", &second, "--against", &second]).code, 0);
    let report = json(&fs::read_to_string(&second).unwrap());
    assert_eq!((&report["comparison"]["new"], report["history"].as_array().unwrap().len()), (&0.into(), 3));
    let run = zhengming(&["report", &path("夹"), "-o", &second, "--against", &path("夹/甲.md")]);
    assert!(run.code == 2 && run.err.contains("不能拿来比较"), "{}", run.err);
}

#[test]
fn one_decision_that_settles_most_comes_first_and_folders_are_summed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for name in ["甲处", "乙处"] {
        fs::create_dir_all(path(&format!("夹/{name}"))).unwrap();
        fs::write(path(&format!("夹/{name}/一.md")), "通过浙政盯发送。\n").unwrap();
    }
    fs::write(path("夹/甲处/二.md"), "用管理驾驶仓办公。\n").unwrap();
    let output = path("r.json");
    assert_eq!(zhengming(&["report", "-q", &path("夹"), "-o", &output]).code, 0);
    let report = json(&fs::read_to_string(&output).unwrap());
    let first = &report["first"][0];
    assert_eq!((&first["text"], &first["documents"]), (&"浙政盯".into(), &2.into()), "{report}");
    let folders = report["folders"].as_array().unwrap();
    let told: Vec<_> = folders
        .iter()
        .map(|row| (row["name"].as_str().unwrap(), row["documents"].as_u64().unwrap()))
        .collect();
    assert_eq!(told, [("乙处", 1), ("甲处", 2)]);
}

#[test]
fn nothing_is_written_when_nothing_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("r.json");
    let run = zhengming(&["report", "-q", "no-such-file.md", "-o", output.to_str().unwrap()]);
    assert_eq!((run.code, output.exists()), (2, false), "{}", run.err);
}

#[test]
fn a_rule_is_as_severe_as_its_worst_finding() {
    let (path, _folder) = report("json");
    let report = json(&fs::read_to_string(path).unwrap());
    let rank = |one: &serde_json::Value| {
        ["info", "warning", "error"].iter().position(|name| one["severity"] == *name)
    };
    let rules = report["rules"].as_array().unwrap();
    assert!(!rules.is_empty());
    for rule in rules {
        let findings = report["findings"].as_array().unwrap().iter().filter(|one| one["rule"] == rule["id"]);
        assert_eq!(findings.filter_map(rank).max(), rank(rule), "{rule}");
    }
}

#[test]
fn a_document_that_fails_is_listed_with_its_reason_and_the_rest_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.json");
    let (output, bad, good) =
        (path.to_str().unwrap(), fixture("drafts/binary.bin"), fixture("drafts/plan.md"));
    let run = zhengming(&["report", "-q", &bad, &good, "-o", output]);
    assert_eq!(run.code, 2);
    let report = json(&fs::read_to_string(&path).unwrap());
    assert_eq!(report["summary"]["unreadable"], 1);
    assert!(!report["documents"][0]["error"].as_str().unwrap().is_empty());
    assert!(report["summary"]["findings"].as_u64().unwrap() > 0);
}

#[test]
fn findings_in_tables_say_the_cell() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let table = |what: &str| {
        format!("序号,说明\n1,浙政盯\n2,数据专区是指依托{what}平台建设的特定领域数据开发利用区域。\n")
    };
    fs::write(path("a.csv"), table("公共")).unwrap();
    fs::write(path("b.csv"), table("企业")).unwrap();
    let (json_path, csv, markdown) = (path("r.json"), path("r.tsv.csv"), path("r.md"));
    for output in [&json_path, &csv, &markdown] {
        assert_eq!(zhengming(&["report", "-q", &path("a.csv"), &path("b.csv"), "-o", output]).code, 0);
    }
    let report = json(&fs::read_to_string(&json_path).unwrap());
    let findings = report["findings"].as_array().unwrap();
    let place = |rule: &str| {
        let finding = findings.iter().find(|one| one["rule"] == rule);
        finding.unwrap_or_else(|| panic!("{rule} is not found: {report}"))["place"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert!(place("nonstandard-variant").contains("B2"), "{report}");
    assert!(place("conflicting-definitions").contains("B3"), "{report}");
    let is_placed = |line: &str| line.contains("不规范用语") && line.contains("B2");
    assert!(fs::read_to_string(&csv).unwrap().lines().any(is_placed));
    assert!(fs::read_to_string(&markdown).unwrap().lines().any(is_placed));
}

#[test]
fn an_unknown_ending_and_a_missing_folder_leave_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["r.docx", "no/such/folder/r.html"] {
        let path = folder.path().join(name);
        assert_eq!(
            zhengming(&["report", &fixture("folder"), "-o", path.to_str().unwrap()]).code,
            2,
            "{name}"
        );
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn what_a_document_says_is_data_and_never_markup() {
    let page = text("html");
    // One element with data, one with the script, as the page's own text has them.
    assert_eq!(page.matches("</script>").count(), 2);
    assert!(!page.contains("<img src=x"), "a document's text became markup");
    assert!(page.matches("http:").count() <= 1, "only the name space of SVG");
    assert!(!page.contains("https:"));
}

/// The report on one document that can be read and one that cannot.
fn partial_report(ending: &str) -> (PathBuf, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("report.{ending}"));
    let (bad, good) = (fixture("drafts/binary.bin"), fixture("folder"));
    let run = zhengming(&["report", "-q", &bad, &good, "-o", path.to_str().unwrap()]);
    assert_eq!(run.code, 2, "{}", run.err);
    (path, folder)
}

#[test]
fn the_functions_of_the_page_do_what_they_say() {
    if !Command::new("node").arg("--version").output().is_ok_and(|output| output.status.success()) {
        skip("node");
        return;
    }
    let (path, _folder) = partial_report("html");
    let test = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/report_page.js");
    let output = Command::new("node").arg(test).arg(path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The page as the browser makes it, at a fragment; nothing if there is no browser.
fn rendered(fragment: &str) -> Option<String> {
    let browser = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| {
        Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
    });
    let Some(browser) = browser else {
        skip("Chromium");
        return None;
    };
    let (path, folder) = report("html");
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--enable-logging=stderr",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("file://{}#{fragment}", path.display()))
        .output()
        .unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    let complaints: Vec<_> = log.lines().filter(|line| line.contains("CONSOLE")).collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
    Some(String::from_utf8(output.stdout).unwrap())
}

/// The part of the page that shows the section, without data and script.
fn section(page: &str) -> &str {
    let main = &page[page.find("<main").expect("the script ran")..];
    &main[..main.find("</main>").unwrap()]
}

#[test]
fn the_browser_shows_the_figures() {
    let Some(page) = rendered("") else { return };
    let main = section(&page);
    assert!(main.contains("<b>5</b>") && main.contains("不规范用语"), "{main}");
    assert!(main.contains("<svg") && main.contains("href=\"#findings?severity=warning\""));
}

#[test]
fn the_browser_filters_findings_and_shows_text_as_text() {
    let Some(page) = rendered("findings?q=%E6%B5%99%E6%94%BF%E7%9B%AF") else { return };
    let main = section(&page);
    assert_eq!(main.matches("<article").count(), main.matches("<mark>").count());
    assert!(main.contains("<mark>浙政盯</mark>") && !main.contains("<mark>数据专区</mark>"), "{main}");
    assert!(main.contains("官方定义"));
    assert!(
        main.contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;，旁边写着<mark>浙政盯"),
        "{main}"
    );
    assert!(!main.contains("<img"));
}

#[test]
fn the_browser_shows_definitions_side_by_side_and_the_terms() {
    let Some(page) = rendered("conflicts") else { return };
    let main = section(&page);
    assert!(main.contains("<del>运营单位自有</del><ins>一体化智能化公共数据</ins>"), "{main}");
    let Some(page) = rendered("terms?standing=faulty") else { return };
    assert!(section(&page).contains("浙政盯"));
    let Some(page) = rendered("citations") else { return };
    assert!(section(&page).contains("<span class=\"badge error\">废止</span>"));
}
