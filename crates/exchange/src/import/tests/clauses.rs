//! Standards laid out by GB/T 1.1 and GB/T 20001.1.

use super::*;

const LEAD: &str = "3 术语和定义\n下列术语和定义适用于本文件。\n";

#[track_caller]
fn clause(entries: &str, expected: &[&str]) {
    check(&format!("{LEAD}{entries}\n4 要求\n4.1 总则\n桶应有盖。\n"), expected);
}

#[test]
fn number_term_and_english_stand_on_lines_of_their_own_or_together() {
    let expected = &["3.1 油桶 {oil drum} 盛装油料的容器。", "3.2 桶盖 {drum lid} 封闭桶口的部件。"];
    clause("3.1\n油桶 oil drum\n盛装油料的容器。\n3.2\n桶盖 drum lid\n封闭桶口的部件。", expected);
    clause("3.1 油桶 oil drum\n盛装油料的容器。\n3.2 桶盖 drum lid\n封闭桶口的部件。", expected);
    clause(
        "3.1\n\n油桶\n\noil drum\n\n盛装油料\n\n的容器。\n\n3.2\n\n桶盖\n\ndrum lid\n\n封闭桶口的部件。",
        expected,
    );
    clause("3.1. 油桶（oil drum）\n盛装油料的容器。\n3.2. 桶盖（drum lid）\n封闭桶口的部件。", expected);
    clause("3.1油桶oil drum\n盛装油料的容器。\n3.2桶盖drum lid\n封闭桶口的部件。", expected);
    clause("3.1 油桶 oil drum 盛装油料的容器。\n3.2 桶盖 drum lid 封闭桶口的部件。", expected);
    clause("3.1\t油桶\toil drum\n盛装油料的容器。\n3.2\t桶盖\tdrum lid\n封闭桶口的部件。", expected);
    clause(
        "\t3.1\n　　油桶 oil drum\n　　盛装油料的容器。\n3.2\n　　桶盖 drum lid\n　　封闭桶口的部件。",
        expected,
    );
}

#[test]
fn an_entry_may_be_a_single_sentence() {
    clause(
        "3.1 油桶：盛装油料的容器。\n3.2 桶盖 封闭桶口的部件。\n3.3 桶身是指桶的侧面。",
        &["3.1 油桶 盛装油料的容器。", "3.2 桶盖 封闭桶口的部件。", "3.3 桶身 是指桶的侧面。"],
    );
}

#[test]
fn english_may_go_on_in_the_next_line_and_have_a_short_form() {
    clause(
        "3.1\n水平排空级别 horizontal draining level of\ncontainers; HDL\n排空后残留的高度。",
        &["3.1 水平排空级别 {horizontal draining level of containers; HDL} 排空后残留的高度。"],
    );
}

#[test]
fn other_names_keep_their_status() {
    clause(
        "3.1\n油桶 oil drum\n许用术语：盛油桶\n拒用术语：油罐子、油缸\n盛装油料的容器。\n3.2\n桶盖 drum lid\n盖 lid\n封闭桶口的部件。\n3.3\n桶箍\n箍桶\n加固桶身的环。",
        &[
            "3.1 油桶 [admitted:盛油桶 deprecated:油罐子 deprecated:油缸] {oil drum} 盛装油料的容器。",
            "3.2 桶盖 [admitted:盖] {drum lid; lid} 封闭桶口的部件。",
            "3.3 桶箍 箍桶加固桶身的环。",
        ],
    );
    clause(
        "3.1\n时效油料 aged oil\n\n时间效应油料\n\n存放后性质改变的油料。\n3.2 桶盖（又称桶帽）\n封闭桶口的部件。",
        &[
            "3.1 时效油料 [admitted:时间效应油料] {aged oil} 存放后性质改变的油料。",
            "3.2 桶盖 [admitted:桶帽] 封闭桶口的部件。",
        ],
    );
}

#[test]
fn domains_notes_examples_and_sources_are_kept_apart() {
    clause(
        "3.1\n桶 drum\n〈包装〉圆柱形的\n容器。\n注1：有盖。\n注 2: 无盖的不\n算。\n示例：\n铁桶。\n[来源：GB/T 4122.1—2008，2.3，有修改]\n3.2\n盖 lid\n<包装> 封闭口部的部件。[GB/T 4122.1-2008,定义3. 2]",
        &[
            "3.1 桶 {drum} 〈包装〉 圆柱形的容器。 | 注：有盖。 | 注：无盖的不算。 | 例：铁桶。 | 源：GB/T 4122.1—2008，2.3，有修改",
            "3.2 盖 {lid} 〈包装〉 封闭口部的部件。 | 源：GB/T 4122.1-2008,定义3.2",
        ],
    );
}

#[test]
fn a_definition_keeps_spaces_between_latin_words_only() {
    clause("3.1\n桶 drum\n符合 open\ndrum 形式\n的容器。", &["3.1 桶 {drum} 符合 open drum 形式的容器。"]);
}

#[test]
fn groups_are_no_entries() {
    clause(
        "3.1 容器\n3.1.1 一般术语\n3.1.1.1\n油桶 oil drum\n盛装油料的容器。\n3.1.2 部件\n3.1.2.1\n桶盖 lid\n封闭桶口的部件。\n3.2 材料\n3.2.1\n铁皮 sheet iron\n轧制的薄铁板。",
        &[
            "3.1.1.1 油桶 {oil drum} 盛装油料的容器。",
            "3.1.2.1 桶盖 {lid} 封闭桶口的部件。",
            "3.2.1 铁皮 {sheet iron} 轧制的薄铁板。",
        ],
    );
}

#[test]
fn an_entry_may_have_entries_below_it() {
    clause(
        "3.1\n桶 drum\n圆柱形的容器。\n3.1.1\n油桶 oil drum\n盛装油料的桶。",
        &["3.1 桶 {drum} 圆柱形的容器。", "3.1.1 油桶 {oil drum} 盛装油料的桶。"],
    );
}

#[test]
fn abbreviations_are_left_out() {
    let text = "3 术语、定义和缩略语\n3.1 术语和定义\nGB/T 4122.1界定的以及下列术语和定义适用于本文件。\n3.1.1\n桶 drum\n圆柱形的容器。\n3.2 缩略语\n下列缩略语适用于本文件。\nHDL：水平排空级别（horizontal draining level）\n4 要求\n";
    check(text, &["3.1.1 桶 {drum} 圆柱形的容器。"]);
    let import = import("test.txt", text, &ImportOptions::default()).unwrap();
    assert_eq!(import.dictionary.header().imports, ["GB/T 4122.1"]);
}

#[test]
fn the_table_of_contents_is_not_the_clause() {
    let text = "目次\n1 范围\n2 规范性引用文件\n3 术语和定义\n4 要求\n4.1 总则\n5 试验\n\n1 范围\n本文件规定了桶的要求。\n3 术语和定义\n下列术语和定义适用于本文件。\n3.1\n桶 drum\n圆柱形的容器。\n4 要求\n4.1 总则\n桶应有盖。\n";
    check(text, &["3.1 桶 {drum} 圆柱形的容器。"]);
}

#[test]
fn the_clause_ends_at_annexes_and_index_too() {
    clause(
        "3.1\n桶 drum\n圆柱形的容器。\n附录A\n（资料性）\nA.1 桶的图\n桶的图见图A.1。",
        &["3.1 桶 {drum} 圆柱形的容器。"],
    );
    clause("3.1\n桶 drum\n圆柱形的容器。\n索引\n桶 3.1\n", &["3.1 桶 {drum} 圆柱形的容器。"]);
}

#[test]
fn a_terminology_standard_goes_on_through_its_chapters() {
    let text = "包装容器 术语\n1 范围\n本文件界定了桶的术语。\n2 规范性引用文件\n本文件没有规范性引用文件。\n3 基本术语\n3.1\n桶 drum\n圆柱形的容器。\n4 部件\n4.1\n桶盖 lid\n封闭桶口的部件。\n4.2\n桶身 body\n桶的侧面。\n附录A\n";
    check(
        text,
        &["3.1 桶 {drum} 圆柱形的容器。", "4.1 桶盖 {lid} 封闭桶口的部件。", "4.2 桶身 {body} 桶的侧面。"],
    );
}

#[test]
fn references_at_the_beginning_of_a_line_open_no_entry() {
    clause(
        "3.1\n桶 drum\n按照\n3.2的规定封闭的容器，见\n4.1 中的要求。\n3.2\n桶盖 lid\n封闭桶口的部件。",
        &["3.1 桶 {drum} 按照3.2的规定封闭的容器，见4.1 中的要求。", "3.2 桶盖 {lid} 封闭桶口的部件。"],
    );
}

#[test]
fn markdown_headings_are_taken_off() {
    check(
        "# 油桶通用要求\n\n## 1 范围\n\n本文件规定了油桶。\n\n## 3 术语和定义\n\n下列术语和定义适用于本文件。\n\n<div style=\"text-align: center;\"><img src=\"a.jpg\" width=\"3%\" /></div>\n\n### 3.1 \n\n## 油桶 oil drum\n\n盛装油料的容器。\n\n注 $ ^{1} $ ：有盖。\n\n$ ^{*} $ 注：无盖的不算。\n\n### **3.2** **桶盖** drum lid\n\n封闭桶口的部件。\n\n## 4 要求\n\n",
        &[
            "3.1 油桶 {oil drum} 盛装油料的容器。 | 注：有盖。 | 注：无盖的不算。",
            "3.2 桶盖 {drum lid} 封闭桶口的部件。",
        ],
    );
}

#[test]
fn a_term_before_its_number_is_moved() {
    clause(
        "3.1\n油桶 oil drum\n盛装油料的容器。\n桶盖 drum lid\n3.2\n封闭桶口的部件。",
        &["3.1 油桶 {oil drum} 盛装油料的容器。", "3.2 桶盖 {drum lid} 封闭桶口的部件。"],
    );
}

#[test]
fn chinese_numerals_and_lists_are_a_style_too() {
    check(
        "一、范围\n本标准规定了油桶。\n三、术语和定义\n下列术语和定义适用于本标准。\n1、油桶  oil drum\n盛装油料的容器。\n2、 桶盖   drum lid\n封闭桶口的部件。\n四、要求\n1、桶应有盖。\n",
        &["1 油桶 {oil drum} 盛装油料的容器。", "2 桶盖 {drum lid} 封闭桶口的部件。"],
    );
}

#[test]
fn entries_that_lost_their_numbers_are_told_by_their_english() {
    check(
        "范围\n本文件规定了油桶。\n术语和定义\n下列术语和定义适用于本文件。\n油桶 oil drum\n盛装油料的容器。\n注：有盖。\n桶盖 drum lid\n封闭桶口的\n部件。\n基本要求\n桶应有盖。\n",
        &["- 油桶 {oil drum} 盛装油料的容器。 | 注：有盖。", "- 桶盖 {drum lid} 封闭桶口的部件。"],
    );
}

#[test]
fn a_document_without_entries_of_its_own_keeps_its_imports() {
    let text =
        "3 术语和定义\nGB/T 4122.1—2008和GB/T 325界定的术语和定义适用于本文件。\n4 要求\n4.1 桶应有盖。\n";
    let import = import("test.txt", text, &ImportOptions::default()).unwrap();
    assert!(import.dictionary.concepts().is_empty());
    assert_eq!(import.dictionary.header().imports, ["GB/T 4122.1—2008", "GB/T 325"]);
}

#[test]
fn the_header_is_read_from_cover_and_running_head() {
    let text = "ICS 55.140\nDB99\n某省地方标准\nDB99/T 12—2024\n代替 DB99/T 12—2019\n油桶 术语\nDrums — Vocabulary\n2024-12-25 发布 2025-02-01 实施\n某省市场监督管理局 发布\nDB99/T 12—2024\n油桶 术语\n1 范围\n本文件界定了桶的术语。\n3 术语和定义\n3.1\n桶 drum\n圆柱形的容器。\n";
    let import = import("a.txt", text, &ImportOptions::default()).unwrap();
    let header = import.dictionary.header();
    assert_eq!(header.id, "db99t-12-2024");
    assert_eq!(header.title, "油桶 术语");
    assert_eq!(header.citation.as_deref(), Some("DB99/T 12—2024"));
    assert_eq!(header.series.as_deref(), Some("DB99/T 12"));
    assert_eq!(header.edition.as_deref(), Some("2024"));
    assert_eq!(header.authority, Some(zhengming_terms::dictionary::Authority::LocalStandard));
    assert_eq!(header.issuer.as_deref(), Some("某省市场监督管理局"));
    assert_eq!(header.effective.map(|date| date.to_string()).as_deref(), Some("2025-02-01"));
}

#[test]
fn without_a_cover_the_number_comes_from_the_name_of_the_file() {
    let import = import(
        "x/DB3299T12-2024油桶.txt",
        &format!("{LEAD}3.1\n桶 drum\n圆柱形的容器。\n"),
        &ImportOptions::default(),
    );
    assert_eq!(import.unwrap().dictionary.header().id, "db3299t-12-2024");
}

#[test]
fn a_terminology_standard_needs_no_heading_for_its_terms() {
    let text = "包装术语 第1部分：桶\n1 范围\n本标准界定了桶的术语。\n2 桶的种类\n2.1 油桶 oil drum；oil barrel\n  盛装油料的容器。\n3 桶的部件\n3.1 桶盖 lid\n  封闭桶口的部件。\n中文索引\nB\n桶盖 3.1\n";
    check(text, &["2.1 油桶 {oil drum; oil barrel} 盛装油料的容器。", "3.1 桶盖 {lid} 封闭桶口的部件。"]);
}

#[test]
fn the_sentence_that_opens_the_clause_stands_in_for_its_heading() {
    check(
        "1 范围\n本文件规定了桶。\n3 未 能 识 别\nGB/T 325界定的以及下列术语和定义适用于本文件。\n3.1\n桶 drum\n圆柱形的容器。\n4 要求\n",
        &["3.1 桶 {drum} 圆柱形的容器。"],
    );
}

#[test]
fn definitions_without_a_full_stop_end_at_the_source() {
    clause(
        "# 3.1\n\n桶身drum body\n\n桶的侧面，\n\n[GB/T325—2018，定义3.1]\n\n3.2\n\n桶盖 drum lid 封闭桶口的部件。 [GB 325—2018，定义3.2]",
        &[
            "3.1 桶身 {drum body} 桶的侧面， | 源：GB/T325—2018，定义3.1",
            "3.2 桶盖 {drum lid} 封闭桶口的部件。 | 源：GB 325—2018，定义3.2",
        ],
    );
}
