//! Comments that make the program ignore something, as authors write them.

mod support;

use std::fs;

use support::{json, zhengming, zhengming_with_input};
use zhengming::{Document, Linter, Options};

/// The rules reported for a text on standard input, in order.
fn rules(name: &str, text: &str) -> Vec<String> {
    let run = zhengming_with_input(
        &["check", "--all", "--format", "json", "--stdin-filename", name, "-"],
        text.as_bytes(),
    );
    let report = json(&run.out);
    let found = report["files"][0]["diagnostics"].as_array().unwrap();
    found.iter().map(|one| one["rule"].as_str().unwrap().to_owned()).collect()
}

const VARIANT: &str = "nonstandard-variant";

#[test]
fn comments_act_in_every_format_of_text() {
    for (name, text) in [
        (
            "a.md",
            "<!-- zhengming-disable-next-line nonstandard-variant: 浙政盯 -- 引用原文 -->\n用浙政盯办公。\n",
        ),
        ("a.md", "# 甲\n\n<!-- zhengming-disable -->\n\n用浙政盯办公。\n\n<!-- zhengming-enable -->\n"),
        ("a.md", "- 甲\n- 用浙政盯办公。<!-- 正名：忽略本行 -->\n"),
        ("a.md", "| 名称 | 说明 |\n|-|-|\n| 浙政盯 <!-- zhengming-disable-line variant --> | 办公 |\n"),
        ("a.md", "用<!-- zhengming-disable variant -->浙政**盯**<!-- zhengming-enable variant -->办公。"),
        ("a.html", "<p>用<!-- zhengming-disable -->浙政盯<!-- zhengming-enable -->办公。</p>"),
        ("a.html", "<!-- 正名：停用 variant；浙政盯 —— 引文 -->\n<table><tr><td>浙政盯</td></tr></table>"),
        ("a.txt", "<!-- zhengming-disable-next-line -->\n用浙政盯办公。\n"),
        ("a.txt", "　　正名：忽略下一行 浙政盯 —— 引用原文\n　　用浙政盯办公。\n"),
    ] {
        assert_eq!(rules(name, text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_stands_outside_is_reported() {
    for (name, text) in [
        ("a.md", "<!-- zhengming-disable-next-line -->\n用浙政盯办公。\n\n用浙政盯发文。\n"),
        ("a.md", "<!-- zhengming-disable -->\n\n浙政盯\n\n<!-- zhengming-enable -->\n\n浙政盯\n"),
        ("a.md", "用浙政盯<!-- zhengming-disable -->和浙政盯<!-- zhengming-enable -->办公。"),
        ("a.md", "- 浙政盯\n- 浙政盯<!-- zhengming-disable-line -->\n"),
        ("a.txt", "zhengming-disable-next-line\n用浙政盯办公。\n\n用浙政盯发文。\n"),
    ] {
        assert_eq!(rules(name, text), [VARIANT], "{text}");
    }
}

#[test]
fn comments_without_effect_are_reported() {
    assert_eq!(rules("a.md", "<!-- zhengming-disable -->\n\n用浙政钉办公。"), ["unused-suppression"]);
    assert_eq!(
        rules("a.md", "<!-- zhengming-disable nonstandard-varient -->\n\n用浙政盯办公。"),
        ["unused-suppression", VARIANT]
    );
    assert_eq!(rules("a.txt", "zhengming-disable-line\n用浙政钉办公。\n"), ["unused-suppression"]);
    let text = "<!-- zhengming-disable-line variant -->\n\n用浙政钉办公。";
    let code = |arguments: &[&str]| {
        zhengming_with_input(&[&["check", "-q", "-"], arguments].concat(), text.as_bytes()).code
    };
    assert_eq!((code(&[]), code(&["--ignore", "suppression"])), (1, 0));
    // Nothing can be said of rules that do not run.
    assert_eq!(code(&["--ignore", "variant"]), 0);
    assert_eq!(code(&["--select", "edition,unused-suppression"]), 0);
}

#[test]
fn suppressed_findings_are_counted_and_fail_nothing() {
    let text = "<!-- zhengming-disable variant -->\n\n用浙政盯办公，用浙政盯发文。";
    let run = |format: &str| zhengming_with_input(&["check", "--format", format, "-"], text.as_bytes());
    let report = run("json");
    assert_eq!(report.code, 0);
    assert_eq!(json(&report.out)["summary"]["suppressed"], 2);
    assert!(run("pretty").out.contains("2 处已按要求忽略"), "{}", run("pretty").out);
    // Code scanning shows suppressed results as open alerts, so there are none.
    assert_eq!(json(&run("sarif").out)["runs"][0]["results"].as_array().unwrap().len(), 0);
    assert_eq!(run("concise").out, "");
}

#[test]
fn suppressed_places_are_not_mended() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    let text = "<!-- zhengming-disable-next-line -->\n用浙政盯办公。\n\n用浙政盯发文。\n";
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    assert_eq!(zhengming(&["check", "--fix", path]).code, 0);
    assert_eq!(fs::read_to_string(path).unwrap(), text.replace("盯发", "钉发"));
}

#[test]
fn comments_are_left_to_their_author() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    // Were the misspelt comment taken out, the text that it is about would be changed next.
    let text = "甲\n\n<!-- zhengming-disable-next-line nonstandard-varian -->\n乙\n";
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    assert_eq!(zhengming(&["check", "--fix", "--unsafe", path]).code, 1);
    assert_eq!(fs::read_to_string(path).unwrap(), text);
}

#[test]
fn of_several_places_in_a_paragraph_only_those_meant_are_ignored() {
    let text = "用浙政盯办公，\n用浙政盯发文，<!-- zhengming-disable-line -->\n用浙政盯开会。";
    let found = Linter::builder().build().unwrap().check(&Document::markdown(text));
    assert_eq!((found.diagnostics.len(), found.suppressed.len()), (1, 1));
    assert_eq!(found.diagnostics[0].related.len(), 1);
    assert_eq!(found.diagnostics[0].fixes[0].edits.len(), 2);
}

#[test]
fn allowed_words_protect_what_is_inside_them() {
    let found = |allow: &[&str], text: &str| {
        let allow = allow.iter().map(|&word| word.to_owned()).collect();
        let linter = Linter::builder().options(Options { allow, ..Options::default() }).build().unwrap();
        linter.lint(&Document::markdown(text)).len()
    };
    let text = "推进公共数据平台建设，完善公共数据平台管理。";
    assert_eq!(found(&[], text), 1);
    assert_eq!(found(&["公共数据平台"], text), 0);
    assert_eq!(found(&["公共数据平台建设", "公共数据平台管理"], text), 0);
    assert_eq!(found(&["公共数据平台建设"], text), 1);
    assert_eq!(found(&["公共数据平台建设"], "推进公共数据\n**平台**建设。"), 0);
    assert_eq!(found(&["数据平台", ""], text), 1);
    // Near misses as well.
    let near = "依托一体化智能化公用数据平台归集。";
    assert_eq!((found(&[], near), found(&["一体化智能化公用数据平台"], near)), (1, 0));
}
