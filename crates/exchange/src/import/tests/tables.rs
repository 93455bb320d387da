//! Tables of definitions.

use super::*;

const HEAD: &str = "序号\t名词名称\t定义\t解释单位\n";

#[test]
fn rows_become_concepts() {
    check(
        &format!(
            "油桶定义集（2.0版）\n{HEAD}1\t油桶\t<p>油桶是指盛油的容器。</p> <p>（注：有盖（或塞）。）</p>\t甲局\n2\t“互联网+油料”服务\t在线供油。\t乙局\n"
        ),
        &["1 油桶 油桶是指盛油的容器。 | 注：有盖（或塞）。", "2 “互联网+油料”服务 在线供油。"],
    );
}

#[test]
fn the_header_comes_from_title_and_notice() {
    let text = format!(
        "关于印发定义集的通知\n某省某某厅\n2022年4月12日\n油桶定义集（2.0版）\n{HEAD}1\t油桶\t容器。\t甲局\n"
    );
    let import = import("a.txt", &text, &ImportOptions::default()).unwrap();
    let header = import.dictionary.header();
    assert_eq!((header.title.as_str(), header.edition.as_deref()), ("油桶定义集（2.0版）", Some("2.0版")));
    assert_eq!(header.citation.as_deref(), Some("《油桶定义集（2.0版）》"));
    assert_eq!(header.issuer.as_deref(), Some("某省某某厅"));
    assert_eq!(header.published.map(|date| date.to_string()).as_deref(), Some("2022-04-12"));
    assert_eq!(import.dictionary.concepts()[0].responsible.as_deref(), Some("甲局"));
    assert_eq!(import.layout, Layout::DefinitionTable);
}

#[test]
fn rows_broken_over_pages_are_rejoined() {
    let text =
        format!("{HEAD}1\t油桶\t<p>盛油的容</p>\t甲局\n\n{HEAD}\t\t器，有盖。\t\n2\t桶盖\t部件。\t乙局\n");
    check(&text, &["1 油桶 盛油的容器，有盖。", "2 桶盖 部件。"]);
    let notices = notices(&text);
    assert!(notices.iter().any(|notice| notice == "4 重复的表头已略去"), "{notices:?}");
    assert!(notices.iter().any(|notice| notice == "5 跨页断开的行已接续到上一条"), "{notices:?}");
}

#[test]
fn cells_broken_over_lines_are_rejoined() {
    check(
        &format!("{HEAD}1\t油桶\t盛油的\n容器，\n有盖。\t甲局\n2\t桶盖\t部件。\t乙局\n"),
        &["1 油桶 盛油的容器，有盖。", "2 桶盖 部件。"],
    );
}

#[test]
fn two_terms_in_a_row_become_two_concepts() {
    let text = format!(
        "{HEAD}1\t油料大脑+智慧油料\t油料大脑是指调度中心。含算法。智慧油料是指供油体系。\t甲局\n2\t桶务大脑+智慧桶务\t桶务大脑+智慧桶务是指一个体系。\t乙局\n3\t互联网+供油\t互联网+供油是指在线供油。\t丙局\n"
    );
    check(
        &text,
        &[
            "1 油料大脑 油料大脑是指调度中心。含算法。",
            "1 智慧油料 智慧油料是指供油体系。",
            "2 桶务大脑 桶务大脑+智慧桶务是指一个体系。",
            "2 智慧桶务 桶务大脑+智慧桶务是指一个体系。",
            "3 互联网+供油 互联网+供油是指在线供油。",
        ],
    );
    let import = import("a.txt", &text, &ImportOptions::default()).unwrap();
    assert_eq!(import.dictionary.concepts()[0].heading.as_deref(), Some("油料大脑+智慧油料"));
    assert_eq!(import.notices.len(), 2);
}

#[test]
fn markdown_tables_are_read() {
    check(
        "# 油桶名词\n\n| 名词 | 解释 | 来源 |\n|------|:----:|---|\n| **油桶** | 盛油的<br>容器 \\| 桶 | GB/T 325 |\n| 桶盖 | 部件 | |\n",
        &["- 油桶 盛油的容器 | 桶 | 源：GB/T 325", "- 桶盖 部件"],
    );
}

#[test]
fn html_tables_are_read() {
    let table = "<table><tr><th>主要指标</th><th>指标说明</th></tr>\n<tr><td><p>油桶&nbsp;率</p></td><td>\n  <p>油桶所占的</p><p>比例。</p></td></tr>\n<tr><td>桶盖率</td><td>桶盖的比例。</td></tr></table>";
    let expected = ["- 油桶率 油桶所占的比例。", "- 桶盖率 桶盖的比例。"];
    check(&format!("<html><body><h1>油桶指标</h1>\n{table}</body></html>"), &expected);
    check(&format!("# 油桶指标\n\n正文。\n\n{table}\n"), &expected);
}

#[test]
fn spans_point_into_the_source() {
    let text = "<html><body><table><tr><td>术语</td><td>定义</td></tr><tr><td>油桶</td><td>容器。</td></tr><tr><td>盖</td><td>部件。</td></tr></table></body></html>";
    let import = import("a.html", text, &ImportOptions::default()).unwrap();
    assert!(text[import.spans[1].range()].contains("盖") && !text[import.spans[1].range()].contains("油桶"));
}

#[test]
fn english_columns_and_other_names_are_read() {
    check(
        "编号\t术语\t英文\t简称\t定义\n1\t油桶\toil drum\t桶\t盛油的容器。\n2\t桶盖 drum lid\t\t无\t部件。\n",
        &["1 油桶 [admitted:桶] {oil drum} 盛油的容器。", "2 桶盖 {drum lid} 部件。"],
    );
}

#[test]
fn other_tables_are_no_dictionaries() {
    let text = "任务\t单位\n建设油桶\t甲局\n建设桶盖\t乙局\n";
    assert_eq!(
        import("a.txt", text, &ImportOptions::default()),
        Err(ImportError::NothingFound { layout: None })
    );
}

#[test]
fn cells_of_a_page_hold_what_it_shows() {
    let page = "<html><body><table><tr><td>序号</td><td>名词名称</td><td>定义</td></tr><tr><td>1</td>\
        <td>浙政钉<template>模板</template></td><td>移动办公<textarea>草稿</textarea>平台，<s>旧</s><span>新</span>的。</td></tr>\
        </table></body></html>";
    check(page, &["1 浙政钉 移动办公平台，新的。"]);
}
