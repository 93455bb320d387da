//! Lists of explained terms.

use super::*;

#[test]
fn numbered_terms_are_read_without_their_comma() {
    let text = "油料领域常用名词解释（第一批）\n1.油桶，是指盛装油料的\n容器。\n2.桶盖，封闭桶口的部件。\n3.桶箍，是加固桶身的环。\n";
    check(text, &["1 油桶 是指盛装油料的容器。", "2 桶盖 封闭桶口的部件。", "3 桶箍 是加固桶身的环。"]);
    let import = import("a.txt", text, &ImportOptions::default()).unwrap();
    assert_eq!(import.layout, Layout::Glossary);
    assert_eq!(import.dictionary.header().title, "油料领域常用名词解释（第一批）");
}

#[test]
fn a_line_that_begins_with_a_figure_opens_no_entry() {
    check(
        "名词解释\n1.油桶，是指高\n1.5米以上的容器，重\n3.桶左右。\n2.桶盖，是指部件。\n3.桶箍，是指环。\n",
        &["1 油桶 是指高1.5米以上的容器，重3.桶左右。", "2 桶盖 是指部件。", "3 桶箍 是指环。"],
    );
}

#[test]
fn bold_terms_and_lists_are_read() {
    let expected = ["- 油桶 {oil drum} 盛装油料的容器。", "- 桶盖 封闭桶口的部件。"];
    check("# 术语表\n\n**油桶（oil drum）**：盛装油料的容器。\n\n**桶盖**：封闭桶口的\n部件。\n", &expected);
    check("# 术语表\n\n- **油桶**（oil drum）：盛装油料的容器。\n- **桶盖**：封闭桶口的部件。\n", &expected);
}

#[test]
fn bracketed_terms_and_sentences_are_read() {
    check(
        "名词解释\n【油桶】盛装油料的容器。\n【桶盖】封闭桶口的部件。\n",
        &["- 油桶 盛装油料的容器。", "- 桶盖 封闭桶口的部件。"],
    );
    check(
        "名词解释\n油桶：是指盛装油料的容器。\n“桶盖”是指封闭桶口的部件。\n",
        &["- 油桶 是指盛装油料的容器。", "- 桶盖 是指封闭桶口的部件。"],
    );
    check("（一）油桶：是指容器。\n（二）桶盖：是指部件。\n", &["1 油桶 是指容器。", "2 桶盖 是指部件。"]);
}

#[test]
fn terms_on_lines_of_their_own_are_read() {
    check(
        "名词解释\n1. 油桶\n是指盛装油料的容器。\n2. 桶盖\n是指封闭桶口的部件。\n",
        &["1 油桶 是指盛装油料的容器。", "2 桶盖 是指封闭桶口的部件。"],
    );
}

#[test]
fn gaps_are_told() {
    assert!(
        notices("1.油桶，是指容器。\n2.桶盖，是指部件。\n4.桶箍，是指环。\n")
            .iter()
            .any(|notice| notice == "3 条目编号不连续：应为 3，实为 4")
    );
}

#[test]
fn a_plan_with_numbered_tasks_is_no_glossary() {
    let text = "一、工作任务\n1.完善油桶设施。年底前建成油库。\n2.提升桶盖水平：推动桶盖升级。\n3.加强组织，落实责任。\n";
    assert_eq!(
        import("a.txt", text, &ImportOptions::default()),
        Err(ImportError::NothingFound { layout: None })
    );
}
