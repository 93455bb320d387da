//! Definitions in the articles of statutes.

use super::*;

#[track_caller]
fn statute(body: &str, expected: &[&str]) {
    check(
        &format!(
            "某省油桶管理条例\n第一章 总则\n第一条 为了管理油桶，制定本条例。\n第二条 本省油桶适用本条例。\n{body}\n第九十条 本条例自2025年1月1日起施行。\n"
        ),
        expected,
    );
}

#[test]
fn named_definitions_are_read() {
    statute(
        "第三条 本条例所称油桶，是指盛装\n油料的容器。法律另有规定的，从其规定。\n本条例所称的桶盖是指封闭桶口的部件。本条例所称桶箍，是指加固用的环。",
        &["第三条 油桶 盛装油料的容器。", "第三条 桶盖 封闭桶口的部件。", "第三条 桶箍 加固用的环。"],
    );
}

#[test]
fn lists_of_terms_are_read_with_their_items() {
    statute(
        "第八十条 本条例下列用语的含义：\n（一）油桶，是指盛装油料的容器；\n（二）“桶盖”是指封闭桶口的部件。\n（三）桶箍：加固桶身的环。\n第八十一条 之后。",
        &[
            "第八十条第一项 油桶 盛装油料的容器；",
            "第八十条第二项 桶盖 封闭桶口的部件。",
            "第八十条第三项 桶箍 加固桶身的环。",
        ],
    );
    statute(
        "第八十条 本条例有关用语的含义如下：\n油桶，是指盛装油料的容器。\n桶盖，包括平盖和凸盖。\n",
        &["第八十条 油桶 盛装油料的容器。", "第八十条 桶盖 包括平盖和凸盖。"],
    );
}

#[test]
fn a_definition_that_ends_with_a_colon_goes_on() {
    statute(
        "第三条 本条例所称油桶，是指下列容器：\n（一）铁桶；\n（二）木桶。\n油桶应当登记。",
        &["第三条 油桶 下列容器：（一）铁桶；（二）木桶。"],
    );
}

#[test]
fn short_names_are_admitted() {
    statute(
        "第三条 本条例所称盛油容器（以下简称油桶），是指盛装油料的容器。",
        &["第三条 盛油容器 [admitted:油桶] 盛装油料的容器。"],
    );
}

#[test]
fn so_called_and_namely_are_read_without_their_cues() {
    statute(
        "第三条　所谓一表通，指基层减负报表系统。\n第四条　下列用语的含义：\n（一）数据桥，即两地互通的通道。\n（二）数据站，指汇聚数据的场所。",
        &[
            "第三条 一表通 基层减负报表系统。",
            "第四条第一项 数据桥 两地互通的通道。",
            "第四条第二项 数据站 汇聚数据的场所。",
        ],
    );
}

#[test]
fn sentences_that_define_nothing_are_left_alone() {
    statute(
        "第三条 油桶标识是指油桶上的标记。\n本条所称重量，依法需要登记的，是指登记的重量；无需登记的，是指实际重量。\n前款规定的措施是指警告。",
        &["第三条 油桶标识 油桶上的标记。"],
    );
}

#[test]
fn the_header_says_what_kind_of_statute_it_is() {
    let import = import("a.md", "# 某省油桶管理条例\n\n2020年12月24日某省人民代表大会常务委员会通过\n\n第一条 本条例所称油桶，是指容器。\n\n第二条 一。\n\n第三条 二。\n", &ImportOptions::default()).unwrap();
    let header = import.dictionary.header();
    assert_eq!(header.title, "某省油桶管理条例");
    assert_eq!(header.authority, Some(zhengming_terms::dictionary::Authority::LocalLaw));
    assert_eq!(header.published.map(|date| date.to_string()).as_deref(), Some("2020-12-24"));
}

#[test]
fn the_last_article_says_since_when_a_statute_is_in_force() {
    let effective = |article: &str| {
        let text = format!(
            "# 某省油桶管理条例\n\n2020年12月24日某省人民代表大会常务委员会通过\n\n第一条 本条例所称油桶，是指容器。\n\n\
             第二条 自2019年1月1日起登记的，从其规定。\n\n第三条 {article}\n"
        );
        let import = import("a.md", &text, &ImportOptions::default()).unwrap();
        import.dictionary.header().effective.map(|date| date.to_string())
    };
    assert_eq!(effective("本条例自2021年3月1日起施行。").as_deref(), Some("2021-03-01"));
    assert_eq!(
        effective("本条例自２０２１年３月１日起施行。旧条例同时废止。").as_deref(),
        Some("2021-03-01")
    );
    assert_eq!(effective("本条例自公布之日起施行。").as_deref(), Some("2020-12-24"));
    assert_eq!(effective("处罚决定自送达之日起生效。"), None);
}
