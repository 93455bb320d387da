//! What scans and extractors do to a standard, and what the notices say about it.

use super::*;

const LEAD: &str = "DB99/T 12—2024\n3术语和定义\n下列术语和定义适用于本文件。\n";
const TAIL: &str = "\n4要求\n4.1总则\n桶应有盖。\nDB99/T 12—2024\n";

fn text(entries: &str) -> String {
    format!("{LEAD}{entries}{TAIL}")
}

#[track_caller]
fn notice(entries: &str, expected: &str) {
    let found = notices(&text(entries));
    assert!(found.iter().any(|notice| notice.contains(expected)), "{expected} in {found:#?}");
}

#[test]
fn page_headers_inside_a_definition_are_removed() {
    let entries =
        "3.1\n桶 drum\n圆柱形的，\n\n5\nDB99/T 12—2024\n有底的容器。\nII\nDB99/T 12—2024\n注：有盖。";
    check(&text(entries), &["3.1 桶 {drum} 圆柱形的，有底的容器。 | 注：有盖。"]);
    notice(entries, "8 条目中的页眉、页码“5 DB99/T 12—2024”已去除");
}

#[test]
fn numbers_are_put_together() {
    let entries = "3. 1\n桶 drum\n圆柱形的容器。\n3 .2\n盖 lid\n部件。\n3.\n3\n箍 hoop\n加固用的环。\n3\n.4 底 bottom\n桶的下端。";
    check(
        &text(entries),
        &[
            "3.1 桶 {drum} 圆柱形的容器。",
            "3.2 盖 {lid} 部件。",
            "3.3 箍 {hoop} 加固用的环。",
            "3.4 底 {bottom} 桶的下端。",
        ],
    );
    notice(entries, "10 条目编号断开或夹有空格，按“3.3”读取");
}

#[test]
fn a_digit_that_stands_apart_belongs_to_the_number() {
    let numbers: String = (1..=10).map(|n| format!("3.{n}\n桶{n}号 drum {n}\n第{n}个容器。\n")).collect();
    let found = read(&text(&format!("{numbers}3.1 1 大桶 big drum\n很大的容器。")));
    assert_eq!(found.len(), 11);
    assert_eq!(found[10], "3.11 大桶 {big drum} 很大的容器。");
}

#[test]
fn a_number_on_the_page_before_its_term_is_kept() {
    let entries =
        "3.1\n桶 drum\n圆柱形的容器。\n3. 2\n\n1\nDB99/T 12—2024\n—般部件 genera I parts\n桶的部件。";
    check(&text(entries), &["3.1 桶 {drum} 圆柱形的容器。", "3.2 一般部件 {genera I parts} 桶的部件。"]);
    notice(entries, "“—”按“一”读取");
    notice(entries, "英文对应词疑似识别有误");
}

#[test]
fn spaces_between_characters_go() {
    let entries = "3.1\n桶 身 drum body\n圆 柱 形 的 ， 有 底 的 容 器 的 侧 面 ， 见 G B / T 1 2 。";
    check(&text(entries), &["3.1 桶身 {drum body} 圆柱形的，有底的容器的侧面，见GB/T12。"]);
    notice(entries, "汉字之间的空格已去除");
}

#[test]
fn radicals_are_replaced() {
    let entries = "3.1\n⼤桶 big drum\n圆柱形的⼤容器，⽤于⽹络。";
    check(&text(entries), &["3.1 大桶 {big drum} 圆柱形的大容器，用于网络。"]);
    notice(entries, "部首或兼容汉字已改为通用汉字，全文共 4 处");
}

#[test]
fn gaps_and_doubled_numbers_are_told() {
    let entries = "3.1\n桶 drum\n圆柱形的容器。\n3.3\n盖 lid\n部件。\n3.3\n箍 hoop\n加固用的环。";
    check(
        &text(entries),
        &["3.1 桶 {drum} 圆柱形的容器。", "3.3 盖 {lid} 部件。", "3.3 箍 {hoop} 加固用的环。"],
    );
    notice(entries, "7 条目编号不连续：应为 3.2，实为 3.3");
    notice(entries, "10 条目编号 3.3 重复或倒序");
}

#[test]
fn doubled_entries_are_kept_once_unless_they_differ() {
    let entries = "3.1\n桶 drum\n圆柱形的容器。\n3.2\n桶 drum\n圆柱形的容器。\n3.3\n桶 drum\n盛水的器具。";
    check(&text(entries), &["3.1 桶 {drum} 圆柱形的容器。", "3.3 桶 {drum} 〈3.3〉 盛水的器具。"]);
    notice(entries, "7 “桶”与第 4 行的条目重复");
    notice(entries, "10 “桶”在第 4 行已有条目，定义不同");
}

#[test]
fn a_name_that_is_another_entrys_term_is_not_listed_twice() {
    let entries = "3.1\n桶 drum\n许用术语：盖\n圆柱形的容器。\n3.2\n盖 lid\n部件。";
    check(&text(entries), &["3.1 桶 {drum} 圆柱形的容器。", "3.2 盖 {lid} 部件。"]);
    notice(entries, "“盖”已是“盖”的术语");
}

#[test]
fn what_belongs_to_no_entry_is_told() {
    let entries = "3.1\n桶 drum\n圆柱形的容器。\n[来源：GB/T 325—2018，3.1]\n此处有一行批注";
    check(&text(entries), &["3.1 桶 {drum} 圆柱形的容器。 | 源：GB/T 325—2018，3.1"]);
    notice(entries, "没有归入任何条目：“此处有一行批注”");
}

#[test]
fn a_page_in_one_line_is_broken_up() {
    let filler = "本文件起草单位为某研究院。".repeat(12);
    let text = format!(
        "{filler}3 术语和定义 GB/T 4122.1界定的以及下列术语和定义适用于本文件。3.1 油桶 盛装油料的容器。3.2 桶盖 封闭桶口的部件。 4 要求 桶应有盖。{filler}"
    );
    check(&text, &["3.1 油桶 盛装油料的容器。", "3.2 桶盖 封闭桶口的部件。"]);
}

#[test]
fn a_heading_whose_number_stands_alone_is_found() {
    check(
        "3\n\n术语和定义\n\n3.1\n桶 drum\n圆柱形的容器。\n4\n要求\n4.1 桶应有盖。\n",
        &["3.1 桶 {drum} 圆柱形的容器。"],
    );
}

#[test]
fn line_ends_and_marks_of_other_systems_do_not_matter() {
    let text = text("3.1\n桶 drum\n圆柱形的\n容器😀。").replace('\n', "\r\n");
    check(&format!("\u{FEFF}{text}"), &["3.1 桶 {drum} 圆柱形的容器😀。"]);
}

#[test]
fn the_mark_of_a_source_in_the_first_line_is_left_out() {
    check(
        &format!("#SOURCE https://example.org/GB_T-1-2020.md\n{}", text("3.1\n桶 drum\n容器。")),
        &["3.1 桶 {drum} 容器。"],
    );
}
