//! What other tools read: SARIF, GitHub, reviewdog, JUnit, Checkstyle, and lines of JSON.

mod common;

use common::{full, print, read, read_xml};
use serde_json::{Value, json};
use zhengming_lint::rule::RuleMeta;
use zhengming_report::{FileReport, OutputFormat, Run, Style, write};
use zhengming_text::diagnostic::{Applicability, Diagnostic, Edit, Elsewhere, Related, Severity};
use zhengming_text::document::{Document, Encoding};
use zhengming_text::message::{Lang, Text};
use zhengming_text::point::Point;
use zhengming_text::span::Span;

static SUPERSEDED: RuleMeta = RuleMeta {
    id: "superseded-term",
    name: ("旧名称", "Old name"),
    family: "variant",
    severity: Severity::Error,
    also: None,
    default: true,
    fix: None,
    summary: ("已废止的名称", "a superseded name"),
    page: ("# superseded-term\n", "# superseded-term\n"),
};

static VARIANT: RuleMeta = RuleMeta {
    id: "nonstandard-variant",
    name: ("不规范用语", "Nonstandard term"),
    family: "variant",
    severity: Severity::Info,
    also: None,
    default: false,
    fix: Some(Applicability::Safe),
    summary: ("不规范的异写", "a variant of an official term"),
    page: ("# nonstandard-variant\n\n页", "# nonstandard-variant\n\npage"),
};

/// A finding after a character outside the plane, with all that a finding may have.
fn sample() -> (Document, Diagnostic) {
    let (document, mut diagnostics) = read("推广«浙政钉»。\r\n𠮷使用«浙政盯»。\r\n");
    let related = diagnostics.remove(0).span;
    let mut diagnostic = full(diagnostics.remove(0), related);
    diagnostic.help.basis = Some(Text::new("依据：3.1.3.9", "see 3.1.3.9"));
    (document, diagnostic)
}

fn unreadable() -> FileReport<'static> {
    FileReport::unreadable("草稿/b.doc", Text::new("文件已加密", "the file is encrypted"))
}

/// What a run over the sample and an unreadable file prints.
fn sample_as(format: OutputFormat, lang: Lang) -> String {
    let (mut document, diagnostic) = sample();
    document.set_encoding(Encoding { name: "GB18030", bom: false });
    let files =
        [FileReport::checked("./草稿/a.md", &document, std::slice::from_ref(&diagnostic)), unreadable()];
    let run = Run { lang, rules: &[&SUPERSEDED, &VARIANT], ..Run::new("0.1.0") };
    let mut out = Vec::new();
    write(format, run, &files, Style::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_sarif_result() {
    let log: Value = serde_json::from_str(&sample_as(OutputFormat::Sarif, Lang::Zh)).unwrap();
    assert_eq!((&log["version"], log["runs"].as_array().unwrap().len()), (&json!("2.1.0"), 1));
    let run = &log["runs"][0];
    // Without it GitHub would count UTF-16 units, of which 𠮷 has two.
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["newlineSequences"], json!(["\r\n", "\n", "\r"]));
    assert_eq!(run["language"], "zh-CN");

    let artifact = json!({"uri": "%E8%8D%89%E7%A8%BF/a.md", "uriBaseId": "%SRCROOT%"});
    let region = json!({"startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 7});
    let fix = |title: &str, text: &str, applicability: &str| {
        json!({
            "description": {"text": title},
            "artifactChanges": [{
                "artifactLocation": artifact,
                "replacements": [{"deletedRegion": region, "insertedContent": {"text": text}}],
            }],
            "properties": {"applicability": applicability},
        })
    };
    let mut shown = region.clone();
    shown["snippet"] = json!({"text": "浙政盯"});
    let expected = json!({
        "ruleId": "nonstandard-variant",
        "ruleIndex": 1,
        "level": "warning",
        "message": {"text": "“浙政盯”不是规范用语；应为“浙政钉”\n依据：3.1.3.9"},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": shown}}],
        "partialFingerprints": {"zhengming/v1": sample().1.fingerprint()},
        "relatedLocations": [{
            "id": 1,
            "physicalLocation": {
                "artifactLocation": artifact,
                "region": {
                    "startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 6,
                    "snippet": {"text": "浙政钉"},
                },
            },
            "message": {"text": "这里用的是规范用语"},
        }],
        "fixes": [
            fix("改为“浙政钉”", "浙政钉", "safe"),
            fix("改为“浙江政务钉钉”", "浙江政务钉钉", "suggestion"),
        ],
        "properties": {"family": "variant", "concept": {
            "id": "zhezhengding", "preferred": "浙政钉", "dictionary": "db33t-2350-2021", "clause": "3.1.3.9",
        }},
    });
    assert_eq!(run["results"], json!([expected]));
    assert_eq!(run["artifacts"], json!([{"location": artifact, "encoding": "GB18030"}]));
}

#[test]
fn sarif_says_what_the_rules_are_and_what_could_not_be_read() {
    let log: Value = serde_json::from_str(&sample_as(OutputFormat::Sarif, Lang::En)).unwrap();
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!((&driver["name"], &driver["version"]), (&json!("zhengming"), &json!("0.1.0")));
    assert_eq!(
        driver["rules"][1],
        json!({
            "id": "nonstandard-variant",
            "shortDescription": {"text": "Nonstandard term"},
            "fullDescription": {"text": "a variant of an official term"},
            "help": {"text": "# nonstandard-variant\n\npage", "markdown": "# nonstandard-variant\n\npage"},
            "defaultConfiguration": {"level": "note", "enabled": false},
            "properties": {"tags": ["variant"], "problem.severity": "recommendation", "fix": "safe"},
        })
    );
    let artifact = json!({"uri": "%E8%8D%89%E7%A8%BF/b.doc", "uriBaseId": "%SRCROOT%"});
    assert_eq!(
        run["invocations"],
        json!([{"executionSuccessful": false, "toolExecutionNotifications": [{
            "level": "error",
            "message": {"text": "the file is encrypted"},
            "locations": [{"physicalLocation": {"artifactLocation": artifact}}],
        }]}])
    );
}

#[test]
fn sarif_without_anything_to_say() {
    let log: Value = serde_json::from_str(&print(OutputFormat::Sarif, Lang::Zh, &[])).unwrap();
    let run = &log["runs"][0];
    // Present and empty: an absent list would say that nothing was looked for.
    assert_eq!(run["results"], json!([]));
    let invocations = json!([{"executionSuccessful": true, "toolExecutionNotifications": []}]);
    assert_eq!(run["invocations"], invocations);
    assert_eq!(run.get("artifacts"), None);
}

#[test]
fn sarif_results_keep_to_what_the_schema_demands() {
    let (document, mut diagnostic) = sample();
    diagnostic.rule = "unknown-rule";
    diagnostic.severity = Severity::Info;
    // Fixes must be unique, and each must change something.
    let mut nothing = diagnostic.fixes[0].clone();
    nothing.edits.clear();
    diagnostic.fixes.push(nothing);
    diagnostic.fixes.push(diagnostic.fixes[0].clone());
    for path in ["/srv/a.md", "../a.md"] {
        let files = [FileReport::checked(path, &document, std::slice::from_ref(&diagnostic))];
        let log: Value = serde_json::from_str(&print(OutputFormat::Sarif, Lang::Zh, &files)).unwrap();
        let result = &log["runs"][0]["results"][0];
        assert_eq!((&result["level"], result.get("ruleIndex")), (&json!("note"), None));
        assert_eq!(result["fixes"].as_array().unwrap().len(), 2);
        let artifact = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        assert_eq!(artifact.get("uriBaseId"), None, "{path} does not lie in the source folder");
    }
}

#[test]
fn github_annotations() {
    let expected = "\
::warning file=草稿/a.md,line=2,col=4,endLine=2,endColumn=7,title=不规范用语 (nonstandard-variant)::草稿/a.md:2:4: “浙政盯”不是规范用语；应为“浙政钉”%0A依据：3.1.3.9
::error file=草稿/b.doc,title=unreadable::草稿/b.doc: 文件已加密
";
    assert_eq!(sample_as(OutputFormat::Github, Lang::Zh), expected);
}

#[test]
fn github_takes_no_columns_for_several_lines() {
    let (document, mut diagnostics) = read("推广«浙\n政盯»，\n");
    diagnostics[0].severity = Severity::Info;
    let files = [FileReport::checked("a,b:c.md", &document, &diagnostics)];
    let expected = "\
::notice file=a%2Cb%3Ac.md,line=1,endLine=2,title=Nonstandard term (nonstandard-variant)::a,b:c.md:1:3: `浙 政盯` is not the standard term; the standard term is `浙政钉`
";
    assert_eq!(print(OutputFormat::Github, Lang::En, &files), expected);
}

#[test]
fn reviewdog_counts_bytes() {
    let log: Value = serde_json::from_str(&sample_as(OutputFormat::Rdjson, Lang::En)).unwrap();
    assert_eq!(log["source"]["name"], "zhengming");
    let range = |line: usize, start: usize, end: usize| json!({"start": {"line": line, "column": start}, "end": {"line": line, "column": end}});
    let expected = json!([
        {
            "message": "`浙政盯` is not the standard term; the standard term is `浙政钉`\nsee 3.1.3.9",
            "location": {"path": "草稿/a.md", "range": range(2, 11, 20)},
            "severity": "WARNING",
            "code": {"value": "nonstandard-variant"},
            "suggestions": [
                {"range": range(2, 11, 20), "text": "浙政钉"},
                {"range": range(2, 11, 20), "text": "浙江政务钉钉"},
            ],
            "relatedLocations": [{
                "message": "the standard term is used here",
                "location": {"path": "草稿/a.md", "range": range(1, 7, 16)},
            }],
        },
        {"message": "the file is encrypted", "location": {"path": "草稿/b.doc"}, "severity": "ERROR"},
    ]);
    assert_eq!(log["diagnostics"], expected);
}

/// The column at which the only finding starts, and its suggestion.
fn reviewdog(document: &Document, diagnostic: &Diagnostic) -> (Value, Value) {
    let files = [FileReport::checked("a.md", document, std::slice::from_ref(diagnostic))];
    let log: Value = serde_json::from_str(&print(OutputFormat::Rdjson, Lang::Zh, &files)).unwrap();
    let shown = &log["diagnostics"][0];
    (shown["location"]["range"]["start"]["column"].clone(), shown["suggestions"][0].clone())
}

#[test]
fn reviewdog_cuts_the_bytes_of_the_file() {
    let (mut document, diagnostics) = read("甲«浙政盯»\n");
    assert_eq!(reviewdog(&document, &diagnostics[0]).0, 4);
    document.set_encoding(Encoding { name: "UTF-8", bom: true });
    assert_eq!(reviewdog(&document, &diagnostics[0]).0, 7);
}

#[test]
fn a_place_in_another_file_has_a_line_and_no_column_in_bytes() {
    let (document, mut diagnostics) = read("甲«浙政盯»\n");
    let point = |column| Point { byte: 30, char: 10, line: 4, column, utf16: column };
    let elsewhere = Elsewhere { path: "b.md".to_owned(), start: point(3), end: point(6), place: None };
    diagnostics[0].related.push(Related {
        span: Span::new(30, 39),
        message: Text::new("另一份文稿", "the other document"),
        elsewhere: Some(elsewhere),
    });
    let files = [FileReport::checked("a.md", &document, &diagnostics)];
    let log: Value = serde_json::from_str(&print(OutputFormat::Rdjson, Lang::Zh, &files)).unwrap();
    let location = json!({"path": "b.md", "range": {"start": {"line": 4}, "end": {"line": 4}}});
    assert_eq!(log["diagnostics"][0]["relatedLocations"][0]["location"], location);
}

#[test]
fn the_edits_of_a_fix_are_one_suggestion_for_reviewdog() {
    let (document, mut diagnostics) = read("«领导**驾驶**仓»\n");
    let edit =
        |start: usize, end: usize, text: &str| Edit { span: Span::new(start, end), text: text.to_owned() };
    diagnostics[0].fixes[0].edits = vec![edit(0, 6, "管理"), edit(16, 19, "舱")];
    let (_, suggestion) = reviewdog(&document, &diagnostics[0]);
    assert_eq!(suggestion["text"], "管理**驾驶**舱");
    assert_eq!(suggestion["range"]["end"]["column"], 20);
}

#[test]
fn junit_has_a_suite_per_file() {
    let (document, mut diagnostics) = read("«浙政盯»\n«<浙&政\"盯>»\n");
    diagnostics[0].severity = Severity::Info;
    let files = [
        FileReport::checked("a.md", &document, &diagnostics),
        FileReport::checked("b.md", &document, &[]),
        FileReport::unreadable("c\u{1}.md", Text::new("文件\u{0}已加密", "")),
    ];
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="zhengming">
<testsuite name="a.md" tests="2" failures="1" errors="0" skipped="0">
<testcase name="nonstandard-variant (1:1)" classname="a.md" file="a.md" line="1"><system-out>a.md:1:1: info[nonstandard-variant] “浙政盯”不是规范用语；应为“浙政钉”</system-out></testcase>
<testcase name="nonstandard-variant (2:1)" classname="a.md" file="a.md" line="2"><failure type="warning" message="“&lt;浙&amp;政&quot;盯&gt;”不是规范用语；应为“浙政钉”">a.md:2:1: warning[nonstandard-variant] “&lt;浙&amp;政&quot;盯&gt;”不是规范用语；应为“浙政钉”</failure></testcase>
</testsuite>
<testsuite name="b.md" tests="1" failures="0" errors="0" skipped="0">
<testcase name="zhengming" classname="b.md" file="b.md"/>
</testsuite>
<testsuite name="c�.md" tests="1" failures="0" errors="1" skipped="0">
<testcase name="zhengming" classname="c�.md" file="c�.md"><error type="unreadable" message="文件�已加密"/></testcase>
</testsuite>
</testsuites>
"#;
    let actual = print(OutputFormat::Junit, Lang::Zh, &files);
    assert_eq!(actual, expected, "\n{actual}");
    read_xml(&actual);
}

#[test]
fn checkstyle_has_a_file_per_file() {
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<checkstyle version="4.3">
<file name="草稿/a.md">
<error line="2" column="4" severity="warning" message="“浙政盯”不是规范用语；应为“浙政钉”&#10;依据：3.1.3.9" source="zhengming.nonstandard-variant"/>
</file>
<file name="草稿/b.doc">
<error line="0" column="0" severity="error" message="文件已加密" source="zhengming.unreadable"/>
</file>
</checkstyle>
"#;
    let actual = sample_as(OutputFormat::Checkstyle, Lang::Zh);
    assert_eq!(actual, expected, "\n{actual}");
    read_xml(&actual);
}

#[test]
fn lines_of_json_are_the_findings_of_the_document() {
    let log: Value = serde_json::from_str(&sample_as(OutputFormat::Json, Lang::Zh)).unwrap();
    let mut expected = log["files"][0]["diagnostics"][0].clone();
    expected["path"] = "./草稿/a.md".into();
    expected["format"] = "markdown".into();
    let unreadable = json!({"path": "草稿/b.doc", "format": null, "error": "文件已加密"});
    let lines = sample_as(OutputFormat::Jsonl, Lang::Zh);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, [expected, unreadable]);
}
