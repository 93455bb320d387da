use serde_json::{Value, json};
use zhengming_terms::dictionary::Dictionary;
use zhengming_terms::diff::{EditionDiff, compare};
use zhengming_text::message::Lang;

use super::{EditionDiffFormat, edition_diff};

fn diff() -> EditionDiff {
    let read = |text: &str| Dictionary::from_toml("d.toml", text).unwrap();
    let old = "[dictionary]\nid = \"d-1\"\ntitle = \"术语\"\ncitation = \"DB33/T 1—2021\"\n\
        [[concept]]\nid = \"x\"\nterm = \"党政机关整体智治\"\nclause = \"3.1\"\ndefinition = \"对党政机关进行数字赋能的<改革>。\"\n\
        [[concept]]\nterm = \"旧*词\"\nclause = \"3.2\"\n[[concept]]\nterm = \"数据仓\"\nclause = \"3.3\"";
    let new = "[dictionary]\nid = \"d-2\"\ntitle = \"术语\"\ncitation = \"DB33/T 1—2022\"\n\
        [[concept]]\nid = \"x\"\nterm = \"党建统领整体智治\"\nclause = \"3.2\"\ndefinition = \"对党政机关进行制度重塑的<改革>。\"\n\
        notes = [\"A&B\"]\n[[concept]]\nterm = \"数字文化\"\nclause = \"3.4\"\ndefinition = \"文化应用。\"\n\
        [[concept]]\nterm = \"数据仓\"\nclause = \"3.3\"";
    compare(&read(old), &read(new))
}

#[test]
fn text_marks_changes_inline() {
    let expected = "\
DB33/T 1—2021 → DB33/T 1—2022
新增 1，删去 1，改名 1，改号 1，改写定义 1，未变 1

新增（1）
  3.4 数字文化
    文化应用。

删去（1）
  3.2 旧*词

有改动（1）
  [-3.1-]{+3.2+} [-党政机关整体智治-]{+党建统领整体智治+}
    定义（改写，相似度 0.69）：对党政机关进行[-数字赋能-]{+制度重塑+}的<改革>。
    注：{+A&B+}
";
    assert_eq!(edition_diff(&diff(), EditionDiffFormat::Text, Lang::Zh), expected);
}

#[test]
fn english_words_go_around_chinese_entries() {
    let text = edition_diff(&diff(), EditionDiffFormat::Text, Lang::En);
    assert!(
        text.contains("1 added, 1 removed, 1 renamed, 1 renumbered, 1 redefined, 1 unchanged\n\nAdded (1)\n")
    );
    assert!(text.contains("    definition (adapted, similarity 0.69): 对党政机关进行[-数字赋能-]"), "{text}");
}

#[test]
fn markdown_and_html_escape_what_is_not_theirs() {
    let markdown = edition_diff(&diff(), EditionDiffFormat::Markdown, Lang::Zh);
    assert!(markdown.contains("- 3.2 旧\\*词\n"), "{markdown}");
    assert!(markdown.contains("<del>数字赋能</del><ins>制度重塑</ins>的\\<改革\\>。"), "{markdown}");
    let html = edition_diff(&diff(), EditionDiffFormat::Html, Lang::Zh);
    assert!(html.contains("<del>数字赋能</del><ins>制度重塑</ins>的&lt;改革&gt;。"), "{html}");
    assert!(html.contains("<ins>A&amp;B</ins>") && html.ends_with("</html>\n"), "{html}");
}

#[test]
fn a_terminal_obeys_nothing_in_a_definition() {
    let read = |definition: &str| {
        let text = format!(
            "[dictionary]\nid = \"d\"\ntitle = \"t\"\n[[concept]]\nterm = \"甲乙\"\ndefinition = \"{definition}\""
        );
        Dictionary::from_toml("d.toml", &text).unwrap()
    };
    let diff = compare(&read("甲"), &read("\\u001b[31m乙\\n丙"));
    for format in [EditionDiffFormat::Text, EditionDiffFormat::Markdown, EditionDiffFormat::Html] {
        assert!(!edition_diff(&diff, format, Lang::Zh).contains('\u{1b}'));
    }
}

#[test]
fn json_holds_every_change() {
    let value: Value =
        serde_json::from_str(&edition_diff(&diff(), EditionDiffFormat::Json, Lang::Zh)).unwrap();
    assert_eq!(value["summary"]["unchanged"], 1);
    assert_eq!(value["added"][0]["term"], "数字文化");
    let changed = &value["changed"][0];
    assert_eq!((&changed["matched"], &changed["renamed"]), (&json!("id"), &json!(true)));
    assert_eq!(changed["definition"]["changes"][1], json!({ "op": "removed", "text": "数字赋能" }));
    assert_eq!(changed["fields"][0], json!({ "field": "notes", "old": "", "new": "A&B" }));
}

#[test]
fn formats_are_known_by_name_and_extension() {
    for (name, format) in [
        ("text", EditionDiffFormat::Text),
        ("md", EditionDiffFormat::Markdown),
        ("html", EditionDiffFormat::Html),
        ("json", EditionDiffFormat::Json),
    ] {
        assert_eq!(name.parse(), Ok(format));
    }
    assert!("pdf".parse::<EditionDiffFormat>().is_err());
}
