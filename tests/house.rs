//! The cases of the plan of the house, asked as a user asks: one knowledge of the language, one reader a format, for
//! linting and for importing.

mod support;

use std::fs;

use support::{fixture, json, zhengming};

fn written(name: &str, text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    (folder, path.display().to_string())
}

/// The terms and definitions that `dict import` reads.
fn imported(arguments: &[&str]) -> Vec<(String, String)> {
    let run = zhengming(&[&["dict", "import", "--format", "json"], arguments].concat());
    let value = json(&run.out);
    let concepts = value["dictionaries"][0]["concepts"].as_array().unwrap().clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    concepts.iter().map(|one| (text(&one["terms"][0]["text"]), text(&one["definition"]))).collect()
}

/// The terms and definitions that `facts` reads.
fn facts(path: &str) -> Vec<(String, String)> {
    let run = zhengming(&["facts", "--format", "json", path]);
    let value = json(run.out.lines().next().unwrap());
    let found = value["definitions"].as_array().unwrap().clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    found.iter().map(|one| (text(&one["term"]), text(&one["body"]))).collect()
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(term, body)| ((*term).to_owned(), (*body).to_owned())).collect()
}

#[test]
fn a_number_is_a_number_however_it_is_written() {
    for count in ["12", "十二", "百", "几十", "上百", "千", "两千多", "〇", "１２"] {
        let text = format!("DB33/T 2350—2021界定的术语和定义适用于本文件。\n\n全省开通{count}条数据高铁\n");
        let (_folder, path) = written("文稿.md", &text);
        let run = zhengming(&["check", "--isolated", "--format", "concise", &path]);
        assert_eq!((run.code, run.out.as_str()), (0, ""), "{count}");
    }
}

#[test]
fn definitions_are_the_same_for_facts_and_for_import() {
    let text = "某某条例\n\n第三条　所谓一表通，指基层减负报表系统。\n第四条　下列用语的含义：\n（二）数据桥，即两地互通的通道。\n";
    let expected = owned(&[("一表通", "基层减负报表系统。"), ("数据桥", "两地互通的通道。")]);
    let (_folder, path) = written("条例.txt", text);
    assert_eq!(facts(&path), expected);
    assert_eq!(imported(&["--layout", "statute", &path]), expected);
}

#[test]
fn a_word_file_has_one_text() {
    // A terms clause, a content control that shows its prompt, a table of contents.
    let path = fixture("office/terms.prompt.docx");
    let expected = owned(&[("浙政钉", "办公")]);
    assert_eq!(facts(&path), expected);
    assert_eq!(imported(&[&path]), expected);
}

#[test]
fn a_page_has_the_text_that_it_shows() {
    let page = "<table><tr><td>序号</td><td>名词名称</td><td>定义</td></tr><tr><td>1</td>\
        <td>浙政钉<template>模板</template></td>\
        <td>移动办公<textarea>草稿</textarea>平台&lt;b&gt;。</td></tr></table>";
    let (_folder, path) = written("名词.html", page);
    assert_eq!(imported(&[&path]), owned(&[("浙政钉", "移动办公平台<b>。")]));
}

#[test]
fn a_plain_table_of_terms_is_a_dictionary() {
    let page = "<h1>名词</h1><table><tr><th>术语</th><th>定义</th></tr>\
        <tr><td>数据桥</td><td>两地互通的通道。</td></tr></table>";
    let (_folder, path) = written("名词.html", page);
    assert_eq!(imported(&[&path]), owned(&[("数据桥", "两地互通的通道。")]));
    // A table of something else is none.
    let (_folder, path) = written(
        "任务.html",
        "<table><tr><th>任务</th><th>单位</th></tr><tr><td>甲</td><td>乙</td></tr></table>",
    );
    assert_ne!(zhengming(&["dict", "import", &path]).code, 0);
}
